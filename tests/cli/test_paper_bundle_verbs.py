"""Bundles on paper by the command line alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.zero_reports import REPORTED
from antq_desktop.services.office import Offices
from tests.cli.conftest import Antq, antq_for
from tests.exchange import COMMUNES, RECEIVER, World
from tests.scanning import as_file, degraded, pages_of


def scan(pdf: Path) -> str:
    [page] = pages_of(pdf.read_bytes())
    path = pdf.with_suffix(".jpg")
    path.write_bytes(as_file(degraded(page), "JPEG"))
    return str(path)


def test_a_week_without_a_stick(
    world: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
) -> None:
    del qapp  # pages are turned into pictures by Qt
    unit = world.commune.unit
    world.commune.oversight.zero_reports.declare(REPORTED, calendar_period("2026-10"))
    world.close()

    def antq(name: str) -> Antq:
        def offices(**_options: bool) -> Offices:
            return world.offices(name)

        return antq_for(world.folder / name, tmp_path, capsys, monkeypatch, offices)

    commune, receiver = antq(COMMUNES[0]), antq(RECEIVER)
    sheet, answer = tmp_path / "goi.pdf", tmp_path / "phieu.pdf"
    made = commune.json("bundle", "print", "--to", str(sheet)).value
    assert commune("bundle", "print", "--to", str(sheet), "--bundle", made["digest"][:12]).code == 0
    read = receiver("bundle", "scan", scan(sheet))
    assert read.code == 0
    assert "Đã đọc 1 gói từ giấy." in read.out
    assert receiver.json("bundle", "scan", scan(sheet)).value["bundles"][0]["already_merged"]
    assert receiver("bundle", "print", "--to", str(answer), "--receipt", unit).code == 0
    assert commune.json("bundle", "scan", scan(answer)).value["acknowledged"] == 1
    assert commune.json("bundle", "print", "--to", str(sheet), "--receipt", "9").error == (
        "no_bundle_to_answer"
    )
    assert commune.json("bundle", "scan", str(sheet)).error == "no_picture"
