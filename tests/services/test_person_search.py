"""The search for one person in the incidents: it asks why, and leaves a trace of itself alone."""

from __future__ import annotations

import pytest

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import REMOVED, Value
from antq_desktop.services.office import Office
from antq_desktop.services.person_search import ONE_PAGE, FoundPerson
from antq_desktop.services.records import Edit
from tests.stores import INCIDENT, line, store_of

NAME = "Trần Thị Ví Dụ"
CITIZEN_ID = "000123456789"
WHY = "Xác minh theo yêu cầu của cơ quan điều tra"
DOCUMENT = "15/YC-CSĐT ngày 20/11/2026"


def go_on() -> None:
    """Let the search run to its end."""


def find(office: Office, person: str, why: str = WHY, document: str = DOCUMENT) -> FoundPerson:
    return office.person_search.search(person, why, document, go_on)


def add(office: Office, title: str, **more: Value) -> str:
    return office.records.add("incident", {**INCIDENT, "title": title, **more}).ids[0]


def with_person(office: Office, title: str, name: str = NAME, **more: Value) -> str:
    person = line("involved", "a", role="witness", name=name, citizen_id=CITIZEN_ID)
    return add(office, title, **{**person, **more})


def titles(found: FoundPerson) -> list[str]:
    return [one.title for one in found.incidents]


@pytest.mark.parametrize(
    "typed",
    [NAME, "trần thị ví dụ", "tran thi vi du", "Thị Ví Dụ", CITIZEN_ID, "000 123 456 789",
     "0100000009", "0100 000 009", "+84100000009"],
)  # fmt: skip
def test_a_name_or_a_whole_number_finds_the_incidents_that_hold_it(
    office: Office, typed: str
) -> None:
    with_person(office, "Mất gà", callback="0100000009")
    with_person(office, "Mất xe", name="Nguyễn Văn Mẫu", **{"involved/a/citizen_id": None})
    add(office, "Không có ai")
    found = find(office, typed)
    assert titles(found) == ["Mất gà"]
    assert found.count == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "person_missing"),
        ("  ", "person_missing"),
        ("Dụ", "person_too_vague"),
        ("00012345", None),
        ("0001234", "person_too_vague"),
        ("1234567890123456", "person_too_vague"),
        ("Ví\u200b Dụ", "text_not_allowed"),
        ("Trần " * 30, "text_too_long"),
    ],
)
def test_what_would_come_upon_people_by_trying_is_refused(
    office: Office, typed: str, code: str | None
) -> None:
    with_person(office, "Mất gà")
    if code is None:
        assert find(office, typed).count == 0, "part of a number finds nobody"
        return
    with pytest.raises(UserError) as refused:
        find(office, typed)
    assert (refused.value.code, refused.value.field) == (code, "person")


@pytest.mark.parametrize(
    ("why", "document", "field"),
    [
        ("", DOCUMENT, "reason"),
        ("tìm", DOCUMENT, "reason"),
        ("1234567890123", DOCUMENT, "reason"),
        (WHY, "", "document"),
        (WHY, "12", "document"),
        (WHY, "12345", "document"),
    ],
)
def test_without_reason_and_document_nothing_is_read(
    office: Office, why: str, document: str, field: str
) -> None:
    before = last_entry(office)
    with pytest.raises(UserError) as refused:
        find(office, NAME, why, document)
    assert refused.value.field == field
    assert refused.value.code == f"{field}_missing"
    assert last_entry(office) == before


def last_entry(office: Office) -> int:
    with store_of(office).reading() as reader:
        return reader.last_entry()


def test_each_search_is_in_history_by_reason_document_and_count_and_names_nobody(
    office: Office,
) -> None:
    record = with_person(office, "Mất gà")
    found = find(office, NAME)
    with store_of(office).reading() as reader:
        held = reader.entry(found.seq)
    assert held is not None
    entry, changes = held
    assert (entry.action, entry.officer) == (Action.FIND_PERSON, office.officer)
    (change,) = changes
    for told in (WHY, DOCUMENT, "Tìm thấy 1 vụ việc"):
        assert told in change.note
    for name in (NAME, "Ví Dụ", CITIZEN_ID, record, "Mất gà"):
        assert name not in change.note
    assert change.record == ""
    assert [one.entry.action for one in office.lists.history_of(record)] == [Action.ADD]
    assert find(office, "Người Không Có").count == 0
    assert last_entry(office) == found.seq + 1, "a search that finds nobody is a search"


def test_voided_incidents_and_people_taken_out_are_not_found(office: Office) -> None:
    record = with_person(office, "Mất gà")
    gone = with_person(office, "Mất xe")
    office.records.void("incident", gone, "Ghi trùng")
    assert titles(find(office, NAME)) == ["Mất gà"]
    office.records.change("incident", record, {f"involved/a/{REMOVED}": True})
    assert find(office, NAME).count == 0


def test_one_page_is_shown_and_all_are_counted_the_newest_first(office: Office) -> None:
    edits = []
    for number in range(ONE_PAGE + 7):
        values = {
            **INCIDENT,
            "title": f"Vụ {number}",
            "occurred_on": f"20{10 + number % 10}-01-{number % 28 + 1:02}",
            "received_at": None,
            **line("involved", "a", role="witness", name=NAME),
        }
        edits.append(Edit("incident", office.records.new_id(), values, created=True))
    office.records.save(edits)
    found = find(office, NAME)
    assert found.count == ONE_PAGE + 7
    assert len(found.incidents) == ONE_PAGE
    days = [one.day.split("/")[::-1] for one in found.incidents]
    assert days == sorted(days, reverse=True)


def test_what_is_found_shows_nothing_private(office: Office) -> None:
    with_person(office, "Mất gà", callback="0100000009")
    told = repr(find(office, CITIZEN_ID))
    for private in (NAME, CITIZEN_ID, "0100000009"):
        assert private not in told


class StopError(Exception):
    """Raised by a person who pressed stop."""


def test_a_search_that_was_stopped_shows_nothing(office: Office) -> None:
    with_person(office, "Mất gà")

    def stop() -> None:
        raise StopError

    with pytest.raises(StopError):
        office.person_search.search(NAME, WHY, DOCUMENT, stop)


def test_people_of_other_kinds_are_not_looked_for(office: Office) -> None:
    scheme = office.records.add(
        "scheme",
        {"name": "Tiếng kẻng", "scheme_type": office.codes["scheme_type"].values[0].id,
         "unit": office.unit, "state": "active", "head_name": NAME},
    ).ids[0]  # fmt: skip
    office.records.add(
        "member",
        {"scheme": scheme, "name": NAME, "citizen_id": CITIZEN_ID,
         "office": office.codes["member_office"].values[0].id},
    )  # fmt: skip
    assert find(office, NAME).count == 0
    assert find(office, CITIZEN_ID).count == 0
