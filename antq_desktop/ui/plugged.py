"""A plugged stick is told at once, wherever the officer is, with the way to *Giao nhận*."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject

from antq_desktop.domain.shown import show_integer
from antq_desktop.services.sticks import Found, Sticks
from antq_desktop.ui.faults import Message
from antq_desktop.ui.screens.handover_places import Plugged, StickWatch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from antq_desktop.ui.workplace import Workplace

_GO: Final = "Đến Giao nhận"


class PlugNotice(QObject):
    """Says one sentence for each stick that is plugged while the window is shown.

    Args:
        workplace: The open profile and all that goes with it.
        sticks: Where sticks are plugged.
        window: Looked for while it is shown, and no longer.
        there: Whether *Giao nhận* is in front: it shows the stick by itself.
        go: Goes there.
    """

    def __init__(
        self,
        workplace: Workplace,
        sticks: Sticks,
        window: QWidget,
        there: Callable[[], bool],
        go: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._door = workplace.door
        self._there = there
        self._go = go
        self._known: frozenset[Path] = frozenset()
        self.watch = StickWatch(workplace, sticks, self)
        self.watch.changed.connect(self._tell)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for sticks only while somebody may look at the window."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.watch.run(on=event.type() == QEvent.Type.Show)
        return super().eventFilter(watched, event)

    def _tell(self, plugged: tuple[Plugged, ...]) -> None:
        new = [one for one in plugged if one.stick.folder not in self._known]
        self._known = frozenset(one.stick.folder for one in plugged)
        if new and not self._there():
            told = " ".join(_told(one) for one in new)
            self._door.say(Message(told, offer=(_GO, self._go)))


def _told(one: Plugged) -> str:
    return f"Đã thấy USB “{one.stick.label}”: {_what(one.found)}."


def _what(found: Found) -> str:
    heaps = (
        (len(found.answers), "gói trả về"),
        (len(found.bundles), "gói gửi"),
        (len(found.slips), "tệp đăng ký máy"),
    )
    told = [f"{show_integer(count)} {name}" for count, name in heaps if count]
    return ", ".join(told) or "chưa có gói nào"
