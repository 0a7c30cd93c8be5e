"""The receiver's page: files come in, each gets a verdict, is looked at, and is merged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.services.sticks import Found, gather
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.handover_looks import (
    Applied,
    Look,
    TookIn,
    apply,
    look_at,
    looked,
    take_in,
)
from antq_desktop.ui.screens.handover_paper import READ, ask_pages
from antq_desktop.ui.screens.handover_parts import (
    DropFrame,
    FoldingSplitter,
    LocalTable,
    Told,
    scrolled,
    verdict_badge,
    words,
)
from antq_desktop.ui.screens.handover_places import Plugged, StickWatch, ask_folder
from antq_desktop.ui.screens.handover_preview import PreviewPane
from antq_desktop.ui.screens.handover_withdraw import Withdrawer
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.arrivals import Arrived
    from antq_desktop.services.paper_bundles import ReadPaper
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

_COLUMNS = (
    Column("verdict", "Kết luận", 17, sortable=False),
    Column("sender", "Đơn vị gửi", 22, sortable=False),
    Column("number", "Số", 4, numeric=True, sortable=False),
    Column("received", "Nhận lúc", 15, sortable=False),
    Column("state", "Tình trạng", 12, sortable=False),
)
_FILES = (("Gói dữ liệu", "*.antq *.ANTQ"), ("Mọi tệp", "*"))
_SETTLE = 120  # ms; a selection that still moves is not looked at


class TakePage(QWidget):
    """`changed` says that bundles came or were merged."""

    changed = Signal()
    enrol_asked = Signal()
    slip_dropped = Signal(object)

    def __init__(self, workplace: Workplace, watch: StickWatch) -> None:
        super().__init__()
        self._workplace = workplace
        self._lines: dict[str, Arrived] = {}
        self._sitting: set[str] = set()
        self._look: Look | None = None
        self._after: set[str] = set()  # to be chosen once the list has come
        self._stale = ""  # the bundle whose new preview stands there already
        self._busy = False
        self.drop = TakeCard(workplace)
        self.drop.dropped.connect(self.take)
        self.drop.paper.clicked.connect(self.read_paper)
        watch.changed.connect(self.drop.show_plugged)
        self.told = Told(workplace.theme)
        self.table = LocalTable(_COLUMNS, workplace, "Gói đã nhận")
        self.table.set_empty(
            "Chưa có gói nào chờ nhập. Cắm USB của đơn vị gửi, hoặc kéo thả tệp vào khung trên.",
            "",
            None,
        )
        self.table.selection_changed.connect(lambda _count: self._chosen())
        self.all = make_button("Chọn tất cả gói chờ nhập", workplace.theme, role="quiet")
        self.all.clicked.connect(self.choose_all)
        self.preview = PreviewPane(workplace)
        self.preview.merge_asked.connect(self.merge)
        self.preview.enrol_asked.connect(self.enrol_asked)
        self._withdrawer = Withdrawer(workplace, self)
        self.preview.withdraw_asked.connect(self._withdrawer.ask)
        self._withdrawer.shown.connect(self.preview.show_withdrawal)
        self._withdrawer.busy.connect(lambda on: self._set_busy(busy=on))
        self._withdrawer.done.connect(self._withdrawn)
        self._withdrawer.failed.connect(self._failed)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._look_at_chosen)
        self._lay_out()

    def reload(self) -> None:
        """Read again what came."""
        office = self._workplace.office

        def work(_control: Control) -> list[Arrived]:
            return office.handover.arrivals.arrived()

        self._workplace.jobs.read(work, self._show, owner=self, lane="arrived")

    def take(self, paths: list[Path]) -> None:
        """Take files and folders through the gate."""
        if self._busy or not paths:
            return
        office = self._workplace.office
        self._set_busy(busy=True)
        self.told.say("Đang kiểm tra gói…")

        def work(control: Control) -> tuple[Found, TookIn]:
            found = gather(paths)
            # return bundles that merely lie in a folder are somebody else's; a chosen one is told
            chosen = [path for path in found.answers if path in paths]
            return found, take_in(office.handover, [*found.bundles, *chosen], control)

        self._workplace.jobs.write(
            work, self._took, failed=self._failed, owner=self, title="Đang kiểm tra gói"
        )

    def read_paper(self) -> None:
        """Take bundles in from pictures of pages."""

        def then(read: ReadPaper) -> None:
            self.told.say(read.sentence, "done" if read.complete else "watch")
            self.take([*read.bundles, *read.answers])

        ask_pages(self._workplace, self, then, self.told.say)

    def merge(self) -> None:
        """Do what is shown."""
        look = self._look
        if look is None or self._busy:
            return
        office = self._workplace.office
        self._set_busy(busy=True)
        self._workplace.jobs.write(
            lambda control: apply(office.handover, look, control),
            self._applied,
            failed=self._failed,
            owner=self,
            title="Đang nhập gói",
        )

    def choose_all(self) -> None:
        """Choose every bundle that waits, to look at them together and merge them in one go."""
        self._choose({one for one, line in self._lines.items() if line.staged})

    def _took(self, done: tuple[Found, TookIn]) -> None:
        found, took = done
        self._set_busy(busy=False)
        self._sitting.update(took.ids)
        if found.slips and not took.ids and not took.unread:
            self.told.say("")
            self.slip_dropped.emit(found.slips[0])
            return
        if not took.ids and not took.unread:
            sentence = "Không thấy gói dữ liệu nào ở đó. Chọn tệp có đuôi .antq."
            self.told.say(sentence, "watch")
            return
        tone = "fault" if took.unread else "done"
        self.told.say("\n".join((took.sentence, *took.unread[:3])), tone)
        self._workplace.door.done(took.sentence)
        self._after = set(took.ids)
        self.reload()
        self.changed.emit()

    def _applied(self, done: Applied) -> None:
        self._set_busy(busy=False)
        self._look = None
        tone = "done" if done.merged and done.fault is None else "watch"
        self.told.say(done.sentence, tone)
        if done.fault is not None:
            self.told.say(f"{done.sentence} {done.fault.message}", "fault")
            self._workplace.door.meet(done.fault)
        else:
            self._workplace.door.done(done.sentence)
        if done.kinds:
            self._workplace.changes.written.emit(done.kinds)
        if done.stale is not None:
            self._show_stale(done)
        self.reload()
        self.changed.emit()

    def _show_stale(self, done: Applied) -> None:
        assert done.stale is not None  # noqa: S101 - asked just before
        sha256 = done.stale.taken.row.sha256
        self._after = {sha256}
        self._stale = sha256
        year = self._workplace.office.clock.now().year
        preview = done.stale
        office = self._workplace.office

        def then(look: Look) -> None:
            self._look = look
            self.preview.show_look(look)
            self.preview.say_stale()

        self._workplace.jobs.read(
            lambda _control: looked(office.handover, [preview], year), then, owner=self
        )

    def _withdrawn(self, sentence: str) -> None:
        self.told.say(sentence, "done")
        self.reload()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        self.told.say(str(getattr(error, "message", "")), "fault")
        self._workplace.door.meet(error)
        self.reload()

    def _show(self, lines: list[Arrived]) -> None:
        self._lines = {
            line.sha256: line
            for line in sorted(lines, key=_place)
            if line.staged or line.sha256 in self._sitting
        }
        self._sitting.update(one for one, line in self._lines.items() if line.staged)
        self.table.show_rows([_row(line) for line in self._lines.values()])
        waiting = sum(line.staged for line in self._lines.values())
        self.all.setVisible(waiting > 1)
        self.all.setText(f"Chọn tất cả {waiting} gói chờ nhập")
        wanted = {one for one in self._after if one in self._lines}
        self._after = set()
        if wanted:
            best = [one for one in wanted if self._lines[one].staged] or list(wanted)
            self._choose({best[0]} if len(best) == 1 else set(best))
        elif self._lines and not self.table.selected_ids():
            self.table.go_to(next(iter(self._lines)))
        self._chosen()

    def _choose(self, ids: set[str]) -> None:
        self.table.choose(ids)
        self.table.setFocus()

    def _chosen(self) -> None:
        chosen = [self._lines[one] for one in self.table.selected_ids() if one in self._lines]
        keep = self._stale and [line.sha256 for line in chosen] == [self._stale]
        if keep:
            return
        self._stale = ""
        self._look = None
        self.preview.show_lines(chosen)
        if any(line.staged for line in chosen):
            self._settle.start()
        else:
            self._settle.stop()

    def _look_at_chosen(self) -> None:
        ids = [one for one in self.table.selected_ids() if self._waits(one)]
        if not ids or self._busy:
            return
        office = self._workplace.office
        year = office.clock.now().year

        def then(look: Look) -> None:
            self._look = look
            self.preview.show_look(look)

        def work(control: Control) -> Look:
            return look_at(office.handover, ids, year, control)

        title = "Đang xem trước" if len(ids) > 1 else ""
        self._workplace.jobs.read(work, then, owner=self, lane="preview", title=title)

    def _waits(self, sha256: str) -> bool:
        line = self._lines.get(sha256)
        return line is not None and line.staged

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.drop.setEnabled(not busy)
        self.preview.set_busy(busy=busy)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.all)
        foot.addStretch(1)
        column.addLayout(foot)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 2 * UNIT, 0, 0)
        whole.setSpacing(UNIT)
        whole.addWidget(self.drop)
        whole.addWidget(self.told)
        whole.addWidget(FoldingSplitter(left, self.preview), 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(inside))


def _place(line: Arrived) -> int:
    """What waits stands first, what was set aside last."""
    return 0 if line.staged else 1 if line.merged else 2


def _row(line: Arrived) -> TableRow:
    state = Badge("chờ nhập", "info")
    if line.withdrawn:
        state = Badge("đã rút lại", "watch")
    if line.merged:
        state = Badge("đã nhập", "calm")
    if line.set_aside:
        state = Badge("để riêng", "watch")
    return TableRow(
        line.sha256,
        (
            verdict_badge(line.verdict),
            line.sender or line.name,
            str(line.number) if line.number else "",
            line.received,
            state,
        ),
    )


class TakeCard(DropFrame):
    """Where files come in."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._folders: list[Path] = []
        self.stick = make_button("", workplace.theme, icon="usb")
        self.stick.clicked.connect(lambda: self.dropped.emit(list(self._folders)))
        self.file = make_button("Chọn tệp…", workplace.theme)
        self.file.clicked.connect(self._ask_file)
        self.folder = make_button("Chọn thư mục…", workplace.theme)
        self.folder.clicked.connect(self._ask_folder)
        self.paper = make_button(READ, workplace.theme)
        self.paper.setToolTip("Ảnh quét hoặc ảnh chụp cả trang: PNG, JPEG, PDF")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(words("Kéo thả tệp gói hoặc thư mục vào khung này, hoặc"), 1)
        row.addWidget(self.stick)
        row.addWidget(self.file)
        row.addWidget(self.folder)
        row.addWidget(self.paper)
        self.show_plugged(())

    def show_plugged(self, plugged: tuple[Plugged, ...]) -> None:
        """Offer the bundles on the plugged sticks."""
        with_bundles = [one for one in plugged if one.found.bundles]
        self._folders = [one.stick.folder for one in with_bundles]
        count = sum(len(one.found.bundles) for one in with_bundles)
        self.stick.setVisible(count > 0)
        self.stick.setText(f" Nhận từ USB ({count} gói)")
        self.stick.setAccessibleName(f"Nhận từ USB, {count} gói")

    def _ask_file(self) -> None:
        def then(path: Path | None) -> None:
            if path is not None:
                self.dropped.emit([path])

        self._workplace.asker.ask_file(FileQuestion("Chọn tệp gói", _FILES), then)

    def _ask_folder(self) -> None:
        def then(path: Path | None) -> None:
            if path is not None:
                self.dropped.emit([path])

        ask_folder(self._workplace, "Chọn thư mục chứa gói", then)
