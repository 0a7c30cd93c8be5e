"""What a computed check is: a versioned name, the plain values it looks at, and a verdict.

A sheet keeps the name, the values and the thresholds that a check saw. A formula that changes gets
a new version and the old one stays, so that a sheet of any year can be computed again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeGuard

from antq_desktop.domain.canonical import LARGEST_INTEGER, Json
from antq_desktop.domain.errors import UserError

_DAY: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_LONGEST_TEXT: Final = 200

Inputs = Mapping[str, Json]
Settings = Mapping[str, int]


class InputKind(StrEnum):
    """The shape of one value that a check looks at; only rows may not be unknown (null)."""

    COUNT = "count"
    DAY = "day"
    YES_NO = "yes_no"
    TEXT = "text"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Input:
    """One value that a check looks at.

    Attributes:
        name: ASCII slug.
        label: Vietnamese, as “số liệu đã dùng” shows it.
        kind: Its shape.
        columns: Of rows: what each row holds.
    """

    name: str
    label: str
    kind: InputKind = InputKind.COUNT
    columns: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    Attributes:
        met: Whether it is met; None while it cannot be told.
        why: What was seen, one or two Vietnamese sentences; printed beside the result.
        missing: What is lacking, sentence by sentence; empty when it is met for good.
        provisional: True when it is met only by what is not settled yet.
    """

    met: bool | None
    why: str
    missing: tuple[str, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Inputs that have the shape which their check declares; None stands for “not known”."""

    inputs: Inputs
    settings: Settings

    def count(self, name: str) -> int | None:
        """Return a count that may be unknown."""
        value = self.inputs[name]
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def number(self, name: str) -> int:
        """Return a count, 0 when it is unknown."""
        return self.count(name) or 0

    def text(self, name: str) -> str:
        """Return a text or a day, empty when it is unknown."""
        value = self.inputs[name]
        return value if isinstance(value, str) else ""

    def yes(self, name: str) -> bool | None:
        """Return an answer by yes or no; None when it is unknown."""
        value = self.inputs[name]
        return value if isinstance(value, bool) else None

    def rows(self, name: str) -> tuple[Facts, ...]:
        """Return the rows of a list."""
        value = self.inputs[name]
        rows = value if _is_sequence(value) else ()
        return tuple(Facts(row, self.settings) for row in rows if isinstance(row, Mapping))

    def total(self, rows: str, column: str) -> int:
        """Return the sum of a column of counts; unknown ones add nothing."""
        return sum(row.number(column) for row in self.rows(rows))


@dataclass(frozen=True, slots=True)
class Check:
    """A registered formula.

    Attributes:
        name: `working_scheme@1`; never changes its meaning.
        title: Vietnamese: what it looks at.
        inputs: The values it looks at, all of them required.
        decide: From facts to a verdict; pure.
        settings: Names of the thresholds that a criteria set must give, and no others.
    """

    name: str
    title: str
    inputs: tuple[Input, ...]
    decide: Callable[[Facts], Verdict]
    settings: tuple[str, ...] = ()

    def run(self, inputs: Inputs, settings: Settings | None = None) -> Verdict:
        """Compute the verdict of some inputs.

        Raises:
            UserError: `check_inputs_damaged`: a value is missing, strange or has another shape.
        """
        given = settings or {}
        wrong = [*_wrong(self.inputs, inputs), *(set(given) ^ set(self.settings))]
        if wrong:
            message = (
                f"Số liệu của phép kiểm tra “{self.title}” không đúng dạng ở mục "
                f"“{min(wrong)[:60]}”. Tính lại theo hồ sơ hôm nay."
            )
            raise UserError("check_inputs_damaged", message, self.name)
        return self.decide(Facts(inputs, given))


def _is_sequence(value: object) -> TypeGuard[Sequence[Json]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _wrong(declared: tuple[Input, ...], held: Inputs) -> list[str]:
    names = {each.name for each in declared}
    wrong = [name for name in names ^ set(held) if isinstance(name, str)]
    for each in declared:
        if each.name in held:
            wrong += _wrong_value(each, held[each.name])
    return wrong


def _wrong_value(declared: Input, value: Json) -> list[str]:
    if declared.kind is InputKind.ROWS:
        if not _is_sequence(value):
            return [declared.name]
        rows = [row if isinstance(row, Mapping) else {"": row} for row in value]
        return [
            f"{declared.name}/{wrong}" for row in rows for wrong in _wrong(declared.columns, row)
        ]
    return [] if value is None or _has_shape(declared.kind, value) else [declared.name]


def _has_shape(kind: InputKind, value: Json) -> bool:
    if isinstance(value, bool):
        return kind is InputKind.YES_NO
    if isinstance(value, int):
        return kind is InputKind.COUNT and 0 <= value <= LARGEST_INTEGER
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        return False
    return kind is InputKind.TEXT or (kind is InputKind.DAY and _is_day(value))


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat((value + "-01-01"[len(value) - 4 :])[:10])
    except ValueError:
        return False
    return True
