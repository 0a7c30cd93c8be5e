"""What a person or a file gives for a field, brought to the form in which it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from antq_desktop.domain.checking import quoted
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import (
    NUMERIC,
    REMOVED,
    FieldKind,
    FieldSpec,
    LineSpec,
    RecordSpec,
    Value,
    Values,
    line_path,
    lines_of,
)
from antq_desktop.domain.typed import is_date, is_moment, parse_date, parse_moment
from antq_desktop.domain.typed_numbers import (
    parse_citizen_id,
    parse_decimal,
    parse_integer,
    parse_money,
    parse_phone,
)

_YES = frozenset({"có", "co", "yes", "x", "1", "true"})
_NO = frozenset({"không", "khong", "no", "0", "false"})


class Entering:
    """Reads typed text and JSON for the fields of a kind."""

    def __init__(
        self, codes: Codes, now: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self._codes = codes
        self._now = now
        self._new_id = new_id

    def value(self, spec: FieldSpec, typed: object, path: str = "") -> Value:
        """Return the stored form of what was given for one field; empty text empties it.

        Raises:
            UserError: What was typed is not understood; the fault stands at the path.
        """
        path = path or spec.name
        if typed is None or typed == "":
            return None
        if isinstance(typed, bool | int):
            return typed
        if not isinstance(typed, str):
            raise UserError("not_text", f"{spec.label} phải là chữ. Nhập lại.", path)
        try:
            return self._text(spec, typed)
        except UserError as fault:
            raise UserError(fault.code, fault.message, path) from fault

    def _text(self, spec: FieldSpec, typed: str) -> Value:
        now = self._now()
        match spec.kind:
            case FieldKind.DATE:
                stored = is_date(typed)
                return typed if stored else parse_date(typed, now.date(), spec.label, partial=True)
            case FieldKind.MOMENT:
                return typed if is_moment(typed) else parse_moment(typed, now, spec.label)
            case FieldKind.YES_NO:
                return _yes_no(spec, typed)
            case FieldKind.CHOICE:
                return self._choice(spec, typed)
            case _ if spec.kind in NUMERIC:
                read = parse_money if spec.kind is FieldKind.MONEY else parse_integer
                return read(typed, spec.label)
            case FieldKind.DECIMAL:
                return parse_decimal(typed, spec.label)
            case FieldKind.PHONE:
                return parse_phone(typed, spec.label)
            case FieldKind.CITIZEN_ID:
                return parse_citizen_id(typed, spec.label)
        reads = spec.wording.read if spec.wording is not None else None
        return reads(typed) if reads is not None else typed

    def _choice(self, spec: FieldSpec, typed: str) -> str:
        found = self._codes[spec.codes].find(typed)
        return found.id if found else typed

    def record(self, spec: RecordSpec, given: object, held: Values | None = None) -> Values:
        """Return the changes that a JSON object stands for.

        A field is its name; a list of lines is a JSON list, which adds lines, or an object from
        line id to line, where `null` takes the line out.

        Args:
            spec: The kind.
            given: The object as JSON was read.
            held: The values of the record as it stands, when it exists.

        Raises:
            UserError: `not_an_object`, `unknown_field`, or `invalid` with every fault.
        """
        if not isinstance(given, dict):
            message = "Tệp phải chứa một hồ sơ dạng {…}. Xem mẫu trong phần trợ giúp."
            raise UserError("not_an_object", message)
        changes: dict[str, Value] = {}
        faults: list[Fault] = []
        lines = {line.name: line for line in spec.lines}
        fields = {field.name: field for field in spec.fields}
        for name, item in given.items():
            if name in lines:
                self._lines(lines[name], item, held or {}, changes, faults)
            elif name in fields:
                self._take(fields[name], item, name, changes, faults)
            else:
                faults.append(_unknown(str(name), spec.label, str(name)))
        if faults:
            first = faults[0]
            code = first.code if len(faults) == 1 else "invalid"
            raise UserError(code, first.message, first.field, faults)
        return changes

    def _take(
        self,
        spec: FieldSpec,
        item: object,
        path: str,
        changes: dict[str, Value],
        faults: list[Fault],
    ) -> None:
        try:
            changes[path] = self.value(spec, item, path)
        except UserError as fault:
            faults.extend(fault.faults)

    def _lines(
        self,
        line: LineSpec,
        given: object,
        held: Values,
        changes: dict[str, Value],
        faults: list[Fault],
    ) -> None:
        known = lines_of(held, line.name)
        if isinstance(given, list):
            items: Mapping[str, object] = {self._new_id(): item for item in given}
        elif isinstance(given, dict):
            items = cast("Mapping[str, object]", given)
        else:
            message = f"{line.label} phải là danh sách dòng. Nhập lại."
            faults.append(Fault("not_lines", message, line.name))
            return
        for line_id, item in items.items():
            if item is None and line_id in known:
                changes[line_path(line.name, line_id, REMOVED)] = True
                continue
            if not isinstance(item, dict) or "/" in line_id:
                message = f"Một dòng của {line.label.lower()} không đúng dạng {{…}}. Nhập lại."
                faults.append(Fault("not_a_line", message, line.name))
                continue
            self._line(line, line_id, item, changes, faults)

    def _line(
        self,
        line: LineSpec,
        line_id: str,
        item: Mapping[str, object],
        changes: dict[str, Value],
        faults: list[Fault],
    ) -> None:
        fields = {field.name: field for field in line.fields}
        for name, value in item.items():
            path = line_path(line.name, line_id, str(name))
            if name in fields:
                self._take(fields[name], value, path, changes, faults)
            else:
                faults.append(_unknown(str(name), line.item, path))


def _unknown(name: str, whose: str, path: str) -> Fault:
    message = f"“{quoted(name)}” không phải là mục của {whose}. Bỏ mục này rồi làm lại."
    return Fault("unknown_field", message, path)


def _yes_no(spec: FieldSpec, typed: str) -> bool:
    word = typed.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    message = f"{spec.label} chỉ nhận có hoặc không. Chọn lại."
    raise UserError("not_yes_no", message, spec.name)
