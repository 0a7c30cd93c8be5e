"""The gate under a cap: a bundle of 1 GB takes no more memory than is allowed."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.bench_exchange import seal_and_open

ROOT = Path(__file__).parents[2]
CAP = 512 * 2**20
GIGABYTE = 1000


def _capped() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (CAP, CAP))


def _under_the_cap(megabytes: int, seconds: int) -> int:
    """Seal and open a bundle in a process that may not hold more; return what it held."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_exchange", "seal", str(megabytes)],
        cwd=ROOT,
        preexec_fn=_capped,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_a_bundle_of_ten_megabytes_is_sealed_and_opened_under_the_cap() -> None:
    assert _under_the_cap(10, seconds=120) < CAP


@pytest.mark.heavy
def test_a_bundle_of_a_gigabyte_is_sealed_and_opened_under_the_cap() -> None:
    assert _under_the_cap(GIGABYTE, seconds=1200) < CAP


def test_the_cap_is_a_cap(tmp_path: Path) -> None:
    """What holds a bundle whole would fail under it: the test could fail."""
    done = subprocess.run(
        [sys.executable, "-c", "bytes(600 * 2**20)"],
        preexec_fn=_capped,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "MemoryError" in done.stderr
    assert seal_and_open(tmp_path, 1) > 0
