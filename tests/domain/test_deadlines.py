from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.deadlines import Deadline, DeadlinePreset, due

A = DeadlinePreset("a", "Chuyển tin", frozenset({"class_a"}), 24, 48, "", "A")
B = DeadlinePreset("b", "Chuyển tin", frozenset({"class_b"}), 168, 168, "", "A")
AT_ONCE = DeadlinePreset("c", "Báo ngay", frozenset({"in_flagrante"}), 0, 0, "", "A")
REPORT = DeadlinePreset("d", "Báo cáo", frozenset({"class_a", "class_b"}), 12, 24, "", "B")
RECEIVED = "2026-03-02T20:00"


def found(incident_class: str, class_since: str = "", *, remote: bool = False) -> Deadline | None:
    return due(RECEIVED, incident_class, class_since, remote=remote, presets=(A, B, AT_ONCE))


def due_at(incident_class: str, class_since: str = "", *, remote: bool = False) -> str:
    deadline = found(incident_class, class_since, remote=remote)
    assert deadline is not None
    return deadline.due_at


def test_class_a_has_a_day_from_receipt_and_two_where_the_way_is_long() -> None:
    assert due_at("class_a") == "2026-03-03T20:00"
    assert due_at("class_a", remote=True) == "2026-03-04T20:00"


def test_class_b_has_seven_days_from_receipt_everywhere() -> None:
    assert due_at("class_b") == "2026-03-09T20:00"
    assert due_at("class_b", "2026-03-05T08:00", remote=True) == "2026-03-09T20:00"


def test_b_that_proves_to_be_a_in_time_still_counts_from_receipt() -> None:
    assert due_at("class_a", "2026-03-03T06:00") == "2026-03-03T20:00"


def test_b_that_proves_to_be_a_when_the_day_is_over_counts_from_then() -> None:
    deadline = found("class_a", "2026-03-05T08:00")
    assert deadline is not None
    assert deadline.due_at == "2026-03-06T08:00"
    assert deadline.counted_from == "2026-03-05T08:00"


def test_what_proves_to_be_a_at_last_has_no_longer_than_b_had() -> None:
    assert due_at("class_a", "2026-03-09T12:00") == "2026-03-09T20:00"


def test_in_flagrante_is_at_once_and_has_no_hours() -> None:
    deadline = found("in_flagrante")
    assert deadline is not None
    assert deadline.at_once
    assert deadline.due_at == RECEIVED


def test_what_is_not_criminal_or_not_classed_or_not_received_has_no_term() -> None:
    assert found("not_criminal") is None
    assert found("") is None
    assert due("", "class_a", "", remote=False, presets=(A,)) is None


def test_of_several_terms_the_earliest_is_due() -> None:
    deadline = due(RECEIVED, "class_b", "", remote=False, presets=(A, B, REPORT))
    assert deadline is not None
    assert deadline.preset is REPORT


def test_minutes_left_fall_below_nought_when_it_is_overdue() -> None:
    deadline = found("class_a")
    assert deadline is not None
    assert deadline.minutes_left("2026-03-03T19:30:45") == 30
    assert deadline.minutes_left("2026-03-03T20:01") == -1


@given(st.integers(min_value=0, max_value=14 * 24 * 60), st.booleans())
def test_class_a_is_never_due_before_its_term_nor_after_that_of_b(
    minutes: int, remote: bool
) -> None:
    received = datetime.fromisoformat(RECEIVED)
    since = (received + timedelta(minutes=minutes)).isoformat(timespec="minutes")
    last = datetime.fromisoformat(due_at("class_a", since, remote=remote))
    assert received + timedelta(hours=48 if remote else 24) <= last
    assert last <= received + timedelta(hours=168)
