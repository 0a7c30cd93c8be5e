"""The recovery sheet: made, used once, spent; and what it leaves in history."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.domain.delays import FREE_TRIES
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.recovery_code import new_code
from antq_desktop.domain.rights import Role
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.office import Office, Offices
from antq_desktop.storage import vault
from tests.fakes import CountedBytes
from tests.services.test_people import FIRST, NEW, OWN, notes, refusal
from tests.stores import OFFICER, PASSWORD

OTHER = new_code(CountedBytes("another sheet"))


def test_a_forgotten_password_is_set_anew_by_the_sheet_and_the_sheet_is_spent(
    office: Office, offices: Offices
) -> None:
    assert office.recovery.made_at() is None
    sheet = office.recovery.make(PASSWORD)
    assert office.recovery.made_at() == sheet.made_at == "2026-11-21T08:05:30"
    assert "Lập phiếu khôi phục" in notes(office)
    office.close()
    told = offices.recover(office.folder, sheet.code, "nguyen van mau", OWN)
    assert "hết hiệu lực" in told
    assert "lập phiếu mới" in told
    assert refusal(offices.open, office.folder, OFFICER, PASSWORD)[0] == "wrong_password"
    assert refusal(offices.recover, office.folder, sheet.code, OFFICER, FIRST) == (
        "no_recovery_sheet",
        "code",
    )
    again = offices.open(office.folder, OFFICER, OWN)
    assert again.recovery.made_at() is None
    assert not again.standing.must_change
    assert any("Mở dữ liệu bằng phiếu khôi phục" in note for note in notes(again))
    assert again.verify_history().broken_at is None
    again.close()


def test_a_new_sheet_ends_the_one_before(office: Office, offices: Offices) -> None:
    old = office.recovery.make(PASSWORD)
    new = office.recovery.make(PASSWORD)
    assert old.code != new.code
    assert "Lập phiếu khôi phục; phiếu trước hết hiệu lực" in notes(office)
    office.close()
    assert refusal(offices.recover, office.folder, old.code, OFFICER, OWN) == (
        "wrong_recovery_code",
        "code",
    )
    offices.recover(office.folder, new.code, OFFICER, OWN)


def test_only_an_administrator_makes_a_sheet_and_with_their_own_password(
    office: Office, offices: Offices
) -> None:
    assert refusal(office.recovery.make, "sai") == ("wrong_password", "own_password")
    office.people.add(NEW, FIRST, PASSWORD, roles=(Role.ADMINISTRATOR,))
    office.people.appoint(OFFICER, (Role.LEADER,), ())
    assert refusal(office.recovery.make, PASSWORD) == ("not_allowed", "")
    assert office.recovery.made_at() is None


def test_the_sheet_sets_the_password_of_an_administrator_alone(
    office: Office, offices: Offices
) -> None:
    office.people.add(NEW, FIRST, PASSWORD)
    sheet = office.recovery.make(PASSWORD)
    office.close()
    assert refusal(offices.recover, office.folder, sheet.code, NEW, OWN) == (
        "recovery_not_administrator",
        "officer",
    )
    assert refusal(offices.recover, office.folder, sheet.code, OFFICER, "12345678") == (
        "password_common",
        "password",
    )
    offices.recover(office.folder, sheet.code, OFFICER, OWN)  # what was refused spent nothing


def test_wrong_codes_make_the_next_one_wait_and_stand_in_history(
    office: Office, offices: Offices
) -> None:
    sheet = office.recovery.make(PASSWORD)
    office.close()
    typed_wrong = "9" * 50
    for _ in range(FREE_TRIES + 1):  # a slip of the finger is no guess
        assert refusal(offices.recover, office.folder, typed_wrong, OFFICER, OWN)[0] == (
            "recovery_code_groups"
        )
    assert refusal(offices.recover, office.folder, OTHER, OFFICER, OWN)[0] == "wrong_recovery_code"
    offices.recover(office.folder, sheet.code, OFFICER, OWN)
    again = offices.open(office.folder, OFFICER, OWN)
    found = again.journal.page(JournalFilter(action="password"))
    assert "trước đó nhập sai mã 1 lần" in found[0].details[0]
    again.close()


def test_guessing_codes_is_slowed_down(office: Office, offices: Offices) -> None:
    office.recovery.make(PASSWORD)
    office.close()
    codes = [refusal(offices.recover, office.folder, OTHER, OFFICER, OWN)[0] for _ in range(6)]
    assert codes == ["wrong_recovery_code"] * FREE_TRIES + ["password_wait"]


def test_the_paper_of_a_sheet_bears_its_ten_groups(office: Office) -> None:
    sheet = office.recovery.make(PASSWORD)
    pdf = office.recovery.paper(sheet)
    assert pdf.startswith(b"%PDF")


def test_no_code_stands_in_clear_beside_the_store(office: Office) -> None:
    sheet = office.recovery.make(PASSWORD)
    bare = sheet.code.replace(" ", "")
    secret = "".join(group[:4] for group in sheet.code.split(" "))
    held = b"".join(path.read_bytes() for path in _files(office.folder))
    assert [one for one in (sheet.code, bare, secret) if one.encode() in held] == []
    assert vault.has_recovery(vault.load(office.folder / "keyslots.json"))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_code_of_another_shape_is_told_at_its_field(office: Office, offices: Offices) -> None:
    office.close()
    with pytest.raises(UserError) as refused:
        offices.recover(office.folder, "12345", OFFICER, OWN)
    assert (refused.value.code, refused.value.field) == ("recovery_code_length", "code")
