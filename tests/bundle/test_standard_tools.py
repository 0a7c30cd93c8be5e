"""Anyone can check a bundle without the program: the note inside is followed to the letter."""

from __future__ import annotations

import base64
import io
import shlex
import shutil
import subprocess
import zipfile
from pathlib import Path

import bagit  # type: ignore[import-untyped]  # ships no types
import pytest

from antq_desktop.bundle import limits, minisign
from antq_desktop.bundle.reading_note import READ_FIRST_TEXT, commands
from antq_desktop.bundle.writing import Sealed

from .conftest import Office
from .forging import Bag, bag_of, enclosed, unwrap, zipped

TOOLS = ("age", "unzip", "minisign", "sha256sum", "zip", "find", "wc")
pytestmark = pytest.mark.skipif(
    not Path("/etc/debian_version").exists(), reason="the tools are promised on Debian"
)


def run(line: str, folder: Path) -> str:
    """Run one line of the note as a person would type it, and insist that it succeeds."""
    done = subprocess.run(  # noqa: S602 - the note is made of shell lines
        line, shell=True, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


def unpacked(office: Office, sealed: Sealed, folder: Path) -> dict[str, str]:
    """Follow the note in a folder and return what each line printed."""
    folder.mkdir()
    shutil.copy(sealed.path, folder)
    (folder / "may nhan.txt").write_text(office.province.age_identity + "\n")
    words = {
        "TEP_GOI.antq": sealed.path.name,
        "TEP_CHIA_KHOA": shlex.quote("may nhan.txt"),
        "DONG_KHOA_CONG_KHAI": office.commune.public.sign_public.text,
    }
    printed: dict[str, str] = {}
    for line in commands():
        typed = line
        for word, value in words.items():
            typed = typed.replace(word, value)
        if typed.startswith("cd "):
            folder = Path(run(f"{typed} && pwd", folder).strip())
            continue
        printed[line.split()[0] + line.split()[-1]] = run(typed, folder)
    return printed


def test_every_promised_tool_is_installed() -> None:
    assert [tool for tool in TOOLS if shutil.which(tool) is None] == []


def test_the_note_followed_to_the_letter_opens_verifies_and_lists_a_bundle(
    office: Office, tmp_path: Path
) -> None:
    sealed = office.seal()
    printed = unpacked(office, sealed, tmp_path / "hand")
    assert "Signature and comment signature verified" in printed["minisignDONG_KHOA_CONG_KHAI"]
    assert sealed.header.comment in printed["minisignDONG_KHOA_CONG_KHAI"]
    assert printed["sha256sumtagmanifest-sha256.txt"].count(": OK") == 3
    assert printed["sha256summanifest-sha256.txt"].count(": OK") == 4
    assert printed["find-l"].strip() == printed["wcmanifest-sha256.txt"].strip() == "4"
    (bag,) = (tmp_path / "hand").glob("ANTQ_*/")
    assert (bag / limits.READ_FIRST).read_text() == READ_FIRST_TEXT


def test_the_bagit_library_takes_the_bag_as_valid(office: Office, tmp_path: Path) -> None:
    sealed = office.seal()
    unpacked(office, sealed, tmp_path / "hand")
    (folder,) = (tmp_path / "hand").glob("ANTQ_*/")
    bag = bagit.Bag(str(folder))
    assert bag.is_valid()
    assert bag.version_info == (1, 0)


def test_unzip_and_zipfile_find_nothing_to_complain_of(office: Office, tmp_path: Path) -> None:
    data = unwrap(office, office.seal().path)
    (tmp_path / "goi.zip").write_bytes(data)
    assert "No errors detected" in run("unzip -tq goi.zip", tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as inside:
        assert inside.testzip() is None
        assert {info.date_time for info in inside.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_bundle_put_together_by_zip_and_age_is_opened(office: Office, tmp_path: Path) -> None:
    sealed = office.seal()
    unpacked(office, sealed, tmp_path / "hand")
    recipient = office.province.public.age_recipient
    run("zip -q -X -D -r ../again.zip ANTQ_*/", tmp_path / "hand")
    run(f"age -r {recipient} -o again.antq again.zip", tmp_path)
    with office.open(tmp_path / "again.antq") as opened:
        assert opened.faults == []
        assert opened.identity == sealed.identity


def test_a_signature_by_the_tool_itself_is_read_alike(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"content")
    run("minisign -G -W -p key.pub -s key.sec", tmp_path)
    run("minisign -S -s key.sec -m a.txt -t 'đơn vị Mẫu'", tmp_path)
    parsed = minisign.parse_signature((tmp_path / "a.txt.minisig").read_bytes())
    assert parsed.comment == "đơn vị Mẫu"
    line = (tmp_path / "key.pub").read_text().split("\n")[1]
    raw = base64.b64decode(line)[10:]
    key = minisign.PublicKey(raw)
    digest = minisign.file_digest(b"content")
    assert key.verify(digest, parsed.signature)
    assert key.verify(parsed.signature + parsed.comment.encode(), parsed.comment_signature)


def test_the_note_shows_an_unlisted_file_by_its_last_two_numbers(
    office: Office, tmp_path: Path
) -> None:
    sealed = office.seal()
    bag: Bag = bag_of(office, sealed)
    bag["data/records/more.jsonl"] = b"{}\n"
    path = enclosed(office, zipped(sealed.header.name, bag), sealed.path.name)
    changed = Sealed(path, sealed.header, sealed.identity, sealed.size, sealed.sha256)
    printed = unpacked(office, changed, tmp_path / "hand")
    assert printed["find-l"].strip() != printed["wcmanifest-sha256.txt"].strip()
