"""Two copies of one store that both go on: seen above, told apart, and nothing of either lost."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.domain.errors import UserError
from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.services.journal import JournalFilter
from antq_desktop.storage import settings
from tests.exchange import World, given, own_up, record_in, up, whole
from tests.stores import store_of
from tests.twins import ALONE, REASON, WHO, Twins, sent_by_copy


def test_both_contents_are_read_side_by_side_and_neither_is_counted_twice(twins: Twins) -> None:
    fork = twins.fork()
    assert (fork.number, fork.settled, fork.may_take_other) == (2, None, True)
    assert [copy.number for copy in (*fork.here, *fork.there)] == [2, 2]
    lines = twins.world.receiver.handover.forks.beside(fork)
    titles = {(line.here, line.there) for line in lines if line.record == twins.shared}
    assert titles == {("Va chạm xe đạp, một người bị thương", "Va chạm xe đạp ở cổng chợ")}
    alone = {line.there for line in lines if line.here == "(không có hồ sơ)"}
    assert ALONE in alone
    assert ALONE not in twins.titles_above()


def test_the_kept_copy_goes_on_and_the_other_begins_anew_and_nothing_is_lost(
    twins: Twins,
) -> None:
    world = twins.world
    later = world.sent(twins.one)
    assert given(world, later).row.shelf == "fork_waiting"
    before = whole(world.receiver)
    done = twins.settle()
    assert done.waiting == 1
    assert whole(world.receiver) == before
    world.merged(later)
    kept, other = twins.hear(twins.one, twins.two)
    assert "hai bản dữ liệu" not in kept
    assert "Có hai bản dữ liệu cùng gửi từ gói số" in other
    assert {line.state for line in twins.one.handover.deliveries.register()} == {
        DeliveryState.ACKNOWLEDGED
    }
    assert twins.one.handover.restarting.twin() is None
    states = [line.state for line in twins.two.handover.deliveries.register()]
    assert states == [DeliveryState.RETURNED, DeliveryState.ACKNOWLEDGED]
    with pytest.raises(UserError) as refused:
        twins.two.handover.sealing.seal_up()
    assert refused.value.code == "twin_unrepaired"
    values = record_in(twins.two, twins.shared).values()
    restarted = twins.two.handover.restarting.begin_anew(REASON)
    assert restarted.records == 2
    pages = PdfReader(BytesIO(twins.two.handover.restarting.minute())).pages
    told = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert f"nay là bản {restarted.writer}" in told
    assert REASON in told
    assert "Gói để riêng, không tính vào số liệu: gói của máy này từ số" in told
    assert record_in(twins.two, twins.shared).values() == values
    world.merged(sent_by_copy(world, twins.two))
    assert twins.titles_above() >= {
        "Va chạm xe đạp, một người bị thương",
        "Va chạm xe đạp ở cổng chợ",
        "Đánh nhau ở quán nước",
        ALONE,
    }
    assert record_in(world.receiver, twins.shared).conflicts() == ("title",)
    assert len(record_in(world.receiver, twins.shared).up.fields["title"].entries) == 2


def test_the_other_copy_is_kept_and_the_merged_one_is_taken_back(twins: Twins) -> None:
    world = twins.world
    done = twins.settle(keep_other=True)
    assert (done.waiting, done.settlement.withdrawn) == (1, 1)
    (mine,) = twins.fork().there
    assert mine.digest in done.settlement.aside
    handover = world.receiver.handover
    (staged,) = [line for line in handover.arrivals.arrived() if line.staged]
    handover.taking.merge(handover.taking.preview(handover.taking.staged(staged.sha256)))
    assert own_up(world.receiver, twins.two) == up(twins.two)
    twins.hear(twins.two, twins.one)
    assert twins.two.handover.restarting.twin() is None
    twins.one.handover.restarting.begin_anew(REASON)
    world.merged(world.sent(twins.one))
    assert len(twins.titles_above()) == 4
    assert record_in(world.receiver, twins.shared).conflicts() == ("title",)


def test_a_bundle_of_the_other_copy_whose_line_is_not_held_never_slips_in(twins: Twins) -> None:
    """The second bundle of that copy is lost, so that the third says nothing of its line."""
    world = twins.world
    twins.settle()
    sent_by_copy(world, twins.two)
    assert given(world, sent_by_copy(world, twins.two)).row.shelf == "fork_waiting"


def test_the_bundle_kept_does_not_change_with_the_order_of_what_comes(twins: Twins) -> None:
    world = twins.world
    twins.settle()
    later = [world.sent(twins.one), world.sent(twins.one)]
    for path in (later[1], later[0], later[1]):
        world.receiver.handover.taking.take(path)
    world.merged(later[0])
    world.merged(later[1])
    assert own_up(world.receiver, twins.one) == up(twins.one)


def test_the_minute_names_both_bundles_the_reason_and_what_differs(twins: Twins) -> None:
    handover = twins.world.receiver.handover
    with pytest.raises(UserError) as early:
        handover.forks.minute(twins.fork())
    assert early.value.code == "fork_unsettled"
    done = twins.settle().settlement
    pages = PdfReader(BytesIO(handover.forks.minute(twins.fork()))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for said in (REASON, WHO, done.kept[:16], done.aside[0][:16], ALONE, "BIÊN BẢN"):
        assert said in text, said


def test_history_holds_who_settled_it_and_the_chain_holds(twins: Twins) -> None:
    twins.settle()
    receiver = twins.world.receiver
    told = repr(receiver.journal.page(JournalFilter()))
    assert "Khắc phục hai bản dữ liệu cùng gửi" in told
    assert WHO in told
    assert receiver.verify_history().broken_at is None


@pytest.mark.parametrize(
    ("reason", "who", "code"),
    [(" ", WHO, "fork_without_reason"), (REASON, "", "fork_unconfirmed")],
)
def test_nothing_is_settled_without_reason_and_somebody_who_confirms(
    twins: Twins, reason: str, who: str, code: str
) -> None:
    forks = twins.world.receiver.handover.forks
    with pytest.raises(UserError) as refused:
        forks.settle(twins.fork(), keep_other=False, reason=reason, confirmed_by=who)
    assert refused.value.code == code
    assert twins.fork().settled is None


def test_who_has_no_twin_does_not_begin_anew(world: World) -> None:
    writer = store_of(world.commune).setting(settings.WRITER)
    with pytest.raises(UserError) as refused:
        world.commune.handover.restarting.begin_anew(REASON)
    assert refused.value.code == "no_twin"
    assert store_of(world.commune).setting(settings.WRITER) == writer
