"""The board of a year: every unit × step with its day, what is done, and what is late.

Days come in three layers: the day that the text names (“trước ngày 15/11”), the last working day
before it, and the earlier days that the unit set itself, counted back in working days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from antq_desktop.domain.periods import Period
from antq_desktop.domain.records.standards import CLASSIFICATION, SECURITY
from antq_desktop.domain.records.standards_results import EXPECTED
from antq_desktop.domain.records.standards_sheets import DRAFTING
from antq_desktop.domain.scoring.sets import CriteriaSet
from antq_desktop.services.records import Saved, Step
from antq_desktop.services.standards.board_parts import (
    APPRAISAL,
    CERTIFICATE,
    DECISION,
    FILE,
    LEADING,
    MEETING,
    REGISTRATION,
    REPORT,
    SELF_REVIEW,
    SIGNING,
    STEPS,
    STEPS_OF,
    USUAL_LEADS,
    Board,
    BoardRow,
    Calendar,
    Cell,
    step_label,
)
from antq_desktop.services.standards.book import POOLED, Book, Row, number, text
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.ratings import rated_on
from antq_desktop.services.standards.scope import COMMUNE, apart, result_of, scope_of, settled
from antq_desktop.services.standards.sets import CriteriaSets, standard_of
from antq_desktop.services.standards.subjects import (
    BOUND,
    RATED,
    kinds_of,
    sets_of_year,
    subjects_of,
)

__all__ = [
    "APPRAISAL", "CERTIFICATE", "DECISION", "FILE", "MEETING", "REGISTRATION", "REPORT",
    "SELF_REVIEW", "SIGNING", "STEPS", "STEPS_OF", "USUAL_LEADS", "Board", "BoardRow", "Boards",
    "Calendar", "Cell", "step_label",
]  # fmt: skip
_SUBMITTED: Final = {
    SELF_REVIEW: "self_reviewed_on",
    MEETING: "meeting_on",
    FILE: "submitted_on",
    APPRAISAL: "appraised_on",
    SIGNING: "presented_on",
    REPORT: "reported_on",
}


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
            rows, scopes = self._rated(book, year, standard, day, reviewed), []
            judged = self._judged(book, year, standard)
            windows = {kind: self._window(book, kind, year, standard) for kind in judged}
            for unit in self._units(book):
                kind = text(unit, "unit_kind")
                if kind not in judged:
                    continue
                if kind != COMMUNE:
                    scope = scope_of(book, unit, year, windows[kind])
                    scopes.append(scope)
                    if not scope.pooled and unit.owner == book.own and book.level == COMMUNE:
                        continue
                done = _done(book, unit.id, year, standard, (day, reviewed))
                cells = _cells(standard, calendars[kind], done, day)
                rows.append(BoardRow(unit.id, book.name(unit.id), kind, cells))
            order = {name: at for at, name in enumerate(book.by_name(row.unit for row in rows))}
            kinds = (COMMUNE, *POOLED, *RATED)
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

    def _rated(self, book: Book, year: int, standard: str, day: str,
               reviewed: Mapping[str, str]) -> list[BoardRow]:  # fmt: skip
        """Return schemes and teams, which have no registration, file or place in a calendar."""
        kinds = {kind for each in sets_of_year(self._sets, book, standard, year)
                 for kind in each.unit_kinds if kind in RATED}  # fmt: skip
        days = {text(row, "score_sheet"): text(row, "appraised_on")
                for row in sorted(book.all("appraisal_line"), key=_appraised_on)}  # fmt: skip
        rows = []
        for one in subjects_of(book, kinds, self._ground.window("", year)):
            sheets = [row.id for row in book.where("score_sheet", "subject", one.id)
                      if number(row, "year") == year]  # fmt: skip
            done = {
                SELF_REVIEW: reviewed.get(one.id, ""),
                APPRAISAL: max((days.get(each, "") for each in sheets), default=""),
                DECISION: rated_on(book, one.kind, one.id, year),
            }
            cells = _cells(standard, Calendar(one.kind, "", "", "", ()), done, day)
            rows.append(BoardRow(one.id, one.name, one.kind, cells))
        return rows

    def _judged(self, book: Book, year: int, standard: str) -> set[str]:
        if standard in BOUND:
            return {COMMUNE, *POOLED}
        sets = sets_of_year(self._sets, book, standard, year)
        asked = {kind for each in sets for kind in each.unit_kinds}
        return {kind for kind in (COMMUNE, *POOLED) if asked & set(kinds_of(kind))}

    def _set(self, book: Book, kind: str, year: int, standard: str) -> CriteriaSet | None:
        found = sets_of_year(self._sets, book, standard, year)
        kinds = set(kinds_of(kind))
        return next((each for each in found if kinds & set(each.unit_kinds)), None)

    def _window(self, book: Book, kind: str, year: int, standard: str) -> Period:
        found = self._set(book, kind, year, standard)
        return self._ground.window(found.window if found else "", year)

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


def _appraised_on(row: Row) -> str:
    return text(row, "appraised_on")


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
    cells: list[Cell] = []
    later = False
    for step in reversed(STEPS_OF.get(standard, tuple(STEPS))):
        due, done_on = calendar.due(step), done.get(step, "")
        passed = later and not done_on and step in LEADING
        late = days_late(due, done_on, day) if due and not passed else 0
        cells.append(Cell(step, due, done_on, late, passed))
        later = later or bool(done_on)
    return tuple(reversed(cells))


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
    if standard == CLASSIFICATION:
        rows = [r for r in book.where("classification", "unit", unit) if number(r, "year") == year]
        result = settled(unit, rows)
    else:
        result = result_of(book, unit, year, standard, day)
    if text(result, "result") != EXPECTED:
        found[DECISION] = text(result, "decided_on")
    found[CERTIFICATE] = text(result, "certificate_on")
    found[SELF_REVIEW] = found[SELF_REVIEW] or _before(reviewed.get(unit, ""), found[DECISION])
    return found


def _before(scored: str, decided: str) -> str:
    """Return the day of a sheet, unless it was typed in after the decision that it led to."""
    return "" if decided and scored > decided else scored
