"""What the layouts of many kinds have in common: what a new record begins with, tones of states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.fields import Value
from antq_desktop.services.profiles import COMMUNE_LEVEL

if TYPE_CHECKING:
    from antq_desktop.services.office import Office

Defaults = Callable[["Office"], dict[str, Value]]
NO_TONES: Final[Mapping[str, str]] = {}


def begins(
    *,
    today: str = "",
    year: bool = False,
    last_year: str = "",
    own_unit: bool = False,
    **fixed: Value,
) -> Defaults:
    """Return what a new record begins with.

    Args:
        today: The date field that begins with the day of entry; empty for none.
        year: Whether the field `year` begins with the year of entry.
        last_year: The text field that begins with the year before; empty for none.
        own_unit: Whether the record is about the commune that keeps it.
        fixed: Other fields and what they begin with.
    """

    def values(office: Office) -> dict[str, Value]:
        now = office.clock.now().astimezone(VIETNAM)
        found: dict[str, Value] = dict(fixed)
        if today:
            found[today] = f"{now:%Y-%m-%d}"
        if year:
            found["year"] = now.year
        if last_year:
            found[last_year] = str(now.year - 1)
        if own_unit and office.level == COMMUNE_LEVEL:
            found["unit"] = office.unit
        return found

    return values


def written(
    *, today: str = "", year: bool = False, own_unit: bool = False, **fixed: Value
) -> Defaults:
    """Return what a record begins with that says by whom it was written (`author`)."""
    others = begins(today=today, year=year, last_year="", own_unit=own_unit, **fixed)

    def values(office: Office) -> dict[str, Value]:
        return {**others(office), "author": office.unit}

    return values
