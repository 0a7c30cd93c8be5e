"""What time alone asks for: a reporter's call-back number does not stay."""

from __future__ import annotations

import secrets
from contextlib import closing
from datetime import datetime
from pathlib import Path

from antq_desktop.bootstrap import offices
from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Offices
from antq_desktop.services.profiles import NewProfile, Profiles
from antq_desktop.storage.store import Outside
from antq_desktop.storage.vault import FLOOR
from tests.fakes import SetClock

PASSWORD = "mat-khau-mau"
OFFICER = "Nguyễn Văn Mẫu"


def _offices(clock: SetClock) -> Offices:
    codes = offices()._codes
    outside = Outside(clock, secrets.token_bytes, FLOOR)
    return Offices(Profiles(outside), codes, outside)


def _closed_incident(folder: Path, made: Offices, closed_on: str) -> str:
    with closing(made.make(folder, NewProfile("commune", "11074", OFFICER, PASSWORD))) as office:
        values = {
            "title": "Va chạm xe ở Thôn Mẫu",
            "occurred_on": "2026-01-02",
            "kind": "traffic_accident",
            "state": "closed",
            "closed_on": closed_on,
            "callback": "0100123456",
        }
        return office.records.add("incident", values).ids[0]


def test_a_call_back_number_is_erased_thirty_days_after_closing(tmp_path: Path) -> None:
    clock = SetClock(datetime(2026, 1, 10, tzinfo=VIETNAM))
    made = _offices(clock)
    record_id = _closed_incident(tmp_path / "p", made, "2026-01-05")
    clock.set(datetime(2026, 2, 3, tzinfo=VIETNAM))
    with closing(made.open(tmp_path / "p", OFFICER, PASSWORD)) as office:
        assert office.lists.show("incident", record_id).values["callback"] == "0100123456"
    clock.set(datetime(2026, 2, 4, tzinfo=VIETNAM))
    with closing(made.open(tmp_path / "p", OFFICER, PASSWORD)) as office:
        shown = office.lists.show("incident", record_id)
        assert "callback" not in shown.values
        told = [line.entry.action for line in office.lists.history_of(record_id)]
        assert told == ["add", "erase"]
        assert office.verify_history().broken_at is None


def test_a_closing_known_to_the_month_counts_from_its_end(tmp_path: Path) -> None:
    clock = SetClock(datetime(2026, 1, 10, tzinfo=VIETNAM))
    made = _offices(clock)
    record_id = _closed_incident(tmp_path / "p", made, "2026-01")
    clock.set(datetime(2026, 2, 20, tzinfo=VIETNAM))
    with closing(made.open(tmp_path / "p", OFFICER, PASSWORD)) as office:
        assert "callback" in office.lists.show("incident", record_id).values


def test_only_values_that_never_leave_the_device_are_erased_by_time_alone() -> None:
    for spec in SPECS.values():
        for field in spec.fields:
            if field.erased_after:
                assert field.travels == "never"
                assert spec.closed_by
