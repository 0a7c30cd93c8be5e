"""Which list an officer looked at last."""

from __future__ import annotations

from pathlib import Path

from antq_desktop.services.office import Office
from antq_desktop.services.places import FILE, Places


def folder_of(office: Office) -> Path:
    return office._store.folder


def test_the_list_looked_at_last_is_found_after_a_restart(office: Office) -> None:
    office.places.keep("propaganda", "campaign")
    office.places.keep("forces", "team_member")
    again = Places(office._store, office.officer)
    assert (again.of("propaganda"), again.of("forces")) == ("campaign", "team_member")
    assert again.of("people") == ""


def test_another_officer_has_places_of_his_own(office: Office) -> None:
    office.places.keep("propaganda", "campaign")
    other = Places(office._store, "Trần Thị Ví Dụ")
    assert other.of("propaganda") == ""
    other.keep("propaganda", "session")
    assert Places(office._store, office.officer).of("propaganda") == "campaign"


def test_nothing_of_it_is_readable_and_a_damaged_file_counts_as_none(office: Office) -> None:
    office.places.keep("propaganda", "campaign")
    file = folder_of(office) / FILE
    assert b"campaign" not in file.read_bytes()
    file.write_bytes(file.read_bytes()[:-3])
    assert Places(office._store, office.officer).of("propaganda") == ""
