"""Real profiles for tests: made once in a run, copied for each test that writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import Value
from antq_desktop.paths import codes_folder
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.profiles import NewProfile, Profiles
from antq_desktop.storage.store import Outside, Store
from antq_desktop.storage.vault import FLOOR
from tests.fakes import CountedBytes, SetClock

OFFICER = "Nguyễn Văn Mẫu"
PASSWORD = "mật khẩu để thử"
COMMUNE = "11074"
COMMUNE_ID = "11074@2025-07-01"

INCIDENT: dict[str, Value] = {
    "title": "Mất trộm xe đạp ở đường Nguyễn Huệ",
    "kind": "social_order",
    "state": "new",
    "occurred_on": "2026-11-02",
    "received_at": "2026-11-02T19:30",
    "unit": COMMUNE_ID,
}


def outside(seed: str = "", clock: SetClock | None = None) -> Outside:
    """Return time that stands still, counted bytes, and the least key derivation accepted."""
    return Outside(clock or SetClock(), CountedBytes(seed), FLOOR)


def offices_of(given: Outside, codes: Codes) -> Offices:
    """Return what opens profiles, composed as `bootstrap` does."""
    return Offices(Profiles(given), codes, given)


def store_of(office: Office) -> Store:
    """Return the store behind an office, for looking beneath the services."""
    return office._store


def unsound(office: Office) -> list[str]:
    """Return what a check finds wrong in the store; the lock of `forms/` has tests of its own."""
    found = [finding.code for finding in office.check() if not finding.holds]
    return [code for code in found if code != "forms"]


def line(list_name: str, line_id: str, /, **values: Value) -> dict[str, Value]:
    """Return the paths of one line of a small list."""
    return {f"{list_name}/{line_id}/{field}": value for field, value in values.items()}


@pytest.fixture(scope="session")
def codes() -> Codes:
    """Return the released code lists."""
    return load_codes(codes_folder())


@pytest.fixture(scope="session")
def profile_made_once(tmp_path_factory: pytest.TempPathFactory, codes: Codes) -> Path:
    """Return the folder of a commune's profile; never opened, only copied."""
    folder = tmp_path_factory.mktemp("made-once") / "profile"
    new = NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
    offices_of(outside("template"), codes).make(folder, new).close()
    return folder


@pytest.fixture
def profile(profile_made_once: Path, tmp_path: Path) -> Path:
    """Return the folder of a commune's profile that this test may do with as it likes."""
    folder = tmp_path / "profile"
    shutil.copytree(profile_made_once, folder)
    return folder


@pytest.fixture
def offices(clock: SetClock, random_bytes: CountedBytes, codes: Codes) -> Offices:
    """Return what opens profiles under the clock and the randomness of this test."""
    return offices_of(Outside(clock, random_bytes, FLOOR), codes)


@pytest.fixture
def office(profile: Path, offices: Offices) -> Iterator[Office]:
    """Return an officer at work in a profile of their own."""
    opened = offices.open(profile, OFFICER, PASSWORD)
    yield opened
    opened.close()
