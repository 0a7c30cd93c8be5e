"""Commitments: who signed, of how many, each year; one record for each unit, year and group."""

from __future__ import annotations

from antq_desktop.domain.fields import Order, RecordSpec
from antq_desktop.domain.records.common import (
    choice,
    count,
    date,
    document,
    not_above,
    note,
    of_its_year,
    subject,
    unit,
    year,
)

COMMITMENT = RecordSpec(
    kind="commitment",
    label="kết quả ký cam kết",
    plural="Ký cam kết",
    area="movement",
    purpose="Ghi số hộ, hội viên, học sinh, cơ sở đã ký cam kết trên tổng số, chỉ bằng số.",
    holds_persons=False,
    retention="Giữ cùng hồ sơ phong trào của năm.",
    title=("year", "title"),
    order=Order.NEWEST_FIRST,
    order_by="signed_on",
    dated_by="signed_on",
    unit_by="unit",
    alike=("unit", "year", "signers"),
    fields=(
        unit(required=True),
        year(),
        choice("signers", "Bên ký cam kết", "commitment_group", required=True, listed=True),
        count("whole", "Tổng số", wanted=True, listed=True),
        count("signed", "Đã ký", wanted=True, listed=True),
        date("signed_on", "Ngày ký xong", wanted=True, listed=True),
        subject("title", "Nội dung cam kết", required=False),
        choice("host", "Đoàn thể, cơ quan chủ trì", "mass_organisation"),
        document("document", "Kế hoạch, văn bản phát động"),
        note(),
    ),
    rules=(not_above("signed", "whole"), of_its_year("signed_on")),
    since=3,
)
