"""Figures from records: every one traceable, voided ones and their children out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.figures import MEASURES
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.record import Record
from antq_desktop.services.office import Office
from tests.stores import COMMUNE_ID, INCIDENT, OFFICER, store_of

YEAR = calendar_period("2026")
SCHEME: dict[str, Value] = {
    "name": "Camera an ninh Thôn Mẫu 1",
    "scheme_type": "camera_an_ninh",
    "state": "active",
    "founded_on": "2020-05-01",
}
ELSEWHERE = "99901@1997-01-01"


def scheme(office: Office, **more: Value) -> str:
    return office.records.add("scheme", {**SCHEME, **more}).ids[0]


def member(office: Office, of: str) -> str:
    values: dict[str, Value] = {"scheme": of, "name": "Trần Thị Ví Dụ", "office": "member"}
    return office.records.add("member", values).ids[0]


def figure(office: Office, code: str, name: str = "2026") -> int:
    return office.reports.annual(calendar_period(name)).figure(code).value


def from_another_unit(office: Office, kind: str, record_id: str, values: dict[str, Value]) -> None:
    with store_of(office).writing(OFFICER, Action.MERGE) as work:
        work.save(Record(kind, record_id, ELSEWHERE), values, created=True)


class Watched(Mapping[str, Value]):
    """Values that remember what was asked of them."""

    def __init__(self, values: dict[str, Value]) -> None:
        self._values = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Value:
        self.asked.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def test_what_a_figure_looks_at_is_what_it_says_it_reads(office: Office) -> None:
    for measure in MEASURES:
        spec = office.lists.specs[measure.kind]
        for name in measure.reads:
            assert not spec.field(name).private
        for values in ({}, dict(SCHEME), {"unit_kind": "school"}, {"unit_kind": "neighbourhood"}):
            for give in (measure.give, measure.undated):
                watched = Watched(dict(values))
                if give is not None:
                    give(watched, YEAR)
                assert watched.asked <= set(measure.reads), measure.code


def test_codes_of_figures_are_not_used_twice() -> None:
    assert len({measure.code for measure in MEASURES}) == len(MEASURES)


def test_kept_and_new_schemes_are_counted_apart(office: Office) -> None:
    scheme(office, founded_on="2020-05-01")
    scheme(office, founded_on="2026")
    scheme(office, founded_on="2026-12-31")
    scheme(office, founded_on="2027-01-01")
    assert figure(office, "schemes_kept") == 1
    assert figure(office, "schemes_new") == 2
    assert figure(office, "schemes_kept", "2027") == 3


def test_a_scheme_without_its_decision_counts_from_its_launch(office: Office) -> None:
    scheme(office, founded_on=None, launched_on="2026-03-01")
    assert figure(office, "schemes_new") == 1
    assert figure(office, "schemes_kept") == 0


def test_a_working_scheme_without_any_date_counts_as_kept_and_is_said_beside_it(
    office: Office,
) -> None:
    scheme(office, founded_on=None)
    kept = office.reports.annual(YEAR).figure("schemes_kept")
    assert (kept.value, kept.undated) == (1, 1)
    assert kept.remark == "Trong đó 1 mô hình chưa ghi ngày thành lập."


def test_proposed_suspended_and_dissolved_schemes_are_not_kept(office: Office) -> None:
    scheme(office, state="proposed")
    scheme(office, state="suspended")
    scheme(office, state="dissolved", dissolved_on="2026-06-08")
    assert figure(office, "schemes_kept") == 0
    assert figure(office, "schemes_ended") == 1
    assert figure(office, "schemes_kept", "2025") == 1


def test_a_voided_record_counts_nowhere_and_comes_back_with_undo(office: Office) -> None:
    incident = office.records.add("incident", {**INCIDENT, "damage": 12_500_000}).ids[0]
    assert figure(office, "damage") == 12_500_000
    voided = office.records.void("incident", incident, "Ghi trùng")
    assert figure(office, "incidents") == 0
    assert figure(office, "damage") == 0
    office.records.undo(voided.seq)
    assert figure(office, "incidents") == 1


def test_the_members_of_a_voided_scheme_are_not_counted(office: Office) -> None:
    kept, gone = scheme(office), scheme(office)
    member(office, kept)
    for _ in range(3):
        member(office, gone)
    office.records.void("scheme", gone, "Chỉ có tên, không hoạt động")
    assert figure(office, "members") == 1
    assert len(office.reports.records_of("members", YEAR)) == 1


def test_every_figure_is_the_sum_over_units_and_is_traced_to_its_records(office: Office) -> None:
    first = scheme(office)
    member(office, first)
    office.records.add("incident", {**INCIDENT, "deaths": 2, "injuries": 1})
    office.records.add("incident", {**INCIDENT, "deaths": 1})
    report = office.reports.annual(YEAR)
    for found in report.figures:
        assert sum(found.by_unit.values()) == found.value
        records = office.reports.records_of(found.measure.code, YEAR)
        assert bool(records) == bool(found.value)
        assert records == office.reports.records_of(found.measure.code, YEAR, COMMUNE_ID)
    assert report.figure("deaths").value == 3
    assert len(office.reports.records_of("deaths", YEAR)) == 2
    assert office.reports.records_of("deaths", YEAR, ELSEWHERE) == []


def test_records_of_other_units_count_once_under_their_own_name(office: Office) -> None:
    from_another_unit(
        office, "unit", ELSEWHERE, {"name": "Xã Mẫu Hai", "unit_kind": "commune", "code": "99901"}
    )
    from_another_unit(office, "incident", "a" * 32, dict(INCIDENT))
    office.records.add("incident", INCIDENT)
    report = office.reports.annual(YEAR)
    assert report.figure("incidents").by_unit == {COMMUNE_ID: 1, ELSEWHERE: 1}
    assert [(unit.name, unit.own) for unit in report.units] == [
        ("Xã Mẫu Hai", False),
        ("Xã Tứ Kỳ", True),
    ]
    assert report.silent == ()


def test_how_kept_and_new_are_told_apart_is_said_once(office: Office) -> None:
    notes = office.reports.annual(YEAR).notes
    assert len([note for note in notes if "tách rời" in note]) == 1


def test_a_figure_that_there_is_not_is_refused_by_name(office: Office) -> None:
    with pytest.raises(UserError) as told:
        office.reports.records_of("happiness", YEAR)
    assert told.value.code == "unknown_measure"


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("statistics:2026-Q1", "2025-12-15", "2026-03-14"),
        ("tt124_units:2026", "2025-11-16", "2026-11-15"),
        ("2026-06-08..2026-07-28", "2026-06-08", "2026-07-28"),
    ],
)
def test_periods_are_named_by_calendar_preset_or_two_days(
    office: Office, name: str, since: str, until: str
) -> None:
    period = office.periods.named(name)
    assert (period.since, period.until, period.name) == (since, until, name)


def test_a_preset_that_there_is_not_is_refused_by_name(office: Office) -> None:
    with pytest.raises(UserError) as told:
        office.periods.named("moon:2026")
    assert told.value.code == "unknown_preset"


def test_terms_that_a_unit_has_to_switch_on_are_not_watched(office: Office) -> None:
    assert "tt28_class_a" in {term.code for term in office.periods.deadlines}
    assert "hd11_report" not in {term.code for term in office.periods.deadlines}
