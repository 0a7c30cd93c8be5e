"""Checks of a part against a whole, always in whole numbers: 100 × part against percent × whole.

A percentage that is rounded before it is compared would make 17 of 25 neighbourhoods 70 %.
"""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.scoring.checks.check import Check, Facts, Input, InputKind, Verdict
from antq_desktop.domain.shown import show_date, show_integer

EVERYONE: Final = 100
PERCENT: Final = "percent"

_KINDS: Final = Input("kind", "Loại đơn vị", InputKind.TEXT)
_APART: Final = Input(
    "apart",
    "Đơn vị không tính, theo lý do",
    InputKind.ROWS,
    (Input("reason", "Lý do", InputKind.TEXT), Input("units", "Số đơn vị")),
)


def reaches(part: int, whole: int, percent: int) -> bool:
    """Tell whether a part is at least so many per cent of a whole; of nothing, never."""
    return whole > 0 and 100 * part >= percent * whole


def still_needed(part: int, whole: int, percent: int) -> int:
    """Return how many more the part needs to reach a share of the whole."""
    return max(-(-percent * whole // 100) - part, 0)


def share(part: int | None, whole: int | None, percent: int, of: str, done: str) -> Verdict:
    """Judge a share.

    Args:
        part: How many have done it; None when it is not known.
        whole: Of how many; None when it is not known.
        percent: The least share.
        of: What is counted: “hộ”.
        done: What they have done: “đã đăng ký”.
    """
    if whole is None or part is None:
        what = of if whole is None else f"{of} {done}"
        return Verdict(None, f"Chưa có số {what}.", (f"Nhập số {what}.",))
    if part > whole:
        why = f"Số {of} {done} ({show_integer(part)}) lớn hơn tổng số {of} ({show_integer(whole)})."
        return Verdict(None, why, ("Kiểm tra lại hai số.",))
    why = f"{show_integer(part)}/{show_integer(whole)} {of} {done}; cần từ {percent}%."
    if not whole:
        return Verdict(None, why, (f"Nhập số {of}.",))
    if reaches(part, whole, percent):
        return Verdict(True, why)
    lacking = show_integer(still_needed(part, whole, percent))
    return Verdict(False, why, (f"Còn thiếu {lacking} {of} {done}.",))


def _counted(facts: Facts, verdict: Verdict) -> Verdict:
    """Add the day of counting, without which a count proves nothing."""
    day = facts.text("counted_on")
    if day:
        why = f"{verdict.why} Số liệu ngày {show_date(day)}."
        return Verdict(verdict.met, why, verdict.missing)
    missing = (*verdict.missing, "Nhập ngày chốt số.")
    return Verdict(None if verdict.met else verdict.met, verdict.why, missing)


def _households(facts: Facts) -> Verdict:
    part, whole = facts.count("registered"), facts.count("households")
    return _counted(facts, share(part, whole, EVERYONE, "hộ", "đã đăng ký"))


def _briefed(facts: Facts) -> Verdict:
    part, whole = facts.count("briefed"), facts.count("people")
    return _counted(facts, share(part, whole, EVERYONE, "người", "đã được phổ biến, quán triệt"))


def _sections(facts: Facts) -> Verdict:
    part, whole = facts.count("rated"), facts.count("sections")
    return share(part, whole, facts.settings[PERCENT], "đầu mối", "đạt danh hiệu hoặc mức xếp loại")


def _tasks(facts: Facts) -> Verdict:
    part, whole = facts.count("done"), facts.count("given")
    return share(part, whole, facts.settings[PERCENT], "nhiệm vụ", "đã hoàn thành")


def _taking_part(facts: Facts) -> Verdict:
    part, whole = facts.count("attended"), facts.count("people")
    return share(part, whole, facts.settings[PERCENT], "người", "tham gia")


def _dossier(facts: Facts) -> Verdict:
    part, whole = facts.count("present"), facts.count("required")
    return share(part, whole, EVERYONE, "văn bản bắt buộc", "có trong hồ sơ")


def _contradicted(facts: Facts, parts: tuple[str, ...]) -> str:
    """Return the kind of unit whose parts are more than its units; empty when none is."""
    for row in facts.rows("pool"):
        if sum(row.number(part) for part in parts) > row.number("units"):
            return row.text("kind") or "chưa rõ"
    return ""


def _pooled(facts: Facts, parts: tuple[str, ...], percent: int, done: str) -> Verdict:
    whole = facts.total("pool", "units")
    part = sum(facts.total("pool", name) for name in parts)
    unknown = [row for row in facts.rows("pool") for name in ("units", *parts)
               if row.count(name) is None]  # fmt: skip
    if unknown:
        return Verdict(None, "Còn loại đơn vị chưa có số.", ("Nhập đủ số của từng loại đơn vị.",))
    if _contradicted(facts, parts):
        why = f"Có loại đơn vị mà số {done} lớn hơn số đơn vị thuộc diện."
        return Verdict(None, why, ("Kiểm tra lại hai danh sách.",))
    apart = facts.total("apart", "units")
    verdict = share(part, whole, percent, "đơn vị", done)
    note = f" Không tính {show_integer(apart)} đơn vị, có lý do kèm theo." if apart else ""
    return Verdict(verdict.met, verdict.why + note, verdict.missing)


def _all_units(facts: Facts) -> Verdict:
    return _pooled(facts, ("registered",), EVERYONE, "đã đăng ký")


def _recognised(facts: Facts) -> Verdict:
    percent = facts.settings[PERCENT]
    settled = _pooled(facts, ("recognised",), percent, "được công nhận")
    expected = facts.total("pool", "expected")
    if settled.met is not False or not expected:
        return settled
    both = _pooled(facts, ("recognised", "expected"), percent, "được công nhận")
    waiting = f"{show_integer(expected)} đơn vị đang chờ quyết định"
    if not both.met:
        return Verdict(both.met, f"{both.why} Trong đó {waiting}.", both.missing)
    missing = (f"Tính lại khi có quyết định: {waiting}.",)
    return Verdict(True, f"{both.why} Tạm tính, trong đó {waiting}.", missing, provisional=True)


_COUNTED_ON: Final = Input("counted_on", "Ngày chốt số", InputKind.DAY)

SHARES: Final = (
    Check(
        "all_households_registered@1",
        "100% hộ đang cư trú đăng ký",
        (
            Input("households", "Số hộ đang cư trú"),
            Input("registered", "Số hộ đã đăng ký"),
            _COUNTED_ON,
        ),
        _households,
    ),
    Check(
        "everyone_briefed@1",
        "100% người được phổ biến, quán triệt",
        (
            Input("people", "Số người phải được phổ biến"),
            Input("briefed", "Số người đã được phổ biến"),
            _COUNTED_ON,
        ),
        _briefed,
    ),
    Check(
        "own_sections@1",
        "Tỷ lệ đầu mối trực thuộc đạt danh hiệu hoặc mức xếp loại",
        (Input("sections", "Số đầu mối trực thuộc"), Input("rated", "Số đầu mối đạt")),
        _sections,
        (PERCENT,),
    ),
    Check(
        "tasks_done@1",
        "Tỷ lệ nhiệm vụ hoàn thành",
        (Input("given", "Nhiệm vụ được giao"), Input("done", "Nhiệm vụ hoàn thành")),
        _tasks,
        (PERCENT,),
    ),
    Check(
        "taking_part@1",
        "Tỷ lệ người tham gia",
        (Input("people", "Tổng số người"), Input("attended", "Số người tham gia")),
        _taking_part,
        (PERCENT,),
    ),
    Check(
        "scheme_dossier@1",
        "Hồ sơ mô hình đủ văn bản bắt buộc",
        (
            Input("required", "Số văn bản bắt buộc"),
            Input("present", "Số văn bản bắt buộc có trong hồ sơ"),
        ),
        _dossier,
    ),
    Check(
        "all_units_registered@1",
        "100% đơn vị thuộc thẩm quyền hoặc được ủy quyền đăng ký",
        (
            Input(
                "pool",
                "Đơn vị thuộc diện, theo loại",
                InputKind.ROWS,
                (_KINDS, Input("units", "Số đơn vị"), Input("registered", "Đã đăng ký")),
            ),
            _APART,
        ),
        _all_units,
    ),
    Check(
        "recognised_share@1",
        "Tỷ lệ đơn vị được công nhận, tính chung các loại",
        (
            Input(
                "pool",
                "Đơn vị thuộc diện, theo loại",
                InputKind.ROWS,
                (
                    _KINDS,
                    Input("units", "Số đơn vị"),
                    Input("recognised", "Đã được công nhận"),
                    Input("expected", "Chờ quyết định"),
                ),
            ),
            _APART,
        ),
        _recognised,
        (PERCENT,),
    ),
)
