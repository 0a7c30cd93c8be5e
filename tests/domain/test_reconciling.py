"""Figures held against each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.reconciling import RULES, contradictions

TU_KY = {
    "registered_commune+registered_town": 23,
    "commune_excellent": 8, "commune_good": 15, "town_average": 1,
    "registered_agency+registered_upper_school": 20,
    "agency_excellent": 7, "agency_good": 7, "upper_school_excellent": 3, "upper_school_good": 2,
    "registered_enterprise": 24, "enterprise_excellent": 7, "enterprise_good": 17,
}  # fmt: skip


def test_the_two_known_contradictions_of_the_printed_report_are_found_and_no_other() -> None:
    found = {each.code: (each.left, each.right) for each in contradictions(TU_KY)}
    assert found == {"classified_communes": (24, 23), "classified_agencies": (19, 20)}


def test_a_contradiction_says_both_numbers_and_by_how_much_they_differ() -> None:
    told = [each.message for each in contradictions(TU_KY, "Theo bản in")]
    assert told[0] == (
        "Theo bản in: xã, thị trấn được phân loại là 24, khác đăng ký là 23; lệch 01."
    )


def test_a_scheme_that_neither_came_nor_went_is_missed() -> None:
    numbers = {
        "schemes_kept": 131, "schemes_ended": 1, "last:schemes_kept": 118, "last:schemes_new": 15,
    }  # fmt: skip
    assert [each.code for each in contradictions(numbers)] == ["schemes_in_and_out"]
    assert not list(contradictions({**numbers, "schemes_kept": 132}))


def test_a_part_above_its_whole_is_found() -> None:
    found = list(contradictions({"tips": 3, "tips_of_value": 5}))
    assert [(each.code, each.left, each.right) for each in found] == [("part_tips_of_value", 5, 3)]


def test_what_is_not_known_contradicts_nothing() -> None:
    assert not list(contradictions({"tips_of_value": 5, "tips": None}))


def test_each_rule_has_a_name_of_its_own() -> None:
    names = [rule.code for rule in RULES]
    assert len(set(names)) == len(names)


@given(st.dictionaries(st.sampled_from(sorted({c for r in RULES for c in r.left.plus})),
                       st.integers(0, 10**6)))  # fmt: skip
def test_numbers_that_are_equal_on_both_sides_contradict_nothing(numbers: dict[str, int]) -> None:
    for rule in RULES:
        left = rule.left.of(numbers)
        if left is None:
            continue
        both = {**numbers, "+".join(rule.right.plus): left} if not rule.right.minus else {}
        assert rule.code not in {each.code for each in contradictions(both)}
