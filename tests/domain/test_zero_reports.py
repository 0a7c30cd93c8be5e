"""Zero reports: which days they cover, and what speaks against them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.zero_reports import REPORTED, Zero, contradictions, covers

MONTHS = [calendar_period(f"2026-{month:02d}") for month in range(1, 13)]


def zero(name: str, unit: str = "xã", about: str = "incident") -> Zero:
    period = calendar_period(name)
    return Zero(unit, about, period.since, period.until, record=name)


def test_every_kind_that_may_be_reported_empty_has_a_day() -> None:
    assert all(SPECS[kind].dated_by for kind in REPORTED)


@given(st.permutations(MONTHS))
def test_twelve_months_in_any_order_cover_the_year(months: list[object]) -> None:
    held = [zero(str(getattr(month, "name", ""))) for month in months]
    assert covers(held, "2026-01-01", "2026-12-31")
    assert not covers(held[1:], "2026-01-01", "2026-12-31")
    assert not covers(held, "2026-01-01", "2027-01-01")


def test_a_longer_report_covers_a_shorter_period_and_not_the_other_way_round() -> None:
    assert covers([zero("2026-Q1")], "2026-02-01", "2026-02-28")
    assert not covers([zero("2026-02")], "2026-01-01", "2026-03-31")


def test_records_of_the_same_unit_kind_and_days_contradict_and_no_others() -> None:
    dated = {
        ("xã", "incident"): [("2026-09-30", "a"), ("2026-10-01", "b"), ("2026-10", "c")],
        ("xã khác", "incident"): [("2026-10-05", "d")],
        ("xã", "tip"): [("2026-10-05", "e")],
    }
    (found,) = contradictions([zero("2026-10"), zero("2026-08")], dated)
    assert (found.zero.record, found.records, found.example) == ("2026-10", 2, "b")
