"""Small lists in workbooks: sheets of their own that find back to their records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from antq_desktop.domain.changes import Action
from antq_desktop.domain.fields import Value, lines_of
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office
from antq_desktop.services.sheet_lines import kept_fields, key_field
from antq_desktop.services.sheet_meeting import WhenThere
from antq_desktop.services.sheet_opening import Choices
from antq_desktop.services.sheet_result import Outcome
from tests.services.test_spreadsheets_out import last_actions
from tests.stores import INCIDENT, line, unsound

SCHEME: dict[str, Value] = {
    "name": "Tiếng kẻng an ninh",
    "scheme_type": "tieng_keng_an_ninh",
    "state": "active",
}
PERSON: dict[str, Value] = {
    "role": "victim",
    "name": "Nguyễn Văn Mẫu",
    "citizen_id": "000000000001",
}


def edited(path: Path, sheet: str, cells: Mapping[str, object]) -> Path:
    book = load_workbook(path)
    for place, value in cells.items():
        book[sheet][place] = value
    book.save(path)
    return path


def exported(office: Office, kind: str, path: Path, *, private: bool = True) -> Path:
    office.spreadsheets.export(kind, path, with_private=private)
    return path


def test_each_small_list_is_a_sheet_keyed_by_the_number_of_its_record(
    office: Office, tmp_path: Path
) -> None:
    office.records.add("incident", {**INCIDENT, **line("involved", "a" * 32, **PERSON)})
    book = load_workbook(exported(office, "incident", tmp_path / "x.xlsx"))
    assert book.sheetnames == ["Vụ việc", "Người liên quan"]
    rows = list(book["Người liên quan"].iter_rows(min_row=3, values_only=True))
    assert rows[0][:2] == ("STT hồ sơ", "Vai trò")
    assert rows[1][0] == 1
    assert "Nguyễn Văn Mẫu" in rows[1]


def test_private_fields_of_lines_stay_out_unless_asked_for_and_asking_is_a_reading(
    office: Office, tmp_path: Path
) -> None:
    office.records.add("incident", {**INCIDENT, **line("involved", "a" * 32, **PERSON)})
    path = exported(office, "incident", tmp_path / "x.xlsx", private=False)
    with ZipFile(path) as packed:
        whole = b"".join(packed.read(name) for name in packed.namelist())
    assert b"000000000001" not in whole
    assert "Nguyễn Văn Mẫu".encode() not in whole
    assert last_actions(office, 1) == [(Action.PRINT, 1)]
    exported(office, "incident", path)
    assert last_actions(office, 2) == [(Action.READ_PRIVATE, 1), (Action.PRINT, 1)]


def test_a_line_that_was_taken_out_is_in_no_workbook(office: Office, tmp_path: Path) -> None:
    made = office.records.add("incident", {**INCIDENT, **line("involved", "a" * 32, **PERSON)})
    office.records.change("incident", made.ids[0], {f"involved/{'a' * 32}/_removed": True})
    book = load_workbook(exported(office, "incident", tmp_path / "x.xlsx"))
    assert len(list(book["Người liên quan"].iter_rows(min_row=4))) == 0


def test_lines_of_a_checklist_and_of_years_go_by_their_names(
    office: Office, tmp_path: Path
) -> None:
    item = office.codes["dossier_item"].values[0]
    rating = office.codes["scheme_rating"].values[0]
    values = {
        **SCHEME,
        **line("dossier", item.id, present=True, document="01/KH-CAX"),
        **line("ratings", "2025", rating=rating.id),
    }
    office.records.add("scheme", values)
    path = exported(office, "scheme", tmp_path / "x.xlsx")
    book = load_workbook(path)
    assert [cell.value for cell in book["Hồ sơ mô hình"][4]][:3] == [1, item.label, "Có"]
    assert [cell.value for cell in book["Xếp loại hằng năm"][4]][:3] == [1, 2025, rating.label]
    plan = office.spreadsheets.read("scheme", path)
    assert dict(plan.edits[0].changes) == values


def test_a_line_without_its_record_is_told_with_its_sheet_and_marked_there(
    office: Office, tmp_path: Path
) -> None:
    office.records.add("incident", {**INCIDENT, **line("involved", "a" * 32, **PERSON)})
    path = exported(office, "incident", tmp_path / "x.xlsx")
    edited(path, "Người liên quan", {"A4": 7})
    plan = office.spreadsheets.read("incident", path)
    assert [(f.place, f.code) for f in plan.faults if not f.warning] == [
        ("dòng 4 trang “Người liên quan”", "line_without_record")
    ]
    assert plan.refused_rows == 1
    out = tmp_path / "loi.xlsx"
    assert office.spreadsheets.error_file(plan, out)
    marked = load_workbook(out)
    assert marked.active.title == "Vụ việc"
    told = [str(cell.value) for cell in marked["Người liên quan"][4]]
    assert told[-1].startswith("dòng 4: Trang đầu không có dòng nào mang STT 7")


def test_a_faulty_line_keeps_its_record_out_of_what_is_taken(
    office: Office, tmp_path: Path
) -> None:
    for title, number in (("Vụ một", "a"), ("Vụ hai", "b")):
        lines = line("involved", number * 32, **PERSON)
        office.records.add("incident", {**INCIDENT, "title": title, **lines})
    path = exported(office, "incident", tmp_path / "x.xlsx")
    edited(path, "Người liên quan", {"B4": "không có vai này"})
    plan = office.spreadsheets.read("incident", path)
    assert plan.refused_rows == 1
    assert plan.counts[Outcome.FAULTY] == 1
    assert plan.counts[Outcome.NEW] == 1
    assert "Có dòng lỗi ở trang “Người liên quan”, dòng 4." in {f.message for f in plan.faults}


def test_two_lines_of_one_year_are_refused(office: Office, tmp_path: Path) -> None:
    values = {**line("results", "2024", tips=1), **line("results", "2025", tips=2)}
    office.records.add("scheme", {**SCHEME, **values})
    path = exported(office, "scheme", tmp_path / "x.xlsx")
    edited(path, "Kết quả hằng năm", {"B5": 2024})
    plan = office.spreadsheets.read("scheme", path)
    assert "line_twice" in {fault.code for fault in plan.faults}


def test_lines_of_a_record_that_is_there_change_it_and_are_not_doubled(
    office: Office, tmp_path: Path
) -> None:
    values = {
        **SCHEME,
        **line("results", "2025", tips=2),
        **line("stages", "a" * 32, on="2025-03-01", state="active"),
    }
    scheme = office.records.add("scheme", values).ids[0]
    path = exported(office, "scheme", tmp_path / "x.xlsx")
    changing = Choices(when=WhenThere.CHANGE)
    same = office.spreadsheets.read("scheme", path, changing)
    assert same.counts[Outcome.SAME] == 1
    assert not same.edits
    edited(path, "Kết quả hằng năm", {"C4": 5})
    plan = office.spreadsheets.read("scheme", path, changing)
    assert [(edit.id, dict(edit.changes)) for edit in plan.edits] == [
        (scheme, {"results/2025/tips": 5})
    ]
    saved = office.spreadsheets.apply(plan)
    assert "sửa 1 mô hình đã có" in saved.sentence
    held = office.lists.every("scheme")[0].values()
    assert held["results/2025/tips"] == 5
    assert len(lines_of(held, "stages")) == 1
    office.records.undo(saved.seq)
    assert office.lists.every("scheme")[0].values()["results/2025/tips"] == 2
    assert unsound(office) == []


@pytest.mark.parametrize("kind", [kind for kind, spec in SPECS.items() if spec.lines])
def test_a_template_has_the_sheets_of_small_lists_and_takes_nothing_from_its_example(
    office: Office, tmp_path: Path, kind: str
) -> None:
    path = office.spreadsheets.template(kind, tmp_path / "mau.xlsx")
    plan = office.spreadsheets.read(kind, path)
    assert [each.line.name for each in plan.opened.lines] == [
        each.name for each in SPECS[kind].lines if kept_fields(each, private=True)
    ]
    for each in plan.opened.lines:
        key = key_field(each.line)
        wanted = {"record_number", *((key.name,) if key else ())}
        wanted |= {field.name for field in kept_fields(each.line, private=True)}
        assert set(each.header.mapped.columns) == wanted
    assert (plan.total, plan.lines) == (0, 0)


words = st.builds(
    lambda sign, text: f"{sign}a{text}".strip(),
    st.sampled_from(("", "=", "+", "-", "@", "'")),
    st.text("abcdeăâđêôơư ỳỹ=+-@1290.,/“”", max_size=30),
)
days = st.dates(date(1901, 1, 1), date(2025, 12, 31)).map(lambda day: f"{day:%Y-%m-%d}")


@st.composite
def schemes(draw: st.DrawFn) -> dict[str, Value]:
    """Return a scheme with lines of every sort."""
    made = {**SCHEME, "name": " ".join(draw(words).split())}
    for year in draw(st.sets(st.integers(1990, 2026), max_size=3)):
        held = {"tips": draw(st.integers(0, 10**6)), "mediated": draw(st.integers(0, 99))}
        made |= line("results", str(year), **held)
    for item in draw(st.sets(st.sampled_from(DOSSIER), max_size=3)):
        made |= line("dossier", item, present=draw(st.booleans()), dated=draw(days))
    for number in range(draw(st.integers(0, 3))):
        stage: dict[str, Value] = {"on": draw(days), "state": "active"}
        made |= line("stages", f"{number:032x}", **stage, note=" ".join(draw(words).split()))
    return made


DOSSIER = ("survey", "regulations", "launch")


def plain(values: Mapping[str, Value]) -> dict[str, object]:
    """Return values with lines of random names as what they hold, in order."""
    found: dict[str, object] = {p: v for p, v in values.items() if not p.startswith("stages/")}
    found["stages"] = sorted(
        tuple(sorted(held.items())) for held in lines_of(values, "stages").values()
    )
    return found


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(schemes(), min_size=1, max_size=4))
def test_what_is_exported_with_its_lines_is_read_back_as_it_was(
    office: Office, tmp_path: Path, made: list[dict[str, Value]]
) -> None:
    named = [{**each, "name": f"{each['name']} {at}"} for at, each in enumerate(made)]
    saved = office.records.save([office.records.new_edit("scheme", each) for each in named])
    path = tmp_path / "x.xlsx"
    office.spreadsheets.export("scheme", path, ids=saved.ids)
    # Letters without sense may look like those of an old font, which is asked about, not done.
    plan = office.spreadsheets.read("scheme", path, Choices(keep=True))
    assert not plan.refused_rows, plan.faults
    held = {record.id: record.values() for record in office.lists.every("scheme")}
    read = [plain(edit.changes) for edit in plan.edits]
    assert sorted(read, key=str) == sorted((plain(held[one]) for one in saved.ids), key=str)
