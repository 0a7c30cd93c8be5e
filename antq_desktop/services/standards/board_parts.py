"""The parts of a board: its steps by standard, the days of a kind, cells, rows, the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.deciding import Due
from antq_desktop.domain.records.standards import CLASSIFICATION, DRUGS, RATING

REGISTRATION, SELF_REVIEW, MEETING, FILE, APPRAISAL, SIGNING, DECISION, CERTIFICATE, REPORT = (
    "registration", "self_review", "meeting", "file", "appraisal", "signing", "decision",
    "certificate", "report",
)  # fmt: skip
STEPS: Final[Mapping[str, str]] = {
    REGISTRATION: "Đăng ký",
    SELF_REVIEW: "Tự chấm",
    MEETING: "Họp, biên bản",
    FILE: "Nộp hồ sơ",
    APPRAISAL: "Thẩm định",
    SIGNING: "Trình ký",
    DECISION: "Quyết định",
    CERTIFICATE: "Giấy công nhận",
    REPORT: "Báo cáo",
}
# Working days before the decision, until the unit sets its own (record `day_plan`).
USUAL_LEADS: Final[Mapping[str, int]] = {MEETING: 15, FILE: 10, APPRAISAL: 5, SIGNING: 2}
# Steps that lead to the next: where a later step is done, they are behind, dated or not. A
# registration is not among them, as nothing stands for it; nor are a decision and what follows it.
LEADING: Final = frozenset({SELF_REVIEW, MEETING, FILE, APPRAISAL, SIGNING})
# What a standard has steps for. An area is typed elsewhere; a scheme or team is only rated.
STEPS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    CLASSIFICATION: tuple(step for step in STEPS if step != CERTIFICATE),
    DRUGS: (SELF_REVIEW, APPRAISAL, REPORT),
    RATING: (SELF_REVIEW, APPRAISAL, DECISION),
}


# A scheme or team does not score itself, and nobody decides on it: its unit rates it.
_RATING: Final[Mapping[str, str]] = {SELF_REVIEW: "Chấm", DECISION: "Xếp loại"}


def step_label(step: str, standard: str) -> str:
    """Return what a step is called where a standard is judged."""
    own = _RATING.get(step) if standard == RATING else None
    return own or STEPS[step]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one kind of unit in a year.

    Attributes:
        kind: Id in `unit_kind`.
        named: The day that the text names, before which it is decided; empty without one.
        legal: The last day of the decision by the text, whether worked or not.
        decided_by: The working day on or before it.
        dues: By which day each step is done, in their order.
    """

    kind: str
    named: str
    legal: str
    decided_by: str
    dues: tuple[Due, ...]

    def due(self, step: str) -> str:
        """Return the last day of a step; empty when it has none."""
        return next((each.day for each in self.dues if each.step == step), "")


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of one unit.

    Attributes:
        step: Id of the step.
        due: Its last day; empty when it has none.
        done_on: When it was done, as far as it is known; empty while it is not.
        late: By how many calendar days it is or was late; 0 when it is not.
        passed: Whether a later step is done, so that this one is behind without a day of its own.
    """

    step: str
    due: str
    done_on: str
    late: int
    passed: bool = False

    @property
    def done(self) -> bool:
        """Whether it is done, or behind because a later step is."""
        return bool(self.done_on) or self.passed


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit on the board."""

    unit: str
    name: str
    kind: str
    cells: tuple[Cell, ...]

    @property
    def late(self) -> int:
        """How many steps are not done and late."""
        return sum(bool(cell.late) and not cell.done for cell in self.cells)

    @property
    def next_step(self) -> str:
        """The first step that is not done; empty when all are."""
        return next((cell.step for cell in self.cells if not cell.done), "")


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a year and standard.

    Attributes:
        year: The year.
        standard: The standard.
        day: The day of looking.
        calendars: By kind of unit.
        rows: The units that are judged, by kind and name.
        apart: Units that stand apart, by reason.
    """

    year: int
    standard: str
    day: str
    calendars: Mapping[str, Calendar]
    rows: tuple[BoardRow, ...]
    apart: Mapping[str, int]

    @property
    def over(self) -> bool:
        """Whether the year is over: what is open in it is history and no longer pressing."""
        return self.day > f"{self.year:04}-12-31"

    @property
    def late(self) -> int:
        """How many steps of all units are late and not done."""
        return sum(row.late for row in self.rows)
