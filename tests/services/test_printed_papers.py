"""A code on a printed paper leads to its version, or says that a newer one exists."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.paper_codes import ALPHABET, paper_code, shown_code
from antq_desktop.domain.periods import calendar_period
from antq_desktop.services.office import Office
from antq_desktop.services.paper_asked import Asked
from antq_desktop.services.profiles import NewProfile
from antq_desktop.services.records import Edit
from tests.stores import COMMUNE, COMMUNE_ID, OFFICER, PASSWORD, offices_of, outside, store_of

YEAR = calendar_period("2026")
SCHEME: dict[str, Value] = {
    "name": "Tiếng kẻng an ninh Thôn Mẫu",
    "scheme_type": "camera_an_ninh",
    "state": "active",
    "unit": COMMUNE_ID,
    "founded_on": "2022-06-08",
    "head_phone": "0100000123",
}


@pytest.fixture
def office(tmp_path: Path, codes: Codes) -> Iterator[Office]:
    made = offices_of(outside("codes"), codes).make(
        tmp_path / "codes", NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
    )
    yield made
    made.close()


def scheme_of(office: Office) -> str:
    scheme = office.records.new_id()
    office.records.save([Edit("scheme", scheme, SCHEME, created=True)])
    return scheme


def code_on(pdf: bytes) -> str:
    lines = [
        line.strip()
        for page in PdfReader(io.BytesIO(pdf)).pages
        for line in page.extract_text().splitlines()
    ]
    return lines[lines.index("Mã văn bản") + 1]


def test_a_paper_leads_back_to_the_version_it_was_made_from(office: Office) -> None:
    scheme = scheme_of(office)
    code = code_on(office.papers.make("scheme_sheet", record_id=scheme))
    (found,) = office.printed_papers.find(code.lower())
    assert (found.form, found.kind, found.record) == ("scheme_sheet", "scheme", scheme)
    assert found.about == SCHEME["name"]
    assert found.current
    assert OFFICER in found.printed[0]


def test_a_newer_version_is_told_with_what_changed(office: Office) -> None:
    scheme = scheme_of(office)
    code = code_on(office.papers.make("scheme_sheet", record_id=scheme))
    office.records.change("scheme", scheme, {"name": "Tiếng kẻng Thôn Mẫu 2"})
    (found,) = office.printed_papers.find(code)
    assert not found.current
    assert "bản mới hơn" in found.sentence
    assert any("Tiếng kẻng Thôn Mẫu 2" in told for told in found.changes)
    newer = code_on(office.papers.make("scheme_sheet", record_id=scheme))
    assert newer != code
    assert newer[:4] == code[:4]


def test_a_record_that_belongs_to_it_makes_a_newer_version_too(office: Office) -> None:
    scheme = scheme_of(office)
    code = code_on(office.papers.make("scheme_sheet", record_id=scheme))
    site: dict[str, Value] = {"scheme": scheme, "name": "Điểm Mẫu"}
    office.records.save([Edit("site", office.records.new_id(), site, created=True)])
    (found,) = office.printed_papers.find(code)
    assert not found.current
    assert any(told.startswith("Điểm") for told in found.changes)


def test_the_same_paper_has_the_same_code_and_each_print_is_told(office: Office) -> None:
    scheme = scheme_of(office)
    codes = {code_on(office.papers.make("scheme_sheet", record_id=scheme)) for _ in range(3)}
    assert len(codes) == 1
    (found,) = office.printed_papers.find(codes.pop())
    assert len(found.printed) == 3


def test_a_paper_of_a_period_is_current_until_a_figure_changes(office: Office) -> None:
    code = code_on(office.papers.make("summary", period=YEAR))
    (found,) = office.printed_papers.find(code)
    assert (found.form, found.period, found.current) == ("summary", "2026", True)
    scheme_of(office)
    assert not office.printed_papers.find(code)[0].current


def test_a_voided_record_says_why_no_paper_can_be_made(office: Office) -> None:
    scheme = scheme_of(office)
    code = code_on(office.papers.make("scheme_sheet", record_id=scheme))
    office.records.void("scheme", scheme, "Nhập nhầm")
    (found,) = office.printed_papers.find(code)
    assert "đã hủy" in found.gone


def test_a_paper_of_another_device_leads_to_its_record(office: Office) -> None:
    scheme = scheme_of(office)
    printed_there = office.papers.code_of(
        "scheme_sheet",
        _asked(scheme),
    )
    (found,) = office.printed_papers.find(printed_there)
    assert (found.form, found.record, found.current) == ("scheme_sheet", scheme, True)
    older_there = paper_code(scheme, b"an older version")
    (found,) = office.printed_papers.find(older_there)
    assert (found.form, found.record, found.current) == ("", scheme, False)


def test_nothing_that_stood_on_the_paper_stands_beside_its_code(office: Office) -> None:
    scheme = scheme_of(office)
    code = code_on(office.papers.make("scheme_sheet", record_id=scheme, with_private=True))
    with store_of(office).reading() as reader:
        (line,) = reader.history_of(code.replace(" ", ""))
    held = line.change.after
    assert dict(held) == {
        "form": "scheme_sheet", "record": scheme, "period": "", "bundle": "", "private": True,
    }  # fmt: skip
    assert office.printed_papers.find(code)[0].private


def test_an_unknown_code_is_refused_in_words(office: Office) -> None:
    unknown = paper_code("nothing", b"nothing")
    with pytest.raises(UserError) as refused:
        office.printed_papers.find(unknown)
    assert refused.value.code == "paper_code_unknown"
    assert shown_code(unknown) in refused.value.message
    wrong = unknown[:-1] + next(letter for letter in ALPHABET if letter != unknown[-1])
    with pytest.raises(UserError) as refused:
        office.printed_papers.find(wrong)
    assert refused.value.code == "paper_code_mistyped"


def _asked(record: str) -> Asked:
    return Asked(record, None, "", private=False)
