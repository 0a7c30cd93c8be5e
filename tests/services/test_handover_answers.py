"""Receipts, what is owed, and which statement of the receiver is believed."""

from __future__ import annotations

from contextlib import closing

import pytest

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.codes import CodeList, Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.records import SPECS
from antq_desktop.storage import backups, settings
from antq_desktop.storage.exchange import BasisRow, ReceivedRow, select
from antq_desktop.storage.migrations import STEPS
from tests.exchange import (
    COMMUNES,
    RECEIVER,
    World,
    add,
    backup_of,
    forged,
    given,
    own_up,
    record_in,
    restored,
    up,
    whole,
)
from tests.stores import OFFICER, PASSWORD, store_of


def _without(codes: Codes, list_name: str, value: str) -> Codes:
    """Return the code lists of another version, where a list lacks a value."""
    lists = {name: codes[name] for name in codes}
    held = lists[list_name]
    kept = tuple(one for one in held.values if one.id != value)
    lists[list_name] = CodeList(
        held.name, held.title, held.legal_basis, held.confidence, kept, held.note
    )
    return Codes(lists)


def test_a_rejected_record_is_owed_and_goes_again_whole(world: World) -> None:
    world.office(RECEIVER, _without(world.codes, "incident_kind", "fire"))
    good, bad = add(world.commune), add(world.commune, kind="fire")
    merged = world.merged(world.sent())
    assert merged.sentence == "Đã nhập gói số 1 của Xã Tứ Kỳ: 2 mới, 1 trả lại."
    told = world.commune.handover.returning.accept(world.answered())
    assert told.sentence.endswith("1 gói đã được nhận, 1 hồ sơ cần sửa và gửi lại.")
    assert [(one.record, one.codes) for one in told.answer.owed] == [(bad, ("not_in_codes",))]
    assert world.commune.handover.sealing.waiting() == 1

    second = world.commune.handover.sealing.seal_up()
    assert second.row.records == 1
    world.commune.records.change("incident", bad, {"kind": "social_order"})
    world.merged(world.sent())
    told = world.commune.handover.returning.accept(world.answered())
    assert told.owed == 0
    assert world.commune.handover.sealing.waiting() == 0
    assert record_in(world.receiver, good)
    assert own_up(world.receiver, world.commune) == up(world.commune)


def test_a_late_older_bundle_does_not_bring_an_old_refusal_back(world: World) -> None:
    world.office(RECEIVER, _without(world.codes, "incident_kind", "fire"))
    bad = add(world.commune, kind="fire")
    old = world.sent()
    world.commune.records.change("incident", bad, {"kind": "social_order"})
    world.merged(world.sent())
    world.merged(old)
    assert world.receiver.handover.returning.answer_for(world.commune.unit).owed == ()


def test_a_refused_bundle_is_answered_with_its_reasons(world: World) -> None:
    made = world.commune.handover.sealing.seal_up()
    path = world.commune.handover.sealing.carry(made.row.digest, world.stick).path
    store = store_of(world.receiver)
    with store.writing(OFFICER, "set") as work:
        work.set_setting(settings.SAMPLE, "yes")
    assert given(world, path).row.shelf == "real_refused"
    answer = world.receiver.handover.returning.answer_for(world.commune.unit)
    (receipt,) = answer.receipts
    assert (receipt.verdict.mergeable, receipt.codes, answer.held) == (False, ("real_refused",), ())


def test_a_commune_sees_that_its_bundle_was_sent_back(world: World) -> None:
    """A number far ahead is refused; the bundle after it goes on from the same basis."""
    add(world.commune)
    path = world.sent()
    store = store_of(world.receiver)
    with store.writing(OFFICER, "enrol") as work:
        work.connection.exec_driver_sql("UPDATE device SET may_send = 'NOIBO'")
    assert given(world, path).row.shelf == "kind_refused"
    with store.writing(OFFICER, "enrol") as work:
        work.connection.exec_driver_sql("UPDATE device SET may_send = 'LEN'")
    told = world.commune.handover.returning.accept(world.answered())
    assert (told.acknowledged, told.returned) == (0, 1)
    assert told.sentence.endswith("0 gói đã được nhận, 1 gói bị trả lại.")
    (line,) = world.commune.handover.registers.sent()
    assert line.state_label == "bị trả lại, cần sửa và gửi lại"
    assert world.commune.handover.sealing.waiting() == 2
    assert [t.row.shelf for t in world.receiver.handover.taking.look_again()] == [""]


def test_what_waits_to_be_merged_is_not_answered(world: World) -> None:
    given(world, world.sent())
    assert world.receiver.handover.returning.units_to_answer() == []
    with pytest.raises(UserError) as refused:
        world.answered()
    assert refused.value.code == "no_bundle_to_answer"


def test_a_unit_is_offered_an_answer_exactly_when_one_can_be_made(world: World) -> None:
    handover = world.receiver.handover
    row = world.merged(world.sent()).row
    (unit,) = handover.returning.units_to_answer()
    handover.taking.withdrawing.withdraw(handover.taking.withdrawing.preview(row.sha256))
    assert handover.returning.units_to_answer() == []  # never answered, nothing held
    staged = handover.taking.staged(row.sha256)
    handover.taking.merge(handover.taking.preview(staged))
    assert handover.returning.units_to_answer() == [unit]
    world.answered()
    handover.taking.withdrawing.withdraw(handover.taking.withdrawing.preview(row.sha256))
    assert handover.returning.units_to_answer() == [unit]  # it must hear that nothing is held
    assert world.commune.handover.returning.accept(world.answered()).acknowledged == 0


def _basis(world: World) -> BasisRow:
    with store_of(world.commune).reading() as reader:
        (row,) = select(reader.connection, BasisRow)
    return row


def test_an_older_answer_that_comes_late_moves_nothing(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    old = world.answered()
    add(world.commune)
    world.round()
    before, states = _basis(world), [s.state for s in world.commune.handover.registers.sent()]
    told = world.commune.handover.returning.accept(old)
    assert told.sentence == (
        "Phiếu này của Thành phố Hải Phòng cũ hơn phiếu đã nạp; sổ giao nhận giữ nguyên."
    )
    assert (_basis(world), [s.state for s in world.commune.handover.registers.sent()]) == (
        before,
        states,
    )


def test_the_same_answer_twice_says_the_same(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    answer = world.answered()
    first = world.commune.handover.returning.accept(answer)
    before = _basis(world)
    assert world.commune.handover.returning.accept(answer) == first
    assert _basis(world) == before


def test_a_lost_receipt_is_harmless(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    world.answered().unlink()
    add(world.commune)
    world.round()
    states = [line.state for line in world.commune.handover.registers.sent()]
    assert states == ["acknowledged", "acknowledged"]


def test_after_the_receivers_restore_the_rest_is_sent_again(world: World) -> None:
    add(world.commune)
    world.round()
    backup = backup_of(world, RECEIVER)
    lost = add(world.commune)
    world.round()
    stale = world.answered()
    assert world.commune.handover.sealing.waiting() == 0

    restored(world, RECEIVER, backup)
    told = world.commune.handover.returning.accept(world.answered())
    assert "1 gói cần gửi lại" in told.sentence
    newest, oldest = world.commune.handover.registers.sent()
    assert (newest.state_label, oldest.state) == ("cần gửi lại", "acknowledged")
    assert world.commune.handover.sealing.waiting() == 1
    late = world.commune.handover.returning.accept(stale)
    assert "cũ hơn" in late.sentence
    world.round()
    assert record_in(world.receiver, lost)
    assert own_up(world.receiver, world.commune) == up(world.commune)
    assert [line.state for line in world.commune.handover.registers.sent()] == [
        "acknowledged",
        "covered",
        "acknowledged",
    ]


def test_a_bundle_whose_basis_was_lost_above_is_merged_and_the_rest_asked_for(
    world: World,
) -> None:
    backup = backup_of(world, RECEIVER)
    missing = add(world.commune)
    world.round()
    add(world.commune)
    second = world.sent()
    restored(world, RECEIVER, backup)
    taken = given(world, second)
    assert [fault.code for fault in taken.faults] == ["basis_not_held"]
    world.merged(second)
    told = world.commune.handover.returning.accept(world.answered())
    assert told.answer.held == ()
    assert [line.state for line in world.commune.handover.registers.sent()] == ["resend", "resend"]
    world.round()
    assert record_in(world.receiver, missing)
    assert own_up(world.receiver, world.commune) == up(world.commune)


def test_a_restored_commune_sends_everything_under_a_new_writer(world: World) -> None:
    add(world.commune)
    world.round()
    backup = backup_of(world, COMMUNES[0])
    lost = add(world.commune)
    world.round()
    before = store_of(world.commune).setting(settings.WRITER)
    restored(world, COMMUNES[0], backup)
    assert store_of(world.commune).setting(settings.WRITER) != before
    add(world.commune)
    world.round()
    row = world.commune.handover.sealing.register()[0]
    assert (row.basis, row.state) == (0, "acknowledged")
    above = own_up(world.receiver, world.commune)
    assert [line for line in up(world.commune) if line not in above] == []
    assert record_in(world.receiver, lost)


def test_the_receiver_asks_for_nothing_that_is_not_the_communes_own(world: World) -> None:
    """Whoever answers may list any record as owed; only own ones, and what travels, go."""
    other = world.office(COMMUNES[1])
    record = add(other)
    world.round(other)
    world.merged(world.sent(other), world.receiver)
    world.round()
    store = store_of(world.commune)
    with store.writing(OFFICER, "answer") as work:
        held = record_in(other, record)
        work.take(None, held)
        owed = f'[["incident","{record}"]]'
        work.connection.exec_driver_sql("UPDATE basis SET owed = ?", (owed,))
    assert world.commune.handover.sealing.seal_up().row.records == 0


def test_receipts_do_not_depend_on_the_clock_of_the_receiver(world: World) -> None:
    """A second copy that the clock places before the first must not hide the verdicts."""
    lines: dict[str, list[bytes]] = {"incident": []}
    copies = [forged(world, world.commune, lines, number=1) for _ in range(2)]
    record = add(world.commune)
    path = world.sent()
    world.merged(path)
    world.clock.advance(days=-4000)
    for copy in copies:
        world.merged(copy)
    answer = world.receiver.handover.returning.answer_for(world.commune.unit)
    assert record in {verdict.record for verdict in answer.records}
    with store_of(world.receiver).reading() as reader:
        rows = select(reader.connection, ReceivedRow, "WHERE state = 'merged'")
    assert len(rows) == 3
    assert len(answer.receipts) == 2


def test_a_merge_is_behind_one_backup_per_sitting(world: World) -> None:
    folder = world.folder / RECEIVER / "backups"
    for name in COMMUNES[:2]:
        add(world.office(name))
        world.merged(world.sent(world.office(name)))
    (made,) = folder.iterdir()
    world.close(RECEIVER)
    room = world.folder / "room"
    backups.restore(
        made,
        room,
        officer=OFFICER,
        password=PASSWORD,
        outside=world.outside("room"),
        specs=SPECS,
        steps=STEPS,
    )
    with closing(world.offices("room").open(room, OFFICER, PASSWORD)) as before:
        assert len(whole(before)) == 1
    assert Outcome.NEW.label == "mới"
