"""Checks of papers, schemes, teams and decisions: what stands on the day it is looked at."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.scoring.checks.check import Check, Facts, Input, InputKind, Verdict
from antq_desktop.domain.shown import show_date, show_integer

RATED_DONE: Final = frozenset({"excellent", "good", "done"})
THIS_YEAR, PROVISIONAL, LAST_YEAR = "this_year", "provisional", "last_year"


def _first_quarter(facts: Facts) -> Verdict:
    year = facts.count("year")
    days = sorted(row.text("day") for row in facts.rows("documents") if row.text("day"))
    if not year or not days:
        return Verdict(None, "Chưa có văn bản có ngày.", ("Nhập văn bản và ngày ban hành.",))
    first, last = f"{year:04}-01-01", f"{year:04}-03-31"
    inside = [day for day in days if first <= _earliest(day) and _latest(day) <= last]
    if inside:
        return Verdict(True, f"Văn bản ngày {show_date(inside[0])}, trong Quý I năm {year}.")
    if any(_earliest(day) <= last and first <= _latest(day) for day in days):
        why = "Ngày của văn bản chưa đủ để biết có trong Quý I hay không."
        return Verdict(None, why, ("Nhập đủ ngày, tháng của văn bản.",))
    told = ", ".join(show_date(day) for day in days)
    missing = (f"Chưa có văn bản trong Quý I năm {year}.",)
    return Verdict(False, f"Văn bản có ngày {told}, ngoài Quý I năm {year}.", missing)


def _earliest(day: str) -> str:
    return (day + "-01-01"[len(day) - 4 :])[:10]


def _latest(day: str) -> str:
    """Return a text that stands before no day of a month or year; it need not be a day itself."""
    return (day + "-12-31"[len(day) - 4 :])[:10]


def _working_scheme(facts: Facts) -> Verdict:
    rows = facts.rows("schemes")
    least = facts.settings["least"]
    working = sum(row.yes("complete") is True and row.yes("active") is True for row in rows)
    why = (
        f"Có {show_integer(len(rows))} mô hình, {show_integer(working)} mô hình đủ hồ sơ và đang "
        f"hoạt động; cần ít nhất {show_integer(least)}."
    )
    if working >= least:
        return Verdict(True, why)
    possible = sum(row.yes("complete") is not False and row.yes("active") is not False
                   for row in rows)  # fmt: skip
    if possible >= least:
        missing = ("Xác nhận hồ sơ và tình trạng hoạt động của mô hình.",)
        return Verdict(None, why, missing)
    return Verdict(
        False, why, (f"Thiếu {show_integer(least - working)} mô hình đủ hai điều kiện.",)
    )


def _teams(facts: Facts) -> Verdict:
    teams = [row for row in facts.rows("teams") if not row.text("unrated_reason")]
    left_out = len(facts.rows("teams")) - len(teams)
    why = f"{show_integer(len(teams))} lực lượng được xét"
    why += f", {show_integer(left_out)} chưa thuộc diện đánh giá." if left_out else "."
    if not teams:
        return Verdict(None, why, ("Nhập lực lượng và mức đánh giá.",))
    below = [row for row in teams if row.text("rating") and row.text("rating") not in RATED_DONE]
    unrated = [row for row in teams if not row.text("rating")]
    if below:
        told = f"{why} {show_integer(len(below))} không hoàn thành nhiệm vụ."
        return Verdict(False, told, (f"{show_integer(len(below))} lực lượng dưới mức hoàn thành.",))
    if unrated:
        told = f"{why} {show_integer(len(unrated))} chưa có mức đánh giá."
        missing = (f"Đánh giá {show_integer(len(unrated))} lực lượng còn lại.",)
        return Verdict(None, told, missing)
    waiting = [row for row in teams if row.text("basis") != THIS_YEAR]
    if waiting:
        told = f"{why} {show_integer(len(waiting))} lấy mức tạm tính hoặc mức năm trước."
        return Verdict(True, told, ("Tính lại khi có mức đánh giá của năm.",), provisional=True)
    return Verdict(True, f"{why} Đều hoàn thành nhiệm vụ trở lên.")


def _unit_recognised(facts: Facts) -> Verdict:
    recognised = facts.yes("recognised")
    if recognised is None:
        return Verdict(None, "Chưa có kết quả công nhận.", ("Nhập quyết định công nhận của năm.",))
    if recognised:
        return Verdict(True, "Đã được công nhận trong năm.")
    return Verdict(False, "Không được công nhận trong năm.", ("Không được công nhận trong năm.",))


STANDING: Final = (
    Check(
        "in_first_quarter@1",
        "Văn bản có ngày trong Quý I",
        (
            Input("year", "Năm"),
            Input(
                "documents",
                "Văn bản",
                InputKind.ROWS,
                (
                    Input("document", "Hồ sơ văn bản", InputKind.TEXT),
                    Input("day", "Ngày", InputKind.DAY),
                ),
            ),
        ),
        _first_quarter,
    ),
    Check(
        "working_scheme@1",
        "Mô hình đủ hồ sơ và đang hoạt động",
        (
            Input(
                "schemes",
                "Mô hình",
                InputKind.ROWS,
                (
                    Input("scheme", "Hồ sơ mô hình", InputKind.TEXT),
                    Input("complete", "Đủ hồ sơ", InputKind.YES_NO),
                    Input("active", "Đang hoạt động", InputKind.YES_NO),
                ),
            ),
        ),
        _working_scheme,
        ("least",),
    ),
    Check(
        "teams_rated@1",
        "Lực lượng ở cơ sở được đánh giá hoàn thành nhiệm vụ trở lên",
        (
            Input(
                "teams",
                "Lực lượng",
                InputKind.ROWS,
                (
                    Input("team", "Hồ sơ lực lượng", InputKind.TEXT),
                    Input("rating", "Mức đánh giá", InputKind.TEXT),
                    Input("basis", "Mức của năm, tạm tính hoặc năm trước", InputKind.TEXT),
                    Input("unrated_reason", "Lý do chưa đánh giá", InputKind.TEXT),
                ),
            ),
        ),
        _teams,
    ),
    Check(
        "unit_recognised@1",
        "Đạt tiêu chuẩn “An toàn về an ninh, trật tự” của năm",
        (Input("recognised", "Được công nhận", InputKind.YES_NO),),
        _unit_recognised,
    ),
)
