"""Papers of everyday work, out of a real store."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.services.unit_sheet_lines import Ask
from tests.stores import COMMUNE_ID


def first(office: Office, codes: str) -> str:
    return office.codes[codes].values[0].id


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def meeting(office: Office, **more: Value) -> str:
    values: dict[str, Value] = {
        "held_on": "2026-11-05", "title": "Giao ban tháng 11", "unit": COMMUNE_ID,
        "meeting_kind": first(office, "meeting_kind"), **more,
    }  # fmt: skip
    return office.records.add("meeting", values).ids[0]


def neighbourhood(office: Office) -> str:
    values = {"name": "Thôn Mẫu 01", "unit_kind": "neighbourhood", "parent": COMMUNE_ID}
    return office.records.add("unit", values).ids[0]


def test_minutes_have_the_parts_of_the_decree_and_the_tasks_that_were_given(office: Office) -> None:
    record = meeting(office, conclusion="Giữ vững địa bàn.", attendance=12)
    office.records.add("task", {"source": record, "title": "Rà soát mô hình", "lead": "Công an xã",
                                "state": "new", "deadline": "2026-12-01"})  # fmt: skip
    told = text_of(office.papers.make("meeting_minutes", record_id=record))
    for words in ("BIÊN BẢN", "/BB-CAX", "THƯ KÝ", "CHỦ TỌA", "Lưu: VT, Hồ sơ", "12 người",
                  "Giữ vững địa bàn.", "Rà soát mô hình", "01/12/2026"):  # fmt: skip
        assert words in told
    assert "ngày 05 tháng 11 năm 2026" in told


def test_an_invitation_says_what_when_and_where(office: Office) -> None:
    told = text_of(office.papers.make("meeting_invitation", record_id=meeting(office)))
    assert "/GM-CAX" in told
    assert "Tới dự: Giao ban tháng 11." in told


def test_a_list_to_sign_has_a_line_for_everybody(office: Office) -> None:
    record = meeting(office, attendance=40)
    assert "\n40" in text_of(office.papers.make("meeting_attendance", record_id=record))
    few = meeting(office, title="Họp nhóm", attendance=3)
    assert "\n15" in text_of(office.papers.make("meeting_attendance", record_id=few))


def test_a_letter_reminds_of_a_task(office: Office) -> None:
    source = meeting(office)
    values = {"source": source, "title": "Rà soát mô hình", "lead": "Công an xã", "state": "new",
              "deadline": "2026-12-01"}  # fmt: skip
    task = office.records.add("task", values).ids[0]
    told = text_of(office.papers.make("reminder_letter", record_id=task))
    assert "V/v đôn đốc" in told
    assert "hạn hoàn thành 01/12/2026" in " ".join(told.split())


def test_the_register_parts_what_came_and_what_went(office: Office) -> None:
    kind = first(office, "document_kind")
    for direction, number in (("outgoing", "05/KH-CAX"), ("incoming", "07/CT-UBND")):
        office.records.add("document", {
            "title": f"Về {number}", "direction": direction, "document_kind": kind,
            "number": number, "dated": "2026-03-05",
        })  # fmt: skip
    told = text_of(office.papers.make("document_register", period=office.periods.named("2026")))
    assert told.index("05/KH-CAX") < told.index("2. Văn bản đến") < told.index("07/CT-UBND")
    before = office.papers.make("document_register", period=office.periods.named("2025"))
    assert "Trong kỳ không có văn bản đi." in text_of(before)


def test_a_slip_is_small_and_its_codes_find_the_lines_again(office: Office) -> None:
    unit = neighbourhood(office)
    pdf = office.papers.make("neighbourhood_slip", record_id=unit)
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert [round(float(side) * 25.4 / 72) for side in (page.mediabox.width, page.mediabox.height)
            ] == [148, 210]  # fmt: skip
    sheets = office.unit_sheets
    year = office.clock.now().year
    sheet = sheets.open(Ask("registration", "neighbourhood", str(year), {"year": year}))
    line = next(line for line in sheet.lines if line.unit == unit)
    assert sheets.code_of(sheet, line) in text_of(pdf)


def test_a_slip_is_for_neighbourhoods_alone(office: Office) -> None:
    with pytest.raises(UserError) as fault:
        office.papers.make("neighbourhood_slip", record_id=COMMUNE_ID)
    assert fault.value.code == "not_a_neighbourhood"


def test_the_papers_of_a_scheme_are_made_of_its_file(office: Office) -> None:
    unit = neighbourhood(office)
    scheme = office.records.add("scheme", {
        "name": "Tiếng kẻng an ninh", "scheme_type": first(office, "scheme_type"), "unit": unit,
        "state": "active",
    }).ids[0]  # fmt: skip
    office.records.add("member", {"scheme": scheme, "name": "Trần Thị Ví Dụ",
                                  "office": first(office, "member_office")})  # fmt: skip
    assert "Trần Thị Ví Dụ" in text_of(office.papers.make("scheme_members", record_id=scheme))
    cover = text_of(office.papers.make("scheme_cover", record_id=scheme))
    assert "HỒ SƠ MÔ HÌNH" in cover
    assert "Thành phần hồ sơ: đã có" in cover


def test_each_of_them_is_offered_for_its_kind_of_record(office: Office) -> None:
    offered = {kind.code: kind.kind for kind in office.papers.forms()}
    assert {offered[code] for code in ("meeting_minutes", "meeting_invitation",
                                       "meeting_attendance")} == {"meeting"}  # fmt: skip
    assert offered["neighbourhood_slip"] == "unit"


def test_a_word_file_of_several_records_is_one_file(office: Office) -> None:
    ids = [meeting(office, title=f"Họp {at}") for at in range(2)]
    made = office.papers.make_all("meeting_invitation", ids, word=True)
    assert made.startswith(b"PK")
