"""The conformance suite of BagIt: the flaw of each of its bags, brought into a bag of ours.

Ours is a narrower kind of bag (one digest, plain names, no files elsewhere). So each bag of the
suite is rebuilt as one of ours with its flaw kept, signed by an honest key, and put to the gate.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from antq_desktop.bundle import limits

from .conftest import Office
from .forging import Bag, bag_of, enclosed, zipped

SUITE = Path(__file__).parents[1] / "vectors" / "public" / "bagit" / "suite.zip"
PLAIN_DECLARATION = "BagIt-Version: {}\nTag-File-Character-Encoding: UTF-8\n"
# Right by the suite, and refused all the same: what our bags never need.
MORE_THAN_OURS = {
    "ISO-8859-1-encoded-tag-files": "one encoding",
    "UTF-16-encoded-tag-files": "one encoding",
    "bag-in-a-bag": "a content is carried once",
    "bag-with-encoded-names": "plain names",
    "bag-with-escapable-characters": "plain names",
    "bag-with-leading-dot-slash-in-manifest": "one spelling of a name",
    "bag-with-space": "plain names",
    "holey-bag": "nothing is fetched from elsewhere",
}
ALSO_REFUSED_WARNINGS = {
    "made-with-md5sum-tools", "relative-path", "duplicate-file-with-different-case",
    "same-filename-listed-twice-with-different-normalization",
    "same-filename-listed-twice-with-the-same-hash", "special-system-files",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    version: str
    judged: str
    name: str
    files: Mapping[str, bytes]


def cases() -> list[Case]:
    found: dict[tuple[str, str, str], dict[str, bytes]] = {}
    with zipfile.ZipFile(SUITE) as suite:
        for info in suite.infolist():
            parts = info.filename.split("/", 3)
            if len(parts) == 4 and parts[3] and not info.is_dir():
                files = found.setdefault((parts[0], parts[1], parts[2]), {})
                files[parts[3]] = suite.read(info)
    return [Case(*key, files) for key, files in sorted(found.items())]


CASES = cases()


def ours(name: str, data: bytes) -> str:
    """A plain payload file goes where ours are kept; a name that is itself the flaw stays."""
    if not limits.is_harmless_name(name) or not name.startswith("data/"):
        return name
    return f"data/attachments/{hashlib.sha256(data).hexdigest()}"


def lines_of(data: bytes) -> list[tuple[str, str]]:
    pairs = [line.split(None, 1) for line in data.decode("utf-8", "replace").splitlines()]
    return [(pair[0], pair[1].strip()) for pair in pairs if len(pair) == 2]


def payload_lines(case: Case) -> list[str]:
    """Return the lines of the manifests under our names and digest; a wrong one stays wrong."""
    told: list[str] = []
    manifests = {
        name.partition("-")[2].removesuffix(".txt"): lines_of(data)
        for name, data in case.files.items()
        if name.startswith("manifest-")
    }
    listed_by_all = set.intersection(
        *({name for _digest, name in lines} for lines in manifests.values())
    )
    algorithm, lines = next(iter(manifests.items()))
    for digest, name in lines:
        if name not in listed_by_all:
            continue
        data = case.files.get(name, b"")
        right = hashlib.new(algorithm, data).hexdigest() == digest.lower()
        shown = hashlib.sha256(data).hexdigest() if right else "0" * 64
        told.append(f"{shown}  {ours(name, data)}\n")
    return told


def flawed(case: Case, bag: Bag, office: Office, comment: str) -> Bag:
    """Return our bag with the payload and the flaws of a case, signed."""
    made = {name: data for name, data in bag.items() if name.startswith("data/")}
    honest = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in made.items()]
    for name, data in case.files.items():
        if name.startswith("data/") or name == "fetch.txt":
            made[ours(name, data)] = data
    payload = [data for name, data in made.items() if name.startswith("data/")]
    declared = case.files.get("bagit.txt")
    if declared is not None:
        plain = PLAIN_DECLARATION.format(case.version.removeprefix("v")).encode()
        same = declared.rstrip(b"\r\n") == plain.rstrip(b"\n")
        made[limits.BAGIT] = limits.BAGIT_TEXT if same else declared
    size = sum(len(data) for data in payload)
    info = f"Payload-Oxum: {size}.{len(payload)}\n".encode()
    made[limits.MANIFEST] = "".join([*honest, *payload_lines(case)]).encode()
    tag_lines = [f"{hashlib.sha256(made[limits.MANIFEST]).hexdigest()}  {limits.MANIFEST}\n"]
    tag_lines += [f"{hashlib.sha256(limits.BAGIT_TEXT).hexdigest()}  {limits.BAGIT}\n"]
    tag_lines += [f"{hashlib.sha256(info).hexdigest()}  {limits.BAG_INFO}\n"]
    if limits.BAGIT in made and made[limits.BAGIT] != limits.BAGIT_TEXT:
        tag_lines[1] = f"{hashlib.sha256(made[limits.BAGIT]).hexdigest()}  {limits.BAGIT}\n"
    made[limits.BAG_INFO] = info + (b"altered\n" if tag_file_is_altered(case) else b"")
    if baginfo_is_missing(case):
        del made[limits.BAG_INFO]
    made[limits.TAG_MANIFEST] = "".join(tag_lines).encode()
    made[limits.SIGNATURE] = office.commune.sign(made[limits.TAG_MANIFEST], comment)
    return made


def tag_file_is_altered(case: Case) -> bool:
    for name, data in case.files.items():
        if not name.startswith("tagmanifest-"):
            continue
        algorithm = name.partition("-")[2].removesuffix(".txt")
        for digest, listed in lines_of(data):
            there = case.files.get(listed)
            if there is not None and hashlib.new(algorithm, there).hexdigest() != digest.lower():
                return True
    return False


def baginfo_is_missing(case: Case) -> bool:
    listed = [
        name
        for tag, data in case.files.items()
        if tag.startswith("tagmanifest-")
        for _digest, name in lines_of(data)
    ]
    return limits.BAG_INFO in listed and limits.BAG_INFO not in case.files


def codes(case: Case, office: Office) -> set[str]:
    """Return why the bag is refused, apart from the header, which knows nothing of these files."""
    sealed = office.seal()
    bag = flawed(case, bag_of(office, sealed), office, sealed.header.comment)
    return set(office.codes(enclosed(office, zipped(sealed.header.name, bag)))) - {
        "counts_mismatch"
    }


def of(*judged: str) -> list[object]:
    return [
        pytest.param(case, id=f"{case.version}-{case.judged}-{case.name}")
        for case in CASES
        if case.judged in judged
    ]


@pytest.mark.parametrize("case", of("valid"))
def test_a_bag_that_the_suite_calls_valid_passes_unless_it_asks_for_more_than_ours(
    office: Office, case: Case
) -> None:
    assert (codes(case, office) == set()) == (case.name not in MORE_THAN_OURS)


@pytest.mark.parametrize("case", of("invalid", "linux-only", "windows-only"))
def test_the_flaw_of_every_bag_that_the_suite_calls_invalid_is_refused(
    office: Office, case: Case
) -> None:
    assert codes(case, office)


@pytest.mark.parametrize("case", of("warning"))
def test_what_the_suite_only_warns_of_is_refused(office: Office, case: Case) -> None:
    assert case.name in ALSO_REFUSED_WARNINGS
    assert codes(case, office)
