"""Taking a merged bundle back: three heaps, nothing silent, and the same bytes as without it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.withdrawing import Fate
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.services.withdrawing import ChangedMeanwhileError, TakenBack
from tests.exchange import (
    COMMUNES,
    World,
    add,
    enrol,
    own_up,
    record_in,
    up,
    whole,
)
from tests.stores import OFFICER, PASSWORD, store_of, unsound


def _took_back(office: Office, sha256: str) -> TakenBack:
    withdrawing = office.handover.taking.withdrawing
    return withdrawing.withdraw(withdrawing.preview(sha256))


def _second(world: World) -> Office:
    second = world.offices("second").make(
        world.folder / "second", NewProfile("commune", COMMUNES[0], OFFICER, PASSWORD)
    )
    world.opened["second"] = second
    enrol(second, world.commune, world.stick)
    return second


def _internal(world: World, teller: Office) -> Path:
    sealing = teller.handover.sealing
    return sealing.carry(sealing.seal_siblings().row.digest, world.stick).path


def test_a_withdrawn_bundle_leaves_the_store_as_if_it_had_never_come(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    before = whole(world.receiver)
    again = add(world.commune)
    world.commune.records.change("incident", again, {"injuries": 2})
    merged = world.merged(world.sent())
    after = whole(world.receiver)
    done = _took_back(world.receiver, merged.row.sha256)
    assert whole(world.receiver) == before
    # the unit and the first incident came with the first bundle too
    assert done.undoing.totals == {Fate.REVERSED: 1, Fate.KEPT: 2}
    assert unsound(world.receiver) == []
    assert world.receiver.verify_history().broken_at is None
    world.merged(world.stick / merged.row.name)
    assert whole(world.receiver) == after
    assert unsound(world.receiver) == []


def test_a_withdrawn_change_gives_back_the_value_before_it(world: World) -> None:
    record = add(world.commune, title="Trước")
    world.merged(world.sent())
    world.commune.records.change("incident", record, {"title": "Sau"})
    merged = world.merged(world.sent())
    _took_back(world.receiver, merged.row.sha256)
    assert record_in(world.receiver, record).values()["title"] == "Trước"


def test_an_older_bundle_withdrawn_changes_nothing_that_a_later_one_says(world: World) -> None:
    record = add(world.commune)
    first = world.merged(world.sent())
    world.commune.records.change("incident", record, {"injuries": 3})
    world.merged(world.sent())
    before = whole(world.receiver)
    done = _took_back(world.receiver, first.row.sha256)
    assert whole(world.receiver) == before
    assert set(done.undoing.totals) == {Fate.KEPT}
    heaps = world.receiver.handover.taking.withdrawing
    assert {item.code for item in done.undoing.items} == {"said_by_others"}
    with pytest.raises(UserError) as refused:
        heaps.preview(first.row.sha256)
    assert refused.value.code == "not_merged"


def test_the_statement_moves_back_and_the_sender_sends_again(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    world.commune.handover.returning.accept(world.answered())
    assert world.commune.handover.sealing.waiting() == 0
    row = world.receiver.handover.taking.received()[0]
    _took_back(world.receiver, row.sha256)
    line = next(one for one in world.receiver.handover.arrivals.units() if one.bundles or one.came)
    assert line.owes_answer
    told = world.commune.handover.returning.accept(world.answered())
    assert "1 gói cần gửi lại" in told.sentence
    assert [one.state for one in world.commune.handover.registers.sent()] == ["resend"]
    assert world.commune.handover.sealing.waiting() == 2
    world.round()
    assert own_up(world.receiver, world.commune) == up(world.commune)


def test_history_tells_of_the_withdrawal_and_what_it_takes_back(world: World) -> None:
    record = add(world.commune)
    merged = world.merged(world.sent())
    _took_back(world.receiver, merged.row.sha256)
    with store_of(world.receiver).reading() as reader:
        lines = list(reader.history_of(record))
        assert reader.record("incident", record) is None
    assert [line.entry.action for line in lines] == ["merge", "withdraw"]
    assert lines[1].entry.undoes == merged.row.entry
    assert lines[1].change.before["title"] == "Va chạm xe đạp ở đường thôn"


def test_what_somebody_here_refers_to_cannot_be_taken_away(world: World) -> None:
    office = world.commune
    values: dict[str, Value] = {
        "sent_on": "2026-11-05",
        "title": "Hỗ trợ camera cho 3 thôn",
        "state": "sent",
    }
    proposal = office.records.add("proposal", values).ids[0]
    merged = world.merged(world.sent())
    world.receiver.assignments.reply(proposal, {"state": "accepted"})
    done = _took_back(world.receiver, merged.row.sha256)
    assert record_in(world.receiver, proposal, "proposal")
    codes = {item.code for item in done.undoing.heap(Fate.COULD_NOT)}
    assert codes == {"referred_to"}


def test_what_another_device_of_the_unit_wrote_goes_and_what_was_saved_on_top_stays(
    world: World,
) -> None:
    mine = add(world.commune, title="Của máy một")
    second = _second(world)
    world.merged(_internal(world, world.commune), second)
    second.records.change("incident", mine, {"title": "Máy hai sửa", "injuries": 1})
    theirs, topped = add(second, title="Của máy hai"), add(second, title="Sẽ sửa tiếp")
    before = whole(world.commune)
    merged = world.merged(_internal(world, second), world.commune)
    world.commune.records.change("incident", topped, {"injuries": 5})
    done = _took_back(world.commune, merged.row.sha256)
    assert record_in(world.commune, mine).values()["title"] == "Của máy một"
    assert record_in(world.commune, topped).values()["injuries"] == 5
    kept = {item.id: item.code for item in done.undoing.heap(Fate.KEPT)}
    assert kept[topped] == "saved_since"
    with store_of(world.commune).reading() as reader:
        assert reader.record("incident", theirs) is None
    assert [line for line in whole(world.commune) if topped.encode() not in line] == before
    world.merged(world.stick / merged.row.name, world.commune)
    assert record_in(world.commune, mine).values()["title"] == "Máy hai sửa"
    assert record_in(world.commune, theirs).values()["title"] == "Của máy hai"


def test_a_withdrawal_that_is_no_longer_the_one_shown_is_not_done(world: World) -> None:
    record = add(world.commune)
    first = world.merged(world.sent())
    withdrawing = world.receiver.handover.taking.withdrawing
    shown = withdrawing.preview(first.row.sha256)
    world.commune.records.change("incident", record, {"injuries": 1})
    world.merged(world.sent())
    before = whole(world.receiver)
    with pytest.raises(ChangedMeanwhileError) as changed:
        withdrawing.withdraw(shown)
    assert whole(world.receiver) == before
    assert set(changed.value.preview.undoing.totals) == {Fate.KEPT}


def test_a_return_bundle_cannot_be_withdrawn(world: World) -> None:
    add(world.commune)
    world.round()
    row = world.commune.handover.taking.received()[0]
    with pytest.raises(UserError) as refused:
        world.commune.handover.taking.withdrawing.preview(row.sha256)
    assert refused.value.code == "answer_stays"


def test_a_lost_file_of_another_bundle_is_said_and_nothing_is_guessed(world: World) -> None:
    record = add(world.commune)
    first = world.merged(world.sent())
    world.commune.records.change("incident", record, {"injuries": 1})
    second = world.merged(world.sent())
    (world.receiver.handover.taking.folder / f"{first.row.sha256}.antq").unlink()
    before = whole(world.receiver)
    done = _took_back(world.receiver, second.row.sha256)
    assert whole(world.receiver) == before
    assert {item.code for item in done.undoing.items} == {"bundle_lost"}


def test_another_bundle_under_the_number_of_a_withdrawn_one_is_a_fork(world: World) -> None:
    from antq_desktop.domain.carried import to_line
    from tests.exchange import forged

    record = add(world.commune)
    lines = {"incident": [to_line(record_in(world.commune, record))]}
    merged = world.merged(forged(world, world.commune, lines))
    _took_back(world.receiver, merged.row.sha256)
    other = forged(world, world.commune, {}, spoken="99999999")
    taken = world.receiver.handover.taking.take(other)
    assert taken.row.shelf == "fork_number"


@pytest.mark.parametrize("seed", range(6))
def test_what_is_withdrawn_is_as_if_it_never_came_whatever_else_did(
    world: World, seed: int
) -> None:
    """Promise 3 for the bundles in force: the state depends on which they are, and on no order."""
    dice = Random(seed)  # noqa: S311 - a repeatable history
    records = [add(world.commune) for _ in range(2)]
    paths = []
    for step in range(5):
        record = dice.choice(records)
        if dice.random() < 0.3:
            records.append(add(world.commune, title=f"Vụ số {step}"))
        world.commune.records.change("incident", record, {"injuries": step + 1})
        paths.append(world.sent())
    merged = {path: world.merged(path) for path in dice.sample(paths, len(paths))}
    gone = dice.sample(paths, dice.randint(1, 4))
    for path in gone:
        _took_back(world.receiver, merged[path].row.sha256)
    in_force = [path for path in paths if path not in gone]
    found = own_up(world.receiver, world.commune)
    for path in paths:
        done = next(
            (r for r in world.receiver.handover.taking.received() if r.name == path.name), None
        )
        assert done is not None
        if done.state == "merged":
            _took_back(world.receiver, done.sha256)
    assert own_up(world.receiver, world.commune) == []
    for path in dice.sample(in_force, len(in_force)):
        world.merged(path)
    assert own_up(world.receiver, world.commune) == found
    for path in gone:
        world.merged(path)
    assert own_up(world.receiver, world.commune) == up(world.commune)
    assert unsound(world.receiver) == []
