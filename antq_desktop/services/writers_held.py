"""What this store holds of one writer of one device, as the gate asks for it.

Nothing is read before the header of a bundle names its writer, and then each question is one look
into an index: the two hundredth bundle costs what the first did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.keys import Enrolled
from antq_desktop.services.forked import Settlement
from antq_desktop.services.journal_echo import journal_from
from antq_desktop.storage.exchange import MERGED, WITHDRAWN

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

FORKS: Final = ("fork_number", "fork_previous")
_OF_WRITER: Final = "FROM received WHERE writer = ? AND device = ?"


@dataclass(frozen=True, slots=True)
class StoreRegistry:
    """Answers the gate from the register of what came.

    Attributes:
        devices: Whom the gate believes, by key.
        settled: The forks that were repaired.
        reading: Opens a transaction to look in.
    """

    devices: Mapping[str, Enrolled]
    settled: Sequence[Settlement]
    reading: Callable[[], AbstractContextManager[Reader]]
    _reader: Reader | None = field(default=None, kw_only=True)

    def within(self, reader: Reader) -> StoreRegistry:
        """Return the same, looking with the eyes of a transaction that is open."""
        return replace(self, _reader=reader)

    def signer(self, key_id: str) -> Enrolled | None:
        """Return the accepted device with that signing key, revoked or not."""
        return self.devices.get(key_id)

    def held(self, device: str, writer: str, number: int) -> str | None:
        """Return the identity of the bundle that is merged under that number."""
        return self._identity(device, writer, number, MERGED)

    def seen(self, device: str, writer: str, number: int) -> str | None:
        """Return the identity of the bundle ever taken in there, withdrawn since or not.

        What was withdrawn counts for forks: another bundle must not take its number.
        """
        settled = self._settled(device, writer)
        if settled and settled.kept and number == settled.number:
            return settled.kept
        held = self.held(device, writer, number)
        return held or self._identity(device, writer, number, WITHDRAWN)

    def highest(self, device: str, writer: str) -> int:
        """Return the largest number taken in of that writer, 0 when there is none."""
        found = self._asked(
            f"SELECT max(number) {_OF_WRITER} AND state IN (?, ?)",
            (writer, device, MERGED, WITHDRAWN),
        )
        return int(str(found[0][0] or 0))

    def forked_from(self, device: str, writer: str) -> int:
        """Return the number from which bundles of that writer wait for a repair, 0 for none."""
        if self._settled(device, writer):
            return 0
        found = self._asked(
            f"SELECT min(number) {_OF_WRITER} AND shelf IN (?, ?)", (writer, device, *FORKS)
        )
        return int(str(found[0][0] or 0))

    def settled_from(self, device: str, writer: str) -> int:
        """Return the number from which two copies of that writer were told apart, 0 for none."""
        settled = self._settled(device, writer)
        return settled.number if settled else 0

    def journal_before(self, device: str, writer: str, number: int) -> tuple[int, int]:
        """Return the longest history that bundles with lower numbers told of, and which told it."""
        return max(self._journals(device, writer, "<", number), default=(0, 0))

    def journal_after(self, device: str, writer: str, number: int) -> tuple[int, int]:
        """Return the shortest history that bundles with higher numbers told of, and which did."""
        return min(self._journals(device, writer, ">", number), default=(0, 0))

    def _journals(
        self, device: str, writer: str, side: str, number: int
    ) -> Iterator[tuple[int, int]]:
        """Yield how long the nearest history is that bundles on one side of a number told of."""
        largest = "DESC" if side == "<" else "ASC"
        length = "CAST(substr(journal, 1, instr(journal, ' ') - 1) AS INTEGER)"
        found = self._asked(
            f"SELECT journal, number {_OF_WRITER} AND state = ? AND journal <> ''"
            f" AND number {side} ? ORDER BY {length} {largest}, number {largest} LIMIT 1",
            (writer, device, MERGED, number),
        )
        for journal, told_by in found:
            place = journal_from(str(journal))
            if place is not None:
                yield place.length, int(str(told_by))

    def _settled(self, device: str, writer: str) -> Settlement | None:
        same = (one for one in self.settled if (one.device, one.writer) == (device, writer))
        return next(same, None)

    def _identity(self, device: str, writer: str, number: int, state: str) -> str | None:
        found = self._asked(
            f"SELECT digest {_OF_WRITER} AND number = ? AND state = ? LIMIT 1",
            (writer, device, number, state),
        )
        return str(found[0][0]) if found else None

    def _asked(self, statement: str, values: Sequence[object]) -> list[Sequence[object]]:
        with self._looking() as reader:
            found = reader.connection.exec_driver_sql(statement, tuple(values))
            return [tuple(row) for row in found]

    @contextmanager
    def _looking(self) -> Iterator[Reader]:
        if self._reader is not None:
            yield self._reader
            return
        with self.reading() as reader:
            yield reader
