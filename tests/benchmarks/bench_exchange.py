"""P8 to P12: many bundles and the same again, export of few changes, full export, memory, bytes.

Ordinary sizes keep the proportions of the limits and are smaller, so that a run takes minutes.
`python -m tests.benchmarks.bench_exchange whole` measures at full size: 1,000,000 records for P9,
50,000 for P10, a bundle of 1 GB for P11.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlcipher3 import dbapi2

from antq_desktop.bundle import envelope
from antq_desktop.bundle.keys import DeviceKeys
from antq_desktop.bundle.opening import Desk, open_bundle
from antq_desktop.bundle.writing import Blob, Content, seal
from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.changes import Action
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.record import Record
from antq_desktop.domain.records.incidents import INCIDENT
from antq_desktop.paths import codes_folder
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.storage import exchange
from antq_desktop.storage.engine import CACHE_KIB, _prepare
from antq_desktop.storage.exchange import BasisRow, SentRow
from antq_desktop.storage.rows import search_text, to_row
from antq_desktop.storage.store import SLOTS_FILE, STORE_FILE
from antq_desktop.storage.vault import load, unlock
from tests.benchmarks.bare import INTO_INCIDENT, INTO_SEARCH
from tests.benchmarks.incidents import records
from tests.benchmarks.ratios import PAIRS, Measured, against, seconds, table
from tests.bundle.conftest import COMMUNE, HEADER, HandRegistry
from tests.exchange import COMMUNES, RECEIVER, World, enrol, incident
from tests.stores import OFFICER, PASSWORD, store_of

MANY_BUNDLES: Final = 200
IN_EACH: Final = 20
CHANGES: Final = 500
PIECE: Final = 1 << 20
CHUNK: Final = 20_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: records held for P9, records exported for P10, megabytes for P11."""

    few: int = 5_000
    many: int = 100_000
    exported: int = 10_000
    megabytes: int = 300


ORDINARY: Final = Sizes()
WHOLE: Final = Sizes(50_000, 1_000_000, 50_000, 1_000)


def measure(sizes: Sizes = ORDINARY) -> list[Measured]:
    """Measure P8 to P12."""
    with tempfile.TemporaryDirectory(prefix="antq-exchange-") as name:
        folder = Path(name)
        return [
            *_many_bundles(_world(folder / "p8")),
            _few_changes(_world(folder / "p9"), sizes),
            *_full_export(_world(folder / "p10"), sizes.exported),
            _memory(sizes.megabytes),
        ]


def _world(folder: Path) -> World:
    """Return a commune and its receiver that know each other."""
    folder.mkdir()
    world = World(folder, load_codes(codes_folder()))
    for name in (RECEIVER, COMMUNES[0]):
        level = "receiver" if name == RECEIVER else "commune"
        new = NewProfile(level, name, OFFICER, PASSWORD)
        world.opened[name] = world.offices(name).make(world.folder / name, new)
    enrol(world.commune, world.receiver, world.stick)
    return world


# P8: many bundles, and the same bundle again


def _many_bundles(world: World) -> list[Measured]:
    """Measure how the 200th bundle costs what the first does, and what a known one costs."""
    bundles = [_bundle_of(world.commune, world, IN_EACH) for _ in range(MANY_BUNDLES + 1)]
    big = _bundle_of(world.commune, world, 50 * IN_EACH)
    world.close()
    shutil.copytree(world.folder / RECEIVER, world.folder / "empty")
    office = world.receiver
    _merge(office, bundles[0])  # unmeasured
    step = MANY_BUNDLES // PAIRS
    ratios: list[float] = []
    for start in range(1, step * PAIRS, step):
        some = bundles[start : start + step]
        ours = sum(seconds(partial(_merge, office, each)) for each in some)
        ratios.append(ours / (step * _alone(world, some[0])))
    again = seconds(partial(_merge, office, big))
    known = [seconds(lambda: office.handover.taking.take(big)) / again for _ in range(PAIRS)]
    world.close()
    name = f"P8 {step * PAIRS} bundles / as many times one"
    return [
        Measured(name, statistics.median(ratios), max(ratios), 1.2),
        Measured(
            "P8 the same bundle again / first time", statistics.median(known), max(known), 0.1
        ),
    ]


def _alone(world: World, path: Path) -> float:
    """Return how long a bundle takes in a store that has taken one before and nothing else."""
    shutil.copytree(world.folder / "empty", world.folder / "alone")
    office = world.office("alone")
    _merge(office, min(world.stick.iterdir()))
    taken = seconds(partial(_merge, office, path))
    world.close("alone")
    shutil.rmtree(world.folder / "alone")
    return taken


def _bundle_of(office: Office, world: World, count: int) -> Path:
    with store_of(office).writing(OFFICER, Action.ADD) as work:
        for _ in range(count):
            new = Record("incident", office.records.new_id(), office.unit)
            work.save(new, incident(), created=True)
    sealing = office.handover.sealing
    made = sealing.seal_up()
    _believe(office, made.row)
    return sealing.carry(made.row.digest, world.stick).path


def _merge(office: Office, path: Path) -> None:
    taking = office.handover.taking
    taking._backed_up = True
    taking.merge(taking.preview(taking.take(path)))


def _believe(office: Office, row: SentRow) -> None:
    """Let a bundle count as confirmed, without the return bundle that would say so."""
    with store_of(office).writing(OFFICER, Action.ANSWER) as work:
        exchange.put(
            work.connection,
            BasisRow(
                addressee=row.addressee, writer=row.writer, number=row.number, digest=row.digest,
                by_writer="HHHHHHHH", by_number=row.number, by_digest="0" * 64, owed="[]",
            ),
        )  # fmt: skip


# P9: a few changes in a store that holds many


def _few_changes(world: World, sizes: Sizes) -> Measured:
    """Measure sealing 500 changes where many records are held, against where few are."""
    for record in records(1):
        with store_of(world.commune).writing(OFFICER, Action.ADD) as work:
            work.save(Record(record.kind, record.id, record.owner), incident(), created=True)
    key = unlock(load(world.folder / COMMUNES[0] / SLOTS_FILE), OFFICER, PASSWORD)[1]
    _believe(world.commune, world.commune.handover.sealing.seal_up().row)
    world.close()
    for name, count in (("few", sizes.few), ("many", sizes.many)):
        shutil.copytree(world.folder / COMMUNES[0], world.folder / name)
        _fill(world.folder / name / STORE_FILE, key, count)
    ids = [record.id for record in records(CHANGES + 1)][1:]

    def prepare() -> None:
        for name in ("few", "many"):
            with store_of(world.office(name)).writing(OFFICER, Action.SET) as work:
                for record in work.records("incident", ids).values():
                    work.save(record, {"injuries": record_number(record) % 9 + 1}, created=False)

    def sealed(name: str) -> Callable[[], object]:
        def work() -> None:
            row = world.office(name).handover.sealing.seal_up().row
            assert row.records == CHANGES, row.records

        return work

    told = f"P9 export of {CHANGES} changes, {sizes.many:,} held / {sizes.few:,}"
    line = against(told, sealed("many"), sealed("few"), limit=1.2, prepare=prepare)
    world.close()
    return line


def record_number(record: Record) -> int:
    """Return how many injuries a record says."""
    return int(str(record.values().get("injuries", 0)))


def _fill(path: Path, key: bytes, count: int) -> None:
    """Write so many incidents that were confirmed long ago, by the driver alone."""
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        for statement in (*_prepare(key, cache_kib=CACHE_KIB), "PRAGMA journal_mode = WAL"):
            connection.execute(statement)
        rows: list[tuple[object, ...]] = []
        texts: list[tuple[int, str]] = []
        for number, record in enumerate(records(count), 1):
            if number == 1:
                continue  # written by the store itself
            rows.append((number, *to_row(INCIDENT, record, 1)))
            texts.append((number, search_text(INCIDENT, record)))
            if len(rows) == CHUNK or number == count:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(INTO_INCIDENT, rows)
                connection.executemany(INTO_SEARCH, texts)
                connection.execute("COMMIT")
                rows, texts = [], []
        connection.execute("UPDATE setting SET value = ? WHERE name = 'counter'", (str(count + 9),))


# P10: everything there is; P12: what stands on the stick


def _full_export(world: World, count: int) -> list[Measured]:
    """Measure sealing and carrying everything, against the least that any such export must do."""
    key = unlock(load(world.folder / COMMUNES[0] / SLOTS_FILE), OFFICER, PASSWORD)[1]
    world.close()
    store = world.folder / COMMUNES[0] / STORE_FILE
    _fill(store, key, count + 1)
    out = world.folder / "floor.age"
    recipient = world.commune.handover.devices.keys().public.age_recipient

    def ours() -> None:
        sealing = world.commune.handover.sealing
        made = sealing.seal_up()
        assert made.row.records >= count
        sealing.carry(made.row.digest, world.stick)

    def floor() -> None:
        _floor(store, key, recipient, out)

    line = against(f"P10 export of {count:,} records / its floor", ours, floor, limit=1.3)
    newest = max(world.stick.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    packed = _payload_of(world, newest)
    over = newest.stat().st_size / packed
    world.close()
    return [line, Measured("P12 bytes on the stick / packed payload", over, over, 1.02)]


def _floor(store: Path, key: bytes, recipient: str, out: Path) -> None:
    """Read, write as JSON, pack, hash, sign, encrypt, sync and read back."""
    digest, packer = hashlib.sha256(), zlib.compressobj(6, zlib.DEFLATED, -15)
    with closing(dbapi2.connect(str(store), isolation_level=None)) as connection:
        for statement in _prepare(key, cache_kib=CACHE_KIB):
            connection.execute(statement)
        rows = connection.execute("SELECT * FROM incident ORDER BY id")
        names = [column[0] for column in rows.description]

        def packed() -> Iterator[bytes]:
            for row in rows:
                line = msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n"
                digest.update(line)
                if piece := packer.compress(line):
                    yield piece
            yield packer.flush()

        with out.open("wb") as file:
            envelope.encrypt(_Pulled(packed()), file, [recipient])
            Ed25519PrivateKey.generate().sign(digest.digest())
            file.flush()
            os.fsync(file.fileno())
    with out.open("rb") as back:
        os.posix_fadvise(back.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        hashlib.file_digest(back, "sha256")


class _Pulled:
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        part, self._rest = self._rest[:size], self._rest[size:]
        return part


def _payload_of(world: World, path: Path) -> int:
    """Return how many bytes the files of a bundle's `data/` take, packed."""
    keys = world.commune.handover.devices.keys()
    whole = world.folder / "whole.zip"
    with path.open("rb") as source, whole.open("wb") as out:
        envelope.decrypt(source, out, keys.identities)
    with zipfile.ZipFile(whole) as inside:
        return sum(one.compress_size for one in inside.infolist() if "/data/" in one.filename)


# P11: how memory follows the size of a bundle


def _memory(megabytes: int) -> Measured:
    """Measure the most memory of sealing and opening a large bundle beyond that of a small one."""
    small, large = (_top(size) for size in (10, megabytes))
    more = (large - small) / 1e6
    return Measured(f"P11 memory, bundle of {megabytes:,} MB beyond 10 MB", more, more, 33.6, "M")


def _top(megabytes: int) -> int:
    command = [sys.executable, "-m", "tests.benchmarks.bench_exchange", "seal", str(megabytes)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def seal_and_open(folder: Path, megabytes: int) -> int:
    """Seal and open a bundle of so many megabytes that do not pack; return the most bytes held."""
    keys = DeviceKeys.generate(COMMUNE, HEADER.device, "Máy trực ban")
    registry = HandRegistry()
    registry.enrol(keys.public)
    desk = Desk(frozenset({COMMUNE.id}), 1, frozenset({"incident"}), frozenset({"2026.1"}), 100)
    names = [hashlib.sha256(_noise(number)).hexdigest() for number in range(megabytes)]
    blobs = (Blob(name, lambda n=n: [_noise(n)]) for n, name in enumerate(names))  # type: ignore[misc]
    lines = (b'{"id":"%032x"}' % number for number in range(1000))
    made = seal(
        folder,
        replace(HEADER, kind=BundleKind.SIBLINGS, receiver=COMMUNE),
        Content(records=[("incident", lines)], attachments=blobs),
        keys=keys,
        recipients=[keys.public],
        scratch=folder,
    )
    with open_bundle(made.path, keys=keys, registry=registry, desk=desk, scratch=folder) as opened:
        assert opened.faults == []
        read = sum(sum(map(len, opened.attachment(name))) for name in opened.attachments())
        assert read == megabytes * PIECE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _noise(number: int) -> bytes:
    return hashlib.shake_128(str(number).encode()).digest(PIECE)


def _main(words: list[str]) -> None:
    if words[:1] == ["seal"]:
        with tempfile.TemporaryDirectory(prefix="antq-exchange-") as name:
            sys.stdout.write(f"{seal_and_open(Path(name), int(words[1]))}\n")
        return
    lines = measure(WHOLE if words == ["whole"] else ORDINARY)
    sys.stdout.write(f"{table(lines)}\n")


if __name__ == "__main__":
    _main(sys.argv[1:])
