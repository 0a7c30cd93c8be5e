"""A unit's own set while it is worked on: each change a new value, so that each can be taken back.

Nothing here touches the store or a widget. Items that may only be marks are moved, never changed
or taken away: what stands in them was settled by the text that they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from antq_desktop.catalogue.criteria import draft_set_of
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.checks import CHECKS
from antq_desktop.domain.scoring.layout import raw_of
from antq_desktop.domain.scoring.rules import SetFault, placed_faults
from antq_desktop.domain.scoring.sets import (
    Band,
    Cap,
    CriteriaSet,
    Group,
    Item,
    Purpose,
    Reason,
    Role,
    SetKind,
)

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.scoring.checks import Check

MOST_STEPS: Final = 200
_DRUGS: Final = frozenset({"drug_rate", "drug_points", "drug_plants", "drug_route", "none_counted"})
_FULL: Final = 100  # hundredths of a point that a new item gives
T = TypeVar("T", Group, Item, Band, Cap, Reason)


def checks_for(criteria: CriteriaSet) -> list[Check]:
    """Return the registered checks that an item may name, each in its newest version."""
    newest: dict[str, Check] = {}
    for name, check in CHECKS.items():
        base, _, version = name.partition("@")
        before = newest.get(base)
        if before is None or int(before.name.partition("@")[2]) < int(version):
            newest[base] = check
    drugs = criteria.purpose is Purpose.DRUGS
    return [check for base, check in newest.items() if drugs or base not in _DRUGS]


class SetEditing:
    """The set as it stands, what it was before each change, and what is wrong with it.

    Attributes:
        made: The set as it stands.
    """

    def __init__(self, criteria: CriteriaSet) -> None:
        self._start = criteria
        self.made = criteria
        self._before: list[CriteriaSet] = []
        self._after: list[CriteriaSet] = []
        self._key = ""

    @property
    def dirty(self) -> bool:
        """Whether it differs from the set that was opened."""
        return self.made != self._start

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change that was taken back."""
        return bool(self._after)

    def faults(self) -> list[SetFault]:
        """Return what is wrong, each with its place."""
        return list(placed_faults(self.made))

    def undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self._key = ""
            self._after.append(self.made)
            self.made = self._before.pop()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._after:
            self._before.append(self.made)
            self.made = self._after.pop()

    def put(self, made: CriteriaSet, key: str = "") -> None:
        """Take a whole set as the next change; the same set is none.

        Args:
            made: The set as it is now.
            key: What is being typed into; what follows under the same key is the same change.
        """
        if made == self.made:
            return
        if not key or key != self._key or not self._before:
            self._before = [*self._before[-MOST_STEPS:], self.made]
        self._key = key
        self._after.clear()
        self.made = made

    # items

    def item_of(self, item_id: str) -> Item:
        """Return an item.

        Raises:
            UserError: `item_unknown`.
        """
        found = self.made.item(item_id)
        if found is None:
            raise UserError("item_unknown", "Bộ không còn mục này.", "item")
        return found

    def change_item(self, item: Item, key: str = "") -> None:
        """Put an item in place of the one of its id.

        Raises:
            UserError: `item_unknown`; `mark_only`: such an item stays as it is.
        """
        if self.item_of(item.id).mark_only or item.mark_only:
            raise _protected()
        groups = tuple(
            replace(group, items=tuple(item if i.id == item.id else i for i in group.items))
            for group in self.made.groups
        )
        self.put(replace(self.made, groups=groups), key)

    def add_item(self, group_id: str, after: str = "") -> str:
        """Begin an item in a group, below another where one is named; return its id."""
        scored = self.made.kind is SetKind.POINTS
        made = Item(
            _free("own", {item.id for item in self.made.items()}), "", confidence="C",
            to_fill=True, most=_FULL if scored else 0,
        )  # fmt: skip
        groups = []
        for group in self.made.groups:
            items = list(group.items)
            if group.id == group_id:
                at = next((n for n, i in enumerate(items, 1) if i.id == after), len(items))
                items.insert(at, made)
            groups.append(replace(group, items=tuple(items)))
        self.put(replace(self.made, groups=tuple(groups)))
        return made.id

    def remove_item(self, item_id: str) -> None:
        """Take an item away, also out of the ceilings that name it.

        Raises:
            UserError: `mark_only`.
        """
        if self.item_of(item_id).mark_only:
            raise _protected()
        groups = tuple(
            replace(group, items=tuple(i for i in group.items if i.id != item_id))
            for group in self.made.groups
        )
        self.put(replace(self.made, groups=groups, caps=_without(self.made.caps, {item_id})))

    def move_item(self, item_id: str, by: int) -> None:
        """Move an item one place up (-1) or down (1); over the edge into the next group."""
        groups = [list(group.items) for group in self.made.groups]
        at = next((n for n, items in enumerate(groups) if any(i.id == item_id for i in items)), -1)
        if at < 0:
            return
        items = groups[at]
        place = next(n for n, i in enumerate(items) if i.id == item_id)
        if 0 <= place + by < len(items):
            items[place], items[place + by] = items[place + by], items[place]
        elif 0 <= at + by < len(groups):
            moved = items.pop(place)
            groups[at + by].insert(0 if by > 0 else len(groups[at + by]), moved)
        changed = zip(self.made.groups, groups, strict=True)
        self.put(replace(self.made, groups=tuple(
            replace(group, items=tuple(held)) for group, held in changed
        )))  # fmt: skip

    # groups; where each is a grade, its band goes with it

    def change_group(self, group: Group, key: str = "") -> None:
        """Put a group in place of the one of its id."""
        self.put(replace(self.made, groups=_with(self.made.groups, group)), key)

    def add_group(self, after: str = "") -> str:
        """Begin a group below another; where groups are grades, a band of its own with it."""
        made = Group(_free("group", {each.id for each in self.made.groups}), "Nhóm mới", ())
        groups = list(self.made.groups)
        at = next((n for n, each in enumerate(groups, 1) if each.id == after), len(groups))
        groups.insert(at, made)
        bands = list(self.made.bands)
        if self.made.is_ladder:
            label = _free("band", {each.id for each in bands})
            bands.insert(at, Band(label, made.title, group=made.id))
        self.put(replace(self.made, groups=tuple(groups), bands=tuple(bands)))
        return made.id

    def remove_group(self, group_id: str) -> None:
        """Take a group away with its items.

        Raises:
            UserError: `mark_only`: one of its items may only be a mark.
        """
        gone = next((each for each in self.made.groups if each.id == group_id), None)
        if gone is None:
            return
        if gone.marks:
            raise _protected()
        bands = tuple(each for each in self.made.bands if each.group != group_id)
        caps = _without(self.made.caps, {item.id for item in gone.items})
        groups = tuple(each for each in self.made.groups if each.id != group_id)
        self.put(replace(self.made, groups=groups, bands=bands, caps=caps))

    def move_group(self, group_id: str, by: int) -> None:
        """Move a group one place up or down."""
        groups = _moved(self.made.groups, group_id, by)
        bands = list(self.made.bands)
        if self.made.is_ladder:
            by_group = {band.group: band for band in bands}
            rest = [band for band in bands if not band.group]
            bands = [*(by_group[each.id] for each in groups if each.id in by_group), *rest]
        self.put(replace(self.made, groups=groups, bands=tuple(bands)))

    # bands, ceilings, reasons

    def change_bands(self, bands: Sequence[Band]) -> None:
        """Take other bands; ceilings at a band that is gone stay and are told of as faults."""
        self.put(replace(self.made, bands=tuple(bands)))

    def add_band(self) -> None:
        """Begin a band below the others; a set without groups as grades counts from zero there."""
        made = Band(_free("band", {each.id for each in self.made.bands}), "Mức mới")
        self.put(replace(self.made, bands=(*self.made.bands, made)))

    def change_cap(self, cap: Cap, key: str = "") -> None:
        """Put a ceiling in place of the one of its id."""
        self.put(replace(self.made, caps=_with(self.made.caps, cap)), key)

    def add_cap(self) -> str:
        """Begin a ceiling at the lowest band."""
        lowest = self.made.bands[-1].id if self.made.bands else ""
        made = Cap(_free("cap", {each.id for each in self.made.caps}), "Mức trần mới", lowest, ())
        self.put(replace(self.made, caps=(*self.made.caps, made)))
        return made.id

    def remove_cap(self, cap_id: str) -> None:
        """Take a ceiling away."""
        self.put(replace(self.made, caps=tuple(c for c in self.made.caps if c.id != cap_id)))

    def change_reasons(self, labels: Mapping[str, str]) -> None:
        """Take the reasons by id and label; what is no longer among them leaves its items."""
        groups = tuple(
            replace(group, items=tuple(
                replace(i, reasons=tuple(r for r in i.reasons if r in labels))
                for i in group.items))
            for group in self.made.groups
        )  # fmt: skip
        reasons = tuple(Reason(each, label) for each, label in labels.items())
        self.put(replace(self.made, reasons=reasons, groups=groups))

    def new_reason(self) -> str:
        """Return a free id for a reason."""
        return _free("reason", {each.id for each in self.made.reasons})

    # drafts

    def to_json(self) -> dict[str, Json]:
        """Return it as a draft keeps it."""
        return {"set": raw_of(self.made)}

    def restore(self, held: Mapping[str, Json]) -> None:
        """Take what a draft kept as the next change.

        Raises:
            UserError: `criteria_set_faulty`: the draft cannot be read any more.
        """
        self.put(draft_set_of(self.made.code, held.get("set")))


def capable(criteria: CriteriaSet) -> list[Item]:
    """Return the items that a ceiling may name: neither scored nor answered by a mark alone."""
    return [item for item in criteria.items() if not item.scored and not item.mark_only]


def with_role(item: Item, role: Role) -> Item:
    """Return an item of points in another role: a veto has no points, any other needs some."""
    most = 0 if role is Role.VETO else item.most or _FULL
    return replace(item, role=role, most=most)


def usual_settings(shipped: Iterable[CriteriaSet], check: str) -> Mapping[str, int]:
    """Return the thresholds that a shipped set gives a check; those of official wording first."""
    sets = sorted(shipped, key=lambda each: (each.provenance.confidence, each.code))
    items = (item for each in sets for item in each.items() if item.check == check)
    return next((item.settings for item in items), {})


def with_check(item: Item, check: Check | None, usual: Mapping[str, int]) -> Item:
    """Return an item that is computed by a check, or by none; thresholds begin at what is usual."""
    settings = {name: usual.get(name, 0) for name in check.settings} if check else {}
    if check is not None and check.name == item.check:
        settings |= {name: item.settings[name] for name in settings if name in item.settings}
    return replace(item, check=check.name if check else "", settings=settings)


def _with(held: tuple[T, ...], part: T) -> tuple[T, ...]:
    return tuple(part if each.id == part.id else each for each in held)


def _moved(held: tuple[T, ...], part_id: str, by: int) -> tuple[T, ...]:
    parts = list(held)
    at = next((n for n, each in enumerate(parts) if each.id == part_id), -1)
    if at >= 0 and 0 <= at + by < len(parts):
        parts[at], parts[at + by] = parts[at + by], parts[at]
    return tuple(parts)


def _without(caps: tuple[Cap, ...], gone: set[str]) -> tuple[Cap, ...]:
    kept = (replace(cap, items=tuple(i for i in cap.items if i not in gone)) for cap in caps)
    return tuple(cap for cap in kept if cap.items)


def _free(stem: str, taken: set[str]) -> str:
    return next(f"{stem}_{n}" for n in range(1, len(taken) + 2) if f"{stem}_{n}" not in taken)


def _protected() -> UserError:
    message = "Mục trả lời bằng một dấu theo văn bản: giữ nguyên, không sửa, không bỏ."
    return UserError("mark_only", message, "text")
