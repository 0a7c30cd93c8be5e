"""Decisions about units: entered, looked over before they are written, taken back when wrong.

No record is rewritten: ids and owners stay, keys stay valid for what they signed. What a decision
changes is under which unit figures are summed, and for whom a device speaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID, Value, line_path, lines_of
from antq_desktop.domain.record import Record
from antq_desktop.domain.records.unit_changes import KIND, MOST_STEPS, STEPS
from antq_desktop.domain.records.units import NEIGHBOURHOOD
from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.domain.succession import Change, Succession
from antq_desktop.domain.text import sort_key
from antq_desktop.domain.units import IN_FORCE_SINCE, Lineage, unit_id
from antq_desktop.services.lineage import UNIT, changes_of, succession_in
from antq_desktop.services.profiles import tree_of
from antq_desktop.services.records import Edit, Records, Saved
from antq_desktop.services.unit_change_parts import (
    Decision,
    Draft,
    Effect,
    KnownUnit,
    Moved,
    Step,
)
from antq_desktop.storage import settings
from antq_desktop.storage.columns import values_of

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

__all__ = ["Decision", "Draft", "Effect", "KnownUnit", "Moved", "Step", "UnitChanges"]
_DAY_BEFORE_2025: Final = "2025-06-30"  # the table knows the state of June 2025, not since when
_HEAD_2025: Final = {
    "number": "1654 đến 1687/NQ-UBTVQH15",
    "title": "Sắp xếp đơn vị hành chính cấp xã năm 2025",
    "issuer": "Ủy ban Thường vụ Quốc hội",
    "decided_on": "2025-06-16",
    "source": "Bảng kèm chương trình, lấy từ bộ dữ liệu mở vietnamadminunits 1.0.4 (giấy phép MIT)",
}


class UnitChanges:
    """Decisions of one store; `lineage` gives the shipped table when it is asked for."""

    def __init__(self, store: Store, records: Records, lineage: Callable[[], Lineage]) -> None:
        self._store = store
        self._records = records
        self._lineage = lineage

    def decisions(self) -> list[Decision]:
        """Return all decisions held here, the newest first, those taken back included."""
        with self._store.reading() as reader:
            own = reader.setting(settings.UNIT)
            held = list(reader.all_records(KIND))
            names = reader.titles(UNIT, {one.owner for one in held})
        found = [_decision(one, own, names.get(one.owner, one.owner)) for one in held]
        return sorted(found, key=lambda one: (one.effective_on, one.title, one.id), reverse=True)

    def succession(self) -> Succession:
        """Return the changes in force today."""
        with self._store.reading() as reader:
            return succession_in(self._store, reader)

    def units(self) -> list[KnownUnit]:
        """Return the units that a decision may name, in the order of the alphabet."""
        with self._store.reading() as reader:
            return sorted(self._known(reader).values(), key=lambda one: sort_key(one.name))

    def table_of_2025(self) -> Draft:
        """Return the shipped table as one decision, as far as it concerns this unit.

        A commune gets what it was made of; a receiver what all communes of its tree were made of.

        Raises:
            UserError: `not_in_the_table`, `table_loaded`.
        """
        with self._store.reading() as reader:
            own = reader.setting(settings.UNIT)
            known = self._known(reader)
            there = {
                change.new
                for one in reader.all_records(KIND)
                for change in _in_force(one)
                if change.on == IN_FORCE_SINCE
            }
        wanted = [own, *(place.id for place in tree_of(self._store))]
        wanted = [one for one in wanted if one.endswith(f"@{IN_FORCE_SINCE}")]
        if set(wanted) & there:
            message = "Bảng năm 2025 đã nạp. Hủy quyết định đã nạp trước khi nạp lại."
            raise UserError("table_loaded", message)
        before = {
            one.code: one.id
            for one in known.values()
            if one.code and not one.id.endswith(f"@{IN_FORCE_SINCE}")
        }
        table = self._lineage()
        steps = tuple(
            Step(
                before.get(step.old_code) or unit_id(step.old_code, _DAY_BEFORE_2025),
                f"{step.old_name}, {step.old_district}",
                one,
                known[one].name if one in known else one,
                part=not step.whole,
            )
            for one in wanted
            for step in table.predecessors(one.partition("@")[0])
        )
        if not steps:
            message = "Bảng năm 2025 không có đơn vị nào của sổ này. Nhập quyết định từ văn bản."
            raise UserError("not_in_the_table", message)
        return Draft(effective_on=IN_FORCE_SINCE, steps=steps, **_HEAD_2025)

    def preview(self, draft: Draft) -> Effect:
        """Work out what a decision would do; nothing is written.

        Raises:
            UserError: `no_steps`, `too_many_steps`, `unit_not_chosen`, `day_not_whole`.
        """
        _look_over(draft)
        with self._store.reading() as reader:
            known = self._known(reader)
            held = self._held_records(reader)
            now = succession_in(self._store, reader)
        begins = tuple(dict.fromkeys(step.new_name for step in _beginning(draft)))
        draft = _with_ids(draft, lambda: "mới")
        changes = tuple(_changes(draft))
        after = Succession((*now.changes, *changes))
        olds = dict.fromkeys(step.old for step in draft.steps)
        names = {step.old: step.old_name for step in draft.steps}
        told = {step.new: step.new_name for step in draft.steps}
        moved = tuple(
            Moved(
                names[old],
                told.get(after.heir(old), _name(known, after.heir(old)))
                if after.heir(old) != old
                else "",
                held[old],
            )
            for old in olds
        )
        ends = tuple(known[old].name for old in self._ending(draft, known))
        return Effect(moved, tuple(_warnings(draft, now, after)), ends, begins)

    def enter(self, draft: Draft) -> Saved:
        """Write a decision; own units that it ends or founds are written in the same action.

        Raises:
            UserError: As `preview` says, or what the rules refuse.
        """
        _look_over(draft)
        with self._store.reading() as reader:
            known = self._known(reader)
            own = reader.setting(settings.UNIT)
        founded = _beginning(draft)
        ids = {step.new_name: self._records.new_id() for step in founded}
        edits: list[Edit] = [
            Edit(UNIT, ids[name], _neighbourhood(name, own, draft.effective_on), created=True)
            for name in dict.fromkeys(step.new_name for step in founded)
        ]
        draft = replace(
            draft,
            steps=tuple(replace(step, new=step.new or ids[step.new_name]) for step in draft.steps),
        )
        ends = _day_before(draft.effective_on)
        edits += [Edit(UNIT, old, {"valid_to": ends}) for old in self._ending(draft, known)]
        decision = self._records.new_edit(KIND, self._values(draft))
        saved = self._records.save([*edits, decision])
        count = show_integer(len(draft.steps))
        told = f"Đã ghi quyết định đổi đơn vị, {count} dòng, từ ngày"
        return replace(saved, sentence=f"{told} {show_date(draft.effective_on)}.")

    def void(self, decision: str, reason: str) -> Saved:
        """Take a decision back: figures stand as if it had never been; history keeps it.

        Own units that it ended are in force again; units that it founded stay.

        Raises:
            UserError: `no_such_record`, `not_own_record`, `is_voided`, `reason_missing`.
        """
        with self._store.reading() as reader:
            record = reader.record(KIND, decision)
            known = self._known(reader)
            ended = self._ended_by(reader, record, known) if record else []
        reason = reason.strip()
        if not reason or record is None or record.standing().reason is not None or not ended:
            return self._records.void(KIND, decision, reason)
        again = [Edit(UNIT, one, {"valid_to": None}) for one in ended]
        saved = self._records.save([*again, Edit(KIND, decision, {VOID: reason})])
        return replace(saved, sentence="Đã hủy quyết định; đơn vị cũ hoạt động trở lại.")

    def _ended_by(
        self, reader: Reader, record: Record, known: Mapping[str, KnownUnit]
    ) -> list[str]:
        draft = _draft(record)
        ends = _day_before(draft.effective_on)
        held = reader.records(UNIT, self._ending(draft, known))
        return [one for one, unit in held.items() if unit.values().get("valid_to") == ends]

    def _ending(self, draft: Draft, known: Mapping[str, KnownUnit]) -> list[str]:
        """Return the own units below this one that end with a decision."""
        whole = dict.fromkeys(step.old for step in draft.steps if not step.part)
        return [old for old in whole if old in known and known[old].own and "@" not in old]

    def _known(self, reader: Reader) -> dict[str, KnownUnit]:
        own = reader.setting(settings.UNIT)
        found = {
            place.id: KnownUnit(place.id, place.name, kind=place.kind, code=place.code)
            for place in tree_of(self._store)
        }
        for change in succession_in(self._store, reader).changes:
            for one, name in ((change.old, change.old_name), (change.new, change.new_name)):
                found.setdefault(one, KnownUnit(one, name or one))
        names = ("name", "unit_kind", "code")
        for held in values_of(reader.connection, self._store.specs[UNIT], names):
            name, kind, code = (str(held.values.get(one) or "") for one in names)
            found[held.id] = KnownUnit(held.id, name, held.owner == own, kind, code)
        return found

    def _held_records(self, reader: Reader) -> Counter[str]:
        """Count the records of each unit: of its own hand, and about it."""
        found: Counter[str] = Counter()
        for spec in self._store.specs.values():
            if spec.kind in {KIND, UNIT}:
                continue
            for held in values_of(reader.connection, spec, [spec.unit_by] if spec.unit_by else []):
                about = held.values.get(spec.unit_by) if spec.unit_by else None
                found.update({held.owner, about if isinstance(about, str) else held.owner})
        return found

    def _values(self, draft: Draft) -> dict[str, Value]:
        values: dict[str, Value] = {
            "number": draft.number or None,
            "title": draft.title,
            "issuer": draft.issuer or None,
            "decided_on": draft.decided_on or None,
            "effective_on": draft.effective_on,
            "source": draft.source or None,
        }
        for step in draft.steps:
            line = self._records.new_id()[:16]
            given = {
                "old": step.old,
                "old_name": step.old_name,
                "new": step.new,
                "new_name": step.new_name,
                "part": True if step.part else None,
            }
            values.update({line_path(STEPS, line, name): value for name, value in given.items()})
        return {path: value for path, value in values.items() if value is not None}


def _in_force(record: Record) -> Iterator[Change]:
    if record.standing().reason is None:
        yield from changes_of(record)


def _decision(record: Record, own: str, owner: str) -> Decision:
    draft = _draft(record)
    return Decision(
        id=record.id,
        number=draft.number,
        title=draft.title,
        issuer=draft.issuer,
        decided_on=draft.decided_on,
        effective_on=draft.effective_on,
        source=draft.source,
        owner=owner,
        own=record.owner == own,
        void=record.standing().reason or "",
        steps=draft.steps,
    )


def _draft(record: Record) -> Draft:
    values = record.values()
    head = {
        name: str(values.get(name) or "")
        for name in ("number", "title", "issuer", "decided_on", "effective_on", "source")
    }
    steps = [
        Step(
            old=str(line.get("old") or ""),
            old_name=str(line.get("old_name") or ""),
            new=str(line.get("new") or ""),
            new_name=str(line.get("new_name") or ""),
            part=line.get("part") is True,
        )
        for line in lines_of(values, STEPS).values()
    ]
    order = sorted(steps, key=lambda step: (sort_key(step.new_name), sort_key(step.old_name)))
    return Draft(steps=tuple(order), **head)


def _look_over(draft: Draft) -> None:
    if not draft.steps:
        message = "Quyết định chưa có dòng nào. Thêm đơn vị trước và đơn vị sau."
        raise UserError("no_steps", message, "steps")
    if len(draft.steps) > MOST_STEPS:
        message = f"Một quyết định có nhiều nhất {show_integer(MOST_STEPS)} dòng. Tách làm hai."
        raise UserError("too_many_steps", message, "steps")
    for at, step in enumerate(draft.steps, 1):
        if not step.old or not (step.new or step.new_name.strip()):
            message = f"Dòng {at}: chọn đơn vị trước và đơn vị sau."
            raise UserError("unit_not_chosen", message, "steps")
    try:
        date.fromisoformat(draft.effective_on)
    except ValueError:
        message = "Ngày có hiệu lực phải đủ ngày, tháng, năm. Nhập lại ngày."
        raise UserError("day_not_whole", message, "effective_on") from None


def _with_ids(draft: Draft, made: Callable[[], str]) -> Draft:
    steps = (replace(one, new=one.new or f"{made()} {one.new_name}") for one in draft.steps)
    return replace(draft, steps=tuple(steps))


def _beginning(draft: Draft) -> list[Step]:
    return [step for step in draft.steps if not step.new]


def _changes(draft: Draft) -> Iterator[Change]:
    for step in draft.steps:
        yield Change(
            draft.effective_on, step.old, step.new, step.part, step.old_name, step.new_name
        )


def _warnings(draft: Draft, now: Succession, after: Succession) -> Iterator[str]:
    for old, name in dict.fromkeys((step.old, step.old_name) for step in draft.steps):
        before = now.heir(old)
        if before != old:
            yield f"“{name}” đã đổi theo một quyết định khác. Xem lại trước khi ghi."
        elif after.is_split(old):
            yield (
                f"“{name}” chia cho nhiều đơn vị: hồ sơ của từng khu dân cư đi theo dòng của khu "
                "dân cư đó, phần còn lại vẫn đứng tên đơn vị cũ."
            )


def _neighbourhood(name: str, parent: str, since: str) -> dict[str, Value]:
    return {
        "name": name.strip(),
        "unit_kind": NEIGHBOURHOOD,
        "parent": parent,
        "valid_from": since,
        "tt124": True,
    }


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _name(known: Mapping[str, KnownUnit], unit: str) -> str:
    return known[unit].name if unit in known else unit
