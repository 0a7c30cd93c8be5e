"""Invented records for who tries the program first, some of them waiting for an answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from antq_desktop.domain.clock import civil
from antq_desktop.domain.fields import Value
from antq_desktop.domain.units import TreeUnit
from antq_desktop.services.demo.making import Maker, Share
from antq_desktop.services.demo.movement import MovementShare
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit

SHARE: Final = Share(
    neighbourhoods=8,
    schools=2,
    kept=12,
    new=2,
    movement=MovementShare(
        articles=8,
        sessions=3,
        youth_turns=6,
        youth_attendance=420,
        youth_teams=2,
        clubs=2,
        regular=6,
        semi_professional=4,
        background_checks=18,
    ),
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    hours: int  # since receipt
    incident_class: str
    state: str
    kind: str
    title: str


_OPEN: Final = (
    _Waiting(30, "class_a", "in_progress", "social_order", "Mất hai xe đạp điện ở Thôn Mẫu 03"),
    _Waiting(20, "class_a", "new", "disorder", "Xô xát sau va chạm giao thông ở Thôn Mẫu 05"),
    _Waiting(150, "class_b", "waiting", "dispute", "Tranh chấp ranh giới đất ở Thôn Mẫu 01"),
    _Waiting(5, "class_b", "new", "social_order", "Mất con bò buộc ở bãi cỏ Thôn Mẫu 07"),
)


class _Enough(Exception):  # noqa: N818 - being stopped is no error
    """The officer has seen enough invented records."""


def fill_in(office: Office, rng: random.Random, go_on: Callable[[int], bool]) -> int:
    """Enter invented records and return how many; what stands when stopped stays.

    Args:
        office: A profile that was made for invented records.
        rng: Draws them.
        go_on: Told how many stand so far; False stops.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    done = 0

    def told(records: int) -> None:
        nonlocal done
        done = records
        if not go_on(records):
            raise _Enough

    maker = Maker(office, rng, told)
    try:
        if office.level != "commune":
            return maker.district(office.unit)
        unit = _own_unit(office)
        done = maker.commune(unit, SHARE)
        fresh = _open_incidents(office, unit.id)
        office.records.save(fresh)
        return done + len(fresh)
    except _Enough:
        return done


def _own_unit(office: Office) -> TreeUnit:
    values = office.lists.show("unit", office.unit).values
    return TreeUnit(
        id=office.unit,
        code=str(values.get("code") or ""),
        name=str(values["name"]),
        kind="commune",
        commune_kind=str(values.get("commune_kind") or ""),
        parent=str(values.get("parent") or ""),
        valid_from=str(values.get("valid_from") or ""),
    )


def _open_incidents(office: Office, unit: str) -> list[Edit]:
    now = office.clock.now()
    edits = []
    for number, each in enumerate(_OPEN, start=51):
        received = civil(now - timedelta(hours=each.hours))[:16]
        values: dict[str, Value] = {
            "register_number": f"{number}/{received[:4]}",
            "occurred_on": received[:10],
            "received_at": received,
            "title": each.title,
            "kind": each.kind,
            "state": each.state,
            "unit": unit,
            "channel": "telephone",
            "incident_class": each.incident_class,
            "class_since": received,
        }
        edits.append(Edit("incident", office.records.new_id(), values, created=True))
    return edits
