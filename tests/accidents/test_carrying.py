"""The judge of a pulled stick sees what it must: lost, torn, and other people's files."""

from __future__ import annotations

from pathlib import Path

from tests.accidents.carrying import FOREIGN, bundle, carried, content, judge


def test_the_judge_sees_lost_and_torn_bundles_and_foreign_files(tmp_path: Path) -> None:
    for name, size in FOREIGN.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content(name, size))
    small = [number for number in range(1, 40) if len(bundle(number)[1]) < 10_000][:3]
    assert [carried(tmp_path, number) for number in small] == [f"carried {n}" for n in small]
    assert judge(tmp_path, small) == "whole (3 bundles, 0 empty, 0 leftovers)"
    (tmp_path / bundle(small[0])[0]).unlink()
    torn = tmp_path / bundle(small[1])[0]
    torn.write_bytes(torn.read_bytes()[:-1])
    (tmp_path / "ANH_GIA_DINH.JPG").write_bytes(b"")
    found = judge(tmp_path, small)
    for wrong in (f"lost {small[0]}", f"lost {small[1]}", f"torn {torn.name}", "foreign ANH"):
        assert wrong in found
