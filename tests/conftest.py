"""What every test stands on: no screen, no real home folder, time and randomness in hand."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

# before anything loads Qt: no screen is needed, and the home of whoever runs this is left alone
_HOME = Path(tempfile.mkdtemp(prefix="antq-tests-"))
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "RUNTIME_DIR", "STATE_HOME"):
    _folder = _HOME / _name.lower()
    _folder.mkdir(mode=0o700)
    os.environ[f"XDG_{_name}"] = str(_folder)

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from tests.fakes import CountedBytes, SetClock  # noqa: E402

pytest_plugins = ["tests.guards", "tests.stores", "tests.exchange", "tests.twins"]

# The ordinary check draws the same examples each time and never judges by the clock of the machine.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "heavy",
    deadline=None,
    max_examples=2000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


def pytest_unconfigure() -> None:
    """Remove the home folder of this run."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture
def clock() -> SetClock:
    """Return a clock that stands at 08:05:30 on 21 November 2026 until it is moved."""
    return SetClock()


@pytest.fixture
def random_bytes() -> CountedBytes:
    """Return a source of bytes that gives the same ones in every run."""
    return CountedBytes()
