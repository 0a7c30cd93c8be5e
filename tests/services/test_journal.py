"""The journal: who did what, filtered, printed, verified, and what it does not tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import PROGRAM, Role
from antq_desktop.services.journal import JournalFilter, sentence_of
from antq_desktop.services.office import Office
from antq_desktop.storage import settings
from antq_desktop.storage.history import Head
from tests.fakes import SetClock
from tests.services.test_rights import let_be
from tests.storage.test_history import run_raw, without_triggers
from tests.stores import INCIDENT, OFFICER, line, store_of

SECRET = "0100999888"


def seqs(office: Office, **wanted: str) -> list[int]:
    return [one.seq for one in office.journal.page(JournalFilter(**wanted))]


def test_each_entry_is_told_with_its_record_and_the_fields_it_touched(office: Office) -> None:
    record = office.records.add("incident", INCIDENT).ids[0]
    office.records.change("incident", record, {"deaths": 1})
    newest, added, *_ = office.journal.page(JournalFilter())
    assert (newest.officer, newest.at, newest.action) == (OFFICER, "08:05 21/11/2026", "Sửa")
    assert newest.details == (f"Vụ việc “{INCIDENT['title']}”: số người chết",)
    assert newest.records == (("incident", record),)
    assert (added.action, added.details) == ("Thêm mới", (f"Vụ việc “{INCIDENT['title']}”",))


def test_values_are_not_told_here_private_ones_least(office: Office) -> None:
    record = office.records.add("incident", {**INCIDENT, "callback": SECRET}).ids[0]
    office.records.change("incident", record, {"callback": "0100777666"})
    told = repr(office.journal.page(JournalFilter()))
    assert SECRET not in told
    assert "0100777666" not in told
    assert seqs(office, words=SECRET) == []


def test_entries_are_narrowed_by_officer_action_day_and_words(
    office: Office, clock: SetClock
) -> None:
    first = office.records.add("incident", INCIDENT).seq
    clock.advance(days=3)
    with store_of(office).writing(PROGRAM, Action.PEOPLE) as work:
        work.note("", "", "Thêm cán bộ Trần Thị Ví Dụ")
    last = office.verify_history().entries
    assert seqs(office, officer=PROGRAM) == [last]
    assert seqs(office, action=Action.ADD) == [first]
    assert seqs(office, since="2026-11-24") == [last]
    assert last not in seqs(office, until="2026-11-23")
    assert first in seqs(office, since="2026-11-21", until="2026-11-21")
    assert seqs(office, words="tran thi") == [last]
    assert seqs(office, words="xe dap") == [first]
    assert seqs(office, words="xe dap", action=Action.PEOPLE) == []
    assert set(office.journal.officers()) == {OFFICER, PROGRAM}


def test_pages_follow_one_another_without_a_gap(office: Office) -> None:
    for _ in range(5):
        office.records.add("incident", INCIDENT)
    whole = seqs(office)
    first = office.journal.page(JournalFilter(), limit=3)
    rest = office.journal.page(JournalFilter(), before=first[-1].seq)
    assert [one.seq for one in (*first, *rest)] == whole == sorted(whole, reverse=True)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER])
def test_who_enters_and_who_reads_does_not_read_the_journal(office: Office, role: Role) -> None:
    let_be(office, role)
    for attempt in (
        lambda: office.journal.page(JournalFilter()),
        office.journal.officers,
        lambda: office.journal.paper(JournalFilter()),
    ):
        with pytest.raises(UserError) as refused:
            attempt()
        assert refused.value.code == "not_allowed"
    assert office.journal.verify().broken_at is None


def test_one_who_lost_the_right_while_the_page_is_open_is_refused(office: Office) -> None:
    assert office.journal.page(JournalFilter())
    let_be(office, Role.READER)
    with pytest.raises(UserError):
        office.journal.page(JournalFilter())


def test_the_administrator_reads_who_did_what_but_no_names_of_records(office: Office) -> None:
    office.records.add("incident", INCIDENT)
    let_be(office, Role.ADMINISTRATOR)
    found = office.journal.page(JournalFilter(action=Action.ADD))
    assert found[0].details == ("Vụ việc",)
    assert found[0].records == ()
    assert seqs(office, words="xe dap") == []


def test_a_large_merge_is_told_in_a_few_lines(office: Office) -> None:
    ids = [office.records.add("incident", INCIDENT).ids[0] for _ in range(25)]
    with store_of(office).writing(OFFICER, Action.MERGE) as work:
        for one in ids:
            work.note("incident", one, f"Gói {one}")
    told = office.journal.page(JournalFilter(action=Action.MERGE))[0].details
    assert len(told) == 21
    assert told[-1] == "và 5 hồ sơ khác"


def test_nobody_involved_in_an_incident_is_found_here(office: Office) -> None:
    person = line("involved", "a" * 32, role="witness", name="Người Được Giấu Kín")
    office.records.add("incident", {**INCIDENT, **person})
    assert seqs(office, words="giau kin") == []


def test_the_journal_is_printed_and_says_so_in_itself(office: Office, tmp_path: Path) -> None:
    office.records.add("incident", INCIDENT)
    path = office.journal.save_paper(JournalFilter(since="2026-11-01"), tmp_path / "a.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    newest = office.journal.page(JournalFilter())[0]
    assert newest.action == "In nhật ký"
    assert newest.details[0].startswith("In nhật ký, từ ngày 01/11/2026: ")


def test_only_what_came_since_is_read_at_the_next_start_and_all_on_demand(office: Office) -> None:
    store = store_of(office)
    office.records.add("incident", INCIDENT)
    assert office.verify_history(only_new=True).broken_at is None
    office.records.add("incident", INCIDENT)
    run_raw(store, *without_triggers("UPDATE history SET officer = 'Người khác' WHERE seq = 1"))
    assert office.verify_history(only_new=True).broken_at is None, "the old part is not read again"
    found = office.verify_history()
    assert found.broken_at == 1
    assert sentence_of(found).startswith("Nhật ký không liền mạch từ lần ghi số 1.")


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE history SET officer = 'Người khác' WHERE seq = (SELECT max(seq) FROM history)", 0),
        ("DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)", 0),
        ("UPDATE history SET link = x'00' WHERE seq = (SELECT max(seq) - 1 FROM history)", -1),
    ],
)
def test_what_was_changed_since_the_last_start_or_at_its_edge_is_noticed(
    office: Office, statement: str, broken_at: int
) -> None:
    store = store_of(office)
    office.verify_history(only_new=True)
    last = office.records.add("incident", INCIDENT).seq
    run_raw(store, *without_triggers(statement))
    found = office.verify_history(only_new=True)
    assert found.broken_at == last + broken_at
    again = office.verify_history(only_new=True)
    assert again.broken_at == found.broken_at, "a break is told at each start"


@pytest.mark.parametrize("kept", ["", "x", "3", "3 zz", "-", "-3 00", "999 " + "00" * 32])
def test_a_damaged_mark_of_the_last_check_hides_nothing(office: Office, kept: str) -> None:
    store = store_of(office)
    with store._writer.begin() as connection:
        settings.put(connection, settings.VERIFIED, kept)
    found = office.verify_history(only_new=True)
    assert (found.broken_at is None) or found.broken_at == int(kept.split(maxsplit=1)[0])
    assert office.verify_history().broken_at is None


@pytest.mark.parametrize("kept", ["3", "3 00", "999 " + "00" * 32])
def test_a_mark_that_fits_no_entry_is_told_as_a_break(office: Office, kept: str) -> None:
    with store_of(office)._writer.begin() as connection:
        settings.put(connection, settings.VERIFIED, kept)
    assert office.verify_history(only_new=True).broken_at == int(kept.split(maxsplit=1)[0])


def test_the_mark_of_the_last_check_is_written_and_read_back() -> None:
    head = Head(7, bytes(range(32)))
    assert Head.from_text(head.to_text()) == head
