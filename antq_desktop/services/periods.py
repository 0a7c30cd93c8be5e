"""Periods by name, as an officer types or chooses them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from antq_desktop.catalogue.periods import (
    DEADLINES_FILE,
    HOLIDAYS_FILE,
    load_days_off,
    load_deadlines,
    load_period_presets,
)
from antq_desktop.domain.deadlines import DeadlinePreset
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.period_names import AFTER_PRESET, BETWEEN, read_period
from antq_desktop.domain.periods import CALENDAR, Period, PeriodPreset, custom_period


class Periods:
    """The windows and terms that are shipped, and periods made from them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def presets(self) -> Mapping[str, PeriodPreset]:
        """The windows by code, the calendar first.

        Raises:
            EnvironmentFault: A file of them cannot be read.
        """
        return load_period_presets(self._folder)

    @cached_property
    def deadlines(self) -> tuple[DeadlinePreset, ...]:
        """The terms of incidents that are watched.

        Raises:
            EnvironmentFault: Their file cannot be read.
        """
        return tuple(
            term for term in load_deadlines(self._folder / DEADLINES_FILE) if term.in_force
        )

    @cached_property
    def days_off(self) -> frozenset[str]:
        """The public holidays of the shipped table, `YYYY-MM-DD`; a unit adds to them by records.

        Raises:
            EnvironmentFault: Their file cannot be read.
        """
        return load_days_off(self._folder / HOLIDAYS_FILE)

    def named(self, name: str) -> Period:
        """Return a period: `2022`, `2022-05`, `statistics:2022-Q1`, `2022-06-08..2022-07-28`.

        What people say is understood too: `quý III/2021`, `tháng 9/2021`, two whole days.

        Raises:
            UserError: `period_not_understood`, `period_not_in_preset`, `unknown_preset`,
                `period_ends_before_it_begins`.
        """
        since, between, until = name.strip().partition(BETWEEN)
        if between:
            return custom_period(since, until)
        preset, colon, rest = name.strip().partition(AFTER_PRESET)
        if not colon:
            return self._calendar(preset)
        found = self.presets.get(preset)
        if found is None:
            known = ", ".join(self.presets)
            message = f"Không có cách chia kỳ “{preset}”. Các cách chia: {known}."
            raise UserError("unknown_preset", message, "period")
        return found.period(rest)

    def _calendar(self, name: str) -> Period:
        try:
            return CALENDAR.period(name)
        except UserError:
            read = read_period(name)
        since, between, until = read.partition(BETWEEN)
        return custom_period(since, until) if between else CALENDAR.period(read)
