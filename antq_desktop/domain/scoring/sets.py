"""Criteria sets as values: what a circular or a province asks, item by item.

A set is data (`forms/criteria/`, or a unit's own copy); nothing in it is computed. What can be
computed is named, `working_scheme@1`, and stands in `domain.scoring.checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class SetKind(StrEnum):
    """How a set comes to its result: by criteria that are met, or by a sum of points."""

    MET = "met"
    POINTS = "points"


class Purpose(StrEnum):
    """What the result of a set is used for."""

    RECOGNITION = "recognition"
    CLASSIFICATION = "classification"
    EXEMPLARY = "exemplary"
    RATING = "rating"
    DRUGS = "drugs"


class Role(StrEnum):
    """What an item does to the result."""

    SCORE = "score"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"


class Asks(StrEnum):
    """The two words of an answer: đạt / chưa đạt, or không xảy ra / có xảy ra."""

    MET = "met"
    HAPPENED = "happened"


class NotApplicable(StrEnum):
    """What an item of points is worth where it does not apply."""

    FULL = "full"
    RESCALE = "rescale"


UNIT_KINDS: Final = ("neighbourhood", "commune", "agency", "enterprise", "school")
OTHER_SUBJECTS: Final = ("commune_police", "scheme", "protection_team", "team_member")
SUBJECTS: Final = (*UNIT_KINDS, *OTHER_SUBJECTS)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item may not apply, in the words of the text: “đối với nơi có tổ chức Đảng”."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion or sub-point, answered by itself.

    Attributes:
        id: Stable ASCII slug within the set; what a sheet stores.
        text: What is asked, as it stands on screen and paper.
        article: Where it stands, “Điều 4 khoản 3 điểm a”; may be empty.
        quoted: True when `text` is the official wording; else it is a paraphrase.
        confidence: `A` the text was read in full, `B` an excerpt, `C` general knowledge.
        to_fill: True when the wording is missing and the unit is to enter it.
        asks: Which two words answer it.
        mark_only: Answered by one mark and at most one reference to a document. It has no
            evidence, note, computed check or override, and is never added up over units.
        check: Versioned name of the computed check; empty when a person judges.
        settings: Thresholds that the check takes from the text.
        reasons: Ids of the reasons for which it may not apply; none: it always applies.
        role: What it does to the result.
        most: Most points that it gives or takes, in hundredths; 0 in a set without points.
    """

    id: str
    text: str
    article: str = ""
    quoted: bool = False
    confidence: str = "A"
    to_fill: bool = False
    asks: Asks = Asks.MET
    mark_only: bool = False
    check: str = ""
    settings: Mapping[str, int] = field(default_factory=dict, hash=False)
    reasons: tuple[str, ...] = ()
    role: Role = Role.SCORE
    most: int = 0

    @property
    def scored(self) -> bool:
        """Whether it is answered in points rather than by a mark."""
        return self.most > 0


@dataclass(frozen=True, slots=True)
class Group:
    """One numbered criterion, or a heading, with its items.

    Attributes:
        id: Stable ASCII slug.
        title: Heading of the program; the official words stand in the items.
        items: In the order of the text.
        article: Where it stands; may be empty.
        need: How many items must be met; 0 when all that apply must.
    """

    id: str
    title: str
    items: tuple[Item, ...]
    article: str = ""
    need: int = 0

    @property
    def marks(self) -> tuple[Item, ...]:
        """The items that are answered by one mark alone."""
        return tuple(item for item in self.items if item.mark_only)


@dataclass(frozen=True, slots=True)
class Band:
    """One grade. A ladder of groups names the group that gives it, any other the least it needs.

    Attributes:
        id: Stable ASCII slug.
        label: Vietnamese.
        least: Least points in hundredths, or least number of items that are met.
        group: The group that must hold, in a set whose groups are grades.
    """

    id: str
    label: str
    least: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cap:
    """A ceiling: while one of these items is not met, the grade is not above that band."""

    id: str
    label: str
    at_most: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a set comes from, for its first page.

    Attributes:
        legal_basis: The instrument, with number and date.
        confidence: `A` the text was read in full, `B` an excerpt, `C` general knowledge.
        maintained_by: Who keeps it in step with the text.
        source: Where the text was read.
        compared_on: The day on which it was last compared, `YYYY-MM-DD`.
        note: Remark; says “mẫu minh họa” when the confidence is not `A`.
        adapted_from: Code and digest of the set of which a unit made its own; else empty.
    """

    legal_basis: str
    confidence: str
    maintained_by: str
    source: str
    compared_on: str
    note: str = ""
    adapted_from: str = ""


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A set as one value.

    Attributes:
        code: Stable ASCII slug; the name of its file.
        title: What an officer chooses.
        purpose: What the result is used for.
        kind: How it comes to a result.
        unit_kinds: What it judges.
        provenance: Where it comes from.
        valid_from: First day on which it may be chosen.
        groups: Its criteria.
        valid_to: First day on which it may no longer be chosen; empty while it may.
        window: Preset of the days that are judged (`forms/periods/`); may be empty.
        decided_before: Month and day before which the decision is made, `11-15`; may be empty.
        adds_to: Code of the set to which it adds criteria of a province; may be empty.
        reasons: Why items may not apply.
        bands: The grades, highest first; none in a set that is only met or not.
        caps: Ceilings of the grade.
        not_applicable: What points are worth where their item does not apply.
    """

    code: str
    title: str
    purpose: Purpose
    kind: SetKind
    unit_kinds: tuple[str, ...]
    provenance: Provenance
    valid_from: str
    groups: tuple[Group, ...]
    valid_to: str = ""
    window: str = ""
    decided_before: str = ""
    adds_to: str = ""
    reasons: tuple[Reason, ...] = ()
    bands: tuple[Band, ...] = ()
    caps: tuple[Cap, ...] = ()
    not_applicable: NotApplicable = NotApplicable.FULL
    _items: Mapping[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_items", {item.id: item for item in self.items()})

    @property
    def editable(self) -> bool:
        """Whether a unit may change it: whatever was not read in full is an illustration."""
        return self.provenance.confidence != "A"

    @property
    def is_ladder(self) -> bool:
        """Whether each grade is a group of its own criteria."""
        return any(band.group for band in self.bands)

    def items(self) -> Iterator[Item]:
        """Yield every item in the order of the text."""
        return (item for group in self.groups for item in group.items)

    def item(self, item_id: str) -> Item | None:
        """Return the item of that id; None when there is none."""
        return self._items.get(item_id)

    def reason(self, reason_id: str) -> Reason | None:
        """Return the reason of that id; None when there is none."""
        return next((each for each in self.reasons if each.id == reason_id), None)

    def band(self, band_id: str) -> Band | None:
        """Return the band of that id; None when there is none."""
        return next((each for each in self.bands if each.id == band_id), None)

    def full_points(self) -> int:
        """Return what the items give together, in hundredths, without bonus."""
        return sum(item.most for item in self.items() if item.role is Role.SCORE)

    def in_force(self, day: str) -> bool:
        """Tell whether it may be chosen for a sheet of that day."""
        return self.valid_from <= day and (not self.valid_to or day < self.valid_to)


def sets_in_force(
    sets: Iterable[CriteriaSet], unit_kind: str, day: str, purpose: Purpose | None = None
) -> tuple[CriteriaSet, ...]:
    """Return the sets that judge a kind of unit on a day: national first, then what adds to them.

    Several may be in force at once; which of them a sheet follows is said by the sheet.
    """
    found = (
        each
        for each in sets
        if unit_kind in each.unit_kinds
        and each.in_force(day)
        and (purpose is None or each.purpose is purpose)
    )
    return tuple(sorted(found, key=lambda each: (bool(each.adds_to), each.code)))
