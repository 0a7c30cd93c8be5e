"""Devices that never meet meet at the receiver, and what only it still holds comes home."""

from __future__ import annotations

from antq_desktop.domain.answers import Answer, Outcome
from antq_desktop.domain.carried import to_line
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.merging import Save, Stamp, part_of_save
from antq_desktop.domain.record import Record
from antq_desktop.services.office import Office
from tests.exchange import (
    World,
    add,
    backup_of,
    enrol,
    forged_answer,
    incident,
    own_up,
    record_in,
    restored,
    up,
)
from tests.services.test_siblings import joined, shared
from tests.stores import store_of, unsound


def _two(world: World) -> Office:
    second = joined(world, "02", world.commune)
    enrol(second, world.receiver, world.stick)
    shared(world, world.commune, second)
    return second


def _answered(world: World, *offices: Office) -> None:
    path = world.answered()
    for office in offices:
        office.handover.returning.accept(path)


def test_what_one_device_sent_reaches_the_other_through_the_receiver(world: World) -> None:
    second = _two(world)
    first = world.commune
    record = add(first, narrative="Chỉ trong đơn vị")
    world.merged(world.sent(first))
    other = add(second)
    world.merged(world.sent(second))
    _answered(world, first, second)
    assert up(first) == up(second) == own_up(world.receiver, first)
    assert record_in(first, other)
    assert "narrative" not in record_in(second, record).values()
    assert unsound(first) == unsound(second) == unsound(world.receiver) == []


def test_what_was_edited_apart_is_a_conflict_at_home_too(world: World) -> None:
    record = add(world.commune)
    second = _two(world)
    for office, injuries in ((world.commune, 1), (second, 2)):
        office.records.change("incident", record, {"injuries": injuries})
        world.merged(world.sent(office))
    _answered(world, world.commune, second)
    for office in (world.commune, second):
        assert record_in(office, record).conflicts() == ("injuries",)
    second.records.change("incident", record, {"injuries": 2})
    world.merged(world.sent(second))
    _answered(world, world.commune, second)
    assert record_in(world.commune, record).values()["injuries"] == 2
    assert record_in(world.commune, record).conflicts() == ()


def test_a_restored_device_gets_back_what_only_the_receiver_still_had(world: World) -> None:
    add(world.commune)
    world.round()
    backup = backup_of(world, "11074")
    lost = add(world.commune, title="Sau bản sao lưu")
    before = up(world.commune)
    world.round()
    restored(world, "11074", backup)
    assert up(world.commune) != before
    world.merged(world.sent())
    _answered(world, world.commune)
    assert record_in(world.commune, lost).values()["title"] == "Sau bản sao lưu"
    assert up(world.commune) == before == own_up(world.receiver, world.commune)


def test_a_device_that_made_everything_itself_gets_none_of_it_back(world: World) -> None:
    for _ in range(3):
        add(world.commune)
        world.round()
    assert world.receiver.handover.returning.going_down(world.commune.unit) == {}


def test_what_both_devices_have_taken_in_is_not_sent_down_again(world: World) -> None:
    second = _two(world)
    for office in (world.commune, second):
        add(office)
        world.merged(world.sent(office))
    _answered(world, world.commune, second)
    for office in (world.commune, second):
        world.merged(world.sent(office))
    going = world.receiver.handover.returning.going_down(world.commune.unit)
    assert sum(len(records) for records in going.values()) == 0


def test_a_bundle_of_a_sibling_taken_back_leaves_what_came_home(world: World) -> None:
    second = _two(world)
    record = add(second)
    world.merged(world.sent(world.commune))
    world.merged(world.sent(second))
    sealing = second.handover.sealing
    between = sealing.carry(sealing.seal_siblings().row.digest, world.stick).path
    world.merged(between, world.commune)
    _answered(world, world.commune)
    withdrawing = world.commune.handover.taking.withdrawing
    row = next(r for r in world.commune.handover.taking.received() if r.name == between.name)
    withdrawing.withdraw(withdrawing.preview(row.sha256))
    assert record_in(world.commune, record).values()["title"] == incident()["title"]


def test_from_above_comes_no_save_in_the_name_of_this_very_store(world: World) -> None:
    _two(world)
    with store_of(world.commune).reading() as reader:
        writer, counter = reader.setting("writer"), int(reader.setting("counter"))
    save = Save(Stamp(counter + 5, writer), "Nguyễn Văn Mẫu", "2026-11-20T08:00:00", ())
    unit = world.commune.unit
    made_up = Record("incident", "a" * 32, unit, up=part_of_save(save, incident()))
    path = forged_answer(
        world,
        world.receiver,
        {"incident": [to_line(made_up)]},
        Answer(),
        kind=BundleKind.RETURN,
        receiver=world.commune.handover.devices.own_unit(),
        counter=counter + 5,
    )
    accepted = world.commune.handover.returning.accept(path)
    assert accepted.brought.totals == {Outcome.REJECTED: 1}
    assert accepted.brought.items[0].codes == ("fork_stamp",)


def test_what_was_answered_before_the_second_device_spoke_still_comes_home(world: World) -> None:
    second = _two(world)
    record = add(world.commune)
    world.merged(world.sent(world.commune))
    _answered(world, world.commune, second)  # one writer so far: nothing comes home
    for office in (world.commune, second):
        world.merged(world.sent(office))
    _answered(world, world.commune, second)
    assert record_in(second, record)
    assert up(second) == up(world.commune) == own_up(world.receiver, second)
