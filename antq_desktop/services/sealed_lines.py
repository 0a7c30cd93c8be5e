"""The lines that go into a bundle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import TYPE_CHECKING

from antq_desktop.domain.carried import to_line
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.basis import covered_by
from antq_desktop.storage import settings
from antq_desktop.storage.lines import own_lines

if TYPE_CHECKING:
    from antq_desktop.storage.exchange import BasisRow
    from antq_desktop.storage.queries import Reader


def bounded(
    chosen: Iterable[tuple[str, Iterable[bytes]]], most: int
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield kinds with their lines, and refuse when there are more than a bundle may hold.

    Raises:
        UserError: `too_many_records`.
    """
    room = most

    def counted(lines: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal room
        for line in lines:
            room -= 1
            if room < 0:
                message = (
                    f"Có quá {show_integer(most)} hồ sơ chưa được xác nhận nên không lập được một "
                    "gói. Báo người phụ trách chương trình."
                )
                raise UserError("too_many_records", message)
            yield line

    for kind, lines in chosen:
        yield kind, counted(lines)


def sibling_lines(reader: Reader, kind: str, changed_after: int) -> Iterator[bytes]:
    """Yield the own lines of a kind for the other devices of the unit, private parts included."""
    own = reader.setting(settings.UNIT)
    found = own_lines(reader, kind, own, changed_after=changed_after, siblings=True)
    return (line for _id, line in found)


def waiting_lines(reader: Reader, basis: BasisRow | None, kind: str) -> Iterator[tuple[str, bytes]]:
    """Yield id and line of each own record that an addressee has not confirmed or asks for again.

    Args:
        reader: The store.
        basis: What the addressee last said.
        kind: The kind of record.
    """
    return lines_between(reader, kind, covered_by(reader, basis), None, owed_ids(basis, kind))


def owed_ids(basis: BasisRow | None, kind: str) -> list[str]:
    """Return the ids of a kind that an addressee asks for again."""
    asked = json.loads(basis.owed) if basis else []
    return [str(id_) for asked_kind, id_ in asked if asked_kind == kind]


def lines_between(
    reader: Reader, kind: str, after: int, upto: int | None, also: list[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield id and line, sorted by id, each once, one after another: memory does not grow.

    Args:
        reader: The store.
        kind: The kind of record.
        after: Own records changed after this entry of history.
        upto: And not after this one, if any.
        also: Ids that go in any case.
    """
    own = reader.setting(settings.UNIT)
    found = reader.records(kind, also) if also else {}
    again = (
        (id_, to_line(found[id_]))
        for id_ in sorted(found)
        if found[id_].owner == own and found[id_].up.fields
    )
    changed = own_lines(reader, kind, own, changed_after=after, changed_upto=upto)
    last = ""
    for id_, line in merge(changed, again):
        if id_ != last:
            yield id_, line
        last = id_
