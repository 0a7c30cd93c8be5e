"""Drafts survive the program, and nothing of them can be read on the disk."""

from __future__ import annotations

from pathlib import Path

from antq_desktop.services.drafts import FILE, KEPT_DAYS, Drafts
from antq_desktop.services.office import Office, Offices
from tests.fakes import SetClock
from tests.stores import OFFICER, PASSWORD, store_of

WORDS = "Mất trộm ở đường Nguyễn Huệ"


def reopened(office: Office, offices: Offices, profile: Path) -> Office:
    office.close()
    return offices.open(profile, OFFICER, PASSWORD)


def test_a_draft_is_found_again_after_the_program_ended(
    office: Office, offices: Offices, profile: Path
) -> None:
    office.drafts.keep("a1", "incident", WORDS, {"title": WORDS, "injuries": 2, "gone": None})
    again = reopened(office, offices, profile)
    found = again.drafts.of("incident")
    again.close()
    assert [(one.id, one.title, one.content["injuries"]) for one in found] == [("a1", WORDS, 2)]
    assert found[0].at == "2026-11-21T08:05:30"


def test_nothing_of_a_draft_stands_in_clear_on_the_disk(office: Office, profile: Path) -> None:
    office.drafts.keep("a1", "incident", WORDS, {"title": WORDS})
    held = (profile / FILE).read_bytes()
    for secret in (WORDS.encode(), b"incident", b"a1", OFFICER.encode(), b"title"):
        assert secret not in held


def test_the_last_dropped_draft_takes_the_file_with_it(office: Office, profile: Path) -> None:
    office.drafts.keep("a1", "incident", "", {})
    office.drafts.keep("b2", "scheme", "", {})
    office.drafts.drop("a1")
    assert [one.id for one in office.drafts.of("scheme")] == ["b2"]
    office.drafts.drop("b2")
    office.drafts.drop("b2")
    assert not (profile / FILE).exists()


def test_the_newest_draft_of_a_kind_comes_first(office: Office, clock: SetClock) -> None:
    office.drafts.keep("a1", "incident", "", {})
    clock.advance(minutes=1)
    office.drafts.keep("b2", "incident", "", {})
    clock.advance(minutes=1)
    office.drafts.keep("a1", "incident", "", {})
    assert [one.id for one in office.drafts.of("incident")] == ["a1", "b2"]


def test_a_draft_belongs_to_the_officer_who_typed_it(office: Office, clock: SetClock) -> None:
    office.drafts.keep("a1", "incident", "", {})
    colleague = Drafts(store_of(office), clock, "Trần Thị Ví Dụ")
    assert colleague.of("incident") == []
    assert colleague.find("a1") is None
    colleague.keep("a1", "incident", "của người khác", {})
    mine = Drafts(store_of(office), clock, OFFICER).find("a1")
    assert mine is not None
    assert mine.title == ""


def test_an_old_draft_is_forgotten(
    office: Office, offices: Offices, profile: Path, clock: SetClock
) -> None:
    office.drafts.keep("a1", "incident", "", {})
    clock.advance(days=KEPT_DAYS, seconds=1)
    again = reopened(office, offices, profile)
    assert again.drafts.of("incident") == []
    again.close()


def test_a_damaged_file_holds_no_drafts_and_is_written_anew(
    office: Office, offices: Offices, profile: Path
) -> None:
    office.drafts.keep("a1", "incident", WORDS, {})
    held = bytearray((profile / FILE).read_bytes())
    held[-1] ^= 1
    (profile / FILE).write_bytes(bytes(held))
    again = reopened(office, offices, profile)
    assert again.drafts.of("incident") == []
    again.drafts.keep("b2", "incident", WORDS, {})
    once_more = reopened(again, offices, profile)
    assert [one.id for one in once_more.drafts.of("incident")] == ["b2"]
    once_more.close()
