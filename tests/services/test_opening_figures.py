"""Numbers of reports in figures: they count until closed, stand beside records, and are named."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.domain.comparing import NOTHING_TO_COMPARE, change
from antq_desktop.domain.fields import Value
from antq_desktop.domain.opening import Source
from antq_desktop.domain.periods import calendar_period
from antq_desktop.services.counting import Figure
from antq_desktop.services.office import Office
from tests.exchange import World
from tests.stores import COMMUNE_ID

PUBLICATION: dict[str, Value] = {
    "title": "Bài về mô hình tự quản",
    "channel": "portal",
    "published_on": "2021-03-02",
    "unit": COMMUNE_ID,
}


def text_of(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).split())


def opening(office: Office, value: int, **more: Value) -> str:
    values: dict[str, Value] = {
        "measure": "articles",
        "unit": COMMUNE_ID,
        "period": "2021",
        "value": value,
        "document": "120/BC-UBND",
        "dated": "2021-11-02",
    }
    return office.records.add("opening_figure", {**values, **more}).ids[0]


def village(office: Office, name: str = "Thôn Mẫu 1") -> str:
    values: dict[str, Value] = {
        "name": name, "unit_kind": "neighbourhood", "parent": COMMUNE_ID,
    }  # fmt: skip
    return office.records.add("unit", values).ids[0]


def articles(office: Office, name: str = "2021") -> Figure:
    return office.reports.figure("articles", office.periods.named(name))


def test_a_report_counts_where_there_are_no_records_and_is_named(office: Office) -> None:
    opening(office, 240)
    found = articles(office)
    assert (found.value, found.by_unit) == (240, {COMMUNE_ID: 240})
    assert found.counted.hatched
    assert found.named == "số liệu theo báo cáo số 120/BC-UBND ngày 02/11/2021"
    assert articles(office, "2022").counted.source is Source.NOTHING


def test_the_first_record_of_a_year_does_not_turn_240_into_1(office: Office) -> None:
    opening(office, 240)
    office.records.add("publication", PUBLICATION)
    found = articles(office)
    assert (found.value, found.counted.recorded, found.counted.records) == (240, 1, 1)
    assert len(found.warnings) == 1


def test_closing_a_report_lets_records_count_and_undo_takes_that_back(office: Office) -> None:
    held = opening(office, 240)
    office.records.add("publication", PUBLICATION)
    closed = office.records.change(
        "opening_figure", held, {"closed": True, "closed_on": "2026-11-02"}
    )
    assert (articles(office).value, articles(office).counted.hatched) == (1, False)
    office.records.undo(closed.seq)
    assert articles(office).value == 240


def test_a_voided_report_counts_nowhere(office: Office) -> None:
    office.records.void("opening_figure", opening(office, 240), "Ghi nhầm năm")
    assert articles(office).counted.source is Source.NOTHING


def test_two_reports_that_differ_stand_side_by_side(office: Office) -> None:
    opening(office, 240)
    opening(office, 238, document="05/BC-CATK", dated="2022-01-12")
    found = articles(office)
    assert found.value == 238
    assert [each.value for each in found.counted.openings] == [238, 240]
    assert "240" in found.warnings[0]


@pytest.mark.parametrize("typed", ["2021", "2021-01-01..2021-12-31"])
def test_one_stretch_of_days_is_one_period_whatever_its_name(office: Office, typed: str) -> None:
    opening(office, 240, period=typed)
    assert articles(office, "2021-01-01..2021-12-31").value == 240
    assert articles(office, "năm 2021").value == 240


def test_a_village_that_still_reports_on_paper_is_added_to_the_records_of_others(
    office: Office,
) -> None:
    first, second = village(office), village(office, "Thôn Mẫu 2")
    opening(office, 30, unit=first)
    office.records.add("publication", {**PUBLICATION, "unit": first})
    office.records.add("publication", {**PUBLICATION, "unit": second, "items": 4})
    found = articles(office)
    assert (found.value, found.by_unit) == (34, {COMMUNE_ID: 34})
    assert found.counted.source is Source.PARTLY
    assert found.by_unit_counted[first].value == 30
    assert len(found.warnings) == 1, "the record of the village stands beside its report"


def test_a_village_is_found_through_what_a_record_belongs_to(office: Office) -> None:
    place = village(office)
    scheme = office.records.add(
        "scheme",
        {"name": "Mô hình mẫu", "scheme_type": "camera_an_ninh", "state": "active", "unit": place},
    ).ids[0]
    for name in ("Trần Thị Ví Dụ", "Nguyễn Văn Mẫu"):
        office.records.add("member", {"scheme": scheme, "name": name, "office": "member"})
    opening(office, 9, measure="members", unit=place, period="2026")
    found = office.reports.figure("members", calendar_period("2026"))
    assert (found.value, found.by_unit_counted[place].recorded) == (9, 2)


def test_households_of_a_village_are_those_of_its_own_record(office: Office) -> None:
    place = office.records.add(
        "unit",
        {"name": "Thôn Mẫu 3", "unit_kind": "neighbourhood", "parent": COMMUNE_ID,
         "households": 120, "households_counted": "2026-01-01"},
    ).ids[0]  # fmt: skip
    opening(office, 118, measure="households", unit=place, period="2026")
    found = office.reports.figure("households", calendar_period("2026"))
    assert (found.value, found.by_unit_counted[place].recorded) == (118, 120)


def test_one_figure_is_what_the_whole_report_says_of_it(office: Office) -> None:
    opening(office, 240)
    opening(office, 7, measure="campaigns")
    office.records.add("publication", PUBLICATION)
    year = calendar_period("2021")
    report = office.reports.annual(year)
    for figure in report.figures:
        assert office.reports.figure(figure.measure.code, year) == figure


def test_a_report_of_last_year_is_compared_with_and_without_one_the_cell_says_so(
    office: Office,
) -> None:
    opening(office, 240)
    office.records.add("publication", {**PUBLICATION, "published_on": "2022-01-02", "items": 300})
    now = office.periods.named("2022")
    before = articles(office, office.reports.year_before(now).name)
    assert change(300, before.counted).words() == "tăng 60 (tăng 25%)"
    nothing = articles(office, "2020")
    assert change(240, nothing.counted).words() == NOTHING_TO_COMPARE


def test_a_report_is_told_how_many_records_were_looked_at_and_may_be_stopped(
    office: Office,
) -> None:
    class EnoughError(Exception):
        pass

    def stop(_looked_at: int) -> None:
        raise EnoughError

    office.records.add("publication", PUBLICATION)
    with pytest.raises(EnoughError):
        office.reports.annual(calendar_period("2021"), stop)


def test_a_measure_is_found_shown_and_named_in_vietnamese(office: Office) -> None:
    held = opening(office, 240, period="2021-Q3")
    spec = office.lists.specs["opening_figure"]
    shown = office.lists.show("opening_figure", held)
    told = office.lists.text_of(spec.field("measure"), shown.values["measure"], {})
    assert told == "Bài viết tuyên truyền"
    assert office.lists.text_of(spec.field("period"), "2021-Q3", {}) == "quý III/2021"
    assert office.lists.titles("opening_figure", [held]) == {
        held: "Bài viết tuyên truyền · quý III/2021 · 120/BC-UBND"
    }
    listing = office.lists.listing("opening_figure", "bai viet")
    assert office.lists.count(listing, 0).number == 1


def test_a_period_is_typed_as_people_say_it_and_stored_under_one_name(office: Office) -> None:
    spec = office.lists.specs["opening_figure"]
    for typed in ("quý III/2021", "1/7/2021–30/9/2021", "2021-Q3"):
        assert office.entering.value(spec.field("period"), typed) == "2021-Q3"
    assert office.entering.value(spec.field("measure"), "bài viết tuyên truyền") == "articles"


def test_the_summary_hatches_a_number_of_a_report_and_names_it(office: Office) -> None:
    opening(office, 240)
    opening(office, 12, unit=village(office), measure="households", document="2/BC-T")
    office.records.add("publication", {**PUBLICATION, "published_on": "2022-03-02"})
    told = text_of(office.papers.make("summary", period=office.periods.named("2021")))
    assert "Bài viết tuyên truyền bài 240 chưa có số liệu cùng kỳ" in told
    assert "Ô gạch chéo là số liệu theo báo cáo: (1) Thôn Mẫu 1: số 2/BC-T" in told
    assert "số 120/BC-UBND ngày 02/11/2021" in told
    after = text_of(office.papers.make("summary", period=office.periods.named("2022")))
    assert "bài 01 240 giảm 239 (giảm 99,6%)" in after


def test_the_preview_of_a_bundle_tells_numbers_of_reports_apart(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    opening(commune, 240, unit=commune.unit)
    opening(receiver, 900, unit=receiver.unit, document="9/BC")
    commune.records.add("publication", {**PUBLICATION, "unit": commune.unit})
    preview = receiver.handover.taking.preview(receiver.handover.taking.take(world.sent()))
    year = receiver.periods.named("2021")
    told = {each.label: each.change for each in receiver.handover.effects(preview, year)}
    assert told == {
        "Bài viết tuyên truyền (đang tính theo số liệu báo cáo)": 1,
        "Bài viết tuyên truyền, số liệu theo báo cáo": 240,
    }


def test_a_receiver_adds_numbers_of_reports_that_communes_sent(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    opening(commune, 240, unit=commune.unit)
    world.merged(world.sent())
    found = receiver.reports.figure("articles", receiver.periods.named("2021"))
    assert (found.value, found.by_unit) == (240, {commune.unit: 240})
    assert found.counted.source is Source.PARTLY
    assert found.counted.parts == (commune.unit,)
    told = text_of(receiver.papers.make("summary_by_unit", period=receiver.periods.named("2021")))
    assert "Cộng" in told
