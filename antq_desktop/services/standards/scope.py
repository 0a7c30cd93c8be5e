"""Which units a commune answers for in a year, and which stand apart with their reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.periods import Period, first_day
from antq_desktop.domain.records.standards_results import EXPECTED
from antq_desktop.services.standards.book import POOLED, Book, Row, number, text, yes

# Articles 1 and 2 leave these out; what a unit says of a year goes before.
_LEVELS_APART: Final = {"primary": "primary_school", "kindergarten": "kindergarten"}
_SIZES_APART: Final = {"small": "small_enterprise", "micro": "small_enterprise"}
_FOLLOWED: Final = "followed_elsewhere"
COMMUNE: Final = "commune"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a year says of one unit.

    Attributes:
        unit: The unit.
        kind: Its kind.
        pooled: Whether it is among the units that its commune answers for.
        reason: Id in `tt124_reason` why it is not; empty when it is.
        confirmed: Whether a person confirmed it for this year.
    """

    unit: str
    kind: str
    pooled: bool
    reason: str = ""
    confirmed: bool = False


def scope_of(book: Book, row: Row, year: int, window: Period) -> Scope:
    """Return whether a unit is judged in a year under the authority of its commune, or why not."""
    kind = text(row, "unit_kind")
    said = book.for_unit("unit_year", row.id, year)
    inside = yes(said, "in_scope")
    confirmed = inside is not None
    if inside is False:
        return Scope(row.id, kind, False, text(said, "reason") or "other", confirmed)
    if inside is None and (reason := _reason_of(row)):
        return Scope(row.id, kind, False, reason)
    if text(said, "followed_by"):
        return Scope(row.id, kind, False, _FOLLOWED, confirmed)
    level = text(said, "management_level") or text(row, "management_level") or COMMUNE
    if level != COMMUNE and not _delegated(book, row, window):
        return Scope(row.id, kind, False, _FOLLOWED, confirmed)
    return Scope(row.id, kind, pooled=True, confirmed=confirmed)


def _reason_of(row: Row) -> str:
    inside = yes(row, "tt124")
    if inside is False:
        return text(row, "tt124_reason") or "other"
    if inside:
        return ""
    by_level = _LEVELS_APART.get(text(row, "school_level"), "")
    return by_level or _SIZES_APART.get(text(row, "enterprise_size"), "")


def _delegated(book: Book, row: Row, window: Period) -> bool:
    for line in book.lines("unit", row.id, "delegations").values():
        since, until = str(line.get("since") or ""), str(line.get("until") or "")
        if since and first_day(since) <= window.until and (not until or until >= window.since):
            return True
    return False


def units_of(book: Book, commune: str, window: Period) -> list[Row]:
    """Return the units of the four kinds that a commune keeps in a window."""
    return [
        row
        for row in book.units.values()
        if row.owner == commune
        and text(row, "unit_kind") in POOLED
        and (first_day(text(row, "valid_from")) or window.since) <= window.until
        and (text(row, "valid_to") or window.until) >= window.since
    ]


def scopes(book: Book, commune: str, year: int, window: Period) -> list[Scope]:
    """Return the scope of every unit that a commune keeps."""
    return [scope_of(book, row, year, window) for row in units_of(book, commune, window)]


def apart(found: Iterable[Scope], codes: Codes) -> dict[str, int]:
    """Count the units that stand apart by their reason, in words."""
    counted: dict[str, int] = {}
    for each in found:
        if not each.pooled:
            label = codes.label("tt124_reason", each.reason)
            counted[label] = counted.get(label, 0) + 1
    return counted


def settled(unit: str, rows: Iterable[Row]) -> Row | None:
    """Return which of several results of a unit counts: that of another unit, then the latest.

    What a commune notes of itself gives way to what the deciding unit wrote, and what is only
    expected to what is decided.
    """

    def weight(row: Row) -> tuple[bool, bool, str, str]:
        decided = text(row, "result") != EXPECTED
        return decided, row.owner != unit, first_day(text(row, "decided_on")), row.id

    return max(rows, key=weight, default=None)


def result_of(book: Book, unit: str, year: int, standard: str, day: str) -> Row | None:
    """Return the recognition of a unit as it stands on a day; None when nobody decided anything."""
    rows = (
        row
        for row in book.where("recognition", "unit", unit)
        if number(row, "year") == year
        and text(row, "standard") == standard
        and first_day(text(row, "decided_on")) <= day
    )
    return settled(unit, rows)
