"""What units further above the next one said of bundles, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from antq_desktop.domain.answers import passed_from
from antq_desktop.domain.canonical import parse_canonical_object
from antq_desktop.domain.shown import show_integer
from antq_desktop.storage import chain

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader


def told_above(reader: Reader, digests: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each bundle a sentence of every unit further above that has it."""
    found: dict[str, list[str]] = {}
    for told in chain.receipts_of(reader.connection, digests):
        receipt = passed_from(parse_canonical_object(told.line.encode())).receipt
        if receipt.verdict.mergeable:
            count = show_integer(sum(receipt.totals.values()))
            sentence = f"{told.by_name} đã nhận: {receipt.verdict.label.lower()}, {count} hồ sơ."
        else:
            sentence = f"{told.by_name} chưa nhận: {receipt.verdict.label.lower()}."
        found.setdefault(told.digest, []).append(sentence)
    return {digest: tuple(told) for digest, told in found.items()}
