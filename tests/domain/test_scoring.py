"""The engine over small sets made for the purpose; the shipped ones are tested beside the files."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from antq_desktop.domain.scoring.outcome import Outcome, Side, judge
from antq_desktop.domain.scoring.points import points_of, points_text, show_points
from antq_desktop.domain.scoring.sets import (
    Asks,
    Band,
    Cap,
    CriteriaSet,
    Group,
    Item,
    NotApplicable,
    Provenance,
    Purpose,
    Reason,
    Role,
    SetKind,
    sets_in_force,
)
from antq_desktop.domain.scoring.sheets import (
    Answer,
    Given,
    Line,
    Mark,
    Override,
    Sheet,
    new_sheet,
    seen_of,
    without_marks,
)

PROVENANCE = Provenance("Văn bản mẫu", "C", "Xã Mẫu", "Mẫu", "2026-11-21", "Mẫu minh họa.")
MET, NOT_MET, NONE = Given(Answer.MET), Given(Answer.NOT_MET), Given()
NOT_HERE = Given(Answer.NOT_APPLICABLE, reason="no_party")
RECOGNITION = CriteriaSet(
    code="made",
    title="Bộ mẫu",
    purpose=Purpose.RECOGNITION,
    kind=SetKind.MET,
    unit_kinds=("neighbourhood",),
    provenance=PROVENANCE,
    valid_from="2022-02-10",
    reasons=(Reason("no_party", "Nơi chưa có tổ chức Đảng"),),
    groups=(
        Group(
            "g1",
            "Một",
            (
                Item("resolution", "Có nghị quyết", reasons=("no_party",)),
                Item("hotspots", "Không phát sinh tụ điểm", check="no_new_hotspot@1"),
            ),
        ),
        Group(
            "g2",
            "Hai",
            (
                Item("mark_a", "Việc thứ nhất", asks=Asks.HAPPENED, mark_only=True),
                Item("mark_b", "Việc thứ hai", asks=Asks.HAPPENED, mark_only=True),
                Item("dispute", "Mâu thuẫn kéo dài", asks=Asks.HAPPENED),
            ),
        ),
    ),
)
HOTSPOTS = RECOGNITION.groups[0].items[1]
MARKS = (Mark("mark_a", Answer.MET), Mark("mark_b", Answer.MET))
WHOLE = replace(
    new_sheet(RECOGNITION, "u1", 2026),
    lines=(
        Line("resolution", own=MET),
        Line("hotspots", seen=seen_of(HOTSPOTS, {"arisen": 0})),
        Line("dispute", own=MET),
    ),
    marks=MARKS,
)
TABLE = CriteriaSet(
    code="table",
    title="Bảng mẫu",
    purpose=Purpose.CLASSIFICATION,
    kind=SetKind.POINTS,
    unit_kinds=("agency",),
    provenance=PROVENANCE,
    valid_from="2022-01-20",
    reasons=(Reason("no_party", "Nơi chưa có tổ chức Đảng"),),
    groups=(
        Group(
            "g1",
            "Một",
            (
                Item("one", "Một", most=6000),
                Item("two", "Hai", most=4000, reasons=("no_party",)),
                Item("more", "Thưởng", role=Role.BONUS, most=500),
                Item("less", "Trừ", role=Role.DEDUCTION, most=500),
                Item("veto", "Khống chế", role=Role.VETO),
            ),
        ),
    ),
    bands=(
        Band("excellent", "Xuất sắc", 9000),
        Band("good", "Khá", 7000),
        Band("average", "Trung bình", 5000),
        Band("poor", "Yếu", 0),
    ),
    caps=(Cap("cap", "Cao nhất là Khá", "good", ("veto",)),),
)


def scored(one: int, two: int | None, more: int = 0, less: int = 0, veto: Given = MET) -> Sheet:
    second = NOT_HERE if two is None else Given(points=two)
    return replace(
        new_sheet(TABLE, "u2", 2026),
        lines=(
            Line("one", own=Given(points=one)),
            Line("two", own=second),
            Line("more", own=Given(points=more)),
            Line("less", own=Given(points=less)),
            Line("veto", own=veto),
        ),
    )


def grade(outcome: Outcome) -> str:
    return outcome.grade.id if outcome.grade else ""


def test_a_sheet_with_every_item_met_is_recognised() -> None:
    outcome = judge(RECOGNITION, WHOLE)
    assert outcome.met
    assert outcome.complete
    assert outcome.missing == ()
    assert (outcome.met_items, outcome.applicable) == (5, 5)


def test_an_empty_sheet_names_everything_that_is_missing() -> None:
    outcome = judge(RECOGNITION, new_sheet(RECOGNITION, "u1", 2026))
    assert not outcome.met
    assert not outcome.complete
    told = [(each.group, each.item, each.answer) for each in outcome.missing]
    assert told == [
        ("g1", "resolution", Answer.NONE),
        ("g1", "hotspots", Answer.NONE),
        ("g2", "", Answer.NONE),
        ("g2", "dispute", Answer.NONE),
    ]


def test_one_item_not_met_is_enough_and_is_named_with_what_the_check_saw() -> None:
    sheet = WHOLE.with_line(Line("hotspots", seen=seen_of(HOTSPOTS, {"arisen": 2})))
    outcome = judge(RECOGNITION, sheet)
    assert not outcome.met
    assert outcome.complete
    (missing,) = outcome.missing
    assert missing.item == "hotspots"
    assert missing.sentences == ("Có 2 tụ điểm phức tạp phát sinh trong kỳ.",)
    assert [group.answer for group in outcome.groups] == [Answer.NOT_MET, Answer.MET]


def test_an_item_that_does_not_apply_counts_neither_way_but_only_for_a_reason_of_the_text() -> None:
    outcome = judge(RECOGNITION, WHOLE.with_line(Line("resolution", own=NOT_HERE)))
    assert outcome.met
    assert (outcome.met_items, outcome.applicable) == (4, 4)
    invented = Given(Answer.NOT_APPLICABLE, reason="because")
    outcome = judge(RECOGNITION, WHOLE.with_line(Line("resolution", own=invented)))
    assert not outcome.complete
    wrong_place = WHOLE.with_line(Line("dispute", own=NOT_HERE))
    assert not judge(RECOGNITION, wrong_place).complete


def test_a_mark_that_something_happened_fails_its_criterion_and_names_no_mark() -> None:
    happened = replace(WHOLE, marks=(MARKS[0], Mark("mark_b", Answer.NOT_MET)))
    outcome = judge(RECOGNITION, happened)
    assert not outcome.met
    (missing,) = outcome.missing
    assert (missing.group, missing.item) == ("g2", "")
    assert outcome.met_items == 3, "apart, the number would tell which one happened"


def test_the_receiver_sees_of_marks_only_whether_the_criterion_holds() -> None:
    for marks in (MARKS, (), MARKS[:1], (MARKS[0], Mark("mark_b", Answer.NOT_MET))):
        sheet = replace(WHOLE, marks=marks)
        seen_above = without_marks(RECOGNITION, sheet)
        assert seen_above.marks == ()
        assert set(seen_above.told) == {"g2"}
        above, below = judge(RECOGNITION, seen_above), judge(RECOGNITION, sheet)
        assert above == below


def test_a_person_may_stand_in_for_a_check_and_the_check_keeps_what_it_saw() -> None:
    seen = seen_of(HOTSPOTS, {"arisen": 1})
    override = Override(Answer.MET, "Tụ điểm thuộc địa bàn xã bên")
    outcome = judge(RECOGNITION, WHOLE.with_line(Line("hotspots", seen=seen, override=override)))
    assert outcome.met
    line = Line("hotspots", seen=seen_of(HOTSPOTS, {"arisen": None}), override=override)
    assert judge(RECOGNITION, WHOLE.with_line(line)).met


def test_the_appraisal_settles_the_sheet_and_the_units_own_column_stays() -> None:
    line = Line("dispute", own=MET, appraised=NOT_MET, difference="Có vụ kéo dài 8 tháng")
    sheet = WHOLE.with_line(line)
    assert judge(RECOGNITION, sheet, Side.OWN).met
    assert not judge(RECOGNITION, sheet, Side.SETTLED).met


def test_what_is_met_only_for_the_time_being_is_named() -> None:
    teams = Item("teams", "Lực lượng", check="teams_rated@1")
    criteria = replace(RECOGNITION, groups=(Group("g", "Một", (teams,)),))
    row = {"team": "t", "rating": "done", "basis": "last_year", "unrated_reason": ""}
    line = Line("teams", seen=seen_of(teams, {"teams": [row]}))
    outcome = judge(criteria, replace(new_sheet(criteria, "u", 2026), lines=(line,)))
    assert outcome.met
    assert outcome.provisional == ("teams",)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (6000, 4000, "excellent"),
        (6000, 3000, "excellent"),
        (6000, 2999, "good"),
        (5000, 2000, "good"),
        (5000, 0, "average"),
        (4999, 0, "poor"),
        (0, 0, "poor"),
    ],
)
def test_points_reach_a_band_exactly_or_not(one: int, two: int, expected: str) -> None:
    assert grade(judge(TABLE, scored(one, two))) == expected


def test_bonus_adds_deduction_takes_off_and_nothing_falls_below_nought() -> None:
    assert judge(TABLE, scored(6000, 4000, more=500)).points == 10500
    assert judge(TABLE, scored(6000, 2999, less=100)).points == 8899
    assert judge(TABLE, scored(0, 0, less=500)).points == 0


def test_a_ceiling_wins_over_points_and_says_so() -> None:
    outcome = judge(TABLE, scored(6000, 4000, veto=NOT_MET))
    assert outcome.by_points is not None
    assert outcome.by_points.id == "excellent"
    assert grade(outcome) == "good"
    assert [cap.id for cap in outcome.caps] == ["cap"]
    assert grade(judge(TABLE, scored(100, 0, veto=NOT_MET))) == "poor", "a ceiling lifts nobody"


def test_what_the_next_band_takes_is_told() -> None:
    gap = judge(TABLE, scored(6000, 2500)).gap
    assert gap is not None
    assert (gap.band.id, int(gap.lacking), len(gap.caps)) == ("excellent", 500, 0)
    held = judge(TABLE, scored(6000, 4000, veto=NOT_MET)).gap
    assert held is not None
    assert (int(held.lacking), [cap.id for cap in held.caps]) == (0, ["cap"])
    assert judge(TABLE, scored(6000, 4000)).gap is None


def test_points_of_what_does_not_apply_are_given_in_full_or_spread_over_the_rest() -> None:
    sheet = scored(5100, None)
    assert judge(TABLE, sheet).points == 9100
    spread = replace(TABLE, not_applicable=NotApplicable.RESCALE)
    assert judge(spread, sheet).points == 8500
    third = judge(spread, scored(2000, None)).points
    assert third == Fraction(10000, 3)
    assert show_points(third) == "33,33"


def test_a_bonus_that_does_not_apply_gives_nothing() -> None:
    items = tuple(
        replace(item, reasons=("no_party",)) if item.id == "more" else item
        for item in TABLE.items()
    )
    criteria = replace(TABLE, groups=(replace(TABLE.groups[0], items=items),))
    sheet = scored(6000, 2000).with_line(Line("more", own=NOT_HERE))
    for rule in NotApplicable:
        assert judge(replace(criteria, not_applicable=rule), sheet).points == 8000


def test_a_missing_item_gives_no_points_and_a_damaged_one_not_more_than_its_most() -> None:
    sheet = scored(6000, 4000)
    lines = tuple(line for line in sheet.lines if line.item != "two")
    outcome = judge(TABLE, replace(sheet, lines=lines))
    assert outcome.points == 6000
    assert not outcome.complete
    assert judge(TABLE, scored(90_000, 0)).points == 6000


def test_a_computed_item_of_points_gives_all_or_nothing() -> None:
    item = Item("spots", "Tụ điểm", check="no_new_hotspot@1", most=1000)
    criteria = replace(TABLE, groups=(Group("g", "Một", (item,)),), caps=())

    def points(arisen: int, override: Override | None = None) -> Fraction:
        line = Line("spots", seen=seen_of(item, {"arisen": arisen}), override=override)
        return judge(criteria, replace(new_sheet(criteria, "u", 2026), lines=(line,))).points

    assert [points(0), points(1)] == [Fraction(1000), Fraction(0)]
    assert points(1, Override(Answer.MET, "Lý do mẫu")) == 1000


def test_a_computed_deduction_takes_off_when_it_is_not_met() -> None:
    item = Item("spots", "Tụ điểm", check="no_new_hotspot@1", role=Role.DEDUCTION, most=1000)
    base = Item("base", "Nền", most=10000)
    criteria = replace(TABLE, groups=(Group("g", "Một", (base, item)),), caps=())
    for arisen, expected in ((0, 10000), (1, 9000)):
        lines = (
            Line("base", own=Given(points=10000)),
            Line("spots", seen=seen_of(item, {"arisen": arisen})),
        )
        outcome = judge(criteria, replace(new_sheet(criteria, "u", 2026), lines=lines))
        assert outcome.points == expected


LADDER = replace(
    RECOGNITION,
    purpose=Purpose.RATING,
    groups=(
        Group("high", "Cao", tuple(Item(f"h{n}", "Mục") for n in range(3)), need=2),
        Group("low", "Thấp", (Item("l", "Mục"),)),
    ),
    bands=(
        Band("high", "Cao", group="high"),
        Band("low", "Thấp", group="low"),
        Band("rest", "Còn lại"),
    ),
)


def climbed(**answers: Answer) -> Outcome:
    lines = tuple(Line(item, own=Given(answer)) for item, answer in answers.items())
    return judge(LADDER, replace(new_sheet(LADDER, "t", 2026), lines=lines))


def test_on_a_ladder_the_first_group_that_holds_is_the_grade() -> None:
    yes, no = Answer.MET, Answer.NOT_MET
    assert grade(climbed(h0=yes, h1=yes, h2=no, l=yes)) == "high"
    assert grade(climbed(h0=yes, h1=no, h2=no, l=yes)) == "low"
    assert grade(climbed(h0=yes, h1=no, h2=no, l=no)) == "rest"


def test_a_ladder_is_settled_once_a_group_holds_and_none_above_it_is_open() -> None:
    yes, no = Answer.MET, Answer.NOT_MET
    assert climbed(h0=yes, h1=yes).complete, "two of three are enough, and the rest is below"
    assert not climbed(h0=yes, l=yes).complete, "the higher grade may still come"
    assert climbed(h0=no, h1=no, l=yes).complete, "one of three cannot become two"
    assert not climbed(h0=no, h1=no).complete


def test_items_that_are_met_are_counted_for_a_set_with_bands_of_counts() -> None:
    items = tuple(Item(f"i{n}", f"Tiêu chí {n}") for n in range(15))
    bands = (Band("all", "Đạt", 15), Band("rest", "Chưa đạt", 0))
    criteria = replace(RECOGNITION, groups=(Group("g", "Nhóm", items),), bands=bands)
    lines = tuple(Line(i.id, own=NOT_MET if i.id == "i7" else MET) for i in items)
    outcome = judge(criteria, replace(new_sheet(criteria, "u", 2022), lines=lines))
    assert (outcome.met_items, outcome.applicable, grade(outcome)) == (14, 15, "rest")
    assert outcome.gap is not None
    assert outcome.gap.lacking == 1
    assert [each.item for each in outcome.missing] == ["i7"]


def test_sets_are_chosen_by_kind_of_unit_and_day_national_ones_first() -> None:
    added = replace(RECOGNITION, code="a_province", adds_to="made", valid_from="2024-01-01")
    ended = replace(RECOGNITION, code="ended", valid_to="2023-01-01")
    sets = (added, ended, RECOGNITION, TABLE)

    def chosen(kind: str, day: str, purpose: Purpose | None = None) -> list[str]:
        return [each.code for each in sets_in_force(sets, kind, day, purpose)]

    assert chosen("neighbourhood", "2026-11-21") == ["made", "a_province"]
    assert chosen("neighbourhood", "2022-12-31") == ["ended", "made"]
    assert chosen("neighbourhood", "2023-01-01") == ["made"]
    assert chosen("neighbourhood", "2022-02-10") == ["ended", "made"], "from its first day"
    assert chosen("neighbourhood", "2022-02-09") == []
    assert chosen("agency", "2026-01-01", Purpose.RECOGNITION) == []
    assert chosen("agency", "2026-01-01", Purpose.CLASSIFICATION) == ["table"]


@pytest.mark.parametrize(
    ("written", "points"),
    [("3", 300), ("2.5", 250), ("0.25", 25), ("10000", 1_000_000)],
)
def test_points_are_written_as_they_were_read(written: str, points: int) -> None:
    assert points_of(written) == points
    assert points_text(points) == written


@pytest.mark.parametrize("written", ["", "-1", "2,5", "1.234", "1e3", "10001", "٣"])
def test_what_is_no_number_of_points_is_none(written: str) -> None:
    assert points_of(written) is None
