"""What the receiver sets for everybody goes down with its return bundle: days off, targets."""

from __future__ import annotations

from antq_desktop.services.standards.calendar import holidays, set_holiday
from antq_desktop.services.standards.years import TargetRow
from tests.exchange import World
from tests.services.standards.cycle import YEAR, Cycle
from tests.stores import COMMUNE_ID


def test_a_day_off_of_the_receiver_moves_the_deadline_of_the_commune(world: World) -> None:
    commune, receiver = world.commune.standards, world.receiver.standards
    Cycle(world.commune).unit()
    world.round()
    assert commune.board.calendar("neighbourhood", YEAR).decided_by == "2026-11-13"
    set_holiday(receiver.ground, {"day": "2026-11-13", "kind": "day_off", "title": "Nghỉ (mẫu)"})
    world.commune.handover.returning.accept(world.answered())
    assert commune.board.calendar("neighbourhood", YEAR).decided_by == "2026-11-12"
    (told,) = [day for day in holidays(commune.ground, YEAR) if day.day == "2026-11-13"]
    assert (told.title, told.own) == ("Nghỉ (mẫu)", False)
    set_holiday(commune.ground, {"day": "2026-11-13", "kind": "made_up", "title": "Làm bù"})
    found = commune.board.calendar("neighbourhood", YEAR).decided_by
    assert found == "2026-11-13", "the unit's own word of a day stands"


def test_a_target_that_the_receiver_set_stands_beside_the_figures_of_the_commune(
    world: World,
) -> None:
    office = world.commune
    Cycle(office).unit()
    world.round()
    receiver = world.receiver
    receiver.standards.years(receiver.reports).set_targets(
        YEAR, COMMUNE_ID, {"neighbourhoods": 3}, "15/KH-UBND"
    )
    office.handover.returning.accept(world.answered())
    (row,) = office.standards.years(office.reports).targets(YEAR)
    assert row == TargetRow(
        measure="neighbourhoods", label=row.label, unit=COMMUNE_ID, name=row.name,
        value=3, reached=1, document="15/KH-UBND",
    )  # fmt: skip
