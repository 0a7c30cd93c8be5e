"""Figures: each is a sum of what single records give to it, so that every figure can be traced.

A measure is a pure function of one record and a period. The report sums it over a store, the
preview of a merge over what would change, and a figure is explained by the records that gave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Values
from antq_desktop.domain.figures.documents import DOCUMENTS
from antq_desktop.domain.figures.forces import FORCES
from antq_desktop.domain.figures.measure import Give, Measure
from antq_desktop.domain.figures.movement import MOVEMENT
from antq_desktop.domain.figures.registers import SCHEMES_AND_INCIDENTS, UNITS, WORKING
from antq_desktop.domain.periods import Period
from antq_desktop.domain.record import Record

__all__ = [
    "MEASURES", "MEASURE_LIST", "WORKING", "Give", "Measure",
    "contributions", "measure_of", "measures_of",
]  # fmt: skip

MEASURE_LIST: Final = "measure"  # the code list that is made of them
# Area by area, so that a table has each heading once.
MEASURES: Final = (*UNITS, *FORCES, *SCHEMES_AND_INCIDENTS, *MOVEMENT, *DOCUMENTS)

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
        UserError: `unknown_measure`; the sentence names the codes most like it.
    """
    for measure in MEASURES:
        if measure.code == code:
            return measure
    near = get_close_matches(code, [measure.code for measure in MEASURES], n=8, cutoff=0)
    message = f"Không có chỉ tiêu “{code[:40]}”. Gần giống: {', '.join(near)}."
    raise UserError("unknown_measure", message)


def contributions(record: Record, period: Period) -> dict[str, int]:
    """Return what one record gives to each figure; a voided record gives nothing.

    It looks at one record alone: that a child of a voided record gives nothing either is for who
    knows the parent to say (`services.reports`).
    """
    if record.standing().reason is not None:
        return {}
    return contributions_of(record.kind, record.values(), period)


def contributions_of(kind: str, values: Values, period: Period) -> dict[str, int]:
    """Return what values of a record in force give to each figure."""
    measures = measures_of(kind)
    found = {measure.code: measure.give(values, period) for measure in measures}
    return {code: value for code, value in found.items() if value}
