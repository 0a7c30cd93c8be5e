"""Nothing is lost, nothing is counted twice, and no order of arrival changes the result."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.carried import to_line
from antq_desktop.domain.clock import VIETNAM
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.services.records import Edit
from antq_desktop.services.taking import StaleError
from tests.exchange import (
    COMMUNES,
    NAMES,
    RECEIVER,
    World,
    add,
    enrol,
    forged,
    incident,
    own_up,
    record_in,
    up,
    whole,
)
from tests.stores import OFFICER, PASSWORD, store_of, unsound


def _histories(world: World, dice: random.Random) -> list[Path]:
    """Let every commune work for a while, and return the bundles that it made on the way."""
    paths: list[Path] = []
    for name in COMMUNES:
        office = world.office(name)
        records: list[str] = []
        for _ in range(dice.randint(2, 4)):
            for _ in range(dice.randint(1, 3)):
                _work(office, records, dice)
            paths.append(world.sent(office))
    return paths


def _work(office: Office, records: list[str], dice: random.Random) -> None:
    in_force = [one for one in records if record_in(office, one).standing().reason is None]
    what = dice.random()
    if what < 0.4 or not in_force:
        records.append(add(office, title=f"Vụ việc {dice.random()}"))
    elif what < 0.8:
        office.records.change("incident", dice.choice(in_force), {"injuries": dice.randint(0, 99)})
    else:
        office.records.void("incident", dice.choice(in_force), "Nhập nhầm")


def _delivered(world: World, paths: Sequence[Path], dice: random.Random) -> list[bytes]:
    """Deliver bundles to a receiver of its own, some of them twice, and return what it holds."""
    name = f"{RECEIVER}-{dice.random()}"
    shutil.copytree(world.folder / "fresh", world.folder / name)
    order = [*paths, *dice.sample(list(paths), k=min(3, len(paths)))]
    dice.shuffle(order)
    office = world.office(name)
    for path in order:
        world.merged(path, office)
    found = up(office)
    assert unsound(office) == []
    world.close(name)
    return found


def _any_order(world: World, seed: int, deliveries: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same histories in every run
    world.close(*(name for name in NAMES if name in world.opened))
    shutil.copytree(world.folder / RECEIVER, world.folder / "fresh")
    paths = _histories(world, dice)
    first = _delivered(world, paths, dice)
    for name in COMMUNES:
        mark = f'"owner":"{world.office(name).unit}"'.encode()
        assert [line for line in first if mark in line] == up(world.office(name))
    for _ in range(deliveries):
        assert _delivered(world, paths, dice) == first


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_with_duplicates_ends_in_the_same_bytes(world: World, seed: int) -> None:
    _any_order(world, seed, deliveries=2)


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(100, 125))
def test_many_orders_with_duplicates_end_in_the_same_bytes(world: World, seed: int) -> None:
    _any_order(world, seed, deliveries=4)


def test_the_same_bundle_again_changes_nothing_and_is_answered_again(world: World) -> None:
    add(world.commune)
    path = world.sent()
    world.merged(path)
    before, answer = whole(world.receiver), world.answered()
    renamed = path.rename(path.with_name("ban sao (1).antq"))
    taken = world.receiver.handover.taking.take(renamed)
    assert taken.already_merged
    assert whole(world.receiver) == before
    again = world.answered()
    assert again.name != answer.name
    told = world.commune.handover.returning.accept(again)
    assert (told.acknowledged, told.owed) == (1, 0)


def test_the_same_content_in_another_envelope_is_the_same_bundle(world: World) -> None:
    """Two copies taken before either is merged: the second merge finds the first one done."""
    lines = {"incident": [to_line(record_in(world.commune, add(world.commune)))]}
    copies = [forged(world, world.commune, lines) for _ in range(2)]
    assert copies[0].read_bytes() != copies[1].read_bytes()
    taking = world.receiver.handover.taking
    first, second = (taking.preview(taking.take(path)) for path in copies)
    taking.merge(first)
    before = whole(world.receiver)
    assert taking.merge(second).sentence.endswith("đã nhập trước đó, dữ liệu không đổi.")
    assert whole(world.receiver) == before


def test_an_older_bundle_that_comes_late_changes_nothing(world: World) -> None:
    record = add(world.commune)
    old = world.sent()
    world.commune.records.change("incident", record, {"injuries": 2})
    world.merged(world.sent())
    before = whole(world.receiver)
    merged = world.merged(old)
    assert merged.plan.totals == {Outcome.UNCHANGED: 2}
    assert whole(world.receiver) == before


def test_a_lost_stick_heals_with_the_next_bundle(world: World) -> None:
    world.round()
    lost = add(world.commune)
    world.sent().unlink()
    add(world.commune)
    world.round()
    assert own_up(world.receiver, world.commune) == up(world.commune)
    assert record_in(world.receiver, lost)
    states = [line.state for line in world.commune.handover.registers.sent()]
    assert states == ["acknowledged", "covered", "acknowledged"]
    assert world.commune.handover.sealing.waiting() == 0


def test_only_what_changed_since_the_confirmed_bundle_is_sent(world: World) -> None:
    for _ in range(3):
        record = add(world.commune)
    world.round()
    for injuries in range(5):
        world.commune.records.change("incident", record, {"injuries": injuries})
    sealing = world.commune.handover.sealing
    made = sealing.seal_up()
    assert (made.row.records, made.row.basis) == (1, 1)
    assert sealing.seal_up().row.basis == 1
    world.round()
    empty = sealing.seal_up()
    assert empty.row.records == 0
    assert empty.sentence == "Đã lập gói số 5 gửi Thành phố Hải Phòng: không có hồ sơ mới."


def test_a_void_travels_and_so_does_its_end(world: World) -> None:
    record = add(world.commune)
    world.round()
    voided = world.commune.records.void("incident", record, "Nhập nhầm vụ việc")
    world.round()
    assert record_in(world.receiver, record).standing().reason == "Nhập nhầm vụ việc"
    world.commune.records.undo(voided.seq)
    world.round()
    assert record_in(world.receiver, record).standing().reason is None
    assert own_up(world.receiver, world.commune) == up(world.commune)


def _second_device(world: World) -> Office:
    """Return the second device of the first commune, begun from its bundle for siblings."""
    offices = world.offices("second")
    new = NewProfile("commune", COMMUNES[0], OFFICER, PASSWORD)
    second = offices.make(world.folder / "second", new)
    world.opened["second"] = second
    enrol(second, world.commune, world.stick)
    enrol(second, world.receiver, world.stick)
    _share(world, world.commune, second)
    return second


def _share(world: World, teller: Office, hearer: Office) -> None:
    sealing = teller.handover.sealing
    path = sealing.carry(sealing.seal_siblings().row.digest, world.stick).path
    world.merged(path, hearer)


def test_a_second_device_starts_from_the_first_and_both_meet(world: World) -> None:
    record = add(world.commune, narrative="Chỉ trong đơn vị", callback="0100000001")
    second = _second_device(world)
    values = record_in(second, record).values()
    assert values["narrative"] == "Chỉ trong đơn vị"
    assert "callback" not in values
    second.records.change("incident", record, {"narrative": "Viết thêm"})
    add(second)
    _share(world, second, world.commune)
    _share(world, world.commune, second)
    assert whole(second) == whole(world.commune)


def test_what_two_devices_wrote_apart_is_one_conflict_above_and_both_values_stay(
    world: World,
) -> None:
    record = add(world.commune)
    second = _second_device(world)
    world.commune.records.change("incident", record, {"injuries": 1, "deaths": 0})
    second.records.change("incident", record, {"injuries": 2, "damage": 5})
    for office in (second, world.commune):
        world.merged(world.sent(office))
    found = record_in(world.receiver, record)
    assert found.conflicts() == ("injuries",)
    assert set(found.up.fields["injuries"].values()) == {1, 2}
    assert {found.values()["deaths"], found.values()["damage"]} == {0, 5}
    before = whole(world.receiver)
    add(world.commune)
    merged = world.merged(world.sent())
    assert Outcome.CONFLICT not in merged.plan.totals
    assert record_in(world.receiver, record).conflicts() == ("injuries",)
    assert len(whole(world.receiver)) == len(before) + 1

    _share(world, second, world.commune)
    assert record_in(world.commune, record).conflicts() == ("injuries",)
    world.commune.records.change("incident", record, {"injuries": 2})
    world.merged(world.sent())
    assert record_in(world.receiver, record).conflicts() == ()
    assert record_in(world.receiver, record).values()["injuries"] == 2


def test_a_plan_that_is_no_longer_true_is_not_applied(world: World) -> None:
    record = add(world.commune)
    old = world.sent()
    world.commune.records.change("incident", record, {"injuries": 3})
    new = world.sent()
    taking = world.receiver.handover.taking
    shown = taking.preview(taking.take(old))
    world.merged(new)
    before = whole(world.receiver)
    with pytest.raises(StaleError) as stale:
        taking.merge(shown)
    assert whole(world.receiver) == before
    assert stale.value.preview.plan.totals == {Outcome.UNCHANGED: 2}
    taking.merge(stale.value.preview)
    assert whole(world.receiver) == before


def test_a_plan_that_is_still_true_is_applied_though_others_were_merged(world: World) -> None:
    taking = world.receiver.handover.taking
    staged = []
    for name in COMMUNES:
        add(world.office(name))
        staged.append(taking.preview(taking.take(world.sent(world.office(name)))))
    for preview in staged[::-1]:
        assert taking.merge(preview).plan == preview.plan
    for name in COMMUNES:
        assert own_up(world.receiver, world.office(name)) == up(world.office(name))


@pytest.mark.parametrize("year", [1980, 2009, 2038, 2099])
def test_no_clock_decides(world: World, year: int) -> None:
    record = add(world.commune, title="Trước")
    first = world.sent()
    world.clock.set(datetime(year, 1, 20, 3, 14, 8, tzinfo=VIETNAM))
    world.commune.records.change("incident", record, {"title": "Sau"})
    second = world.sent()
    for path in (second, first):
        world.clock.advance(days=-400)
        world.merged(path)
    assert record_in(world.receiver, record).values()["title"] == "Sau"
    assert own_up(world.receiver, world.commune) == up(world.commune)
    world.commune.handover.returning.accept(world.answered())
    assert world.commune.handover.sealing.waiting() == 0


def test_what_a_merge_brought_stands_in_history_and_the_chain_holds(world: World) -> None:
    record = add(world.commune)
    world.round()
    with store_of(world.receiver).reading() as reader:
        actions = [line.entry.action for line in reader.history_of(record)]
    assert actions == ["merge"]
    assert world.receiver.verify_history().broken_at is None


def test_a_bundle_of_a_thousand_records_is_sealed_whole(world: World) -> None:
    office = world.commune
    edits = [
        Edit("incident", office.records.new_id(), incident(injuries=n), created=True)
        for n in range(1000)
    ]
    office.records.save(edits)
    assert office.handover.sealing.seal_up().row.records == 1001
