"""Bounds that hold before anything is unpacked, and the few names a bundle may hold."""

from __future__ import annotations

import re
from typing import Final

LARGEST_FILE: Final = 2**31 - 1
LARGEST_AGE_HEADER: Final = 64 * 1024
MOST_FILES: Final = 20_000
MOST_RECORDS: Final = 200_000
LARGEST_MEMBER: Final = 2**31 - 1
LARGEST_UNPACKED: Final = 4 * 2**30
FREE_UNPACKED: Final = 64 * 2**20
LARGEST_RATIO: Final = 200
LARGEST_LINE: Final = 1 << 20
LARGEST_HEADER: Final = 64 * 1024
LARGEST_TAG_FILE: Final = 16 * 1024
LARGEST_MANIFEST: Final = 4 * 2**20
MOST_FAULTS_LISTED: Final = 10_000
PIECE: Final = 1 << 16

BAGIT: Final = "bagit.txt"
BAG_INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
SIGNATURE: Final = TAG_MANIFEST + ".minisig"
HEADER: Final = "data/header.json"
READ_FIRST: Final = "data/DOC_TRUOC.txt"
TAG_FILES: Final = (BAG_INFO, BAGIT, MANIFEST)
BAGIT_TEXT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

FOLDER: Final = re.compile(
    r"ANTQ_(?:LEN|NOIBO|VE)_[A-Z0-9]{1,8}_[A-Z0-9]{1,8}_[0-9A-HJKMNP-TV-Z]{8}_[0-9]{6}"
)
_LINES: Final = re.compile(r"data/(records|answer)/([a-z][a-z0-9_]{0,39})\.jsonl")
_BLOBS: Final = re.compile(r"data/(?:attachments/[0-9a-f]{64}|below/[0-9a-f]{64}\.zip)")
_FIXED: Final = frozenset({*TAG_FILES, TAG_MANIFEST, SIGNATURE, HEADER, READ_FIRST})
_HARMLESS: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_DEVICE_NAMES: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def is_known_name(name: str) -> bool:
    """Return whether a file of that name, seen from the bag's folder, belongs in a bundle."""
    return name in _FIXED or bool(_BLOBS.fullmatch(name)) or lines_of(name) is not None


def lines_of(name: str) -> tuple[str, str] | None:
    """Return section (`records` or `answer`) and kind of a file of lines, or None."""
    found = _LINES.fullmatch(name)
    return (found[1], found[2]) if found and is_harmless_name(name) else None


def is_harmless_name(name: str) -> bool:
    """Return whether a name could be unpacked anywhere: plain ASCII, no way out, no device name.

    Windows' rules hold on Linux too: reserved names, trailing dots, colons and backslashes.
    """
    return bool(_HARMLESS.fullmatch(name)) and not any(
        _DEVICE_NAMES.fullmatch(part) or part.endswith(".") for part in name.split("/")
    )
