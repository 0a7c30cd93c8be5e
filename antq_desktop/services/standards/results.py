"""What was decided: recognition by decisions, classification by sheets, and what follows.

A classification is never typed: it is read from a sheet that is complete and without fault. A
recognition is a decision of persons; where it goes against the sheet, that is said and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from antq_desktop.domain.deciding import early_decision
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.records.standards import CLASSIFICATION, SECURITY
from antq_desktop.domain.records.standards_results import EXPECTED, NOT_RECOGNISED, RECOGNISED
from antq_desktop.domain.scoring.points import points_text
from antq_desktop.domain.scoring.sets import Purpose
from antq_desktop.domain.scoring.sheets import Answer
from antq_desktop.services.records import Edit, Saved, Step
from antq_desktop.services.standards.book import Book, text
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.looking import OpenSheet
from antq_desktop.services.standards.sheets import Sheets

DECISION, RECOGNITION, CLASSIFIED = "standard_decision", "recognition", "classification"


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands on a decision.

    Attributes:
        number: Number and sign.
        decided_on: Its day, `YYYY-MM-DD`.
        issuer: The deciding body.
        title: What it is about; empty for the usual words.
    """

    number: str
    decided_on: str
    issuer: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did, with what must be said of it.

    Attributes:
        saved: What was saved.
        warnings: Sentences for the person who decides; the decision stands all the same.
    """

    saved: Saved
    warnings: tuple[Fault, ...]


class Results:
    """Decisions and their consequences."""

    def __init__(self, ground: Ground, sheets: Sheets) -> None:
        self._ground = ground
        self._sheets = sheets

    def recognise(
        self,
        year: int,
        decision: Decision,
        recognised: Iterable[str],
        refused: Mapping[str, str] | None = None,
        *,
        standard: str = SECURITY,
    ) -> Decided:
        """Write one decision and the result of each unit that it names, as one action.

        Args:
            year: The year that is judged.
            decision: Number, day, body.
            recognised: Units that are recognised.
            refused: Units that are not, each with the printed reason.
            standard: Which standard (code list `standard`).

        Raises:
            UserError: `nobody_decided`, or what is wrong with a field.
        """
        results = {
            **dict.fromkeys(recognised, (RECOGNISED, "")),
            **{unit: (NOT_RECOGNISED, why) for unit, why in (refused or {}).items()},
        }
        with self._ground.book() as book:
            warnings = self._warnings(book, year, standard, decision, results)
            edits = self._recognitions(book, year, standard, decision, results)
        return Decided(self._ground.records.save(edits), warnings)

    def _recognitions(self, book: Book, year: int, standard: str, decision: Decision,
                      results: Mapping[str, tuple[str, str]]) -> list[Edit]:  # fmt: skip
        head = self._decision(year, standard, decision, len(results))
        edits = [head]
        for unit, (result, reason) in results.items():
            values: dict[str, Value] = {
                "author": book.own,
                "unit": unit,
                "year": year,
                "standard": standard,
                "result": result,
                "reason": reason or None,
                "decision": head.id,
                "decision_number": decision.number,
                "decided_on": decision.decided_on,
                "issuer": decision.issuer,
                **self._criteria_met(book, unit, year, standard),
            }
            edits.append(self._ground.put(book, RECOGNITION, values))
        return edits

    def _criteria_met(self, book: Book, unit: str, year: int, standard: str) -> dict[str, Value]:
        """Return how many criteria the sheet found met, of how many that apply."""
        held = self._sheets.looking(book).of_unit(unit, year, standard)
        if held is None or not held.outcome.complete:
            return {}
        groups = [g for g in held.outcome.groups if g.answer is not Answer.NOT_APPLICABLE]
        if len(groups) == 1:  # a flat set counts its items
            return {"met": held.outcome.met_items, "whole": held.outcome.applicable}
        met = sum(group.answer is Answer.MET for group in groups)
        return {"met": met, "whole": len(groups)}

    def _decision(self, year: int, standard: str, decision: Decision, units: int) -> Edit:
        if not units:
            message = "Chưa chọn đơn vị nào cho quyết định. Chọn ít nhất một đơn vị."
            raise UserError("nobody_decided", message)
        label = self._ground.codes.label("standard", standard)
        values: dict[str, Value] = {
            "title": decision.title or f"Kết quả “{label}” năm {year} của {units} đơn vị",
            "year": year,
            "standard": standard,
            "number": decision.number,
            "decided_on": decision.decided_on,
            "issuer": decision.issuer,
        }
        return self._ground.records.new_edit(DECISION, values)

    def _warnings(self, book: Book, year: int, standard: str, decision: Decision,
                  results: Mapping[str, tuple[str, str]]) -> tuple[Fault, ...]:  # fmt: skip
        found: dict[tuple[str, str], Fault] = {}
        looking = self._sheets.looking(book)
        for unit, (result, _why) in results.items():
            held = looking.of_unit(unit, year, standard)
            name = book.name(unit)
            if held is None:
                message = f"{name}: chưa có phiếu chấm của năm."
                found["sheet_missing", unit] = Fault("sheet_missing", message, unit, warning=True)
                continue
            early = early_decision(decision.decided_on, held.window)
            if early:
                found[early.code, held.window.until] = early
            if result == RECOGNISED and not looking.holds(held):
                message = f"{name}: phiếu chấm chưa đạt đủ tiêu chí nhưng được công nhận."
                found["against_sheet", unit] = Fault("against_sheet", message, unit, warning=True)
        return tuple(found.values())

    def expect(self, year: int, units: Iterable[str], reason: str) -> Saved:
        """Note units whose decision is still to come, so that a commune's 70 % can be prepared.

        The reason is printed; running `recognise` later replaces what is noted here.

        Raises:
            UserError: `reason_missing`.
        """
        if not reason.strip():
            message = "Tạm tính thì phải có lý do; lý do được in. Nhập lý do."
            raise UserError("reason_missing", message, "reason")
        with self._ground.book() as book:
            edits = [
                self._ground.put(book, RECOGNITION,
                     {"author": book.own, "unit": unit, "year": year, "standard": SECURITY,
                      "result": EXPECTED, "reason": reason.strip()})
                for unit in units
            ]  # fmt: skip
        return self._ground.records.save(edits)

    def certify(self, year: int, first: int, pattern: str, day: str,
                standard: str = SECURITY) -> Saved:  # fmt: skip
        """Number the certificates of all recognised units without one, in the order of names.

        Args:
            year: The year.
            first: Number of the first certificate.
            pattern: How a number is written: `{}/GCN-UBND`.
            day: The day on the certificates.
            standard: Which standard.
        """
        with self._ground.book() as book:
            rows = [
                row
                for row in book.of_year(RECOGNITION, year, standard)
                if row.owner == book.own
                and text(row, "result") == RECOGNISED
                and not text(row, "certificate_number")
            ]
            names = book.by_name(text(row, "unit") for row in rows)
            places = {unit: at for at, unit in enumerate(names)}
        edits = [
            Edit(
                RECOGNITION,
                row.id,
                {
                    "certificate_number": pattern.format(f"{first + places[text(row, 'unit')]:02}"),
                    "certificate_on": day,
                },
            )
            for row in rows
        ]
        if not edits:
            return Saved("Không còn đơn vị nào chờ số giấy công nhận.", 0, ())
        return self._ground.records.save(edits)

    def classify(
        self, year: int, sheets: Sequence[str], decision: Decision, step: Step | None = None
    ) -> Decided:
        """Write one decision and the grade that each classification sheet comes to.

        Raises:
            UserError: `sheet_incomplete` with every sheet that is not complete or not sound,
                `sheet_is_no_classification`, `nobody_decided`.
        """
        faults: list[Fault] = []
        warnings: dict[str, Fault] = {}
        rows: list[dict[str, Value]] = []
        with self._ground.book() as book:
            looking = self._sheets.looking(book)
            for sheet in sheets:
                held = looking.open(sheet)
                unit = held.stored.sheet.unit
                faults += _not_usable(book, held)
                early = early_decision(decision.decided_on, held.window)
                if early:
                    warnings[early.code + held.window.until] = early
                if held.outcome.grade:
                    rows.append(
                        {
                            "author": book.own,
                            "unit": unit,
                            "year": year,
                            "grade": held.outcome.grade.id,
                            "points": points_text(int(held.outcome.points)),
                            "sheet": sheet,
                        }
                    )
            if faults:
                message = f"Có {len(faults)} phiếu chấm chưa dùng để phân loại được."
                raise UserError("sheet_incomplete", message, faults=faults)
            head = self._decision(year, CLASSIFICATION, decision, len(rows))
            told: dict[str, Value] = {
                "decision": head.id,
                "decision_number": decision.number,
                "decided_on": decision.decided_on,
                "issuer": decision.issuer,
            }
            edits = [head, *(self._ground.put(book, CLASSIFIED, {**r, **told}) for r in rows)]
        return Decided(self._ground.records.save(edits, step), tuple(warnings.values()))


def _not_usable(book: Book, held: OpenSheet) -> list[Fault]:
    name = book.name(held.stored.sheet.unit)
    if held.criteria.purpose is not Purpose.CLASSIFICATION:
        message = f"{name}: phiếu chấm này không dùng để phân loại. Chọn bảng phân loại."
        return [Fault("sheet_is_no_classification", message, record=held.id)]
    if held.faults:
        message = f"{name}: {held.faults[0].message}"
        return [Fault(held.faults[0].code, message, record=held.id)]
    if not held.outcome.complete:
        count = sum(each.answer is Answer.NONE for each in held.outcome.missing)
        message = f"{name}: còn {count} tiêu chí chưa chấm."
        return [Fault("sheet_incomplete", message, record=held.id)]
    if held.unsettled:
        message = f"{name}: còn tiêu chí tạm tính chưa có lý do chấp nhận."
        return [Fault("provisional_without_reason", message, record=held.id)]
    return []
