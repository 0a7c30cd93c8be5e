"""*Giao nhận* without a stick: the sheet is printed, scanned, read and answered by the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.zero_reports import REPORTED
from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.ui.theme import Theme
from tests.exchange import World, add, own_up
from tests.scanning import as_file, degraded, pages_of
from tests.ui.handover_seat import Seat, Sit, seating


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


def printed(seat: Seat, button: QPushButton) -> bytes:
    """Press a button and return the paper that is shown."""
    seat.click(button)
    preview = seat.page.preview
    assert preview is not None
    seat.qtbot.waitUntil(lambda: bool(preview.pdf), timeout=20_000)
    pdf = preview.pdf
    seat.page.drop_paper()
    return pdf


def scan(pdf: bytes, folder: Path, name: str) -> Path:
    [page] = pages_of(pdf)
    path = folder / name
    path.write_bytes(as_file(degraded(page), "JPEG"))
    return path


def test_a_week_without_a_stick(world: World, sit: Sit, tmp_path: Path) -> None:
    world.commune.oversight.zero_reports.declare(REPORTED, calendar_period("2026-10"))
    below = sit(world.commune)
    pdf = printed(below, below.page.send.waiting.paper)
    assert "17 báo cáo không phát sinh" in below.page.send.waiting.told.text()

    above = sit(world.receiver)
    above.asker.files = [scan(pdf, tmp_path, "trang.jpg")]
    above.click(above.page.take.drop.paper)
    assert above.page.take.told.text() == "Đã kiểm tra 1 tệp: 1 hợp lệ."
    above.qtbot.waitUntil(above.page.take.preview.merge.isEnabled, timeout=20_000)
    above.click(above.page.take.preview.merge)
    said = own_up(world.receiver, world.commune)
    assert sum(b"zero_report" in line for line in said) == len(REPORTED)

    above.turn_to(above.page.units)
    above.page.units.table.choose([world.commune.unit])
    answer = printed(above, above.page.units.paper)
    scanned = tmp_path / "phieu.pdf"
    scanned.write_bytes(answer)
    below.asker.files = [scanned]
    below.click(below.page.send.receipt.paper)
    assert "1 gói đã được nhận" in below.page.send.receipt.told.text()
    [line] = world.commune.handover.deliveries.register()
    assert line.state is DeliveryState.ACKNOWLEDGED


def test_a_short_bundle_is_printed_again_from_the_register(world: World, sit: Sit) -> None:
    add(world.commune)
    world.sent()
    seat = sit(world.commune)
    seat.turn_to(seat.page.register)
    seat.page.register.table.go_to(world.commune.handover.sealing.register()[0].digest)
    seat.rest()
    assert printed(seat, seat.page.register.details.on_paper).startswith(b"%PDF")


def test_faults_of_reading_and_printing_are_said_beside_the_button(
    world: World, sit: Sit, tmp_path: Path
) -> None:
    seat = sit(world.commune)
    seat.click(seat.page.send.waiting.paper)
    assert "Không có báo cáo không phát sinh nào chờ gửi" in seat.page.send.waiting.told.text()
    for name, data in (("a.png", b"x"), ("a.pdf", b"x"), ("gone.png", None)):
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        seat.asker.files = [path]
        seat.click(seat.page.send.receipt.paper)
        assert seat.page.send.receipt.told.tone == "fault"
        assert seat.page.send.receipt.told.text().endswith(".")
    seat.asker.files = []
    seat.click(seat.page.send.receipt.paper)
    assert world.commune.handover.sealing.register() == []
