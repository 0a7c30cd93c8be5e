"""Where units stand: grades by kind, who fell behind, and what the next band takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.periods import calendar_period, first_day
from antq_desktop.domain.records.standards import CLASSIFICATION, SECURITY
from antq_desktop.domain.records.standards_results import BEHIND, RECOGNISED
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.scoring.sets import SetKind
from antq_desktop.domain.text import sort_key
from antq_desktop.services.records import Saved
from antq_desktop.services.standards.book import POOLED, Book, Row, text
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.looking import OpenSheet
from antq_desktop.services.standards.results import CLASSIFIED, RECOGNITION
from antq_desktop.services.standards.scope import settled
from antq_desktop.services.standards.sheets import Sheets

PLAN: Final = "remedial_plan"
GRADES: Final = ("excellent", "good", "average", "poor")
KINDS: Final = ("commune", *POOLED)


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the units of one kind are spread over the grades of a year.

    Attributes:
        kind: Id in `unit_kind`.
        label: Its label.
        units: Units in force that year.
        registered: Registered for the security standard.
        recognised: Recognised.
        grades: Units by grade.
    """

    kind: str
    label: str
    units: int
    registered: int
    recognised: int
    grades: Mapping[str, int]

    @property
    def classified(self) -> int:
        """How many have a grade."""
        return sum(self.grades.values())


@dataclass(frozen=True, slots=True)
class Behind:
    """A unit rated Trung bình or Yếu.

    Attributes:
        unit: The unit.
        name: Its name.
        grade: Its grade of the year.
        before: Its grade of the year before; empty when there is none.
        plan: Id of its remedial plan; empty when it has none.
        deadline: Deadline of that plan.
        overdue: Whether the deadline is over and the plan not done.
        done: Whether the plan is done.
        follower: Who follows it: name of the member, else the office; empty while nobody does.
        reviewed_on: Day of the latest review; empty before the first.
    """

    unit: str
    name: str
    grade: str
    before: str
    plan: str
    deadline: str
    overdue: bool
    done: bool = False
    follower: str = ""
    reviewed_on: str = ""

    @property
    def two_years(self) -> bool:
        """Whether it was so rated two years running."""
        return self.before in BEHIND


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a unit lacks for the next band.

    Attributes:
        sheet: Its sheet.
        unit: The unit, scheme or team.
        name: Its name.
        title: The set.
        grade: Label of its band; empty while it has none.
        next_grade: Label of the band above; empty in the highest.
        sentence: “Thiếu 2,5 điểm; …”; names points or criteria and the ceilings in the way.
        items: The items that could bring it there, each by its text.
    """

    sheet: str
    unit: str
    name: str
    title: str
    grade: str
    next_grade: str
    sentence: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """What the sheets of one set come to in a year.

    Attributes:
        title: The set.
        sheets: How many there are.
        complete: How many are scored in full.
        met: How many of those hold.
        bands: How many of those are in each band, by its label, highest first.
    """

    title: str
    sheets: int
    complete: int
    met: int
    bands: Mapping[str, int]


class Standings:
    """Looks at the results of a year and of the year before."""

    def __init__(self, ground: Ground, sheets: Sheets) -> None:
        self._ground = ground
        self._sheets = sheets

    def distribution(self, year: int) -> tuple[Distribution, ...]:
        """Return how the units of each kind are spread over the grades of a year."""
        with self._ground.book() as book:
            return tuple(distribution_of(book, self._ground, year))

    def behind(self, year: int) -> tuple[Behind, ...]:
        """Return the units rated Trung bình or Yếu, who follows them and since when."""
        today = self._ground.today()
        with self._ground.book() as book:
            now, before = grades_of(book, year), grades_of(book, year - 1)
            found = []
            for unit in book.by_name(u for u, row in now.items() if text(row, "grade") in BEHIND):
                plan = book.for_unit(PLAN, unit, year)
                deadline = first_day(text(plan, "deadline"))
                done = text(plan, "state") == "done"
                found.append(
                    Behind(
                        unit=unit,
                        name=book.name(unit),
                        grade=text(now[unit], "grade"),
                        before=text(before.get(unit), "grade"),
                        plan=plan.id if plan else "",
                        deadline=deadline,
                        overdue=bool(deadline) and deadline < today and not done,
                        done=done,
                        follower=_follower(book, plan),
                        reviewed_on=_reviewed_on(book, plan),
                    )
                )
        return tuple(found)

    def two_years(self, year: int) -> tuple[Behind, ...]:
        """Return the units rated Trung bình or Yếu in a year and in the year before it."""
        return tuple(each for each in self.behind(year) if each.two_years)

    def plan(
        self,
        year: int,
        units: Iterable[str],
        deadline: str,
        *,
        measures: str = "",
        follower: str = "",
    ) -> Saved:
        """Begin remedial plans for units that have none, with one deadline.

        Args:
            year: The year of the grade.
            units: The units.
            deadline: By when it is mended, `YYYY-MM-DD`.
            measures: What is to be done, alike for all; each plan is worked on later.
            follower: The member of the committee who follows them.

        Raises:
            UserError: `not_behind` when a unit was not rated Trung bình or Yếu that year.
        """
        with self._ground.book() as book:
            now = grades_of(book, year)
            edits = []
            for unit in units:
                grade = text(now.get(unit), "grade")
                if grade not in BEHIND:
                    message = f"{book.name(unit)} không xếp Trung bình, Yếu trong năm {year}."
                    raise UserError("not_behind", message, "unit")
                if book.for_unit(PLAN, unit, year) is None:
                    values: dict[str, Value] = {
                        "author": book.own,
                        "unit": unit,
                        "year": year,
                        "grade": grade,
                        "deadline": deadline,
                        "state": "planned",
                        "measures": measures or None,
                        "follower": follower or None,
                    }
                    edits.append(self._ground.put(book, PLAN, values))
        if not edits:
            return Saved("Các đơn vị đã có kế hoạch khắc phục.", 0, ())
        return self._ground.records.save(edits)

    def lacks(self, year: int, standard: str = CLASSIFICATION) -> tuple[Lacks, ...]:
        """Return what each sheet of a standard lacks for the next band, or to be met."""
        with self._ground.book() as book:
            looking = self._sheets.looking(book)
            held: dict[str, list[OpenSheet]] = {}
            for row in looking.rows(year, standard):
                held.setdefault(text(row, "subject"), []).append(looking.open(row.id))
            return tuple(
                lacking(book, one)
                for unit in book.by_name(held)
                for one in sorted(held[unit], key=lambda each: each.criteria.title)
            )

    def reached(self, year: int, standard: str) -> tuple[Reached, ...]:
        """Return what the sheets of a year come to, set by set: complete, met, in which band."""
        with self._ground.book() as book:
            looking = self._sheets.looking(book)
            by_set: dict[str, list[OpenSheet]] = {}
            for row in looking.rows(year, standard):
                held = looking.open(row.id)
                by_set.setdefault(held.criteria.title, []).append(held)
            return tuple(_reached(title, by_set[title]) for title in sorted(by_set, key=sort_key))


def _reached(title: str, held: list[OpenSheet]) -> Reached:
    whole = [each for each in held if each.outcome.complete]
    counted = Counter(each.outcome.grade.id for each in whole if each.outcome.grade)
    labels = {band.id: band.label for each in held for band in each.criteria.bands}
    return Reached(
        title=title,
        sheets=len(held),
        complete=len(whole),
        met=sum(each.outcome.met for each in whole),
        bands={label: counted[band] for band, label in labels.items()},
    )


def _follower(book: Book, plan: Row | None) -> str:
    member = text(plan, "follower")
    record = book.record("committee_member", member) if member else None
    name = str(record.values().get("name") or "") if record is not None else ""
    return name or text(plan, "follower_office")


def _reviewed_on(book: Book, plan: Row | None) -> str:
    lines = book.lines(PLAN, plan.id, "reviews").values() if plan is not None else ()
    return max((str(line.get("reviewed_on") or "") for line in lines), default="")


def by_unit(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return records by the unit they are about."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(text(row, "unit"), []).append(row)
    return found


def grades_of(book: Book, year: int) -> dict[str, Row]:
    """Return the classification of each unit in a year, the one that counts where several are."""
    found = by_unit(book.of_year(CLASSIFIED, year))
    return {unit: row for unit, rows in found.items() if (row := settled(unit, rows))}


def recognised_in(book: Book, year: int) -> set[str]:
    """Return the units that are recognised for the security standard in a year."""
    found = by_unit(book.of_year(RECOGNITION, year, SECURITY))
    return {unit for unit, rows in found.items()
            if text(settled(unit, rows), "result") == RECOGNISED}  # fmt: skip


def registered_in(book: Book, year: int) -> set[str]:
    """Return the units that registered for the security standard in a year."""
    rows = book.of_year("registration", year, SECURITY)
    return {text(row, "unit") for row in rows if text(row, "registered_on")}


def distribution_of(book: Book, ground: Ground, year: int) -> Iterator[Distribution]:
    """Yield the distribution of each kind of unit of which there is any."""
    grades, registered = grades_of(book, year), registered_in(book, year)
    recognised = recognised_in(book, year)
    days = calendar_period(f"{year:04}")
    for kind in KINDS:
        units = {
            row.id
            for row in book.units.values()
            if text(row, "unit_kind") == kind
            and (first_day(text(row, "valid_from")) or days.since) <= days.until
            and (text(row, "valid_to") or days.until) >= days.since
        }
        if units:
            counted = Counter(text(grades[unit], "grade") for unit in units & grades.keys())
            yield Distribution(
                kind=kind,
                label=ground.codes.label("unit_kind", kind),
                units=len(units),
                registered=len(units & registered),
                recognised=len(units & recognised),
                grades={grade: counted[grade] for grade in GRADES},
            )


def lacking(book: Book, held: OpenSheet) -> Lacks:
    """Say what a sheet lacks for the band above, or for the standard where there are no bands."""
    outcome, unit = held.outcome, held.stored.sheet.unit
    told_of_whom = (held.id, unit, book.name(unit), held.criteria.title)
    items = tuple(
        item.text if (item := held.criteria.item(each.item)) else "Tiêu chí trả lời bằng một dấu"
        for each in outcome.missing
    )
    grade = outcome.grade.label if outcome.grade else ""
    gap = outcome.gap
    if gap is None:
        count = len(items)
        sentence = f"Thiếu {count} tiêu chí." if count and not outcome.met else "Không thiếu."
        return Lacks(*told_of_whom, grade, "", sentence, items)
    told = [f"{cap.label}" for cap in gap.caps]
    if gap.lacking:
        points = held.criteria.kind is SetKind.POINTS
        what = f"{show_points(gap.lacking)} điểm" if points else f"{int(gap.lacking)} tiêu chí"
        told.insert(0, f"Thiếu {what}")
    sentence = "; ".join(told) + "."
    return Lacks(*told_of_whom, grade, gap.band.label, sentence, items)
