"""The first run of a second device: from the slip of the first one to a profile that waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.services.firststart import Answers, Step, carry_out
from antq_desktop.ui.entry import EntryWindow
from antq_desktop.ui.firstrun import FirstRunPages
from antq_desktop.ui.theme import Theme
from tests.exchange import World, add, code_of, whole
from tests.ui.keyboards import send
from tests.ui.test_firstrun import Chooser


@pytest.fixture
def slip(world: World) -> Path:
    """Where the slip of the first device lies, or what a test puts in its place."""
    return world.commune.handover.devices.write_slip(world.stick)


@pytest.fixture
def pages(theme: Theme, qtbot: QtBot, world: World, slip: Path) -> Iterator[FirstRunPages]:
    chooser = Chooser()
    chooser.path = slip
    made = FirstRunPages(theme, lambda: chooser, world.folder / "máy hai")
    window = EntryWindow(theme, "0.1.0")
    qtbot.addWidget(window)
    window.show_page(made)
    window.show()
    yield made
    window.close()


def _step(pages: FirstRunPages) -> Step:
    return pages.machine.step


def test_a_second_device_is_made_from_the_slip_and_the_typed_code(
    world: World, pages: FirstRunPages
) -> None:
    add(world.commune)
    asked: list[Answers] = []
    pages.made_asked.connect(asked.append)
    pages.level.ways[2].setChecked(True)
    pages.go_on()
    assert _step(pages) is Step.UNIT
    pages.go_on()
    assert pages.fault.startswith("✕ Chưa chọn tệp đăng ký")
    pages.joins.choose.click()
    assert pages.joins.told.startswith("Xã Tứ Kỳ (mã đơn vị 11074)")
    groups = code_of(world.commune).split()
    for box, digits in zip(pages.joins.code.groups, [*groups[:-1], "00000"], strict=True):
        send(box, digits)
    pages.go_on()
    assert pages.fault.startswith("✕ Mã đối chiếu khác ở nhóm số 8.")
    pages.joins.code.groups[-1].clear()
    send(pages.joins.code.groups[-1], groups[-1])
    pages.go_on()
    send(pages.officer.input, "Trần Thị Ví Dụ")
    pages.go_on()
    for field in (pages.password.first, pages.password.second):
        send(field.input, "một câu dài để thử")
    pages.go_on()
    assert pages.on.text() == "Tạo dữ liệu"
    pages.go_on()
    assert _step(pages) is Step.DONE
    office, records = carry_out(
        world.offices("2"), world.folder / "máy hai", asked[0], lambda _: True
    )
    world.opened["máy hai"] = office
    assert records == 0
    devices = office.handover.devices
    world.commune.handover.devices.enrol(devices.write_slip(world.stick), code_of(office))
    sealing = world.commune.handover.sealing
    world.merged(sealing.carry(sealing.seal_siblings().row.digest, world.stick).path, office)
    assert whole(office) == whole(world.commune)
    pages.finish(0)


def test_a_file_that_is_no_slip_is_told_on_the_page(pages: FirstRunPages, slip: Path) -> None:
    slip.write_bytes(b"{}\n")
    pages.level.ways[2].setChecked(True)
    pages.go_on()
    pages.joins.choose.click()
    assert pages.joins.told.startswith("✕ Tệp đăng ký máy không đúng quy định.")
