"""Decisions about units as values: what is entered, what it would do, what is held."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit that a decision may name.

    Attributes:
        id: Its identity.
        name: Its name.
        own: Whether its record is of this store, so that its end can be written there.
        kind: Id in the code list `unit_kind`; empty where only a decision knows it.
        code: Its code; may be empty.
    """

    id: str
    name: str
    own: bool = False
    kind: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a decision; a new unit that is not there yet has no id but a name."""

    old: str
    old_name: str
    new: str
    new_name: str
    part: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision as it is entered; dates are `YYYY-MM-DD`."""

    title: str
    effective_on: str
    steps: tuple[Step, ...]
    number: str = ""
    issuer: str = ""
    decided_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a decision does to one unit.

    Attributes:
        old_name: The unit before.
        new_name: What its records are summed under; empty where that is left to its parts.
        records: How many records of the unit there are here.
    """

    old_name: str
    new_name: str
    records: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision would do, before it is written.

    Attributes:
        moved: Each unit that ends or changes.
        warnings: What should be looked at, in Vietnamese sentences.
        ends: Names of the own units whose end is written with it.
        begins: Names of the own units that are made with it.
    """

    moved: tuple[Moved, ...]
    warnings: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that is held here.

    Attributes:
        own: Whether this unit entered it, so that it can take it back.
        void: Why it is out of force; empty while it holds.
    """

    id: str
    number: str
    title: str
    issuer: str
    decided_on: str
    effective_on: str
    source: str
    owner: str
    own: bool
    void: str
    steps: tuple[Step, ...]
