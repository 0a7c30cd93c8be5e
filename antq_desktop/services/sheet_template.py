"""What a template asks for: one column for each field, with its list, its example and its guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import FieldKind, FieldSpec, LineSpec, RecordSpec
from antq_desktop.domain.sheetmap import EXAMPLE, NUMBER_HEADING, is_a_person
from antq_desktop.services.sheet_lines import RECORD_NUMBER, kept_fields, line_spec
from antq_desktop.sheets.templating import Wanted
from antq_desktop.sheets.writing import Column

_KINDS: Final = {
    FieldKind.TEXT: "Chữ",
    FieldKind.LONG_TEXT: "Chữ, nhiều dòng",
    FieldKind.INTEGER: "Số nguyên",
    FieldKind.MONEY: "Số tiền",
    FieldKind.DECIMAL: "Số",
    FieldKind.DATE: "Ngày",
    FieldKind.MOMENT: "Ngày và giờ",
    FieldKind.YES_NO: "Có, không",
    FieldKind.CHOICE: "Danh mục",
    FieldKind.REFERENCE: "Hồ sơ đã có",
    FieldKind.PHONE: "Số điện thoại",
    FieldKind.CITIZEN_ID: "CCCD, CMND",
}
_HOW: Final = {
    FieldKind.LONG_TEXT: "Ghi nhiều dòng trong một ô bằng Alt+Enter.",
    FieldKind.INTEGER: "Chỉ ghi chữ số; 1.234 hay 1234 đều được.",
    FieldKind.MONEY: "Ghi đồng: 1.500.000; 500 nghìn hay 2,5 triệu cũng được.",
    FieldKind.DECIMAL: "Dấu phẩy trước phần lẻ: 12,5.",
    FieldKind.DATE: "Ngày/tháng/năm; chỉ biết tháng hoặc năm thì ghi 11/2026 hoặc 2026.",
    FieldKind.MOMENT: "Giờ:phút ngày/tháng/năm.",
    FieldKind.YES_NO: "Chọn trong danh sách, hoặc đánh dấu x là có.",
    FieldKind.CHOICE: "Chọn trong danh sách; viết không dấu cũng được.",
    FieldKind.REFERENCE: "Ghi đúng tên trong sổ; chưa có thì thêm hồ sơ đó trước.",
    FieldKind.PHONE: "10 chữ số, giữ số 0 ở đầu; ô đã đặt dạng chữ.",
    FieldKind.CITIZEN_ID: "12 chữ số (CMND cũ 9), giữ số 0 ở đầu; ô đã đặt dạng chữ.",
}
_EXAMPLES: Final = {
    FieldKind.INTEGER: "12",
    FieldKind.MONEY: "1.500.000",
    FieldKind.DECIMAL: "12,5",
    FieldKind.DATE: "21/11/2026",
    FieldKind.MOMENT: "08:05 21/11/2026",
    FieldKind.YES_NO: "Có",
    FieldKind.PHONE: "0100000001",
    FieldKind.CITIZEN_ID: "000000000001",
}
_NAMED_EXAMPLES: Final = {
    "born_on": "15/03/1980",
    "birth_year": "1980",
    "year": "2026",
    "head_name": "Trần Thị Ví Dụ",
    "occurred_hour": "19 giờ 30",
    "register_number": "12",
}
# Numbers take Excel's own form; everything else, dates too, is typed into cells of text, so that
# no setting of the machine turns 05/6 into the 6th of May or takes a zero from a telephone number.
_FORMATS: Final = {FieldKind.INTEGER: "0", FieldKind.MONEY: "#,##0"}
_MOST_TOLD: Final = 40


def wanted_columns(
    spec: RecordSpec, codes: Codes, titles: Mapping[str, Sequence[str]], today: str
) -> list[Wanted]:
    """Return the columns of a template, the running number first.

    Args:
        spec: The kind of record.
        codes: The code lists.
        titles: What the records are called that its references may name, by kind.
        today: The day on which choices must hold.
    """
    return [
        Wanted(Column(NUMBER_HEADING, 8), "0", (), strict=False, example=EXAMPLE, told=()),
        *(_wanted(spec, field, codes, titles, today) for field in spec.fields),
    ]


def wanted_line_columns(
    spec: RecordSpec,
    line: LineSpec,
    codes: Codes,
    titles: Mapping[str, Sequence[str]],
    today: str,
) -> list[Wanted]:
    """Return the columns of the sheet for a small list, the number of the record first."""
    fields = line_spec(spec, line, kept_fields(line, private=True)).fields
    how = f"Số ở cột {NUMBER_HEADING} của hồ sơ trên trang đầu."
    told = (RECORD_NUMBER, "Bắt buộc", "Số nguyên", how, "1", "")
    heading = Column(f"{RECORD_NUMBER} (bắt buộc)", 12, wrap=True)
    first = Wanted(heading, "0", (), strict=False, example=EXAMPLE, told=told)
    return [first, *(_wanted(spec, field, codes, titles, today) for field in fields[1:])]


def _wanted(
    spec: RecordSpec,
    field: FieldSpec,
    codes: Codes,
    titles: Mapping[str, Sequence[str]],
    today: str,
) -> Wanted:
    choices = _choices(field, codes, titles, today)
    example = _example(spec, field, choices)
    strict = field.kind in {FieldKind.CHOICE, FieldKind.YES_NO}
    unit = f" ({field.unit})" if field.unit else ""
    marked = " (bắt buộc)" if field.required else ""
    need = "Bắt buộc" if field.required else "Nên có" if field.wanted else ""
    offered = "; ".join(choices[:_MOST_TOLD]) + ("; …" if len(choices) > _MOST_TOLD else "")
    how = " ".join(part for part in (_HOW.get(field.kind, ""), field.hint) if part)
    return Wanted(
        Column(field.label + unit + marked, max(field.width, len(field.label) // 2), wrap=True),
        _FORMATS.get(field.kind, "@"),
        choices,
        strict=strict,
        example=example,
        told=(field.label, need, _KINDS[field.kind], how, example, offered),
    )


def _choices(
    field: FieldSpec, codes: Codes, titles: Mapping[str, Sequence[str]], today: str
) -> tuple[str, ...]:
    if field.kind is FieldKind.YES_NO:
        return ("Có", "Không")
    if field.kind is FieldKind.CHOICE:
        return tuple(value.label for value in codes.in_force(field.codes, today))
    return tuple(title for kind in field.refers_to for title in titles.get(kind, ()))


def _example(spec: RecordSpec, field: FieldSpec, choices: Sequence[str]) -> str:
    if field.name == "name" and is_a_person(spec):
        return "Nguyễn Văn Mẫu"
    if field.name in _NAMED_EXAMPLES:
        return _NAMED_EXAMPLES[field.name]
    if choices:
        return choices[0]
    if field.kind is FieldKind.TEXT and field.name.endswith("document"):
        return "05/QĐ-UBND"
    return _EXAMPLES.get(field.kind, "")
