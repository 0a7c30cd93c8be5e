"""What the charts of a store show, and which records are behind each part."""

from __future__ import annotations

from antq_desktop.domain.charts.chart import Bars
from antq_desktop.domain.charts.movement import NEVER
from antq_desktop.domain.fields import Value
from antq_desktop.domain.periods import calendar_period
from antq_desktop.services.office import Office
from tests.stores import COMMUNE_ID, INCIDENT

SCHEME: dict[str, Value] = {
    "name": "Tiếng kẻng an ninh Mẫu 01",
    "scheme_type": "tieng_keng_an_ninh",
    "state": "active",
    "unit": COMMUNE_ID,
    "founded_on": "2020-03-01",
}


def add_incident(office: Office, day: str, kind: str) -> str:
    values: dict[str, Value] = {
        **INCIDENT, "occurred_on": day, "received_at": f"{day}T08:00", "kind": kind,
    }  # fmt: skip
    return office.records.add("incident", values).ids[0]


def months(chart: Bars, series: str) -> list[int | None]:
    return next(list(each.values) for each in chart.series if each.name == series)


def test_incidents_stand_by_month_and_kind_beside_the_year_before(office: Office) -> None:
    fire = [add_incident(office, "2026-03-02", "fire"), add_incident(office, "2026-03-30", "fire")]
    add_incident(office, "2026-11-20", "dispute")
    add_incident(office, "2025-03-01", "fire")
    void = add_incident(office, "2026-03-05", "fire")
    office.records.void("incident", void, "Ghi hai lần")
    chart = office.charts.incidents(2026)
    assert months(chart, "Cháy")[2] == 2
    assert months(chart, "Mâu thuẫn")[10] == 1
    assert months(chart, "Cháy")[11] is None, "December is not over, so nothing is known of it"
    assert months(chart, "Năm 2025")[2] == 1
    burnt = next(each for each in chart.series if each.name == "Cháy")
    behind = office.charts.behind(burnt.key(2))
    assert behind is not None
    assert (behind.kind, set(behind.ids)) == ("incident", set(fire))


def test_the_months_of_a_chart_add_up_to_the_figure_of_the_report(office: Office) -> None:
    kinds = ("fire", "dispute", "drugs", "disorder", "other", "traffic_accident")
    for at in range(17):
        add_incident(office, f"2026-{at % 10 + 1:02d}-0{at % 9 + 1}", kinds[at % 6])
    chart = office.charts.incidents(2026)
    now = [each for each in chart.series if not each.beside]
    drawn = sum(value or 0 for each in now for value in each.values)
    counted = office.reports.figure("incidents", calendar_period("2026")).value
    assert drawn == counted == 17
    behind = [office.charts.behind(each.key(at)) for each in now for at in range(12)]
    assert sum(len(area.ids) for area in behind if area) == 17


def test_a_scheme_stands_by_its_state_and_the_age_of_its_last_activity(office: Office) -> None:
    quiet = office.records.add("scheme", SCHEME).ids[0]
    busy = office.records.add("scheme", {**SCHEME, "name": "Camera Mẫu"}).ids[0]
    office.records.add("scheme", {**SCHEME, "name": "Mẫu cũ", "state": "dissolved",
                                  "dissolved_on": "2024-01-01"})  # fmt: skip
    activity: dict[str, Value] = {
        "scheme": busy, "held_on": "2026-11-02", "activity_kind": "meeting",
        "title": "Sinh hoạt quý",
    }  # fmt: skip
    office.records.add("activity", activity)
    chart = office.charts.schemes()
    assert chart.categories == ("Đang hoạt động",)
    assert months(chart, "trong 3 tháng") == [1]
    assert months(chart, "chưa có buổi nào") == [1]
    behind = office.charts.behind(f"scheme|active|{NEVER}")
    assert behind is not None
    assert behind.ids == (quiet,)


def test_home_shows_three_charts_and_falls_back_on_the_last_year_with_records(
    office: Office,
) -> None:
    add_incident(office, "2022-05-01", "fire")
    drawn = office.charts.for_home()
    assert len(drawn) == 3
    assert drawn[0].title == "Vụ việc năm 2022 theo tháng và loại, so với 2021"


def test_a_report_of_a_past_year_draws_nothing_of_how_schemes_stand_today(office: Office) -> None:
    office.records.add("scheme", SCHEME)
    add_incident(office, "2024-05-01", "fire")
    titles = [chart.title for chart in office.charts.for_report(2024)]
    assert titles == ["Vụ việc năm 2024 theo tháng và loại, so với 2023"]
    assert any("đến ngày 21/11/2026" in chart.title for chart in office.charts.for_report(2026))
