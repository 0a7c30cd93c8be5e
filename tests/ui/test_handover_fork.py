"""Two copies of one store that both sent, repaired in the window on both sides; admission too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.ui.ask import Answer, Question
from antq_desktop.ui.theme import Theme
from tests.exchange import World, add, given
from tests.twins import ALONE, REASON, WHO, Twins
from tests.ui.handover_seat import Seat, Sit, seating


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


def _press(seat: Seat, dialog: object) -> None:
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    seat.rest()


def test_the_receiver_reads_both_chooses_and_the_minute_stands_in_front(
    twins: Twins, sit: Sit
) -> None:
    seat = sit(twins.world.receiver)
    shelves = seat.page.shelves
    seat.turn_to(shelves)
    QApplication.processEvents()  # the list makes room for what stands beside it
    seat.click(shelves.mend)
    dialog, table = shelves.repair.dialog, shelves.repair.table
    assert dialog is not None
    assert table is not None
    model = table.model()
    cells = {str(model.index(row, 3).data()) for row in range(model.rowCount())}
    assert ALONE in cells
    _press(seat, dialog)
    assert dialog.isVisible()
    assert {name for name, field in dialog.fields.items() if field.faults} == {
        "reason",
        "confirmed_by",
    }
    dialog.fields["reason"].set_value(REASON)
    dialog.fields["confirmed_by"].set_value(WHO)
    _press(seat, dialog)
    assert "giữ gói đã nhập trước" in shelves.told.text()
    assert seat.page.preview is not None
    assert twins.fork().settled is not None


def test_the_copy_that_steps_back_is_told_and_begins_anew(
    twins: Twins, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins.settle()
    twins.hear(twins.two)
    seat = sit(twins.two)
    card = seat.page.send.twin
    seat.page.send.reload()
    seat.rest()
    assert "giữ gói số 2" in card.seen.text()

    def ask(question: Question, then: Callable[[Answer], None]) -> None:
        assert question.reason_label
        then(Answer("begin", REASON))

    monkeypatch.setattr(seat.asker, "ask", ask)
    seat.click(card.begin)
    assert card.told.text().startswith("Đã bắt đầu bản dữ liệu mới")
    assert not card.begin.isVisible()
    assert twins.two.handover.restarting.twin() is None


def test_a_bundle_of_a_revoked_key_is_let_in_by_number_and_identity_from_paper(
    world: World, sit: Sit
) -> None:
    add(world.commune)
    sent = world.sent()
    identity = world.commune.handover.sealing.register()[0].digest
    key = world.commune.handover.devices.keys().public.key_id
    world.receiver.handover.keyring.revoke(key, "Mất máy")
    assert given(world, sent).row.shelf == "signer_revoked"
    seat = sit(world.receiver)
    shelves = seat.page.shelves
    seat.turn_to(shelves)
    QApplication.processEvents()
    assert not shelves.mend.isVisible()
    seat.click(shelves.admit)
    dialog = shelves.admission
    assert dialog is not None
    dialog.fields["number"].set_value(1)
    dialog.fields["identity"].set_value("0" * 16)
    _press(seat, dialog)
    assert dialog.isVisible()
    assert "khác với sổ giao nhận đã ký" in dialog.fields["identity"].faults[0].message
    dialog.fields["identity"].set_value(identity[:16])
    _press(seat, dialog)
    assert shelves.told.text().endswith("Gói nay chờ nhập.")
    assert shelves.table.model().rowCount() == 0
