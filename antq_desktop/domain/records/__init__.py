"""The kinds of record, area by area; each field is said here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.records.incidents import INCIDENT
from antq_desktop.domain.records.scheme_parts import ACTIVITY, MEMBER, SITE, TEAM
from antq_desktop.domain.records.schemes import SCHEME
from antq_desktop.domain.records.units import UNIT

Specs = Mapping[str, RecordSpec]

SPECS: Specs = MappingProxyType(
    {spec.kind: spec for spec in (UNIT, SCHEME, SITE, TEAM, MEMBER, ACTIVITY, INCIDENT)}
)


def spec_of(kind: str, specs: Specs = SPECS) -> RecordSpec:
    """Return the declaration of a kind.

    Raises:
        UserError: `unknown_kind`; the sentence lists the kinds there are.
    """
    found = specs.get(kind)
    if found is None:
        known = ", ".join(specs)
        message = f"Không có loại hồ sơ “{kind}”. Các loại hiện có: {known}."
        raise UserError("unknown_kind", message)
    return found


def children_of(kind: str, specs: Specs = SPECS) -> tuple[RecordSpec, ...]:
    """Return the kinds whose records belong to a record of this kind."""
    return tuple(
        spec for spec in specs.values() if spec.parent and kind in spec.field(spec.parent).refers_to
    )
