"""The charts of the movement, made of counts: incidents, schemes, grades, reports received.

The key of an area says which records are behind it, in parts between bars: what is counted, then
where it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from antq_desktop.domain.charts.chart import Bars, Fill, Series, Square, Squares
from antq_desktop.domain.heat import Heat, HeatCell

INCIDENTS: Final = "incident"
SCHEMES: Final = "scheme"
GRADES: Final = "classification"
REPORTS: Final = "received"
MOST_KINDS: Final = 3  # told apart in one bar; the others are added up
NEVER: Final = "never"
AGES: Final = (
    ("fresh", "trong 3 tháng", 92, Fill.BARE),
    ("quiet", "3 đến 6 tháng", 183, Fill.DOTTED),
    ("idle", "trên 6 tháng", 100_000, Fill.SLANTED),
    (NEVER, "chưa có buổi nào", -1, Fill.FULL),
)
_KIND_FILLS: Final = (Fill.FULL, Fill.SLANTED, Fill.DOTTED)
_OTHERS: Final = Fill.CROSSED
_BEFORE: Final = Fill.BARE
_GRADE_FILLS: Final = (
    ("excellent", "Xuất sắc", Fill.BARE),
    ("good", "Khá", Fill.DOTTED),
    ("average", "Trung bình", Fill.SLANTED),
    ("poor", "Yếu", Fill.FULL),
)
_HEAT_FILLS: Final = {
    Heat.GAP: Fill.CROSSED,
    Heat.RETURNED: Fill.CROSSED,
    Heat.LATE: Fill.SLANTED,
}

MonthsOfKinds = Mapping[tuple[str, str], int]
"""By month and kind, how many."""


def key_of(*parts: str) -> str:
    """Return the name of the records behind an area."""
    return "|".join(parts)


def incidents_chart(
    year: int, until: str, now: MonthsOfKinds, before: MonthsOfKinds, labels: Mapping[str, str]
) -> Bars:
    """Return incidents by month and kind beside the same months of the year before.

    Args:
        year: The year.
        until: The last month of which anything can be known, `2026-11`.
        now: Counts of the year.
        before: Counts of the year before.
        labels: What kinds are called.
    """
    months = [f"{number:02d}" for number in range(1, 13)]
    totals: Counter[str] = Counter()
    for (_month, kind), count in now.items():
        totals[kind] += count
    chosen = [kind for kind, _count in sorted(totals.items(), key=lambda each: (-each[1], each[0]))]
    chosen, others = chosen[:MOST_KINDS], chosen[MOST_KINDS:]
    groups: list[tuple[str, Fill, tuple[str, ...]]] = [
        (labels.get(kind, kind), fill, (kind,))
        for kind, fill in zip(chosen, _KIND_FILLS, strict=False)
    ]
    if others or not groups:
        groups.append(("Loại khác" if groups else f"Năm {year}", _OTHERS, tuple(others)))
    series = [
        Series(
            name,
            fill,
            tuple(
                sum(now.get((f"{year}-{month}", kind), 0) for kind in kinds)
                if f"{year}-{month}" <= until
                else None
                for month in months
            ),
            tuple(key_of(INCIDENTS, f"{year}-{month}", ",".join(kinds)) for month in months),
        )
        for name, fill, kinds in groups
    ]
    last = Counter[str]()
    for (month, _kind), count in before.items():
        last[month] += count
    series.append(
        Series(
            f"Năm {year - 1}",
            _BEFORE,
            tuple(last[f"{year - 1}-{month}"] for month in months),
            tuple(key_of(INCIDENTS, f"{year - 1}-{month}", "") for month in months),
            beside=True,
        )
    )
    title = f"Vụ việc năm {year} theo tháng và loại, so với {year - 1}"
    empty = f"Chưa có vụ việc nào trong hai năm {year - 1} và {year}."
    return Bars(title, "vụ", "Tháng", tuple(f"T{int(month)}" for month in months),
                tuple(series), empty=empty)  # fmt: skip


def age_of(last: str, today: date) -> str:
    """Return in which age the last activity of a scheme lies; `never` without one."""
    if not last:
        return NEVER
    for age, _name, days, _fill in AGES:
        if last[:10] >= (today - timedelta(days=min(days, 40_000))).isoformat():
            return age
    return "idle"


def schemes_chart(
    counts: Mapping[tuple[str, str], int], states: Sequence[tuple[str, str]], day: str = ""
) -> Bars:
    """Return schemes by state and by how long ago they last did anything.

    Args:
        counts: By state and age, how many.
        states: The states that there are, in their order, with what they are called.
        day: The day of the count, as its title says it.
    """
    until = f", đến ngày {day}" if day else ""
    held = [(state, name) for state, name in states if any(key[0] == state for key in counts)]
    series = tuple(
        Series(
            name,
            fill,
            tuple(counts.get((state, age), 0) for state, _name in held),
            tuple(key_of(SCHEMES, state, age) for state, _name in held),
        )
        for age, name, _days, fill in AGES
    )
    return Bars(
        f"Mô hình theo tình trạng, lần hoạt động cuối{until}",
        "mô hình",
        "Tình trạng",
        tuple(name for _state, name in held),
        series,
        lying=True,
        empty="Chưa có mô hình nào.",
    )


def grades_chart(years: Sequence[int], counts: Mapping[int, Mapping[str, int]]) -> Bars:
    """Return units by grade of the movement, year by year; a year without any is not known.

    Args:
        years: The years, the oldest first.
        counts: By year and grade, how many units.
    """
    series = tuple(
        Series(
            name,
            fill,
            tuple(counts[year].get(grade, 0) if counts.get(year) else None for year in years),
            tuple(key_of(GRADES, str(year), grade) for year in years),
        )
        for grade, name, fill in _GRADE_FILLS
    )
    return Bars(
        f"Đơn vị theo kết quả phân loại, {years[0]}-{years[-1]}",
        "đơn vị",
        "Năm",
        tuple(map(str, years)),
        series,
        empty="Chưa có kết quả phân loại nào trong các năm này.",
    )


def reports_chart(
    months: Sequence[str], rows: Sequence[tuple[str, str, Sequence[HeatCell]]]
) -> Squares:
    """Return whose data came in which month.

    Args:
        months: The months, the oldest first.
        rows: Id, name and cells of each unit.
    """
    return Squares(
        "Số liệu nhận theo tháng",
        "Đơn vị",
        tuple(f"T{int(month[5:7])}" for month in months),
        tuple(name for _unit, name, _cells in rows),
        tuple(tuple(_square(unit, cell) for cell in cells) for unit, _name, cells in rows),
        tuple((heat.word, heat.label) for heat in Heat if heat.word),
    )


def _square(unit: str, cell: HeatCell) -> Square:
    fill = _HEAT_FILLS.get(cell.state, Fill.BARE)
    return Square(cell.state.word, fill, cell.state.label, key_of(REPORTS, unit, cell.month))
