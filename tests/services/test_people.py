"""The officers of one device: added, given roles, set a new password, taken off the list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import AREA_NAMES, Operation, Role
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.signing import check_password, officers_of
from tests.stores import INCIDENT, OFFICER, PASSWORD

NEW = "Trần Thị Ví Dụ"
FIRST = "mật khẩu ban đầu"
OWN = "bốn mùa hoa nở"


@pytest.fixture
def second(office: Office, offices: Offices) -> Iterator[Office]:
    """Return the new officer at work, who came in by the first password."""
    office.people.add(NEW, FIRST, PASSWORD)
    office.close()
    opened = offices.open(office.folder, NEW, FIRST)
    yield opened
    opened.close()


def refusal(call: object, *given: object, **named: object) -> tuple[str, str]:
    assert callable(call)
    with pytest.raises(UserError) as caught:
        call(*given, **named)
    return caught.value.code, caught.value.field or ""


def notes(office: Office) -> list[str]:
    from antq_desktop.services.journal import JournalFilter

    return [detail for line in office.journal.page(JournalFilter()) for detail in line.details]


def test_the_new_officer_signs_in_sets_an_own_password_and_reads_the_same_store(
    second: Office, offices: Offices
) -> None:
    folder, unit = second.folder, second.unit
    assert set(officers_of(folder)) == {OFFICER, NEW}
    assert second.people.me().must_change
    second.people.change_own(FIRST, OWN)
    assert not second.people.me().must_change
    assert not second.people.may_add
    assert refusal(second.people.add, "Lê Văn Thử", FIRST, OWN) == ("not_allowed", "")
    second.close()
    assert refusal(offices.open, folder, NEW, FIRST) == ("wrong_password", "password")
    with_own = offices.open(folder, NEW, OWN)
    assert (with_own.officer, with_own.unit) == (NEW, unit)
    with_own.close()
    check_password(folder, OFFICER, PASSWORD)


def test_nothing_is_written_under_a_first_password(second: Office) -> None:
    before = list(second.dump())
    assert refusal(second.records.add, "incident", INCIDENT)[0] == "password_must_change"
    assert list(second.dump()) == before
    second.people.change_own(FIRST, OWN)
    assert second.records.add("incident", INCIDENT).ids


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ((" ", FIRST, PASSWORD), "officer_missing", "name"),
        (("nguyễn văn mẫu", FIRST, PASSWORD), "officer_exists", "name"),
        ((NEW, "ngắn", PASSWORD), "password_too_short", "password"),
        ((NEW, "matkhau123", PASSWORD), "password_common", "password"),
        ((NEW, "tranthividu1", PASSWORD), "password_near", "password"),
        ((NEW, FIRST, "không phải"), "wrong_password", "own_password"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nobody_is_added(
    office: Office, given: tuple[str, str, str], code: str, field: str
) -> None:
    assert refusal(office.people.add, *given) == (code, field)
    assert refusal(office.people.add, NEW, FIRST, PASSWORD, roles=()) == ("roles_missing", "roles")
    wrong = {"areas": ("lạ",)}
    assert refusal(office.people.add, NEW, FIRST, PASSWORD, **wrong) == ("unknown_area", "areas")
    assert [one.name for one in office.people.every()] == [OFFICER]
    assert officers_of(office.folder) == (OFFICER,)


def test_adding_an_officer_stands_in_history_and_cannot_be_undone_there(office: Office) -> None:
    before = office.verify_history().entries
    office.people.add(NEW, FIRST, PASSWORD, roles=(Role.LEADER,), areas=("incidents",))
    seq = office.verify_history().entries
    assert seq == before + 1
    assert refusal(office.records.undo, seq)[0] == "nothing_to_undo"
    assert f"Thêm cán bộ {NEW}: Lãnh đạo; Vụ việc" in notes(office)


def test_roles_and_areas_are_given_and_taken(office: Office, offices: Offices) -> None:
    office.people.add(NEW, FIRST, PASSWORD)
    told = office.people.appoint(NEW, (Role.READER, Role.LEADER), ("schemes", "incidents"))
    assert told == f"Đã giao vai trò cho {NEW}: Lãnh đạo, Chỉ xem; Mô hình, Vụ việc."
    one = next(one for one in office.people.every() if one.name == NEW)
    assert (one.roles, one.areas) == (
        frozenset({Role.READER, Role.LEADER}),
        frozenset({"schemes", "incidents"}),
    )
    assert any("trước đó: Cán bộ nhập liệu; mọi mảng việc" in note for note in notes(office))
    office.people.appoint(NEW, (Role.OFFICER,), ())
    assert next(one for one in office.people.every() if one.name == NEW).areas == frozenset()
    assert refusal(office.people.appoint, "Không Ai", (Role.READER,), ())[0] == "unknown_officer"


def test_the_areas_that_can_be_given_are_those_of_the_kinds(office: Office) -> None:
    assert set(AREA_NAMES) == {spec.area for spec in office.lists.specs.values()}


def test_somebody_always_remains_who_looks_after_the_officers(office: Office) -> None:
    assert refusal(office.people.remove, OFFICER) == ("remove_oneself", "name")
    assert refusal(office.people.appoint, OFFICER, (Role.LEADER,), ())[0] == "last_administrator"
    office.people.add(NEW, FIRST, PASSWORD, roles=(Role.ADMINISTRATOR,))
    office.people.appoint(OFFICER, (Role.LEADER,), ())
    assert not office.standing.may(Operation.PEOPLE)
    assert refusal(office.people.remove, NEW) == ("not_allowed", "")
    assert refusal(office.people.appoint, OFFICER, (Role.ADMINISTRATOR,), ())[0] == "not_allowed"


def test_one_who_is_removed_opens_nothing_and_their_work_stays(
    office: Office, offices: Offices
) -> None:
    office.people.add(NEW, FIRST, PASSWORD)
    office.people.remove("tran thi vi du")
    assert [one.name for one in office.people.every()] == [OFFICER]
    office.close()
    assert officers_of(office.folder) == (OFFICER,)
    assert refusal(offices.open, office.folder, NEW, FIRST)[0] == "unknown_officer"
    again = offices.open(office.folder, OFFICER, PASSWORD)
    assert f"Cho cán bộ {NEW} thôi đăng nhập" in notes(again)
    again.people.add(NEW, FIRST, PASSWORD)  # somebody who comes back
    again.close()


def test_a_password_set_by_the_administrator_opens_once(second: Office, offices: Offices) -> None:
    second.people.change_own(FIRST, OWN)
    second.close()
    chief = offices.open(second.folder, OFFICER, PASSWORD)
    people = chief.people
    assert refusal(people.reset, NEW, "một câu khác hẳn", "sai") == (
        "wrong_password",
        "own_password",
    )
    assert refusal(people.reset, OFFICER, "một câu khác hẳn", PASSWORD)[0] == "reset_oneself"
    people.reset(NEW, "một câu khác hẳn", PASSWORD)
    assert f"Đặt lại mật khẩu cho {NEW}" in notes(chief)
    chief.close()
    assert refusal(offices.open, second.folder, NEW, OWN)[0] == "wrong_password"
    back = offices.open(second.folder, NEW, "một câu khác hẳn")
    assert back.standing.must_change
    back.close()


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("không phải", OWN, "wrong_password", "own_password"),
        (PASSWORD, PASSWORD, "password_same", "password"),
        (PASSWORD, "12345678", "password_common", "password"),
        (PASSWORD, "nguyenvanmau99", "password_near", "password"),
        (PASSWORD, "x" * 201, "password_too_long", "password"),
    ],
)
def test_an_own_password_that_may_not_be_set_leaves_the_old_one(
    office: Office, old: str, new: str, code: str, field: str
) -> None:
    assert refusal(office.people.change_own, old, new) == (code, field)
    check_password(office.folder, OFFICER, PASSWORD)
