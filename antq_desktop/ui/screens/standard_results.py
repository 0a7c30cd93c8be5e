"""*Kết quả*: how units are spread over grades, what disagrees, who fell behind, what is lacking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from antq_desktop.domain.fields import Value
from antq_desktop.domain.records.standards_results import BEHIND
from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.services.standards.subjects import BOUND
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.cycle import RESULTS, CyclePage, CycleScreen, Season, list_wanted
from antq_desktop.ui.screens.cycle_head import CycleHead
from antq_desktop.ui.screens.form_dialog import FormDialog
from antq_desktop.ui.screens.handover_parts import LocalTable, words
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.screens.standing_rows import (
    GRADES,
    Standing,
    held_of,
    reached_rows,
    spread_rows,
)
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.standards.standings import Behind
    from antq_desktop.ui.workplace import Workplace

_TONES: Final = {"excellent": "calm", "good": "info", "average": "watch", "poor": "fault"}


class ResultsPage(CyclePage):
    """Five views of the results of a year; other standards than the two begin with their sets."""

    plan_asked = Signal()
    list_asked = Signal()
    report_asked = Signal()

    def __init__(self, workplace: Workplace, season: Season) -> None:
        super().__init__()
        theme = workplace.theme
        self._codes = workplace.office.codes
        self._season = season
        self.head = CycleHead(workplace, season, "Kết quả")
        self.plan_button = make_button(
            "Lập kế hoạch khắc phục", theme, icon="add",
            tip="Cho đơn vị Trung bình, Yếu đang chọn; không chọn thì mọi đơn vị chưa có",
        )  # fmt: skip
        self.list_button = make_button("In danh sách", theme, icon="print", tip="Ctrl+Shift+P")
        self.report_button = make_button(
            "In báo cáo kết quả", theme, role="primary", icon="print", tip="Ctrl+P"
        )
        self.head.add_buttons(self.plan_button, self.list_button, self.report_button)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        grades = [self._codes.label("movement_grade", grade) for grade in GRADES]
        self.spread = LocalTable(
            (
                Column("label", "Loại đơn vị", 22, sortable=False),
                *(Column(f"n{at}", title, 10, sortable=False) for at, title in enumerate(
                    ("Đơn vị", "Đăng ký", "Công nhận", *grades, "Phân loại"))),
            ),
            workplace, "Phân loại theo loại đơn vị",
        )  # fmt: skip
        self.disagreements = LocalTable(
            (
                Column("message", "Mâu thuẫn", 60, sortable=False),
                Column("first", "Danh sách thứ nhất", 36, sortable=False),
                Column("second", "Danh sách thứ hai", 36, sortable=False),
            ),
            workplace, "Số liệu mâu thuẫn",
        )  # fmt: skip
        self.behind = LocalTable(
            (
                Column("name", "Đơn vị", 34, sortable=False),
                Column("before", "Năm trước", 15, sortable=False),
                Column("grade", "Năm nay", 15, sortable=False),
                Column("two", "Hai năm liền", 17, sortable=False),
                Column("plan", "Kế hoạch khắc phục", 26, sortable=False),
                Column("follower", "Người theo dõi", 19, sortable=False),
                Column("reviewed", "Kiểm tra cuối", 16, sortable=False),
            ),
            workplace, "Đơn vị Trung bình, Yếu",
        )  # fmt: skip
        self.reached = LocalTable(
            (
                Column("title", "Bộ tiêu chí", 44, sortable=False),
                Column("sheets", "Phiếu", 10, sortable=False),
                Column("complete", "Chấm đủ", 10, sortable=False),
                Column("met", "Đạt", 10, sortable=False),
                Column("bands", "Theo mức", 52, sortable=False),
            ),
            workplace, "Kết quả theo bộ tiêu chí",
        )  # fmt: skip
        self.lacks = LocalTable(
            (
                Column("name", "Chấm cho", 28, sortable=False),
                Column("title", "Bộ tiêu chí", 24, sortable=False),
                Column("grade", "Mức hiện tại", 15, sortable=False),
                Column("next", "Mức trên", 14, sortable=False),
                Column("sentence", "Còn thiếu", 40, sortable=False),
                Column("items", "Mục có thể nâng", 40, sortable=False),
            ),
            workplace, "Còn thiếu gì để lên mức trên",
        )  # fmt: skip
        self.warned = words("", "warning")
        self.beside = words("", "hint")
        self._lay_out()
        self._connect()

    def show_standing(self, found: Standing) -> None:
        """Show the results of a year."""
        self.head.refresh()
        bound = self._season.standard in BOUND
        for table in (self.spread, self.disagreements, self.behind):
            self.tabs.setTabVisible(self.tabs.indexOf(table), bound)
        self.plan_button.setVisible(bound)
        self.spread.show_rows(list(spread_rows(found)))
        self.disagreements.show_rows([
            TableRow(str(at), (each.message, ", ".join(each.first), ", ".join(each.second)))
            for at, each in enumerate(found.told)
        ])  # fmt: skip
        self.behind.show_rows([self._behind_row(each) for each in found.behind])
        self.lacks.show_rows([
            TableRow(each.sheet, (each.name, each.title, each.grade or "–", each.next_grade or "–",
                                  each.sentence, "; ".join(each.items)))
            for each in found.lacks
        ])  # fmt: skip
        self.reached.show_rows(list(reached_rows(found)))
        any_before = found.reached_before or (bound and any(held_of(found.before)[1:]))
        self.beside.setText(
            ("Trong ngoặc là tăng, giảm so với năm trước. " if any_before
             else f"Chưa có số liệu năm trước ({found.year - 1}) để so sánh. ") +
            "Công nhận theo Thông tư 124/2021/TT-BCA; mức phân loại và khống chế là mẫu minh họa."
        )  # fmt: skip
        two = sum(each.two_years for each in found.behind)
        for at, (title, count) in enumerate((
            ("Phân loại, công nhận", 0),
            ("Mâu thuẫn số liệu", len(found.told)),
            ("Trung bình, Yếu", len(found.behind)),
            ("Còn thiếu gì", len(found.lacks)),
            ("Theo bộ tiêu chí", len(found.reached)),
        )):  # fmt: skip
            self.tabs.setTabText(at, f"{title} ({show_integer(count)})" if count else title)
        told = []
        if found.told:
            told.append(
                f"△ {show_integer(len(found.told))} chỗ số liệu không khớp nhau; chương trình giữ "
                "nguyên cả hai danh sách và in kèm báo cáo."
            )
        if two:
            told.append(f"△ {show_integer(two)} đơn vị Trung bình, Yếu hai năm liền.")
        self.warned.setText(" ".join(told))
        self.warned.setVisible(bool(told))

    def take_focus(self) -> None:
        """Give the keyboard to the view in front."""
        page = self.tabs.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading."""
        self.head.head_with(chooser)

    def _behind_row(self, each: Behind) -> TableRow:
        label = self._codes.label
        before = label("movement_grade", each.before) if each.before else "–"
        two = Badge("✕ Hai năm liền", "fault") if each.two_years else ""
        if not each.plan:
            plan = Badge("△ Chưa có kế hoạch", "watch")
        elif each.overdue:
            plan = Badge(f"✕ {show_date(each.deadline)}", "fault")
        elif each.done:
            plan = Badge("✓ Đã khắc phục", "calm")
        else:
            plan = Badge(f"đến {show_date(each.deadline)}", "plain")
        return TableRow(
            each.unit,
            (each.name, Badge(before, "watch") if each.before in BEHIND else before,
             Badge(label("movement_grade", each.grade), _TONES[each.grade]), two, plan,
             each.follower or ("Chưa phân công" if each.plan else ""),
             show_date(each.reviewed_on) or ("Chưa kiểm tra" if each.plan else "")),
        )  # fmt: skip

    def _lay_out(self) -> None:
        every = (self.spread, self.disagreements, self.behind, self.lacks, self.reached)
        for table in every:
            self.tabs.addTab(table, table.accessibleName())
        self.reached.set_empty("Chưa có phiếu chấm nào của tiêu chuẩn này.", "", None)
        self.spread.set_empty("Chưa có đơn vị nào trong năm này.", "", None)
        self.disagreements.set_empty("Số liệu của năm khớp nhau.", "", None)
        self.behind.set_empty("Năm này không có đơn vị nào xếp Trung bình, Yếu.", "", None)
        self.lacks.set_empty("Chưa có phiếu chấm nào của tiêu chuẩn này.", "", None)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 2)
        page.addWidget(self.head)
        page.addWidget(self.warned)
        page.addWidget(self.tabs, 1)
        page.addWidget(self.beside)

    def _connect(self) -> None:
        self.plan_button.clicked.connect(self.plan_asked)
        self.list_button.clicked.connect(self.list_asked)
        self.report_button.clicked.connect(self.report_asked)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+P", self.report_asked.emit),
            ("Ctrl+Shift+P", self.list_asked.emit),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())


class ResultsScreen(CycleScreen):
    """Results of a year and what follows from them."""

    key = RESULTS
    title = "Kết quả"
    dialog: FormDialog | None = None
    standing: Standing | None = None

    @property
    def page(self) -> ResultsPage:
        """The page of results."""
        page = self.list
        assert isinstance(page, ResultsPage)  # noqa: S101 - made below
        return page

    def make_page(self) -> ResultsPage:
        """Return the page, connected."""
        page = ResultsPage(self.workplace, self.season)
        page.plan_asked.connect(self.ask_plans)
        page.report_asked.connect(lambda: self._print("std_result_report"))
        page.list_asked.connect(lambda: self.show_papers([list_wanted(self.season)]))
        page.behind.opened.connect(self.open_plan)
        page.lacks.opened.connect(self.open_lacking)
        page.disagreements.opened.connect(self.open_disagreement)
        return page

    def reload(self) -> None:
        """Read the results of the year in view."""
        standards, season = self.workplace.office.standards, self.season
        year, standard = season.year, season.standard

        def work() -> Standing:
            standings = standards.standings
            return Standing(
                year,
                standings.distribution(year),
                standings.distribution(year - 1),
                standards.receiving.disagreements(year),
                standings.behind(year),
                standings.lacks(year, standard),
                standings.reached(year, standard),
                standings.reached(year - 1, standard),
            )

        def arrive(found: Standing) -> None:
            self.standing = found
            self.page.show_standing(found)

        self.workplace.jobs.read(lambda _control: work(), arrive, owner=self.page, lane="standing")

    def ask_plans(self) -> None:
        """Ask for the deadline of remedial plans, and begin them."""
        found = self.standing
        if found is None:
            return
        chosen = set(self.page.behind.selected_ids())
        units = [b.unit for b in found.behind if not b.plan and (not chosen or b.unit in chosen)]
        if not units:
            self.workplace.door.done("Các đơn vị Trung bình, Yếu đã có kế hoạch khắc phục.")
            return
        standings, year = self.workplace.office.standards.standings, found.year
        held: dict[str, Value] = {"deadline": f"{year + 1:04}-06-30"}
        spec = self.workplace.office.lists.specs["remedial_plan"]
        fields = [replace(spec.field("deadline"), required=True), spec.field("follower"),
                  spec.field("measures")]  # fmt: skip

        self.dialog = FormDialog(
            self.workplace, self.page,
            title=f"Lập kế hoạch khắc phục cho {show_integer(len(units))} đơn vị",
            told="Giống nhau cho các đơn vị này; sửa riêng và ghi các lần kiểm tra trong từng kế "
            "hoạch (bấm đúp vào dòng của đơn vị).",
            fields=fields, verb="Lập kế hoạch", held=held,
            work=lambda given: standings.plan(
                year, units, str(given["deadline"]),
                measures=str(given["measures"] or ""), follower=str(given["follower"] or ""),
            ),
            done=lambda saved: self.workplace.told(saved, ("remedial_plan",)),
        )  # fmt: skip
        self.dialog.open()

    def open_plan(self, unit: str) -> None:
        """Open the remedial plan of a unit, or ask for one."""
        held = next((b for b in self.standing.behind if b.unit == unit), None) if (
            self.standing
        ) else None  # fmt: skip
        if held is not None and held.plan:
            self.lead(Lead("remedial_plan", held.plan))
        elif held is not None:
            self.ask_plans()

    def open_lacking(self, sheet: str) -> None:
        """Open the sheet in view."""
        if sheet:
            self.open_sheet(sheet)

    def open_disagreement(self, at: str) -> None:
        """Show both lists of a disagreement in full."""
        from antq_desktop.ui.ask import Choice, Question

        if self.standing is None or not at.isdecimal():
            return
        each = self.standing.told[int(at)]
        first, second = "\n".join(each.first) or "(không có)", "\n".join(each.second) or "(không)"
        only = "\n".join(sorted(set(each.first) - set(each.second))) or "(không có)"
        question = Question(
            title=each.message,
            consequence=(
                f"Chỉ có trong danh sách thứ nhất:\n{only}\n\nDanh sách thứ nhất:\n{first}\n\n"
                f"Danh sách thứ hai:\n{second}"
            ),
            choices=(Choice("seen", "Đã xem", "primary"),),
            safe="seen",
        )
        self.workplace.asker.ask(question, lambda _answer: None)

    def _print(self, form: str) -> None:
        self.show_papers([Wanted(form, period=str(self.season.year))])
