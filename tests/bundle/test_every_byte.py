"""No byte of a bundle can be missing, altered or added unnoticed, in any of its layers."""

from __future__ import annotations

import pytest

from .conftest import Office, sample_records
from .forging import enclosed, unwrap


@pytest.fixture
def whole(office: Office) -> bytes:
    return office.seal(records={"incident": sample_records(1)["incident"]}).path.read_bytes()


def refused(office: Office, data: bytes) -> bool:
    path = office.folder / "changed.antq"
    path.write_bytes(data)
    return bool(office.codes(path))


def test_a_bundle_cut_at_any_byte_is_refused(office: Office, whole: bytes) -> None:
    assert [at for at in range(len(whole)) if not refused(office, whole[:at])] == []
    assert not refused(office, whole)


@pytest.mark.heavy
def test_a_bundle_with_any_byte_altered_is_refused(office: Office, whole: bytes) -> None:
    assert [at for at in range(len(whole)) if not refused(office, altered(whole, at))] == []


@pytest.mark.heavy
def test_the_zip_inside_with_any_byte_missing_or_altered_is_refused_or_says_the_same(
    office: Office,
) -> None:
    """As somebody can who saw the public file of the receiver, but holds no signing key.

    A few bits of a zip say nothing (rights, maker, the filling of the last packed byte); then
    nothing of what was signed may have changed.
    """
    genuine = office.seal()
    inside = unwrap(office, genuine.path)
    assert [at for at in range(len(inside)) if not refused_inside(office, inside[:at])] == []
    with office.open(genuine.path) as opened:
        identity = opened.identity
    for at in range(len(inside)):
        with office.open(enclosed(office, altered(inside, at))) as opened:
            if opened.faults:
                continue
            found = {kind: [line.data for line in lines] for kind, lines in opened.records()}
            assert (opened.identity, found) == (identity, sample_records()), at


def refused_inside(office: Office, inside: bytes) -> bool:
    return bool(office.codes(enclosed(office, inside)))


def altered(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :]
