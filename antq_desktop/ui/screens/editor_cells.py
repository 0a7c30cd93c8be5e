"""What a closed row of an editor says of the record or line behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from antq_desktop.domain.fields import BY_YEAR, FieldKind, FieldSpec
from antq_desktop.ui.screens.editor_layout import ChildrenPart, LinesPart
from antq_desktop.ui.widgets.chosen_fields import ReferenceField
from antq_desktop.ui.widgets.cover import MASK

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.ui.screens.editor_fields import Fields
    from antq_desktop.ui.screens.editor_state import Sheaf, Sheet
    from antq_desktop.ui.screens.related import Slot


class Cells:
    """Writes the cells of closed rows."""

    def __init__(
        self, office: Office, sheaf: Sheaf, fields: Fields, titles: Mapping[str, str]
    ) -> None:
        self._office = office
        self._sheaf = sheaf
        self._fields = fields
        self._titles = dict(titles)

    def learn(self, titles: Mapping[str, str]) -> None:
        """Take note of what more records are called."""
        self._titles.update(titles)

    def of(self, part: LinesPart | ChildrenPart, slot: Slot) -> list[str]:
        """Return the cells of a row."""
        cells = [self._cell(slot.sheet, slot.prefix + name) for name in part.columns]
        if isinstance(part, LinesPart):
            line = self._sheaf.main.spec.line(part.line)
            if line.ids_from == BY_YEAR:
                return [slot.prefix.split("/")[1], *cells]
        return cells

    def _cell(self, sheet: Sheet, path: str) -> str:
        if path in sheet.unread:
            return sheet.unread[path]
        spec: FieldSpec = sheet.spec.at(path)
        value = sheet.now.get(path)
        if value is None:
            return ""
        if spec.private:
            return MASK
        if spec.kind is FieldKind.REFERENCE:
            return self._name(str(value), sheet.id, path)
        return self._office.lists.text_of(spec, value, {})

    def _name(self, record_id: str, sheet_id: str, path: str) -> str:
        below = self._sheaf.by_id(record_id)
        if below is not self._sheaf.main:
            return below.title
        field = self._fields.made(sheet_id, path)
        if isinstance(field, ReferenceField):
            return field.button.text()
        return self._titles.get(record_id, "")
