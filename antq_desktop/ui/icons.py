"""Line icons, drawn once as SVG and coloured from the theme when asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from antq_desktop.ui.colours import Colours

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

_SIZES = (16, 20, 24, 32)
_RATIOS = (1, 2)


class Icons(QObject):
    """The icons of the program by name (`resources/icons/<name>.svg`), in the colours in force.

    Tones are names of `Colours`: `ink_soft` at rest, `accent` for the current place, and so on.
    """

    def __init__(self, folder: Path, colours: Colours, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._colours = colours
        self._sources: dict[str, bytes] = {}
        self._made: dict[tuple[str, str], QIcon] = {}
        self._worn: list[tuple[QAbstractButton | QAction, str, str, str]] = []

    def names(self) -> list[str]:
        """Return the names of all icons."""
        return sorted(path.stem for path in self._folder.glob("*.svg"))

    def drawing(self, name: str, tone: str) -> bytes:
        """Return the SVG of an icon with its strokes in the tone's colour.

        Raises:
            OSError: There is no icon of that name.
        """
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_bytes()
        colour = self._colours.named()[tone]
        return self._sources[name].replace(b"currentColor", colour.encode())

    def pixmap(self, name: str, tone: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Return the icon at so many logical pixels, sharp at that device pixel ratio."""
        return _drawn(self._renderer(name, tone), size, ratio)

    def icon(self, name: str, tone: str = "ink_soft", checked_tone: str = "") -> QIcon:
        """Return the icon; checked buttons show it in `checked_tone` (the same when empty)."""
        key = (name, f"{tone}/{checked_tone}")
        if key not in self._made:
            self._made[key] = self._draw(name, tone, checked_tone or tone)
        return self._made[key]

    def wear(
        self, wearer: QAbstractButton | QAction, name: str, tone: str = "ink_soft", on: str = ""
    ) -> None:
        """Put an icon on a button or action and keep it right when the colours change."""
        self._worn = [kept for kept in self._worn if isValid(kept[0]) and kept[0] is not wearer]
        self._worn.append((wearer, name, tone, on))
        wearer.setIcon(self.icon(name, tone, on))

    def recolour(self, colours: Colours) -> None:
        """Use other colours from now on, also for icons already worn."""
        self._colours = colours
        self._made.clear()
        self._worn = [kept for kept in self._worn if isValid(kept[0])]
        for wearer, name, tone, on in self._worn:
            wearer.setIcon(self.icon(name, tone, on))

    def _renderer(self, name: str, tone: str) -> QSvgRenderer:
        from PySide6.QtSvg import QSvgRenderer

        # Before any painter begins: an exception under a living painter would crash Qt.
        return QSvgRenderer(QByteArray(self.drawing(name, tone)))

    def _draw(self, name: str, tone: str, checked_tone: str) -> QIcon:
        icon = QIcon()
        plain = self._renderer(name, tone)
        checked = self._renderer(name, checked_tone) if checked_tone != tone else plain
        pale = self._renderer(name, "edge")
        for size in _SIZES:
            for ratio in _RATIOS:
                usual = _drawn(plain, size, ratio)
                on = _drawn(checked, size, ratio) if checked is not plain else usual
                off_duty = _drawn(pale, size, ratio)
                for state, picture in ((QIcon.State.Off, usual), (QIcon.State.On, on)):
                    icon.addPixmap(picture, QIcon.Mode.Normal, state)
                    icon.addPixmap(picture, QIcon.Mode.Active, state)
                    icon.addPixmap(picture, QIcon.Mode.Selected, state)
                    icon.addPixmap(off_duty, QIcon.Mode.Disabled, state)
        return icon


def _drawn(renderer: QSvgRenderer, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
