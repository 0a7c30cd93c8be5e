"""*Phiếu chấm*: the sheets of a year with their results, and units that have none yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from antq_desktop.domain.shown import show_integer
from antq_desktop.services.standards.listing import SheetLine, sheet_lines
from antq_desktop.services.standards.looking import sheet_id
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.cycle import SHEETS, CyclePage, CycleScreen, Season
from antq_desktop.ui.screens.cycle_head import CycleHead
from antq_desktop.ui.screens.handover_parts import LocalTable, words
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.screens.score_sheet import KINDS
from antq_desktop.ui.screens.score_today import TodayDialog
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.workplace import Workplace


class SheetsPage(CyclePage):
    """The list of sheets; `opened` wants one, `begin_asked`, `print_asked`, `today_asked` act."""

    opened = Signal(str)
    begin_asked = Signal()
    print_asked = Signal()
    today_asked = Signal()
    compute_asked = Signal()

    def __init__(self, workplace: Workplace, season: Season) -> None:
        super().__init__()
        theme = workplace.theme
        self.lines: dict[str, SheetLine] = {}
        self.head = CycleHead(workplace, season, "Phiếu chấm")
        self.only_open = QCheckBox("Chỉ phiếu chưa xong")
        self.table = LocalTable(
            (
                Column("name", "Chấm cho", 30, sortable=False),
                Column("kind", "Loại", 18, sortable=False),
                Column("result", "Kết quả", 24, sortable=False),
                Column("state", "Tình trạng", 16, sortable=False),
                Column("appraised", "Thẩm định", 12, sortable=False),
                Column("title", "Bộ tiêu chí", 34, sortable=False),
            ),
            workplace,
            "Phiếu chấm của năm",
        )
        self.table.set_empty(
            "Chưa có gì để chấm theo tiêu chuẩn này trong năm. Đơn vị, Tổ bảo vệ ANTT ở mục Lực "
            "lượng và đơn vị; mô hình ở mục Phong trào; bộ tiêu chí ở trang Bộ tiêu chí.",
            "", None,
        )  # fmt: skip
        self.told = words("", "label")
        self.begin_button = make_button(
            "Lập phiếu", theme, role="primary", icon="add",
            tip="Lập phiếu cho các dòng đang chọn chưa có phiếu (Ctrl+N)",
        )  # fmt: skip
        self.compute_button = make_button(
            "Tính lại", theme, icon="refresh",
            tip="Tính lại theo hồ sơ hôm nay các phiếu đang chọn (F5)",
        )  # fmt: skip
        self.today_button = make_button(
            "Nếu xét hôm nay", theme, icon="calendar", tip="Xem còn thiếu gì (Ctrl+T)"
        )
        self.print_button = make_button("In phiếu", theme, icon="print", tip="Ctrl+P")
        self.head.add_filter(self.only_open)
        self.head.add_buttons(
            self.compute_button, self.today_button, self.print_button, self.begin_button
        )
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 2)
        page.addWidget(self.head)
        page.addWidget(self.told)
        page.addWidget(self.table, 1)
        self._connect()

    def show_lines(self, lines: list[SheetLine]) -> None:
        """Show the sheets of a year."""
        self.head.refresh()
        self.lines = {line.id: line for line in lines}
        made = [line for line in lines if not line.is_new]
        done = sum(line.tone != "watch" for line in made)
        left = len({line.unit for line in lines if line.is_new})
        self.told.setText(
            f"{show_integer(len(made))} phiếu, {show_integer(done)} phiếu đã chấm đủ; "
            f"{show_integer(left)} nơi còn thiếu phiếu."
        )
        self._again()

    def chosen(self) -> list[SheetLine]:
        """Return the chosen lines."""
        ids = self.table.selected_ids() or [self.table.current_id()]
        return [self.lines[one] for one in ids if one in self.lines]

    def take_focus(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading."""
        self.head.head_with(chooser)

    def _again(self) -> None:
        self.table.show_rows(list(self._rows()))

    def _rows(self) -> Iterator[TableRow]:
        for line in self.lines.values():
            if self.only_open.isChecked() and line.tone in {"calm", "fault", "info"}:
                continue
            appraised = "Đã thẩm định" if line.appraised else ""
            yield TableRow(
                line.id,
                (line.name, line.kind, Badge(line.result, line.tone), line.state, appraised,
                 line.title),
            )  # fmt: skip

    def _connect(self) -> None:
        self.table.opened.connect(self.opened)
        self.only_open.toggled.connect(lambda _on: self._again())
        self.begin_button.clicked.connect(self.begin_asked)
        self.print_button.clicked.connect(self.print_asked)
        self.today_button.clicked.connect(self.today_asked)
        self.compute_button.clicked.connect(self.compute_asked)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+N", self.begin_asked.emit),
            ("Ctrl+P", self.print_asked.emit),
            ("Ctrl+T", self.today_asked.emit),
            ("F5", self.compute_asked.emit),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())


class SheetsScreen(CycleScreen):
    """The sheets of a year."""

    key = SHEETS
    title = "Phiếu chấm"
    dialog: TodayDialog | None = None

    @property
    def page(self) -> SheetsPage:
        """The list of sheets."""
        page = self.list
        assert isinstance(page, SheetsPage)  # noqa: S101 - made below
        return page

    def make_page(self) -> SheetsPage:
        """Return the list, connected."""
        page = SheetsPage(self.workplace, self.season)
        page.opened.connect(self.open_line)
        page.begin_asked.connect(self.begin)
        page.print_asked.connect(self.print_sheets)
        page.today_asked.connect(self.show_today)
        page.compute_asked.connect(self.compute)
        return page

    def reload(self) -> None:
        """Read the sheets of the year in view."""
        office, season = self.workplace.office, self.season
        self.workplace.jobs.read(
            lambda _control: sheet_lines(
                office.standards, office.codes, season.year, season.standard
            ),
            self.page.show_lines,
            owner=self.page,
            lane="sheets",
        )

    def open_record(self, sheet: str) -> None:
        """Open a sheet that somebody else points at."""
        self.open_sheet(sheet)

    def open_line(self, line: str) -> None:
        """Open a sheet; of a subject without one it is begun first."""
        held = self.page.lines.get(line)
        if held is not None and held.is_new:
            self._begin([held])
        elif line:
            self.open_sheet(line)

    def begin(self) -> None:
        """Begin the chosen sheets that are not begun; all of them without such a choice."""
        chosen = [line for line in self.page.chosen() if line.is_new]
        if not chosen:
            chosen = [line for line in self.page.lines.values() if line.is_new]
        if chosen:
            self._begin(chosen)
        else:
            self.workplace.door.done("Mọi đơn vị đã có phiếu chấm của năm.")

    def compute(self) -> None:
        """Compute the checks of the chosen sheets anew."""
        sheets = self.workplace.office.standards.sheets
        ids = [line.id for line in self.page.chosen() if not line.is_new]
        if not ids:
            return
        self.workplace.jobs.write(
            lambda control: sheets.compute(ids, control.report),
            lambda saved: self.workplace.told(saved, KINDS),
            owner=self.page,
            title="Tính lại phiếu chấm",
        )

    def show_today(self) -> None:
        """Show what would come out today for the line in view, by its set."""
        chosen = self.page.chosen()
        if chosen:
            line = chosen[0]
            self.dialog = TodayDialog(
                self.workplace, self.page, line.unit, line.name, self.season.year, line.code
            )
            self.dialog.open()

    def print_sheets(self) -> None:
        """Show the chosen sheets on paper, as one file."""
        ids = [line.id for line in self.page.chosen() if not line.is_new]
        self.show_papers([Wanted("std_score_sheet", record_id=one) for one in ids])

    def _begin(self, lines: list[SheetLine]) -> None:
        sheets, season = self.workplace.office.standards.sheets, self.season
        wanted = [(line.unit, line.code) for line in lines]

        def arrive(saved: Saved) -> None:
            told = f"Đã lập {show_integer(len(wanted))} phiếu chấm."
            self.workplace.told(replace(saved, sentence=told), KINDS)
            if len(wanted) == 1:
                (subject, code) = wanted[0]
                self.open_sheet(sheet_id(subject, season.year, code))

        self.workplace.jobs.write(
            lambda control: sheets.begin_each(wanted, season.year, step=control.report),
            arrive,
            owner=self.page,
            title="Lập phiếu chấm",
        )
