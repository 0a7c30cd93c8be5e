"""The sheets of a year and standard, and what has none yet: a line for each subject and set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.services.standards.steps import told_of
from antq_desktop.services.standards.subjects import (
    POLICE,
    kinds_of,
    label_of,
    made_from,
    sets_of_year,
    subjects_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antq_desktop.domain.codes import Codes
    from antq_desktop.domain.scoring.sets import CriteriaSet
    from antq_desktop.services.standards.desk import Standards
    from antq_desktop.services.standards.looking import OpenSheet
    from antq_desktop.services.standards.subjects import Subject

NEW: Final = "new:"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet, or a subject without one.

    Attributes:
        id: Id of the sheet; of a subject without one `new:`, its id and the code of the set.
        unit: The unit, scheme or team.
        name: Its name.
        kind: Its kind, in words.
        code: Code of the set.
        title: The set.
        result: What it comes to.
        tone: How that is shown.
        state: Its state, in words.
        appraised: Whether there is an appraisal.
    """

    id: str
    unit: str
    name: str
    kind: str
    code: str
    title: str
    result: str
    tone: str
    state: str
    appraised: bool

    @property
    def is_new(self) -> bool:
        """Whether there is no sheet yet."""
        return self.id.startswith(NEW)


def sheet_lines(standards: Standards, codes: Codes, year: int, standard: str) -> list[SheetLine]:
    """Return the sheets of a year and standard, and beside them what has none, by name."""
    with standards.ground.book() as book:
        looking = standards.sheets.looking(book)
        held = [looking.open(row.id) for row in looking.rows(year, standard)]
        sets = sets_of_year(standards.sets, book, standard, year)
        kinds = {kind for each in sets for kind in each.unit_kinds}
        window = standards.ground.window("", year)
        subjects = {each.id: each for each in subjects_of(book, kinds, window)}
        by_subject: dict[str, list[OpenSheet]] = {each: [] for each in subjects}
        for each in held:
            by_subject.setdefault(each.stored.sheet.unit, []).append(each)
        found = []
        for one in book.by_name(by_subject):
            mine = by_subject[one]
            kind = looking.kind_of(one)
            found += [_of_sheet(codes, kind, book.name(one), each) for each in mine]
            if one in subjects:
                found += _new(codes, subjects[one], sets, mine)
    return found


def _of_sheet(codes: Codes, kind: str, name: str, held: OpenSheet) -> SheetLine:
    stored = held.stored
    state = str(stored.values.get("state") or "")
    return SheetLine(
        id=held.id,
        unit=stored.sheet.unit,
        name=name,
        kind=label_of(codes, _judged_as(kind, held.criteria)),
        code=held.criteria.code,
        title=held.criteria.title,
        result=told_of(held),
        tone=_tone(held),
        state=codes.label("sheet_state", state) if state else "",
        appraised=bool(stored.appraisers),
    )


def _new(
    codes: Codes, subject: Subject, sets: Iterable[CriteriaSet], held: Iterable[OpenSheet]
) -> list[SheetLine]:
    """Return a line for each set by which a subject is not scored yet, nor by what it replaces."""
    done = {each.criteria.code for each in held}
    kinds = set(kinds_of(subject.kind))
    return [
        SheetLine(
            id=f"{NEW}{subject.id}:{each.code}",
            unit=subject.id,
            name=subject.name,
            kind=label_of(codes, _judged_as(subject.kind, each)),
            code=each.code,
            title=each.title,
            result="Chưa có phiếu",
            tone="plain",
            state="",
            appraised=False,
        )
        for each in sets
        if kinds & set(each.unit_kinds) and not {each.code, made_from(each)} & done
    ]


def _tone(held: OpenSheet) -> str:
    outcome = held.outcome
    if not outcome.complete:
        return "watch"
    if outcome.grade is None:
        return "calm" if outcome.met else "fault"
    place, last = held.criteria.bands.index(outcome.grade), len(held.criteria.bands) - 1
    return "fault" if place == last else "calm" if place == 0 else "info"


def _judged_as(kind: str, criteria: CriteriaSet) -> str:
    return kind if kind in criteria.unit_kinds or POLICE not in criteria.unit_kinds else POLICE
