"""What a store states that it holds, and whose statement is the newest one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.exchange import WriterPlace
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import BasisRow, ReceivedRow

if TYPE_CHECKING:
    from antq_desktop.domain.exchange import Header
    from antq_desktop.storage.work import Work

_SPEAKERS: Final = "speakers:"


def held_places(merged: Iterable[ReceivedRow]) -> tuple[WriterPlace, ...]:
    """Return for each writer the highest bundle up to which nothing is missing.

    A bundle brings what changed since its basis. Where the basis is not held either, what lies
    between is missing, and the sender must hear the lower number or it never sends it again.
    """
    reached: dict[str, WriterPlace] = {}
    for row in sorted(merged, key=lambda row: (row.writer, row.number)):
        held = reached.get(row.writer)
        if row.basis <= (held.number if held else 0):
            reached[row.writer] = WriterPlace(row.writer, row.number, row.digest)
    return tuple(reached[writer] for writer in sorted(reached))


def is_newest(work: Work, speaker: str, header: Header) -> bool:
    """Tell whether a bundle speaks of a later state of its sender than the one believed now.

    Within a writer the number decides. A device that speaks with another writer than before was
    restored; what it said with the former one is of a state that it no longer has.

    Args:
        work: The action.
        speaker: Under what its statement is kept: the unit above, or a device of the own unit.
        header: Of the bundle.
    """
    found = exchange.select(work.connection, BasisRow, "WHERE addressee = ?", (speaker,))
    if found and found[0].by_writer == header.writer:
        return header.number >= found[0].by_number
    return header.writer not in _speakers(work, speaker)["gone"]


def _speakers(work: Work, speaker: str) -> dict[str, dict[str, str]]:
    """Return the writer with which each device speaks now, and the writers that are gone."""
    held = json.loads(work.setting(_SPEAKERS + speaker, "") or "{}")
    return {"now": dict(held.get("now", {})), "gone": dict(held.get("gone", {}))}


def remember_speaker(work: Work, speaker: str, header: Header) -> None:
    """Remember with which writer a device speaks, and that its former one is gone."""
    held = _speakers(work, speaker)
    before = held["now"].get(header.device, header.writer)
    if before != header.writer:
        held["gone"][before] = header.writer
    if header.restarted_from is not None:
        held["gone"][header.restarted_from.writer] = header.writer
    held["now"][header.device] = header.writer
    work.set_setting(_SPEAKERS + speaker, canonical(held).decode())
