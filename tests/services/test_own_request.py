"""The answer to a person: every kind, one person, one paper, the number in history."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from antq_desktop.cli.main import VERBS
from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.rights import Role
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.office import Office
from antq_desktop.services.own_request import OwnRequests
from tests.services.test_papers import SCHEME, text_of
from tests.services.test_rights import let_be
from tests.stores import INCIDENT, PASSWORD, line

NAME, OTHER = "Trần Thị Ví Dụ", "Nguyễn Văn Mẫu Khác"
CITIZEN_ID = "000123456789"
REQUEST = "07/PYC ngày 20/11/2026"


def go_on() -> None:
    """Let the search run to its end."""


def answer(office: Office, name: str = NAME, number: str = "", request: str = REQUEST) -> str:
    return text_of(office.own_requests.answer(name, number, request, PASSWORD, go_on).paper)


def add(office: Office, kind: str, **values: Value) -> str:
    return office.records.add(kind, values).ids[0]


@pytest.fixture
def filled(office: Office) -> Office:
    """Return an office that keeps the person in an incident and as the head of a scheme."""
    people = {
        **line("involved", "a", role="witness", name=NAME, citizen_id=CITIZEN_ID),
        **line("involved", "b", role="witness", name=OTHER, citizen_id="000999999999"),
    }
    office.records.add("incident", {**INCIDENT, **people})
    office.records.add("scheme", {**SCHEME, "head_name": NAME, "head_phone": "0100222333"})
    return office


def test_the_paper_tells_what_is_kept_of_the_person_and_of_nobody_else(filled: Office) -> None:
    told = answer(filled)
    assert CITIZEN_ID in told
    assert "0100222333" in told
    assert "07/PYC" in told
    assert OTHER not in told
    assert "000999999999" not in told
    assert "24 tháng" in told


def test_a_number_tells_two_of_one_name_apart(filled: Office) -> None:
    office = filled
    namesake = line("involved", "a", role="witness", name=NAME, citizen_id="000555555555")
    office.records.add("incident", {**INCIDENT, "title": "Vụ khác", **namesake})
    assert "000555555555" in answer(office)
    told = answer(office, number=CITIZEN_ID)
    assert CITIZEN_ID in told
    assert "000555555555" not in told


def test_who_is_not_kept_gets_a_paper_that_says_so(filled: Office) -> None:
    assert "Không có dữ liệu nào" in answer(filled, "Lê Thị Không Có")


def test_history_keeps_the_number_of_the_request_and_not_the_name(filled: Office) -> None:
    answer(filled)
    found = filled.journal.page(JournalFilter(action=Action.ANSWER_PERSON))
    assert len(found) == 1
    told = " ".join(found[0].details)
    assert "07/PYC" in told
    assert "2 mục dữ liệu" in told
    assert "Ví Dụ" not in told


@pytest.mark.parametrize(
    ("name", "number", "request_", "password", "field"),
    [
        ("", "", REQUEST, PASSWORD, "name"),
        ("Dụ", "", REQUEST, PASSWORD, "name"),
        (NAME, "12", REQUEST, PASSWORD, "number"),
        (NAME, "", "", PASSWORD, "request"),
        (NAME, "", REQUEST, "không phải câu này", "own_password"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_told(  # noqa: PLR0917 - one row
    filled: Office, name: str, number: str, request_: str, password: str, field: str
) -> None:
    with pytest.raises(UserError) as refused:
        filled.own_requests.answer(name, number, request_, password, go_on)
    assert refused.value.field == field
    assert filled.journal.page(JournalFilter(action=Action.ANSWER_PERSON)) == []


def test_only_the_leader_answers(filled: Office) -> None:
    let_be(filled, Role.OFFICER)
    with pytest.raises(UserError) as refused:
        answer(filled)
    assert refused.value.code == "not_allowed"


def test_it_cannot_be_asked_without_password_and_request_and_no_verb_leads_there() -> None:
    asked = list(inspect.signature(OwnRequests.answer).parameters)
    assert asked == ["self", "name", "number", "request", "own_password", "check"]
    package = Path(inspect.getfile(OwnRequests)).parents[1]
    uses = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "own_requests" in path.read_text(encoding="utf-8")
    }
    assert uses == {"services/people_rooms.py", "ui/screens/privacy.py"}
    assert VERBS
