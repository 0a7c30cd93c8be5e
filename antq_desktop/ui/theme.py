"""The look: colours, type and measures, applied to the whole application at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from antq_desktop.ui import glyphs
from antq_desktop.ui.colours import DARK, LIGHT, Colours
from antq_desktop.ui.icons import Icons

FAMILY = "Noto Sans"
STYLE_WORDS = ("-style", "fusion")  # for the command line of the application
SMALLEST_POINTS = 9.0
BASE_POINTS = 10.5
LARGEST_POINTS = 16.0
UNIT = 8  # px; every distance is a multiple of half of it

_FIRST_FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
_OTHER_FONT_FILES = ("NotoSans-Italic.ttf",)
_SHEET_DRAWINGS = {
    "check": ("check", "on_accent"),
    "dash": ("dash", "on_accent"),
    "down": ("chevron-down", "ink_soft"),
    "down-pale": ("chevron-down", "edge"),
    "up": ("chevron-up", "ink_soft"),
    "right": ("next", "ink_soft"),
    "left": ("prev", "ink_soft"),
    "tick": ("check", "accent"),
}


@dataclass(frozen=True, slots=True)
class Measures:
    """Heights in logical pixels that grow with the base type size."""

    row: int  # list rows, fields, buttons: 32 at 10.5 pt
    compact_row: int  # 26 at 10.5 pt
    icon: int

    @staticmethod
    def of(font: QFont) -> Measures:
        """Work the heights out from the line height of a font."""
        line = QFontMetrics(font).height()
        return Measures(row=max(32, line + 12), compact_row=max(26, line + 6), icon=max(20, line))


class Theme(QObject):
    """What the window looks like; built once by the composition root and handed to widgets.

    `changed` tells widgets that paint by themselves to paint again.
    """

    changed = Signal()

    def __init__(self, resources: Path, *, dark: bool = False, points: float = BASE_POINTS) -> None:
        super().__init__()
        self._resources = resources
        self._dark = dark
        self._points = min(max(points, SMALLEST_POINTS), LARGEST_POINTS)
        self._fonts_loaded = False
        self.icons = Icons(resources / "icons", self.colours, self)

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in force."""
        return self._dark

    @property
    def points(self) -> float:
        """Base type size in points."""
        return self._points

    @property
    def colours(self) -> Colours:
        """The colours in force."""
        return DARK if self._dark else LIGHT

    @property
    def measures(self) -> Measures:
        """Heights that fit the type size in force."""
        return Measures.of(self.font())

    def colour(self, name: str) -> QColor:
        """Return a colour by its name in `Colours`."""
        return QColor(self.colours.named()[name])

    def font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        """Return the screen font with figures of one width, `scale` times the base size."""
        font = QFont(FAMILY)
        font.setPointSizeF(self._points * scale)
        font.setBold(bold)
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def apply(self, application: QApplication, *, styled: bool = False) -> None:
        """Give the application this look.

        Args:
            application: The application.
            styled: It was started with `STYLE_WORDS`; naming the style here would build all its
                lists of drawings in Python first, which a start need not.
        """
        self._load_fonts()
        if not styled:
            application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(self.font())
        self._dress(application)

    def change(self, application: QApplication, *, dark: bool, points: float) -> None:
        """Change to light or dark and to another type size, at once and everywhere."""
        self._dark = dark
        self._points = min(max(points, SMALLEST_POINTS), LARGEST_POINTS)
        self.icons.recolour(self.colours)
        application.setFont(self.font())
        self._dress(application)
        self.changed.emit()

    def style_sheet(self) -> str:
        """Return the style sheet with every name filled in.

        Raises:
            KeyError: The template asks for a name that nobody gives.
        """
        folder = self._register_drawings()
        template = (self._resources / "styles" / "app.qss").read_text(encoding="utf-8")
        measures = self.measures
        inside = measures.row - 2  # a style sheet counts the height without the border
        return Template(template).substitute(
            self.colours.named(),
            drawings=f":/{folder}",
            row=f"{measures.row}px",
            inside=f"{inside}px",
            inside_focus=f"{inside - 2}px",
            slim=f"{measures.compact_row - 2}px",
            slim_focus=f"{measures.compact_row - 4}px",
            compact=f"{measures.compact_row}px",
            icon=f"{measures.icon}px",
            small=f"{self._points * 0.9:.1f}pt",
            base=f"{self._points:.1f}pt",
            heading=f"{self._points * 1.25:.1f}pt",
            title=f"{self._points * 1.5:.1f}pt",
        )

    def _dress(self, application: QApplication) -> None:
        application.setPalette(self._palette())
        application.setStyleSheet(self.style_sheet())

    def _load_fonts(self) -> None:
        if self._fonts_loaded:
            return
        self._add_fonts(_FIRST_FONT_FILES)
        # The first window has no word in italics; loading them can wait until it stands.
        QTimer.singleShot(0, self, lambda: self._add_fonts(_OTHER_FONT_FILES))
        self._fonts_loaded = True

    def _add_fonts(self, files: Sequence[str]) -> None:
        for name in files:
            QFontDatabase.addApplicationFont(str(self._resources / "fonts" / name))

    def _register_drawings(self) -> str:
        folder = "drawings/dark" if self._dark else "drawings/light"
        glyphs.register(
            folder,
            {
                f"{name}.svg": self.icons.drawing(source, tone)
                for name, (source, tone) in _SHEET_DRAWINGS.items()
            },
        )
        return folder

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        named = {
            role.Window: "ground",
            role.WindowText: "ink",
            role.Base: "surface",
            role.AlternateBase: "ground",
            role.Text: "ink",
            role.PlaceholderText: "ink_faint",
            role.Button: "surface",
            role.ButtonText: "ink",
            role.BrightText: "red",
            role.ToolTipBase: "tip",
            role.ToolTipText: "on_tip",
            role.Highlight: "accent",
            role.HighlightedText: "on_accent",
            role.Accent: "accent",
            role.Link: "blue",
            role.LinkVisited: "blue",
            role.Light: "surface",
            role.Midlight: "hover",
            role.Mid: "line",
            role.Dark: "edge",
            role.Shadow: "edge",
        }
        palette = QPalette()
        for one, name in named.items():
            palette.setColor(one, self.colour(name))
        for one in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, one, self.colour("ink_faint"))
        return palette
