"""What stands on a bundle: its kind, its parties, its header and the name it goes by.

The header is one line of canonical JSON inside the signed part; this module is its only reader and
writer. `antq_desktop/bundle/SPEC.md` says what each field means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Final

from antq_desktop.domain.canonical import Json, canonical, parse_canonical_object
from antq_desktop.domain.wire import (
    WireError,
    codes,
    device_id,
    digest,
    exactly,
    matching,
    moment,
    optional,
    per_kind,
    whole,
    words,
    writer,
    yes_or_no,
)

FORMAT: Final = 1
LARGEST_NUMBER: Final = 999_999
COUNTER_LEAP: Final = 1_000_000_000
NUMBER_LEAP: Final = 100_000
EXTENSION: Final = ".antq"

_UNIT_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._-]{0,63}")
_UNIT_CODE: Final = re.compile(r"[A-Z0-9]{1,8}")
_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}")
_SPOKEN: Final = re.compile(r"[0-9]{8}")


class NewerFormatError(ValueError):
    """The bundle was written in a format that this program does not know yet."""

    def __init__(self, theirs: int) -> None:
        super().__init__(str(theirs))
        self.theirs = theirs


class BundleKind(StrEnum):
    """The three profiles of the one container."""

    UP = "LEN"
    SIBLINGS = "NOIBO"
    RETURN = "VE"

    @property
    def label(self) -> str:
        """What an officer calls it."""
        return _KIND_LABELS[self]


_KIND_LABELS: Final = {
    BundleKind.UP: "gói gửi lên",
    BundleKind.SIBLINGS: "gói nội bộ",
    BundleKind.RETURN: "gói trả về",
}


@dataclass(frozen=True, slots=True)
class Party:
    """A unit as a bundle names it: lasting id, code for file names (A–Z, 0–9, at most 8), name."""

    id: str
    code: str
    name: str

    def to_json(self) -> dict[str, Json]:
        """Return the canonical JSON object."""
        return {"code": self.code, "id": self.id, "name": self.name}

    @classmethod
    def from_json(cls, value: Json, where: str) -> Party:
        """Read it, or raise `WireError` naming the field."""
        given = exactly(value, where, {"code", "id", "name"})
        return cls(
            id=matching(given["id"], f"{where}.id", _UNIT_ID),
            code=matching(given["code"], f"{where}.code", _UNIT_CODE),
            name=words(given["name"], f"{where}.name"),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """One bundle by its number within its writer and its identity (SHA-256 of the tag manifest)."""

    number: int
    digest: str

    def to_json(self) -> dict[str, Json]:
        """Return the canonical JSON object."""
        return {"digest": self.digest, "number": self.number}

    @classmethod
    def from_json(cls, value: Json, where: str) -> Place:
        """Read it, or raise `WireError` naming the field."""
        given = exactly(value, where, {"digest", "number"})
        return cls(
            number=whole(given["number"], f"{where}.number", 1, LARGEST_NUMBER),
            digest=digest(given["digest"], f"{where}.digest"),
        )


@dataclass(frozen=True, slots=True)
class WriterPlace:
    """One bundle by writer, number and identity: what a receipt and a statement speak of."""

    writer: str
    number: int
    digest: str

    def to_json(self) -> dict[str, Json]:
        """Return the canonical JSON object."""
        return {"digest": self.digest, "number": self.number, "writer": self.writer}

    @classmethod
    def from_json(cls, value: Json, where: str) -> WriterPlace:
        """Read it, or raise `WireError` naming the field."""
        given = exactly(value, where, {"digest", "number", "writer"})
        return cls(
            writer=writer(given["writer"], f"{where}.writer"),
            number=whole(given["number"], f"{where}.number", 1, LARGEST_NUMBER),
            digest=digest(given["digest"], f"{where}.digest"),
        )


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """Where the history of a store stood: how many entries it had, and the link of the last one."""

    length: int
    head: str

    def to_json(self) -> dict[str, Json]:
        """Return the canonical JSON object."""
        return {"head": self.head, "length": self.length}

    @classmethod
    def from_json(cls, value: Json, where: str) -> JournalPlace:
        """Read it, or raise `WireError` naming the field."""
        given = exactly(value, where, {"head", "length"})
        return cls(
            length=whole(given["length"], f"{where}.length", 1),
            head=digest(given["head"], f"{where}.head"),
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines each file of lines has, and how many attachments and bags of lower units."""

    records: Mapping[str, int] = field(default_factory=dict)
    answer: Mapping[str, int] = field(default_factory=dict)
    attachments: int = 0
    below: int = 0

    def to_json(self) -> dict[str, Json]:
        """Return the canonical JSON object."""
        return {
            "answer": dict(self.answer),
            "attachments": self.attachments,
            "below": self.below,
            "records": dict(self.records),
        }

    @classmethod
    def from_json(cls, value: Json, where: str) -> Counts:
        """Read it, or raise `WireError` naming the field."""
        given = exactly(value, where, {"answer", "attachments", "below", "records"})
        return cls(
            records=per_kind(given["records"], f"{where}.records"),
            answer=per_kind(given["answer"], f"{where}.answer"),
            attachments=whole(given["attachments"], f"{where}.attachments"),
            below=whole(given["below"], f"{where}.below"),
        )


@dataclass(frozen=True, slots=True)
class Header:
    """What a bundle says of itself inside the signed part.

    Attributes:
        kind: Which of the three profiles.
        sender: The unit whose device signs.
        receiver: The unit it is for.
        device: Lasting id of the sending device, 32 hexadecimal letters.
        writer: Life of the sending database, 8 letters of Crockford base 32.
        number: Number of this bundle within its writer, 1 to 999999, over all addressees.
        basis: Newest bundle of this writer that the addressee had confirmed; None means none.
        previous: Bundle that this writer sealed before this one for this addressee.
        last_receipt: Newest return bundle of the addressee that the sender had taken in.
        restarted_from: For a return after a restore: the receiver's last own bundle that it knows.
        counter: Largest counter of any save the sending store had seen; no save inside is above it.
        schema: Version of the record schema the records were written under.
        catalogue: Version of the catalogue in force at the sender.
        program: Version of the sending program.
        claimed: Civil time of Vietnam that the sender's clock showed; shown, never compared.
        clock_warnings: Codes of what the sender noticed about its clock.
        spoken: Eight random digits that the receiver may read out after merging.
        sample: True when it comes from a store of invented records.
        journal: Where the sender's history stood before this bundle; None from older programs.
        counts: What is inside.
    """

    kind: BundleKind
    sender: Party
    receiver: Party
    device: str
    writer: str
    number: int
    counter: int
    schema: int
    catalogue: str
    program: str
    claimed: str
    spoken: str
    basis: Place | None = None
    previous: Place | None = None
    last_receipt: WriterPlace | None = None
    restarted_from: WriterPlace | None = None
    clock_warnings: tuple[str, ...] = ()
    sample: bool = False
    journal: JournalPlace | None = None
    counts: Counts = field(default_factory=Counts)

    @property
    def name(self) -> str:
        """Name of the folder inside, and of the file without its extension."""
        return (
            f"ANTQ_{self.kind}_{self.sender.code}_{self.receiver.code}"
            f"_{self.writer}_{self.number:06d}"
        )

    @property
    def file_name(self) -> str:
        """Name of the file, safe on FAT32."""
        return self.name + EXTENSION

    @property
    def comment(self) -> str:
        """The trusted comment of the signature: one Vietnamese line with the same facts."""
        basis = f"{self.basis.number:06d}" if self.basis else "chưa có"
        return (
            f"ANTQ {self.kind.label}; đơn vị gửi {self.sender.id}; máy {self.device};"
            f" bản dữ liệu {self.writer}; số {self.number:06d}; tiếp theo số {basis};"
            f" đơn vị nhận {self.receiver.id}"
        )

    def to_bytes(self) -> bytes:
        """Return the content of `data/header.json`: one canonical line with its line end.

        Raises:
            WireError: A field holds what no reader would accept.
        """
        given: dict[str, Json] = {"format": FORMAT, "kind": str(self.kind)}
        for name in _PLAIN:
            given[name] = getattr(self, name)
        for name in _OBJECTS:
            part = getattr(self, name)
            given[name] = None if part is None else part.to_json()
        if self.journal is not None:
            given["journal"] = self.journal.to_json()
        given["clock_warnings"] = list(self.clock_warnings)
        line = canonical(given)
        header_from_bytes(line + b"\n")
        return line + b"\n"


_PLAIN: Final = (
    "device", "writer", "number", "counter", "schema", "catalogue", "program", "claimed", "spoken",
    "sample",
)  # fmt: skip
_OBJECTS: Final = (
    "sender", "receiver", "basis", "previous", "last_receipt", "restarted_from", "counts",
)  # fmt: skip
_HEADER_KEYS: Final = frozenset({"format", *(said.name for said in fields(Header))})
_MAY_MISS: Final = frozenset({"journal"})


def header_from_bytes(data: bytes) -> Header:
    """Read `data/header.json`, every field checked.

    Raises:
        NewerFormatError: The format is newer than this program's.
        WireError: A field is missing, unknown or holds what it must not.
        NotCanonicalError: The bytes are not one canonical line.
    """
    if not data.endswith(b"\n"):
        raise WireError("header")
    given = parse_canonical_object(data[:-1])
    theirs = whole(given.get("format"), "format")
    if theirs > FORMAT:
        raise NewerFormatError(theirs)
    exactly(given, "header", _HEADER_KEYS - (_MAY_MISS - given.keys()))
    header = Header(
        kind=_kind_of_bundle(given["kind"]),
        sender=Party.from_json(given["sender"], "sender"),
        receiver=Party.from_json(given["receiver"], "receiver"),
        device=device_id(given["device"], "device"),
        writer=writer(given["writer"], "writer"),
        number=whole(given["number"], "number", 1, LARGEST_NUMBER),
        counter=whole(given["counter"], "counter"),
        schema=whole(given["schema"], "schema", 1),
        catalogue=matching(given["catalogue"], "catalogue", _VERSION),
        program=matching(given["program"], "program", _VERSION),
        claimed=moment(given["claimed"], "claimed"),
        spoken=matching(given["spoken"], "spoken", _SPOKEN),
        basis=optional(given["basis"], "basis", Place.from_json),
        previous=optional(given["previous"], "previous", Place.from_json),
        last_receipt=optional(given["last_receipt"], "last_receipt", WriterPlace.from_json),
        restarted_from=optional(given["restarted_from"], "restarted_from", WriterPlace.from_json),
        clock_warnings=codes(given["clock_warnings"], "clock_warnings"),
        sample=yes_or_no(given["sample"], "sample"),
        journal=optional(given.get("journal"), "journal", JournalPlace.from_json),
        counts=Counts.from_json(given["counts"], "counts"),
    )
    for earlier in (header.basis, header.previous):
        if earlier is not None and earlier.number >= header.number:
            raise WireError("number")
    return header


def _kind_of_bundle(value: Json) -> BundleKind:
    try:
        return BundleKind(value)  # type: ignore[arg-type]  # a foreign value is refused just below
    except ValueError as fault:
        raise WireError("kind") from fault
