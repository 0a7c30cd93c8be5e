"""Grades: which band a sum reaches, which ceilings hold, and what the next band would take."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from antq_desktop.domain.scoring.sets import Band, Cap, CriteriaSet


def band_reached(bands: tuple[Band, ...], reached: Fraction | int) -> Band | None:
    """Return the highest band whose least is reached; None when even the lowest is not.

    The comparison is exact: 89,99 is below 90 whatever is printed.
    """
    return next((band for band in bands if not band.group and reached >= band.least), None)


def group_reached(bands: tuple[Band, ...], holding: Collection[str]) -> Band | None:
    """Return the first band whose group holds; a last band without a group takes the rest."""
    return next((band for band in bands if not band.group or band.group in holding), None)


def caps_that_hold(caps: tuple[Cap, ...], failing: Collection[str]) -> tuple[Cap, ...]:
    """Return the ceilings that items which are not met bring about."""
    return tuple(cap for cap in caps if any(item in failing for item in cap.items))


def capped(criteria: CriteriaSet, band: Band | None, caps: tuple[Cap, ...]) -> Band | None:
    """Return the band under all ceilings; points never lift it above one of them."""
    if band is None:
        return None
    order = [each.id for each in criteria.bands]
    lowest = max([order.index(band.id), *(order.index(cap.at_most) for cap in caps)])
    return criteria.bands[lowest]


@dataclass(frozen=True, slots=True)
class Gap:
    """What is lacking for the next band.

    Attributes:
        band: The band above.
        lacking: Points in hundredths, or items to be met; 0 when only ceilings stand in the way.
        caps: The ceilings that keep the unit below that band.
    """

    band: Band
    lacking: Fraction
    caps: tuple[Cap, ...]


def gap_to_next(
    criteria: CriteriaSet, grade: Band | None, reached: Fraction, caps: tuple[Cap, ...]
) -> Gap | None:
    """Return what the next band takes; None in the highest band and where groups are grades."""
    order = [each.id for each in criteria.bands]
    place = order.index(grade.id) if grade else len(order)
    if not place or criteria.is_ladder:
        return None
    above = criteria.bands[place - 1]
    in_the_way = tuple(cap for cap in caps if order.index(cap.at_most) >= place)
    return Gap(above, max(above.least - reached, Fraction(0)), in_the_way)
