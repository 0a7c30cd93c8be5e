"""Eight digits read out by the receiver: they mark a line, move no basis, give way to a receipt."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.storage.exchange import BasisRow, SentRow, select
from tests.exchange import World, add
from tests.stores import store_of


def digits_above(world: World) -> str:
    """Return what the receiver's screen shows of the newest merged bundle."""
    return next(one.spoken for one in world.receiver.handover.arrivals.arrived() if one.merged)


def states(world: World) -> list[DeliveryState]:
    return [line.state for line in world.commune.handover.deliveries.register()]


def bases(world: World) -> list[BasisRow]:
    with store_of(world.commune).reading() as reader:
        return select(reader.connection, BasisRow)


def test_the_digits_are_shown_above_only_after_merging_and_never_below(world: World) -> None:
    add(world.commune)
    path = world.sent()
    taking = world.receiver.handover.taking
    taken = taking.take(path)
    (arrived,) = world.receiver.handover.arrivals.arrived()
    assert (arrived.merged, arrived.spoken) == (False, "")
    taking.merge(taking.preview(taken))
    with store_of(world.commune).reading() as reader:
        (row,) = select(reader.connection, SentRow)
    assert digits_above(world) == f"{row.spoken[:4]} {row.spoken[4:]}"
    (line,) = world.commune.handover.deliveries.register()
    assert row.spoken not in repr(line)


def test_what_was_read_out_marks_the_bundle_and_moves_nothing(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    waiting = world.commune.handover.sealing.waiting()
    told = world.commune.handover.telephone.confirm(digits_above(world))
    assert told == "Gói số 1 gửi Thành phố Hải Phòng: đã nhận, báo qua điện thoại."
    assert states(world) == [DeliveryState.TOLD]
    assert world.commune.handover.sealing.waiting() == waiting > 0
    assert bases(world) == []
    second = world.commune.handover.sealing.seal_up()
    assert (second.row.basis, second.row.records) == (0, waiting)


def test_a_receipt_goes_before_what_was_read_out(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    world.commune.handover.telephone.confirm(digits_above(world))
    world.commune.handover.returning.accept(world.answered())
    assert states(world) == [DeliveryState.ACKNOWLEDGED]
    with pytest.raises(UserError) as refused:
        world.commune.handover.telephone.confirm(digits_above(world))
    assert refused.value.code == "spoken_unknown"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1234", "spoken_malformed"),
        ("١٢٣٤٥٦٧٨", "spoken_malformed"),
        ("0000 0000", "spoken_unknown"),
    ],
)
def test_digits_that_no_bundle_has_are_refused(world: World, typed: str, code: str) -> None:
    add(world.commune)
    world.sent()
    with pytest.raises(UserError) as refused:
        world.commune.handover.telephone.confirm(typed)
    assert refused.value.code == code
    assert states(world) == [DeliveryState.WAITING]
