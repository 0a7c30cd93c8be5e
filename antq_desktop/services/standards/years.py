"""*Mở năm mới* and *Chốt năm* as lists of what is to do; targets beside the figures of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import Value
from antq_desktop.domain.figures import measure_of
from antq_desktop.domain.periods import custom_period, first_day
from antq_desktop.domain.records.standards import CLASSIFICATION, SECURITY
from antq_desktop.services.records import Saved, Step
from antq_desktop.services.standards.book import POOLED, Book, number, text, yes
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.scope import scope_of
from antq_desktop.services.standards.sets import CriteriaSets
from antq_desktop.services.standards.standings import grades_of, recognised_in, registered_in

if TYPE_CHECKING:
    from antq_desktop.services.reports import Reports

TARGET, UNIT_YEAR, DAY_PLAN = "target", "unit_year", "day_plan"
_KINDS: Final = ("neighbourhood", "commune", "agency", "enterprise", "school")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do when a year is opened or closed.

    Attributes:
        code: `sets`, `scope`, `households`, `books`, `days`, `targets`, `registrations`, `sheets`,
            `decisions`, `plans`, `closing`.
        label: What is to do.
        done: How much of it is done.
        whole: Of how much; 0 where it is only done or not.
        units: The units that are still open.
        note: One sentence about it; may be empty.
    """

    code: str
    label: str
    done: int
    whole: int
    units: tuple[str, ...] = ()
    note: str = ""

    @property
    def finished(self) -> bool:
        """Whether nothing of it is open."""
        return self.done >= max(self.whole, 1)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target beside the figure of a day.

    Attributes:
        measure: Code of the measure.
        label: Its label.
        unit: For whom it is set.
        name: Name of that unit.
        value: The target; None while it is not given.
        reached: The figure up to the day; None where no figure has that code.
        document: Number of the document.
    """

    measure: str
    label: str
    unit: str
    name: str
    value: int | None
    reached: int | None
    document: str


class Years:
    """Opens and closes years."""

    def __init__(self, ground: Ground, sets: CriteriaSets, reports: Reports) -> None:
        self._ground = ground
        self._sets = sets
        self._reports = reports

    def opening(self, year: int) -> tuple[Task, ...]:
        """Return what opening a year asks for, and how much of it is done."""
        with self._ground.book() as book:
            return (
                self._sets_of(book, year),
                self._scopes(book, year),
                _households(book, year),
                _books(book),
                _days(book, year),
                _targets(book, year),
                _registrations(self._ground, book, year),
            )

    def ending(self, year: int) -> tuple[Task, ...]:
        """Return what closing a year asks for, and how much of it is done."""
        with self._ground.book() as book:
            return tuple(_ending(book, year))

    def open(
        self, year: int, units: Iterable[str] | None = None, step: Step | None = None
    ) -> Saved:
        """Confirm units for a year as they stood the year before, and take its day plans over.

        Args:
            year: The year that is opened.
            units: The units to confirm; None for all that are kept here and not confirmed yet.
            step: Told how far it is.
        """
        edits = []
        with self._ground.book() as book:
            window = self._ground.window("", year)
            wanted = set(units) if units is not None else None
            for row in _own_units(book):
                if wanted is not None and row not in wanted:
                    continue
                if yes(book.for_unit(UNIT_YEAR, row, year), "in_scope") is not None:
                    continue
                scope = scope_of(book, book.units[row], year, window)
                before = book.for_unit(UNIT_YEAR, row, year - 1)
                said = yes(before, "in_scope")
                inside = scope.pooled if said is None else said
                values: dict[str, Value] = {
                    "unit": row,
                    "year": year,
                    "in_scope": inside,
                    "reason": None if inside else (text(before, "reason") or scope.reason),
                    "management_level": text(before, "management_level") or None,
                    "followed_by": text(before, "followed_by") or None,
                    "confirmed_on": self._ground.today(),
                }
                edits.append(self._ground.put(book, UNIT_YEAR, values))
            for plan in book.where(DAY_PLAN, "year", year - 1):
                if plan.owner == book.own:
                    values = {**plan.values, "year": year}
                    edit = self._ground.put(book, DAY_PLAN, values)
                    edits += [edit] if edit.created else []
        if not edits:
            return Saved(f"Năm {year} đã mở, không có gì phải xác nhận thêm.", 0, ())
        return self._ground.records.save(edits, step)

    def set_targets(self, year: int, unit: str, values: Mapping[str, int], document: str,
                    dated: str = "") -> Saved:  # fmt: skip
        """Set the targets of a unit and year by one document.

        Raises:
            UserError: `unknown_measure`, or what is wrong with a field.
        """
        with self._ground.book() as book:
            edits = [
                self._ground.put(book, TARGET,
                     {"author": book.own, "unit": unit, "year": year,
                      "measure": measure_of(measure).code, "value": value,
                      "document": document, "dated": dated or None})
                for measure, value in values.items()
            ]  # fmt: skip
        return self._ground.records.save(edits)

    def targets(self, year: int, day: str = "") -> tuple[TargetRow, ...]:
        """Return the targets of a year beside the figures from its first day up to a day."""
        until = min(day or self._ground.today(), f"{year:04}-12-31")
        since = f"{year:04}-01-01"
        report = self._reports.annual(custom_period(since, max(since, until)))
        figures = {figure.measure.code: figure for figure in report.figures}
        with self._ground.book() as book:
            rows = []
            for row in book.where(TARGET, "year", year):
                code, unit = text(row, "measure"), text(row, "unit")
                figure = figures.get(code)
                reached = None
                if figure is not None:
                    whole = unit == book.own
                    reached = figure.value if whole else figure.by_unit.get(unit, 0)
                label = figure.measure.label if figure else code
                rows.append(
                    TargetRow(
                        measure=code,
                        label=label,
                        unit=unit,
                        name=book.name(unit),
                        value=number(row, "value"),
                        reached=reached,
                        document=text(row, "document"),
                    )
                )
        return tuple(sorted(rows, key=lambda each: (each.label, each.name)))

    def _sets_of(self, book: Book, year: int) -> Task:
        kinds = [kind for kind in _KINDS if self._sets.in_force(book, kind, f"{year:04}-12-31")]
        return Task("sets", "Bộ tiêu chí của năm theo từng loại đơn vị", len(kinds), len(_KINDS))

    def _scopes(self, book: Book, year: int) -> Task:
        units = _own_units(book)
        left = tuple(
            unit for unit in units if yes(book.for_unit(UNIT_YEAR, unit, year), "in_scope") is None
        )
        done = len(units) - len(left)
        return Task("scope", "Xác nhận đơn vị thuộc diện, không thuộc diện", done, len(units), left)


def _own_units(book: Book) -> list[str]:
    return book.by_name(
        row.id
        for row in book.units.values()
        if row.owner == book.own and text(row, "unit_kind") in POOLED and not text(row, "valid_to")
    )


def _households(book: Book, year: int) -> Task:
    units = [unit for unit in _own_units(book) if book.kind_of(unit) == "neighbourhood"]
    left = tuple(unit for unit in units if not _counted_in(book, unit, year))
    label = "Số hộ đang cư trú của khu dân cư, có ngày chốt"
    return Task("households", label, len(units) - len(left), len(units), left)


def _counted_in(book: Book, unit: str, year: int) -> bool:
    days = (
        text(book.for_unit("registration", unit, year, SECURITY), "counted_on"),
        text(book.for_unit(UNIT_YEAR, unit, year), "counted_on"),
        text(book.units.get(unit), "households_counted"),
    )
    return any(day.startswith(f"{year:04}") for day in days)


def _books(book: Book) -> Task:
    bodies = [row for row in book.all("issuing_body") if not text(row, "closed_on")]
    note = "Số của văn bản bắt đầu lại từ 01 ngày 01/01; kiểm tra cách lấy số của từng cơ quan."
    return Task("books", "Sổ số của cơ quan ban hành", len(bodies), 1, note=note)


def _days(book: Book, year: int) -> Task:
    kinds = {text(row, "unit_kind") for row in book.where(DAY_PLAN, "year", year)
             if row.owner == book.own}  # fmt: skip
    note = "Chưa đặt thì bảng tiến độ dùng số ngày thường dùng."
    return Task("days", "Kế hoạch ngày của đơn vị", len(kinds), len(POOLED), note=note)


def _targets(book: Book, year: int) -> Task:
    return Task("targets", "Chỉ tiêu được giao", len(book.where(TARGET, "year", year)), 1)


def _registrations(ground: Ground, book: Book, year: int) -> Task:
    window = ground.window("", year)
    units = [
        unit for unit in _own_units(book)
        if scope_of(book, book.units[unit], year, window).pooled
    ]  # fmt: skip
    registered = registered_in(book, year)
    left = tuple(unit for unit in units if unit not in registered)
    label = "Đăng ký “An toàn về an ninh, trật tự” trong Quý I"
    return Task("registrations", label, len(units) - len(left), len(units), left)


def _ending(book: Book, year: int) -> Iterable[Task]:
    registered = sorted(registered_in(book, year) & set(_own_units(book)))
    sheets = {text(row, "subject") for row in book.where("score_sheet", "year", year)}
    decided, grades = recognised_in(book, year), grades_of(book, year)
    refused = {text(row, "unit") for row in book.of_year("recognition", year, SECURITY)
               if text(row, "result") == "not_recognised"}  # fmt: skip
    for code, label, there in (
        ("sheets", "Phiếu chấm của đơn vị đã đăng ký", sheets),
        ("decisions", "Quyết định công nhận hoặc không công nhận", decided | refused),
        ("grades", "Phân loại phong trào", grades.keys()),
    ):
        left = tuple(unit for unit in registered if unit not in there)
        yield Task(code, label, len(registered) - len(left), len(registered), left)
    behind = [u for u, row in grades.items() if text(row, "grade") in {"average", "poor"}]
    without = tuple(u for u in behind if book.for_unit("remedial_plan", u, year) is None)
    if behind:
        label = "Kế hoạch khắc phục của đơn vị Trung bình, Yếu"
        yield Task("plans", label, len(behind) - len(without), len(behind), without)
    closed = {
        text(row, "standard")
        for row in book.where("closing", "year", year)
        if row.owner == book.own and first_day(text(row, "closed_on"))
    }
    done = len(closed & {SECURITY, CLASSIFICATION})
    yield Task("closing", "Chốt số liệu công nhận và phân loại", done, 2)
