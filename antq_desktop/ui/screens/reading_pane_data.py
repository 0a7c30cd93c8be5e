"""One record with everything a screen shows of it, fetched in one go on a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Value, Values
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.shown import show_title

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.services.lists import Lists, Shown
    from antq_desktop.services.office import Office

_DOCUMENT: Final = "document"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record as a screen needs it.

    Attributes:
        shown: The record with its standing and what stands against it.
        children: The records in force that belong to it, by kind, in their order.
        titles: What the records referred to are called, by id.
        own: Whether it is the unit's own and may be changed here.
        attached: The attachments in force of it and of those that belong to it, by their ids.
        answers: What other units answered to it, or this unit to another.
    """

    shown: Shown
    children: Mapping[str, list[Record]]
    own: bool
    titles: Mapping[str, str] = field(default_factory=dict)
    attached: Mapping[str, list[Record]] = field(default_factory=dict)
    answers: tuple[Record, ...] = ()

    @property
    def locked(self) -> bool:
        """Whether it may not be changed here."""
        return not self.own or self.shown.void_reason is not None


def load(office: Office, kind: str, record_id: str) -> Loaded:
    """Fetch a record with all that belongs to it; runs on a reader.

    Raises:
        UserError: `no_such_record`.
    """
    lists = office.lists
    shown = lists.show(kind, record_id)
    children = lists.children(kind, record_id)
    below = [record for records in children.values() for record in records]
    held = [(shown.spec, shown.values)]
    answers = tuple(lists.answers(kind, record_id))
    held += [(spec_of(one.kind, lists.specs), one.values()) for one in (*below, *answers)]
    own = shown.record.owner == office.unit
    attached = office.attachments.of([record_id, *(record.id for record in below)])
    return Loaded(shown, children, own, titles_in(lists, held), attached, answers)


def headed_by(shown: Shown) -> str:
    """Return the field whose text heads a record; empty where only its date or document would."""
    last = shown.spec.title[-1]
    return last if shown.values.get(last) and last != _DOCUMENT else ""


def heading_of(shown: Shown) -> str:
    """Return what stands above a record in view."""
    name = headed_by(shown)
    if name:
        return str(shown.values[name])
    label = shown.spec.label
    return f"{label[:1].upper()}{label[1:]} {show_title(shown.spec, shown.values)}".strip()


def titles_in(lists: Lists, held: Iterable[tuple[RecordSpec, Values]]) -> dict[str, str]:
    """Return what all records are called that these values refer to."""
    wanted: dict[str, set[str]] = {}
    for spec, values in held:
        for reference in _references(spec):
            value = values.get(reference.name)
            for kind in reference.refers_to if isinstance(value, str) else ():
                wanted.setdefault(kind, set()).add(str(value))
    found: dict[str, str] = {}
    for kind, ids in wanted.items():
        found.update(lists.titles(kind, sorted(ids)))
    return found


def _references(spec: RecordSpec) -> Iterator[FieldSpec]:
    yield from (one for one in spec.fields if one.kind is FieldKind.REFERENCE)


def shown_text(office: Office, spec: FieldSpec, value: Value, titles: Mapping[str, str]) -> str:
    """Return a value as it stands in a list or a pane; sums with their unit."""
    text = office.lists.text_of(spec, value, titles)
    if text and spec.unit and spec.kind in (FieldKind.INTEGER, FieldKind.MONEY):
        return f"{text} {spec.unit}"
    if not text and spec.kind is FieldKind.REFERENCE and value:
        return "(không có trong dữ liệu của đơn vị)"
    return text
