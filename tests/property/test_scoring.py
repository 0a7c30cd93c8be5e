"""What must hold of scoring whatever is drawn: evidence, bands, ceilings, and computing again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop import paths
from antq_desktop.catalogue.criteria import load_criteria_sets
from antq_desktop.domain.canonical import Json
from antq_desktop.domain.scoring.bands import band_reached, capped, caps_that_hold
from antq_desktop.domain.scoring.checks import CHECKS, Input, InputKind, Settings
from antq_desktop.domain.scoring.faults import sheet_faults
from antq_desktop.domain.scoring.outcome import Side, judge
from antq_desktop.domain.scoring.sets import CriteriaSet, Item, SetKind
from antq_desktop.domain.scoring.sheets import (
    Answer,
    Given,
    Line,
    Mark,
    Override,
    Seen,
    Sheet,
    altered,
    new_sheet,
    seen_of,
    without_marks,
)

Drawn = dict[str, Json]

SETS = load_criteria_sets(paths.forms_folder() / "criteria")
TABLES = [each for each in SETS.values() if each.kind is SetKind.POINTS]
RANK: Mapping[bool | None, int] = {False: 0, None: 1, True: 2}
COUNTS = st.integers(0, 60)
MAYBE = st.sampled_from([True, False, None])
DAYS = st.sampled_from(["2025", "2026", "2026-03", "2026-02-14", "2026-03-31", "2026-04-01"])
TEXTS = st.sampled_from(["", "a", "done", "good", "not_done", "this_year", "provisional"])
SETTINGS: dict[str, Settings] = {
    name: {setting: 70 if setting == "percent" else 1 for setting in check.settings}
    for name, check in CHECKS.items()
}


def drawn(entry: Input) -> st.SearchStrategy[Json]:
    simple: dict[InputKind, st.SearchStrategy[Json]] = {
        InputKind.COUNT: st.none() | COUNTS,
        InputKind.DAY: st.none() | DAYS,
        InputKind.YES_NO: MAYBE,
        InputKind.TEXT: TEXTS,
    }
    if entry.kind is not InputKind.ROWS:
        return simple[entry.kind]
    return cast("st.SearchStrategy[Json]", st.lists(inputs_of(entry.columns), max_size=4))


def inputs_of(entries: tuple[Input, ...]) -> st.SearchStrategy[Drawn]:
    return st.fixed_dictionaries({entry.name: drawn(entry) for entry in entries})


def met(check: str, inputs: Drawn) -> bool | None:
    return CHECKS[check].run(inputs, SETTINGS[check]).met


def rows(inputs: Drawn, name: str) -> list[Drawn]:
    return cast("list[Drawn]", inputs[name])


@st.composite
def more_evidence(draw: st.DrawFn) -> tuple[str, Drawn, Drawn]:
    """Draw a check, what it sees, and the same with one more piece of evidence for the unit."""
    check = draw(st.sampled_from(sorted(EVIDENCE)))
    name, added = EVIDENCE[check]
    before = draw(inputs_of(CHECKS[check].inputs))
    if "year" in before:
        before["year"] = 2026
    return check, before, {**before, name: [*rows(before, name), added]}


EVIDENCE: Mapping[str, tuple[str, Drawn]] = {
    "in_first_quarter@1": ("documents", {"document": "d", "day": "2026-03-01"}),
    "working_scheme@1": ("schemes", {"scheme": "s", "complete": True, "active": True}),
    "incidents_not_above_last_year@1": ("kinds", {"kind": "k", "before": 3, "now": 0}),
    "teams_rated@1": (
        "teams",
        {"team": "t", "rating": "done", "basis": "this_year", "unrated_reason": ""},
    ),
}
PARTS = {
    "all_households_registered@1": ("registered", "households"),
    "everyone_briefed@1": ("briefed", "people"),
    "own_sections@1": ("rated", "sections"),
    "tasks_done@1": ("done", "given"),
    "taking_part@1": ("attended", "people"),
    "scheme_dossier@1": ("present", "required"),
}


@given(more_evidence())
def test_more_evidence_never_lowers_a_check(case: tuple[str, Drawn, Drawn]) -> None:
    check, before, after = case
    assert RANK[met(check, after)] >= RANK[met(check, before)]


@given(st.sampled_from(sorted(PARTS)), st.data())
def test_one_more_of_the_part_never_lowers_a_share(check: str, data: st.DataObject) -> None:
    part, whole = PARTS[check]
    before = data.draw(inputs_of(CHECKS[check].inputs))
    of = data.draw(st.integers(1, 60))
    done = data.draw(st.integers(0, of - 1))
    before.update({whole: of, part: done})
    assert RANK[met(check, {**before, part: done + 1})] >= RANK[met(check, before)]


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=4), st.data())
def test_one_more_recognised_unit_never_lowers_the_commune(
    numbers: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    pool: list[Drawn] = [
        {"kind": "k", "units": a + b + c, "recognised": b, "expected": 0} for a, b, c in numbers
    ]
    place = data.draw(st.integers(0, len(pool) - 1))
    more = [dict(row) for row in pool]
    if sum(numbers[place]) == numbers[place][1]:
        return
    more[place]["recognised"] = numbers[place][1] + 1
    before = met("recognised_share@1", {"pool": pool, "apart": []})
    after = met("recognised_share@1", {"pool": more, "apart": []})
    assert RANK[after] >= RANK[before]


@given(st.integers(0, 400), st.integers(1, 400))
def test_seventy_per_cent_is_compared_in_whole_numbers(part: int, whole: int) -> None:
    inputs: Drawn = {"sections": whole, "rated": min(part, whole)}
    wanted = Fraction(min(part, whole), whole) >= Fraction(7, 10)
    assert met("own_sections@1", inputs) is wanted


@given(st.sampled_from(TABLES), st.integers(0, 12_000), st.integers(0, 12_000))
def test_bands_are_monotone_in_points(criteria: CriteriaSet, one: int, other: int) -> None:
    order = [band.id for band in criteria.bands]
    low, high = sorted((one, other))
    reached_low, reached_high = (
        band_reached(criteria.bands, Fraction(points)) for points in (low, high)
    )
    assert reached_low is not None
    assert reached_high is not None
    assert order.index(reached_high.id) <= order.index(reached_low.id)


@given(st.sampled_from(TABLES), st.integers(0, 12_000), st.data())
def test_ceilings_win_over_points_and_never_lift(
    criteria: CriteriaSet, points: int, data: st.DataObject
) -> None:
    order = [band.id for band in criteria.bands]
    failing = data.draw(st.sets(st.sampled_from(sorted(i for c in criteria.caps for i in c.items))))
    caps = caps_that_hold(criteria.caps, failing)
    by_points = band_reached(criteria.bands, Fraction(points))
    grade = capped(criteria, by_points, caps)
    assert by_points is not None
    assert grade is not None
    assert order.index(grade.id) >= order.index(by_points.id)
    assert all(order.index(grade.id) >= order.index(cap.at_most) for cap in caps)
    if not caps:
        assert grade == by_points


def given_of(draw: st.DrawFn, item: Item) -> Given:
    skipped = draw(st.booleans())
    if skipped and item.reasons:
        return Given(Answer.NOT_APPLICABLE, reason=draw(st.sampled_from(item.reasons)))
    if item.scored:
        return Given(points=draw(st.integers(0, item.most)))
    return Given(draw(st.sampled_from([Answer.MET, Answer.NOT_MET, Answer.NONE])))


@st.composite
def sheets(draw: st.DrawFn) -> tuple[CriteriaSet, Sheet]:
    """Draw a set and a sheet of it without a fault, each item answered or not."""
    criteria = draw(st.sampled_from(list(SETS.values())))
    lines, marks = [], []
    for item in criteria.items():
        if item.mark_only:
            answer = draw(st.sampled_from([Answer.MET, Answer.NOT_MET, Answer.NONE]))
            marks.append(Mark(item.id, answer))
        elif item.check:
            seen = seen_of(item, draw(inputs_of(CHECKS[item.check].inputs)))
            override = draw(st.none() | st.just(Override(Answer.MET, "Lý do mẫu")))
            lines.append(Line(item.id, seen=seen, override=override))
        else:
            lines.append(Line(item.id, own=given_of(draw, item)))
    sheet = new_sheet(criteria, "u", 2026)
    return criteria, replace(sheet, lines=tuple(lines), marks=tuple(marks))


@given(sheets())
def test_computing_a_stored_sheet_again_gives_the_stored_result(
    case: tuple[CriteriaSet, Sheet],
) -> None:
    criteria, sheet = case
    assert sheet_faults(criteria, sheet) == ()
    assert altered(sheet.lines) == ()
    stored = [replace(line, seen=line.seen and Seen.unpacked(line.seen.packed()))
              for line in sheet.lines]  # fmt: skip
    again = replace(sheet, lines=tuple(stored))
    assert judge(criteria, again) == judge(criteria, sheet)


@given(sheets())
def test_met_means_that_nothing_is_missing_and_the_other_way_round(
    case: tuple[CriteriaSet, Sheet],
) -> None:
    criteria, sheet = case
    outcome = judge(criteria, sheet)
    if (
        criteria.kind is SetKind.MET
        and not criteria.is_ladder
        and not any(group.need for group in criteria.groups)
    ):
        assert outcome.met == (outcome.missing == ())
    open_items = [each for each in outcome.missing if each.answer is Answer.NONE]
    if not criteria.is_ladder:
        assert outcome.complete == (open_items == [])


@given(sheets())
def test_evidence_on_a_line_changes_no_result(case: tuple[CriteriaSet, Sheet]) -> None:
    criteria, sheet = case
    lines = tuple(replace(line, evidence=("r1", "r2")) for line in sheet.lines)
    assert judge(criteria, replace(sheet, lines=lines)) == judge(criteria, sheet)


@given(sheets())
def test_a_receiver_comes_to_the_same_result_without_the_marks(
    case: tuple[CriteriaSet, Sheet],
) -> None:
    criteria, sheet = case
    above = without_marks(criteria, sheet)
    assert above.marks == ()
    assert judge(criteria, above) == judge(criteria, sheet)
    assert without_marks(criteria, above) == above


@given(sheets())
def test_without_an_appraisal_both_columns_are_the_same(case: tuple[CriteriaSet, Sheet]) -> None:
    criteria, sheet = case
    assert judge(criteria, sheet, Side.OWN) == judge(criteria, sheet, Side.SETTLED)


@given(sheets(), st.data())
def test_a_better_answer_never_lowers_the_grade(
    case: tuple[CriteriaSet, Sheet], data: st.DataObject
) -> None:
    criteria, sheet = case
    order = [band.id for band in criteria.bands]
    if not sheet.lines or not order:
        return
    line = data.draw(st.sampled_from(sheet.lines))
    item = criteria.item(line.item)
    assert item is not None
    best = Given(points=0 if item.role.value == "deduction" else item.most)
    better = replace(line, appraised=best if item.scored else Given(Answer.MET))
    before = judge(criteria, sheet).grade
    after = judge(criteria, sheet.with_line(better)).grade
    assert after is not None or before is None
    if before is not None and after is not None:
        assert order.index(after.id) <= order.index(before.id)
