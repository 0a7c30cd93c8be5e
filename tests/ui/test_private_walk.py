"""Private values of every kind: masked in list, pane and editor, shown when asked, written down.

The kinds are those that have a private field, so that a new one is walked through by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from antq_desktop.domain.changes import Action
from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Value
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office
from antq_desktop.ui.screens.layouts_areas import AREAS
from antq_desktop.ui.screens.reading_pane_page import REVEAL
from antq_desktop.ui.screens.records import LAYOUTS
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.cover import Cover
from tests.stores import COMMUNE_ID
from tests.ui.area_desk import area_desk_of
from tests.ui.desk import Desk, desk_of

SECRETS = {
    FieldKind.PHONE: "0100999888",
    FieldKind.CITIZEN_ID: "000999888777",
    FieldKind.TEXT: "Giấu Kín",
}
PLACES = {layout.kind: layout for layout in LAYOUTS}
PLACES |= {layout.kind: layout for area in AREAS for layout in area.layouts()}


def fields_of(spec: RecordSpec) -> list[FieldSpec]:
    return [*spec.fields, *(field for line in spec.lines for field in line.fields)]


def has_private(kind: str) -> bool:
    return any(field.private for field in fields_of(SPECS[kind]))


def below(kind: str) -> list[str]:
    return [part.kind for part in PLACES[kind].child_parts()]


WALKED = [kind for kind in PLACES if has_private(kind) or any(map(has_private, below(kind)))]


def test_every_kind_with_a_private_field_is_walked_through() -> None:
    seen = {one for kind in WALKED for one in (kind, *below(kind))}
    assert {kind for kind in SPECS if has_private(kind)} <= seen
    assert set(WALKED) >= {"incident", "scheme", "unit", "team_member"}


class Planted:
    """Makes one record of each kind that is asked for, every private field of it filled."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._made: dict[str, str] = {"unit": ""}

    def make(self, kind: str, **given: Value) -> str:
        """Return the id of a record of a kind."""
        spec = SPECS[kind]
        values = {f.name: self._value(f) for f in spec.fields if f.required or f.private}
        for line in spec.lines:
            if any(field.private for field in line.fields):
                wanted = (field for field in line.fields if field.required or field.private)
                values |= {f"{line.name}/a/{field.name}": self._value(field) for field in wanted}
        return self._office.records.add(kind, {**values, **given}).ids[0]

    def _value(self, field: FieldSpec) -> Value:
        if field.private:
            return SECRETS[field.kind]
        if field.kind is FieldKind.CHOICE:
            return self._office.codes[field.codes].values[0].id
        if field.kind is FieldKind.REFERENCE:
            above = field.refers_to[0]
            return COMMUNE_ID if above == "unit" else self.make(above)
        if field.kind is FieldKind.DATE:
            return "2026-10-10"
        return 2026 if field.kind is FieldKind.INTEGER else "Mẫu"


def texts(widget: QWidget) -> Iterator[str]:
    """Yield everything that a widget shows or tells a screen reader."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QAbstractItemView):
        model = widget.model()
        for row in range(model.rowCount() if model else 0):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                yield f"{index.data()} {index.data(3)}"  # 3: the tip


def shown(window: QWidget) -> set[str]:
    """Return the private values that can be seen in a window."""
    seen = " ".join(
        text
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        for text in texts(widget)
    )
    return {secret for secret in SECRETS.values() if secret in seen or _apart(secret) in seen}


def _apart(secret: str) -> str:
    return f"{secret[:-6]} {secret[-6:-3]} {secret[-3:]}"


def readings(office: Office, record: str) -> int:
    actions = [one.entry.action for one in office.lists.history_of(record)]
    return actions.count(Action.READ_PRIVATE)


@dataclass(frozen=True)
class Walk:
    """A desk before a record with private values, and what belongs to the record."""

    desk: Desk
    kind: str
    key: str
    record: str
    children: dict[str, str]


@pytest.fixture(params=WALKED)
def walk(
    request: pytest.FixtureRequest, theme: Theme, qtbot: QtBot, office: Office
) -> Iterator[Walk]:
    kind = str(request.param)
    planted = Planted(office)
    record = planted.make(kind)
    children = {
        child: planted.make(child, **{SPECS[child].parent: record}) for child in below(kind)
    }
    if kind in {layout.kind for layout in LAYOUTS}:
        with desk_of(theme, qtbot, office) as desk:
            key = PLACES[kind].key
            desk.go(key)
            yield Walk(desk, kind, key, record, children)
        return
    with area_desk_of(theme, qtbot, office) as area:
        area.turn_to(kind)
        yield Walk(area, kind, kind, record, children)


def test_private_values_are_masked_shown_when_asked_and_written_down_once(walk: Walk) -> None:
    walk_list(walk.desk, walk.key, walk.kind, walk.record)
    walk_editor(walk.desk, walk.key, walk.record, walk.children)


def walk_list(desk: Desk, key: str, kind: str, record: str) -> None:
    page = desk.list_of(key)
    page.select(record)
    desk.rest()
    assert page.pane.loaded is not None
    assert page.pane.loaded.shown.record.id == record
    assert shown(desk.window) == set()
    if not has_private(kind):
        return
    page.pane.page.anchorClicked.emit(QUrl(REVEAL))
    desk.rest()
    assert shown(desk.window) != set()
    assert readings(desk.office, record) == 1
    page.pane.page.anchorClicked.emit(QUrl(REVEAL))
    desk.rest()
    assert readings(desk.office, record) == 1, "once for each screen"
    page.refresh()
    desk.rest()


def walk_editor(desk: Desk, key: str, record: str, children: dict[str, str]) -> None:
    held = [record, *children.values()]
    before = {one: readings(desk.office, one) for one in held}
    desk.screens[key].open_record(record)
    desk.rest()
    editor = desk.editor(key)
    for at in range(editor.pages.count()):
        editor.pages.setCurrentIndex(at)
        desk.rest()
        assert shown(editor) == set()
        for rows in editor.pages.lists():
            for frame in rows.frames():
                frame.open()
        desk.rest()
        assert shown(editor) == set()
        for _ in range(2):
            for cover in editor.findChildren(Cover):
                if cover.isVisible():
                    cover.button.click()
        desk.rest()
    for one in held:
        kind = next(k for k in SPECS if desk.office.lists.row_of(k, one) is not None)
        more = readings(desk.office, one) - before[one]
        assert more == (1 if has_private(kind) else 0), (kind, "once for each record and screen")
