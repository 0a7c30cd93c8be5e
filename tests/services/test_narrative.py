"""Reports in words over a real store."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.period_names import one_after
from antq_desktop.services.narrative.desk import Narrative
from antq_desktop.services.narrative.naming import span_of
from antq_desktop.services.office import Office
from antq_desktop.services.opening_figures import Source
from antq_desktop.storage import settings
from tests.stores import INCIDENT, store_of

YEAR = "2026"


def report(office: Office) -> Narrative:
    return office.narratives.report(office.periods.named(YEAR))


def test_the_report_is_written_from_the_records(office: Office) -> None:
    office.records.add("incident", INCIDENT)
    told = report(office).passage("order").text
    assert told.startswith("Năm 2026, trên địa bàn xảy ra 01 vụ việc về trật tự")


def test_an_edited_passage_survives_new_records_and_is_marked(office: Office) -> None:
    office.records.add("incident", INCIDENT)
    period = office.periods.named(YEAR)
    office.narratives.write(period, "order", "Tình hình ổn định, có 01 vụ.")
    office.records.add("incident", {**INCIDENT, "title": "Mất trộm xe máy ở thôn Mẫu"})
    held = report(office).passage("order")
    assert held.text == "Tình hình ổn định, có 01 vụ."
    assert held.stale == "đã sửa, số liệu mới: Vụ việc về trật tự 01 → 02"


def test_steps_are_taken_back_one_by_one(office: Office) -> None:
    period = office.periods.named(YEAR)
    drafted = report(office).passage("order").text
    office.narratives.write(period, "order", "Lần một.")
    office.narratives.write(period, "order", "Lần hai.")
    assert office.narratives.undo(period).passage("order").text == "Lần một."
    assert office.narratives.undo(period).passage("order").text == drafted
    with pytest.raises(UserError) as fault:
        office.narratives.undo(period)
    assert fault.value.code == "nothing_to_undo"


def test_the_figures_speak_again_when_asked(office: Office) -> None:
    period = office.periods.named(YEAR)
    drafted = report(office).passage("order").text
    office.narratives.write(period, "order", "Viết lại.")
    assert office.narratives.take_back(period, "order").passage("order").text == drafted


def test_each_period_has_words_of_its_own(office: Office) -> None:
    office.narratives.write(office.periods.named(YEAR), "order", "Của cả năm.")
    quarter = office.narratives.report(office.periods.named("2026-Q1"))
    assert quarter.passage("order").text != "Của cả năm."


def test_what_is_written_stands_in_history(office: Office) -> None:
    before = store_of(office)
    office.narratives.write(office.periods.named(YEAR), "order", "Viết lại.")
    with before.reading() as reader:
        entry = reader.entry(reader.last_entry())
    assert entry is not None
    assert [change.note for change in entry[1]] == ["Sửa một đoạn của báo cáo năm 2026"]


def test_a_contradiction_is_printed_until_somebody_explains_it(office: Office) -> None:
    period = office.periods.named(YEAR)
    office.openings.enter(_of(office, "Báo cáo 01"), {"tips": 1, "tips_of_value": 3})
    found = report(office).unexplained
    assert [(each.left, each.right) for each in found] == [(3, 1)]
    explained = office.narratives.explain(period, found[0].code, "Tính cả tin nhận năm trước.")
    assert not explained.unexplained
    assert explained.contradictions[0].explained == "Tính cả tin nhận năm trước."


def _of(office: Office, document: str) -> Source:

    return Source(document=document, unit=office.unit, period=YEAR, dated="2026-11-01")


def test_a_passage_that_is_not_there_is_refused(office: Office) -> None:
    with pytest.raises(UserError) as fault:
        office.narratives.write(office.periods.named(YEAR), "nowhere", "Lời.")
    assert fault.value.code == "no_such_passage"


def test_signs_that_must_not_be_stored_are_refused(office: Office) -> None:
    with pytest.raises(UserError) as fault:
        office.narratives.write(office.periods.named(YEAR), "order", "a\x07b")
    assert fault.value.code == "text_not_allowed"


def test_periods_are_named_as_reports_name_them(office: Office) -> None:
    named = office.periods.named
    assert [one_after(each) for each in ("2026", "2026-12", "2026-Q4", "2026-H1")] == [
        "2027", "2027-01", "2027-Q1", "2026-H2",
    ]  # fmt: skip
    assert span_of(named("2026-06-08..2026-06-08"), named).now == "ngày 08/6/2026"
    assert span_of(named("2026-06-08..2026-06-14"), named).now.startswith("tuần từ ngày 08/6/2026")
    assert span_of(named("2026-Q2"), named).before == "cùng kỳ năm 2025"


def test_printed_numbers_speak_only_in_the_sample(office: Office) -> None:
    from antq_desktop.services.narrative.printed import printed_numbers

    store, period = store_of(office), office.periods.named("2022")
    assert not list(printed_numbers(store, period))
    with store.writing(office.officer, "set") as work:
        work.set_setting(settings.SAMPLE, "yes")
        work.set_setting(settings.LEVEL, "receiver")
        work.note("", "", "thử")
    (source, numbers), *_ = printed_numbers(store, period)
    assert source == "Theo bản in"
    assert numbers["commune_good"] == 15


def test_the_paper_has_its_annexes_and_ends_with_its_mark(office: Office) -> None:
    pdf = office.papers.make("report", period=office.periods.named(YEAR))
    from io import BytesIO

    from pypdf import PdfReader

    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "Phụ lục I" in text
    assert "./." in text
    assert "- Như trên;" in text
