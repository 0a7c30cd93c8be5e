"""Which kinds can be entered with a line for each unit, and which of their fields such a line has.

Both are read off the declaration: a kind is offered when each unit gives numbers of it or has one
record of it; a line holds what differs from unit to unit, and the rest is said once above.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import (
    NUMERIC,
    FieldKind,
    FieldSpec,
    Order,
    RecordSpec,
    Values,
)

UNIT_KIND: Final = "unit"
YEAR: Final = "year"
_COUNTED: Final = NUMERIC | {FieldKind.DECIMAL}
_TYPED: Final = _COUNTED | {FieldKind.TEXT, FieldKind.DATE, FieldKind.YES_NO, FieldKind.CHOICE}
# What a unit is, it is not asked for again each year.
_FIXED_OF_A_UNIT: Final = frozenset({"name", "unit_kind", "parent"})
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without letters that look like others
_MISREAD: Final = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", "-": "", " ": ""})
_SYMBOLS: Final = 7


@dataclass(frozen=True, slots=True)
class SheetShape:
    """How a kind is entered by unit.

    Attributes:
        spec: The kind.
        common: Fields said once above the lines; each new line takes them.
        columns: Fields of a line; those that are also common stand last and go before them.
        follows: Common field → the column without which a stored line does not take it.
    """

    spec: RecordSpec
    common: tuple[str, ...]
    columns: tuple[str, ...]
    follows: tuple[tuple[str, str], ...] = ()

    @property
    def by_identity(self) -> bool:
        """Whether a unit has one record of the kind for the values above the lines."""
        return self.spec.unit_by in self.spec.alike

    @property
    def of_units(self) -> bool:
        """Whether the lines are the records of the units themselves."""
        return self.spec.kind == UNIT_KIND

    @property
    def periodic(self) -> bool:
        """Whether the records of a period are wanted, rather than all that stand."""
        return bool(
            not self.of_units
            and not self.by_identity
            and self.spec.dated_by
            and YEAR not in self.common
            and self.spec.order is Order.NEWEST_FIRST
        )

    @property
    def counted(self) -> tuple[str, ...]:
        """The columns whose numbers are added up."""
        return tuple(
            name
            for name in self.columns
            if self.spec.field(name).kind in NUMERIC and not self.spec.field(name).is_year
        )

    def decides(self, name: str) -> bool:
        """Tell whether a value above the lines decides which stored records are shown."""
        return name in {*self.spec.alike, self.spec.parent, YEAR} or _tells_apart(
            self.spec.field(name)
        )

    def matches(self, common: Values, values: Values) -> bool:
        """Tell whether a stored record is one that the values above the lines speak of."""
        return all(
            values.get(name) == common[name]
            for name in self.common
            if common.get(name) is not None and _tells_apart(self.spec.field(name))
        )


def is_offered(spec: RecordSpec) -> bool:
    """Tell whether a kind can be entered with a line for each unit."""
    if not spec.unit_by or spec.order is Order.NAME_OF_PERSON:
        return False
    if spec.unit_by in spec.alike or spec.kind == UNIT_KIND:
        return True
    return any(
        field.kind in _COUNTED and _is_asked_for(field) and not field.is_year
        for field in spec.fields
    )


def shape_of(spec: RecordSpec) -> SheetShape:
    """Return how a kind is entered by unit."""
    if spec.kind == UNIT_KIND:
        return _shape_of_units(spec)
    common = tuple(field.name for field in spec.fields if _is_common(spec, field))
    alone = [field.name for field in spec.fields if _is_of_a_line(field, common, spec)]
    over = [name for name in common if _may_differ(spec, spec.field(name))]
    return SheetShape(spec, common, (*alone, *over))


def _may_differ(spec: RecordSpec, field: FieldSpec) -> bool:
    """Tell whether a line may say something else than what is said once above."""
    if field.name in {*spec.alike, spec.parent, YEAR}:
        return False
    return field.required or field.name == spec.dated_by or spec.unit_by in spec.alike


def _shape_of_units(spec: RecordSpec) -> SheetShape:
    wanted = [
        field.name
        for field in spec.fields
        if field.name not in _FIXED_OF_A_UNIT
        and field.kind in _TYPED
        and (_is_asked_for(field) or field.kind in _COUNTED)
    ]
    wanted.sort(key=lambda name: spec.field(name).kind not in _COUNTED)
    counted_on = "households_counted"
    columns = [name for each in wanted for name in _with_its_day(each, counted_on)]
    return SheetShape(spec, (counted_on,), tuple(columns), ((counted_on, "households"),))


def _with_its_day(name: str, counted_on: str) -> Iterator[str]:
    yield name
    if name == "households":
        yield counted_on


def _is_asked_for(field: FieldSpec) -> bool:
    return (field.required or field.wanted or field.listed) and not field.private


def _is_common(spec: RecordSpec, field: FieldSpec) -> bool:
    if field.name == spec.unit_by or field.private:
        return False
    if field.name in {*spec.alike, spec.parent, spec.dated_by, YEAR}:
        return True
    if field.kind is FieldKind.CHOICE:
        return _is_asked_for(field)
    return field.required and field.kind is FieldKind.TEXT and not _names_a_thing(spec, field)


def _names_a_thing(spec: RecordSpec, field: FieldSpec) -> bool:
    """Tell whether a text names one standing thing: no two units have it alike."""
    return spec.order is Order.NAME_OF_THING and not spec.parent and field.name in spec.title


def _is_of_a_line(field: FieldSpec, common: tuple[str, ...], spec: RecordSpec) -> bool:
    if field.name in common or field.name == spec.unit_by or field.private:
        return False
    if field.kind is FieldKind.DATE and spec.unit_by in spec.alike:
        return True  # a unit has one record of it: its numbers are worth nothing without their day
    return field.kind in _COUNTED or (field.kind in _TYPED and _is_asked_for(field))


def _tells_apart(field: FieldSpec) -> bool:
    """Tell whether a common value says which record is meant, rather than when or by whom."""
    return field.required and field.kind is not FieldKind.DATE


def line_code(kind: str, unit: str, period: str, number: int = 1) -> str:
    """Return the short code of one line on paper, such as `7KQ2-M4XT`.

    Every device works it out alike from the kind, the unit, the name of the period and the number
    of the line within its unit. The last symbol checks the others: one that is misread is noticed.
    """
    said = "\x1f".join((kind, unit, period, str(number))).encode()
    number_of = int.from_bytes(hashlib.sha256(said).digest()[:5])
    symbols = "".join(_ALPHABET[number_of >> 5 * at & 31] for at in range(_SYMBOLS))
    whole = symbols + _check_symbol(symbols)
    return f"{whole[:4]}-{whole[4:]}"


def read_line_code(typed: str) -> str:
    """Return a code of a line in its usual form, however it was typed.

    Raises:
        UserError: `line_code_not_understood`: a symbol was misread or left out.
    """
    symbols = typed.strip().upper().translate(_MISREAD)
    known = len(symbols) == _SYMBOLS + 1 and all(symbol in _ALPHABET for symbol in symbols)
    if not known or _check_symbol(symbols[:-1]) != symbols[-1]:
        message = "Mã dòng chưa đúng. Xem lại tám chữ và số in ở đầu dòng rồi nhập lại."
        raise UserError("line_code_not_understood", message, "line_code")
    return f"{symbols[:4]}-{symbols[4:]}"


def is_line_code(typed: str) -> bool:
    """Tell whether what was typed is a code of a line, every symbol of it read right."""
    try:
        read_line_code(typed)
    except UserError:
        return False
    return True


def _check_symbol(symbols: str) -> str:
    # Odd weights: no single change leaves the sum as it was.
    total = sum((2 * at + 1) * _ALPHABET.index(symbol) for at, symbol in enumerate(symbols))
    return _ALPHABET[total % 32]
