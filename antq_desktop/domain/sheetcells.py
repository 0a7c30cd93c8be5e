"""Cells of a workbook, and what each means for a field: the traps of Excel seen and named.

A cell gives text, a number, a day or a truth; a field wants what a person would have typed. Nothing
is repaired in silence: what Excel may have spoilt (a lost leading zero, a number turned into a day)
is told beside its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from antq_desktop.domain.checking import quoted
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import NUMERIC, TEXTUAL, FieldKind, FieldSpec
from antq_desktop.domain.shown import show_decimal
from antq_desktop.domain.text import fold, nfc, without_refused

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a workbook gives for one cell; an empty one is an empty text."""

FIRST_DAY: Final = date(1899, 12, 30)  # day nought of Excel's numbers, from March 1900 on
_SERIALS: Final = range(10_000, 75_000)  # 1927 to 2105
_YEARS: Final = range(1900, 2101)
_YES: Final = frozenset({"v", "✓", "✔", "☑", "dung", "co", "yes", "true", "x"})
_NOTHING: Final = re.compile(r"[-–—_.…/\s]+")
_MAY_BE_NOTHING: Final = frozenset("-–—_.…/ \t\n\r\u00a0")
_WITH_TIME: Final = re.compile(r"(.*\d)[ T]00?:00(?::00)?(?:\.0+)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_THREE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})")
# Two groups or more: one alone (`1,500`) may be meant either way and is asked about.
_GROUPED_BY_COMMAS: Final = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?!\d|,)")
_PARTING: Final = re.compile(r"[\s.()'’-]+")


class SheetStopped(Exception):  # noqa: N818 - asked for by a person, so no error
    """The person pressed stop while a workbook was read or written; nothing came of it."""


class First(StrEnum):
    """Which part of a date written as text comes first in a column."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Given:
    """What a cell gives for a field: as typed, with what is to be said of it."""

    typed: str | int | bool | None
    remark: Fault | None = None


@dataclass(frozen=True, slots=True)
class SheetFault:
    """One thing wrong with one row of a workbook.

    Attributes:
        row: Number of the row as Excel shows it, from 1.
        column: Place of the column from 0; -1 when the row as a whole is meant.
        heading: What stands above the column, or the label of a field that has no column.
        code: Stable ASCII code.
        message: One Vietnamese sentence with the next step.
        warning: True when the row may be taken all the same.
        sheet: Name of the sheet where it is not the first one that was read.
    """

    row: int
    column: int
    heading: str
    code: str
    message: str
    warning: bool = False
    sheet: str = ""

    @property
    def cell(self) -> str:
        """Return where in its sheet it is, as Excel names it: `D12`, or `dòng 12`."""
        return f"{letters_of(self.column)}{self.row}" if self.column >= 0 else f"dòng {self.row}"

    @property
    def place(self) -> str:
        """Return where it is, with the name of a further sheet."""
        return f"{self.cell} trang “{self.sheet}”" if self.sheet else self.cell


def letters_of(column: int) -> str:
    """Return the letters of a column counted from 0: `A`, `Z`, `AA`."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def is_blank(cell: Cell) -> bool:
    """Tell whether nothing stands in a cell; a lone dash stands for nothing."""
    if cell.__class__ is not str:
        return False
    text = str(cell)
    return not text or (text[0] in _MAY_BE_NOTHING and _NOTHING.fullmatch(text) is not None)


def shown(cell: Cell) -> str:
    """Return a cell as text, the way Excel would show it."""
    if isinstance(cell, str):
        return nfc(cell).strip()
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, datetime):
        clock = f"{cell:%H:%M} " if cell.hour or cell.minute else ""
        return f"{clock}{cell:%d/%m/%Y}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds() // 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return _number_shown(cell)


def _number_shown(number: float) -> str:
    if number == int(number) and abs(number) < 1e16:
        return str(int(number))
    return show_decimal(f"{Decimal(repr(number)):f}")


def given_by(
    spec: FieldSpec, cell: Cell, *, order: First = First.DAY, zeros: bool = False
) -> Given:
    """Return what a cell gives for a field.

    Args:
        spec: The field.
        cell: The cell, no blank one.
        order: What comes first in dates that are text.
        zeros: Whether leading zeros that Excel took away are put back; each is remarked.

    Raises:
        UserError: `cell_not_understood` or `leading_zero_lost`.
    """
    if spec.kind in {FieldKind.CITIZEN_ID, FieldKind.PHONE}:
        return _digits(spec, cell, zeros=zeros)
    if isinstance(cell, str):
        return Given(_text(spec, cell, order))
    if isinstance(cell, bool):
        return Given(cell if spec.kind is FieldKind.YES_NO else shown(cell))
    if isinstance(cell, int | float):
        return _number(spec, cell)
    return _day(spec, cell)


def _text(spec: FieldSpec, cell: str, order: First) -> str:
    long = spec.kind is FieldKind.LONG_TEXT
    text = (cell if cell.isprintable() else without_refused(cell, long=long)).strip()
    if spec.kind in {FieldKind.DATE, FieldKind.MOMENT}:
        return _date_text(text, order, whole=spec.kind is FieldKind.DATE)
    if spec.kind is FieldKind.YES_NO:
        return "có" if fold(text) in _YES else text
    if spec.kind in NUMERIC and _GROUPED_BY_COMMAS.match(text):
        return text.replace(",", ".")
    if spec.kind in TEXTUAL and not long and "  " in text:
        return " ".join(text.split())
    return text


def _date_text(text: str, order: First, *, whole: bool) -> str:
    if whole and (found := _WITH_TIME.fullmatch(text)):
        text = found[1]
    if found := _YEAR_FIRST.fullmatch(text):
        return "-".join(found.groups())
    if order is First.MONTH and (found := _THREE.match(text)):
        month, day, year = found.groups()
        return f"{day}/{month}/{year}{text[found.end() :]}"
    return text


def _number(spec: FieldSpec, cell: float) -> Given:
    whole = int(cell) if cell == cell // 1 and abs(cell) < 1e16 else None
    match spec.kind:
        case FieldKind.DATE if whole in _SERIALS:
            return Given((FIRST_DAY + timedelta(days=whole or 0)).isoformat())
        case FieldKind.DATE if whole in _YEARS:
            return Given(str(whole))
        case FieldKind.MOMENT if int(cell) in _SERIALS:
            moment = datetime(1899, 12, 30) + timedelta(days=cell)  # noqa: DTZ001 - civil time
            return Given(f"{moment + timedelta(seconds=30):%Y-%m-%dT%H:%M}")
        case FieldKind.YES_NO if whole in {0, 1}:
            return Given(whole == 1)
        case _ if spec.kind in NUMERIC and whole is not None:
            return Given(whole)
        case FieldKind.DECIMAL:
            return Given(f"{Decimal(repr(cell)):f}".replace(".", ","))
    return Given(_number_shown(cell))


def _day(spec: FieldSpec, cell: date | time | timedelta) -> Given:
    if isinstance(cell, date):
        if spec.kind is FieldKind.DATE:
            return Given(f"{cell:%Y-%m-%d}")
        if spec.kind is FieldKind.MOMENT and isinstance(cell, datetime):
            return Given(f"{cell:%Y-%m-%dT%H:%M}")
        if spec.kind is FieldKind.INTEGER and spec.name.endswith("year"):
            return Given(cell.year)
    text = shown(cell)
    if spec.kind not in TEXTUAL:
        kind = "ngày" if isinstance(cell, date) else "giờ"
        message = f"{spec.label}: ô này là {kind} {text}. Nhập lại cho đúng mục."
        raise UserError("cell_not_understood", message, spec.name)
    if not isinstance(cell, date):
        return Given(text)
    message = (
        f"{spec.label}: Excel giữ ô này là ngày {text}, có thể vốn là chữ như “{cell.day}/"
        f"{cell.month}”. Kiểm tra lại."
    )
    return Given(text, Fault("text_became_date", message, spec.name, warning=True))


_LENGTHS: Final = {FieldKind.CITIZEN_ID: (9, 12), FieldKind.PHONE: (10,)}


def _digits(spec: FieldSpec, cell: Cell, *, zeros: bool) -> Given:
    """Read a number that is a name: its leading zeros count, and Excel likes to take them away."""
    text = shown(cell)
    digits = _PARTING.sub("", text)
    whole = _missing_zeros(spec.kind, digits) if digits.isdecimal() else digits
    if whole == digits:
        return Given(text)
    lost = len(whole) - len(digits)
    said = (
        f"{spec.label} “{quoted(text)}” có {len(digits)} chữ số, có thể Excel đã bỏ {lost} số 0 "
        f"ở đầu (đúng ra là {whole})"
    )
    if not zeros:
        message = f"{said}. Sửa trong tệp, hoặc nhập lại và chọn thêm số 0 ở đầu."
        raise UserError("leading_zero_lost", message, spec.name)
    remark = Fault("leading_zero_restored", f"{said}; đã thêm lại.", spec.name, warning=True)
    return Given(whole, remark)


def _missing_zeros(kind: FieldKind, digits: str) -> str:
    """Return the digits with the zeros that were lost, or as they are when none was."""
    lengths = _LENGTHS[kind]
    if len(digits) in lengths or digits.startswith("0"):
        return digits
    if kind is FieldKind.PHONE:
        return "0" + digits if len(digits) == lengths[0] - 1 else digits
    wanted = next((length for length in lengths if len(digits) < length), 0)
    return digits.zfill(wanted) if 0 < wanted - len(digits) <= 2 else digits


@dataclass(frozen=True, slots=True)
class DateHabit:
    """How the dates of one column are written.

    Attributes:
        order: What comes first where they are text.
        mixed: Whether some texts can only be day first and others only month first.
        turned: Whether Excel may have turned day and month of some: all true dates have a day
            that could be a month, and all texts have one that could not.
    """

    order: First = First.DAY
    mixed: bool = False
    turned: bool = False


def habit_of(cells: Iterable[Cell]) -> DateHabit:
    """Return how the dates of one column are written, from all of them together."""
    day_first = month_first = either = days = late_days = 0
    for cell in cells:
        if isinstance(cell, date):
            days += 1
            late_days += cell.day > 12
        elif isinstance(cell, str) and (found := _THREE.match(cell.strip())):
            first, second = int(found[1]), int(found[2])
            day_first += first > 12 >= second
            month_first += second > 12 >= first
            either += first <= 12 and second <= 12
    texts = day_first + month_first
    turned = days >= 2 and texts >= 2 and not late_days and not either
    order = First.MONTH if month_first and not day_first else First.DAY
    return DateHabit(order, mixed=bool(day_first and month_first), turned=turned)
