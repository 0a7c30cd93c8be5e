"""What befalls deeds: power cuts, refused calls, kills; judged by what stands afterwards."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from tests.accidents.forks import Forks, Run, copies
from tests.storage.power_loss import RECORDING, State, calls_in, cuts, held, laid

WHOLE = "whole"
ERRORS = ("EIO", "ENOSPC", "EACCES", "EROFS")
ROUNDS = 6
READS = frozenset({"read", "pread64", "getdents64", "newfstatat", "statx"})
CALLS = (
    *("openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "ftruncate"),
    *("unlink", "unlinkat", "rename", "renameat2", "mkdir", "rmdir", "getdents64", "newfstatat"),
)
_CALL = re.compile(r"^\d+ +(\w+)\((.*)$")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One call that is refused: the so-maniest of its name, and with which error."""

    call: str
    number: int
    error: str

    def watch(self, *, kill: bool = False) -> tuple[str, ...]:
        """Return the words for strace: the call is refused, or the program killed at it."""
        what = "signal=KILL" if kill else f"error={self.error}"
        which = f"inject={self.call}:{what}:when={self.number}"
        return ("-f", "-o", "/dev/null", "-e", f"trace={self.call}", "-e", which)


class Stage:
    """One deed, and what may stand after each number of its steps."""

    def __init__(self, forks: Forks, deed: str, folder: Path) -> None:
        self.deed = deed
        self._forks = forks
        self._folder = folder
        self.ground = folder / "ground"
        self.steps = forks.prepare(deed, self.ground)
        self.here = folder / "here"
        self._fresh = copies(self.ground, self.here)
        self.stands = [self._after(steps) for steps in range(self.steps + 1)]

    def _after(self, steps: int) -> str:
        here = next(self._fresh)
        run = self._forks.act(self.deed, here, steps=steps)
        assert run == Run(steps, "done"), run
        return self._forks.look(self.deed, here)

    def verdict(self, run: Run, here: Path) -> str:
        """Judge what stands after a run: `whole`, or what is wrong."""
        stands = self._forks.look(self.deed, here)
        if run.end.startswith("bug"):
            return run.end
        if run.end == "done":
            if run.said != self.steps:
                return "ended early without a word"
            return WHOLE if stands == self.stands[-1] else f"told done, but: {stands}"
        if run.said > self.steps:
            return "more was told than done"
        allowed = self.stands[run.said : run.said + 2]
        return WHOLE if stands in allowed else f"between {run.said} and the next: {stands}"

    def power_cuts(self, wanted: int, *, seed: int = 0, mode: str = "") -> Counter[str]:
        """Draw so many states of the disk after a power cut, and judge each different one."""
        here = next(self._fresh)
        before, log = held(here), self._folder / "calls"
        watch = [*RECORDING, "-o", str(log)]
        run = self._forks.act(self.deed, here, watch=watch, mode=mode)
        assert run == Run(self.steps, "done"), run
        calls = calls_in(log, here, before)
        found: Counter[str] = Counter()
        # each round is spread over the whole deed; later ones make up for states drawn twice
        rounds = (cuts(calls, before, wanted, seed * ROUNDS + more) for more in range(ROUNDS))
        for promised, state in islice(_distinct(chain.from_iterable(rounds)), wanted):
            shutil.rmtree(here)
            laid(state, here)
            found[self.verdict(Run(promised, "cut"), here)] += 1
        return found

    def refusals(self) -> list[Refusal]:
        """Return every call on its files that can be refused, with each error."""
        log = self._folder / "all"
        here = next(self._fresh)
        trace = f"trace={','.join(CALLS)}"
        self._forks.act(self.deed, here, watch=["-f", "-y", "-e", trace, "-o", str(log)])
        counts: Counter[str] = Counter()
        found: list[Refusal] = []
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            called = _CALL.match(line)
            if called is None:
                continue
            counts[called[1]] += 1
            if str(here) in called[2]:
                errors = ERRORS[:1] if called[1] in READS else ERRORS
                found += [Refusal(called[1], counts[called[1]], error) for error in errors]
        return found

    def moments(self) -> list[Refusal]:
        """Return every call on its files, each once."""
        return [one for one in self.refusals() if one.error == ERRORS[0]]

    def run(self, at: Refusal, *, kill: bool = False, mode: str = "") -> Run:
        """Do the deed in a fresh folder, with one call refused or killed at that call."""
        self.here = next(self._fresh)
        return self._forks.act(self.deed, self.here, watch=at.watch(kill=kill), mode=mode)

    def refused(self, chosen: Sequence[Refusal], *, mode: str = "") -> Counter[str]:
        """Do the deed again and again, with one call refused each time, and judge what stands."""
        return self._befallen(chosen, kill=False, mode=mode)

    def kills(self, chosen: Sequence[Refusal], *, mode: str = "") -> Counter[str]:
        """Do the deed again and again, killed at one call each time, and judge what stands."""
        return self._befallen(chosen, kill=True, mode=mode)

    def _befallen(self, chosen: Sequence[Refusal], *, kill: bool, mode: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for at in chosen:
            verdict = self.verdict(self.run(at, kill=kill, mode=mode), self.here)
            found[verdict if verdict == WHOLE else f"{at}: {verdict}"] += 1
        return found


def _distinct(drawn: Iterator[tuple[int, State]]) -> Iterator[tuple[int, State]]:
    seen: set[tuple[int, frozenset[tuple[str, int]]]] = set()
    for promised, state in drawn:
        key = promised, frozenset((name, hash(content)) for name, content in state.items())
        if key not in seen:
            seen.add(key)
            yield promised, state


def spread(all_of_them: Sequence[Refusal], wanted: int, seed: int = 0) -> list[Refusal]:
    """Return so many of them, drawn over the whole deed, the same in every run."""
    dice = random.Random(seed)  # noqa: S311 - drawn moments
    held = [*all_of_them]
    return held if len(held) <= wanted else dice.sample(held, wanted)
