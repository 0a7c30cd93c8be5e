"""Closing a year: sheets freeze, and what comes later is listed instead of changing them.

Two things come after a closing: events of the window that happened, or were dated, after it
(“phát sinh sau khi chốt”, as when a decision is signed before the window ends), and records that
were entered or merged later although they belong to the days before. Neither changes a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.periods import Period, first_day
from antq_desktop.domain.records.standards_sheets import CLOSED
from antq_desktop.domain.scoring.sheets import Answer, Moved
from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.services.records import Edit, Saved
from antq_desktop.services.standards.binding import SHEET
from antq_desktop.services.standards.book import Book, Row, text
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.looking import Looking
from antq_desktop.services.standards.sheets import Sheets

KIND: Final = "closing"
# What a sheet looks at, with the date by which each lies in the window.
_WATCHED: Final = {
    "incident": "occurred_on",
    "hotspot": "identified_on",
    "registration": "registered_on",
    "recognition": "decided_on",
    "team_rating": "decided_on",
    "activity": "held_on",
    "managed_count": "counted_on",
    "unit_year": "confirmed_on",
    "drug_count": "counted_on",
}


@dataclass(frozen=True, slots=True)
class Later:
    """A record that a closing does not hold.

    Attributes:
        kind: Its kind.
        record: Its id.
        title: Its name in a list.
        day: Its date.
        happened_after: True when it is dated after the closing; False when it was only entered or
            merged later, and is an adjustment.
    """

    kind: str
    record: str
    title: str
    day: str
    happened_after: bool


@dataclass(frozen=True, slots=True)
class SinceClosing:
    """What came after a closing.

    Attributes:
        closed_on: The day of closing.
        window: The longest window of the sheets that were closed.
        later: The records, by day.
        moved: By sheet id: the computed items that would come out otherwise today.
    """

    closed_on: str
    window: Period
    later: tuple[Later, ...]
    moved: dict[str, tuple[Moved, ...]]


class Closings:
    """Closes years and lists what came after."""

    def __init__(self, ground: Ground, sheets: Sheets) -> None:
        self._ground = ground
        self._sheets = sheets

    def obstacles(self, year: int, standard: str, day: str = "") -> tuple[Fault, ...]:
        """Return what a person should know before closing on a day; warnings stop nothing."""
        with self._ground.book() as book:
            looking = self._sheets.looking(book)
            today = self._ground.today()
            return tuple(_obstacles(book, looking, year, standard, (day or today, today)))

    def close(
        self, year: int, standard: str, *, day: str = "", document: str = "", note: str = ""
    ) -> Saved:
        """Close a year for a standard: this unit's sheets of it stay as they are from now on.

        Raises:
            UserError: `already_closed`; `closed_ahead` for a day that is still to come;
                `sheet_incomplete` with every sheet that is not complete or not sound.
        """
        today = self._ground.today()
        day = day or today
        if day > today:
            message = f"Ngày {show_date(day)} chưa tới. Chốt vào hôm nay hoặc một ngày đã qua."
            raise UserError("closed_ahead", message, "closed_on")
        with self._ground.book() as book:
            if self._closing(book, year, standard):
                message = f"Năm {year} đã chốt. Hủy việc chốt nếu phải mở lại."
                raise UserError("already_closed", message)
            looking = self._sheets.looking(book)
            found = list(_obstacles(book, looking, year, standard, (day, today)))
            stopping = [fault for fault in found if not fault.warning]
            if stopping:
                message = f"Có {len(stopping)} phiếu chấm chưa chốt được."
                raise UserError("sheet_incomplete", message, faults=stopping)
            values: dict[str, Value] = {
                "unit": book.own,
                "year": year,
                "standard": standard,
                "closed_on": day,
                "document": document or None,
                "note": note or None,
            }
            edit = self._ground.records.new_edit(KIND, values)
            known = book.record(KIND, edit.id)
            edits = [
                Edit(SHEET, row.id, {"state": CLOSED, "closed_on": day})
                for row in looking.rows(year, standard)
                if row.owner == book.own and text(row, "state") != CLOSED
            ]
        if known is not None:  # closed once before and opened again
            changes: dict[str, Value] = {
                "closed_on": day, "document": document or None, "note": note or None,
            }  # fmt: skip
            edit = Edit(KIND, edit.id, changes)
        return self._ground.records.save([edit, *edits])

    def reopen(self, year: int, standard: str, reason: str) -> Saved:
        """Take a closing back for a reason that history keeps; its sheets can be written again.

        Raises:
            UserError: `not_closed`, `reason_missing`.
        """
        with self._ground.book() as book:
            held = self._closing(book, year, standard)
            looking = self._sheets.looking(book)
            rows = [r for r in looking.rows(year, standard) if r.owner == book.own]
        if held is None:
            raise UserError("not_closed", f"Năm {year} chưa chốt nên không có gì để mở lại.")
        if not reason.strip():
            raise UserError("reason_missing", "Mở lại năm đã chốt thì phải có lý do.", "reason")
        note = f"{text(held, 'note')} Mở lại: {reason.strip()}".strip()
        edits = [Edit(SHEET, row.id, {"state": "appraised", "closed_on": None}) for row in rows]
        edits.append(Edit(KIND, held.id, {"closed_on": None, "note": note}))
        return self._ground.records.save(edits)

    def closed_on(self, year: int, standard: str) -> str:
        """Return the day on which a year was closed; empty while it is open."""
        with self._ground.book() as book:
            return text(self._closing(book, year, standard), "closed_on")

    def since(self, year: int, standard: str) -> SinceClosing:
        """Return what came after a closing; the sheets stay as they are.

        Raises:
            UserError: `not_closed`.
        """
        with self._ground.book() as book:
            held = self._closing(book, year, standard)
            if held is None:
                raise UserError("not_closed", f"Năm {year} chưa chốt.")
            looking = self._sheets.looking(book)
            opened = [looking.open(row.id) for row in looking.rows(year, standard)]
            windows = [sheet.window for sheet in opened]
            window = max(windows, key=lambda each: each.until, default=None)
            window = window or self._ground.window("", year)
            moved = {
                each.id: found.moved
                for each in opened
                if each.closed
                and (found := looking.today(each.stored.sheet.unit, year, each.criteria,
                                            self._ground.today())).moved
            }  # fmt: skip
            later = tuple(
                sorted(_later(book, held, window), key=lambda each: (each.day, each.record))
            )
            return SinceClosing(text(held, "closed_on"), window, later, moved)

    @staticmethod
    def _closing(book: Book, year: int, standard: str) -> Row | None:
        rows = book.of_year(KIND, year, standard)
        return next((r for r in rows if r.owner == book.own and text(r, "closed_on")), None)


def _obstacles(
    book: Book, looking: Looking, year: int, standard: str, at: tuple[str, str]
) -> Iterator[Fault]:
    """Yield what stands against closing on a day, and what of a day before today is told."""
    day, today = at
    rows = [row for row in looking.rows(year, standard) if row.owner == book.own]
    if not rows:
        yield Fault("no_sheets", f"Năm {year} chưa có phiếu chấm nào.", warning=True)
    early: set[str] = set()
    for row in rows:
        held = looking.open(row.id)
        name = book.name(held.stored.sheet.unit)
        if held.faults:
            yield Fault(held.faults[0].code, f"{name}: {held.faults[0].message}", record=row.id)
        elif not held.outcome.complete:
            count = sum(each.answer is Answer.NONE for each in held.outcome.missing)
            message = f"{name}: còn {count} tiêu chí chưa chấm."
            yield Fault("sheet_incomplete", message, record=row.id)
        elif held.unsettled:
            message = f"{name}: còn tiêu chí tạm tính chưa có lý do chấp nhận."
            yield Fault("provisional_without_reason", message, record=row.id)
        if day <= held.window.until:
            early.add(held.window.until)
    if day < today:
        yield _back_dated(rows, day)
    for until in sorted(early):
        message = (
            f"Chốt trước khi kỳ đánh giá kết thúc ({show_date(until)}). Việc xảy ra sau đó được "
            "liệt kê là phát sinh sau khi chốt."
        )
        yield Fault("closed_before_window_ends", message, warning=True)


def _back_dated(rows: Sequence[Row], day: str) -> Fault:
    after = sum(text(row, "begun_on") > day for row in rows)
    message = f"Ngày chốt {show_date(day)} đã qua; phiếu chấm được giữ như đang có hôm nay."
    if after:
        message += f" {show_integer(after)} phiếu được lập sau ngày ấy."
    return Fault("closed_back_dated", message, warning=True)


def _later(book: Book, closing: Row, window: Period) -> Iterator[Later]:
    closed_on = first_day(text(closing, "closed_on"))
    entry = book.entry_that_set(closing.id, "closed_on")
    for kind, field in _WATCHED.items():
        changed = book.changed(kind)
        for row in book.all(kind):
            day = first_day(text(row, field))
            if not day or not window.since <= day <= window.until:
                continue
            after = day > closed_on
            if after or changed.get(row.id, 0) > entry:
                yield Later(kind, row.id, _title(book, kind, row), day, happened_after=after)


def _title(book: Book, kind: str, row: Row) -> str:
    if kind == "incident":
        return " · ".join(filter(None, (text(row, "register_number"), text(row, "title"))))
    unit = text(row, "unit")
    return book.name(unit) if unit else text(row, "name")
