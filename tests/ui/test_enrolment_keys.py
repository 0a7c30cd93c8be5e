"""Keys after the first day in the window: changed, backed up, split and joined, revoked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.ui.ask import Answer, Question
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


def test_a_key_is_changed_backed_up_and_brought_back(
    world: World, seat: Seat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = seat.page.enrolment.keys
    devices = world.receiver.handover.devices
    first = devices.keys().public
    words = Answer("go", "một câu dài để cất giữ")
    seat.asker.files = [tmp_path]
    _answering(seat, monkeypatch, words)
    seat.click(keys.backup)
    (backup,) = tmp_path.glob("*.age")
    assert keys.told.text().startswith(f"Đã ghi bản lưu {backup.name}.")
    _answering(seat, monkeypatch, Answer("stay"), Answer("go"))
    seat.click(keys.rotate)
    assert devices.keys().public == first
    seat.click(keys.rotate)
    assert devices.keys().public != first
    seat.asker.files = [backup]
    _answering(seat, monkeypatch, words)
    seat.click(keys.restore)
    assert devices.keys().public == first


def test_three_sheets_are_written_and_a_group_typed_wrong_is_named(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = seat.page.enrolment.keys
    seat.asker.files = [tmp_path]
    seat.click(keys.split)
    assert len(list(tmp_path.glob("*.pdf"))) == 3
    _answering(seat, monkeypatch, Answer("go", "123456 123456"), Answer("go", "123456"))
    seat.click(keys.join)
    assert "chưa khớp với phiếu" in keys.told.text()


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
    asked = _answering(seat, monkeypatch, Answer("revoke", "Mất máy"), Answer("go", "1"))
    seat.click(page.revoke)
    assert asked[1].given == "2"
    assert "Đã rút lại 1 gói" in page.keys.told.text()
    assert whole(world.receiver) == good
    assert given(world, world.sent()).row.shelf == "signer_revoked"
