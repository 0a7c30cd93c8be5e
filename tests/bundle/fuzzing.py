"""Coverage-guided fuzzing of the gate: `python -m tests.bundle.fuzzing SECONDS [SEED]`.

A genuine bundle is taken apart into layers: the file, the zip inside, each file of the bag, signed
anew as one can who holds a key. Mutations of a layer go through the gate while every line of
`bundle/` and of the readers in `domain/` that runs is noted. What reaches a line, or a step from
one line to another, that nothing reached before joins the corpus and is mutated further. Anything
but a verdict is a crash: the file is kept as `tests/vectors/bundle/crash_<digest>/bundle.antq`,
whose expectation is then written by hand, and the command ends with 1.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any, Final

import antq_desktop
from tests.bundle.forging import Bag, bag_of, enclosed, resigned, unwrap, zipped
from tests.bundle.test_fuzz import TOKENS, _mutated
from tests.vectors.bundle.make import HERE, cases, office, opened

PROGRAM: Final = Path(antq_desktop.__file__).parent
WATCHED: Final = ("bundle/", "domain/canonical", "domain/wire", "domain/exchange", "domain/gate",
                  "domain/carried", "domain/packing", "domain/judging", "domain/answers",
                  "domain/merging")  # fmt: skip
LAYERS: Final = ("file", "zip", "bag", "bag", "bag", "records", "records", "records")
MOST_BYTES: Final = 200_000

Step = tuple[int, int, int]


@dataclass(slots=True)
class Watch:
    """Which steps from line to line were ever taken."""

    ever: set[Step] = field(default_factory=set)
    now: set[Step] = field(default_factory=set)
    _watched: dict[int, bool] = field(default_factory=dict)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note the lines that run meanwhile."""
        self.now = set()
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(None)

    def news(self) -> int:
        """Return how many steps were new, and remember them."""
        fresh = self.now - self.ever
        self.ever |= fresh
        return len(fresh)

    def _enter(self, frame: FrameType, _event: str, _arg: object) -> Any:
        code = id(frame.f_code)
        if code not in self._watched:
            self._watched[code] = _is_watched(frame.f_code.co_filename)
        return self._lines(code) if self._watched[code] else None

    def _lines(self, code: int) -> Any:
        before = 0

        def note(frame: FrameType, event: str, _arg: object) -> Any:
            nonlocal before
            if event == "line":
                self.now.add((code, before, frame.f_lineno))
                before = frame.f_lineno
            return note

        return note


def _is_watched(name: str) -> bool:
    path = Path(name)
    if not path.is_relative_to(PROGRAM):
        return False
    return path.relative_to(PROGRAM).as_posix().startswith(WATCHED)


@dataclass
class Fuzzing:
    """One run: what is mutated, what was reached, what crashed."""

    dice: Random
    folder: Path
    corpus: list[Bag] = field(default_factory=list)
    watch: Watch = field(default_factory=Watch)
    tried: int = 0
    crashes: list[Path] = field(default_factory=list)

    def run(self, seconds: float) -> None:
        """Mutate until the time is over."""
        self.here = office(self.folder)
        self.sealed = self.here.seal(
            records={"incident": (HERE / "lines.jsonl").read_bytes().splitlines()}
        )
        self.corpus.append(bag_of(self.here, self.sealed))
        for path in cases(self.here).values():
            self._through(path)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.once()

    def once(self) -> None:
        """Try one mutation."""
        self.tried += 1
        layer = self.dice.choice(LAYERS)
        bag = dict(self.dice.choice(self.corpus))
        if layer in {"bag", "records"}:
            names = sorted(bag) if layer == "bag" else ["data/records/incident.jsonl"]
            name = self.dice.choice(names)
            other = self.dice.choice(self.corpus)
            bag[name] = self._mixed(bag.get(name, b""), other.get(name, b""))
            signed = self._signed(bag)
            path = enclosed(self.here, zipped(self.sealed.header.name, signed), "try.antq")
            if self._through(path) and len(bag[name]) < MOST_BYTES:
                self.corpus.append(bag)
            return
        path = enclosed(self.here, zipped(self.sealed.header.name, self._signed(bag)), "try.antq")
        if layer == "file":
            path.write_bytes(_mutated(path.read_bytes(), self.dice))
        else:
            path = enclosed(self.here, _mutated(unwrap(self.here, path), self.dice), "try.antq")
        self._through(path)

    def _mixed(self, data: bytes, other: bytes) -> bytes:
        if self.dice.random() < 0.2 and other:
            at = self.dice.randrange(len(other))
            data = data[: self.dice.randrange(len(data) + 1)] + other[at:]
        if self.dice.random() < 0.3 and data:
            at = self.dice.randrange(len(data))
            return data[:at] + self.dice.choice(TOKENS) + data[at + self.dice.randrange(4) :]
        return _mutated(data, self.dice)

    def _signed(self, bag: Bag) -> Bag:
        """Sign the payload anew; other files stay as they were mutated, now and then."""
        tags = {name: data for name, data in bag.items() if not name.startswith("data/")}
        made = resigned(bag, self.here.commune, self.sealed.header.comment)
        if self.dice.random() < 0.2:
            name = self.dice.choice(sorted(tags))
            made[name] = tags[name]
        return made

    def _through(self, path: Path) -> bool:
        """Take a file through the gate; return whether it reached anything new."""
        try:
            with self.watch.watching():
                gate, _judge = opened(self.here, path)
                with gate as found:
                    assert found.faults or found.verdict.mergeable
                    if found.verdict.mergeable:
                        for _kind, lines in found.records():
                            list(lines)
        except Exception:  # noqa: BLE001 - whatever is raised here is what is looked for
            self._crashed(path)
            return False
        return bool(self.watch.news())

    def _crashed(self, path: Path) -> None:
        data = path.read_bytes()
        kept = HERE / f"crash_{hashlib.sha256(data).hexdigest()[:12]}"
        kept.mkdir(exist_ok=True)
        (kept / "bundle.antq").write_bytes(data)
        self.crashes.append(kept)
        sys.stderr.write(f"{kept}\n{traceback.format_exc()}\n")


def main(words: list[str]) -> int:
    """Run for so many seconds from a seed, and say what was reached."""
    seconds = float(words[0]) if words else 60.0
    seed = int(words[1]) if len(words) > 1 else 1
    with tempfile.TemporaryDirectory(prefix="antq-fuzz-") as name:
        fuzzing = Fuzzing(Random(seed), Path(name))  # noqa: S311 - a repeatable run
        fuzzing.run(seconds)
    sys.stdout.write(
        f"{fuzzing.tried} tried, {len(fuzzing.watch.ever)} steps reached, "
        f"{len(fuzzing.corpus)} kept, {len(fuzzing.crashes)} crashes\n"
    )
    return 1 if fuzzing.crashes else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
