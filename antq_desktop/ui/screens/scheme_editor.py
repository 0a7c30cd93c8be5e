"""The screen *Mô hình*: the scheme with everything that belongs to it, saved as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import Value
from antq_desktop.ui.screens.editor_layout import (
    ChecklistPart,
    ChildrenPart,
    Layout,
    LinesPart,
    Page,
    Section,
)

if TYPE_CHECKING:
    from antq_desktop.services.office import Office


def _defaults(office: Office) -> dict[str, Value]:
    return {"state": "active", "officer": office.officer}


_MAIN = Page(
    "Thông tin chung",
    (
        Section(
            "Mô hình",
            (
                ("name",),
                ("scheme_type", "state"),
                ("unit", "domain"),
                ("scope", "host"),
                ("code", "meeting_cycle"),
            ),
        ),
        Section(
            "Thành lập, ra mắt",
            (
                ("founding_document", "founded_on"),
                ("founding_issuer",),
                ("proposed_on", "launched_on"),
            ),
        ),
        Section(
            "Phụ trách",
            (("head_name", "head_office"), ("head_phone", "officer")),
        ),
        Section(
            "Quy mô, trang bị",
            (("households", "bells"), ("cameras", "cameras_shared"), ("extinguishers",)),
        ),
        Section(
            "Ghi nhận, thanh loại",
            (
                ("recognised_document", "recognised_on"),
                ("recognised_by",),
                ("dissolved_document", "dissolved_on"),
            ),
        ),
        Section("Ghi chú", (("note",),)),
    ),
)
_PLACES = Page(
    "Điểm, tổ",
    (
        ChildrenPart(
            "site",
            ("name", "unit", "head_name", "started_on"),
            (
                ("name", "unit"),
                ("place", "head_name"),
                ("head_phone", "households"),
                ("started_on", "ended_on"),
            ),
        ),
        ChildrenPart(
            "team",
            ("name", "head_name", "site", "founded_on"),
            (
                ("name", "site"),
                ("head_name", "founding_document"),
                ("founded_on", "ended_on"),
            ),
        ),
    ),
)
_MEMBERS = Page(
    "Thành viên",
    (
        ChildrenPart(
            "member",
            ("name", "office", "sex", "birth_year", "team"),
            (
                ("name", "office", "sex"),
                ("birth_year", "phone", "citizen_id"),
                ("occupation", "address"),
                ("site", "team"),
                ("joined_on", "left_on"),
            ),
            codes_first="office",
        ),
    ),
)
_ACTIVITIES = Page(
    "Hoạt động",
    (
        ChildrenPart(
            "activity",
            ("held_on", "activity_kind", "title", "attendance"),
            (
                ("held_on", "activity_kind"),
                ("title",),
                ("place", "site"),
                ("attendance", "minutes_number"),
                ("minutes",),
                ("conclusion",),
            ),
        ),
    ),
)
_DOSSIER = Page("Hồ sơ", (ChecklistPart("dossier"),))
_COURSE = Page(
    "Quá trình, kết quả",
    (
        LinesPart(
            "stages",
            ("on", "state", "document", "note"),
            (("on", "state"), ("document", "note")),
            order_by="on",
        ),
        LinesPart(
            "ratings",
            ("rating", "document", "dated"),
            (("rating", "document"), ("dated",)),
        ),
        LinesPart(
            "results",
            ("tips", "tips_of_value", "mediated", "educated", "weapons"),
            (("tips", "tips_of_value", "mediated"), ("educated", "weapons")),
        ),
    ),
)
_FUNDING = Page(
    "Kinh phí",
    (
        LinesPart(
            "funding",
            ("year", "source", "asked", "granted", "spent"),
            (("year", "source"), ("asked", "granted"), ("spent", "document")),
            order_by="year",
        ),
    ),
)

LAYOUT: Final = Layout(
    kind="scheme",
    key="schemes",
    title="Mô hình",
    icon="scheme",
    new="Thêm mô hình",
    columns=("name", "scheme_type", "unit", "founded_on", "state"),
    tones={
        "proposed": "info",
        "surveyed": "info",
        "approved": "info",
        "launched": "calm",
        "active": "calm",
        "strengthening": "watch",
        "recognised": "calm",
        "suspended": "watch",
        "dissolved": "plain",
    },
    spare={"unit": 118, "scheme_type": 100, "founded_on": 84},
    defaults=_defaults,
    copied=(
        "scheme_type",
        "unit",
        "state",
        "scope",
        "domain",
        "host",
        "founding_issuer",
        "officer",
        "meeting_cycle",
    ),
    paper="scheme_sheet",
    first_words=(
        "Nơi này ghi các mô hình tự quản về an ninh, trật tự trên địa bàn: điểm, tổ, thành viên, "
        "hồ sơ và hoạt động của từng mô hình."
    ),
    pages=(_MAIN, _PLACES, _MEMBERS, _ACTIVITIES, _DOSSIER, _COURSE, _FUNDING),
)
