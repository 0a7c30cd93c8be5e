"""The item in view: its full text, its answer, what a check saw, evidence, and the appraisal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.scoring.sets import Group, Item
from antq_desktop.domain.scoring.sheets import NOTHING, Answer, Given, Mark, Override, Paper
from antq_desktop.domain.shown import show_date
from antq_desktop.services.standards.binding import Evidence
from antq_desktop.services.standards.scoring import EVIDENCE_KINDS, records_seen, seen_lines
from antq_desktop.services.standards.subjects import side_of
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_kit import make_kit
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.screens.score_model import comparable, given_words
from antq_desktop.ui.screens.score_parts import AnswerRow, EvidencePart, GivenPart, set_page
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.make import make_field

if TYPE_CHECKING:
    from antq_desktop.services.standards.looking import OpenSheet
    from antq_desktop.services.standards.scoring import SheetChanges
    from antq_desktop.ui.widgets.field import FieldWidget
    from antq_desktop.ui.workplace import Workplace

_MOST_LINKS = 6
COMPUTED = "computed"


class ScorePane(QFrame):
    """Writes into the changes of the sheet; `changed` says so, `opened` wants a record."""

    changed = Signal()
    opened = Signal(str, str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._workplace = workplace
        self._held: OpenSheet | None = None
        self._changes: SheetChanges | None = None
        self._editable = False
        self._appraisable = False
        self.item: Item | None = None
        self.own: GivenPart | None = None
        self.appraisal: GivenPart | None = None
        self.marks: AnswerRow | None = None
        self.override: AnswerRow | None = None
        self.evidence: EvidencePart | None = None
        self.fields: dict[str, FieldWidget] = {}
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.area)

    def set_sheet(
        self, held: OpenSheet, changes: SheetChanges, *, editable: bool, appraisable: bool
    ) -> None:
        """Take another sheet."""
        self._held, self._changes = held, changes
        self._editable, self._appraisable = editable, appraisable

    def show_set(self) -> None:
        """Show the first page of the set."""
        self.item = None
        column = self._fresh()
        if self._held is not None:
            column.addWidget(set_page(self._held.criteria))
        column.addStretch(1)

    def show_item(self, item: Item, group: Group) -> None:
        """Show an item."""
        held, changes = self._held, self._changes
        if held is None or changes is None:
            return
        self.item = item
        column = self._fresh()
        place = item.article or group.article
        column.addWidget(words(f"{group.title}{' · ' + place if place else ''}", "hint"))
        column.addWidget(words(item.text or "Chưa có lời văn; nhập lời văn trong bộ của đơn vị."))
        if not item.quoted:
            column.addWidget(words("Mẫu minh họa: không phải lời văn chính thức", "illustration"))
        if item.mark_only:
            self._mark_part(column, item)
        else:
            self._answer_part(column, item)
            self._evidence_part(column, item)
            self._appraisal_part(column, item)
        column.addStretch(1)

    def again(self) -> None:
        """Show the item in view anew."""
        if self.item is None or self._held is None:
            self.show_set()
            return
        found = self.item.id
        for group in self._held.criteria.groups:
            for item in group.items:
                if item.id == found:
                    self.show_item(item, group)
                    return

    def focus_answer(self) -> None:
        """Give the keyboard to the answer."""
        taker: QWidget | None = None
        if self.marks is not None:
            taker = next(iter(self.marks.buttons.values()))
        elif self.own is not None:
            taker = self.own.focus_input()
        if taker is None and self.override is not None:
            taker = next(iter(self.override.buttons.values()))
        if taker is not None:
            taker.setFocus(Qt.FocusReason.OtherFocusReason)

    # mark-only items

    def _mark_part(self, column: QVBoxLayout, item: Item) -> None:
        held, changes = self._held, self._changes
        assert held is not None and changes is not None  # noqa: S101, PT018 - shown with a sheet
        if held.stored.sheet.told and not held.stored.sheet.marks:
            column.addWidget(words(
                "Đơn vị chỉ báo tiêu chí này đạt hay không; từng dấu không rời đơn vị.", "hint"
            ))  # fmt: skip
            return
        mark = changes.marks.get(item.id) or held.stored.sheet.mark(item.id) or Mark(
            item.id, Answer.NONE
        )  # fmt: skip
        self.marks = AnswerRow(
            ((Answer.MET.value, "Không xảy ra"), (Answer.NOT_MET.value, "Có xảy ra")),
            mark.answer.value, "Trả lời bằng một dấu",
        )  # fmt: skip
        self.marks.set_editable(editable=self._editable)
        column.addWidget(self.marks)
        paper = mark.paper or Paper("", "", "")
        specs = (
            FieldSpec(name="number", label="Văn bản số", max_length=120),
            FieldSpec(name="dated", label="Ngày văn bản", kind=FieldKind.DATE),
            FieldSpec(name="issuer", label="Cơ quan ban hành"),
        )
        kit = make_kit(self._workplace, self)
        values = {"number": paper.number, "dated": paper.day, "issuer": paper.issuer}
        for spec in specs:
            field = self.fields[spec.name] = make_field(spec, kit)
            field.set_value(values[spec.name] or None)
            field.set_editable(self._editable)
            field.edited.connect(lambda _name, item=item: self._on_mark(item))
            field.setVisible(mark.answer is Answer.NOT_MET)
            column.addWidget(field)
        column.addWidget(words(
            "Chỉ một dấu; nếu có xảy ra thì thêm một văn bản. Không có tài liệu hay ghi chú kèm. "
            "Dấu này không rời đơn vị.", "hint",
        ))  # fmt: skip
        self.marks.chosen.connect(lambda _key: self._on_mark(item))

    def _on_mark(self, item: Item) -> None:
        if self.marks is None or self._changes is None:
            return
        buttons = self.marks.buttons
        answer = next((Answer(key) for key, each in buttons.items() if each.isChecked()),
                      Answer.NONE)  # fmt: skip
        happened = answer is Answer.NOT_MET
        told = []
        for name in ("number", "dated", "issuer"):
            field = self.fields[name]
            field.setVisible(happened)
            try:
                told.append(str(field.value() or "") if happened else "")
            except UserError:
                told.append("")
        paper = Paper(*told) if any(told) else None
        self._changes.marks[item.id] = Mark(item.id, answer, paper)
        self.changed.emit()

    # own answers and checks

    def _answer_part(self, column: QVBoxLayout, item: Item) -> None:
        held, changes = self._held, self._changes
        assert held is not None and changes is not None  # noqa: S101, PT018 - shown with a sheet
        line = changes.applied(held.stored.sheet).line(item.id)
        kit = make_kit(self._workplace, self)
        side = side_of(held.criteria)
        column.addWidget(words(side, "section"))
        if item.check:
            self._check_part(column, item)
        if not item.check or item.reasons:
            self.own = GivenPart(
                item, held.criteria, line.own, kit, name=side, computed=bool(item.check),
                editable=self._editable,
            )  # fmt: skip
            self.own.changed.connect(lambda: self._on_own(item))
            column.addWidget(self.own)

    def _on_own(self, item: Item) -> None:
        if self._changes is not None and self.own is not None:
            self._changes.own[item.id] = self.own.given
            self.changed.emit()

    def _check_part(self, column: QVBoxLayout, item: Item) -> None:
        held, changes = self._held, self._changes
        assert held is not None and changes is not None  # noqa: S101, PT018 - shown with a sheet
        line = changes.applied(held.stored.sheet).line(item.id)
        if line.seen is None:
            column.addWidget(words("Chưa tính. Bấm “Tính lại theo hồ sơ hôm nay”.", "warning"))
        else:
            told = line.seen.told()
            computed = "Chưa rõ" if told.met is None else "Đạt" if told.met else "Chưa đạt"
            day = held.stored.computed_on.get(item.id, "")
            when = f" (tính ngày {show_date(day)})" if day else ""
            column.addWidget(words(f"Chương trình tính: {computed}{when}. {told.why}"))
            column.addWidget(words("\n".join(seen_lines(line.seen)), "hint"))
            for kind, record in records_seen(line.seen)[:_MOST_LINKS]:
                link = make_button(
                    f"Mở {self._label(kind)} đã dùng", self._workplace.theme, role="quiet",
                    icon="next",
                )  # fmt: skip
                link.clicked.connect(
                    lambda _on=False, kind=kind, record=record: self.opened.emit(kind, record)
                )
                column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            if told.provisional:
                self._line(column, "settled", "Lý do chấp nhận tạm tính (được in)",
                           changes.settled_reason(held, item.id))  # fmt: skip
        current = line.override.answer.value if line.override else COMPUTED
        self.override = AnswerRow(
            ((COMPUTED, "Như đã tính"), (Answer.MET.value, "Ghi đè: đạt"),
             (Answer.NOT_MET.value, "Ghi đè: chưa")), current, "Kết quả dùng",
        )  # fmt: skip
        self.override.set_editable(editable=self._editable)
        self.override.chosen.connect(lambda _key: self._on_override(item))
        column.addWidget(self.override)
        reason = line.override.reason if line.override else ""
        field = self._line(column, "override", "Lý do ghi đè (được in)", reason)
        field.setVisible(line.override is not None)

    def _on_override(self, item: Item) -> None:
        changes, row = self._changes, self.override
        if changes is None or row is None:
            return
        key = next((k for k, each in row.buttons.items() if each.isChecked()), COMPUTED)
        if key == COMPUTED:
            row.show_answer(COMPUTED)
            changes.overrides[item.id] = None
        else:
            changes.overrides[item.id] = Override(Answer(key), self._text("override"))
        self.fields["override"].setVisible(key != COMPUTED)
        self.changed.emit()

    # evidence and appraisal

    def _evidence_part(self, column: QVBoxLayout, item: Item) -> None:
        held, changes = self._held, self._changes
        assert held is not None and changes is not None  # noqa: S101, PT018 - shown with a sheet
        column.addWidget(words("Tài liệu chứng minh", "section"))
        specs = self._workplace.office.lists.specs
        part = self.evidence = EvidencePart(
            changes.evidence(held, item.id), make_kit(self._workplace, self),
            [kind for kind in EVIDENCE_KINDS if kind in specs], self._label,
            editable=self._editable,
        )  # fmt: skip
        part.opened.connect(self.opened)
        part.added.connect(lambda record: self._link(item, record))
        part.removed.connect(lambda record: self._unlink(item, record))
        column.addWidget(part)

    def _link(self, item: Item, record: str) -> None:
        office = self._workplace.office

        def find() -> Evidence | None:
            for kind in EVIDENCE_KINDS:
                if kind in office.lists.specs:
                    titles = office.lists.titles(kind, [record])
                    if record in titles:
                        return Evidence(kind, record, titles[record])
            return None

        def arrive(found: Evidence | None) -> None:
            if found is None or self._changes is None:
                return
            self._changes.added.setdefault(item.id, {})[record] = found
            self._changes.removed.get(item.id, set()).discard(record)
            self.changed.emit()
            self.again()

        self._workplace.jobs.read(lambda _control: find(), arrive, owner=self)

    def _unlink(self, item: Item, record: str) -> None:
        if self._changes is None:
            return
        if self._changes.added.get(item.id, {}).pop(record, None) is None:
            self._changes.removed.setdefault(item.id, set()).add(record)
        self.changed.emit()
        self.again()

    def _appraisal_part(self, column: QVBoxLayout, item: Item) -> None:
        held, changes = self._held, self._changes
        assert held is not None and changes is not None  # noqa: S101, PT018 - shown with a sheet
        line = changes.applied(held.stored.sheet).line(item.id)
        if not self._appraisable and line.appraised == NOTHING:
            return
        column.addWidget(words("Thẩm định", "section"))
        kit = make_kit(self._workplace, self)
        part = self.appraisal = GivenPart(
            item, held.criteria, line.appraised, kit, name="Thẩm định",
            editable=self._appraisable,
        )  # fmt: skip
        part.changed.connect(lambda: self._on_appraisal(item))
        column.addWidget(part)
        own = comparable(item, line)
        agree = make_button(f"Thống nhất: {given_words(item, own).lower()}", self._workplace.theme,
                            role="quiet", icon="check")  # fmt: skip
        agree.setEnabled(self._appraisable and own != Given())
        agree.clicked.connect(lambda: self._agree(item))
        column.addWidget(agree, 0, Qt.AlignmentFlag.AlignLeft)
        field = self._line(column, "difference", "Lý do khác tự chấm (được in)", line.difference,
                           editable=self._appraisable)  # fmt: skip
        field.setVisible(line.appraised not in (NOTHING, own))

    def _agree(self, item: Item) -> None:
        held, changes = self._held, self._changes
        if held is None or changes is None:
            return
        line = changes.applied(held.stored.sheet).line(item.id)
        changes.appraised[item.id] = comparable(item, line)
        changes.differences.pop(item.id, None)
        self.changed.emit()
        self.again()

    def _on_appraisal(self, item: Item) -> None:
        held, changes, part = self._held, self._changes, self.appraisal
        if held is None or changes is None or part is None:
            return
        changes.appraised[item.id] = part.given
        line = changes.applied(held.stored.sheet).line(item.id)
        differs = part.given not in (NOTHING, comparable(item, line))
        self.fields["difference"].setVisible(differs)
        if not differs:
            changes.differences[item.id] = ""
        self.changed.emit()

    # inside

    def _line(self, column: QVBoxLayout, name: str, label: str, value: str, *,
              editable: bool | None = None) -> FieldWidget:  # fmt: skip
        spec = FieldSpec(name=name, label=label, max_length=500, width=40)
        field = self.fields[name] = make_field(spec, make_kit(self._workplace, self))
        field.set_value(value or None)
        field.set_editable(self._editable if editable is None else editable)
        field.edited.connect(lambda _name: self._on_line(name))
        column.addWidget(field)
        return field

    def _on_line(self, name: str) -> None:
        item, changes = self.item, self._changes
        if item is None or changes is None:
            return
        text = self._text(name)
        if name == "settled":
            changes.settled[item.id] = text
        elif name == "difference":
            changes.differences[item.id] = text
        elif self.override is not None:
            self._on_override(item)
            return
        self.changed.emit()

    def _text(self, name: str) -> str:
        try:
            return str(self.fields[name].value() or "")
        except UserError:
            return ""

    def _label(self, kind: str) -> str:
        spec = self._workplace.office.lists.specs.get(kind)
        return spec.label if spec else kind

    def _fresh(self) -> QVBoxLayout:
        self.own = self.appraisal = None
        self.marks = self.override = None
        self.evidence = None
        self.fields = {}
        inside = QWidget()
        inside.setProperty("role", "sheet")
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        self.area.setWidget(inside)
        return column
