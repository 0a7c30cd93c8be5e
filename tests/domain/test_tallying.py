"""Reports and records over a tree of units: nothing counted twice and nothing lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.adjusting import Adjustment
from antq_desktop.domain.opening import Opening, Source
from antq_desktop.domain.tallying import Given, Said, Tree, tally

ROOT, COMMUNE, VILLAGE, OTHER = "huyện", "xã", "thôn", "xã khác"
TREE = Tree(ROOT, {COMMUNE: ROOT, VILLAGE: COMMUNE, OTHER: ROOT})
REPORT = Opening("2021-11-02", "120/BC-UBND", "UBND huyện Mẫu", 240)
UNITS = st.sampled_from([ROOT, *"abcdefg"])
PARENTS = st.dictionaries(UNITS, UNITS, max_size=8)
GIVEN = st.dictionaries(UNITS, st.builds(Given, st.integers(0, 999), st.integers(1, 9)), max_size=8)
OPENINGS = st.dictionaries(
    UNITS,
    st.lists(st.builds(Opening, st.just("2021"), st.sampled_from(["1/BC", "2/BC"]),
                       st.just("UBND"), st.integers(0, 999), st.booleans()),
             min_size=1, max_size=2),
    max_size=4,
)  # fmt: skip


def test_a_report_of_a_village_takes_the_place_of_its_records_and_of_no_others() -> None:
    found = tally(TREE, {VILLAGE: Given(3, 3), COMMUNE: Given(10, 5)}, Said({VILLAGE: [REPORT]}))
    assert (found[VILLAGE].value, found[VILLAGE].recorded) == (240, 3)
    assert (found[COMMUNE].value, found[COMMUNE].source) == (250, Source.PARTLY)
    assert (found[ROOT].value, found[ROOT].parts) == (250, (VILLAGE,))


def test_a_report_of_the_whole_counts_above_reports_of_parts_and_both_are_told() -> None:
    whole = replace(REPORT, value=500, document="9/BC-UBND")
    found = tally(TREE, {OTHER: Given(7, 2)}, Said({COMMUNE: [REPORT], ROOT: [whole]}))
    assert (found[ROOT].value, found[ROOT].recorded, found[ROOT].records) == (500, 247, 3)
    (warning,) = found[ROOT].warnings
    assert "500" in warning
    assert "247" in warning


def test_closing_the_report_of_a_part_brings_its_records_back_into_the_sum() -> None:
    closed = replace(REPORT, closed=True)
    found = tally(TREE, {COMMUNE: Given(3, 3), OTHER: Given(7, 2)}, Said({COMMUNE: [closed]}))
    assert (found[ROOT].value, found[ROOT].source) == (10, Source.RECORDS)


def test_units_that_belong_to_each_other_in_a_ring_belong_to_the_root() -> None:
    tree = Tree(ROOT, {"a": "b", "b": "a", "c": "a"})
    assert tree.above("a") == [ROOT]
    assert tree.above("c") == ["a", ROOT]
    found = tally(tree, {"a": Given(1, 1), "b": Given(2, 1), "c": Given(4, 1)}, Said())
    assert found[ROOT].value == 7


@given(PARENTS, GIVEN)
def test_without_reports_the_root_is_the_sum_of_all_records_whatever_the_tree(
    parents: dict[str, str], sums: dict[str, Given]
) -> None:
    root = tally(Tree(ROOT, parents), sums, Said())[ROOT]
    assert (root.value or 0) == sum(each.total for each in sums.values())
    assert root.records == sum(each.records for each in sums.values())
    assert not root.hatched


@given(PARENTS, GIVEN, OPENINGS)
def test_an_open_report_of_a_unit_is_what_counts_for_it_and_parts_name_what_is_in_a_sum(
    parents: dict[str, str], sums: dict[str, Given], openings: dict[str, list[Opening]]
) -> None:
    found = tally(Tree(ROOT, parents), sums, Said(openings))
    for unit, held in openings.items():
        is_open = not any(each.closed for each in held)
        assert (found[unit].source is Source.REPORT) == is_open
        if is_open:
            assert found[unit].value in {each.value for each in held}
    for counted in found.values():
        assert (counted.source is Source.PARTLY) == bool(counted.parts)
        assert all(found[part].source is Source.REPORT for part in counted.parts)
        assert counted.hatched == bool(counted.named)


def _adjustment(reported: int, value: int, day: str = "2026-11-20") -> Adjustment:
    return Adjustment(day, f"{day}/{reported}", reported, value, "Nhập nhầm", "Công an xã Mẫu")


def test_an_adjustment_stands_while_the_records_say_what_it_corrects() -> None:
    said = Said(adjustments={COMMUNE: [_adjustment(17, 7)]})
    found = tally(TREE, {COMMUNE: Given(17, 5), OTHER: Given(2, 2)}, said)
    assert (found[COMMUNE].value, found[COMMUNE].reported) == (7, 17)
    assert (found[ROOT].value, found[ROOT].reported, found[ROOT].was_adjusted) == (9, 19, True)
    assert not found[OTHER].was_adjusted


def test_an_adjustment_lapses_once_the_records_say_anything_else_and_comes_back_with_them() -> None:
    said = Said(adjustments={COMMUNE: [_adjustment(17, 7)]})
    for total, value in ((16, 16), (17, 7), (7, 7)):
        found = tally(TREE, {COMMUNE: Given(total, 5)}, said)[COMMUNE]
        assert (found.value, found.adjustment is None) == (value, total != 17)
        assert (found.lapsed is None) == (total == 17)


def test_of_two_adjustments_of_one_number_the_one_confirmed_last_is_used() -> None:
    held = [_adjustment(17, 9, "2026-11-21"), _adjustment(17, 7), _adjustment(5, 4, "2026-11-22")]
    for order in (held, held[::-1]):
        found = tally(TREE, {COMMUNE: Given(17, 5)}, Said(adjustments={COMMUNE: order}))[COMMUNE]
        assert found.value == 9


@given(PARENTS, GIVEN, st.dictionaries(UNITS, st.integers(0, 999), max_size=4))
def test_without_adjustments_every_number_is_what_an_adjusted_table_calls_reported(
    parents: dict[str, str], sums: dict[str, Given], wanted: dict[str, int]
) -> None:
    tree = Tree(ROOT, parents)
    plain = tally(tree, sums, Said())
    said = {
        unit: [_adjustment(plain[unit].value or 0, value)]
        for unit, value in wanted.items()
        if unit in plain
    }
    for unit, counted in tally(tree, sums, Said(adjustments=said)).items():
        if counted.adjustment is None and counted.was_adjusted:
            assert counted.reported == plain[unit].value
        assert counted.was_adjusted or counted.value == plain[unit].value
        assert not (counted.adjustment and counted.lapsed)


def test_nothing_happened_is_a_number_and_silence_is_none() -> None:
    found = tally(TREE, {OTHER: Given(2, 2)}, Said(zeros=frozenset({COMMUNE})))
    assert (found[COMMUNE].value, found[COMMUNE].source) == (0, Source.ZERO)
    assert VILLAGE not in found
    assert (found[ROOT].value, found[ROOT].source, found[ROOT].zeros) == (
        2, Source.RECORDS, (COMMUNE,),
    )  # fmt: skip


def test_records_beside_the_word_that_nothing_happened_are_told() -> None:
    found = tally(TREE, {COMMUNE: Given(4, 3)}, Said(zeros=frozenset({COMMUNE})))[COMMUNE]
    assert found.value == 4
    assert found.warnings == ("Đơn vị báo không phát sinh nhưng có 3 hồ sơ trong kỳ.",)
