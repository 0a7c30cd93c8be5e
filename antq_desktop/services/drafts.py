"""Drafts: what was typed and not yet saved, kept through a crash, a power cut or a closed lid.

All drafts of a profile lie in one small sealed file, written anew at each keeping. They belong to
the officer who typed them, never travel, and are dropped when they are saved, given up, or older
than `KEPT_DAYS`, so that no facts about persons gather there.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from antq_desktop.domain.canonical import Json, canonical
from antq_desktop.domain.clock import VIETNAM, Clock, civil
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.storage.drafts import read_sealed, remove_sealed, write_sealed
from antq_desktop.storage.store import Store

FILE: Final = "drafts.sealed"
PURPOSE: Final = "drafts"
KEPT_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Draft:
    """Something typed and not saved.

    Attributes:
        id: Id of the record that was being written.
        kind: Its kind.
        officer: Whose draft it is.
        at: Civil time of its last keeping, to the second.
        title: What the record is called so far; may be empty.
        content: What the editor needs to go on.
    """

    id: str
    kind: str
    officer: str
    at: str
    title: str
    content: Mapping[str, Json]


class Drafts:
    """Keeps, finds and drops the drafts of one officer; may be called from any thread."""

    def __init__(self, store: Store, clock: Clock, officer: str) -> None:
        self._path = store.folder / FILE
        self._sealer = store.sealer(PURPOSE)
        self._clock = clock
        self._officer = officer
        self._lock = threading.Lock()
        self._held: dict[str, Draft] | None = None

    def keep(self, record_id: str, kind: str, title: str, content: Mapping[str, Json]) -> Draft:
        """Keep a draft in place of an older one of the same record; return it.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        draft = Draft(record_id, kind, self._officer, civil(self._clock.now()), title, content)
        with self._lock:
            held = {**self._all(), self._key(record_id): draft}
            self._write(held)
        return draft

    def of(self, kind: str) -> list[Draft]:
        """Return the officer's drafts of a kind, the newest first.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        with self._lock:
            mine = [draft for draft in self._all().values() if draft.officer == self._officer]
        found = [draft for draft in mine if draft.kind == kind]
        return sorted(found, key=lambda draft: draft.at, reverse=True)

    def find(self, record_id: str) -> Draft | None:
        """Return the officer's draft of a record.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        with self._lock:
            return self._all().get(self._key(record_id))

    def everything(self) -> str:
        """Return all that the drafts of every officer hold, as text.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        with self._lock:
            held = [draft.content for draft in self._all().values()]
        return canonical(held).decode()

    def drop(self, record_id: str) -> None:
        """Forget a draft; nothing happens when there is none.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        with self._lock:
            held = dict(self._all())
            if held.pop(self._key(record_id), None) is not None:
                self._write(held)

    def forget(self, records: Collection[str]) -> None:
        """Forget the drafts of these records, whoever typed them: what they held was erased.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        with self._lock:
            held = {key: one for key, one in self._all().items() if not _speaks_of(one, records)}
            if len(held) < len(self._all()):
                self._write(held)

    def _key(self, record_id: str) -> str:
        return f"{self._officer}\x1f{record_id}"

    def _all(self) -> dict[str, Draft]:
        if self._held is None:
            self._held = dict(self._read())
        return self._held

    def _read(self) -> Iterator[tuple[str, Draft]]:
        try:
            plain = read_sealed(self._path, self._sealer)
        except EnvironmentFault as fault:
            if fault.code != "sealed_damaged":
                raise
            plain = None  # nothing can be had from it; the next keeping writes a whole one
        for item in json.loads(plain) if plain else ():
            draft = Draft(**item)
            if self._is_young(draft):
                yield f"{draft.officer}\x1f{draft.id}", draft

    def _is_young(self, draft: Draft) -> bool:
        kept = datetime.fromisoformat(draft.at).replace(tzinfo=VIETNAM)
        return self._clock.now() - kept <= timedelta(days=KEPT_DAYS)

    def _write(self, held: dict[str, Draft]) -> None:
        if not held:
            remove_sealed(self._path)
        else:
            items: list[Json] = [
                {
                    "id": draft.id,
                    "kind": draft.kind,
                    "officer": draft.officer,
                    "at": draft.at,
                    "title": draft.title,
                    "content": draft.content,
                }
                for draft in held.values()
            ]
            write_sealed(self._path, canonical(items), self._sealer)
        self._held = held


def _speaks_of(draft: Draft, records: Collection[str]) -> bool:
    """Tell whether a draft is of one of these records, or holds one among its children."""
    told = canonical(draft.content).decode()
    return draft.id in records or any(record in told for record in records)
