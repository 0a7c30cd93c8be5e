"""A kind made for the test is typed, saved, found and opened again in the window."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antq_desktop.domain.codes import Codes
from antq_desktop.ui.screens.editor_layout import Layout, LinesPart, Page, Section
from antq_desktop.ui.theme import Theme
from tests.bells import offices_with_bells
from tests.fakes import SetClock
from tests.stores import OFFICER, PASSWORD
from tests.ui.desk import CTRL, desk_of

KEY = "bells"
LAYOUT = Layout(
    kind="bell",
    key=KEY,
    title="Kẻng",
    icon="scheme",
    new="Ghi kẻng mới",
    columns=("name", "unit", "condition"),
    pages=(
        Page(
            "Nội dung",
            (
                Section("Kẻng", (("name", "condition"), ("unit", "hung_on"), ("price", "weight"))),
                Section("Thêm", (("electric", "broken_on"), ("keeper_phone", "here"), ("note",))),
                LinesPart("repairs", ("on", "cost"), (("on", "cost"),)),
            ),
        ),
    ),
    tones={"good": "calm", "broken": "fault"},
    defaults=lambda _office: {"condition": "good"},
    copied=("unit", "condition"),
    first_words="Chưa ghi kẻng nào.",
)


def test_it_is_typed_saved_found_and_opened_again(
    theme: Theme, qtbot: QtBot, tmp_path: Path, clock: SetClock, codes: Codes
) -> None:
    made = offices_with_bells(tmp_path / "profile", clock, codes)
    with (
        closing(made.open(tmp_path / "profile", OFFICER, PASSWORD)) as office,
        desk_of(theme, qtbot, office, (LAYOUT,)) as desk,
    ):
        desk.go(KEY).new_record()
        desk.rest()
        desk.set(KEY, "name", "Kẻng Đường Mẫu")
        desk.set(KEY, "price", "1,5 tr")
        desk.shortcut(Qt.Key.Key_S, CTRL)
        assert desk.last == "Đã thêm kẻng báo động “Kẻng Đường Mẫu”."
        found = office.lists.window(office.lists.listing("bell", "duong"), ("name",))
        assert [row.values["name"] for row in found] == ["Kẻng Đường Mẫu"]
        desk.screens[KEY].open_record(found[0].id)
        desk.rest()
        assert desk.field(KEY, "price").value() == 1_500_000
        assert desk.shown(KEY, "condition") == "Còn tốt"
