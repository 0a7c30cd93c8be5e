"""What other records say beside the one being edited: yearly ratings, numbers of a book.

One record cannot know it. Everything here is a remark that stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Value, Values
from antq_desktop.domain.numbering import Book, book_of, number_of
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.team_ratings import remarks as rating_remarks
from antq_desktop.domain.text import sort_key
from antq_desktop.storage.columns import values_of

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

RATED: Final = {"team_rating": "protection_team", "member_rating": "team_member"}
DOCUMENT: Final = "document"
BODY: Final = "issuing_body"
KEPT_HERE: Final = "here"
NUMBER: Final = "number"
NEXT_NUMBER: Final = "next_number"
INCOMING: Final = "incoming"
_MOST_TOLD: Final = 12
_ABOUT_ALL: Final = "too_many_excellent"
_READS: Final[Mapping[str, tuple[str, ...]]] = {
    "protection_team": ("founded_on",),
    "team_member": ("protection_team", "office", "joined_on"),
    "team_rating": ("protection_team", "year", "rating"),
    "member_rating": ("team_member", "year", "rating"),
    DOCUMENT: ("number", "dated", "body", "direction"),
    BODY: ("name", "numbering"),
}


@dataclass(frozen=True, slots=True)
class KeptBook:
    """The numbers of one body that keeps its own book, in one year."""

    body: str
    name: str
    year: str
    book: Book

    @property
    def sentence(self) -> str:
        """What is to be looked at; empty where the book has neither gaps nor doubles."""
        told = []
        if self.book.gaps:
            told.append(f"còn trống số {_listed(self.book.gaps)}")
        if self.book.doubles:
            told.append(f"trùng số {_listed(self.book.doubles)}")
        return f"Sổ {self.name} năm {self.year}: {'; '.join(told)}." if told else ""


class Beside:
    """Looks at other records for remarks beside one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def remarks(self, kind: str, record_id: str, values: Values) -> list[Fault]:
        """Return what stands beside a record as it is in an editor; warnings only.

        Args:
            kind: Its kind.
            record_id: Its id; what the store holds of it is left out.
            values: Its values as typed.
        """
        if kind in RATED and kind in self._store.specs:
            return list(self._of_rating(kind, record_id, values))
        if kind == DOCUMENT and kind in self._store.specs:
            return list(self._of_number(record_id, values))
        return []

    def books(self, year: str) -> list[KeptBook]:
        """Return the books that this unit keeps itself, in the order of the alphabet."""
        with self._store.reading() as reader:
            bodies = self._held(reader, BODY)
            documents = self._held(reader, DOCUMENT)
        kept = [(key, str(body["name"])) for key, body in bodies.items() if _kept(body)]
        return [
            KeptBook(key, name, year, book_of(_numbers(documents, key, year)))
            for key, name in sorted(kept, key=lambda one: sort_key(one[1]))
        ]

    def _of_rating(self, kind: str, record_id: str, values: Values) -> Iterator[Fault]:
        year, rated = values.get("year"), values.get(RATED[kind])
        if not isinstance(year, int) or not values.get("rating"):
            return
        with self._store.reading() as reader:
            held = {
                each: self._held(reader, each) for each in _READS if each not in (DOCUMENT, BODY)
            }
        typed = {**held[kind], record_id: values}
        of_teams = typed if kind == "team_rating" else held["team_rating"]
        of_members = typed if kind == "member_rating" else held["member_rating"]
        found = rating_remarks(
            year, held["protection_team"], held["team_member"],
            of_teams.values(), of_members.values(),
        )  # fmt: skip
        word = "thành viên Tổ" if kind == "member_rating" else "Tổ hoàn thành"
        for remark in found:
            of_all = remark.code == _ABOUT_ALL and values["rating"] == "excellent"
            if remark.record == rated or (of_all and word in remark.message):
                yield Fault(remark.code, remark.message, "rating", warning=True)

    def _of_number(self, record_id: str, values: Values) -> Iterator[Fault]:
        body, year = values.get("body"), str(values.get("dated") or "")[:4]
        if not isinstance(body, str) or not year or values.get("direction") == INCOMING:
            return
        with self._store.reading() as reader:
            bodies = self._held(reader, BODY)
            documents = self._held(reader, DOCUMENT)
        documents.pop(record_id, None)
        if body not in bodies or not _kept(bodies[body]):
            return
        numbers = _numbers(documents, body, year)
        book, written = book_of(numbers), values.get("number")
        name = str(bodies[body]["name"])
        number = number_of(written) if isinstance(written, str) else None
        if number is None:
            message = f"Số tiếp theo của sổ {name} năm {year} là {book.next}."
            yield Fault(NEXT_NUMBER, message, NUMBER, warning=True)
        elif number in {number_of(each) for each in numbers}:
            message = (
                f"Số {number:02d} đã có trong sổ {name} năm {year}. Số tiếp theo là {book.next}."
            )
            yield Fault("number_given_twice", message, "number", warning=True)

    def _held(self, reader: Reader, kind: str) -> dict[str, dict[str, Value]]:
        spec = self._store.specs[kind]
        return {held.id: held.values for held in values_of(reader.connection, spec, _READS[kind])}


def _kept(body: Values) -> bool:
    return body.get("numbering") == KEPT_HERE


def _numbers(documents: Mapping[str, Values], body: str, year: str) -> list[str]:
    return [
        str(each["number"])
        for each in documents.values()
        if each.get("body") == body
        and each.get("number")
        and str(each.get("dated") or "").startswith(year)
        and each.get("direction") != INCOMING
    ]


def _listed(numbers: tuple[int, ...]) -> str:
    told = ", ".join(f"{number:02d}" for number in numbers[:_MOST_TOLD])
    more = len(numbers) - _MOST_TOLD
    return f"{told} và {show_integer(more)} số khác" if more > 0 else told
