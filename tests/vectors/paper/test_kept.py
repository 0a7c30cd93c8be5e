"""Sheets that were printed once stay readable for ever."""

from __future__ import annotations

import json
from pathlib import Path

from antq_desktop.bundle.paper import lengthen
from antq_desktop.domain.paper_pieces import gather
from tests.vectors.bundle.make import HERE, office, opened


def test_a_sheet_of_every_version_is_read(tmp_path: Path) -> None:
    codes = sorted((Path(__file__).parent / "kept_1").glob("code_*.bin"))
    [data] = gather(path.read_bytes() for path in reversed(codes)).whole
    made = office(tmp_path)
    read = lengthen(data, tmp_path, keys=made.province, scratch=tmp_path)
    expect = json.loads((HERE / "kept_1_valid" / "expect.json").read_text())
    assert read.identity == expect["identity"]
    gate, judge = opened(made, read.path)
    with gate as found:
        assert [fault.code for fault in found.faults] == expect["codes"]
        assert found.identity == expect["identity"]
        assert len(judge.records) == expect["records"]
