"""What a whole list comes to, its order by a field, and records that may be there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_desktop.domain.fields import Value
from antq_desktop.domain.listing import Sum
from antq_desktop.domain.records import SPECS
from antq_desktop.services.lists import summed
from antq_desktop.services.office import Office
from tests.stores import INCIDENT

SESSION: Mapping[str, Value] = {
    "title": "Tuyên truyền phòng cháy",
    "held_on": "2026-11-20",
    "session_kind": "meeting",
}


def add(office: Office, of: str, values: Mapping[str, Value], **more: Value) -> str:
    return office.records.add(of, {**values, **more}).ids[0]


def session_kind(office: Office) -> str:
    return office.codes[SPECS["session"].field("session_kind").codes].values[0].id


def incident_ids(office: Office, **asked: object) -> list[str]:
    listing = replace(office.lists.listing("incident"), **asked)  # type: ignore[arg-type]
    rows = office.lists.at("incident", office.lists.places(listing, 100), ("title",))
    return [str(row.values["title"]) for row in rows]


def test_a_sum_counts_the_whole_list_and_nothing_that_is_void(office: Office) -> None:
    kind = session_kind(office)
    first = add(office, "session", SESSION, session_kind=kind, attendance=100, leaflets=7)
    add(office, "session", SESSION, session_kind=kind, attendance=20)
    add(office, "session", SESSION, session_kind=kind, title="Giao thông", attendance=3)
    lists = office.lists
    sums = lists.totals(lists.listing("session")).sums
    assert sums["attendance"] == Sum(123, 3)
    assert sums["leaflets"] == Sum(7, 1)
    assert lists.totals(lists.listing("session", "phong chay")).sums["attendance"] == Sum(120, 2)
    office.records.void("session", first, "Nhập trùng")
    shown = lists.listing("session", voided=True)
    assert lists.totals(shown).sums["attendance"] == Sum(23, 2)


def test_states_are_counted_whatever_state_is_shown(office: Office) -> None:
    states = [one.id for one in office.codes[SPECS["incident"].field("state").codes].values][:2]
    for state in (states[0], states[0], states[1]):
        add(office, "incident", INCIDENT, state=state, closed_on="2026-11-21", result="Xong")
    listing = office.lists.listing("incident", states=(states[1],))
    assert office.lists.totals(listing).states == {states[0]: 2, states[1]: 1}


def test_years_nested_units_and_unlike_measures_are_not_added_up() -> None:
    assert summed(SPECS["unit"]) == ()
    assert summed(SPECS["joint_work"]) == ()
    assert summed(SPECS["opening_figure"]) == ()
    assert "year" not in summed(SPECS["funding"])
    assert "granted" in summed(SPECS["funding"])


@pytest.mark.parametrize("kind", SPECS)
def test_no_sum_is_taken_of_what_is_private(kind: str) -> None:
    assert not any(SPECS[kind].field(name).private for name in summed(SPECS[kind]))


def test_a_text_is_ordered_by_the_vietnamese_alphabet_and_empty_ones_come_last(
    office: Office,
) -> None:
    for place in ("Đường Mẫu", "Chợ Mẫu", "Ao Mẫu", "Dốc Mẫu"):
        add(office, "incident", INCIDENT, title=place, place=place)
    add(office, "incident", INCIDENT, title="không nơi", place=None)
    rising = ["Ao Mẫu", "Chợ Mẫu", "Dốc Mẫu", "Đường Mẫu"]
    assert incident_ids(office, order_by="place") == [*rising, "không nơi"]
    assert incident_ids(office, order_by="place", downward=True) == [*rising[::-1], "không nơi"]


def test_a_choice_is_ordered_as_its_list_is(office: Office) -> None:
    kinds = [one.id for one in office.codes[SPECS["incident"].field("kind").codes].values][:3]
    for at in (2, 0, 1):
        add(office, "incident", INCIDENT, title=str(at), kind=kinds[at])
    assert incident_ids(office, order_by="kind") == ["0", "1", "2"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 50) | st.none(), min_size=1, max_size=6), st.booleans())
def test_an_ordered_list_holds_each_record_once(
    office: Office, numbers: list[int | None], downward: bool
) -> None:
    for record in office.lists.every("incident"):
        if record.standing().reason is None:
            office.records.void("incident", record.id, "Thử")
    for number in numbers:
        add(office, "incident", INCIDENT, title=f"{number}", injuries=number)
    found = incident_ids(office, order_by="injuries", downward=downward)
    there = sorted((one for one in numbers if one is not None), reverse=downward)
    empty = [one for one in numbers if one is None]
    assert found == [str(one) for one in [*there, *empty]]


def test_a_list_is_never_ordered_by_what_is_private(office: Office) -> None:
    with pytest.raises(ValueError, match="private"):
        incident_ids(office, order_by="callback")


def test_a_number_in_a_book_that_another_record_has_is_noticed(office: Office) -> None:
    held = add(office, "incident", INCIDENT, register_number="012", title="Vụ trước")
    values = {"register_number": "12", "occurred_on": "2026-01-02"}
    (found,) = office.likely.of("incident", values)
    assert (found.id, found.by) == (held, "số trong sổ, năm")
    assert "Vụ trước" in found.title
    assert office.likely.of("incident", values, but=held) == []
    assert office.likely.of("incident", {**values, "occurred_on": "2025-01-02"}) == []


def test_a_void_record_is_like_nothing(office: Office) -> None:
    held = add(office, "incident", INCIDENT, register_number="12")
    office.records.void("incident", held, "Nhập nhầm")
    values = {"register_number": "12", "occurred_on": str(INCIDENT["occurred_on"])}
    assert office.likely.of("incident", values) == []


def test_a_unit_of_the_same_name_is_noticed_however_it_is_written(office: Office) -> None:
    kind = office.codes[SPECS["unit"].field("unit_kind").codes].values[-1].id
    add(office, "unit", {"name": "Thôn Mẫu Đông", "unit_kind": kind})
    assert [one.title for one in office.likely.of("unit", {"name": "thon mau  đông"})] == [
        "Thôn Mẫu Đông"
    ]


def test_the_record_written_last_is_found_again(office: Office) -> None:
    first = add(office, "incident", INCIDENT, title="Một")
    second = add(office, "incident", INCIDENT, title="Hai")
    newest = office.lists.newest("incident", office.unit)
    assert newest is not None
    assert newest.id == second
    office.records.change("incident", first, {"place": "Chợ Mẫu"})
    again = office.lists.newest("incident", office.unit)
    assert again is not None
    assert again.id == first
    assert office.lists.newest("scheme", office.unit) is None
