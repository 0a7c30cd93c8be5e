"""A stick that is plugged in is told wherever the officer is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.services.sticks import Sticks
from antq_desktop.ui.faults import Message
from antq_desktop.ui.plugged import PlugNotice
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.workplace import Workplace
from tests.exchange import World
from tests.ui.handover_seat import Drive, Seat, Sit, seating

UP = "ANTQ_LEN_11074_31_ABCD2345_000001.antq"
DOWN = "ANTQ_VE_31_11074_ABCD2345_000002.antq"


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


@dataclass
class Notice:
    """A window with its notice, and what it was told."""

    seat: Seat
    drive: Drive
    notice: PlugNotice
    in_front: list[bool] = field(default_factory=lambda: [False])
    went: list[str] = field(default_factory=list)

    def told(self) -> list[Message]:
        return [one for one in self.seat.told if one.text.startswith("Đã thấy USB")]

    def look(self) -> None:
        self.notice.watch.look()
        self.seat.rest()


@pytest.fixture
def beside(world: World, sit: Sit) -> Notice:
    seat = sit(world.commune)
    drive = Drive()
    made: list[Notice] = []
    workplace: Workplace = seat.screen._workplace
    notice = PlugNotice(
        workplace,
        Sticks(drive),
        seat.window,
        lambda: made[0].in_front[0],
        lambda: made[0].went.append("handover"),
    )
    made.append(Notice(seat, drive, notice))
    return made[0]


def test_a_stick_is_told_once_with_what_lies_on_it_and_the_way_there(
    beside: Notice, tmp_path: Path
) -> None:
    for name in (UP, DOWN, "ảnh.jpg"):
        (tmp_path / name).write_bytes(b"x")
    beside.look()
    assert beside.told() == []
    beside.drive.stick = tmp_path
    beside.look()
    beside.look()
    [message] = beside.told()
    assert message.text == "Đã thấy USB “USB MẪU”: 1 gói trả về, 1 gói gửi."
    assert message.offer is not None
    message.offer[1]()
    assert beside.went == ["handover"]
    beside.drive.stick = None
    beside.look()
    (tmp_path / UP).unlink()
    (tmp_path / DOWN).unlink()
    beside.drive.stick = tmp_path
    beside.look()
    assert beside.told()[-1].text == "Đã thấy USB “USB MẪU”: chưa có gói nào."


def test_nothing_is_said_where_the_page_shows_the_stick_itself(
    beside: Notice, tmp_path: Path
) -> None:
    beside.in_front[0] = True
    beside.drive.stick = tmp_path
    beside.look()
    assert beside.told() == []


def test_nobody_looks_for_sticks_while_the_window_is_hidden(beside: Notice) -> None:
    beside.seat.window.hide()
    assert not beside.notice.watch.running
    beside.seat.window.show()
    assert beside.notice.watch.running
