"""A plan as people read it: heaps with names, and what it does to the figures of the report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.figures import MEASURES, contributions_of
from antq_desktop.domain.opening import KIND as OPENING_FIGURE
from antq_desktop.domain.period_names import say_period
from antq_desktop.domain.periods import Period
from antq_desktop.domain.planning import Plan, Planned
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import SPECS
from antq_desktop.services.counted_values import Counted, counted_values
from antq_desktop.services.records import title_of

REPORTED: Final = ", số liệu theo báo cáo"
STILL_REPORTED: Final = " (đang tính theo số liệu báo cáo)"


@dataclass(frozen=True, slots=True)
class Heap:
    """The records of a plan that meet the same fate.

    Attributes:
        outcome: Which fate.
        label: What an officer calls it.
        count: How many.
        names: Kind and title of each, in the order of the bundle.
    """

    outcome: Outcome
    label: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a plan does to one figure: by how much it changes."""

    measure: str
    label: str
    change: int


def heaps_of(plan: Plan) -> list[Heap]:
    """Return the heaps of a plan that are not empty, in the order of the receipt."""
    found: list[Heap] = []
    for outcome in Outcome:
        items = plan.heap(outcome)
        if items:
            names = tuple(_name(item) for item in items)
            found.append(Heap(outcome, outcome.label, len(items), names))
    return found


def _name(item: Planned) -> str:
    record = item.after or item.before
    spec = SPECS.get(item.kind)
    if spec is None:
        return item.kind
    values = dict(record.values()) if record else {}
    return f"{spec.label} “{title_of(spec, values) or item.id[:8]}”"


def effects_of(
    plan: Plan, period: Period, counted: Counted, reported: frozenset[str] = frozenset()
) -> list[Effect]:
    """Return by how much each figure of the report changes; unchanged ones are left out.

    What a plan does to numbers of reports stands apart from what it does to records.

    Args:
        plan: What is done.
        period: The period of the report.
        counted: Which value figures take a value of a code list for.
        reported: Codes of figures of which the number of a report counts now: they are named so.
    """
    sums, said = Counter[str](), Counter[str]()
    for item in plan.items:
        if item.after is None:
            continue
        sums.update(_given(item.after, period, counted))
        sums.subtract(_given(item.before, period, counted))
        said.update(_said_by(item.after, period))
        said.subtract(_said_by(item.before, period))
    found: list[Effect] = []
    for measure in MEASURES:
        code, label = measure.code, measure.label
        if sums[code]:
            still = STILL_REPORTED if code in reported else ""
            found.append(Effect(code, label + still, sums[code]))
        if said[code]:
            found.append(Effect(f"{OPENING_FIGURE}:{code}", label + REPORTED, said[code]))
    return found


def _given(record: Record | None, period: Period, counted: Counted) -> dict[str, int]:
    if record is None or record.standing().reason is not None:
        return {}
    values = counted_values(SPECS[record.kind], record.values(), counted)
    return contributions_of(record.kind, values, period)


def _said_by(record: Record | None, period: Period) -> dict[str, int]:
    """Return the number that an open report says of the period, by its measure."""
    if record is None or record.kind != OPENING_FIGURE or record.standing().reason is not None:
        return {}
    values = record.values()
    measure, name, value = (values.get(each) for each in ("measure", "period", "value"))
    about = isinstance(name, str) and say_period(name) == say_period(period.name)
    counts = about and values.get("closed") is not True and isinstance(value, int)
    return {str(measure): int(value or 0)} if counts else {}
