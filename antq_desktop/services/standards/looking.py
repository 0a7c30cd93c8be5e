"""Reading sheets: as stored, as they would be today, and computed again from themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.ids import common_record_id
from antq_desktop.domain.periods import Period, custom_period
from antq_desktop.domain.records.standards import SECURITY
from antq_desktop.domain.records.standards_results import EXPECTED
from antq_desktop.domain.records.standards_sheets import CLOSED
from antq_desktop.domain.scoring.faults import sheet_faults
from antq_desktop.domain.scoring.outcome import Outcome, Side, judge
from antq_desktop.domain.scoring.sets import CriteriaSet
from antq_desktop.domain.scoring.sheets import (
    Moved,
    Seen,
    Sheet,
    altered,
    as_of_today,
    moved_since,
    new_sheet,
)
from antq_desktop.services.standards.binding import SHEET, Stored, read
from antq_desktop.services.standards.book import Book, Row, text
from antq_desktop.services.standards.case import Case
from antq_desktop.services.standards.gathering import inputs_of
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.scope import result_of
from antq_desktop.services.standards.sets import CriteriaSets, standard_of
from antq_desktop.services.standards.subjects import kinds_of, sets_of_year


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet with everything a screen or paper shows of it.

    Attributes:
        stored: What is in the store.
        criteria: Its set, in exactly the version it was made by.
        window: The days that are judged.
        own: The result by the unit's own column.
        outcome: The result that counts: appraised where there is an appraisal.
        faults: What is wrong with the sheet; its result may be used when none is no warning.
        unsettled: Items met only provisionally that nobody accepted with a reason yet.
        closed: Whether it was closed and so stays as it is.
    """

    stored: Stored
    criteria: CriteriaSet
    window: Period
    own: Outcome
    outcome: Outcome
    faults: tuple[Fault, ...]
    unsettled: tuple[str, ...]
    closed: bool

    @property
    def id(self) -> str:
        """Id of its header."""
        return self.stored.id

    @property
    def usable(self) -> bool:
        """Whether its result may be decided upon: complete, no fault, nothing left unsettled."""
        return self.outcome.complete and not self.faults and not self.unsettled


@dataclass(frozen=True, slots=True)
class AsOfToday:
    """“Nếu xét hôm nay”: a sheet with its computed items computed anew; nothing is stored.

    Attributes:
        day: The day of looking.
        criteria: The set.
        window: The days that are judged; only those up to the day are seen.
        sheet: The sheet as it would be; answers of persons are those that are stored.
        outcome: Its result; `outcome.missing` names what is missing, item by item.
        moved: Computed items that came out otherwise than they are stored; none without a sheet.
        stored: Id of the stored sheet; empty when there is none.
    """

    day: str
    criteria: CriteriaSet
    window: Period
    sheet: Sheet
    outcome: Outcome
    moved: tuple[Moved, ...] = ()
    stored: str = ""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A stored sheet computed again from the inputs it stores.

    Attributes:
        outcome: The result that comes out.
        altered: Items whose stored result is not what their stored inputs give.
        agrees: Whether the result is that of the stored sheet.
    """

    outcome: Outcome
    altered: tuple[str, ...]
    agrees: bool


def sheet_id(subject: str, year: int, code: str) -> str:
    """Return the id of a sheet, which every device works out alike."""
    return common_record_id(SHEET, subject, str(year), code)


class Looking:
    """Reads sheets within one look at the store."""

    def __init__(self, ground: Ground, sets: CriteriaSets, book: Book) -> None:
        self._ground = ground
        self._sets = sets
        self.book = book
        self._open: dict[str, OpenSheet] = {}
        self._cases: dict[tuple[str, int, str], bool] = {}

    def open(self, sheet: str) -> OpenSheet:
        """Return a stored sheet.

        Raises:
            UserError: `no_such_sheet`, `set_is_another`.
        """
        if sheet not in self._open:
            stored = read(self.book, sheet)
            if stored is None:
                message = "Không có phiếu chấm này. Lập phiếu chấm cho đơn vị rồi mở lại."
                raise UserError("no_such_sheet", message)
            self._open[sheet] = self._opened(stored)
        return self._open[sheet]

    def _opened(self, stored: Stored) -> OpenSheet:
        sheet = stored.sheet
        criteria = self._sets.of(self.book, sheet.set_code, sheet.set_digest)
        outcome = judge(criteria, sheet)
        unsettled = tuple(item for item in outcome.provisional if item not in stored.settled)
        return OpenSheet(
            stored=stored,
            criteria=criteria,
            window=self._window(criteria, sheet.year, stored),
            own=judge(criteria, sheet, Side.OWN),
            outcome=outcome,
            faults=sheet_faults(criteria, sheet),
            unsettled=unsettled,
            closed=stored.values.get("state") == CLOSED,
        )

    def rows(self, year: int, standard: str = "", subject: str = "") -> list[Row]:
        """Return the headers of a year, of one standard or subject if asked."""
        rows = self.book.where(SHEET, "year", year)
        return [
            row
            for row in rows
            if (not subject or text(row, "subject") == subject)
            and (not standard or self.standard(row) == standard)
        ]

    def standard(self, row: Row) -> str:
        """Return the standard that a sheet judges; empty when its set is not held here."""
        return self.standard_by(text(row, "criteria_set"), text(row, "digest"))

    def standard_by(self, code: str, digest: str) -> str:
        """Return the standard that a set judges; empty when that version is not held here."""
        try:
            return standard_of(self._sets.of(self.book, code, digest))
        except UserError:
            return ""

    def of_unit(self, unit: str, year: int, standard: str) -> OpenSheet | None:
        """Return the sheet of a unit for a standard; the unit's own where several were made.

        Of several sets that the standard itself is judged by, not what a province adds to it; of
        those that are left, the one begun last.
        """
        rows = self.rows(year, standard, unit)
        keeper = self.book.keeper(unit)
        order = sorted(rows, key=lambda r: (text(r, "begun_on"), r.id), reverse=True)
        row = min(order, key=lambda r: (r.owner != keeper, self._adds(r)), default=None)
        return self.open(row.id) if row else None

    def additions(self, held: OpenSheet) -> list[OpenSheet]:
        """Return the sheets of a unit and year by sets that add to the set of one sheet."""
        sheet = held.stored.sheet
        rows = self.rows(sheet.year, standard_of(held.criteria), sheet.unit)
        found = (self.open(row.id) for row in rows if row.id != held.id and self._adds(row))
        return [each for each in found if each.criteria.adds_to == held.criteria.code]

    def holds(self, held: OpenSheet) -> bool:
        """Tell whether a sheet is met, and with it all that a province adds to its set."""
        return all(one.outcome.met for one in (held, *self.additions(held)))

    def _adds(self, row: Row) -> bool:
        code, digest = text(row, "criteria_set"), text(row, "digest")
        return bool(self._sets.of(self.book, code, digest).adds_to)

    def kind_of(self, subject: str) -> str:
        """Return what kind of thing a subject is; empty for one that is not known."""
        try:
            return self.subject_kind(subject)[0]
        except UserError:
            return ""

    def subject_kind(self, subject: str) -> tuple[str, str]:
        """Return what kind of thing a set must judge for a subject, and the unit it belongs to.

        Raises:
            UserError: `unknown_subject`.
        """
        if subject in self.book.units:
            return self.book.kind_of(subject), subject
        for kind in ("scheme", "protection_team"):
            record = self.book.record(kind, subject)
            if record is not None:
                return kind, str(record.values().get("unit") or record.owner)
        message = "Không có đơn vị, mô hình hoặc lực lượng này. Chọn lại trong danh sách."
        raise UserError("unknown_subject", message, "subject")

    def set_for(self, subject: str, year: int, standard: str) -> CriteriaSet:
        """Return the set in force at the end of a year for a subject; the unit's own goes before.

        Raises:
            UserError: `unknown_subject`, `no_set_in_force`.
        """
        kind, _unit = self.subject_kind(subject)
        judged = set(kinds_of(kind))
        for each in sets_of_year(self._sets, self.book, standard, year):
            if judged & set(each.unit_kinds):
                return each
        message = "Chưa có bộ tiêu chí cho loại đơn vị này trong năm. Thêm bộ của đơn vị."
        raise UserError("no_set_in_force", message, "criteria_set")

    def case(
        self, criteria: CriteriaSet, subject: str, year: int, day: str, stored: Stored | None = None
    ) -> Case:
        """Return what the gathering of inputs needs of a sheet."""
        _kind, unit = self.subject_kind(subject)
        evidence = stored.evidence if stored else {}
        window = self._window(criteria, year, stored)
        return Case(
            book=self.book,
            codes=self._ground.codes,
            criteria=criteria,
            subject=subject,
            unit=unit,
            year=year,
            standard=standard_of(criteria),
            window=window,
            before=self._ground.window(criteria.window, year - 1),
            day=day,
            evidence={
                item: [(each.kind, each.record) for each in held] for item, held in evidence.items()
            },
            promised=lambda other: self.promised(other, year, day),
        )

    def seen(self, criteria: CriteriaSet, sheet: Sheet, case: Case) -> Sheet:
        """Return a sheet whose computed items are computed from the records of the case."""
        return as_of_today(criteria, sheet, inputs_of(case))

    def today(self, subject: str, year: int, criteria: CriteriaSet, day: str) -> AsOfToday:
        """Return a sheet as it would come out on a day, whether it was begun or not."""
        stored = read(self.book, sheet_id(subject, year, criteria.code))
        if stored is not None:
            criteria = self._sets.of(self.book, criteria.code, stored.sheet.set_digest)
        case = self.case(criteria, subject, year, day, stored)
        before = stored.sheet if stored else new_sheet(criteria, subject, year)
        after = self.seen(criteria, before, case)
        return AsOfToday(
            day=day,
            criteria=criteria,
            window=case.window,
            sheet=after,
            outcome=judge(criteria, after),
            moved=moved_since(before, after),
            stored=stored.id if stored else "",
        )

    def again(self, sheet: str) -> Recomputed:
        """Compute a stored sheet again from what it stores; no record is looked at."""
        held = self.open(sheet)
        fresh = replace(
            held.stored.sheet,
            lines=tuple(
                replace(line, seen=_again(line.seen)) if line.seen else line
                for line in held.stored.sheet.lines
            ),
        )
        outcome = judge(held.criteria, fresh)
        return Recomputed(outcome, altered(held.stored.sheet.lines), outcome == held.outcome)

    def promised(self, unit: str, year: int, day: str) -> bool:
        """Tell of a unit without a decision whether a favourable one is to be expected.

        It is when a person noted so, or when its own sheet is complete and meets the standard.
        """
        key = (unit, year, day)
        if key not in self._cases:
            noted = text(result_of(self.book, unit, year, SECURITY, day), "result") == EXPECTED
            self._cases[key] = noted or self._meets(unit, year)
        return self._cases[key]

    def _meets(self, unit: str, year: int) -> bool:
        try:
            held = self.of_unit(unit, year, SECURITY)
        except UserError:
            return False
        return held is not None and self.holds(held)

    def _window(self, criteria: CriteriaSet, year: int, stored: Stored | None) -> Period:
        values = stored.values if stored else {}
        since, until = str(values.get("window_since") or ""), str(values.get("window_until") or "")
        preset = self._ground.window(criteria.window, year)
        if since and until and (since, until) != (preset.since, preset.until):
            return custom_period(since, until)
        return preset


def _again(seen: Seen) -> Seen:
    try:
        return replace(seen, met=seen.again().met)
    except UserError:
        return seen
