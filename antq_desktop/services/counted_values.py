"""Which records of a store count in its figures, and by which values of the code lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import FieldKind, RecordSpec, Values
from antq_desktop.domain.overlays import CODE_VALUE
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.columns import Held, values_of
from antq_desktop.storage.exchange import DeviceRow

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

Counted = Callable[[str, str], str]  # list and value → the value that figures take it for


def as_counted(store: Store, reader: Reader, kind: str, records: Iterable[Held]) -> Iterator[Held]:
    """Yield the records that are not those of a unit above, with the values that count."""
    above = units_above(reader)
    known = _mapped(store, reader)
    for held in records:
        if held.owner not in above:
            yield _with_counted(store.specs[kind], held, known) if known else held


def units_above(reader: Reader) -> frozenset[str]:
    """Return the units whose devices may send return bundles here."""
    rows = exchange.select(reader.connection, DeviceRow)
    return frozenset(row.unit for row in rows if str(BundleKind.RETURN) in row.may_send.split())


def counted_values(spec: RecordSpec, values: Values, counted: Counted) -> Values:
    """Return the values of a record as figures take them."""
    changed = {
        field.name: counted(field.codes, value)
        for field in spec.fields
        if field.kind is FieldKind.CHOICE
        and isinstance(value := values.get(field.name), str)
        and "/" in value
    }
    return {**values, **changed} if changed else values


def _mapped(store: Store, reader: Reader) -> dict[tuple[str, str], str]:
    """Return what values of units count as; the own unit's word goes before its maker's."""
    spec = store.specs.get(CODE_VALUE)
    if spec is None:
        return {}
    own = reader.setting(settings.UNIT)
    said = values_of(reader.connection, spec, ("code_list", "value", "counts_as"))
    known = [held for held in said if held.values.get("counts_as")]
    found: dict[tuple[str, str], str] = {}
    for held in sorted(known, key=lambda one: one.owner == own):
        listed, value, shipped = (str(held.values[name]) for name in _NAMES)
        if held.owner == own or value.startswith(f"{held.owner}/"):
            found[listed, value] = shipped
    return found


_NAMES = ("code_list", "value", "counts_as")


def _with_counted(spec: RecordSpec, held: Held, known: dict[tuple[str, str], str]) -> Held:
    def counted(listed: str, value: str) -> str:
        return known.get((listed, value), value)

    values = counted_values(spec, held.values, counted)
    return held if values is held.values else replace(held, values=dict(values))
