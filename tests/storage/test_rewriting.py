"""Rows written over: what stands in an index is found by it, whether it changed or not."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from antq_desktop.domain.changes import Action
from antq_desktop.domain.record import Record
from antq_desktop.storage.store import Store
from tests.exchange import World, incident
from tests.stores import OFFICER, store_of


@pytest.fixture
def store(world: World) -> Store:
    held = store_of(world.commune)
    with held.writing(OFFICER, Action.ADD) as work:
        for number in range(40):
            new = Record("incident", f"{number:032x}", world.commune.unit)
            work.save(new, incident(), created=True)
    return held


def test_an_index_is_left_alone_where_what_it_holds_did_not_change(store: Store) -> None:
    told: list[str] = []

    def listen(*said: object) -> None:
        told.append(str(said[2]))

    event.listen(store._writer, "before_cursor_execute", listen)
    with store.writing(OFFICER, Action.SET) as work:
        for record in list(work.all_records("incident")):
            if record.id[-1] in "07":
                work.save(record, {"injuries": 3}, created=False)
            elif record.id[-1] == "1":
                work.save(record, {"occurred_on": "2026-01-02"}, created=False)
    event.remove(store._writer, "before_cursor_execute", listen)
    updates = [each for each in told if each.startswith("UPDATE incident SET")]
    assert sorted("sort = ?" in each for each in updates) == [False, True]
    with store.reading() as reader:
        run = reader.connection.exec_driver_sql
        assert run("PRAGMA integrity_check").scalar_one() == "ok"
        assert run("SELECT count(*) FROM incident WHERE f_injuries = 3").scalar_one() == 6
        moved = "SELECT count(*) FROM incident WHERE sort = '2026-01-02'"
        assert run(moved).scalar_one() == 3
