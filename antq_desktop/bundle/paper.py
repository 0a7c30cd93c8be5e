"""A bundle made short enough for paper, and made whole again: the same bag, the same signature.

What every bag holds alike or what can be worked out is left away: the note to read first,
`bagit.txt` and the two manifests. Making it whole parses no JSON and believes nothing: the bag that
results goes through the gate.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antq_desktop import files
from antq_desktop.bundle import envelope, limits
from antq_desktop.bundle.keys import DeviceKeys, Enrolled
from antq_desktop.bundle.reading_note import READ_FIRST_TEXT
from antq_desktop.bundle.refused import Refused
from antq_desktop.bundle.rewrapping import wrap
from antq_desktop.bundle.spool import SealedSpool
from antq_desktop.bundle.writing import manifest_text
from antq_desktop.bundle.zipreading import ZipInside
from antq_desktop.bundle.zipwriting import ZipStream, pack
from antq_desktop.domain.paper_pieces import LARGEST

UNKNOWN_NAME: Final = "GOI_TREN_GIAY"
_VERSION: Final = b"\x01"
_LARGEST_UNPACKED: Final = 64 * 1024
_MOST_MEMBERS: Final = 40
_KNOWN: Final = {
    limits.READ_FIRST: READ_FIRST_TEXT.encode(),
    limits.BAGIT: limits.BAGIT_TEXT,
}
_WORKED_OUT: Final = (limits.MANIFEST, limits.TAG_MANIFEST)


def shorten(
    sealed: Path, *, keys: DeviceKeys, recipients: Sequence[Enrolled], scratch: Path
) -> bytes | None:
    """Return a sealed bundle of this device as it goes on paper; None where it does not fit.

    It is encrypted for the recipients alone: the sending device keeps the file itself.

    Raises:
        EnvironmentFault: The file cannot be read, or the disk takes no scratch file.
        Refused: The file is no bundle of this device, or not one that can be made whole again.
    """
    if sealed.stat().st_size > _LARGEST_UNPACKED:
        return None
    with SealedSpool(scratch) as spool:
        envelope.decrypt(io.BytesIO(sealed.read_bytes()), spool, keys.identities)
        inside = ZipInside(spool)
        if any(name.startswith(("data/attachments/", "data/below/")) for name in inside.members):
            return None
        held = {name: inside.whole(name, limits.LARGEST_UNPACKED) for name in inside.members}
        folder = inside.folder
    short = _packed(folder, held)
    if made_whole(short) != (folder, held):
        raise Refused("zip_malformed")
    out = io.BytesIO()
    envelope.encrypt(io.BytesIO(short), out, sorted({to.device.age_recipient for to in recipients}))
    data = out.getvalue()
    return data if len(data) <= LARGEST else None


@dataclass(frozen=True, slots=True)
class FromPaper:
    """A bundle that was read from paper and stands as a file for this device alone.

    Attributes:
        path: The file; its name is a hint, as that of any bundle.
        identity: Its identity as it says itself; empty where it could not be made whole.
    """

    path: Path
    identity: str


def lengthen(data: bytes, folder: Path, *, keys: DeviceKeys, scratch: Path) -> FromPaper:
    """Write what was read from paper into a folder as a bundle for this device.

    What cannot be opened or made whole is written as it came: the gate says what is wrong with it.

    Raises:
        EnvironmentFault: The disk denied it.
    """
    out = io.BytesIO()
    unknown = folder / f"{UNKNOWN_NAME}_{_sha256(data)[:8].upper()}.antq"
    try:
        envelope.decrypt(io.BytesIO(data), out, keys.identities)
    except Refused:
        files.write_atomically(unknown, data)
        return FromPaper(unknown, "")
    try:
        name, held = made_whole(out.getvalue())
    except Refused:
        wrap([out.getvalue()], unknown, keys.public)
        return FromPaper(unknown, "")
    path = folder / f"{name}.antq"
    wrap(_zipped(name, held, scratch), path, keys.public)
    return FromPaper(path, _sha256(held[limits.TAG_MANIFEST]))


def made_whole(short: bytes) -> tuple[str, dict[str, bytes]]:
    """Return folder and files of the bag of which this is the short form.

    Raises:
        Refused: `zip_malformed`, `zip_name_unknown`, `zip_name_twice` or `zip_too_big`.
    """
    text = _unpacked(short)
    folder, text = _line(text)
    if not limits.FOLDER.fullmatch(folder):
        raise Refused("zip_name_unknown")
    held: dict[str, bytes] = {}
    while text:
        said, text = _line(text)
        size, _, name = said.partition(" ")
        if not (size.isascii() and size.isdecimal() and len(size) < 6) or int(size) > len(text):
            raise Refused("zip_malformed")
        if not limits.is_known_name(name) or name in _WORKED_OUT:
            raise Refused("zip_name_unknown", place=name)
        if name in held or len(held) >= _MOST_MEMBERS:
            raise Refused("zip_name_twice", place=name)
        held[name], text = text[: int(size)], text[int(size) :]
    for name, known in _KNOWN.items():
        held.setdefault(name, known)
    payload = {name: _sha256(data) for name, data in held.items() if name.startswith("data/")}
    held[limits.MANIFEST] = manifest_text(payload)
    tags: dict[str, str] = {name: _sha256(held[name]) for name in limits.TAG_FILES if name in held}
    held[limits.TAG_MANIFEST] = manifest_text(tags)
    return folder, held


def _packed(folder: str, held: dict[str, bytes]) -> bytes:
    left_away = {name for name, known in _KNOWN.items() if held.get(name) == known}
    text = bytearray(f"{folder}\n".encode())
    for name in sorted(held.keys() - left_away - set(_WORKED_OUT)):
        text += f"{len(held[name])} {name}\n".encode() + held[name]
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    return _VERSION + packer.compress(bytes(text)) + packer.flush()


def _unpacked(short: bytes) -> bytes:
    if not short.startswith(_VERSION):
        raise Refused("zip_malformed")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = unpacker.decompress(short[1:], _LARGEST_UNPACKED)
    except zlib.error as fault:
        raise Refused("zip_malformed") from fault
    if unpacker.unconsumed_tail:
        raise Refused("zip_too_big")
    if not unpacker.eof or unpacker.unused_data:
        raise Refused("zip_malformed")
    return text


def _line(text: bytes) -> tuple[str, bytes]:
    line, ended, rest = text.partition(b"\n")
    if not ended or len(line) > 200:
        raise Refused("zip_malformed")
    try:
        return line.decode("ascii"), rest
    except UnicodeDecodeError as fault:
        raise Refused("zip_malformed") from fault


def _zipped(folder: str, held: dict[str, bytes], scratch: Path) -> Iterator[bytes]:
    stream = ZipStream()
    for name in sorted(held, key=lambda name: (not name.startswith("data/"), name)):
        packed = pack(f"{folder}/{name}", [held[name]], scratch, deflate=name.endswith(".jsonl"))
        yield from stream.member(packed)
    yield from stream.end()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
