"""Code lists of a unit: what it adds, renames, hides, retires, and how foreign values count.

Every change is a record `code_value` of this unit: it is undone, kept in history and handed over
like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.codes import CodeList, CodeValue, slug_of, unit_of
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import VOID, FieldKind, Value, Values
from antq_desktop.domain.overlays import CODE_VALUE, PLACES_APART, LivingCodes, Said, said_by
from antq_desktop.domain.text import fold, nfc, sort_key
from antq_desktop.services.code_lines import ListLine, ValueLine
from antq_desktop.services.records import Edit, Records, Saved
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.exchange import ReceivedRow

if TYPE_CHECKING:
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Outcome

_READ: Final = (
    "code_list", "value", "label", "place", "hidden", "retired_on", "counts_as", "note",
)  # fmt: skip
_LONGEST_SLUG: Final = 40


class CodeLists:
    """The code lists of one open store, kept up to date after each save and merge."""

    def __init__(self, store: Store, codes: LivingCodes, records: Records) -> None:
        self._store = store
        self._codes = codes
        self._records = records
        self._checklists = frozenset(
            line.ids_from for spec in store.specs.values() for line in spec.lines if line.ids_from
        )
        if CODE_VALUE in store.specs:
            self.refresh()
            store.on_written.append(self._hear)

    def refresh(self) -> None:
        """Lay what all units say over the shipped lists."""
        spec = self._store.specs[CODE_VALUE]
        with self._store.reading() as reader:
            said = [
                said_by(held.owner, held.values)
                for held in values_of(reader.connection, spec, _READ)
            ]
            own = reader.setting(settings.UNIT)
            senders = (
                exchange.select(
                    reader.connection, ReceivedRow, "WHERE kind = ?", (str(BundleKind.UP),)
                )
                if said
                else []
            )
        below = frozenset(row.sender for row in senders)
        self._codes.overlay((one for one in said if self._may_stand(one)), own, below)

    def lists(self) -> list[ListLine]:
        """Return all lists, by their headings."""
        used, own = self._used(), self._own()
        found = [self._line(self._codes[name], own) for name in self._codes if name in used]
        return sorted(found, key=lambda line: sort_key(line.title))

    def values(self, name: str) -> list[ValueLine]:
        """Return the values of one list, in the order in which they are offered.

        Raises:
            UserError: `unknown_list`.
        """
        listed = self._list(name)
        units = {unit_of(value.id) for value in listed.values} - {""}
        with self._store.reading() as reader:
            names = reader.titles("unit", units)
            own = reader.setting(settings.UNIT)
        return [self._value(listed, value, own, names) for value in listed.values]

    def add(self, name: str, label: str, *, counts_as: str = "", note: str = "") -> Saved:
        """Add an own value at the end of a list.

        Raises:
            UserError: `unknown_list`, `list_locked`, `label_missing`, `label_taken`,
                `class_forbidden`, `counts_as_unknown`.
        """
        listed = self._changeable(name)
        if name in self._checklists:
            message = "Danh mục này là bảng kiểm có sẵn, chỉ đổi được tên giá trị."
            raise UserError("list_is_checklist", message)
        label = self._label(listed, label, "")
        self._check_mapped(name, counts_as)
        own = self._own()
        changes: dict[str, Value] = {
            "label": label,
            "place": max(self._places(name).values()) + PLACES_APART,
        }
        if counts_as:
            changes["counts_as"] = counts_as
        if note.strip():
            changes["note"] = note
        return self._put(name, f"{own}/{self._slug(listed, own, label)}", changes)

    def rename(self, name: str, value: str, label: str) -> Saved:
        """Give a value another label; the shipped one of a shipped value takes its own away.

        Raises:
            UserError: `unknown_value`, `list_locked`, `value_of_another_unit`, `label_missing`,
                `label_taken`, `class_forbidden`.
        """
        listed = self._changeable(name)
        held = self._owned(listed, value)
        label = self._label(listed, label, value)
        shipped = held.shipped or ("" if held.owner else held.label)
        return self._put(name, value, {"label": None if label == shipped else label})

    def hide(self, name: str, value: str, *, hidden: bool = True) -> Saved:
        """Offer a value no more, or again; records that have it keep it.

        Raises:
            UserError: `unknown_value`, `list_locked`, `list_is_checklist`, `last_value`.
        """
        listed = self._changeable(name)
        held = self._held(listed, value)
        self._check_off(listed, held, off=hidden)
        return self._put(name, value, {"hidden": True if hidden else None})

    def retire(self, name: str, value: str, day: str) -> Saved:
        """Say from which day on a value is no longer used; an empty day takes that back.

        Raises:
            UserError: As `hide` says, and `value_of_another_unit`.
        """
        listed = self._changeable(name)
        held = self._owned(listed, value)
        self._check_off(listed, held, off=bool(day))
        return self._put(name, value, {"retired_on": day or None})

    def move(self, name: str, value: str, by: int) -> Saved:
        """Move a value up (below zero) or down among its neighbours.

        Raises:
            UserError: `unknown_value`, `list_locked`.
        """
        listed = self._changeable(name)
        order = [one.id for one in listed.values]
        self._held(listed, value)
        at = order.index(value)
        to = min(max(at + by, 0), len(order) - 1)
        order.insert(to, order.pop(at))
        places, own = self._places(name), self._own()
        edits = [
            self._edit(name, one, {"place": place * PLACES_APART})
            for place, one in enumerate(order)
            if unit_of(one) in {"", own} and places.get(one) != place * PLACES_APART
        ]
        if at == to:
            return Saved("Giá trị đã ở đầu hoặc cuối danh mục.", 0, ())
        return self._records.save(edits)

    def count_as(self, name: str, value: str, shipped: str) -> Saved:
        """Say which shipped value figures take a unit's value for; empty takes that back.

        Raises:
            UserError: `unknown_value`, `list_locked`, `counts_as_unknown`.
        """
        listed = self._changeable(name)
        held = self._held(listed, value)
        if not held.owner:
            message = "Giá trị có sẵn tính như chính nó. Chọn giá trị do đơn vị lập."
            raise UserError("counts_as_itself", message, "counts_as")
        self._check_mapped(name, shipped)
        return self._put(name, value, {"counts_as": shipped or None})

    def _hear(self, outcome: Outcome) -> None:
        if any(change.kind == CODE_VALUE for change in outcome.changes):
            self.refresh()

    def _may_stand(self, said: Said) -> bool:
        if said.code_list not in self._codes.shipped:
            return False
        return said.code_list not in self._checklists or not unit_of(said.value)

    def _used(self) -> frozenset[str]:
        fields = (
            field
            for spec in self._store.specs.values()
            for field in (*spec.fields, *(f for line in spec.lines for f in line.fields))
        )
        return self._checklists.union(f.codes for f in fields if f.kind is FieldKind.CHOICE)

    def _line(self, listed: CodeList, own: str) -> ListLine:
        counted = Counter(
            "own" if one.owner == own else "foreign" for one in listed.values if one.owner
        )
        off = sum(
            1 for one in listed.values if (one.hidden and not _foreign(one, own)) or one.retired
        )
        return ListLine(
            name=listed.name,
            title=listed.title,
            locked="" if listed.editable else f"Theo {listed.legal_basis}; không đổi được.",
            checklist=listed.name in self._checklists,
            offered=sum(1 for one in listed.values if not one.hidden and not one.retired),
            own=counted["own"],
            foreign=counted["foreign"],
            unmapped=sum(1 for one in listed.values if _foreign(one, own) and not one.counts_as),
            off=off,
        )

    def _value(
        self, listed: CodeList, value: CodeValue, own: str, names: dict[str, str]
    ) -> ValueLine:
        source = "có sẵn"
        if value.owner:
            source = "đơn vị lập" if value.owner == own else names.get(value.owner, value.owner)
        return ValueLine(
            id=value.id,
            label=value.label,
            source=source,
            own=value.owner == own,
            foreign=_foreign(value, own),
            shipped=value.shipped,
            hidden=value.hidden,
            retired=value.retired,
            counts_as=value.counts_as,
            counts_label=self._codes.label(listed.name, value.counts_as) if value.counts_as else "",
            note=value.note,
        )

    def _own(self) -> str:
        return self._store.setting(settings.UNIT)

    def _list(self, name: str) -> CodeList:
        if name not in self._codes:
            message = f"Không có danh mục “{name[:40]}”. Xem tên trong danh sách danh mục."
            raise UserError("unknown_list", message)
        return self._codes[name]

    def _changeable(self, name: str) -> CodeList:
        listed = self._list(name)
        if not listed.editable:
            message = f"“{listed.title}” theo {listed.legal_basis} nên không đổi được."
            raise UserError("list_locked", message)
        return listed

    def _held(self, listed: CodeList, value: str) -> CodeValue:
        held = listed.get(value) or listed.find(value)
        if held is None or held.id != value:
            message = f"“{listed.title}” không có giá trị “{value[:60]}”. Chọn lại."
            raise UserError("unknown_value", message)
        return held

    def _owned(self, listed: CodeList, value: str) -> CodeValue:
        held = self._held(listed, value)
        if _foreign(held, self._own()):
            message = f"“{held.label}” do đơn vị khác lập nên không đổi được ở đây."
            raise UserError("value_of_another_unit", message)
        return held

    def _check_off(self, listed: CodeList, held: CodeValue, *, off: bool) -> None:
        if listed.name in self._checklists:
            message = "Danh mục này là bảng kiểm có sẵn, chỉ đổi được tên giá trị."
            raise UserError("list_is_checklist", message)
        left = [one for one in listed.values if not one.hidden and not one.retired]
        if off and [one.id for one in left] == [held.id]:
            message = "Đây là giá trị cuối cùng còn dùng của danh mục. Thêm giá trị khác trước."
            raise UserError("last_value", message)

    def _check_mapped(self, name: str, shipped: str) -> None:
        if shipped and self._codes.shipped[name].get(shipped) is None:
            message = "Chỉ tính như giá trị có sẵn của chương trình. Chọn lại."
            raise UserError("counts_as_unknown", message, "counts_as")

    def _label(self, listed: CodeList, label: str, value: str) -> str:
        label = " ".join(nfc(label).split())
        if not label:
            raise UserError("label_missing", "Chưa nhập tên giá trị. Nhập tên.", "label")
        wanted = fold(label)
        for one in listed.values:
            if one.id != value and not one.retired and fold(one.label) == wanted:
                message = f"Danh mục đã có “{one.label}”. Nhập tên khác."
                raise UserError("label_taken", message, "label")
        return label

    def _slug(self, listed: CodeList, own: str, label: str) -> str:
        words = re.findall(r"[a-z0-9]+", fold(label))
        slug = "_".join(words)[:_LONGEST_SLUG].strip("_") or "gia_tri"
        slug = slug if slug[0].isalpha() else f"v_{slug}"[:_LONGEST_SLUG].strip("_")
        taken = {slug_of(one.id) for one in listed.values if one.owner == own}
        number, found = 2, slug
        while found in taken:
            found, number = f"{slug[: _LONGEST_SLUG - 3]}_{number}", number + 1
        return found

    def _places(self, name: str) -> dict[str, int]:
        """Return where shipped and own values of a list stand, by their ids."""
        spec, own = self._store.specs[CODE_VALUE], self._own()
        found = {
            value.id: at * PLACES_APART for at, value in enumerate(self._codes.shipped[name].values)
        }
        with self._store.reading() as reader:
            for held in values_of(reader.connection, spec, ("code_list", "value", "place")):
                place = held.values.get("place")
                if held.owner == own and held.values["code_list"] == name and place is not None:
                    found[str(held.values["value"])] = int(place)
        return found

    def _put(self, name: str, value: str, changes: Values) -> Saved:
        return self._records.save((self._edit(name, value, changes),))

    def _edit(self, name: str, value: str, changes: Values) -> Edit:
        """Return the edit of this unit's record about a value: made, changed, or back in force."""
        whole: dict[str, Value] = {
            "unit": self._own(), "code_list": name, "value": value, **changes
        }  # fmt: skip
        made = self._records.new_edit(CODE_VALUE, whole)
        with self._store.reading() as reader:
            held = reader.record(CODE_VALUE, made.id)
        if held is None:
            return made
        if held.standing().reason is None:
            return Edit(CODE_VALUE, made.id, changes)
        blank: dict[str, Value] = dict.fromkeys(_READ[2:])
        return Edit(CODE_VALUE, made.id, {**blank, **changes, VOID: None})


def _foreign(value: CodeValue, own: str) -> bool:
    return bool(value.owner) and value.owner != own
