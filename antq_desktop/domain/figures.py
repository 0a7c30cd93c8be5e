"""Figures: each is a sum of what single records give to it, so that every figure can be traced.

A measure is a pure function of one record and a period. The report sums it over a store, the
preview of a merge over what would change, and a figure is explained by the records that gave it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value, Values
from antq_desktop.domain.periods import Period, first_day
from antq_desktop.domain.record import Record

Give = Callable[[Values, Period], int]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure.

    Attributes:
        code: Stable identifier.
        label: What stands in the table.
        unit: What is counted.
        kind: The kind of record that gives to it.
        give: What one record in force gives in a period.
        reads: The fields that `give` and `undated` look at, and no others.
        note: How it is counted, where the words alone leave it open.
        undated: What one record gives though the date that would place it is not known; said
            beside the figure, not added to it.
    """

    code: str
    label: str
    unit: str
    kind: str
    give: Give
    reads: tuple[str, ...]
    note: str = ""
    undated: Give | None = None


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _number(value: Value) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _stands(values: Values, begins: str, ends: str, period: Period) -> bool:
    """Tell whether something had begun by the end of a period and had not ended by then."""
    begin, end = _text(values, begins), _text(values, ends)
    return first_day(begin) <= period.until and not (end and not period.is_over_by(end))


def _unit_of(kind: str, *levels: str) -> Give:
    def give(values: Values, period: Period) -> int:
        right = _text(values, "unit_kind") == kind
        level = not levels or _text(values, "school_level") in levels
        return int(right and level and _stands(values, "valid_from", "valid_to", period))

    return give


def _households(values: Values, period: Period) -> int:
    counts = _text(values, "unit_kind") == "neighbourhood"
    stands = _stands(values, "valid_from", "valid_to", period)
    return _number(values.get("households")) if counts and stands else 0


WORKING: Final = frozenset({"launched", "active", "strengthening", "recognised"})


def _works(values: Values, period: Period) -> bool:
    ended = _text(values, "dissolved_on")
    if ended and not period.is_over_by(ended):
        return False
    return _text(values, "state") in WORKING or bool(ended)


def _begun(values: Values) -> str:
    """Return the first day of a scheme: its decision, or its launch where that is all one knows."""
    return first_day(_text(values, "founded_on") or _text(values, "launched_on"))


def _scheme_kept(values: Values, period: Period) -> int:
    return int(_works(values, period) and _begun(values) < period.since)


def _scheme_undated(values: Values, period: Period) -> int:
    return int(_works(values, period) and not _begun(values))


def _scheme_new(values: Values, period: Period) -> int:
    return int(_works(values, period) and period.holds(_begun(values)))


def _scheme_ended(values: Values, period: Period) -> int:
    return int(period.holds(_text(values, "dissolved_on")))


def _scheme_recognised(values: Values, period: Period) -> int:
    return int(period.holds(_text(values, "recognised_on")))


def _site(values: Values, period: Period) -> int:
    return int(_stands(values, "started_on", "ended_on", period))


def _team(values: Values, period: Period) -> int:
    return int(_stands(values, "founded_on", "ended_on", period))


def _member(values: Values, period: Period) -> int:
    return int(_stands(values, "joined_on", "left_on", period))


def _held(values: Values, period: Period) -> int:
    return int(period.holds(_text(values, "held_on")))


def _incident(values: Values, period: Period) -> int:
    return int(period.holds(_text(values, "occurred_on")))


def _incident_sum(name: str) -> Give:
    def give(values: Values, period: Period) -> int:
        return _number(values.get(name)) * _incident(values, period)

    return give


def _incident_cleared(values: Values, period: Period) -> int:
    return int(period.holds(_text(values, "cleared_on")))


_UNIT_READS: Final = ("unit_kind", "school_level", "valid_from", "valid_to")
_SCHEME_READS: Final = ("state", "founded_on", "launched_on", "dissolved_on")
_APART: Final = (
    "Mô hình duy trì là mô hình có trước kỳ và còn hoạt động đến cuối kỳ; mô hình xây dựng mới là "
    "mô hình thành lập trong kỳ. Hai số tách rời, không số nào nằm trong số kia."
)

MEASURES: Final = (
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
    Measure("activities", "Buổi hoạt động của mô hình", "buổi", "activity", _held, ("held_on",)),
    Measure("incidents", "Vụ việc về trật tự", "vụ", "incident", _incident, ("occurred_on",)),
    Measure(
        "incidents_cleared",
        "Vụ việc đã làm rõ",
        "vụ",
        "incident",
        _incident_cleared,
        ("cleared_on",),
        "Vụ việc đã làm rõ tính theo ngày làm rõ, gồm cả vụ việc xảy ra trước kỳ.",
    ),
    Measure(
        "deaths",
        "Người chết",
        "người",
        "incident",
        _incident_sum("deaths"),
        ("occurred_on", "deaths"),
    ),
    Measure(
        "injuries",
        "Người bị thương",
        "người",
        "incident",
        _incident_sum("injuries"),
        ("occurred_on", "injuries"),
    ),
    Measure(
        "damage",
        "Thiệt hại tài sản",
        "đồng",
        "incident",
        _incident_sum("damage"),
        ("occurred_on", "damage"),
    ),
)

_BY_KIND: Final[Mapping[str, tuple[Measure, ...]]] = {
    kind: tuple(measure for measure in MEASURES if measure.kind == kind)
    for kind in {measure.kind for measure in MEASURES}
}


def measures_of(kind: str) -> tuple[Measure, ...]:
    """Return the figures that a kind of record gives to, in their order."""
    return _BY_KIND.get(kind, ())


def measure_of(code: str) -> Measure:
    """Return a figure by its code.

    Raises:
        UserError: `unknown_measure`; the sentence names the codes there are.
    """
    for measure in MEASURES:
        if measure.code == code:
            return measure
    known = ", ".join(measure.code for measure in MEASURES)
    raise UserError("unknown_measure", f"Không có chỉ tiêu “{code}”. Các chỉ tiêu: {known}.")


def contributions(record: Record, period: Period) -> dict[str, int]:
    """Return what one record gives to each figure; a voided record gives nothing.

    It looks at one record alone: that a child of a voided record gives nothing either is for who
    knows the parent to say (`services.reports`).
    """
    measures = measures_of(record.kind)
    if not measures or record.standing().reason is not None:
        return {}
    values = record.values()
    found = {measure.code: measure.give(values, period) for measure in measures}
    return {code: value for code, value in found.items() if value}
