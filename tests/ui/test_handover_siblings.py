"""*Máy cùng đơn vị*: one officer, two devices, one stick."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.ui.theme import Theme
from tests.exchange import World, add, whole
from tests.services.test_siblings import joined
from tests.ui.handover_seat import Seat, Sit, seating


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


def _at_siblings(seat: Seat, world: World) -> None:
    seat.turn_to(seat.page.siblings)
    seat.plug(world.stick)


def test_the_second_device_gets_everything_from_the_first_and_answers_it(
    world: World, sit: Sit
) -> None:
    add(world.commune, narrative="Chỉ trong đơn vị")
    second = joined(world, "02", world.commune)
    for path in world.stick.iterdir():
        path.unlink()
    first_seat = sit(world.commune)
    _at_siblings(first_seat, world)
    page = first_seat.page.siblings
    assert page.state.text() == "Máy 02: chưa xác nhận gói nào, gói sau mang đủ mọi hồ sơ."
    first_seat.click(page.share)
    assert page.told.text().startswith("Đã lập gói nội bộ số 1: 2 hồ sơ.")

    second_seat = sit(second)
    _at_siblings(second_seat, world)
    page = second_seat.page.siblings
    assert page.state.text().startswith("Máy này chưa có dữ liệu của đơn vị.")
    assert page.take is not None
    second_seat.click(page.take.drop.stick)
    second_seat.qtbot.waitUntil(page.take.preview.merge.isEnabled, timeout=20_000)
    second_seat.click(page.take.preview.merge)
    assert whole(second) == whole(world.commune)
    assert "chưa có dữ liệu" not in page.state.text()


def test_without_another_device_the_page_leads_to_enrolment(world: World, sit: Sit) -> None:
    seat = sit(world.commune)
    seat.turn_to(seat.page.siblings)
    page = seat.page.siblings
    assert not page.share.isEnabled()
    assert "chưa đăng ký máy nào khác" in page.state.text()
    seat.click(page.enrol)
    assert seat.page.tabs.currentWidget() is seat.page.enrolment
