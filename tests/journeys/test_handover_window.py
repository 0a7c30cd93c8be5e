"""The whole way in two windows: commune, receiver, commune, by clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.codes import Codes
from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.ui.theme import Theme
from tests.stores import OFFICER, PASSWORD, offices_of, outside
from tests.ui.handover_seat import Seat, Sit, groups_of, seating
from tests.ui.keyboards import press

RESOURCES = Path(__file__).parents[2] / "resources"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    made = Theme(RESOURCES)
    made.apply(qapp)
    return made


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


def made(folder: Path, codes: Codes, level: str, unit: str) -> Office:
    new = NewProfile(level, unit, OFFICER, PASSWORD)
    return offices_of(outside(unit), codes).make(folder / unit, new)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def enrol_each_other(commune: Seat, receiver: Seat) -> None:
    receiver.turn_to(receiver.page.enrolment)
    receiver.click(receiver.page.enrolment.own.write)
    commune.plug(commune.drive.stick)
    commune.click(commune.page.send.guide.enrol)
    commune.click(commune.page.enrolment.accepting.stick)
    commune.type_code(groups_of(receiver.office))
    commune.strike(commune.page.enrolment.accepting.accept)
    assert "Đã nhận đăng ký máy của Thành phố Hải Phòng." in commune.last
    commune.click(commune.page.enrolment.own.write)
    receiver.plug(receiver.drive.stick)
    receiver.strike(receiver.page.enrolment.accepting.stick)
    receiver.type_code(groups_of(commune.office))
    receiver.click(receiver.page.enrolment.accepting.accept)
    assert receiver.last == "Đã nhận đăng ký máy của Xã Tứ Kỳ."


def test_a_record_goes_up_and_its_receipt_comes_back_by_clicks_and_keys(
    tmp_path: Path, codes: Codes, stick: Path, sit: Sit
) -> None:
    commune = sit(made(tmp_path, codes, "commune", "11074"))
    receiver = sit(made(tmp_path, codes, "receiver", "31"))
    record = {"title": "Cháy đống rơm ở Thôn Mẫu", "kind": "fire", "state": "new"}
    commune.office.records.add("incident", {**record, "occurred_on": "2026-11-02"})
    for seat in (commune, receiver):
        seat.plug(stick)
    assert not commune.page.send.waiting.seal.isEnabled()
    enrol_each_other(commune, receiver)

    send = commune.page.send
    commune.turn_to(send)
    assert send.waiting.total.text() == "2 hồ sơ chờ gửi · Thành phố Hải Phòng"
    commune.strike(send.waiting.seal)
    assert "Đã ghi xong và đối chiếu. Có thể rút USB." in send.waiting.told.text()
    assert not send.guide.isVisible()

    take = receiver.page.take
    receiver.turn_to(take)
    receiver.plug(stick)
    receiver.click(take.drop.stick)
    assert take.told.text() == "Đã kiểm tra 1 tệp: 1 hợp lệ."
    receiver.qtbot.waitUntil(take.preview.merge.isEnabled)
    tree = take.preview.tree
    tops = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    heads = [top for top in tops if top is not None]
    assert [(head.text(0), head.text(1)) for head in heads] == [
        ("Hồ sơ mới", "2"),
        ("Số liệu báo cáo năm 2026 thay đổi", ""),
    ]
    figure = heads[1].child(0)
    assert figure is not None
    assert (figure.text(0), figure.text(1)) == ("Vụ việc về trật tự", "+1")
    receiver.strike(take.preview.merge)
    assert receiver.last == "Đã nhập gói số 1 của Xã Tứ Kỳ: 2 mới."

    units = receiver.page.units
    receiver.turn_to(units)
    assert units.summary.text().endswith("1 đơn vị cần gói trả về")
    receiver.strike(units.all)
    assert units.told.text().startswith("Đã lập gói trả về cho Xã Tứ Kỳ.")
    assert "cần gói trả về" not in units.summary.text()

    commune.plug(stick)
    commune.click(send.receipt.stick)
    assert send.receipt.told.text() == "Thành phố Hải Phòng xác nhận: 1 gói đã được nhận."
    assert send.waiting.total.text() == "Đã gửi hết · Thành phố Hải Phòng"
    commune.turn_to(commune.page.register)
    digest = commune.page.register.table.current_id()
    line = commune.office.handover.deliveries.register()[0]
    assert (line.digest, line.state) == (digest, DeliveryState.ACKNOWLEDGED)
    assert commune.page.register.details.state.text() == "đã được xác nhận"
    reply = commune.office.handover.deliveries.reply(digest)
    assert reply is not None
    assert reply.totals == ((Outcome.NEW, 2),)


def test_the_tabs_are_walked_by_keys(tmp_path: Path, codes: Codes, sit: Sit) -> None:
    seat = sit(made(tmp_path, codes, "receiver", "31"))
    tabs = seat.page.tabs
    bar, offered = tabs.tabBar(), [at for at in range(tabs.count()) if tabs.isTabVisible(at)]
    assert offered != list(range(tabs.count()))  # nobody stands above this unit
    for wanted in offered[1:]:
        press(bar, Qt.Key.Key_Right)
        seat.rest()
        assert seat.page.tabs.currentIndex() == wanted
