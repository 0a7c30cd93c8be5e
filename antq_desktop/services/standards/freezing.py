"""What a closing froze stays frozen, whichever way somebody tries to write it.

The page of the year, the general editor, the command line, a workbook, a void and an undo all end
in one transaction, and this is asked in it. A closing and the sheets that it freezes change
together or not at all; the lines and appraisals of a frozen sheet change no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.records.standards_sheets import CLOSED
from antq_desktop.services.records import Edit
from antq_desktop.services.standards.binding import APPRAISAL, LINE, SHEET
from antq_desktop.services.standards.book import Book, text
from antq_desktop.services.standards.looking import Looking
from antq_desktop.services.standards.refusing import closed, year_closed
from antq_desktop.services.standards.sheets import Sheets
from antq_desktop.storage.work import Work

CLOSING: Final = "closing"
_PARTS: Final = frozenset({LINE, APPRAISAL})
_STATE, _DAY = "state", "closed_on"


@dataclass(frozen=True, slots=True)
class _After:
    """A record as an action leaves it: its values, and whether it is in force."""

    values: Mapping[str, Value]
    in_force: bool

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return value if isinstance(value, str) else ""


def refuse_what_is_closed(work: Work, edits: Sequence[Edit], sheets: Sheets) -> None:
    """Refuse an action that would write what a closing froze.

    Raises:
        UserError: `sheet_closed`; `year_closed`: a sheet begun, or brought back, in a year that is
            closed; `close_by_closing`, `reopen_by_closing`: a closing alone, or a
            sheet alone, where both belong together.
    """
    book = Book(work)
    touched = {edit.id: edit for edit in edits if edit.kind == SHEET}
    closings = [
        edit for edit in edits if edit.kind == CLOSING and {_DAY, VOID} & edit.changes.keys()
    ]
    looking = sheets.looking(book)
    settled = {sheet for edit in closings for sheet in _settled(book, looking, edit, touched)}
    days = _days(book)
    for sheet, edit in touched.items():
        if sheet not in settled:
            _refuse_sheet(book, looking, edit, days)
    frozen = _frozen(book, looking) - settled
    if frozen and any(_sheet_of(book, edit) in frozen for edit in edits if edit.kind in _PARTS):
        raise closed()


def _settled(
    book: Book, looking: Looking, edit: Edit, touched: Mapping[str, Edit]
) -> Iterator[str]:
    """Yield the sheets of a closing, all of which it freezes or sets free."""
    after = _after(book, edit)
    year = after.values.get("year")
    day = after.text(_DAY) if after.in_force else ""
    rows = looking.rows(year if isinstance(year, int) else 0, after.text("standard"))
    for row in rows:
        if row.owner != book.own:
            continue
        left = _after(book, touched.get(row.id) or Edit(SHEET, row.id, {}))
        frozen = left.text(_STATE) == CLOSED
        if frozen != bool(day) or (frozen and left.text(_DAY) != day):
            raise _together(freezing=bool(day))
        yield row.id


def _refuse_sheet(
    book: Book, looking: Looking, edit: Edit, days: Mapping[tuple[Value, str], str]
) -> None:
    held = book.record(SHEET, edit.id)
    if held is not None and held.values().get(_STATE) == CLOSED:
        raise closed()
    if edit.changes.get(_STATE) == CLOSED:
        raise _together(freezing=True)
    after = _after(book, edit)
    year, standard = after.values.get("year"), ""
    if after.in_force and days:
        standard = looking.standard_by(after.text("criteria_set"), after.text("digest"))
    if isinstance(year, int) and (year, standard) in days:
        raise year_closed(year, days[year, standard])


def _days(book: Book) -> dict[tuple[Value, str], str]:
    """Return the day of each year and standard that is closed here."""
    return {
        (row.values.get("year"), text(row, "standard")): text(row, _DAY)
        for row in book.all(CLOSING)
        if row.owner == book.own and text(row, _DAY)
    }


def _frozen(book: Book, looking: Looking) -> set[str]:
    """Return the sheets that are closed here, and those of other units in a year closed here."""
    days = _days(book)
    found = set()
    for row in book.all(SHEET):
        if row.owner == book.own:
            frozen = text(row, _STATE) == CLOSED
        else:
            frozen = bool(days) and (row.values.get("year"), looking.standard(row)) in days
        if frozen:
            found.add(row.id)
    return found


def _sheet_of(book: Book, edit: Edit) -> str:
    return str(edit.changes.get(SHEET) or _after(book, edit).text(SHEET))


def _after(book: Book, edit: Edit) -> _After:
    held = book.record(edit.kind, edit.id)
    before: Mapping[str, Value] = held.values() if held else {}
    void = held.standing().reason if held else None
    gone = edit.changes.get(VOID, void)
    return _After({**before, **edit.changes}, gone is None)


def _together(*, freezing: bool) -> UserError:
    if freezing:
        message = (
            "Chốt số liệu ở trang Năm công tác, nút Chốt năm: phiếu chấm của năm được chốt cùng "
            "lúc. Hồ sơ chốt số liệu không lập, không đổi ngày riêng."
        )
        return UserError("close_by_closing", message, _DAY)
    message = (
        "Năm này đã chốt cùng phiếu chấm. Mở lại ở trang Năm công tác, nút Mở lại năm đã chốt, "
        "và ghi lý do."
    )
    return UserError("reopen_by_closing", message, _DAY)
