"""Colours that can be read, and a style sheet without gaps."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QFile, QIODevice
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from antq_desktop.ui import glyphs
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.colours import DARK, LIGHT, Colours, contrast
from antq_desktop.ui.icons import Icons
from antq_desktop.ui.theme import FAMILY, Theme
from tests.ui.conftest import RESOURCES

TEXTS = [
    *(
        (ink, on)
        for ink in ("ink", "ink_soft", "ink_faint", "red", "gold", "blue", "accent")
        for on in ("surface", "ground", "raised")
    ),
    ("ink", "hover"),
    ("ink", "accent_soft"),
    ("ink_soft", "hover"),
    ("accent", "hover"),
    ("accent", "accent_soft"),
    ("gold", "gold_soft"),
    ("red", "red_soft"),
    ("blue", "blue_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("on_tip", "tip"),
    ("gold", "surface"),
    ("ink_faint", "accent_soft"),
]
SHAPES = [(part, on) for part in ("edge", "focus") for on in ("surface", "ground", "raised")]
WANTED_ICONS = {
    "today",
    "incident",
    "scheme",
    "movement",
    "forces",
    "units",
    "standards",
    "documents",
    "handover",
    "settings",
    "search",
    "lock",
    "add",
    "save",
    "undo",
    "print",
    "void",
    "history",
    "filter",
    "calendar",
    "next",
    "prev",
    "close",
    "warning",
    "info",
    "ok",
    "stop",
    "usb",
    "person",
    "attach",
    "key",
    "download",
    "upload",
    "help",
}


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_text_stands_out_from_what_is_behind_it(colours: Colours) -> None:
    named = colours.named()
    weak = {
        (ink, on): round(contrast(named[ink], named[on]), 2)
        for ink, on in TEXTS
        if contrast(named[ink], named[on]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_borders_and_focus_rings_can_be_seen(colours: Colours) -> None:
    named = colours.named()
    weak = {
        (part, on): round(contrast(named[part], named[on]), 2)
        for part, on in SHAPES
        if contrast(named[part], named[on]) < 3
    }
    assert weak == {}


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_has_every_name_filled_in(dark: bool, qapp: QApplication) -> None:
    sheet = Theme(RESOURCES, dark=dark).style_sheet()
    assert "$" not in sheet
    for drawing in re.findall(r"url\((:[^)]+)\)", sheet):
        file = QFile(drawing)
        assert file.open(QIODevice.OpenModeFlag.ReadOnly), drawing
        ET.fromstring(bytes(file.readAll().data()))  # noqa: S314 - our own drawing
        file.close()


def test_colours_are_written_in_one_place_only() -> None:
    sheet = (RESOURCES / "styles" / "app.qss").read_text(encoding="utf-8")
    assert re.findall(r":\s*#[0-9A-Fa-f]{3,8}\b|rgba?\(", sheet) == []


def test_the_screen_font_is_the_one_that_is_shipped(theme: Theme) -> None:
    assert FAMILY in QFontDatabase.families()
    assert QFontInfo(theme.font()).family() == FAMILY


def test_a_larger_type_makes_taller_rows_and_stays_within_bounds(qapp: QApplication) -> None:
    small, large = Theme(RESOURCES, points=9), Theme(RESOURCES, points=16)
    assert small.measures.row == 32
    assert large.measures.row >= 40
    assert Theme(RESOURCES, points=40).points == 16
    assert Theme(RESOURCES, points=2).points == 9


def test_every_icon_is_drawn_on_the_same_grid_with_the_same_stroke() -> None:
    names = set()
    for path in (RESOURCES / "icons").glob("*.svg"):
        drawing = ET.parse(path).getroot()  # noqa: S314 - our own drawing
        assert drawing.get("viewBox") == "0 0 24 24", path.name
        assert drawing.get("stroke-width") == "1.75", path.name
        assert drawing.get("stroke") == "currentColor", path.name
        names.add(path.stem)
    assert names >= WANTED_ICONS


def test_every_icon_leaves_ink_in_the_colour_asked_for(theme: Theme) -> None:
    for name in theme.icons.names():
        picture = theme.icons.pixmap(name, "accent", 24, 2).toImage()
        inked = sum(
            picture.pixelColor(x, y).alpha() > 128
            and picture.pixelColor(x, y).name().upper() == LIGHT.accent
            for x in range(48)
            for y in range(48)
        )
        assert inked > 8, name


def test_a_worn_icon_follows_the_colours(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(RESOURCES)
    button: QPushButton = make_button("Lưu", theme, icon="save")
    qtbot.addWidget(button)
    before = button.icon().pixmap(20, 20).toImage()
    theme.icons.recolour(DARK)
    assert button.icon().pixmap(20, 20).toImage() != before


def test_the_look_changes_at_once_and_back(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(RESOURCES)
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.dark))
    field = QPushButton("Lưu")
    qtbot.addWidget(field)
    theme.apply(qapp)
    try:
        theme.change(qapp, dark=True, points=14)
        assert qapp.palette().window().color().name().upper() == DARK.ground
        assert field.font().pointSizeF() == pytest.approx(14)
    finally:
        theme.change(qapp, dark=False, points=10.5)
    assert qapp.palette().window().color().name().upper() == LIGHT.ground
    assert told == [True, False]


def test_a_missing_icon_is_found_out_at_once(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Icons(tmp_path, LIGHT).icon("nothing")


def test_drawings_are_read_back_from_memory(qapp: QApplication) -> None:
    drawings = {f"drawing-{number}.svg": bytes([number]) * number for number in range(40)}
    glyphs.register("read-back", drawings)
    for name, content in drawings.items():
        file = QFile(f":/read-back/{name}")
        assert file.open(QIODevice.OpenModeFlag.ReadOnly)
        assert file.readAll().data() == content
        file.close()
