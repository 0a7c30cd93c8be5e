"""Accepting another device by its signed paper, in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.ui.theme import Theme
from tests.exchange import World
from tests.stores import OFFICER, PASSWORD
from tests.ui.handover_seat import Seat, Sit, groups_of, seating
from tests.ui.keyboards import press, send


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


def newcomer(world: World, code: str = "11050") -> Office:
    """Return a commune that nobody knows yet."""
    new = NewProfile("commune", code, OFFICER, PASSWORD)
    made = world.offices("new").make(world.folder / f"new-{code}", new)
    world.opened[f"new-{code}"] = made
    return made


def opened(seat: Seat, slip: Path) -> None:
    seat.turn_to(seat.page.enrolment)
    seat.asker.files = [slip]
    seat.click(seat.page.enrolment.accepting.file)


def shown(seat: Seat) -> str:
    return " ".join(label.text() for label in seat.page.findChildren(QLabel))


@pytest.fixture
def slip(world: World) -> Path:
    return world.receiver.handover.devices.write_slip(world.stick)


@pytest.fixture
def seat(world: World, sit: Sit) -> Seat:
    return sit(newcomer(world))


def test_the_code_is_asked_for_and_not_shown(world: World, seat: Seat, slip: Path) -> None:
    opened(seat, slip)
    accepting = seat.page.enrolment.accepting
    assert accepting.who.text() == "Thành phố Hải Phòng (mã đơn vị 31) · Máy 01"
    for group in groups_of(world.receiver):
        assert group not in shown(seat)
    assert not accepting.accept.isEnabled()


def test_a_wrong_group_is_marked_when_it_is_left(world: World, seat: Seat, slip: Path) -> None:
    opened(seat, slip)
    groups = list(groups_of(world.receiver))
    groups[2] = f"{(int(groups[2]) + 1) % 100_000:05d}"
    seat.type_code(groups)
    code = seat.page.enrolment.accepting.code
    code.check_all()
    assert code.wrong() == (2,)
    assert code.groups[2].accessibleDescription() == "khác phiếu"
    assert code.groups[3].accessibleDescription() == "đúng"
    seat.click(seat.page.enrolment.accepting.accept)
    assert "Mã đối chiếu khác ở nhóm số 3." in seat.page.enrolment.accepting.told.text()
    assert seat.office.handover.devices.known() == []


def test_a_group_is_judged_only_once_it_is_left(world: World, seat: Seat, slip: Path) -> None:
    opened(seat, slip)
    code = seat.page.enrolment.accepting.code
    code.groups[0].setFocus()
    send(code.groups[0], "12")
    assert code.groups[0].accessibleDescription() == ""
    press(code.groups[0], Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: code.groups[0].accessibleDescription() == "khác phiếu")


def test_letters_are_no_digits_and_a_full_group_goes_on(seat: Seat, slip: Path) -> None:
    opened(seat, slip)
    code = seat.page.enrolment.accepting.code
    code.groups[0].setFocus()
    send(code.groups[0], "1a2b345")
    assert code.groups[0].text() == "12345"
    assert code.groups[1].hasFocus()
    press(code.groups[1], Qt.Key.Key_Backspace, "\b")
    assert code.groups[0].hasFocus()


def test_a_code_scanned_or_pasted_whole_fills_every_group(
    world: World, seat: Seat, slip: Path
) -> None:
    opened(seat, slip)
    code = seat.page.enrolment.accepting.code
    QApplication.clipboard().setText(" ".join(groups_of(world.receiver)))
    press(code.groups[0], Qt.Key.Key_V, "v", Qt.KeyboardModifier.ControlModifier)
    assert code.typed() == groups_of(world.receiver)
    assert code.wrong() == ()
    seat.click(seat.page.enrolment.accepting.accept)
    assert seat.last == "Đã nhận đăng ký máy của Thành phố Hải Phòng."
    table = seat.page.enrolment.table
    assert table.model().index(0, 0).data() == "Thành phố Hải Phòng"


def test_the_slip_of_this_very_device_is_refused(seat: Seat, world: World) -> None:
    opened(seat, seat.office.handover.devices.write_slip(world.stick))
    told = seat.page.enrolment.accepting.told
    assert told.text() == "Đây là tệp đăng ký của chính máy này. Chọn tệp của đơn vị kia."
    assert told.tone == "fault"
    assert not seat.page.enrolment.accepting.code.isEnabled()


def test_a_foreign_file_and_a_pulled_stick_are_told(seat: Seat, tmp_path: Path) -> None:
    foreign = tmp_path / "anh.antqkey"
    foreign.write_bytes(b"\xff\xd8")
    for path in (foreign, tmp_path / "none.antqkey"):
        opened(seat, path)
        assert seat.page.enrolment.accepting.told.tone == "fault"
        assert seat.page.enrolment.accepting.told.text().endswith(".")


def test_a_device_known_already_is_not_accepted_twice(world: World, sit: Sit, slip: Path) -> None:
    seat = sit(world.commune)
    opened(seat, slip)
    seat.type_code(groups_of(world.receiver))
    seat.click(seat.page.enrolment.accepting.accept)
    told = seat.page.enrolment.accepting.told.text()
    assert told == "Máy này của Thành phố Hải Phòng đã được đăng ký."


def test_file_and_paper_of_the_slip_are_written_together(seat: Seat, world: World) -> None:
    seat.turn_to(seat.page.enrolment)
    own = seat.page.enrolment.own
    assert not own.write.isEnabled()
    seat.plug(world.stick)
    seat.strike(own.write)
    assert sorted(path.suffix for path in world.stick.iterdir()) == [".antqkey", ".pdf"]
    assert own.told.text().startswith("Đã ghi tệp và phiếu đăng ký.")
    assert own.when.text().startswith("Đã ghi lần gần nhất lúc ")
    assert [group in shown(seat) for group in groups_of(seat.office)] == [True] * 8


def test_a_slip_dropped_on_the_first_page_opens_the_enrolment(seat: Seat, slip: Path) -> None:
    seat.drop(seat.page.send.receipt, slip)
    assert seat.page.tabs.currentWidget() is seat.page.enrolment
    assert seat.page.enrolment.accepting.code.isEnabled()


def test_a_stick_offers_only_the_slip_that_is_not_known(world: World, sit: Sit, slip: Path) -> None:
    seat = sit(world.receiver)
    seat.turn_to(seat.page.enrolment)
    world.commune.handover.devices.write_slip(world.stick)
    seat.plug(world.stick)
    assert not seat.page.enrolment.accepting.stick.isVisible()
    newcomer(world).handover.devices.write_slip(world.stick)
    seat.plug(world.stick)
    seat.click(seat.page.enrolment.accepting.stick)
    assert "mã đơn vị 11050" in seat.page.enrolment.accepting.who.text()
