"""The record in view beside its list: all values, what belongs to it, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.fields import (
    BY_YEAR,
    FieldKind,
    FieldSpec,
    RecordSpec,
    Value,
    Values,
    line_path,
    lines_of,
)
from antq_desktop.domain.shown import show_integer, show_money
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_bands import Bands
from antq_desktop.ui.screens.editor_conflicts import show_standing
from antq_desktop.ui.screens.editor_layout import (
    ChecklistPart,
    ChildrenPart,
    Layout,
    LinesPart,
    Section,
)
from antq_desktop.ui.screens.editor_loading import in_order
from antq_desktop.ui.screens.history_panel import HistoryPanel
from antq_desktop.ui.screens.reading_pane_data import Loaded, load, shown_text
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.cover import MASK

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.ui.colours import Colours
    from antq_desktop.ui.workplace import Workplace

REVEAL: Final = "reveal:"
_MOST_ROWS: Final = 60


class ReadingPane(QFrame):
    """Shows one record, or says how many are selected.

    `open_asked`, `print_asked` and `void_asked` carry the id of the record in view; the two last
    are empty when several are selected.
    """

    open_asked = Signal(str)
    print_asked = Signal(str)
    void_asked = Signal(str)

    def __init__(self, workplace: Workplace, layout: Layout) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._workplace = workplace
        self._layout = layout
        self._id = ""
        self._selected = 0
        self.loaded: Loaded | None = None
        self._revealed = ""
        self._make_parts()
        self._lay_out()
        workplace.theme.changed.connect(self._write)
        self.clear()

    def show_record(self, record_id: str) -> None:
        """Show a record; an answer for an earlier one is dropped."""
        if not record_id:
            self.clear()
            return
        self._id = record_id
        office, kind = self._workplace.office, self._layout.kind
        self._workplace.jobs.read(
            lambda _control: load(office, kind, record_id),
            self._show,
            failed=lambda _error: self.clear(),
            owner=self,
            lane="record",
        )
        if self.tabs.currentWidget() is self.history:
            self.history.show_record(kind, record_id)

    def show_selected(self, count: int) -> None:
        """Say how many records are selected; one shows itself."""
        self._selected = count
        label = self._workplace.office.lists.specs[self._layout.kind].label
        self._many_words.setText(f"Đã chọn {show_integer(count)} {label}")
        self._stack.setCurrentWidget(self._many if count > 1 else self._one)

    def lie_below(self, below: bool) -> None:
        """Put title and buttons side by side where the pane lies below the list."""
        self._head.setDirection(
            QBoxLayout.Direction.LeftToRight if below else QBoxLayout.Direction.TopToBottom
        )
        self._one_column.setContentsMargins(2 * UNIT, UNIT if below else 2 * UNIT, UNIT, UNIT)

    def clear(self) -> None:
        """Show nothing."""
        self._id = ""
        self.loaded = None
        self.title.setText("")
        self.page.setHtml("")
        self.history.clear()
        for button in (self.open_button, self.print_button, self.void_button):
            button.hide()
        for name in ("void", "foreign", "conflict"):
            self.bands.hide_band(name)
        self.tabs.hide()

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        label = self._workplace.office.lists.specs[self._layout.kind].label
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.bands = Bands(theme)
        self.open_button = make_button("Mở", theme, icon="edit", tip="Mở để xem và sửa (Enter)")
        self.print_button = make_button("In", theme, icon="print", tip="Xem và in (Ctrl+P)")
        self.void_button = make_button("Hủy…", theme, icon="void", tip=f"Hủy {label}, có lý do")
        self.open_button.clicked.connect(lambda: self.open_asked.emit(self._id))
        self.print_button.clicked.connect(lambda: self.print_asked.emit(self._id))
        self.void_button.clicked.connect(lambda: self.void_asked.emit(self._id))
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setProperty("role", "sheet")
        self.page.setAccessibleName("Nội dung hồ sơ")
        self.page.anchorClicked.connect(self._on_link)
        self.history = HistoryPanel(self._workplace)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        content = QWidget()
        below = QVBoxLayout(content)
        below.setContentsMargins(0, UNIT, 0, 0)
        below.addWidget(self.page)
        self.tabs.addTab(content, "Nội dung")
        self.tabs.addTab(self.history, "Lịch sử")
        self.tabs.currentChanged.connect(self._on_tab)
        self._many_words = QLabel()
        self._many_words.setProperty("role", "heading")
        self._many_words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.void_many = make_button(f"Hủy các {label} đã chọn…", theme, role="danger", icon="void")
        self.void_many.clicked.connect(lambda: self.void_asked.emit(""))
        self.print_many = make_button("In tất cả", theme, icon="print", tip="Xem và in (Ctrl+P)")
        self.print_many.clicked.connect(lambda: self.print_asked.emit(""))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(UNIT)
        for button in (self.open_button, self.print_button, self.void_button):
            bar.addWidget(button)
        bar.addStretch(1)
        self._one = QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.setSpacing(UNIT)
        self._head.addWidget(self.title, 1)
        self._head.addLayout(bar)
        one = self._one_column = QVBoxLayout(self._one)
        one.setContentsMargins(2 * UNIT, 2 * UNIT, UNIT, UNIT)
        one.setSpacing(UNIT)
        one.addLayout(self._head)
        one.addWidget(self.bands)
        one.addWidget(self.tabs, 1)
        self._many = QWidget()
        many = QVBoxLayout(self._many)
        many.setSpacing(2 * UNIT)
        many.addStretch(1)
        many.addWidget(self._many_words)
        many.addWidget(self.print_many, 0, Qt.AlignmentFlag.AlignHCenter)
        many.addWidget(self.void_many, 0, Qt.AlignmentFlag.AlignHCenter)
        many.addStretch(2)
        self.print_many.setHidden(not self._layout.paper)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._one)
        self._stack.addWidget(self._many)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _show(self, loaded: Loaded) -> None:
        if loaded.shown.record.id != self._revealed:
            self._revealed = ""
        same = self.loaded is not None and self.loaded.shown.record.id == loaded.shown.record.id
        self.loaded = loaded
        spec = loaded.shown.spec
        names = [
            str(loaded.shown.values[one]) for one in spec.title if loaded.shown.values.get(one)
        ]
        self.title.setText(names[-1] if names else spec.label)
        self.open_button.show()
        self.print_button.setVisible(bool(self._layout.paper))
        self.void_button.setVisible(not loaded.locked)
        show_standing(self._workplace, loaded, self.bands, None, None)
        self.tabs.show()
        place = self.page.verticalScrollBar().value() if same else 0
        self._write()
        self.page.verticalScrollBar().setValue(place)

    def _write(self) -> None:
        if self.loaded is None:
            return
        writer = PaneWriter(
            self._workplace.office,
            self._layout,
            self.loaded,
            self._workplace.theme.colours,
            revealed=bool(self._revealed),
        )
        self.page.document().setDocumentMargin(0)
        self.page.setHtml(writer.html())

    def _on_tab(self) -> None:
        if self.tabs.currentWidget() is self.history and self._id:
            self.history.show_record(self._layout.kind, self._id)

    def _on_link(self, link: QUrl) -> None:
        """Uncover the private values of the record in view, and write the reading down."""
        if link.toString() != REVEAL or self.loaded is None:
            return
        record = self.loaded.shown.record
        records = self._workplace.office.records
        self._workplace.jobs.write(
            lambda _control: records.read_private(record.kind, record.id, "Danh sách"),
            lambda _none: self._uncover(record.id),
            owner=self,
        )

    def _uncover(self, record_id: str) -> None:
        self._revealed = record_id
        self._write()


class PaneWriter:
    """Writes a record as a page; every text of people is escaped."""

    def __init__(
        self,
        office: Office,
        layout: Layout,
        loaded: Loaded,
        colours: Colours,
        *,
        revealed: bool,
    ) -> None:
        self._office = office
        self._layout = layout
        self._loaded = loaded
        self._colours = colours
        self._revealed = revealed
        self._headed_by = loaded.shown.spec.title[-1]  # stands above the page already

    def html(self) -> str:
        """Return the page: what is filled in, part by part, then what is missing."""
        parts = [part for one in self._layout.parts() for part in self._part(one)]
        return "".join([*self._missing(), *parts])

    def _missing(self) -> Iterator[str]:
        shown = self._loaded.shown
        wanted = [
            field.label
            for field in shown.spec.fields
            if field.wanted and shown.values.get(field.name) is None
        ]
        if wanted and shown.void_reason is None:
            words = escape(", ".join(label.lower() for label in wanted))
            yield (
                f"<p style='color:{self._colours.gold}; margin-top:4px; margin-bottom:4px'>"
                f"△ Còn thiếu: {words}.</p>"
            )

    def _part(self, part: object) -> Iterator[str]:
        match part:
            case Section():
                yield from self._section(part)
            case LinesPart():
                yield from self._lines(part)
            case ChecklistPart():
                yield from self._checklist(part)
            case ChildrenPart():
                yield from self._children(part)

    def _heading(self, title: str, count: int | None = None) -> str:
        number = f" <span style='color:{self._colours.ink_faint}'>{count}</span>" if count else ""
        return (
            f"<p style='color:{self._colours.accent}; margin-top:14px; margin-bottom:4px'>"
            f"<b>{escape(title)}</b>{number}</p>"
        )

    def _section(self, part: Section) -> Iterator[str]:
        shown = self._loaded.shown
        rows = [
            self._pair(shown.spec.field(name), shown.values.get(name))
            for row in part.rows
            for name in row
            if shown.values.get(name) is not None and name != self._headed_by
        ]
        if rows:
            yield self._heading(part.title)
            yield f"<table width='100%' cellspacing='0' cellpadding='0'>{''.join(rows)}</table>"

    def _pair(self, spec: FieldSpec, value: Value) -> str:
        soft = self._colours.ink_soft
        if spec.kind is FieldKind.LONG_TEXT:
            text = escape(str(value)).replace("\n", "<br>")
            return (
                f"<tr><td colspan='2' style='padding-bottom:6px'><span style='color:{soft}'>"
                f"{escape(spec.label)}</span><br>{text}</td></tr>"
            )
        return (
            f"<tr><td width='42%' style='color:{soft}; padding-bottom:6px; padding-right:8px'>"
            f"{escape(spec.label)}</td><td style='padding-bottom:6px'>{self._value(spec, value)}"
            "</td></tr>"
        )

    def _value(self, spec: FieldSpec, value: Value) -> str:
        if spec.private and not self._revealed:
            return (
                f"<span style='color:{self._colours.ink_faint}'>{MASK}</span> &nbsp;"
                f"<a href='{REVEAL}' style='color:{self._colours.blue}'>Hiện</a>"
            )
        if spec.kind is FieldKind.MONEY and isinstance(value, int):
            return escape(show_money(value))
        return escape(shown_text(self._office, spec, value, self._loaded.titles))

    def _lines(self, part: LinesPart) -> Iterator[str]:
        shown = self._loaded.shown
        line = shown.spec.line(part.line)
        held = lines_of(shown.values, part.line)
        if not held:
            return
        by_year = line.ids_from == BY_YEAR
        ids = sorted(held, reverse=by_year, key=lambda one: (_key(held[one], part.order_by), one))
        yield self._heading(line.label, len(ids))
        for one in ids:
            cells = [self._told(line.field(name), held[one]) for name in part.columns]
            yield self._row([one, *cells] if by_year else cells)

    def _checklist(self, part: ChecklistPart) -> Iterator[str]:
        shown = self._loaded.shown
        line = shown.spec.line(part.line)
        tick = next(spec for spec in line.fields if spec.kind is FieldKind.YES_NO)
        items = self._office.codes[line.ids_from].values
        have = {
            item.id
            for item in items
            if shown.values.get(line_path(line.name, item.id, tick.name)) is True
        }
        wanted = [item for item in items if item.required]
        lacking = [item.label for item in wanted if item.id not in have]
        yield self._heading(line.label)
        told = f"Đã có {len(wanted) - len(lacking)}/{len(wanted)} thành phần bắt buộc."
        yield f"<p style='margin-top:0; margin-bottom:4px'>{told}</p>"
        if lacking:
            words = escape("; ".join(label[:1].lower() + label[1:] for label in lacking))
            yield (
                f"<p style='color:{self._colours.gold}; margin-top:0; margin-bottom:4px'>"
                f"△ Còn thiếu: {words}.</p>"
            )

    def _children(self, part: ChildrenPart) -> Iterator[str]:
        records = self._loaded.children.get(part.kind, [])
        if not records:
            return
        spec: RecordSpec = self._office.lists.specs[part.kind]
        ordered = in_order(self._office, self._layout, part.kind, list(records))
        yield self._heading(spec.plural, len(records))
        for record in ordered[:_MOST_ROWS]:
            values = record.values()
            yield self._row([self._told(spec.field(name), values) for name in part.columns])
        if len(records) > _MOST_ROWS:
            more = show_integer(len(records) - _MOST_ROWS)
            yield f"<p style='color:{self._colours.ink_faint}'>và {more} dòng nữa, mở để xem.</p>"

    def _told(self, spec: FieldSpec, values: Values) -> str:
        value = values.get(spec.name)
        if value is None:
            return ""
        if spec.private:
            return self._value(spec, value)
        text = escape(shown_text(self._office, spec, value, self._loaded.titles))
        counted = spec.kind in (FieldKind.INTEGER, FieldKind.MONEY)
        return f"{escape(spec.label.lower())} {text}" if counted and spec.name != "year" else text

    def _row(self, cells: list[str]) -> str:
        filled = [cell for cell in cells if cell]
        first = filled[0] if filled else "(trống)"
        rest = f"<br><span style='color:{self._colours.ink_soft}'>{' · '.join(filled[1:])}</span>"
        return f"<p style='margin-top:0; margin-bottom:6px'>{first}{rest if filled[1:] else ''}</p>"


def _key(line: Mapping[str, Value], name: str) -> str:
    return str(line.get(name) or "") if name else ""
