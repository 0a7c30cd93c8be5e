"""Makes the parts of an editor as its layout names them: sections, small lists, checklists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.fields import BY_YEAR, RecordSpec, lines_of
from antq_desktop.domain.records import spec_of, takes_attachments
from antq_desktop.ui.screens.editor_fields import ROW_GAP, FieldRow
from antq_desktop.ui.screens.editor_frame import heading
from antq_desktop.ui.screens.editor_inline import shown
from antq_desktop.ui.screens.editor_layout import (
    AttachedPart,
    ChecklistPart,
    ChildrenPart,
    LinesPart,
    Part,
    Section,
)
from antq_desktop.ui.screens.lines import Checklist
from antq_desktop.ui.screens.related import RowsList, Shape, Slot

if TYPE_CHECKING:
    from antq_desktop.ui.screens.attachments_section import AttachmentsSection
    from antq_desktop.ui.screens.editor_cells import Cells
    from antq_desktop.ui.screens.editor_fields import Fields
    from antq_desktop.ui.screens.editor_state import Sheaf, Sheet
    from antq_desktop.ui.workplace import Workplace


class PartMaker(QObject):
    """Makes parts and keeps what of them is asked for again.

    `listed` carries a part and its list when that was made; `ticked` says that a checklist changed.

    Attributes:
        rows: Rows of fields of the record in front, with the names of their fields.
        lists: Lists by the name of their line or kind.
        checklists: Checklists by the name of their line.
        sections: Attachments by the id of the record they hang on.
    """

    listed = Signal(object, object)
    ticked = Signal()

    def __init__(self, workplace: Workplace, sheaf: Sheaf, fields: Fields, cells: Cells) -> None:
        super().__init__()
        self._workplace = workplace
        self._sheaf = sheaf
        self._fields = fields
        self._cells = cells
        self.rows: list[tuple[tuple[str, ...], FieldRow]] = []
        self.lists: dict[str, RowsList] = {}
        self.checklists: dict[str, Checklist] = {}
        self.sections: dict[str, AttachmentsSection] = {}

    def make(self, part: Part | AttachedPart | RecordSpec) -> QWidget:
        """Return the widget of a part; for a kind what its records are kept for."""
        match part:
            case Section():
                return self._section(part)
            case ChecklistPart():
                return self._checklist(part)
            case LinesPart() | ChildrenPart():
                return self._list(part)
            case AttachedPart():
                return self.attachments(self._sheaf.main)
            case RecordSpec():
                return _purpose(part)

    def attachments(self, sheet: Sheet) -> AttachmentsSection:
        """Return the section of what hangs on a record."""
        from antq_desktop.ui.screens.attachments_section import AttachmentsSection

        made = AttachmentsSection(self._workplace, self._sheaf, sheet, self._fields)
        made.edited.connect(self.ticked)
        self.sections[sheet.id] = made
        return made

    def refresh_sections(self) -> None:
        """Show again what hangs on the records whose rows are still there."""
        self.sections = {one: held for one, held in self.sections.items() if isValid(held)}
        for section in self.sections.values():
            section.refresh()

    def _below(self, slot: Slot) -> QWidget | None:
        """Return what stands below the fields of an open row: what hangs on its record."""
        spec = slot.sheet.spec
        takes = not slot.prefix and takes_attachments(spec.kind, self._workplace.office.lists.specs)
        return self.attachments(slot.sheet) if takes else None

    def _section(self, part: Section) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(ROW_GAP)
        column.addLayout(heading(part.title))
        for names in part.rows:
            fields = [self._fields.make(self._sheaf.main, name) for name in names]
            row = FieldRow(fields, 2)
            self.rows.append((names, row))
            column.addWidget(row)
        return made

    def _checklist(self, part: ChecklistPart) -> QWidget:
        main = self._sheaf.main
        line = main.spec.line(part.line)
        held = lines_of(main.now, part.line)
        items = [
            value
            for value in self._workplace.office.codes[line.ids_from].values
            if not value.retired or value.id in held
        ]
        made = Checklist(main, line, items, self._fields, self._workplace.theme)
        made.set_fixed(main.fixed)
        made.edited.connect(lambda _path: self.ticked.emit())
        self.checklists[part.line] = made
        return made

    def _list(self, part: LinesPart | ChildrenPart) -> QWidget:
        made = RowsList(
            self._shape(part),
            self._fields,
            self._workplace.theme,
            lambda slot: self._cells.of(part, slot),
            self._below,
        )
        name = part.line if isinstance(part, LinesPart) else part.kind
        self.lists[name] = made
        self.listed.emit(part, made)
        return made

    def _shape(self, part: LinesPart | ChildrenPart) -> Shape:
        if isinstance(part, LinesPart):
            line = self._sheaf.main.spec.line(part.line)
            first = "Năm" if line.ids_from == BY_YEAR else ""
            specs = tuple(line.field(name) for name in part.columns)
            return Shape(line.label, line.item, specs, part.rows, first)
        spec = spec_of(part.kind, self._workplace.office.lists.specs)
        columns = tuple(spec.field(name) for name in part.columns)
        return Shape(
            spec.plural,
            spec.label,
            columns,
            part.rows,
            shows=lambda name, values: shown(part, name, values),
        )


def _purpose(spec: RecordSpec) -> QWidget:
    """Say what the record is kept for, and how long persons in it are kept."""
    words = QLabel(f"{spec.purpose}\nThời gian giữ: {lowered(spec.retention)}")
    words.setProperty("role", "hint")
    words.setWordWrap(True)
    return words
