"""Measure everything: each `bench_<what>.py` beside this file has `measure() -> list[Measured]`.

`python -m tests.benchmarks [WORD…]` measures only the files whose names hold one of the words.
The exit code is 1 when a limit is not kept.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.ratios import Measured, table

HERE = Path(__file__).resolve().parent


def main(words: Sequence[str]) -> int:
    names = sorted(file.stem for file in HERE.glob("bench_*.py"))
    chosen = [name for name in names if not words or any(word in name for word in words)]
    if not chosen:
        sys.stderr.write(f"no benchmark is called so; there are: {', '.join(names)}\n")
        return 2
    lines: list[Measured] = []
    for name in chosen:
        sys.stderr.write(f"{name} …\n")
        lines += importlib.import_module(f"tests.benchmarks.{name}").measure()
    sys.stdout.write(f"\n{table(lines)}\n")
    return 0 if all(each.holds for each in lines) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
