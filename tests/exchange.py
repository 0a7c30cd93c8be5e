"""A receiver and communes that know each other, made once in a run and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from antq_desktop.bundle.writing import Content, seal
from antq_desktop.catalogue.lock import version
from antq_desktop.domain.answers import Answer
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.exchange import BundleKind, Header
from antq_desktop.domain.fields import Value
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import SPECS, Specs
from antq_desktop.paths import forms_folder
from antq_desktop.services.dumping import dump
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.profiles import NewProfile, Profiles
from antq_desktop.services.taking import Merged, Taken
from antq_desktop.storage import backups
from antq_desktop.storage.migrations import NEWEST, STEPS
from antq_desktop.storage.store import Outside
from antq_desktop.storage.vault import FLOOR
from tests.fakes import CountedBytes, SetClock
from tests.stores import OFFICER, PASSWORD, store_of

RECEIVER = "31"
COMMUNES = ("11074", "11914", "10660")
NAMES = (RECEIVER, *COMMUNES)
WRITER = "HHHHHHHH"


@dataclass
class World:
    """Profiles beside each other, a stick between them, and who has which one open.

    Attributes:
        folder: Where the profiles lie, each in a folder named by the code of its unit.
        stick: What is carried.
        opened: Offices at work, by the name of their profile.
    """

    folder: Path
    codes: Codes
    clock: SetClock = field(default_factory=SetClock)
    opened: dict[str, Office] = field(default_factory=dict)
    seeds: int = 0

    @property
    def stick(self) -> Path:
        folder = self.folder / "usb"
        folder.mkdir(exist_ok=True)
        return folder

    def outside(self, name: str) -> Outside:
        self.seeds += 1
        return Outside(self.clock, CountedBytes(f"{name}/{self.folder.name}/{self.seeds}"), FLOOR)

    def offices(self, name: str, specs: Specs = SPECS, codes: Codes | None = None) -> Offices:
        outside = self.outside(name)
        return Offices(Profiles(outside, specs), codes or self.codes, outside)

    def office(self, name: str, codes: Codes | None = None) -> Office:
        """Return the office of a profile, opened at the first call."""
        if name not in self.opened:
            offices = self.offices(name, codes=codes)
            self.opened[name] = offices.open(self.folder / name, OFFICER, PASSWORD)
        return self.opened[name]

    @property
    def receiver(self) -> Office:
        return self.office(RECEIVER)

    @property
    def commune(self) -> Office:
        return self.office(COMMUNES[0])

    def close(self, *names: str) -> None:
        for name in names or tuple(self.opened):
            self.opened.pop(name).close()

    def sent(self, commune: Office | None = None) -> Path:
        """Seal a commune's bundle, carry it, and return where it stands on the stick."""
        sealing = (commune or self.commune).handover.sealing
        return sealing.carry(sealing.seal_up().row.digest, self.stick).path

    def merged(self, path: Path, into: Office | None = None) -> Merged:
        taking = (into or self.receiver).handover.taking
        return taking.merge(taking.preview(taking.take(path)))

    def answered(self, commune: Office | None = None) -> Path:
        """Make the receiver's return bundle for a commune and return where it lies."""
        handover = self.receiver.handover
        unit = (commune or self.commune).handover.devices.own_unit()
        row = handover.returning.seal(unit).row
        return handover.sealing.carry(row.digest, self.stick).path

    def round(self, commune: Office | None = None) -> None:
        """Send, merge, answer, and take the answer in."""
        office = commune or self.commune
        self.merged(self.sent(office))
        office.handover.returning.accept(self.answered(office))


def incident(**values: Value) -> dict[str, Value]:
    """Return the fields of an incident."""
    return {
        "title": "Va chạm xe đạp ở đường thôn",
        "kind": "social_order",
        "state": "new",
        "occurred_on": "2026-11-02",
        **values,
    }


def add(office: Office, **values: Value) -> str:
    """Record an incident and return its id."""
    return office.records.add("incident", incident(**values)).ids[0]


def record_in(office: Office, record_id: str, kind: str = "incident") -> Record:
    """Return a record that a store must hold."""
    with store_of(office).reading() as reader:
        found = reader.record(kind, record_id)
    assert found is not None
    return found


def up(office: Office) -> list[bytes]:
    """Return all of a store that travels up."""
    return list(dump(store_of(office), only_up=True))


def own_up(office: Office, unit: Office) -> list[bytes]:
    """Return what a store holds of a unit, as far as it travels up."""
    mark = f'"owner":"{unit.unit}"'.encode()
    return [line for line in up(office) if mark in line]


def whole(office: Office) -> list[bytes]:
    """Return the logical content of a store."""
    return list(office.dump())


def header_of(office: Office, **changes: object) -> Header:
    """Return a header that a commune's device could write; `changes` are what it lies about."""
    handover = office.handover
    keys = handover.devices.keys()
    honest = Header(
        kind=BundleKind.UP,
        sender=keys.public.unit,
        receiver=changes.get("receiver") or handover.devices.addressee(),  # type: ignore[arg-type]
        device=keys.public.device,
        writer=WRITER,
        number=1,
        counter=1000,
        schema=NEWEST,
        catalogue=version(forms_folder()),
        program="0.1.0",
        claimed="2026-11-21T08:05:30",
        spoken="01234567",
    )
    return replace(honest, **changes)  # type: ignore[arg-type]  # a test names real fields


def forged(
    world: World,
    office: Office,
    lines: Mapping[str, Iterable[bytes]],
    **changes: object,
) -> Path:
    """Seal any lines with the keys of a commune's device, as a hostile device could."""
    return forged_answer(world, office, lines, None, **changes)


def forged_answer(
    world: World,
    office: Office,
    lines: Mapping[str, Iterable[bytes]],
    answer: Answer | None,
    /,
    **changes: object,
) -> Path:
    """Seal any lines and any answer with the keys of a device."""
    header = header_of(office, **changes)
    devices = office.handover.devices
    folder = world.folder / f"forged-{sum(1 for _ in world.folder.iterdir())}"
    folder.mkdir()
    return seal(
        folder,
        header,
        Content(records=lines.items(), answer=answer.to_lines() if answer else ()),
        keys=devices.keys(),
        recipients=devices.of_unit(header.receiver.id),
        scratch=world.folder,
    ).path


def given(world: World, path: Path) -> Taken:
    """Take a file at the receiver."""
    return world.receiver.handover.taking.take(path)


def restored(world: World, name: str, backup: Path) -> None:
    """Put a backup in place of a profile, as after a broken disk."""
    if name in world.opened:
        world.close(name)
    shutil.rmtree(world.folder / name)
    backups.restore(
        backup,
        world.folder / name,
        officer=OFFICER,
        password=PASSWORD,
        outside=world.outside(name),
        specs=SPECS,
        steps=STEPS,
    )


def backup_of(world: World, name: str) -> Path:
    """Back a profile up as it is now, and return the file."""
    store = store_of(world.office(name))
    return backups.make(store, world.folder, world.clock.now().date())


def code_of(office: Office) -> str:
    """Return the code that a person reads on the slip of an office."""
    return " ".join(office.handover.devices.keys().public.fingerprint)


def enrol(one: Office, other: Office, stick: Path) -> None:
    """Let two offices accept each other's device."""
    for teller, hearer in ((one, other), (other, one)):
        slip = teller.handover.devices.write_slip(stick)
        hearer.handover.devices.enrol(slip, code_of(teller))


@pytest.fixture(scope="session")
def world_made_once(tmp_path_factory: pytest.TempPathFactory, codes: Codes) -> Path:
    """Return a folder of profiles that know each other; never opened, only copied."""
    world = World(tmp_path_factory.mktemp("made-once") / "world", codes)
    world.folder.mkdir()
    for name in NAMES:
        level = "receiver" if name == RECEIVER else "commune"
        new = NewProfile(level, name, OFFICER, PASSWORD)
        world.opened[name] = world.offices(name).make(world.folder / name, new)
    for name in COMMUNES:
        enrol(world.office(name), world.receiver, world.stick)
    world.close()
    shutil.rmtree(world.stick)
    return world.folder


@pytest.fixture
def world(world_made_once: Path, tmp_path: Path, codes: Codes) -> Iterator[World]:
    """Return a receiver and three communes that know each other."""
    made = World(tmp_path / "world", codes)
    shutil.copytree(world_made_once, made.folder)
    yield made
    made.close()
