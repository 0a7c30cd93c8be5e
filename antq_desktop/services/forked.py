"""What was decided about two copies of one store that both sent."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import canonical

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.work import Work

_SETTLEMENTS: Final = "forks_settled"


@dataclass(frozen=True, slots=True)
class Settlement:
    """A repaired fork, as the gate and the minute read it.

    Attributes:
        device: The device whose store was copied.
        writer: The writer both copies went on with.
        number: The first number that both used.
        kept: Identity of the bundle that holds this number.
        aside: Identities of the bundles of the other copy that are held, in their order.
        reason: How it came about, as the unit told.
        confirmed_by: Who of that unit said so.
        officer: Who settled it.
        at: When, by the clock of this device.
        withdrawn: How many merged bundles were taken back for it.
        apart: How many records the two copies say differently.
    """

    device: str
    writer: str
    number: int
    kept: str
    aside: tuple[str, ...]
    reason: str
    confirmed_by: str
    officer: str
    at: str
    withdrawn: int
    apart: int


def settlements(reader: Reader) -> list[Settlement]:
    """Return the forks that were repaired."""
    held = json.loads(reader.setting(_SETTLEMENTS, "") or "[]")
    return [Settlement(**{**one, "aside": tuple(one["aside"])}) for one in held]


def remember(work: Work, settlement: Settlement) -> None:
    """Keep a decision in place of an earlier one about the same writer."""
    same = settlement.device, settlement.writer
    others = [one for one in settlements(work) if (one.device, one.writer) != same]
    told = [{**asdict(one), "aside": list(one.aside)} for one in (*others, settlement)]
    work.set_setting(_SETTLEMENTS, canonical(told).decode())
