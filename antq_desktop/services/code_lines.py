"""Code lists and their values as lines of a list, for the window and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListLine:
    """One code list as the list of lists shows it.

    Attributes:
        name: Its name.
        title: Vietnamese heading.
        locked: Why it cannot be changed; empty where it can.
        checklist: True when its values are the lines of a checklist, so that only labels change.
        offered: How many values are offered.
        own: How many the unit added.
        foreign: How many came from other units.
        unmapped: How many of those count as no shipped value yet.
        off: How many are hidden or retired.
    """

    name: str
    title: str
    locked: str
    checklist: bool
    offered: int
    own: int
    foreign: int
    unmapped: int
    off: int


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value of a list.

    Attributes:
        id: Its id.
        label: Its label here.
        source: Who brought it, in words.
        own: True for a value of this unit.
        foreign: True for a value of another unit.
        shipped: Its label as it came with the program, where it has another here.
        hidden: True when it is not offered.
        retired: First day it no longer holds; empty for none.
        counts_as: Id of the shipped value that figures take it for; empty for none.
        counts_label: Label of that value.
        note: Remark.
    """

    id: str
    label: str
    source: str
    own: bool
    foreign: bool
    shipped: str
    hidden: bool
    retired: str
    counts_as: str
    counts_label: str
    note: str

    @property
    def state(self) -> str:
        """How it stands, in words; empty when it is offered."""
        if self.retired:
            return "thôi dùng"
        return "không đưa ra chọn" if self.hidden else ""


def told_values(lines: Sequence[ValueLine]) -> Iterator[str]:
    """Yield one line for each value, as the command line prints it."""
    for line in lines:
        told = [line.source, line.state, f"trước là “{line.shipped}”" if line.shipped else ""]
        told.append(f"tính như “{line.counts_label}”" if line.counts_label else "")
        yield f"{line.id}  {line.label} ({', '.join(one for one in told if one)})"
