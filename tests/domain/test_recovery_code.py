"""The code of the recovery sheet: typed back, and what is typed wrong is named."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.recovery_code import GROUPS, new_code, secret_of

CHANCE = st.binary(min_size=32, max_size=32)


def code_from(chance: bytes) -> str:
    return new_code(lambda _count: chance)


@given(CHANCE)
def test_a_code_comes_back_as_forty_figures_however_it_is_spaced(chance: bytes) -> None:
    code = code_from(chance)
    groups = code.split(" ")
    assert [len(group) for group in groups] == [5] * GROUPS
    secret = "".join(group[:4] for group in groups)
    for typed in (code, code.replace(" ", ""), "-".join(groups), f"\n {'. '.join(groups)}\t"):
        assert secret_of(typed) == secret


@given(CHANCE, CHANCE)
def test_two_chances_give_two_codes_unless_they_are_alike(one: bytes, other: bytes) -> None:
    part = 10 ** (4 * GROUPS)
    alike = int.from_bytes(one, "big") % part == int.from_bytes(other, "big") % part
    assert (code_from(one) == code_from(other)) is alike


@given(CHANCE, st.integers(0, 5 * GROUPS - 1), st.integers(1, 9))
def test_any_one_figure_typed_wrong_is_named_by_its_group(
    chance: bytes, place: int, by: int
) -> None:
    figures = code_from(chance).replace(" ", "")
    wrong = str((int(figures[place]) + by) % 10)
    with pytest.raises(UserError) as refused:
        secret_of(figures[:place] + wrong + figures[place + 1 :])
    assert refused.value.code == "recovery_code_groups"
    assert f"Nhóm số thứ {place // 5 + 1} chưa khớp" in refused.value.message


@given(CHANCE, st.integers(0, GROUPS - 1), st.integers(0, GROUPS - 1))
def test_two_groups_exchanged_are_both_named(chance: bytes, one: int, other: int) -> None:
    assume(one < other)
    groups = code_from(chance).split(" ")
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(UserError) as refused:
        secret_of(" ".join(groups))
    assert refused.value.code == "recovery_code_groups"
    assert f"Nhóm số thứ {one + 1}, {other + 1} chưa khớp" in refused.value.message


@pytest.mark.parametrize("typed", ["", "12345", "1" * 49, "1" * 51, "a" * 50, "٣" * 50, "²" * 50])
def test_what_is_no_code_is_told_before_anything_is_tried(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        secret_of(typed)
    assert (refused.value.code, refused.value.field) == ("recovery_code_length", "code")
