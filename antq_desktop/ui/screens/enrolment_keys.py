"""Keys after the first day: changed, kept safe, brought back, believed no longer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.shares import share_of
from antq_desktop.ui.ask import Answer, Choice, FileQuestion, Question
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.screens.handover_parts import Card, Told, words
from antq_desktop.ui.screens.handover_places import ask_folder
from antq_desktop.ui.screens.people_dialogs import SecretDialog
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.enrolling import EnrolledLine
    from antq_desktop.services.keyring import Keyring
    from antq_desktop.ui.workplace import Workplace

_FILES = (("Bản lưu chìa khóa số", "*.age"), ("Mọi tệp", "*"))
_STAY = Choice("stay", "Thôi")
_SHEETS = {"first": "Phiếu thứ nhất", "second": "Phiếu thứ hai"}


class KeysCard(Card):
    """`changed` says that keys of this device changed, or what is believed of others."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__("Giữ gìn chìa khóa số")
        self._workplace = workplace
        self.secret: SecretDialog | None = None
        self.dialog: FormDialog | None = None
        theme = workplace.theme
        self.rotate = make_button("Đổi chìa khóa…", theme, icon="refresh")
        self.rotate.clicked.connect(self._ask_rotate)
        self.backup = make_button("Ghi bản lưu…", theme, icon="save")
        self.backup.clicked.connect(self._ask_backup)
        self.restore = make_button("Khôi phục từ bản lưu…", theme, icon="undo")
        self.restore.clicked.connect(self._ask_restore)
        self.split = make_button("Lập ba phiếu giữ chìa khóa số…", theme, icon="print")
        self.split.clicked.connect(self._ask_split)
        self.join = make_button("Ghép từ hai phiếu…", theme, icon="key")
        self.join.clicked.connect(self._ask_join)
        self.told = Told(theme)
        self.column.addWidget(
            words(
                "Mất máy mà không có bản lưu hay phiếu giữ chìa khóa số thì gói gửi cho máy này"
                " không mở được nữa. Bản lưu mở bằng mật khẩu riêng; ba phiếu giao ba người giữ,"
                " hai phiếu ghép lại được chìa khóa số.",
                "hint",
            )
        )
        grid = QGridLayout()
        grid.setSpacing(UNIT)
        buttons = (self.rotate, self.backup, self.restore, self.split, self.join)
        for at, button in enumerate(buttons):
            grid.addWidget(button, at // 3, at % 3)
        grid.setColumnStretch(3, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self.told)

    def ask_revoke(self, line: EnrolledLine) -> None:
        """Ask why a key is believed no longer, then from which numbers on it never was."""
        question = Question(
            title=f"Thu hồi chìa khóa của {line.unit}, {line.label}",
            consequence=(
                "Gói chưa nhập của chìa khóa này, và của chìa khóa nó đã ký cho, không nhận nữa. "
                "Gói đã nhập giữ nguyên, trừ khi bước sau ghi số gói cuối còn tin."
            ),
            choices=(_STAY, Choice("revoke", "Thu hồi chìa khóa", "danger")),
            safe="stay",
            reason_label="Lý do, ví dụ: mất máy ngày nào",
        )

        def then(answer: Answer) -> None:
            if answer.key == "revoke":
                self._ask_numbers(line, answer.reason)

        self._workplace.asker.ask(question, then)

    def _ask_numbers(self, line: EnrolledLine, reason: str) -> None:
        keyring = self._workplace.office.handover.keyring
        numbers = keyring.numbers_of(line.key_id)
        if not numbers:
            self._run(lambda: keyring.revoke(line.key_id, reason).sentence)
            return
        fields = [
            FieldSpec(
                name=writer,
                label=f"Bản dữ liệu {writer}: số gói cuối còn tin",
                kind=FieldKind.INTEGER,
                required=True,
                minimum=0,
                maximum=newest,
            )
            for writer, newest in sorted(numbers.items())
        ]

        def work(given: Given) -> str:
            good = {writer: int(str(given[writer])) for writer in numbers}
            return keyring.revoke(line.key_id, reason, good).sentence

        self.dialog = FormDialog(
            self._workplace,
            self,
            title="Số gói cuối còn tin",
            told=(
                "Gói đã nhập có số lớn hơn số ghi ở đây được rút lại ngay. Để nguyên thì giữ mọi"
                " gói đã nhập."
            ),
            fields=fields,
            verb="Thu hồi chìa khóa",
            work=work,
            done=self._say,
            held=dict(numbers),
        )
        self.dialog.open()

    def _ask_rotate(self) -> None:
        question = Question(
            title="Đổi chìa khóa số của máy này",
            consequence=(
                "Chìa khóa cũ ký cho chìa khóa mới; gói cũ vẫn mở được. Sau khi đổi, ghi và in "
                "phiếu mới, giao lại cho các đơn vị để đối chiếu mã."
            ),
            choices=(_STAY, Choice("go", "Đổi chìa khóa", "primary")),
            safe="stay",
        )

        def work(keyring: Keyring) -> str:
            keyring.rotate()
            return "Đã đổi chìa khóa số. Ghi và in phiếu mới, giao cho các đơn vị đối chiếu."

        self._asked(question, lambda _reason: self._run_with(work))

    def _ask_backup(self) -> None:
        keyring = self._workplace.office.handover.keyring

        def chosen(folder: Path | None) -> None:
            if folder is None:
                return
            dialog = self._secret("Đặt mật khẩu của bản lưu", "Ghi bản lưu")
            dialog.form.add_new_password("Mật khẩu của bản lưu")

            def act() -> Callable[[], str]:
                passphrase = dialog.form.text("password")
                return lambda: (
                    f"Đã ghi bản lưu {keyring.back_up(folder, passphrase).name}. Cất tệp và mật"
                    " khẩu ở hai nơi khác nhau."
                )

            dialog.ask(act, self._say)

        ask_folder(self._workplace, "Nơi ghi bản lưu", chosen)

    def _ask_restore(self) -> None:
        keyring = self._workplace.office.handover.keyring

        def chosen(path: Path | None) -> None:
            if path is None:
                return
            dialog = self._secret("Mật khẩu của bản lưu", "Khôi phục")
            dialog.form.add_password("password", "Mật khẩu của bản lưu")

            def act() -> Callable[[], str]:
                passphrase = dialog.form.text("password")

                def work() -> str:
                    keyring.restore(path, passphrase)
                    return "Đã khôi phục chìa khóa số của máy."

                return work

            dialog.ask(act, self._say)

        self._workplace.asker.ask_file(FileQuestion("Chọn bản lưu chìa khóa số", _FILES), chosen)

    def _secret(self, title: str, verb: str) -> SecretDialog:
        told = "Mật khẩu này chỉ mở bản lưu. Quên mật khẩu thì bản lưu không mở được."
        self.secret = SecretDialog(self._workplace, self, title, told, verb)
        return self.secret

    def _ask_split(self) -> None:
        def then(folder: Path | None) -> None:
            if folder is not None:
                self._run_with(lambda keyring: _split(keyring, folder))

        ask_folder(self._workplace, "Nơi ghi ba phiếu để in", then)

    def _ask_join(self) -> None:
        office = self._workplace.office

        def work(given: Given) -> str:
            typed = [_checked(name, str(given[name])) for name in _SHEETS]
            label = office.handover.devices.keys().public.label
            office.handover.keyring.join(typed, label)
            return "Đã ghép lại chìa khóa số của máy."

        self.dialog = FormDialog(
            self._workplace,
            self,
            title="Ghép chìa khóa số từ hai phiếu",
            told=(
                "Gõ các nhóm số trên hai phiếu, từ trái sang phải, từ trên xuống dưới. Nhóm gõ sai"
                " được nêu ra, chữ đã gõ giữ nguyên để sửa."
            ),
            fields=[
                FieldSpec(
                    name=name,
                    label=label,
                    kind=FieldKind.LONG_TEXT,
                    required=True,
                    max_length=4000,
                )
                for name, label in _SHEETS.items()
            ],
            verb="Ghép chìa khóa",
            work=work,
            done=self._say,
        )
        self.dialog.open()

    def _asked(self, question: Question, then: Callable[[str], None]) -> None:
        def answered(answer: Answer) -> None:
            if answer.key != question.safe:
                then(answer.reason)

        self._workplace.asker.ask(question, answered)

    def _run_with(self, work: Callable[[Keyring], str]) -> None:
        office = self._workplace.office
        self._run(lambda: work(office.handover.keyring))

    def _run(self, work: Callable[[], str]) -> None:
        def failed(error: BaseException) -> None:
            if isinstance(error, (UserError, EnvironmentFault)):
                self.told.say(error.message, "fault")
            self._workplace.door.meet(error)

        self._workplace.jobs.write(
            lambda _control: work(),
            self._say,
            failed=failed,
            owner=self,
            title="Đang xử lý chìa khóa",
        )

    def _say(self, sentence: str) -> None:
        self.told.say(sentence, "done")
        self._workplace.door.done(sentence)
        self.changed.emit()


def _split(keyring: Keyring, folder: Path) -> str:
    names = ", ".join(path.name for path in keyring.write_sheets(folder))
    return f"Đã ghi {names}. In mỗi phiếu một bản, giao ba người giữ, rồi xóa các tệp này."


def _checked(name: str, typed: str) -> str:
    """Return what was typed of one sheet when each of its groups agrees with its check figure."""
    try:
        share_of(typed)
    except UserError as error:
        raise UserError(error.code, error.message, name) from error
    return typed
