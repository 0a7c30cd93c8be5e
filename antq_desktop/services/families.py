"""A record with those that belong to it, given together and saved as one action.

A file `{"name": …, "site": [{"name": …, "member": [{…}]}]}` names the kind of what belongs to a
record where a field would stand. References to the records around it are filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import FieldKind, RecordSpec, Value
from antq_desktop.domain.text import opening

if TYPE_CHECKING:
    from antq_desktop.services.entering import Entering
    from antq_desktop.services.records import Edit, Records, Saved

DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class _Around:
    """A record around another one, nearest first."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands in the file: a path such as `site[0].`, and how a sentence says it."""

    path: str = ""
    said: str = ""

    def of(self, fault: Fault) -> Fault:
        """Return a fault as the person who wrote the file finds it."""
        return replace(fault, field=self.path + fault.field, message=self.said + fault.message)


class Families:
    """Reads and saves a record together with those that belong to it."""

    def __init__(self, entering: Entering, records: Records) -> None:
        self._entering = entering
        self._records = records
        self._specs = records.specs

    def add(self, spec: RecordSpec, given: object) -> tuple[Saved, tuple[Edit, ...]]:
        """Make a record with all that its file holds, as one action; return what was made.

        Raises:
            UserError: With every fault, each at its place in the file; nothing was saved.
        """
        faults: list[Fault] = []
        found = list(self._read(spec, given, (), _Place(), faults))
        if faults:
            _refuse(faults)
        places = {edit.id: place for edit, place in found}
        edits = tuple(edit for edit, _ in found)
        try:
            return self._records.save(edits), edits
        except UserError as fault:
            if len(edits) > 1:
                _refuse([places.get(f.record, _Place()).of(f) for f in fault.faults])
            raise

    def _read(
        self,
        spec: RecordSpec,
        given: object,
        around: Sequence[_Around],
        place: _Place,
        faults: list[Fault],
    ) -> Iterator[tuple[Edit, _Place]]:
        if len(around) > DEEPEST:
            faults.append(place.of(Fault("too_deep", f"Tệp lồng quá {DEEPEST} tầng. Chia tệp ra.")))
            return
        below = self._below(spec)
        own, nested = given, dict[str, object]()
        if isinstance(given, dict):
            own = {name: held for name, held in given.items() if name not in below}
            nested = {name: held for name, held in given.items() if name in below}
        try:
            values = {**self._entering.record(spec, own)}
        except UserError as fault:
            faults.extend(map(place.of, fault.faults))
            values = {}
        edit = self._records.new_edit(spec.kind, _with_references(spec, values, around))
        yield edit, place
        inside = (_Around(spec.kind, edit.id), *around)
        for name, held in nested.items():
            child = below[name]
            for number, item in enumerate(held if isinstance(held, list) else [held]):
                said = f"{opening(child.label)} thứ {number + 1}: "
                there = _Place(f"{place.path}{name}[{number}].", place.said + said)
                yield from self._read(child, item, inside, there, faults)

    def _below(self, spec: RecordSpec) -> Mapping[str, RecordSpec]:
        taken = {field.name for field in spec.fields} | {listed.name for listed in spec.lines}
        return {
            kind: other
            for kind, other in self._specs.items()
            if kind not in taken and any(spec.kind in field.refers_to for field in other.fields)
        }


def _with_references(
    spec: RecordSpec, values: dict[str, Value], around: Sequence[_Around]
) -> dict[str, Value]:
    """Fill in each empty reference from the nearest record around it that it may point to."""
    filled = dict(values)
    for field in spec.fields:
        if field.kind is not FieldKind.REFERENCE or filled.get(field.name) is not None:
            continue
        nearest = next((held.id for held in around if held.kind in field.refers_to), None)
        if nearest is not None:
            filled[field.name] = nearest
    return filled


def _refuse(faults: Iterable[Fault]) -> None:
    told = list(faults)
    refusals = [fault for fault in told if not fault.warning]
    first = refusals[0]
    if len(refusals) == 1:
        raise UserError(first.code, first.message, first.field, told)
    message = f"Chưa lưu: còn {len(refusals)} mục cần sửa. Xem từng mục bên dưới."
    raise UserError("invalid", message, first.field, told)
