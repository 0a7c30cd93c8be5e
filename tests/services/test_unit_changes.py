"""Units merge, split and are renamed by decisions; nothing that was written is rewritten."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.record import Record
from antq_desktop.domain.succession import ByUnits
from antq_desktop.services.office import Office
from antq_desktop.services.unit_changes import Draft, Step
from tests.exchange import World, add, own_up, record_in
from tests.stores import store_of

FIRST, SECOND, THIRD = "11074@2025-07-01", "11914@2025-07-01", "10660@2025-07-01"
DAY = "2026-06-01"


def merger(*pairs: tuple[str, str], part: bool = False, on: str = DAY) -> Draft:
    steps = tuple(Step(old, f"Xã {old[:5]}", new, f"Xã {new[:5]}", part) for old, new in pairs)
    return Draft("Nhập xã", on, steps, number="12/NQ")


def by_unit(office: Office, by: ByUnits, period: str = "2026") -> dict[str, int]:
    reports = office.reports.by(by)
    figure = reports.figure("incidents", office.periods.named(period))
    assert sum(figure.by_unit.values()) == figure.value, "the parts make up the whole"
    return dict(figure.by_unit)


def neighbourhood(office: Office, name: str) -> str:
    values: dict[str, Value] = {
        "name": name,
        "unit_kind": "neighbourhood",
        "parent": office.unit,
        "tt124": True,
    }
    return office.records.add("unit", values).ids[0]


def test_figures_across_the_day_stand_by_the_old_and_by_the_new_units(world: World) -> None:
    first, second = world.commune, world.office("11914")
    add(first, occurred_on="2026-03-01")
    add(second, occurred_on="2026-03-02")
    add(first, occurred_on="2026-09-01")
    for office in (first, second):
        world.merged(world.sent(office))
    receiver = world.receiver
    before = by_unit(receiver, ByUnits.NOW)
    assert before == {FIRST: 2, SECOND: 1}
    saved = receiver.unit_changes.enter(merger((SECOND, FIRST)))
    assert by_unit(receiver, ByUnits.NOW) == {FIRST: 3}
    assert by_unit(receiver, ByUnits.BEFORE) == {FIRST: 2, SECOND: 1}
    assert len(receiver.reports.records_of("incidents", receiver.periods.named("2026"), FIRST)) == 3
    names = {unit.id for unit in receiver.reports.annual(receiver.periods.named("2026")).units}
    assert FIRST in names
    assert SECOND not in names
    receiver.unit_changes.void(saved.ids[-1], "Nhập nhầm đơn vị")
    assert by_unit(receiver, ByUnits.NOW) == before
    (decision,) = receiver.unit_changes.decisions()
    assert decision.void == "Nhập nhầm đơn vị"


def test_a_bundle_of_the_old_unit_that_comes_after_the_merger_is_taken(world: World) -> None:
    second, receiver = world.office("11914"), world.receiver
    record = add(second)
    path = world.sent(second)
    receiver.unit_changes.enter(merger((SECOND, FIRST)))
    assert world.merged(path).row.state == "merged"
    assert record_in(receiver, record).owner == SECOND
    assert own_up(receiver, second) == own_up(second, second)
    assert by_unit(receiver, ByUnits.NOW) == {FIRST: 1}
    assert by_unit(receiver, ByUnits.BEFORE) == {SECOND: 1}
    second.handover.returning.accept(world.answered(second))
    assert second.handover.sealing.waiting() == 0


def test_a_decision_goes_down_to_the_communes_and_does_so_again_when_void(world: World) -> None:
    second, receiver = world.office("11914"), world.receiver
    add(second)
    saved = receiver.unit_changes.enter(merger((SECOND, FIRST)))
    world.round(second)
    assert second.unit_changes.succession().heir(SECOND) == FIRST
    receiver.unit_changes.void(saved.ids[-1], "Nhập nhầm")
    world.round(second)
    assert second.unit_changes.succession().heir(SECOND) == SECOND


def test_the_unit_that_took_over_writes_for_the_old_one_and_nobody_else_does(world: World) -> None:
    first, second, receiver = world.commune, world.office("11914"), world.receiver
    add(second)
    world.merged(world.sent(second))
    gate = receiver.handover.taking._gate
    assert gate.writes_for(FIRST) == {FIRST}
    receiver.unit_changes.enter(merger((SECOND, FIRST)))
    assert gate.writes_for(FIRST) == {FIRST, SECOND}
    assert gate.writes_for(SECOND) == {SECOND}
    assert gate.writes_for(THIRD) == {THIRD}
    with store_of(receiver).reading() as reader:
        known = {one.device.unit.id: one for one in gate._known(reader).values()}
    assert known[FIRST].speaks_for(SECOND)
    assert known[SECOND].speaks_for(FIRST)
    assert not known[THIRD].speaks_for(FIRST)
    assert first.unit == FIRST


def test_no_commune_can_say_that_its_neighbour_is_a_part_of_it(world: World) -> None:
    first, second, receiver = world.commune, world.office("11914"), world.receiver
    add(second)
    world.merged(world.sent(second))
    first.unit_changes.enter(merger((SECOND, FIRST)))
    world.merged(world.sent(first))
    assert by_unit(receiver, ByUnits.NOW) == {SECOND: 1}
    assert receiver.handover.taking._gate.writes_for(FIRST) == {FIRST}


def test_a_split_goes_neighbourhood_by_neighbourhood(world: World) -> None:
    first, receiver = world.commune, world.receiver
    moved, stays = neighbourhood(first, "Thôn Mẫu Một"), neighbourhood(first, "Thôn Mẫu Hai")
    add(first, unit=moved)
    add(first, unit=stays)
    add(first)
    world.merged(world.sent(first))
    steps = (
        Step(FIRST, "Xã A", SECOND, "Xã B", part=True),
        Step(moved, "Thôn Mẫu Một", SECOND, "Xã B"),
    )
    receiver.unit_changes.enter(Draft("Chia xã", DAY, steps))
    assert by_unit(receiver, ByUnits.NOW) == {FIRST: 2, SECOND: 1}
    assert by_unit(receiver, ByUnits.BEFORE) == {FIRST: 3}


def test_two_neighbourhoods_become_one_and_come_back_when_it_was_wrong(world: World) -> None:
    commune = world.commune
    one, other = neighbourhood(commune, "Thôn Mẫu Một"), neighbourhood(commune, "Thôn Mẫu Hai")
    kept = add(commune, unit=one)
    steps = tuple(
        Step(old, name, "", "Thôn Mẫu Mới")
        for old, name in ((one, "Thôn Mẫu Một"), (other, "Thôn Mẫu Hai"))
    )
    effect = commune.unit_changes.preview(Draft("Nhập thôn", DAY, steps))
    assert effect.ends == ("Thôn Mẫu Một", "Thôn Mẫu Hai")
    assert effect.begins == ("Thôn Mẫu Mới",)
    assert [moved.records for moved in effect.moved] == [1, 0]
    saved = commune.unit_changes.enter(Draft("Nhập thôn", DAY, steps))
    new = next(unit for unit in commune.unit_changes.units() if unit.name == "Thôn Mẫu Mới")
    assert record_in(commune, one, "unit").values()["valid_to"] == "2026-05-31"
    assert record_in(commune, new.id, "unit").values()["valid_from"] == DAY
    assert commune.unit_changes.succession().heir(one) == new.id
    assert record_in(commune, kept).values()["unit"] == one
    commune.unit_changes.void(saved.ids[-1], "Nhầm thôn")
    assert "valid_to" not in record_in(commune, one, "unit").values()
    assert commune.unit_changes.succession().heir(one) == one


def test_on_the_day_before_a_merger_the_old_neighbourhoods_still_count(world: World) -> None:
    commune = world.commune
    steps = tuple(
        Step(neighbourhood(commune, name), name, "", "Thôn Mẫu Mới")
        for name in ("Thôn Mẫu Một", "Thôn Mẫu Hai")
    )
    commune.unit_changes.enter(Draft("Nhập thôn", "2026-01-01", steps))
    for period, count in (("2025", 2), ("2026", 1)):
        figure = commune.reports.figure("neighbourhoods", commune.periods.named(period))
        assert figure.value == count, period


def test_a_rename_keeps_the_figures_of_both_names_together(world: World) -> None:
    second, receiver = world.office("11914"), world.receiver
    add(second)
    world.merged(world.sent(second))
    new = f"XMOI@{DAY}"
    receiver.unit_changes.enter(Draft("Đổi tên", DAY, (Step(SECOND, "Xã cũ", new, "Xã Mẫu Mới"),)))
    assert by_unit(receiver, ByUnits.NOW) == {new: 1}
    report = receiver.reports.annual(receiver.periods.named("2026"))
    assert {unit.id: unit.name for unit in report.units}[new] == "Xã Mẫu Mới"


def test_a_decision_of_tomorrow_changes_nothing_today(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    world.receiver.unit_changes.enter(merger((FIRST, SECOND), on="2099-01-01"))
    assert by_unit(world.receiver, ByUnits.NOW) == {FIRST: 1}


def test_the_table_of_2025_loads_as_one_decision_for_a_commune_and_for_a_province(
    world: World,
) -> None:
    for office in (world.commune, world.receiver):
        draft = office.unit_changes.table_of_2025()
        assert draft.effective_on == "2025-07-01"
        office.unit_changes.enter(draft)
        (decision,) = office.unit_changes.decisions()
        assert len(decision.steps) == len(draft.steps) > 1
        assert "vietnamadminunits" in decision.source
        with pytest.raises(UserError) as refused:
            office.unit_changes.table_of_2025()
        assert refused.value.code == "table_loaded"


def test_what_a_report_says_of_the_old_unit_counts_once_under_the_new(world: World) -> None:
    second, receiver = world.office("11914"), world.receiver
    add(second)
    add(world.commune)
    for office in (second, world.commune):
        world.merged(world.sent(office))
    receiver.records.add(
        "opening_figure",
        {"unit": SECOND, "measure": "incidents", "period": "2026", "value": 7, "document": "12/BC"},
    )
    receiver.unit_changes.enter(merger((SECOND, FIRST)))
    assert by_unit(receiver, ByUnits.NOW) == {FIRST: 8}
    assert by_unit(receiver, ByUnits.BEFORE) == {FIRST: 1, SECOND: 7}


def test_a_preview_says_what_is_wrong_and_writes_nothing(world: World) -> None:
    changes = world.receiver.unit_changes
    with pytest.raises(UserError) as refused:
        changes.preview(Draft("Nhập xã", DAY, ()))
    assert refused.value.code == "no_steps"
    with pytest.raises(UserError) as refused:
        changes.preview(merger((SECOND, FIRST), on="06/2026"))
    assert refused.value.code == "day_not_whole"
    changes.enter(merger((SECOND, FIRST)))
    effect = changes.preview(merger((SECOND, THIRD)))
    assert any("quyết định khác" in told for told in effect.warnings)
    with store_of(world.receiver).reading() as reader:
        held: list[Record] = list(reader.all_records("unit_change"))
    assert len(held) == 1
