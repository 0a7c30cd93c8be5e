"""Figures of units, schemes and incidents."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.fields import Values
from antq_desktop.domain.figures.measure import Give, Measure, in_force, number_of, stands, text_at
from antq_desktop.domain.periods import Period, first_day


def _unit_of(kind: str, *levels: str) -> Give:
    def give(values: Values, period: Period) -> int:
        right = text_at(values, "unit_kind") == kind
        level = not levels or text_at(values, "school_level") in levels
        return int(right and level and in_force(values, "valid_from", "valid_to", period))

    return give


def _households(values: Values, period: Period) -> int:
    counts = text_at(values, "unit_kind") == "neighbourhood"
    there = in_force(values, "valid_from", "valid_to", period)
    return number_of(values.get("households")) if counts and there else 0


WORKING: Final = frozenset({"launched", "active", "strengthening", "recognised"})


def _works(values: Values, period: Period) -> bool:
    ended = text_at(values, "dissolved_on")
    if ended and not period.is_over_by(ended):
        return False
    return text_at(values, "state") in WORKING or bool(ended)


def _begun(values: Values) -> str:
    """Return the first day of a scheme: its decision, or its launch where that is all one knows."""
    return first_day(text_at(values, "founded_on") or text_at(values, "launched_on"))


def _scheme_kept(values: Values, period: Period) -> int:
    return int(_works(values, period) and _begun(values) < period.since)


def _scheme_undated(values: Values, period: Period) -> int:
    return int(_works(values, period) and not _begun(values))


def _scheme_new(values: Values, period: Period) -> int:
    return int(_works(values, period) and period.holds(_begun(values)))


def _scheme_ended(values: Values, period: Period) -> int:
    return int(period.holds(text_at(values, "dissolved_on")))


def _scheme_recognised(values: Values, period: Period) -> int:
    return int(period.holds(text_at(values, "recognised_on")))


def _site(values: Values, period: Period) -> int:
    return int(stands(values, "started_on", "ended_on", period))


def _team(values: Values, period: Period) -> int:
    return int(stands(values, "founded_on", "ended_on", period))


def _member(values: Values, period: Period) -> int:
    return int(stands(values, "joined_on", "left_on", period))


def _held(values: Values, period: Period) -> int:
    return int(period.holds(text_at(values, "held_on")))


def _incident(values: Values, period: Period) -> int:
    return int(period.holds(text_at(values, "occurred_on")))


def _incident_sum(name: str) -> Give:
    def give(values: Values, period: Period) -> int:
        return number_of(values.get(name)) * _incident(values, period)

    return give


def _incident_cleared(values: Values, period: Period) -> int:
    return int(period.holds(text_at(values, "cleared_on")))


_UNIT_READS: Final = ("unit_kind", "school_level", "valid_from", "valid_to")
_SCHEME_READS: Final = ("state", "founded_on", "launched_on", "dissolved_on")
_APART: Final = (
    "Mô hình duy trì là mô hình có trước kỳ và còn hoạt động đến cuối kỳ; mô hình xây dựng mới là "
    "mô hình thành lập trong kỳ. Hai số tách rời, không số nào nằm trong số kia."
)

UNITS: Final = (
    Measure(
        "neighbourhoods",
        "Khu dân cư",
        "khu dân cư",
        "unit",
        _unit_of("neighbourhood"),
        _UNIT_READS,
    ),
    Measure("households", "Hộ thường trú", "hộ", "unit", _households, (*_UNIT_READS, "households")),
    Measure("agencies", "Cơ quan", "cơ quan", "unit", _unit_of("agency"), _UNIT_READS),
    Measure(
        "enterprises", "Doanh nghiệp", "doanh nghiệp", "unit", _unit_of("enterprise"), _UNIT_READS
    ),
    Measure(
        "upper_secondary_schools",
        "Trường trung học phổ thông, GDTX",
        "trường",
        "unit",
        _unit_of("school", "upper_secondary", "continuing"),
        _UNIT_READS,
    ),
    Measure(
        "lower_secondary_schools",
        "Trường trung học cơ sở",
        "trường",
        "unit",
        _unit_of("school", "lower_secondary"),
        _UNIT_READS,
    ),
)

SCHEMES_AND_INCIDENTS: Final = (
    Measure(
        "schemes_kept",
        "Mô hình duy trì",
        "mô hình",
        "scheme",
        _scheme_kept,
        _SCHEME_READS,
        _APART,
        _scheme_undated,
    ),
    Measure(
        "schemes_new",
        "Mô hình xây dựng mới",
        "mô hình",
        "scheme",
        _scheme_new,
        _SCHEME_READS,
        _APART,
    ),
    Measure(
        "schemes_ended",
        "Mô hình thanh loại, giải thể",
        "mô hình",
        "scheme",
        _scheme_ended,
        _SCHEME_READS,
    ),
    Measure(
        "schemes_recognised",
        "Mô hình được ghi nhận, nhân rộng",
        "mô hình",
        "scheme",
        _scheme_recognised,
        ("recognised_on",),
    ),
    Measure("sites", "Điểm mô hình", "điểm", "site", _site, ("started_on", "ended_on")),
    Measure("teams", "Tổ của mô hình", "tổ", "team", _team, ("founded_on", "ended_on")),
    Measure("members", "Thành viên mô hình", "người", "member", _member, ("joined_on", "left_on")),
    Measure(
        "activities",
        "Buổi hoạt động của mô hình",
        "buổi",
        "activity",
        _held,
        ("held_on",),
        day="held_on",
    ),
    Measure(
        "incidents",
        "Vụ việc về trật tự",
        "vụ",
        "incident",
        _incident,
        ("occurred_on",),
        day="occurred_on",
    ),
    Measure(
        "incidents_cleared",
        "Vụ việc đã làm rõ",
        "vụ",
        "incident",
        _incident_cleared,
        ("cleared_on",),
        "Vụ việc đã làm rõ tính theo ngày làm rõ, gồm cả vụ việc xảy ra trước kỳ.",
        day="cleared_on",
    ),
    Measure(
        "deaths",
        "Người chết",
        "người",
        "incident",
        _incident_sum("deaths"),
        ("occurred_on", "deaths"),
        day="occurred_on",
    ),
    Measure(
        "injuries",
        "Người bị thương",
        "người",
        "incident",
        _incident_sum("injuries"),
        ("occurred_on", "injuries"),
        day="occurred_on",
    ),
    Measure(
        "damage",
        "Thiệt hại tài sản",
        "đồng",
        "incident",
        _incident_sum("damage"),
        ("occurred_on", "damage"),
        day="occurred_on",
    ),
)
