"""The command line in this process, on a real profile, as a person would call it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.cli.main import run
from antq_desktop.domain.codes import Codes
from antq_desktop.services.office import Offices
from antq_desktop.storage.store import Outside
from antq_desktop.storage.vault import FLOOR
from tests.fakes import CountedBytes, SetClock
from tests.stores import OFFICER, PASSWORD, offices_of


@dataclass
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The answer of `--json`."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The stable code of a refusal."""
        return str(self.value["error"]["code"])


@dataclass
class Antq:
    """`antq` for one profile, with time and randomness in hand."""

    folder: Path
    work: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    offices: Callable[..., Offices]
    files: int = 0
    officer: str = OFFICER
    common: list[str] = field(default_factory=list)

    def bare(self, *words: str, stdin: bytes = b"") -> Answer:
        """Run with exactly these words."""
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self.capsys.readouterr()
        code = run(list(words), self.offices, self.folder)
        captured = self.capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    def __call__(self, *words: str, stdin: bytes = b"") -> Answer:
        """Run signed in."""
        return self.bare(*words, *self.common, stdin=stdin)

    def json(self, *words: str, stdin: bytes = b"") -> Answer:
        """Run signed in, answering in JSON."""
        return self(*words, "--json", stdin=stdin)

    def file(self, content: object) -> str:
        """Write a JSON file and return its path."""
        self.files += 1
        path = self.work / f"{self.files}.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return str(path)

    def add(self, kind: str, content: object) -> str:
        """Add a record and return its id."""
        answer = self.json("record", "add", kind, self.file(content))
        assert answer.code == 0, answer.out
        return str(answer.value["ids"][0])


def antq_for(
    folder: Path,
    work: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    offices: Callable[..., Offices],
) -> Antq:
    """Return the command line for a profile folder, with its password file beside it."""
    password = work / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    found = Antq(folder, work, capsys, monkeypatch, offices)
    found.common = ["--officer", OFFICER, "--password-file", str(password), "--data", str(folder)]
    return found


@pytest.fixture
def antq(  # noqa: PLR0917 - fixtures are asked for by name
    profile: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    clock: SetClock,
    codes: Codes,
) -> Antq:
    """Return the command line on a commune's profile."""
    given = Outside(clock, CountedBytes("cli"), FLOOR)

    def offices(**_options: bool) -> Offices:
        return offices_of(given, codes)

    return antq_for(profile, tmp_path, capsys, monkeypatch, offices)
