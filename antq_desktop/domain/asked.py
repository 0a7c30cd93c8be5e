"""Names of places in records, as requests carry them: `incident.occurred_on`.

The kinds are declared above this module, so their labels are told to it once, when they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import REMOVED, VOID
from antq_desktop.domain.text import fold, opening

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec

_KNOWN: Final[dict[str, RecordSpec]] = {}


def tell_kinds(specs: Mapping[str, RecordSpec]) -> None:
    """Take the kinds whose fields are named."""
    _KNOWN.clear()
    _KNOWN.update(specs)


def place_of(kind: str, path: str) -> str:
    """Return the stored name of a field of a record."""
    return f"{kind}.{path}"


def parts_of(place: str) -> tuple[str, str]:
    """Return kind and path of a stored name; both empty where it is none."""
    kind, dot, path = place.partition(".")
    return (kind, path) if dot else ("", "")


def say_place(place: str) -> str:
    """Return what people call a place; a name of a newer program comes back as it is."""
    kind, path = parts_of(place)
    spec = _KNOWN.get(kind)
    if spec is None:
        return place
    if path == VOID:
        return f"{opening(spec.label)}: Hủy hồ sơ"
    gone = path.endswith("/" + REMOVED)
    try:
        label = "Bỏ dòng" if gone else spec.at(path).label
    except KeyError:
        return place
    line, slash, _rest = path.partition("/")
    inside = f"{spec.line(line).label}, " if slash else ""
    return f"{opening(spec.label)}: {inside}{label}"


def read_place(typed: str) -> str:
    """Return the stored name of a place that was typed as people say it.

    Raises:
        UserError: `place_not_understood`.
    """
    wanted = fold(typed.strip())
    for kind, spec in _KNOWN.items():
        for field in spec.fields:
            place = place_of(kind, field.name)
            if wanted in {fold(say_place(place)), place}:
                return place
    if say_place(typed.strip()) != typed.strip():
        return typed.strip()
    message = f"Không có mục “{typed.strip()[:60]}”. Nhập như “Vụ việc: Ngày xảy ra”."
    raise UserError("place_not_understood", message, "place")
