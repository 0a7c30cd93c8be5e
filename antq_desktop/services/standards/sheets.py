"""The officer's hand on score sheets: begin, answer, compute, override, appraise, settle.

A sheet of another unit is read and appraised, never written. A closed sheet stays as it is: what
comes later is listed beside it (`services.standards.closing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.records.standards import SECURITY
from antq_desktop.domain.records.standards_sheets import CLOSED, DRAFTING
from antq_desktop.domain.scoring.layout import digest_of
from antq_desktop.domain.scoring.sets import CriteriaSet
from antq_desktop.domain.scoring.sheets import (
    Answer,
    Given,
    Mark,
    Override,
    new_sheet,
)
from antq_desktop.services.records import Edit, Saved, Step
from antq_desktop.services.standards.binding import (
    APPRAISAL,
    SHEET,
    Evidence,
    computed_changes,
    evidence_changes,
    given_values,
    line_edit,
    marked,
)
from antq_desktop.services.standards.book import Book
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.looking import (
    AsOfToday,
    Looking,
    OpenSheet,
    Recomputed,
    sheet_id,
)
from antq_desktop.services.standards.refusing import (
    item_of,
    mark_only,
    recomputed,
    refuse_silent_differences,
    refuse_typed,
    writable,
)
from antq_desktop.services.standards.sets import CriteriaSets
from antq_desktop.services.standards.subjects import kinds_of


class Sheets:
    """Score sheets of one store."""

    def __init__(self, ground: Ground, sets: CriteriaSets) -> None:
        self._ground = ground
        self._sets = sets

    def looking(self, book: Book) -> Looking:
        """Return the reader of sheets within a look at the store."""
        return Looking(self._ground, self._sets, book)

    def read(self, sheet: str) -> OpenSheet:
        """Return a stored sheet with its result.

        Raises:
            UserError: `no_such_sheet`, `set_is_another`.
        """
        with self._ground.book() as book:
            return self.looking(book).open(sheet)

    def read_many(self, sheets: Iterable[str]) -> dict[str, OpenSheet]:
        """Return many stored sheets by id, from one look at the store.

        Raises:
            UserError: `no_such_sheet`, `set_is_another`.
        """
        with self._ground.book() as book:
            looking = self.looking(book)
            return {sheet: looking.open(sheet) for sheet in sheets}

    def begin(
        self,
        subjects: Sequence[str],
        year: int,
        code: str = "",
        *,
        standard: str = SECURITY,
        step: Step | None = None,
    ) -> Saved:
        """Begin a sheet for each subject in one action, computed from today's records.

        Sheets that exist are left as they are.

        Args:
            subjects: Units, schemes or protection teams.
            year: The year that is judged.
            code: The set; empty for the one in force for the standard.
            standard: The standard, when no code is given.
            step: Told how far it is.

        Raises:
            UserError: As `begin_each`.
        """
        return self.begin_each([(each, code) for each in subjects], year, standard, step)

    def begin_each(
        self,
        wanted: Sequence[tuple[str, str]],
        year: int,
        standard: str = SECURITY,
        step: Step | None = None,
    ) -> Saved:
        """Begin sheets in one action, each by its subject and the code of its set.

        Raises:
            UserError: `unknown_subject`, `unknown_set`, `no_set_in_force`, `set_is_for_others`;
                `unit_keeps_its_own` at a receiver for a unit that sends its own sheets.
        """
        edits: list[Edit] = []
        versions: list[Edit] = []  # last: an action is told by what it does first
        with self._ground.book() as book:
            looking = self.looking(book)
            kept: set[str] = set()
            for subject, code in wanted:
                if subject in book.below:
                    message = (
                        f"{book.name(subject)} tự lập phiếu chấm và gửi bằng gói dữ liệu. "
                        "Nhập gói của đơn vị rồi thẩm định."
                    )
                    raise UserError("unit_keeps_its_own", message, "subject")
                criteria = self._chosen(looking, subject, year, code, standard)
                identity = sheet_id(subject, year, criteria.code)
                if book.record(SHEET, identity) is not None:
                    continue
                if criteria.code not in kept:
                    kept.add(criteria.code)
                    versions += self._sets.keeping(book, criteria)
                edits += self._begun(looking, criteria, subject, year)
        if not edits:
            return Saved("Các phiếu chấm đã có, không lập thêm.", 0, ())
        return self._ground.records.save([*edits, *versions], step)

    def _chosen(
        self, looking: Looking, subject: str, year: int, code: str, standard: str
    ) -> CriteriaSet:
        if not code:
            return looking.set_for(subject, year, standard)
        criteria = self._sets.of(looking.book, code)
        kind, _unit = looking.subject_kind(subject)
        if not set(kinds_of(kind)) & set(criteria.unit_kinds):
            message = f"Bộ “{criteria.title}” không dùng cho loại đơn vị này. Chọn bộ khác."
            raise UserError("set_is_for_others", message, "criteria_set")
        return criteria

    def _begun(
        self, looking: Looking, criteria: CriteriaSet, subject: str, year: int
    ) -> list[Edit]:
        identity = sheet_id(subject, year, criteria.code)
        day = self._ground.today()
        case = looking.case(criteria, subject, year, day)
        checks = sorted({item.check for item in criteria.items() if item.check})
        header: dict[str, Value] = {
            "subject": subject,
            "year": year,
            "criteria_set": criteria.code,
            "set_title": criteria.title[:200],
            "digest": digest_of(criteria),
            "checks": ", ".join(checks) or None,
            "unit": case.unit,
            "window_since": case.window.since,
            "window_until": case.window.until,
            "begun_on": day,
            "state": DRAFTING,
        }
        sheet = looking.seen(criteria, new_sheet(criteria, subject, year), case)
        edits = [Edit(SHEET, identity, header, created=True)]
        for line in sheet.lines:
            if line.seen:
                changes = computed_changes(line.seen, day)
                edits.append(line_edit(None, identity, line.item, changes))
        return edits

    def answer(self, sheet: str, answers: Mapping[str, Given]) -> Saved:
        """Give the unit's own answers to items of one sheet, in one action.

        Raises:
            UserError: As `answer_many`.
        """
        return self.answer_many({sheet: answers})

    def answer_many(
        self, answers: Mapping[str, Mapping[str, Given]], step: Step | None = None
    ) -> Saved:
        """Give the unit's own answers to items of many sheets, in one action.

        Args:
            answers: By sheet, by item.
            step: Told how far it is.

        Raises:
            UserError: `item_unknown`, `mark_only`, `typed_over_computed`, `sheet_closed`,
                `no_such_sheet`, or the fault of an answer.
        """
        edits = []
        with self._ground.book() as book:
            looking = self.looking(book)
            for sheet, given in answers.items():
                held = writable(looking.open(sheet))
                for item_id, answer in given.items():
                    refuse_typed(item_of(held, item_id), answer)
                    edits.append(line_edit(held.stored, sheet, item_id, given_values(answer)))
        return self._ground.records.save(edits, step)

    def mark(self, sheet: str, marks: Iterable[Mark]) -> Saved:
        """Answer mark-only items; of what happened at most one document is named.

        Raises:
            UserError: `item_unknown`, `mark_for_another_item`, `sheet_closed`,
                `paper_without_cause`.
        """
        held = self._writable(sheet)
        given = list(marks)
        for mark in given:
            if not item_of(held, mark.item).mark_only:
                message = "Tiêu chí này không trả lời bằng một dấu. Đánh giá ở dòng của tiêu chí."
                raise UserError("mark_for_another_item", message, mark.item)
        changes = marked(held.criteria, held.stored, given)
        return self._ground.records.save((Edit(SHEET, sheet, changes),))

    def mark_none_happened(self, sheet: str) -> Saved:
        """Answer every mark-only item that has no answer yet: it did not happen."""
        held = self._writable(sheet)
        done = {mark.item for mark in held.stored.sheet.marks if mark.answer}
        return self.mark(
            sheet,
            [
                Mark(item.id, Answer.MET)
                for item in held.criteria.items()
                if item.mark_only and item.id not in done
            ],
        )

    def link(self, sheet: str, item: str, added: Iterable[tuple[str, str]] = (),
             removed: Iterable[str] = ()) -> Saved:  # fmt: skip
        """Link records behind an item (kind, id), and take links away (id).

        Raises:
            UserError: `mark_only`: nothing may stand behind such an item; `no_such_record`.
        """
        held = self._writable(sheet)
        if item_of(held, item).mark_only:
            raise mark_only(item)
        with self._ground.store.reading() as reader:
            found = []
            for kind, record in added:
                titles = reader.titles(kind, (record,))
                if record not in titles:
                    message = "Không có hồ sơ này để làm tài liệu chứng minh. Chọn lại."
                    raise UserError("no_such_record", message, item)
                found.append(Evidence(kind, record, titles[record]))
        changes = evidence_changes(found, removed)
        return self._ground.records.save((line_edit(held.stored, sheet, item, changes),))

    def override(self, sheet: str, item: str, override: Override | None) -> Saved:
        """Put a person's answer in place of a computed one; None takes it back.

        Raises:
            UserError: `check_without_cause`, `override_without_reason`, `sheet_closed`.
        """
        held = self._writable(sheet)
        if not item_of(held, item).check:
            message = "Tiêu chí này không có phép kiểm tra. Đánh giá trực tiếp."
            raise UserError("check_without_cause", message, item)
        changes: dict[str, Value] = {
            "override": override.answer.value if override else None,
            "override_reason": override.reason.strip() or None if override else None,
        }
        return self._ground.records.save((line_edit(held.stored, sheet, item, changes),))

    def settle(self, sheet: str, item: str, reason: str) -> Saved:
        """Accept with a printed reason that an item is met only provisionally.

        Raises:
            UserError: `nothing_provisional`, `reason_missing`, `sheet_closed`.
        """
        held = self._writable(sheet)
        if item not in held.outcome.provisional:
            message = "Tiêu chí này không phải là tạm tính nên không cần lý do."
            raise UserError("nothing_provisional", message, item)
        if not reason.strip():
            message = "Chấp nhận tạm tính thì phải có lý do; lý do được in. Nhập lý do."
            raise UserError("reason_missing", message, item)
        changes: dict[str, Value] = {"settled_reason": reason.strip()}
        return self._ground.records.save((line_edit(held.stored, sheet, item, changes),))

    def compute(self, sheets: Iterable[str], step: Step | None = None) -> Saved:
        """Compute the checks of sheets anew from today's records and keep what they saw.

        Closed sheets and sheets of other units are left as they are.
        """
        day = self._ground.today()
        edits: list[Edit] = []
        with self._ground.book() as book:
            looking = self.looking(book)
            for sheet in sheets:
                held = looking.open(sheet)
                if held.closed or held.stored.owner != book.own:
                    continue
                before = held.stored.sheet
                case = looking.case(held.criteria, before.unit, before.year, day, held.stored)
                after = looking.seen(held.criteria, before, case)
                edits += recomputed(held.stored, before, after, day)
        if not edits:
            return Saved("Kết quả tính không thay đổi nên không lưu.", 0, ())
        return self._ground.records.save(edits, step)

    def appraise(self, sheet: str, given: dict[str, Given],
                 differences: dict[str, str] | None = None) -> Saved:  # fmt: skip
        """Write this unit's appraisal of a sheet, its own or another's, as records of this unit.

        Raises:
            UserError: `item_unknown`, `mark_only`; `difference_without_reason` when the result
                differs from the unit's own and no reason is given.
        """
        reasons = differences or {}
        day = self._ground.today()
        edits = []
        with self._ground.book() as book:
            held = self.looking(book).open(sheet)
            for item_id, answer in given.items():
                if item_of(held, item_id).mark_only:
                    raise mark_only(item_id)
                values: dict[str, Value] = {
                    "score_sheet": sheet,
                    "item": item_id,
                    "author": book.own,
                    "unit": str(held.stored.values.get("unit") or "") or None,
                    "appraised_on": day,
                    "difference": reasons.get(item_id, "").strip() or None,
                    **given_values(answer),
                }
                edit = self._ground.records.new_edit(APPRAISAL, values)
                known = book.record(APPRAISAL, edit.id) is not None
                edits.append(Edit(APPRAISAL, edit.id, values, created=not known))
        refuse_silent_differences(held, given, reasons)
        return self._ground.records.save(edits)

    def set_state(self, sheets: Iterable[str], state: str) -> Saved:
        """Move sheets to a state of the code list `sheet_state`; closing has its own verb."""
        if state == CLOSED:
            message = "Chốt phiếu chấm bằng việc chốt số liệu của năm."
            raise UserError("close_by_closing", message, "state")
        with self._ground.book() as book:
            looking = self.looking(book)
            edits = [
                Edit(SHEET, writable(looking.open(each)).id, {"state": state}) for each in sheets
            ]
        return self._ground.records.save(edits)

    def today(
        self,
        subject: str,
        year: int,
        code: str = "",
        *,
        standard: str = SECURITY,
        day: str = "",
    ) -> AsOfToday:
        """Return “nếu xét hôm nay”, or on any other day, and what is missing; nothing is stored.

        Raises:
            UserError: `unknown_subject`, `unknown_set`, `no_set_in_force`.
        """
        with self._ground.book() as book:
            looking = self.looking(book)
            criteria = self._chosen(looking, subject, year, code, standard)
            return looking.today(subject, year, criteria, day or self._ground.today())

    def again(self, sheet: str) -> Recomputed:
        """Compute a stored sheet again from the inputs it stores."""
        with self._ground.book() as book:
            return self.looking(book).again(sheet)

    def _writable(self, sheet: str) -> OpenSheet:
        return writable(self.read(sheet))
