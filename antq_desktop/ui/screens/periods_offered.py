"""Periods to choose from: near ones, those of the windows in use, or what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.periods import Period
from antq_desktop.domain.text import fold, opening
from antq_desktop.domain.typed import parse_date
from antq_desktop.ui.screens.editor_kit import civil_now
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.services.office import Office

_YEARS_BACK: Final = 6


def period_options(office: Office, words: str) -> Sequence[Option]:
    """Return periods to choose from: near ones, or what the words name (`3/2026`, `quý 2/2025`)."""
    now = civil_now(office)
    before = QDate(now.year, now.month, 1).addMonths(-1)
    names = [
        f"{now.year}-{now.month:02}",
        f"{before.year()}-{before.month():02}",
        f"{now.year}-Q{(now.month + 2) // 3}",
        f"{now.year}-H{1 if now.month <= 6 else 2}",
        *(str(now.year - back) for back in range(_YEARS_BACK)),
    ]
    near = [
        Option(period.name, opening(period.label), preset.title)
        for preset, period in office.periods.near(now.date().isoformat())
    ]
    if not words.strip():
        return [*(period_option(office.periods.named(name)) for name in names), *near]
    named = [period_option(period) for period in _named_by(office, words)]
    return named or list(matching(near, words))


def period_option(period: Period) -> Option:
    """Return a period as something to choose."""
    return Option(period.name, opening(period.label))


def _named_by(office: Office, words: str) -> list[Period]:
    """Return the periods that words name."""
    try:
        return [office.periods.named(words)]
    except UserError:
        return _shortly_named(office, words)


def _shortly_named(office: Office, words: str) -> list[Period]:
    """Return the periods that a month, a quarter or a half names without its year."""
    text = " ".join(fold(words).replace("nam", " ").replace("thang", " ").split())
    since, dash, until = text.partition(" - ")
    today = civil_now(office).date()
    try:
        if dash:
            first = parse_date(since, today, "Từ ngày")
            last = parse_date(until, today, "Đến ngày")
            return [office.periods.named(f"{first}..{last}")]
        quarter = _after(text, "quy")
        half = _after(text, "6 dau", "6 cuoi") if text.startswith("6 ") else None
        if quarter:
            number, _, year = quarter.partition("/")
            number = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}.get(number.strip(), number)
            return [office.periods.named(f"{year.strip() or today.year}-Q{number.strip()}")]
        if half:
            return [office.periods.named(f"{half or today.year}-H{1 if 'dau' in text else 2}")]
        if text.isdigit() and len(text) <= 2:
            return [office.periods.named(f"{today.year}-{int(text):02}")]
        return [office.periods.named(parse_date(text, today, "Kỳ", partial=True)[:7])]
    except UserError:
        return []


def _after(text: str, *beginnings: str) -> str | None:
    for beginning in beginnings:
        if text.startswith(beginning):
            return text.removeprefix(beginning).strip() or None
    return None
