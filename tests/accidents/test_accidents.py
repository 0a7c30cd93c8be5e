"""What is done stands wholly or not at all, whatever befalls the machine or the program meanwhile.

Each deed of an officer is cut off by a power cut, refused any single call, or killed at any call;
then the program is started again and looks. The ordinary check draws some moments of each deed; the
heavy one takes thousands.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.accidents.accidents import WHOLE, Refusal, Stage, spread
from tests.accidents.deeds import DEEDS
from tests.accidents.forks import DEAF, HASTY, LAZY, NORMAL, Forks, Run

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace, which watches system calls, is not installed"
)
STATES, STATES_HEAVY = 50, 2_000
REFUSED, REFUSED_HEAVY = 4, 1_500
KILLED, KILLED_HEAVY = 2, 34  # of each of nine deeds: more than 300


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as started:
        yield started


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    """Yield a place in memory where there is one: what is watched are calls, not a disk."""
    quick = Path("/dev/shm")  # noqa: S108 - a folder of its own in it
    with TemporaryDirectory(dir=quick if quick.is_dir() else None) as made:
        yield Path(made)


@pytest.fixture(scope="module", params=sorted(DEEDS))
def stage(request: pytest.FixtureRequest, forks: Forks, room: Path) -> Stage:
    return Stage(forks, request.param, room / request.param)


def test_a_power_cut_leaves_what_was_before_or_after(stage: Stage) -> None:
    found = stage.power_cuts(STATES)
    assert set(found) == {WHOLE}
    assert found.total() == STATES  # different states


def test_a_refused_call_is_said_and_leaves_what_was_before_or_after(stage: Stage) -> None:
    found = stage.refused(spread(stage.refusals(), REFUSED))
    assert set(found) == {WHOLE}


def test_a_kill_leaves_what_was_before_or_after_and_nothing_astray(stage: Stage) -> None:
    found = stage.kills(spread(stage.moments(), KILLED))
    assert set(found) == {WHOLE}


@pytest.mark.heavy
def test_thousands_of_states_after_a_power_cut(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(capsys, stage, "states after a power cut", stage.power_cuts(STATES_HEAVY, seed=1))


@pytest.mark.heavy
def test_thousands_of_refused_calls(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    every = stage.refusals()
    found = stage.refused(spread(every, REFUSED_HEAVY, seed=1))
    tell(capsys, stage, f"refused calls of {len(every)}", found)


@pytest.mark.heavy
def test_hundreds_of_kills(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    tell(capsys, stage, "kills", stage.kills(spread(stage.moments(), KILLED_HEAVY, seed=1)))


def tell(capsys: pytest.CaptureFixture[str], stage: Stage, what: str, found: Counter[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{stage.deed}: {found.total()} different {what}: {dict(found)}\n")
    assert set(found) == {WHOLE}


# The same looks at a program in which a fault was planted: each of them can fail.


@pytest.fixture(scope="module")
def planted(forks: Forks, room: Path) -> dict[str, Stage]:
    return {deed: Stage(forks, deed, room / f"planted-{deed}") for deed in ("save", "password")}


def test_a_store_that_promises_less_loses_saves(planted: dict[str, Stage]) -> None:
    assert set(planted["save"].power_cuts(12, mode=NORMAL)) != {WHOLE}


def test_files_that_are_not_synced_are_found_torn_or_gone(planted: dict[str, Stage]) -> None:
    assert set(planted["password"].power_cuts(10, mode=LAZY)) != {WHOLE}


def test_a_write_that_fails_unheard_is_found(planted: dict[str, Stage]) -> None:
    stage = planted["password"]
    writes = [one for one in stage.refusals() if one.call == "write"]
    assert set(stage.refused(writes, mode=DEAF)) != {WHOLE}


def test_what_is_told_before_it_is_done_is_found(planted: dict[str, Stage]) -> None:
    stage = planted["save"]
    syncs = [one for one in stage.moments() if one.call == "fsync"][:8]
    assert set(stage.kills(syncs, mode=HASTY)) != {WHOLE}


def test_a_refused_call_is_really_refused(planted: dict[str, Stage]) -> None:
    stage = planted["save"]
    ends = [stage.run(one).end for one in stage.refusals() if one.call == "fsync"][:4]
    assert any(end.startswith("refused") for end in ends)


def test_a_kill_really_kills(planted: dict[str, Stage]) -> None:
    stage = planted["save"]
    assert stage.run(Refusal("fsync", 1, ""), kill=True) == Run(0, "killed")
