"""Asking the unit below: about a record that it keeps, and for the right number of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.fields import FieldKind, FieldSpec, Travels
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.requests import ADJUSTMENT, REQUEST
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.services.figures_table import FigureLine, FigureTable
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.screens.reading_pane_data import Loaded
    from antq_desktop.ui.workplace import Workplace

_PLACES: Final = "asked_place"  # stands for a code list: the fields of the record
_PLACE: Final = FieldSpec(
    name="place", label="Mục được hỏi", kind=FieldKind.CHOICE, codes=_PLACES, width=28
)


def ask_about(workplace: Workplace, parent: QWidget, loaded: Loaded, path: str = "") -> FormDialog:
    """Show the dialog that asks the unit about a record, or one field of it."""
    spec, record = loaded.shown.spec, loaded.shown.record
    request = spec_of(REQUEST)
    places = [
        Option(field.name, field.label) for field in spec.fields if field.travels is Travels.UP
    ]
    requests = workplace.office.oversight.requests

    def work(given: Given) -> Saved:
        place = str(given.pop("place") or "")
        return requests.ask(record.kind, record.id, place, given)

    dialog = FormDialog(
        workplace,
        parent,
        title="Gửi yêu cầu về hồ sơ",
        told="Yêu cầu đi cùng gói trả về lần sau và mở đúng mục này ở đơn vị. Khi đơn vị sửa mục"
        " hoặc trả lời thì yêu cầu được coi là đã trả lời.",
        fields=(request.field("title"), _PLACE, request.field("sort"), request.field("due_on")),
        verb="Ghi yêu cầu",
        work=work,
        done=lambda saved: workplace.told(saved, (REQUEST,)),
        held={"sort": "explain", "place": path or None},
        lists={_PLACES: places},
    )
    dialog.open()
    return dialog


def adjust(
    workplace: Workplace, parent: QWidget, table: FigureTable, line: FigureLine
) -> FormDialog:
    """Show the dialog that puts another number in the place of a reported one."""
    spec, counted = spec_of(ADJUSTMENT), line.counted
    reported = counted.reported if counted.adjustment is not None else counted.value
    unit = table.units.get(table.unit, "")
    about: Given = {
        "unit": table.unit, "measure": line.code, "period": table.period.name,
        "reported": reported or 0,
    }  # fmt: skip
    held: Given = {"confirmed_on": f"{workplace.office.clock.now():%Y-%m-%d}"}
    if counted.adjustment is not None:
        held |= {
            "value": counted.adjustment.value,
            "reason": counted.adjustment.reason,
            "confirmed_by": counted.adjustment.confirmed_by,
        }
    requests = workplace.office.oversight.requests
    dialog = FormDialog(
        workplace,
        parent,
        title="Điều chỉnh số liệu",
        told=f"{line.label}, {table.period.label}, {unit}: số báo cáo {show_integer(reported or 0)}"
        f" {line.counted_in}. Số điều chỉnh được dùng để tổng hợp đến khi đơn vị sửa số báo cáo;"
        " đơn vị nhận yêu cầu sửa cùng gói trả về lần sau.",
        fields=tuple(
            spec.field(name) for name in ("value", "confirmed_on", "confirmed_by", "reason")
        ),
        verb="Điều chỉnh",
        work=lambda given: requests.adjust({**about, **given}),
        done=lambda saved: workplace.told(saved, (ADJUSTMENT, REQUEST)),
        held=held,
    )
    dialog.open()
    return dialog
