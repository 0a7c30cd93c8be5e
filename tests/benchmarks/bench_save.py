"""P5: one save with rules, history and search, against bare SQL that writes the same rows.

Both run under strace, which holds back each fsync for 15 ms as an old hard disk would and stops at
no other call; without strace the disk is as fast as it is.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.records.incidents import INCIDENT
from antq_desktop.paths import codes_folder
from antq_desktop.services.records import Records
from antq_desktop.storage.rows import search_text
from antq_desktop.storage.store import STORE_FILE, Store
from tests.benchmarks.bare import Bare, SavedRows, same
from tests.benchmarks.incidents import OFFICER, filled_store, key_of, opened, values_of
from tests.benchmarks.ratios import PAIRS, Measured, against
from tests.fakes import CountedBytes, SetClock

LIMIT = 1.5
HELD = 2_000
SAVES = 20
ROUNDS = PAIRS + 1
DELAY = "inject=fsync,fdatasync:delay_exit=15000"  # microseconds


def measure() -> list[Measured]:
    """Measure in processes of their own, once with fsyncs held back and once without."""
    strace = shutil.which("strace")
    lines = [_measured("P5 save one incident, disk as it is", (), 5.0)]
    if strace is not None:
        slowed = ["--seccomp-bpf", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"]
        lines += [_measured("P5 save one incident, fsync + 15 ms", (strace, *slowed, "-e", DELAY))]
    return lines


def _measured(name: str, under: tuple[str, ...], limit: float = LIMIT) -> Measured:
    command = [*under, sys.executable, "-m", "tests.benchmarks.bench_save"]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    median, worst = cast("list[float]", json.loads(answer.stdout))
    return Measured(name, median, worst, limit)


def _ratios(folder: Path) -> Measured:
    filled_store(folder / "held", HELD).close()
    for name in ("scout", "ours", "bare"):
        shutil.copytree(folder / "held", folder / name)
    rows = iter(_what_saves_write(folder / "scout"))
    key = key_of(folder / "held")
    store, bare = opened(folder / "ours"), Bare(folder / "bare" / STORE_FILE, key)
    saving = _saves(store)

    def ours() -> None:
        for _ in range(SAVES):
            next(saving)

    def theirs() -> None:
        for _ in range(SAVES):
            bare.save(next(rows))

    try:
        line = against("", ours, theirs, limit=LIMIT)
        store.close()
        check = Bare(folder / "ours" / STORE_FILE, key)
        if not same(check, bare):
            raise RuntimeError("ours and bare SQL did not write the same rows")
        check.close()
    finally:
        bare.close()
    return line


def _saves(store: Store) -> Iterator[str]:
    """Save one incident for each step, the same ones in each store."""
    random_bytes = CountedBytes("saves")
    records = Records(store, load_codes(codes_folder()), SetClock(), random_bytes, OFFICER)
    dice = random.Random(5)  # noqa: S311 - the same incidents in every run
    for number in range(HELD + 1, HELD + 1 + ROUNDS * SAVES):
        yield records.add(INCIDENT.kind, values_of(number, dice)).ids[0]


def _what_saves_write(folder: Path) -> list[SavedRows]:
    """Let the same saves run in a store aside and read what they wrote."""
    store = opened(folder)
    ids = list(_saves(store))
    with store.reading() as reader:
        found = reader.records(INCIDENT.kind, ids)
    texts = {record_id: search_text(INCIDENT, record) for record_id, record in found.items()}
    store.close()
    bare = Bare(folder / STORE_FILE, key_of(folder))
    wanted = set(ids)
    incidents = [row for row in bare.rows("incident") if row[1] in wanted]
    changes = {row[3]: row for row in bare.rows("history_change") if row[3] in wanted}
    entries = {row[0]: row for row in bare.rows("history")}
    bare.close()
    return [
        SavedRows(
            incident=row,
            text=texts[row[1]],
            history=(entry := entries[(change := changes[row[1]])[0]]),
            change=change,
            counter=str(entry[4]),
        )
        for row in incidents
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="antq-bench-") as temporary:
        line = _ratios(Path(temporary))
        sys.stdout.write(json.dumps([line.median, line.worst]))
