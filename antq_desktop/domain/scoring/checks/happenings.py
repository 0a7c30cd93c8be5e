"""Checks of what happened in the days that are judged: by counts and yes or no, never by names."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.scoring.checks.check import Check, Facts, Input, InputKind, Verdict
from antq_desktop.domain.shown import show_integer

_INCIDENT: Final = Input("incident", "Hồ sơ vụ việc", InputKind.TEXT)
_FORCE_MAJEURE: Final = Input("force_majeure", "Bất khả kháng", InputKind.YES_NO)
_HANDLED: Final = (
    Input("detected_in_time", "Kịp thời phát hiện", InputKind.YES_NO),
    Input("harm_limited", "Đã giảm thiểu hậu quả", InputKind.YES_NO),
    Input("reported_at_once", "Báo cáo ngay cấp có thẩm quyền", InputKind.YES_NO),
)


def _any_true(answers: tuple[bool | None, ...]) -> bool | None:
    """Tell whether one of the answers is yes; None while an unknown one could still be."""
    if True in answers:
        return True
    return None if None in answers else False


def _all_true(answers: tuple[bool | None, ...]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _excused(row: Facts) -> bool | None:
    handled = _all_true(tuple(row.yes(each.name) for each in _HANDLED))
    return _any_true((row.yes("force_majeure"), handled))


def _no_cases(excuses: tuple[bool | None, ...], what: str, ask: str) -> Verdict:
    """Judge cases each of which the text forgives (True), does not (False), or cannot be told."""
    if not excuses:
        return Verdict(True, f"Không có {what}.")
    against, unknown = excuses.count(False), excuses.count(None)
    why = f"Có {show_integer(len(excuses))} {what}"
    if against:
        told = f"{why}, trong đó {show_integer(against)} vụ không thuộc trường hợp loại trừ."
        return Verdict(False, told, (f"{show_integer(against)} vụ không thuộc loại trừ.",))
    if unknown:
        return Verdict(None, f"{why}, {show_integer(unknown)} vụ chưa đủ thông tin.", (ask,))
    return Verdict(True, f"{why}, đều thuộc trường hợp loại trừ.")


def _serious_offences(facts: Facts) -> Verdict:
    return _no_cases(
        tuple(_excused(row) for row in facts.rows("offences")),
        "vụ phạm tội nghiêm trọng trở lên",
        "Ghi từng vụ: bất khả kháng; hoặc phát hiện kịp thời, giảm thiểu hậu quả, báo cáo ngay.",
    )


def _serious_accidents(facts: Facts) -> Verdict:
    return _no_cases(
        tuple(row.yes("force_majeure") for row in facts.rows("accidents")),
        "vụ cháy, nổ, tai nạn, sự cố nghiêm trọng",
        "Ghi từng vụ có bất khả kháng hay không.",
    )


def _year_on_year(facts: Facts) -> Verdict:
    rows = facts.rows("kinds")
    if facts.yes("before_complete") is not True:
        why = "Số liệu năm trước chưa đủ để so sánh."
        return Verdict(None, why, ("Nhập đủ số vụ của kỳ năm trước.",))
    if any(row.count(name) is None for row in rows for name in ("before", "now")):
        return Verdict(None, "Còn loại chưa có số.", ("Nhập đủ số vụ của từng loại.",))
    before, now = facts.total("kinds", "before"), facts.total("kinds", "now")
    why = f"Kỳ này {show_integer(now)} vụ, kỳ năm trước {show_integer(before)} vụ."
    risen = [row for row in rows if row.number("now") > row.number("before")]
    if not risen:
        return Verdict(True, f"{why} Không loại nào tăng.")
    missing = tuple(
        f"{row.text('kind')}: tăng từ {show_integer(row.number('before'))} "
        f"lên {show_integer(row.number('now'))} vụ."
        for row in risen
    )
    return Verdict(False, f"{why} {show_integer(len(risen))} loại tăng.", missing)


def _none_arose(facts: Facts, what: str) -> Verdict:
    arisen = facts.count("arisen")
    if arisen is None:
        return Verdict(None, f"Chưa có số {what}.", (f"Nhập số {what}; không có thì ghi 0.",))
    if not arisen:
        return Verdict(True, f"Không có {what}.")
    why = f"Có {show_integer(arisen)} {what}."
    return Verdict(False, why, (why,))


def _hotspots(facts: Facts) -> Verdict:
    return _none_arose(facts, "tụ điểm phức tạp phát sinh trong kỳ")


def _newly_fallen(facts: Facts) -> Verdict:
    return _none_arose(facts, "người mắc tệ nạn xã hội phát sinh trong kỳ")


HAPPENINGS: Final = (
    Check(
        "no_serious_offence@1",
        "Không có tội phạm nghiêm trọng trở lên, trừ trường hợp loại trừ",
        (
            Input(
                "offences",
                "Vụ phạm tội nghiêm trọng trở lên trong kỳ",
                InputKind.ROWS,
                (_INCIDENT, _FORCE_MAJEURE, *_HANDLED),
            ),
        ),
        _serious_offences,
    ),
    Check(
        "no_serious_accident@1",
        "Không có cháy, nổ, tai nạn, sự cố nghiêm trọng, trừ bất khả kháng",
        (
            Input(
                "accidents",
                "Vụ cháy, nổ, tai nạn, sự cố nghiêm trọng trong kỳ",
                InputKind.ROWS,
                (_INCIDENT, _FORCE_MAJEURE),
            ),
        ),
        _serious_accidents,
    ),
    Check(
        "incidents_not_above_last_year@1",
        "Từng loại vụ việc không tăng so với năm trước",
        (
            Input("before_complete", "Số liệu năm trước đã đủ", InputKind.YES_NO),
            Input(
                "kinds",
                "Số vụ theo loại",
                InputKind.ROWS,
                (
                    Input("kind", "Loại", InputKind.TEXT),
                    Input("before", "Kỳ năm trước"),
                    Input("now", "Kỳ này"),
                ),
            ),
        ),
        _year_on_year,
    ),
    Check(
        "no_new_hotspot@1",
        "Không phát sinh tụ điểm phức tạp",
        (Input("arisen", "Số tụ điểm phát sinh"),),
        _hotspots,
    ),
    Check(
        "nobody_newly_fallen@1",
        "Không phát sinh người mắc tệ nạn xã hội",
        (Input("arisen", "Số người phát sinh"),),
        _newly_fallen,
    ),
)
