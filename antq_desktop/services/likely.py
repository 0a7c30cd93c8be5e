"""Records that may be there already, suggested while another one is typed.

Nothing is merged and nothing refused by it: the officer looks and decides. What is looked for is
declared by the kind; a person is only ever looked for in the list of one record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.fields import Values
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.suspects import told
from antq_desktop.storage import tallies
from antq_desktop.storage.store import Store

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record that may be the same thing.

    Attributes:
        id: Its identity.
        title: What it is called.
        by: What both have in common, in words.
    """

    id: str
    title: str
    by: str


class Likely:
    """Looks for records that are alike."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, kind: str, values: Values, but: str = "") -> list[Likeness]:
        """Return the records in force that may be the same as what is typed, at most `MOST`.

        Args:
            kind: Its kind.
            values: What is typed so far.
            but: Id of the record itself, which is like nothing but itself.
        """
        spec = spec_of(kind, self._store.specs)
        with self._store.reading() as reader:
            found = tallies.all_alike(reader, kind, values, but)
        return [Likeness(one, title, told(spec, names)) for one, title, names in found[:MOST]]
