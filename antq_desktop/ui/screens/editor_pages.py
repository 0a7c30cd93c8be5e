"""The tabs of an editor, built from its layout when they are first seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from antq_desktop.domain.fields import BY_YEAR, RecordSpec, line_path
from antq_desktop.domain.records import takes_attachments
from antq_desktop.ui.screens.editor_cells import Cells
from antq_desktop.ui.screens.editor_fields import Fields
from antq_desktop.ui.screens.editor_focus import enter, order_focus, take_keyboard
from antq_desktop.ui.screens.editor_frame import scroll_area
from antq_desktop.ui.screens.editor_layout import (
    AttachedPart,
    ChecklistPart,
    ChildrenPart,
    Layout,
    LinesPart,
    Page,
    Part,
    Section,
)
from antq_desktop.ui.screens.editor_parts import PartMaker
from antq_desktop.ui.screens.lines import Checklist
from antq_desktop.ui.screens.related import RowsList, Slot
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.field import Kit

if TYPE_CHECKING:
    from antq_desktop.domain.errors import Fault
    from antq_desktop.ui.screens.editor_state import Sheaf
    from antq_desktop.ui.workplace import Workplace

WIDEST: Final = 960
_BUILT_AT_ONCE: Final = 1  # part, which fills most of the first screen
FaultMap = Mapping[tuple[str, str], Sequence["Fault"]]


class EditorPages(QTabWidget):
    """All tabs of one editor.

    `edited` says that something was typed, `built` that all fields of a tab are there; `add_asked`
    carries the part whose list wants another row, `removal_asked` the part and the slot of the row
    that should go.
    """

    edited = Signal()
    built = Signal()
    add_asked = Signal(object)
    removal_asked = Signal(object, object)

    def __init__(
        self,
        workplace: Workplace,
        layout: Layout,
        sheaf: Sheaf,
        kit: Kit,
        titles: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._workplace = workplace
        self._layout = layout
        self._sheaf = sheaf
        self.fields = Fields(kit, self)
        self._cells = Cells(workplace.office, sheaf, self.fields, titles)
        self.fields.edited.connect(self._on_edited)
        self._built: dict[int, QWidget] = {}
        self._waiting: dict[int, list[Part | AttachedPart | RecordSpec]] = {}
        self._parts = PartMaker(workplace, sheaf, self.fields, self._cells)
        self._lists = self._parts.lists
        self._checklists = self._parts.checklists
        self._faults: FaultMap = {}
        self.setDocumentMode(True)
        self.setProperty("role", "editor")
        self._parts.listed.connect(self._on_listed)
        self._parts.ticked.connect(self.edited)
        for page in layout.pages:
            self.addTab(scroll_area(), page.title)
        self.currentChanged.connect(self._bring)
        self._build(0)
        self.refresh_titles()

    def places(self) -> list[tuple[int, str, str]]:
        """Return tab, record and path of every field there is, in the order of the eye."""
        return [
            (at, sheet_id, path)
            for at, page in enumerate(self._layout.pages)
            for sheet_id, path in self._places_on(page)
        ]

    def go_to(self, record_id: str, path: str) -> bool:
        """Bring a field before the eye and put the keyboard into it; False when there is none."""
        place = next((one for one in self.places() if one[1:] == (record_id, path)), None)
        if place is None:
            return False
        self.setCurrentIndex(place[0])
        if self.fields.made(record_id, path) is None:
            self.finish(place[0])
        self._open_row(record_id, path)
        field = self.fields.made(record_id, path)
        if field is None:
            return False
        field.setVisible(True)
        area = self.widget(place[0])
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(field, 2 * UNIT, 6 * UNIT)
        take_keyboard(field)
        return True

    def show_row(self, row: QWidget) -> None:
        """Scroll so that a row is seen whole where it fits, from its top where it does not."""
        area = self.currentWidget()
        if not isinstance(area, QScrollArea):
            return
        _settle()
        inner = area.widget()
        if inner is not None and row.height() > area.viewport().height():
            area.verticalScrollBar().setValue(row.mapTo(inner, QPoint()).y())
        else:
            area.ensureWidgetVisible(row, 0, 2 * UNIT)

    def rows_of(self, part: LinesPart | ChildrenPart) -> RowsList:
        """Return the list of a part, building its tab when needed."""
        name = part.line if isinstance(part, LinesPart) else part.kind
        for at, page in enumerate(self._layout.pages):
            if part in page.parts and name not in self._lists:
                self.finish(at)
        return self._lists[name]

    def lists(self) -> list[RowsList]:
        """Return the lists of all tabs seen so far."""
        for at in list(self._built):
            self.finish(at)
        return list(self._lists.values())

    def checklist(self, name: str) -> Checklist:
        """Return a checklist whose tab was built."""
        return self._checklists[name]

    def slots_of(self, part: LinesPart | ChildrenPart) -> list[Slot]:
        """Return where the rows of a part stand."""
        main = self._sheaf.main
        if isinstance(part, LinesPart):
            ids = main.line_ids(part.line, part.order_by)
            if main.spec.line(part.line).ids_from == BY_YEAR:
                ids = sorted(ids, reverse=True)
            return [Slot(main, f"{part.line}/{one}/") for one in ids]
        return [Slot(sheet) for sheet in self._sheaf.children.get(part.kind, [])]

    def refresh_lists(self) -> None:
        """Show again which rows there are, and what is ticked; the eye stays with the keyboard."""
        self._keep_in_sight()
        for part in self._layout.parts():
            if isinstance(part, LinesPart | ChildrenPart):
                name = part.line if isinstance(part, LinesPart) else part.kind
                if name in self._lists:
                    self._lists[name].show_slots(self.slots_of(part), fixed=self._sheaf.main.fixed)
        for checklist in self._checklists.values():
            checklist.refresh()
        self._parts.refresh_sections()
        self.refresh_titles()
        self._mark_rows()

    def _keep_in_sight(self) -> None:
        """Scroll after rows that change their places, to the field that is typed into."""
        area, typed = self.currentWidget(), QApplication.focusWidget()
        if not isinstance(area, QScrollArea) or typed is None or not area.isAncestorOf(typed):
            return
        if typed.visibleRegion().isEmpty():
            return

        def follow() -> None:
            _settle()
            if typed.hasFocus():
                area.ensureWidgetVisible(typed, 0, 6 * UNIT)

        QTimer.singleShot(0, typed, follow)

    def refresh_all(self, titles: Mapping[str, str]) -> None:
        """Show again what may and may not be changed, and every list."""
        self._cells.learn(titles)
        for sheet in self._sheaf.sheets():
            self.fields.fix(sheet)
        for checklist in self._checklists.values():
            checklist.set_fixed(self._sheaf.main.fixed)
        self._arrange()
        self.refresh_lists()

    def show_faults(self, faults: FaultMap) -> None:
        """Show faults beside their fields, in the heads of their rows and on their tabs."""
        self.fields.show_faults(faults)
        self._mark(faults)

    def lift_faults(self, faults: FaultMap) -> None:
        """Take away the faults that were cured; what is being typed is left as it is."""
        self.fields.lift_faults(self._faults, faults)
        self._mark(faults)

    def _mark(self, faults: FaultMap) -> None:
        self._faults = faults
        self._mark_rows()
        tabs: dict[int, bool] = {}
        for at, sheet_id, path in self.places():
            for fault in faults.get((sheet_id, path), ()):
                tabs[at] = tabs.get(at, False) or not fault.warning
        icons = self._workplace.theme.icons
        for at in range(len(self._layout.pages)):
            self.setTabIcon(at, icons.icon("fault", "red") if tabs.get(at) else QIcon())

    def refresh_titles(self) -> None:
        """Show on the tabs how many rows stand behind them."""
        for at, page in enumerate(self._layout.pages):
            counts = [
                len(self.slots_of(part)) for part in page.parts if isinstance(part, ChildrenPart)
            ]
            self.setTabText(at, f"{page.title} ({sum(counts)})" if any(counts) else page.title)

    def _places_on(self, page: Page) -> Iterator[tuple[str, str]]:
        main = self._sheaf.main
        for part in page.parts:
            if isinstance(part, Section):
                yield from ((main.id, name) for row in part.rows for name in row)
            elif isinstance(part, ChecklistPart):
                line = main.spec.line(part.line)
                for item in self._workplace.office.codes[line.ids_from].values:
                    for spec in line.fields:
                        yield main.id, line_path(line.name, item.id, spec.name)
            else:
                for slot in self.slots_of(part):
                    for name in (name for row in part.rows for name in row):
                        yield slot.sheet.id, slot.prefix + name

    def _open_row(self, record_id: str, path: str) -> None:
        prefix = path[: path.rfind("/") + 1]
        for rows in self._lists.values():
            frame = rows.frame(f"{record_id}/{prefix}")
            if frame is not None:
                frame.open()

    def _bring(self, at: int) -> None:
        self._build(at)
        if not self.tabBar().hasFocus():  # arrows walk along the tabs
            enter(self._built.get(at, self.tabBar()))

    def _build(self, at: int) -> None:
        if at in self._built or at >= len(self._layout.pages):
            return
        area = self.widget(at)
        if not isinstance(area, QScrollArea):
            return
        inner = QWidget()
        inner.setProperty("role", "page")
        inner.setMaximumWidth(round(WIDEST * max(1.0, self._workplace.theme.points / 10.5)))
        column = QVBoxLayout(inner)
        column.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 3 * UNIT)
        column.setSpacing(3 * UNIT)
        column.addStretch(1)
        self._built[at] = inner
        why = (self._sheaf.main.spec,) if at == 0 else ()  # what it is kept for
        self._waiting[at] = [*self._layout.pages[at].parts, *self._attached(at), *why]
        for _ in range(_BUILT_AT_ONCE):
            self._build_next(at)
        area.setWidget(inner)
        self._arrange()
        self._order_focus()
        self._go_on(at)

    def _attached(self, at: int) -> tuple[AttachedPart, ...]:
        specs = self._workplace.office.lists.specs
        return (AttachedPart(),) if at == 0 and takes_attachments(self._layout.kind, specs) else ()

    def _go_on(self, at: int) -> None:
        """Build what lies below the first parts a turn of the event loop later, part by part."""
        if self._waiting[at]:
            QTimer.singleShot(0, self, lambda: self._build_more(at))
            return
        self._arrange()
        self._order_focus()
        if self._faults:
            self.show_faults(self._faults)
        self.built.emit()

    def _build_more(self, at: int) -> None:
        self._build_next(at)
        self._go_on(at)

    def _build_next(self, at: int) -> None:
        column = self._built[at].layout()
        if self._waiting[at] and isinstance(column, QVBoxLayout):
            part = self._waiting[at].pop(0)
            made = self._parts.make(part)
            column.insertWidget(column.count() - 1, made)
            made.show()  # at once, so that the keyboard can go there

    def finish(self, at: int) -> None:
        """Build all of a tab at once."""
        self._build(at)
        if self._waiting[at]:
            while self._waiting[at]:
                self._build_next(at)
            self._go_on(at)

    def _order_focus(self) -> None:
        for at in sorted(self._built, reverse=True):
            order_focus(self.tabBar(), self._built[at])

    def _on_listed(self, part: LinesPart | ChildrenPart, made: RowsList) -> None:
        made.add_asked.connect(lambda: self.add_asked.emit(part))
        made.reordered.connect(self._order_focus)
        made.removal_asked.connect(lambda slot: self.removal_asked.emit(part, slot))
        made.show_slots(self.slots_of(part), fixed=self._sheaf.main.fixed)

    def _on_edited(self, record_id: str, path: str) -> None:
        prefix = path[: path.rfind("/") + 1]
        for rows in self._lists.values():
            rows.refresh(f"{record_id}/{prefix}")
        if record_id == self._sheaf.main.id:
            self._arrange()
        self.edited.emit()

    def _arrange(self) -> None:
        values = self._sheaf.main.now
        for names, row in self._parts.rows:
            if any(name in self._layout.shown_when for name in names):
                row.arrange(lambda name: self._layout.shows(name, values))

    def _mark_rows(self) -> None:
        def marks(slot: Slot) -> tuple[int, int]:
            found = [
                fault
                for (sheet_id, path), faults in self._faults.items()
                if sheet_id == slot.sheet.id and path.startswith(slot.prefix)
                for fault in faults
            ]
            wrong = sum(1 for fault in found if not fault.warning)
            return wrong, len(found) - wrong

        for rows in self._lists.values():
            rows.show_marks(marks)


def _settle() -> None:
    """Let rows that opened and closed take their places, so that places can be measured."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
