"""The signed paper returns: its number and day go into the register from the list of documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.ui.theme import Theme
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.desk import strike


def document(office: Office, **more: Value) -> str:
    values: dict[str, Value] = {
        "title": "Kế hoạch mẫu",
        "direction": "outgoing",
        "document_kind": office.codes["document_kind"].values[0].id,
        "state": "waiting_number",
        **more,
    }
    return office.records.add("document", values).ids[0]


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    with area_desk_of(theme, qtbot, office) as sat:
        yield sat


def test_number_and_day_are_asked_for_where_a_document_waits(desk: AreaDesk) -> None:
    waits = document(desk.office)
    document(desk.office, number="04/KH-BCĐ", dated="2026-03-02", state="issued")
    desk.window.go("documents")
    desk.areas["documents"].show_kind("document")
    desk.rest()
    screen = desk.screens["document"]
    assert not screen.signed.button.isEnabled()
    strike(screen.list.table, Qt.Key.Key_Down)
    desk.rest()
    screen.signed.button.click()
    dialog = screen.signed.dialog
    assert dialog is not None
    dialog.press()
    told = [fault.message for fault in dialog.fields["number"].faults]
    assert told == ["Còn thiếu số, ký hiệu."]
    dialog.fields["number"].set_value("05/KH-BCĐ")
    dialog.fields["dated"].set_value("2026-11-20")
    dialog.press()
    desk.rest()
    held = desk.office.lists.show("document", waits).record.values()
    assert (held["number"], held["dated"], held["state"]) == ("05/KH-BCĐ", "2026-11-20", "issued")
    assert not screen.signed.button.isEnabled()
    assert desk.told[-1].undo is not None
