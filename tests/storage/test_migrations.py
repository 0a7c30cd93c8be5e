"""Steps of the schema: what they build is what the specs say; a cut leaves the old or the new."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Offices
from antq_desktop.services.profiles import Profiles
from antq_desktop.storage.engine import APPLICATION_ID, writing_engine
from antq_desktop.storage.migrations import NEWEST, STEPS, Step, migrate, schema_of, statements
from antq_desktop.storage.schema import (
    HISTORY_GUARDS,
    build,
    search_statements,
    search_table_of,
)
from tests.stores import OFFICER, PASSWORD, outside, store_of, unsound

KEY = bytes(range(32))
RELEASED = Path(__file__).resolve().parents[1] / "upgrade"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Return the engine of an empty encrypted file."""
    found = writing_engine(tmp_path / "store.db", lambda: KEY)
    yield found
    found.dispose()


def objects(engine: Engine) -> dict[str, str]:
    """Return every table, index and trigger of a file with its SQL on one line."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master").all()
    return {str(row[0]): " ".join(str(row[1]).split()) for row in rows}


def test_the_steps_build_the_tables_that_the_specs_describe(engine: Engine) -> None:
    migrate(engine)
    # The full-text tables and what FTS5 makes beneath them are no tables of SQLAlchemy: their
    # words are compared with those of `search_statements` below.
    searches = tuple(search_table_of(kind) for kind in SPECS)

    def ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
        return kind != "table" or not str(name).startswith(searches)

    options = {"include_object": ours, "compare_type": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, build(SPECS.values())) == []


def test_columns_stand_in_the_order_that_rows_are_written_in(engine: Engine) -> None:
    migrate(engine)
    with engine.connect() as connection:
        for table in build(SPECS.values()).sorted_tables:
            query = f'PRAGMA table_info("{table.name}")'
            found = {str(row[1]) for row in connection.exec_driver_sql(query)}
            assert found == {column.name for column in table.columns}, table.name


def test_tables_without_row_numbers_are_made_so(engine: Engine) -> None:
    migrate(engine)
    made = objects(engine)
    for table in build(SPECS.values()).sorted_tables:
        without = table.dialect_options["sqlite"]["with_rowid"] is False
        assert ("WITHOUT ROWID" in made[table.name]) == without, table.name


def test_search_tables_and_guards_are_those_of_the_schema(engine: Engine) -> None:
    migrate(engine)
    made = objects(engine)
    for kind in SPECS:
        wanted = " ".join(search_statements(kind)[0].split())
        assert made[search_table_of(kind)] == wanted
        with engine.connect() as connection:
            query = f"SELECT v FROM {search_table_of(kind)}_config WHERE k = 'secure-delete'"  # noqa: S608
            assert connection.exec_driver_sql(query).scalar_one() == 1
    for guard in HISTORY_GUARDS:
        name = guard.split()[2]
        assert re.sub(r"\s", "", made[name]) == re.sub(r"\s", "", guard)


def test_a_file_says_whose_it_is_and_which_schema(engine: Engine) -> None:
    assert schema_of(engine) == 0
    assert migrate(engine) == 0
    assert schema_of(engine) == NEWEST
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    assert found == APPLICATION_ID
    before = objects(engine)
    assert migrate(engine) == NEWEST
    assert objects(engine) == before


def test_steps_are_numbered_without_a_gap() -> None:
    assert [step.number for step in STEPS] == list(range(1, NEWEST + 1))


class PowerCutError(Exception):
    """The light went out."""


ONE = statements(1, ("CREATE TABLE a (x INTEGER)", "INSERT INTO a VALUES (1)"))
TWO = statements(
    2, ("CREATE TABLE b (y TEXT)", "INSERT INTO b SELECT x FROM a", "UPDATE a SET x = x + 1")
)


@pytest.mark.parametrize("cut_in", [1, 2])
@pytest.mark.parametrize("cut_after", [0, 1, 2, 3])
def test_a_power_cut_between_or_within_steps_leaves_the_old_schema_or_the_new(
    tmp_path: Path, cut_in: int, cut_after: int
) -> None:
    """After the cut the file is opened anew, as after a real one, and brought to the end."""
    file = tmp_path / "store.db"
    dying = writing_engine(file, lambda: KEY)
    cut = tuple(_cut(step, cut_after) if step.number == cut_in else step for step in (ONE, TWO))
    with pytest.raises(PowerCutError):
        migrate(dying, steps=cut)
    dying.dispose()
    again = writing_engine(file, lambda: KEY)
    assert schema_of(again) == cut_in - 1
    assert sorted(objects(again)) == ([] if cut_in == 1 else ["a"])
    assert migrate(again, steps=(ONE, TWO)) == cut_in - 1
    with again.connect() as connection:
        rows = connection.exec_driver_sql("SELECT x, y FROM a, b").all()
    again.dispose()
    assert [tuple(row) for row in rows] == [(2, "1")]


def _cut(step: Step, after: int) -> Step:
    def apply(connection: object) -> None:
        class Counting:
            done = 0

            def exec_driver_sql(self, statement: str) -> object:
                if Counting.done == after:
                    raise PowerCutError
                Counting.done += 1
                return connection.exec_driver_sql(statement)  # type: ignore[attr-defined]

        step.apply(Counting())  # type: ignore[arg-type]
        raise PowerCutError

    return replace(step, apply=apply)


def test_the_backup_is_made_once_before_a_file_with_data_is_touched(engine: Engine) -> None:
    calls: list[int] = []

    def before() -> None:
        calls.append(schema_of(engine))

    migrate(engine, steps=(ONE,), before=before)
    assert calls == []
    migrate(engine, steps=(ONE, TWO), before=before)
    migrate(engine, steps=(ONE, TWO), before=before)
    assert calls == [1]


def test_when_the_backup_fails_the_file_is_not_touched(engine: Engine) -> None:
    migrate(engine, steps=(ONE,))
    before = objects(engine)

    def no_room() -> None:
        raise EnvironmentFault("disk_full", "Ổ đĩa đã đầy.")

    with pytest.raises(EnvironmentFault):
        migrate(engine, steps=(ONE, TWO), before=no_room)
    assert (schema_of(engine), objects(engine)) == (1, before)


def test_a_newer_file_is_refused_naming_both_numbers(engine: Engine) -> None:
    migrate(engine, steps=(ONE, TWO))
    with pytest.raises(EnvironmentFault, match=r"phiên bản 2.*phiên bản 1") as caught:
        migrate(engine, steps=(ONE,))
    assert caught.value.code == "store_newer"


@pytest.mark.parametrize("folder", sorted(RELEASED.glob("schema_*")), ids=lambda path: path.name)
def test_a_profile_of_every_released_schema_opens_and_loses_nothing(
    folder: Path, tmp_path: Path, offices: Offices, engine: Engine
) -> None:
    profile = tmp_path / "profile"
    shutil.copytree(folder, profile)
    office = offices.open(profile, OFFICER, PASSWORD)
    assert schema_of(store_of(office)._writer) == NEWEST
    migrate(engine)
    assert objects(store_of(office)._writer) == objects(engine)  # no step changed since
    expected = (folder / "dump.jsonl").read_bytes().splitlines()
    assert list(office.dump()) == expected
    assert unsound(office) == []
    record = office.lists.window(office.lists.listing("incident", "duong"), ())[0].id
    office.records.change("incident", record, {"deaths": 1})
    assert office.verify_history().broken_at is None
    office.close()


def test_the_first_schema_is_kept() -> None:
    assert (RELEASED / "schema_1" / "store.db").exists()


def test_a_profile_whose_migration_is_cut_opens_with_the_old_program_and_the_new(
    profile: Path,
) -> None:
    next_step = statements(NEWEST + 1, ("CREATE TABLE later (x INTEGER)",))
    cut = Profiles(outside(), steps=(*STEPS, _cut(next_step, 1)))
    with pytest.raises(PowerCutError):
        cut.open(profile, OFFICER, PASSWORD)
    for steps in (STEPS, (*STEPS, next_step)):
        store, _ = Profiles(outside(), steps=steps).open(profile, OFFICER, PASSWORD)
        assert store.verify_history().broken_at is None
        store.close()
