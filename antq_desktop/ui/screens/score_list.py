"""*Phiếu chấm*: the sheets of a year with their results, and units that have none yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from antq_desktop.domain.shown import show_integer
from antq_desktop.services.standards.book import POOLED, text
from antq_desktop.services.standards.scope import COMMUNE
from antq_desktop.services.standards.steps import PURPOSES, told_of
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
    from antq_desktop.services.office import Office
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.workplace import Workplace

_NEW: Final = "new:"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet, or a unit without one.

    Attributes:
        id: Id of the sheet; of a unit without one `new:` and the unit.
        unit: The unit.
        name: Its name.
        kind: Its kind, in words.
        title: The set.
        result: What it comes to.
        tone: How that is shown.
        state: Its state, in words.
        appraised: Whether there is an appraisal.
    """

    id: str
    unit: str
    name: str
    kind: str
    title: str
    result: str
    tone: str
    state: str
    appraised: bool


def sheet_lines(office: Office, year: int, standard: str) -> list[SheetLine]:
    """Return the sheets of a year and standard, then the units that have none."""
    standards = office.standards
    with standards.ground.book() as book:
        looking = standards.sheets.looking(book)
        rows = looking.rows(year, standard)
        held = {row.id: looking.open(row.id) for row in rows}
        named = {row.id: text(row, "subject") for row in rows}
        have = set(named.values())
        own = [
            unit.id for unit in book.units.values()
            if unit.owner == book.own and unit.id not in have and unit.id not in book.below
            and (text(unit, "unit_kind") in POOLED or unit.id == book.own)
            and not text(unit, "valid_to") and (book.level == COMMUNE or unit.id != book.own)
        ]  # fmt: skip
        label = office.codes.label
        found = []
        for unit in book.by_name({*have, *own}):
            kind = label("unit_kind", book.kind_of(unit)) if book.kind_of(unit) else ""
            mine = [one for one, subject in named.items() if subject == unit]
            for one in mine:
                outcome, stored = held[one].outcome, held[one].stored
                tone = "watch" if not outcome.complete else "calm" if outcome.met else "fault"
                state = str(stored.values.get("state") or "")
                found.append(
                    SheetLine(
                        one, unit, book.name(unit), kind, held[one].criteria.title,
                        told_of(held[one]), tone, label("sheet_state", state) if state else "",
                        bool(stored.appraisers),
                    )
                )  # fmt: skip
            if not mine:
                found.append(
                    SheetLine(f"{_NEW}{unit}", unit, book.name(unit), kind, "", "Chưa có phiếu",
                              "plain", "", False)
                )  # fmt: skip
    return found


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
                Column("name", "Đơn vị", 30, sortable=False),
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
            "Nơi này giữ phiếu chấm của từng đơn vị trong năm. Thêm đơn vị ở mục Lực lượng và đơn "
            "vị rồi lập phiếu.", "", None,
        )  # fmt: skip
        self.told = words("", "label")
        self.begin_button = make_button(
            "Lập phiếu", theme, role="primary", icon="add",
            tip="Lập phiếu cho các đơn vị đang chọn chưa có phiếu (Ctrl+N)",
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
        made = [line for line in lines if not line.id.startswith(_NEW)]
        done = sum(line.tone != "watch" for line in made)
        self.told.setText(
            f"{show_integer(len(made))} phiếu, {show_integer(done)} phiếu đã chấm đủ; "
            f"{show_integer(len(lines) - len(made))} đơn vị chưa có phiếu."
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
            if self.only_open.isChecked() and line.tone in {"calm", "fault"}:
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
            lambda _control: sheet_lines(office, season.year, season.standard),
            self.page.show_lines,
            owner=self.page,
            lane="sheets",
        )

    def open_line(self, line: str) -> None:
        """Open a sheet; of a unit without one it is begun first."""
        if line.startswith(_NEW):
            self._begin([line.removeprefix(_NEW)])
        elif line:
            self.open_sheet(line)

    def begin(self) -> None:
        """Begin sheets for the chosen units that have none; for all of them without a choice."""
        chosen = [line for line in self.page.chosen() if line.id.startswith(_NEW)]
        if not chosen:
            chosen = [line for line in self.page.lines.values() if line.id.startswith(_NEW)]
        if chosen:
            self._begin([line.unit for line in chosen])
        else:
            self.workplace.door.done("Mọi đơn vị đã có phiếu chấm của năm.")

    def compute(self) -> None:
        """Compute the checks of the chosen sheets anew."""
        sheets = self.workplace.office.standards.sheets
        ids = [line.id for line in self.page.chosen() if not line.id.startswith(_NEW)]
        if not ids:
            return
        self.workplace.jobs.write(
            lambda control: sheets.compute(ids, control.report),
            lambda saved: self.workplace.told(saved, KINDS),
            owner=self.page,
            title="Tính lại phiếu chấm",
        )

    def show_today(self) -> None:
        """Show what would come out today for the unit in view."""
        chosen = self.page.chosen()
        if not chosen:
            return
        office, season, line = self.workplace.office, self.season, chosen[0]

        def code() -> str:
            with office.standards.ground.book() as book:
                looking = office.standards.sheets.looking(book)
                held = looking.of_unit(line.unit, season.year, season.standard)
                if held is not None:
                    return held.criteria.code
                purpose = PURPOSES[season.standard]
                return looking.set_for(line.unit, season.year, purpose).code

        def show(found: str) -> None:
            self.dialog = TodayDialog(
                self.workplace, self.page, line.unit, line.name, season.year, found
            )
            self.dialog.open()

        self.workplace.jobs.read(lambda _control: code(), show, owner=self.page)

    def print_sheets(self) -> None:
        """Show the chosen sheets on paper, as one file."""
        ids = [line.id for line in self.page.chosen() if not line.id.startswith(_NEW)]
        self.show_papers([Wanted("std_score_sheet", record_id=one) for one in ids])

    def _begin(self, units: list[str]) -> None:
        sheets, season = self.workplace.office.standards.sheets, self.season

        def arrive(saved: Saved) -> None:
            self.workplace.told(saved, KINDS)
            if len(units) == 1:
                self._open_first(units[0])

        self.workplace.jobs.write(
            lambda control: sheets.begin(
                units, season.year, purpose=PURPOSES[season.standard], step=control.report
            ),
            arrive,
            owner=self.page,
            title="Lập phiếu chấm",
        )

    def _open_first(self, unit: str) -> None:
        office, season = self.workplace.office, self.season

        def find() -> str:
            with office.standards.ground.book() as book:
                looking = office.standards.sheets.looking(book)
                held = looking.of_unit(unit, season.year, season.standard)
                return held.id if held else ""

        self.workplace.jobs.read(lambda _control: find(), self.open_line, owner=self.page)
