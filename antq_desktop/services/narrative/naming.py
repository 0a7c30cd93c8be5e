"""How a period and its neighbours are named in the sentences of a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from antq_desktop.domain.narrative.facts import Span
from antq_desktop.domain.period_names import (
    AFTER_PRESET,
    BETWEEN,
    one_after,
    one_before,
    year_before,
)
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import paper_date

_WEEK = 7


def span_of(period: Period, named: Callable[[str], Period], campaign: str = "") -> Span:
    """Return how a report names its period, the same one a year earlier, and what comes next."""
    if is_of_years(period):
        since, until = int(period.since[:4]), int(period.until[:4])
        ahead = f"{until + 1}-01-01{BETWEEN}{2 * until - since + 1}-12-31"
        before = named(one_before(period.name)).label
        return Span(_inside(period.label), _inside(before), _inside(named(ahead).label))
    before = named(year_before(period.name)).label
    if BETWEEN in period.name or AFTER_PRESET in period.name or "-" in period.name:
        before = f"cùng kỳ năm {int(period.until[:4]) - 1}"
    if BETWEEN in period.name:
        return Span(_of_days(period, campaign), before, "thời gian tới")
    after = named(one_after(period.name)).label
    return Span(_inside(period.label), before, _inside(after))


def is_of_years(period: Period) -> bool:
    """Tell whether a period is several whole years, which has no same period a year earlier."""
    whole = period.since.endswith("-01-01") and period.until.endswith("-12-31")
    return whole and period.since[:4] < period.until[:4]


def _inside(label: str) -> str:
    """Write a label inside a sentence."""
    return label[:1].lower() + label[1:]


def _of_days(period: Period, campaign: str) -> str:
    since, until = date.fromisoformat(period.since), date.fromisoformat(period.until)
    if campaign:
        return f"đợt cao điểm “{campaign}”"
    if since == until:
        return f"ngày {paper_date(period.since)}"
    if until - since == timedelta(days=_WEEK - 1):
        return f"tuần {period.label}"
    return f"thời gian {period.label}"
