"""Opening figures: a report counts until it is closed, and nothing is repaired in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.comparing import NOTHING_TO_COMPARE, change
from antq_desktop.domain.opening import Key, Opening, Source, count, openings_by_key

REPORT = Opening("2021-11-02", "120/BC-UBND", "UBND huyện Mẫu", 240)
NUMBERS = st.integers(0, 10**9)
OPENINGS = st.builds(
    Opening,
    dated=st.sampled_from(["", "2021", "2021-11-02", "2022-01-12"]),
    document=st.sampled_from(["1/BC", "2/BC", "3/BC"]),
    issuer=st.just("UBND xã Mẫu"),
    value=NUMBERS,
    closed=st.booleans(),
)


def closed(opening: Opening) -> Opening:
    return Opening(opening.dated, opening.document, opening.issuer, opening.value, closed=True)


def test_the_first_record_does_not_turn_240_into_1() -> None:
    found = count([REPORT], recorded=1, records=1)
    assert (found.value, found.source) == (240, Source.REPORT)
    (warning,) = found.warnings
    assert "số liệu theo báo cáo số 120/BC-UBND ngày 02/11/2021: 240" in warning
    assert "1 hồ sơ" in warning


def test_closing_switches_to_the_records() -> None:
    found = count([closed(REPORT)], recorded=1, records=1)
    assert (found.value, found.source, found.warnings) == (1, Source.RECORDS, ())
    assert found.openings == (closed(REPORT),), "the report is still shown"


def test_without_records_the_report_counts_and_says_nothing_more() -> None:
    found = count([REPORT], recorded=0, records=0)
    assert (found.value, found.warnings) == (240, ())


def test_two_sources_that_differ_stand_side_by_side_and_the_later_counts() -> None:
    other = Opening("2022-01-12", "05/BC-CATK", "Công an huyện Mẫu", 238)
    found = count([REPORT, other], 0, 0)
    assert found.value == 238
    assert found.openings == (other, REPORT)
    assert "240" in found.warnings[0]
    assert "238" in found.warnings[0]


def test_two_sources_that_agree_warn_of_nothing() -> None:
    other = Opening("2022-01-12", "05/BC-CATK", "Công an huyện Mẫu", 240)
    assert count([REPORT, other], 0, 0).warnings == ()


def test_with_neither_the_cell_says_so_and_shows_no_number() -> None:
    nothing = count([], 0, 0)
    assert (nothing.value, nothing.source) == (None, Source.NOTHING)
    found = change(53, nothing)
    assert (found.before, found.difference, found.tenths) == (None, None, None)
    assert found.note == NOTHING_TO_COMPARE == "chưa có số liệu cùng kỳ"


def test_records_alone_count_without_a_word() -> None:
    assert count([], 7, 3) == count([], 7, 3)
    assert (count([], 7, 3).value, count([], 7, 3).warnings) == (7, ())
    assert count([], 0, 3).value == 0, "records that give nothing are still an answer"


@pytest.mark.parametrize(
    ("now", "before", "difference", "tenths"),
    [
        (240, 200, 40, 200),
        (160, 240, -80, -333),
        (1, 3, -2, -667),
        (3, 2, 1, 500),
        (5, 0, 5, None),
        (0, 0, 0, None),
    ],
)
def test_a_comparison_is_a_difference_and_a_percentage(
    now: int, before: int, difference: int, tenths: int | None
) -> None:
    found = change(now, count([], before, 1))
    assert (found.difference, found.tenths, found.note) == (difference, tenths, "")


def test_last_year_is_compared_by_its_report() -> None:
    assert change(300, count([REPORT], 0, 0)).difference == 60


@given(st.lists(OPENINGS, min_size=1, max_size=5), NUMBERS, st.integers(0, 1000))
def test_the_order_of_sources_does_not_matter(
    held: list[Opening], recorded: int, records: int
) -> None:
    turned = [*held[1:], held[0]]
    assert count(held, recorded, records) == count(turned, recorded, records)
    assert count(held, recorded, records) == count(held * 2, recorded, records)


@given(st.lists(OPENINGS, min_size=1, max_size=5), NUMBERS, st.integers(0, 1000))
def test_the_number_that_counts_is_always_one_that_somebody_gave(
    held: list[Opening], recorded: int, records: int
) -> None:
    found = count(held, recorded, records)
    if any(opening.closed for opening in held):
        assert (found.value, found.source) == (recorded, Source.RECORDS)
    else:
        assert found.source is Source.REPORT
        assert found.value in {opening.value for opening in held}
        assert bool(found.warnings) == (bool(records) or len({o.value for o in held}) > 1)
    assert set(found.openings) == set(held)


@given(st.lists(OPENINGS, min_size=1, max_size=4), NUMBERS, st.integers(1, 9))
def test_more_records_never_change_what_an_open_report_says(
    held: list[Opening], recorded: int, records: int
) -> None:
    still_open = [Opening(o.dated, o.document, o.issuer, o.value) for o in held]
    before = count(still_open, 0, 0)
    assert count(still_open, recorded, records).value == before.value


def test_records_of_a_store_are_put_together_by_what_they_are_about() -> None:
    about = {"measure": "articles", "unit": "u", "period": "2021"}
    found = openings_by_key(
        [
            {**about, "value": 240, "document": "120/BC-UBND", "dated": "2021-11-02"},
            {**about, "value": 0, "document": "1/BC", "closed": True},
            {**about, "period": "2020", "value": 5, "document": "1/BC"},
            {**about, "document": "2/BC"},
        ]
    )
    assert set(found) == {Key("articles", "u", "2021"), Key("articles", "u", "2020")}
    assert len(found[Key("articles", "u", "2021")]) == 2
    assert any(opening.closed for opening in found[Key("articles", "u", "2021")])
