"""What the yearly ratings of protection teams must keep among themselves (HD 01/HD-BCA-V05, 2026).

One record cannot know it: the ceiling on the best rating, nine months of service, and a leader who
is not above the team. What is broken is told beside the list; no rating is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from antq_desktop.domain.fields import Values
from antq_desktop.domain.periods import first_day

BEST_OF_GOOD: Final = 20  # percent: of the number rated good, so many may be rated excellent
MONTHS_OF_SERVICE: Final = 9
LAST_DAY: Final = "11-14"  # the rating year runs from 15/11 to 14/11
ORDER: Final = ("not_done", "done", "good", "excellent")
LEADS: Final = "head"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a rating does not keep.

    Attributes:
        code: Stable identifier.
        message: Vietnamese sentence.
        record: Id of the rating, team or member it is about; empty for the commune as a whole.
    """

    code: str
    message: str
    record: str = ""


def ceiling(good: int) -> int:
    """Return how many may be rated excellent beside so many rated good."""
    return good * BEST_OF_GOOD // 100


def long_enough(joined: str, year: int) -> bool:
    """Tell whether who joined on that day had served nine months by the end of a rating year."""
    if not joined:
        return True
    first = date.fromisoformat(first_day(joined))
    months = first.month - 1 + MONTHS_OF_SERVICE
    due_year, due_month = first.year + months // 12, months % 12 + 1
    return f"{due_year:04d}-{due_month:02d}-{first.day:02d}" <= f"{year:04d}-{LAST_DAY}"


def remarks(
    year: int,
    teams: Mapping[str, Values],
    members: Mapping[str, Values],
    team_ratings: Iterable[Values],
    member_ratings: Iterable[Values],
) -> tuple[Remark, ...]:
    """Return what the ratings of a year do not keep among themselves.

    Args:
        year: The year.
        teams: The protection teams by id.
        members: Their members by id.
        team_ratings: Ratings of teams, of any year.
        member_ratings: Ratings of members, of any year.
    """
    of_teams = _of_year(team_ratings, year, "protection_team")
    of_members = _of_year(member_ratings, year, "team_member")
    found = [*_above_ceiling(of_teams, "Tổ"), *_above_ceiling(of_members, "thành viên Tổ")]
    for rated, held, begun in (
        (of_teams, teams, "founded_on"),
        (of_members, members, "joined_on"),
    ):
        for key in rated:
            if key in held and not long_enough(_text(held[key], begun), year):
                message = (
                    f"Chưa đủ {MONTHS_OF_SERVICE:02d} tháng đến ngày 14/11/{year} nhưng đã xếp "
                    "loại. Chuyển sang chưa xếp loại hoặc kiểm tra ngày."
                )
                found.append(Remark("rated_too_early", message, key))
    found.extend(_leaders_above(members, of_teams, of_members))
    return tuple(found)


def _of_year(ratings: Iterable[Values], year: int, key: str) -> dict[str, str]:
    return {
        _text(held, key): _text(held, "rating")
        for held in ratings
        if held.get("year") == year and _text(held, "rating") in ORDER
    }


def _above_ceiling(rated: Mapping[str, str], who: str) -> Iterable[Remark]:
    best = sum(1 for rating in rated.values() if rating == "excellent")
    good = sum(1 for rating in rated.values() if rating == "good")
    if best > ceiling(good):
        message = (
            f"Có {best} {who} hoàn thành xuất sắc, nhiều nhất là {ceiling(good)} "
            f"({BEST_OF_GOOD}% của {good} {who} hoàn thành tốt). Xét lại mức xếp loại."
        )
        yield Remark("too_many_excellent", message)


def _leaders_above(
    members: Mapping[str, Values], of_teams: Mapping[str, str], of_members: Mapping[str, str]
) -> Iterable[Remark]:
    for key, rating in of_members.items():
        member = members.get(key, {})
        team = of_teams.get(_text(member, "protection_team"))
        leads = _text(member, "office") == LEADS
        if leads and team is not None and ORDER.index(rating) > ORDER.index(team):
            message = "Tổ trưởng được xếp cao hơn mức của Tổ. Kiểm tra, trừ khi mới chuyển đến."
            yield Remark("leader_above_team", message, key)


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
