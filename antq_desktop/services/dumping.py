"""The logical content of a store in one canonical spelling, for comparing two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.merging import EMPTY_PART
from antq_desktop.domain.packing import pack
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json


def dump(store: Store, *, only_up: bool = False) -> Iterator[bytes]:
    """Yield one line for each record of every owner, sorted by kind and id.

    Values, stamps, open conflicts and voids are in it; history, settings, officers, keys and what
    stays on the device are not.

    Args:
        store: The store.
        only_up: Leave out what stays among siblings, to compare with a receiver.
    """
    with store.reading() as reader:
        for kind in sorted(store.specs):
            for whole in reader.all_records(kind):
                if only_up and not whole.up.fields:
                    continue
                record = replace(whole, siblings=EMPTY_PART, device={}) if only_up else whole
                parts = {"up": record.up, "siblings": record.siblings}
                told: dict[str, Json] = {
                    "kind": kind,
                    "id": record.id,
                    "owner": record.owner,
                    "conflicts": list(record.conflicts()),
                    "void": record.standing().reason,
                }
                for name, part in parts.items():
                    if part.fields:
                        told[name] = {"values": part.values(), "stamps": pack(part)}
                yield canonical(told)
