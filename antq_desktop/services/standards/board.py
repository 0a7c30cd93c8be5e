"""The board of a year: every unit × step with its day, what is done, and what is late.

Days come in three layers: the day that the text names (“trước ngày 15/11”), the last working day
before it, and the earlier days that the unit set itself, counted back in working days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from antq_desktop.domain.deciding import (
    Due,
    Lead,
    WorkingDays,
    counted_back,
    days_late,
    decided_by,
    first_quarter_ends,
)
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.records.standards import CLASSIFICATION, SECURITY
from antq_desktop.domain.records.standards_results import EXPECTED
from antq_desktop.domain.records.standards_sheets import DRAFTING
from antq_desktop.domain.scoring.sets import CriteriaSet, Purpose
from antq_desktop.services.records import Saved, Step
from antq_desktop.services.standards.book import POOLED, Book, Row, number, text
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.scope import COMMUNE, apart, result_of, scope_of, settled
from antq_desktop.services.standards.sets import CriteriaSets, standard_of

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
_PURPOSES: Final = {SECURITY: Purpose.RECOGNITION, CLASSIFICATION: Purpose.CLASSIFICATION}
_SUBMITTED: Final = {
    SELF_REVIEW: "self_reviewed_on",
    MEETING: "meeting_on",
    FILE: "submitted_on",
    APPRAISAL: "appraised_on",
    SIGNING: "presented_on",
    REPORT: "reported_on",
}


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
    """

    step: str
    due: str
    done_on: str
    late: int

    @property
    def done(self) -> bool:
        """Whether it is done."""
        return bool(self.done_on)


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
    def late(self) -> int:
        """How many steps of all units are late and not done."""
        return sum(row.late for row in self.rows)


class Boards:
    """Makes boards, and does for many units at once what a board shows as missing."""

    def __init__(self, ground: Ground, sets: CriteriaSets) -> None:
        self._ground = ground
        self._sets = sets

    def board(self, year: int, standard: str = SECURITY, day: str = "") -> Board:
        """Return the board of a year: a commune sees its units and itself, a receiver communes too.

        Raises:
            UserError: `lead_out_of_bounds`, `steps_out_of_order`: a day plan does not hold.
        """
        day = day or self._ground.today()
        with self._ground.book() as book:
            working = self._ground.working_days(book)
            calendars = {
                kind: self._calendar(book, kind, year, standard, working)
                for kind in (*POOLED, COMMUNE)
            }
            reviewed = self._reviewed(book, year, standard)
            rows, scopes = [], []
            for unit in self._units(book):
                kind = text(unit, "unit_kind")
                window = self._ground.window(self._preset(book, kind, year, standard), year)
                if kind != COMMUNE:
                    scope = scope_of(book, unit, year, window)
                    scopes.append(scope)
                    if not scope.pooled and unit.owner == book.own and book.level == COMMUNE:
                        continue
                done = _done(book, unit.id, year, standard, (day, reviewed))
                cells = _cells(standard, calendars[kind], done, day)
                rows.append(BoardRow(unit.id, book.name(unit.id), kind, cells))
            order = {name: at for at, name in enumerate(book.by_name(row.unit for row in rows))}
            kinds = (COMMUNE, *POOLED)
            rows.sort(key=lambda row: (kinds.index(row.kind), order[row.unit]))
            told = apart(scopes, self._ground.codes) if book.level == COMMUNE else {}
        return Board(year, standard, day, calendars, tuple(rows), told)

    def calendar(self, kind: str, year: int, standard: str = SECURITY) -> Calendar:
        """Return the days of one kind of unit."""
        with self._ground.book() as book:
            working = self._ground.working_days(book)
            return self._calendar(book, kind, year, standard, working)

    def _units(self, book: Book) -> list[Row]:
        """Return what a board lists: a receiver lists communes and what it keeps itself."""
        if book.level == COMMUNE:
            return [
                row for row in book.units.values()
                if row.id == book.own or (row.owner == book.own and _is_judged(row))
            ]  # fmt: skip
        return [
            row for row in book.units.values()
            if row.id in book.below or (row.owner == book.own and text(row, "unit_kind") in POOLED)
        ]  # fmt: skip

    def _reviewed(self, book: Book, year: int, standard: str) -> dict[str, str]:
        """Return by unit the day of a sheet that has left drafting, where the file names none."""
        found: dict[str, str] = {}
        for row in book.where("score_sheet", "year", year):
            if text(row, "state") in {"", DRAFTING}:
                continue
            try:
                made_by = self._sets.of(book, text(row, "criteria_set"), text(row, "digest"))
            except UserError:
                continue
            if standard_of(made_by) == standard:
                found[text(row, "subject")] = text(row, "closed_on") or text(row, "begun_on")
        return found

    def _set(self, book: Book, kind: str, year: int, standard: str) -> CriteriaSet | None:
        purpose = _PURPOSES.get(standard)
        found = self._sets.in_force(book, kind, f"{year:04}-12-31", purpose)
        return next((each for each in found if standard_of(each) == standard), None)

    def _preset(self, book: Book, kind: str, year: int, standard: str) -> str:
        found = self._set(book, kind, year, standard)
        return found.window if found else ""

    def _calendar(
        self, book: Book, kind: str, year: int, standard: str, working: WorkingDays
    ) -> Calendar:
        criteria = self._set(book, kind, year, standard)
        named = criteria.decided_before if criteria else ""
        quarter = Due(REGISTRATION, STEPS[REGISTRATION], first_quarter_ends(year, working))
        if not named:
            return Calendar(kind, "", "", "", (quarter,))
        last = decided_by(year, named, working)
        legal = (date.fromisoformat(f"{year:04}-{named}") - timedelta(days=1)).isoformat()
        plan = _plan(book, kind, year)
        leads = [Lead(step, STEPS[step], days) for step, days in plan.items()]
        counted = counted_back(last, leads, working)
        meeting = next((due.day for due in counted if due.step == MEETING), last)
        review = Due(SELF_REVIEW, STEPS[SELF_REVIEW], meeting)
        decision = Due(DECISION, STEPS[DECISION], last)
        return Calendar(
            kind, f"{year:04}-{named}", legal, last, (quarter, review, *counted, decision)
        )

    def register(self, year: int, lines: Iterable[Mapping[str, Value]], *,
                 standard: str = SECURITY, step: Step | None = None) -> Saved:  # fmt: skip
        """Enter registrations of many units in one action, a line for each unit.

        Args:
            year: The year.
            lines: Fields of `registration` by name, `unit` among them; a unit that registered
                before gets the fields that are given.
            standard: The standard.
            step: Told how far it is.

        Raises:
            UserError: With all faults of all lines; nothing was saved.
        """
        edits = []
        with self._ground.book() as book:
            for line in lines:
                values = {**line, "year": year, "standard": standard}
                edits.append(self._ground.put(book, "registration", values))
        return self._ground.records.save(edits, step)

    def advance(self, year: int, units: Sequence[str], changes: Mapping[str, Value], *,
                standard: str = SECURITY) -> Saved:  # fmt: skip
        """Write the same steps of the file (`submission`) for many units: a day of meeting, a file.

        Raises:
            UserError: What is wrong with a field.
        """
        with self._ground.book() as book:
            edits = [
                self._ground.put(book, "submission",
                     {**changes, "unit": unit, "year": year, "standard": standard})
                for unit in units
            ]  # fmt: skip
        return self._ground.records.save(edits)

    def set_days(self, year: int, kind: str, leads: Mapping[str, int], document: str = "") -> Saved:
        """Set the unit's own earlier days for a kind of unit, in working days before the decision.

        Raises:
            UserError: `steps_out_of_order`, or what is wrong with a number.
        """
        with self._ground.book() as book:
            values: dict[str, Value] = {
                "unit": book.own,
                "year": year,
                "unit_kind": kind,
                "document": document or None,
                **leads,
            }
            edit = self._ground.put(book, "day_plan", values)
        return self._ground.records.save((edit,))

    def meetings(
        self, year: int, standard: str = SECURITY
    ) -> tuple[tuple[str, str, str, str], ...]:
        """Return the calendar of meetings: day, unit, its name, place; planned ones before held."""
        with self._ground.book() as book:
            rows = book.of_year("submission", year, standard)
            found = [
                (
                    text(row, "meeting_on") or text(row, "meeting_planned_on"),
                    text(row, "unit"),
                    book.name(text(row, "unit")),
                    text(row, "meeting_place"),
                )
                for row in rows
            ]
        return tuple(sorted(each for each in found if each[0]))


def _is_judged(row: Row) -> bool:
    return text(row, "unit_kind") in POOLED


def _plan(book: Book, kind: str, year: int) -> dict[str, int]:
    """Return the unit's own leads of a year, else those of the latest year before, else usual."""
    rows = [
        row
        for row in book.where("day_plan", "unit_kind", kind)
        if row.owner == book.own and (number(row, "year") or 0) <= year
    ]
    latest = max(rows, key=lambda row: number(row, "year") or 0, default=None)
    if latest is None:
        return dict(USUAL_LEADS)
    return {step: days for step in USUAL_LEADS if (days := number(latest, step)) is not None}


def _cells(
    standard: str, calendar: Calendar, done: Mapping[str, str], day: str
) -> tuple[Cell, ...]:
    cells = []
    for step in STEPS:
        if standard == CLASSIFICATION and step == CERTIFICATE:
            continue
        due, done_on = calendar.due(step), done.get(step, "")
        late = days_late(due, done_on, day) if due else 0
        cells.append(Cell(step, due, done_on, late))
    return tuple(cells)


def _done(
    book: Book, unit: str, year: int, standard: str, at: tuple[str, Mapping[str, str]]
) -> dict[str, str]:
    day, reviewed = at
    found: dict[str, str] = {}
    registered = book.for_unit("registration", unit, year, standard)
    if registered is None and standard == CLASSIFICATION:
        registered = book.for_unit("registration", unit, year, SECURITY)
    found[REGISTRATION] = text(registered, "registered_on")
    filed = book.for_unit("submission", unit, year, standard)
    for step, name in _SUBMITTED.items():
        found[step] = text(filed, name)
    found[SELF_REVIEW] = found[SELF_REVIEW] or reviewed.get(unit, "")
    if standard == CLASSIFICATION:
        rows = [r for r in book.where("classification", "unit", unit) if number(r, "year") == year]
        result = settled(unit, rows)
    else:
        result = result_of(book, unit, year, standard, day)
    if text(result, "result") != EXPECTED:
        found[DECISION] = text(result, "decided_on")
    found[CERTIFICATE] = text(result, "certificate_on")
    return found
