"""BIỂU MẪU 01: the 24 columns on the forces that take part in keeping order at the grass roots.

The form came with Công văn 435/V05-P3 of 12/3/2026; its period runs from the 15th of one month to
the 14th of the next. The columns are computed from members and dated events; what does not agree
is shown beside the form and never repaired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from antq_desktop.domain.fields import Values
from antq_desktop.domain.periods import Period, first_day
from antq_desktop.domain.text import opening

T = TypeVar("T")

COLUMNS: Final = (
    "Tổng số thành viên theo quyết định của UBND", "Thành viên theo báo cáo kỳ trước",
    "Thành viên thực tế hiện có", "Nam", "Nữ", "Dưới 70 tuổi", "Trên 70 tuổi", "Tiểu học",
    "THCS - THPT", "Trung cấp - cao đẳng", "Đại học trở lên", "Dân tộc thiểu số",
    "Số Tổ theo quyết định", "Số Tổ thực tế", "Tuyển mới", "Xin thôi, chết ngoài nhiệm vụ",
    "Bị thương", "Hy sinh", "Thành viên được huấn luyện", "Số lớp huấn luyện",
    "Bằng khen tập thể", "Bằng khen cá nhân", "Giấy khen tập thể", "Giấy khen cá nhân",
)  # fmt: skip
OLD: Final = 70
EDUCATION: Final = ("primary", "secondary", "college", "university")
FALLEN: Final = "died_on_duty"
FOR_TEAMS: Final = "protection_team"
AWARDS: Final = ("certificate_of_merit", "certificate")


@dataclass(frozen=True, slots=True)
class Forces:
    """The records in force of one unit, by kind; a member under the team it belongs to."""

    teams: Mapping[str, Values]
    members: Iterable[Values]
    harms: Iterable[Values] = ()
    trainings: Iterable[Values] = ()
    commendations: Iterable[Values] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one unit and period.

    Attributes:
        cells: The 24 columns; `cell(1)` is the first.
        remarks: What does not agree, in Vietnamese; shown, never repaired.
    """

    cells: tuple[int, ...]
    remarks: tuple[str, ...]

    def cell(self, column: int) -> int:
        """Return a column by its number on the form, 1 to 24."""
        return self.cells[column - 1]


def form_of(forces: Forces, period: Period, *, before: int | None = None) -> Form:
    """Compute the form.

    Args:
        forces: The records.
        period: The period.
        before: Column 2 as the report of the period before says it; computed when None.
    """
    members = tuple(forces.members)
    present = [held for held in members if _serves(held, period.until)]
    teams = {key: team for key, team in forces.teams.items() if _exists(team, period.until)}
    manned = {_text(member, "protection_team") for member in present}
    eve = sum(1 for member in members if _serves_before(member, period.since))
    cells = (
        sum(_number(team, "decided_members") for team in teams.values()),
        eve if before is None else before,
        len(present),
        _count(present, lambda held: _text(held, "sex") == "male"),
        _count(present, lambda held: _text(held, "sex") == "female"),
        *_by_age(present, period.until),
        *(_count(present, _is("education", level)) for level in EDUCATION),
        _count(present, lambda held: held.get("minority") is True),
        _count(teams.values(), lambda team: bool(_text(team, "founding_document"))),
        _count(teams, lambda key: key in manned),
        _count(members, lambda held: _joined_force(held, period)),
        _count(members, lambda held: _left(held, period) and not _fell(held)),
        _count(forces.harms, lambda harm: _happened(harm, "injured", period)),
        _count(members, lambda held: _left(held, period) and _fell(held)),
        *_training(forces.trainings, period),
        *_awards(forces.commendations, period),
    )
    fallen = _count(forces.harms, lambda harm: _happened(harm, "died", period))
    return Form(cells, _remarks(cells, fallen))


def _remarks(cells: tuple[int, ...], fallen: int) -> tuple[str, ...]:
    at = (0, *cells)  # by number of the column
    sums = (
        (at[4] + at[5], at[3], "cột 4 + cột 5", "cột 3", "giới tính"),
        (at[6] + at[7], at[3], "cột 6 + cột 7", "cột 3", "năm sinh"),
        (sum(at[8:12]), at[3], "tổng cột 8 đến cột 11", "cột 3", "trình độ"),
        (
            at[2] + at[15] - at[16] - at[18],
            at[3],
            "cột 2 + cột 15 - cột 16 - cột 18",
            "cột 3",
            "ngày tham gia, ngày thôi tham gia hoặc báo cáo kỳ trước",
        ),
        (fallen, at[18], "trường hợp hy sinh đã ghi", "cột 18", "lý do thôi tham gia"),
    )
    found = [
        f"{opening(left)} là {one}, khác {right} là {two}. Kiểm tra {what}."
        for one, two, left, right, what in sums
        if one != two
    ]
    if at[14] > at[13]:
        found.append(
            f"Cột 14 là {at[14]}, lớn hơn cột 13 là {at[13]}. Kiểm tra quyết định thành lập Tổ."
        )
    return tuple(found)


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _number(values: Values, name: str, empty: int = 0) -> int:
    value = values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else empty


def _count(held: Iterable[T], wanted: Callable[[T], bool]) -> int:
    return sum(1 for each in held if wanted(each))


def _is(name: str, value: str) -> Callable[[Values], bool]:
    return lambda held: _text(held, name) == value


def _exists(team: Values, day: str) -> bool:
    ended = _text(team, "ended_on")
    return first_day(_text(team, "founded_on")) <= day and not (ended and first_day(ended) <= day)


def _serves(member: Values, day: str) -> bool:
    """Tell whether somebody serves at the end of a day: who leaves that day no longer does."""
    left = _text(member, "left_on")
    return first_day(_text(member, "joined_on")) <= day and not (left and first_day(left) <= day)


def _serves_before(member: Values, day: str) -> bool:
    """Tell whether somebody served when a day began."""
    left = _text(member, "left_on")
    return first_day(_text(member, "joined_on")) < day and not (left and first_day(left) < day)


def _joined_force(member: Values, period: Period) -> bool:
    return period.holds(_text(member, "joined_on"))


def _left(member: Values, period: Period) -> bool:
    return period.holds(_text(member, "left_on"))


def _fell(member: Values) -> bool:
    return _text(member, "left_reason") == FALLEN


def _by_age(present: Iterable[Values], day: str) -> tuple[int, int]:
    ages = [age for member in present if (age := _age(member, day)) is not None]
    old = sum(1 for age in ages if age >= OLD)
    return len(ages) - old, old


def _age(member: Values, day: str) -> int | None:
    """Return whole years at a day; of a year alone, those that it makes on its first day."""
    born = first_day(_text(member, "born_on") or str(_number(member, "birth_year") or ""))
    if not born:
        return None
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])


def _happened(harm: Values, what: str, period: Period) -> bool:
    return _text(harm, "harm") == what and period.holds(_text(harm, "happened_on"))


def _training(trainings: Iterable[Values], period: Period) -> tuple[int, int]:
    held = [each for each in trainings if period.holds(_text(each, "held_on"))]
    return (
        sum(_number(each, "attended") for each in held),
        sum(_number(each, "classes", 1) for each in held),
    )


def _awards(commendations: Iterable[Values], period: Period) -> tuple[int, ...]:
    held = [
        each
        for each in commendations
        if period.holds(_text(each, "decided_on")) and _text(each, "for_whom") == FOR_TEAMS
    ]
    return tuple(
        sum(_number(each, name) for each in held if _text(each, "award") == award)
        for award in AWARDS
        for name in ("collectives", "individuals")
    )
