"""*Quản trị, Cơ quan ban hành*: how each body is named and signed, and which papers are its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.rights import Operation
from antq_desktop.services.blanks import SHIFT
from antq_desktop.services.issuing import BODIES, CALLED, COMMITTEE, NEIGHBOURHOOD, Body
from antq_desktop.services.paper_kinds import may_choose_body
from antq_desktop.ui.barred import bar
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.administration_parts import page_column, words_label
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.domain.fields import Value
    from antq_desktop.services.issuing import Issuing
    from antq_desktop.ui.workplace import Workplace

_TOLD: Final = (
    "Đầu văn bản, ký hiệu và người ký của từng cơ quan. Mục để trống thì chương trình ghi theo "
    "đơn vị. Số văn bản do văn thư của cơ quan cấp."
)
_ON_A_BLANK: Final = (
    "Chỉ in chữ thay đổi: số, tên đơn vị, danh hiệu, quyết định, ngày, người ký. In tờ căn chỉnh, "
    "đặt lên phôi trước ánh sáng, đọc số đo từng chỗ rồi ghi lại một lần."
)
_WIDE: Final = 40  # letters; wider than this a field takes the whole line of a form
_FIELDS: Final = (
    FieldSpec(name="name", label="Tên cơ quan ban hành", max_length=300, width=_WIDE),
    FieldSpec(name="superior", label="Cơ quan chủ quản trực tiếp", max_length=300, width=_WIDE),
    FieldSpec(name="sign", label="Ký hiệu", hint="Ví dụ: CAX, BCĐ, UBND", max_length=40),
    FieldSpec(name="place", label="Địa danh", hint="Tên gọi chính thức của đơn vị", max_length=80),
    FieldSpec(
        name="authority",
        label="Quyền hạn, chức vụ người ký",
        kind=FieldKind.LONG_TEXT,
        hint="Mỗi dòng một phần: KT. Trưởng Công an xã, rồi Phó Trưởng Công an xã",
        max_length=300,
    ),
    FieldSpec(
        name="office",
        label="Chức vụ trong chính quyền",
        hint="Ghi phía trên họ tên: Chủ tịch UBND xã",
        max_length=120,
        width=_WIDE,
    ),
    FieldSpec(name="rank", label="Cấp bậc", hint="Để trống thì không ghi", max_length=40),
    FieldSpec(name="signer", label="Họ tên người ký", hint="Để trống để ghi tay", max_length=80),
    FieldSpec(
        name="others",
        label="Người cùng ký biên bản",
        kind=FieldKind.LONG_TEXT,
        hint="Mỗi dòng một người hoặc một chức vụ, ngoài thư ký và chủ tọa",
        max_length=1500,
    ),
)
_ONLY: Final = {"office": (COMMITTEE,), "others": (NEIGHBOURHOOD,)}
_NOT: Final = {"name": (NEIGHBOURHOOD,), "sign": (NEIGHBOURHOOD,)}


def fields_of(code: str) -> list[FieldSpec]:
    """Return what is asked of a body: a neighbourhood, say, is named by its paper."""
    return [
        spec
        for spec in _FIELDS
        if code in _ONLY.get(spec.name, (code,)) and code not in _NOT.get(spec.name, ())
    ]


class IssuingPage(QWidget):
    """A line for each body with what its papers say, and a way to change it."""

    def __init__(self, workplace: Workplace, print_grid: Callable[[QWidget], None]) -> None:
        """Take who shows the measuring sheet of a blank, given the button that asked for it."""
        super().__init__()
        self._workplace = workplace
        self._told: dict[str, QLabel] = {}
        self.change: dict[str, QPushButton] = {}
        self.dialog: FormDialog | None = None
        self.papers = make_button("Văn bản nào của cơ quan nào…", workplace.theme, icon="print")
        self.papers.clicked.connect(self.ask_papers)
        column = page_column(self)
        column.addWidget(words_label(_TOLD))
        column.addSpacing(UNIT)
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * UNIT)
        grid.setVerticalSpacing(2 * UNIT)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, code in enumerate(BODIES):
            named = words_label(CALLED[code], "label")
            told = self._told[code] = words_label("")
            button = self.change[code] = make_button("Sửa…", workplace.theme, icon="edit")
            button.setAccessibleName(f"Sửa {CALLED[code]}")
            button.clicked.connect(partial(self.ask, code))
            grid.addWidget(named, row, 0, top)
            grid.addWidget(told, row, 1, top)
            grid.addWidget(button, row, 2, top)
        column.addLayout(grid)
        column.addSpacing(UNIT)
        column.addWidget(self.papers, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(2 * UNIT)
        column.addWidget(words_label("Giấy công nhận in lên phôi mua sẵn", "label"))
        column.addWidget(words_label(_ON_A_BLANK))
        self.measure = make_button("Ghi số đo…", workplace.theme, icon="edit")
        self.measure.clicked.connect(self.ask_places)
        self.grid = make_button("In tờ căn chỉnh…", workplace.theme, icon="print")
        self.grid.clicked.connect(lambda: print_grid(self.grid))
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.grid)
        buttons.addWidget(self.measure)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        for button in (*self.change.values(), self.papers, self.measure):
            bar(workplace.office.standing, Operation.SETTINGS, button)
        self.look()

    @property
    def _issuing(self) -> Issuing:
        return self._workplace.office.papers.issuing

    def look(self) -> None:
        """Read the bodies again, off the UI thread."""
        office = self._workplace.office
        self._workplace.jobs.read(
            lambda _control: {code: office.papers.issuing.body(code) for code in BODIES},
            self._show,
            owner=self,
            lane="issuing",
        )

    def ask(self, code: str) -> None:
        """Ask how a body is named and signed."""
        office = self._workplace.office

        def open_with(body: Body) -> None:
            held: dict[str, Value] = {
                spec.name: getattr(body, spec.name) or None for spec in fields_of(code)
            }
            self.dialog = FormDialog(
                self._workplace,
                self,
                title=f"Cơ quan ban hành: {CALLED[code]}",
                told="",
                fields=fields_of(code),
                verb="Lưu",
                work=lambda given: office.papers.issuing.write(code, given),
                done=lambda _body: self._kept(),
                held=held,
            )
            self.dialog.open()

        self._workplace.jobs.read(
            lambda _control: office.papers.issuing.body(code), open_with, owner=self, lane="ask"
        )

    def ask_papers(self) -> None:
        """Ask which body issues which paper."""
        office = self._workplace.office
        forms = [kind for kind in office.papers.forms() if may_choose_body(kind.code)]
        fields = [
            FieldSpec(name=kind.code, label=kind.title, kind=FieldKind.CHOICE, codes="bodies",
                      required=True)
            for kind in forms
        ]  # fmt: skip
        held: dict[str, Value] = {kind.code: self._issuing.of_form(kind.code) for kind in forms}

        def choose(given: Given) -> None:
            office.papers.issuing.choose({form: str(code) for form, code in given.items()})

        self.dialog = FormDialog(
            self._workplace,
            self,
            title="Văn bản nào của cơ quan nào",
            told="Quyết định và giấy công nhận do Ủy ban nhân dân ban hành; văn bản của khu dân "
            "cư và của việc giao nhận giữ nguyên cơ quan.",
            fields=fields,
            verb="Lưu",
            work=choose,
            done=lambda _none: self._kept(),
            held=held,
            lists={"bodies": [Option(code, CALLED[code]) for code in BODIES]},
        )
        self.dialog.open()

    def ask_places(self) -> None:
        """Ask where each word stands on the blank, in millimetres."""
        blanks = self._workplace.office.papers.blanks
        names = {SHIFT: "Dịch tất cả: sang phải; xuống dưới"}
        names |= {one.name: one.label for one in blanks.words}
        self.dialog = FormDialog(
            self._workplace,
            self,
            title="Vị trí chữ trên phôi",
            told="Mỗi mục là hai số đo bằng mi-li-mét: từ mép trái đến giữa chữ; từ mép trên đến "
            "chân chữ. Để trống để dùng số đo của mẫu.",
            fields=[
                FieldSpec(name=name, label=label, hint="Ví dụ: 148,5; 105", max_length=20)
                for name, label in names.items()
            ],
            verb="Lưu",
            work=blanks.write,
            done=lambda _none: self._workplace.door.done("Đã lưu vị trí chữ trên phôi."),
            held=dict(blanks.spots()),
        )
        self.dialog.open()

    def _kept(self) -> None:
        self._workplace.door.done("Đã lưu cơ quan ban hành.")
        self.look()

    def _show(self, bodies: dict[str, Body]) -> None:
        for code, body in bodies.items():
            self._told[code].setText("\n".join(_lines(code, body)))


def _lines(code: str, body: Body) -> list[str]:
    name = body.name or "Tên khu dân cư của từng văn bản"
    head = " · ".join(part for part in (name, body.superior and f"thuộc {body.superior}") if part)
    signed = ", ".join(part for part in (*body.authority.split("\n"), body.office) if part)
    signer = body.signer_line or "họ tên để trống"
    lines = [head, f"Người ký: {signed} ({signer})"]
    dated = [f"ký hiệu {body.sign}" if body.sign else "", f"địa danh {body.place}"]
    if code != NEIGHBOURHOOD:
        told = ", ".join(part for part in dated if part)
        lines.append(told[:1].upper() + told[1:])
    else:
        count = len(body.others.split("\n")) if body.others else 0
        lines.append(f"Cùng ký biên bản: {count} người ngoài thư ký và chủ tọa")
    return lines
