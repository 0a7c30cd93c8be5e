"""A bundle that was written is calm for 45 days, or as many as the unit has set."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.services.deliveries import CALM_DAYS, LONGEST_CALM, DeliveryState
from tests.exchange import World, add


def _state(world: World) -> DeliveryState:
    return world.commune.handover.deliveries.register()[0].state


@pytest.mark.parametrize("days", [None, 1, 10, LONGEST_CALM])
def test_a_written_bundle_is_overdue_only_after_its_days(world: World, days: int | None) -> None:
    add(world.commune)
    world.sent()
    deliveries = world.commune.handover.deliveries
    if days is not None:
        deliveries.set_calm_days(days)
    calm = days or CALM_DAYS
    assert deliveries.calm_days == calm
    assert _state(world) is DeliveryState.WAITING
    world.clock.advance(days=calm)
    assert _state(world) is DeliveryState.WAITING
    world.clock.advance(days=1)
    assert _state(world) is DeliveryState.OVERDUE
    assert deliveries.register()[0].state_label == f"quá {calm} ngày chưa có xác nhận"


@pytest.mark.parametrize("days", [0, -1, LONGEST_CALM + 1])
def test_an_absurd_number_of_days_is_refused(world: World, days: int) -> None:
    with pytest.raises(UserError) as refused:
        world.commune.handover.deliveries.set_calm_days(days)
    assert refused.value.code == "calm_days_absurd"
    assert world.commune.handover.deliveries.calm_days == CALM_DAYS
