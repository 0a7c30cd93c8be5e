"""Hostile zips and files that are no bundles: refused before anything inside is believed."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from antq_desktop.bundle import limits
from antq_desktop.domain.errors import EnvironmentFault

from .conftest import Office
from .forging import Bag, bag_of, enclosed, forged, resigned, unwrap, zipped

INCIDENTS = "data/records/incident.jsonl"


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt", "data/../../out", "/etc/passwd", "C:/out", "data\\out", "data/con.jsonl",
        "data/records/aux.jsonl", "data/records/NUL.jsonl", "data/records/x.jsonl.", "data/a:b",
        "data//x", "data/./x", "data/records/x\x00.jsonl", "data/records/\u202ex.jsonl", ".hidden",
        "data/records/com1.jsonl", "data/records/x ", "data/",
    ],
)  # fmt: skip
def test_hostile_names_are_refused_by_the_rules_of_every_system(office: Office, name: str) -> None:
    sealed = office.seal()
    bag = resigned(bag_of(office, sealed), office.commune, sealed.header.comment)
    # zipfile itself would tidy some of these, so the name is put in place by its length.
    stand_in = "Z" * len(name.encode())
    data = zipped(sealed.header.name, {**bag, stand_in: b"x"})
    data = data.replace(stand_in.encode(), name.encode())
    assert office.codes(enclosed(office, data)) == ["zip_name_unsafe"]


@pytest.mark.parametrize("name", ["data/more.txt", "run.exe", "data/records/Incident.jsonl"])
def test_a_harmless_name_that_has_no_place_in_a_bundle(office: Office, name: str) -> None:
    path = forged(office, office.seal(), lambda bag: bag.update({name: b"x"}), sign=False)
    assert office.codes(path) == ["zip_name_unknown"]


def test_the_same_name_twice(office: Office) -> None:
    sealed = office.seal()
    stand_in = "data/records/incidenX.jsonl"
    data = zipped(sealed.header.name, {**bag_of(office, sealed), stand_in: b"x"})
    data = data.replace(stand_in.encode(), INCIDENTS.encode())
    assert office.codes(enclosed(office, data)) == ["zip_name_twice"]


def test_two_folders_or_a_foreign_folder(office: Office) -> None:
    sealed = office.seal()
    bag = bag_of(office, sealed)
    assert office.codes(enclosed(office, zipped("bag", bag))) == ["zip_name_unknown"]
    data = zipped(sealed.header.name, {**bag, "data/records/zz.jsonl": b"x"})
    old = f"{sealed.header.name}/data/records/zz.jsonl".encode()
    data = data.replace(old, old.replace(b"000001/", b"000002/"))
    assert office.codes(enclosed(office, data)) == ["zip_name_unknown"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(office: Office) -> None:
    def blow(bag: Bag) -> None:
        bag[INCIDENTS] = b"\n" * (limits.FREE_UNPACKED + 1)

    assert office.codes(forged(office, office.seal(), blow)) == ["zip_too_big"]


def test_a_member_that_unpacks_to_more_or_less_than_it_declares(office: Office) -> None:
    sealed = office.seal()
    bag = bag_of(office, sealed)
    size = struct.pack("<I", len(bag[INCIDENTS]))
    data = zipped(sealed.header.name, bag)
    assert data.count(size) == 2
    for lie, code in ((-1, "zip_too_big"), (1, "zip_malformed")):
        changed = data.replace(size, struct.pack("<I", len(bag[INCIDENTS]) + lie))
        assert office.codes(enclosed(office, changed)) == [code]


def test_too_many_files(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = office.seal()
    monkeypatch.setattr(limits, "MOST_FILES", 5)
    assert office.codes(sealed.path) == ["zip_too_many"]


def test_local_headers_and_directory_that_disagree(office: Office) -> None:
    data = unwrap(office, office.seal().path)
    for offset in (4, 6, 8, 10, 12, 14, 18, 22, 26, 28, 30):
        changed = bytearray(data)
        changed[offset] ^= 1
        assert office.codes(enclosed(office, bytes(changed))) == ["zip_malformed"], offset


def test_extra_fields_comments_and_gaps(office: Office) -> None:
    sealed = office.seal()
    bag = bag_of(office, sealed)

    def made(extra: bytes = b"", comment: bytes = b"", whole: bytes = b"") -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            for name, data in bag.items():
                info = zipfile.ZipInfo(f"{sealed.header.name}/{name}")
                info.extra, info.comment = extra, comment
                file.writestr(info, data)
            file.comment = whole
        return out.getvalue()

    assert office.codes(enclosed(office, made())) == []
    for hostile in (
        made(extra=b"\xfe\xca\x00\x00"), made(comment=b"x"), made(whole=b"x"), b"junk" + made(),
    ):  # fmt: skip
        assert office.codes(enclosed(office, hostile)) == ["zip_malformed"]


def test_links_folders_encryption_and_foreign_packing(office: Office) -> None:
    sealed = office.seal()
    bag = bag_of(office, sealed)
    for attributes, method in ((0o120777 << 16, 0), (0x10, 0), (0, zipfile.ZIP_BZIP2)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            for name, data in bag.items():
                info = zipfile.ZipInfo(f"{sealed.header.name}/{name}")
                info.external_attr = attributes or 0o600 << 16
                file.writestr(info, data, method)
        assert office.codes(enclosed(office, out.getvalue())) == ["zip_method"]
    locked = bytearray(unwrap(office, sealed.path))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert office.codes(enclosed(office, bytes(locked))) == ["zip_method"]


def test_what_is_no_bundle_at_all(office: Office) -> None:
    path = office.folder / "x.antq"
    for data, code in (
        (b"", "file_empty"),
        (b"\0" * 100_000, "not_a_bundle"),
        (b"PK\x03\x04", "not_a_bundle"),
        (b"age-encryption.org/v2\n-> X25519", "not_a_bundle"),
        (b"age-encryption.org/v1\n", "envelope_malformed"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "not_a_bundle"),
    ):
        path.write_bytes(data)
        assert office.codes(path) == [code]
    assert office.codes(enclosed(office, b"")) == ["zip_malformed"]
    assert office.codes(Path("/dev/zero")) == ["not_a_bundle"]
    with pytest.raises(EnvironmentFault) as caught:
        office.open(office.folder / "missing.antq")
    assert caught.value.code == "not_found"


def test_endless_data_stops_at_the_limit(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = office.seal()
    monkeypatch.setattr(limits, "LARGEST_FILE", sealed.size - 1)
    assert office.codes(sealed.path) == ["file_too_big"]
