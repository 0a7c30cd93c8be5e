"""How a period and its neighbours are named in the sentences of a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from antq_desktop.domain.narrative.facts import Span
from antq_desktop.domain.period_names import AFTER_PRESET, BETWEEN, one_after, year_before
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import paper_date

_WEEK = 7


def span_of(period: Period, named: Callable[[str], Period], campaign: str = "") -> Span:
    """Return how a report names its period, the same one a year earlier, and what comes next."""
    before = named(year_before(period.name)).label
    if BETWEEN in period.name or AFTER_PRESET in period.name or "-" in period.name:
        before = f"cùng kỳ năm {int(period.until[:4]) - 1}"
    if BETWEEN in period.name:
        return Span(_of_days(period, campaign), before, "thời gian tới")
    return Span(period.label, before, named(one_after(period.name)).label)


def _of_days(period: Period, campaign: str) -> str:
    since, until = date.fromisoformat(period.since), date.fromisoformat(period.until)
    if campaign:
        return f"đợt cao điểm “{campaign}”"
    if since == until:
        return f"ngày {paper_date(period.since)}"
    if until - since == timedelta(days=_WEEK - 1):
        return f"tuần {period.label}"
    return f"thời gian {period.label}"
