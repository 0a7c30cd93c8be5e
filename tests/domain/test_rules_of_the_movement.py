"""Each rule between fields of the movement, the forces and documents: once broken, once kept."""

from __future__ import annotations

from datetime import date

import pytest

from antq_desktop.domain.checking import check
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import Value
from antq_desktop.domain.records import SPECS

TODAY = date(2026, 11, 21)
OTHER = "0" * 31 + "1"
UNIT = "11074@2025-07-01"
Given = dict[str, Value]

# What is enough to save a record of each kind, and breaks no rule.
LEAST: dict[str, Given] = {
    "tip": {"received_on": "2026-11-02", "subject": "disorder"},
    "clearance": {"cleared_on": "2026-11-02", "title": "Mất trộm xe đạp", "cases": 1},
    "arrest": {"caught_on": "2026-11-02", "offence": "burglary", "persons": 1},
    "mediation": {"held_on": "2026-11-02", "dispute": "land"},
    "session": {"held_on": "2026-11-02", "title": "Phòng ngừa lừa đảo", "session_kind": "direct"},
    "publication": {"published_on": "2026-11-02", "title": "Bài viết mẫu", "channel": "portal"},
    "festival": {"held_on": "2026-08-19", "title": "Ngày hội năm 2026"},
    "campaign": {"title": "Cao điểm Tết", "began_on": "2026-12-15", "ended_on": "2027-02-20"},
    "campaign_result": {"campaign": OTHER, "title": "Pháo thu nộp", "quantity": 12},
    "commitment": {"unit": UNIT, "year": 2026, "signers": "households"},
    "programme": {"title": "Chương trình 09", "partner": "women", "signed_on": "2026-01-05"},
    "programme_activity": {"programme": OTHER, "held_on": "2026-03-08", "title": "Ký cam kết"},
    "joint_work": {"done_on": "2026-11", "result_kind": "background_check", "quantity": 20},
    "commendation": {
        "decided_on": "2026-08-19", "level": "commune", "award": "certificate", "individuals": 2,
    },
    "example": {"name": "Thôn Mẫu 1", "example_kind": "collective", "recognised_on": "2026-08-19"},
    "mass_team": {"name": "Đội xung kích Mẫu", "team_kind": "youth_assault"},
    "channel": {"name": "Zalo Công an xã Mẫu", "channel_kind": "zalo_page"},
    "surrender": {"received_on": "2026-11-02", "item": "firework", "grams": 1500},
    "camera_site": {"name": "Cổng chợ Mẫu", "lenses": 4, "owner": "neighbourhood"},
    "hotspot": {"name": "Khu chợ Mẫu", "identified_on": "2026-01-05", "state": "complex"},
    "public_event": {"began_on": "2026-02-20", "title": "Lễ hội Mẫu", "event_kind": "festival"},
    "inspection": {"inspected_on": "2026-06-10", "title": "Kiểm tra 6 tháng"},
    "rural_standard": {"unit": UNIT, "year": 2026, "level": "standard"},
    "funding": {"year": 2026, "source": "commune_budget", "title": "Hỗ trợ mô hình"},
    "managed_count": {"unit": UNIT, "year": 2026, "category": "released"},
    "protection_team": {"name": "Tổ Mẫu 1", "founded_on": "2024-07-01"},
    "team_member": {"protection_team": OTHER, "name": "Nguyễn Văn Mẫu", "office": "head"},
    "service_harm": {"team_member": OTHER, "happened_on": "2026-05-01", "harm": "injured"},
    "team_training": {"held_on": "2026-05-01", "title": "Huấn luyện Mẫu", "attended": 12},
    "team_rating": {"protection_team": OTHER, "year": 2026, "rating": "good"},
    "member_rating": {"team_member": OTHER, "year": 2026, "rating": "good"},
    "patrol": {"patrolled_on": "2026-11-02", "force": "protection_team"},
    "police_force": {"unit": UNIT, "year": 2026, "counted_on": "2026-06-15"},
    "guard_force": {"unit": UNIT, "year": 2026, "counted_on": "2026-06-15"},
    "committee": {"name": "Ban Chỉ đạo 138 xã Mẫu"},
    "committee_member": {"committee": OTHER, "name": "Trần Thị Ví Dụ", "role": "head"},
    "issuing_body": {"name": "UBND xã Mẫu", "numbering": "clerical"},
    "document": {"title": "Về phong trào", "direction": "incoming", "document_kind": "plan"},
    "meeting": {"held_on": "2026-11-02", "title": "Giao ban", "meeting_kind": "briefing"},
    "task": {"source": OTHER, "title": "Lập kế hoạch", "state": "new"},
    "proposal": {"sent_on": "2026-11-02", "title": "Bổ sung kinh phí", "state": "sent"},
    "opening_figure": {
        "measure": "tips", "unit": UNIT, "period": "2025", "value": 12, "document": "45/BC-UBND",
    },
}  # fmt: skip

# kind, what is added, the code that it brings: "" where the rule is kept.
CASES: tuple[tuple[str, Given, str], ...] = (
    ("tip", {"crime_signs": True}, "tip_not_in_book"),
    ("tip", {"crime_signs": True, "ledger_294": "12"}, ""),
    ("tip", {"identified": True, "anonymous_reason": "letter"}, "reason_without_cause"),
    ("tip", {"identified": False}, "anonymous_without_reason"),
    ("tip", {"identified": False, "anonymous_reason": "letter"}, ""),
    ("mediation", {"agreed_on": "2026-11-01"}, "dates_out_of_order"),
    ("mediation", {"agreed_on": "2026-11"}, ""),
    ("commitment", {"signed": 101, "whole": 100}, "part_above_whole"),
    ("commitment", {"signed": 100, "whole": 100, "signed_on": "2026-02"}, ""),
    ("commitment", {"signed_on": "2025-12-31"}, "date_of_another_year"),
    ("programme", {"began_on": "2026-02-01", "ended_on": "2026-01-20"}, "dates_out_of_order"),
    ("programme", {"began_on": "2026-02-01", "ended_on": "2030-12-31"}, ""),
    ("campaign", {"ended_on": "2026-12-01"}, "dates_out_of_order"),
    ("commendation", {"individuals": None}, "nothing_counted"),
    (
        "commendation",
        {"holders/a/holder_kind": "collective", "holders/a/name": "Thôn Mẫu"},
        "more_holders_than_counted",
    ),
    ("commendation", {"holders/a/holder_kind": "individual", "holders/a/name": "Lê Văn Mẫu"}, ""),
    ("surrender", {"grams": None}, "nothing_counted"),
    ("surrender", {"grams": None, "pieces": 2}, ""),
    ("camera_site", {"installed_on": "2026", "ended_on": "2025"}, "dates_out_of_order"),
    ("hotspot", {"state": "transformed"}, "state_without_date"),
    ("hotspot", {"state": "transformed", "transformed_on": "2026-10-01"}, ""),
    ("hotspot", {"state": "transformed", "transformed_on": "2025-10-01"}, "dates_out_of_order"),
    ("inspection", {"remedied_on": "2026-06-09"}, "dates_out_of_order"),
    ("rural_standard", {"met": True}, "met_without_decision"),
    ("rural_standard", {"met": True, "document": "12/QĐ-UBND"}, ""),
    ("funding", {"granted": 5, "asked": 4}, "more_than_granted"),
    ("funding", {"granted": 5, "spent": 6}, "more_than_granted"),
    ("funding", {"asked": 6, "granted": 5, "spent": 5}, ""),
    ("managed_count", {"persons": 2, "ended": 1, "helped": 4}, "part_above_whole"),
    ("managed_count", {"persons": 2, "begun": 3}, "part_above_whole"),
    ("managed_count", {"unit": "a" * 32}, "count_of_a_neighbourhood"),
    ("managed_count", {"persons": 2, "ended": 1, "helped": 3, "begun": 3}, ""),
    ("team_member", {"born_on": "1960-01-01", "birth_year": 1961}, "birth_years_differ"),
    ("team_member", {"born_on": "1960-01-01", "birth_year": 1960}, ""),
    ("team_member", {"birth_year": 2010, "joined_on": "2026-01-01"}, "too_young"),
    ("team_member", {"left_reason": "resigned"}, "state_without_date"),
    ("team_member", {"left_on": "2026-01-01"}, "left_without_reason"),
    ("team_member", {"left_on": "2026-01-01", "left_reason": "resigned"}, ""),
    (
        "team_member",
        {"joined_on": "2026-02", "left_on": "2026-01-01", "left_reason": "resigned"},
        "dates_out_of_order",
    ),
    ("team_rating", {"rating": None}, "wanted"),
    ("team_rating", {"rating": None, "unrated_reason": "under_nine_months"}, ""),
    ("team_rating", {"unrated_reason": "other"}, "reason_without_cause"),
    ("team_rating", {"tasks_given": 100, "tasks_done": 79}, "too_few_tasks"),
    ("team_rating", {"tasks_given": 100, "tasks_done": 80}, ""),
    (
        "member_rating",
        {"rating": "excellent", "tasks_given": 100, "tasks_done": 94},
        "too_few_tasks",
    ),
    ("member_rating", {"rating": "excellent", "tasks_given": 100, "tasks_done": 95}, ""),
    ("member_rating", {"tasks_given": 1, "tasks_done": 2}, "part_above_whole"),
    ("member_rating", {"training_called": 1, "training_attended": 2}, "part_above_whole"),
    (
        "member_rating",
        {"meetings_due": 12, "meetings_attended": 11, "meetings_excused": 2},
        "part_above_whole",
    ),
    ("member_rating", {"meetings_due": 12, "meetings_attended": 11, "meetings_excused": 1}, ""),
    ("member_rating", {"rating": "done", "forbidden_act": True}, "act_without_document"),
    ("member_rating", {"forbidden_act": True, "act_document": "12/KL"}, "rated_against_act"),
    ("member_rating", {"rating": "not_done", "forbidden_act": True, "act_document": "12/KL"}, ""),
    ("police_force", {"semi_professional": 5}, "force_has_ended"),
    ("police_force", {"semi_professional": 0}, ""),
    (
        "police_force",
        {"semi_professional": 5, "year": 2024, "counted_on": "2024-06-30"},
        "",
    ),
    ("guard_force", {"guards": 3, "trained": 4}, "part_above_whole"),
    ("guard_force", {"guards": 3, "trained": 3}, ""),
    ("document", {"state": "issued"}, "issued_without_number"),
    ("document", {"state": "issued", "number": "03/CT-UBND", "dated": "2026-01-19"}, ""),
    ("document", {"state": "waiting_number"}, ""),
    ("document", {"direction": "outgoing", "arrived_on": "2026-01-19"}, "arrival_of_outgoing"),
    ("document", {"dated": "2026-01-19", "arrived_on": "2026-01-18"}, "dates_out_of_order"),
    ("task", {"state": "done"}, "state_without_date"),
    ("task", {"state": "done", "done_on": "2026-11-02"}, ""),
    ("task", {"answer_document": "12/BC"}, "answer_without_date"),
    ("proposal", {"state": "accepted"}, "state_without_date"),
    ("proposal", {"answered_on": "2026-11-12"}, "answer_without_state"),
    ("proposal", {"state": "accepted", "answered_on": "2026-11-12"}, ""),
    ("proposal", {"state": "accepted", "answered_on": "2026-11-01"}, "dates_out_of_order"),
    ("opening_figure", {"period": "năm ngoái"}, "period_not_understood"),
    ("opening_figure", {"period": "2025-13"}, "period_not_understood"),
    ("opening_figure", {"period": "2021-01-01..2025-12-31"}, ""),
    ("opening_figure", {"period": "statistics:2025-06"}, ""),
    ("opening_figure", {"measure": "Tin"}, "not_in_codes"),
    ("opening_figure", {"closed": True}, "closed_without_date"),
    ("opening_figure", {"closed": True, "closed_on": "2026-11-02"}, ""),
)


def codes_of(kind: str, more: Given, codes: Codes) -> set[str]:
    values = {**LEAST[kind], **more}
    held = {path: value for path, value in values.items() if value is not None}
    faults = check(SPECS[kind], held, codes, TODAY)
    wanted = {field.name for field in SPECS[kind].fields if field.wanted}
    return {f.code for f in faults if f.code != "wanted" or f.field not in wanted}


@pytest.mark.parametrize("kind", [kind for kind, spec in SPECS.items() if spec.since == 3])
def test_a_record_saves_with_what_is_least(kind: str, codes: Codes) -> None:
    assert len(LEAST[kind]) <= 5
    assert codes_of(kind, {}, codes) == set()


@pytest.mark.parametrize(("kind", "more", "code"), CASES)
def test_a_rule_speaks_when_it_is_broken_and_is_silent_when_kept(
    kind: str, more: Given, code: str, codes: Codes
) -> None:
    assert codes_of(kind, more, codes) == ({code} if code else set())


def test_every_kind_with_rules_has_cases_that_break_and_that_keep_them() -> None:
    ruled = {kind for kind, spec in SPECS.items() if spec.since == 3 and spec.rules}
    broken = {kind for kind, _, code in CASES if code}
    dates_only = {"committee", "committee_member", "example", "mass_team", "channel"}
    dates_only |= {"public_event", "protection_team"}
    assert ruled - broken == dates_only


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("committee", "founded_on", "ended_on"),
        ("committee_member", "joined_on", "left_on"),
        ("example", "recognised_on", "ended_on"),
        ("mass_team", "founded_on", "ended_on"),
        ("channel", "opened_on", "closed_on"),
        ("public_event", "began_on", "ended_on"),
        ("protection_team", "founded_on", "ended_on"),
    ],
)
def test_what_ends_does_so_after_it_began(kind: str, first: str, last: str, codes: Codes) -> None:
    assert codes_of(kind, {first: "2026-03-02", last: "2026-03-01"}, codes) == {
        "dates_out_of_order"
    }
    assert codes_of(kind, {first: "2026-03-02", last: "2026-03"}, codes) == set()
