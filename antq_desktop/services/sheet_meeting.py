"""Rows of a workbook that meet a record which is there: told, and done with as the officer says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from antq_desktop.domain.fields import Order, RecordSpec, Value, Values, line_path, lines_of
from antq_desktop.domain.sheetcells import SheetFault
from antq_desktop.domain.text import fold
from antq_desktop.services.records import Edit, title_of
from antq_desktop.services.sheet_values import Row
from antq_desktop.storage import settings
from antq_desktop.storage.columns import Shown, columns_in_force
from antq_desktop.storage.queries import Reader

_PIECE: Final = 500


class WhenThere(StrEnum):
    """What becomes of a row that looks like a record which is there."""

    ADD = "add"  # made into another record
    SKIP = "skip"  # left out
    CHANGE = "change"  # its filled cells change the record


@dataclass(frozen=True, slots=True)
class Alike:
    """A row that looks like a record that is there, or like a row above it; never merged unasked.

    Attributes:
        row: Its number.
        title: What it is called.
        record: Id of the record; `dòng 12` for a row above.
        changes: What the row would change of the record; empty where all is the same, and where
            another record is made in any case.
        above: Whether it looks like a row of the same file.
    """

    row: int
    title: str
    record: str
    changes: Values = field(default_factory=dict)
    above: bool = False


def naming(spec: RecordSpec) -> tuple[str, ...]:
    """Return the fields by which two records of a kind look alike."""
    names = [*spec.title, spec.parent]
    if spec.order is Order.NEWEST_FIRST:
        names.append(spec.order_by)
    if spec.unit_by and spec.order is not Order.NAME_OF_PERSON:
        names.append(spec.unit_by)
    names += [f.name for f in spec.fields if f.name == "birth_year"]
    return tuple(dict.fromkeys(name for name in names if name))


class _Folds(dict[str, str]):
    """Texts as they are compared, each worked out once."""

    def __missing__(self, text: str) -> str:
        found = self[text] = text.lower() if text.isascii() else fold(text)
        return found


Key = tuple[str, ...]


def _keys(columns: Iterable[Iterable[object]]) -> Iterator[Key]:
    """Yield what rows are known by, from the columns of the fields that name them."""
    folded = _Folds().__getitem__
    return zip(*(map(folded, map(str, column)) for column in columns), strict=True)


def _keys_of(names: Sequence[str], rows: Sequence[Row]) -> Iterator[Key]:
    return _keys([row.values.get(name, "") for row in rows] for name in names)


@dataclass(slots=True)
class Meeting:
    """Looks for the record that each row means.

    Attributes:
        spec: The kind.
        reader: The store.
        when: What becomes of rows that meet a record.
    """

    spec: RecordSpec
    reader: Reader
    when: WhenThere

    def meet(self, rows: Sequence[Row], edits: dict[int, Edit]) -> list[Alike]:
        """Return the rows that meet a record, tell them so, and put their edits right."""
        found = self._found(rows, edits)
        keys = list(self._row_keys(rows, edits))
        if not found and len(set(keys)) == len(keys):
            return []
        held: dict[str, Shown] = {}
        if self.when is not WhenThere.ADD:
            held = self._held({ids[0] for ids in found.values() if ids})
        unit = self.reader.setting(settings.UNIT)
        met: list[Alike] = []
        seen: dict[object, int] = {}
        for row, key in zip(rows, keys, strict=True):
            ids = found.get(row.number)
            above = seen.get(key)
            if above is None and not row.refused:
                seen[key] = row.number
            if above is not None:
                met.append(self._with_row(row, above))
            elif ids and self.when is WhenThere.ADD:
                title = title_of(self.spec, row.values)
                self._told_there(row, title)
                met.append(Alike(row.number, title, ids[0]))
            elif ids and ids[0] in held:
                met.append(self._with_record(row, held[ids[0]], len(ids), unit, edits))
        return met

    def _row_keys(self, rows: Sequence[Row], edits: Mapping[int, Edit]) -> Iterable[object]:
        if self.spec.alike:
            return [edits[row.number].id for row in rows]
        return _keys_of(naming(self.spec), rows)

    def _found(self, rows: Sequence[Row], edits: Mapping[int, Edit]) -> dict[int, list[str]]:
        """Return the ids of the records that each row may mean."""
        if self.spec.alike:
            there = self.reader.rows_of(self.spec.kind, [edit.id for edit in edits.values()])
            return {n: [edit.id] for n, edit in edits.items() if edit.id in there}
        names = naming(self.spec)
        ids, *columns = columns_in_force(self.reader.connection, self.spec, names)
        if not ids:
            return {}
        known: dict[Key, list[str]] = {}
        for record, key in zip(ids, _keys(columns), strict=True):
            known.setdefault(key, []).append(str(record))
        keys = zip(rows, _keys_of(names, rows), strict=True)
        return {row.number: known[key] for row, key in keys if key in known}

    def _held(self, ids: Iterable[str]) -> dict[str, Shown]:
        found: dict[str, Shown] = {}
        wanted = sorted(ids)
        for start in range(0, len(wanted), _PIECE):
            found |= self.reader.shown(self.spec.kind, wanted[start : start + _PIECE])
        return found

    def _with_row(self, row: Row, above: int) -> Alike:
        title = title_of(self.spec, row.values)
        if self.spec.alike or self.when is WhenThere.CHANGE:
            labels = ", ".join(self.spec.field(name).label.lower() for name in self.spec.alike)
            why = f"cùng {labels}" if labels else f"cùng là “{title}”"
            _tell(row, "record_exists", f"Trùng dòng {above} của tệp: {why}. Bỏ một dòng.")
        else:
            message = f"Giống dòng {above} của tệp: “{title}”. Kiểm tra xem có trùng không."
            _tell(row, "alike", message, warning=True)
        return Alike(row.number, title, f"dòng {above}", above=True)

    def _with_record(
        self, row: Row, record: Shown, count: int, unit: str, edits: dict[int, Edit]
    ) -> Alike:
        title = title_of(self.spec, row.values)
        changes = dict(_differences(self.spec, record.values, row.values))
        met = Alike(row.number, title, record.id, changes)
        if self.when is WhenThere.CHANGE and changes and self._may_change(row, record, count):
            if record.owner != unit:
                message = f"“{title}” do đơn vị khác lập nên không sửa được ở đây. Bỏ dòng này."
                _tell(row, "not_own_record", message)
            edits[row.number] = Edit(self.spec.kind, record.id, changes)
        return met

    def _told_there(self, row: Row, title: str) -> None:
        if self.spec.alike:
            labels = ", ".join(self.spec.field(name).label.lower() for name in self.spec.alike)
            message = f"Đã có {self.spec.label} cùng {labels} trong sổ. Mở hồ sơ đó để sửa."
            _tell(row, "record_exists", message)
        else:
            message = f"Giống một hồ sơ đã có: “{title}”. Kiểm tra xem có trùng không."
            _tell(row, "alike", message, warning=True)

    def _may_change(self, row: Row, record: Shown, count: int) -> bool:
        title = title_of(self.spec, row.values)
        if count > 1:
            message = f"Có {count} hồ sơ giống “{title}”. Sửa bằng tay hồ sơ cần sửa, bỏ dòng này."
            _tell(row, "record_ambiguous", message)
        elif record.voided:
            _tell(row, "is_voided", f"“{title}” đã hủy. Thôi hủy hồ sơ đó rồi nhập, hoặc bỏ dòng.")
        return not row.refused


def _tell(row: Row, code: str, message: str, *, warning: bool = False) -> None:
    row.tell(SheetFault(row.number, -1, "", code, message, warning=warning))


def _differences(spec: RecordSpec, held: Values, given: Values) -> Iterator[tuple[str, Value]]:
    """Yield what a row would change: its filled cells that differ, and lines that are not there."""
    for path, value in given.items():
        if "/" not in path and held.get(path) != value:
            yield path, value
    for line in spec.lines:
        there = lines_of(held, line.name)
        for line_id, values in lines_of(given, line.name).items():
            if not line.ids_from and any(_says_no_more(values, one) for one in there.values()):
                continue
            known = there.get(line_id, {})
            for name, value in values.items():
                if known.get(name) != value:
                    yield line_path(line.name, line_id, name), value


def _says_no_more(given: Values, held: Values) -> bool:
    return all(held.get(name) == value for name, value in given.items())
