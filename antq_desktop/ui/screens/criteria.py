"""*Bộ tiêu chí*: sets in force by day and kind of unit, read; a copy edited as the unit's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.domain.fields import FieldSpec, Value
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.scoring.sets import SUBJECTS, CriteriaSet, Purpose
from antq_desktop.domain.shown import show_date
from antq_desktop.domain.text import fold
from antq_desktop.services.standards.sets import KIND
from antq_desktop.services.standards.subjects import label_of
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.criteria_editor import CriteriaEditor
from antq_desktop.ui.screens.cycle import SETS, CyclePage, CycleScreen, Season
from antq_desktop.ui.screens.cycle_head import CycleHead
from antq_desktop.ui.screens.filters import FilterChoice
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.screens.handover_parts import FoldingSplitter, LocalTable, words
from antq_desktop.ui.screens.score_parts import set_page
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.widgets.picker import Deliver
    from antq_desktop.ui.workplace import Workplace

PURPOSES: Final = {
    Purpose.RECOGNITION: "Công nhận “An toàn về ANTT”",
    Purpose.CLASSIFICATION: "Phân loại phong trào",
    Purpose.EXEMPLARY: "Điển hình, kiểu mẫu",
    Purpose.RATING: "Xếp loại mô hình, lực lượng",
    Purpose.DRUGS: "Địa bàn về ma túy",
}


@dataclass(frozen=True, slots=True)
class SetLine:
    """One set: its value, whether it is in force in the year, and whether it is the unit's own."""

    criteria: CriteriaSet
    in_force: bool
    own: bool


class CriteriaPage(CyclePage):
    """The sets at the left, the one in view at the right."""

    copy_asked = Signal()
    edit_asked = Signal()

    def __init__(self, workplace: Workplace, season: Season) -> None:
        super().__init__()
        self._workplace = workplace
        theme = workplace.theme
        self.lines: dict[str, SetLine] = {}
        self.head = CycleHead(workplace, season, "Bộ tiêu chí", standard=False)
        self.kind = FilterChoice(
            workplace, "Dùng cho mọi loại", "Dùng cho", self._find_kinds, searchable=False
        )
        self.only_force = QCheckBox("Chỉ bộ đang dùng của năm")
        self.only_force.setChecked(True)
        self.copy_button = make_button(
            "Sao thành bộ của đơn vị", theme, icon="copy",
            tip="Bộ của đơn vị là mẫu minh họa do đơn vị chịu trách nhiệm (Ctrl+D)",
        )  # fmt: skip
        self.edit_button = make_button("Sửa bộ", theme, role="primary", icon="edit", tip="Ctrl+E")
        self.table = LocalTable(
            (
                Column("title", "Bộ tiêu chí", 44, sortable=False),
                Column("for", "Dùng cho", 13, sortable=False),
                Column("state", "Tin cậy", 14, sortable=False),
            ),
            workplace,
            "Bộ tiêu chí",
        )
        self.table.set_empty("Không có bộ tiêu chí nào dùng cho loại này trong năm.", "", None)
        self.pane = QScrollArea()
        self.pane.setWidgetResizable(True)
        self.pane.setFrameShape(QFrame.Shape.NoFrame)
        self.pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.pane)
        self.head.add_filter(self.kind, 3)
        self.head.add_filter(self.only_force)
        self.head.add_buttons(self.copy_button, self.edit_button)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 2)
        page.addWidget(self.head)
        page.addWidget(FoldingSplitter(self.table, card, (5, 4)), 1)
        self._connect()

    @property
    def line(self) -> SetLine | None:
        """The set in view."""
        return self.lines.get(self.table.current_id())

    def show_lines(self, lines: list[SetLine]) -> None:
        """Show sets."""
        self.head.refresh()
        self.lines = {line.criteria.code: line for line in lines}
        self._again()

    def take_focus(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading."""
        self.head.head_with(chooser)

    def _again(self) -> None:
        kind = self.kind.option.id
        rows = []
        for line in self.lines.values():
            told = line.criteria
            if (self.only_force.isChecked() and not line.in_force) or (
                kind and kind not in told.unit_kinds
            ):
                continue
            rows.append(TableRow(told.code, (
                told.title, ", ".join(self._label(each) for each in told.unit_kinds), _state(line),
            )))  # fmt: skip
        self.table.show_rows(rows)
        if rows and self.table.current_id() not in {row.id for row in rows}:
            self.table.choose([rows[0].id])
        self._look()

    def _look(self) -> None:
        line = self.line
        self.copy_button.setEnabled(line is not None)
        self.edit_button.setEnabled(line is not None and line.own)
        if line is None:
            return
        inside = QWidget()
        inside.setProperty("role", "sheet")
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(set_page(line.criteria))
        for group in line.criteria.groups:
            column.addWidget(words(group.title, "section"))
            for at, item in enumerate(group.items, 1):
                points = f" ({show_points(item.most)} điểm)" if item.scored else ""
                computed = " · chương trình tính" if item.check else ""
                mark = " · trả lời bằng một dấu" if item.mark_only else ""
                text = item.text or "(chưa có lời văn, đơn vị nhập)"
                column.addWidget(words(f"{at}. {text}{points}{computed}{mark}"))
        if line.criteria.bands:
            column.addWidget(words("Các mức", "section"))
        for band in line.criteria.bands:
            least = show_points(band.least) if line.criteria.kind.value == "points" else band.least
            column.addWidget(words(f"{band.label}: từ {least}"))
        for cap in line.criteria.caps:
            column.addWidget(words(f"Khống chế: {cap.label}"))
        column.addStretch(1)
        self.pane.setWidget(inside)

    def _label(self, kind: str) -> str:
        return label_of(self._workplace.office.codes, kind)

    def _find_kinds(self, typed: str, deliver: Deliver) -> None:
        deliver(matching([Option(each, self._label(each)) for each in SUBJECTS], typed))

    def _connect(self) -> None:
        self.kind.chosen.connect(self._again)
        self.only_force.toggled.connect(lambda _on: self._again())
        self.table.current_changed.connect(lambda _one: self._look())
        self.table.opened.connect(lambda _one: self.edit_asked.emit())
        self.copy_button.clicked.connect(self.copy_asked)
        self.edit_button.clicked.connect(self.edit_asked)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+D", self.copy_asked.emit),
            ("Ctrl+E", self.edit_asked.emit),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())


class CriteriaScreen(CycleScreen):
    """The sets of a year."""

    key = SETS
    title = "Bộ tiêu chí"
    dialog: FormDialog | None = None
    editor: CriteriaEditor | None = None

    @property
    def page(self) -> CriteriaPage:
        """The page of sets."""
        page = self.list
        assert isinstance(page, CriteriaPage)  # noqa: S101 - made below
        return page

    def make_page(self) -> CriteriaPage:
        """Return the page, connected."""
        page = CriteriaPage(self.workplace, self.season)
        page.copy_asked.connect(self.ask_copy)
        page.edit_asked.connect(self.edit)
        return page

    def reload(self) -> None:
        """Read the sets of the year in view."""
        standards, year = self.workplace.office.standards, self.season.year

        def work() -> list[SetLine]:
            day = f"{year:04}-12-31"
            with standards.ground.book() as book:
                own = standards.sets.own(book)
            every = [*standards.sets.shipped.values(), *own.values()]
            order = list(Purpose)
            lines = [SetLine(each, each.in_force(day), each.code in own) for each in every]
            return sorted(lines, key=lambda e: (order.index(e.criteria.purpose), e.criteria.title))

        self.workplace.jobs.read(
            lambda _control: work(), self.page.show_lines, owner=self.page, lane="sets"
        )

    def ask_copy(self) -> None:
        """Ask what the unit's own copy of the set in view is called, and keep it."""
        line = self.page.line
        if line is None:
            return
        sets = self.workplace.office.standards.sets
        spec = FieldSpec(name="title", label="Tên bộ của đơn vị", required=True, max_length=200,
                         width=40)  # fmt: skip

        def work(given: Given) -> Saved:
            title = str(given["title"]).strip()
            made = sets.copy(line.criteria.code, slug_of(title))
            return sets.keep(replace(made, title=title))

        self.dialog = FormDialog(
            self.workplace, self.page, title="Sao thành bộ của đơn vị",
            told=(
                f"Sao từ “{line.criteria.title}”. Bộ của đơn vị đứng trước bộ đi kèm khi lập phiếu "
                "mới, sửa được, và luôn ghi “mẫu minh họa”."
            ),
            fields=(spec,), verb="Sao bộ", work=work,
            done=lambda saved: self._told(saved, "Đã sao bộ tiêu chí; sửa được ngay (Ctrl+E)."),
            held={"title": f"{line.criteria.title} (của đơn vị)"},
        )  # fmt: skip
        self.dialog.open()

    def edit(self) -> None:
        """Open the unit's own set for editing."""
        line = self.page.line
        if line is None or not line.own:
            return
        editor = self.editor = CriteriaEditor(self.workplace, line.criteria)
        editor.closed.connect(lambda: editor.may_leave(self.drop))
        editor.saved.connect(self._on_saved)
        self.open_over(editor)
        editor.begin()

    def open_record(self, record: str) -> None:
        """Show the set that a kept version is of."""
        lists = self.workplace.office.lists

        def show(values: Mapping[str, Value]) -> None:
            self.page.only_force.setChecked(False)
            self.page.table.choose([str(values.get("code") or "")])

        self.workplace.jobs.read(
            lambda _control: lists.show(KIND, record).values, show, owner=self.page
        )

    def _on_saved(self, saved: Saved) -> None:
        self.drop()
        self._told(saved, "Đã lưu bộ tiêu chí của đơn vị.")

    def _told(self, saved: Saved, sentence: str) -> None:
        self.workplace.told(replace(saved, sentence=sentence), (KIND,))


def slug_of(title: str) -> str:
    """Return a code for a set of this title."""
    made = re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_")
    return f"own_{made}"[:50].rstrip("_")


def _state(line: SetLine) -> str | Badge:
    told = line.criteria
    if line.own:
        return Badge("Bộ của đơn vị", "info")
    if told.provenance.confidence == "A":
        return Badge("A: nguyên văn", "calm")
    day = show_date(told.provenance.compared_on)
    return Badge(f"{told.provenance.confidence}: minh họa", "watch") if day else ""
