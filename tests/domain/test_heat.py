"""Units by months: each state, and which bundle numbers are missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.heat import Came, Heat, due_on, heat_of, missing_numbers

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11")


def states(*came: Came, since: str = "2026-07-01", zeros: tuple[str, ...] = ()) -> list[Heat]:
    cells = heat_of(came, MONTHS, today="2026-11-21", since=since, zeros=zeros)
    return [cell.state for cell in cells]


def test_every_state_has_a_word_of_its_own_so_that_colour_is_not_needed() -> None:
    assert len({state.word for state in Heat}) == len(Heat)
    assert len({state.label for state in Heat}) == len(Heat)


def test_a_month_is_due_in_the_month_after_it() -> None:
    assert (due_on("2026-12"), due_on("2026-02", 28)) == ("2027-01-05", "2026-03-28")


def test_in_time_late_nothing_and_not_yet_due_are_told_apart() -> None:
    came = (Came("2026-08-03", True, "a"), Came("2026-10-20", True, "b"))
    assert states(*came) == [Heat.RECEIVED, Heat.LATE, Heat.LATE, Heat.RECEIVED, Heat.PENDING]
    assert states(came[0])[1:4] == [Heat.GAP, Heat.GAP, Heat.GAP]


def test_what_was_set_aside_is_sent_back_until_a_later_bundle_mends_it() -> None:
    back = Came("2026-09-02", False, "x")
    assert states(Came("2026-08-03", True, "a"), back)[1] is Heat.RETURNED
    assert (
        states(Came("2026-08-03", True, "a"), back, Came("2026-09-20", True, "b"))[1] is Heat.LATE
    )


def test_nothing_happened_needs_a_bundle_that_says_so() -> None:
    assert states(Came("2026-08-03", True, "a"), zeros=("2026-07", "2026-08"))[:2] == [
        Heat.ZERO, Heat.GAP,
    ]  # fmt: skip


def test_a_unit_owes_nothing_for_the_time_before_it_was_enrolled() -> None:
    assert states(since="2026-09-20") == [
        Heat.BEFORE, Heat.BEFORE, Heat.GAP, Heat.GAP, Heat.PENDING,
    ]  # fmt: skip
    assert states(since="") == [Heat.BEFORE] * 5


DAYS = st.dates().map(lambda day: f"2026-{day.month:02d}-{day.day:02d}")


@given(st.lists(st.builds(Came, DAYS, st.booleans(), st.text("ab", max_size=2)), max_size=8))
def test_the_order_and_number_of_copies_do_not_matter(came: list[Came]) -> None:
    assert states(*came) == states(*reversed(came))


def test_a_skipped_number_is_missing_only_where_the_next_one_builds_on_it() -> None:
    assert missing_numbers([("W", 1, 0), ("W", 3, 1)]) == ()
    assert missing_numbers([("W", 1, 0), ("W", 4, 3)]) == (2, 3)
    assert missing_numbers([("W", 1, 0), ("W", 4, 3), ("W", 3, 1)]) == ()
    assert missing_numbers([("W", 2, 1), ("X", 1, 0)]) == (1,)
