"""Devices of one unit: the second starts from the first, each knows what the other still lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.periods import calendar_period
from antq_desktop.services.joining import Joiner, join, read_first_device
from antq_desktop.services.office import Office
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import BasisRow
from tests.exchange import (
    COMMUNES,
    World,
    add,
    backup_of,
    code_of,
    enrol,
    own_up,
    record_in,
    restored,
    up,
    whole,
)
from tests.stores import OFFICER, PASSWORD, store_of, unsound


def joined(world: World, name: str, first: Office) -> Office:
    """Let a new device join through an enrolled one, as the command and the first page do."""
    slip = first.handover.devices.write_slip(world.stick)
    found = read_first_device(slip)
    joiner = Joiner(code_of(first), OFFICER, PASSWORD, label=f"Máy {name}")
    office = join(world.offices(name), world.folder / name, found, joiner)
    world.opened[name] = office
    first.handover.devices.enrol(office.handover.devices.write_slip(world.stick), code_of(office))
    return office


def shared(world: World, teller: Office, *hearers: Office) -> list[dict[Outcome, int]]:
    """Carry a bundle for siblings to each of them and return what became of its records."""
    sealing = teller.handover.sealing
    path = sealing.carry(sealing.seal_siblings().row.digest, world.stick).path
    return [dict(world.merged(path, hearer).plan.totals) for hearer in hearers]


def _basis_of(office: Office, other: Office) -> int:
    device = other.handover.devices.keys().public.device
    with store_of(office).reading() as reader:
        found = exchange.select(reader.connection, BasisRow, "WHERE addressee = ?", (device,))
    return found[0].number if found else 0


def test_a_second_device_joins_and_holds_the_same_records_the_same_day(world: World) -> None:
    record = add(world.commune, narrative="Chỉ trong đơn vị", callback="0100000001")
    second = joined(world, "02", world.commune)
    assert second.unit == world.commune.unit
    assert whole(second) == []
    shared(world, world.commune, second)
    assert whole(second) == whole(world.commune)
    values = record_in(second, record).values()
    assert values["narrative"] == "Chỉ trong đơn vị"
    assert "callback" not in values
    assert second.handover.devices.keys().public.unit == world.commune.handover.devices.own_unit()
    assert second.handover.devices.own_unit().name == "Xã Tứ Kỳ"
    assert record_in(second, second.unit, "unit").conflicts() == ()
    assert unsound(second) == []


def test_a_wrong_code_makes_no_profile(world: World) -> None:
    found = read_first_device(world.commune.handover.devices.write_slip(world.stick))
    wrong = Joiner(code_of(world.receiver), OFFICER, PASSWORD)
    with pytest.raises(UserError) as refused:
        join(world.offices("02"), world.folder / "02", found, wrong)
    assert refused.value.code == "fingerprint_differs"
    assert not (world.folder / "02").exists()


def test_only_what_changed_since_a_sibling_confirmed_goes_to_it(world: World) -> None:
    first = world.commune
    for _ in range(4):
        record = add(first)
    second = joined(world, "02", first)
    shared(world, first, second)
    shared(world, second, first)
    assert _basis_of(first, second) == 1
    first.records.change("incident", record, {"injuries": 1})
    made = first.handover.sealing.seal_siblings()
    assert (made.row.records, made.row.basis) == (1, 1)
    assert "thay đổi từ gói số 1" in made.sentence
    states = [line.state for line in first.handover.registers.sent()]
    assert states == ["sealed", "acknowledged"]


def test_a_lost_stick_between_siblings_heals_with_the_next_bundle(world: World) -> None:
    first = world.commune
    second = joined(world, "02", first)
    shared(world, first, second)
    shared(world, second, first)
    lost = add(first)
    shared(world, first)
    add(first)
    shared(world, first, second)
    assert record_in(second, lost)
    assert whole(second) == whole(first)


def test_a_new_third_device_gets_everything_and_so_does_nobody_else_afterwards(
    world: World,
) -> None:
    first = world.commune
    add(first)
    second = joined(world, "02", first)
    shared(world, first, second)
    shared(world, second, first)
    third = joined(world, "03", first)
    enrol(second, third, world.stick)
    made = first.handover.sealing.seal_siblings()
    assert made.row.basis == 0
    path = first.handover.sealing.carry(made.row.digest, world.stick).path
    world.merged(path, third)
    assert whole(third) == whole(first)
    shared(world, third, first, second)
    assert first.handover.sealing.seal_siblings().row.basis == 1  # the second has said no more yet


def test_three_devices_edit_the_same_records_apart_and_everything_survives(world: World) -> None:
    first = world.commune
    record, calm = add(first), add(first)
    second, third = joined(world, "02", first), joined(world, "03", first)
    enrol(second, third, world.stick)
    shared(world, first, second, third)
    devices = (first, second, third)
    for place, office in enumerate(devices, start=1):
        office.records.change("incident", record, {"injuries": place})
    first.records.change("incident", calm, {"damage": 5})
    second.records.change("incident", calm, {"deaths": 0})
    third.records.change("incident", calm, {"narrative": "Viết ở máy ba"})
    for _ in range(2):
        for teller in devices:
            shared(world, teller, *(one for one in devices if one is not teller))
    assert whole(first) == whole(second) == whole(third)
    for office in devices:
        found = record_in(office, record)
        assert found.conflicts() == ("injuries",)
        assert set(found.up.fields["injuries"].values()) == {1, 2, 3}
        values = record_in(office, calm).values()
        assert (values["damage"], values["deaths"]) == (5, 0)
        assert values["narrative"] == "Viết ở máy ba"
    second.records.change("incident", record, {"injuries": 2})
    shared(world, second, first, third)
    for office in devices:
        assert record_in(office, record).conflicts() == ()
        assert record_in(office, record).values()["injuries"] == 2
        assert unsound(office) == []


def test_upward_goes_no_private_field_whichever_device_sends(world: World) -> None:
    first = world.commune
    add(first, narrative="Chỉ trong đơn vị", callback="0100000001")
    second = joined(world, "02", first)
    enrol(second, world.receiver, world.stick)
    shared(world, first, second)
    world.merged(world.sent(second))
    told = b"".join(whole(world.receiver))
    assert "Chỉ trong đơn vị".encode() not in told
    assert b"0100000001" not in told
    assert own_up(world.receiver, first) == up(first)


def test_a_restored_sibling_is_believed_and_gets_again_what_its_backup_lacks(world: World) -> None:
    first = world.commune
    second = joined(world, "02", first)
    shared(world, first, second)
    backup = backup_of(world, "02")
    shared(world, second, first)
    add(first)
    shared(world, first, second)
    shared(world, second, first)
    assert _basis_of(first, second) == 2
    restored(world, "02", backup)
    again = world.office("02")
    shared(world, again, first)
    assert _basis_of(first, again) == 1
    shared(world, first, again)
    assert whole(again) == whole(first)


def test_a_bundle_for_siblings_is_refused_above_and_without_a_sibling_none_is_made(
    world: World, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as refused:
        world.commune.handover.sealing.seal_siblings()
    assert refused.value.code == "no_sibling"
    joined(world, "02", world.commune)
    sealing = world.commune.handover.sealing
    path = sealing.carry(sealing.seal_siblings().row.digest, tmp_path).path
    taken = world.receiver.handover.taking.take(path)
    assert taken.row.shelf == "not_for_us"
    assert world.office(COMMUNES[1]).handover.taking.take(path).row.shelf == "not_for_us"


def test_a_second_device_of_a_receiver_joins_and_takes_bundles_of_the_units_below(
    world: World,
) -> None:
    own = add(world.receiver, title="Vụ việc đơn vị tổng hợp tự ghi")
    second = joined(world, "R2", world.receiver)
    assert second.level == world.receiver.level
    shared(world, world.receiver, second)
    assert record_in(second, own).owner == world.receiver.unit
    assert own_up(second, world.receiver) == own_up(world.receiver, world.receiver)
    add(world.commune)
    world.round()  # the answer brings the new device to the commune
    slip = world.commune.handover.devices.write_slip(world.stick)
    second.handover.devices.enrol(slip, code_of(world.commune))
    add(world.commune)
    sent = world.sent()
    for office in (world.receiver, second):
        world.merged(sent, office)
    assert own_up(world.receiver, world.commune) == up(world.commune)
    assert second.reports.figure("incidents", calendar_period("2026")).value >= 2
