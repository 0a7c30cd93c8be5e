"""The whole check: format, lint, layers, types, tests; every step runs, even when one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
WORKERS = min(4, os.cpu_count() or 1)

STEPS: tuple[tuple[str, Sequence[str]], ...] = (
    ("types", (sys.executable, "-m", "mypy")),
    ("format", (sys.executable, "-m", "ruff", "format", "--check")),
    ("lint", (sys.executable, "-m", "ruff", "check")),
    ("layers", (str(TOOLS / "lint-imports"),)),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended: its name, exit code, seconds taken and what it printed."""

    name: str
    code: int
    seconds: float
    output: str


def quietly(name: str, command: Sequence[str]) -> Outcome:
    """Run a step and keep what it prints, so that two side by side do not mix."""
    began = time.monotonic()
    answer = subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Outcome(name, answer.returncode, time.monotonic() - began, answer.stdout)


def aloud(name: str, command: Sequence[str]) -> Outcome:
    """Run a step, show what it prints as it comes, and keep its closing line."""
    began = time.monotonic()
    closing = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line if line.strip() else closing
    return Outcome(name, process.returncode, time.monotonic() - began, closing)


def surroundings() -> dict[str, str]:
    """Return the environment of every step: UTF-8 everywhere, and Qt without a screen."""
    return {**os.environ, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return one line for each step: its name, whether it holds, and its seconds."""
    return "\n".join(
        f"  {each.name:<8} {'ok' if each.code == 0 else 'FAILED':<8} {each.seconds:6.1f} s"
        for each in outcomes
    )


def pytest_command(arguments: Sequence[str]) -> list[str]:
    """Return the command of the tests: side by side where there are cores, coloured on a screen."""
    colour = "yes" if sys.stdout.isatty() else "no"
    spread = ["-n", str(WORKERS), "--dist", "worksteal"] if WORKERS > 1 else []
    return [sys.executable, "-m", "pytest", "-q", f"--color={colour}", *spread, *arguments]


def main(arguments: Sequence[str]) -> int:
    """Run all steps and return 0 when each of them holds, else 1."""
    with ThreadPoolExecutor(max_workers=min(2, WORKERS)) as pool:
        outcomes = list(pool.map(lambda step: quietly(*step), STEPS))
    for each in outcomes:
        if each.code != 0:
            print(f"── {each.name}\n{each.output.rstrip()}\n", flush=True)
    outcomes.append(aloud("tests", pytest_command(arguments)))
    print(f"\n{summary(outcomes)}\n\n{outcomes[-1].output}", end="", flush=True)
    return int(any(each.code != 0 for each in outcomes))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
