"""Periods by name: windows as they are shipped, and as a unit set them."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.services.office import Office
from antq_desktop.services.opening_figures import Source
from antq_desktop.services.periods import Window


def days(office: Office, name: str) -> tuple[str, str]:
    period = office.periods.named(name)
    return period.since, period.until


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("tết không rõ", "", ""),
        ("tet_campaign:2026", "2025-12-15", "2026-03-03"),
        ("tet_days:2026", "2026-02-16", "2026-02-21"),
        ("17/02/2026", "2026-02-17", "2026-02-17"),
        ("statistics:2026-W47", "2026-11-19", "2026-11-25"),
        ("tuần 47/2026", "2026-11-19", "2026-11-25"),
        ("statistics:2026-05", "2026-04-15", "2026-05-14"),
        ("stages:2023", "2021-01-01", "2025-12-31"),
        ("2021–2025", "2021-01-01", "2025-12-31"),
        ("15/12/2025–20/02/2026", "2025-12-15", "2026-02-20"),
        ("quý III/2021", "2021-07-01", "2021-09-30"),
        ("tt124_neighbourhoods:2026", "2025-11-01", "2026-10-31"),
        ("tt124_units:2026", "2025-11-16", "2026-11-15"),
    ],
)
def test_every_preset_is_reached_by_name(office: Office, name: str, since: str, until: str) -> None:
    if not since:
        with pytest.raises(UserError):
            office.periods.named(name)
        return
    assert days(office, name) == (since, until)


def test_near_a_day_lie_the_present_period_and_the_one_before_of_every_window(
    office: Office,
) -> None:
    found = {period.name for _preset, period in office.periods.near("2026-11-21")}
    assert {
        "statistics:2026-W47", "statistics:2026-W46", "statistics:2026-12", "statistics:2026-11",
        "tt124_neighbourhoods:2027", "tt124_neighbourhoods:2026", "tet_campaign:2027",
        "tet_campaign:2026", "tet_days:2027", "2026-01-01..2030-12-31", "2021-01-01..2025-12-31",
    } <= found  # fmt: skip


def test_a_window_that_a_unit_set_names_its_periods_by_their_days(office: Office) -> None:
    told = office.periods.set_window("statistics", Window("16/12", year_before=True, weekday=5))
    assert "Đã sửa" in told
    period = office.periods.named("statistics:2026-05")
    assert period.name == "2026-04-16..2026-05-15"
    assert days(office, "tuần 47/2026") == ("2026-11-20", "2026-11-26")
    assert office.periods.stored("statistics:2026-05").since == "2026-04-15", "as it was written"
    assert "theo mẫu" in office.periods.set_window("statistics", None)
    assert office.periods.named("statistics:2026-05").name == "statistics:2026-05"


def test_what_was_set_is_kept_in_the_store_and_noted_in_history(office: Office) -> None:
    office.periods.set_window("tet_campaign", Window("20/12", "Tết+7", year_before=True))
    again = type(office.periods)(office.periods._folder, office._store, office.officer)
    assert (again.named("tet_campaign:2026").since, again.named("tet_campaign:2026").until) == (
        "2025-12-20", "2026-02-24",
    )  # fmt: skip
    assert again.window_of("tet_campaign") == Window("20/12", "Tết+7", year_before=True)
    assert again.window_of("tet_days").begins == "Tết-1"


def test_a_window_set_to_what_is_shipped_is_no_change(office: Office) -> None:
    shipped = office.periods.window_of("stages")
    assert "theo mẫu" in office.periods.set_window("stages", shipped)
    assert not office.periods.presets["stages"].edited


@pytest.mark.parametrize(
    ("code", "window", "fault"),
    [
        ("statistics", Window("Tết+1", weekday=4), "window_malformed"),
        ("statistics", Window("31/12", weekday=4), "window_malformed"),
        ("statistics", Window("15/12", weekday=9), "window_malformed"),
        ("stages", Window("01/01", years=1, from_year=2021), "window_malformed"),
        ("tet_campaign", Window("15/12", "sau Tết"), "edge_not_understood"),
        ("calendar", Window("02/01"), "preset_is_fixed"),
        ("no_such", Window("02/01"), "unknown_preset"),
    ],
)
def test_a_window_that_makes_no_periods_is_refused(
    office: Office, code: str, window: Window, fault: str
) -> None:
    with pytest.raises(UserError) as told:
        office.periods.set_window(code, window)
    assert told.value.code == fault
    assert not any(preset.edited for preset in office.periods.presets.values())


def test_the_figures_of_a_campaign_are_held_against_the_campaign_before(office: Office) -> None:
    period = office.periods.named("tet_campaign:2026")
    before = office.reports.year_before(period)
    assert (before.since, before.until) == ("2024-12-15", "2025-02-12")


def test_a_number_of_a_report_of_an_own_window_stands_by_its_days(office: Office) -> None:
    office.periods.set_window("statistics", Window("16/12", year_before=True, weekday=4))
    name = office.periods.named("statistics:2026-05").name
    source = Source(document="01/BC-UBND", unit=office.unit, period=name)
    office.openings.enter(source, {"neighbourhoods": 3})
    held = office.lists.every("opening_figure")
    assert [record.values()["period"] for record in held] == ["2026-04-16..2026-05-15"]
