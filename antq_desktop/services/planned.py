"""A plan as people read it: heaps with names, and what it does to the figures of the report."""

from __future__ import annotations

from dataclasses import dataclass

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.figures import MEASURES, contributions_of
from antq_desktop.domain.periods import Period
from antq_desktop.domain.planning import Plan, Planned
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import SPECS
from antq_desktop.services.counted_values import Counted, counted_values
from antq_desktop.services.records import title_of


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


def effects_of(plan: Plan, period: Period, counted: Counted) -> list[Effect]:
    """Return by how much each figure of the report changes; unchanged ones are left out.

    Args:
        plan: What is done.
        period: The period of the report.
        counted: Which value figures take a value of a code list for.
    """
    sums = dict.fromkeys((measure.code for measure in MEASURES), 0)
    for item in plan.items:
        if item.after is None:
            continue
        for record, sign in ((item.after, 1), (item.before, -1)):
            for code, value in _given(record, period, counted).items():
                sums[code] += sign * value
    return [Effect(m.code, m.label, sums[m.code]) for m in MEASURES if sums[m.code]]


def _given(record: Record | None, period: Period, counted: Counted) -> dict[str, int]:
    if record is None or record.standing().reason is not None:
        return {}
    values = counted_values(SPECS[record.kind], record.values(), counted)
    return contributions_of(record.kind, values, period)
