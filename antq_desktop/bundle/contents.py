"""What a signed bag says: header against signature and surroundings, then line after line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol, TypeVar

from antq_desktop.bundle import limits
from antq_desktop.bundle.keys import Enrolled
from antq_desktop.bundle.quick import parse_checked_line, parse_line
from antq_desktop.bundle.refused import Refused
from antq_desktop.bundle.zipreading import ZipInside
from antq_desktop.domain.answers import (
    ENROLLED,
    Answer,
    Statement,
    answer_from,
    statement_from,
)
from antq_desktop.domain.canonical import Json, NotCanonicalError
from antq_desktop.domain.exchange import (
    COUNTER_LEAP,
    FORMAT,
    NUMBER_LEAP,
    BundleKind,
    Header,
    NewerFormatError,
    header_from_bytes,
)
from antq_desktop.domain.gate import GateFault, gate_fault
from antq_desktop.domain.wire import WireError

_Told = TypeVar("_Told")
Validator = Callable[[Header, str, dict[str, Json]], Iterable[GateFault]]


class Registry(Protocol):
    """What the store knows of devices and bundles; asked, never changed, by the gate.

    A writer is a name that everybody can read on a stick. Only together with the device that
    signed does it count, or one unit could take another's numbers away.
    """

    def signer(self, key_id: str) -> Enrolled | None:
        """Return the accepted device with that signing key, revoked or not."""
        ...

    def held(self, device: str, writer: str, number: int) -> str | None:
        """Return the identity of the bundle taken in under that writer and number."""
        ...

    def seen(self, device: str, writer: str, number: int) -> str | None:
        """Return the identity of the bundle ever taken in there, withdrawn since or not."""
        ...

    def highest(self, device: str, writer: str) -> int:
        """Return the largest number taken in of that writer, 0 when there is none."""
        ...

    def forked_from(self, device: str, writer: str) -> int:
        """Return the number from which bundles of that writer wait for a repair, 0 for none."""
        ...

    def settled_from(self, device: str, writer: str) -> int:
        """Return the number from which two copies of that writer were told apart, 0 for none."""
        ...

    def journal_before(self, device: str, writer: str, number: int) -> tuple[int, int]:
        """Return the longest history that bundles with lower numbers told of, and which told it."""
        ...

    def journal_after(self, device: str, writer: str, number: int) -> tuple[int, int]:
        """Return the shortest history that bundles with higher numbers told of, and which did."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the bundle arrives.

    Attributes:
        units: Ids that this unit goes by: its own, and those it has taken over.
        schema: Newest version of the record schema known here.
        kinds: Kinds of records known here.
        catalogues: Versions of the catalogue held here.
        counter: Largest counter this store has seen.
        sample: True for a store of invented records, which takes only bundles of such stores.
    """

    units: frozenset[str]
    schema: int
    kinds: frozenset[str]
    catalogues: frozenset[str]
    counter: int
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bundle: its place (`records/incident.jsonl:12`), its bytes and its value."""

    place: str
    data: bytes
    value: dict[str, Json]


NO_RULES: Final[Validator] = lambda _header, _kind, _record: ()  # noqa: E731 - a value, not a function


def read_header(inside: ZipInside) -> Header:
    """Parse the header; only for a bag whose signature and files hold.

    Raises:
        Refused: `header_malformed` or `format_newer`.
    """
    if inside.members[limits.HEADER].size > limits.LARGEST_HEADER:
        raise Refused("header_malformed", what="header")
    try:
        return header_from_bytes(inside.whole(limits.HEADER, limits.LARGEST_HEADER))
    except NewerFormatError as fault:
        raise Refused("format_newer", theirs=fault.theirs, ours=FORMAT) from fault
    except WireError as fault:
        raise Refused("header_malformed", what=fault.where) from fault
    except NotCanonicalError as fault:
        raise Refused("header_malformed", what=fault.reason) from fault


def check_parties(
    header: Header, enrolled: Enrolled, comment: str, folder: str, desk: Desk
) -> Iterator[GateFault]:
    """Yield what is wrong with who sends to whom."""
    if folder != header.name:
        yield gate_fault("name_mismatch")
    if comment != header.comment:
        yield gate_fault("comment_mismatch")
    if enrolled.device.device != header.device or not enrolled.speaks_for(header.sender.id):
        yield gate_fault("sender_mismatch")
    elif enrolled.reached is not None and header.number > enrolled.reached.get(header.writer, 0):
        yield gate_fault("signer_rotated")
    if header.kind not in enrolled.may_send:
        yield gate_fault("kind_refused", what=header.kind.label)
    if header.receiver.id not in desk.units:
        yield gate_fault("addressee_wrong", what=header.receiver.name)
    if header.sample != desk.sample:
        yield gate_fault("sample_refused" if header.sample else "real_refused")


def check_history(
    header: Header, identity: str, registry: Registry, desk: Desk
) -> Iterator[GateFault]:
    """Yield forks, leaps and warnings about what this bundle follows."""
    device, writer = header.device, header.writer
    held = registry.held(device, writer, header.number)
    seen = registry.seen(device, writer, header.number)
    forked = registry.forked_from(device, writer)
    if seen not in {None, identity}:
        yield gate_fault("fork_number", what=f"{header.number:06d}")
    elif held is None and 0 < forked <= header.number:
        yield gate_fault("fork_waiting", what=f"{forked:06d}")
    elif seen is None and not _of_the_kept_copy(header, registry):
        settled = registry.settled_from(device, writer)
        yield gate_fault("fork_waiting", what=f"{settled:06d}")
    for earlier in dict.fromkeys((header.previous, header.basis)):
        known = registry.seen(device, writer, earlier.number) if earlier else None
        if earlier and known not in {None, earlier.digest}:
            yield gate_fault("fork_previous", what=f"{earlier.number:06d}")
    yield from _check_journal(header, registry)
    if header.number > registry.highest(device, writer) + NUMBER_LEAP:
        yield gate_fault("number_absurd", what=header.number)
    if header.counter > desk.counter + COUNTER_LEAP:
        yield gate_fault("counter_absurd")
    if header.basis and registry.held(device, writer, header.basis.number) is None:
        yield gate_fault("basis_not_held", what=f"{header.basis.number:06d}")
    if header.clock_warnings:
        yield gate_fault("clock_warning")


def _of_the_kept_copy(header: Header, registry: Registry) -> bool:
    """Tell whether a bundle goes on from one that is held, where two copies were told apart."""
    device, writer = header.device, header.writer
    settled = registry.settled_from(device, writer)
    if not 0 < settled <= header.number:
        return True
    before = header.previous
    return before is not None and registry.seen(device, writer, before.number) == before.digest


def _check_journal(header: Header, registry: Registry) -> Iterator[GateFault]:
    """Yield that a writer tells of a history which became shorter from one bundle to a later one.

    To seal is itself an entry, so that an honest history grows with every bundle.
    """
    place = header.device, header.writer, header.number
    length = header.journal.length if header.journal else 0
    longest, by = registry.journal_before(*place)
    if longest and length <= longest:
        yield gate_fault("journal_shorter", what=f"{by:06d}")
        return
    shortest, by = registry.journal_after(*place)
    if shortest and length >= shortest:
        yield gate_fault("journal_shorter", what=f"{by:06d}")


def check_versions(header: Header, desk: Desk) -> Iterator[GateFault]:
    """Yield what this program or its catalogue does not know yet."""
    if header.schema > desk.schema:
        yield gate_fault("schema_newer")
    if header.catalogue not in desk.catalogues:
        yield gate_fault("catalogue_unknown", what=header.catalogue)
    for kind in sorted(set(header.counts.records) - desk.kinds):
        yield gate_fault("kind_unknown", place=f"records/{kind}.jsonl", what=kind)


def check_counts(inside: ZipInside, header: Header) -> Iterator[GateFault]:
    """Yield where the header and the files inside do not name the same things."""
    if sum(header.counts.records.values()) > limits.MOST_RECORDS:
        yield gate_fault("too_many_records")
    there = {name for name in inside.members if name.startswith("data/")}
    claimed = {limits.HEADER, limits.READ_FIRST}
    claimed |= {f"data/records/{kind}.jsonl" for kind in header.counts.records}
    claimed |= {f"data/answer/{kind}.jsonl" for kind in header.counts.answer}
    blobs = {name for name in there if name.startswith(("data/attachments/", "data/below/"))}
    for name in sorted((there - blobs) ^ claimed):
        yield gate_fault("counts_mismatch", place=name, what=name.removeprefix("data/"))
    for folder, count in (
        ("attachments", header.counts.attachments),
        ("below", header.counts.below),
    ):
        if count != sum(name.startswith(f"data/{folder}/") for name in blobs):
            yield gate_fault("counts_mismatch", place=folder, what=folder)
    if header.kind is BundleKind.UP and not _only_vouches(header):
        yield gate_fault("answer_malformed", place="answer", what="answer")


def _only_vouches(header: Header) -> bool:
    """Tell whether a bundle that goes up answers nothing, but for the keys of bags inside it."""
    return not header.counts.answer or (
        set(header.counts.answer) == {ENROLLED} and header.counts.below > 0
    )


def check_lines(
    inside: ZipInside, header: Header, desk: Desk, validate: Validator
) -> Iterator[GateFault]:
    """Yield what is wrong with each line of each file, all of it."""
    for section, counts in (("records", header.counts.records), ("answer", header.counts.answer)):
        for kind, count in sorted(counts.items()):
            known = section == "records" and kind in desk.kinds
            rules = partial(validate if known else NO_RULES, header)
            yield from _check_file(inside, section, kind, count, rules)


def read_answer(inside: ZipInside, header: Header) -> Answer | None:
    """Return what a return bundle answers, None for the other kinds.

    Raises:
        Refused: `answer_malformed` or `totals_wrong`.
    """
    if header.kind is not BundleKind.RETURN:
        return None
    return _answered(inside, header, answer_from)


def read_statement(inside: ZipInside, header: Header) -> Statement | None:
    """Return what a bundle among siblings states, None for the other kinds.

    Raises:
        Refused: `answer_malformed`.
    """
    if header.kind is not BundleKind.SIBLINGS:
        return None
    return _answered(inside, header, statement_from)


def _answered(
    inside: ZipInside, header: Header, read: Callable[[Mapping[str, Iterable[Json]]], _Told]
) -> _Told:
    lines = {
        kind: (parse_checked_line(data) for data in raw_lines(inside, "answer", kind))
        for kind in header.counts.answer
    }
    try:
        return read(lines)
    except WireError as fault:
        code = "totals_wrong" if fault.where in {"totals", "closing"} else "answer_malformed"
        raise Refused(code, place=f"answer/{fault.where}", what=fault.where) from fault
    except NotCanonicalError as fault:
        raise Refused("answer_malformed", place="answer", what=fault.reason) from fault


def _check_file(
    inside: ZipInside,
    section: str,
    kind: str,
    count: int,
    rules: Callable[[str, dict[str, Json]], Iterable[GateFault]],
) -> Iterator[GateFault]:
    name = f"{section}/{kind}.jsonl"
    number = 0
    try:
        for number, data in enumerate(raw_lines(inside, section, kind), 1):
            place = f"{name}:{number}"
            try:
                value = parse_line(data)
            except NotCanonicalError as fault:
                yield gate_fault("line_malformed", place=f"{place}:{fault.reason}", what=name)
                continue
            for found in rules(kind, value):
                yield GateFault(found.code, found.message, found.weight, found.place or place)
    except Refused as refused:
        yield refused.fault
        return
    if number != count:
        yield gate_fault("counts_mismatch", place=name, what=name)


def raw_lines(inside: ZipInside, section: str, kind: str) -> Iterator[bytes]:
    """Yield the lines of one file without their line ends.

    Raises:
        Refused: `line_too_long`, or `line_malformed` when the last line has no end.
    """
    name = f"{section}/{kind}.jsonl"
    rest = b""
    for piece in inside.stream(f"data/{name}"):
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            if len(line) >= limits.LARGEST_LINE:
                raise Refused("line_too_long", place=name, what=name)
            yield line
        if len(rest) >= limits.LARGEST_LINE:
            raise Refused("line_too_long", place=name, what=name)
    if rest:
        raise Refused("line_malformed", place=name, what=name)
