"""Code lists that are made of what the program declares, so that nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from antq_desktop.domain.codes import ALWAYS, CodeList, CodeValue
from antq_desktop.domain.figures import MEASURE_LIST, MEASURES
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.text import opening
from antq_desktop.domain.zero_reports import ABOUT_LIST, REPORTED

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


def reported_kinds() -> CodeList:
    """Return the kinds of which a unit may report that nothing happened."""
    return CodeList(
        name=ABOUT_LIST,
        title="Nội dung báo cáo không phát sinh",
        legal_basis="Các loại hồ sơ mà chương trình tổng hợp",
        confidence=_NOT_FOR_A_UNIT_TO_CHANGE,
        values=tuple(CodeValue(kind, opening(SPECS[kind].label), ALWAYS) for kind in REPORTED),
    )


DERIVED: Final[Mapping[str, Callable[[], CodeList]]] = {
    MEASURE_LIST: measure_list,
    ABOUT_LIST: reported_kinds,
}
