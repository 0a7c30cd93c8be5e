"""The digits that the receiver reads out are typed into the delivery register."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.services.sticks import Sticks
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.handover_places import StickWatch
from antq_desktop.ui.screens.handover_register import RegisterPage
from antq_desktop.ui.theme import Theme
from tests.exchange import World, add
from tests.ui.area_desk import area_desk_of
from tests.ui.handover_seat import Drive


@pytest.mark.parametrize("right", [True, False])
def test_digits_read_out_are_typed_into_the_register(
    world: World, theme: Theme, qtbot: QtBot, right: bool
) -> None:
    add(world.commune)
    world.merged(world.sent())
    (arrived,) = world.receiver.handover.arrivals.arrived()
    with area_desk_of(theme, qtbot, world.commune) as desk:
        holder = QWidget()
        qtbot.addWidget(holder)
        watch = StickWatch(desk.workplace, Sticks(Drive()), holder)
        page = RegisterPage(desk.workplace, watch)
        qtbot.addWidget(page)
        page.details.written.connect(page.reload)
        page.show()
        page.reload()
        desk.rest()
        desk.asker.answers.append(Answer("do", arrived.spoken if right else "0000 0001"))
        page.details.by_phone.click()
        desk.rest()
        (line,) = world.commune.handover.deliveries.register()
        if right:
            assert desk.last.endswith("đã nhận, báo qua điện thoại.")
            assert line.state is DeliveryState.TOLD
            assert page.details.by_phone.isHidden()
        else:
            assert desk.last.startswith("Không có gói nào đang chờ xác nhận mang số này.")
            assert line.state is DeliveryState.WAITING
            assert not page.details.by_phone.isHidden()
