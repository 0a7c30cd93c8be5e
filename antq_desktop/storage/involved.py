"""The one reading of private fields across records: incidents that name a person.

Nothing is indexed for it: the rows of one kind are read from first to last, so that the file holds
no way from a person to what is known about them. Only `services/person_search.py` calls it, which
asks for a reason; a test holds both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from antq_desktop.domain.fields import lines_of
from antq_desktop.storage.schema import VOIDED

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from antq_desktop.domain.fields import Value
    from antq_desktop.domain.record import Record

KIND: Final = "incident"
LINES: Final = "involved"
_STATEMENT: Final = (
    "SELECT id, f_callback, lines FROM incident"
    " WHERE standing < ? AND (lines IS NOT NULL OR f_callback IS NOT NULL)"
    " ORDER BY sort DESC, row DESC"
)
_ASKED_EVERY: Final = 500


@dataclass(frozen=True, slots=True)
class Named:
    """One incident in force with what it says of people; nothing else of it is read.

    Attributes:
        id: Its id.
        callback: The telephone number to call back; may be empty.
        people: The fields of each person involved.
    """

    id: str
    callback: str
    people: tuple[dict[str, Value], ...]


def named_in_incidents(connection: Connection, check: Callable[[], None]) -> Iterator[Named]:
    """Yield the incidents in force that name anybody, the newest first; `check` may end it.

    People who were taken out of an incident may still be among them, since a row keeps what another
    device may contest: `as_shown` tells whom it names now.
    """
    rows = connection.exec_driver_sql(_STATEMENT, (VOIDED,))
    for count, (record, callback, lines) in enumerate(rows):
        if count % _ASKED_EVERY == 0:
            check()
        people = _people(str(lines)) if lines else ()
        if callback or people:
            yield Named(str(record), str(callback or ""), people)


def as_shown(record: Record) -> Named:
    """Return whom an incident names as it is shown."""
    values = record.values()
    people = tuple(lines_of(values, LINES).values())
    return Named(record.id, str(values.get("callback") or ""), people)


def _people(lines: str) -> tuple[dict[str, Value], ...]:
    held = cast("dict[str, dict[str, dict[str, Value]]]", json.loads(lines))
    return tuple(held.get(LINES, {}).values())
