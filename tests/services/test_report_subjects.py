"""Reports of one subject or one unit, of every sort of period, and their workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.figures import MEASURES
from antq_desktop.domain.narrative.draft import Heading
from antq_desktop.domain.narrative.subjects import SUBJECTS, WHOLE, Scope, read_scope
from antq_desktop.services.figures_table import figure_table
from antq_desktop.services.issuers import lowered
from antq_desktop.services.narrative.workbook import write_report
from antq_desktop.services.office import Office
from tests.stores import INCIDENT

YEAR = "2026"


def test_a_report_of_one_subject_keeps_its_own_figures_and_the_four_parts(office: Office) -> None:
    period = office.periods.named(YEAR)
    for code, subject in SUBJECTS.items():
        told = office.narratives.report(period, Scope(code))
        kinds = {figure.measure.kind for figure in told.gathered.report.figures}
        assert kinds
        assert kinds <= subject.kinds
        first = [line.text for line in told.lines if isinstance(line, Heading) and line.level == 1]
        assert [each.split(".")[0] for each in first] == ["I", "II", "III", "IV"]
        assert told.subject.startswith(subject.about)


def test_the_kinds_of_each_subject_are_counted_somewhere() -> None:
    known = {measure.kind for measure in MEASURES}
    for subject in SUBJECTS.values():
        assert subject.kinds <= known | {"member_rating", "committee_member"}


def test_words_of_one_subject_are_not_those_of_the_whole_report(office: Office) -> None:
    period = office.periods.named(YEAR)
    office.narratives.write(period, "order", "Của chuyên đề.", Scope("incidents"))
    assert office.narratives.report(period).passage("order").text != "Của chuyên đề."
    kept = office.narratives.report(period, Scope("incidents"))
    assert kept.passage("order").text == "Của chuyên đề."
    undone = office.narratives.undo(period, Scope("incidents"))
    assert undone.passage("order").text != "Của chuyên đề."


def test_the_name_of_a_scope_is_read_back() -> None:
    for scope in (WHOLE, Scope("schemes"), Scope("", "11074@2025-07-01"), Scope("forces", "x")):
        assert read_scope(scope.name) == scope


def test_an_unknown_subject_or_unit_is_refused(office: Office) -> None:
    period = office.periods.named(YEAR)
    with pytest.raises(UserError) as fault:
        office.narratives.report(period, Scope("weather"))
    assert fault.value.code == "unknown_subject"
    with pytest.raises(UserError) as fault:
        office.narratives.report(period, Scope("", "99999@2025-07-01"))
    assert fault.value.code == "unknown_unit"


def test_every_sort_of_period_has_its_report(office: Office) -> None:
    office.records.add("incident", INCIDENT)
    seen = set()
    for preset, period in office.periods.near("2026-11-21"):
        told = office.narratives.report(period, Scope("incidents"))
        assert told.span.now in told.passage("order").text.lower() or told.span.now[1:] in (
            told.passage("order").text
        )
        seen.add(preset.code)
    assert {"stages", "tet_campaign"} <= seen
    for name in ("2026-11-21..2026-11-21", "2026-11", "2026-Q4", "2026-H2", "2026", "tuần 47/2026"):
        assert office.narratives.report(office.periods.named(name)).passage("order").text


def test_a_stage_of_years_is_held_against_the_stage_before_it(office: Office) -> None:
    told = office.narratives.report(office.periods.named("giai đoạn 2021–2025"))
    assert told.span.now == "giai đoạn 2021–2025"
    assert told.span.before == "giai đoạn 2016–2020"
    assert told.span.after == "giai đoạn 2026–2030"
    assert told.gathered.before.period.since == "2016-01-01"


def test_each_figure_of_the_workbook_opens_the_rows_of_its_records(
    office: Office, tmp_path: Path
) -> None:
    office.records.add("incident", INCIDENT)
    office.records.add("incident", {**INCIDENT, "title": "Mất trộm xe máy ở thôn Mẫu"})
    report = office.narratives.report(office.periods.named(YEAR))
    path = write_report(
        report, office.lists.specs, office.figure_records(), tmp_path / "bao_cao.xlsx"
    )
    book = load_workbook(path)
    figures = book["Số liệu"]
    row = next(r for r in figures.iter_rows() if r[1].value == "Vụ việc về trật tự")
    assert row[3].value == 2
    sheet, _, at = row[3].hyperlink.location.rpartition("!A")
    listed = book[sheet.strip("'")]
    titles = {listed.cell(int(at) + step, 3).value for step in (0, 1)}
    assert len(titles) == 2
    assert {listed.cell(int(at) + step, 1).value for step in (0, 1)} == {"Vụ việc về trật tự"}
    assert sum(r[4] for r in listed.iter_rows(min_row=4, values_only=True)
               if r[0] == "Vụ việc về trật tự") == 2  # fmt: skip
    assert "Lời báo cáo" in book.sheetnames


def test_a_paper_of_a_subject_has_a_code_of_its_own_that_is_found_again(office: Office) -> None:
    period = office.periods.named(YEAR)
    office.papers.make("report", period=period, about="schemes")
    from antq_desktop.services.paper_asked import Asked

    whole = office.papers.code_of("report", Asked("", period, "", private=False))
    subject = office.papers.code_of("report", Asked("", period, "", private=False, about="schemes"))
    assert whole != subject
    (found,) = office.printed_papers.find(subject)
    assert found.current


def test_units_inside_a_sentence_are_small_unless_a_numeral_or_a_person_follows() -> None:
    assert lowered("Xã Tân Kỳ") == "xã Tân Kỳ"
    assert lowered("Phường 2") == "Phường 2"
    assert lowered("Xã Quang Trung") == "Xã Quang Trung"
    assert lowered("Thôn Mẫu 02, Xã Tân Kỳ") == "thôn Mẫu 02, xã Tân Kỳ"
    assert lowered("Tổ dân phố 5") == "Tổ dân phố 5"


def test_a_total_is_told_unit_by_unit(office: Office) -> None:
    office.records.add("incident", INCIDENT)
    table = figure_table(office.reports, office.lists.specs, office.periods.named(YEAR))
    assert table.line("incidents").by_unit == ((office.unit, "1"),)
