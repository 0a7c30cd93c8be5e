"""A commune whose disk was copied whole: two copies that both go on, and the unit above."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from antq_desktop.services.forks import Fork, Settled
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from tests.exchange import COMMUNES, World, add, given
from tests.stores import store_of

REASON = "Chép cả ổ đĩa sang máy mới ngày 12/11"
WHO = "Nguyễn Văn Mẫu, Trưởng Công an xã"
SHARED, ALONE = "Va chạm xe đạp ở đường thôn", "Mất xe đạp ở nhà văn hóa"


@dataclass
class Twins:
    """A commune whose disk was copied whole, and the record that both copies edit."""

    world: World
    one: Office
    two: Office
    shared: str

    def fork(self) -> Fork:
        (found,) = self.world.receiver.handover.forks.found()
        return found

    def settle(self, *, keep_other: bool = False) -> Settled:
        return self.world.receiver.handover.forks.settle(
            self.fork(), keep_other=keep_other, reason=REASON, confirmed_by=WHO
        )

    def hear(self, *who: Office) -> list[str]:
        """Let the receiver answer, let these copies take it in, and return what each was told."""
        answer = self.world.answered(self.one)
        return [office.handover.returning.accept(answer).sentence for office in who]

    def titles_above(self) -> set[object]:
        store = store_of(self.world.receiver)
        with store.reading() as reader:
            records = list(reader.all_records("incident"))
        return {entry.value for record in records for entry in record.up.fields["title"].entries}


def _set(office: Office, record: str, **values: str) -> None:
    office.records.save((Edit("incident", record, dict(values)),))


def sent_by_copy(world: World, office: Office) -> Path:
    """Carry a bundle of the second copy on a stick of its own: both name their files alike."""
    stick = world.folder / "usb-2"
    stick.mkdir(exist_ok=True)
    sealing = office.handover.sealing
    return sealing.carry(sealing.seal_up().row.digest, stick).path


@pytest.fixture
def twins(world: World) -> Twins:
    """Return two copies, each with work of its own, and the bundles of both above."""
    shared = add(world.commune)
    world.round()
    world.close(COMMUNES[0])
    shutil.copytree(world.folder / COMMUNES[0], world.folder / "copy")
    one, two = world.commune, world.office("copy")
    _set(one, shared, title="Va chạm xe đạp, một người bị thương")
    _set(two, shared, title="Va chạm xe đạp ở cổng chợ")
    add(one, title="Đánh nhau ở quán nước")
    add(two, title=ALONE)
    world.merged(world.sent(one))
    assert given(world, sent_by_copy(world, two)).row.shelf == "fork_number"
    return Twins(world, one, two, shared)
