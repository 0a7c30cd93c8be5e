"""Attachments on their way between the devices of one unit; upward their contents never go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from antq_desktop.bundle.writing import Blob
from antq_desktop.domain.attachments import LARGEST_FILE, is_clean, media_of
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.records.attachments import KIND
from antq_desktop.storage import attachments, settings

if TYPE_CHECKING:
    from pathlib import Path

    from antq_desktop.bundle.opening import Opened
    from antq_desktop.domain.exchange import Header
    from antq_desktop.domain.planning import Plan
    from antq_desktop.services.gatehouse import Gatehouse
    from antq_desktop.storage.work import Work


def blobs(work: Work, changed_after: int, wanted: frozenset[str]) -> Iterator[Blob]:
    """Yield contents of own attachments in force, each once; one is read at a time.

    Args:
        work: The action.
        changed_after: Only of those that changed after this entry of history; 0 for all.
        wanted: Contents that a sibling said it lacks: they go in any case.
    """
    if KIND not in work.specs:
        return
    own = {use.digest for use in attachments.uses(work.connection, work.setting(settings.UNIT))}
    if changed_after:
        recent = work.all_records(KIND, changed_after=changed_after)
        own &= {str(record.values().get("digest")) for record in recent} | wanted
    for digest in sorted(attachments.held(work.connection, own)):
        yield Blob(digest, partial(_pieces, work, digest))


def _pieces(work: Work, digest: str) -> Iterator[bytes]:
    data = attachments.content(work.connection, digest)
    if data is not None:
        yield data


@contextmanager
def opened_for_contents(gate: Gatehouse, path: Path, header: Header) -> Iterator[Opened | None]:
    """Open a kept bundle again where it brings contents; None where it brings none for us."""
    if header.kind is not BundleKind.SIBLINGS or not header.counts.attachments:
        yield None
        return
    with gate.opened(path) as opened:
        yield opened


def take_contents(work: Work, opened: Opened | None, done: Plan) -> int:
    """Keep the contents that attachments name and this store lacks; return how many came.

    A sibling is believed no more than a file that an officer chooses: what this program would not
    have kept as it stands, or what nothing names, stays outside. Its attachment then says that
    the content is on another device.
    """
    if opened is None or not opened.verdict.mergeable:
        return 0
    named = {
        str(item.after.values().get("digest"))
        for item in done.items
        if item.kind == KIND and item.after is not None and item.after.standing().reason is None
    }
    wanted = (named | attachments.missing(work.connection)) & set(opened.attachments())
    wanted -= attachments.held(work.connection, wanted)
    came = 0
    for digest in sorted(wanted):
        data = _bounded(opened.attachment(digest))
        if data is not None and is_clean(data):
            attachments.keep(work.connection, digest, media_of(data), data)
            came += 1
    return came


def _bounded(pieces: Iterator[bytes]) -> bytes | None:
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > LARGEST_FILE:
            return None
    return bytes(held)
