"""Whether a record may be saved: each value against its field, then the rules between fields.

Everything wrong is told at once, each fault beside its field. A rule reads one record alone, so
that a bundle gives the same verdict in whatever order it arrives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Protocol

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import (
    BY_YEAR,
    NUMERIC,
    TEXTUAL,
    FieldKind,
    FieldSpec,
    LineSpec,
    RecordSpec,
    RuleView,
    Travels,
    Value,
    Values,
    line_path,
    lines_of,
)
from antq_desktop.domain.ids import RECORD_ID
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.text import refused

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LONGEST_QUOTE = 40
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
_PHONE = re.compile(r"\+?\d{8,15}", re.ASCII)
_CITIZEN_ID = re.compile(r"\d{9}|\d{12}", re.ASCII)
_YEAR = re.compile(r"(19|20)\d\d|2100", re.ASCII)
_LINE_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class KnownCodes(Protocol):
    """What a check needs of the code lists."""

    def has(self, list_name: str, value_id: str) -> bool:
        """Tell whether the list knows the value, retired ones included."""
        ...


def check(
    spec: RecordSpec,
    values: Values,
    codes: KnownCodes,
    today: date | None,
    *,
    farthest: Travels = Travels.NEVER,
    now: str = "",
) -> list[Fault]:
    """Return everything wrong with a record or missing from it, in the order of its form.

    Args:
        spec: Its kind.
        values: Its values by path.
        codes: The code lists.
        today: The day on which it is entered; None for one that comes from elsewhere.
        farthest: Which fields can be there at all: `NEVER` all of them, `SIBLINGS` those that
            leave the device, `UP` those that travel up; the others are not asked for.
        now: The moment of entry, `YYYY-MM-DDTHH:MM`, for remarks about hours; empty for none.
    """
    found = list(_check_fields(_there(spec.fields, farthest), values, "", codes))
    for line in spec.lines:
        lines = lines_of(values, line.name)
        if len(lines) > line.limit:
            message = f"{line.label} có {len(lines)} dòng, nhiều nhất là {line.limit}. Bớt số dòng."
            found.append(Fault("too_many_lines", message, line.name))
        for line_id, held in lines.items():
            prefix = line_path(line.name, line_id, "")
            if not _is_line_id(line, line_id, codes):
                message = f"{line.label}: “{quoted(line_id)}” không phải là một dòng. Bỏ dòng này."
                found.append(Fault("unknown_line", message, line.name))
            found.extend(_check_fields(_there(line.fields, farthest), held, prefix, codes))
    found.extend(_check_paths(spec, values))
    faulty = {fault.field for fault in found if not fault.warning}
    view = RuleView(spec, {p: v for p, v in values.items() if p not in faulty}, today, now)
    found.extend(_check_rules(view, faulty))
    return found


def _check_rules(view: RuleView, faulty: set[str]) -> Iterator[Fault]:
    """Ask the rules about what is sound, so that a faulty field is told of once and hides none."""
    for rule in view.spec.rules:
        yield from (fault for fault in rule(view) if fault.field not in faulty)


def _is_line_id(line: LineSpec, line_id: str, codes: KnownCodes) -> bool:
    if line.ids_from == BY_YEAR:
        return _YEAR.fullmatch(line_id) is not None
    if line.ids_from:
        return codes.has(line.ids_from, line_id)
    return _LINE_ID.fullmatch(line_id) is not None


def quoted(given: str) -> str:
    """Return what was given as a sentence can quote it."""
    text = " ".join(given.split())
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _there(fields: tuple[FieldSpec, ...], farthest: Travels) -> tuple[FieldSpec, ...]:
    order = (Travels.UP, Travels.SIBLINGS, Travels.NEVER)
    reach = order.index(farthest)
    return tuple(field for field in fields if order.index(field.travels) <= reach)


def _check_paths(spec: RecordSpec, values: Values) -> Iterator[Fault]:
    for path in values:
        try:
            spec.at(path)
        except KeyError:
            message = (
                f"“{quoted(path)}” không phải là mục của {spec.label}. Bỏ mục này rồi nhập lại."
            )
            yield Fault("unknown_field", message, path)


def _check_fields(
    fields: tuple[FieldSpec, ...], values: Values, prefix: str, codes: KnownCodes
) -> Iterator[Fault]:
    for spec in fields:
        path = prefix + spec.name
        value = values.get(spec.name)
        if value is None or value == "":
            if spec.required:
                yield Fault("required", f"Chưa nhập {lowered(spec.label)}. Nhập mục này.", path)
            elif spec.is_wanted(values):
                message = f"Còn thiếu {lowered(spec.label)}."
                yield Fault("wanted", message, path, warning=True)
            continue
        fault = check_value(spec, value, codes)
        if fault is not None:
            yield Fault(fault.code, fault.message, path, fault.warning)


def lowered(label: str) -> str:
    """Return a label as it stands inside a sentence: first letter small unless it abbreviates."""
    abbreviates = label[1:2].isalpha() and label[:2].isupper()
    return label if abbreviates else label[:1].lower() + label[1:]


def check_value(spec: FieldSpec, value: Value, codes: KnownCodes) -> Fault | None:
    """Return what is wrong with one value, the first thing only, or None."""
    if spec.kind in NUMERIC:
        return _check_number(spec, value)
    if spec.kind is FieldKind.YES_NO:
        if isinstance(value, bool):
            return None
        return Fault("not_yes_no", f"{spec.label} chỉ nhận có hoặc không. Chọn lại.", spec.name)
    if not isinstance(value, str):
        return Fault("not_text", f"{spec.label} phải là chữ. Nhập lại.", spec.name)
    if spec.kind is FieldKind.CHOICE:
        return _check_choice(spec, value, codes)
    fault = _check_text(spec, value) if spec.kind in TEXTUAL else None
    form = _FORMS.get(spec.kind)
    return fault or (form(spec, value) if form else None)


def _check_number(spec: FieldSpec, value: Value) -> Fault | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return Fault(
            "not_number", f"{spec.label} phải là số nguyên. Nhập lại bằng chữ số.", spec.name
        )
    least = 0 if spec.minimum is None else spec.minimum
    most = 10**15 if spec.maximum is None else spec.maximum
    if not least <= value <= most:
        written = str if spec.is_year else show_integer
        message = f"{spec.label} phải từ {written(least)} đến {written(most)}. Nhập lại."
        return Fault("number_out_of_range", message, spec.name)
    return None


def _check_text(spec: FieldSpec, value: str) -> Fault | None:
    if "\r" in value or refused(value, long=spec.kind is FieldKind.LONG_TEXT):
        message = f"{spec.label} có ký tự điều khiển không in được. Xóa phần đó rồi gõ lại."
        return Fault("text_not_allowed", message, spec.name)
    if len(value) > spec.max_length:
        message = (
            f"{spec.label} dài {show_integer(len(value))} chữ, nhiều nhất là "
            f"{show_integer(spec.max_length)} chữ. Rút ngắn lại."
        )
        return Fault("text_too_long", message, spec.name)
    return None


def _check_choice(spec: FieldSpec, value: str, codes: KnownCodes) -> Fault | None:
    if codes.has(spec.codes, value):
        return None
    message = (
        f"{spec.label}: “{quoted(value)}” không có trong danh mục. Chọn một giá trị trong danh mục."
    )
    return Fault("not_in_codes", message, spec.name)


def _check_date(spec: FieldSpec, value: str) -> Fault | None:
    if _DATE.fullmatch(value) and _in_calendar(value):
        return None
    message = (
        f"{spec.label} {quoted(value)} không có trong lịch. Nhập lại theo ngày/tháng/năm, "
        f"từ năm {EARLIEST_YEAR} đến năm {LATEST_YEAR}."
    )
    return Fault("date_not_in_calendar", message, spec.name)


def _in_calendar(value: str) -> bool:
    year, month, day = (value + "-01-01")[:10].split("-")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return EARLIEST_YEAR <= int(year) <= LATEST_YEAR


def _check_moment(spec: FieldSpec, value: str) -> Fault | None:
    if _MOMENT.fullmatch(value) and _in_calendar(value[:10]):
        return None
    shown = quoted(value)
    message = f"{spec.label} {shown} không có trong lịch. Nhập lại, ví dụ 21/11/2026 08:05."
    return Fault("moment_not_in_calendar", message, spec.name)


def _matches(
    pattern: re.Pattern[str], code: str, wanted: str
) -> Callable[[FieldSpec, str], Fault | None]:
    def matcher(spec: FieldSpec, value: str) -> Fault | None:
        if pattern.fullmatch(value):
            return None
        message = f"{spec.label} “{quoted(value)}” chưa đúng: {wanted}. Nhập lại."
        return Fault(code, message, spec.name)

    return matcher


_FORMS: Mapping[FieldKind, Callable[[FieldSpec, str], Fault | None]] = {
    FieldKind.DATE: _check_date,
    FieldKind.MOMENT: _check_moment,
    FieldKind.DECIMAL: _matches(_DECIMAL, "not_decimal", "cần số như 12,5"),
    FieldKind.PHONE: _matches(_PHONE, "not_phone", "cần từ 8 đến 15 chữ số"),
    FieldKind.CITIZEN_ID: _matches(
        _CITIZEN_ID, "not_citizen_id", "cần 12 chữ số (hoặc 9 chữ số cũ)"
    ),
    FieldKind.REFERENCE: _matches(RECORD_ID, "not_reference", "không phải là hồ sơ đã có"),
}
