"""Columns find their fields under whatever name an officer gave them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.sheetmap import (
    SYNONYMS,
    find_header,
    folded,
    is_numbering,
    is_sum,
    mapped,
    said_columns,
    shape_of,
)

MEMBER = SPECS["team_member"]
REGISTER = [
    "STT", "Họ tên", "Ngày sinh", "Giới tính", "Trình độ", "Dân tộc", "Chức vụ",
    "Kết quả chính sách", "CCCD", "Tôn giáo", "Thôn/TDP", "Xã/phường", "Tên Tổ",
    "Ngày tham gia CAXBCT/BVDP", "Ngày tham gia LLTGBVANTT", "Ngày thôi CAXBCT/BVDP",
    "Ngày thôi LLTGBVANTT", "SĐT", "Số GCN sử dụng CCHT", "Ghi chú",
]  # fmt: skip


def names(headings: list[str]) -> dict[str, tuple[str, ...]]:
    found = mapped(MEMBER, headings).columns
    return {name: tuple(headings[place] for place in places) for name, places in found.items()}


def test_the_register_of_the_provinces_is_read_without_religion() -> None:
    found = names(REGISTER)
    assert found["name"] == ("Họ tên",)
    assert found["citizen_id"] == ("CCCD",)
    assert found["joined_on"] == ("Ngày tham gia LLTGBVANTT",)
    assert found["old_joined_on"] == ("Ngày tham gia CAXBCT/BVDP",)
    assert found["protection_team"] == ("Tên Tổ",)
    unused = {REGISTER[place] for place in mapped(MEMBER, REGISTER).unused}
    assert unused == {"Tôn giáo", "Xã/phường"}


@pytest.mark.parametrize("kind", SPECS)
def test_the_labels_of_every_kind_map_to_their_own_fields(kind: str) -> None:
    spec = SPECS[kind]
    headings = [f.label + (" (bắt buộc)" if f.required else "") for f in spec.fields]
    found = mapped(spec, headings)
    assert found.unused == ()
    assert {
        name: headings[p[0]].removesuffix(" (bắt buộc)") for name, p in found.columns.items()
    } == {f.name: f.label for f in spec.fields}


@given(st.permutations(REGISTER))
def test_the_order_of_columns_does_not_matter(headings: list[str]) -> None:
    assert names(headings) == names(REGISTER)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_no_column_becomes_two_fields(headings: list[str]) -> None:
    places = [place for found in mapped(MEMBER, headings).columns.values() for place in found]
    assert len(places) == len(set(places))


def test_a_slip_in_a_heading_is_forgiven() -> None:
    assert names(["Họ và tên", "Nghày tham gia"])["joined_on"] == ("Nghày tham gia",)


def test_a_name_in_two_columns_is_joined() -> None:
    assert names(["Họ đệm", "Tên", "Chức vụ"])["name"] == ("Họ đệm", "Tên")
    assert names(["Họ và tên", "Họ và tên", "Chức vụ"])["name"] == ("Họ và tên", "Họ và tên")


def test_what_was_said_of_a_column_comes_first() -> None:
    headings = ["Họ và tên", "Cột lạ", "Ghi chú"]
    said = said_columns(MEMBER, headings, ["Cột lạ=note", "C="])
    found = mapped(MEMBER, headings, said)
    assert found.columns["note"] == (1,)
    assert 2 not in found.unused


@pytest.mark.parametrize("told", ["Không có=note", "Ghi chú=lạ", "Ghi chú"])
def test_what_is_said_wrongly_of_a_column_is_told(told: str) -> None:
    with pytest.raises(UserError) as refused:
        said_columns(MEMBER, ["Ghi chú"], [told])
    assert refused.value.code == "map_not_understood"


def test_headings_are_found_below_titles_and_in_two_rows() -> None:
    rows = [
        ["CÔNG AN XÃ MẪU"] * 4,
        [""] * 4,
        ["STT", "Họ và tên", "Ngày tham gia", "Ngày tham gia"],
        ["STT", "Họ và tên", "CAXBCT, BVDP", "LLTGBVANTT"],
        ["1", "Nguyễn Văn Mẫu", "2020", "2024"],
    ]
    header = find_header(MEMBER, rows)
    assert header is not None
    assert (header.row, header.depth) == (2, 2)
    assert header.mapped.columns == {"name": (1,), "old_joined_on": (2,), "joined_on": (3,)}


def test_a_sheet_about_something_else_has_no_headings() -> None:
    assert find_header(MEMBER, [["Món", "Giá"], ["Gạo", "20000"]]) is None


def test_synonyms_are_written_as_they_are_compared() -> None:
    for words in SYNONYMS.values():
        assert [folded(word) for word in words] == list(words)
    fields = {field.name for spec in SPECS.values() for field in spec.fields}
    assert set(SYNONYMS) <= fields


def test_rows_that_number_the_columns_or_add_them_up_are_known() -> None:
    assert is_numbering(["(1)", "(2)", "(3)"])
    assert is_numbering(["A", "B", "1", "2"])
    assert not is_numbering(["1", "Nguyễn Văn Mẫu"])
    assert not is_numbering(["7", "120", "8"])
    assert is_sum(["Tổng cộng", "12"])
    assert is_sum(["", "Cộng", "4"])
    assert not is_sum(["1", "Cộng Hòa", "4"])


def test_the_shape_of_a_file_does_not_change_with_accents_or_empty_columns() -> None:
    assert shape_of(["Họ tên", "Tổ"]) == shape_of(["HỌ TÊN", "to", ""])
    assert shape_of(["Họ tên", "Tổ"]) != shape_of(["Tổ", "Họ tên"])
