"""The rules of each kind, each shown where it holds and where it does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product

import pytest

from antq_desktop.domain.checking import check
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import Value
from antq_desktop.domain.records import SPECS, spec_of
from antq_desktop.domain.records.common import comes_before
from antq_desktop.domain.records.incidents import MINORS, NAMING
from antq_desktop.storage.rows import missing_in

TODAY = date(2026, 11, 21)
Given = dict[str, Value]

INCIDENT: Given = {
    "title": "Mất trộm xe đạp",
    "kind": "social_order",
    "state": "new",
    "occurred_on": "2026-11-02",
    "received_at": "2026-11-02T19:30",
    "unit": "11074@2025-07-01",
}
SCHEME: Given = {
    "name": "Camera an ninh Thôn Mẫu 1",
    "scheme_type": "camera_an_ninh",
    "state": "active",
    "unit": "11074@2025-07-01",
    "domain": "crime",
    "head_name": "Trần Thị Ví Dụ",
}
UNIT: Given = {
    "name": "Thôn Mẫu 1",
    "unit_kind": "neighbourhood",
    "tt124": True,
    "management_level": "commune",
}
MEMBER: Given = {"name": "Trần Thị Ví Dụ", "office": "member", "scheme": "a" * 32}


@pytest.fixture(autouse=True)
def values_of_the_lists(codes: Codes) -> None:
    """Take any choice that the released lists hold where a rule does not care."""
    SCHEME["domain"] = codes["scheme_domain"].values[0].id
    UNIT["management_level"] = codes["management_level"].values[0].id


def told(
    kind: str, values: Mapping[str, Value], codes: Codes, today: date | None = TODAY
) -> set[str]:
    """Return what is told, `code@field`; a remark ends in `?`."""
    found = check(spec_of(kind), values, codes, today)
    assert all(fault.message.endswith(".") for fault in found)
    return {f"{f.code}@{f.field}{'?' if f.warning else ''}" for f in found}


@pytest.mark.parametrize(
    ("kind", "base"),
    [("incident", INCIDENT), ("scheme", SCHEME), ("unit", UNIT), ("member", MEMBER)],
)
def test_what_is_in_order_is_told_nothing(kind: str, base: Given, codes: Codes) -> None:
    assert told(kind, base, codes) == set()


CASES: list[tuple[str, Given, Given, set[str]]] = [
    # incidents: a class of Article 7 and its moment
    ("incident", INCIDENT, {"incident_class": "a"}, {"class_without_moment@class_since?"}),
    ("incident", INCIDENT, {"incident_class": "a", "class_since": "2026-11-02T20:00"}, set()),
    (
        "incident",
        INCIDENT,
        {"incident_class": "a", "class_since": "2026-11-02T19:29"},
        {"moments_out_of_order@class_since"},
    ),
    # incidents: what follows what
    ("incident", INCIDENT, {"occurred_on": "2026-11-03"}, {"moments_out_of_order@occurred_on"}),
    ("incident", INCIDENT, {"occurred_on": "2026-11"}, set()),
    ("incident", INCIDENT, {"occurred_on": "2026"}, set()),
    ("incident", INCIDENT, {"occurred_on": "2026-12"}, {
        "moments_out_of_order@occurred_on", "in_the_future@occurred_on?",
    }),
    (
        "incident",
        INCIDENT,
        {"transferred_at": "2026-11-02T19:00"},
        {"moments_out_of_order@transferred_at"},
    ),
    ("incident", INCIDENT, {"transferred_at": "2026-11-02T19:30"}, set()),
    ("incident", INCIDENT, {"cleared_on": "2026-11-01"}, {"moments_out_of_order@cleared_on"}),
    ("incident", INCIDENT, {"cleared_on": "2026-11-02", "closed_on": "2026-11"}, set()),
    ("incident", INCIDENT, {"closed_on": "2026-10"}, {"moments_out_of_order@closed_on"}),
    # incidents: nothing comes from the future, but a clock may be wrong
    (
        "incident",
        INCIDENT,
        {"occurred_on": "2026-11-22", "received_at": "2026-11-22T08:00"},
        {"in_the_future@occurred_on?", "in_the_future@received_at?"},
    ),
    (
        "incident",
        INCIDENT,
        {"occurred_on": "2026-11-21", "received_at": "2026-11-21T23:59"},
        set(),
    ),
    # incidents: the end has a date
    ("incident", INCIDENT, {"state": "closed"}, {"closed_without_date@closed_on"}),
    ("incident", INCIDENT, {"state": "resolved"}, {"closed_without_date@closed_on"}),
    ("incident", INCIDENT, {"state": "closed", "closed_on": "2026-11-05"}, set()),
    ("incident", INCIDENT, {"received_at": None}, {"wanted@received_at?"}),
    # schemes
    ("scheme", SCHEME, {"proposed_on": "2024-03", "founded_on": "2024-03-05"}, set()),
    (
        "scheme",
        SCHEME,
        {"proposed_on": "2024-04-01", "founded_on": "2024-03-05"},
        {"dates_out_of_order@founded_on"},
    ),
    (
        "scheme",
        SCHEME,
        {"founded_on": "2024-03-05", "launched_on": "2024-03-04"},
        {"dates_out_of_order@launched_on"},
    ),
    (
        "scheme",
        SCHEME,
        {"proposed_on": "2024-04-01", "launched_on": "2023"},
        {"dates_out_of_order@launched_on"},
    ),
    ("scheme", SCHEME, {"state": "dissolved"}, {"ended_without_date@dissolved_on"}),
    ("scheme", SCHEME, {"state": "dissolved", "dissolved_on": "2026"}, set()),
    # units
    ("unit", UNIT, {"tt124": False}, {"scope_without_reason@tt124_reason"}),
    ("unit", UNIT, {"tt124": None}, {"wanted@tt124?"}),
    ("unit", UNIT, {"unit_kind": "school"}, {"school_without_level@school_level?"}),
    ("unit", UNIT, {"unit_kind": "school", "school_level": "primary"}, set()),
    ("unit", UNIT, {"households": 0}, {"count_without_date@households_counted"}),
    ("unit", UNIT, {"households": 120, "households_counted": "2026"}, set()),
    (
        "unit",
        UNIT,
        {"valid_from": "2025-07-01", "valid_to": "2025-06-30"},
        {"ends_before_it_begins@valid_to"},
    ),
    ("unit", UNIT, {"valid_from": "2025-07-01", "valid_to": "2025"}, set()),
    (
        "unit",
        UNIT,
        {
            "delegations/a/document": "1/QĐ",
            "delegations/a/since": "2026-01-01",
            "delegations/a/until": "2025-12-31",
        },
        {"ends_before_it_begins@delegations/a/until"},
    ),
    (
        "unit",
        UNIT,
        {"delegations/a/document": "1/QĐ", "delegations/a/since": "2026-01-01"},
        set(),
    ),
    # members
    (
        "member",
        MEMBER,
        {"joined_on": "2024-05-01", "left_on": "2024-04-30"},
        {"dates_out_of_order@left_on"},
    ),
    ("member", MEMBER, {"joined_on": "2024-05-01", "left_on": "2024"}, set()),
    ("member", MEMBER, {"birth_year": 1899}, {"number_out_of_range@birth_year"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "base", "changes", "expected"), CASES)
def test_each_rule_holds_where_it_should_and_nowhere_else(
    kind: str, base: Given, changes: Given, expected: set[str], codes: Codes
) -> None:
    if changes.get("incident_class"):
        changes = {**changes, "incident_class": codes["incident_class"].values[0].id}
    values = {path: value for path, value in {**base, **changes}.items() if value is not None}
    assert told(kind, values, codes) == expected


def test_where_no_day_is_known_nothing_is_said_of_the_future(codes: Codes) -> None:
    later: Given = {**INCIDENT, "occurred_on": "2090-01-01", "received_at": "2090-01-01T08:00"}
    assert told("incident", later, codes, None) == set()


def _line(**values: Value) -> Given:
    named: Given = {"name": "Lý Mẫu", "address": "Thôn Mẫu 1", "citizen_id": "000000000001"}
    return {f"involved/a1/{name}": value for name, value in {**named, **values}.items()}


REFUSED = {f"must_not_be_named@involved/a1/{name}" for name in NAMING}


def test_who_may_be_named_and_who_may_not(codes: Codes) -> None:
    """Every age group, every role, at home or not, sexual or not."""
    ages = (None, *(value.id for value in codes["age_group"].values))
    roles = tuple(value.id for value in codes["involved_role"].values)
    kinds = ("social_order", "domestic_violence")
    for age, role, kind, sexual in product(ages, roles, kinds, (None, False, True)):
        line = _line(role=role, **({"age_group": age} if age else {}))
        values = {**INCIDENT, "kind": kind, **line}
        if sexual is not None:
            values["sexual_violence"] = sexual
        hurt = role == "victim" and (kind == "domestic_violence" or sexual is True)
        expected = REFUSED if age in MINORS or hurt else set()
        assert told("incident", values, codes) == expected, (age, role, kind, sexual)


@pytest.mark.parametrize("name", NAMING)
def test_each_thing_that_names_a_child_is_refused_by_itself(name: str, codes: Codes) -> None:
    line: Given = {
        "involved/a1/role": "related",
        "involved/a1/age_group": "from_16_to_17",
        f"involved/a1/{name}": _line()[f"involved/a1/{name}"],
    }
    assert told("incident", {**INCIDENT, **line}, codes) == {
        f"must_not_be_named@involved/a1/{name}"
    }


def test_a_child_without_a_name_is_counted(codes: Codes) -> None:
    line: Given = {"involved/a1/role": "victim", "involved/a1/age_group": "under_14"}
    assert told("incident", {**INCIDENT, **line}, codes) == set()


def test_a_name_of_a_child_is_refused_even_while_other_fields_are_wrong(codes: Codes) -> None:
    line: Given = {"involved/a1/age_group": "under_14", "involved/a1/name": "Lý Mẫu"}
    found = told("incident", {**INCIDENT, "occurred_on": "2026-02-30", **line}, codes)
    assert "must_not_be_named@involved/a1/name" in found
    assert "date_not_in_calendar@occurred_on" in found


@pytest.mark.parametrize(
    ("earlier", "later", "before"),
    [
        ("2026-03-14", "2026-03-15", True),
        ("2026-03-15", "2026-03-15", False),
        ("2026", "2026-03-15", False),
        ("2026-03-15", "2026", False),
        ("2025", "2026-03-15", True),
        ("2026-02", "2026-03-01T08:00", True),
        ("2026-03-15", "2026-03-15T08:00", False),
    ],
)
def test_a_date_comes_before_another_as_far_as_both_are_known(
    earlier: str, later: str, before: bool
) -> None:
    assert comes_before(earlier, later) == before


def test_every_kind_is_required_to_have_what_names_it(codes: Codes) -> None:
    for kind, spec in SPECS.items():
        missing = {f"required@{field.name}" for field in spec.fields if field.required}
        assert missing
        assert missing <= told(kind, {}, codes)


@pytest.mark.parametrize(
    ("received", "remarked"),
    [("2026-11-21T08:05", False), ("2026-11-21T08:06", True), ("2026-11-20T23:59", False)],
)
def test_a_reception_later_than_now_is_remarked_and_stops_nothing(
    codes: Codes, received: str, remarked: bool
) -> None:
    values = {**INCIDENT, "received_at": received}
    found = check(spec_of("incident"), values, codes, TODAY, now="2026-11-21T08:05")
    told = [fault.warning for fault in found if fault.code == "in_the_future"]
    assert told == ([True] if remarked else [])
    assert not check(spec_of("incident"), values, codes, TODAY), "the hour is not known here"


@pytest.mark.parametrize(
    ("kind", "wanted"), [("neighbourhood", False), ("agency", True), ("enterprise", True)]
)
def test_the_level_that_manages_a_unit_is_not_asked_of_a_neighbourhood(
    codes: Codes, kind: str, wanted: bool
) -> None:
    values = {**UNIT, "unit_kind": kind, "management_level": None}
    found = check(spec_of("unit"), values, codes, TODAY)
    assert ("management_level" in {one.field for one in found if one.code == "wanted"}) is wanted
    counted = missing_in(spec_of("unit"), values)
    assert counted == (1 if wanted else 0)
