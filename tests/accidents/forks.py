"""Runs deeds in processes of their own that can be watched, refused a call, or killed.

`python -m tests.accidents.forks` loads the program once and does each deed in a fork of itself, so
that a deed costs milliseconds and nothing of it stays. `Forks` speaks to it: a line of JSON each.
"""

from __future__ import annotations

import ctypes
import functools
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.files import FileCalls
from antq_desktop.storage import engine, vault
from tests.accidents.deeds import DEEDS, ROOT, DamageError

_ALLOW_TRACERS = 0x59616D61  # PR_SET_PTRACER, for machines where only a parent may watch
_ANYBODY = ctypes.c_ulong(-1)

TEMPORARY = "tmp"  # the machine's temporary files, as a deed sees them

NORMAL = "normal"  # the store promises less
LAZY = "lazy"  # nothing that is written through `files` is synced
DEAF = "deaf"  # what the machine refuses to `files` is taken for done
HASTY = "hasty"  # it is told before it is done


@dataclass(frozen=True, slots=True)
class Run:
    """How a deed went: how many of its steps were told, and how it ended."""

    said: int
    end: str


class Forks:
    """Does deeds apart from whoever asks."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.accidents.forks"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        _pipe(self._process.stdin).close()
        _pipe(self._process.stdout).close()
        self._process.wait()

    def prepare(self, deed: str, ground: Path) -> int:
        """Make the folder of a deed, and return of how many steps it is."""
        return int(self._ask(do="prepare", deed=deed, ground=str(ground))["steps"])

    def act(
        self,
        deed: str,
        ground: Path,
        *,
        steps: int | None = None,
        watch: Sequence[str] = (),
        mode: str = "",
    ) -> Run:
        """Do a deed, or its first steps.

        Args:
            deed: Which.
            ground: Where.
            steps: Stop after so many; None: to its end.
            watch: Words for strace, which then watches it; none: it is not watched.
            mode: A fault that is planted in the program.
        """
        words = {"deed": deed, "ground": str(ground), "steps": steps, "mode": mode}
        told = self._ask(do="act", watch=list(watch), **words)
        return Run(int(told["said"]), str(told["end"]))

    def look(self, deed: str, ground: Path) -> str:
        """Return what stands, in one line."""
        return str(self._ask(do="look", deed=deed, ground=str(ground))["end"])

    def _ask(self, **words: Any) -> dict[str, Any]:
        to, back = _pipe(self._process.stdin), _pipe(self._process.stdout)
        to.write(json.dumps(words) + "\n")
        to.flush()
        told: dict[str, Any] = json.loads(back.readline())
        return told


def _pipe(end: IO[str] | None) -> IO[str]:
    assert end is not None
    return end


def _derive_once() -> None:
    """Let a password that was derived once not be derived again: it is the same, and costs most."""
    setattr(vault, "_derive", functools.cache(vault._derive))  # noqa: B010 - for this process alone


def serve(lines: Iterable[str], answers: IO[str]) -> None:
    """Do what each line asks for and answer it with one."""
    _derive_once()
    for line in lines:
        words = json.loads(line)
        told = _PREPARES[words["do"]](words)
        answers.write(json.dumps(told) + "\n")
        answers.flush()


def _prepare(words: dict[str, Any]) -> dict[str, Any]:
    """Prepare within this process, and do the deed once aside: all that it loads stays loaded."""
    deed, ground = DEEDS[words["deed"]], Path(words["ground"])
    ground.mkdir(parents=True)
    (ground / TEMPORARY).mkdir()
    deed.prepare(ground)
    aside = ground.with_name(ground.name + "-aside")
    shutil.copytree(ground, aside)
    steps = sum(1 for _ in deed.act(aside))
    deed.look(aside)
    shutil.rmtree(aside)
    gc.collect()
    gc.freeze()
    return {"steps": steps}


def _act(words: dict[str, Any]) -> dict[str, Any]:
    deed, ground = DEEDS[words["deed"]], Path(words["ground"])

    def do(tell: Callable[[str], None]) -> None:
        plant(words["mode"])
        going, number = deed.act(ground), 0
        while number != words["steps"]:
            if words["mode"] == HASTY:
                tell("saved ")
            if next(going, StopIteration) is StopIteration:
                break
            number += 1
            if words["mode"] != HASTY:
                tell("saved ")
        going.close()

    said = _forked(do, words["ground"], words["watch"])
    ends = [line for line in said if line.startswith("end ")]
    return {
        "said": sum(line.startswith("saved") for line in said),
        "end": ends[0].removeprefix("end ") if ends else "killed",
    }


def _look(words: dict[str, Any]) -> dict[str, Any]:
    """Look within this process: nothing befalls a look, and a fork for each would cost the most."""
    tempfile.tempdir = str(Path(words["ground"]) / TEMPORARY)
    try:
        return {"end": DEEDS[words["deed"]].look(Path(words["ground"]))}
    except (UserError, EnvironmentFault) as fault:
        return {"end": f"refused {fault.code}"}
    except DamageError as damage:
        return {"end": f"damaged: {damage}"}
    except Exception as error:  # noqa: BLE001 - told to whoever asked
        return {"end": f"bug {_places(error)}"[:1500]}
    finally:
        tempfile.tempdir = None


_PREPARES = {"prepare": _prepare, "act": _act, "look": _look}


def _forked(
    do: Callable[[Callable[[str], None]], None], ground: str, watch: Sequence[str]
) -> list[str]:
    """Do something in a fork, watched from its first call on, and return what it told."""
    (wait, go), (read, write) = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        for handle in (go, read):
            os.close(handle)
        _in_the_fork(do, wait, write, str(Path(ground, TEMPORARY)))
    for handle in (wait, write):
        os.close(handle)
    watcher = None
    if watch:
        watcher = subprocess.Popen(
            ["strace", *watch, "-p", str(child)], stderr=subprocess.PIPE, text=True
        )
        while "attached" not in (line := _pipe(watcher.stderr).readline()):
            assert line, "strace could not watch"
    os.write(go, b".")
    os.close(go)
    with os.fdopen(read, encoding="utf-8", errors="replace") as told:
        lines = told.read().splitlines()
    os.waitpid(child, 0)
    if watcher is not None:
        _pipe(watcher.stderr).read()
        watcher.wait()
        _pipe(watcher.stderr).close()
    return lines


def _in_the_fork(
    do: Callable[[Callable[[str], None]], None], wait: int, write: int, temporary: str
) -> None:
    def tell(line: str) -> None:
        os.write(write, f"{line}\n".encode())

    tempfile.tempdir = temporary
    ctypes.CDLL(None).prctl(_ALLOW_TRACERS, _ANYBODY, 0, 0, 0)
    os.read(wait, 1)
    try:
        do(tell)
        tell("end done")
    except (UserError, EnvironmentFault) as fault:
        tell(f"end refused {fault.code}")
    except DamageError as damage:
        tell(f"end damaged: {damage}")
    except BaseException as error:  # noqa: BLE001 - told to whoever asked, and nothing runs on
        tell(f"end bug {_places(error)}"[:1500])
    finally:
        os._exit(0)


def _places(error: BaseException) -> str:
    parts = [f"{type(error).__name__}: {error}".replace("\n", " ")]
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        parts.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " ".join(parts)


def plant(mode: str) -> None:
    """Plant a fault into the program of this process."""
    if mode == NORMAL:
        strong = engine._prepare

        def weaker(key: bytes, *, cache_kib: int) -> tuple[str, ...]:
            return (*strong(key, cache_kib=cache_kib), "PRAGMA synchronous = NORMAL")

        engine._prepare = weaker
    elif mode == LAZY:
        setattr(FileCalls, "sync", lambda _self, _handle: None)  # noqa: B010 - a planted fault
        setattr(FileCalls, "sync_folder", lambda _self, _folder: None)  # noqa: B010 - another
    elif mode == DEAF:
        setattr(FileCalls, "write", _write_and_forget)  # noqa: B010 - another


def _write_and_forget(_self: FileCalls, handle: int, data: memoryview) -> int:
    with suppress(OSError):
        os.write(handle, data)
    return len(data)


def copies(ground: Path, beside: Path) -> Iterator[Path]:
    """Yield a fresh copy of a folder again and again, always at the same place."""
    while True:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(ground, beside)
        yield beside


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
