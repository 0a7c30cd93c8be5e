"""What is due today: deadlines of incidents, neglected schemes, unsent work, gaps and conflicts.

What is due is decided by functions from values to values; `Board` only reads the store for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from antq_desktop.domain.clock import VIETNAM, Clock, civil
from antq_desktop.domain.deadlines import DeadlinePreset, due
from antq_desktop.domain.fields import Values
from antq_desktop.domain.listing import Listing, ListRow
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.shown import show_moment
from antq_desktop.services.assignments import Assignments, TaskLine
from antq_desktop.services.between_today import BetweenUnits
from antq_desktop.services.morning import Morning
from antq_desktop.services.periods import Periods
from antq_desktop.services.safekeeping import newest_day
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import QUARANTINED, STAGED, ReceivedRow, SentRow
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store

NEAR_HOURS: Final = 24
IDLE_DAYS: Final = 183
_OPEN_STATES: Final = ("new", "in_progress", "waiting")
_WORKING_STATES: Final = ("launched", "active", "strengthening", "recognised")
_INCIDENT_FIELDS: Final = (
    "title", "register_number", "received_at", "incident_class", "class_since", "transferred_at",
)  # fmt: skip
_WATCHED_KINDS: Final = ("incident", "scheme", "unit")
WITHIN_OTHERS: Final = frozenset({"campaign_result"})  # listed by the editor of its campaign only


@dataclass(frozen=True, slots=True)
class Due:
    """One incident with a term.

    Attributes:
        id: The incident.
        title: Its title.
        step: What must be done.
        due_at: Last moment, `YYYY-MM-DDTHH:MM`.
        left: Minutes left; below zero when overdue.
        at_once: Whether no hours are given.
    """

    id: str
    title: str
    step: str
    due_at: str
    left: int
    at_once: bool

    @property
    def told(self) -> str:
        """How long is left, as an officer says it."""
        if self.at_once:
            return "làm ngay"
        return f"{'quá hạn' if self.left < 0 else 'còn'} {_long(abs(self.left))}"


@dataclass(frozen=True, slots=True)
class Neglected:
    """A record that waits: its id, its name and, for a scheme, the day of its last activity."""

    id: str
    name: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A task between units: its id, what it asks, who gave it or has it, and how it stands."""

    id: str
    title: str
    unit: str
    told: str
    late: bool


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the first page shows.

    Attributes:
        day: `YYYY-MM-DD`.
        month: What an officer calls the month.
        open_incidents: How many incidents are open.
        overdue: Those whose term is over, the longest first.
        near: Those with a term that is over within a day.
        schemes: How many schemes work.
        without_dossier: Those with no document in the dossier.
        idle: Those without activity for six months, the longest first.
        missing: By kind, how many records a report still finds incomplete.
        assigned: Tasks that another unit gave to this one and that are not done, and tasks that
            this unit gave and that are late; the most pressing first.
        sends: Whether this unit hands bundles up.
        sent_this_month: Whether something was sealed for the unit above this month.
        last_sent: When the last one was sealed, as an officer reads it; empty for never.
        to_take_in: Bundles that came and wait.
        set_aside: Bundles in the shelf of what could not be taken.
        backup_place: Folder of the backups; empty for none.
        last_backup: Day of the newest backup there; empty for none.
        between: What waits between units.
        week: Incidents whose term is over later than in a day, yet in this week.
        morning: What else has its last day this week, and what changed.
    """

    day: str
    month: str
    open_incidents: int
    overdue: tuple[Due, ...]
    near: tuple[Due, ...]
    schemes: int
    without_dossier: tuple[Neglected, ...]
    idle: tuple[Neglected, ...]
    missing: Mapping[str, int]
    assigned: tuple[Assigned, ...]
    sends: bool
    sent_this_month: bool
    last_sent: str
    to_take_in: int
    set_aside: int
    backup_place: str
    last_backup: str
    between: BetweenUnits = field(default_factory=BetweenUnits)
    week: tuple[Due, ...] = ()
    morning: Morning = field(default_factory=Morning)

    @property
    def waiting(self) -> int:
        """How many things ask for a hand today; the badge of the side bar."""
        told = {one.id for one in self.assigned}
        return (
            len(self.overdue)
            + len(self.near)
            + sum(one.late for one in self.assigned)
            + sum(one.left <= 0 and one.id not in told for one in self.morning.coming)
            + self.to_take_in
            + self.set_aside
            + self.between.waiting
        )

    @property
    def empty(self) -> bool:
        """Whether nothing has been recorded yet."""
        return not self.open_incidents and not self.schemes and not self.missing.get("incident")


def due_incidents(
    rows: Iterable[tuple[str, Values]],
    now: datetime,
    presets: Iterable[DeadlinePreset],
    *,
    remote: bool,
    within: int = NEAR_HOURS * 60,
) -> list[Due]:
    """Return the incidents with a term that is over or soon will be, the most urgent first.

    Args:
        rows: Id and values of each open incident.
        now: The moment.
        presets: The terms that are watched.
        remote: Whether the commune is remote.
        within: How many minutes may be left.
    """
    written = civil(now)
    watched = tuple(presets)
    found: list[Due] = []
    for record_id, values in rows:
        if values.get("transferred_at"):
            continue
        term = due(
            str(values.get("received_at") or ""),
            str(values.get("incident_class") or ""),
            str(values.get("class_since") or ""),
            remote=remote,
            presets=watched,
        )
        if term is None or term.minutes_left(written) > within:
            continue
        title = str(values.get("title") or "")
        left = term.minutes_left(written)
        found.append(Due(record_id, title, term.preset.step, term.due_at, left, term.at_once))
    return sorted(found, key=lambda each: (each.left, each.id))


def idle_schemes(
    schemes: Iterable[tuple[str, Values]], last_held: Mapping[str, str], today: date
) -> list[Neglected]:
    """Return the schemes without activity for six months, the longest first.

    A scheme younger than that is not idle yet, though nothing was held.

    Args:
        schemes: Id and values of each working scheme.
        last_held: By scheme, the day of its last activity.
        today: The day.
    """
    limit = (today - timedelta(days=IDLE_DAYS)).isoformat()
    found: list[Neglected] = []
    for record_id, values in schemes:
        last = last_held.get(record_id, "")
        since = last or str(values.get("launched_on") or values.get("founded_on") or "")
        if since[:10] < limit:
            found.append(Neglected(record_id, str(values.get("name") or ""), last))
    return sorted(found, key=lambda each: (each.since, each.id))


def has_a_dossier(values: Values) -> bool:
    """Tell whether any document of a scheme's dossier is there."""
    return any(
        bool(value) and path.startswith("dossier/") and not path.endswith("/note")
        for path, value in values.items()
    )


class Board:
    """Reads the store for the first page."""

    def __init__(
        self, store: Store, clock: Clock, periods: Periods, assignments: Assignments
    ) -> None:
        self._assignments = assignments
        self._store = store
        self._clock = clock
        self._periods = periods

    def look(self) -> Today:
        """Return what is due now; for a worker, not for the window.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        now = self._clock.now()
        written = civil(now)
        with self._store.reading() as reader:
            open_incidents = list(_rows(reader, "incident", _OPEN_STATES, _INCIDENT_FIELDS))
            remote = self._is_remote(reader)
            fields = ("name", "launched_on", "founded_on")
            schemes = list(_rows(reader, "scheme", _WORKING_STATES, fields))
            bare = list(_without_dossier(reader, schemes))
            last_held = _last_held(reader)
            missing = dict(_incomplete(reader))
            place = settings.get(reader.connection, settings.BACKUP_PLACE, "")
            level = settings.get(reader.connection, settings.LEVEL)
            sent = exchange.select(reader.connection, SentRow, "ORDER BY sealed_at DESC")
            received = exchange.select(reader.connection, ReceivedRow, "ORDER BY received_at")
        found = due_incidents(
            ((row.id, row.values) for row in open_incidents),
            now,
            self._periods.deadlines,
            remote=remote,
            within=_minutes_of_week(now),
        )
        near = NEAR_HOURS * 60
        pairs = [(row.id, row.values) for row in schemes]
        month = written[:7]
        return Today(
            day=written[:10],
            month=calendar_period(month).label,
            open_incidents=len(open_incidents),
            overdue=tuple(one for one in found if one.left < 0 or one.at_once),
            near=tuple(one for one in found if 0 <= one.left <= near and not one.at_once),
            week=tuple(one for one in found if one.left > near and not one.at_once),
            schemes=len(schemes),
            without_dossier=tuple(bare),
            idle=tuple(idle_schemes(pairs, last_held, now.date())),
            missing=missing,
            assigned=tuple(_assigned(self._assignments.tasks())),
            sends=level == "commune",
            sent_this_month=any(row.sealed_at.startswith(month) for row in sent),
            last_sent=show_moment(sent[0].sealed_at[:16]) if sent else "",
            to_take_in=sum(row.state == STAGED for row in received),
            set_aside=sum(row.state == QUARANTINED for row in received),
            backup_place=place,
            last_backup=newest_day(Path(place)) if place else "",
        )

    def _is_remote(self, reader: Reader) -> bool:
        unit = reader.record("unit", settings.get(reader.connection, settings.UNIT))
        return unit is not None and unit.values().get("remote") is True


def _assigned(tasks: Iterable[TaskLine]) -> Iterator[Assigned]:
    for one in tasks:
        if not one.done and not one.stopped and (one.ours or one.late):
            unit = one.giver if one.ours else one.unit_name
            yield Assigned(one.id, one.title, unit, one.told, bool(one.late))


def _rows(
    reader: Reader, kind: str, states: tuple[str, ...], fields: tuple[str, ...]
) -> list[ListRow]:
    places = reader.all_places(Listing(kind, states=states), -1)
    return reader.at_rows(kind, places, fields)


def _without_dossier(reader: Reader, schemes: Iterable[ListRow]) -> Iterator[Neglected]:
    rows = {row.id: row for row in schemes}
    records = reader.records("scheme", rows)
    for record_id, row in rows.items():
        if not has_a_dossier(records[record_id].values()):
            yield Neglected(record_id, str(row.values.get("name") or ""))


def _last_held(reader: Reader) -> dict[str, str]:
    places = reader.all_places(Listing("activity"), -1)
    found: dict[str, str] = {}
    for row in reader.at_rows("activity", places, ("scheme", "held_on")):
        scheme, held = str(row.values.get("scheme")), str(row.values.get("held_on") or "")
        found[scheme] = max(found.get(scheme, ""), held)
    return found


def _incomplete(reader: Reader) -> Iterator[tuple[str, int]]:
    for kind in dict.fromkeys((*_WATCHED_KINDS, *SPECS)):
        if kind in WITHIN_OTHERS or not any(field.wanted for field in SPECS[kind].fields):
            continue
        number = reader.count(Listing(kind, only_missing=True), 0).number
        if number:
            yield kind, number


def _minutes_of_week(now: datetime) -> int:
    """Return how long this week lasts, and a day where it is nearly over."""
    here = now.astimezone(VIETNAM)
    begun = here.replace(hour=0, minute=0, second=0, microsecond=0)
    monday = begun + timedelta(days=7 - here.weekday())
    return max(int((monday - here).total_seconds() // 60), NEAR_HOURS * 60)


def _long(minutes: int) -> str:
    if minutes >= 2 * 24 * 60:
        return f"{minutes // (24 * 60)} ngày"
    if minutes >= 60:
        return f"{minutes // 60} giờ"
    return f"{max(minutes, 1)} phút"
