"""Of all that the program puts on a stick nothing can be read, and nothing of others is touched."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from antq_desktop import files
from antq_desktop.bundle.carrying import carry
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.storage.exchange import SEALED
from tests.exchange import World, add

TITLE = "Va chạm xe máy trước chợ Mẫu"
NARRATIVE = "Người dân báo lúc sáng sớm, tổ bảo vệ đến ngay."
FOREIGN = {"ảnh gia đình.jpg": b"private", "ANTQ.txt": b"not ours", "THU_MUC/x.antq": b"kept"}


class Pulled(files.FileCalls):
    """A stick that goes away after some bytes, and with it every further call."""

    def __init__(self, after: int) -> None:
        self.left = after

    def write(self, handle: int, data: memoryview) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return super().write(handle, data)

    def remove(self, path: Path) -> None:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), path)


def with_others(stick: Path) -> Path:
    for name, data in FOREIGN.items():
        path = stick / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return stick


def others_are_as_they_were(stick: Path) -> None:
    assert {name: (stick / name).read_bytes() for name in FOREIGN} == FOREIGN


def test_no_record_name_or_figure_stands_on_a_stick_in_clear(world: World) -> None:
    with_others(world.stick)
    add(world.commune, title=TITLE, narrative=NARRATIVE)
    world.round()
    world.commune.handover.sealing.carry(
        world.commune.handover.sealing.register()[0].digest, world.stick
    )
    ours = [path for path in world.stick.iterdir() if path.suffix == ".antq"]
    assert len(ours) == 2
    names = (TITLE, NARRATIVE, "Tứ Kỳ", "Hải Phòng", "incident", "Nguyễn Văn Mẫu")
    for path in ours:
        data = path.read_bytes()
        assert data.startswith(b"age-encryption.org/v1\n")
        assert [word for word in names if word.encode() in data or word in path.name] == []
    assert {path.name for path in world.stick.iterdir()} - {path.name for path in ours} == {
        name.partition("/")[0] for name in FOREIGN
    }
    others_are_as_they_were(world.stick)


@pytest.mark.parametrize("after", [0, 1000])
def test_a_stick_pulled_while_it_is_written_is_told_and_the_bundle_waits(
    world: World, after: int
) -> None:
    add(world.commune)
    earlier = world.sent()
    held = earlier.read_bytes()
    with_others(world.stick)
    sealing = world.commune.handover.sealing
    row = sealing.seal_up().row
    with pytest.raises(EnvironmentFault) as caught:
        carry(
            sealing.folder / row.file,
            world.stick,
            expected_sha256=row.sha256,
            calls=Pulled(after),
        )
    assert caught.value.code == "disk_gone"
    assert earlier.read_bytes() == held
    assert not (world.stick / row.file).exists()
    others_are_as_they_were(world.stick)
    assert sealing.row(row.digest).state == SEALED
    carried = sealing.carry(row.digest, world.stick)
    assert carried.message == "Đã ghi xong và đối chiếu. Có thể rút USB."
    left = {path.name for path in world.stick.iterdir()}
    assert left == {earlier.name, row.file, *(name.partition("/")[0] for name in FOREIGN)}
    states = {line.number: line.state for line in world.commune.handover.deliveries.register()}
    assert states[row.number] is DeliveryState.WAITING
