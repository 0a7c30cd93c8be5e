"""What a leader asks in the morning beside what is late: what comes this week, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.keeping import months_before
from antq_desktop.domain.periods import first_day
from antq_desktop.domain.records.documents import DONE_STATES
from antq_desktop.domain.records.standards_results import REMEDIED
from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_integer, show_moment
from antq_desktop.storage import history, settings
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.history import Wanted

if TYPE_CHECKING:
    from antq_desktop.services.erasing import Erasing
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.standing import Standing
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

MOST_NAMED: Final = 2_000  # ids that a list can be narrowed to without being slow
REVIEW_MONTHS: Final = 12
PLAN: Final = "remedial_plan"  # is called by its year alone: here by its unit
_DATED: Final = (
    ("task", frozenset({*DONE_STATES, "stopped"})),
    (PLAN, frozenset({REMEDIED})),
)
"""Kinds of records with a last day, and the states that ask nothing any more."""

_OWN_HAND: Final = (Action.ADD, Action.SET, Action.VOID, Action.UNDO)


@dataclass(frozen=True, slots=True)
class Coming:
    """A record whose last day is over or lies in this week.

    Attributes:
        kind: Its kind.
        id: Its identity.
        title: What it is called.
        day: Its last day.
        left: Days until then; below zero when it is over.
    """

    kind: str
    id: str
    title: str
    day: str
    left: int

    @property
    def told(self) -> str:
        """How the term stands, as an officer says it."""
        if self.left < 0:
            return f"quá hạn {show_integer(-self.left)} ngày"
        return f"còn {self.left} ngày" if self.left else "hạn hôm nay"


@dataclass(frozen=True, slots=True)
class News:
    """Records of one kind that others touched; `ids` is empty where they are too many to name."""

    kind: str
    added: int
    changed: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Morning:
    """What the first page tells beside what is late.

    Attributes:
        coming: What has a last day up to the end of this week, the most pressing first.
        since: When the officer signed in before this time, for the screen; empty for never.
        news: What others did since then, and what bundles brought, by kind, the most first.
        review: Whether the yearly review of what is kept about people is due.
    """

    coming: tuple[Coming, ...] = ()
    since: str = ""
    news: tuple[News, ...] = ()
    review: bool = False


class Mornings:
    """Reads the store for the first page."""

    def __init__(self, store: Store, hand: Hand, erasing: Erasing, standing: Standing) -> None:
        self._store = store
        self._hand = hand
        self._erasing = erasing
        self._standing = standing

    def look(self) -> Morning:
        """Return what there is to tell; for a worker, not for the window."""
        today = self._hand.clock.now().astimezone(VIETNAM).date()
        with self._store.reading() as reader:
            coming = sorted(self._coming(reader, today), key=lambda one: (one.day, one.id))
            signed_in = history.entries(
                reader.connection,
                Wanted(officer=self._hand.officer, action=Action.SIGN_IN),
                before=None,
                limit=2,
            )
            before = signed_in[1] if len(signed_in) > 1 else None
            news = tuple(self._news(reader, before.seq)) if before else ()
            review = self._standing.may(Operation.ERASE) and self._is_old(reader, today)
        return Morning(
            tuple(coming),
            show_moment(before.at[:16]) if before else "",
            tuple(sorted(news, key=lambda one: (-one.added - one.changed, one.kind))),
            review and self._erasing.reviewing.is_due(),
        )

    def _coming(self, reader: Reader, today: date) -> Iterator[Coming]:
        own = reader.setting(settings.UNIT)
        sunday = (today + timedelta(days=6 - today.weekday())).isoformat()
        for kind, done in _DATED:
            spec = self._store.specs[kind]
            rows = [
                each
                for each in values_of(reader.connection, spec, ("deadline", "state", "unit"))
                if each.values.get("deadline")
                and each.values.get("state") not in done
                and first_day(str(each.values["deadline"])) <= sunday
                and (kind == PLAN or {each.owner, each.values.get("unit") or own} == {own})
            ]
            # What units ask of each other ends by its answer, and stands among tasks between units.
            titles = reader.titles(kind, [row.id for row in rows])
            if kind == PLAN:
                units = [str(row.values["unit"]) for row in rows]
                names = reader.titles("unit", units)
                titles = {
                    row.id: names.get(unit, "") for row, unit in zip(rows, units, strict=True)
                }
            for row in rows:
                day = first_day(str(row.values["deadline"]))
                left = (date.fromisoformat(day) - today).days
                yield Coming(kind, row.id, titles.get(row.id, ""), day, left)

    def _news(self, reader: Reader, since: int) -> Iterator[News]:
        held = history.touched_since(
            reader.connection, since, but_not=(self._hand.officer, _OWN_HAND)
        )
        kinds: dict[str, list[tuple[str, bool]]] = {}
        for kind, record, created in held:
            if kind in self._store.specs:
                kinds.setdefault(kind, []).append((record, created))
        for kind, records in kinds.items():
            added = sum(created for _record, created in records)
            ids = tuple(record for record, _created in records)
            yield News(kind, added, len(ids) - added, ids if len(ids) <= MOST_NAMED else ())

    def _is_old(self, reader: Reader, today: date) -> bool:
        """Whether the store has been in use for so long that a review can be asked for."""
        first = history.entry(reader.connection, 1)
        limit = months_before(today, REVIEW_MONTHS).isoformat()
        return first is not None and first[0].at[:10] <= limit
