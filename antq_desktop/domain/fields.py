"""A field is said once: what every other room reads of a kind of record and its fields.

Editor, table, filter, workbook, print token, history, search, conflict list and bundle all read
these declarations; none repeats a label, a length or a rule of secrecy. A declaration that leaves
a room without an answer fails `tests/conformance/test_every_declaration.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.keeping import Keeping

Value = str | int | bool | None
Values = Mapping[str, Value]
Rule = Callable[["RuleView"], Iterable[Fault]]


class FieldKind(StrEnum):
    """What a field holds, and thereby how it is typed, shown, stored and written to a bundle."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    MONEY = "money"  # whole đồng
    DECIMAL = "decimal"  # text such as `12.5`; no floats anywhere
    DATE = "date"  # `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
    MOMENT = "moment"  # `YYYY-MM-DDTHH:MM`, civil time of Vietnam
    YES_NO = "yes_no"
    CHOICE = "choice"  # id of a value of a code list
    REFERENCE = "reference"  # id of another record
    PHONE = "phone"
    CITIZEN_ID = "citizen_id"  # CCCD of 12 digits or CMND of 9, as text


TEXTUAL = frozenset(
    {
        FieldKind.TEXT,
        FieldKind.LONG_TEXT,
        FieldKind.PHONE,
        FieldKind.CITIZEN_ID,
    }
)
OF_ITS_YEAR = ":year"  # end of a name in `suspects`: of the date only the year counts
BY_YEAR = "year"  # `ids_from` of a list whose line ids are years such as `2026`
NUMERIC = frozenset({FieldKind.INTEGER, FieldKind.MONEY})


class Travels(StrEnum):
    """How far a field goes; apart from whether it is masked."""

    UP = "up"  # in every bundle
    SIBLINGS = "siblings"  # among the devices of one unit only
    NEVER = "never"  # stays on this device; carries no stamps


class Down(StrEnum):
    """Which of a unit's records go down to the units below, in their return bundles."""

    NO = "no"
    TO_ITS_UNIT = "to_its_unit"  # to the unit that the field `unit_by` names
    WITH_THOSE = "with_those"  # along with a record that goes down and belongs to it
    TO_ALL = "to_all"


class Order(StrEnum):
    """How a list of the kind is sorted when nobody asked otherwise."""

    NAME_OF_THING = "name_of_thing"  # Vietnamese alphabet
    NAME_OF_PERSON = "name_of_person"  # by given name
    NEWEST_FIRST = "newest_first"


@dataclass(frozen=True, slots=True)
class Wording:
    """How a stored text is said to people and read from what they type, where it is a name of ours.

    Attributes:
        say: The stored text as people read it.
        read: What was typed as it is stored; raises UserError. None where a code list reads it.
    """

    say: Callable[[str], str]
    read: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field, said once.

    Attributes:
        name: Identifier, ASCII, unique within its record or line.
        label: Vietnamese, as it stands above the field, heads the column and names the fault.
        required: A record is not saved without it.
        wanted: A report needs it; its absence is marked “còn thiếu” and stops nothing.
        unless: A choice of the same record and its values for which a wanted field is not asked.
        codes: For a choice: the name of its code list.
        refers_to: For a reference: the kinds it may point to.
        unit: Unit of measure, shown inside the field.
        width: Letters that the field and its column should have room for.
        max_length: Longest text accepted, in letters after NFC.
        minimum: Least number accepted.
        maximum: Greatest number accepted.
        private: Masked in lists; each reading is written to history; not in the search index.
        travels: How far the value goes.
        names_person: Holds the name of a person: the list of its own kind may find it, a search
            over kinds never does.
        searched: Its folded text is found by the search of its list.
        listed: Stands in the list unless the officer hides it.
        erased_after: Days after the record was closed when the value is erased; 0 for as long as
            the record is kept. Only for fields that never leave the device.
        hint: One sentence under the field, where the label alone may be misread.
        wording: How its text is said and read, where what is stored is a name of the program.
        machine: What only the program reads: a digest, packed inputs, a name of ours. It is stored,
            carried and kept in history, and shown in no list, pane, paper or history.
        since: Number of the schema in which the field appeared, if later than its kind.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    wanted: bool = False
    unless: tuple[str, frozenset[str]] = ("", frozenset())
    codes: str = ""
    refers_to: tuple[str, ...] = ()
    unit: str = ""
    width: int = 20
    max_length: int = 200
    minimum: int | None = None
    maximum: int | None = None
    private: bool = False
    travels: Travels = Travels.SIBLINGS
    names_person: bool = False
    searched: bool = False
    listed: bool = False
    erased_after: int = 0
    hint: str = ""
    wording: Wording | None = None
    machine: bool = False
    since: int = 1

    def said(self, text: str) -> str:
        """Return a stored text as people read it."""
        return self.wording.say(text) if self.wording is not None else text

    def is_wanted(self, values: Values) -> bool:
        """Tell whether a report needs it of a record with these values."""
        name, without = self.unless
        return self.wanted and not (name and values.get(name) in without)

    @property
    def is_year(self) -> bool:
        """Whether the number is a year, which is written without a dot."""
        return self.name == "year" or self.name.endswith("_year")

    @property
    def names_one_record(self) -> bool:
        """Whether it is the number by which a book or an office knows this record alone."""
        return self.name in {"number", "code", "ledger_294"} or self.name.endswith("_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSpec:
    """A small list inside a record, whose lines merge one by one under an id of their own.

    Attributes:
        name: Identifier; first step of the path `name/line id/field`.
        label: Vietnamese heading of the list.
        item: What one line is called, for buttons and sentences (“người liên quan”).
        fields: The fields of a line.
        ids_from: Name of a code list whose ids are the line ids (a checklist), or `year`, when two
            devices would make the line alike; empty for random ids.
        limit: Most lines a record may have.
    """

    name: str
    label: str
    item: str
    fields: tuple[FieldSpec, ...]
    ids_from: str = ""
    limit: int = 200

    def field(self, name: str) -> FieldSpec:
        """Return the field of that name; KeyError when there is none."""
        for spec in self.fields:
            if spec.name == name:
                return spec
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSpec:
    """One kind of record.

    Attributes:
        kind: Identifier; also the name of its table and of its file in a bundle.
        label: Vietnamese, lower case, as in “Đã lưu vụ việc …”.
        plural: Heading of its list.
        area: The group of the side bar it belongs to.
        purpose: One Vietnamese sentence: what it is kept for; shown in the editor.
        holds_persons: Whether it may hold facts about people.
        retention: One Vietnamese sentence: how long persons in it are kept.
        keeping: The same for the program: what is erased, and when; None where nobody is named.
        fields: Its fields, in the order of the paper.
        lines: Its small lists.
        parent: Name of the reference field to the record it belongs to; empty at the top.
        title: Names of the fields that name a record in a sentence or a list.
        order: How its list is sorted.
        order_by: The field that the order reads.
        dated_by: The field that places a record in a period; empty where periods do not apply.
        unit_by: The field that says which unit it concerns; empty where none does.
        state_by: The field that holds its state; empty where none does.
        closed_by: The field that says when it was closed; empty where none does.
        alike: Fields from which the id is worked out, so that two devices meet; empty for random.
        suspects: Sets of fields that together name one thing: two records alike in one of them are
            shown to the officer, who decides. A date followed by `OF_ITS_YEAR` counts by its year.
        rules: Checks between fields, pure, all told at once.
        answers: Name of the reference field to the record of another unit that it answers, and
            beside which it is shown; empty where it answers none.
        owned_by: Name of the field that repeats whose record it is, so that no unit can take an
            id that is worked out from it; empty where ids are random or say nothing of owners.
        down: Whether it goes down in return bundles.
        attachable: Whether scans and photographs may be kept with it.
        of_communes: Whether it speaks of a unit as a whole, never of a place within it.
        since: Number of the schema in which the kind appeared.
    """

    kind: str
    label: str
    plural: str
    area: str
    purpose: str
    holds_persons: bool
    retention: str
    fields: tuple[FieldSpec, ...]
    lines: tuple[LineSpec, ...] = ()
    parent: str = ""
    title: tuple[str, ...]
    order: Order
    order_by: str
    dated_by: str = ""
    unit_by: str = ""
    state_by: str = ""
    closed_by: str = ""
    alike: tuple[str, ...] = ()
    suspects: tuple[tuple[str, ...], ...] = ()
    rules: tuple[Rule, ...] = ()
    answers: str = ""
    owned_by: str = ""
    down: Down = Down.NO
    keeping: Keeping | None = None
    attachable: bool = True
    of_communes: bool = False
    since: int = 1
    _by_name: dict[str, FieldSpec] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {spec.name: spec for spec in self.fields})

    def field(self, name: str) -> FieldSpec:
        """Return the field of that name; KeyError when there is none."""
        return self._by_name[name]

    def line(self, name: str) -> LineSpec:
        """Return the small list of that name; KeyError when there is none."""
        for spec in self.lines:
            if spec.name == name:
                return spec
        raise KeyError(name)

    def at(self, path: str) -> FieldSpec:
        """Return the field that a path names, of the record or of one of its lines.

        Raises:
            KeyError: No field stands at that path.
        """
        if path in self._by_name:
            return self._by_name[path]
        line, _, rest = path.partition("/")
        _line_id, _, name = rest.partition("/")
        return self.line(line).field(name)


@dataclass(frozen=True, slots=True)
class RuleView:
    """One record as a rule sees it.

    Attributes:
        spec: Its kind.
        values: Its values by path.
        today: The day on which it is entered; None where the record comes from elsewhere, since
            no clock of ours may decide about it.
        now: The moment at which it is entered, `YYYY-MM-DDTHH:MM`; empty where `today` is None or
            only the day is known.
    """

    spec: RecordSpec
    values: Values
    today: date | None
    now: str = ""

    def text(self, path: str) -> str:
        """Return the text at a path, empty when there is none."""
        value = self.values.get(path)
        return value if isinstance(value, str) else ""

    def number(self, path: str) -> int | None:
        """Return the whole number at a path."""
        value = self.values.get(path)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def yes(self, path: str) -> bool:
        """Tell whether a yes/no field says yes."""
        return self.values.get(path) is True

    def lines(self, name: str) -> dict[str, dict[str, Value]]:
        """Return the lines of a small list: id → field → value."""
        return lines_of(self.values, name)

    def fault(self, code: str, message: str, path: str) -> Fault:
        """Return a refusal beside a field."""
        return Fault(code, message, path)

    def warning(self, code: str, message: str, path: str) -> Fault:
        """Return a remark beside a field that stops nothing."""
        return Fault(code, message, path, warning=True)


def lines_of(values: Values, name: str) -> dict[str, dict[str, Value]]:
    """Return the lines of one small list of a record: line id → field → value."""
    found: dict[str, dict[str, Value]] = {}
    prefix = name + "/"
    for path, value in values.items():
        if path.startswith(prefix):
            line_id, _, field_name = path.removeprefix(prefix).partition("/")
            found.setdefault(line_id, {})[field_name] = value
    return found


def line_path(line: str, line_id: str, name: str) -> str:
    """Return the path of a field of a line."""
    return f"{line}/{line_id}/{name}"


# Marks that stand among the fields of a record and are no fields of a spec.
VOID = "_void"  # text: the reason; nothing: in force
ERASED = "_erased"  # text: the day on which facts about people were erased, `YYYY-MM-DD`
REMOVED = "_removed"  # last step of a line's path: True when the line was taken out
