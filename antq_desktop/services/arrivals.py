"""What came from the units below: the bundles with their verdicts, and who has sent what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.clock import civil
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.gate import Verdict
from antq_desktop.domain.text import sort_key
from antq_desktop.services.deliveries import first_sentence, shown_moment, totals_of
from antq_desktop.services.profiles import tree_of
from antq_desktop.services.telephone import grouped
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import (
    MERGED,
    QUARANTINED,
    STAGED,
    WITHDRAWN,
    ReceivedRow,
    SentRow,
)

if TYPE_CHECKING:
    from antq_desktop.services.devices import Devices
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.store import Store


class UnitState(StrEnum):
    """How a unit below stands in the month that runs."""

    SENT = "sent"
    SILENT = "silent"
    NEVER = "never"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What an officer reads."""
        return _UNIT_LABELS[self]


_UNIT_LABELS: Final = {
    UnitState.SENT: "đã gửi tháng này",
    UnitState.SILENT: "chưa gửi tháng này",
    UnitState.NEVER: "chưa gửi lần nào",
    UnitState.UNKNOWN: "chưa đăng ký máy",
}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit below and what came of it.

    Attributes:
        devices: How many of its devices are accepted here.
        number: Number of its newest merged bundle, 0 for none.
        received: When that one came, for the screen.
        bundles: How many of its bundles are merged.
        set_aside: How many of its bundles lie in quarantine.
        answered: When its newest return bundle was made, for the screen.
        came: True when something signed by it came.
        owes_answer: True when something was merged or refused since.
        state: How it stands this month.
    """

    id: str
    code: str
    name: str
    devices: int
    number: int
    received: str
    bundles: int
    set_aside: int
    answered: str
    came: bool
    owes_answer: bool
    state: UnitState


@dataclass(frozen=True, slots=True)
class Arrived:
    """A bundle that came, as a list shows it.

    Attributes:
        reason: Why it is held back; the first sentence of what the gate found.
        faults: Code and sentence of everything the gate found.
        staged: Whether it waits to be merged, for the first time or again.
        withdrawn: Whether it was merged and taken back.
        spoken: The digits to read out to the sender; empty before the bundle is merged.
    """

    sha256: str
    digest: str
    name: str
    sender: str
    number: int
    received: str
    verdict: Verdict
    staged: bool
    merged: bool
    set_aside: bool
    shelf: str
    reason: str
    faults: tuple[tuple[str, str], ...]
    totals: tuple[tuple[Outcome, int], ...]
    spoken: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A unit below, and how many of its devices are accepted here."""

    id: str
    code: str
    name: str
    devices: int = 0


class Arrivals:
    """Reads what came, for the screens; nothing is written."""

    def __init__(self, store: Store, devices: Devices, hand: Hand) -> None:
        self._store = store
        self._devices = devices
        self._hand = hand

    def units(self) -> list[UnitLine]:
        """Return the units below with what came of each: of the tree, and of accepted devices."""
        places = {
            place.id: _Place(place.id, place.code, place.name) for place in tree_of(self._store)
        }
        for held in self._devices.known():
            unit = held.device.unit
            if BundleKind.UP in held.may_send and not held.revoked:
                before = places.get(unit.id)
                count = before.devices + 1 if before else 1
                places[unit.id] = _Place(unit.id, unit.code, unit.name, count)
        with self._store.reading() as reader:
            came = exchange.select(reader.connection, ReceivedRow, "WHERE sender <> ''")
            sent = exchange.select(
                reader.connection, SentRow, "WHERE kind = ?", (str(BundleKind.RETURN),)
            )
        month = civil(self._hand.clock.now())[:7]
        lines = [
            _unit(
                place,
                [row for row in came if row.sender == place.id],
                [row for row in sent if row.addressee == place.id],
                month,
            )
            for place in places.values()
        ]
        return sorted(lines, key=lambda line: (_ORDER[line.state], sort_key(line.name)))

    def arrived(self) -> list[Arrived]:
        """Return the bundles that came from below, the newest first."""
        with self._store.reading() as reader:
            rows = exchange.select(
                reader.connection,
                ReceivedRow,
                "WHERE kind <> ? ORDER BY received_at DESC, sender_name, number DESC, name",
                (str(BundleKind.RETURN),),
            )
        return [_arrived(row) for row in rows]


_ORDER: Final = {
    UnitState.SILENT: 0,
    UnitState.NEVER: 1,
    UnitState.SENT: 2,
    UnitState.UNKNOWN: 3,
}


def _unit(
    place: _Place, came: Sequence[ReceivedRow], sent: Sequence[SentRow], month: str
) -> UnitLine:
    merged = [row for row in came if row.state == MERGED]
    newest = max(merged, key=lambda row: (row.received_at, row.number), default=None)
    told = max((row.sealed_at for row in sent), default="")
    covered = max((row.covers for row in sent), default=0)
    return UnitLine(
        id=place.id,
        code=place.code,
        name=place.name,
        devices=place.devices,
        number=newest.number if newest else 0,
        received=shown_moment(newest.received_at if newest else None),
        bundles=len({row.digest for row in merged}),
        set_aside=sum(row.state == QUARANTINED for row in came),
        answered=shown_moment(told or None),
        came=any(row.digest for row in came),
        # What waits to be merged needs no answer yet; what was refused needs one at once.
        owes_answer=any(
            (row.entry or 0) > covered for row in came if row.state in {MERGED, WITHDRAWN}
        )
        or any(row.digest and row.received_at > told for row in came if row.state == QUARANTINED),
        state=_unit_state(place, newest, month),
    )


def _unit_state(place: _Place, newest: ReceivedRow | None, month: str) -> UnitState:
    if newest is not None:
        return UnitState.SENT if newest.received_at[:7] == month else UnitState.SILENT
    return UnitState.NEVER if place.devices else UnitState.UNKNOWN


def _arrived(row: ReceivedRow) -> Arrived:
    faults = tuple((str(found[0]), str(found[1])) for found in json.loads(row.faults))
    held_back = next((told for code, told in faults if code == row.shelf), "")
    return Arrived(
        sha256=row.sha256,
        digest=row.digest,
        name=row.name,
        sender=f"{row.sender_name} (qua {row.via_name})" if row.via else row.sender_name,
        number=row.number,
        received=shown_moment(row.received_at),
        verdict=Verdict(row.verdict),
        staged=row.state in {STAGED, WITHDRAWN},
        withdrawn=row.state == WITHDRAWN,
        merged=row.state == MERGED,
        set_aside=row.state == QUARANTINED,
        shelf=row.shelf,
        reason=first_sentence(held_back),
        faults=faults,
        totals=totals_of(json.loads(row.totals)) if row.totals else (),
        spoken=grouped(row.spoken) if row.state == MERGED else "",
    )
