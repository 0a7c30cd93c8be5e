"""The page of a year: tasks of opening and closing, what came after, targets, holidays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.cycle import CyclePage, Season
from antq_desktop.ui.screens.cycle_head import CycleHead
from antq_desktop.ui.screens.cycle_windows import window_rows
from antq_desktop.ui.screens.handover_parts import LocalTable, words
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.services.standards.calendar import DayOff
    from antq_desktop.services.standards.closing import SinceClosing
    from antq_desktop.services.standards.years import TargetRow, Task
    from antq_desktop.ui.screens.cycle_year import YearState
    from antq_desktop.ui.workplace import Workplace

_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class YearPage(CyclePage):
    """Five views of a year; the signals ask for what their names say."""

    open_asked = Signal()
    close_asked = Signal()
    reopen_asked = Signal()
    target_asked = Signal()
    holiday_asked = Signal(str)
    window_asked = Signal(str)
    shipped_asked = Signal(str)
    day_asked = Signal()

    def __init__(self, workplace: Workplace, season: Season) -> None:
        super().__init__()
        self._season = season
        theme = workplace.theme
        self.head = CycleHead(workplace, season, "Năm công tác")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)

        def table(name: str, *columns: tuple[str, str, int]) -> LocalTable:
            made = [Column(key, title, wide, sortable=False) for key, title, wide in columns]
            return LocalTable(made, workplace, name)

        tasks = (("label", "Việc", 46), ("done", "Đã xong", 18), ("note", "Ghi chú", 50))
        self.opening = table("Việc mở năm", *tasks)
        self.ending = table("Việc chốt năm", *tasks)
        self.later = table(
            "Phát sinh sau khi chốt",
            ("day", "Ngày", 12), ("kind", "Loại hồ sơ", 20), ("title", "Hồ sơ", 44),
            ("why", "Vì sao đứng riêng", 34),
        )  # fmt: skip
        self.targets = table(
            "Chỉ tiêu năm",
            ("label", "Chỉ tiêu", 38), ("name", "Đơn vị", 24), ("value", "Mức giao", 12),
            ("reached", "Đến nay", 12), ("share", "So với mức giao", 18),
            ("document", "Văn bản giao", 20),
        )  # fmt: skip
        self.holidays = table(
            "Ngày nghỉ, ngày làm bù",
            ("day", "Ngày", 24), ("kind", "Nghỉ, làm bù", 16), ("title", "Dịp", 34),
            ("document", "Theo văn bản", 22), ("source", "Nguồn", 26),
        )  # fmt: skip
        self.windows = table(
            "Kỳ báo cáo",
            ("title", "Kỳ", 60), ("set", "Cách chia", 48), ("near", "Kỳ gần hôm nay", 30),
            ("source", "Nguồn", 16),
        )  # fmt: skip
        self.day_button = make_button("Xem đến ngày…", theme, icon="search")
        self.target_words = words("", "label")
        self.window_button = make_button("Sửa kỳ", theme, role="primary", icon="edit")
        self.shipped_button = make_button("Lấy lại mẫu", theme, icon="undo")
        self.open_button = make_button("Mở năm mới", theme, role="primary", icon="check")
        self.close_button = make_button("Chốt năm", theme, role="primary", icon="check")
        self.reopen_button = make_button("Mở lại năm đã chốt", theme, icon="undo")
        self.target_button = make_button("Ghi chỉ tiêu", theme, role="primary", icon="add")
        self.holiday_button = make_button("Ghi ngày nghỉ", theme, role="primary", icon="add")
        self.closed_words = words("", "label")
        self.later_words = words("", "label")
        self._lay_out()
        self.open_button.clicked.connect(self.open_asked)
        self.close_button.clicked.connect(self.close_asked)
        self.reopen_button.clicked.connect(self.reopen_asked)
        self.target_button.clicked.connect(self.target_asked)
        self.holiday_button.clicked.connect(lambda: self.holiday_asked.emit(""))
        self.day_button.clicked.connect(self.day_asked)
        self.window_button.clicked.connect(lambda: self.window_asked.emit(self.window_in_view))
        self.shipped_button.clicked.connect(lambda: self.shipped_asked.emit(self.window_in_view))

    @property
    def window_in_view(self) -> str:
        """Code of the window in view; empty for none."""
        return self.windows.current_id()

    def show_state(self, state: YearState, specs: Mapping[str, RecordSpec]) -> None:
        """Show a year."""
        self.head.refresh()
        year = self._season.year
        self.open_button.setText(f" Mở năm {year}")
        self.close_button.setText(f" Chốt năm {year}")
        self.opening.show_rows(list(_task_rows(state.opening)))
        self.ending.show_rows(list(_task_rows(state.ending)))
        closed = bool(state.closed_on)
        self.close_button.setHidden(closed)
        self.reopen_button.setVisible(closed)
        self.ending.setHidden(closed)  # what came after needs the room
        stopping = [fault for fault in state.obstacles if not fault.warning]
        if closed:
            told = f"✓ Đã chốt ngày {show_date(state.closed_on)}. Phiếu chấm giữ nguyên."
        elif stopping:
            told = f"△ {show_integer(len(stopping))} phiếu chưa chốt được: {stopping[0].message}"
        else:
            told = "Chưa chốt."
        self.closed_words.setText(told)
        self._show_later(state.since, specs)
        self.targets.show_rows([_target_row(at, row) for at, row in enumerate(state.targets)])
        self.holidays.show_rows([_day_row(day) for day in state.days])
        self.target_words.setText(f"Số liệu từ đầu năm đến ngày {show_date(state.day)}.")
        self.windows.show_rows(list(window_rows(state.windows)))
        self.tabs.setTabText(2, f"Chỉ tiêu ({len(state.targets)})" if state.targets else "Chỉ tiêu")

    def take_focus(self) -> None:
        """Give the keyboard to the view in front."""
        page = self.tabs.currentWidget()
        found = page.findChild(LocalTable) if page is not None else None
        if isinstance(found, LocalTable):
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading."""
        self.head.head_with(chooser)

    def _show_later(self, since: SinceClosing | None, specs: Mapping[str, RecordSpec]) -> None:
        self.later.setVisible(since is not None)
        self.later_words.setVisible(since is not None)
        if since is None:
            return
        rows = [
            TableRow(
                each.record,
                (
                    show_date(each.day), specs[each.kind].label if each.kind in specs else "",
                    each.title,
                    Badge("xảy ra sau khi chốt", "watch") if each.happened_after
                    else Badge("điều chỉnh, nhập sau khi chốt", "info"),
                ),
            )
            for each in since.later
        ]  # fmt: skip
        rows += [
            TableRow(sheet, ("", "phiếu chấm", f"{len(moved)} mục sẽ tính ra khác", Badge(
                "phiếu giữ nguyên", "info")))
            for sheet, moved in since.moved.items()
        ]  # fmt: skip
        self.later.show_rows(rows)
        self.later_words.setText(
            f"Phát sinh sau khi chốt: {show_integer(len(since.later))} hồ sơ; "
            f"{show_integer(len(since.moved))} phiếu sẽ tính ra khác nếu tính hôm nay."
        )

    def _lay_out(self) -> None:
        self.later.set_empty("Chưa có việc gì phát sinh sau khi chốt.", "", None)
        self.targets.set_empty(
            "Chưa ghi chỉ tiêu nào. Chỉ tiêu được giao đứng cạnh số liệu của chương trình.", "",
            None,
        )  # fmt: skip
        self.holidays.set_empty("Chưa có ngày nghỉ nào của năm này trong bảng.", "", None)
        self.tabs.addTab(_tab(words(
            "Việc đầu năm: Enter ở một dòng để đi tới nơi làm việc đó.", "label"
        ), (self.open_button,), self.opening), "Mở năm mới")  # fmt: skip
        self.tabs.addTab(
            _tab(self.closed_words, (self.reopen_button, self.close_button), self.ending,
                 self.later_words, self.later),
            "Chốt năm",
        )  # fmt: skip
        self.tabs.addTab(
            _tab(self.target_words, (self.day_button, self.target_button), self.targets),
            "Chỉ tiêu",
        )  # fmt: skip
        self.tabs.addTab(
            _tab(words(
                "Ngày nghỉ lễ, Tết và ngày làm bù; đi cùng phản hồi gửi đơn vị cấp dưới.", "label"
            ), (self.holiday_button,), self.holidays),
            "Ngày nghỉ lễ",
        )  # fmt: skip
        self.tabs.addTab(
            _tab(words("Kỳ chọn được ở Số liệu, Báo cáo, bộ lọc và các bảng in.", "label"),
                 (self.shipped_button, self.window_button), self.windows),
            "Kỳ báo cáo",
        )  # fmt: skip
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 2)
        page.addWidget(self.head)
        page.addWidget(self.tabs, 1)


def _tab(told: QWidget, buttons: Iterable[QPushButton], *below: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, UNIT, 0, 0)
    column.setSpacing(UNIT)
    row = QHBoxLayout()
    row.setSpacing(UNIT)
    row.addWidget(told, 1)
    for button in buttons:
        row.addWidget(button)
    column.addLayout(row)
    for each in below:
        column.addWidget(each, 1 if isinstance(each, LocalTable) else 0)
    return page


def _task_rows(tasks: Iterable[Task]) -> Iterable[TableRow]:
    for task in tasks:
        count = f"{show_integer(task.done)}/{show_integer(task.whole)}" if task.whole > 1 else ""
        if task.finished:
            done = Badge(f"✓ {count or 'Xong'}", "calm")
        else:
            done = Badge(f"△ {count or 'Chưa có'}", "watch")
        yield TableRow(task.code, (task.label, done, task.note))


def _target_row(at: int, row: TargetRow) -> TableRow:
    value = "–" if row.value is None else show_integer(row.value)
    reached = "–" if row.reached is None else show_integer(row.reached)
    share: str | Badge = ""
    if row.value and row.reached is not None:
        percent = row.reached * 100 // row.value
        share = Badge(f"{'✓ ' if percent >= 100 else ''}{show_integer(percent)}%",
                      "calm" if percent >= 100 else "watch")  # fmt: skip
    return TableRow(str(at), (row.label, row.name, value, reached, share, row.document))


def _day_row(day: DayOff) -> TableRow:
    weekday = _WEEKDAYS[date.fromisoformat(day.day).weekday()]
    source = "Bảng kèm chương trình" if not day.record else (
        "Đơn vị ghi" if day.own else "Đơn vị khác gửi"
    )  # fmt: skip
    kind = Badge("Làm bù", "info") if day.works else Badge("Nghỉ", "calm")
    return TableRow(day.day, (f"{show_date(day.day)}, {weekday}", kind, day.title, day.document,
                              source))  # fmt: skip
