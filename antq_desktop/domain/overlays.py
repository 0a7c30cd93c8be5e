"""What units say of code lists: their own values, labels, order, what they hide or retire.

A list as an officer sees it is the shipped one with these words laid over it. Only the own unit's
words change how a shipped value looks; the words of another unit name that unit's own values and
nothing else. A list that was read in full in a legal text takes no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from antq_desktop.domain.codes import ALWAYS, CodeList, Codes, CodeValue, unit_of
from antq_desktop.domain.fields import Value

CODE_VALUE: Final = "code_value"
PLACES_APART: Final = 10  # so that a value finds room between two others


@dataclass(frozen=True, slots=True)
class Said:
    """What one unit says of one value, as its record `code_value` holds it.

    Attributes:
        owner: The unit.
        code_list: Name of the list.
        value: Id of the value.
        label: Its label; empty to leave it.
        place: Where it stands; None to leave it.
        hidden: Whether it is offered no more.
        retired: First day it no longer holds; empty for none.
        counts_as: The shipped value that figures take it for.
        note: Remark beside it.
    """

    owner: str
    code_list: str
    value: str
    label: str = ""
    place: int | None = None
    hidden: bool = False
    retired: str = ""
    counts_as: str = ""
    note: str = ""


def said_by(owner: str, values: Mapping[str, Value]) -> Said:
    """Return what a record says, its fields by name."""

    def text(name: str) -> str:
        return str(values.get(name) or "")

    place = values.get("place")
    return Said(
        owner=owner,
        code_list=text("code_list"),
        value=text("value"),
        label=text("label"),
        place=place if isinstance(place, int) and not isinstance(place, bool) else None,
        hidden=values.get("hidden") is True,
        retired=text("retired_on"),
        counts_as=text("counts_as"),
        note=text("note"),
    )


class LivingCodes(Codes):
    """The code lists of one open store: what everybody in it holds, brought up to date in place.

    Whoever looks sees the lists before a change or after it, never half of it.
    """

    def __init__(self, shipped: Mapping[str, CodeList]) -> None:
        super().__init__(shipped)
        self.shipped = shipped

    def overlay(self, said: Iterable[Said], own: str, below: frozenset[str]) -> None:
        """Lay what units say over the shipped lists.

        Args:
            said: What is in force now, of all units.
            own: The unit whose store it is.
            below: Units whose values are shown and counted here, but offered only to themselves.
        """
        by_list: dict[str, list[Said]] = {}
        for one in said:
            by_list.setdefault(one.code_list, []).append(one)
        self._lists = _Overlaid(self.shipped, by_list, own, below) if by_list else self.shipped


class _Overlaid(Mapping[str, CodeList]):
    """Shipped lists with what units say; a list is put together when it is first asked for."""

    def __init__(
        self,
        shipped: Mapping[str, CodeList],
        said: Mapping[str, list[Said]],
        own: str,
        below: frozenset[str],
    ) -> None:
        self._shipped = shipped
        self._said = said
        self._own = own
        self._below = below
        self._made: dict[str, CodeList] = {}

    def __getitem__(self, name: str) -> CodeList:
        if name not in self._said:
            return self._shipped[name]
        if name not in self._made:
            self._made[name] = overlaid(
                self._shipped[name], self._said[name], self._own, self._below
            )
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._shipped

    def __iter__(self) -> Iterator[str]:
        return iter(self._shipped)

    def __len__(self) -> int:
        return len(self._shipped)


def overlaid(
    shipped: CodeList, said: Iterable[Said], own: str, below: frozenset[str] = frozenset()
) -> CodeList:
    """Return a list as a unit sees it; arguments as `LivingCodes.overlay` says."""
    if not shipped.editable:
        return shipped
    words = list(said)
    ours = {one.value: one for one in words if one.owner == own}
    places: list[tuple[int, int, CodeValue]] = []
    for at, value in enumerate(shipped.values):
        given = ours.get(value.id)
        places.append((_place(given, at), at, _worded(value, given)))
    added = sorted(
        (one for one in words if unit_of(one.value) == one.owner and one.label),
        key=lambda one: (one.owner != own, one.value),
    )
    for at, one in enumerate(added, len(shipped.values)):
        made = _added(one, ours.get(one.value), hidden=one.owner in below)
        places.append((_place(one, at), at, made))
    places.sort(key=lambda each: each[:2])
    return replace(shipped, values=tuple(value for _place_, _at, value in places))


def _place(said: Said | None, at: int) -> int:
    """Return where a value stands: where it was put, or where it stands by itself."""
    return said.place if said is not None and said.place is not None else at * PLACES_APART


def _worded(value: CodeValue, said: Said | None) -> CodeValue:
    if said is None:
        return value
    renamed = said.label and said.label != value.label
    return replace(
        value,
        label=said.label or value.label,
        shipped=value.label if renamed else "",
        hidden=said.hidden,
        retired=min(filter(None, (value.retired, said.retired)), default=""),
        note=said.note or value.note,
    )


def _added(one: Said, ours: Said | None, *, hidden: bool) -> CodeValue:
    """Return a value that a unit added; of another unit's we say only how it counts here."""
    about = ours if ours is not None else one
    return CodeValue(
        id=one.value,
        label=one.label,
        since=ALWAYS,
        retired=one.retired,
        note=one.note,
        hidden=hidden or about.hidden or one.hidden,
        owner=one.owner,
        counts_as=about.counts_as or one.counts_as,
    )
