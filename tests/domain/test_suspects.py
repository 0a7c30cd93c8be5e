"""When two records are taken for one and the same thing."""

from __future__ import annotations

import pytest

from antq_desktop.domain.fields import Value
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.suspects import alike, key_of, told

HUE, LOI = "a" * 32, "b" * 32


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Camera an ninh", "camera  AN NINH"),
        ("Tiếng kẻng “An ninh”", "Tiếng kẻng An ninh"),
        ("Đường Mẫu", "duong mau"),
        ("Tổ 05", "Tổ 5"),
    ],
)
def test_a_name_written_another_way_in_the_same_place_is_the_same_scheme(
    one: str, other: str
) -> None:
    scheme = SPECS["scheme"]
    assert alike(scheme, {"name": one, "unit": HUE}, {"name": other, "unit": HUE}) == (
        "name",
        "unit",
    )
    assert alike(scheme, {"name": one, "unit": HUE}, {"name": other, "unit": LOI}) is None


def test_a_document_is_known_by_number_issuer_and_year() -> None:
    document = SPECS["document"]
    held: dict[str, Value] = {
        "number": "05/KH-UBND",
        "issuer": "UBND xã Mẫu",
        "dated": "2026-03-02",
    }
    assert alike(document, {**held, "number": "5 / kh – ubnd", "dated": "2026"}, held) is not None
    assert alike(document, {**held, "dated": "2025-03-02"}, held) is None
    assert told(document, document.suspects[0]) == "số, ký hiệu, cơ quan ban hành, năm"


def test_members_are_compared_by_name_and_year_of_birth_within_one_scheme() -> None:
    member = SPECS["member"]
    held: dict[str, Value] = {"scheme": HUE, "name": "Nguyễn Văn Mẫu", "birth_year": 1980}
    assert alike(member, dict(held), held) is not None
    assert alike(member, {**held, "birth_year": 1981}, held) is None
    assert alike(member, {**held, "scheme": LOI}, held) is None
    assert told(member, member.suspects[0]) == "họ và tên, năm sinh"


def test_an_empty_field_is_like_nothing() -> None:
    scheme = SPECS["scheme"]
    assert key_of(scheme, ("name", "unit"), {"name": "Camera"}) is None
    assert alike(scheme, {"name": "Camera"}, {"name": "Camera"}) is None


def test_a_kind_known_by_its_identity_is_alike_in_it() -> None:
    rating = SPECS["member_rating"]
    held: dict[str, Value] = {"team_member": HUE, "year": 2026, "rating": "good"}
    assert alike(rating, {"team_member": HUE, "year": 2026}, held) == ("team_member", "year")
