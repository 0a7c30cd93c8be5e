"""The way of the keyboard through a page: the way of the eye.

Qt puts what is made later at the end of a window. Rows and tabs are made when they are first
opened, so their order is set anew from the layouts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget


def order_focus(before: QWidget, page: QWidget) -> None:
    """Let the keyboard walk a page in the order of its layouts, after what stands before it."""
    for one, other in pairwise((before, *takers(page))):
        QWidget.setTabOrder(one, other)


def enter(page: QWidget) -> None:
    """Put the keyboard into the first thing on a page that takes it."""
    first = next((one for one in takers(page) if one.isVisibleTo(page)), None)
    if first is not None:
        take_keyboard(first)


def take_keyboard(widget: QWidget) -> None:
    """Put the keyboard into a widget, a line all selected as Tab does, wherever it was before."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    taker = widget.focusProxy() or widget
    if isinstance(taker, QLineEdit):
        taker.selectAll()


def takers(widget: QWidget) -> Iterator[QWidget]:
    """Yield what takes the keyboard within a widget, in the order of the eye."""
    takes = Qt.FocusPolicy(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    if takes == Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _takers_in(layout)


def _takers_in(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from takers(widget)
        elif inner is not None:
            yield from _takers_in(inner)
