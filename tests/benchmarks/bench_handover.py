"""P6 and the sitting of a receiver: merging against bare upserts, verdicts, the same bundle again.

The bundle brings as many new incidents as changed ones. The comparator writes exactly the rows that
the merge wrote (row, history, search words), sorted by key, with the same driver and cache.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.changes import Action
from antq_desktop.domain.record import Record
from antq_desktop.domain.records.incidents import INCIDENT
from antq_desktop.paths import codes_folder
from antq_desktop.services.demo.playing import play
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.storage.engine import CACHE_KIB, _prepare
from antq_desktop.storage.rows import search_text
from antq_desktop.storage.store import SLOTS_FILE, STORE_FILE
from antq_desktop.storage.vault import load, unlock
from tests.benchmarks.bare import INTO_SEARCH, into
from tests.benchmarks.incidents import records
from tests.benchmarks.ratios import Measured, against, seconds
from tests.exchange import COMMUNES, RECEIVER, World, enrol
from tests.stores import OFFICER, PASSWORD, store_of

HELD, CAME = 20_000, 5_000
PAIRS = 7
MERGE_LIMIT, VERDICT_LIMIT, AGAIN_LIMIT, SITTING_LIMIT = 2.0, 1.0, 0.1, 5.0

Row = Sequence[Any]


def measure() -> list[Measured]:
    """Measure the merge, and one sitting of the demonstration."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_merging(Path(folder) / "merge", HELD, CAME), *_sitting(Path(folder) / "demo")]


def _merging(folder: Path, held: int, came: int) -> list[Measured]:
    folder.mkdir()
    world = World(folder, load_codes(codes_folder()))
    path = _bundle(world, held, came)
    key = unlock(load(folder / RECEIVER / SLOTS_FILE), OFFICER, PASSWORD)[1]
    rows = _rows_of_a_merge(world, path, came)
    run = {"ours": _nothing, "bare": _nothing, "number": 0}

    def prepare() -> None:
        run["number"] = number = int(str(run["number"])) + 1
        if "ours" in world.opened:
            world.close("ours")
        for name in ("ours", "bare"):
            shutil.rmtree(folder / name, ignore_errors=True)
            shutil.copytree(folder / RECEIVER, folder / name)
        world.office("ours").handover.taking.received()
        assert number

    def ours() -> None:
        taking = world.office("ours").handover.taking
        taking._backed_up = True
        taking.merge(taking.preview(taking.take(path)))

    def theirs() -> None:
        _bare_upsert(folder / "bare" / STORE_FILE, key, rows)

    name = f"P6 take, preview and merge {came:,} into {held:,}"
    line = against(name, ours, theirs, limit=MERGE_LIMIT, pairs=PAIRS, prepare=prepare)
    world.close()
    return [line]


def _nothing() -> None:
    return


def _bundle(world: World, held: int, came: int) -> Path:
    """Let a receiver hold so many incidents, and return a bundle that changes and adds some."""
    for name in (RECEIVER, COMMUNES[0]):
        level = "receiver" if name == RECEIVER else "commune"
        new = NewProfile(level, name, OFFICER, PASSWORD)
        world.opened[name] = world.offices(name).make(world.folder / name, new)
    enrol(world.commune, world.receiver, world.stick)
    new_ones = came // 2
    made = list(records(held + new_ones))
    _put(world.commune, made[:held])
    world.round()
    _put(world.commune, made[held:])
    store = store_of(world.commune)
    with store.writing(OFFICER, Action.SET) as work:
        for record in made[: came - new_ones]:
            found = work.record("incident", record.id)
            assert found is not None
            work.save(found, {"title": "Đã sửa tóm tắt vụ việc", "injuries": 3}, created=False)
    path = world.sent()
    world.close()
    return path


def _put(office: Office, made: Sequence[Record]) -> None:
    with store_of(office).writing(OFFICER, Action.ADD) as work:
        for record in made:
            values = {**record.up.values(), **record.siblings.values()}
            work.save(Record(record.kind, record.id, record.owner), values, created=True)


def _rows_of_a_merge(world: World, path: Path, came: int) -> tuple[Sequence[Row], ...]:
    """Merge once on a copy, and return the rows that it wrote, in the order of their keys."""
    shutil.copytree(world.folder / RECEIVER, world.folder / "scout")
    office = world.office("scout")
    with store_of(office).reading() as reader:
        before = {record.id: record for record in reader.all_records("incident")}
    world.merged(path, office)
    with store_of(office).reading() as reader:
        run = reader.connection.exec_driver_sql
        seq = reader.last_entry()
        rows = [tuple(r) for r in run("SELECT * FROM incident WHERE changed = ?", (seq,))]
        changes = [tuple(r) for r in run("SELECT * FROM history_change WHERE seq = ?", (seq,))]
        after = reader.records("incident", [str(row[1]) for row in rows])
    assert len(rows) == came, "the bundle did not bring what is measured"
    texts = [(row[0], search_text(INCIDENT, after[str(row[1])])) for row in rows]
    gone = [
        (row[0], search_text(INCIDENT, before[str(row[1])])) for row in rows if row[1] in before
    ]
    world.close("scout")
    return rows, changes, texts, gone


def _bare_upsert(path: Path, key: bytes, rows: tuple[Sequence[Row], ...]) -> None:
    incidents, changes, texts, gone = rows
    connection = dbapi2.connect(str(path), isolation_level=None)
    for statement in (*_prepare(key, cache_kib=CACHE_KIB), "PRAGMA journal_mode = WAL"):
        connection.execute(statement)
    names = [str(row[1]) for row in connection.execute("PRAGMA table_info(incident)")]
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names[1:])
    upsert = f'{into("incident", len(names))} ON CONFLICT ("row") DO UPDATE SET {sets}'
    search = "INSERT INTO incident_search(incident_search, rowid, text) VALUES ('delete', ?, ?)"
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(upsert, incidents)
    connection.executemany(search, gone)
    connection.executemany(INTO_SEARCH, texts)
    connection.executemany(into("history_change", 7), changes)
    connection.execute("COMMIT")
    connection.close()


def _sitting(folder: Path) -> list[Measured]:
    """Measure the 23 bundles of the demonstration as one officer takes them."""
    folder.mkdir()
    world = World(folder, load_codes(codes_folder()))
    play(world.offices("demo"), folder / "out", seed=1, say=lambda _line: None)
    bundles = sorted((folder / "out" / "usb").glob("*.antq"))
    with _fresh_district(world, folder) as office:
        taking = office.handover.taking
        verdicts: list[float] = []
        merges: list[float] = []
        again: list[float] = []
        for path in bundles:
            began = time.perf_counter()
            taken = taking.take(path)
            verdicts.append(time.perf_counter() - began)
            merges.append(seconds(_merge_of(office, taken)))
            first = verdicts[-1] + merges[-1]
            again.append(seconds(lambda path=path: taking.take(path)) / first)  # type: ignore[misc]
    whole = sum(verdicts) + sum(merges)
    return [
        Measured("merging the 23 bundles of the demo", whole, whole, SITTING_LIMIT, "s"),
        Measured("verdict on one of them", sorted(verdicts)[11], max(verdicts), VERDICT_LIMIT, "s"),
        Measured("the same bundle again / first time", sorted(again)[11], max(again), AGAIN_LIMIT),
    ]


def _merge_of(office: Office, taken: Any) -> Callable[[], object]:
    taking = office.handover.taking
    return lambda: taking.merge(taking.preview(taken))


@contextmanager
def _fresh_district(world: World, folder: Path) -> Iterator[Office]:
    """Yield the district as it stood before any bundle: restored from before the first merge."""
    from antq_desktop.domain.records import SPECS
    from antq_desktop.services.demo.playing import OFFICER as DEMO_OFFICER
    from antq_desktop.services.demo.playing import PASSWORD as DEMO_PASSWORD
    from antq_desktop.storage import backups
    from antq_desktop.storage.migrations import STEPS

    (backup,) = (folder / "out" / "profiles" / "TK" / "backups").iterdir()
    backups.restore(
        backup,
        folder / "again",
        officer=DEMO_OFFICER,
        password=DEMO_PASSWORD,
        outside=world.outside("again"),
        specs=SPECS,
        steps=STEPS,
    )
    office = world.offices("again").open(folder / "again", DEMO_OFFICER, DEMO_PASSWORD)
    yield office
    office.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as room:
        for one in _merging(Path(room) / "merge", int(sys.argv[1]), int(sys.argv[2])):
            sys.stdout.write(f"{one}\n")
