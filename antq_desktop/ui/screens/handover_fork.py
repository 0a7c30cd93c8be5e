"""*Khắc phục hai bản dữ liệu cùng gửi*: at the receiver, and at the copy that steps back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.rights import Operation
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.barred import bar
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.screens.handover_papers import show_paper
from antq_desktop.ui.screens.handover_parts import Card, LocalTable, Told, words
from antq_desktop.ui.screens.preview_wanted import Given as GivenPaper
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.sources import TableRow
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.services.forks import Beside, Fork, Settled
    from antq_desktop.services.restarting import Restarted, Twin
    from antq_desktop.ui.workplace import Workplace

TITLE = "Khắc phục hai bản dữ liệu cùng gửi"
_SHOWN = 16  # letters of an identity
_KEEP, _HERE, _THERE = "keep", "here", "there"
_COLUMNS = (
    Column("record", "Hồ sơ", 24, sortable=False),
    Column("field", "Mục", 16, sortable=False),
    Column("here", "Gói đã nhập", 22, sortable=False),
    Column("there", "Gói để riêng", 22, sortable=False),
)


class ForkRepair:
    """Opens the repair of one fork over a page: what was seen, both contents, the choice."""

    def __init__(self, workplace: Workplace, page: QWidget, done: Callable[[str], None]) -> None:
        self._workplace = workplace
        self._page = page
        self._done = done
        self.dialog: FormDialog | None = None
        self.table: LocalTable | None = None

    def open(self, sha256: str) -> None:
        """Read the fork that a bundle on its shelf belongs to, then ask or show the minute."""
        forks = self._workplace.office.handover.forks

        def work(_control: object) -> tuple[Fork, list[Beside]] | None:
            found = (
                fork for fork in forks.found() if any(one.sha256 == sha256 for one in fork.there)
            )
            fork = next(found, None)
            return (fork, forks.beside(fork)) if fork is not None else None

        def then(found: tuple[Fork, list[Beside]] | None) -> None:
            if found is None:
                return
            fork, lines = found
            if fork.settled is not None:
                self.print(fork)
            else:
                self._ask(fork, lines)

        self._workplace.jobs.read(work, then, owner=self._page)

    def print(self, fork: Fork) -> None:
        """Show the minute of a repair."""
        forks = self._workplace.office.handover.forks

        def make() -> bytes:
            return forks.minute(forks.fork(fork.id))

        show_paper(self._page, Wanted("", given=GivenPaper(f"Biên bản: {TITLE}", make)))

    def _ask(self, fork: Fork, lines: list[Beside]) -> None:
        forks = self._workplace.office.handover.forks

        def work(given: Given) -> Settled:
            return forks.settle(
                fork,
                keep_other=given[_KEEP] == _THERE,
                reason=str(given["reason"]),
                confirmed_by=str(given["confirmed_by"]),
            )

        def done(settled: Settled) -> None:
            self._done(settled.sentence)
            self.print(fork)

        body = self._beside(lines)
        self.dialog = FormDialog(
            self._workplace,
            self._page,
            title=TITLE,
            told=_seen(fork),
            fields=_fields(),
            verb="Khắc phục và in biên bản",
            work=work,
            done=done,
            held={_KEEP: _HERE},
            body=body,
            lists={_KEEP: _choices(fork)},
        )
        page = self.dialog.layout()
        if isinstance(page, QVBoxLayout):  # read first, choose afterwards
            page.removeWidget(body)
            page.insertWidget(2, body, 1)
        screen = self._page.window().size()
        self.dialog.resize(int(screen.width() * 0.8), int(screen.height() * 0.9))
        self.dialog.open()

    def _beside(self, lines: list[Beside]) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        told = f"Hai nội dung cạnh nhau: {len(lines)} chỗ khác nhau" if lines else ""
        column.addWidget(words(told or "Hai bản không khác nhau ở hồ sơ nào.", "section"))
        self.table = LocalTable(_COLUMNS, self._workplace, "Hai nội dung cạnh nhau")
        self.table.show_rows(
            [
                TableRow(str(at), (line.name, line.label, line.here, line.there))
                for at, line in enumerate(lines)
            ]
        )
        self.table.setMinimumHeight(5 * self._workplace.theme.measures.row)
        column.addWidget(self.table, 1)
        return inside


def _seen(fork: Fork) -> str:
    device = f", {fork.label}" if fork.label else ""
    told = [
        f"Đã thấy: {fork.unit}{device} gửi hai nội dung khác nhau dưới cùng số, từ gói số"
        f" {fork.number}. Ổ đĩa hoặc thư mục dữ liệu đã được chép và cả hai bản cùng làm việc.",
    ]
    told += [f"Đã nhập: gói {_named(one.number, one.digest)}." for one in fork.here]
    told += [
        f"Để riêng: gói {_named(one.number, one.digest)}, nhận {one.received}."
        for one in fork.there
    ]
    return "\n".join(told)


def _named(number: int, digest: str) -> str:
    return f"số {number}, mã {digest[:_SHOWN]}"


def _fields() -> list[FieldSpec]:
    return [
        FieldSpec(
            name=_KEEP,
            label="Gói được giữ dưới các số này",
            kind=FieldKind.CHOICE,
            codes=_KEEP,
            required=True,
            width=60,
        ),
        FieldSpec(
            name="reason",
            label="Nguyên nhân theo lời đơn vị",
            required=True,
            width=60,
            max_length=300,
        ),
        FieldSpec(
            name="confirmed_by",
            label="Người của đơn vị gửi xác nhận bản đang dùng",
            required=True,
            width=60,
            hint="Họ tên, chức vụ; người này ký biên bản.",
        ),
    ]


def _choices(fork: Fork) -> list[Option]:
    found = [Option(_HERE, "Giữ gói đã nhập trước", "Gói kia để riêng; máy kia bắt đầu bản mới.")]
    if fork.may_take_other:
        found.append(
            Option(
                _THERE,
                "Thay bằng gói để riêng",
                "Gói đã nhập được rút lại ngay; máy đã gửi gói đó bắt đầu bản mới.",
            )
        )
    return found


class TwinCard(Card):
    """At the copy that steps back: what the unit above has seen, and beginning anew.

    `changed` says that another life has begun.
    """

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(TITLE)
        self._workplace = workplace
        self.seen = words("")
        self.begin = make_button("Bắt đầu bản mới…", workplace.theme, role="primary")
        self.begin.clicked.connect(self.ask)
        bar(workplace.office.standing, Operation.TAKE_IN, self.begin)
        self.told = Told(workplace.theme)
        self.column.addWidget(self.seen)
        self.column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.told)
        self.hide()

    def show_twin(self, twin: Twin | None) -> None:
        """Say what the unit above told of; the card goes once it is repaired and was read."""
        self.begin.setVisible(twin is not None)
        self.seen.setVisible(twin is not None)
        if twin is not None:
            self.told.say("")
            self.seen.setText(
                f"{twin.unit} giữ gói số {twin.number} của bản dữ liệu này với nội dung khác: dữ"
                " liệu đã được chép sang máy khác và cả hai cùng gửi. Máy này bắt đầu bản mới;"
                " mọi hồ sơ đã ghi ở đây giữ nguyên và đi lại trong gói sau. Chỗ nào máy kia ghi"
                " khác thì hai bên cùng được giữ để chọn."
            )
        self.setVisible(twin is not None or bool(self.told.text()))

    def ask(self) -> None:
        """Ask for the cause, then begin anew."""
        restarting = self._workplace.office.handover.restarting
        question = Question(
            title="Bắt đầu bản dữ liệu mới trên máy này",
            consequence=(
                "Gói sau mang số mới và mang đủ hồ sơ đã ghi ở máy này. Nguyên nhân được ghi vào"
                " nhật ký và biên bản."
            ),
            choices=(Choice("stay", "Thôi"), Choice("begin", "Bắt đầu bản mới", "primary")),
            safe="stay",
            reason_label="Nguyên nhân, ví dụ: chép ổ đĩa sang máy mới ngày nào",
        )

        def done(restarted: Restarted) -> None:
            self.told.say(restarted.sentence, "done")
            self._workplace.door.done(restarted.sentence)
            self.changed.emit()

        def answered(answer: Answer) -> None:
            if answer.key == "begin":
                self._workplace.jobs.write(
                    lambda _control: restarting.begin_anew(answer.reason),
                    done,
                    owner=self,
                    title="Đang bắt đầu bản mới",
                )

        self._workplace.asker.ask(question, answered)
