"""What a screen is to the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtWidgets import QWidget

ASIDE: Final = "aside"  # group of screens that other screens lead to; no place of the side bar


class Screen(Protocol):
    """One place of the side bar; registered with the window by the composition root.

    Attributes:
        key: Stable ASCII name.
        title: Vietnamese word of the side bar.
        icon: Name of its icon.
        group: Places of one group stand together; `admin` stands below, as the gear; those of
            `ASIDE` do not stand in the side bar, whose mark stays where they were gone to from.
        help_page: HTML of its help, shown at F1.
    """

    key: str
    title: str
    icon: str
    group: str
    help_page: str

    def widget(self) -> QWidget:
        """Return the page; built when it is first asked for, the same each time."""
        ...

    def activate(self) -> None:
        """Bring the page up to date; it has just come to the front."""
        ...

    def may_leave(self, go: Callable[[], None]) -> None:
        """Call `go`, now or once the officer has agreed, when the page may be left."""
        ...

    def search(self, words: str) -> bool:
        """Look for the words of the top bar on this page; False when it has nothing to search."""
        ...
