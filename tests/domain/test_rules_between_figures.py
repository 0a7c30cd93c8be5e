"""Each rule between figures: broken by one it is told, kept it is silent."""

from __future__ import annotations

import pytest

from antq_desktop.domain.figures import MEASURES
from antq_desktop.domain.reconciling import LAST, RULES, Relation, Rule, contradictions

_OF_THE_CYCLE = ("registered_", "recognised_", "units_")
_GRADES = ("_excellent", "_good", "_average", "_poor")


def _held(rule: Rule, left: int, right: int) -> dict[str, int | None]:
    """Return numbers by which the sides of a rule are these two."""
    numbers: dict[str, int | None] = dict.fromkeys(
        (*rule.left.plus, *rule.left.minus, *rule.right.plus, *rule.right.minus), 0
    )
    numbers[rule.right.plus[0]] = right
    numbers[rule.left.plus[0]] = left
    return numbers


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_broken_rule_is_told_and_a_kept_one_is_silent(rule: Rule) -> None:
    broken = {each.code for each in contradictions(_held(rule, 12, 5))}
    assert rule.code in broken
    kept = {each.code for each in contradictions(_held(rule, 5, 5))}
    assert rule.code not in kept
    less = {each.code for each in contradictions(_held(rule, 3, 5))}
    assert (rule.code in less) == (rule.relation is Relation.EQUAL)


def test_every_figure_that_a_rule_names_is_one_that_is_counted() -> None:
    known = {measure.code for measure in MEASURES}
    for rule in RULES:
        for side in (rule.left, rule.right):
            for code in (*side.plus, *side.minus):
                plain = code.removeprefix(LAST)
                of_the_cycle = plain.startswith((*_OF_THE_CYCLE, "bm1_")) or plain.endswith(_GRADES)
                assert plain in known or of_the_cycle, (rule.code, code)


def test_the_named_kinds_of_rules_are_there() -> None:
    codes = {rule.code for rule in RULES}
    assert {"classified_communes", "recognised_communes", "registered_communes"} <= codes
    assert {"part_tips_of_value", "documents_by_kind", "schemes_in_and_out"} <= codes
    assert {
        "bm1_sexes",
        "bm1_ages",
        "bm1_levels",
        "bm1_in_and_out",
        "bm1_teams",
        "members_rated",
    } <= codes
