"""Two decisions about neighbourhoods: one becomes part of another, one goes to another commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.succession import ByUnits
from antq_desktop.services.demo.accidents import same_up
from antq_desktop.services.demo.seen import Scene
from antq_desktop.services.unit_changes import Draft, Step

if TYPE_CHECKING:
    from antq_desktop.domain.units import TreeUnit
    from antq_desktop.services.demo.seen import Seen
    from antq_desktop.services.demo.stage import Stage
    from antq_desktop.services.office import Office

SINCE: Final = "2023-01-01"
YEAR, NEXT_YEAR = "2022", "2023"
_NEEDED: Final = 3  # neighbourhoods: one stays, one joins it, one leaves


def play_mergers(stage: Stage, communes: Sequence[TreeUnit]) -> list[Seen]:
    """Play both decisions and return what came of them.

    Args:
        stage: The district and its communes.
        communes: The communes that may change, two at least, one with three neighbourhoods.

    Raises:
        UserError: A step was refused.
        EnvironmentFault: The machine denied something.
    """
    places = _neighbourhoods(stage.district)
    giving = next(unit for unit in communes if len(places.get(unit.id, ())) >= _NEEDED)
    getting = next(unit for unit in communes if unit != giving)
    joins, leaves = places[giving.id][1], _busiest(stage.district, places[giving.id][2:])
    return [
        *_inside(stage, giving, joins, places[giving.id][0]),
        *_between(stage, giving, getting, leaves),
    ]


def _inside(
    stage: Stage, unit: TreeUnit, joins: tuple[str, str], into: tuple[str, str]
) -> list[Seen]:
    """Let a commune make one neighbourhood part of another, and send the decision up."""
    scene = Scene(f"{unit.name}: {joins[1]} nhập vào {into[1]}")
    with stage.at(unit) as office:
        counted = _figure(office, "neighbourhoods", YEAR), _figure(office, "incidents", YEAR)
        draft = Draft(
            "Nhập khu dân cư (quyết định mẫu)", SINCE, (Step(*joins, *into),), number="02/NQ-MẪU"
        )
        office.unit_changes.enter(draft)
        after = _figure(office, "neighbourhoods", YEAR), _figure(office, "incidents", YEAR)
        scene.see("Khu dân cư và vụ việc năm 2022, trước và sau", _pair(counted), _pair(after))
        later = _figure(office, "neighbourhoods", NEXT_YEAR)
        scene.see("Khu dân cư năm 2023", counted[0] - 1, later)
        stage.merged(stage.sealed(office))
        heir = stage.district.unit_changes.succession().heir(joins[0])
        scene.see("Đơn vị tổng hợp biết khu dân cư cũ nay thuộc", into[0][:8], heir[:8])
        scene.see("Hai bên có cùng hồ sơ của xã", True, same_up(stage, office))
        stage.answered(office)
    return scene.lines


def _between(
    stage: Stage, giving: TreeUnit, getting: TreeUnit, place: tuple[str, str]
) -> list[Seen]:
    """Let the district move a neighbourhood to another commune; figures stand either way."""
    scene = Scene(f"{place[1]} của {giving.name} nhập sang {getting.name}")
    district = stage.district
    before = _by_unit(district, ByUnits.NOW)
    moved = sum(
        held.values().get("unit") == place[0] and str(held.values()["occurred_on"])[:4] == YEAR
        for held in district.lists.every("incident")
    )
    steps = (
        Step(giving.id, giving.name, getting.id, getting.name, part=True),
        Step(*place, getting.id, getting.name),
    )
    district.unit_changes.enter(
        Draft("Điều chỉnh khu dân cư (quyết định mẫu)", SINCE, steps, number="03/NQ-MẪU")
    )
    old, new = _by_unit(district, ByUnits.BEFORE), _by_unit(district, ByUnits.NOW)
    told = f"Vụ việc năm 2022 của {giving.name} và {getting.name}"
    was = before[giving.id], before[getting.id]
    scene.see(f"{told}, theo đơn vị cũ", _pair(was), _pair((old[giving.id], old[getting.id])))
    becomes = was[0] - moved, was[1] + moved
    scene.see(f"{told}, theo đơn vị mới", _pair(becomes), _pair((new[giving.id], new[getting.id])))
    whole = sum(before.values())
    scene.see("Tổng của huyện, theo đơn vị cũ và mới", _pair((whole, whole)),
              _pair((sum(old.values()), sum(new.values()))))  # fmt: skip
    return scene.lines


def _neighbourhoods(district: Office) -> dict[str, list[tuple[str, str]]]:
    """Return the neighbourhoods of each commune by name: their ids and names."""
    found: dict[str, list[tuple[str, str]]] = {}
    for held in district.lists.every("unit"):
        values = held.values()
        if values.get("unit_kind") == "neighbourhood":
            found.setdefault(held.owner, []).append((held.id, str(values["name"])))
    return {owner: sorted(places, key=lambda one: one[1]) for owner, places in found.items()}


def _busiest(district: Office, places: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the neighbourhood with the most incidents, the first by name among equals."""
    count = Counter(held.values().get("unit") for held in district.lists.every("incident"))
    return min(places, key=lambda one: (-count[one[0]], one[1]))


def _figure(office: Office, code: str, year: str) -> int:
    return office.reports.figure(code, calendar_period(year)).value


def _by_unit(district: Office, by: ByUnits) -> Counter[str]:
    figure = district.reports.by(by).figure("incidents", calendar_period(YEAR))
    return Counter(figure.by_unit)


def _pair(numbers: tuple[int, int]) -> str:
    return f"{numbers[0]} và {numbers[1]}"
