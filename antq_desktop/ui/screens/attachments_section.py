"""The section *Ảnh, tài liệu đính kèm* of an editor: chosen, dropped, pasted, ordered, left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.attachments import LIMITS_SAID, MOST_OF_A_RECORD, SHRUNK_TO
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.attachments import Brought, read_file
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.screens.attachments_pictures import from_clipboard, prepared
from antq_desktop.ui.screens.attachments_tiles import Tile, TileList, tile_of
from antq_desktop.ui.screens.editor_loading import new_attached
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.screens.editor_fields import Fields
    from antq_desktop.ui.screens.editor_state import Sheaf, Sheet
    from antq_desktop.ui.workplace import Workplace

TITLE: Final = "Ảnh, tài liệu đính kèm"
KINDS: Final = (("Ảnh và tài liệu", "*.jpg *.jpeg *.png *.pdf *.JPG *.JPEG *.PNG *.PDF"),)
EMPTY: Final = "Chưa có tệp nào. Chọn tệp, kéo thả tệp vào đây, hoặc dán ảnh đã chép (Ctrl+V)."
CLEANED: Final = "Nơi chụp, máy chụp, thời gian chụp ghi trong ảnh luôn được bỏ."
SHRINK: Final = f"Thu nhỏ ảnh, cạnh dài {show_integer(SHRUNK_TO)} điểm ảnh"

Came = tuple[list[Brought], list[UserError | EnvironmentFault]]


class AttachmentsSection(QWidget):
    """What hangs on one record; `edited` says that something is to be saved."""

    edited = Signal()

    def __init__(self, workplace: Workplace, sheaf: Sheaf, sheet: Sheet, fields: Fields) -> None:
        super().__init__()
        self._workplace = workplace
        self._sheaf = sheaf
        self._sheet = sheet
        self._fields = fields
        self._caption: QWidget | None = None
        self.setAcceptDrops(True)
        self._make()
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show again what hangs on the record."""
        held = self._held()
        fixed = self._sheet.fixed
        self.tiles.changeable = not fixed
        self.tiles.show_tiles([self._tile(one) for one in held])
        self.tiles.setVisible(bool(held))
        self._count.setText(show_integer(len(held)) if held else "")
        self._empty.setVisible(not held)
        self._empty.setText("Không có tệp đính kèm." if fixed else EMPTY)
        for part in (self.add, self.paste, self.shrink, self._limits):
            part.setHidden(fixed)
        for tool in (self.earlier, self.later, self.leave):
            tool.setHidden(fixed or not held)
        self.look.setVisible(bool(held))
        self._show_caption()

    def ask(self) -> None:
        """Let files be chosen, one or several at once."""

        def then(paths: tuple[Path, ...]) -> None:
            if paths:
                self.bring_files(paths)

        self._workplace.asker.ask_files(FileQuestion("Thêm tệp đính kèm", KINDS), then)

    def bring_files(self, paths: Sequence[Path]) -> None:
        """Take files in, off the UI thread; each that cannot be taken says why."""
        shrink = self.shrink.isChecked()
        held = self._workplace.office.attachments

        def one(path: Path) -> Brought:
            return held.bring(prepared(read_file(path), shrink=shrink), path.name)

        self._bring([partial(one, path) for path in paths])

    def paste_now(self) -> None:
        """Take in what was copied: files, or a picture."""
        board = QGuiApplication.clipboard()
        if not self._take_from(board.mimeData(), board.image()):
            text = "Chưa có ảnh hoặc tệp nào được chép. Chép ảnh rồi dán lại."
            self._workplace.door.say(Message(text, Tone.NOTE, "clipboard_empty"))

    def open(self, record_id: str) -> None:
        """Look at one, with the others before and after it."""
        from antq_desktop.ui.screens.attachments_viewer import Viewer

        held = [self._tile(one) for one in self._held()]
        at = next(at for at, tile in enumerate(held) if tile.id == record_id)
        Viewer(self._workplace, held, at, self).open()

    def shift(self, record_id: str, by: int) -> None:
        """Let one change places with its neighbour."""
        held = self._held()
        at = next((at for at, one in enumerate(held) if one.id == record_id), -1)
        if self._sheet.fixed or at < 0 or not 0 <= at + by < len(held):
            return
        held[at], held[at + by] = held[at + by], held[at]
        for place, one in enumerate(held, 1):
            one.set("position", place)
        self._changed(record_id)

    def leave_out(self, record_id: str) -> None:
        """Take one away: at once where it was never saved, else as an action; both come back."""
        if self._sheet.fixed:
            return
        mine = self._sheaf.attached.setdefault(self._sheet.id, [])
        sheet = next(one for one in mine if one.id == record_id)
        if not sheet.created:
            held = self._workplace.office.attachments
            self._workplace.jobs.write(
                lambda _control: held.leave_out(record_id),
                lambda saved: self._workplace.told(saved, (sheet.spec.kind,)),
            )
            return
        mine.remove(sheet)

        def back() -> None:
            mine.append(sheet)
            self._changed(record_id)

        self._changed()
        self._workplace.door.done("Đã bỏ tệp chưa lưu.", back)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what holds files or a picture."""
        if self._may_take(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take it anywhere on the section."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take files in."""
        if self._may_take(event.mimeData()):
            self._take_from(event.mimeData(), None)
            event.acceptProposedAction()

    def _may_take(self, data: QMimeData) -> bool:
        return not self._sheet.fixed and (data.hasUrls() or data.hasImage())

    def _take_from(self, data: QMimeData | None, image: QImage | None) -> bool:
        if data is None:  # an empty clipboard
            return False
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.bring_files(paths)
            return True
        found = image if image is not None else data.imageData()
        if not isinstance(found, QImage) or found.isNull():
            return False
        held = self._workplace.office.attachments
        copied = QImage(found)
        self._bring([lambda: held.bring(from_clipboard(copied))])
        return True

    def _bring(self, every: Sequence[Callable[[], Brought]]) -> None:
        def work(control: Control) -> Came:
            brought: list[Brought] = []
            refused: list[UserError | EnvironmentFault] = []
            for at, bring in enumerate(every):
                control.report(at, len(every), "Đang thêm tệp")
                try:
                    brought.append(bring())
                except (UserError, EnvironmentFault) as fault:
                    refused.append(fault)
            return brought, refused

        title = "Đang thêm tệp đính kèm" if len(every) > 1 else ""
        self._workplace.jobs.read(work, self._arrive, owner=self, title=title)

    def _arrive(self, came: Came) -> None:
        brought, refused = came
        mine = {str(one.now.get("digest")) for one in self._held()}
        fresh = [one for one in brought if one.digest not in mine]
        room = MOST_OF_A_RECORD - len(self._held())
        last = ""
        for one in fresh[:room]:
            last = new_attached(self._workplace.office, self._sheaf, self._sheet, one).id
        if last:
            self._changed(last)
        self._tell(brought, fresh, room, refused)

    def _tell(
        self,
        brought: Sequence[Brought],
        fresh: Sequence[Brought],
        room: int,
        refused: Sequence[UserError | EnvironmentFault],
    ) -> None:
        door = self._workplace.door
        if refused:
            more = f" Có {len(refused)} tệp không thêm được." if len(refused) > 1 else ""
            door.say(Message(refused[0].message + more, Tone.FAULT, refused[0].code))
        elif len(fresh) > room:
            text = f"Mỗi hồ sơ nhiều nhất {MOST_OF_A_RECORD} tệp đính kèm. Bỏ bớt tệp."
            door.say(Message(text, Tone.WATCH, "too_many_attachments"))
        elif len(fresh) < len(brought):
            door.say(Message("Tệp này đã có trong hồ sơ nên không thêm lần nữa.", Tone.NOTE))
        elif any(one.notices for one in fresh):
            notices = dict.fromkeys(notice for one in fresh for notice in one.notices)
            door.say(Message(" ".join(notices), Tone.WATCH))
        elif fresh:
            door.say(Message(f"Đã thêm {len(fresh)} tệp. Lưu hồ sơ để giữ lại.", Tone.NOTE))

    def _changed(self, current: str = "") -> None:
        self.refresh()
        if current:
            self.tiles.show_tiles([self._tile(one) for one in self._held()], current)
            self._show_caption()
        self.edited.emit()

    def _held(self) -> list[Sheet]:
        return self._sheaf.attached_to(self._sheet.id)

    def _tile(self, one: Sheet) -> Tile:
        return tile_of(one.id, one.now, saved=not one.created)

    def _show_caption(self) -> None:
        """Show the caption of the tile in hand."""
        current = self.tiles.current_id() if self._held() else ""
        sheet = next((one for one in self._held() if one.id == current), None)
        field = None if sheet is None else self._fields.make(sheet, "caption")
        if field is self._caption:
            return
        if self._caption is not None:
            self._captions.removeWidget(self._caption)
            self._caption.hide()
        self._caption = field
        if field is not None:
            self._captions.addWidget(field)
            field.show()

    def _on_edited(self, record_id: str, path: str) -> None:
        sheet = next((one for one in self._held() if one.id == record_id), None)
        if sheet is not None and path == "caption":
            self.tiles.rename(record_id, sheet.now)

    def _make(self) -> None:
        theme = self._workplace.theme
        self._title = QLabel(TITLE)
        self._title.setProperty("role", "section")
        self._count = QLabel()
        self._empty = QLabel()
        self._limits = QLabel(f"{LIMITS_SAID} {CLEANED}")
        for label in (self._count, self._empty, self._limits):
            label.setProperty("role", "hint")
        for label in (self._empty, self._limits):
            label.setWordWrap(True)
        self.tiles = TileList(self._workplace)
        self.add = make_button("Thêm tệp…", theme, icon="attach", tip="Chọn tệp JPEG, PNG, PDF")
        self.paste = make_button("Dán", theme, icon="copy", tip="Dán ảnh hoặc tệp (Ctrl+V)")
        self.look = make_button("Xem", theme, icon="show", tip="Xem trong chương trình (Enter)")
        self.earlier = make_tool("prev", theme, "Đưa lên trước (Alt+←)")
        self.later = make_tool("next", theme, "Đưa ra sau (Alt+→)")
        self.leave = make_tool("void", theme, "Bỏ tệp đang chọn (Delete)")
        self.shrink = QCheckBox(SHRINK)
        self.shrink.setChecked(True)
        self.shrink.setToolTip("Bỏ chọn để giữ nguyên cỡ ảnh; chữ trên bản chụp giấy vẫn đọc được")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        self._captions = QVBoxLayout()
        foot = QHBoxLayout()
        foot.setSpacing(UNIT)
        for button in (self.add, self.paste, self.look, self.earlier, self.later, self.leave):
            foot.addWidget(button)
        foot.addSpacing(UNIT)
        foot.addWidget(self.shrink)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self.tiles)
        column.addLayout(self._captions)
        column.addLayout(foot)
        column.addWidget(self._limits)

    def _connect(self) -> None:
        tiles = self.tiles
        self.add.clicked.connect(self.ask)
        self.paste.clicked.connect(self.paste_now)
        self.look.clicked.connect(lambda: self.open(tiles.current_id()))
        self.earlier.clicked.connect(lambda: self.shift(tiles.current_id(), -1))
        self.later.clicked.connect(lambda: self.shift(tiles.current_id(), 1))
        self.leave.clicked.connect(lambda: self.leave_out(tiles.current_id()))
        tiles.opened.connect(self.open)
        tiles.left_out.connect(self.leave_out)
        tiles.moved.connect(self.shift)
        tiles.currentItemChanged.connect(lambda _now, _before: self._show_caption())
        self._fields.edited.connect(self._on_edited)
        for taker in (tiles, self.add, self.paste):
            shortcut = QShortcut(QKeySequence.StandardKey.Paste, taker)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.paste_now)
