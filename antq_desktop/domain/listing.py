"""What a list is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from antq_desktop.domain.fields import Value

COUNTED_AT_ONCE = 1_000
ALL_IDS_UP_TO = 20_000


@dataclass(frozen=True, slots=True)
class Listing:
    """Which records of one kind, in the kind's own order or by one of its fields.

    Attributes:
        kind: The kind.
        words: Folded words; each must begin some word of the record.
        since: First day, `YYYY-MM-DD`, of the field that dates the kind; empty for no bound.
        until: Last day, inclusive; empty for no bound.
        unit: Id of the unit concerned; empty for all.
        states: Values of the kind's state field; empty for all.
        parent: Id of the record that the wanted ones belong to; empty for all.
        voided: Whether voided records are wanted too.
        only_missing: Only those that a report still finds incomplete.
        only_conflicts: Only those with values that stand against each other.
        choices: Fields that are choices, each with the value it must have.
        among: Ids to which the list is narrowed; None for no such bound.
        order_by: Field by which `Lists.places` puts them in order; empty for the kind's own order.
        downward: Whether by that field the greatest comes first.
    """

    kind: str
    words: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    unit: str = ""
    states: tuple[str, ...] = ()
    parent: str = ""
    voided: bool = False
    only_missing: bool = False
    only_conflicts: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    among: tuple[str, ...] | None = None
    order_by: str = ""
    downward: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in the order of its list: the keyset of the next window."""

    sort: str
    row: int


@dataclass(frozen=True, slots=True)
class ListRow:
    """What a list shows of one record.

    Attributes:
        place: Where it stands.
        id: Its identity.
        standing: 0 in force, 1 contested, 2 voided.
        conflicts: How many fields wait for a choice.
        missing: How many fields a report still needs.
        values: Values of the fields asked for; private ones are not among them.
    """

    place: Place
    id: str
    standing: int
    conflicts: int
    missing: int
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sum:
    """What one field of a whole list comes to, and how many of its records say anything of it."""

    number: int
    said: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many: exact, or more than were counted at once."""

    number: int
    more: bool = False
