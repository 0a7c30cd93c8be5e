"""Which passwords may be set."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.catalogue.passwords import load_common
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.passwords import LONGEST, SHORTEST, check_password
from antq_desktop.paths import common_passwords_file

COMMON = load_common(common_passwords_file())
NEAR = ("Nguyễn Văn Mẫu", "Công an xã Tân Kỳ")


def code_of(password: str) -> str:
    try:
        check_password(password, common=COMMON, near=NEAR)
    except UserError as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("bảy chữ", "password_too_short"),
        ("x" * (LONGEST + 1), "password_too_long"),
        ("password1", "password_common"),
        ("Iloveyou", "password_common"),
        ("12345678", "password_common"),
        ("87654321", "password_common"),
        ("qwertyuiop", "password_common"),
        ("aaaaaaaaaa", "password_common"),
        ("abc.abc.abc", "password_common"),
        ("Mật khẩu", "password_common"),
        ("Công an 2026", "password_common"),
        ("anhyeuem123", "password_common"),
        ("nguyen van mau", "password_near"),
        ("NguyenVanMau1990", "password_near"),
        ("công an xã tân kỳ", "password_near"),
    ],
)
def test_what_is_guessed_first_is_refused(password: str, code: str) -> None:
    assert code_of(password) == code


@pytest.mark.parametrize(
    "password", ["một câu dễ nhớ", "sáng nay trời mưa", "!!??!!??", "trâu ăn cỏ", "8 con vịt xám"]
)
def test_a_short_sentence_is_taken_whatever_letters_it_has(password: str) -> None:
    assert code_of(password) == ""


@given(st.text(min_size=SHORTEST, max_size=LONGEST))
def test_one_password_is_judged_alike_however_its_accents_are_put_together(password: str) -> None:
    whole = unicodedata.normalize("NFC", password)
    assert code_of(unicodedata.normalize("NFD", password)) == code_of(whole)


def test_a_password_of_signs_is_near_to_no_name() -> None:
    assert check_password("!!??!!??", common=COMMON, near=("…", "")) == "!!??!!??"
