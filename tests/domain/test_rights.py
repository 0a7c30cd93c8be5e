"""What each role may do, written out once more so that a change of the table is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import (
    NEEDED,
    OPERATION_NAMES,
    ROLE_NAMES,
    Operation,
    Role,
    may,
    require,
    require_area,
    roles_from,
    roles_text,
)

#                 officer leader admin reader
TABLE = """
read                 x      x      .     x
enter                x      x      .     .
read_private         x      x      .     .
find_person          x      x      .     .
answer_person        .      x      .     .
print                x      x      .     x
copy_out             x      x      .     .
take_in              x      x      .     .
hand_over            .      x      .     .
erase                .      x      .     .
keys                 .      .      x     .
people               .      .      x     .
settings             .      x      x     .
restore              .      .      x     .
read_history         .      x      x     .
own_password         x      x      x     x
"""
ROWS = [row.split() for row in TABLE.strip().splitlines()]
CELLS = [
    (Operation(row[0]), role, mark == "x")
    for row in ROWS
    for role, mark in zip(
        (Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR, Role.READER), row[1:], strict=True
    )
]


@pytest.mark.parametrize(("operation", "role", "allowed"), CELLS)
def test_each_role_may_do_what_the_table_says_and_nothing_else(
    operation: Operation, role: Role, allowed: bool
) -> None:
    assert may({role}, operation) == allowed
    if allowed:
        require({role}, operation)
        return
    with pytest.raises(UserError) as refused:
        require({role}, operation)
    assert refused.value.code == "not_allowed"
    assert OPERATION_NAMES[operation] in refused.value.message


def test_every_operation_stands_in_the_table_and_every_action_asks_for_one() -> None:
    assert {operation for operation, *_ in CELLS} == set(Operation)
    actions = {value for name, value in vars(Action).items() if name.isupper()}
    assert set(NEEDED) == actions
    assert {action for action, needed in NEEDED.items() if needed is None} == {
        Action.INIT,
        Action.SIGN_IN,
    }


@given(st.sets(st.sampled_from(Role)), st.sampled_from(Operation))
def test_several_roles_allow_what_any_of_them_allows(roles: set[Role], wanted: Operation) -> None:
    assert may(roles, wanted) == any(may({role}, wanted) for role in roles)
    assert roles_from(roles_text(roles)) == roles


def test_an_unknown_role_allows_nothing() -> None:
    assert roles_from("officer chief") == {Role.OFFICER}
    assert not any(may(roles_from("chief"), operation) for operation in Operation)


def test_areas_narrow_only_when_some_are_named() -> None:
    require_area(frozenset(), "forces", "tổ")
    require_area(frozenset({"forces"}), "forces", "tổ")
    with pytest.raises(UserError) as refused:
        require_area(frozenset({"forces"}), "incidents", "vụ việc")
    assert refused.value.code == "area_not_allowed"
    assert "vụ việc" in refused.value.message


def test_each_role_has_a_name_of_its_own() -> None:
    assert set(ROLE_NAMES) == set(Role)
    assert len(set(ROLE_NAMES.values())) == len(Role)
