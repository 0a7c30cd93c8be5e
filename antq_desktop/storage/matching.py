"""The words of a search as the full-text table is asked for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.numbering import ways_to_write
from antq_desktop.storage.schema import search_table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_TOKEN: Final = re.compile(r"[^\W_]+")


def match_of(words: Iterable[str]) -> str:
    """Return the expression that finds rows in which each of these folded words begins a word.

    A word that may be the number or the sign of a document is looked for in every form in which
    the book may have it; numbers in another form than the typed one must be whole.
    """
    return " AND ".join(_any_way(word) for word in words)


def finds_any(connection: Connection, kind: str, words: Iterable[str]) -> bool:
    """Tell whether the words find any record of a kind; far less than to ask for its list."""
    search = search_table_of(kind)
    statement = f"SELECT 1 FROM {search} WHERE {search} MATCH ? LIMIT 1"  # noqa: S608 - our name
    return connection.exec_driver_sql(statement, (match_of(words),)).first() is not None


def matches(words: Iterable[str], text: str) -> bool:
    """Tell whether a folded text holds what the expression of the words finds in it."""
    held = _TOKEN.findall(text)
    return all(_is_there(word, held) for word in words)


def _any_way(word: str) -> str:
    typed, *others = ways_to_write(word)
    ways = [_all_of(typed, whole=False), *(_all_of(way, whole=_is_number(way)) for way in others)]
    return ways[0] if not others else f"({' OR '.join(ways)})"


def _all_of(words: tuple[str, ...], *, whole: bool) -> str:
    *before, last = (f'"{word}"' for word in words)
    told = " AND ".join((*before, last if whole else f"{last}*"))
    return told if not before else f"({told})"


def _is_there(word: str, held: Sequence[str]) -> bool:
    typed, *others = ways_to_write(word)
    return _begins(typed, held, whole=False) or any(
        _begins(way, held, whole=_is_number(way)) for way in others
    )


def _begins(way: tuple[str, ...], held: Sequence[str], *, whole: bool) -> bool:
    *before, last = way
    ends = last in held if whole else any(one.startswith(last) for one in held)
    return ends and all(one in held for one in before)


def _is_number(way: tuple[str, ...]) -> bool:
    return way[-1].isdigit()
