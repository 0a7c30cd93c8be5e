"""The bag inside the zip: who signed its tag manifest, and whether every file is the one listed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Final

from antq_desktop.bundle import limits, minisign
from antq_desktop.bundle.keys import Enrolled
from antq_desktop.bundle.refused import Refused
from antq_desktop.bundle.zipreading import ZipInside
from antq_desktop.domain.gate import GateFault, gate_fault

_MANIFEST_LINE: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)")
_OXUM: Final = re.compile(r"(?m)^Payload-Oxum: ([0-9]{1,16})\.([0-9]{1,8})$")


def check_signer(
    inside: ZipInside, signer: Callable[[str], Enrolled | None]
) -> tuple[Enrolled, minisign.Signature]:
    """Return who claims to have signed, if that key is known and still believed.

    Raises:
        Refused: `signature_missing`, `signature_malformed`, `signer_unknown`, `signer_revoked`.
    """
    if limits.SIGNATURE not in inside.members or limits.TAG_MANIFEST not in inside.members:
        raise Refused("signature_missing")
    try:
        signature = minisign.parse_signature(
            inside.whole(limits.SIGNATURE, limits.LARGEST_TAG_FILE)
        )
    except minisign.MalformedSignatureError as fault:
        raise Refused("signature_malformed") from fault
    enrolled = signer(signature.key_id)
    if enrolled is None:
        raise Refused("signer_unknown", place=signature.key_id)
    if enrolled.revoked:
        raise Refused("signer_revoked")
    return enrolled, signature


def check_signature(inside: ZipInside, enrolled: Enrolled, signature: minisign.Signature) -> bytes:
    """Return the tag manifest as it came, once the signature over it holds.

    Raises:
        Refused: `signature_wrong`.
    """
    tag_manifest = inside.whole(limits.TAG_MANIFEST, limits.LARGEST_TAG_FILE)
    if not signature.holds(enrolled.device.sign_public, minisign.file_digest(tag_manifest)):
        raise Refused("signature_wrong")
    return tag_manifest


def check_files(inside: ZipInside, tag_manifest: bytes) -> Iterator[GateFault]:
    """Yield every file that is missing, unlisted or altered, first tag files, then the payload.

    The payload is looked at only when the tag files, its manifest among them, are as signed.

    Raises:
        Refused: `manifest_malformed` or a file does not unpack.
    """
    tags = _listed(tag_manifest)
    if set(tags) != set(limits.TAG_FILES):
        raise Refused("manifest_malformed", place=limits.TAG_MANIFEST)
    around = {name for name in inside.members if not name.startswith("data/")}
    around -= {limits.TAG_MANIFEST, limits.SIGNATURE}
    faults = list(_compared(inside, tags, around))
    yield from faults
    if faults:
        return
    if inside.whole(limits.BAGIT, limits.LARGEST_TAG_FILE) != limits.BAGIT_TEXT:
        raise Refused("manifest_malformed", place=limits.BAGIT)
    manifest = _listed(inside.whole(limits.MANIFEST, limits.LARGEST_MANIFEST))
    payload = {name for name in inside.members if name.startswith("data/")}
    if not {limits.HEADER, limits.READ_FIRST} <= set(manifest):
        raise Refused("manifest_malformed", place=limits.MANIFEST)
    faults = list(_compared(inside, manifest, payload))
    yield from faults
    if not faults:
        _check_sums(inside, payload)


def _compared(inside: ZipInside, listed: dict[str, str], there: set[str]) -> Iterator[GateFault]:
    for name in sorted(set(listed) - there):
        yield gate_fault("file_missing", place=name, what=name)
    for name in sorted(there - set(listed)):
        yield gate_fault("file_unlisted", place=name, what=name)
    for name in sorted(there & set(listed)):
        digest = hashlib.sha256()
        for piece in inside.stream(name):
            digest.update(piece)
        named = name.removeprefix("data/attachments/")
        if digest.hexdigest() != listed[name] or named not in {name, listed[name]}:
            yield gate_fault("file_altered", place=name, what=name)


def _check_sums(inside: ZipInside, payload: set[str]) -> None:
    info = inside.whole(limits.BAG_INFO, limits.LARGEST_TAG_FILE).decode("utf-8", "replace")
    octets = sum(inside.members[name].size for name in payload)
    if _OXUM.findall(info) != [(str(octets), str(len(payload)))]:
        raise Refused("manifest_malformed", place=limits.BAG_INFO)


def _listed(data: bytes) -> dict[str, str]:
    text = data.decode("latin-1")
    lines = text.split("\n")
    found = [_MANIFEST_LINE.fullmatch(line) for line in lines[:-1]]
    digests = {match[2]: match[1] for match in found if match}
    if lines[-1] or len(digests) != len(found):
        raise Refused("manifest_malformed")
    return digests
