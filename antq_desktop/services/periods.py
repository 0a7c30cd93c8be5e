"""Periods by name, as an officer types or chooses them; windows that a unit set otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from antq_desktop.catalogue.periods import (
    DEADLINES_FILE,
    HOLIDAYS_FILE,
    LATEST_FIRST_DAY,
    load_days_off,
    load_deadlines,
    load_period_presets,
)
from antq_desktop.domain.changes import Action
from antq_desktop.domain.deadlines import DeadlinePreset
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.period_names import AFTER_PRESET, BETWEEN, one_before, read_period
from antq_desktop.domain.periods import CALENDAR, Period, PeriodPreset, custom_period
from antq_desktop.domain.seasons import Edge, Preset, SeasonPreset, read_edge
from antq_desktop.domain.text import fold
from antq_desktop.storage import settings

if TYPE_CHECKING:
    from antq_desktop.storage.store import Store

_WEEK: Final = re.compile(r"tuan\s*(\d{1,2})\s*(?:nam|/|-)?\s*(?:nam\s*)?(\d{4})", re.ASCII)
_OF_WEEKS: Final = "statistics"
_MOST_YEARS: Final = 20
_NO_OWN: Final[Mapping[str, Preset]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Window:
    """What a unit may set of a preset.

    Attributes:
        begins: First day, `15/12`; of a season also `Tết-1`.
        ends: Last day of a season; empty for the other presets.
        year_before: Whether it begins in the year before the one it is named after.
        weekday: The day on which weeks begin, 1 to 7; 0 where there are none.
        years: How many years a stage has; 0 where there are none.
        from_year: A year in which a stage begins.
    """

    begins: str
    ends: str = ""
    year_before: bool = False
    weekday: int = 0
    years: int = 0
    from_year: int = 0


class Periods:
    """The windows and terms that are shipped, what the unit set, and periods made from them."""

    def __init__(self, folder: Path, store: Store | None = None, officer: str = "") -> None:
        """Take the shipped windows; with a store, over them what its unit set."""
        self._folder = folder
        self._store = store
        self._officer = officer
        self._own: Mapping[str, Preset] | None = None

    @cached_property
    def shipped(self) -> Mapping[str, Preset]:
        """The windows by code as they are shipped, the calendar first.

        Raises:
            EnvironmentFault: A file of them cannot be read.
        """
        return load_period_presets(self._folder)

    @property
    def presets(self) -> Mapping[str, Preset]:
        """The windows by code as they are used here, the calendar first.

        Raises:
            EnvironmentFault: A file of them cannot be read.
        """
        if self._own is None:
            self._own = self._read()
        return {**self.shipped, **self._own}

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

        What people say is understood too: `quý III/2021`, `tuần 47/2026`, `giai đoạn 2021–2025`,
        a whole day, two whole days.

        Raises:
            UserError: `period_not_understood`, `period_not_in_preset`, `unknown_preset`,
                `period_ends_before_it_begins`, `lunar_year_unknown`.
        """
        return self._of(name, self.presets)

    def stored(self, name: str) -> Period:
        """Return the period of a name that stands in a record or was kept.

        Such a name never means what this unit set otherwise: a window that is set otherwise names
        its periods by their days.

        Raises:
            UserError: As `named`.
        """
        return self._of(name, self.shipped)

    def near(self, day: str) -> list[tuple[Preset, Period]]:
        """Return the periods of every preset around a day, each followed by the one before it."""
        found: dict[str, tuple[Preset, Period]] = {}
        for preset in self.presets.values():
            if preset.code == CALENDAR.code:
                continue
            for period in preset.holding(day):
                found.setdefault(period.name, (preset, period))
                if isinstance(preset, PeriodPreset):
                    before = self.named(one_before(period.name))
                    if BETWEEN in before.name:
                        before = next(iter(preset.holding(before.until)), before)
                    found.setdefault(before.name, (preset, before))
        return list(found.values())

    def window_of(self, code: str) -> Window:
        """Return what a preset is set to.

        Raises:
            UserError: `unknown_preset`.
        """
        preset = _known(self.presets, code)
        if isinstance(preset, SeasonPreset):
            return Window(preset.first.shown, preset.last.shown, preset.year_before)
        return Window(
            Edge(preset.month, preset.day).shown,
            year_before=preset.year_before,
            weekday=preset.weekday,
            years=preset.years,
            from_year=preset.from_year,
        )

    def set_window(self, code: str, window: Window | None) -> str:
        """Set a window otherwise than it is shipped, None as it is shipped; return what was done.

        Periods that are stored stay as they are: a sheet keeps its days, and names that were
        stored mean the shipped window.

        Raises:
            UserError: `unknown_preset`, `preset_is_fixed`, `edge_not_understood`,
                `window_malformed`, `no_store`.
        """
        shipped = _known(self.shipped, code)
        if not shipped.editable or self._store is None:
            message = f"Kỳ “{shipped.title}” không sửa được."
            raise UserError("preset_is_fixed", message, "preset")
        own = {each: self.window_of(each) for each in self._own_presets() if each != code}
        if window is not None:
            changed = _changed(shipped, window)
            if changed.edited:
                own[code] = window
        with self._store.writing(self._officer, Action.SETTINGS) as work:
            kept = {each: asdict(one) for each, one in sorted(own.items())}
            work.set_setting(settings.WINDOWS, json.dumps(kept, ensure_ascii=False))
            work.note("", "", f"Kỳ báo cáo: {shipped.title}")
        self._own = None
        if code in own:
            return f"Đã sửa kỳ “{shipped.title}”."
        return f"Kỳ “{shipped.title}” theo mẫu của chương trình."

    def _own_presets(self) -> Mapping[str, Preset]:
        return {code: preset for code, preset in self.presets.items() if preset.edited}

    def _of(self, name: str, presets: Mapping[str, Preset]) -> Period:
        since, between, until = name.strip().partition(BETWEEN)
        if between:
            return custom_period(since, until)
        preset, colon, rest = name.strip().partition(AFTER_PRESET)
        if not colon:
            week = _WEEK.fullmatch(" ".join(fold(name).split()))
            if week is None:
                return self._calendar(preset)
            preset, rest = _OF_WEEKS, f"{week[2]}-W{int(week[1]):02}"
        return _known(presets, preset).period(rest)

    def _calendar(self, name: str) -> Period:
        try:
            return CALENDAR.period(name)
        except UserError:
            read = read_period(name)
        since, between, until = read.partition(BETWEEN)
        return custom_period(since, until) if between else CALENDAR.period(read)

    def _read(self) -> Mapping[str, Preset]:
        if self._store is None:
            return _NO_OWN
        kept = json.loads(self._store.setting(settings.WINDOWS, "{}"))
        return {
            code: _changed(self.shipped[code], Window(**told))
            for code, told in kept.items()
            if code in self.shipped
        }


def _known(presets: Mapping[str, Preset], code: str) -> Preset:
    found = presets.get(code)
    if found is None:
        message = f"Không có cách chia kỳ “{code}”. Các cách chia: {', '.join(presets)}."
        raise UserError("unknown_preset", message, "period")
    return found


def _changed(shipped: Preset, window: Window) -> Preset:
    first = read_edge(window.begins, "begins")
    if isinstance(shipped, SeasonPreset):
        season = replace(
            shipped,
            first=first,
            last=read_edge(window.ends, "ends"),
            year_before=window.year_before and first.month > 0,
        )
        return replace(season, edited=season != shipped)
    if not first.month or first.day > LATEST_FIRST_DAY:
        message = f"Kỳ này bắt đầu từ một ngày dương lịch, nhiều nhất ngày {LATEST_FIRST_DAY}."
        raise UserError("window_malformed", message, "begins")
    if bool(shipped.weekday) and not 1 <= window.weekday <= 7:
        raise UserError("window_malformed", "Tuần bắt đầu từ thứ Hai đến Chủ nhật.", "weekday")
    if bool(shipped.years) and not 2 <= window.years <= _MOST_YEARS:
        message = f"Một giai đoạn dài từ 2 đến {_MOST_YEARS} năm. Nhập lại."
        raise UserError("window_malformed", message, "years")
    preset = replace(
        shipped,
        month=first.month,
        day=first.day,
        year_before=window.year_before,
        weekday=window.weekday if shipped.weekday else 0,
        years=window.years if shipped.years else 0,
        from_year=window.from_year if shipped.years else 0,
    )
    return replace(preset, edited=preset != shipped)
