"""Keys after the first day in the window: changed, backed up, split and joined, revoked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from antq_desktop.ui.ask import Answer, Question
from antq_desktop.ui.password import PasswordField
from antq_desktop.ui.theme import Theme
from tests.exchange import World, add, given, whole
from tests.ui.handover_seat import Seat, Sit, seating


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


@pytest.fixture
def seat(world: World, sit: Sit) -> Seat:
    found = sit(world.receiver)
    found.turn_to(found.page.enrolment)
    return found


def _answering(seat: Seat, monkeypatch: pytest.MonkeyPatch, *answers: Answer) -> list[Question]:
    asked: list[Question] = []
    left = list(answers)

    def ask(question: Question, then: Callable[[Answer], None]) -> None:
        asked.append(question)
        then(left.pop(0))

    monkeypatch.setattr(seat.asker, "ask", ask)
    return asked


PASSPHRASE = "một câu dài để cất giữ"


def _type(seat: Seat, **secrets: str) -> None:
    """Fill the question that stands open, and press its button."""
    dialog = seat.page.enrolment.keys.secret
    assert dialog is not None
    for field, secret in secrets.items():
        place = dialog.form.input(field)
        assert isinstance(place, PasswordField)
        assert place.input.echoMode() is QLineEdit.EchoMode.Password
        place.input.setText(secret)
    QTest.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    seat.rest()


def test_a_key_is_changed_backed_up_and_brought_back(
    world: World, seat: Seat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = seat.page.enrolment.keys
    devices = world.receiver.handover.devices
    first = devices.keys().public
    seat.asker.files = [tmp_path]
    seat.click(keys.backup)
    _type(seat, password=PASSPHRASE, repeated=PASSPHRASE)
    (backup,) = tmp_path.glob("*.age")
    assert keys.told.text().startswith(f"Đã ghi bản lưu {backup.name}.")
    _answering(seat, monkeypatch, Answer("stay"), Answer("go"))
    seat.click(keys.rotate)
    assert devices.keys().public == first
    seat.click(keys.rotate)
    assert devices.keys().public != first
    seat.asker.files = [backup]
    seat.click(keys.restore)
    _type(seat, password=PASSPHRASE)
    assert devices.keys().public == first


def test_a_passphrase_is_hidden_typed_twice_and_refused_in_its_place(
    seat: Seat, tmp_path: Path
) -> None:
    keys = seat.page.enrolment.keys
    seat.asker.files = [tmp_path]
    seat.click(keys.backup)
    _type(seat, password=PASSPHRASE, repeated="một câu khác")
    _type(seat, password="12345678", repeated="12345678")
    assert list(tmp_path.glob("*.age")) == []
    assert keys.secret is not None
    assert keys.secret.isVisible()
    _type(seat, password=PASSPHRASE, repeated=PASSPHRASE)
    (backup,) = tmp_path.glob("*.age")
    seat.asker.files = [backup]
    seat.click(keys.restore)
    _type(seat, password="một câu khác hẳn")
    assert keys.secret.isVisible()
    keys.secret.reject()


def test_three_sheets_are_written_and_what_was_typed_wrong_stays_to_be_mended(
    world: World, seat: Seat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = seat.page.enrolment.keys
    devices = world.receiver.handover.devices
    first = devices.keys().public
    seat.asker.files = [tmp_path]
    seat.click(keys.split)
    assert len(list(tmp_path.glob("*.pdf"))) == 3
    one, two, _three = world.receiver.handover.keyring.split()
    _answering(seat, monkeypatch, Answer("go"))
    seat.click(keys.rotate)
    seat.click(keys.join)
    dialog = keys.dialog
    assert dialog is not None
    dialog.fields["first"].set_value(" ".join(one.groups))
    dialog.fields["second"].set_value("123456 " + " ".join(two.groups[1:]))
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    seat.rest()
    assert dialog.isVisible()
    assert "chưa khớp với phiếu" in dialog.fields["second"].faults[0].message
    dialog.fields["second"].set_value(" ".join(two.groups))
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    seat.rest()
    assert devices.keys().public.key_id == first.key_id


def test_a_key_is_revoked_from_a_number_and_what_lies_above_is_taken_back(
    world: World, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(world.commune)
    world.merged(world.sent())
    good = whole(world.receiver)
    add(world.commune)
    world.merged(world.sent())
    seat.page.enrolment.reload()
    seat.rest()
    page = seat.page.enrolment
    page.table.go_to(world.commune.handover.devices.keys().public.key_id)
    _answering(seat, monkeypatch, Answer("revoke", "Mất máy"))
    seat.click(page.revoke)
    dialog = page.keys.dialog
    assert dialog is not None
    (place,) = dialog.fields.values()
    assert place.value() == 2
    place.set_value(1)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    seat.rest()
    assert "Đã rút lại 1 gói" in page.keys.told.text()
    assert whole(world.receiver) == good
    assert given(world, world.sent()).row.shelf == "signer_revoked"
