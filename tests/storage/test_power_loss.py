"""A save that was told done is there after the power went, at whatever moment it went."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from antq_desktop.domain.errors import EnvironmentFault
from tests.storage import saving
from tests.storage.power_loss import Call, Disk, cuts, held, laid, recorded

ROOT = Path(__file__).resolve().parents[2]
SAVES = 70  # enough for the log to be folded into the file, and begun again, on the way
BASE = 1  # the entry of history that made the profile

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace, which records system calls, is not installed"
)


def command(folder: Path, saves: int, *more: str) -> list[str]:
    return [sys.executable, "-m", "tests.storage.saving", str(folder), str(saves), *more]


def judged(folder: Path, promised: int) -> str:
    """Return `whole`, or what is wrong with a store that promised so many saves."""
    try:
        store = saving.opened(folder)
    except EnvironmentFault as fault:
        return f"does not open: {fault.code}"
    try:
        if store.quick_check() != "ok":
            return "damaged"
        chain = store.verify_history()
        if chain.broken_at is not None:
            return "history broken"
        done = chain.entries - BASE
        if not promised <= done <= promised + 1:
            return "a promised save is lost" if done < promised else "a save that was never begun"
        with store.reading() as reader:
            held = {r.id: r.values()["register_number"] for r in reader.all_records("incident")}
            unfound = reader.wrongly_indexed("incident")
        if held != saving.expected(done):
            return "half a save"
        if unfound:
            return "records that are not found"
        saving.save(store, SAVES + done)
        return "whole"
    finally:
        store.close()


class Cut:
    """A watched run of saves, and the states in which its disk may be found."""

    def __init__(self, folder: Path, *more: str) -> None:
        profile = folder / "profile"
        saving.new_profile(profile)
        self.before = held(profile)
        self.calls = recorded(command(profile, SAVES, *more), profile, folder / "calls")
        self._folder = folder / "found"

    def steps(self) -> list[list[Call]]:
        """Return the calls of each save."""
        steps: list[list[Call]] = [[]]
        for call in self.calls:
            if call.kind == "ack":
                steps.append([])
            else:
                steps[-1].append(call)
        return steps[:-1]

    def folds_on_the_way(self) -> bool:
        """Tell whether some save had to fold the log into the file."""
        calls = (call for step in self.steps() for call in step)
        return any(call.kind == "write" and call.name == "store.db" for call in calls)

    def verdicts(self, wanted: int, seed: int = 0) -> Counter[str]:
        """Draw so many states, open each different one and count what is wrong with them."""
        found: Counter[str] = Counter()
        seen: set[tuple[int, frozenset[tuple[str, int]]]] = set()
        for promised, state in cuts(self.calls, self.before, wanted, seed):
            key = promised, frozenset((name, hash(content)) for name, content in state.items())
            if key in seen:
                continue
            seen.add(key)
            shutil.rmtree(self._folder, ignore_errors=True)
            laid(state, self._folder)
            found[judged(self._folder, promised)] += 1
        return found


@needs_strace
def test_no_promised_save_is_lost_when_the_power_goes(tmp_path: Path) -> None:
    cut = Cut(tmp_path)
    assert sum(call.kind == "ack" for call in cut.calls) == SAVES
    assert cut.folds_on_the_way()
    found = cut.verdicts(50)
    assert set(found) == {"whole"}
    assert found.total() > 40  # different states


@needs_strace
def test_the_same_look_finds_the_losses_of_a_weaker_promise(tmp_path: Path) -> None:
    assert Cut(tmp_path, "NORMAL").verdicts(20)["a promised save is lost"] > 0


@needs_strace
@pytest.mark.heavy
def test_no_promised_save_is_lost_in_thousands_of_states(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Cut(tmp_path).verdicts(3_000, seed=1)
    with capsys.disabled():
        sys.stdout.write(f"\n{found.total()} different states after a power cut: {dict(found)}\n")
    assert set(found) == {"whole"}
    assert found.total() >= 2_000


@needs_strace
def test_one_save_is_one_sync(tmp_path: Path) -> None:
    cut = Cut(tmp_path)
    # the first save begins the log, and so does the one after the log was folded into the file
    steady = [step for step in cut.steps()[1:] if not begins_or_folds_the_log(step)]
    assert len(steady) >= SAVES - 3
    assert {sum(call.kind == "sync" for call in step) for step in steady} == {1}


def begins_or_folds_the_log(step: list[Call]) -> bool:
    return any(
        call.kind == "write" and (call.name == "store.db" or call.offset == 0) for call in step
    )


def kills(folder: Path, count: int) -> None:
    dice = random.Random(9)  # noqa: S311 - drawn moments
    for number in range(count):
        profile = folder / str(number)
        saving.new_profile(profile)
        skipped = 0
        with subprocess.Popen(
            command(profile, 1_000), stdout=subprocess.PIPE, cwd=ROOT, encoding="ascii"
        ) as process:
            assert process.stdout is not None
            for _ in range(dice.randrange(1, 40)):
                process.stdout.readline()
                skipped += 1
            process.kill()
            promised = skipped + len(process.stdout.readlines())
        assert judged(profile, promised) == "whole"


def test_no_promised_save_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    kills(tmp_path, 5)


@pytest.mark.heavy
def test_no_promised_save_is_lost_when_the_program_is_killed_hundreds_of_times(
    tmp_path: Path,
) -> None:
    kills(tmp_path, 300)


def test_a_disk_keeps_what_was_synced_and_may_lose_the_rest() -> None:
    disk = Disk({})
    for call in (
        Call("create", "a"),
        Call("sync", "."),
        Call("write", "a", 0, b"x" * 1024),
        Call("sync", "a"),
        Call("write", "a", 0, b"y" * 1024),
    ):
        disk.do(call)
    dice = random.Random(1)  # noqa: S311 - drawn states
    found = {disk.after_cut(dice)["a"] for _ in range(100)}
    halves = {a * 512 + b * 512 for a in (b"x", b"y") for b in (b"x", b"y")}
    assert found == halves
