"""Loading of the shipped tables of units and of their lineage; read only when asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.text import nfc
from antq_desktop.domain.units import (
    COMMUNE,
    PROVINCE,
    Lineage,
    LineageStep,
    ShippedUnit,
    UnitTable,
)
from antq_desktop.files import environment_fault

_UNIT_COLUMNS: Final = ("province_code", "province", "commune_code", "kind", "name")
_LINEAGE_COLUMNS: Final = (
    "old_code", "old_name", "old_district", "old_province", "new_code", "share",
)  # fmt: skip
_COMMUNE_KINDS: Final = {"Xã": "xa", "Phường": "phuong", "Đặc khu": "dac_khu"}
_SHARES: Final = {"whole": True, "part": False}


def load_units(path: Path) -> UnitTable:
    """Read the shipped table: each province before its communes.

    Raises:
        EnvironmentFault: `program_incomplete` when the file is not as released, or what the
            machine denies.
    """
    units: dict[str, ShippedUnit] = {}
    for province_code, province, code, kind, name in _rows(path, _UNIT_COLUMNS):
        if kind not in _COMMUNE_KINDS:
            raise _not_as_released(path)
        if province_code not in units:
            units[province_code] = ShippedUnit(
                province_code, PROVINCE, province, province_code, province
            )
        units[code] = ShippedUnit(
            code, COMMUNE, name, province_code, province, _COMMUNE_KINDS[kind]
        )
    return UnitTable(units.values())


def load_lineage(path: Path) -> Lineage:
    """Read which old commune went, wholly or in part, into which new one.

    Raises:
        EnvironmentFault: As `load_units` says.
    """
    steps = []
    for *old, new_code, share in _rows(path, _LINEAGE_COLUMNS):
        if share not in _SHARES:
            raise _not_as_released(path)
        code, name, district, province = old
        steps.append(LineageStep(code, name, district, province, new_code, _SHARES[share]))
    return Lineage(steps)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as fault:
        raise environment_fault(fault, path) from fault
    except UnicodeDecodeError:
        raise _not_as_released(path) from None
    rows = csv.reader(nfc(text).splitlines(), strict=True)
    if tuple(next(rows, ())) != columns:
        raise _not_as_released(path)
    for row in rows:
        if len(row) != len(columns):
            raise _not_as_released(path)
        yield row


def _not_as_released(path: Path) -> EnvironmentFault:
    message = f"Bảng đơn vị “{path.name}” không còn như bản phát hành. Cài lại chương trình."
    return EnvironmentFault("program_incomplete", message)
