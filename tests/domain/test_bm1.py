"""BIỂU MẪU 01: 24 columns from members and dated events, and what does not agree beside them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.bm1 import COLUMNS, Forces, Form, form_of
from antq_desktop.domain.fields import Value
from antq_desktop.domain.periods import custom_period

MAY = custom_period("2026-04-15", "2026-05-14")
Given = dict[str, Value]
TEAM: Given = {
    "founded_on": "2024-07-01",
    "founding_document": "12/QĐ-UBND",
    "decided_members": 3,
}
MEMBER: Given = {
    "protection_team": "t",
    "sex": "male",
    "birth_year": 1980,
    "education": "secondary",
    "joined_on": "2024-07-01",
}


def made(*members: Given, before: int | None = None, **more: Any) -> Form:
    return form_of(Forces({"t": TEAM}, members, **more), MAY, before=before)


def person(**more: Value) -> Given:
    return {**MEMBER, **more}


def test_the_form_has_24_columns() -> None:
    assert len(COLUMNS) == len(made().cells) == 24


def test_a_quiet_month_of_three_members_agrees_in_every_check() -> None:
    form = made(
        MEMBER,
        person(sex="female", birth_year=1950, education="primary", minority=True),
        person(education="university", born_on="1956-05-14", birth_year=1956),
    )
    assert form.cells[:14] == (3, 3, 3, 2, 1, 1, 2, 1, 1, 0, 1, 1, 1, 1)
    assert form.cells[14:] == (0,) * 10
    assert form.remarks == ()


@pytest.mark.parametrize(
    ("born", "old"), [("1956-05-14", 1), ("1956-05-15", 0), ("1956", 1), ("1957", 0)]
)
def test_who_is_seventy_on_the_last_day_counts_as_seventy(born: str, old: int) -> None:
    assert made(person(born_on=born)).cell(7) == old


def test_who_joins_leaves_or_falls_in_the_period_is_in_its_column() -> None:
    form = made(
        MEMBER,
        person(joined_on="2026-04-15"),
        person(joined_on="2026-05-15"),
        person(left_on="2026-05-14", left_reason="resigned"),
        person(left_on="2026-04-15", left_reason="died_off_duty"),
        person(left_on="2026-04-14", left_reason="resigned"),
        person(left_on="2026-05-01", left_reason="died_on_duty"),
        harms=[
            {"happened_on": "2026-05-01", "harm": "died"},
            {"happened_on": "2026-05-02", "harm": "injured"},
            {"happened_on": "2026-05-20", "harm": "injured"},
        ],
    )
    assert (form.cell(2), form.cell(3)) == (4, 2)
    assert (form.cell(15), form.cell(16), form.cell(17), form.cell(18)) == (1, 2, 1, 1)
    assert form.remarks == ()


def test_training_and_awards_of_the_period_are_added_up() -> None:
    award: Given = {"decided_on": "2026-05-01", "for_whom": "protection_team"}
    form = made(
        MEMBER,
        trainings=[
            {"held_on": "2026-04-20", "attended": 12, "classes": 2},
            {"held_on": "2026-04-21", "attended": 3},
            {"held_on": "2026-06-21", "attended": 99},
        ],
        commendations=[
            {**award, "award": "certificate_of_merit", "collectives": 1, "individuals": 2},
            {**award, "award": "certificate", "collectives": 3, "individuals": 4},
            {**award, "award": "certificate", "individuals": 9, "for_whom": "police"},
            {**award, "award": "certificate", "individuals": 9, "decided_on": "2026-05-15"},
        ],
    )
    assert form.cells[18:] == (15, 3, 1, 2, 3, 4)


def test_teams_by_decision_and_teams_that_are_manned_are_two_numbers() -> None:
    paper: Given = {**TEAM, "founding_document": ""}
    ended: Given = {**TEAM, "ended_on": "2026-05-14"}
    form = form_of(Forces({"t": paper, "u": TEAM, "v": ended}, [MEMBER]), MAY)
    assert (form.cell(1), form.cell(13), form.cell(14)) == (6, 1, 1)
    alone = form_of(Forces({"t": paper}, [MEMBER]), MAY)
    assert [remark for remark in alone.remarks if remark.startswith("Cột 14")]


@pytest.mark.parametrize(
    ("member", "names"),
    [
        (person(sex="unknown"), "giới tính"),
        (person(birth_year=None), "năm sinh"),
        (person(education=None), "trình độ"),
    ],
)
def test_what_is_missing_of_a_member_is_said_and_not_made_up(member: Given, names: str) -> None:
    held: Given = {name: value for name, value in member.items() if value is not None}
    (remark,) = made(held).remarks
    assert f"Kiểm tra {names}." in remark


def test_a_report_of_the_period_before_that_differs_is_shown_and_kept() -> None:
    form = made(MEMBER, before=5)
    assert (form.cell(2), form.cell(3)) == (5, 1)
    (remark,) = form.remarks
    assert remark.startswith("Cột 2 + cột 15 - cột 16 - cột 18 là 5, khác cột 3 là 1.")


def test_a_death_on_duty_that_only_one_of_two_records_knows_is_said() -> None:
    form = made(MEMBER, harms=[{"happened_on": "2026-05-01", "harm": "died"}])
    assert any("hy sinh" in remark for remark in form.remarks)


DAYS = st.sampled_from(
    ["", "2025", "2026-04-14", "2026-04-15", "2026-05-01", "2026-05-14", "2026-05-15", "2026-07"]
)


def somebody(*, joined: str, left: str, reason: str, sex: str, born: int, education: str) -> Given:
    end: Given = {"left_on": left, "left_reason": reason} if left > joined else {}
    return person(joined_on=joined, sex=sex, birth_year=born, education=education, **end)


MEMBERS = st.lists(
    st.builds(
        somebody,
        joined=DAYS,
        left=DAYS,
        reason=st.sampled_from(["resigned", "died_on_duty"]),
        sex=st.sampled_from(["male", "female"]),
        born=st.integers(1940, 2005),
        education=st.sampled_from(["primary", "secondary", "college", "university"]),
    ),
    max_size=12,
)


@given(MEMBERS)
def test_what_is_computed_from_whole_records_always_agrees(members: list[Given]) -> None:
    """Only the fallen, whom another record tells of, may disagree, and 14 with 13."""
    fallen: list[Given] = [
        {"happened_on": held["left_on"], "harm": "died"}
        for held in members
        if held.get("left_reason") == "died_on_duty"
    ]
    assert form_of(Forces({"t": TEAM}, members, fallen), MAY).remarks == ()
