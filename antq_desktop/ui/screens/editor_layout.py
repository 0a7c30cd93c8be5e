"""How the editor and the reading pane of a kind are laid out: by hand, in names of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from antq_desktop.domain.fields import Value, Values

if TYPE_CHECKING:
    from antq_desktop.services.office import Office

Rows = tuple[tuple[str, ...], ...]
Condition = Callable[[Values], bool]


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under a heading, in rows of at most two."""

    title: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class LinesPart:
    """A small list of the record.

    Attributes:
        line: Name of the list.
        columns: Fields that a closed row shows.
        rows: Rows of fields of an open one.
        order_by: Field by which rows stand; empty for the id, which is the year of yearly lists.
    """

    line: str
    columns: tuple[str, ...]
    rows: Rows
    order_by: str = ""


@dataclass(frozen=True, slots=True)
class ChildrenPart:
    """The records of another kind that belong to the record.

    Attributes:
        kind: The kind.
        columns: Fields that a closed row shows.
        rows: Rows of fields of an open one.
        codes_first: A choice whose order goes before the order of the kind.
        defaults: What a new row begins with; None where the layout of the kind says it, if any.
        shown_when: Fields that stand in an open row only for some values; as `defaults`.
    """

    kind: str
    columns: tuple[str, ...]
    rows: Rows
    codes_first: str = ""
    defaults: Callable[[Office], dict[str, Value]] | None = None
    shown_when: Mapping[str, Condition] | None = None


@dataclass(frozen=True, slots=True)
class ChecklistPart:
    """A list with one fixed row for each value of a code list."""

    line: str


@dataclass(frozen=True, slots=True)
class AttachedPart:
    """The attachments of the record; stands by itself where the kind takes them."""


Part = Section | LinesPart | ChildrenPart | ChecklistPart


@dataclass(frozen=True, slots=True)
class Page:
    """One tab of the editor."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind as its screen shows it.

    Attributes:
        kind: The kind.
        key: Key of the screen.
        title: Word of the side bar.
        icon: Icon of the side bar.
        new: Verb of the button for a new record.
        columns: Fields that stand in the list.
        spare: Columns that go first where the table is narrow, with the width (in letters of the
            table) from which each is shown.
        pages: Tabs of the editor.
        tones: Value of the state field → tone of its badge; empty where it is plain text.
        defaults: What a new record begins with.
        copied: Fields that are usually the same in the next record, for *Lặp lại lần trước*.
        shown_when: Fields that stand in the editor only for some values.
        paper: Print form of one record; the sheet that follows the declaration where it has no own.
        register: Print form of a period; empty where there is none.
        register_words: What the button says that prints it.
        register_window: Window of a regulation whose months it covers; empty for the calendar.
        first_words: What an empty list says.
    """

    kind: str
    key: str
    title: str
    icon: str
    new: str
    columns: tuple[str, ...]
    pages: tuple[Page, ...]
    tones: Mapping[str, str]
    defaults: Callable[[Office], dict[str, Value]]
    copied: tuple[str, ...]
    first_words: str
    spare: Mapping[str, int] = field(default_factory=dict)
    shown_when: Mapping[str, Condition] = field(default_factory=dict)
    paper: str = "record_sheet"
    register: str = ""
    register_words: str = "In sổ"
    register_window: str = ""

    def sections(self) -> Iterator[Section]:
        """Yield the sections of fields, in order."""
        for page in self.pages:
            yield from (part for part in page.parts if isinstance(part, Section))

    def parts(self) -> Iterator[Part]:
        """Yield everything, in order."""
        for page in self.pages:
            yield from page.parts

    def child_parts(self) -> Iterator[ChildrenPart]:
        """Yield the lists of records of other kinds."""
        yield from (part for part in self.parts() if isinstance(part, ChildrenPart))

    def shows(self, name: str, values: Values) -> bool:
        """Tell whether a field stands in the editor; what holds a value always does."""
        condition = self.shown_when.get(name)
        return condition is None or values.get(name) is not None or condition(values)
