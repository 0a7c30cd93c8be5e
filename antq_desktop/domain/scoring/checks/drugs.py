"""Checks of Quyết định 28/2025/QĐ-TTg: counts of a commune and thresholds, nothing about a person.

Rates are compared per ten thousand residents in whole numbers; a threshold `below` of 0 means that
there is none. “Met” means that the criterion of a type of place is fulfilled, which is no praise.
"""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.scoring.checks.check import Check, Facts, Input, InputKind, Verdict
from antq_desktop.domain.shown import show_integer

TEN_THOUSAND: Final = 10_000


def _within(value: int, scale: int, least: int, below: int) -> bool:
    return value >= least * scale and (not below or value < below * scale)


def _rate(facts: Facts) -> Verdict:
    people, residents = facts.count("people"), facts.count("residents")
    if people is None or not residents:
        why = "Chưa đủ số người và số dân đang cư trú."
        return Verdict(None, why, ("Nhập số người và số dân đang cư trú.",))
    least, below = facts.settings["least"], facts.settings["below"]
    met = _within(TEN_THOUSAND * people, residents, least, below)
    told = f"{show_integer(people)} người trên {show_integer(residents)} dân đang cư trú"
    return Verdict(met, f"{told}; ngưỡng {_bounds(least, below)} trên 10.000 dân.")


def _count(facts: Facts) -> Verdict:
    counted = facts.count("counted")
    if counted is None:
        return Verdict(None, "Chưa có số điểm.", ("Nhập số điểm; không có thì ghi 0.",))
    least, below = facts.settings["least"], facts.settings["below"]
    met = _within(counted, 1, least, below)
    return Verdict(met, f"{show_integer(counted)} điểm; ngưỡng {_bounds(least, below)} điểm.")


def _plants(facts: Facts) -> Verdict:
    plants, metres = facts.count("plants"), facts.count("square_metres")
    if plants is None and metres is None:
        missing = ("Nhập số cây hoặc diện tích đã phát hiện, triệt phá; không có thì ghi 0.",)
        return Verdict(None, "Chưa có số cây và diện tích.", missing)
    settings = facts.settings
    by_plants = _level(plants, settings["least_plants"], settings["below_plants"])
    by_metres = _level(metres, settings["least_metres"], settings["below_metres"])
    told = f"{show_integer(plants or 0)} cây, {show_integer(metres or 0)} m²"
    bounds = (
        f"{_bounds(settings['least_plants'], settings['below_plants'])} cây hoặc "
        f"{_bounds(settings['least_metres'], settings['below_metres'])} m²"
    )
    return Verdict(max(by_plants, by_metres) == _INSIDE, f"{told}; ngưỡng {bounds}.")


_UNDER, _INSIDE, _OVER = 0, 1, 2


def _level(value: int | None, least: int, below: int) -> int:
    """Tell where a value lies; one of two measures that is over puts the place in a higher type."""
    if value is None or value < least:
        return _UNDER
    return _OVER if below and value >= below else _INSIDE


def _key_route(facts: Facts) -> Verdict:
    on_route, lower = facts.yes("on_key_route"), facts.count("lower_met")
    least = facts.settings["least"]
    if on_route is False:
        return Verdict(False, "Không nằm trên tuyến trọng điểm.")
    if on_route is None or lower is None:
        why = "Chưa rõ tuyến trọng điểm hoặc số tiêu chí của loại thấp hơn."
        return Verdict(None, why, ("Ghi địa bàn có nằm trên tuyến trọng điểm hay không.",))
    why = f"Nằm trên tuyến trọng điểm; {show_integer(lower)} tiêu chí của loại thấp hơn"
    return Verdict(lower >= least, f"{why}, cần {show_integer(least)}.")


def _none_counted(facts: Facts) -> Verdict:
    counted = facts.count("counted")
    if counted is None:
        return Verdict(None, "Chưa có số liệu.", ("Nhập số liệu; không có thì ghi 0.",))
    if not counted:
        return Verdict(True, "Không có.")
    return Verdict(False, f"Có {show_integer(counted)}.", (f"Có {show_integer(counted)}.",))


def _bounds(least: int, below: int) -> str:
    upper = f" đến dưới {show_integer(below)}" if below else ""
    return f"từ {show_integer(least)}{upper}"


_BETWEEN: Final = ("least", "below")

DRUGS: Final = (
    Check(
        "drug_rate@1",
        "Tỷ lệ trên dân số đang cư trú",
        (Input("people", "Số người"), Input("residents", "Dân số đang cư trú")),
        _rate,
        _BETWEEN,
    ),
    Check("drug_points@1", "Số điểm", (Input("counted", "Số điểm"),), _count, _BETWEEN),
    Check(
        "drug_plants@1",
        "Cây có chứa chất ma túy đã phát hiện, triệt phá",
        (Input("plants", "Số cây"), Input("square_metres", "Diện tích (m²)")),
        _plants,
        ("least_plants", "below_plants", "least_metres", "below_metres"),
    ),
    Check(
        "drug_route@1",
        "Nằm trên tuyến trọng điểm và đạt số tiêu chí của loại thấp hơn",
        (
            Input("on_key_route", "Nằm trên tuyến trọng điểm", InputKind.YES_NO),
            Input("lower_met", "Số tiêu chí của loại thấp hơn"),
        ),
        _key_route,
        ("least",),
    ),
    Check("none_counted@1", "Không có", (Input("counted", "Số lượng"),), _none_counted),
)
