"""Stamps as JSON: what is malformed is refused, by one error, and nothing else slips through."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.merging import EMPTY_PART, Part, Save, Stamp, join_all, part_of_save
from antq_desktop.domain.packing import NotAPartError, pack, unpack
from tests.property.strategies import parts

FIRST = Save(Stamp(1, "AAAAAAAA"), "Nguyễn Văn Mẫu", "2026-11-21T08:05:30", ())
SECOND = Save(Stamp(2, "BBBBBBBB"), "Trần Thị Ví Dụ", "2026-11-21T08:06:00", (("AAAAAAAA", 1),))
APART = Save(Stamp(2, "CCCCCCCC"), "Lê Văn Thử", "2026-11-21T08:07:00", (("AAAAAAAA", 1),))
PART = join_all(
    (
        part_of_save(FIRST, {"name": "Đường Mẫu", "state": "new", "note": "cũ", "code": "1"}),
        part_of_save(SECOND, {"note": "mới", "households": 12}),
        part_of_save(APART, {"note": "khác", "code": None}),
    )
)
PACKED: dict[str, Any] = json.loads(canonical(pack(PART)))
VALUES = PART.values()

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 10**6)
    | st.floats(allow_nan=False)
    | st.sampled_from(("", "name", "note", "AAAAAAAA", "saves", "x" * 50)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(("name", "note", "AAAAAAAA", "code")), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_a_packed_part_is_as_short_as_its_docstring_says() -> None:
    assert PACKED["most"] == 0
    assert sorted(PACKED) == ["fields", "most", "saves"]
    assert PACKED["fields"] == {
        "code": [[2, None]],
        "households": 1,
        "note": [[1, "mới"], [2, "khác"]],
    }
    assert unpack(PACKED, VALUES) == PART


def test_nothing_is_packed_as_nothing() -> None:
    assert pack(EMPTY_PART) == {}
    assert unpack({}, {}) == EMPTY_PART


def _drop(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda packed: packed.pop(key)


def _put(*steps: str | int, value: object) -> Callable[[dict[str, Any]], object]:
    def change(packed: dict[str, Any]) -> None:
        held: Any = packed
        for step in steps[:-1]:
            held = held[step]
        held[steps[-1]] = value

    return change


@pytest.mark.parametrize(
    "damage",
    [
        _drop("saves"),
        _drop("most"),
        _put("saves", value={}),
        _put("saves", value="abcde"),
        _put("saves", 0, value="abcde"),
        _put("saves", 0, 0, value=True),
        _put("saves", 0, 0, value=0),
        _put("saves", 0, 0, value="1"),
        _put("saves", 0, 1, value=7),
        _put("saves", 0, 2, value=None),
        _put("saves", 0, 4, value=[]),
        _put("saves", 0, 4, value={"BBBBBBBB": 0}),
        _put("saves", 0, 4, value={"BBBBBBBB": 1}),  # it claims to have seen its own future
        _put("saves", 1, 4, value={"AAAAAAAA": True}),
        _put("saves", 1, 4, value={"AAAAAAAA": 1.0}),
        _put("most", value=-1),
        _put("most", value=9),
        _put("most", value=True),
        _put("most", value="0"),
        _put("fields", value=[]),
        _put("fields", "households", value=9),
        _put("fields", "households", value=None),
        _put("fields", "households", value=[]),
        _put("fields", "households", value={}),
        _put("fields", "unheard", value=1),  # a save of nothing
        _put("fields", "note", value=[[1, "mới"], [1, "mới"]]),
        _put("fields", "note", value=[[1, 1.5], [2, "khác"]]),
        _put("fields", "note", value=[[1, ["mới"]], [2, "khác"]]),
        _put("fields", "note", value=[[0, "cũ"], [1, "mới"]]),  # the first is covered
        _put("fields", "note", value=[["1", "mới"]]),
        _put("fields", "note", value=[[1, "mới", 2]]),
        _put("fields", "note", value=["ab"]),
        _put("beyond", value=[]),
        _put("beyond", value={"name": []}),
        _put("beyond", value={"name": {"AAAAAAAA": "x"}}),
        _put("beyond", value={"name": {"AAAAAAAA": 1}}),  # it would cover the last value
        _put("beyond", value={"households": {"AAAAAAAA": 1}}),  # the save says so already
        _put("beyond", value={"unheard": {"AAAAAAAA": 1}}),
    ],
)
def test_malformed_stamps_are_refused(damage: Callable[[dict[str, Any]], object]) -> None:
    packed = copy.deepcopy(PACKED)
    damage(packed)
    with pytest.raises(NotAPartError):
        unpack(packed, VALUES)


def test_a_value_without_a_save_is_refused() -> None:
    with pytest.raises(NotAPartError):
        unpack({}, {"name": "Đường Mẫu"})


@given(JUNK, st.dictionaries(st.sampled_from(("name", "note", "code")), st.just("x")))
def test_junk_is_refused_by_the_one_error_or_taken(junk: Any, values: dict[str, str]) -> None:
    packed = junk if isinstance(junk, dict) else {"saves": junk}
    _refused_or_taken(packed, values)


@settings(max_examples=120)
@given(parts(), st.data())
def test_a_real_part_with_one_piece_exchanged_is_refused_or_taken(
    part: Part, data: st.DataObject
) -> None:
    packed = json.loads(canonical(pack(part)))
    held: Any = packed
    while isinstance(held, dict | list) and held:
        step = data.draw(
            st.sampled_from(sorted(held) if isinstance(held, dict) else range(len(held)))
        )
        if data.draw(st.booleans()) or not isinstance(held[step], dict | list) or not held[step]:
            held[step] = data.draw(JUNK)
            break
        held = held[step]
    _refused_or_taken(packed, part.values())


def _refused_or_taken(packed: dict[str, Any], values: dict[str, Any]) -> None:
    """What is taken must be a part like any other: it joins, packs and comes back."""
    try:
        part = unpack(packed, values)
    except NotAPartError:
        return
    whole = join_all((part, part, EMPTY_PART))
    assert whole == part
    assert unpack(json.loads(canonical(pack(part))), part.values()) == part
