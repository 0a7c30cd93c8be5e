"""How soon the command line answers."""

from __future__ import annotations

import subprocess
import sys

from tests.benchmarks.ratios import Measured, absolute, against


def _run(*words: str) -> None:
    subprocess.run([sys.executable, *words], capture_output=True, check=True)


def measure() -> list[Measured]:
    """Measure the help of the program: in seconds, and against importing what the store needs."""

    def ours() -> None:
        _run("-m", "antq_desktop", "--help")

    def store() -> None:
        _run("-c", "import sqlalchemy, sqlcipher3, msgspec")

    return [
        absolute("antq --help answers", ours, limit=1.0),
        against("antq --help / importing what the store needs", ours, store, limit=1.5),
    ]
