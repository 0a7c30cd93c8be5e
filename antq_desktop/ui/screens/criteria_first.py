"""The first page of a unit's own set: what it is, whom it judges, who maintains it, its source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.domain.scoring.rules import Place
from antq_desktop.domain.scoring.sets import SUBJECTS, CriteriaSet, NotApplicable, SetKind
from antq_desktop.services.standards.subjects import label_of
from antq_desktop.ui.screens.criteria_forms import PartForm, Ticks, options
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.scoring.rules import SetFault
    from antq_desktop.services.standards.set_editing import SetEditing
    from antq_desktop.ui.workplace import Workplace

_PROVENANCE: Final = ("legal_basis", "maintained_by", "source", "compared_on", "note")
_DAYS: Final = ("compared_on", "valid_from", "valid_to")
_WHOLE_DAY: Final = 10
_WORTH: Final = {NotApplicable.FULL: "Cho đủ điểm", NotApplicable.RESCALE: "Quy về thang điểm"}


class FirstPage(QWidget):
    """The fields of the first page; `changed` when the set did."""

    changed = Signal()

    def __init__(self, workplace: Workplace, editing: SetEditing) -> None:
        super().__init__()
        self._workplace = workplace
        self._editing = editing
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        self._page.setSpacing(UNIT + 2)
        self._inside: QWidget | None = None
        self.left: PartForm
        self.right: PartForm
        self.kinds: Ticks
        self.show_set()

    @property
    def unsound(self) -> dict[str, UserError]:
        """What stands in a field and cannot be understood, by name."""
        return {**self.left.unsound, **self.right.unsound}

    def show_set(self) -> None:
        """Show the set as it stands."""
        made, told = self._editing.made, self._editing.made.provenance
        if self._inside is not None:
            self._page.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        held: dict[str, Value] = {
            "title": made.title,
            **{name: str(getattr(told, name)) or None for name in _PROVENANCE},
            "valid_from": made.valid_from or None,
            "valid_to": made.valid_to or None,
            "decided_before": _shown(made.decided_before),
            "window": made.window or None,
            "adds_to": made.adds_to or None,
            "not_applicable": made.not_applicable.value,
        }
        presets = self._workplace.office.standards.ground.periods.presets
        shipped = self._workplace.office.standards.sets.shipped.values()
        lists = {
            "set_windows": options({key: each.title for key, each in presets.items()}),
            "set_bases": options({s.code: s.title for s in shipped if s.purpose is made.purpose}),
            "set_worth": options({each.value: label for each, label in _WORTH.items()}),
        }
        self.left = PartForm(self._workplace, _left(), held)
        self.right = PartForm(self._workplace, _right(made), held, lists)
        labels = {kind: label_of(self._workplace.office.codes, kind) for kind in SUBJECTS}
        self.kinds = Ticks("Dùng cho", labels, made.unit_kinds)
        self.kinds.changed.connect(self._on_kinds)
        self.right.column.addWidget(self.kinds)
        for form in (self.left, self.right):
            form.changed.connect(self._take)
            form.column.addStretch(1)
        self._inside = QWidget()
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4 * UNIT)
        row.addWidget(self.left, 1)
        row.addWidget(self.right, 1)
        self.left.column.insertWidget(1, words(
            "Bộ của đơn vị, đơn vị tự chịu trách nhiệm; luôn ghi “mẫu minh họa”.", "illustration"
        ))  # fmt: skip
        self._page.addWidget(self._inside, 1)

    def tell(self, faults: list[SetFault]) -> None:
        """Show what is wrong with the set as a whole."""
        mine = [fault for fault in faults if fault.place is Place.SET]
        names = set(self.right.fields) | {"unit_kinds"}
        self.left.tell([fault for fault in mine if fault.field not in names])
        self.right.tell([fault for fault in mine if fault.field in names])

    def _take(self, name: str, value: Value) -> None:
        made, text = self._editing.made, " ".join(str(value or "").split())
        day = _stored(text)
        if name in _DAYS and text and len(text) != _WHOLE_DAY:
            self._refuse(name, "Nhập đủ ngày, tháng, năm.")
            return
        if name == "decided_before" and day is None:
            self._refuse(name, "Nhập ngày và tháng, ví dụ 15/11.")
            return
        if name in _PROVENANCE:
            made = replace(made, provenance=replace(made.provenance, **{name: text}))
        elif name == "decided_before":
            made = replace(made, decided_before=day or "")
        elif name == "not_applicable":
            made = replace(made, not_applicable=NotApplicable(text or NotApplicable.FULL))
        else:
            made = _with_plain(made, {name: text})
        self._editing.put(made, f"set/{name}")
        self.changed.emit()

    def _refuse(self, name: str, message: str) -> None:
        form = self.left if name in self.left.fields else self.right
        error = form.unsound[name] = UserError("day_malformed", message, name)
        form.fields[name].show_faults(error.faults)

    def _on_kinds(self) -> None:
        self._editing.put(replace(self._editing.made, unit_kinds=self.kinds.ticked()))
        self.changed.emit()


def _with_plain(made: CriteriaSet, texts: dict[str, str]) -> CriteriaSet:
    return replace(
        made,
        title=texts.get("title", made.title),
        valid_from=texts.get("valid_from", made.valid_from),
        valid_to=texts.get("valid_to", made.valid_to),
        window=texts.get("window", made.window),
        adds_to=texts.get("adds_to", made.adds_to),
    )


def _left() -> list[FieldSpec]:
    return [
        FieldSpec(name="title", label="Tên bộ", required=True, max_length=200, width=50),
        FieldSpec(name="legal_basis", label="Căn cứ", required=True, max_length=300, width=50),
        FieldSpec(name="maintained_by", label="Người duy trì", required=True, max_length=200,
                  width=40),
        FieldSpec(name="source", label="Nguồn", required=True, max_length=300, width=50),
        FieldSpec(name="compared_on", label="Đối chiếu lần cuối", kind=FieldKind.DATE,
                  required=True, width=12),
        FieldSpec(name="note", label="Ghi chú", kind=FieldKind.LONG_TEXT, max_length=1000,
                  width=50),
    ]  # fmt: skip


def _right(made: CriteriaSet) -> list[FieldSpec]:
    specs = [
        FieldSpec(name="valid_from", label="Dùng từ ngày", kind=FieldKind.DATE, required=True,
                  width=12),
        FieldSpec(name="valid_to", label="Thôi dùng từ ngày", kind=FieldKind.DATE, width=12),
        FieldSpec(name="window", label="Kỳ đánh giá", kind=FieldKind.CHOICE, codes="set_windows",
                  width=40, hint="Bỏ trống là năm dương lịch."),
        FieldSpec(name="decided_before", label="Quyết định trước ngày", width=8,
                  hint="Ngày/tháng, ví dụ 15/11."),
        FieldSpec(name="adds_to", label="Bổ sung cho bộ", kind=FieldKind.CHOICE,
                  codes="set_bases", width=40, hint="Tiêu chí của tỉnh thêm vào bộ chung."),
    ]  # fmt: skip
    if made.kind is SetKind.POINTS:
        specs.append(FieldSpec(name="not_applicable", label="Điểm của mục không áp dụng",
                               kind=FieldKind.CHOICE, codes="set_worth", required=True,
                               width=24))  # fmt: skip
    return specs


def _shown(decided_before: str) -> str | None:
    month, _, day = decided_before.partition("-")
    return f"{day}/{month}" if day else None


def _stored(text: str) -> str | None:
    if not text:
        return ""
    day, _, month = text.partition("/")
    if not (day.isascii() and day.isdecimal() and month.isascii() and month.isdecimal()):
        return None
    most = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    at = int(month)
    return f"{at:02}-{int(day):02}" if 1 <= at <= 12 and 1 <= int(day) <= most[at - 1] else None
