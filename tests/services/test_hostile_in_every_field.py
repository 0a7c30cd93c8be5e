"""Hostile text in every field of every kind reaches everything as text."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from antq_desktop.domain.changes import Action
from antq_desktop.domain.checking import check_value
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import BY_YEAR, TEXTUAL, FieldSpec, RecordSpec, Value
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import SPECS
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.office import Office
from tests.stores import INCIDENT, OFFICER, store_of

LINE = "b" * 32
ATTACK = '=HYPERLINK("http://xau.vn","{n}")<b>&amp;<script>{{token}}</b>%s'
SEEN = re.compile(r"\s+")
CONTROLS = ("a\x07b", "a\x00b", "a\u202eb", "a\x1b[31mb", "a\u2066b")


def texts(fields: tuple[FieldSpec, ...]) -> list[FieldSpec]:
    return [field for field in fields if field.kind in TEXTUAL]


def planted(spec: RecordSpec) -> dict[str, str]:
    """Return an attack for each field that holds text, told apart by its number."""
    names = [field.name for field in texts(spec.fields)]
    for line in spec.lines:
        at = {"": LINE, BY_YEAR: "2026"}.get(line.ids_from)
        names += [f"{line.name}/{at}/{one.name}" for one in texts(line.fields) if at]
    return {name: ATTACK.format(n=f"{spec.kind}-{at}") for at, name in enumerate(names)}


def put(office: Office, spec: RecordSpec) -> tuple[str, dict[str, str]]:
    """Store a record past all checks, as a damaged store or another program might hold it."""
    given = planted(spec)
    store = store_of(office)
    record_id = office.records.new_id()
    values: dict[str, Value] = dict(given)
    with store.writing(OFFICER, Action.SETTINGS) as work:
        work.save(Record(spec.kind, record_id, office.unit), values, created=True)
    return record_id, given


def packed(text: str) -> str:
    return SEEN.sub("", text)


def test_every_field_is_text_on_paper_in_word_in_workbooks_and_on_the_screen(
    office: Office, tmp_path: Path
) -> None:
    fields = 0
    for spec in SPECS.values():
        if not planted(spec) or spec.kind == "unit":
            continue
        record_id, given = put(office, spec)
        fields += len(given)
        shown = office.lists.show(spec.kind, record_id)
        assert all(shown.values[name] == text for name, text in given.items()), spec.kind
        rows = office.lists.window(office.lists.listing(spec.kind), ())
        assert record_id in {row.id for row in rows}
        on_paper(office, record_id, given, spec)
        in_a_workbook(office, spec, given, tmp_path / f"{spec.kind}.xlsx")
    assert fields > 200


def on_paper(office: Office, record_id: str, given: dict[str, str], spec: RecordSpec) -> None:
    pdf = office.papers.make("record_sheet", record_id=record_id, with_private=True)
    pages = PdfReader(BytesIO(pdf)).pages
    drawn = packed("".join(page.extract_text() for page in pages))
    assert not any(page.get("/Annots") for page in pages), f"{spec.kind}: no link"
    assert b"/JavaScript" not in pdf
    word = office.papers.make("record_sheet", record_id=record_id, with_private=True, word=True)
    with ZipFile(BytesIO(word)) as zipped:
        xml = zipped.read("word/document.xml").decode()
        links = zipped.read("word/_rels/document.xml.rels").decode()
    typed = packed("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)))
    assert "xau.vn" not in links
    assert "<w:hyperlink" not in xml
    assert "<w:fldSimple" not in xml
    for name, text in given.items():
        number = f'"{text.split(chr(34))[3]}"'
        if number in drawn:  # a field that a paper leaves out is no matter of this test
            assert packed(text) in drawn, f"{spec.kind}.{name} on paper"
            assert packed(text).replace("&", "&amp;").replace("<", "&lt;").replace(
                ">", "&gt;"
            ) in typed.replace("&quot;", '"'), f"{spec.kind}.{name} in Word"


def in_a_workbook(office: Office, spec: RecordSpec, given: dict[str, str], path: Path) -> None:
    office.spreadsheets.export(spec.kind, path, with_private=True)
    with ZipFile(path) as zipped:
        for name in zipped.namelist():
            content = zipped.read(name)
            assert b"<f>" not in content, f"{spec.kind}: a formula"
            assert b"<hyperlink" not in content, f"{spec.kind}: a link"
            assert not (name.endswith(".rels") and b"xau.vn" in content)
    cells = [
        cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row if cell
    ]
    held = {str(cell.value): cell for cell in cells}
    travelling = {
        field.name
        for field in texts(spec.fields)
        if field.travels.value != "never" and not field.machine
    }
    for name, text in given.items():
        if name in travelling:
            assert text in held, f"{spec.kind}.{name} is lost"
            assert held[text].data_type == "s"
            assert held[text].quotePrefix


@pytest.mark.parametrize("control", CONTROLS)
def test_no_field_of_any_kind_takes_a_control_character(codes: Codes, control: str) -> None:
    for spec in SPECS.values():
        groups = [("", spec.fields), *((f"{line.name}/", line.fields) for line in spec.lines)]
        for above, fields in groups:
            for field in texts(fields):
                assert check_value(field, control, codes) is not None, (
                    f"{spec.kind}.{above}{field.name}"
                )


def test_history_and_its_paper_hold_it_as_text(office: Office) -> None:
    text = ATTACK.format(n="history")
    record = office.records.add("incident", {**INCIDENT, "title": text}).ids[0]
    office.records.void("incident", record, text)
    told = office.journal.page(JournalFilter())
    assert any(text in repr(line) or packed(text) in packed(repr(line)) for line in told)
    pages = PdfReader(BytesIO(office.journal.paper(JournalFilter()))).pages
    assert not any(page.get("/Annots") for page in pages)
