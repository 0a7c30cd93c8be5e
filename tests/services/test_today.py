"""What the first page finds due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.services.today import IDLE_DAYS, has_a_dossier, idle_schemes
from tests.fakes import SetClock
from tests.stores import COMMUNE_ID, INCIDENT

SCHEME: dict[str, Value] = {
    "name": "Tiếng kẻng an ninh Mẫu 01",
    "scheme_type": "tieng_keng_an_ninh",
    "state": "active",
    "unit": COMMUNE_ID,
    "founded_on": "2020-03-01",
}


def add_incident(office: Office, received: str, **more: Value) -> str:
    values: dict[str, Value] = {
        **INCIDENT,
        "occurred_on": received[:10],
        "received_at": received,
        "incident_class": "class_a",
        "class_since": received,
        **more,
    }
    return office.records.add("incident", values).ids[0]


def test_an_empty_store_has_nothing_due_and_is_said_to_be_empty(office: Office) -> None:
    today = office.board.look()
    assert today.empty
    assert today.waiting == 0
    assert today.day == "2026-11-21"
    assert today.sends
    assert not today.sent_this_month


def test_a_term_moves_from_far_to_near_to_over_as_time_passes(
    office: Office, clock: SetClock
) -> None:
    found = add_incident(office, "2026-11-21T08:00", incident_class="class_b")
    assert office.board.look().near == ()
    clock.advance(days=6, hours=1)
    near = office.board.look()
    assert [one.id for one in near.near] == [found]
    assert near.near[0].told == "còn 22 giờ"
    clock.advance(days=1)
    over = office.board.look()
    assert [one.id for one in over.overdue] == [found]
    assert over.overdue[0].told == "quá hạn 1 giờ"
    assert over.waiting == 1


def test_what_was_passed_on_or_closed_is_not_due(office: Office) -> None:
    add_incident(office, "2026-11-02T08:00", transferred_at="2026-11-02T10:00")
    add_incident(office, "2026-11-02T08:00", state="closed", closed_on="2026-11-03")
    add_incident(office, "2026-11-02T08:00", incident_class=None, class_since=None)
    today = office.board.look()
    assert (today.overdue, today.near) == ((), ())
    assert today.open_incidents == 2


def test_a_remote_commune_has_the_longer_term(office: Office) -> None:
    add_incident(office, "2026-11-20T07:00")
    assert len(office.board.look().overdue) == 1
    office.records.change("unit", COMMUNE_ID, {"remote": True})
    today = office.board.look()
    assert (len(today.overdue), len(today.near)) == (0, 1)


def test_a_scheme_is_named_until_it_has_a_document_and_an_activity(office: Office) -> None:
    scheme = office.records.add("scheme", SCHEME).ids[0]
    today = office.board.look()
    assert [one.id for one in today.without_dossier] == [scheme]
    assert [(one.id, one.since) for one in today.idle] == [(scheme, "")]
    office.records.change("scheme", scheme, {"dossier/regulations/present": True})
    office.records.add(
        "activity",
        {
            "scheme": scheme,
            "held_on": "2026-10-02",
            "activity_kind": "meeting",
            "title": "Sinh hoạt quý",
        },
    )
    today = office.board.look()
    assert today.without_dossier == ()
    assert today.idle == ()
    assert today.schemes == 1


@pytest.mark.parametrize("state", ["dissolved", "suspended", "proposed"])
def test_a_scheme_that_does_not_work_is_not_called_idle(office: Office, state: str) -> None:
    ended = {"dissolved_on": "2025-01-01"} if state == "dissolved" else {}
    office.records.add("scheme", {**SCHEME, "state": state, **ended})
    today = office.board.look()
    assert (today.schemes, today.idle, today.without_dossier) == (0, (), ())


def test_incomplete_records_are_counted_by_kind(office: Office) -> None:
    office.records.add("scheme", {k: v for k, v in SCHEME.items() if k != "unit"})
    assert office.board.look().missing["scheme"] == 1


@given(st.integers(0, 2 * IDLE_DAYS))
def test_idle_begins_six_months_after_the_last_activity(days: int) -> None:
    today = date(2026, 11, 21)
    held = (today - timedelta(days=days)).isoformat()
    found = idle_schemes([("a", {"name": "Mẫu"})], {"a": held}, today)
    assert bool(found) == (days > IDLE_DAYS)


def test_a_note_alone_is_no_dossier() -> None:
    assert not has_a_dossier({"dossier/survey/note": "đang làm", "dossier/survey/present": False})
    assert has_a_dossier({"dossier/survey/document": "12/QĐ-UBND"})
