"""Whom the gate believes beside the devices enrolled here: by decision, and for bags passed on.

A unit that became another one keeps its keys: they sign for what it was and for what it is now. A
key that a unit between vouches for opens the bags that this unit passes on, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from antq_desktop.bundle.keys import Enrolled, public_from_json
from antq_desktop.domain.answers import ENROLLED
from antq_desktop.domain.canonical import canonical, parse_canonical_object
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.services.lineage import succession_in
from antq_desktop.storage import chain

if TYPE_CHECKING:
    from antq_desktop.bundle.opening import Line
    from antq_desktop.services.devices import Devices
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store


def named(store: Store, reader: Reader, unit: str) -> frozenset[str]:
    """Return the ids that a unit goes by: its own, and of those that it took over as a whole."""
    succession = succession_in(store, reader, only_trusted=True)
    return frozenset({unit, *succession.forebears(unit)})


def speaking(store: Store, reader: Reader, enrolled: Mapping[str, Enrolled]) -> dict[str, Enrolled]:
    """Return the same devices, each with the units that its unit became or took over."""
    succession = succession_in(store, reader, only_trusted=True)
    if not succession:
        return dict(enrolled)
    return {
        key: replace(
            one,
            units=frozenset(
                {
                    one.device.unit.id,
                    succession.heir(one.device.unit.id),
                    *succession.forebears(one.device.unit.id),
                }
            ),
        )
        for key, one in enrolled.items()
    }


def vouched(
    store: Store, reader: Reader, via: str, known: Mapping[str, Enrolled]
) -> dict[str, Enrolled]:
    """Return the devices whose bags a unit may pass on, by key.

    A key that is revoked here stays so, whoever vouches for it.
    """
    found: dict[str, Enrolled] = {}
    for row in chain.vouched_by(reader.connection, via):
        device = public_from_json(parse_canonical_object(row.public))
        here = known.get(row.key_id)
        found[row.key_id] = Enrolled(
            device,
            frozenset({BundleKind.UP}),
            revoked=here is not None and here.revoked,
            reached=here.reached if here is not None else None,
        )
    return speaking(store, reader, found)


def vouchers(devices: Devices, reader: Reader, signers: Iterable[str]) -> list[bytes]:
    """Return the lines that vouch for the devices which signed the bags that are passed on."""
    wanted = set(signers)
    lines = {
        one.device.key_id: canonical({"device": one.device.to_json()})
        for one in devices.known_in(reader)
        if one.device.key_id in wanted
    }
    return [lines[key] for key in sorted(lines)]


def heard(lines: Iterable[Line], by: str, at: str) -> list[chain.Vouched]:
    """Read which devices a unit vouches for; a line of a later version is left aside."""
    found = []
    for line in lines:
        given = line.value.get("device")
        if not isinstance(given, dict):
            continue
        try:
            device = public_from_json(given)
        except ValueError:
            continue
        found.append(chain.Vouched(device.key_id, by, canonical(device.to_json()), at))
    return found


KIND = ENROLLED
