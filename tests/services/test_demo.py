"""The demonstration: totals are spread without a loss, and every printed figure is met."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.catalogue.unit_trees import load_unit_tree
from antq_desktop.domain.figures import MEASURES
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.units import TreeUnit
from antq_desktop.services.demo.cycle import YEAR, Cycle, Lot
from antq_desktop.services.demo.drawing import add_photographs
from antq_desktop.services.demo.figures import load_printed
from antq_desktop.services.demo.making import ADVANCED, Maker, Share, shares
from antq_desktop.services.demo.movement import DISTRICT_ARTICLES, DISTRICT_SESSIONS
from antq_desktop.services.demo.playing import figures_of, play, unit_tree_file
from antq_desktop.services.office import Office, Offices
from tests.stores import COMMUNE_ID

COMMUNES = 23
CONTRADICTED = {"Xã xếp khá", "Xã, thị trấn được phân loại (8 + 15 + 1)"}
CLASSES = ("neighbourhood", "lower_school", "upper_school", "agency", "enterprise", "commune")
OF_THE_CYCLE = {
    *("registered_town", "classified_town", "town_average", "exemplary_met", "model_police_met"),
    *(f"{what}_{kind}" for kind in CLASSES for what in ("registered", "classified")),
    *(f"{kind}_{grade}" for kind in CLASSES for grade in ("excellent", "good", "average")),
}


def lot(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - it draws invented records


def totals(held: list[Share]) -> Counter[str]:
    found: Counter[str] = Counter()
    for share in held:
        for field in fields(share.movement):
            found[field.name] += getattr(share.movement, field.name)
        found["neighbourhoods"] += share.neighbourhoods
    return found


@given(st.integers(0, 2**32))
def test_printed_totals_are_spread_without_a_loss_whatever_the_lot(seed: int) -> None:
    found = totals(shares(COMMUNES, lot(seed)))
    assert found == {
        "neighbourhoods": 105,
        "articles": 240 - DISTRICT_ARTICLES,
        "sessions": 53 - DISTRICT_SESSIONS,
        "youth_turns": 115,
        "youth_attendance": 9798,
        "youth_teams": 35,
        "clubs": 42,
        "regular": 130,
        "semi_professional": 106,
        "background_checks": 422,
    }


@pytest.mark.parametrize("seed", [1, 2, 2022])
def test_a_commune_gives_its_share_and_no_more(office: Office, seed: int) -> None:
    rng = lot(seed)
    share = shares(COMMUNES, rng)[3]
    Maker(office, rng).commune(_commune(), share)
    ours = figures_of(office, calendar_period("2022"))
    movement = share.movement
    assert ours["articles"] == movement.articles
    assert ours["sessions_direct"] == movement.sessions
    assert ours["youth_sessions"] == movement.youth_turns
    assert ours["youth_attendance"] == movement.youth_attendance
    assert ours["youth_teams"] == movement.youth_teams
    assert ours["clubs"] == movement.clubs
    assert ours["regular_police"] == movement.regular
    assert ours["background_checks"] == movement.background_checks
    assert ours["rural_standard"] == 1
    assert ours["rural_advanced"] == 1


def _commune() -> TreeUnit:
    """Return the commune of the profile under a name that reached the advanced standard."""
    held = next(unit for unit in load_unit_tree(unit_tree_file()) if unit.name in ADVANCED)
    return replace(held, id=COMMUNE_ID)


def test_two_communes_reached_the_advanced_standard() -> None:
    assert {"Xã Tân Kỳ", "Xã Quảng Nghiệp"} == ADVANCED


def test_every_printed_figure_names_measures_that_there_are() -> None:
    known = {measure.code for measure in MEASURES} | {"communes"} | OF_THE_CYCLE
    printed = load_printed()
    assert {code for figure in printed for code in figure.measures} <= known
    assert [figure for figure in printed if not figure.measures] == []


def test_two_pictures_drawn_by_us_hang_on_a_session(office: Office) -> None:
    rng = lot(2022)
    Maker(office, rng).commune(_commune(), shares(COMMUNES, rng)[3])
    assert add_photographs(office) == 2
    (held,) = office.attachments.of(record.id for record in office.lists.every("session")).values()
    assert [one.values()["caption"] for one in held] == [
        "Hội trường (ảnh mẫu)", "Bảng tin thôn (ảnh mẫu)",
    ]  # fmt: skip
    for one in held:
        assert office.attachments.content(str(one.values()["digest"])).startswith(b"\x89PNG")


@pytest.mark.heavy
@pytest.mark.parametrize("seed", [1, 2, 2022])
def test_the_whole_district_meets_every_printed_figure(
    offices: Offices, tmp_path: Path, seed: int
) -> None:
    played = play(offices, tmp_path, seed=seed, say=lambda _line: None)
    assert [line.label for line in played.compared if not line.fine] == []
    differing = [line for line in played.compared if line.ours not in {None, line.printed}]
    assert all(line.note for line in differing)
    assert [line.label for line in played.compared if line.ours is None] == []
    assert {line.label for line in differing if line.ours != line.printed} == CONTRADICTED


@given(st.integers(0, 2**32))
def test_grades_are_drawn_without_a_loss_whatever_the_lot(seed: int) -> None:
    drawn = Lot(seed)
    found = Counter(drawn.draw("neighbourhood") for _ in range(105))
    assert found == {"excellent": 41, "good": 61, "average": 3}
    assert drawn.draw("neighbourhood") == ""
    assert Counter(drawn.draw("agency") for _ in range(15)) == {"excellent": 7, "good": 7, "": 1}


def test_every_grade_of_a_commune_is_what_its_sheet_comes_to(office: Office) -> None:
    rng = lot(2022)
    Maker(office, rng).commune(_commune(), shares(COMMUNES, rng)[3])
    Cycle(office, Lot(2022)).commune(COMMUNE_ID, "Xã Tân Kỳ")
    with office.standards.ground.book() as book:
        looking = office.standards.sheets.looking(book)
        rows = book.of_year("classification", YEAR)
        assert rows
        for row in rows:
            held = looking.open(str(row.values["sheet"]))
            assert held.usable
            assert held.outcome.grade
            assert held.outcome.grade.id == row.values["grade"]
            assert looking.again(held.id).agrees
        exemplary = {
            str(row.values["standard"]): (row.values["met"], row.values["whole"])
            for row in book.of_year("recognition", YEAR)
            if row.values["standard"] != "security"
        }
        secured = [looking.open(row.id) for row in looking.rows(YEAR, "security")]
    assert exemplary == {"exemplary": (14, 15), "model_police": (20, 23)}
    assert len(secured) == len(rows) + 1, "every unit, and the commune itself"
    assert [held.outcome.missing for held in secured if not held.outcome.met] == []
    later = office.standards.closings.since(YEAR, "classification").later
    assert all(each.day > "2022-10-25" for each in later if each.happened_after)
    assert not [d for d in office.standards.receiving.disagreements(YEAR)
                if d.code != "registered_not_classified"]  # fmt: skip
