"""Tasks and proposals between units: who was given what by when, and who answered what.

The question is a record of who asks, the answer one of who answers; here they stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import Value, Values
from antq_desktop.domain.records.documents import DONE_STATES
from antq_desktop.domain.records.steering import ANSWERED
from antq_desktop.domain.text import sort_key
from antq_desktop.services.records import Edit, Records, Saved
from antq_desktop.storage import settings
from antq_desktop.storage.columns import Held, values_of
from antq_desktop.storage.exchange import MERGED

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

STOPPED: Final = "stopped"
_TASK: Final = ("title", "source", "state", "lead", "support", "deadline", "unit", "done_on")
_ANSWER: Final = ("task", "state", "answered_on", "done_on", "answer_document", "result")
_PROPOSAL: Final = ("title", "sent_on", "state", "unit", "number", "answered_on")
_REPLY: Final = ("proposal", "by", "state", "answered_on", "answer_document", "answer")


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task with its answer.

    Attributes:
        id: The task.
        title: What is to be done.
        source: What the document or meeting is called that gave it.
        giver: Name of the unit that gave it.
        unit: Id of the unit that it is for; empty for none.
        unit_name: Name of that unit.
        deadline: Its last day, as far as it is known.
        given: True when this unit gave it.
        ours: True when another unit gave it to this one.
        answer: Id of the answer; empty while there is none.
        state: State of the answer, else of the task, in words.
        done: Whether it is done, as its answer or its giver says.
        closed: Whether its giver took it as done.
        stopped: Whether its giver called it off.
        done_on: When it was done.
        late: By how many days it is late, or was done late; 0 when it is not.
        left: Days until the deadline; None when there is none, or the task is done.
        document: Document of the answer.
        result: What came of it.
    """

    id: str
    title: str
    source: str
    giver: str
    unit: str
    unit_name: str
    deadline: str
    given: bool
    ours: bool
    answer: str
    state: str
    done: bool
    closed: bool
    stopped: bool
    done_on: str
    late: int
    left: int | None
    document: str
    result: str

    @property
    def told(self) -> str:
        """How the term stands, as an officer says it."""
        if self.stopped:
            return "không thực hiện nữa"
        if self.done:
            return f"xong, trễ {self.late} ngày" if self.late else "xong"
        if self.late:
            return f"trễ {self.late} ngày"
        if self.left is None:
            return "chưa có hạn"
        return "hạn hôm nay" if not self.left else f"còn {self.left} ngày"


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal with its answer.

    Attributes:
        id: The proposal.
        title: What it asks.
        sent_on: Its day.
        number: Its document.
        unit: Id of the unit that made it.
        unit_name: Name of that unit.
        ours: True when this unit made it.
        answer: Id of the answer of the unit above; empty while there is none.
        state: How it stands, in words.
        answered: Whether it was answered, by the unit above or as its maker wrote down.
        answered_on: When.
        document: Document of the answer.
        words: What the answer says.
    """

    id: str
    title: str
    sent_on: str
    number: str
    unit: str
    unit_name: str
    ours: bool
    answer: str
    state: str
    answered: bool
    answered_on: str
    document: str
    words: str


class Assignments:
    """Tasks given and answered, proposals made and answered, of one open store."""

    def __init__(self, store: Store, codes: Codes, records: Records, hand: Hand) -> None:
        self._store = store
        self._codes = codes
        self._records = records
        self._hand = hand

    def tasks(self) -> list[TaskLine]:
        """Return the tasks between units, what presses most first."""
        with self._store.reading() as reader:
            answers = _by_newest(self._held(reader, "task_answer", _ANSWER), "task")
            held = list(self._held(reader, "task", _TASK))
            names = self._names(reader, held)
            own = reader.setting(settings.UNIT)
        today = self._today()
        lines = (self._task(one, answers.get(one.id), names, own, today) for one in held)
        found = [one for one in lines if one.ours or (one.given and one.unit not in {"", own})]
        return sorted(found, key=_press)

    def waiting(self) -> list[TaskLine]:
        """Return the tasks that another unit gave to this one and that are not done."""
        return [line for line in self.tasks() if line.ours and not line.done and not line.stopped]

    def proposals(self) -> list[ProposalLine]:
        """Return the proposals, those without an answer first, then the newest."""
        with self._store.reading() as reader:
            replies = _by_newest(self._held(reader, "proposal_answer", _REPLY), "proposal")
            held = list(self._held(reader, "proposal", _PROPOSAL))
            names = self._names(reader, held)
            own = reader.setting(settings.UNIT)
        lines = [self._proposal(one, replies.get(one.id), names, own) for one in held]
        lines.sort(key=lambda line: line.sent_on, reverse=True)
        return sorted(lines, key=lambda line: line.answered)

    def units(self) -> list[tuple[str, str]]:
        """Return id and name of the units below that tasks can be given to: those that have sent.

        What goes down goes with the answer to what came up.
        """
        with self._store.reading() as reader:
            rows = reader.connection.exec_driver_sql(
                "SELECT DISTINCT sender FROM received WHERE kind = ? AND state = ?",
                (str(BundleKind.UP), MERGED),
            )
            found = reader.titles("unit", (str(row[0]) for row in rows))
        return sorted(found.items(), key=lambda each: sort_key(each[1]))

    def give(self, values: Values, units: Sequence[str]) -> Saved:
        """Give one task to several units: a task of its own for each, all in one action.

        Args:
            values: Fields of the task but its unit.
            units: Ids of the units.

        Raises:
            UserError: `no_unit_chosen`, or what is wrong with the task.
        """
        if not units:
            raise UserError("no_unit_chosen", "Chưa chọn đơn vị thực hiện. Chọn đơn vị.", "unit")
        wanted: dict[str, Value] = {"state": "new", **values}
        return self._records.save(
            [
                self._records.new_edit("task", {**wanted, "unit": unit})
                for unit in dict.fromkeys(units)
            ]
        )

    def accept(self, task: str) -> Saved:
        """Close a task of this unit as its answer says: it is done, and when.

        Raises:
            UserError: `not_answered`, `not_own_record`, or what is wrong with the task.
        """
        line = next((one for one in self.tasks() if one.id == task), None)
        if line is None or not line.answer or not line.done:
            message = "Đơn vị chưa trả lời là đã xong việc này. Chờ trả lời trong gói sau."
            raise UserError("not_answered", message)
        changes: dict[str, Value] = {"state": "done", "done_on": line.done_on}
        if line.document:
            changes["answer_document"] = line.document
        return self._records.change("task", task, changes)

    def answer(self, task: str, values: Values) -> Saved:
        """Answer a task that another unit gave; a later answer changes the first.

        Raises:
            UserError: `no_such_record`, `task_not_ours`, or what is wrong with the answer.
        """
        with self._store.reading() as reader:
            asked = reader.record("task", task)
            own = reader.setting(settings.UNIT)
        if asked is None or asked.standing().reason is not None:
            message = "Không có việc này hoặc việc đã hủy. Chọn lại trong danh sách."
            raise UserError("no_such_record", message)
        held = asked.values()
        whole: dict[str, Value] = {
            "unit": own, "task": task, "title": held.get("title"), "answered_on": self._today(),
            **values,
        }  # fmt: skip
        return self._put("task_answer", whole, values)

    def reply(self, proposal: str, values: Values) -> Saved:
        """Answer a proposal of a unit below; a later answer changes the first.

        Raises:
            UserError: `no_such_record`, `proposal_is_own`, or what is wrong with the answer.
        """
        with self._store.reading() as reader:
            asked = reader.record("proposal", proposal)
            own = reader.setting(settings.UNIT)
        if asked is None or asked.standing().reason is not None:
            message = "Không có đề xuất này hoặc đề xuất đã hủy. Chọn lại trong danh sách."
            raise UserError("no_such_record", message)
        if asked.owner == own:
            message = "Đề xuất này do đơn vị lập. Ghi trả lời của cấp trên vào chính đề xuất."
            raise UserError("proposal_is_own", message)
        whole: dict[str, Value] = {
            "by": own, "proposal": proposal, "unit": asked.owner,
            "title": asked.values().get("title"), "answered_on": self._today(), **values,
        }  # fmt: skip
        return self._put("proposal_answer", whole, values)

    def _put(self, kind: str, whole: Values, changes: Values) -> Saved:
        made = self._records.new_edit(kind, whole)
        with self._store.reading() as reader:
            held = reader.record(kind, made.id)
        if held is None:
            return self._records.save((made,))
        again = {**changes, "answered_on": whole["answered_on"]}
        return self._records.save((Edit(kind, made.id, again),))

    def _today(self) -> str:
        return civil(self._hand.clock.now())[:10]

    def _held(self, reader: Reader, kind: str, fields: Sequence[str]) -> Iterator[Held]:
        spec = self._store.specs.get(kind)
        return values_of(reader.connection, spec, fields) if spec else iter(())

    def _names(self, reader: Reader, held: Sequence[Held]) -> dict[str, str]:
        """Return what the units, documents and meetings of some records are called."""
        units = {one.owner for one in held} | {str(one.values.get("unit") or "") for one in held}
        sources = {str(one.values["source"]) for one in held if "source" in one.values}
        found = reader.titles("unit", units - {""})
        for device in self._units_above(reader):
            found.setdefault(*device)
        for kind in ("document", "meeting"):
            if kind in self._store.specs:
                found.update(reader.titles(kind, sources))
        return found

    def _units_above(self, reader: Reader) -> Iterator[tuple[str, str]]:
        rows = reader.connection.exec_driver_sql("SELECT unit, unit_name FROM device")
        yield from ((str(row[0]), str(row[1])) for row in rows)

    def _task(
        self, one: Held, said: Held | None, names: Mapping[str, str], own: str, today: str
    ) -> TaskLine:
        values, answer = one.values, said.values if said else {}
        unit = _text(values, "unit")
        deadline = _text(values, "deadline")
        closed = _text(values, "state") in DONE_STATES
        done = closed or _text(answer, "state") in DONE_STATES
        stopped = _text(values, "state") == STOPPED
        done_on = _text(answer, "done_on") or _text(values, "done_on")
        days = _days(deadline, (done_on or today) if done else today)
        told = _text(answer, "state") or _text(values, "state")
        return TaskLine(
            id=one.id,
            title=_text(values, "title"),
            source=names.get(_text(values, "source"), ""),
            giver=names.get(one.owner, one.owner),
            unit=unit,
            unit_name=names.get(unit, ""),
            deadline=deadline,
            given=one.owner == own,
            ours=one.owner != own and unit == own,
            answer=said.id if said else "",
            state=self._codes.label("task_state", told) if told else "",
            done=done,
            closed=closed,
            stopped=stopped,
            done_on=done_on,
            late=0 if stopped or days is None else max(-days, 0),
            left=None if done or stopped or days is None else max(days, 0),
            document=_text(answer, "answer_document"),
            result=_text(answer, "result"),
        )

    def _proposal(
        self, one: Held, said: Held | None, names: Mapping[str, str], own: str
    ) -> ProposalLine:
        values, reply = one.values, said.values if said else {}
        told = _text(reply, "state") or _text(values, "state")
        return ProposalLine(
            id=one.id,
            title=_text(values, "title"),
            sent_on=_text(values, "sent_on"),
            number=_text(values, "number"),
            unit=one.owner,
            unit_name=names.get(one.owner, one.owner),
            ours=one.owner == own,
            answer=said.id if said else "",
            state=self._codes.label("proposal_state", told) if told else "",
            answered=told in ANSWERED,
            answered_on=_text(reply, "answered_on") or _text(values, "answered_on"),
            document=_text(reply, "answer_document"),
            words=_text(reply, "answer"),
        )


def _by_newest(answers: Iterator[Held], asked: str) -> dict[str, Held]:
    """Return one answer for each question: the one dated last."""
    found: dict[str, Held] = {}
    for one in answers:
        key = _text(one.values, asked)
        held = found.get(key)
        if held is None or _dated(held) <= _dated(one):
            found[key] = one
    return found


def _dated(one: Held) -> tuple[str, str]:
    return _text(one.values, "answered_on"), one.id


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _days(deadline: str, day: str) -> int | None:
    """Return how many days are left; of a month or a year its last day counts."""
    if not deadline or not day:
        return None
    last = date.fromisoformat(_last_day(deadline))
    return (last - date.fromisoformat(_last_day(day) if len(day) < len("YYYY-MM-DD") else day)).days


def _last_day(known: str) -> str:
    if len(known) == len("YYYY-MM-DD"):
        return known
    year, month = int(known[:4]), int(known[5:7] or "12")
    after = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1).isoformat()


def _press(line: TaskLine) -> tuple[bool, bool, str, object]:
    return line.done or line.stopped, not line.late, line.deadline or "9999", sort_key(line.title)
