"""The button *Excel* above a list: bring a workbook in, take the list out, get an empty one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.fields import Travels
from antq_desktop.domain.sheetcells import SheetStopped
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.text import fold
from antq_desktop.ui.ask import Answer, Choice, FileQuestion, Question
from antq_desktop.ui.jobs import Stopped
from antq_desktop.ui.screens.filters import listing_of

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.services.sheet_export import Exported
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.screens.listing import ListPage
    from antq_desktop.ui.workplace import Workplace

WORKBOOK: Final = (("Bảng tính Excel", "*.xlsx"),)


class ExcelButton(QPushButton):
    """`import_asked` says that a workbook is to be brought in; the rest is done here."""

    import_asked = Signal()

    def __init__(self, workplace: Workplace, page: ListPage, kind: str) -> None:
        super().__init__("Excel")
        self._workplace = workplace
        self._page = page
        self._spec: RecordSpec = workplace.office.lists.specs[kind]
        self.setAccessibleName("Excel")
        self.setToolTip("Nhập từ Excel, xuất ra Excel, lấy tệp mẫu (Ctrl+E)")
        self.setAutoDefault(True)
        menu = QMenu(self)
        self.bring_in = menu.addAction("&Nhập từ Excel…", self.import_asked.emit)
        self.take_out = menu.addAction("&Xuất Excel…", self.export)
        self.empty_one = menu.addAction("&Lấy mẫu Excel…", self.template)
        self.setMenu(menu)
        self.setShortcut(QKeySequence("Ctrl+E"))

    def template(self) -> None:
        """Ask where an empty workbook goes, and write it there."""
        sheets, kind = self._workplace.office.spreadsheets, self._spec.kind

        def write(path: Path) -> None:
            self._workplace.jobs.read(
                lambda _control: sheets.template(kind, path),
                lambda done: self._workplace.door.done(f"Đã ghi tệp mẫu {done}."),
                title="Đang ghi tệp mẫu",
            )

        self._ask_where("Lưu tệp mẫu", f"mau_{self._file_name()}.xlsx", write)

    def export(self) -> None:
        """Ask which records and whether private fields go out, then where to."""
        ids = self._page.table.selected_ids()
        label = self._spec.label
        narrowed = self._page.filters.value().narrows
        whole = f"Xuất {'danh sách đang lọc' if narrowed else 'cả danh sách'}"
        if len(ids) < 2:
            self._ask_private(None)
            return
        question = Question(
            title=f"Xuất {show_integer(len(ids))} {label} đang chọn?",
            consequence="Tệp Excel chỉ có hồ sơ đang chọn, hoặc có mọi hồ sơ trong danh sách.",
            choices=(
                Choice("stay", "Thôi"),
                Choice("list", whole),
                Choice("chosen", f"Xuất {show_integer(len(ids))} hồ sơ đang chọn", "primary"),
            ),
            safe="stay",
            icon="info",
        )

        def decide(answer: Answer) -> None:
            if answer.key != "stay":
                self._ask_private(ids if answer.key == "chosen" else None)

        self._workplace.asker.ask(question, decide)

    def _ask_private(self, ids: tuple[str, ...] | None) -> None:
        names = _private_labels(self._spec)
        if not names:
            self._ask_file(ids, private=False)
            return
        question = Question(
            title="Xuất cả thông tin cá nhân?",
            consequence=(
                f"Thông tin cá nhân là: {', '.join(names)}. Xuất cả thì nhật ký ghi là đã xem từng "
                "hồ sơ, và tệp phải giữ theo chế độ của đơn vị."
            ),
            choices=(
                Choice("stay", "Thôi"),
                Choice("private", "Xuất cả thông tin cá nhân"),
                Choice("plain", "Xuất không có thông tin cá nhân", "primary"),
            ),
            safe="stay",
        )

        def decide(answer: Answer) -> None:
            if answer.key != "stay":
                self._ask_file(ids, private=answer.key == "private")

        self._workplace.asker.ask(question, decide)

    def _ask_file(self, ids: tuple[str, ...] | None, *, private: bool) -> None:
        office, kind = self._workplace.office, self._spec.kind
        listing = listing_of(office, kind, self._page.filters.value())

        def write(path: Path) -> None:
            def work(control: Control) -> Exported:
                try:
                    return office.spreadsheets.export(
                        kind,
                        path,
                        listing=listing,
                        ids=ids,
                        with_private=private,
                        progress=lambda done, total: control.report(done, total, "Đang xuất"),
                        stop=lambda: control.stopped,
                    )
                except SheetStopped:
                    raise Stopped from None

            self._workplace.jobs.write(work, self._exported, title="Đang xuất Excel")

        self._ask_where("Xuất Excel", f"{self._file_name()}.xlsx", write)

    def _exported(self, done: Exported) -> None:
        private = " Tệp có thông tin cá nhân; nhật ký đã ghi." if done.private else ""
        sentence = f"Đã xuất {show_integer(done.rows)} {self._spec.label} vào {done.path}.{private}"
        self._workplace.door.done(sentence)

    def _ask_where(self, title: str, suggested: str, then: Callable[[Path], None]) -> None:
        def chosen(path: Path | None) -> None:
            if path is not None:
                then(
                    path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
                )

        question = FileQuestion(title, WORKBOOK, suggested=suggested, to_write=True)
        self._workplace.asker.ask_file(question, chosen)

    def _file_name(self) -> str:
        """Return a file name without marks, which every stick can hold."""
        return "_".join(fold(self._spec.plural).replace("/", " ").split())


def _private_labels(spec: RecordSpec) -> list[str]:
    in_lines = (field for line in spec.lines for field in line.fields)
    held = (f for f in (*spec.fields, *in_lines) if f.private and f.travels is not Travels.NEVER)
    return list(dict.fromkeys(lowered(field.label) for field in held))
