"""`antq standards …` on a real profile: readable tables, the same in JSON."""

from __future__ import annotations

from tests.cli.conftest import Antq
from tests.stores import COMMUNE_ID


def unit_of(antq: Antq) -> str:
    return antq.add(
        "unit",
        {"name": "Thôn Mẫu 01", "unit_kind": "neighbourhood", "parent": COMMUNE_ID,
         "tt124": True, "management_level": "commune"},
    )  # fmt: skip


def test_the_board_shows_units_steps_and_what_is_late(antq: Antq) -> None:
    unit = unit_of(antq)
    antq.add("registration", {"unit": unit, "year": 2026, "standard": "security",
                              "registered_on": "2026-03-01"})  # fmt: skip
    answer = antq("standards", "board", "--year", "2026", "--day", "2026-11-10")
    assert answer.code == 0, answer.err
    assert "quyết định trước ngày 15/11/2026" in answer.out
    assert "ngày làm việc cuối 13/11/2026" in answer.out
    assert "Thôn Mẫu 01" in answer.out
    value = antq.json("standards", "board", "--year", "2026", "--day", "2026-11-10").value
    row = next(each for each in value["rows"] if each["unit"] == unit)
    assert row["steps"]["registration"] == {
        "due": "2026-03-31", "done_on": "2026-03-01", "late": 0, "passed": False,
    }  # fmt: skip


def test_today_names_what_is_missing(antq: Antq) -> None:
    unit_of(antq)
    answer = antq("standards", "today", "thon mau 01", "--year", "2026")
    assert answer.code == 0, answer.err
    assert "Nếu xét ngày 21/11/2026" in answer.out
    assert "Nhập văn bản và ngày ban hành." in answer.out


def test_a_sheet_that_was_not_begun_says_where_to_look(antq: Antq) -> None:
    unit_of(antq)
    answer = antq.json("standards", "sheet", "Thôn Mẫu 01", "--year", "2026")
    assert (answer.code, answer.error) == (1, "no_such_sheet")
    answer = antq.json("standards", "sheet", "Thôn Không Có")
    assert answer.error == "unknown_unit"


def test_the_distribution_and_the_two_year_list_are_tables(antq: Antq) -> None:
    unit = unit_of(antq)
    for year, grade in ((2025, "poor"), (2026, "average")):
        antq.add("classification", {"author": COMMUNE_ID, "unit": unit, "year": year,
                                    "grade": grade})  # fmt: skip
    answer = antq("standards", "distribution", "--year", "2026")
    assert "Trung bình" in answer.out
    assert "Mâu thuẫn: Khu dân cư: 1 đơn vị phân loại, 0 đơn vị đăng ký" in answer.out
    answer = antq.json("standards", "two-years", "--year", "2026")
    assert [(each["name"], each["two_years"]) for each in answer.value] == [("Thôn Mẫu 01", True)]


def test_every_standard_lists_what_it_scores_and_a_sheet_is_begun_by_name(antq: Antq) -> None:
    scheme = antq.add(
        "scheme",
        {"name": "Tiếng kẻng Mẫu", "scheme_type": "tieng_keng_an_ninh", "unit": COMMUNE_ID,
         "state": "active", "founded_on": "2020-01-01"},
    )  # fmt: skip
    listed = antq.json("standards", "sheets", "--year", "2026", "--standard", "rating").value
    assert [(each["id"], each["subject"], each["set"]) for each in listed] == [
        ("", scheme, "scheme_rating")
    ]
    begun = antq("standards", "begin", "tieng keng mau", "--year", "2026", "--standard", "rating")
    assert begun.code == 0, begun.err
    sheet = antq("standards", "sheet", scheme, "--year", "2026", "--standard", "rating")
    assert "Tiếng kẻng Mẫu: Xếp loại mô hình hằng năm, năm 2026" in sheet.out
    drugs = antq.json("standards", "sheets", "--year", "2026", "--standard", "drugs").value
    assert {each["set"] for each in drugs} == {"drug_area_types_2025", "drug_free_area_2025"}
    assert {each["subject"] for each in drugs} == {COMMUNE_ID}
