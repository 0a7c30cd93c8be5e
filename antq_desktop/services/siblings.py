"""Devices of one unit among themselves: what each holds of the other, and what goes next.

A bundle among siblings says, of each writer of its unit, up to which number its sender holds
everything. Whoever takes it in knows then what that device still lacks of its own, and carries on
from there: a basis for each device, without the unit above.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.answers import Statement
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.exchange import BundleKind, Place
from antq_desktop.services.statements import held_places, is_newest, remember_speaker
from antq_desktop.storage import attachments, exchange, settings
from antq_desktop.storage.exchange import (
    ACKNOWLEDGED,
    MERGED,
    RESEND,
    WRITTEN,
    BasisRow,
    ReceivedRow,
    SentRow,
)

if TYPE_CHECKING:
    from antq_desktop.domain.exchange import Header
    from antq_desktop.services.devices import Devices
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Work

MOST_MISSING: Final = 10_000
_MISSING: Final = "missing_at:"
_KIND: Final = str(BundleKind.SIBLINGS)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far all siblings have come with what this store sent.

    Attributes:
        place: The bundle that the one furthest behind has confirmed; None: it has nothing.
        covers: Last entry of history whose changes are in it; 0 for none.
        wanted: Contents of attachments that some sibling lacks.
    """

    place: Place | None
    covers: int
    wanted: frozenset[str]


def statement(reader: Reader) -> Statement:
    """Return what this store holds of its siblings, and which contents it lacks."""
    own = reader.setting(settings.UNIT)
    rows = exchange.select(
        reader.connection,
        ReceivedRow,
        "WHERE kind = ? AND sender = ? AND state = ?",
        (_KIND, own, MERGED),
    )
    missing = sorted(attachments.missing(reader.connection))[:MOST_MISSING]
    return Statement(held_places(rows), tuple(missing))


def reached(reader: Reader, devices: Iterable[str]) -> Reached:
    """Return how far the siblings have come; a device that never answered has nothing."""
    writer = reader.setting(settings.WRITER)
    places: list[Place | None] = []
    wanted: set[str] = set()
    for device in devices:
        found = exchange.select(reader.connection, BasisRow, "WHERE addressee = ?", (device,))
        holds = found and found[0].writer == writer and found[0].number
        places.append(Place(found[0].number, found[0].digest) if holds else None)
        wanted.update(json.loads(reader.setting(_MISSING + device, "[]")))
    known = [place for place in places if place is not None]
    if not known or len(known) < len(places):
        return Reached(None, 0, frozenset(wanted))
    least = min(known, key=lambda place: place.number)
    sent = exchange.select(reader.connection, SentRow, "WHERE digest = ?", (least.digest,))
    if not sent:
        return Reached(None, 0, frozenset(wanted))
    return Reached(least, sent[0].covers, frozenset(wanted))


def hear(work: Work, header: Header, told: Statement, digest: str) -> bool:
    """Take note of what a sibling states, and tell whether it was news."""
    device = header.device
    if not is_newest(work, device, header):
        return False
    remember_speaker(work, device, header)
    writer = work.setting(settings.WRITER)
    place = next((held for held in told.held if held.writer == writer), None)
    exchange.put(
        work.connection,
        BasisRow(
            addressee=device,
            writer=writer,
            number=place.number if place else 0,
            digest=place.digest if place else "",
            by_writer=header.writer,
            by_number=header.number,
            by_digest=digest,
            owed="[]",
        ),
    )
    work.set_setting(_MISSING + device, canonical(list(told.missing)).decode())
    return True


def move_register(work: Work, devices: Iterable[str], now: str) -> None:
    """Let the register say which bundles every sibling holds by now, and which no longer."""
    place = reached(work, devices).place
    number = place.number if place else 0
    rows = exchange.select(
        work.connection,
        SentRow,
        "WHERE kind = ? AND writer = ?",
        (_KIND, work.setting(settings.WRITER)),
    )
    for row in rows:
        if row.number <= number and row.state in {WRITTEN, RESEND}:
            moved = replace(row, state=ACKNOWLEDGED, answered_at=now)
        elif row.number > number and row.state == ACKNOWLEDGED:
            moved = replace(row, state=RESEND, answered_at=now)
        else:
            continue
        exchange.put(work.connection, moved)


@dataclass(frozen=True, slots=True)
class SiblingLine:
    """Another device of the unit, and how far it has come with what this one sent."""

    label: str
    told: str


class Siblings:
    """What the screens show of the other devices of the unit."""

    def __init__(self, store: Store, devices: Devices) -> None:
        self._store = store
        self._devices = devices

    @property
    def joining(self) -> bool:
        """Whether this device still waits for the first bundle of another one."""
        return bool(self._store.setting(settings.JOINING, ""))

    def lines(self) -> list[SiblingLine]:
        """Return the other accepted devices of the unit, in the order they were accepted."""
        own = self._store.setting(settings.UNIT)
        labels = {
            known.device.device: known.device.label
            for known in self._devices.known()
            if known.device.unit.id == own and not known.revoked
        }
        with self._store.reading() as reader:
            places = {device: reached(reader, [device]).place for device in labels}
        return [SiblingLine(label, _told(places[device])) for device, label in labels.items()]


def _told(place: Place | None) -> str:
    if place is None:
        return "chưa xác nhận gói nào, gói sau mang đủ mọi hồ sơ"
    return f"đã có đến gói nội bộ số {place.number}"
