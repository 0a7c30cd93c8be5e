"""Where the search box can lead besides records: screens, their parts, and what can be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.rights import Operation
from antq_desktop.domain.text import fold, search_words
from antq_desktop.ui.screens.administration import AdministrationScreen
from antq_desktop.ui.screens.area import AreaScreen
from antq_desktop.ui.screens.handover import HandoverScreen
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.layouts_areas import AREAS
from antq_desktop.ui.screens.records import LAYOUTS, RecordScreen

if TYPE_CHECKING:
    from antq_desktop.ui.screen import Screen
    from antq_desktop.ui.screens.editor_layout import Layout
    from antq_desktop.ui.window import MainWindow
    from antq_desktop.ui.workplace import Workplace

MOST_PLACES: Final = 5
_PLACE, _TASK = "Trang", "Việc"
_PAGE_WORDS: Final = {
    "figures": "bảng tổng hợp báo cáo chỉ tiêu cùng kỳ so sánh",
    "report": "viết báo cáo năm quý tháng tuần lời văn tổng kết sơ kết",
}
_KIND_WORDS: Final = {
    "opening_figure": "số liệu đầu kỳ năm trước năm cũ ban đầu",
}
_NEW: Final = "thêm ghi lập tạo mới nhập"  # verbs with which a new record is asked for
_OTHER_WORDS: Final = {
    "Giao diện": "sáng tối cỡ chữ màu nền",
    "Bảo mật": "khóa màn hình mã mở nhanh PIN đổi mật khẩu của mình",
    "Cán bộ": "thêm cán bộ vai trò quyền mật khẩu đặt lại phiếu khôi phục đăng nhập",
    "Nhật ký": "ai làm gì in nhật ký kiểm tra liền mạch lịch sử",
    "Cơ quan ban hành": "đầu văn bản ký hiệu người ký cấp bậc UBND BCĐ địa danh phôi",
    "Sao lưu": "bản sao lưu khôi phục dữ liệu",
    "Tự kiểm tra": "kiểm tra nhật ký dữ liệu hỏng",
    "Dữ liệu và quyền riêng tư": "xóa dữ liệu cá nhân người thời hạn lưu",
    "Giới thiệu": "phiên bản giấy phép phần mềm",
}


@dataclass(frozen=True)
class Destination:
    """One place or task: what is shown, by which other words it is found, and how to go there."""

    text: str
    detail: str
    go: Callable[[], object]
    words: str = ""

    @cached_property
    def _held(self) -> tuple[list[str], list[str]]:
        first = re.findall(r"[^\W_]+", fold(self.text))
        return first, [*first, *re.findall(r"[^\W_]+", fold(f"{self.words} {self.detail}"))]

    def rank(self, words: Sequence[str]) -> tuple[bool, bool, int] | None:
        """Return how far it is from folded words, less is nearer; None where one is not of it."""
        own, held = self._held
        *whole, last = words
        if not set(whole) <= set(held) or not any(one.startswith(last) for one in held):
            return None
        named = all(any(one.startswith(word) for one in own) for word in words)
        in_order = all(one.startswith(word) for word, one in zip(words, own, strict=False))
        return not named, not in_order, len(own)


def named(places: Sequence[Destination], typed: str) -> list[Destination]:
    """Return the places that words name, the nearest first."""
    words = search_words(typed)
    if not words:
        return []
    ranked = sorted(
        (rank, at) for at, place in enumerate(places) if (rank := place.rank(words)) is not None
    )
    return [places[at] for _, at in ranked[:MOST_PLACES]]


def destinations(
    window: MainWindow,
    workplace: Workplace,
    screens: Mapping[str, Screen],
    lead: Callable[[Lead], None],
) -> list[Destination]:
    """Return every place of this window and everything that can be begun from anywhere."""
    return [
        *_pages(window, screens),
        *_kinds(workplace, lead),
        *_parts(window, screens),
        *_shared(window, screens),
        *_tasks(window, screens),
        *_papers(window, workplace, lead),
    ]


def _pages(window: MainWindow, screens: Mapping[str, Screen]) -> Iterator[Destination]:
    for key, screen in screens.items():
        yield Destination(screen.title, _PLACE, partial(window.go, key))


def _kinds(workplace: Workplace, lead: Callable[[Lead], None]) -> Iterator[Destination]:
    specs = workplace.office.lists.specs
    areas: list[tuple[str, Layout]] = [("", layout) for layout in LAYOUTS]
    areas += [(area.title, layout) for area in AREAS for layout in area.layouts()]
    for area, layout in areas:
        if layout.kind not in specs:
            continue
        label = specs[layout.kind].label
        if area:
            there = partial(lead, Lead(layout.kind))
            more = _KIND_WORDS.get(layout.kind, "")
            yield Destination(layout.title, f"{_PLACE} {area}", there, f"{label} {more}")
        begin = partial(lead, Lead(layout.kind, new=True))
        yield Destination(layout.new, _TASK, begin, f"{_NEW} {label}")


def _parts(window: MainWindow, screens: Mapping[str, Screen]) -> Iterator[Destination]:
    for screen in screens.values():
        if isinstance(screen, AdministrationScreen | HandoverScreen):
            for title in screen.tab_titles:
                there = partial(window.go, screen.key, partial(screen.show_tab, title))
                more = _OTHER_WORDS.get(title, "")
                yield Destination(title, f"{_PLACE} {screen.title}", there, more)


def _shared(window: MainWindow, screens: Mapping[str, Screen]) -> Iterator[Destination]:
    for screen in screens.values():
        if isinstance(screen, AreaScreen):
            for key, title in screen.pages.items():
                there = partial(window.go, screen.key, partial(screen.show_kind, key))
                yield Destination(
                    title, f"{_PLACE} {screen.title}", there, _PAGE_WORDS.get(key, "")
                )


def _tasks(window: MainWindow, screens: Mapping[str, Screen]) -> Iterator[Destination]:
    incidents = screens.get("incidents")
    if isinstance(incidents, RecordScreen):
        ask = partial(window.go, incidents.key, incidents.find_person)
        yield Destination("Tìm theo người", f"{_TASK} · Vụ việc", ask, "họ tên CCCD điện thoại")
    yield Destination("Khóa màn hình", _TASK, window.lock_asked.emit)
    yield Destination("Trợ giúp trang đang xem", _TASK, partial(window.show_help, shown=True))


def _papers(
    window: MainWindow, workplace: Workplace, lead: Callable[[Lead], None]
) -> Iterator[Destination]:
    def begin() -> None:
        from antq_desktop.ui.screens.paper_code import PaperCodeDialog

        PaperCodeDialog(workplace, window, lead).open()

    if workplace.office.standing.may(Operation.PRINT):
        more = "quét mã vuông QR giấy đã in bản mới hơn"
        yield Destination("Mở theo mã trên giấy", _TASK, begin, more)


def list_in_front(window: MainWindow) -> tuple[str, Callable[[str], object]] | None:
    """Return the title of the list in front and what filters it; None where none is in front."""
    screen = window.current
    inner = screen.current if isinstance(screen, AreaScreen) else screen
    if screen is None or not isinstance(inner, RecordScreen) or not inner.at_list:
        return None  # figures and a report are no list
    return inner.title, screen.search
