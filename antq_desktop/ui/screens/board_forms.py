"""What a step asks for: its fields, what is written, and the units with what their sheets say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.domain.records.standards import CLASSIFICATION, SECURITY
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.issuers import lowered
from antq_desktop.services.standards.board import (
    APPRAISAL,
    FILE,
    MEETING,
    REGISTRATION,
    REPORT,
    SIGNING,
    STEPS,
)
from antq_desktop.services.standards.ratings import rate
from antq_desktop.services.standards.results import Decided, Decision
from antq_desktop.services.standards.scope import COMMUNE
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.records import Saved
    from antq_desktop.services.standards.steps import Held, Proposed
    from antq_desktop.ui.workplace import Workplace

SINGLE: Final[Mapping[str, tuple[str, ...]]] = {
    REGISTRATION: (
        "registered_on", "document", "resolution_on", "plan_on", "households", "registered",
        "counted_on",
    ),
    MEETING: ("meeting_planned_on", "meeting_place", "meeting_on", "minutes_number"),
    FILE: ("submitted_on", "submitted_to", "proposal_document"),
    APPRAISAL: ("appraised_on",),
    SIGNING: ("presented_on",),
    REPORT: ("reported_on", "report_document"),
}  # fmt: skip
MANY: Final[Mapping[str, tuple[str, ...]]] = {
    **SINGLE,
    REGISTRATION: ("registered_on", "resolution_on", "plan_on"),
    MEETING: ("meeting_on", "meeting_place"),
}
_RESULT, _REASON = 2, 3
_WIDE: Final = 100 * UNIT
_MOST_NAMED: Final = 8


def step_dialog(  # noqa: PLR0917 - what a step needs
    workplace: Workplace,
    parent: QWidget,
    step: str,
    held: Sequence[Held],
    season: tuple[int, str],
    done: Callable[[Saved], None],
    more: tuple[str, Callable[[], None]] | None = None,
) -> FormDialog:
    """Return the form of a step for one unit or several.

    Args:
        workplace: The profile and the window.
        parent: Over which it stands.
        step: The step.
        held: What each unit has already.
        season: Year and standard.
        done: Takes what was saved.
        more: A second way, its words and what it does.
    """
    year, standard = season
    boards = workplace.office.standards.board
    kind = "registration" if step == REGISTRATION else "submission"
    spec = workplace.office.lists.specs[kind]
    one = held[0] if len(held) == 1 else None
    names = (SINGLE if one else MANY)[step]
    units = [each.unit for each in held]
    stored: Mapping[str, Value] = {}
    if one is not None:
        stored = one.filed
        if step == REGISTRATION and one.registration:
            stored = workplace.office.lists.show("registration", one.registration).values

    def work(given: Given) -> Saved:
        changes = given if one else {k: v for k, v in given.items() if v is not None}
        if not changes:
            message = "Chưa nhập gì. Nhập ngày rồi lưu."
            raise UserError("nothing_given", message, names[0])
        if step == REGISTRATION:
            lines = [{**changes, "unit": unit} for unit in units]
            return boards.register(year, lines, standard=standard)
        return boards.advance(year, units, changes, standard=standard)

    label = STEPS[step]
    title = f"{label}: {one.name}" if one else f"{label}: {show_integer(len(held))} đơn vị"
    told = "" if one else "Cùng một nội dung cho mọi đơn vị đã chọn; mục để trống thì giữ nguyên."
    dialog = FormDialog(
        workplace, parent, title=title, told=told, fields=[spec.field(name) for name in names],
        verb="Lưu", work=work, done=done, held=stored, body=_second_way(workplace, more),
    )  # fmt: skip
    second = dialog.findChild(QPushButton, _SECOND)
    if more is not None and isinstance(second, QPushButton):
        second.clicked.connect(partial(_leave, dialog, more[1]))
    return dialog


_SECOND: Final = "second_way"


def _second_way(
    workplace: Workplace, more: tuple[str, Callable[[], None]] | None
) -> QWidget | None:
    if more is None:
        return None
    button = make_button(more[0], workplace.theme, role="quiet", icon="next")
    button.setObjectName(_SECOND)
    return button


def _leave(dialog: FormDialog, go: Callable[[], None], _checked: bool = False) -> None:
    dialog.reject()
    go()


class DecisionBody(QWidget):
    """The units of a decision: what their sheets say, whether they are recognised, and why not."""

    def __init__(self, found: Sequence[Proposed], standard: str) -> None:
        super().__init__()
        self._found = tuple(found)
        self._grades = standard == CLASSIFICATION
        titles = ["Đơn vị", "Theo phiếu chấm"]
        titles += ["Được phân loại", "Ghi chú"] if self._grades else ["Công nhận", "Lý do không"]
        self.table = QTableWidget(len(self._found), len(titles))
        self.table.setHorizontalHeaderLabels(titles)
        self.table.setAccessibleName("Đơn vị trong quyết định")
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        for row, each in enumerate(self._found):
            self._fill(row, each)
        header = self.table.horizontalHeader()
        for at, share in enumerate((250, 160, 140)):
            header.resizeSection(at, share)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumWidth(_WIDE)
        self.table.setMinimumHeight(min(len(self._found) + 2, 9) * 4 * UNIT)
        self.expect = QPushButton("Chưa có quyết định: ghi chờ quyết định…")
        self.expect.setProperty("role", "quiet")
        self.expect.setAutoDefault(False)
        self.expect.setToolTip("Để chuẩn bị trước tỷ lệ 70% của xã; lý do được in")
        self.expect.setHidden(standard != SECURITY)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(UNIT)
        page.addWidget(self.table, 1)
        page.addWidget(self.expect, 0, Qt.AlignmentFlag.AlignLeft)
        if any(not each.usable for each in self._found):
            page.addWidget(words(
                "△ Đơn vị chưa có phiếu chấm hoặc phiếu chưa xong: xem lại trước khi ký.",
                "warning",
            ))  # fmt: skip

    def recognised(self) -> list[str]:
        """Return the units that are ticked."""
        return [each.unit for row, each in enumerate(self._found) if self._ticked(row)]

    def sheets(self) -> list[str]:
        """Return the sheets of the units that are ticked."""
        return [
            each.sheet for row, each in enumerate(self._found) if self._ticked(row) and each.sheet
        ]

    def refused(self) -> dict[str, str]:
        """Return the units that are not ticked, each with its reason.

        Raises:
            UserError: `refused_without_reason`.
        """
        found = {}
        for row, each in enumerate(self._found):
            if self._ticked(row):
                continue
            item = self.table.item(row, _REASON)
            why = item.text().strip() if item else ""
            if not why:
                message = f"{each.name}: không công nhận thì phải có lý do; lý do được in."
                raise UserError("refused_without_reason", message)
            found[each.unit] = why
        return found

    def _ticked(self, row: int) -> bool:
        item = self.table.item(row, _RESULT)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _fill(self, row: int, each: Proposed) -> None:
        fixed = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        wanted = each.usable and (self._grades or each.met)
        tick = QTableWidgetItem()
        tick.setFlags(fixed | Qt.ItemFlag.ItemIsUserCheckable)
        tick.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        for at, text in ((0, each.name), (1, each.told)):
            item = QTableWidgetItem(text)
            item.setFlags(fixed)
            item.setToolTip(text)
            self.table.setItem(row, at, item)
        self.table.setItem(row, _RESULT, tick)
        reason = QTableWidgetItem(each.reason or ("" if wanted else each.told.capitalize()))
        reason.setToolTip(reason.text())
        if self._grades:
            reason.setFlags(fixed)
        self.table.setItem(row, _REASON, reason)


def decision_dialog(
    workplace: Workplace,
    parent: QWidget,
    found: Sequence[Proposed],
    season: tuple[int, str],
    done: Callable[[Decided], None],
) -> FormDialog:
    """Return the form of a decision about several units."""
    year, standard = season
    results, spec = workplace.office.standards.results, workplace.office.lists.specs
    decision = spec["standard_decision"]
    body = DecisionBody(found, standard)
    own = workplace.office.lists.show("unit", workplace.office.unit).values
    held: Given = {}
    if own.get("unit_kind") == COMMUNE:
        held["issuer"] = f"UBND {lowered(str(own.get('name') or ''))}"

    def work(given: Given) -> Decided:
        made = Decision(
            number=str(given["number"] or ""),
            decided_on=str(given["decided_on"] or ""),
            issuer=str(given["issuer"] or ""),
        )
        if standard == CLASSIFICATION:
            return results.classify(year, body.sheets(), made)
        return results.recognise(year, made, body.recognised(), body.refused(), standard=standard)

    fields = [
        replace(decision.field(name), required=True) for name in ("number", "decided_on", "issuer")
    ]
    return FormDialog(
        workplace, parent,
        title=f"Quyết định năm {year}: {show_integer(len(found))} đơn vị",
        told="Một quyết định cho mọi đơn vị trong bảng. Chỗ trái với phiếu chấm được nhắc lại.",
        fields=fields, verb="Ghi quyết định", work=work, done=done, held=held,
        body=body,
    )  # fmt: skip


def rating_dialog(
    workplace: Workplace,
    parent: QWidget,
    found: Sequence[Proposed],
    year: int,
    done: Callable[[Saved], None],
) -> FormDialog:
    """Return the form that notes ratings of schemes and teams as their sheets came out."""
    standards = workplace.office.standards
    fields = (
        FieldSpec(name="document", label="Văn bản xếp loại", max_length=120, width=20),
        FieldSpec(name="dated", label="Ngày", kind=FieldKind.DATE, required=True),
    )
    lines = words("\n".join(f"{each.name}: {each.told}" for each in found[:_MOST_NAMED]))
    more = len(found) - _MOST_NAMED
    if more > 0:
        lines.setText(f"{lines.text()}\nvà {show_integer(more)} nơi nữa")

    def work(given: Given) -> Saved:
        return rate(
            standards.ground, standards.sheets, year, [each.unit for each in found],
            document=str(given["document"] or ""), dated=str(given["dated"] or ""),
        )  # fmt: skip

    return FormDialog(
        workplace, parent, title=f"Ghi xếp loại năm {year}: {show_integer(len(found))} phiếu",
        told="Mức lấy từ phiếu chấm và ghi vào hồ sơ của từng mô hình, Tổ bảo vệ ANTT.",
        fields=fields, verb="Ghi xếp loại", work=work, done=done, body=lines,
    )  # fmt: skip


def certificate_dialog(
    workplace: Workplace, parent: QWidget, season: tuple[int, str], done: Callable[[Saved], None]
) -> FormDialog:
    """Return the form that numbers the certificates of all recognised units without one."""
    year, standard = season
    results = workplace.office.standards.results
    fields = (
        FieldSpec(name="first", label="Số đầu tiên", kind=FieldKind.INTEGER, minimum=1,
                  maximum=9999, required=True, width=10),
        FieldSpec(name="sign", label="Ký hiệu", required=True, max_length=60),
        FieldSpec(name="day", label="Ngày cấp giấy", kind=FieldKind.DATE, required=True),
    )  # fmt: skip

    def work(given: Given) -> Saved:
        sign = str(given["sign"]).strip().lstrip("/").replace("{", "").replace("}", "")
        first = given["first"]
        return results.certify(
            year, first if isinstance(first, int) else 1, "{}/" + sign, str(given["day"]), standard
        )

    return FormDialog(
        workplace, parent, title=f"Đánh số giấy công nhận năm {year}",
        told="Đánh số liền nhau, theo tên, cho mọi đơn vị được công nhận mà chưa có số giấy.",
        fields=fields, verb="Đánh số", work=work, done=done,
        held={"first": 1, "sign": "GCN-UBND"},
    )  # fmt: skip
