"""The store refuses what no role of the officer allows, whichever face asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.rights import NEEDED, PROGRAM, Role, may
from antq_desktop.services.office import Office
from antq_desktop.storage import officers
from tests.stores import INCIDENT, OFFICER, store_of


def let_be(office: Office, *roles: Role, areas: frozenset[str] = frozenset()) -> None:
    """Give the officer at work these roles and no other."""
    with store_of(office).writing(PROGRAM, Action.PEOPLE) as work:
        held = officers.named(work.connection, OFFICER)
        assert held is not None
        officers.change(work.connection, replace(held, roles=frozenset(roles), areas=areas))


@pytest.mark.parametrize("role", list(Role))
def test_every_action_by_every_role_is_done_or_refused_as_the_table_says(
    office: Office, role: Role
) -> None:
    let_be(office, role)
    store = store_of(office)
    for action, needed in NEEDED.items():
        before = office.verify_history().entries
        if needed is None or may({role}, needed):
            with store.writing(OFFICER, action) as work:
                work.note("", "", "Thử quyền")
            assert office.verify_history().entries == before + 1
            continue
        with pytest.raises(UserError) as refused, store.writing(OFFICER, action) as work:
            work.note("", "", "Thử quyền")
        assert (refused.value.code, office.verify_history().entries) == ("not_allowed", before)


def test_one_who_only_reads_saves_nothing_through_the_services(office: Office) -> None:
    held = office.records.add("incident", INCIDENT).ids[0]
    let_be(office, Role.READER)
    before = list(office.dump())
    attempts: tuple[Callable[[], object], ...] = (
        lambda: office.records.add("incident", INCIDENT),
        lambda: office.records.void("incident", held, "Thử"),
        lambda: office.records.undo(office.verify_history().entries - 1),
    )
    for attempt in attempts:
        with pytest.raises(UserError) as refused:
            attempt()
        assert refused.value.code == "not_allowed"
    assert list(office.dump()) == before


def test_an_officer_of_one_area_writes_only_there(office: Office) -> None:
    let_be(office, Role.OFFICER, areas=frozenset({"schemes"}))
    with pytest.raises(UserError) as refused:
        office.records.add("incident", INCIDENT)
    assert refused.value.code == "area_not_allowed"
    scheme: dict[str, Value] = {
        "name": "Camera an ninh Thôn Mẫu 1",
        "scheme_type": "camera_an_ninh",
        "state": "active",
    }
    assert office.records.add("scheme", scheme).ids


def test_one_who_was_taken_off_the_list_writes_nothing_any_more(office: Office) -> None:
    with store_of(office).writing(PROGRAM, Action.PEOPLE) as work:
        held = officers.named(work.connection, OFFICER)
        assert held is not None
        officers.change(work.connection, replace(held, active=False))
    with pytest.raises(UserError) as refused:
        office.records.add("incident", INCIDENT)
    assert refused.value.code == "not_allowed"
