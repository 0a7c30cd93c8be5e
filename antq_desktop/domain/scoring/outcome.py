"""From a set and a sheet to the result: what is met, the points, the grade, and what is missing.

Everything is computed from the lines; no total is ever stored or typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from antq_desktop.domain.scoring.bands import (
    Gap,
    band_reached,
    capped,
    caps_that_hold,
    gap_to_next,
    group_reached,
)
from antq_desktop.domain.scoring.sets import (
    Asks,
    Band,
    Cap,
    CriteriaSet,
    Group,
    Item,
    NotApplicable,
    Role,
    SetKind,
)
from antq_desktop.domain.scoring.sheets import (
    Answer,
    Given,
    Line,
    Sheet,
    answer_of_marks,
    computed_points,
    own_given,
)


class Side(StrEnum):
    """Which column is added up: the unit's own, or the appraised one where there is one."""

    OWN = "own"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What one item comes to.

    Attributes:
        item: The item.
        answer: Of an item of points: `MET` once it has points.
        points: In hundredths, within the item's bounds; 0 while unanswered.
    """

    item: Item
    answer: Answer
    points: int = 0


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What one numbered criterion comes to; the one thing a receiver sees of mark-only items.

    Attributes:
        group: The group.
        answer: Of a set of points: `MET` once every item has an answer.
        met: How many of its items are met.
        applicable: How many apply.
        points: Their sum in hundredths, deductions taken off.
        unanswered: How many have no answer yet; all its marks count as one.
    """

    group: Group
    answer: Answer
    met: int
    applicable: int
    points: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that keeps a sheet from its result, named.

    Attributes:
        group: Id of its group.
        item: Id of the item; empty when it stands for the marks of a group.
        answer: `NONE` when it is unanswered, `NOT_MET` when it is answered against the unit.
        sentences: What is lacking, in Vietnamese.
    """

    group: str
    item: str
    answer: Answer
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a sheet.

    Attributes:
        complete: Whether the result is settled: every item that it needs has an answer.
        met: Whether all criteria hold; of a set of points, whether every item has points; of a
            ladder, whether a grade is settled.
        groups: By criterion.
        met_items: How many items are met.
        applicable: How many apply.
        points: Sum in hundredths; 0 in a set without points.
        by_points: The band before ceilings; None without bands.
        grade: The band after ceilings; None without bands.
        caps: The ceilings that hold.
        gap: What the next band takes.
        missing: What keeps it from more, item by item.
        provisional: Ids of items that are met only by what is not settled yet.
    """

    complete: bool
    met: bool
    groups: tuple[GroupResult, ...]
    met_items: int
    applicable: int
    points: Fraction
    by_points: Band | None
    grade: Band | None
    caps: tuple[Cap, ...]
    gap: Gap | None
    missing: tuple[Missing, ...]
    provisional: tuple[str, ...]


_UNANSWERED: Final = ("Chưa đánh giá.",)
_HAPPENED: Final = ("Có xảy ra.",)
_NOT_MET: Final = ("Chưa đạt.",)


def judge(criteria: CriteriaSet, sheet: Sheet, side: Side = Side.SETTLED) -> Outcome:
    """Compute the result of a sheet whose faults (`sheet_faults`) are none.

    A reason that the item does not allow counts as no answer, and points are held within the
    bounds of their item, so that a damaged sheet cannot lift a result.
    """
    results = {item.id: _result(criteria, item, sheet, side) for item in criteria.items()}
    groups = tuple(_group(criteria, group, sheet, results) for group in criteria.groups)
    counted = [each for each in groups if each.answer is not Answer.NOT_APPLICABLE]
    complete = _complete(criteria, groups)
    points = _points(criteria, results)
    failing = {each.item.id for each in results.values() if each.answer is Answer.NOT_MET}
    caps = caps_that_hold(criteria.caps, failing)
    met_items = sum(each.met for each in groups)
    reached = points if criteria.kind is SetKind.POINTS else Fraction(met_items)
    by_points = _band(criteria, groups, reached)
    grade = capped(criteria, by_points, caps)
    return Outcome(
        complete=complete,
        met=complete and (criteria.is_ladder or all(each.answer is Answer.MET for each in counted)),
        groups=groups,
        met_items=met_items,
        applicable=sum(each.applicable for each in groups),
        points=points,
        by_points=by_points,
        grade=grade,
        caps=caps,
        gap=gap_to_next(criteria, grade, reached, caps),
        missing=tuple(_missing(criteria, sheet, results)),
        provisional=tuple(_provisional(sheet, results)),
    )


def counted_given(line: Line, side: Side) -> Given:
    """Return what counts of a line: the appraisal where it gave something, else the unit's own."""
    appraised = line.appraised
    if side is Side.SETTLED and (appraised.answer or appraised.points is not None):
        return appraised
    return own_given(line)


def _result(criteria: CriteriaSet, item: Item, sheet: Sheet, side: Side) -> ItemResult:
    if item.mark_only:
        mark = sheet.mark(item.id)
        return ItemResult(item, mark.answer if mark else Answer.NONE)
    given = counted_given(sheet.line(item.id), side)
    if given.answer is Answer.NOT_APPLICABLE:
        allowed = given.reason in item.reasons and criteria.reason(given.reason) is not None
        return ItemResult(item, Answer.NOT_APPLICABLE if allowed else Answer.NONE)
    if not item.scored:
        return ItemResult(item, given.answer)
    if given.points is not None:
        return ItemResult(item, Answer.MET, min(max(given.points, 0), item.most))
    if not item.check or not given.answer:
        return ItemResult(item, Answer.NONE)
    return ItemResult(item, given.answer, computed_points(item, given.answer))


def _group(
    criteria: CriteriaSet, group: Group, sheet: Sheet, results: Mapping[str, ItemResult]
) -> GroupResult:
    found = [results[item.id] for item in group.items if not item.mark_only]
    answers = [each.answer for each in found]
    marks = answer_of_marks(group, sheet) if group.marks else Answer.NOT_APPLICABLE
    # All marks or none: how many of them are met would tell that one happened.
    met = answers.count(Answer.MET) + (len(group.marks) if marks is Answer.MET else 0)
    applicable = len(group.items) - answers.count(Answer.NOT_APPLICABLE)
    points = sum(_signed(each) for each in found)
    answer = _group_answer(criteria, group, [*answers, marks], met)
    unanswered = [*answers, marks].count(Answer.NONE)
    return GroupResult(group, answer, met, applicable, points, unanswered)


def _group_answer(criteria: CriteriaSet, group: Group, answers: list[Answer], met: int) -> Answer:
    told = [answer for answer in answers if answer is not Answer.NOT_APPLICABLE]
    if not told:
        return Answer.NOT_APPLICABLE
    if criteria.kind is SetKind.POINTS:
        return Answer.NONE if Answer.NONE in told else Answer.MET
    if group.need:
        if met >= group.need:
            return Answer.MET
        return Answer.NONE if met + told.count(Answer.NONE) >= group.need else Answer.NOT_MET
    if Answer.NOT_MET in told:
        return Answer.NOT_MET
    return Answer.NONE if Answer.NONE in told else Answer.MET


def _complete(criteria: CriteriaSet, groups: tuple[GroupResult, ...]) -> bool:
    """Tell whether the result is settled; of a ladder, only down to the first group that holds."""
    if criteria.is_ladder:
        settled = (each.answer for each in groups if each.answer is not Answer.NOT_MET)
        return next(settled, Answer.MET) is not Answer.NONE
    return not any(each.unanswered for each in groups)


def _signed(result: ItemResult) -> int:
    if result.item.role is Role.DEDUCTION:
        return -result.points
    return result.points


def _points(criteria: CriteriaSet, results: Mapping[str, ItemResult]) -> Fraction:
    if criteria.kind is not SetKind.POINTS:
        return Fraction(0)
    absent = sum(
        each.item.most
        for each in results.values()
        if each.answer is Answer.NOT_APPLICABLE and each.item.role is Role.SCORE
    )
    scored = Fraction(sum(r.points for r in results.values() if r.item.role is Role.SCORE))
    extra = sum(_signed(r) for r in results.values() if r.item.role is not Role.SCORE)
    full = criteria.full_points()
    if criteria.not_applicable is NotApplicable.FULL:
        scored += absent
    elif full > absent:
        scored = scored * full / (full - absent)
    return max(scored + extra, Fraction(0))


def _band(criteria: CriteriaSet, groups: tuple[GroupResult, ...], reached: Fraction) -> Band | None:
    if criteria.is_ladder:
        holding = {each.group.id for each in groups if each.answer is Answer.MET}
        return group_reached(criteria.bands, holding)
    return band_reached(criteria.bands, reached)


def _missing(
    criteria: CriteriaSet, sheet: Sheet, results: Mapping[str, ItemResult]
) -> Iterator[Missing]:
    for group in criteria.groups:
        marks = answer_of_marks(group, sheet) if group.marks else Answer.MET
        if marks is not Answer.MET:
            told = _HAPPENED if marks is Answer.NOT_MET else _UNANSWERED
            yield Missing(group.id, "", marks, told)
        for item in group.items:
            answer = results[item.id].answer
            if not item.mark_only and answer in {Answer.NONE, Answer.NOT_MET}:
                line = sheet.line(item.id)
                yield Missing(group.id, item.id, answer, _sentences(item, line, answer))


def _sentences(item: Item, line: Line, answer: Answer) -> tuple[str, ...]:
    if line.seen and line.override is None:
        told = line.seen.told()
        if told.met is not True:
            return told.missing or (told.why,)
    if answer is Answer.NONE:
        return _UNANSWERED
    return _NOT_MET if item.asks is Asks.MET else _HAPPENED


def _provisional(sheet: Sheet, results: Mapping[str, ItemResult]) -> Iterator[str]:
    for item_id, result in results.items():
        line = sheet.line(item_id)
        if line.seen is None or line.override or result.answer is not Answer.MET:
            continue
        if line.seen.told().provisional:
            yield item_id
