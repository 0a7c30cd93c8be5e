"""What is more than one bundle holds goes in several; and what changed a lot costs what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.record import Record
from antq_desktop.services.office import Office
from antq_desktop.storage.exchange import WITHDRAWN
from tests.exchange import World, add, incident, own_up, record_in, up
from tests.stores import OFFICER, store_of


def _sealed_parts(world: World, *, room: int) -> list[Path]:
    sealing = world.commune.handover.sealing
    sealing.room = room
    paths: list[Path] = []
    while True:
        made = sealing.seal_up()
        assert made.row.records <= room
        paths.append(sealing.carry(made.row.digest, world.stick).path)
        if "chưa vào gói" not in made.sentence:
            return paths


def _waiting(office: Office) -> int:
    return office.handover.sealing.waiting()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_more_than_a_bundle_holds_goes_in_several_that_arrive_in_any_order(
    world: World, order: tuple[int, ...]
) -> None:
    for number in range(7):
        add(world.commune, title=f"Vụ việc ví dụ số {number}")
    total = _waiting(world.commune)
    paths = _sealed_parts(world, room=3)
    assert len(paths) == len(order)
    for place in order:
        world.merged(paths[place])
    assert own_up(world.receiver, world.commune) == up(world.commune)
    assert _waiting(world.commune) == total
    world.commune.handover.returning.accept(world.answered())
    assert _waiting(world.commune) == 0


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_part_that_was_lost_goes_again_with_all_that_follows_it(world: World, lost: int) -> None:
    for number in range(7):
        add(world.commune, title=f"Vụ việc ví dụ số {number}")
    paths = _sealed_parts(world, room=3)
    for number, path in reversed(list(enumerate(paths))):
        if number != lost:
            world.merged(path)
    world.commune.handover.returning.accept(world.answered())
    assert _waiting(world.commune) >= 7 - 3 * lost
    for path in _sealed_parts(world, room=3):
        world.merged(path)
    assert own_up(world.receiver, world.commune) == up(world.commune)
    world.commune.handover.returning.accept(world.answered())
    assert _waiting(world.commune) == 0


def test_what_changes_between_two_parts_goes_with_the_last(world: World) -> None:
    ids = [add(world.commune, title=f"Vụ việc ví dụ số {number}") for number in range(5)]
    sealing = world.commune.handover.sealing
    sealing.room = 4
    first = sealing.seal_up()
    assert "lập tiếp gói sau" in first.sentence
    world.commune.records.change("incident", ids[0], {"injuries": 4})
    rest = _sealed_parts(world, room=4)
    for path in (*rest, sealing.carry(first.row.digest, world.stick).path):
        world.merged(path)
    assert record_in(world.receiver, ids[0]).values()["injuries"] == 4
    assert own_up(world.receiver, world.commune) == up(world.commune)


def test_a_part_that_is_taken_back_goes_again(world: World) -> None:
    for number in range(5):
        add(world.commune, title=f"Vụ việc ví dụ số {number}")
    first, *rest = [world.merged(path).row for path in _sealed_parts(world, room=3)]
    withdrawing = world.receiver.handover.taking.withdrawing
    withdrawing.withdraw(withdrawing.preview(first.sha256))
    assert {row.state for row in world.receiver.handover.taking.received()} >= {WITHDRAWN}
    world.commune.handover.returning.accept(world.answered())
    for path in _sealed_parts(world, room=3):
        world.merged(path)
    assert rest
    assert own_up(world.receiver, world.commune) == up(world.commune)


def test_one_action_that_wrote_more_than_a_bundle_holds_is_told_in_a_sentence(world: World) -> None:
    with store_of(world.commune).writing(OFFICER, Action.ADD) as work:
        for _ in range(5):
            new = Record("incident", world.commune.records.new_id(), world.commune.unit)
            work.save(new, incident(), created=True)
    sealing = world.commune.handover.sealing
    sealing.room = 4
    with pytest.raises(UserError) as refused:
        _sealed_parts(world, room=4)
    assert refused.value.code == "too_many_records"


def test_a_thousand_revisions_of_one_record_cost_in_a_bundle_what_one_does(world: World) -> None:
    ids = [add(world.commune, title="Vụ việc ví dụ"), add(world.commune, title="Vụ việc ví dụ")]
    world.round()
    sealing = world.commune.handover.sealing

    def sealed_after(id_: str, times: int) -> int:
        for number in range(1, times + 1):
            with store_of(world.commune).writing(OFFICER, Action.SET) as work:
                held = work.record("incident", id_)
                assert held is not None
                work.save(held, {"injuries": number % 7}, created=False)
        row = sealing.seal_up().row
        assert row.records == 1
        world.merged(sealing.carry(row.digest, world.stick).path)
        world.commune.handover.returning.accept(world.answered())
        return row.size

    one = sealed_after(ids[0], 1)
    thousand = sealed_after(ids[1], 1000)
    assert thousand <= 1.02 * one  # a counter of four digits, and the numbers of bundles
    assert own_up(world.receiver, world.commune) == up(world.commune)


def test_an_export_reads_the_rows_that_changed_and_no_others(world: World) -> None:
    add(world.commune)
    world.round()
    with store_of(world.commune).reading() as reader:
        run = reader.connection.exec_driver_sql
        for kind in reader.specs:
            for what in ("count(*)", "id, row"):
                asked = f"EXPLAIN QUERY PLAN SELECT {what} FROM {kind} WHERE changed > 5"  # noqa: S608 - ours
                (plan,) = [str(row[3]) for row in run(asked)]
                assert plan.startswith("SEARCH"), plan
                assert f"{kind}_changed" in plan
