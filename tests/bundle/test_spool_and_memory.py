"""A sealed spool gives back what it took and shows nothing; memory does not follow the size."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_desktop import files
from antq_desktop.bundle.limits import PIECE
from antq_desktop.bundle.spool import SealedSpool
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.errors import EnvironmentFault

from .conftest import Office

ONE_MEGABYTE = 1 << 20


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.integers(0, 3 * PIECE), max_size=5),
    offset=st.integers(0, 6 * PIECE),
    length=st.integers(0, 3 * PIECE),
)
def test_any_stretch_reads_back_as_it_was_written(
    tmp_path: Path, sizes: list[int], offset: int, length: int
) -> None:
    parts = [os.urandom(size) for size in sizes]
    whole = b"".join(parts)
    with SealedSpool(tmp_path) as spool:
        for part in parts:
            spool.write(part)
        assert spool.size == len(whole)
        assert spool.read_at(offset, length) == whole[offset : offset + length]
        assert b"".join(spool.pieces()) == whole


def test_nothing_readable_lies_in_the_scratch_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = (tmp_path / "scratch").open("w+b")
    monkeypatch.setattr(files, "scratch_file", lambda _folder: kept)
    spool = SealedSpool(tmp_path)
    spool.write("Nguyễn Văn Mẫu".encode() * 20_000)
    kept.flush()
    lying = (tmp_path / "scratch").read_bytes()
    assert len(lying) > PIECE
    assert "Văn".encode() not in lying
    assert lying.count(lying[:16]) == 1
    spool.close()


def test_a_scratch_disk_that_is_full_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Path("/dev/full").open("r+b", buffering=0)  # noqa: SIM115 - the spool closes it
    monkeypatch.setattr(files, "scratch_file", lambda _folder: full)
    with SealedSpool(tmp_path) as spool, pytest.raises(EnvironmentFault) as caught:
        spool.write(bytes(2 * PIECE))
    assert caught.value.code == "disk_full"


def lines(megabytes: int) -> Iterator[bytes]:
    for number in range(megabytes * 1024):
        yield canonical({"id": f"{number:032x}", "text": os.urandom(490).hex()})


def top_of(office: Office, megabytes: int) -> int:
    """Return the most memory that sealing and opening a bundle of a size took, in bytes."""
    tracemalloc.start()
    try:
        sealed = office.seal(records={"incident": lines(megabytes)})
        with office.open(sealed.path) as opened:
            assert opened.faults == []
            assert sum(1 for _ in opened.lines("records", "incident")) == megabytes * 1024
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def check_flat(office: Office, megabytes: int) -> None:
    small = top_of(office, 2)
    large = top_of(office, megabytes)
    assert small < 16 * ONE_MEGABYTE
    assert large < small + 8 * ONE_MEGABYTE


def test_memory_does_not_follow_the_size_of_a_bundle(office: Office) -> None:
    check_flat(office, 12)


@pytest.mark.heavy
def test_memory_does_not_follow_the_size_of_a_large_bundle(office: Office) -> None:
    check_flat(office, 50)
