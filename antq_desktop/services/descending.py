"""What goes down to a unit below in its return bundle: records made for it, those for all, its own.

Only what changed since the newest return bundle that the unit has taken in. It says which one with
each bundle it sends, device by device; the one that knows least decides, so that none misses
anything. Its own records go back to it, as far as they travel up, where several devices of it have
sent or one was restored: so they meet here, and what only this store still holds comes home.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import Down, RecordSpec
from antq_desktop.domain.record import Record
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.exchange import MERGED, ReceivedRow, SentRow

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

Specs = Mapping[str, RecordSpec]


def going_down(
    reader: Reader, specs: Specs, unit: str, covered: int, devices: Iterable[str] = ()
) -> dict[str, list[Record]]:
    """Return what goes down to a unit, by kind, kinds and records in the order of a bundle.

    Args:
        reader: The store.
        specs: Its kinds.
        unit: The unit below.
        covered: Last entry of history whose changes the unit has taken in.
        devices: Its devices that are believed.
    """
    own = reader.setting(settings.UNIT)
    found: dict[str, dict[str, Record]] = {}
    for spec in specs.values():
        if spec.down is Down.TO_ITS_UNIT:
            _put(found, _addressed(reader, specs, spec, unit, covered))
        elif spec.down is Down.TO_ALL:
            _put(found, reader.all_records(spec.kind, changed_after=covered))
    ours = {kind: [r for r in held.values() if _goes(r, own)] for kind, held in found.items()}
    for record in _coming_home(reader, specs, unit, devices):
        ours.setdefault(record.kind, []).append(record)
    return {kind: sorted(ours[kind], key=_id_of) for kind in sorted(ours) if ours[kind]}


def addressed(chosen: Mapping[str, list[Record]], specs: Specs) -> Iterator[tuple[str, str]]:
    """Yield kind and id of those that went down because they name the unit."""
    for kind, records in chosen.items():
        if specs[kind].down is Down.TO_ITS_UNIT:
            yield from ((kind, record.id) for record in records)


def covered_below(reader: Reader, unit: str, devices: Iterable[str]) -> int:
    """Return the last entry of history whose changes every device of a unit has taken in."""
    rows = _merged_from(reader, unit)
    return min(
        (_covered(reader, [r for r in rows if r.device == one]) for one in devices), default=0
    )


def _merged_from(reader: Reader, unit: str) -> list[ReceivedRow]:
    return exchange.select(
        reader.connection,
        ReceivedRow,
        "WHERE sender = ? AND kind = ? AND state = ? ORDER BY entry, number",
        (unit, str(BundleKind.UP), MERGED),
    )


def _coming_home(
    reader: Reader, specs: Specs, unit: str, devices: Iterable[str]
) -> Iterator[Record]:
    """Yield the records of a unit that one of the devices which have sent may lack.

    While one writer made every bundle, its device has all of it. From the second one on everything
    that changed goes home; an answer made before that one came brought nothing, so it counts for
    nothing here. A device that never sent anything up is not waited for.
    """
    rows = _merged_from(reader, unit)
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.writer, row.entry or 0)
    if len(first) < 2:
        return
    second = sorted(first.values())[1]
    speaking = {row.device for row in rows} & set(devices)
    taken_in = [_covered(reader, [r for r in rows if r.device == one]) for one in speaking]
    covered = min((reached if reached >= second else 0 for reached in taken_in), default=0)
    for kind in specs:
        for record in reader.all_records(kind, changed_after=covered):
            if record.owner == unit and record.up.fields:
                yield record


def _covered(reader: Reader, rows: list[ReceivedRow]) -> int:
    """Return what one device has taken in, as its newest bundle says."""
    return min(_lives(reader, rows).values(), default=0)


def _lives(reader: Reader, rows: list[ReceivedRow]) -> dict[str, int]:
    """Return each writer that may be the one a device has now, and what it has taken in.

    A device that was restored speaks with a new writer and may know less than it did before. A
    bundle of its former life can come late, so the order of arrival does not tell which is the new
    one. What tells is a writer that has taken in an answer made after the last bundle of each other
    one was merged; until then any of them may be the one.
    """
    last = {row.writer: row.entry or 0 for row in rows}
    covered = {
        writer: _taken_in_by(reader, [row for row in rows if row.writer == writer])
        for writer in last
    }
    for writer, reached in covered.items():
        if all(reached >= entry for other, entry in last.items() if other != writer):
            return {writer: reached}
    return covered


def _taken_in_by(reader: Reader, said: list[ReceivedRow]) -> int:
    newest = max(said, key=lambda row: row.number)
    if not newest.acknowledges:
        return 0
    sent = exchange.select(
        reader.connection, SentRow, "WHERE digest = ? AND addressee = ?",
        (newest.acknowledges, newest.sender),
    )  # fmt: skip
    return sent[0].covers if sent else 0


def _addressed(
    reader: Reader, specs: Specs, spec: RecordSpec, unit: str, covered: int
) -> Iterator[Record]:
    """Yield what names the unit, or once did, and what it belongs to."""
    held = values_of(reader.connection, spec, [n for n in (spec.unit_by, spec.parent) if n])
    named = {each.id: each.values for each in held if each.values.get(spec.unit_by) == unit}
    before = {one for kind, one in exchange.went_down(reader.connection, unit) if kind == spec.kind}
    ours = named.keys() | before
    goes = [
        record
        for record in reader.all_records(spec.kind, changed_after=covered)
        if record.id in ours
    ]
    yield from goes
    if not spec.parent:
        return
    sources = {str(record.values().get(spec.parent)) for record in goes}
    of_all = {str(values.get(spec.parent)) for values in named.values()}
    for kind in spec.field(spec.parent).refers_to:
        if specs[kind].down is Down.WITH_THOSE:
            yield from reader.records(kind, sources).values()
            again = reader.all_records(kind, changed_after=covered)
            yield from (record for record in again if record.id in of_all)


def _put(found: dict[str, dict[str, Record]], records: Iterable[Record]) -> None:
    for record in records:
        found.setdefault(record.kind, {})[record.id] = record


def _id_of(record: Record) -> str:
    return record.id


def _goes(record: Record, own: str) -> bool:
    return record.owner == own and bool(record.up.fields)
