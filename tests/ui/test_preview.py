"""Papers in the window: pages, zoom, a file, a printer or the clear word that there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import UserError
from antq_desktop.services.office import Office
from antq_desktop.ui.screens.preview import PreviewPage
from antq_desktop.ui.screens.preview_printing import (
    NO_ANSWER,
    NO_PRINTER,
    PrintPanel,
    pages_of,
)
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.field import Option
from tests.ui.desk import CTRL, Desk, desk_of
from tests.ui.samples import fill

KEY = "incidents"


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    fill(office, 30)
    with desk_of(theme, qtbot, office) as sat:
        yield sat


def previewed(desk: Desk, period: str = "2026") -> PreviewPage:
    desk.screens[KEY].show_paper([Wanted("incident_register", period=period)])
    desk.rest()
    found = desk.screens[KEY].preview
    assert found is not None
    # Keys reach a page only when its window is in front, which the system may do a moment later.
    desk.qtbot.waitUntil(lambda: desk.window.isActiveWindow() and found.isVisible())
    return found


def test_a_register_is_shown_page_by_page_and_at_any_size(desk: Desk) -> None:
    preview = previewed(desk)
    count = preview.document.pageCount()
    assert count > 1
    assert preview.title.full_text() == f"Sổ theo dõi vụ việc · {count} trang"
    assert preview.pages.model().rowCount() == count
    preview.pages.setCurrentIndex(preview.pages.model().index(1, 0))
    assert preview.view.pageNavigator().currentPage() == 1
    preview.set_zoom(1.0)
    assert preview.zoom.text() == "100%"
    desk.shortcut(Qt.Key.Key_Minus, CTRL)
    assert preview.zoom.text() == "83%"
    desk.shortcut(Qt.Key.Key_0, CTRL)
    assert preview.view.zoomMode() is preview.view.ZoomMode.FitInView


def test_a_paper_of_a_period_is_made_anew_for_another(desk: Desk) -> None:
    preview = previewed(desk)
    assert preview.period.isVisible()
    preview.period.take(Option("statistics:2020-W10", "Tuần 10 năm 2020"))
    desk.rest()
    assert preview.document.pageCount() == 1, "nothing happened in that week"
    assert "2020-W10" in preview.suggested_name()
    preview.period.cleared.emit()
    desk.rest()
    assert preview.document.pageCount() > 1, "this year again"


def test_a_paper_is_written_where_the_officer_says(desk: Desk, tmp_path: Path) -> None:
    preview = previewed(desk, "2026-03")
    desk.asker.files += [None, tmp_path / "sổ tháng 3"]
    preview.save_as()
    desk.rest()
    assert list(tmp_path.iterdir()) == [desk.office.folder]
    preview.save_as()
    desk.rest()
    written = tmp_path / "sổ tháng 3.pdf"
    assert written.read_bytes() == preview.pdf
    assert desk.last == f"Đã lưu văn bản vào {written}."
    assert preview.suggested_name() == "SO_THEO_DOI_VU_VIEC_2026-03.pdf"


def test_a_paper_is_saved_as_a_word_file_to_be_edited(desk: Desk, tmp_path: Path) -> None:
    preview = previewed(desk, "2026-03")
    desk.asker.files += [None, tmp_path / "sổ tháng 3"]
    preview.save_as_word()
    desk.rest()
    preview.word.click()
    desk.rest()
    written = tmp_path / "sổ tháng 3.docx"
    assert written.read_bytes().startswith(b"PK")
    assert desk.last == f"Đã lưu văn bản vào {written}."
    assert preview.pdf.startswith(b"%PDF")


def test_the_other_papers_of_a_record_are_offered_beside_its_sheet(desk: Desk) -> None:
    screen = desk.go("schemes")
    record = desk.office.lists.every("scheme")
    screen.show_paper([Wanted("scheme_sheet", record_id=next(iter(record)).id, kind="scheme")])
    desk.rest()
    preview = screen.preview
    assert preview is not None
    assert not preview.forms.isHidden()
    preview.take_form("scheme_cover")
    desk.rest()
    assert preview.title.full_text().startswith("Bìa hồ sơ mô hình")
    assert preview.private.isHidden()


def test_the_file_of_a_paper_is_named_after_its_record_by_plain_letters(desk: Desk) -> None:
    screen = desk.go("schemes")
    listing = desk.office.lists.listing("scheme", "tieng keng so 3")
    scheme = desk.office.lists.window(listing, (), limit=1)[0].id
    name = "Tiếng kẻng “an ninh”: thôn/xóm Mẫu?* " + "rất dài " * 12
    desk.office.records.change("scheme", scheme, {"name": name[:150].strip()})
    screen.show_paper([Wanted("scheme_sheet", record_id=scheme)])
    desk.rest()
    assert screen.preview is not None
    suggested = screen.preview.suggested_name()
    assert "TIENG_KENG_AN_NINH_THON_XOM_MAU_RAT_DAI" in suggested
    assert re.fullmatch(r"[A-Z0-9_]{10,110}[.]pdf", suggested)
    screen.show_list()


def test_several_schemes_stand_in_one_file_each_on_pages_of_its_own(desk: Desk) -> None:
    screen = desk.go("schemes")
    screen.list.table.selectAll()
    desk.rest()
    screen.list.print_selected()
    desk.rest()
    preview = screen.preview
    assert preview is not None
    assert preview.document.pageCount() >= 12
    assert "12 hồ sơ" in preview.title.full_text()
    assert preview.suggested_name().endswith("_12_HO_SO.pdf")
    assert not preview.after.isVisible()
    preview.private.click()
    desk.rest()
    for scheme in screen.list.selected():
        actions = [line.entry.action for line in desk.office.lists.history_of(scheme)]
        assert actions[-2:] == ["print", "read_private"]


def test_a_paper_that_cannot_be_made_is_told_and_the_way_back_is_open(desk: Desk) -> None:
    screen = desk.go("schemes")
    screen.show_paper([Wanted("scheme_sheet", record_id="0" * 32)])
    desk.rest()
    assert screen.preview is not None
    assert "Không có mô hình" in desk.last
    assert not screen.preview.print.isEnabled()
    desk.shortcut(Qt.Key.Key_Escape)
    assert screen.preview is None


@pytest.mark.parametrize(
    ("text", "pages"), [("", [0, 1, 2, 3]), ("2", [1]), ("1-2, 4", [0, 1, 3]), (" 3 - 4 ", [2, 3])]
)
def test_pages_are_named_as_on_paper(text: str, pages: list[int]) -> None:
    assert pages_of(text, 4) == pages


@pytest.mark.parametrize("text", ["0", "5", "3-2", "một", "1,,2"])
def test_pages_that_are_not_there_are_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        pages_of(text, 4)
    assert refused.value.code == "pages_not_understood"


def test_a_machine_without_printers_says_what_to_do(desk: Desk) -> None:
    panel = PrintPanel(desk.workplace, find=list)
    desk.qtbot.addWidget(panel)
    panel.show_paper("Sổ", b"%PDF", 1)
    panel.look()
    desk.rest()
    assert panel.said.text() == NO_PRINTER
    assert not panel.go.isEnabled()


def test_printers_that_do_not_answer_in_time_are_told(desk: Desk) -> None:
    panel = PrintPanel(desk.workplace, find=list)
    desk.qtbot.addWidget(panel)
    panel._waiting.setInterval(0)
    panel._waiting.start()
    desk.qtbot.waitUntil(lambda: panel.said.text() == NO_ANSWER)
    panel.end()


def test_chosen_pages_go_to_the_printer_in_their_own_direction(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"

    def printer(_name: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        made.setResolution(300)
        return made

    preview = previewed(desk)
    panel = PrintPanel(desk.workplace, find=lambda: ["Máy in mẫu"], make=printer)
    desk.qtbot.addWidget(panel)
    panel.show_paper("Sổ theo dõi vụ việc", preview.pdf, preview.document.pageCount())
    panel.look()
    desk.rest()
    assert panel.printer.text() == "Máy in mẫu"
    panel.pages.set_value("1-2")
    panel.print()
    desk.rest()
    assert desk.last == "Đã gửi 2 trang ra máy in Máy in mẫu."
    printed = QPdfDocument()
    printed.load(str(target))
    size = printed.pagePointSize(0)
    original = preview.document.pagePointSize(0)
    assert printed.pageCount() == 2
    assert abs(size.width() - original.width()) < 2
    assert abs(size.height() - original.height()) < 2
    printed.close()


def test_pages_not_understood_are_told_beside_their_field(desk: Desk) -> None:
    panel = PrintPanel(desk.workplace, find=lambda: ["Máy in mẫu"])
    desk.qtbot.addWidget(panel)
    panel.show_paper("Sổ", b"%PDF", 3)
    panel.look()
    desk.rest()
    panel.pages.set_value("9")
    panel.print()
    assert [fault.code for fault in panel.pages.faults] == ["pages_not_understood"]
