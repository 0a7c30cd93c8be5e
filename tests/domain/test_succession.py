"""What units became: days decide, never the order of entry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.succession import Change, Succession

UNITS = ("a@2010-01-01", "b@2010-01-01", "c@2010-01-01", "d@2025-07-01", "e@2026-01-01")


def change(on: str, old: str, new: str, *, part: bool = False) -> Change:
    return Change(on, old, new, part)


def test_a_unit_that_was_merged_twice_is_what_it_became_last() -> None:
    found = Succession([change("2025-07-01", "a", "b"), change("2026-01-01", "b", "c")])
    assert found.heir("a") == found.heir("b") == "c"
    assert found.forebears("c") == {"a", "b"}


def test_a_unit_that_was_split_stays_itself() -> None:
    found = Succession(
        [change("2025-07-01", "a", "b", part=True), change("2025-07-01", "a", "c", part=True)]
    )
    assert found.heir("a") == "a"
    assert found.is_split("a")
    assert found.forebears("b") == frozenset()


def test_a_unit_that_was_merged_and_founded_again_is_itself() -> None:
    found = Succession([change("2020-01-01", "a", "b"), change("2025-07-01", "b", "a")])
    assert found.heir("a") == "a"
    assert found.heir("b") == "a"
    assert not found.is_split("a")


def test_what_leads_to_itself_leads_nowhere() -> None:
    assert Succession([change("2025-07-01", "a", "a")]).heir("a") == "a"
    ring = Succession([change("2025-07-01", "a", "b"), change("2025-07-01", "b", "a")])
    assert {ring.heir("a"), ring.heir("b")} <= {"a", "b"}


CHANGES = st.lists(
    st.builds(
        Change,
        st.sampled_from(("2020-01-01", "2025-07-01", "2026-01-01")),
        st.sampled_from(UNITS),
        st.sampled_from(UNITS),
        st.booleans(),
    ),
    max_size=8,
)


@given(CHANGES, st.randoms(use_true_random=False))
def test_the_order_of_decisions_does_not_matter(changes: list[Change], random: object) -> None:
    shuffled = list(changes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    one, other = Succession(changes), Succession([*shuffled, *changes])
    for unit in UNITS:
        assert one.heir(unit) == other.heir(unit)
        assert one.forebears(unit) == other.forebears(unit)
        assert all(one.heir(before) == unit for before in one.forebears(unit))
