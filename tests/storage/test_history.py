"""The spine: nothing in it can be changed unseen, and what is erased leaves the chain whole."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from antq_desktop.domain.changes import Action
from antq_desktop.services.office import Office
from antq_desktop.storage.store import Store
from tests.stores import INCIDENT, OFFICER, store_of

TRIGGERS = (
    "history_is_not_changed",
    "history_is_not_deleted",
    "history_change_is_not_deleted",
    "history_change_is_only_erased",
)


@pytest.fixture
def written(office: Office) -> tuple[Office, Store]:
    """Return a store with nine entries of history, the last five about one incident."""
    store = store_of(office)
    for _ in range(2):
        office.records.add("incident", INCIDENT)
    record = office.records.add("incident", INCIDENT).ids[0]
    for number in range(1, 5):
        office.records.change("incident", record, {"deaths": number})
    assert store.verify_history().entries == 9
    return office, store


def run_raw(store: Store, *statements: str) -> None:
    """Do to the file what a person with the key and a tool could do."""
    with store._writer.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def without_triggers(*statements: str) -> tuple[str, ...]:
    return (*(f"DROP TRIGGER {name}" for name in TRIGGERS), *statements)


Written = tuple[Office, Store]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET officer = 'Người khác' WHERE seq = 3",
        "UPDATE history SET at = '2020-01-01T00:00:00'",
        "DELETE FROM history WHERE seq = 8",
        "DELETE FROM history_change WHERE seq = 3",
        "UPDATE history_change SET content = '{}' WHERE seq = 3",
        "UPDATE history_change SET record = 'x' WHERE seq = 3",
        "UPDATE history_change SET content = NULL WHERE seq = 3",  # the salt must go with it
        "UPDATE history_change SET content = NULL, salt = NULL, digest = x'00' WHERE seq = 3",
        "INSERT OR REPLACE INTO history SELECT * FROM history WHERE seq = 3",
    ],
)
def test_the_store_itself_refuses_to_change_history(written: Written, statement: str) -> None:
    _, store = written
    with pytest.raises(DBAPIError, match="append-only"):
        run_raw(store, statement)
    assert store.verify_history().broken_at is None


@pytest.mark.parametrize(
    ("statement", "broken_at", "why"),
    [
        ("UPDATE history SET officer = 'Người khác' WHERE seq = 3", 3, "link_broken"),
        ("UPDATE history SET at = '2020' WHERE seq = 8", 8, "link_broken"),
        ("UPDATE history SET action = 'void' WHERE seq = 5", 5, "link_broken"),
        ("UPDATE history SET undoes = 1 WHERE seq = 5", 5, "link_broken"),
        ("UPDATE history SET counter = 1.5 WHERE seq = 4", 4, "link_broken"),
        ("UPDATE history SET link = 'chữ' WHERE seq = 2", 2, "link_broken"),
        ("DELETE FROM history WHERE seq = 1", 1, "entry_missing"),
        ("DELETE FROM history WHERE seq = 4", 4, "entry_missing"),
        ("DELETE FROM history WHERE seq = 9", 9, "change_without_entry"),
        ("DELETE FROM history_change WHERE seq = 6", 6, "link_broken"),
        (
            "UPDATE history_change SET content = replace(content, '\"deaths\":2', '\"deaths\":9')"
            " WHERE seq = 7",
            7,
            "content_altered",
        ),
        ("UPDATE history_change SET salt = NULL WHERE seq = 7", 7, "content_altered"),
        ("UPDATE history_change SET digest = x'00' WHERE seq = 7", 7, "content_altered"),
        (
            "UPDATE history_change SET content = NULL, digest = x'00' WHERE seq = 7",
            7,
            "link_broken",
        ),
        ("UPDATE history_change SET record = 'x' WHERE seq = 2", 2, "link_broken"),
        ("UPDATE history_change SET kind = 'unit' WHERE seq = 2", 2, "link_broken"),
        (
            "INSERT INTO history_change SELECT seq, 1, kind, record, content, salt, digest"
            " FROM history_change WHERE seq = 2",
            2,
            "link_broken",
        ),
    ],
)
def test_the_first_bad_place_is_named(
    written: Written, statement: str, broken_at: int, why: str
) -> None:
    _, store = written
    run_raw(store, *without_triggers(statement))
    found = store.verify_history()
    assert (found.broken_at, found.why) == (broken_at, why)


def test_an_end_cut_off_cleanly_is_betrayed_by_the_records(written: Written) -> None:
    _, store = written
    cut = ("DELETE FROM history WHERE seq > 6", "DELETE FROM history_change WHERE seq > 6")
    run_raw(store, *without_triggers(*cut))
    found = store.verify_history()
    assert (found.broken_at, found.why) == (7, "entry_missing")


def test_erasing_content_leaves_the_chain_whole_and_the_fact(written: Written) -> None:
    office, store = written
    run_raw(store, "UPDATE history_change SET content = NULL, salt = NULL WHERE seq = 6")
    assert store.verify_history().broken_at is None
    with store.reading() as reader:
        found = reader.entry(6)
    assert found is not None
    assert found[1][0].erased
    assert found[1][0].after == {}
    record = found[1][0].record
    assert [line.change.erased for line in office.lists.history_of(record)].count(True) == 1


def test_equal_contents_have_different_digests(written: Written) -> None:
    _, store = written
    with store.reading() as reader:
        statement = "SELECT digest, salt FROM history_change"
        rows = reader.connection.exec_driver_sql(statement).all()
    assert len({row[0] for row in rows}) == len({row[1] for row in rows}) == len(rows)


def test_a_deed_that_touched_no_record_is_an_entry_all_the_same(written: Written) -> None:
    office, store = written
    with store.writing(OFFICER, Action.SIGN_IN):
        pass
    assert office.verify_history().entries == 10


def test_an_action_that_fails_leaves_nothing_behind(written: Written) -> None:
    _, store = written
    before = sorted(map(repr, _everything(store)))
    with pytest.raises(ZeroDivisionError):
        _fail_in_the_middle(store)
    assert sorted(map(repr, _everything(store))) == before


def _fail_in_the_middle(store: Store) -> None:
    with store.writing(OFFICER, Action.SET) as work:
        work.set_setting("unit", "x")
        work.note("incident", "x", "y")
        raise ZeroDivisionError


def _everything(store: Store) -> list[object]:
    found: list[object] = []
    with store.reading() as reader:
        for table in ("setting", "history", "history_change", "incident"):
            statement = f"SELECT * FROM {table}"  # noqa: S608 - our own name
            found += reader.connection.exec_driver_sql(statement).all()
    return found
