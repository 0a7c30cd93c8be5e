"""An erasure reaches siblings and the receiver, and no order of things brings a value back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from antq_desktop.domain.erasing import marks
from antq_desktop.domain.fields import Value
from antq_desktop.domain.merging import Stamp
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.storage import backups, erasures
from tests import pictures_of_cameras as cameras
from tests.exchange import COMMUNES, World, enrol, incident, record_in, restored
from tests.services.test_erasing import LINE, WHY, everything
from tests.stores import OFFICER, PASSWORD, store_of, unsound

FIRST, SECOND = COMMUNES[0], "second"
NAME_AT = f"involved/{LINE}/name"
CONTROL = "Giữ Lại Mãi"


def _second(world: World) -> Office:
    new = NewProfile("commune", FIRST, OFFICER, PASSWORD)
    world.opened[SECOND] = world.offices(SECOND).make(world.folder / SECOND, new)
    enrol(world.opened[SECOND], world.commune, world.stick)
    enrol(world.opened[SECOND], world.receiver, world.stick)
    return world.opened[SECOND]


def _bundle(world: World, teller: Office) -> Path:
    sealing = teller.handover.sealing
    return sealing.carry(sealing.seal_siblings().row.digest, world.stick).path


def _named(name: str) -> dict[str, Value]:
    return incident(**{f"involved/{LINE}/role": "related", NAME_AT: name})


def _committee(office: Office, name: str) -> str:
    committee = office.records.add("committee", {"name": "Ban Chỉ đạo Mẫu"})
    values = {"committee": committee.ids[0], "name": name, "role": "member"}
    return office.records.add("committee_member", values).ids[0]


def test_a_sibling_and_its_history_lose_what_was_erased_with_the_next_bundle(world: World) -> None:
    name = "Trần Thị Ví Dụ"
    record = world.commune.records.add("incident", _named(name)).ids[0]
    world.commune.attachments.add("incident", record, cameras.jpeg(), name="", caption=name)
    second = _second(world)
    old = _bundle(world, world.commune)
    world.merged(old, second)
    second.drafts.keep(record, "incident", "", {"changes": {NAME_AT: name}})
    assert name in everything(second), "the control: it came"
    world.commune.erasing.erase([("incident", record)], WHY)
    world.merged(_bundle(world, world.commune), second)
    assert name not in everything(second)
    assert second.drafts.find(record) is None
    assert second.attachments.of([record]) == {}
    assert second.verify_history().broken_at is None
    assert not list((second.folder / "bundles/received").glob("*.antq")), "kept bundles went too"
    with store_of(second).reading() as reader:
        count = reader.connection.exec_driver_sql("SELECT count(*) FROM attachment_content")
        assert count.scalar_one() == 0
        assert erasures.known(reader) == sorted(erasures.known(reader))
    assert unsound(second) == []
    world.merged(_bundle(world, second), world.commune)
    assert list(world.commune.dump()) == list(second.dump())


def test_a_bundle_sealed_before_and_merged_after_changes_nothing(world: World) -> None:
    second = _second(world)
    record = second.records.add("incident", _named("Trần Thị Ví Dụ")).ids[0]
    late = _bundle(world, second)
    kept = world.folder / late.name
    shutil.copy(late, kept)
    world.merged(late, world.commune)
    world.commune.erasing.erase([("incident", record)], WHY)
    world.merged(_bundle(world, world.commune), second)
    second.records.change("incident", record, {"title": "Tiêu đề mới"})
    for path in (kept, _bundle(world, second)):
        world.merged(path, world.commune)
    for office in (world.commune, second):
        assert "Trần Thị Ví Dụ" not in everything(office)
        assert record_in(office, record).conflicts() == ()


def test_a_value_written_apart_stays_and_is_due_again(world: World) -> None:
    values = {**_named("Trần Thị Ví Dụ"), "occurred_on": "2024", "closed_on": "2024-01-05"}
    record = world.commune.records.add("incident", {**values, "state": "closed"}).ids[0]
    second = _second(world)
    world.merged(_bundle(world, world.commune), second)
    second.records.change("incident", record, {NAME_AT: "Lê Văn Thử"})
    world.commune.erasing.erase([("incident", record)], WHY)
    assert world.commune.erasing.due() == []
    world.merged(_bundle(world, second), world.commune)
    held = record_in(world.commune, record)
    assert NAME_AT in held.conflicts()
    assert "Lê Văn Thử" in everything(world.commune)
    assert "Trần Thị Ví Dụ" not in everything(world.commune)
    assert [one.id for one in world.commune.erasing.due()] == [record]
    world.commune.erasing.erase([("incident", record)], WHY)
    world.merged(_bundle(world, world.commune), second)
    for office in (world.commune, second):
        assert "Lê Văn Thử" not in everything(office)
        assert record_in(office, record).conflicts() == ()


def test_the_receiver_loses_a_name_that_had_travelled_up(world: World) -> None:
    member = _committee(world.commune, "Phạm Thị Phụ Trách")
    world.round()
    assert "Phạm Thị Phụ Trách" in everything(world.receiver), "the control: it came"
    world.commune.erasing.erase([("committee_member", member)], WHY)
    assert not list((world.commune.folder / "bundles/sent").glob("*.antq"))
    world.round()
    assert "Phạm Thị Phụ Trách" not in everything(world.receiver)
    assert record_in(world.receiver, member, "committee_member").values()["role"] == "member"
    (row,) = [r for r in world.receiver.handover.taking.received() if r.number == 2]
    assert row.verdict == "valid", "a required name may be empty where it was erased"
    assert world.receiver.verify_history().broken_at is None
    assert unsound(world.receiver) == []


def test_an_erasure_is_not_withdrawn_with_the_bundle_that_brought_it(world: World) -> None:
    member = _committee(world.commune, "Phạm Thị Phụ Trách")
    first = world.sent()
    world.merged(first)
    world.commune.erasing.erase([("committee_member", member)], WHY)
    row = world.merged(world.sent()).row
    withdrawing = world.receiver.handover.taking.withdrawing
    withdrawing.withdraw(withdrawing.preview(row.sha256))
    world.merged(first)
    assert "Phạm Thị Phụ Trách" not in everything(world.receiver)


def test_a_bundle_that_was_dropped_says_what_to_do(world: World) -> None:
    member = _committee(world.commune, "Phạm Thị Phụ Trách")
    sealing = world.commune.handover.sealing
    made = sealing.seal_up()
    world.commune.erasing.erase([("committee_member", member)], WHY)
    with pytest.raises(Exception, match="Lập gói mới") as refused:
        sealing.carry(made.row.digest, world.stick)
    assert getattr(refused.value, "code", "") == "bundle_dropped"


@dataclass
class Course:
    """A random course of bundles, backups, restores and erasures over two PCs and a receiver.

    Attributes:
        gone: For each erasure that was ever made: its stamp, and the names that it covered.
    """

    world: World
    random: Random
    records: tuple[tuple[str, str], ...] = ()
    bundles: list[tuple[str, Path]] = field(default_factory=list)
    kept: dict[str, list[Path]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    gone: list[tuple[Stamp, frozenset[str]]] = field(default_factory=list)

    def begin(self) -> None:
        first = self.world.commune
        control = incident(title=CONTROL)
        record = first.records.add("incident", _named("Tên Số Không")).ids[0]
        member = _committee(first, "Tên Số Không")
        first.records.add("incident", control)
        self.names = ["Tên Số Không"]
        self.records = (("incident", record), ("committee_member", member))
        second = _second(self.world)
        self.world.merged(_bundle(self.world, first), second)
        for name in (FIRST, SECOND):
            self.kept[name] = []
            place = self.world.folder / f"backups-{name}"
            place.mkdir()
            self.world.office(name).set_backup_place(place)
            self.back_up(name)

    def write(self, name: str) -> None:
        token = f"Tên Số {len(self.names)}X"
        self.names.append(token)
        records = self.world.office(name).records
        (_, record), (_, member) = self.records
        records.change("incident", record, {NAME_AT: token})
        records.change("committee_member", member, {"name": token})

    def erase(self, name: str) -> None:
        office = self.world.office(name)
        covered = frozenset(token for token in self.names if token in everything(office))
        office.erasing.erase(self.records, WHY)
        stamps = marks(record_in(office, self.records[0][1]))
        self.gone.append((max(stamps), covered))

    def back_up(self, name: str) -> None:
        office = self.world.office(name)
        made = backups.make(
            store_of(office),
            self.world.folder / f"backups-{name}",
            self.world.clock.now().date(),
        )
        self.kept[name].append(made)

    def restore(self, name: str) -> None:
        restored(self.world, name, self.random.choice(self.kept[name]))

    def carry(self, name: str) -> None:
        other = SECOND if name == FIRST else FIRST
        path = _bundle(self.world, self.world.office(name))
        copy = self.world.folder / f"copy-{len(self.bundles)}.antq"
        shutil.copy(path, copy)
        self.bundles.append((other, copy))
        if self.random.random() < 0.7:
            self.world.merged(copy, self.world.office(other))

    def replay(self, name: str) -> None:
        mine = [path for to, path in self.bundles if to == name]
        if mine:
            self.world.merged(self.random.choice(mine), self.world.office(name))

    def up(self, name: str) -> None:
        self.world.merged(self.world.sent(self.world.office(name)), self.world.receiver)

    def look(self) -> None:
        """No store that knows of an erasure holds what that erasure covered."""
        for office in (self.world.commune, self.world.office(SECOND), self.world.receiver):
            held = everything(office)
            for kind, record in self.records:
                with store_of(office).reading() as reader:
                    found = reader.record(kind, record)
                known = marks(found) if found else frozenset()
                seen = dict(found.up.seen() | found.siblings.seen()) if found and known else {}
                for stamp, covered in self.gone:
                    if seen.get(stamp.writer, 0) >= stamp.counter:
                        assert [name for name in covered if name in held] == []
            assert office.verify_history().broken_at is None

    def meet(self) -> None:
        for _ in range(2):
            for name in (FIRST, SECOND):
                other = SECOND if name == FIRST else FIRST
                path = _bundle(self.world, self.world.office(name))
                self.world.merged(path, self.world.office(other))
        for name in (FIRST, SECOND):
            self.up(name)


@pytest.mark.parametrize("seed", range(4))
def test_no_order_of_bundles_backups_and_erasures_brings_a_value_back(
    world: World, seed: int
) -> None:
    course = Course(world, Random(seed))  # noqa: S311 - it need not be secret
    course.begin()
    steps = [course.write, course.erase, course.back_up, course.restore]
    steps += [course.carry, course.carry, course.replay, course.up]
    for _ in range(14):
        course.random.choice(steps)(course.random.choice((FIRST, SECOND)))
        course.look()
    course.erase(FIRST)
    course.meet()
    course.look()
    for office in (world.commune, world.office(SECOND), world.receiver):
        held = everything(office)
        assert CONTROL in held, "the control: what nobody erased is everywhere"
        for _stamp, covered in course.gone:
            assert [name for name in covered if name in held] == []
