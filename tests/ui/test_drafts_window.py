"""What was typed survives a killed program, and is offered again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import FieldKind
from antq_desktop.domain.records import SPECS
from antq_desktop.services.drafts import FILE
from antq_desktop.services.office import Office, Offices
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.editor_drafts import draft_sentence
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.layouts_areas import AREAS, OWN_PAGES, Area
from antq_desktop.ui.theme import Theme
from tests.stores import INCIDENT, OFFICER, PASSWORD
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.desk import CTRL, Desk, desk_of
from tests.ui.keyboards import type_telex, type_vni

KEY = "incidents"
ROOT = Path(__file__).parents[2]
TITLE = "Mất trộm ở đường Nguyễn Huệ"


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(theme, qtbot, office) as sat:
        yield sat


def test_a_killed_program_leaves_a_draft_that_is_offered_and_goes_on(
    theme: Theme, qtbot: QtBot, profile: Path, offices: Offices
) -> None:
    command = [sys.executable, "-m", "tests.ui.typing_until_killed", str(profile), TITLE]
    typing = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    assert typing.stdout is not None
    with typing:
        assert typing.stdout.readline() == "kept\n"
        typing.kill()
    assert TITLE.encode() not in (profile / FILE).read_bytes()
    office = offices.open(profile, OFFICER, PASSWORD)
    with desk_of(theme, qtbot, office) as desk:
        band = desk.list_of(KEY).bands.band("draft")
        assert band is not None
        assert f"vụ việc “{TITLE}”" in band.text.text()
        band.buttons[0].click()
        desk.rest()
        assert desk.shown(KEY, "title") == TITLE
        day = desk.field(KEY, "occurred_on")
        assert [fault.code for fault in day.faults] == ["date_not_in_calendar"]
        desk.set(KEY, "occurred_on", "2/11/2026")
        desk.field(KEY, "kind").setFocus()
        desk.pick("trat tu")
        desk.shortcut(Qt.Key.Key_S, CTRL)
        assert desk.last == f"Đã thêm vụ việc “{TITLE}”."
        assert not (profile / FILE).exists()
    office.close()


def test_a_draft_of_a_stored_record_is_offered_in_its_editor(desk: Desk) -> None:
    saved = desk.office.records.add("incident", INCIDENT)
    one = saved.ids[0]
    desk.screens[KEY].open_record(one)
    desk.rest()
    desk.set(KEY, "title", "Đang gõ")
    drafts = desk.office.drafts
    desk.qtbot.waitUntil(lambda: bool(drafts.of("incident")), timeout=10_000)
    desk.rest()
    kept = desk.office.drafts.find(one)
    assert kept is not None
    assert draft_sentence(kept, "vụ việc").startswith("Có bản nháp chưa lưu, giữ lúc 08:05 21/11")
    desk.editor(KEY).sheaf.main.set("title", INCIDENT["title"])
    desk.screens[KEY]._to_list()
    desk.rest()
    desk.screens[KEY].open_record(one)
    desk.rest()
    band = desk.editor(KEY).bands.band("draft")
    assert band is not None
    assert desk.shown(KEY, "title") == INCIDENT["title"]
    band.buttons[0].click()
    assert desk.shown(KEY, "title") == "Đang gõ"
    assert desk.editor(KEY).dirty


def test_giving_the_changes_up_drops_the_draft(desk: Desk) -> None:
    desk.screens[KEY].new_record()
    desk.set(KEY, "title", "Đang gõ")
    drafts = desk.office.drafts
    desk.qtbot.waitUntil(lambda: bool(drafts.of("incident")), timeout=10_000)
    desk.rest()
    assert len(desk.office.drafts.of("incident")) == 1
    desk.asker.answers.append(Answer("drop"))
    desk.shortcut(Qt.Key.Key_Escape)
    assert desk.office.drafts.of("incident") == []
    assert desk.list_of(KEY).bands.band("draft") is None


def test_a_draft_is_dropped_from_the_band_of_the_list(desk: Desk) -> None:
    desk.office.drafts.keep("f" * 32, "incident", TITLE, {"main": {}, "children": []})
    page = desk.list_of(KEY)
    page.refresh()
    desk.rest()
    band = page.bands.band("draft")
    assert band is not None
    band.buttons[1].click()
    desk.rest()
    assert page.bands.band("draft") is None
    assert desk.office.drafts.of("incident") == []


@pytest.fixture
def areas(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    with area_desk_of(theme, qtbot, office) as sat:
        yield sat


def first_text(layout: Layout) -> str:
    """The first field of a layout that is typed letter by letter; empty where all are chosen."""
    spec = SPECS[layout.kind]
    names = (name for part in layout.sections() for row in part.rows for name in row)
    typed = {FieldKind.TEXT, FieldKind.LONG_TEXT}
    return next((name for name in names if spec.field(name).kind in typed), "")


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.key)
def test_what_was_typed_into_any_editor_is_offered_again_when_the_window_was_lost(
    areas: AreaDesk, area: Area
) -> None:
    for layout in area.layouts():
        name = first_text(layout)
        # the drafts of the pages made for a kind are walked where those pages are
        if layout.kind in areas.screens and name and layout.kind not in OWN_PAGES:
            lose_and_find(areas, layout.kind, name)


def lose_and_find(areas: AreaDesk, kind: str, name: str) -> None:
    """Type into a new record, lose its editor, and find what was typed again."""
    areas.turn_to(kind)
    screen = areas.area_of(kind).screen_of(kind)
    screen.new_record()
    editor = areas.editor(kind)
    editor.pages.go_to(editor.sheaf.main.id, name)
    field = editor.pages.fields.made(editor.sheaf.main.id, name)
    assert field is not None
    for type_into, text in ((type_telex, "Đường Thuỳ Dương "), (type_vni, "ở Lê Hữu Trác")):
        type_into(field.input, text)
    assert editor.dirty, kind
    editor.keeper._keep()
    areas.rest()
    screen._drop_editor()  # the window is lost: nobody says that it is kept or given up
    screen._to_list()
    areas.rest()
    (draft,) = areas.office.drafts.of(kind)
    band = screen.list.bands.band("draft")
    assert band is not None, kind
    band.buttons[0].click()
    areas.rest()
    again = areas.editor(kind)
    assert again.sheaf.main.id == draft.id
    main = again.sheaf.main
    held = main.unread.get(name, main.now.get(name))  # a period keeps what it cannot read
    assert held == "Đường Thuỳ Dương ở Lê Hữu Trác", kind
    areas.shortcut(Qt.Key.Key_Escape)
    assert [choice.key for choice in areas.asker.asked[-1].choices] == ["drop", "stay", "save"]
    assert screen.editor is again, "leaving asks first"
    areas.asker.answers.append(Answer("drop"))
    areas.shortcut(Qt.Key.Key_Escape)
    assert areas.office.drafts.of(kind) == []
