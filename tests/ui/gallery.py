"""Every part of the window on show, to be looked at by hand.

`python tests/ui/gallery.py [--dark] [--points 10.5] [--page list|editor|faults|empty|parts]
[--width 1366 --height 768] [--help-panel] [--popup calendar|choice] [--save picture.png]`
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.ui.ask import Choice, Question, WindowAsker
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.faults import Door, Message, Tone
from antq_desktop.ui.jobs import Control, Jobs
from antq_desktop.ui.recordmodel import Column, RecordModel
from antq_desktop.ui.sources import AllIds, Badge, TableRow
from antq_desktop.ui.table import RecordTable
from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.chosen_fields import ChoiceField, matching
from antq_desktop.ui.widgets.field import FieldWidget, Kit, Option
from antq_desktop.ui.widgets.make import make_field
from antq_desktop.ui.widgets.typed_fields import DatedField
from antq_desktop.ui.window import MainWindow
from antq_desktop.ui.words import speak_vietnamese

RESOURCES = Path(__file__).parents[2] / "resources"
LONG_SCHEME = (
    "Camera giám sát an ninh trật tự kết hợp tiếng loa truyền thanh cơ sở và nhóm "
    "liên gia tự quản phòng cháy, chữa cháy và cứu nạn, cứu hộ"
)
KINDS_OF_INCIDENT = (
    "Trộm cắp tài sản",
    "Cố ý gây thương tích",
    "Đánh bạc",
    "Gây rối trật tự công cộng",
    "Mâu thuẫn trong nhân dân",
    "Tai nạn giao thông",
    "Lừa đảo chiếm đoạt tài sản trên không gian mạng",
    "Cháy, nổ",
    "Ma túy",
    "Bạo lực gia đình",
)
STATES = (
    Badge("Đang giải quyết", "info"),
    Badge("Đã giải quyết", "calm"),
    Badge("Sắp đến hạn", "watch"),
    Badge("Quá hạn", "fault"),
    Badge("Đã hủy bỏ", "plain"),
)
PEOPLE = (
    Option("1", "Nguyễn Văn Mẫu", "Thôn Mẫu 1, sinh năm 1980"),
    Option("2", "Trần Thị Ví Dụ", "Thôn Mẫu 2, sinh năm 1975"),
    Option("3", "Đỗ Đức Điển Hình", "Tổ dân phố Mẫu 3, sinh năm 1962"),
)
FIELDS = (
    FieldSpec(name="number", label="Số thứ tự trong sổ", kind=FieldKind.INTEGER, required=True),
    FieldSpec(name="received", label="Thời điểm tiếp nhận", kind=FieldKind.MOMENT, required=True),
    FieldSpec(name="happened", label="Ngày xảy ra", kind=FieldKind.DATE),
    FieldSpec(
        name="kind",
        label="Loại vụ việc",
        kind=FieldKind.CHOICE,
        codes="incident_kinds",
        required=True,
    ),
    FieldSpec(
        name="place",
        label="Nơi xảy ra",
        required=True,
        max_length=300,
        hint="Ghi thôn, tổ dân phố trước, rồi đến địa điểm cụ thể.",
    ),
    FieldSpec(name="scheme", label="Mô hình liên quan", kind=FieldKind.REFERENCE),
    FieldSpec(name="story", label="Nội dung tóm tắt", kind=FieldKind.LONG_TEXT, max_length=4000),
    FieldSpec(name="damage", label="Thiệt hại về tài sản", kind=FieldKind.MONEY, unit="đồng"),
    FieldSpec(name="area", label="Diện tích", kind=FieldKind.DECIMAL, unit="m²"),
    FieldSpec(name="phone", label="Số điện thoại", kind=FieldKind.PHONE, private=True),
    FieldSpec(name="citizen", label="Số CCCD", kind=FieldKind.CITIZEN_ID, private=True),
    FieldSpec(name="tip", label="Do quần chúng cung cấp", kind=FieldKind.YES_NO),
)
VALUES: dict[str, Value] = {
    "number": 1234,
    "received": "2026-11-21T08:05",
    "happened": "2026-11",
    "kind": KINDS_OF_INCIDENT[6],
    "place": "Thôn Mẫu 3, trước cổng Nhà văn hóa thôn, đường Nguyễn Thị Minh Khai kéo dài",
    "scheme": "1",
    "story": "Khoảng 22 giờ 30 phút, Tổ bảo vệ an ninh trật tự Thôn Mẫu 3 phát hiện một nhóm "
    "thanh niên tụ tập gây mất trật tự, đã nhắc nhở và giải tán.\nKhông có thiệt hại về người.",
    "damage": 2_500_000,
    "area": "1234.5",
    "phone": "0100000001",
    "citizen": "000000000001",
    "tip": True,
}


def make_kit(theme: Theme) -> Kit:
    """Return a kit over invented lists, at a fixed moment."""

    def codes(_name: str) -> Sequence[Option]:
        return [Option(name, name) for name in KINDS_OF_INCIDENT]

    def search(
        _kinds: tuple[str, ...], words: str, deliver: Callable[[Sequence[Option]], None]
    ) -> None:
        deliver(matching(PEOPLE, words))

    def name(record_id: str, deliver: Callable[[Option], None]) -> None:
        deliver(next(one for one in PEOPLE if one.id == record_id))

    return Kit(theme, lambda: datetime(2026, 11, 21, 8, 5), codes, search, name)  # noqa: DTZ001


def make_rows(ids: Sequence[str]) -> list[TableRow]:
    """Return invented incidents for some ids."""
    rows = []
    for one in ids:
        number = int(one)
        kind = KINDS_OF_INCIDENT[number % len(KINDS_OF_INCIDENT)]
        what = LONG_SCHEME if number % 7 == 3 else f"{kind} tại Thôn Mẫu {number % 12 + 1}"
        cells = (
            f"{number + 1}",
            f"{number % 28 + 1:02}/11/2026",
            kind,
            what,
            STATES[number % len(STATES)],
            "0100 000 001",
            f"{(number * 37) % 900}.000.000",
        )
        rows.append(TableRow(one, cells))
    return rows


COLUMNS = (
    Column("number", "Số", 6, numeric=True),
    Column("day", "Ngày", 11),
    Column("kind", "Loại", 24),
    Column("what", "Nội dung", 40),
    Column("state", "Tình trạng", 16),
    Column("phone", "Điện thoại", 12, private=True),
    Column("damage", "Thiệt hại (đồng)", 16, numeric=True),
)


class ListPage(QWidget):
    """A list with its reading pane."""

    def __init__(self, theme: Theme, jobs: Jobs, count: int) -> None:
        super().__init__()
        model = RecordModel(COLUMNS, jobs, self)
        self.table = RecordTable(model, theme)
        self.table.set_empty(
            "Sổ này ghi các vụ việc về an ninh, trật tự xảy ra trên địa bàn.",
            "Ghi vụ việc đầu tiên",
            lambda: None,
        )
        head = QHBoxLayout()
        title = QLabel("Vụ việc")
        title.setProperty("role", "title")
        head.addWidget(title)
        found = QLabel(f"{count:,} vụ việc".replace(",", "."))
        found.setProperty("role", "hint")
        head.addWidget(found)
        head.addStretch(1)
        for words, icon, role in (
            ("Lọc", "filter", "plain"),
            ("In sổ", "print", "plain"),
            ("Ghi vụ việc mới", "add", "primary"),
        ):
            head.addWidget(make_button(words, theme, role=role, icon=icon))
        self.splitter = QSplitter()
        self.splitter.addWidget(self.table)
        reading = QScrollArea()
        reading.setWidgetResizable(True)
        reading.setWidget(self._pane())
        self.splitter.addWidget(reading)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setHandleWidth(2 * UNIT)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([800, 300])
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(2 * UNIT)
        page.addLayout(head)
        page.addWidget(self.splitter, 1)
        source = AllIds([str(number) for number in range(count)], make_rows)
        source.fetch_around(0)
        self.table.show_source(source)
        self.table.go_to("2")

    def _pane(self) -> QWidget:
        pane = QFrame()
        pane.setProperty("role", "card")
        pane.setMinimumWidth(34 * UNIT)
        column = QVBoxLayout(pane)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        for text, role in (
            ("Lừa đảo chiếm đoạt tài sản trên không gian mạng", "heading"),
            ("Số 1.234 · 08:05 21/11/2026", "hint"),
            ("Nơi xảy ra", "label"),
            ("Thôn Mẫu 3, trước cổng Nhà văn hóa thôn", ""),
            ("Nội dung tóm tắt", "label"),
            (VALUES["story"], ""),
        ):
            label = QLabel(str(text))
            label.setWordWrap(True)
            label.setProperty("role", role)
            column.addWidget(label)
        state = QLabel("Sắp đến hạn")
        state.setProperty("badge", "watch")
        column.addWidget(state, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return pane


class EditorPage(QWidget):
    """An editor of two columns."""

    def __init__(self, theme: Theme, *, faulty: bool) -> None:
        super().__init__()
        kit = make_kit(theme)
        self.fields: dict[str, FieldWidget] = {}
        inner = QWidget()
        inner.setProperty("role", "page")
        inner.setMaximumWidth(960)
        grid = QGridLayout(inner)
        grid.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 3 * UNIT)
        grid.setHorizontalSpacing(3 * UNIT)
        grid.setVerticalSpacing(2 * UNIT)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        title = QLabel("Vụ việc số 1.234")
        title.setProperty("role", "title")
        grid.addWidget(title, 0, 0, 1, 2)
        row, column = 1, 0
        for spec in FIELDS:
            field = make_field(spec, kit)
            self.fields[spec.name] = field
            field.set_value(VALUES[spec.name])
            wide = spec.kind is FieldKind.LONG_TEXT or spec.name == "place"
            if wide and column:
                row, column = row + 1, 0
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(field, row, column, 1, 2 if wide else 1, top)
            column += 2 if wide else 1
            if column > 1:
                row, column = row + 1, 0
        grid.setRowStretch(row + 1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        bar = QHBoxLayout()
        bar.setContentsMargins(3 * UNIT, UNIT, 3 * UNIT, UNIT)
        for words, role in (("Hủy bỏ vụ việc…", "danger"), ("", ""), ("Thôi", "plain")):
            if words:
                button = QPushButton(words)
                button.setProperty("role", role)
                bar.addWidget(button)
            else:
                bar.addStretch(1)
        save = QPushButton("Lưu")
        save.setProperty("role", "primary")
        save.setToolTip("Lưu (Ctrl+S)")
        bar.addWidget(save)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(area, 1)
        page.addLayout(bar)
        if faulty:
            self.fields["happened"].show_faults(
                [
                    Fault(
                        "date_not_in_calendar",
                        "Ngày xảy ra 31/02/2026 không có trong lịch. Nhập lại theo ngày/tháng/năm.",
                    )
                ]
            )
            self.fields["place"].show_faults(
                [Fault("place_vague", "Nơi xảy ra chưa có số nhà. Có thể bổ sung sau.", "", True)]
            )
            self.fields["number"].show_other("1.236")
            self.fields["kind"].show_faults([Fault("kind_missing", "Chọn loại vụ việc.")])


class PartsPage(QWidget):
    """The plain widgets of Qt as the style sheet dresses them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        grid.setSpacing(2 * UNIT)
        for at, (words, role) in enumerate(
            (("Lưu", "primary"), ("In thử", "plain"), ("Xem chi tiết", "quiet"), ("Hủy", "danger"))
        ):
            for line, enabled in enumerate((True, False)):
                button = QPushButton(words)
                button.setProperty("role", role)
                button.setEnabled(enabled)
                grid.addWidget(button, line, at)
        boxes = QVBoxLayout()
        for words, state in (("Có mang theo", 2), ("Chưa chọn", 0), ("Một phần", 1)):
            box = QCheckBox(words)
            box.setTristate(state == 1)
            box.setCheckState(Qt.CheckState(state))
            boxes.addWidget(box)
        one, two = QRadioButton("Dữ liệu mẫu"), QRadioButton("Để trống")
        one.setChecked(True)
        boxes.addWidget(one)
        boxes.addWidget(two)
        grid.addLayout(boxes, 2, 0)
        combo = QComboBox()
        combo.addItems(KINDS_OF_INCIDENT)
        spin = QSpinBox()
        tall = QVBoxLayout()
        tall.addWidget(combo)
        tall.addWidget(spin)
        tall.addStretch(1)
        grid.addLayout(tall, 2, 1)
        names = QListWidget()
        names.addItems([person.text for person in PEOPLE] * 5)
        names.ensurePolished()  # rows are measured when one becomes current
        names.setCurrentRow(1)
        grid.addWidget(names, 2, 2)
        tabs = QTabWidget()
        for words in ("Thông tin chung", "Thành viên", "Lịch sử"):
            tabs.addTab(QLabel(words), words)
        grid.addWidget(tabs, 2, 3)
        icons = QGridLayout()
        for at, name in enumerate(theme.icons.names()):
            picture = QLabel()
            picture.setPixmap(theme.icons.pixmap(name, "ink_soft", 24, self.devicePixelRatioF()))
            picture.setToolTip(name)
            icons.addWidget(picture, at // 23, at % 23)
        grid.addLayout(icons, 3, 0, 1, 4)
        grid.setRowStretch(4, 1)


class GalleryScreen:
    """A screen around one page."""

    def __init__(self, key: str, title: str, icon: str, group: str, page: QWidget) -> None:
        self.key = key
        self.title = title
        self.icon = icon
        self.group = group
        self.help_page = (
            f"<h2>{title}</h2><p>Trang này ghi các vụ việc về an ninh, trật tự trên địa bàn.</p>"
            "<p><b>Ctrl+N</b> ghi vụ việc mới, <b>Ctrl+S</b> lưu, <b>F3</b> đến chỗ cần sửa.</p>"
        )
        self._page = page

    def widget(self) -> QWidget:
        """Return the page."""
        return self._page

    def activate(self) -> None:
        """Nothing changes by itself."""

    def may_leave(self, go: Callable[[], None]) -> None:
        """Let go at once."""
        go()

    def search(self, _words: str) -> bool:
        """Search nothing."""
        return False


def main() -> int:
    """Open the gallery."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--points", type=float, default=10.5)
    parser.add_argument("--page", default="incident")
    parser.add_argument("--width", type=int, default=1366)
    parser.add_argument("--height", type=int, default=768)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--faulty", action="store_true")
    parser.add_argument("--help-panel", action="store_true")
    parser.add_argument("--popup", default="")
    parser.add_argument("--focus", default="")
    parser.add_argument("--save", default="")
    args = parser.parse_args()

    app = QApplication(sys.argv[:1])
    speak_vietnamese(app, RESOURCES / "i18n" / "qt_vi.toml")
    theme = Theme(RESOURCES, dark=args.dark, points=args.points)
    theme.apply(app)
    door = Door(lambda _report: "bao-cao.txt")
    jobs = Jobs(door.meet)
    window = MainWindow(theme, jobs, door)
    listing = ListPage(theme, jobs, args.count)
    editor = EditorPage(theme, faulty=args.faulty)
    places = (
        ("today", "Việc hôm nay", "today", "a", ListPage(theme, jobs, 0)),
        ("incident", "Vụ việc", "incident", "b", listing),
        ("scheme", "Mô hình", "scheme", "b", editor),
        ("movement", "Phong trào", "movement", "b", PartsPage(theme)),
        ("forces", "Lực lượng và đơn vị", "forces", "b", QWidget()),
        ("standards", "Tiêu chuẩn và phân loại", "standards", "c", QWidget()),
        ("documents", "Văn bản và báo cáo", "documents", "c", QWidget()),
        ("handover", "Giao nhận", "handover", "c", QWidget()),
        ("settings", "Quản trị", "settings", "admin", QWidget()),
    )
    window.add_screens([GalleryScreen(*place) for place in places])
    window.side.set_count("today", 12)
    window.side.set_count("handover", 3)
    window.top.set_unit("Công an xã Mẫu Thượng Hạ", "Kỳ báo cáo: tháng 11/2026")
    window.top.set_officer("Đại úy Nguyễn Thị Thùy Dương")
    window.narrow_changed.connect(
        lambda narrow: listing.splitter.setOrientation(
            Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        )
    )
    window.resize(args.width, args.height)
    window.show()
    window.bring(args.page)
    window.show_help(shown=args.help_panel)
    door.say(
        Message("Đã lưu vụ việc số 1.234, Thôn Mẫu 3.", Tone.DONE, undo=lambda: None)
        if not args.faulty
        else Message("Chưa lưu: 2 ô cần sửa. Nhấn F3 để đến ô sau.", Tone.FAULT, "record_faulty")
    )
    over = threading.Event()

    def work(control: Control) -> None:
        control.report(1240, 5000, "Đang lập sổ vụ việc")
        over.wait()

    jobs.read(work, lambda _none: None, title="Đang lập sổ vụ việc")
    if args.focus:
        editor.fields[args.focus].input.setFocus()
    QTimer.singleShot(300, lambda: show_popup(args.popup, window, editor, theme))
    if args.save:
        QTimer.singleShot(900, lambda: (window.grab().save(args.save), app.quit()))
    result = app.exec()
    over.set()
    jobs.close()
    return result


def show_popup(name: str, window: MainWindow, editor: EditorPage, theme: Theme) -> None:
    """Bring up a calendar, a list or a question."""
    happened, kind = editor.fields["happened"], editor.fields["kind"]
    if name == "calendar" and isinstance(happened, DatedField):
        happened.open_calendar()
    elif name == "choice" and isinstance(kind, ChoiceField):
        kind.open_list("tr")
    elif name == "question":
        question = Question(
            "Hủy bỏ vụ việc số 1.234",
            "Vụ việc không còn trong sổ và báo cáo, nhưng vẫn xem lại được trong lịch sử và "
            "khôi phục được.",
            (Choice("stay", "Giữ lại"), Choice("void", "Hủy bỏ vụ việc", "danger")),
            "stay",
            "Lý do",
        )
        WindowAsker(window, theme).ask(question, lambda _answer: None)


if __name__ == "__main__":
    sys.exit(main())
