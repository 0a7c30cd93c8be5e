"""What the unit above asks of the units below about records and figures, and what they answer.

A request is a record of who asks. It is answered by a reply, which is a record of who replies, or
by the very field: once it no longer holds what it held when it was asked about. Nothing has to be
sent for that, the record itself comes up again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.asked import parts_of, place_of, say_place
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID, Travels, Value, Values
from antq_desktop.domain.figures import measure_of
from antq_desktop.domain.period_names import read_period, say_period
from antq_desktop.domain.record import Record, travels_at
from antq_desktop.domain.records.between import NOT_POINTED_AT, NOTE
from antq_desktop.domain.shown import show_integer, show_title
from antq_desktop.services.identities import common_id
from antq_desktop.services.records import Edit, Records, Saved
from antq_desktop.storage import settings
from antq_desktop.storage.columns import Held, values_of

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

REQUEST: Final = "request"
ANSWER: Final = "request_answer"
ADJUSTMENT: Final = "adjustment"
AGAINST: Final = " ≠ "  # between values that stand beside each other
_LONGEST: Final = 1000
_ASKED: Final = (
    "unit", "sort", "title", "record", "place", "held", "asked_on", "due_on", "closed_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request with what became of it.

    Attributes:
        id: The request.
        unit: Id of the unit that is asked.
        unit_name: Its name.
        asker: Name of the unit that asks.
        ours: True when another unit asks this one.
        sort: What is wanted, in words.
        title: The request.
        asked_on: When, `YYYY-MM-DD`.
        due_on: Until when; may be empty.
        kind: Kind of the record that is asked about; empty for none.
        record: Its id.
        path: The field that is asked about; empty for the whole record.
        about: The record and the field as people call them.
        answered: Whether a reply came or the field changed.
        how: How it was answered, in words.
        answer: Id of the reply; empty while there is none.
        words: What the reply says.
        closed: Whether who asked is content.
        late: By how many days an answer is overdue.
    """

    id: str
    unit: str
    unit_name: str
    asker: str
    ours: bool
    sort: str
    title: str
    asked_on: str
    due_on: str
    kind: str
    record: str
    path: str
    about: str
    answered: bool
    how: str
    answer: str
    words: str
    closed: bool
    late: int

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something."""
        return not self.answered and not self.closed


class Requests:
    """The requests of one open store, in both directions."""

    def __init__(self, store: Store, codes: Codes, records: Records, hand: Hand) -> None:
        self._store = store
        self._codes = codes
        self._records = records
        self._hand = hand

    def lines(self) -> list[RequestLine]:
        """Return the requests, those that wait first and of these the most pressing."""
        with self._store.reading() as reader:
            own = reader.setting(settings.UNIT)
            replies = {
                str(each.values.get("request")): each
                for each in self._held(reader, ANSWER, ("request", "answer", "answered_on"))
            }
            held = list(self._held(reader, REQUEST, _ASKED))
            names = self._names(reader, held)
            found = [
                self._line(reader, one, replies.get(one.id), names, own)
                for one in held
                if own in (one.owner, one.values.get("unit"))
            ]
        return sorted(found, key=lambda one: (not one.open, -one.late, one.due_on or "9", one.id))

    def waiting(self) -> list[RequestLine]:
        """Return what other units ask of this one and was not answered yet."""
        return [line for line in self.lines() if line.ours and line.open]

    def ask(self, kind: str, record_id: str, path: str, values: Mapping[str, Value]) -> Saved:
        """Ask the unit that keeps a record about it, or about one field of it.

        Args:
            kind: Kind of the record.
            record_id: Its id.
            path: The field; empty for the whole record, `_void` for whether it is in force.
            values: `title`, and what else the request says: `sort`, `due_on`.

        Raises:
            UserError: `no_such_record`, `own_record`, `field_not_sent`, or what is wrong with the
                request.
        """
        spec = self._store.specs.get(kind)
        with self._store.reading() as reader:
            record = reader.record(kind, record_id) if spec else None
            own = reader.setting(settings.UNIT)
        if spec is None or record is None:
            message = "Không có hồ sơ này. Tìm lại trong danh sách."
            raise UserError("no_such_record", message)
        if record.owner == own:
            message = "Hồ sơ này do đơn vị lập nên sửa ngay tại hồ sơ, không gửi yêu cầu."
            raise UserError("own_record", message)
        if path and not _goes_up(spec, path):
            message = "Mục này không gửi lên nên không hỏi được. Chọn mục khác."
            raise UserError("field_not_sent", message, "place")
        about: dict[str, Value] = {"held": standing_text(record, path) or None} if path else {}
        if path:
            about["place"] = place_of(kind, path)
        if kind not in NOT_POINTED_AT:
            about["record"] = record_id
        return self._add({"unit": record.owner, **about, **values})

    def ask_unit(self, unit: str, values: Mapping[str, Value]) -> Saved:
        """Ask or tell a unit something that is about no record.

        Raises:
            UserError: What is wrong with the request.
        """
        return self._add({"unit": unit, **values})

    def reply(self, request: str, words: str) -> Saved:
        """Answer what another unit asks; a later answer changes the first.

        Raises:
            UserError: `no_such_record`, `task_not_ours`, or what is wrong with the answer.
        """
        with self._store.reading() as reader:
            asked = reader.record(REQUEST, request)
            own = reader.setting(settings.UNIT)
        if asked is None or asked.standing().reason is not None:
            message = "Không có yêu cầu này hoặc yêu cầu đã hủy. Chọn lại trong danh sách."
            raise UserError("no_such_record", message)
        said: dict[str, Value] = {"answer": words.strip(), "answered_on": self._today()}
        whole = {"unit": own, "request": request, "title": asked.values().get("title"), **said}
        return self._put(ANSWER, whole, said)

    def close(self, request: str) -> Saved:
        """Say that nothing more is wanted.

        Raises:
            UserError: `no_such_record`, `not_own_record`.
        """
        saved = self._records.change(REQUEST, request, {"closed_on": self._today()})
        return replace(saved, sentence="Đã khép lại yêu cầu.") if saved.seq else saved

    def adjust(self, values: Mapping[str, Value]) -> Saved:
        """Let another number stand in for a reported one, and ask the unit to put it right.

        Both are one action. An adjustment of the same figure and period is changed by a later one.

        Args:
            values: `unit`, `measure`, `period`, `reported`, `value`, `reason`, `confirmed_by`, and
                `confirmed_on` where it was not today.

        Raises:
            UserError: What is wrong with it; nothing was saved.
        """
        with self._store.reading() as reader:
            own = reader.setting(settings.UNIT)
        period = read_period(str(values.get("period") or ""))
        whole: dict[str, Value] = {
            "by": own, "confirmed_on": self._today(), **values, "period": period,
        }  # fmt: skip
        edits = [self._edit(ADJUSTMENT, whole, whole)]
        told = self._of_adjustment(whole)
        edits.append(
            self._records.new_edit(
                REQUEST,
                {
                    "unit": whole.get("unit"),
                    "sort": "fix",
                    "title": told,
                    "asked_on": self._today(),
                },
            )
        )
        saved = self._records.save(edits)
        return replace(saved, sentence=f"Đã điều chỉnh. {told}") if saved.seq else saved

    def _of_adjustment(self, values: Values) -> str:
        label = measure_of(str(values.get("measure"))).label
        reported, value = values.get("reported"), values.get("value")
        numbers = [show_integer(each) for each in (reported, value) if isinstance(each, int)]
        period = say_period(str(values.get("period")))
        told = f"{label}, {period}: báo cáo {' → xác nhận '.join(numbers)}. Đề nghị sửa hồ sơ."
        return told[:300]

    def _add(self, values: Mapping[str, Value]) -> Saved:
        whole: dict[str, Value] = {"sort": "explain", "asked_on": self._today(), **values}
        saved = self._records.add(REQUEST, whole)
        return replace(saved, sentence="Đã ghi yêu cầu. Yêu cầu đi cùng gói trả về lần sau.")

    def _put(self, kind: str, whole: Values, changes: Values) -> Saved:
        return self._records.save((self._edit(kind, whole, changes),))

    def _edit(self, kind: str, whole: Values, changes: Values) -> Edit:
        record_id = common_id(self._store.specs[kind], whole)
        with self._store.reading() as reader:
            held = reader.record(kind, record_id)
        if held is None:
            return Edit(kind, record_id, whole, created=True)
        again: dict[str, Value] = {VOID: None} if held.standing().reason is not None else {}
        return Edit(kind, record_id, {**changes, **again})

    def _held(self, reader: Reader, kind: str, fields: tuple[str, ...]) -> Iterator[Held]:
        spec = self._store.specs.get(kind)
        return values_of(reader.connection, spec, fields) if spec else iter(())

    def _names(self, reader: Reader, held: list[Held]) -> dict[str, str]:
        units = {one.owner for one in held} | {str(one.values.get("unit") or "") for one in held}
        names = reader.titles("unit", units - {""})
        rows = reader.connection.exec_driver_sql("SELECT unit, unit_name FROM device")
        for unit, name in rows:
            names.setdefault(str(unit), str(name))
        return names

    def _line(
        self, reader: Reader, one: Held, reply: Held | None, names: Mapping[str, str], own: str
    ) -> RequestLine:
        values = one.values
        kind, path = parts_of(_text(values, "place"))
        record = self._record(reader, kind, _text(values, "record"))
        kind = kind or (record.kind if record else "")
        changed = _how_it_changed(record, path, _text(values, "held"))
        how = "đã trả lời" if reply else changed
        wants = _text(values, "sort") != NOTE
        due = _text(values, "due_on")
        answered = bool(how) or not wants
        return RequestLine(
            id=one.id,
            unit=_text(values, "unit"),
            unit_name=names.get(_text(values, "unit"), _text(values, "unit")),
            asker=names.get(one.owner, one.owner),
            ours=one.owner != own,
            sort=self._codes.label("request_sort", _text(values, "sort")),
            title=_text(values, "title"),
            asked_on=_text(values, "asked_on"),
            due_on=due,
            kind=kind,
            record=_text(values, "record"),
            path=path,
            about=self._about(record, _text(values, "place")),
            answered=answered,
            how=how or ("" if wants else "không cần trả lời"),
            answer=reply.id if reply else "",
            words=_text(reply.values, "answer") if reply else "",
            closed=bool(_text(values, "closed_on")),
            late=0 if answered or values.get("closed_on") else _late(due, self._today()),
        )

    def _record(self, reader: Reader, kind: str, record_id: str) -> Record | None:
        if not record_id:
            return None
        found = kind or reader.kind_of(record_id) or ""
        return reader.record(found, record_id) if found in self._store.specs else None

    def _about(self, record: Record | None, place: str) -> str:
        said = say_place(place) if place else ""
        if record is None:
            return said
        spec = self._store.specs[record.kind]
        title = show_title(spec, record.values()) or spec.label
        return f"{title} ({said})" if said else title

    def _today(self) -> str:
        return civil(self._hand.clock.now())[:10]


def _goes_up(spec: RecordSpec, path: str) -> bool:
    try:
        return Travels.UP in travels_at(spec, path)
    except KeyError:
        return False


def standing_text(record: Record, path: str) -> str:
    """Return what stands at a path, as a request remembers it: all values that stand beside it."""
    if path == VOID:
        standing = record.standing()
        if standing.contested:
            return f"hủy{AGAINST}giữ"
        return f"hủy: {standing.reason}" if standing.reason is not None else ""
    told: list[str] = []
    for part in record.parts:
        state = part.fields.get(path)
        if state is not None:
            told.extend("" if value is None else str(value) for value in state.values())
    return AGAINST.join(told)[:_LONGEST].strip()


def _how_it_changed(record: Record | None, path: str, held: str) -> str:
    if record is None:
        return ""
    if record.standing().reason is not None and path != VOID:
        return "đã hủy hồ sơ"
    return "đã sửa" if path and standing_text(record, path) != held else ""


def _late(due: str, today: str) -> int:
    """Return by how many days a term is over; one that is not a whole day is never over."""
    if len(due) != len(today):
        return 0
    return max((date.fromisoformat(today) - date.fromisoformat(due)).days, 0)


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
