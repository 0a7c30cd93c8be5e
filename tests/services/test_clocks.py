"""A clock that runs wrong changes no order and no result, and the receipt notes it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from antq_desktop.bootstrap import SystemClock
from antq_desktop.domain.clock import VIETNAM, civil
from antq_desktop.services.clock_notes import BACK, EARLY, LATE
from tests.exchange import World, add, own_up, record_in, up

NOW = datetime(2026, 11, 21, 8, 5, 30, tzinfo=VIETNAM)
WRONG = {
    "1980-01-01": (EARLY,),
    "2009-06-15": (EARLY,),
    "2038-01-20": (LATE,),
    "2100-02-28": (LATE,),
}


def _codes_of_receipt(world: World) -> list[str]:
    """Return what the newest receipt at the commune says of its bundle."""
    world.commune.handover.returning.accept(world.answered())
    row = max(world.commune.handover.sealing.register(), key=lambda one: one.number)
    assert row.answer is not None
    codes: list[str] = json.loads(row.answer)["codes"]
    return codes


def _noted(world: World) -> tuple[str, ...]:
    """Seal a bundle and return what it says of its clock; the receiver has merged it."""
    path = world.sent()
    taken = world.receiver.handover.taking.take(path)
    world.merged(path)
    assert taken.header is not None
    return taken.header.clock_warnings


def test_a_clock_that_runs_right_is_not_noted(world: World) -> None:
    add(world.commune)
    assert _noted(world) == ()
    assert "clock_warning" not in _codes_of_receipt(world)


@pytest.mark.parametrize("day", WRONG)
def test_a_clock_far_from_its_time_changes_nothing_and_is_noted_on_the_receipt(
    world: World, day: str
) -> None:
    record = add(world.commune, title="Trước")
    first = world.sent()
    world.clock.set(datetime.fromisoformat(f"{day}T03:14:08"))
    world.commune.records.change("incident", record, {"title": "Sau"})
    noted = _noted(world)
    world.merged(first)
    assert set(WRONG[day]) <= set(noted)
    assert record_in(world.receiver, record).values()["title"] == "Sau"
    assert own_up(world.receiver, world.commune) == up(world.commune)
    assert "clock_warning" in _codes_of_receipt(world)
    assert world.commune.handover.sealing.waiting() == 0


def test_a_clock_that_jumped_back_changes_nothing_and_is_noted_on_the_receipt(
    world: World,
) -> None:
    record = add(world.commune, title="Trước")
    world.clock.advance(days=-3)
    world.commune.records.change("incident", record, {"title": "Sau"})
    assert _noted(world) == (BACK,)
    assert record_in(world.receiver, record).values()["title"] == "Sau"
    assert "clock_warning" in _codes_of_receipt(world)


def test_a_clock_set_right_again_is_noted_too(world: World) -> None:
    world.clock.set(datetime(2031, 1, 1, 8, 0))  # noqa: DTZ001 - civil time of Vietnam
    add(world.commune)
    world.clock.set(NOW)
    add(world.commune)
    assert BACK in _noted(world)


@pytest.mark.parametrize(
    "zone", [UTC, timezone(timedelta(hours=-10)), timezone(timedelta(hours=14))]
)
def test_another_time_zone_of_the_machine_changes_nothing(world: World, zone: timezone) -> None:
    record = add(world.commune, title="Trước")
    world.clock.set(NOW.astimezone(zone) + timedelta(minutes=1))
    world.commune.records.change("incident", record, {"title": "Sau"})
    assert _noted(world) == ()
    save = record_in(world.receiver, record).up.fields["title"].shown().save
    assert save.at == civil(NOW + timedelta(minutes=1)) == "2026-11-21T08:06:30"


def test_the_clock_of_the_machine_is_read_in_the_zone_of_vietnam(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Honolulu")
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)
    assert SystemClock().now().utcoffset() == timedelta(hours=7)
