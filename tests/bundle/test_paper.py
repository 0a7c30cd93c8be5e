"""The short form of a bundle: the same bag again, and nothing else ever becomes one."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.bundle import envelope
from antq_desktop.bundle.keys import Enrolled
from antq_desktop.bundle.opening import open_bundle
from antq_desktop.bundle.paper import lengthen, made_whole, shorten
from antq_desktop.bundle.refused import Refused
from antq_desktop.bundle.writing import Blob, Content, Sealed, seal

from .conftest import ALL_KINDS, HEADER, Office

LINES = [b'{"id":"%032x"}' % number for number in range(3)]


def sealed(office: Office, content: Content) -> Sealed:
    return seal(
        office.folder,
        HEADER,
        content,
        keys=office.commune,
        recipients=[Enrolled(office.province.public, ALL_KINDS)],
        scratch=office.scratch,
    )


def short_of(office: Office, content: Content) -> bytes | None:
    return shorten(
        sealed(office, content).path,
        keys=office.commune,
        recipients=[Enrolled(office.province.public, ALL_KINDS)],
        scratch=office.scratch,
    )


def packed(text: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b"\x01" + packer.compress(text) + packer.flush()


def test_the_bag_from_paper_is_the_bag_itself(office: Office) -> None:
    made = sealed(office, Content(records=[("incident", LINES)]))
    short = shorten(
        made.path,
        keys=office.commune,
        recipients=[Enrolled(office.province.public, ALL_KINDS)],
        scratch=office.scratch,
    )
    assert short is not None
    assert len(short) < made.size / 2
    read = lengthen(short, office.scratch, keys=office.province, scratch=office.scratch)
    assert (read.path.name, read.identity) == (made.path.name, made.identity)
    opened = [
        open_bundle(
            path,
            keys=office.province,
            registry=office.registry,
            desk=office.desk,
            scratch=office.scratch,
        )
        for path in (made.path, read.path)
    ]
    assert [one.faults for one in opened] == [[], []]
    assert len({(one.identity, str(one.header)) for one in opened}) == 1
    for one in opened:
        one.close()


def test_content_of_attachments_and_bags_never_goes_on_paper(office: Office) -> None:
    bag = Content(below=[Blob("0" * 64, lambda: [b"x"])])
    assert short_of(office, bag) is None


def test_a_bundle_of_many_records_does_not_fit(office: Office, tmp_path: Path) -> None:
    del tmp_path
    import hashlib

    many = [b'{"id":"%b"}' % hashlib.sha256(b"%d" % n).hexdigest().encode() for n in range(150)]
    assert short_of(office, Content(records=[("incident", many)])) is None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"ANTQ_LEN_11074_31_0123ABCD_000001",
        b"../../etc\n",
        b"ANTQ_LEN_11074_31_0123ABCD_000001\n5 data/../x\nabcde",
        b"ANTQ_LEN_11074_31_0123ABCD_000001\n1 manifest-sha256.txt\na",
        b"ANTQ_LEN_11074_31_0123ABCD_000001\n9 bag-info.txt\na",
        b"ANTQ_LEN_11074_31_0123ABCD_000001\n-1 bag-info.txt\na",
        b"ANTQ_LEN_11074_31_0123ABCD_000001\n\xd9\xa1 bag-info.txt\na",
        b"ANTQ_LEN_11074_31_0123ABCD_000001\n1 bag-info.txt\na1 bag-info.txt\nb",
        b"ANTQ_LEN_11074_31_0123ABCD_000001\n" + b"x" * 300,
        b"x" * 100_000,
    ],
)
def test_a_hostile_short_form_is_refused(text: bytes) -> None:
    with pytest.raises(Refused):
        made_whole(packed(text))


@given(st.binary(max_size=300))
def test_any_bytes_are_made_whole_or_refused(data: bytes) -> None:
    for text in (data, b"\x01" + data, packed(data)):
        with pytest.raises(Refused):
            made_whole(text)


def test_cut_anywhere_it_is_no_bundle(office: Office) -> None:
    short = short_of(office, Content(records=[("incident", LINES)]))
    assert short is not None
    for end in range(0, len(short), 37):
        out = io.BytesIO()
        with pytest.raises(Refused):
            envelope.decrypt(io.BytesIO(short[:end]), out, office.province.identities)
