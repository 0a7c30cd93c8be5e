"""What the references of a workbook mean: records found by what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from antq_desktop.domain.checking import quoted
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldSpec, RecordSpec
from antq_desktop.domain.sheetmap import folded
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.queries import Reader

_MOST_COMPARED: Final = 2_000


class Titles:
    """Records that a reference may name, found by what they are called."""

    def __init__(self, specs: Mapping[str, RecordSpec]) -> None:
        self._specs = specs
        self._ids: dict[str, dict[str, set[str]]] = {}
        self._said: dict[str, str] = {}

    def learn(self, reader: Reader, kind: str) -> None:
        """Read what the records in force of a kind are called, once."""
        if kind in self._ids:
            return
        self._ids[kind] = {}
        spec = self._specs[kind]
        for held in values_of(reader.connection, spec, spec.title):
            self.add(kind, held.id, [str(held.values.get(name) or "") for name in spec.title])

    def add(self, kind: str, record_id: str, title: Sequence[str]) -> None:
        """Know one more record, by its whole title and by each part of it."""
        for part in (*title, " ".join(title)):
            name = folded(part)
            if name:
                self._said.setdefault(name, part)
                self._ids.setdefault(kind, {}).setdefault(name, set()).add(record_id)

    def find(self, field: FieldSpec, text: str) -> str:
        """Return the id of the record that a cell names.

        Raises:
            UserError: `reference_not_found` or `reference_ambiguous`.
        """
        wanted = folded(text)
        found: set[str] = set()
        for kind in field.refers_to:
            found |= self._ids.get(kind, {}).get(wanted, set())
        if len(found) == 1:
            return next(iter(found))
        label = self._specs[field.refers_to[0]].label
        if found:
            message = (
                f"{field.label}: có {len(found)} {label} tên “{quoted(text)}”. "
                "Đổi tên cho khác nhau, hoặc nhập dòng này bằng tay."
            )
            raise UserError("reference_ambiguous", message, field.name)
        near = self._near(field, wanted)
        hint = f" Gần giống: “{near}”." if near else ""
        message = (
            f"{field.label}: chưa có {label} “{quoted(text)}”.{hint} "
            f"Thêm {label} đó trước, hoặc sửa tên trong tệp."
        )
        raise UserError("reference_not_found", message, field.name)

    def _near(self, field: FieldSpec, wanted: str) -> str:
        names = [name for kind in field.refers_to for name in self._ids.get(kind, {})]
        near = get_close_matches(wanted, names[:_MOST_COMPARED], n=1, cutoff=0.75)
        return self._said[near[0]] if near else ""
