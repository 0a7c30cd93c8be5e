"""The letter that asks a unit for the months and the bundles that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.papers import document_number
from antq_desktop.domain.shown import paper_count, paper_date
from antq_desktop.services.issuers import lowered, police_of
from antq_desktop.services.paper_asked import Filled

if TYPE_CHECKING:
    from antq_desktop.services.following import HeatMap

FORM = "gap_letter"


def filled_of(heat: HeatMap, unit: str, today: str, sign: str) -> Filled:
    """Fill the letter to one unit.

    Raises:
        UserError: `nothing_missing`: there is nothing to ask it for.
    """
    row = heat.row(unit)
    if row is None or not row.wants_letter:
        message = "Đơn vị này không thiếu số liệu nên không có gì để đôn đốc."
        raise UserError("nothing_missing", message, "record")
    gaps = set(row.gaps)
    numbers = ", ".join(paper_count(number) for number in row.missing)
    return Filled(
        {
            "number": document_number("", sign),
            "recipients": f"Lưu: {sign}",
            "addressee": police_of(row.name),
            "of_unit": lowered(row.name),
            "told_at": f"ngày {paper_date(today)}",
            "missing": f"Ngoài ra còn thiếu gói số: {numbers}. Các gói sau nối tiếp những gói này."
            if numbers
            else "Số thứ tự các gói đã nhận nối tiếp nhau, không thiếu gói nào ở giữa.",
        },
        {
            "gaps": [
                (f"{int(cell.month[5:])}/{cell.month[:4]}", paper_date(cell.due), cell.state.label)
                for cell in row.cells
                if cell.month in gaps
            ]
        },
    )
