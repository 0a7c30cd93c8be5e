"""Why figures of a store changed."""

from __future__ import annotations

from antq_desktop.domain.changes import Action
from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from tests.stores import COMMUNE_ID, INCIDENT, store_of


def scheme(office: Office, name: str, **more: Value) -> str:
    kind = office.codes["scheme_type"].values[0].id
    values: dict[str, Value] = {
        "name": name, "scheme_type": kind, "unit": COMMUNE_ID, "state": "active", **more,
    }  # fmt: skip
    return office.records.add("scheme", values).ids[0]


def seal(office: Office) -> None:
    with store_of(office).writing(office.officer, Action.SEAL) as work:
        work.note("", "", "Lập gói")


def test_a_year_is_explained_by_what_began_and_what_ended(office: Office) -> None:
    scheme(office, "Một", founded_on="2020-05-01")
    scheme(office, "Hai", founded_on="2020-06-01", state="dissolved", dissolved_on="2026-03-01",
           dissolved_document="12/QĐ-UBND")  # fmt: skip
    scheme(office, "Ba", founded_on="2025-06-01")
    named = office.periods.named
    told = office.explaining.between("schemes_kept", named("2026"), named("2025"))
    assert told.sentence == "2 → 2: thêm 01 (1 hồ sơ), thanh loại 01 (văn bản số 12/QĐ-UBND)."
    assert len(told.records) == 2


def test_what_changed_since_the_last_bundle_is_told(office: Office) -> None:
    period = office.periods.named("2026")
    assert office.explaining.since_handed_over("incidents", period).sentence == ""
    first = office.records.add("incident", INCIDENT).ids[0]
    seal(office)
    same = office.explaining.since_handed_over("incidents", period).sentence
    assert same.endswith(": không đổi.")
    office.records.add("incident", {**INCIDENT, "title": "Mất trộm xe máy ở Thôn Mẫu"})
    told = office.explaining.since_handed_over("incidents", period)
    assert told.sentence.endswith("1 → 2: thêm 01 (1 hồ sơ).")
    office.records.void("incident", first, "Ghi nhầm")
    both = office.explaining.since_handed_over("incidents", period).sentence
    assert both.endswith("1 → 1: thêm 01 (1 hồ sơ), kết thúc 01 (1 hồ sơ).")


def test_a_correction_since_the_last_bundle_is_told(office: Office) -> None:
    record = office.records.add("incident", {**INCIDENT, "injuries": 1}).ids[0]
    seal(office)
    office.records.change("incident", record, {"injuries": 3})
    period = office.periods.named("2026")
    told = office.explaining.since_handed_over("injuries", period).sentence
    assert told.endswith("1 → 3: thêm 02 (1 hồ sơ).")
