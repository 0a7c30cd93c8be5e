"""Everything that two people wrote apart, side by side, and choosing between it.

Only the unit that keeps a record chooses; the unit above asks it to. A choice is a save like any
other: it covers both values and travels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.asked import place_of, say_place
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import REMOVED, VOID, FieldKind, FieldSpec, Value
from antq_desktop.domain.listing import Listing
from antq_desktop.domain.merging import Entry
from antq_desktop.domain.record import Record
from antq_desktop.domain.shown import show_moment, show_title
from antq_desktop.domain.text import opening
from antq_desktop.services.lists import text_of
from antq_desktop.services.records import Edit, Records, Saved
from antq_desktop.services.requests import Requests
from antq_desktop.storage import settings

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

MOST: Final = 500  # of one kind at a time; more are listed once these are chosen
PRIVATE: Final = "(mục riêng tư)"
EMPTY: Final = "(trống)"
KEPT, VOIDED = "Giữ hồ sơ", "Hủy hồ sơ"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that stand beside each other: what, who wrote it, and when."""

    value: Value
    text: str
    officer: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values written apart in one field of one record, the one that counts now first.

    Attributes:
        kind: Kind of the record.
        record: Its id.
        path: The field; `_void` where one hand voided what another edited.
        name: What the record is called.
        label: What the field is called.
        owner: Name of the unit that keeps the record.
        own: Whether that is this unit, which may choose.
        sides: The values.
        both: Whether both can be kept, one under the other: notes.
        asked: Whether the unit was asked already and has not answered.
    """

    kind: str
    record: str
    path: str
    name: str
    label: str
    owner: str
    own: bool
    sides: tuple[Side, ...]
    both: bool
    asked: bool

    @property
    def id(self) -> str:
        """What tells it from others."""
        return f"{self.kind}/{self.record}/{self.path}"


class Conflicts:
    """The conflicts of one open store."""

    def __init__(self, store: Store, codes: Codes, records: Records, requests: Requests) -> None:
        self._store = store
        self._codes = codes
        self._records = records
        self._requests = requests

    def every(self) -> list[Conflict]:
        """Return all conflicts, kind by kind."""
        asked = {
            (line.record, line.path)
            for line in self._requests.lines()
            if not line.ours and line.open and line.record
        }
        with self._store.reading() as reader:
            own = reader.setting(settings.UNIT)
            return [
                found
                for spec in self._store.specs.values()
                for found in self._of_kind(reader, spec, own, asked)
            ]

    def _of_kind(
        self, reader: Reader, spec: RecordSpec, own: str, asked: set[tuple[str, str]]
    ) -> Iterator[Conflict]:
        rows = reader.window(Listing(spec.kind, only_conflicts=True), (), limit=MOST)
        held = reader.records(spec.kind, (row.id for row in rows))
        units = reader.titles("unit", {record.owner for record in held.values()})
        for record in (held[row.id] for row in rows if row.id in held):
            titles = self._titles(reader, spec, record)
            for path, sides in self._sides(spec, record, titles):
                yield Conflict(
                    kind=spec.kind,
                    record=record.id,
                    path=path,
                    name=f"{opening(spec.label)}: {_title(spec, record)}",
                    label=say_place(place_of(spec.kind, path)).partition(": ")[2],
                    owner=units.get(record.owner, record.owner),
                    own=record.owner == own,
                    sides=sides,
                    both=_both_fit(_field_at(spec, path), sides),
                    asked=(record.id, path) in asked,
                )

    def settle(self, conflict: Conflict, side: int) -> Saved:
        """Choose one value; it covers all others.

        Raises:
            UserError: `conflict_is_settled`, `not_own_record`, or what is wrong with the value.
        """
        self._still_there(conflict)
        chosen = conflict.sides[side]
        if conflict.path == VOID and chosen.value is not None:
            return self._records.void(conflict.kind, conflict.record, str(chosen.value))
        changes = {conflict.path: chosen.value}
        saved = self._records.save((Edit(conflict.kind, conflict.record, changes),))
        return replace(saved, sentence=f"Đã chọn “{chosen.text}” cho {conflict.name}.")

    def keep_both(self, conflict: Conflict) -> Saved:
        """Keep both notes, one under the other, the one that counts now first.

        Raises:
            UserError: `not_both`, `conflict_is_settled`, `not_own_record`.
        """
        if not conflict.both:
            message = "Mục này chỉ giữ được một giá trị. Chọn một bên."
            raise UserError("not_both", message, conflict.path)
        self._still_there(conflict)
        field = _field_at(self._store.specs[conflict.kind], conflict.path)
        between = "\n" if field is not None and field.kind is FieldKind.LONG_TEXT else "; "
        changes: dict[str, Value] = {conflict.path: between.join(_notes(conflict.sides))}
        saved = self._records.save((Edit(conflict.kind, conflict.record, changes),))
        return replace(saved, sentence=f"Đã giữ cả hai ghi chú của {conflict.name}.")

    def ask(self, conflict: Conflict) -> Saved:
        """Ask the unit that keeps the record to choose.

        Raises:
            UserError: `own_record`, `field_not_sent`.
        """
        told = f"{conflict.name}, {conflict.label}"[:240]
        title = f"{told}: hai người ghi khác nhau. Đề nghị chọn."
        return self._requests.ask(
            conflict.kind, conflict.record, conflict.path, {"title": title, "sort": "fix"}
        )

    def _still_there(self, conflict: Conflict) -> None:
        with self._store.reading() as reader:
            record = reader.record(conflict.kind, conflict.record)
        if record is None or conflict.path not in record.conflicts():
            message = "Mục này vừa được chọn ở nơi khác. Xem lại danh sách."
            raise UserError("conflict_is_settled", message)

    def _titles(self, reader: Reader, spec: RecordSpec, record: Record) -> dict[str, str]:
        found: dict[str, str] = {}
        for path in record.conflicts():
            field = _field_at(spec, path)
            if field is not None and field.kind is FieldKind.REFERENCE:
                ids = {str(entry.value) for entry in _entries(record, path) if entry.value}
                for kind in field.refers_to:
                    found |= reader.titles(kind, ids)
        return found

    def _sides(
        self, spec: RecordSpec, record: Record, titles: dict[str, str]
    ) -> Iterator[tuple[str, tuple[Side, ...]]]:
        for path in record.conflicts():
            field = _field_at(spec, path)
            sides: dict[str, Side] = {}
            for entry in _entries(record, path):
                text = self._text(path, field, entry.value, titles)
                key = f"{type(entry.value).__name__}/{entry.value}"
                at = show_moment(entry.save.at[:16])
                sides.setdefault(key, Side(entry.value, text, entry.save.officer, at))
            if path == VOID and not any(side.value is None for side in sides.values()):
                latest = max(_all_entries(record, VOID), key=Entry.order, default=None)
                if latest is not None:
                    at = show_moment(latest.save.at[:16])
                    sides["keep"] = Side(None, KEPT, latest.save.officer, at)
            yield path, tuple(sides.values())

    def _text(
        self, path: str, field: FieldSpec | None, value: Value, titles: dict[str, str]
    ) -> str:
        if path == VOID:
            return KEPT if value is None else f"{VOIDED}: {value}"
        if field is None:
            return "Bỏ dòng" if value else "Giữ dòng"
        if field.private:
            return PRIVATE
        return text_of(field, value, self._codes, titles) or EMPTY


def _field_at(spec: RecordSpec, path: str) -> FieldSpec | None:
    if path == VOID or path.endswith(REMOVED):
        return None
    try:
        return spec.at(path)
    except KeyError:
        return None


def _entries(record: Record, path: str) -> list[Entry]:
    """Return what stands at a path, the entry that counts first."""
    found: list[Entry] = []
    for part in record.parts:
        state = part.fields.get(path)
        if state is not None:
            found.extend(sorted(state.entries, key=Entry.order, reverse=True))
    return found


def _all_entries(record: Record, but: str) -> Iterator[Entry]:
    for part in record.parts:
        for path, state in part.fields.items():
            if path != but:
                yield from state.entries


def _title(spec: RecordSpec, record: Record) -> str:
    return show_title(spec, record.values()) or record.id[:8]


def _notes(sides: Sequence[Side]) -> list[str]:
    return [str(side.value) for side in sides if side.value]


def _both_fit(field: FieldSpec | None, sides: Sequence[Side]) -> bool:
    if field is None or field.private or field.wording is not None:
        return False
    if field.kind not in {FieldKind.TEXT, FieldKind.LONG_TEXT} or field.names_one_record:
        return False
    notes = _notes(sides)
    return len(notes) > 1 and sum(len(note) + 2 for note in notes) <= field.max_length
