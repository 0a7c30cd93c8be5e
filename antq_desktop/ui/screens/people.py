"""Cán bộ: who may sign in and as what, and the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.rights import AREA_NAMES, ROLE_NAMES, Operation, Role
from antq_desktop.domain.shown import show_date, show_moment
from antq_desktop.services.people import Person
from antq_desktop.services.recovery import Sheet
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.administration_parts import page_column, words_label
from antq_desktop.ui.screens.people_dialogs import SecretDialog
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.people import People
    from antq_desktop.ui.workplace import Workplace

_HEADS: Final = ("Họ và tên", "Vai trò", "Mảng việc được ghi", "Từ ngày")
_OWN: Final = "Mật khẩu của cán bộ đang đăng nhập"
_OWN_TOLD: Final = "Để trao chìa khóa số."
_ROLES_TOLD: Final = (
    "Một người có thể giữ nhiều vai trò. Quản trị lo cán bộ, chìa khóa số, khôi phục và không xem "
    "hồ sơ; Lãnh đạo duyệt, giao gói, xuất và xóa; Chỉ xem không ghi gì."
)
_AREAS_LABEL: Final = "Mảng việc được ghi (không chọn: mọi mảng)"
_SHEET_TOLD: Final = (
    "Phiếu khôi phục mở được dữ liệu khi không còn ai nhớ mật khẩu. In ra, niêm phong trong phong "
    "bì, cất trong két. Mã chỉ hiện một lần, chương trình không giữ lại."
)


class OfficersPage(QWidget):
    """The officers, each with what can be done, and the recovery sheet below.

    `print_sheet` is handed the sheet that was just made.
    """

    def __init__(self, workplace: Workplace, print_sheet: Callable[[Sheet], None]) -> None:
        super().__init__()
        self._workplace = workplace
        self._print_sheet = print_sheet
        self._people: tuple[Person, ...] = ()
        self.dialog: SecretDialog | None = None
        theme = workplace.theme
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(3 * UNIT)
        self._list.setVerticalSpacing(UNIT)
        self._cells: list[QWidget] = []
        self.buttons: dict[tuple[str, str], QWidget] = {}
        self.add_button = make_button("Thêm cán bộ…", theme, role="primary", icon="person")
        self.add_button.clicked.connect(self.add)
        self.told = words_label("", "hint")
        self.sheet_told = words_label("")
        self.sheet_button = make_button("Lập phiếu khôi phục…", theme, icon="key")
        self.sheet_button.clicked.connect(self.make_sheet)
        self.sheet = QFrame()
        self.sheet.setProperty("role", "card")
        self.sheet.setMaximumWidth(96 * UNIT)
        inside = QVBoxLayout(self.sheet)
        inside.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        inside.setSpacing(UNIT)
        inside.addWidget(words_label("Phiếu khôi phục", "section"))
        inside.addWidget(words_label(_SHEET_TOLD))
        inside.addWidget(self.sheet_told)
        row = QHBoxLayout()
        row.addWidget(self.sheet_button)
        row.addStretch(1)
        inside.addLayout(row)
        first = QHBoxLayout()
        first.addWidget(self.add_button)
        first.addStretch(1)
        column = page_column(self)
        column.addLayout(self._list)
        column.addWidget(self.told)
        column.addLayout(first)
        column.addSpacing(UNIT)
        column.addWidget(self.sheet)
        column.addStretch(1)
        self.look()

    @property
    def _office_people(self) -> People:
        return self._workplace.office.people

    def look(self) -> None:
        """Read the officers."""
        office = self._workplace.office

        def read(_control: object) -> tuple[tuple[Person, ...], str, str | None]:
            why_not = office.standing.why_not(Operation.PEOPLE)
            return office.people.every(), why_not, office.recovery.made_at()

        self._workplace.jobs.read(read, self._show, owner=self, lane="people")

    # what is asked

    def add(self) -> None:
        """Ask who may sign in from now on."""
        dialog = self._dialog(
            "Thêm cán bộ",
            "Cán bộ đăng nhập lần đầu bằng mật khẩu đặt ở đây rồi phải đặt mật khẩu của mình.",
            "Thêm cán bộ",
        )
        form = dialog.form
        form.add_line("name", "Họ và tên")
        _add_roles(dialog, {Role.OFFICER.value}, set())
        form.add_new_password("Mật khẩu ban đầu")
        form.add_password("own_password", _OWN, _OWN_TOLD)

        def act() -> Callable[[], str]:
            given = (form.text("name"), form.text("password"), form.text("own_password"))
            roles, areas = _roles(dialog), form.ticked("areas")
            return lambda: self._office_people.add(*given, roles=roles, areas=areas)

        dialog.ask(act, self._done)

    def appoint(self, person: Person) -> None:
        """Ask which roles and areas an officer has from now on."""
        dialog = self._dialog(f"Vai trò của {person.name}", _ROLES_TOLD, "Giao vai trò")
        _add_roles(dialog, {role.value for role in person.roles}, set(person.areas))

        def act() -> Callable[[], str]:
            roles, areas = _roles(dialog), dialog.form.ticked("areas")
            return lambda: self._office_people.appoint(person.name, roles, areas)

        dialog.ask(act, self._done)

    def reset(self, person: Person) -> None:
        """Ask for a new first password of an officer."""
        dialog = self._dialog(
            f"Đặt lại mật khẩu cho {person.name}",
            "Mật khẩu cũ không dùng được nữa. Mật khẩu đặt ở đây chỉ để vào một lần.",
            "Đặt lại mật khẩu",
        )
        form = dialog.form
        form.add_new_password("Mật khẩu ban đầu")
        form.add_password("own_password", _OWN, _OWN_TOLD)

        def act() -> Callable[[], str]:
            given = (person.name, form.text("password"), form.text("own_password"))
            return lambda: self._office_people.reset(*given)

        dialog.ask(act, self._done)

    def remove(self, person: Person) -> None:
        """Ask before an officer signs in no more."""
        dialog = self._dialog(
            f"Cho {person.name} thôi đăng nhập",
            "Cán bộ không mở được dữ liệu trên máy này nữa. Hồ sơ và nhật ký của cán bộ vẫn giữ "
            "nguyên. Bản sao lưu cũ vẫn mở được bằng mật khẩu cũ của cán bộ này.",
            "Cho thôi đăng nhập",
            "danger",
        )
        dialog.ask(lambda: lambda: self._office_people.remove(person.name), self._done)

    def make_sheet(self) -> None:
        """Ask for the own password, make a sheet and show its paper."""
        had = " Phiếu cũ hết hiệu lực ngay." if "Có phiếu" in self.sheet_told.text() else ""
        dialog = self._dialog("Lập phiếu khôi phục", f"{_SHEET_TOLD}{had}", "Lập phiếu")
        dialog.form.add_password("own_password", _OWN, _OWN_TOLD)
        made: list[Sheet] = []

        def act() -> Callable[[], str]:
            own = dialog.form.text("own_password")

            def work() -> str:
                made.append(self._workplace.office.recovery.make(own))
                return "Đã lập phiếu khôi phục. In phiếu rồi niêm phong."

            return work

        def then(sentence: str) -> None:
            self._done(sentence)
            self._print_sheet(made.pop())

        dialog.ask(act, then)

    # inside

    def _dialog(self, title: str, told: str, verb: str, role: str = "primary") -> SecretDialog:
        self.dialog = SecretDialog(self._workplace, self.window(), title, told, verb, role)
        return self.dialog

    def _done(self, sentence: str) -> None:
        self._workplace.door.done(sentence)
        self.look()

    def _show(self, found: tuple[tuple[Person, ...], str, str | None]) -> None:
        self._people, why_not, made_at = found
        for cell in self._cells:
            self._list.removeWidget(cell)
            cell.deleteLater()
        self._cells, self.buttons = [], {}
        for place, head in enumerate(_HEADS):
            self._put(words_label(head, "label"), 0, place)
        for number, person in enumerate(self._people):
            at = 1 + 2 * number
            name = f"{person.name}\nchưa đặt mật khẩu riêng" if person.must_change else person.name
            texts = (name, person.role_label, person.area_label, show_date(person.since))
            for place, text in enumerate(texts):
                self._put(words_label(text), at, place)
            if not why_not:
                self._put(self._acts(person), at + 1, 0, len(texts))
        for place, share in enumerate((3, 3, 3, 1)):
            self._list.setColumnStretch(place, share)
        for button in (self.add_button, self.sheet_button):
            button.setEnabled(not why_not)
            button.setToolTip(why_not)
        self.told.setText(why_not)
        self.told.setVisible(bool(why_not))
        self._tell_sheet(made_at)

    def _tell_sheet(self, made_at: str | None) -> None:
        if made_at is None:
            told = "△ Chưa có phiếu. Mất hết mật khẩu thì không ai mở được dữ liệu nữa."
        else:
            when = f", lập lúc {show_moment(made_at[:16])}" if made_at else ""
            told = f"Có phiếu đang còn hiệu lực{when}."
        self.sheet_told.setText(told)
        self.sheet_told.setProperty("role", "warning" if made_at is None else "hint")
        self.sheet_told.style().polish(self.sheet_told)

    def _acts(self, person: Person) -> QWidget:
        theme, own = self._workplace.theme, person.name == self._workplace.office.officer
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        acts: list[tuple[str, str, Callable[[Person], None]]] = [
            ("roles", "Vai trò…", self.appoint)
        ]
        if not own:
            acts += [
                ("reset", "Đặt lại mật khẩu…", self.reset),
                ("remove", "Cho thôi…", self.remove),
            ]
        for key, verb, act in acts:
            button = make_button(verb, theme, role="quiet")
            button.setAccessibleName(f"{verb} {person.name}")
            button.clicked.connect(partial(act, person))
            self.buttons[person.name, key] = button
            row.addWidget(button)
        row.addStretch(1)
        return holder

    def _put(self, cell: QWidget, row: int, column: int, over: int = 1) -> None:
        self._cells.append(cell)
        self._list.addWidget(cell, row, column, 1, over)


def _add_roles(dialog: SecretDialog, roles: set[str], areas: set[str]) -> None:
    names = {role.value: name for role, name in ROLE_NAMES.items()}
    dialog.form.add_ticks("roles", "Vai trò", names, roles)
    dialog.form.add_ticks("areas", _AREAS_LABEL, AREA_NAMES, areas)


def _roles(dialog: SecretDialog) -> tuple[Role, ...]:
    return tuple(Role(value) for value in dialog.form.ticked("roles"))
