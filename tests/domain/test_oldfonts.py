"""Old fonts: every Vietnamese letter comes back, and Unicode is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.oldfonts import (
    TCVN3,
    VNI,
    OldFont,
    converted,
    font_named,
    is_syllable,
    judged,
    weighed,
)

SHAPES = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [unicodedata.normalize("NFC", s + t) for s in SHAPES for t in TONES] + ["đ"]
ALL = SMALL + [letter.upper() for letter in SMALL]
TO_TCVN3 = {letter: code for code, letter in TCVN3.items()}
TO_VNI = {letter: typed for typed, letter in VNI.items() if typed[:1] + typed[1:].lower() == typed}

# What everyone who worked with these fonts has seen on a wrong screen.
SEEN = (
    ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", OldFont.TCVN3, "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    ("§éc lËp - Tù do - H¹nh phóc", OldFont.TCVN3, "Độc lập - Tự do - Hạnh phúc"),
    ("Tr\u00adêng tiÓu häc sè 1", OldFont.TCVN3, "Trường tiểu học số 1"),
    ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", OldFont.VNI, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("Ñoäc laäp - Töï do - Haïnh phuùc", OldFont.VNI, "Độc lập - Tự do - Hạnh phúc"),
    ("COÄNG HOØA XAÕ HOÄI", OldFont.VNI, "CỘNG HÒA XÃ HỘI"),
)


def test_there_are_sixty_seven_letters_beyond_english_in_each_case() -> None:
    marked = [letter for letter in SMALL if not letter.isascii()]
    assert len(marked) == 67
    assert set(TCVN3.values()) >= set(marked)
    assert set(VNI.values()) >= {*marked, *(letter.upper() for letter in marked)}


@pytest.mark.parametrize("letter", SMALL)
def test_each_small_letter_comes_back_from_tcvn3(letter: str) -> None:
    assert converted(TO_TCVN3.get(letter, letter), OldFont.TCVN3) == letter


@pytest.mark.parametrize("letter", ALL)
def test_each_letter_comes_back_from_vni(letter: str) -> None:
    assert converted(TO_VNI.get(letter, letter), OldFont.VNI) == letter


@pytest.mark.parametrize("letter", SMALL)
def test_a_font_of_capitals_draws_small_letters_large(letter: str) -> None:
    written = TO_TCVN3.get(letter, letter)
    assert converted(written, OldFont.TCVN3, capitals=True) == letter.upper()


def test_the_letter_u_with_a_horn_hides_behind_the_soft_hyphen() -> None:
    assert converted("\u00ad", OldFont.TCVN3) == "ư"


@given(st.text(alphabet=[*SMALL, " ", "b", "n", "g", "1"]))
def test_any_text_of_small_letters_comes_back_from_tcvn3(text: str) -> None:
    written = "".join(TO_TCVN3.get(letter, letter) for letter in text)
    assert converted(written, OldFont.TCVN3) == text


@given(st.lists(st.sampled_from([letter + "n" for letter in ALL])))
def test_any_syllables_come_back_from_vni(syllables: list[str]) -> None:
    text = "".join(syllables)
    written = "".join(TO_VNI.get(letter, letter) for letter in text)
    assert converted(written, OldFont.VNI) == text


@pytest.mark.parametrize(("written", "font", "meant"), SEEN)
def test_what_wrong_screens_showed_is_read(written: str, font: OldFont, meant: str) -> None:
    assert converted(written, font) == meant
    assert judged(written) == judged(written.strip())
    assert judged(written).font is font
    assert judged(written).sure


@pytest.mark.parametrize(
    "text",
    ["Nguyễn Văn Mẫu", "Tổ bảo vệ ANTT", "Đường số 5", "Tran Thi Vi Du", "", "Café", "12/11/2026"],
)
def test_unicode_and_plain_text_are_not_taken_for_old(text: str) -> None:
    assert judged(text).font is None


@pytest.mark.parametrize("text", ["xã", "là có", "Ông Bá", "Hà Tài"])
def test_a_text_that_reads_both_ways_is_never_sure(text: str) -> None:
    assert not judged(text).sure


def test_one_clear_sheet_decides_what_its_doubtful_texts_are() -> None:
    old = weighed(["Céng hoµ x· héi", "ViÖt Nam", "là có"])
    assert old.font is OldFont.TCVN3
    assert old.old
    modern = weighed(["Nguyễn Văn Mẫu", "Trần Thị Ví Dụ", "là có", "xã"])
    assert modern.font is None
    assert not modern.old


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        (".VnTime", (OldFont.TCVN3, False)),
        (".VnTimeH", (OldFont.TCVN3, True)),
        (".VnArialH", (OldFont.TCVN3, True)),
        ("VNI-Times", (OldFont.VNI, False)),
        ("Times New Roman", None),
        ("Verdana", None),
    ],
)
def test_the_name_of_a_font_says_how_its_text_is_written(
    name: str, meant: tuple[OldFont, bool] | None
) -> None:
    assert font_named(name) == meant


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "giêng", "gì", "ước", "huỳnh", "Ví", "ĐÃ"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["hoµ", "bác̣", "càc", "kọcx", "strong", "ủy̆"])
def test_what_no_syllable_looks_like_is_refused(word: str) -> None:
    assert not is_syllable(word)
