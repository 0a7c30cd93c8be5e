"""Letting one more officer sign in."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.signing import check_password, officers_of
from tests.stores import OFFICER, PASSWORD

NEW = "Trần Thị Ví Dụ"
FIRST = "mật khẩu ban đầu"


def test_the_new_officer_signs_in_and_reads_the_same_store(
    office: Office, offices: Offices
) -> None:
    office.people.add(NEW, FIRST, PASSWORD)
    folder, unit = office.folder, office.unit
    office.close()
    assert set(officers_of(folder)) == {OFFICER, NEW}
    second = offices.open(folder, NEW, FIRST)
    assert (second.officer, second.unit) == (NEW, unit)
    assert not second.people.may_add
    with pytest.raises(UserError) as caught:
        second.people.add("Lê Văn Thử", FIRST, FIRST)
    assert caught.value.code == "not_administrator"
    second.close()
    check_password(folder, OFFICER, PASSWORD)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ((" ", FIRST, PASSWORD), "officer_missing", "name"),
        (("nguyễn văn mẫu", FIRST, PASSWORD), "officer_exists", "name"),
        ((NEW, "ngắn", PASSWORD), "password_too_short", "password"),
        ((NEW, FIRST, "không phải"), "wrong_password", "own_password"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nobody_is_added(
    office: Office, given: tuple[str, str, str], code: str, field: str
) -> None:
    with pytest.raises(UserError) as caught:
        office.people.add(*given)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert [one.name for one in office.people.every()] == [OFFICER]
    assert officers_of(office.folder) == (OFFICER,)


def test_adding_an_officer_stands_in_history_and_cannot_be_undone_there(office: Office) -> None:
    before = office.verify_history().entries
    office.people.add(NEW, FIRST, PASSWORD)
    seq = office.verify_history().entries
    assert seq == before + 1
    with pytest.raises(UserError) as caught:
        office.records.undo(seq)
    assert caught.value.code == "nothing_to_undo"
