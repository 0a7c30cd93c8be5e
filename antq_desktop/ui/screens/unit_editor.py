"""*Lực lượng và đơn vị*: the units of the area that the movement counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import Value, Values
from antq_desktop.domain.records.units import AGENCY, ENTERPRISE, NEIGHBOURHOOD, SCHOOL
from antq_desktop.ui.screens.editor_layout import Layout, LinesPart, Page, Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from antq_desktop.services.office import Office

COMMUNE: Final = "commune"


def _defaults(office: Office) -> dict[str, Value]:
    return {"unit_kind": NEIGHBOURHOOD, "parent": office.unit, "tt124": True}


def _is(*kinds: str) -> Callable[[Values], bool]:
    return lambda values: values.get("unit_kind") in kinds


LAYOUT: Final = Layout(
    kind="unit",
    key="forces",
    title="Đơn vị",
    icon="forces",
    new="Thêm đơn vị",
    columns=("name", "unit_kind", "parent", "tt124", "management_level", "households"),
    tones={},
    spare={"parent": 125, "tt124": 100, "households": 112},
    defaults=_defaults,
    copied=(
        "unit_kind",
        "parent",
        "neighbourhood_kind",
        "school_level",
        "enterprise_size",
        "tt124",
        "tt124_reason",
        "management_level",
        "remote",
    ),
    first_words=(
        "Nơi này ghi các đơn vị của địa bàn: khu dân cư, cơ quan, doanh nghiệp, nhà trường, để "
        "đăng ký, bình xét và tổng hợp số liệu phong trào."
    ),
    shown_when={
        "commune_kind": _is(COMMUNE),
        "neighbourhood_kind": _is(NEIGHBOURHOOD),
        "school_level": _is(SCHOOL),
        "enterprise_size": _is(ENTERPRISE),
        "industrial_zone": _is(ENTERPRISE, AGENCY),
        "tt124_reason": lambda values: values.get("tt124") is False,
        "management_level": lambda values: values.get("unit_kind") != NEIGHBOURHOOD,
        "remote": _is(COMMUNE),
        "households": _is(NEIGHBOURHOOD, COMMUNE),
        "households_counted": _is(NEIGHBOURHOOD, COMMUNE),
        "residents": _is(NEIGHBOURHOOD, COMMUNE),
    },
    pages=(
        Page(
            "Thông tin chung",
            (
                Section(
                    "Đơn vị",
                    (
                        ("name",),
                        (
                            "unit_kind",
                            "neighbourhood_kind",
                            "commune_kind",
                            "school_level",
                            "enterprise_size",
                        ),
                        ("parent", "management_level"),
                        ("code",),
                        ("industrial_zone", "remote"),
                    ),
                ),
                Section("Diện Thông tư 124", (("tt124", "tt124_reason"),)),
                Section("Dân cư", (("households", "households_counted"), ("residents",))),
                Section(
                    "Người đứng đầu, trụ sở",
                    (("head_name", "head_phone"), ("address",)),
                ),
                Section("Thời gian hoạt động", (("valid_from", "valid_to"),)),
                LinesPart(
                    "delegations",
                    ("document", "since", "until"),
                    (("document",), ("since", "until")),
                    order_by="since",
                ),
                Section("Ghi chú", (("note",),)),
            ),
        ),
    ),
)
