"""`antq print` and `antq report`: a PDF that is one, figures under stable codes."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Antq
from tests.stores import COMMUNE_ID, INCIDENT

SCHEME = {
    "name": "Tiếng kẻng an ninh Thôn Mẫu",
    "scheme_type": "camera_an_ninh",
    "state": "active",
    "founded_on": "2020-05-01",
}


def text_of(path: Path) -> str:
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_sheet_is_printed_from_the_beginning_of_an_id(antq: Antq, tmp_path: Path) -> None:
    scheme = antq.add("scheme", SCHEME)
    out = tmp_path / "sheet.pdf"
    answer = antq.json("print", "scheme_sheet", "--record", scheme[:8], "--out", str(out))
    assert answer.code == 0, answer.out
    assert answer.value == {
        "form": "scheme_sheet",
        "file": str(out),
        "bytes": out.stat().st_size,
    }
    assert "Tiếng kẻng an ninh Thôn Mẫu" in text_of(out)


def test_a_register_is_printed_for_a_window_of_a_regulation(antq: Antq, tmp_path: Path) -> None:
    antq.add("incident", INCIDENT)
    out = tmp_path / "register.pdf"
    words = ("print", "incident_register", "--period", "statistics:2026-11", "--out", str(out))
    assert antq(*words).code == 0
    told = text_of(out)
    assert "Tháng 11 năm 2026 (từ ngày 15/10/2026 đến ngày 14/11/2026)" in told
    assert "Cộng: 01 vụ" in told


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("scheme_sheet",), "paper_needs_record"),
        (("incident_register",), "paper_needs_period"),
        (("incident_register", "--period", "2026-13"), "period_not_understood"),
        (("incident_register", "--period", "moon:2026"), "unknown_preset"),
        (("scheme_sheet", "--record", "ffffffff"), "no_such_record"),
        (("receipt", "--bundle", "ffffffff"), "no_such_bundle"),
        (("poster",), "unknown_paper"),
        (("scheme_sheet", "--record", "ffffffff", "--period", "2026"), "usage"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_writes_nothing(
    antq: Antq, tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    out = tmp_path / "none.pdf"
    answer = antq.json("print", *words, "--out", str(out))
    assert (answer.code, answer.error) == (1, code)
    assert not out.exists()


def test_a_folder_that_is_not_there_is_the_fault_of_the_machine(antq: Antq, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "a.pdf"
    answer = antq.json("print", "incident_register", "--period", "2026", "--out", str(out))
    assert answer.code == 2


def test_the_annual_report_tells_figures_by_stable_codes(antq: Antq, tmp_path: Path) -> None:
    antq.add("scheme", SCHEME)
    antq.add("incident", {**INCIDENT, "damage": 12_500_000})
    out = tmp_path / "summary.pdf"
    answer = antq.json("report", "annual", "--period", "2026", "--out", str(out))
    told = answer.value
    kept = told["figures"]["schemes_kept"]
    assert (kept["value"], kept["by_unit"], kept["undated"]) == (1, {COMMUNE_ID: 1}, 0)
    assert (kept["counted"]["source"], kept["counted"]["openings"]) == ("records", [])
    assert told["figures"]["damage"]["value"] == 12_500_000
    assert told["period"] == {"name": "2026", "since": "2026-01-01", "until": "2026-12-31"}
    assert told["units"][0]["own"] is True
    assert "12.500.000" in text_of(out)
    lines = antq("report", "annual", "--period", "2026").out
    assert "Mô hình duy trì" in lines
    assert "tách rời" in lines


def test_a_number_of_a_report_is_marked_and_named_in_the_annual_report(antq: Antq) -> None:
    values = {
        "measure": "Bài viết tuyên truyền",
        "unit": COMMUNE_ID,
        "period": "năm 2025",
        "value": 240,
        "document": "120/BC-UBND",
        "dated": "02/11/2025",
    }
    record = antq.add("opening_figure", values)
    lines = antq("report", "annual", "--period", "2025").out
    assert "240▨ bài" in lines
    assert "Số liệu theo báo cáo số 120/BC-UBND ngày 02/11/2025." in lines
    assert "giảm 240 (giảm 100%)" in antq("report", "annual", "--period", "2026").out
    traced = antq.json("report", "trace", "articles", "--period", "2025").value
    assert traced["records"] == []
    assert traced["counted"]["openings"][0]["record"] == record


def test_a_figure_is_traced_to_its_records(antq: Antq) -> None:
    incident = antq.add("incident", INCIDENT)
    answer = antq.json("report", "trace", "incidents", "--period", "2026")
    assert answer.value["records"] == [incident]
    refused = antq.json("report", "trace", "happiness", "--period", "2026")
    assert (refused.code, refused.error) == (1, "unknown_measure")


def test_listing_records_never_loads_what_draws_pages() -> None:
    code = (
        "import sys, antq_desktop.cli.main, antq_desktop.services.office;"
        "print([n for n in ('reportlab', 'PySide6', 'pyrage', 'segno') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
