"""What the one search box finds: records of every kind, choices of code lists, and figures.

It is no search for people. Kinds whose records are persons are not asked, a record is not found by
the name of a person in it, and the people of incidents and private fields are in no index at all:
a search over kinds would otherwise be the page about one person that must not exist. To look for
somebody in the incidents there is `services/person_search.py`, which asks for a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.asking import Asked, asked
from antq_desktop.domain.clock import VIETNAM, Clock
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import FieldKind, FieldSpec, LineSpec, Order, RecordSpec, Values
from antq_desktop.domain.listing import Listing, ListRow
from antq_desktop.domain.shown import show_date, show_title
from antq_desktop.domain.succession import ByUnits
from antq_desktop.domain.text import fold, search_words
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.matching import finds_any, matches
from antq_desktop.storage.rows import search_text
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.domain.periods import Period
    from antq_desktop.services.reports import Reports
    from antq_desktop.storage.queries import Reader

MOST_OF_A_KIND: Final = 5  # more are found by its own list, which can be filtered further
MOST_CHOICES: Final = 6
_LOOKED_AT: Final = 100
_PAGES_LOOKED_AT: Final = 5
_BEGINNING_OF_AN_ID: Final = re.compile(r"(?=.*\d)[0-9a-f]{6,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that was found.

    Attributes:
        spec: Its kind.
        id: Its id.
        title: What it is called.
        day: The date that places it, as the screen shows it; empty where there is none.
        opens: Kind and id of the record whose page shows it: itself, or the one it belongs to.
    """

    spec: RecordSpec
    id: str
    title: str
    day: str
    opens: tuple[str, str]


@dataclass(frozen=True, slots=True)
class FoundChoice:
    """A choice of a code list that records of a kind may have; `named` when it begins as typed."""

    spec: RecordSpec
    field: FieldSpec
    value: str
    label: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A figure with its value, and a remark that may be empty."""

    asked: Asked
    value: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """The records that gave to a figure, or those they belong to where these are listed."""

    kind: str
    ids: tuple[str, ...]


def is_of_persons(spec: RecordSpec) -> bool:
    """Tell whether the records of a kind are persons: a list of their scheme or team, no more."""
    return spec.order is Order.NAME_OF_PERSON


class SearchBox:
    """Looks over all kinds; each part may be asked by itself, on a reader, and stopped."""

    def __init__(
        self, store: Store, codes: Codes, clock: Clock, reports: Callable[[], Reports]
    ) -> None:
        """Take what is looked through; the figures are made ready at the first question."""
        self._store = store
        self._codes = codes
        self._clock = clock
        self._reports = reports

    def kinds(self, listed: Sequence[str]) -> tuple[str, ...]:
        """Return the kinds that are looked through: those with a list, and what belongs to them."""
        specs = self._store.specs
        held = [kind for kind in listed if kind in specs and not is_of_persons(specs[kind])]
        below = [
            spec.kind
            for spec in specs.values()
            if spec.kind not in listed
            and spec.parent
            and not is_of_persons(spec)
            and set(spec.field(spec.parent).refers_to) <= set(held)
        ]
        return (*held, *below)

    def records(
        self, typed: str, listed: Sequence[str], check: Callable[[], None]
    ) -> list[FoundRecord]:
        """Return some records of each kind that words find, kind by kind.

        Args:
            typed: As typed, with or without marks; also the number of a document in any form.
            listed: The kinds that have a list of their own, in their order.
            check: Asked between kinds; raises when nobody waits any more.
        """
        words = search_words(typed)
        found: list[FoundRecord] = []
        with self._store.reading() as reader:
            for kind in self.kinds(listed) if words else ():
                check()
                if finds_any(reader.connection, kind, words):
                    found += self._of_kind(reader, self._store.specs[kind], words)
        return found

    def by_id(self, typed: str, listed: Sequence[str]) -> list[FoundRecord]:
        """Return the record whose id begins as typed, at least six letters of it."""
        beginning = typed.strip().lower()
        if not _BEGINNING_OF_AN_ID.fullmatch(beginning):
            return []
        asked_kinds = self.kinds(listed)
        with self._store.reading() as reader:
            ids = [one for one in reader.ids_beginning(beginning) if one[0] in asked_kinds]
            found: list[FoundRecord] = []
            for kind, record_id in ids:
                spec = self._store.specs[kind]
                listing = Listing(kind, among=(record_id,), voided=True)
                rows = reader.window(listing, _shown_fields(spec), limit=1)
                found += [_found(spec, row) for row in rows]
        return found

    def choices(self, typed: str, listed: Sequence[str]) -> list[FoundChoice]:
        """Return the choices that words name; nothing is read from the store."""
        words = search_words(typed)
        if sum(len(word) for word in words) <= 1:
            return []
        ranked = sorted(
            (rank, place, one)
            for place, one in enumerate(self._every_choice(listed))
            if (rank := _rank(one.label, words)) is not None
        )
        return [replace(one, named=not rank[0]) for rank, _, one in ranked[:MOST_CHOICES]]

    def questions(self, typed: str) -> tuple[Asked, ...]:
        """Return the figures that words ask for, of kinds that are kept here."""
        today = self._clock.now().astimezone(VIETNAM).date()
        found = asked(typed, today)
        return tuple(one for one in found if one.measure.kind in self._store.specs)

    def answer(self, one: Asked) -> Answered:
        """Return the value of a figure."""
        figure = self._reports().figure(one.measure.code, one.period)
        return Answered(one, figure.value, figure.remark)

    def behind(
        self,
        code: str,
        period: Period,
        listed: Sequence[str],
        unit: str = "",
        by: ByUnits = ByUnits.NOW,
    ) -> Behind:
        """Return the records that gave to a figure, as a list that an officer can open.

        Args:
            code: Code of the measure.
            period: The period.
            listed: The kinds that have a list.
            unit: Only records of this unit; empty for all.
            by: By which units the figure was summed.

        Raises:
            UserError: `unknown_measure`.
        """
        from antq_desktop.domain.figures import measure_of

        kind = measure_of(code).kind
        ids: Collection[str] = set(self._reports().by(by).records_of(code, period, unit))
        while kind not in listed:
            spec = self._store.specs[kind]
            ids = self._above(spec, ids)
            kind = spec.field(spec.parent).refers_to[0]
        return Behind(kind, tuple(sorted(ids)))

    def _above(self, spec: RecordSpec, ids: Collection[str]) -> set[str]:
        with self._store.reading() as reader:
            held = values_of(reader.connection, spec, (spec.parent,))
            return {str(one.values.get(spec.parent, "")) for one in held if one.id in ids}

    def _of_kind(
        self, reader: Reader, spec: RecordSpec, words: tuple[str, ...]
    ) -> Iterator[FoundRecord]:
        listing, fields = Listing(spec.kind, words), _shown_fields(spec)
        if not _finds_people(spec):
            rows = reader.window(listing, fields, limit=MOST_OF_A_KIND)
            yield from (_found(spec, row) for row in rows)
            return
        nameless, place, count = without_names(spec), None, 0
        for _ in range(_PAGES_LOOKED_AT):
            rows = reader.window(listing, fields, after=place, limit=_LOOKED_AT)
            records = reader.records(spec.kind, (row.id for row in rows))
            for row in rows:
                if matches(words, search_text(nameless, records[row.id])):
                    yield _found(spec, row)
                    count += 1
                    if count == MOST_OF_A_KIND:
                        return
            if len(rows) < _LOOKED_AT:
                return
            place = rows[-1].place

    def _every_choice(self, listed: Sequence[str]) -> Iterator[FoundChoice]:
        specs: Mapping[str, RecordSpec] = self._store.specs
        for kind in listed:
            spec = specs.get(kind)
            if spec is None or is_of_persons(spec):
                continue
            for field in spec.fields:
                if field.kind is FieldKind.CHOICE:
                    for value in self._codes[field.codes].values:
                        if not value.retired:
                            yield FoundChoice(spec, field, value.id, value.label)


def without_names(spec: RecordSpec) -> RecordSpec:
    """Return a kind as the search over kinds sees it: found by no name of a person."""

    def unnamed(field: FieldSpec) -> FieldSpec:
        return replace(field, searched=False) if field.names_person else field

    def unnamed_line(line: LineSpec) -> LineSpec:
        return replace(line, fields=tuple(unnamed(field) for field in line.fields))

    return replace(
        spec,
        fields=tuple(unnamed(field) for field in spec.fields),
        lines=tuple(unnamed_line(line) for line in spec.lines),
    )


def _finds_people(spec: RecordSpec) -> bool:
    fields = [*spec.fields, *(field for line in spec.lines for field in line.fields)]
    return any(field.names_person and field.searched for field in fields)


def _shown_fields(spec: RecordSpec) -> tuple[str, ...]:
    more = (spec.dated_by, spec.parent)
    return tuple(dict.fromkeys((*spec.title, *(name for name in more if name))))


def _found(spec: RecordSpec, row: ListRow) -> FoundRecord:
    values: Values = row.values
    day = values.get(spec.dated_by) if spec.dated_by not in ("", *spec.title) else None
    above = values.get(spec.parent) if spec.parent else None
    opens = (spec.kind, row.id)
    if isinstance(above, str):
        opens = (spec.field(spec.parent).refers_to[0], above)
    title = show_title(spec, values)
    return FoundRecord(spec, row.id, title, show_date(str(day)) if day else "", opens)


def _rank(label: str, words: Sequence[str]) -> tuple[bool, int] | None:
    """Return how far a label is from words that are of it, less is nearer.

    The last word may be still under way; those before it stand in the label as they were typed.
    """
    held = _words_of(label)
    *whole, last = words
    if not set(whole) <= set(held) or not any(one.startswith(last) for one in held):
        return None
    first = all(one.startswith(word) for word, one in zip(words, held, strict=False))
    return not first, len(held)


@cache
def _words_of(label: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", fold(label)))
