"""Papers of the yearly cycle: nothing, one, many; marks without anything behind; contradictions."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.sheets import Answer, Given, Mark, Override, Paper
from antq_desktop.services.office import Office
from antq_desktop.services.paper_kinds import NEEDS, Needs
from antq_desktop.services.standards.results import Decision
from tests.services.standards.cycle import NEIGHBOURHOOD, YEAR, Cycle

LONG = "Khu dân cư Mẫu có tên dài nhất mà một xã có thể đặt cho một khu dân cư của mình ở Ví Dụ"


@pytest.fixture
def cycle(office: Office) -> Cycle:
    return Cycle(office)


def read(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def paper(cycle: Cycle, form: str, record: str = "") -> str:
    papers, periods = cycle.office.papers, cycle.office.periods
    if record:
        return read(papers.make(form, record_id=record))
    return read(papers.make(form, period=periods.named(str(YEAR))))


def only(cycle: Cycle, kind: str) -> str:
    with cycle.office.standards.ground.book() as book:
        return book.all(kind)[0].id


def test_every_paper_of_the_cycle_says_that_it_is_an_illustration(cycle: Cycle) -> None:
    periods = [c for c, needs in NEEDS.items() if c[:4] == "std_" and needs is Needs.PERIOD]
    assert len(periods) > 2
    assert all("Mẫu minh họa" in paper(cycle, code) for code in periods)


def test_a_year_without_anything_says_so(cycle: Cycle) -> None:
    assert "chưa có đơn vị nào đăng ký" in paper(cycle, "std_result_list")
    told = paper(cycle, "std_result_report")
    assert "Không có đơn vị nào xếp Trung bình, Yếu." in told
    assert "khớp nhau" in told


def test_a_registration_is_issued_by_the_unit_itself(cycle: Cycle) -> None:
    unit = cycle.unit(LONG)
    cycle.register(unit, households=120, registered=118, counted_on="2026-03-01",
                   resolution_on="2026-01-20", resolution_document="02-NQ/CB")  # fmt: skip
    told = paper(cycle, "std_registration", only(cycle, "registration"))
    assert LONG.upper() in told
    assert "02-NQ/CB ngày 20/01/2026" in told
    assert "118" in told


def test_minutes_and_proposal_stand_without_a_sheet_and_with_one(cycle: Cycle) -> None:
    unit = cycle.unit()
    met = {"meeting_on": "2026-10-16", "meeting_place": "Nhà văn hóa"}
    cycle.office.standards.board.advance(YEAR, [unit], met)
    filed = only(cycle, "submission")
    assert "Chưa có phiếu chấm." in paper(cycle, "std_minutes", filed)
    cycle.fill(cycle.sheet(unit, NEIGHBOURHOOD))
    told = paper(cycle, "std_minutes", filed)
    assert "16/10/2026" in told
    assert "tự đánh giá: đạt" in told
    assert "TỜ TRÌNH" in paper(cycle, "std_proposal", filed)
    report = paper(cycle, "std_unit_report", filed)
    assert "tự đánh giá: đạt" in report
    assert "BÁO CÁO" in report


def test_a_unit_plans_by_what_it_registered(cycle: Cycle) -> None:
    cycle.register(cycle.unit(LONG), people=45, briefed=44, resolution_document="02-NQ/CB",
                   resolution_on="2026-01-20", plan_document="03/KH")  # fmt: skip
    told = paper(cycle, "std_plan", only(cycle, "registration"))
    assert "Số: 03/KH" in told
    assert "Thực hiện 02-NQ/CB ngày 20/01/2026" in told
    assert "Số người phải được phổ biến: 45" in told


def test_grades_are_proposed_from_the_sheets_and_the_committee_is_asked(cycle: Cycle) -> None:
    scored, bare = cycle.unit(LONG), cycle.unit("Thôn Mẫu 02")
    cycle.fill(cycle.sheet(scored, "qd510_neighbourhood"))
    cycle.sheet(bare, "qd510_neighbourhood")
    listed = paper(cycle, "cls_list")
    assert LONG in listed
    assert "Chưa chấm đủ" in listed
    proposed = paper(cycle, "cls_submission")
    assert "Cộng 01 100%" in proposed
    assert "01 đơn vị chưa chấm đủ" in proposed
    committee = cycle.add("committee", name="Ban Chỉ đạo 138 xã Mẫu")
    member = cycle.add("committee_member", committee=committee, name="Trần Thị Ví Dụ", role="head")
    slip = paper(cycle, "opinion_slip", member)
    assert "Họ và tên: Trần Thị Ví Dụ" in slip
    assert LONG in slip


def test_a_sheet_prints_reasons_and_evidence_and_of_a_mark_one_document(cycle: Cycle) -> None:
    unit = cycle.unit()
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    sheets = cycle.office.standards.sheets
    sheets.answer(sheet, {"c2": Given(Answer.MET)})
    sheets.override(sheet, "c1_resolution", Override(Answer.MET, "Có bản giấy ở chi bộ"))
    sheets.mark(sheet, [Mark("c3_a", Answer.NOT_MET, Paper("05/TB", "2026-05-02", "CAX Mẫu"))])
    sheets.appraise(sheet, {"c2": Given(Answer.NOT_MET)}, {"c2": "Kế hoạch thiếu chữ ký"})
    kind = cycle.office.codes["document_kind"].values[0].id
    document = cycle.add("document", title="Kế hoạch mẫu về ANTT", number="07/KH-UBND",
                         document_kind=kind, dated="2026-01-15", direction="outgoing")  # fmt: skip
    sheets.link(sheet, "c2", [("document", document)])
    told = paper(cycle, "std_score_sheet", sheet)
    for said in ("Có bản giấy ở chi bộ", "Kế hoạch thiếu chữ ký", "Kế hoạch mẫu về ANTT",
                 "Có xảy ra", "05/TB", "Khu dân cư “An toàn về an ninh, trật tự”"):  # fmt: skip
        assert said in told


def test_a_decision_names_who_is_recognised_and_why_others_are_not(cycle: Cycle) -> None:
    first, second = cycle.unit(LONG), cycle.unit("Thôn Mẫu 02")
    results = cycle.office.standards.results
    decision = Decision("01/QĐ-UBND", "2026-11-13", "UBND xã Mẫu")
    results.recognise(YEAR, decision, [first], {second: "Chưa đạt tiêu chí 4"})
    told = paper(cycle, "std_decision", only(cycle, "standard_decision"))
    assert LONG in told
    assert "Thôn Mẫu 02 (Chưa đạt tiêu chí 4)" in told
    assert "Số: 01/QĐ-UBND" in told
    assert "đối với 01 đơn vị" in told


def test_a_certificate_is_made_only_for_who_is_recognised(cycle: Cycle) -> None:
    first, second = cycle.unit(), cycle.unit("Thôn Mẫu 02")
    results = cycle.office.standards.results
    decision = Decision("01/QĐ-UBND", "2026-11-13", "UBND xã Mẫu")
    results.recognise(YEAR, decision, [first], {second: "Chưa đạt tiêu chí 4"})
    results.certify(YEAR, 1, "{}/GCN-UBND", "2026-11-16")
    with cycle.office.standards.ground.book() as book:
        rows = {str(row.values["unit"]): row.id for row in book.all("recognition")}
    told = paper(cycle, "std_certificate", rows[first])
    assert "01/GCN-UBND" in told
    assert "THÔN MẪU 01" in told
    onto_a_blank = paper(cycle, "std_certificate_blank", rows[first])
    assert "CỘNG HÒA" not in onto_a_blank
    assert "Thôn Mẫu 01" in onto_a_blank
    with pytest.raises(UserError) as refused:
        cycle.office.papers.make("std_certificate_blank", record_id=rows[first], word=True)
    assert refused.value.code == "not_in_word"
    with pytest.raises(UserError) as refused:
        paper(cycle, "std_certificate", rows[second])
    assert refused.value.code == "not_recognised"


def test_contradictions_are_printed_with_both_lists_and_repaired_nowhere(cycle: Cycle) -> None:
    unit, other = cycle.unit(), cycle.unit("Thôn Mẫu 02")
    cycle.register(other)
    cycle.recognise(unit)
    told = paper(cycle, "std_result_report")
    assert "Số liệu chưa khớp" in told
    assert "Danh sách thứ nhất: Thôn Mẫu 01." in told
    assert "Danh sách thứ hai: Thôn Mẫu 02." in told


def test_what_came_after_a_closing_is_printed_as_what_it_is(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.fill(cycle.sheet(unit, NEIGHBOURHOOD))
    cycle.office.standards.closings.close(YEAR, "security", day="2026-10-25")
    assert "ngày 25/10/2026 Không có." in paper(cycle, "std_result_report")
    cycle.incident(unit, "2026-05-05", severity="serious", force_majeure=False,
                   detected_in_time=False, register_number="07")  # fmt: skip
    cycle.incident(unit, "2026-10-30")
    told = paper(cycle, "std_result_report")
    assert "05/5/2026, vụ việc: 07 · Mất trộm ở Thôn Mẫu (điều chỉnh, nhập sau khi chốt)" in told
    assert "30/10/2026, vụ việc: Mất trộm ở Thôn Mẫu (xảy ra sau khi chốt)" in told
    assert "Phiếu chấm giữ nguyên, nếu tính theo hồ sơ hôm nay sẽ khác: Thôn Mẫu 01." in told


def test_a_list_of_many_units_goes_over_pages(cycle: Cycle) -> None:
    units = [cycle.unit(f"Thôn Mẫu {at:03}") for at in range(40)]
    cycle.office.standards.board.register(
        YEAR, [{"unit": unit, "registered_on": "2026-02-20"} for unit in units]
    )
    pdf = cycle.office.papers.make("std_result_list", period=cycle.office.periods.named(str(YEAR)))
    assert len(PdfReader(BytesIO(pdf)).pages) > 1
    assert "40 đơn vị đăng ký" in read(pdf)


def test_a_paper_of_a_record_that_is_not_there_is_refused(cycle: Cycle) -> None:
    for form in (c for c, needs in NEEDS.items() if c[:4] == "std_" and needs is Needs.RECORD):
        with pytest.raises(UserError):
            paper(cycle, form, "không-có")
