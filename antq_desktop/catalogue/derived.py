"""Code lists that are made of what the program declares, so that nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from antq_desktop.domain.codes import ALWAYS, CodeList, CodeValue
from antq_desktop.domain.figures import MEASURE_LIST, MEASURES

_NOT_FOR_A_UNIT_TO_CHANGE: Final = "A"


def measure_list() -> CodeList:
    """Return the figures of a report as choices, each with what it is counted in."""
    return CodeList(
        name=MEASURE_LIST,
        title="Chỉ tiêu số liệu",
        legal_basis="Các chỉ tiêu mà chương trình tổng hợp",
        confidence=_NOT_FOR_A_UNIT_TO_CHANGE,
        values=tuple(
            CodeValue(measure.code, measure.label, ALWAYS, note=measure.unit)
            for measure in MEASURES
        ),
    )


DERIVED: Final[Mapping[str, Callable[[], CodeList]]] = {MEASURE_LIST: measure_list}
