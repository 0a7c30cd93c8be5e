"""Where a line of any page leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from antq_desktop.ui.screens.filters import Narrowed

TASKS_TAB: Final = "Việc và đề xuất"


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a line leads: a place of the side bar, and what to show there.

    Attributes:
        key: Key of the screen; for records their kind.
        record: The record to open.
        only_missing: The list of those that a report still finds incomplete.
        new: Begin a new record.
        narrowed: What else the list is narrowed to.
        values: What a new record begins with beside what its kind begins with.
        tab: The page of the place, where it has several.
        place: The field of the record that takes the keyboard.
    """

    key: str
    record: str = ""
    only_missing: bool = False
    new: bool = False
    narrowed: Narrowed | None = None
    values: tuple[tuple[str, str], ...] = ()
    tab: str = ""
    place: str = ""
