"""A sheet: one unit, one year, one set; what it says of each item, and what it was computed from.

A mark-only item has a type of its own, so that there is no place where a note, a piece of evidence
or a computed check could stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from antq_desktop.domain.canonical import Json, canonical, parse_canonical_object
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.checks import CHECKS, Inputs, Settings, Verdict
from antq_desktop.domain.scoring.layout import digest_of
from antq_desktop.domain.scoring.sets import CriteriaSet, Group, Item, Role


class Answer(StrEnum):
    """What one item comes to; `NONE` while nobody has answered."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What one side gave for an item.

    Attributes:
        answer: Of an item that is answered by a mark; `NOT_APPLICABLE` is possible for any.
        points: Of an item of points, in hundredths; of a deduction, what is taken off.
        reason: Id of the reason why the item does not apply.
    """

    answer: Answer = Answer.NONE
    points: int | None = None
    reason: str = ""


NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a computed check saw and found, kept so that it can be computed again in any year."""

    check: str
    inputs: Inputs
    settings: Settings
    met: bool | None

    def packed(self) -> str:
        """Return it as canonical JSON."""
        told: dict[str, Json] = {
            "check": self.check,
            "inputs": self.inputs,
            "settings": self.settings,
            "met": self.met,
        }
        return canonical(told).decode()

    @classmethod
    def unpacked(cls, text: str) -> Seen:
        """Read what `packed` wrote.

        Raises:
            ValueError: The text is not what `packed` writes.
        """
        held = parse_canonical_object(text.encode())
        match held:
            case {
                "check": str(check),
                "inputs": Mapping() as inputs,
                "settings": Mapping() as settings,
                "met": bool() | None as met,
            } if len(held) == 4:
                numbers = {name: each for name, each in settings.items() if isinstance(each, int)}
                if numbers == settings:
                    return cls(check, inputs, numbers, met)
        raise ValueError("not what a check saw")

    def again(self) -> Verdict:
        """Compute it again from what it saw, by the version that saw it.

        A version that only a newer program knows keeps the result that it had.

        Raises:
            UserError: `check_inputs_damaged`.
        """
        check = CHECKS.get(self.check)
        if check is None:
            why = f"Phép kiểm tra {self.check} có ở phiên bản mới hơn; giữ kết quả đã lưu."
            return Verdict(self.met, why)
        return check.run(self.inputs, self.settings)

    def told(self) -> Verdict:
        """Return the verdict as it is shown; damaged inputs are said and change no result."""
        try:
            return self.again()
        except UserError as fault:
            return Verdict(self.met, fault.message, (fault.message,))


@dataclass(frozen=True, slots=True)
class Override:
    """A person's answer in place of a computed one; the reason is printed."""

    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """What a sheet says of one item that is not mark-only.

    Attributes:
        item: Id of the item.
        own: What the unit gave itself; of a computed item only that it does not apply.
        appraised: What the appraisal gave.
        difference: Why the appraisal differs.
        evidence: Ids of the records, attachments and documents behind it.
        seen: What the computed check saw.
        override: A person's answer in place of the computed one.
    """

    item: str
    own: Given = NOTHING
    appraised: Given = NOTHING
    difference: str = ""
    evidence: tuple[str, ...] = ()
    seen: Seen | None = None
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A reference to one official document: number, day, issuing body; nothing of its content."""

    number: str
    day: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The answer to a mark-only item: `MET` it did not happen, `NOT_MET` it did."""

    item: str
    answer: Answer
    paper: Paper | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One unit judged by one set for one year.

    Attributes:
        unit: Id of the unit (or scheme, team …).
        year: The year that is judged.
        set_code: Code of the set.
        set_digest: Its digest on the day the sheet was begun.
        lines: By item, at most one each.
        marks: By mark-only item, at most one each.
        told: At a receiver: by group, the one answer that stands for all its marks.
    """

    unit: str
    year: int
    set_code: str
    set_digest: str
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    told: Mapping[str, Answer] = field(default_factory=dict, hash=False)

    def line(self, item_id: str) -> Line:
        """Return the line of an item; an empty one when nothing was said."""
        return next((line for line in self.lines if line.item == item_id), Line(item_id))

    def mark(self, item_id: str) -> Mark | None:
        """Return the mark of a mark-only item; None when there is none."""
        return next((mark for mark in self.marks if mark.item == item_id), None)

    def with_line(self, line: Line) -> Sheet:
        """Return the sheet with one line put in its place."""
        others = tuple(each for each in self.lines if each.item != line.item)
        return replace(self, lines=(*others, line))


def new_sheet(criteria: CriteriaSet, unit: str, year: int) -> Sheet:
    """Return the empty sheet of a unit and year."""
    return Sheet(unit, year, criteria.code, digest_of(criteria))


def answer_of_marks(group: Group, sheet: Sheet) -> Answer:
    """Return the one answer that stands for the marks of a group; `NOT_MET` when one happened."""
    if group.id in sheet.told:
        return sheet.told[group.id]
    marks = [sheet.mark(item.id) for item in group.marks]
    answers = {mark.answer if mark else Answer.NONE for mark in marks}
    if Answer.NOT_MET in answers:
        return Answer.NOT_MET
    return Answer.NONE if Answer.NONE in answers else Answer.MET


def without_marks(criteria: CriteriaSet, sheet: Sheet) -> Sheet:
    """Return what a receiver may see: of marks only whether their criterion holds, no document."""
    told = {each.id: answer_of_marks(each, sheet) for each in criteria.groups if each.marks}
    return replace(sheet, marks=(), told=told)


def own_given(line: Line) -> Given:
    """Return the unit's own answer: not applicable, else a person's override, else the check's."""
    if line.own.answer is Answer.NOT_APPLICABLE:
        return line.own
    if line.override:
        return Given(line.override.answer)
    if line.seen:
        met = line.seen.met
        return Given(Answer.NONE if met is None else Answer.MET if met else Answer.NOT_MET)
    return line.own


def computed_points(item: Item, answer: Answer) -> int:
    """Return what a computed answer is worth: all or nothing; met, a deduction takes nothing."""
    full = (answer is Answer.MET) is not (item.role is Role.DEDUCTION)
    return item.most if full else 0


def seen_of(item: Item, inputs: Inputs) -> Seen:
    """Run the check of an item over today's inputs.

    Raises:
        UserError: `check_inputs_damaged`.
        KeyError: The item has no check, or one that is not registered.
    """
    verdict = CHECKS[item.check].run(inputs, item.settings)
    return Seen(item.check, inputs, dict(item.settings), verdict.met)


def as_of_today(
    criteria: CriteriaSet, sheet: Sheet, inputs: Mapping[str, Inputs], *, keep: bool = True
) -> Sheet:
    """Return the sheet with its computed items computed anew: “nếu xét hôm nay”.

    Args:
        criteria: The set of the sheet.
        sheet: What is stored; it is not changed.
        inputs: What each check would see today, by item.
        keep: Whether answers that a person put in place of computed ones stay.
    """
    for item in criteria.items():
        if item.check and item.id in inputs:
            line = sheet.line(item.id)
            override = line.override if keep else None
            seen = seen_of(item, inputs[item.id])
            sheet = sheet.with_line(replace(line, seen=seen, override=override))
    return sheet


@dataclass(frozen=True, slots=True)
class Moved:
    """A computed item that would come out otherwise today; both stay visible."""

    item: str
    stored: bool | None
    today: bool | None
    why: str


def moved_since(sheet: Sheet, today: Sheet) -> tuple[Moved, ...]:
    """Return the computed items whose result differs: a comparison, which changes nothing."""
    found = []
    for line in sheet.lines:
        now = today.line(line.item).seen
        if line.seen and now and line.seen.met != now.met:
            found.append(Moved(line.item, line.seen.met, now.met, now.told().why))
    return tuple(found)


def altered(lines: Iterable[Line]) -> tuple[str, ...]:
    """Return the items whose stored result is not what their stored inputs give; none is right."""
    return tuple(line.item for line in lines if line.seen and _differs(line.seen))


def _differs(seen: Seen) -> bool:
    try:
        return seen.again().met is not seen.met
    except UserError:
        return True
