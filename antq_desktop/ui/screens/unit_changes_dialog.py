"""The dialog that enters a decision about units: its head, its lines, and what it would do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.records.unit_changes import KIND
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.services.unit_changes import Draft, Step
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.filters import FilterChoice
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.screens.handover_parts import LocalTable, words
from antq_desktop.ui.sources import TableRow
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.services.records import Saved
    from antq_desktop.services.unit_changes import Effect, KnownUnit, UnitChanges
    from antq_desktop.ui.widgets.picker import Deliver
    from antq_desktop.ui.workplace import Workplace

_HEAD: Final = ("title", "number", "issuer", "decided_on", "effective_on", "source")
_COLUMNS: Final = (
    Column("old", "Đơn vị trước", 32, sortable=False),
    Column("new", "Đơn vị sau", 32, sortable=False),
    Column("part", "Phần nhập", 10, sortable=False),
    Column("records", "Hồ sơ", 8, numeric=True, sortable=False),
)
_NEW: Final = "new:"
_OLD: Final = "Đơn vị trước"
_AFTER: Final = "Đơn vị sau"
_CODED: Final = re.compile(r"([A-Z0-9]{1,8})\s+(\S.*)")
_TOLD: Final = 1
_TABLE_ROOM: Final = 15 * UNIT
_SIZE: Final = (112 * UNIT, 90 * UNIT)


class ChangeDialog(FormDialog):
    """Enters a decision; what it would do stands beside its lines before it is written."""

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget,
        units: Sequence[KnownUnit],
        draft: Draft | None,
        done: Callable[[Saved], None],
    ) -> None:
        self._changes: UnitChanges = workplace.office.unit_changes
        self._office = workplace.office
        self.steps: list[Step] = list(draft.steps) if draft else []
        self._options = [Option(one.id, one.name) for one in units]
        body = self._make_body(workplace)
        spec = spec_of(KIND)
        names = _HEAD if draft and draft.source else _HEAD[:-1]  # only a table has a source
        super().__init__(
            workplace,
            parent,
            title="Nhập quyết định thay đổi đơn vị",
            told="Hồ sơ và chìa khóa cũ giữ nguyên, chỉ cách cộng số liệu thay đổi. Ghi nhầm thì "
            "hủy được.",
            fields=tuple(spec.field(name) for name in names),
            verb="Ghi quyết định",
            work=lambda given: self._changes.enter(self._draft(given)),
            done=done,
            held={name: getattr(draft, name) or None for name in names} if draft else None,
            body=body,
        )
        self.resize(*_SIZE)
        self._show()

    def add(self) -> None:
        """Add a line of the chosen units."""
        old, new = self.old.option, self.new.option
        if not old.id or not new.id:
            self.effect.setText("Chọn đơn vị trước và đơn vị sau rồi thêm dòng.")
            return
        found, name = self._new_unit(new)
        step = Step(old.id, old.text, found, name, part=self.part.isChecked())
        if (step.old, step.new, step.new_name) not in {
            (one.old, one.new, one.new_name) for one in self.steps
        }:
            self.steps.append(step)
        self.old.take(Option("", _OLD))
        self._show()

    def drop(self) -> None:
        """Take the chosen lines out."""
        chosen = set(self.table.selected_ids()) or {self.table.current_id()}
        self.steps = [one for at, one in enumerate(self.steps) if str(at) not in chosen]
        self._show()

    # inside

    def _make_body(self, workplace: Workplace) -> QWidget:
        theme = workplace.theme
        body = QWidget()
        self.old = FilterChoice(workplace, _OLD, "Đơn vị trước", self._find_old, searchable=True)
        self.new = FilterChoice(workplace, _AFTER, "Đơn vị sau", self._find_new, searchable=True)
        self.part = QCheckBox("Chỉ một phần")
        self.add_button = make_button("Thêm dòng", theme, icon="add")
        self.add_button.clicked.connect(self.add)
        self.drop_button = make_button("Bỏ dòng đang chọn", theme, icon="close")
        self.drop_button.clicked.connect(self.drop)
        self.table = LocalTable(_COLUMNS, workplace, "Các dòng của quyết định")
        self.table.setMinimumHeight(_TABLE_ROOM)
        self.table.set_empty("Chọn đơn vị trước, đơn vị sau rồi bấm Thêm dòng.", "", None)
        self.effect = words("", "hint")
        self.effect.setMinimumHeight(9 * UNIT)
        self.effect.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.old, 3)
        row.addWidget(self.new, 3)
        row.addWidget(self.part)
        row.addWidget(self.add_button)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        beside = QHBoxLayout()
        beside.setSpacing(2 * UNIT)
        beside.addWidget(self.drop_button, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.effect, 1)
        column.addLayout(beside)
        return body

    def _find_old(self, typed: str, deliver: Deliver) -> None:
        deliver(matching(self._options, typed))

    def _find_new(self, typed: str, deliver: Deliver) -> None:
        """Offer the units that are there, and the one typed as a new one."""
        found = list(matching(self._options, typed))
        name = typed.strip()
        coded = self._office.level == RECEIVER_LEVEL
        if name and (not coded or _CODED.fullmatch(name)):
            found.append(Option(_NEW + name, f"Đơn vị mới: {name}"))
        elif name and coded and not found:
            found.append(Option("", "Đơn vị mới: gõ mã rồi tên, như XM01 Xã Mẫu Mới"))
        deliver(found)

    def _new_unit(self, option: Option) -> tuple[str, str]:
        """Return id and name of what was chosen; a unit with a store of its own has a code."""
        if not option.id.startswith(_NEW):
            return option.id, option.text
        name = option.id.removeprefix(_NEW)
        coded = _CODED.fullmatch(name)
        if self._office.level != RECEIVER_LEVEL or coded is None:
            return "", name
        given = self.given() or {}
        return f"{coded.group(1)}@{given.get('effective_on') or ''}", coded.group(2)

    def _draft(self, given: Given) -> Draft:
        head = {name: str(given.get(name) or "") for name in _HEAD}
        return Draft(steps=tuple(self.steps), **head)

    def _show(self) -> None:
        self._show_rows({})
        self.drop_button.setEnabled(bool(self.steps))
        if not self.steps:
            self.effect.setText("")
            return
        # what it would do hangs on its lines; a day stands in until one is typed
        day = f"{self._office.clock.now():%Y-%m-%d}"
        draft = Draft(title="", effective_on=day, steps=tuple(self.steps))
        self._workplace.jobs.read(
            lambda _control: self._changes.preview(draft),
            self._tell,
            failed=self._cannot,
            owner=self,
            lane="unit_change_preview",
        )

    def _tell(self, effect: Effect) -> None:
        self._show_rows({one.old_name: one.records for one in effect.moved})
        told = [f"{show_integer(sum(one.records for one in effect.moved))} hồ sơ ở đây liên quan."]
        told += [f"Kết thúc: {name}." for name in effect.ends[:_TOLD]]
        told += [f"Thành lập: {name}." for name in effect.begins[:_TOLD]]
        told += list(effect.warnings[:_TOLD])
        if len(effect.warnings) > _TOLD:
            told.append(f"Còn {show_integer(len(effect.warnings) - _TOLD)} lưu ý cùng loại.")
        self.effect.setText("\n".join(told))

    def _cannot(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.effect.setText(error.message)
            return
        self._workplace.door.meet(error)

    def _show_rows(self, records: dict[str, int]) -> None:
        self.table.show_rows(
            [
                TableRow(
                    str(at),
                    (
                        one.old_name,
                        one.new_name if one.new else f"{one.new_name} (mới)",
                        "một phần" if one.part else "toàn bộ",
                        show_integer(records[one.old_name]) if one.old_name in records else "",
                    ),
                )
                for at, one in enumerate(self.steps)
            ]
        )
