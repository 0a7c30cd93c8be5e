"""The units an installation may choose from: the shipped table of 2025 and trees given by file.

A unit is never identified by its code alone, since codes were reused in 2025: its identity is
`<code>@<first day in force>`, which every store works out alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from antq_desktop.domain.text import fold, search_words, sort_key

IN_FORCE_SINCE: Final = "2025-07-01"
COMMUNE, DISTRICT, CLUSTER, PROVINCE = "commune", "district", "cluster", "province"
TREE_KINDS: Final = (COMMUNE, DISTRICT, CLUSTER, PROVINCE)
UNIT_CODE: Final = re.compile(r"[A-Z0-9]{1,8}")

_KIND_WORDS: Final = re.compile(r"^(?:xa|phuong|dac khu|thi tran|tinh|thanh pho|huyen|quan) ")


def unit_id(code: str, valid_from: str) -> str:
    """Return the identity of a unit: `11074@2025-07-01`."""
    return f"{code}@{valid_from}"


def stands_in_the_table(identity: str) -> bool:
    """Tell a unit with a code from a place within one, which has an id of its own making."""
    return "@" in identity


@dataclass(frozen=True, slots=True)
class ShippedUnit:
    """One province or commune of the table of 2025.

    Attributes:
        code: Official code as text: five digits of a commune, two of a province.
        kind: Id in the code list `unit_kind`: `commune` or `province`.
        name: Name with its kind, as on paper: “Xã Tứ Kỳ”.
        province_code: Code of its province; of itself for a province.
        province: Name of its province; its own for a province.
        commune_kind: Id in the code list `commune_kind`; empty for a province.
    """

    code: str
    kind: str
    name: str
    province_code: str
    province: str
    commune_kind: str = ""

    @property
    def id(self) -> str:
        """Its identity, `11074@2025-07-01`."""
        return unit_id(self.code, IN_FORCE_SINCE)

    @property
    def full_name(self) -> str:
        """The name that no other unit shares: “Xã Tân Tiến, Tỉnh …”."""
        return self.name if self.kind == PROVINCE else f"{self.name}, {self.province}"


def _bare_name(name: str) -> str:
    return _KIND_WORDS.sub("", fold(name))


class UnitTable:
    """The shipped table; finds a unit by identity, code, or words of its name and province."""

    def __init__(self, units: Iterable[ShippedUnit]) -> None:
        self._units = tuple(units)
        self._by_code = {unit.code: unit for unit in self._units}

    def __iter__(self) -> Iterator[ShippedUnit]:
        return iter(self._units)

    def __len__(self) -> int:
        return len(self._units)

    def by_code(self, code: str) -> ShippedUnit | None:
        """Return the unit that bears a code since 2025; None when none does."""
        return self._by_code.get(code)

    def by_id(self, unit_id: str) -> ShippedUnit | None:
        """Return the unit of an identity; None when it is not of this table."""
        code, _, since = unit_id.partition("@")
        return self._by_code.get(code) if since == IN_FORCE_SINCE else None

    def communes_of(self, province_code: str) -> tuple[ShippedUnit, ...]:
        """Return the communes of a province in the order of the alphabet."""
        return tuple(
            sorted(
                (u for u in self._units if u.kind == COMMUNE and u.province_code == province_code),
                key=lambda unit: sort_key(unit.name),
            )
        )

    def search(self, typed: str, *, kind: str = "", limit: int = 20) -> tuple[ShippedUnit, ...]:
        """Return the units whose name, province or code begins the words that were typed.

        Marks and capitals do not matter. A unit named exactly so comes first, then those whose
        name begins so, then the rest; each group in the order of the alphabet.
        """
        words = search_words(typed)
        if not words:
            return ()
        wanted = _bare_name(" ".join(words))
        found = [
            (self._rank(wanted, bare), place)
            for place, (bare, held) in enumerate(self._folded)
            if all(" " + word in held for word in words)
            and (not kind or self._units[place].kind == kind)
        ]
        found.sort(key=lambda hit: (hit[0], sort_key(self._units[hit[1]].full_name)))
        return tuple(self._units[place] for _, place in found[:limit])

    @staticmethod
    def _rank(wanted: str, bare: str) -> int:
        if wanted == bare:
            return 0
        return 1 if (bare + " ").startswith(wanted + " ") or wanted.startswith(bare + " ") else 2

    @cached_property
    def _folded(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (
                " ".join(search_words(_bare_name(unit.name))),
                " " + " ".join((*search_words(unit.full_name), unit.code)),
            )
            for unit in self._units
        )


@dataclass(frozen=True, slots=True)
class LineageStep:
    """What became of one old commune on 1 July 2025: wholly or in part one new commune.

    `old_code` belongs to the table of June 2025 and may name another place now.
    """

    old_code: str
    old_name: str
    old_district: str
    old_province: str
    new_code: str
    whole: bool


class Lineage:
    """The steps of 2025, found from either side."""

    def __init__(self, steps: Iterable[LineageStep]) -> None:
        self._steps = tuple(steps)
        self._into: dict[str, list[LineageStep]] = {}
        self._from: dict[str, list[LineageStep]] = {}
        for step in self._steps:
            self._into.setdefault(step.new_code, []).append(step)
            self._from.setdefault(step.old_code, []).append(step)

    def __len__(self) -> int:
        return len(self._steps)

    def predecessors(self, new_code: str) -> tuple[LineageStep, ...]:
        """Return what a commune of 2025 was made of."""
        return tuple(self._into.get(new_code, ()))

    def successors(self, old_code: str) -> tuple[LineageStep, ...]:
        """Return where a commune of June 2025 went."""
        return tuple(self._from.get(old_code, ()))


@dataclass(frozen=True, slots=True)
class TreeUnit:
    """One unit of a tree given by file, for places that the shipped table lacks.

    Attributes:
        id: Its identity; `<code>@<valid_from>` unless the file gives another.
        code: Upper-case letters and digits, at most 8; goes into the name of a bundle.
        name: Name with its kind.
        kind: Id in the code list `unit_kind`: `commune`, `district`, `cluster` or `province`.
        commune_kind: Id in the code list `commune_kind`; empty for other kinds.
        parent: Identity of the unit above; empty at the top.
        valid_from: First day in force.
    """

    id: str
    code: str
    name: str
    kind: str
    commune_kind: str
    parent: str
    valid_from: str


class UnitTree:
    """The units of a file, each with a place in the tree; parents may be of the shipped table."""

    def __init__(self, units: Iterable[TreeUnit]) -> None:
        self._by_id: Mapping[str, TreeUnit] = {unit.id: unit for unit in units}

    def __iter__(self) -> Iterator[TreeUnit]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def by_id(self, unit_id: str) -> TreeUnit | None:
        """Return the unit of an identity; None when the file has none."""
        return self._by_id.get(unit_id)

    def by_code(self, code: str) -> TreeUnit | None:
        """Return the unit that bears a code, the one in force last where several did."""
        bearers = [unit for unit in self if unit.code == code]
        return max(bearers, key=lambda unit: unit.valid_from, default=None)

    def below(self, parent: str) -> tuple[TreeUnit, ...]:
        """Return the units right below one, in the order of the alphabet."""
        children = (unit for unit in self if unit.parent == parent)
        return tuple(sorted(children, key=lambda unit: sort_key(unit.name)))
