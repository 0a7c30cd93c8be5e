from __future__ import annotations

import pytest

from antq_desktop.domain.codes import ALWAYS, CodeList, Codes, CodeValue, forbidden_words

KINDS = CodeList(
    name="unit_kind",
    title="Loại đơn vị",
    legal_basis="Thông tư mẫu",
    confidence="B",
    values=(
        CodeValue("commune", "Xã, phường, đặc khu", ALWAYS),
        CodeValue("district", "Huyện", ALWAYS, retired="2025-07-01"),
        CodeValue("zone", "Đặc khu", "2025-07-01"),
    ),
)
CODES = Codes({"unit_kind": KINDS})


def test_a_label_is_found_by_its_id_whether_retired_or_not() -> None:
    assert CODES.label("unit_kind", "district") == "Huyện"
    assert CODES.has("unit_kind", "district")


def test_a_value_of_a_newer_catalogue_is_named_and_not_lost() -> None:
    assert not CODES.has("unit_kind", "region")
    assert CODES.label("unit_kind", "region") == "region (chưa có trong danh mục)"


def test_an_unknown_list_is_a_bug_of_ours() -> None:
    assert not CODES.has("no_such_list", "commune")
    with pytest.raises(KeyError):
        CODES.label("no_such_list", "commune")


@pytest.mark.parametrize(
    ("on_date", "ids"),
    [
        ("2022-06-08", ["commune", "district"]),
        ("2025-06-30", ["commune", "district"]),
        ("2025-07-01", ["commune", "zone"]),
        ("2025-07", ["commune", "zone"]),
        ("2025", ["commune", "district", "zone"]),
        ("2026", ["commune", "zone"]),
    ],
)
def test_what_may_be_chosen_depends_on_the_day_of_the_event(on_date: str, ids: list[str]) -> None:
    assert [value.id for value in CODES.in_force("unit_kind", on_date)] == ids


def test_a_typed_label_or_id_is_found_with_or_without_marks() -> None:
    for typed in ("Huyện", " huyen ", "district", "HUYỆN"):
        found = KINDS.find(typed)
        assert found is not None
        assert found.id == "district"
    assert KINDS.find("quận") is None


@pytest.mark.parametrize(
    "label",
    ["Vấn đề tôn giáo", "Dân tộc thiểu số", "Đình công", "Khiếu nại đông người", "Ly khai, tự trị"],
)
def test_no_list_makes_a_class_of_what_must_not_be_classed(label: str) -> None:
    assert forbidden_words("incident_kind", label)
    assert forbidden_words("people_part", label)
    assert not forbidden_words("scheme_type", label)


def test_no_role_names_the_person_who_gave_a_tip() -> None:
    assert forbidden_words("involved_role", "Người cung cấp tin")
    assert forbidden_words("involved_role", "Người báo tin")
    assert not forbidden_words("people_part", "Cung cấp tin")
    assert not forbidden_words("involved_role", "Người làm chứng")
