"""Two copies of one store, told apart by the command line alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.services.office import Offices
from tests.cli.conftest import Antq, antq_for
from tests.exchange import RECEIVER
from tests.twins import ALONE, REASON, WHO, Twins


def test_nothing_is_listed_where_nothing_is_doubled(antq: Antq) -> None:
    assert antq.json("fork", "list").value == {"forks": [], "twin": None}
    assert antq.json("fork", "show", "ABCDEFGH").error == "no_such_fork"
    assert antq.json("fork", "restart", "--reason", REASON).error == "no_twin"


def test_a_fork_is_listed_read_settled_and_its_minute_written(
    twins: Twins,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, writer = twins.world, twins.fork().writer
    world.close(RECEIVER)

    def offices(**_options: bool) -> Offices:
        return world.offices(RECEIVER)

    antq = antq_for(world.folder / RECEIVER, tmp_path, capsys, monkeypatch, offices)
    assert [one["writer"] for one in antq.json("fork", "list").value["forks"]] == [writer]
    shown = antq.json("fork", "show", writer).value["apart"]
    assert ALONE in {one["there"] for one in shown}
    settle = ("fork", "settle", writer, "--keep", "merged", "--confirmed-by", WHO)
    assert antq.json(*settle, "--reason", " ").error == "fork_without_reason"
    assert antq.json(*settle, "--reason", REASON).value["waiting"] == 0
    written = antq.json("fork", "minute", writer, "--to", str(tmp_path)).value["file"]
    assert Path(written).read_bytes().startswith(b"%PDF")
