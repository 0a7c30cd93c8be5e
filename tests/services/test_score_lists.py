"""Lists of what is only scored: each standard on a paper of its own."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from antq_desktop.services.office import Office
from antq_desktop.services.standards_paper import SCORE_LISTS
from tests.services.standards.cycle import YEAR, Cycle
from tests.stores import COMMUNE_ID


def paper(cycle: Cycle, form: str) -> str:
    pdf = cycle.office.papers.make(form, period=cycle.office.periods.named(str(YEAR)))
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_what_is_only_scored_is_listed_standard_by_standard(office: Office) -> None:
    cycle = Cycle(office)
    team = cycle.add("protection_team", name="Tổ Mẫu 01", founded_on="2020-07-01")
    sheets = cycle.office.standards.sheets
    sheets.begin([team], YEAR, standard="rating")
    sheets.begin([COMMUNE_ID], YEAR, standard="exemplary")
    told = {standard: paper(cycle, form) for standard, form in SCORE_LISTS.items()}
    assert "Tổ Mẫu 01" in told["rating"]
    assert "01 phiếu chấm của 01 nơi" in told["rating"]
    assert "còn " in told["rating"], "an unfinished sheet says what is left"
    assert "Tổ Mẫu 01" not in told["exemplary"]
    assert "điển hình" in told["exemplary"]
    for standard in ("drugs", "model_police"):
        assert "Trong năm chưa có phiếu" in told[standard]
