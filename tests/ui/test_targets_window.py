"""The window in which figures are copied into the shape of another form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.screens.figures import FiguresScreen
from antq_desktop.ui.screens.targets_dialog import TargetsDialog
from antq_desktop.ui.screens.targets_learning import LearningDialog
from antq_desktop.ui.theme import Theme
from tests.stores import INCIDENT
from tests.ui.area_desk import AreaDesk, area_desk_of


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    office.records.add("incident", INCIDENT)
    with area_desk_of(theme, qtbot, office) as sat:
        area = sat.areas["documents"]
        sat.window.go("documents", lambda: area.show_kind("figures"))
        sat.rest()
        yield sat


def dialog(desk: AreaDesk) -> TargetsDialog:
    figures = desk.areas["documents"].figures
    assert isinstance(figures, FiguresScreen)
    figures.list.copy_button.click()
    desk.rest()
    assert figures.copying is not None
    return figures.copying


def workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["TT", "Nội dung", "Số liệu"])
    sheet.append([1, "Vụ việc về trật tự", None])
    sheet.append([2, "Số cây xanh", None])
    book.save(path)
    return path


def test_the_shipped_example_is_shown_with_its_figures_and_copied(desk: AreaDesk) -> None:
    shown = dialog(desk)
    assert "Mẫu minh họa" in shown.note.text()
    assert shown.table.rowCount() == len(shown.copied.target.cells if shown.copied else ())
    shown.copy_button.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[4].split("\t")[0] == "1"
    assert "D5" in shown.told.text()


def test_a_workbook_is_shown_once_and_its_copy_filled(desk: AreaDesk, tmp_path: Path) -> None:
    shown, path = dialog(desk), workbook(tmp_path / "bieu.xlsx")
    shown._look(path)
    desk.rest()
    learning = shown.findChild(LearningDialog)
    assert learning is not None
    assert learning.choices[0].currentData() == "incidents"
    assert learning.choices[1].currentData() == ""
    learning.save()
    desk.rest()
    assert shown.target is not None
    assert shown.target.title == "bieu"
    assert shown.copied is not None
    assert shown.copied.values == (1,)
    out = desk.office.targets.fill(shown.copied, path, tmp_path / "dien.xlsx")
    made = load_workbook(out).active
    assert made is not None
    assert made["C2"].value == 1


def test_a_target_without_a_figure_is_refused_where_it_is_made(
    desk: AreaDesk, tmp_path: Path
) -> None:
    shown = dialog(desk)
    shown._look(workbook(tmp_path / "bieu.xlsx"))
    desk.rest()
    learning = shown.findChild(LearningDialog)
    assert learning is not None
    learning.choices[0].setCurrentIndex(learning.choices[0].findData(""))
    learning.save()
    desk.rest()
    assert "chưa có ô nào" in learning.fault.text()
