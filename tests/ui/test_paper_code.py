"""A code typed or scanned opens its paper, or says that a newer version exists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.services.paper_asked import Asked
from antq_desktop.ui.finding import Finder
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.paper_code import PaperCodeDialog, PaperWindow
from antq_desktop.ui.theme import Theme
from tests.ui.desk import Desk, desk_of
from tests.ui.keyboards import type_telex, type_vni
from tests.ui.samples import fill


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    fill(office, 3)
    with desk_of(theme, qtbot, office) as sat:
        yield sat


@pytest.fixture
def led() -> list[Lead]:
    return []


@pytest.fixture
def dialog(desk: Desk, led: list[Lead]) -> Iterator[PaperCodeDialog]:
    made = PaperCodeDialog(desk.workplace, desk.window, led.append)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    yield made
    made.close()
    made.deleteLater()


def scheme_of(office: Office) -> str:
    return office.lists.every("scheme")[0].id


def printed(office: Office) -> str:
    scheme = scheme_of(office)
    office.papers.make("scheme_sheet", record_id=scheme)
    return office.papers.code_of("scheme_sheet", Asked(scheme, None, "", private=False))


@pytest.mark.parametrize("keyboard", [type_telex, type_vni])
def test_a_scanned_code_is_looked_up_whatever_keyboard_is_on(
    desk: Desk, dialog: PaperCodeDialog, keyboard: object
) -> None:
    assert callable(keyboard)
    code = printed(desk.workplace.office)
    keyboard(dialog.code, code)
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    desk.rest()
    assert dialog.code.text() == code
    assert dialog.state.text() == "Đúng bản hiện nay"
    assert not dialog.paper_button.isHidden()


def test_the_paper_opens_in_the_preview(desk: Desk, dialog: PaperCodeDialog) -> None:
    dialog.take(printed(desk.workplace.office))
    desk.rest()
    dialog.open_paper()
    desk.rest()
    (shown,) = [one for one in desk.window.children() if isinstance(one, PaperWindow)]
    assert shown.preview.pdf.startswith(b"%PDF")
    assert shown.preview.document.pageCount() >= 1
    shown.reject()


def test_a_newer_version_is_told_and_both_ways_are_open(
    desk: Desk, dialog: PaperCodeDialog, led: list[Lead]
) -> None:
    office = desk.workplace.office
    code, scheme = printed(office), scheme_of(office)
    office.records.change("scheme", scheme, {"name": "Mô hình đổi tên"})
    dialog.take(code.lower())
    desk.rest()
    assert dialog.state.text() == "Có bản mới hơn"
    assert "Mô hình đổi tên" in dialog.changes.text()
    assert dialog.paper_button.text().strip() == "Mở bản hiện nay"
    dialog.open_record()
    assert led == [Lead("scheme", scheme)]


def test_a_mistyped_code_is_told_below_and_nothing_opens(
    desk: Desk, dialog: PaperCodeDialog
) -> None:
    dialog.take("C7F4")
    assert "8 ký tự" in dialog.fault.text()
    dialog.take("0000 0001")
    desk.rest()
    assert dialog.fault.text().startswith("✕")
    assert dialog.paper_button.isHidden()


def test_the_search_box_finds_a_printed_paper_by_its_code(desk: Desk, led: list[Lead]) -> None:
    office = desk.workplace.office
    code = printed(office)
    finder = Finder(desk.workplace, desk.window.top.search, ("scheme",), led.append)
    finder.open(code)
    desk.hear()
    assert finder.popup is not None
    options = finder.popup.model.options
    assert options[0].text == "Văn bản đã in"
    assert "Giấy này đúng với bản hiện nay." in options[1].detail
    finder.popup.picked.emit(options[1])
    desk.rest()
    dialogs = [one for one in desk.window.children() if isinstance(one, PaperCodeDialog)]
    assert dialogs[-1].state.text() == "Đúng bản hiện nay"
    dialogs[-1].close()
