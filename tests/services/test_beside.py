"""Remarks from other records: the ceiling on ratings, nine months, leaders; numbers of a book."""

from __future__ import annotations

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office

YEAR = 2026


def team(office: Office, at: int, founded: str = "2024-07-01") -> str:
    return office.records.add(
        "protection_team", {"name": f"Tổ Mẫu {at}", "founded_on": founded}
    ).ids[0]


def rating(office: Office, of: str, level: str) -> str:
    values: dict[str, Value] = {"protection_team": of, "year": YEAR, "rating": level}
    return office.records.add("team_rating", values).ids[0]


def codes(office: Office, kind: str, record: str, **values: Value) -> list[str]:
    found = office.beside.remarks(kind, record, values)
    assert all(fault.warning for fault in found)
    return [fault.code for fault in found]


def test_the_ceiling_is_told_beside_the_rating_that_breaks_it(office: Office) -> None:
    for at in range(5):
        rating(office, team(office, at), "good")
    first, second = team(office, 5), team(office, 6)
    asked: dict[str, Value] = {"year": YEAR, "rating": "excellent"}
    assert codes(office, "team_rating", "new", protection_team=first, **asked) == []
    rating(office, first, "excellent")
    assert codes(office, "team_rating", "new", protection_team=second, **asked) == [
        "too_many_excellent"
    ]
    good: dict[str, Value] = {"year": YEAR, "rating": "good"}
    assert codes(office, "team_rating", "new", protection_team=second, **good) == []


def test_a_team_of_less_than_nine_months_and_a_leader_above_it_are_told(office: Office) -> None:
    young, old = team(office, 1, "2026-06-01"), team(office, 2)
    asked: dict[str, Value] = {"year": YEAR, "rating": "good"}
    assert codes(office, "team_rating", "new", protection_team=young, **asked) == [
        "rated_too_early"
    ]
    rating(office, old, "done")
    leader = office.records.add(
        "team_member",
        {"protection_team": old, "name": "Trần Thị Ví Dụ", "office": "head",
         "joined_on": "2024-07-01"},
    ).ids[0]  # fmt: skip
    assert codes(office, "member_rating", "new", team_member=leader, **asked) == [
        "leader_above_team"
    ]


def body(office: Office, numbering: str = "here") -> str:
    return office.records.add("issuing_body", {"name": "Ban Chỉ đạo", "numbering": numbering}).ids[
        0
    ]


def document(office: Office, of: str, number: str) -> str:
    values: dict[str, Value] = {
        "title": "Kế hoạch mẫu", "direction": "outgoing", "document_kind": "plan", "body": of,
        "number": number, "dated": "2026-03-02",
    }  # fmt: skip
    return office.records.add("document", values).ids[0]


def test_a_book_kept_here_suggests_its_next_number_and_tells_doubles(office: Office) -> None:
    kept = body(office)
    held = document(office, kept, "01/KH-BCĐ")
    document(office, kept, "04/KH-BCĐ")
    asked: dict[str, Value] = {"body": kept, "dated": "2026-05-01", "direction": "outgoing"}
    (found,) = office.beside.remarks("document", "new", asked)
    assert (found.code, found.field) == ("next_number", "number")
    assert found.message == "Số tiếp theo của sổ Ban Chỉ đạo năm 2026 là 05."
    assert codes(office, "document", "new", number="04/BC-BCĐ", **asked) == ["number_given_twice"]
    assert codes(office, "document", "new", number="05/BC-BCĐ", **asked) == []
    assert codes(office, "document", held, number="01/KH-BCĐ", **asked) == []


def test_gaps_and_doubles_are_told_for_the_books_kept_here_and_no_others(office: Office) -> None:
    kept, clerical = body(office), body(office, "clerical")
    for number in ("01/KH", "04/KH", "04/BC"):
        document(office, kept, number)
    document(office, clerical, "77/KH")
    (found,) = office.beside.books("2026")
    assert found.sentence == "Sổ Ban Chỉ đạo năm 2026: còn trống số 02, 03; trùng số 04."
    assert office.beside.books("2025")[0].sentence == ""
    assert codes(office, "document", "new", body=clerical, dated="2026-05-01") == []
