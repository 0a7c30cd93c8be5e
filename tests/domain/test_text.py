from __future__ import annotations

import functools
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCollator, QLocale

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.text import (
    clean,
    fold,
    name_sort_key,
    nfc,
    refused,
    search_words,
    sort_key,
    without_refused,
)

BASES = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = sorted(
    {
        nfc(case(base + tone))
        for base in BASES
        for tone in (TONES if base in "aăâeêioôơuưy" else TONES[:1])
        for case in (str.lower, str.upper)
    }
)
ICU = pytest.mark.skipif(sys.platform == "win32", reason="Qt collates by ICU elsewhere only")
vietnamese = st.text(st.sampled_from([*LETTERS, *" -'.,0123456789()/"]), max_size=12)

# As the collation of the Unicode project for Vietnamese (ICU) orders them.
ORDERED_NAMES = [
    "An", "Án", "An Bình", "An Thanh", "Ảnh", "Ánh", "Ăn", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ",
    "Bảo", "Chí Minh", "Cộng Lạc", "Dân Chủ", "Dung", "Dũng", "Đại Hợp", "Đại Sơn", "Đức", "Em",
    "Êm", "Hà Kỳ", "Hà Thanh", "Oanh", "Ôn", "Ơn", "Ua", "Ưa", "Văn Tố", "Xuân", "Ý",
]  # fmt: skip


def test_marks_and_the_letter_d_with_stroke_are_folded_for_search() -> None:
    assert fold("Đường Nguyễn Thị Minh Khai") == "duong nguyen thi minh khai"
    assert fold("".join(LETTERS)).isascii()


def test_twins_in_other_unicode_forms_fold_alike() -> None:
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, "Tổ bảo vệ ở Ấp Mẫu")) == "to bao ve o ap mau"
    assert fold("Phường B’Lao – Cũ") == fold("phuong b'lao - cu")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_folding_does_not_depend_on_capitals_or_form(text: str) -> None:
    assert fold(text.upper()) == fold(unicodedata.normalize("NFD", text.lower())) == fold(text)


def test_a_query_becomes_folded_words_each_once() -> None:
    assert search_words("  Đường, duong số-12 _ĐƯỜNG_ ") == ("duong", "so", "12")
    assert search_words("…!") == ()


def compare_by_unicode(one: str, other: str) -> int:
    return QCollator(QLocale(QLocale.Language.Vietnamese)).compare(one, other)


def test_names_of_places_stand_in_the_order_of_the_alphabet_then_of_tones() -> None:
    assert sorted(set(ORDERED_NAMES), key=sort_key) == ORDERED_NAMES
    assert sorted("ỳỵyýỷỹ", key=sort_key) == list("yỳỷỹýỵ")


@ICU
def test_the_fixed_order_of_names_is_that_of_the_unicode_collation() -> None:
    oracle = sorted(ORDERED_NAMES, key=functools.cmp_to_key(compare_by_unicode))
    assert oracle == ORDERED_NAMES


@ICU
@given(vietnamese, vietnamese)
def test_any_two_texts_stand_as_the_unicode_collation_puts_them(one: str, other: str) -> None:
    wanted = compare_by_unicode(one, other)
    ours = (sort_key(one) > sort_key(other)) - (sort_key(one) < sort_key(other))
    assert ours == (wanted > 0) - (wanted < 0)


@given(vietnamese)
def test_a_sort_key_of_vietnamese_is_plain_ascii(text: str) -> None:
    assert sort_key(text).isascii()
    assert sort_key(text) == sort_key(unicodedata.normalize("NFD", text))


def test_people_are_listed_by_given_name_then_middle_then_family_name() -> None:
    people = [
        "Trần Thị Ví Dụ",
        "Nguyễn Văn Mẫu",
        "Lê Văn Mẫu",
        "NGUYỄN THỊ MẪU",
        "Đỗ An",
        "An",
        "Phạm Văn Ân (Tư Ân)",
    ]
    assert sorted(people, key=name_sort_key) == [
        "An",
        "Đỗ An",
        "Phạm Văn Ân (Tư Ân)",
        "Trần Thị Ví Dụ",
        "NGUYỄN THỊ MẪU",
        "Lê Văn Mẫu",
        "Nguyễn Văn Mẫu",
    ]
    assert name_sort_key("") == name_sort_key("  ")
    assert name_sort_key("(Tư)") != name_sort_key("")


@given(st.text(st.sampled_from(LETTERS), min_size=1), st.text(st.sampled_from(LETTERS), min_size=1))
def test_another_given_name_weighs_more_than_any_family_name(one: str, other: str) -> None:
    if sort_key(one.lower()) < sort_key(other.lower()):
        assert name_sort_key(f"Ỵ Ỵ {one}") < name_sort_key(f"A A {other}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nguyễn\u200b Văn Mẫu", "Họ tên có ký tự ẩn U+200B sau “Nguyễn”. Xóa chỗ đó rồi gõ lại."),
        ("\u202eMẫu", "Họ tên có ký tự ẩn U+202E ở đầu. Xóa chỗ đó rồi gõ lại."),
        ("Văn\nMẫu", "Họ tên có dấu xuống dòng sau “Văn”. Xóa chỗ đó rồi gõ lại."),
        ("Văn\tMẫu", "Họ tên có dấu cách cột sau “Văn”. Xóa chỗ đó rồi gõ lại."),
        ("L\u00ad", "Họ tên có ký tự ẩn U+00AD sau “L”. Xóa chỗ đó rồi gõ lại."),
    ],
)
def test_a_hidden_character_is_refused_by_name_and_place(text: str, told: str) -> None:
    with pytest.raises(UserError) as caught:
        clean(text, "Họ tên", field="full_name")
    assert (caught.value.code, caught.value.field) == ("text_not_allowed", "full_name")
    assert caught.value.message == told


def test_long_text_keeps_its_line_breaks_in_one_form() -> None:
    assert clean("Một\r\nHai\rBa\tBốn", "Nội dung", long=True) == "Một\nHai\nBa\tBốn"
    assert [found.position for found in refused("a\u2028b\x00", long=True)] == [1, 3]


@given(st.text(), st.booleans())
def test_text_is_either_kept_whole_or_refused(text: str, long: bool) -> None:
    try:
        kept = clean(text, "Ghi chú", long=long)
    except UserError:
        kept = clean(without_refused(text, long=long), "Ghi chú", long=long)
    else:
        assert kept == nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    assert refused(kept, long=long) == ()
    assert clean(kept, "Ghi chú", long=long) == kept
