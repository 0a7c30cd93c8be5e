"""More than one bundle holds goes in several that follow each other, each through the whole gate.

The first follows what the addressee has confirmed, every other the one before it, and each reaches
to the end of an entry of history. So the addressee counts a later one as held only with those
before it (section 7 of the bundle's SPEC.md, `held`), and a lost one is made good like any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.exchange import BundleKind, Place
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.basis import basis_row, covered_by, place_of
from antq_desktop.services.sealed_lines import lines_between, owed_ids
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import SEALED, WRITTEN, BasisRow, SentRow
from antq_desktop.storage.lines import changed_in_entries, count_changed

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.work import Work

_PART: Final = "sealed_part"


@dataclass(frozen=True, slots=True)
class Span:
    """What the next bundle follows and how far it reaches.

    Attributes:
        basis: The bundle it follows.
        after: The last entry of history that lies before it.
        upto: The last entry that it holds; None for all there are.
        left: How many records are left for the bundle after it.
        held: What the addressee last said.
        first: Whether it follows what the addressee has confirmed, not another part.
    """

    basis: Place | None
    after: int
    upto: int | None
    left: int
    held: BasisRow | None
    first: bool

    def lines(self, reader: Reader, kind: str) -> Iterator[bytes]:
        """Yield the lines of a kind; what is asked for again goes with the first part."""
        also = owed_ids(self.held, kind) if self.first else []
        return (line for _id, line in lines_between(reader, kind, self.after, self.upto, also))

    def told(self) -> str:
        """Say what is left; empty where nothing is."""
        if self.upto is None:
            return ""
        return (
            f" Còn {show_integer(self.left)} hồ sơ chưa vào gói: lập tiếp gói sau, rồi chuyển tất "
            "cả các gói."
        )


def next_span(work: Work, addressee: str, room: int, *, whole: bool) -> Span:
    """Work out what the next bundle up holds.

    Args:
        work: The action.
        addressee: Id of the unit above.
        room: Most records of a bundle.
        whole: Whether it must hold all there is, whatever `room` says: bags of units below are
            counted by the same entries of history, so a part would pass them over.
    """
    held = basis_row(work, addressee)
    before = _part_before(work, addressee, held)
    basis = Place(before.number, before.digest) if before else place_of(work, held)
    after = before.covers if before else covered_by(work, held)
    owed = 0 if before or held is None else len(json.loads(held.owed))
    upto, left = (None, 0) if whole else _end(work, after, room - owed)
    return Span(basis, after, upto, left, held, first=before is None)


def remember(work: Work, span: Span, row: SentRow) -> None:
    """Keep which part the next bundle follows, until the addressee says what it holds."""
    told = "" if span.upto is None else canonical([row.digest, *_said(span.held)]).decode()
    if told or work.setting(_PART, ""):
        work.set_setting(_PART, told)


def _said(held: BasisRow | None) -> list[str]:
    """Return which statement of the addressee counts."""
    return [held.by_writer, str(held.by_number), held.by_digest] if held else []


def _part_before(work: Work, addressee: str, held: BasisRow | None) -> SentRow | None:
    """Return the part that the next one follows; None where it begins at what is confirmed.

    It begins there again when the addressee has spoken since, or another bundle went in between.
    """
    digest, *said = json.loads(work.setting(_PART, "") or "[null]")
    if digest is None or said != _said(held):
        return None
    rows = exchange.select(
        work.connection,
        SentRow,
        "WHERE writer = ? AND addressee = ? AND kind = ? ORDER BY number DESC LIMIT 1",
        (work.setting(settings.WRITER), addressee, str(BundleKind.UP)),
    )
    follows = rows and rows[0].digest == digest and rows[0].state in {SEALED, WRITTEN}
    return rows[0] if follows else None


def _end(work: Work, after: int, room: int) -> tuple[int | None, int]:
    """Return the last entry whose records still fit, None where all fit or not even the first."""
    if count_changed(work, after) <= room:
        return None, 0
    of_entry = changed_in_entries(work, work.setting(settings.UNIT), after)
    left = of_entry.total()
    if left <= room:
        return None, 0
    upto: int | None = None
    for entry in sorted(of_entry):
        room -= of_entry[entry]
        if room < 0:
            break
        upto, left = entry, left - of_entry[entry]
    return upto, left
