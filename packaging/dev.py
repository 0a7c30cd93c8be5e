#!/usr/bin/env python3
"""The commands of the project: `run`, `test`, and for its makers `heavy`, `bench` and `lock`.

Only the standard library is imported here, and the first lines must be understood by older Pythons
too, so that one of them can say what is needed instead of failing on a word it does not know.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one place that older Pythons ever reach
    sys.stderr.write(
        "Cần Python 3.11 trở lên, trong khi đây là Python {0}.{1}; cài Python mới rồi chạy lại. / "
        "Python 3.11 or newer is needed and this is Python {0}.{1}; "
        "install a newer one and start again.\n".format(*sys.version_info[:2])
    )
    raise SystemExit(2)

import argparse
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence

from house import ROOT, House, SetupError, say

Arguments = Sequence[str]


def run(house: House, arguments: Arguments) -> int:
    """Open the program; without a screen let it show what it can, and say where that lies."""
    house.prepare()
    if arguments:
        return start(house, "-m", "antq_desktop", *arguments)
    if has_screen() and (ROOT / "antq_desktop" / "ui" / "app.py").is_file():
        return start(house, "-m", "antq_desktop")
    if offers(house, "demo"):
        return demonstrate(house)
    return start(house, str(ROOT / "packaging" / "sample.py"))


def demonstrate(house: House) -> int:
    """Let the program make its papers and pictures in `build/demo`, and name the folder."""
    folder = ROOT / "build" / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    say(
        "Không có màn hình: chương trình tự trình diễn bằng dòng lệnh",
        "no screen here: the program shows itself by command line",
    )
    code = start(house, "-m", "antq_desktop", "demo", "--out", str(folder))
    if code == 0:
        say(f"Văn bản và hình ảnh nằm ở {folder}", f"papers and pictures lie in {folder}")
    return code


def test(house: House, arguments: Arguments) -> int:
    """Run the whole check: format, lint, types, layers and tests."""
    house.prepare(tools=True)
    return start(house, str(ROOT / "packaging" / "check.py"), *arguments)


def heavy(house: House, arguments: Arguments) -> int:
    """Run the tests that take minutes, with many more drawn examples."""
    house.prepare(tools=True)
    say("Các kiểm thử nặng, mất nhiều phút", "the heavy tests, which take minutes")
    heavier = ["-m", "heavy", "--hypothesis-profile=heavy"]
    code = start(house, "-m", "pytest", *heavier, *arguments, offscreen=True)
    if code == 5:  # pytest's own number for "nothing was collected"
        say("Chưa có kiểm thử nào mang dấu heavy", "no test carries the mark heavy yet")
        return 0
    return code


def bench(house: House, arguments: Arguments) -> int:
    """Measure every quantity of `tests/benchmarks` and print limits beside values."""
    house.prepare(tools=True)
    say("Đo tốc độ, so trong cùng một lượt", "measuring, as ratios inside one run")
    return start(house, "-m", "tests.benchmarks", *arguments, offscreen=True)


def lock(house: House, arguments: Arguments) -> int:
    """Make `requirements.lock` anew from `pyproject.toml`, for Linux and Windows, with hashes."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetupError(
            "Cần công cụ uv để lập lại requirements.lock.",
            "The tool uv is needed to make requirements.lock anew.",
        )
    command = [uv, "pip", "compile", "pyproject.toml", "--extra", "dev", "--universal"]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-header"]
    command += ["--output-file", house.lock.name, "--quiet", *arguments]
    code = subprocess.call(command, cwd=ROOT)
    if code == 0:
        say(f"Đã lập lại {house.lock.name}", f"{house.lock.name} is made anew")
    return code


VERBS: dict[str, Callable[[House, Arguments], int]] = {
    "run": run,
    "test": test,
    "heavy": heavy,
    "bench": bench,
    "lock": lock,
}


def has_screen() -> bool:
    """Tell whether a window can be shown here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def offers(house: House, verb: str) -> bool:
    """Ask the program itself whether it has such a verb."""
    command = [str(house.python), "-m", "antq_desktop", verb, "--help"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return answer.returncode == 0


def start(house: House, *arguments: str, offscreen: bool = False) -> int:
    """Run the Python of the house and return how it ended."""
    environment = dict(os.environ)
    environment.setdefault("PYTHONUTF8", "1")
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.call([str(house.python), *arguments], cwd=ROOT, env=environment)


def main(words: Sequence[str]) -> int:
    """Read the command and do it; the answer is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)  # type: ignore[union-attr] # a stream of the interpreter always has it
    lines = [f"  {name:<6} {verb.__doc__}" for name, verb in VERBS.items()]
    parser = argparse.ArgumentParser(
        prog="packaging/dev.py",
        description="\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=list(VERBS))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="handed on to what the verb starts")
    chosen = parser.parse_args(words)
    try:
        return VERBS[chosen.verb](House(ROOT), chosen.rest)
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
