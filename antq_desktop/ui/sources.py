"""Where the rows of a list come from: all ids of a small result, or keyset pages of a large one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

PAGE = 100  # rows fetched at once
_READY_PAGES = 3  # walked pages kept for the first paint

# What a page begins after: opaque to the window, a sort key and an id to the store.
PageKey = object


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in a cell: its word, and its tone (calm, watch, fault, info, plain)."""

    text: str
    tone: str = "plain"


Cell = str | Badge


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it is shown: the id of its record and its cells, in the order of the columns."""

    id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order, and the key after which the next page begins; None after the last row."""

    rows: tuple[TableRow, ...]
    next_key: PageKey | None = None


class RowSource(Protocol):
    """Rows by number. `load` runs on a worker and changes nothing; `accept` on the UI thread."""

    def count_known(self) -> int:
        """Return how many rows are known to exist."""
        ...

    def complete(self) -> bool:
        """Tell whether no further rows can turn up."""
        ...

    def ready(self) -> Mapping[int, Page]:
        """Return the pages already fetched, by number; they are shown at once."""
        ...

    def load(self, number: int) -> Page:
        """Return the page of that number, from 0; called on a worker."""
        ...

    def accept(self, number: int, page: Page) -> int:
        """Learn from a page that came home; return how many rows are known now."""
        ...

    def row_of(self, record_id: str) -> int | None:
        """Return the row of a record where that is known without fetching."""
        ...


class AllIds:
    """A result small enough to hold every id: up to 20,000."""

    def __init__(
        self,
        ids: Sequence[str],
        fetch: Callable[[Sequence[str]], Sequence[TableRow]],
        ready: Mapping[int, Page] | None = None,
    ) -> None:
        """Take the ids in order, what fetches the rows of some of them, and pages at hand."""
        self._ids = ids
        self._fetch = fetch
        self._ready = dict(ready or {})
        self._rows: dict[str, int] | None = None

    def count_known(self) -> int:
        """Return the number of ids."""
        return len(self._ids)

    def complete(self) -> bool:
        """Return True: all ids are known."""
        return True

    def ready(self) -> Mapping[int, Page]:
        """Return the pages handed in."""
        return self._ready

    def fetch_around(self, row: int) -> None:
        """Fetch the page of a row, on a worker, before the list is shown without a blank moment."""
        if self._ids:
            number = min(max(row, 0), len(self._ids) - 1) // PAGE
            self._ready[number] = self.load(number)

    def load(self, number: int) -> Page:
        """Fetch the rows of a page."""
        start = number * PAGE
        wanted = self._ids[start : start + PAGE]
        found = {row.id: row for row in self._fetch(wanted)}
        # A record that went away between query and fetch keeps its place until the next query.
        return Page(tuple(found.get(record_id, TableRow(record_id, ())) for record_id in wanted))

    def accept(self, number: int, page: Page) -> int:  # noqa: ARG002
        """Return the number of ids; a page adds nothing to it."""
        return len(self._ids)

    def row_of(self, record_id: str) -> int | None:
        """Return the row of a record."""
        if self._rows is None:
            self._rows = {found: row for row, found in enumerate(self._ids)}
        return self._rows.get(record_id)


class KeysetPages:
    """A result of any size, walked page by page along an index.

    Only the key before each page is kept, so a million rows cost ten thousand keys.
    """

    def __init__(self, fetch: Callable[[PageKey | None, int], Page]) -> None:
        """Take what fetches so many rows after a key (after None: the first)."""
        self._fetch = fetch
        self._keys: list[PageKey | None] = [None]
        self._count = 0
        self._complete = False
        self._ready: dict[int, Page] = {}
        self._places: dict[str, int] = {}

    def walk(
        self,
        rows: int = 1,
        wanted: Collection[str] = (),
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Fetch pages, on a worker, until so many rows are known or all are.

        After a save the list is walked as far as it was before, so that it can keep its place.

        Args:
            rows: How many rows should be known.
            wanted: Ids whose rows are remembered: the current record and the selected ones.
            check: Called before each page; raises to stop.
        """
        while self._count < rows and not self._complete:
            check()
            number = len(self._keys) - 1
            page = self.load(number)
            self._learn(number, page)
            self._ready[number] = page
            self._ready.pop(number - _READY_PAGES, None)
            for at, row in enumerate(page.rows):
                if row.id in wanted:
                    self._places[row.id] = number * PAGE + at

    def count_known(self) -> int:
        """Return how many rows the pages seen so far hold."""
        return self._count

    def complete(self) -> bool:
        """Tell whether the last page was seen."""
        return self._complete

    def ready(self) -> Mapping[int, Page]:
        """Return the last pages walked."""
        return self._ready

    def load(self, number: int) -> Page:
        """Fetch a page whose key is known: any seen before, or the next one.

        Raises:
            IndexError: The page before it was never seen.
        """
        return self._fetch(self._keys[number], PAGE)

    def accept(self, number: int, page: Page) -> int:
        """Learn the key of the next page; return how many rows are known now."""
        self._learn(number, page)
        return self._count

    def row_of(self, record_id: str) -> int | None:
        """Return the row of a record that was wanted when the pages were walked."""
        return self._places.get(record_id)

    def _learn(self, number: int, page: Page) -> None:
        if number != len(self._keys) - 1 or self._complete:
            return
        self._count = number * PAGE + len(page.rows)
        if page.next_key is None or len(page.rows) < PAGE:
            self._complete = True
        else:
            self._keys.append(page.next_key)
