from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from antq_desktop.domain.asking import MOST_ANSWERS, asked
from antq_desktop.domain.figures import MEASURES, Measure
from antq_desktop.domain.periods import CALENDAR
from antq_desktop.domain.text import fold

TODAY = date(2026, 11, 21)


def told(words: str) -> list[tuple[str, str]]:
    return [(one.measure.code, one.period.name) for one in asked(words, TODAY)]


@pytest.mark.parametrize(
    ("words", "code", "period"),
    [
        ("bao nhiêu mô hình", "schemes_kept", "2026"),
        ("có bao nhiêu vụ việc", "incidents", "2026"),
        ("buổi tuyên truyền tháng này", "sessions_direct", "2026-11"),
        ("vụ việc năm ngoái", "incidents", "2025"),
        ("mô hình 2025", "schemes_kept", "2025"),
        ("mo hinh xay dung moi nam nay", "schemes_new", "2026"),
        ("vụ việc tháng trước", "incidents", "2026-10"),
        ("vụ việc quý 2/2025", "incidents", "2025-Q2"),
        ("vụ việc quý III năm 2024", "incidents", "2024-Q3"),
        ("vụ việc quý trước", "incidents", "2026-Q3"),
        ("tuần tra tháng 12", "patrols", "2025-12"),
        ("tuần tra 5/2025", "patrols", "2025-05"),
        ("tin quần chúng 6 tháng đầu năm 2025", "tips", "2025-H1"),
        ("tin quần chúng 6 tháng đầu năm", "tips", "2026-H1"),
        ("hộ đã ký cam kết năm 2025", "commitments_households_signed", "2025"),
        ("VU VIEC NAM NGOAI", "incidents", "2025"),
        ("vụ việc hôm nay", "incidents", "2026-11-21..2026-11-21"),
        ("vụ việc tuần trước", "incidents", "2026-11-09..2026-11-15"),
        ("tổng số camera an ninh", "camera_points", "2026"),
        ("công an xã chính quy 2025", "regular_police", "2025"),
    ],
)
def test_a_question_gives_its_figure_and_period(words: str, code: str, period: str) -> None:
    assert told(words)[0] == (code, period)


def test_the_new_schemes_stand_beside_those_kept() -> None:
    assert [code for code, _ in told("bao nhiêu mô hình")][:2] == ["schemes_kept", "schemes_new"]


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "mô hình", "12/BC-CAX", "12 bc cax", "2025", "tháng này", "bao nhiêu", "năm nay",
        "Nguyễn Văn Mẫu 2025", "xe đạp năm ngoái", "quy chế phối hợp", "sao lưu", "vụ việc 13/2025",
        "vụ việc tháng 13", "vụ việc năm 9999", "001/2026", "a 2025",
    ],
)  # fmt: skip
def test_what_is_no_question_gives_nothing(words: str) -> None:
    assert told(words) == []


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
def test_every_figure_is_found_by_its_own_label(measure: Measure) -> None:
    same = [one.code for one in MEASURES if one.label == measure.label]
    assert told(f"bao nhiêu {measure.label}")[0][0] in same
    assert told(f"{fold(measure.label)} quý 1/2024")[0] in [(code, "2024-Q1") for code in same]


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                ["bao nhiêu", "mô hình", "tháng", "quý", "năm", "nay", "trước", "13", "2025", "0",
                 "/", "6 tháng đầu năm", "hôm qua", "tuần trước", "vụ việc", "9999", "iv", "١٢"]
            ),
            max_size=8,
        ).map(" ".join),
    ),
    st.dates(),
)  # fmt: skip
@example("vụ việc hôm qua", date.min)
@example("vụ việc tháng trước", date(1, 1, 31))
@example("vụ việc năm ngoái", date.max)
@example("vụ việc 2100", date(2026, 1, 1))
def test_whatever_is_typed_is_answered_or_left_alone(words: str, today: date) -> None:
    found = asked(words, today)
    assert len(found) <= MOST_ANSWERS
    for one in found:
        assert one.measure in MEASURES
        assert one.period.since <= one.period.until
        assert ".." in one.period.name or CALENDAR.period(one.period.name) == one.period
