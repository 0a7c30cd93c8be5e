"""The windows of reporting periods on the page of the year: shown, and set otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.periods import CALENDAR
from antq_desktop.domain.seasons import SeasonPreset
from antq_desktop.domain.shown import show_date
from antq_desktop.services.periods import Window
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from antq_desktop.domain.periods import Period
    from antq_desktop.domain.seasons import Preset
    from antq_desktop.services.periods import Periods
    from antq_desktop.ui.workplace import Workplace

_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_LIST: Final = "weekdays"
_SPANS: Final = {"year": "năm", "half": "6 tháng", "quarter": "quý", "month": "tháng"}


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A preset as the page shows it: what it is set to, and its period around today."""

    preset: Preset
    window: Window
    period: Period | None


def window_lines(periods: Periods, day: str) -> tuple[WindowLine, ...]:
    """Return every preset that may be set, with its longest period around a day."""
    lines = []
    for code, preset in periods.presets.items():
        if code != CALENDAR.code:
            near = preset.holding(day)
            inside = [period for period in near if period.holds(day)]
            period = inside[-1] if inside else next(iter(near), None)
            lines.append(WindowLine(preset, periods.window_of(code), period))
    return tuple(lines)


def window_rows(lines: Sequence[WindowLine]) -> Iterator[TableRow]:
    """Yield the rows of the table."""
    for line in lines:
        preset, period = line.preset, line.period
        near = f"{show_date(period.since)}–{show_date(period.until)}" if period else ""
        state = Badge("Đã sửa", "info") if preset.edited else "Mẫu sẵn có"
        told = (preset.title, _told(line), near, state)
        yield TableRow(preset.code, told)


def _told(line: WindowLine) -> str:
    preset, window = line.preset, line.window
    before = " năm trước" if window.year_before else ""
    if isinstance(preset, SeasonPreset):
        return f"mỗi năm từ {window.begins}{before} đến {window.ends}"
    if window.years:
        return f"{window.years} năm, tính từ năm {window.from_year}"
    spans = [_SPANS[span] for span in preset.spans if span in _SPANS]
    told = f"{', '.join(spans)}, từ {window.begins}{before}"
    if window.weekday:
        told += f"; tuần từ {_WEEKDAYS[window.weekday - 1]}"
    return told


def window_dialog(
    workplace: Workplace, parent: QWidget, line: WindowLine, done: Callable[[str], None]
) -> FormDialog:
    """Return the form that sets a window otherwise."""
    periods, preset, held = workplace.office.periods, line.preset, line.window
    season = isinstance(preset, SeasonPreset)
    hint = "15/12; Tết-1 là hôm trước mùng 1, Tết+14 là rằm tháng Giêng" if season else ""
    fields = [FieldSpec(name="begins", label="Bắt đầu ngày", required=True, width=14, hint=hint,
                        max_length=12)]  # fmt: skip
    if season:
        fields.append(FieldSpec(name="ends", label="Đến hết ngày", required=True, width=14,
                                hint=hint, max_length=12))  # fmt: skip
    fields.append(FieldSpec(name="year_before", label="Bắt đầu từ năm trước",
                            kind=FieldKind.YES_NO, required=True))  # fmt: skip
    if held.weekday:
        fields.append(FieldSpec(name="weekday", label="Tuần bắt đầu vào", kind=FieldKind.CHOICE,
                                codes=_LIST, required=True, width=14))  # fmt: skip
    if held.years:
        fields += [
            FieldSpec(name="years", label="Số năm của một giai đoạn", kind=FieldKind.INTEGER,
                      minimum=2, maximum=20, required=True, width=8),
            FieldSpec(name="from_year", label="Có giai đoạn bắt đầu từ năm",
                      kind=FieldKind.INTEGER, minimum=1990, maximum=2100, required=True, width=8),
        ]  # fmt: skip

    def work(given: Given) -> str:
        return periods.set_window(preset.code, Window(
            begins=str(given["begins"]), ends=str(given.get("ends") or ""),
            year_before=given["year_before"] is True,
            weekday=int(str(given.get("weekday") or 0)),
            years=int(str(given.get("years") or 0)),
            from_year=int(str(given.get("from_year") or 0)),
        ))  # fmt: skip

    fixed = "Kỳ này do văn bản quy định; chỉ sửa khi văn bản thay đổi. " * (
        preset.confidence == "A"
    )
    return FormDialog(
        workplace, parent, title=f"Kỳ “{preset.title}”",
        told=f"Căn cứ: {preset.legal_basis}. {fixed}{preset.note} Phiếu chấm và số liệu đã ghi giữ "
        "nguyên ngày của mình.",
        fields=fields, verb="Lưu kỳ", work=work, done=done,
        held={"begins": held.begins, "ends": held.ends or None, "year_before": held.year_before,
              "weekday": str(held.weekday), "years": held.years or None,
              "from_year": held.from_year or None},
        lists={_LIST: [Option(str(at), name) for at, name in enumerate(_WEEKDAYS, 1)]},
    )  # fmt: skip
