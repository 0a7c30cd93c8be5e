"""The first run without a window: its pages, what each needs, what comes of it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.catalogue.units import load_units
from antq_desktop.domain.errors import UserError
from antq_desktop.paths import units_file
from antq_desktop.services.firststart import (
    STEPS,
    Answers,
    FirstStart,
    FoundUnit,
    Level,
    Step,
    UnitsToChoose,
    carry_out,
    refuse_bad_backup_place,
)
from antq_desktop.services.office import Offices
from antq_desktop.services.profiles import LEVELS
from tests.stores import COMMUNE_ID, PASSWORD

UNIT = FoundUnit(COMMUNE_ID, "Xã Tứ Kỳ", "Thành phố Hải Phòng")
WHOLE = Answers(
    level=Level.COMMUNE,
    unit=UNIT,
    officer="Nguyễn Văn Mẫu",
    password=PASSWORD,
    repeated=PASSWORD,
    sample=False,
)


def standing_at(step: Step, folder: Path) -> FirstStart:
    machine = FirstStart(folder)
    machine.answer(WHOLE)
    while machine.step is not step:
        machine.go_on()
    return machine


@pytest.fixture(scope="module")
def units() -> UnitsToChoose:
    return UnitsToChoose(load_units(units_file()))


def test_there_are_at_most_seven_pages(tmp_path: Path) -> None:
    assert len(STEPS) <= 7
    assert standing_at(Step.DONE, tmp_path).number == len(STEPS)


def test_the_levels_are_those_that_a_profile_knows() -> None:
    assert tuple(Level) == LEVELS


@pytest.mark.parametrize(
    ("step", "answers", "code"),
    [
        (Step.LEVEL, replace(WHOLE, level=None), "level_missing"),
        (Step.UNIT, replace(WHOLE, unit=None), "unit_missing"),
        (Step.OFFICER, replace(WHOLE, officer="  "), "officer_missing"),
        (Step.OFFICER, replace(WHOLE, officer="Mẫu" * 40), "text_too_long"),
        (Step.PASSWORD, replace(WHOLE, password="ngắn", repeated="ngắn"), "password_too_short"),
        (Step.PASSWORD, replace(WHOLE, repeated="một câu khác hẳn"), "passwords_differ"),
        (Step.BACKUPS, replace(WHOLE, backups=Path("không có nơi này")), "backup_place_gone"),
        (Step.SAMPLE, replace(WHOLE, sample=None), "sample_missing"),
    ],
)
def test_a_page_says_what_it_still_needs_and_stays(
    step: Step, answers: Answers, code: str, tmp_path: Path
) -> None:
    machine = standing_at(step, tmp_path)
    machine.answer(answers)
    with pytest.raises(UserError) as caught:
        machine.go_on()
    assert caught.value.code == code
    assert machine.step is step


def test_a_password_typed_in_two_unicode_forms_is_the_same(tmp_path: Path) -> None:
    machine = standing_at(Step.PASSWORD, tmp_path)
    apart = unicodedata.normalize("NFD", PASSWORD)
    assert apart != PASSWORD
    machine.answer(replace(WHOLE, repeated=apart))
    assert machine.go_on() is Step.BACKUPS


def test_another_level_forgets_the_unit_of_the_one_before(tmp_path: Path) -> None:
    machine = standing_at(Step.UNIT, tmp_path)
    machine.go_back()
    machine.answer(replace(WHOLE, level=Level.RECEIVER))
    assert machine.answers.unit is None
    assert machine.answers.officer == WHOLE.officer


@given(st.lists(st.booleans(), max_size=40))
def test_going_back_and_on_never_leaves_the_pages_and_keeps_the_answers(ways: list[bool]) -> None:
    machine = FirstStart(Path("nơi chưa có"))
    machine.answer(WHOLE)
    for forward in ways:
        before = machine.number
        if forward:
            machine.go_on()
        else:
            machine.go_back()
        assert abs(machine.number - before) <= 1
        assert 1 <= machine.number <= len(STEPS)
    assert machine.answers == WHOLE


@pytest.mark.parametrize("inside", ["", "con", ".."])
def test_a_backup_place_that_dies_with_the_profile_is_refused(inside: str, tmp_path: Path) -> None:
    folder = tmp_path / "dữ liệu"
    (folder / "con").mkdir(parents=True)
    with pytest.raises(UserError) as caught:
        refuse_bad_backup_place(folder / inside, folder)
    assert caught.value.code == "backup_beside_store"


def test_a_folder_beside_the_profile_is_taken(tmp_path: Path) -> None:
    (tmp_path / "sao lưu").mkdir()
    refuse_bad_backup_place(tmp_path / "sao lưu", tmp_path / "dữ liệu")


def test_units_of_one_name_are_told_apart_by_their_province(units: UnitsToChoose) -> None:
    found = [unit for unit in units.find("tan tien", Level.COMMUNE) if "Tân Tiến" in unit.name]
    assert len(found) > 1
    assert len({(unit.name, unit.detail) for unit in found}) == len(found)
    assert units.find("TAN TIEN bac ninh", Level.COMMUNE)[0].detail == "Tỉnh Bắc Ninh"


def test_a_receiver_chooses_among_all_provinces_before_typing(units: UnitsToChoose) -> None:
    assert len(units.find("", Level.RECEIVER)) == 34
    assert units.find("", Level.COMMUNE) == []


def test_units_of_a_file_stand_in_for_the_table() -> None:
    from antq_desktop.services.demo.playing import unit_tree_file

    own = UnitsToChoose(load_units(units_file()))
    count = own.take_tree(unit_tree_file())
    communes, above = own.find("", Level.COMMUNE), own.find("", Level.RECEIVER)
    assert len(communes) + len(above) == count
    assert [unit.name for unit in own.find("tan ky", Level.COMMUNE)] == ["Xã Tân Kỳ"]


def test_an_empty_profile_holds_its_unit_alone(tmp_path: Path, offices: Offices) -> None:
    office, entered = carry_out(offices, tmp_path / "p", WHOLE, lambda _records: True)
    assert entered == 0
    assert [record.id for record in office.lists.every("unit")] == [COMMUNE_ID]
    assert not office.sample
    assert office.backup_place is None
    office.close()


def test_a_sample_is_said_to_be_one_and_its_backup_place_is_kept(
    tmp_path: Path, offices: Offices
) -> None:
    (tmp_path / "sao lưu").mkdir()
    told: list[int] = []

    def go_on(records: int) -> bool:
        told.append(records)
        return True

    answers = replace(WHOLE, sample=True, backups=tmp_path / "sao lưu")
    office, entered = carry_out(offices, tmp_path / "p", answers, go_on)
    held = sum(len(office.lists.every(kind)) for kind in office.lists.specs)
    assert office.sample
    assert entered == held - 1
    assert told == sorted(told)
    assert office.backup_place == tmp_path / "sao lưu"
    office.close()


def test_a_sample_that_is_stopped_leaves_what_stands_and_says_how_much(
    tmp_path: Path, offices: Offices
) -> None:
    answers = replace(WHOLE, sample=True)
    office, entered = carry_out(offices, tmp_path / "p", answers, lambda records: records < 30)
    held = sum(len(office.lists.every(kind)) for kind in office.lists.specs)
    assert 30 <= entered == held - 1
    assert office.lists.every("incident") == []
    office.close()
