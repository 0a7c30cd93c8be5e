"""A unit's own set as a value: changes are taken back, marks stay, grades follow their groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.catalogue.criteria import load_criteria_sets
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.checks import CHECKS
from antq_desktop.domain.scoring.layout import adapted
from antq_desktop.domain.scoring.rules import Place
from antq_desktop.domain.scoring.sets import CriteriaSet
from antq_desktop.paths import forms_folder
from antq_desktop.services.standards.set_editing import (
    SetEditing,
    capable,
    checks_for,
    usual_settings,
    with_check,
)

SETS = load_criteria_sets(forms_folder() / "criteria")
STEPS = ("item", "group", "move", "remove", "band", "cap", "reason", "title")


def copy_of(code: str) -> CriteriaSet:
    return adapted(SETS[code], "own_copy", "Xã Mẫu", "2026-11-21")


def step(editing: SetEditing, name: str, at: int) -> None:
    made = editing.made
    items = [item for item in made.items() if not item.mark_only]
    item, group = items[at % len(items)], made.groups[at % len(made.groups)]
    match name:
        case "item":
            editing.add_item(group.id, item.id)
        case "group":
            editing.add_group(group.id)
        case "move":
            editing.move_item(item.id, 1 if at % 2 else -1)
        case "remove" if len(items) > 1:
            editing.remove_item(item.id)
        case "band":
            editing.add_band()
        case "cap":
            editing.add_cap()
        case "reason":
            editing.change_reasons({editing.new_reason(): "Lý do mẫu"})
        case _:
            editing.put(replace(made, title=f"Bộ mẫu {at}"), "set/title")


@given(
    st.sampled_from(sorted(SETS)),
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 40)), max_size=12),
)
def test_whatever_was_changed_is_taken_back_and_made_again(
    code: str, steps: list[tuple[str, int]]
) -> None:
    start = copy_of(code)
    editing = SetEditing(start)
    marks = [item for item in start.items() if item.mark_only]
    for name, at in steps:
        step(editing, name, at)
        assert [item for item in editing.made.items() if item.mark_only] == marks
    end = editing.made
    draft = SetEditing(start)
    draft.restore(editing.to_json())
    assert draft.made == end
    while editing.can_undo:
        editing.undo()
    assert editing.made == start
    assert not editing.dirty
    while editing.can_redo:
        editing.redo()
    assert editing.made == end


def test_a_grade_of_a_group_comes_goes_and_moves_with_it() -> None:
    editing = SetEditing(copy_of("team_rating_2026"))
    first = editing.made.groups[0].id
    made = editing.add_group(first)
    assert [band.group for band in editing.made.bands if band.group] == [
        group.id for group in editing.made.groups
    ]
    editing.move_group(made, -1)
    assert editing.made.bands[0].group == made
    assert [fault.place for fault in editing.faults()] == [Place.GROUP], "it has no items yet"
    editing.remove_group(made)
    assert editing.faults() == []


def test_a_ceiling_that_names_nothing_any_more_goes_with_its_item() -> None:
    editing = SetEditing(copy_of("qd510_commune"))
    assert {item.id for item in capable(editing.made)} == {"v_recognised", "v_offence"}
    editing.remove_item("v_offence")
    assert [cap.id for cap in editing.made.caps] == ["not_recognised"]


def test_a_mark_is_neither_changed_nor_taken_away() -> None:
    editing = SetEditing(copy_of("tt124_neighbourhood"))
    mark = editing.item_of("c3_a")
    acts: tuple[Callable[[], None], ...] = (
        lambda: editing.change_item(replace(mark, text="Khác")),
        lambda: editing.remove_item(mark.id),
        lambda: editing.remove_group("c3"),
    )
    for act in acts:
        with pytest.raises(UserError) as refused:
            act()
        assert refused.value.code == "mark_only"
    assert not editing.dirty


def test_counts_about_drugs_are_offered_only_where_they_are_gathered() -> None:
    names = {check.name for check in checks_for(SETS["tt124_commune"])}
    assert "working_scheme@1" in names
    assert not any(name.startswith("drug_") for name in names)
    assert "drug_rate@1" in {check.name for check in checks_for(SETS["drug_area_types_2025"])}


def test_thresholds_of_a_new_check_begin_as_the_text_has_them() -> None:
    item = next(item for item in copy_of("tt124_commune").items() if not item.check)
    for name, wanted in (
        ("recognised_share@1", {"percent": 70}),
        ("own_sections@1", {"percent": 70}),
        ("working_scheme@1", {"least": 1}),
    ):
        usual = usual_settings(SETS.values(), name)
        assert with_check(item, CHECKS[name], usual).settings == wanted
    used = {item.check for each in SETS.values() for item in each.items() if item.check}
    for name in used:
        usual = usual_settings(SETS.values(), name)
        assert set(usual) == set(CHECKS[name].settings), name


def test_a_threshold_that_was_changed_stays_when_the_check_does() -> None:
    check = CHECKS["working_scheme@1"]
    item = next(i for i in copy_of("tt124_commune").items() if i.check == check.name)
    changed = replace(item, settings={"least": 3})
    assert with_check(changed, check, {"least": 1}).settings == {"least": 3}
    assert with_check(changed, None, {}).settings == {}


def test_a_copy_of_a_set_that_ended_says_since_when_and_can_be_used() -> None:
    ended = [each for each in SETS.values() if each.valid_to]
    assert ended
    for each in ended:
        copy = adapted(each, "own_copy", "Xã Mẫu", "2026-11-21")
        assert "không áp dụng từ ngày 01/07/2025" in copy.provenance.note
        assert copy.in_force("2026-12-31")
        assert not each.in_force("2026-12-31")
