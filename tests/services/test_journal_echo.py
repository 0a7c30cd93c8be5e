"""Each bundle tells where its sender's history stood; the receipt repeats it; a loss is noticed."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import JournalPlace
from antq_desktop.services.journal import JournalFilter
from antq_desktop.storage import settings
from tests.exchange import COMMUNES, World, add, backup_of, forged, given, restored
from tests.stores import store_of

NAME = COMMUNES[0]
WHY = "Hỏng ổ cứng, khôi phục từ bản sao lưu tháng trước"


def test_a_bundle_tells_of_the_history_before_it_and_the_receipt_repeats_it(world: World) -> None:
    add(world.commune)
    path = world.sent()
    store = store_of(world.commune)
    with store.reading() as reader:
        seq = reader.connection.exec_driver_sql(
            "SELECT max(seq) FROM history WHERE action = 'seal'"
        ).scalar_one()
        link = reader.connection.exec_driver_sql(
            "SELECT link FROM history WHERE seq = ?", (int(seq) - 1,)
        ).scalar_one()
    world.merged(path)
    row = world.receiver.handover.taking.received()[0]
    assert row.journal == f"{seq - 1} {link.hex()}"
    accepted = world.commune.handover.returning.accept(world.answered())
    assert accepted.answer.receipts[0].journal == JournalPlace(seq - 1, link.hex())
    assert world.commune.handover.journal_echo.gap() is None
    world.commune.handover.sealing.seal_up()


def test_a_history_that_became_shorter_under_one_writer_is_set_aside_above(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    writer = store_of(world.commune).setting(settings.WRITER)
    shorter = JournalPlace(2, "0" * 64)
    told = given(world, forged(world, world.commune, {}, writer=writer, number=2, journal=shorter))
    assert told.row.shelf == "journal_shorter"
    silent = given(world, forged(world, world.commune, {}, writer=writer, number=3))
    assert silent.row.shelf == "journal_shorter"
    longer = JournalPlace(100_000, "0" * 64)
    good = given(world, forged(world, world.commune, {}, writer=writer, number=4, journal=longer))
    assert good.mergeable


def test_a_device_without_the_history_it_told_of_seals_nothing_until_a_person_writes_why(
    world: World,
) -> None:
    backup = backup_of(world, NAME)
    add(world.commune)
    world.merged(world.sent())
    answer = world.answered()
    restored(world, NAME, backup)
    handover = world.commune.handover
    accepted = handover.returning.accept(answer)
    assert "nhật ký trên máy này không có lần ghi đó" in accepted.sentence
    assert "không có lần ghi đó" in world.commune.journal.trouble()
    for seal in (handover.sealing.seal_up, handover.sealing.seal_up):
        with pytest.raises(UserError) as refused:
            seal()
        assert refused.value.code == "journal_gap"
    with pytest.raises(UserError) as refused:
        handover.journal_echo.explain("vì")
    assert refused.value.code == "reason_missing"
    handover.journal_echo.explain(WHY)
    assert handover.sealing.seal_up().row.number == 1
    handover.returning.accept(answer)  # what was explained is not asked again
    handover.sealing.seal_up()
    told = world.commune.journal.page(JournalFilter(words=WHY))
    assert len(told) == 1
    assert world.commune.journal.verify().broken_at is None
