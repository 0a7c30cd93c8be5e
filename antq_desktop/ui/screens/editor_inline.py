"""Records edited in place behave as in an editor of their own: what they begin with, what shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from antq_desktop.domain.fields import Value, Values

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.ui.screens.editor_layout import ChildrenPart, Condition, Layout


def begins_with(office: Office, part: ChildrenPart) -> dict[str, Value]:
    """Return what a new row of a part begins with."""
    own = layout_of(part.kind)
    defaults = part.defaults or (own.defaults if own is not None else None)
    return defaults(office) if defaults is not None else {}


def conditions(part: ChildrenPart) -> Mapping[str, Condition]:
    """Return when the fields of a row stand there that do not always."""
    if part.shown_when is not None:
        return part.shown_when
    own = layout_of(part.kind)
    return own.shown_when if own is not None else {}


def shown(part: ChildrenPart, name: str, values: Values) -> bool:
    """Tell whether a field stands in an open row; what holds a value always does."""
    condition = conditions(part).get(name)
    return condition is None or values.get(name) is not None or condition(values)


def layout_of(kind: str) -> Layout | None:
    """Return the layout of a kind that is also a list of its own."""
    from antq_desktop.ui.screens.layouts_areas import AREAS

    every = (layout for area in AREAS for layout in area.layouts())
    return next((layout for layout in every if layout.kind == kind), None)
