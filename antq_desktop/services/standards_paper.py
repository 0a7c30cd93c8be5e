"""Papers of the yearly cycle: registration, minutes, proposal, decision, certificate, sheet, lists.

None of them has an official form in the texts that were read, so each bears “mẫu minh họa”.
Contradictions of a year are printed with its report, both lists, and never repaired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.composing import Rows
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.papers import (
    OPEN_NUMBER,
    Block,
    Note,
    Paragraph,
    paper_count,
    place_and_date,
)
from antq_desktop.domain.records.standards import (
    CLASSIFICATION,
    DRUGS,
    EXEMPLARY,
    MODEL_POLICE,
    RATING,
    SECURITY,
)
from antq_desktop.domain.records.standards_results import RECOGNISED
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.shown import paper_date
from antq_desktop.services.issuers import lowered
from antq_desktop.services.paper_asked import Asked, Filled
from antq_desktop.services.standards.book import Book, Row, number, text
from antq_desktop.services.standards.listing import sheet_lines
from antq_desktop.services.standards.steps import told_of
from antq_desktop.services.standards_closing_paper import after_closing
from antq_desktop.services.standards_sheet_paper import criteria_rows, sheet_filled

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.domain.periods import Period
    from antq_desktop.services.standards.desk import Standards
    from antq_desktop.services.standards.looking import OpenSheet

# What is only scored has a list of its own for each standard: they are laid before other people.
SCORE_LISTS: Final[Mapping[str, str]] = {
    standard: f"std_score_list_{standard}" for standard in (EXEMPLARY, MODEL_POLICE, DRUGS, RATING)
}
_NO_RECORD: Final = "Không có hồ sơ mang mã {}. Tìm lại trong danh sách."


@dataclass(frozen=True, slots=True)
class StandardPapers:
    """Fills the papers of the cycle from a store.

    Attributes:
        standards: The services of the cycle.
        codes: The code lists.
        place: The place the papers are dated from.
    """

    standards: Standards
    codes: Codes
    place: str

    def filled(self, code: str, asked: Asked) -> Filled:
        """Fill one paper.

        Raises:
            UserError: `no_such_record`, or what a sheet says.
        """
        makers: dict[str, Callable[[Book, Asked], Filled]] = {
            "std_registration": self._registration,
            "std_plan": lambda book, asked: self._registration(
                book, asked, "plan_document", "plan_on"
            ),
            "std_minutes": self._minutes,
            "std_proposal": self._proposal,
            "std_unit_report": lambda book, asked: self._proposal(book, asked, "report_document"),
            "std_score_sheet": self._sheet,
            "std_decision": self._decision,
            "std_certificate": self._certificate,
            "std_certificate_blank": self._certificate,
            "std_result_report": self._report,
            "std_result_list": self._list,
            **{form: partial(self._scored, each) for each, form in SCORE_LISTS.items()},
        }
        with self.standards.ground.book() as book:
            return makers[code](book, asked)

    # papers of one unit

    def _registration(
        self, book: Book, asked: Asked, document: str = "document", on: str = "registered_on"
    ) -> Filled:
        row = _row(book, "registration", asked.record_id)
        names = ("resolution", "plan")
        papers = {
            f"{name}_told": _dated(text(row, f"{name}_document"), text(row, f"{name}_on"))
            for name in names
        }
        counts = {
            name: _count(number(row, name))
            for name in ("households", "registered", "people", "briefed")
        }
        tokens = {
            **self._head(book, row, text(row, document), text(row, on)),
            **papers,
            **counts,
            "counted_on": paper_date(text(row, "counted_on")),
        }
        return Filled(tokens, {}, ("registration", row.id))

    def _minutes(self, book: Book, asked: Asked) -> Filled:
        row = _row(book, "submission", asked.record_id)
        held = self._held(book, row)
        tokens = {
            **self._head(book, row, "", ""),
            "minutes_number": text(row, "minutes_number"),
            "meeting_on": paper_date(text(row, "meeting_on") or text(row, "meeting_planned_on")),
            "meeting_place": text(row, "meeting_place"),
            **_result_tokens(held),
        }
        return Filled(tokens, {"criteria": criteria_rows(held)}, ("submission", row.id))

    def _proposal(self, book: Book, asked: Asked, document: str = "proposal_document") -> Filled:
        row = _row(book, "submission", asked.record_id)
        held = self._held(book, row)
        day = text(row, "submitted_on")
        tokens = {
            **self._head(book, row, text(row, document), day),
            "submitted_to": text(row, "submitted_to") or "Ban Chỉ đạo xã",
            "minutes_told": _dated(text(row, "minutes_number"), text(row, "meeting_on")),
            **_result_tokens(held),
        }
        return Filled(tokens, {"criteria": criteria_rows(held)}, ("submission", row.id))

    def _sheet(self, book: Book, asked: Asked) -> Filled:
        held = self.standards.sheets.looking(book).open(asked.record_id)
        return sheet_filled(held, book, self.codes)

    def _certificate(self, book: Book, asked: Asked) -> Filled:
        row = _row(book, "recognition", asked.record_id)
        if text(row, "result") != RECOGNISED:
            message = "Đơn vị này chưa được công nhận nên không in giấy công nhận."
            raise UserError("not_recognised", message, "record")
        day = text(row, "certificate_on") or text(row, "decided_on")
        tokens = {
            **self._common(book, row),
            **self._issuer(book, row),
            "certificate_number": text(row, "certificate_number") or OPEN_NUMBER,
            "decision_told": _dated(text(row, "decision_number"), text(row, "decided_on")),
            "place_date": _placed(self.place, day),
        }
        return Filled(tokens, {}, ("recognition", row.id))

    # papers of many units

    def _decision(self, book: Book, asked: Asked) -> Filled:
        row = _row(book, "standard_decision", asked.record_id)
        graded = text(row, "standard") == CLASSIFICATION
        kind = "classification" if graded else "recognition"
        results = {text(r, "unit"): r for r in book.where(kind, "decision", row.id)}
        named = [(unit, results[unit]) for unit in book.by_name(results)]
        rows: list[Sequence[str]] = []
        refused: list[tuple[str, str]] = []
        for unit, each in named:
            if not graded and text(each, "result") != RECOGNISED:
                refused.append((book.name(unit), text(each, "reason")))
                continue
            kind_told = self._kind(book, unit)
            rows.append((book.name(unit), kind_told, self._graded(each) if graded else "Đạt"))
        what = "phân loại phong trào" if graded else f"công nhận đạt tiêu chuẩn “{self._of(row)}”"
        day = text(row, "decided_on")
        told = text(row, "number")
        tokens = {
            **self._common(book, row),
            **self._issuer(book, row),
            "number": f"Số: {told}" if told else f"Số: {OPEN_NUMBER}/QĐ",
            "place_date": _placed(self.place, day),
            "what": what,
            "units": paper_count(len(rows)),
            "refused_told": (
                "Đơn vị không được công nhận: "
                + "; ".join(f"{name} ({why})" for name, why in refused)
                if refused
                else ""
            ),
        }
        return Filled(tokens, {"units": rows}, ("standard_decision", row.id))

    def _report(self, _book: Book, asked: Asked) -> Filled:
        year = _year(asked.period)
        spread = self.standards.standings.distribution(year)
        rows = [
            (each.label, *(paper_count(n) for n in (
                each.units, each.registered, each.recognised, *each.grades.values(),
                each.classified)))
            for each in spread
        ]  # fmt: skip
        sums = [sum(_counts(each)[at] for each in spread) for at in range(8)]
        behind = [
            (
                each.name,
                self._grade(each.before),
                self._grade(each.grade),
                "Có" if each.two_years else "",
                paper_date(each.deadline) if each.plan else "Chưa có kế hoạch",
            )
            for each in self.standards.standings.behind(year)
        ]
        apart = self.standards.board.board(year, SECURITY).apart
        tokens = {
            "year": str(year),
            **{f"t{at}": paper_count(value) for at, value in enumerate(sums, 1)},
            "apart": "Không tính: "
            + "; ".join(f"{paper_count(count)} đơn vị, {why}" for why, count in apart.items())
            + "."
            if apart
            else "",
        }
        tables: dict[str, Rows] = {"spread": rows, "behind": behind}
        later = after_closing(self.standards, self.codes, year)
        return Filled(tokens, tables, body=(*self._contradictions(year), *later))

    def _contradictions(self, year: int) -> Iterator[Block]:
        found = self.standards.receiving.disagreements(year)
        if not found:
            yield Note("Số liệu đăng ký, công nhận, phân loại của năm khớp nhau.")
            return
        yield Paragraph("3. Số liệu chưa khớp, giữ nguyên cả hai danh sách", "clause")
        for each in found:
            yield Paragraph(each.message)
            yield Note(f"Danh sách thứ nhất: {', '.join(each.first) or 'không có'}.")
            yield Note(f"Danh sách thứ hai: {', '.join(each.second) or 'không có'}.")

    def _list(self, book: Book, asked: Asked) -> Filled:
        year = _year(asked.period)
        recognised = {text(r, "unit"): r for r in book.of_year("recognition", year, SECURITY)}
        graded = {text(r, "unit"): r for r in book.of_year("classification", year)}
        registered = {text(r, "unit"): r for r in book.of_year("registration", year, SECURITY)}
        rows = []
        for unit in book.by_name({*recognised, *graded, *registered}):
            one, grade = recognised.get(unit), graded.get(unit)
            rows.append((
                book.name(unit), self._kind(book, unit),
                paper_date(text(registered.get(unit), "registered_on")),
                self._result(one),
                text(one, "decision_number") or text(grade, "decision_number"),
                text(one, "certificate_number"),
                self._graded(grade) if grade else "",
            ))  # fmt: skip
        counted = sum(text(r, "result") == RECOGNISED for r in recognised.values())
        tokens = {
            "year": str(year),
            "told": (
                f"{paper_count(len(registered))} đơn vị đăng ký, {paper_count(counted)} đơn vị "
                f"được công nhận, {paper_count(len(graded))} đơn vị được phân loại."
            ),
        }
        return Filled(tokens, {"units": rows})

    def _scored(self, standard: str, _book: Book, asked: Asked) -> Filled:
        year = _year(asked.period)
        every = sheet_lines(self.standards, self.codes, year, standard)
        lines = [line for line in every if not line.is_new]
        rows = [(one.name, one.kind, one.title, one.result, one.state) for one in lines]
        places = len({one.unit for one in lines})
        tokens = {
            "year": str(year),
            "told": f"{paper_count(len(rows))} phiếu chấm của {paper_count(places)} nơi.",
        }
        return Filled(tokens, {"sheets": rows})

    # words

    def _head(self, book: Book, row: Row, document: str, day: str) -> dict[str, str]:
        """Return the tokens of a paper that the unit itself issues."""
        name = book.name(text(row, "unit"))
        own = text(row, "unit") == book.own
        return {
            **self._common(book, row),
            **({"superior": "", "issuer": _government(name)} if own else {"issuer": name}),
            "number": f"Số: {document}" if document else f"Số: {OPEN_NUMBER}",
            "place_date": _placed(self.place, day),
            "committee": self._committee(book),
        }

    def _common(self, book: Book, row: Row) -> dict[str, str]:
        return {
            "unit_name": book.name(text(row, "unit")) if text(row, "unit") else "",
            "unit_kind": self._kind(book, text(row, "unit")).lower() if text(row, "unit") else "",
            "standard": self._of(row),
            "year": str(number(row, "year") or ""),
        }

    def _issuer(self, book: Book, row: Row) -> dict[str, str]:
        """Return who issued a paper by its record; nothing where it is the usual body."""
        named = text(row, "issuer")
        office = text(row, "signer_office")
        signed = {"signer_office": office} if office else {}
        if named in {"", self._committee(book), _government(book.name(book.own))}:
            return signed
        return {
            "issuer": named,
            "superior": "",
            "signer_authority": _authority(named),
            "signer_name": "",
            **signed,
        }

    def _committee(self, book: Book) -> str:
        return f"UBND {lowered(book.name(book.own))}"

    def _of(self, row: Row) -> str:
        return self.codes.label("standard", text(row, "standard") or SECURITY)

    def _kind(self, book: Book, unit: str) -> str:
        kind = book.kind_of(unit)
        return self.codes.label("unit_kind", kind) if kind else ""

    def _grade(self, grade: str) -> str:
        return self.codes.label("movement_grade", grade) if grade else ""

    def _graded(self, row: Row) -> str:
        points = row.values.get("points")
        told = f" ({str(points).replace('.', ',')} điểm)" if points else ""
        return f"{self._grade(text(row, 'grade'))}{told}"

    def _result(self, row: Row | None) -> str:
        result = text(row, "result")
        return self.codes.label("recognition_result", result) if result else ""

    def _held(self, book: Book, row: Row) -> list[OpenSheet]:
        looking = self.standards.sheets.looking(book)
        year, standard = number(row, "year") or 0, text(row, "standard") or SECURITY
        held = looking.of_unit(text(row, "unit"), year, standard)
        return [held, *looking.additions(held)] if held else []


def _row(book: Book, kind: str, record: str) -> Row:
    found = next((row for row in book.all(kind) if row.id == record), None)
    if found is None:
        raise UserError("no_such_record", _NO_RECORD.format(record), "record")
    return found


def _year(period: Period | None) -> int:
    if period is None:
        raise UserError("paper_needs_period", "Biểu mẫu này in theo năm. Chọn năm.", "period")
    return int(period.until[:4])


def _counts(each: object) -> list[int]:
    from antq_desktop.services.standards.standings import Distribution

    assert isinstance(each, Distribution)  # noqa: S101 - rows of a distribution
    return [each.units, each.registered, each.recognised, *each.grades.values(), each.classified]


def _result_tokens(sheets: Sequence[OpenSheet]) -> Mapping[str, str]:
    if not sheets:
        return {"result": "", "verdict": "", "set_title": ""}
    held, outcome = sheets[0], sheets[0].own
    verdict = "chưa chấm đủ"
    if all(each.own.complete for each in sheets):
        verdict = "đạt" if all(each.own.met for each in sheets) else "chưa đạt"
    if outcome.grade:
        verdict = f"mức {outcome.grade.label} ({show_points(outcome.points)} điểm)"
    return {"result": told_of(held), "verdict": verdict, "set_title": held.criteria.title}


def _dated(document: str, day: str) -> str:
    if document and day:
        return f"{document} ngày {paper_date(day)}"
    return document or (f"ngày {paper_date(day)}" if day else "")


def _count(value: int | None) -> str:
    return "" if value is None else paper_count(value)


def _placed(place: str, day: str) -> str:
    parts = day.split("-")
    if len(parts) != 3:
        return place_and_date(place)
    return place_and_date(place, int(parts[2]), int(parts[1]), int(parts[0]))


def _government(unit: str) -> str:
    return f"Ủy ban nhân dân {lowered(unit)}"


def _authority(issuer: str) -> str:
    return "TM. ỦY BAN NHÂN DÂN" if issuer.startswith(("UBND", "Ủy ban")) else issuer
