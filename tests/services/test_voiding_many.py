"""Several records taken out of force at once are one action, one entry and one undo."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.services.office import Office


def _incident(office: Office, title: str) -> str:
    values = {"title": title, "occurred_on": "2026-05-01", "kind": "fire", "state": "new"}
    return office.records.add("incident", values).ids[0]


def test_many_records_are_voided_by_one_action_and_come_back_by_one_undo(office: Office) -> None:
    ids = [_incident(office, f"Cháy đống rơm số {number}") for number in range(3)]
    saved = office.records.void_all("incident", ids, "Nhập nhầm")
    assert saved.sentence == "Đã hủy 3 vụ việc."
    assert all(office.lists.show("incident", one).void_reason == "Nhập nhầm" for one in ids)
    office.records.undo(saved.seq)
    assert all(office.lists.show("incident", one).void_reason is None for one in ids)
    assert office.verify_history().broken_at is None


def test_when_one_of_many_cannot_be_voided_none_is(office: Office) -> None:
    ids = [_incident(office, f"Cháy đống rơm số {number}") for number in range(2)]
    office.records.void("incident", ids[1], "Trùng")
    with pytest.raises(UserError) as refused:
        office.records.void_all("incident", ids, "Nhập nhầm")
    assert refused.value.code == "is_voided"
    assert office.lists.show("incident", ids[0]).void_reason is None
