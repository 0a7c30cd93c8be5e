"""Values as paper writes them: slash dates, counts with a zero, choices by their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Value, Values
from antq_desktop.domain.shown import (
    paper_count,
    paper_date,
    paper_moment,
    show_decimal,
    show_money_full,
    show_phone,
)

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

Line = Mapping[str, Value]
UNNAMED: Final = "(đơn vị chưa có tên trong danh sách)"


class PaperWords:
    """Writes values for paper; references by the titles of what they point to."""

    def __init__(self, codes: Codes, units: Mapping[str, str]) -> None:
        """Take the code lists, and the names of units that no record here may name."""
        self.codes = codes
        self._titles: dict[str, str] = dict(units)

    def learn(self, reader: Reader, kind: str, ids: Iterable[Value]) -> None:
        """Read what these records are called; names known already are replaced by their own."""
        wanted = [held for held in ids if isinstance(held, str)]
        self._titles.update(reader.titles(kind, wanted))

    def learn_references(self, reader: Reader, spec: RecordSpec, records: Iterable[Values]) -> None:
        """Read the names of everything that records of one kind point to."""
        held = list(records)
        for field in spec.fields:
            if field.kind is FieldKind.REFERENCE:
                for kind in field.refers_to:
                    self.learn(reader, kind, {values.get(field.name) for values in held})

    def name_of(self, record: Value) -> str:
        """Return what a record that was learnt is called; empty for none."""
        if not isinstance(record, str):
            return ""
        return self._titles.get(record, UNNAMED)

    def text(self, field: FieldSpec, value: Value) -> str:
        """Return a value as it stands on paper; nothing for an empty one."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Có" if value else "Không"
        if isinstance(value, int):
            return self._number(field, value)
        match field.kind:
            case FieldKind.CHOICE:
                return self.codes.label(field.codes, value)
            case FieldKind.REFERENCE:
                return self.name_of(value)
            case FieldKind.DATE:
                return paper_date(value)
            case FieldKind.MOMENT:
                return paper_moment(value)
            case FieldKind.DECIMAL:
                return show_decimal(value)
            case FieldKind.PHONE:
                return show_phone(value)
        return field.said(value)

    def _number(self, field: FieldSpec, value: int) -> str:
        if field.kind is FieldKind.MONEY:
            return show_money_full(value)
        if field.is_year:
            return str(value)
        return paper_count(value)

    def tokens(self, spec: RecordSpec, values: Values, *, private: bool) -> dict[str, str]:
        """Return a token for every field of a record; private ones stay empty unless asked for."""
        return {
            field.name: ""
            if field.private and not private
            else self.text(field, values.get(field.name))
            for field in spec.fields
        }

    def row(
        self, fields: Sequence[FieldSpec], values: Line, *, private: bool = False
    ) -> tuple[str, ...]:
        """Return a row of a table with these fields."""
        return tuple(
            "" if field.private and not private else self.text(field, values.get(field.name))
            for field in fields
        )


def lines_of(values: Values, name: str) -> dict[str, dict[str, Value]]:
    """Return the lines of a small list by line id."""
    found: dict[str, dict[str, Value]] = {}
    for path, value in values.items():
        step, _, rest = path.partition("/")
        if step == name and rest:
            line_id, _, field = rest.partition("/")
            found.setdefault(line_id, {})[field] = value
    return found


def capital(text: str) -> str:
    """Return a text that begins a line: its first letter as a capital."""
    return text[:1].upper() + text[1:]
