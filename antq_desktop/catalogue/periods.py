"""Presets of reporting periods and of terms, read from `forms/periods/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from antq_desktop.domain.deadlines import DeadlinePreset
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.periods import CALENDAR, PeriodPreset, Span
from antq_desktop.domain.seasons import Preset, SeasonPreset, read_edge

DEADLINES_FILE: Final = "deadlines.toml"
HOLIDAYS_FILE: Final = "holidays.toml"
_NO_PRESETS: Final = frozenset({DEADLINES_FILE, HOLIDAYS_FILE})
_YEARS: Final = range(1990, 2101)
LATEST_FIRST_DAY: Final = 28
_EDGE: Final = r"^(?:(0[1-9]|1[0-2])-[0-3]\d|tet(?:[+-]\d{1,3})?)$"


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    pass


class _PresetFile(_Strict):
    title: str
    legal_basis: str
    confidence: Literal["A", "B", "C"]
    editable: bool
    begins: Annotated[str, msgspec.Meta(pattern=_EDGE)]
    year_before: bool
    spans: list[Span]
    note: str = ""
    ends: Annotated[str, msgspec.Meta(pattern=_EDGE)] = ""
    weekday: Annotated[int, msgspec.Meta(ge=1, le=7)] | None = None
    years: Annotated[int, msgspec.Meta(ge=2, le=20)] | None = None
    from_year: Annotated[int, msgspec.Meta(ge=1990, le=2100)] | None = None

    def __post_init__(self) -> None:
        if not self.editable and self.confidence != "A":
            raise ValueError("what was not read in full is for editing")
        if not self.spans or ("day" in self.spans):
            raise ValueError("a preset has a span, and days are of the calendar")
        if ("week" in self.spans) != (self.weekday is not None):
            raise ValueError("weeks begin on a day of the week")
        several = ("years" in self.spans, self.years is not None, self.from_year is not None)
        if any(several) and (not all(several) or len(self.spans) > 1):
            raise ValueError("several years are so many from one year on, and nothing else")
        if self.ends and self.spans != ["year"]:
            raise ValueError("a season comes once a year")
        if not self.ends and not (self.begins[0].isdigit() and 1 <= self.day <= LATEST_FIRST_DAY):
            raise ValueError("a preset begins on a day that every month has")

    @property
    def month(self) -> int:
        return int(self.begins[:2])

    @property
    def day(self) -> int:
        return int(self.begins[3:])


class _DeadlineFile(_Strict):
    code: str
    step: str
    classes: list[str]
    hours: int
    hours_remote: int
    legal_basis: str
    confidence: Literal["A", "B", "C"]
    in_force: bool
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.hours <= self.hours_remote:
            raise ValueError("a term is below nought, or shorter where the way is longer")


class _DeadlinesFile(_Strict):
    title: str
    deadlines: list[_DeadlineFile]

    def __post_init__(self) -> None:
        if len({each.code for each in self.deadlines}) != len(self.deadlines):
            raise ValueError("a code stands twice")


class _HolidaysFile(_Strict):
    title: str
    legal_basis: str
    confidence: Literal["A", "B", "C"]
    editable: bool
    every_year: list[Annotated[str, msgspec.Meta(pattern=r"^(0[1-9]|1[0-2])-[0-3]\d$")]]
    days: list[str]
    tet: list[str]
    note: str = ""

    def __post_init__(self) -> None:
        for day in (*self.days, *self.tet, *(f"2024-{each}" for each in self.every_year)):
            date.fromisoformat(day)


def load_days_off(file: Path) -> frozenset[str]:
    """Read the shipped table of public holidays as days, `YYYY-MM-DD`.

    Raises:
        EnvironmentFault: The file is missing or malformed.
    """
    read = _holidays(file)
    every = (f"{year}-{each}" for year in _YEARS for each in read.every_year)
    return frozenset((*every, *read.days))


def load_lunar_years(file: Path) -> dict[int, str]:
    """Read the first day of the lunar year, by year, of the same table.

    Raises:
        EnvironmentFault: The file is missing or malformed.
    """
    return {int(day[:4]): day for day in _holidays(file).tet}


def _holidays(file: Path) -> _HolidaysFile:
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _HolidaysFile)
    except (OSError, ValueError) as fault:
        raise _unreadable(file) from fault


def load_period_preset(file: Path, tet: Mapping[int, str] | None = None) -> Preset:
    """Read one preset; its code is the name of the file.

    Args:
        file: The file.
        tet: First day of the lunar year, by year, for a season that is counted from it.

    Raises:
        EnvironmentFault: The file is missing or is no preset; the sentence names it.
    """
    try:
        read = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _PresetFile)
        return _season(file.stem, read, tet or {}) if read.ends else _preset(file.stem, read)
    except (OSError, ValueError, UserError) as fault:
        raise _unreadable(file) from fault


def _season(code: str, read: _PresetFile, tet: Mapping[int, str]) -> SeasonPreset:
    return SeasonPreset(
        code=code,
        title=read.title,
        legal_basis=read.legal_basis,
        confidence=read.confidence,
        first=read_edge(read.begins),
        last=read_edge(read.ends),
        year_before=read.year_before,
        tet=tet,
        note=read.note,
        editable=read.editable,
    )


def _preset(code: str, read: _PresetFile) -> PeriodPreset:
    return PeriodPreset(
        code=code,
        title=read.title,
        legal_basis=read.legal_basis,
        confidence=read.confidence,
        month=read.month,
        day=read.day,
        year_before=read.year_before,
        spans=tuple(read.spans),
        note=read.note,
        weekday=read.weekday or 0,
        years=read.years or 0,
        from_year=read.from_year or 0,
        editable=read.editable,
    )


def load_period_presets(folder: Path) -> dict[str, Preset]:
    """Read all presets of a folder by code; the calendar comes first and needs no file.

    Raises:
        EnvironmentFault: One of them cannot be read.
    """
    files = [file for file in sorted(folder.glob("*.toml")) if file.name not in _NO_PRESETS]
    table = folder / HOLIDAYS_FILE
    tet = load_lunar_years(table) if table.exists() else {}
    read = [load_period_preset(file, tet) for file in files]
    return {preset.code: preset for preset in (CALENDAR, *read)}


def load_deadlines(file: Path) -> tuple[DeadlinePreset, ...]:
    """Read the terms of incidents, in the order of the file.

    Raises:
        EnvironmentFault: The file is missing, malformed, or gives a code twice.
    """
    try:
        read = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _DeadlinesFile)
    except (OSError, ValueError) as fault:
        raise _unreadable(file) from fault
    return tuple(
        DeadlinePreset(
            code=each.code,
            step=each.step,
            classes=frozenset(each.classes),
            hours=each.hours,
            hours_remote=each.hours_remote,
            legal_basis=each.legal_basis,
            confidence=each.confidence,
            in_force=each.in_force,
        )
        for each in read.deadlines
    )


def _unreadable(file: Path) -> EnvironmentFault:
    return EnvironmentFault(
        "period_preset_unreadable",
        f"Không đọc được tệp kỳ báo cáo {file.name}. "
        "Nạp lại bản cập nhật biểu mẫu hoặc cài lại chương trình.",
    )
