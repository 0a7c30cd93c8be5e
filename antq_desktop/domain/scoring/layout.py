"""A set in the layout of its file: what its digest is taken over, and how a unit makes its own."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache

from antq_desktop.domain.canonical import Json, canonical
from antq_desktop.domain.codes import ILLUSTRATION
from antq_desktop.domain.scoring.points import points_text
from antq_desktop.domain.scoring.sets import (
    Band,
    CriteriaSet,
    Group,
    Item,
    Provenance,
    SetKind,
)
from antq_desktop.domain.shown import show_date


def raw_of(criteria: CriteriaSet) -> dict[str, Json]:
    """Return a set in the layout of its file, without the code; what a digest is taken over."""
    told = criteria.provenance
    return {
        "title": criteria.title,
        "purpose": criteria.purpose.value,
        "kind": criteria.kind.value,
        "unit_kinds": list(criteria.unit_kinds),
        "legal_basis": told.legal_basis,
        "confidence": told.confidence,
        "editable": criteria.editable,
        "maintained_by": told.maintained_by,
        "source": told.source,
        "compared_on": told.compared_on,
        "note": told.note,
        "adapted_from": told.adapted_from,
        "valid_from": criteria.valid_from,
        "valid_to": criteria.valid_to,
        "window": criteria.window,
        "decided_before": criteria.decided_before,
        "adds_to": criteria.adds_to,
        "not_applicable": criteria.not_applicable.value,
        "reasons": [{"id": each.id, "label": each.label} for each in criteria.reasons],
        "groups": [_raw_group(each) for each in criteria.groups],
        "bands": [_raw_band(each, criteria.kind) for each in criteria.bands],
        "caps": [
            {"id": each.id, "label": each.label, "at_most": each.at_most, "items": each.items}
            for each in criteria.caps
        ],
    }


def _raw_group(group: Group) -> dict[str, Json]:
    return {
        "id": group.id,
        "title": group.title,
        "article": group.article,
        "need": group.need,
        "items": [_raw_item(item) for item in group.items],
    }


def _raw_item(item: Item) -> dict[str, Json]:
    return {
        "id": item.id,
        "text": item.text,
        "article": item.article,
        "quoted": item.quoted,
        "confidence": item.confidence,
        "to_fill": item.to_fill,
        "asks": item.asks.value,
        "mark_only": item.mark_only,
        "check": item.check,
        "settings": dict(item.settings),
        "reasons": list(item.reasons),
        "role": item.role.value,
        "most": points_text(item.most),
    }


def _raw_band(band: Band, kind: SetKind) -> dict[str, Json]:
    least = points_text(band.least) if kind is SetKind.POINTS else str(band.least)
    return {"id": band.id, "label": band.label, "least": least, "group": band.group}


@lru_cache(maxsize=256)  # a list of sheets asks for the same few sets again and again
def digest_of(criteria: CriteriaSet) -> str:
    """Return the SHA-256 of everything a set says; a sheet keeps it beside the code."""
    return hashlib.sha256(canonical(raw_of(criteria))).hexdigest()


def _ended(criteria: CriteriaSet) -> str:
    """Say of a set that is no longer offered since when, so that its copy does not hide it."""
    return f" (không áp dụng từ ngày {show_date(criteria.valid_to)})" if criteria.valid_to else ""


def adapted(criteria: CriteriaSet, code: str, maintained_by: str, day: str) -> CriteriaSet:
    """Return a unit's own copy of a set, free to be edited; the official one stays as it is.

    A copy no longer claims to be the official wording, however little was changed, and no longer
    ends when the text does: until when it is used, its unit says.

    Args:
        criteria: What is copied.
        code: Code of the copy, not that of a shipped set.
        maintained_by: The unit that keeps it.
        day: The day of copying, `YYYY-MM-DD`.
    """
    told = criteria.provenance
    provenance = Provenance(
        legal_basis=told.legal_basis,
        confidence="C",
        maintained_by=maintained_by,
        source=told.source,
        compared_on=day,
        note=f"Bản của đơn vị, sao từ bộ “{criteria.title}”{_ended(criteria)}; {ILLUSTRATION}.",
        adapted_from=f"{criteria.code}:{digest_of(criteria)}",
    )
    groups = tuple(
        replace(group, items=tuple(replace(i, quoted=False, confidence="C") for i in group.items))
        for group in criteria.groups
    )
    return replace(criteria, code=code, provenance=provenance, groups=groups, valid_to="")
