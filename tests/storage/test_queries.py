"""Finding: words without marks, windows that never skip or repeat, periods of partial dates."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_desktop.domain.changes import Action
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.listing import COUNTED_AT_ONCE, Count, Listing, ListRow, Place
from antq_desktop.domain.record import Record
from antq_desktop.domain.text import fold, search_words
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from antq_desktop.storage.matching import match_of, matches
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.schema import search_statements
from antq_desktop.storage.store import Store
from tests.stores import (
    COMMUNE_ID,
    INCIDENT,
    OFFICER,
    PASSWORD,
    offices_of,
    outside,
    store_of,
)

STREETS = ("Đường Nguyễn Huệ", "Ngõ Mẫu 3", "Đường Lê Lợi", "Thôn Mẫu Đông", "Chợ Ví Dụ")
MANY = COUNTED_AT_ONCE + 200


def titles(office: Office, typed: str, **more: object) -> list[Value]:
    listing = office.lists.listing("incident", typed, **more)  # type: ignore[arg-type]
    return [row.values["title"] for row in office.lists.window(listing, ("title",))]


def add(office: Office, title: str, **more: Value) -> str:
    return office.records.add("incident", {**INCIDENT, "title": title, **more}).ids[0]


@pytest.mark.parametrize(
    "typed",
    ["duong", "Đường", "DUONG", "đường nguyễn", "nguyen duo", "hue", "ng", "d", "“Đường”", "xe*"],
)
def test_what_is_typed_without_marks_finds_what_was_written_with_them(
    office: Office, typed: str
) -> None:
    add(office, "Mất trộm xe đạp, Đường Nguyễn Huệ")
    add(office, "Gây rối ở chợ")
    assert titles(office, typed) == ["Mất trộm xe đạp, Đường Nguyễn Huệ"]


@pytest.mark.parametrize("typed", ["duongg", "uong", "duong cho", 'a" OR "b', "NOT", "text:mat"])
def test_what_no_word_begins_with_finds_nothing(office: Office, typed: str) -> None:
    add(office, "Mất trộm xe đạp, Đường Nguyễn Huệ")
    add(office, "Gây rối ở chợ")
    assert titles(office, typed) == []


@pytest.mark.parametrize("typed", ["", "  ", "!?", '"'])
def test_no_word_asks_for_everything(office: Office, typed: str) -> None:
    add(office, "Gây rối ở chợ")
    assert titles(office, typed) == ["Gây rối ở chợ"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=12))
def test_nothing_that_can_be_typed_breaks_the_search(office: Office, typed: str) -> None:
    assert titles(office, typed) == []


def test_private_fields_are_not_found(office: Office) -> None:
    add(office, "Gây rối", **{"involved/a1/role": "violator", "involved/a1/name": "Lý Thử Nghiệm"})
    assert titles(office, "nghiem") == []


def test_numbers_of_documents_are_found_in_the_small_lists_too(office: Office) -> None:
    scheme = {"name": "Camera an ninh", "scheme_type": "camera_an_ninh", "state": "active"}
    given = {**scheme, "ratings/2025/rating": "good", "ratings/2025/document": "77/BC-CAX"}
    record = office.records.add("scheme", given).ids[0]

    def found() -> int:
        return office.lists.count(office.lists.listing("scheme", "77 bc"), 0).number

    assert found() == 1
    office.records.change("scheme", record, {"ratings/2025/_removed": True})
    assert found() == 0


def test_a_changed_text_leaves_no_old_hit_and_a_voided_record_hides(office: Office) -> None:
    record = add(office, "Mất trộm xe đạp")
    saved = office.records.change("incident", record, {"title": "Đánh nhau", "deaths": 1})
    assert (titles(office, "xe dap"), titles(office, "danh")) == ([], ["Đánh nhau"])
    office.records.undo(saved.seq)
    assert (titles(office, "xe dap"), titles(office, "danh")) == (["Mất trộm xe đạp"], [])
    saved = office.records.void("incident", record, "Nhập trùng")
    assert titles(office, "xe dap") == []
    assert titles(office, "xe dap", voided=True) == ["Mất trộm xe đạp"]
    office.records.undo(saved.seq)
    assert titles(office, "xe dap") == ["Mất trộm xe đạp"]
    with store_of(office).reading() as reader:
        assert reader.wrongly_indexed("incident") == 0


def test_an_erased_word_is_not_left_in_the_index(office: Office) -> None:
    record = add(office, "Chuyện zzyzx")
    office.records.change("incident", record, {"title": "Chuyện khác"})
    with store_of(office).reading() as reader:
        statement = "SELECT block FROM incident_search_data"
        blocks = reader.connection.exec_driver_sql(statement).all()
    assert not any(b"zzyzx" in bytes(row[0]) for row in blocks)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2026-01-01", "2026-12-31", {"2026", "2026-03", "2026-03-15", "2026-12-31"}),
        ("2026-01-01", "2026-03-31", {"2026-03", "2026-03-15"}),
        ("2026-03-01", "2026-03-31", {"2026-03", "2026-03-15"}),
        ("2026-03-01", "2026-03-15", {"2026-03-15"}),
        ("2026-03-10", "2026-03-31", {"2026-03-15"}),
        ("2026-04-01", "2026-12-31", {"2026-12-31"}),
        ("2025-12-15", "2026-12-14", {"2025-12-31", "2026-03", "2026-03-15"}),
        ("2025-01-01", "2025-12-31", {"2025", "2025-12-31"}),
        ("", "2025-12-31", {"2025", "2025-12-31"}),
        ("2026-12-31", "", {"2026-12-31", "2027"}),
    ],
)
def test_a_date_lies_in_a_period_when_all_of_it_does(
    office: Office, since: str, until: str, found: set[str]
) -> None:
    days = ("2025", "2025-12-31", "2026", "2026-03", "2026-03-15", "2026-12-31", "2027")
    edits = [
        Edit("incident", office.records.new_id(), {**INCIDENT, **_on(day)}, created=True)
        for day in days
    ]
    office.records.save(edits)
    listing = office.lists.listing("incident", since=since, until=until)
    rows = office.lists.window(listing, ("occurred_on",))
    assert {row.values["occurred_on"] for row in rows} == found


def _on(day: str) -> dict[str, Value]:
    return {"occurred_on": day, "received_at": None}


def test_lists_are_narrowed_by_unit_state_and_what_is_missing(office: Office) -> None:
    add(office, "Một")
    add(office, "Hai", unit=None)
    add(office, "Ba", state="resolved", closed_on="2026-11-05")
    assert set(titles(office, "", unit=COMMUNE_ID)) == {"Một", "Ba"}
    assert titles(office, "", states=("resolved",)) == ["Ba"]
    listing = Listing("incident", only_missing=True)
    assert [row.values["title"] for row in office.lists.window(listing, ("title",))] == ["Hai"]
    assert office.lists.count(Listing("incident", only_conflicts=True), 0) == Count(0)


def test_private_fields_cannot_be_asked_of_a_list(office: Office) -> None:
    with pytest.raises(ValueError, match="private"):
        office.lists.window(Listing("incident"), ("callback",))


@pytest.fixture(scope="module")
def crowded(
    profile_made_once: Path, tmp_path_factory: pytest.TempPathFactory, codes: Codes
) -> Iterator[Store]:
    """Return a store with more incidents of one word than are counted at once, some voided."""
    folder = tmp_path_factory.mktemp("crowded") / "profile"
    shutil.copytree(profile_made_once, folder)
    office = offices_of(outside("crowded"), codes).open(folder, OFFICER, PASSWORD)
    store = store_of(office)
    with store.writing(OFFICER, Action.ADD) as work:
        for number in range(MANY):
            title = f"Vụ {number} {STREETS[number % 5]}" + (" hiếm" if number % 97 == 0 else "")
            day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
            record = Record("incident", f"{number:032x}", COMMUNE_ID)
            values = {**INCIDENT, "title": title, "occurred_on": day}
            work.save(record, values, created=True)
    with store.writing(OFFICER, Action.VOID) as work:
        for number in range(0, MANY, 50):
            held = work.record("incident", f"{number:032x}")
            assert held is not None
            work.save(held, {VOID: "thử"}, created=False)
    yield store
    office.close()


FREQUENT, RARE = ("vu",), ("vu", "hiem")


@pytest.mark.parametrize("words", [(), FREQUENT, RARE, ("duong",), ("khong", "co")])
@pytest.mark.parametrize("limit", [25, 5000])
def test_windows_forward_and_backward_are_the_whole_list(
    crowded: Store, words: tuple[str, ...], limit: int
) -> None:
    listing = Listing("incident", words=words)
    with crowded.reading() as reader:
        everything = _expected(reader, words)
        assert [row.id for row in _walk(reader, listing, limit)] == everything
        assert [row.id for row in _walk_back(reader, listing, limit)] == everything
        places = reader.all_places(listing, 10_000)
        assert [row.id for row in reader.at_rows("incident", places, ())] == everything
        assert reader.count(listing, 0) == Count(len(everything))
        more = len(everything) > COUNTED_AT_ONCE
        assert reader.count(listing) == Count(min(len(everything), COUNTED_AT_ONCE), more)


def _expected(reader: Reader, words: tuple[str, ...]) -> list[str]:
    """Find and sort in Python, with none of the queries."""
    found = []
    for record in reader.all_records("incident"):
        title = str(record.values()["title"])
        begun = [any(have.startswith(word) for have in search_words(fold(title))) for word in words]
        if all(begun) and record.standing().reason is None:
            found.append((str(record.values()["occurred_on"]), record.id))
    numbers = {record: reader.row_of("incident", record) or 0 for _, record in found}
    return [r for _, r in sorted(found, key=lambda f: (f[0], numbers[f[1]]), reverse=True)]


def _walk(reader: Reader, listing: Listing, limit: int) -> list[ListRow]:
    found: list[ListRow] = []
    place: Place | None = None
    while window := reader.window(listing, (), after=place, limit=limit):
        found += window
        place = window[-1].place
    return found


def _walk_back(reader: Reader, listing: Listing, limit: int) -> list[ListRow]:
    found: list[ListRow] = []
    place: Place | None = Place("", 0)  # behind the oldest
    while window := reader.window(listing, (), before=place, limit=limit):
        found = window + found
        place = window[0].place
    return found


def test_a_frequent_word_walks_the_index_and_a_rare_one_is_looked_up(crowded: Store) -> None:
    with crowded.reading() as reader:
        for words, walked in ((FREQUENT, True), (RARE, False)):
            query = reader.matching(Listing("incident", words=words))
            assert ("+incident.row IN" in str(query)) == walked


def test_units_are_listed_by_the_vietnamese_alphabet_and_people_by_given_name(
    office: Office,
) -> None:
    names = ("Thôn Ổi", "Thôn Đào", "Thôn Dâu", "Thôn Ớt", "Thôn Oản", "Thôn Ấp")
    for name in names:
        office.records.add("unit", {"name": name, "unit_kind": "neighbourhood"})
    rows = office.lists.window(Listing("unit", words=("thon",)), ("name",))
    assert [row.values["name"] for row in rows] == [
        "Thôn Ấp",
        "Thôn Dâu",
        "Thôn Đào",
        "Thôn Oản",
        "Thôn Ổi",
        "Thôn Ớt",
    ]


def test_an_id_is_found_by_its_beginning_when_only_one_begins_so(office: Office) -> None:
    record = add(office, "Một")
    assert office.lists.find(record[:4]) == ("incident", record)
    assert office.lists.find("11074") == ("unit", COMMUNE_ID)
    other = record[:6] + ("0" if record[6] != "0" else "1") + record[7:]
    office.records.save([Edit("incident", other, INCIDENT, created=True)])
    for typed, code in (
        (record[:6], "id_ambiguous"),
        (record[:3], "no_such_record"),
        ("%", "no_such_record"),
        ("\udcff" * 8, "no_such_record"),
        ("đường", "no_such_record"),
        ("", "no_such_record"),
    ):
        with pytest.raises(UserError) as caught:
            office.lists.find(typed)
        assert caught.value.code == code


@pytest.mark.parametrize(
    "typed", ["7/BC-CAX", "07/bc-cax", "007 bc cax", "7bccax", "7 bccax", "bc cax 7", "7/bc"]
)
def test_the_number_of_a_document_is_found_in_any_form(office: Office, typed: str) -> None:
    for written in ("07/BC-CAX", "70/BC-CAX", "12/KH-UBND", "7/TB-UBND"):
        add(office, f"Theo {written}", register_number=written)
    found = {str(one) for one in titles(office, typed)}
    assert found - {"Theo 70/BC-CAX"} == {"Theo 07/BC-CAX"}, "70 begins with what may be typed on"


WORDS = st.sampled_from(
    ["7", "07", "007", "70", "bc", "cax", "bccax", "7bc", "duong", "d", "trom", "kh", "khac"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=3), st.lists(WORDS, min_size=1, max_size=4))
def test_what_the_index_finds_is_what_the_words_say(typed: list[str], held: list[str]) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute(search_statements("x")[0])
        text = " ".join(held)
        connection.execute("INSERT INTO x_search(rowid, text) VALUES (1, ?)", (text,))
        asked = "SELECT count(*) FROM x_search WHERE x_search MATCH ?"
        found = connection.execute(asked, (match_of(typed),)).fetchone()[0]
    connection.close()
    assert bool(found) == matches(typed, text)


def test_a_list_is_narrowed_by_choices_and_ids_and_by_nothing_else(office: Office) -> None:
    first = add(office, "Một", kind="fire")
    second = add(office, "Hai", kind="fire")
    add(office, "Ba", kind="drugs")

    def of(listing: Listing) -> set[Value]:
        return {row.values["title"] for row in office.lists.window(listing, ("title",))}

    assert of(Listing("incident", choices=(("kind", "fire"),))) == {"Một", "Hai"}
    assert of(Listing("incident", among=(first,))) == {"Một"}
    assert of(Listing("incident", among=())) == set()
    both = Listing("incident", choices=(("kind", "fire"),), among=(second,))
    assert of(both) == {"Hai"}
    assert office.lists.count(both, 0) == Count(1)
    for name in ("callback", "title", "officer"):
        with pytest.raises(ValueError, match="choices alone"):
            of(Listing("incident", choices=((name, "x"),)))
