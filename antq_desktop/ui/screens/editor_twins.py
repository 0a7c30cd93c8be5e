"""Rows of one list that say the same thing twice: refused where it is certain, told where not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.suspects import alike, key_of, told

if TYPE_CHECKING:
    from antq_desktop.ui.screens.editor_state import Sheet

Below = Mapping[str, Sequence["Sheet"]]


@dataclass(frozen=True, slots=True)
class Twins:
    """Two rows that may be one: the one typed now, the one before it, what they have in common."""

    one: Sheet
    other: Sheet
    by: str


def twin_faults(children: Below) -> Iterator[tuple[Sheet, Fault]]:
    """Yield what cannot be saved: a second record of what is known by year, category and the like.

    Both would get one identity, so that one of them would be lost.
    """
    for sheets in children.values():
        seen: set[tuple[str, ...]] = set()
        for sheet in sorted(sheets, key=lambda one: one.dirty):
            spec = sheet.spec
            key = key_of(spec, spec.alike, sheet.now) if spec.alike else None
            if key is None:
                continue
            if key in seen and (sheet.dirty or sheet.created):
                yield sheet, _fault(sheet)
            seen.add(key)


def twins(children: Below) -> Twins | None:
    """Return the first two rows that may be one of which one is being typed; None without any."""
    for sheets in children.values():
        for at, sheet in enumerate(sheets):
            if not sheet.dirty or sheet.spec.alike:
                continue
            for other in (*sheets[:at], *sheets[at + 1 :]):
                names = alike(sheet.spec, sheet.now, other.now)
                if names is not None:
                    return Twins(sheet, other, told(sheet.spec, names))
    return None


def _fault(sheet: Sheet) -> Fault:
    spec = sheet.spec
    names = [name for name in spec.alike if name != spec.parent]
    labels = ", ".join(lowered(spec.field(name).label) for name in names)
    message = f"Đã có {spec.label} cùng {labels} trong danh sách. Sửa dòng đã có, bỏ dòng này."
    return Fault("same_identity", message, names[-1])
