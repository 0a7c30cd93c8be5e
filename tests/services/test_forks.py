"""Two copies of one store that both go on: seen above, told apart, and nothing of either lost."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from antq_desktop.domain.errors import UserError
from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.services.forks import Fork, Settled
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from antq_desktop.storage import settings
from tests.exchange import COMMUNES, World, add, given, own_up, record_in, up, whole
from tests.stores import store_of

REASON = "Chép cả ổ đĩa sang máy mới ngày 12/11"
WHO = "Nguyễn Văn Mẫu, Trưởng Công an xã"
SHARED, ALONE = "Va chạm xe đạp ở đường thôn", "Mất xe đạp ở nhà văn hóa"


@dataclass
class Twins:
    """A commune whose disk was copied whole, and the record that both copies edit."""

    world: World
    one: Office
    two: Office
    shared: str

    def fork(self) -> Fork:
        (found,) = self.world.receiver.handover.forks.found()
        return found

    def settle(self, *, keep_other: bool = False) -> Settled:
        return self.world.receiver.handover.forks.settle(
            self.fork(), keep_other=keep_other, reason=REASON, confirmed_by=WHO
        )

    def hear(self, *who: Office) -> None:
        """Let the receiver answer, and these copies take the answer in."""
        answer = self.world.answered(self.one)
        for office in who:
            office.handover.returning.accept(answer)

    def titles_above(self) -> set[object]:
        store = store_of(self.world.receiver)
        with store.reading() as reader:
            records = list(reader.all_records("incident"))
        return {entry.value for record in records for entry in record.up.fields["title"].entries}


def _set(office: Office, record: str, **values: str) -> None:
    office.records.save((Edit("incident", record, dict(values)),))


def _sent_by_copy(world: World, office: Office) -> Path:
    """Carry a bundle of the second copy on a stick of its own: both name their files alike."""
    stick = world.folder / "usb-2"
    stick.mkdir(exist_ok=True)
    sealing = office.handover.sealing
    return sealing.carry(sealing.seal_up().row.digest, stick).path


@pytest.fixture
def twins(world: World) -> Twins:
    """Return two copies, each with work of its own, and the bundles of both above."""
    shared = add(world.commune)
    world.round()
    world.close(COMMUNES[0])
    shutil.copytree(world.folder / COMMUNES[0], world.folder / "copy")
    one, two = world.commune, world.office("copy")
    _set(one, shared, title="Va chạm xe đạp, một người bị thương")
    _set(two, shared, title="Va chạm xe đạp ở cổng chợ")
    add(one, title="Đánh nhau ở quán nước")
    add(two, title=ALONE)
    world.merged(world.sent(one))
    assert given(world, _sent_by_copy(world, two)).row.shelf == "fork_number"
    return Twins(world, one, two, shared)


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
    twins.hear(twins.one, twins.two)
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
    assert record_in(twins.two, twins.shared).values() == values
    world.merged(_sent_by_copy(world, twins.two))
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
    _sent_by_copy(world, twins.two)
    assert given(world, _sent_by_copy(world, twins.two)).row.shelf == "fork_waiting"


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
