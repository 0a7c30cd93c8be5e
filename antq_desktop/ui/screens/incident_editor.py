"""The screen *Vụ việc*: what must be said stands first, the rest below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.fields import Value
from antq_desktop.ui.screens.editor_layout import Layout, LinesPart, Page, Section

if TYPE_CHECKING:
    from antq_desktop.services.office import Office


def _defaults(office: Office) -> dict[str, Value]:
    now = office.clock.now().astimezone(VIETNAM)
    return {
        "received_at": now.strftime("%Y-%m-%dT%H:%M"),
        "state": "new",
        "officer": office.officer,
    }


LAYOUT: Final = Layout(
    kind="incident",
    key="incidents",
    title="Vụ việc",
    icon="incident",
    new="Ghi vụ việc mới",
    columns=("register_number", "occurred_on", "title", "kind", "unit", "state"),
    tones={
        "new": "info",
        "in_progress": "info",
        "waiting": "watch",
        "transferred": "plain",
        "resolved": "calm",
        "closed": "plain",
    },
    spare={"kind": 118, "unit": 140},
    defaults=_defaults,
    copied=(
        "occurred_on",
        "kind",
        "state",
        "unit",
        "place",
        "severity",
        "channel",
        "officer",
        "handling",
        "people_part",
    ),
    register="incident_register",
    first_words=(
        "Sổ này ghi các vụ việc về an ninh, trật tự xảy ra trên địa bàn, để theo dõi thời hạn, "
        "kết quả và tổng hợp số liệu."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Thông tin chính",
                    (
                        ("occurred_on", "received_at"),
                        ("title",),
                        ("kind", "state"),
                        ("unit", "place"),
                        ("register_number", "officer"),
                    ),
                ),
                Section("Diễn biến", (("occurred_hour", "callback"), ("narrative",))),
                LinesPart(
                    "involved",
                    ("role", "sex", "age_group", "name", "address"),
                    (("role", "sex", "age_group"), ("name", "citizen_id"), ("address",)),
                    order_by="role",
                ),
                Section(
                    "Tiếp nhận, phân loại",
                    (
                        ("severity", "channel"),
                        ("incident_class", "class_since"),
                        ("ledger_294",),
                    ),
                ),
                Section("Hậu quả", (("deaths", "injuries"), ("damage",))),
                Section(
                    "Xử lý và kết quả",
                    (
                        ("handling", "handled"),
                        ("result",),
                        ("people_part",),
                        ("transferred_at", "transferred_to"),
                        ("cleared_on", "closed_on"),
                    ),
                ),
                Section(
                    "Dùng cho đánh giá, phân loại",
                    (
                        ("force_majeure", "serious_accident"),
                        ("detected_in_time", "harm_limited"),
                        ("reported_at_once",),
                        ("new_hotspot", "sexual_violence"),
                        ("newly_fallen",),
                    ),
                ),
            ),
        ),
    ),
)
