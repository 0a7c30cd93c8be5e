"""Ratings of schemes and protection teams: what their sheets come to, noted in their own records.

A scheme keeps its ratings as lines by year; a team has a record `team_rating` for each year, which
the checks of neighbourhoods look at. Neither is typed here: both are read from a sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.periods import first_day
from antq_desktop.domain.records.standards import RATING
from antq_desktop.services.records import Edit
from antq_desktop.services.standards.book import Book, number, text
from antq_desktop.services.standards.steps import told_of
from antq_desktop.services.standards.subjects import SCHEME, TEAM

if TYPE_CHECKING:
    from antq_desktop.domain.fields import Value
    from antq_desktop.services.records import Saved
    from antq_desktop.services.standards.ground import Ground
    from antq_desktop.services.standards.looking import OpenSheet
    from antq_desktop.services.standards.sheets import Sheets

TEAM_RATING: Final = "team_rating"
_CODES: Final = {SCHEME: "scheme_rating", TEAM: "team_rating"}


def rated_on(book: Book, kind: str, subject: str, year: int) -> str:
    """Return the day on which a scheme or team was rated for a year; empty while it is not.

    A rating whose day nobody wrote counts from the last day of the year.
    """
    if kind == SCHEME:
        line = book.lines(SCHEME, subject, "ratings").get(str(year), {})
        rating, day = str(line.get("rating") or ""), str(line.get("dated") or "")
    else:
        rows = book.where(TEAM_RATING, "protection_team", subject)
        row = next((each for each in rows if number(each, "year") == year), None)
        rating, day = text(row, "rating"), text(row, "decided_on")
    return (first_day(day) or f"{year:04}-12-31") if rating else ""


def rate(
    ground: Ground,
    sheets: Sheets,
    year: int,
    subjects: Sequence[str],
    *,
    document: str = "",
    dated: str = "",
) -> Saved:
    """Note what the sheets of schemes and teams come to in their own records, as one action.

    Args:
        ground: The profile.
        sheets: Their sheets.
        year: The year that is rated.
        subjects: Schemes and teams.
        document: Number of the paper that fixes the ratings.
        dated: Its day, `YYYY-MM-DD`.

    Raises:
        UserError: `sheet_incomplete` with every subject whose sheet is missing, not complete, not
            sound, or comes to a grade that the record has no word for.
    """
    edits: list[Edit] = []
    faults: list[Fault] = []
    with ground.book() as book:
        looking = sheets.looking(book)
        for subject in subjects:
            kind, _unit = looking.subject_kind(subject)
            held = looking.of_unit(subject, year, RATING)
            why = _why_not(ground, kind, held)
            if held is None or why:
                faults.append(Fault("sheet_incomplete", f"{book.name(subject)}: {why}"))
                continue
            grade = held.outcome.grade.id if held.outcome.grade else ""
            edits.append(_noted(ground, book, kind, subject, (year, grade, document, dated)))
    if faults:
        message = f"Có {len(faults)} phiếu chấm chưa dùng để xếp loại được."
        raise UserError("sheet_incomplete", message, faults=faults)
    return ground.records.save(edits)


def _why_not(ground: Ground, kind: str, held: OpenSheet | None) -> str:
    if held is None:
        return "chưa có phiếu chấm."
    if held.faults:
        return held.faults[0].message
    if not held.outcome.complete:
        return f"{told_of(held)}."
    if held.unsettled:
        return "còn tiêu chí tạm tính chưa có lý do chấp nhận."
    grade = held.outcome.grade
    if grade is None or ground.codes[_CODES[kind]].get(grade.id) is None:
        label = f"“{grade.label}” " if grade else ""
        return f"mức {label}không có trong danh mục xếp loại của loại này."
    return ""


def _noted(ground: Ground, book: Book, kind: str, subject: str,
           told: tuple[int, str, str, str]) -> Edit:  # fmt: skip
    year, grade, document, dated = told
    if kind == SCHEME:
        path = f"ratings/{year}/"
        line: dict[str, Value] = {
            f"{path}rating": grade,
            f"{path}document": document or None,
            f"{path}dated": dated or None,
        }
        return Edit(SCHEME, subject, line)
    values: dict[str, Value] = {
        "protection_team": subject,
        "year": year,
        "rating": grade,
        "unrated_reason": None,
        "document": document or None,
        "decided_on": dated or None,
    }
    return ground.put(book, TEAM_RATING, values)
