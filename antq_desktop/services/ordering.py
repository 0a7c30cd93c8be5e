"""A list put in order by one of its fields: as people read the values, not as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from antq_desktop.domain.fields import FieldKind, FieldSpec, Order, RecordSpec, Value
from antq_desktop.domain.text import name_sort_key, sort_key
from antq_desktop.storage import tallies

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.domain.listing import Listing
    from antq_desktop.storage.queries import Reader

Place = str | int


def ordered(reader: Reader, listing: Listing, codes: Codes) -> list[int]:
    """Return the row numbers of a list by the field it names; what is empty comes last.

    Rows with one value stay in the order of the kind, upward and downward alike.
    """
    spec = reader.specs[listing.kind]
    field = spec.field(listing.order_by)
    found = tallies.column(reader, listing, field.name)
    keys = _keys(reader, spec, field, {value for _row, value in found if value is not None}, codes)
    there = [(keys[value], row) for row, value in found if value is not None]
    there.sort(key=lambda pair: pair[0], reverse=listing.downward)
    return [*(row for _key, row in there), *(row for row, value in found if value is None)]


def _keys(
    reader: Reader, spec: RecordSpec, field: FieldSpec, values: Iterable[Value], codes: Codes
) -> Mapping[Value, Place]:
    """Return by what each value stands in its place; all keys of one field are of one type."""
    match field.kind:
        case FieldKind.CHOICE:
            ranks = {one.id: at for at, one in enumerate(codes[field.codes].values)}
            return {value: ranks.get(str(value), len(ranks)) for value in values}
        case FieldKind.REFERENCE:
            titles = _titles(reader, field, values)
            return {value: sort_key(titles.get(str(value), "")) for value in values}
        case FieldKind.INTEGER | FieldKind.MONEY | FieldKind.YES_NO:
            return {value: int(value or 0) for value in values}
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            of_a_person = spec.order is Order.NAME_OF_PERSON and field.name == spec.order_by
            key = name_sort_key if of_a_person else sort_key
            return {value: key(str(value)) for value in values}
    return {value: str(value) for value in values}


def _titles(reader: Reader, field: FieldSpec, values: Iterable[Value]) -> dict[str, str]:
    found: dict[str, str] = {}
    wanted = [str(value) for value in values]
    for kind in field.refers_to:
        found.update(reader.titles(kind, wanted))
    return found
