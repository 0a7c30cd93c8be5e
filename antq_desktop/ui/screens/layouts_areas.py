"""Which kinds stand together at one place of the side bar, and in which groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from antq_desktop.ui.screens import (
    layouts_documents,
    layouts_exchange,
    layouts_forces,
    layouts_joining,
    layouts_order,
    layouts_people,
    layouts_propaganda,
    layouts_scores,
    layouts_standards,
    layouts_teams,
)
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.unit_editor import LAYOUT as UNIT

CYCLE_PAGES: Final = (
    ("board", "Bảng theo dõi"),
    ("score_sheets", "Phiếu chấm"),
    ("standard_results", "Kết quả"),
    ("criteria", "Bộ tiêu chí"),
    ("cycle_year", "Năm công tác"),
    ("units_below", "Theo dõi nhiều năm"),
)
OWN_PAGES: Final = {"score_sheet": "score_sheets", "criteria_version": "criteria"}
FIGURES: Final = "figures"  # the page of figures
UNIT_CHANGES: Final = "unit_changes"  # the page of decisions about units
REPORT: Final = "report"  # the page of reports in words


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds under one heading, in the order in which they are offered."""

    title: str
    layouts: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One place of the side bar that holds several kinds.

    Attributes:
        key: Key of the screen, of its icon and of its help page.
        title: Word of the side bar.
        groups: Its kinds; the first one is shown first.
        pages: Pages beside the lists of kinds, by key and title; they stand in the last group, or
            in the one that `within` names.
        ahead: Heading of the group in which the pages stand before all kinds; empty for the last.
        within: Heading of the group whose kinds the pages follow; empty for the last.
    """

    key: str
    title: str
    groups: tuple[Group, ...]
    pages: tuple[tuple[str, str], ...] = ()
    ahead: str = ""
    within: str = ""

    def layouts(self) -> Iterator[Layout]:
        """Yield the layouts of all kinds, in order."""
        for group in self.groups:
            yield from group.layouts


MOVEMENT: Final = Area(
    "movement",
    "Phong trào",
    (
        Group("Nhân dân tham gia", layouts_people.LAYOUTS),
        Group("Tuyên truyền", layouts_propaganda.LAYOUTS),
        Group("Cam kết, phối hợp", layouts_joining.TOGETHER),
        Group("Khen thưởng, điển hình", layouts_joining.HONOURS),
        Group("Phòng ngừa, kiểm tra", layouts_order.PREVENTION),
        Group("Kết quả, kinh phí", layouts_order.RESULTS),
    ),
)
FORCES: Final = Area(
    "forces",
    "Lực lượng và đơn vị",
    (
        Group("Đơn vị", (UNIT,)),
        Group("Tổ bảo vệ ANTT", layouts_teams.LAYOUTS),
        Group("Lực lượng khác", layouts_forces.OTHERS),
        Group("Ban Chỉ đạo", (layouts_forces.COMMITTEE,)),
    ),
    pages=((UNIT_CHANGES, "Thay đổi đơn vị"),),
    within="Đơn vị",
)
STANDARDS: Final = Area(
    "standards",
    "Tiêu chuẩn",
    (
        Group("Đăng ký, hồ sơ", layouts_standards.CYCLE),
        Group("Chấm, xét", layouts_scores.SHEETS),
        Group("Công nhận, phân loại", layouts_scores.RESULTS),
        Group("Năm, ngày, chỉ tiêu", layouts_standards.YEAR),
    ),
    pages=CYCLE_PAGES,
    ahead="Chu trình năm",
)
DOCUMENTS: Final = Area(
    "documents",
    "Văn bản và báo cáo",
    (
        Group("Văn bản", layouts_documents.LAYOUTS),
        Group("Yêu cầu", layouts_exchange.REQUESTS),
        Group("Số liệu", (layouts_documents.OPENING_FIGURE, *layouts_exchange.FIGURES)),
    ),
    pages=((FIGURES, "Số liệu"), (REPORT, "Báo cáo")),
)
AREAS: Final = (MOVEMENT, STANDARDS, FORCES, DOCUMENTS)
