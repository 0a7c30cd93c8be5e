"""The lines that go into a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from antq_desktop.bundle.limits import MOST_RECORDS
from antq_desktop.domain.errors import UserError
from antq_desktop.storage import settings
from antq_desktop.storage.lines import own_lines

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader


def bounded(
    chosen: Iterable[tuple[str, Iterable[bytes]]],
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield kinds with their lines, and refuse when there are more than a bundle may hold.

    Raises:
        UserError: `too_many_records`.
    """
    room = MOST_RECORDS

    def counted(lines: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal room
        for line in lines:
            room -= 1
            if room < 0:
                message = (
                    f"Có quá {MOST_RECORDS:,} hồ sơ chưa được xác nhận nên không lập được một gói. "
                    "Báo người phụ trách chương trình."
                ).replace(",", ".", 1)
                raise UserError("too_many_records", message)
            yield line

    for kind, lines in chosen:
        yield kind, counted(lines)


def sibling_lines(reader: Reader, kind: str, changed_after: int) -> Iterator[bytes]:
    """Yield the own lines of a kind for the other devices of the unit, private parts included."""
    own = reader.setting(settings.UNIT)
    found = own_lines(reader, kind, own, changed_after=changed_after, siblings=True)
    return (line for _id, line in found)
