"""What is being edited, apart from any widget: values, texts not understood, lines, records below.

One `Sheet` is one record; a `Sheaf` is the record in front with the records that belong to it, and
becomes one action when it is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.checking import KnownCodes, check
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import REMOVED, RecordSpec, Value, Values, lines_of
from antq_desktop.domain.record import differing
from antq_desktop.services.records import Edit, after_edit, title_of
from antq_desktop.ui.screens.editor_twins import twin_faults
from antq_desktop.ui.widgets.reading import understand


class Sheet:
    """One record being edited.

    Attributes:
        spec: Its kind.
        id: Its id; known before the record exists.
        created: Whether saving makes it.
        now: The values as they stand in the editor; empty fields are left out.
        unread: Texts typed that cannot be understood as their field, by path.
        settled: Paths in conflict whose shown value was confirmed.
        fixed: Whether it may not be changed here.
    """

    def __init__(
        self, spec: RecordSpec, record_id: str, values: Values, *, created: bool = False
    ) -> None:
        self.spec = spec
        self.id = record_id
        self.created = created
        self.fixed = False
        self.now: dict[str, Value] = {p: v for p, v in values.items() if v is not None}
        self.unread: dict[str, str] = {}
        self.settled: set[str] = set()
        self._stored: dict[str, Value] = {} if created else dict(self.now)
        self._start = dict(self.now)
        self._removed: set[str] = set()
        self._added: dict[str, list[str]] = {}

    @property
    def dirty(self) -> bool:
        """Whether the officer has changed anything."""
        return bool(self.now != self._start or self.unread or self._removed or self.settled)

    @property
    def title(self) -> str:
        """What the record is called by what stands in the editor."""
        return title_of(self.spec, self.now)

    def set(self, path: str, value: Value) -> None:
        """Set a value; None empties the field."""
        self.unread.pop(path, None)
        if value is None:
            self.now.pop(path, None)
        else:
            self.now[path] = value

    def set_unread(self, path: str, text: str) -> None:
        """Keep a text that is not understood as the field."""
        self.unread[path] = text

    def settle(self, paths: Iterable[str]) -> None:
        """Confirm the shown values where others stand against them."""
        self.settled.update(paths)

    def line_ids(self, name: str, order_by: str = "") -> list[str]:
        """Return the ids of the lines of a small list, stored ones in order, new ones last."""
        lines = lines_of(self.now, name)
        new = self._added.get(name, [])
        stored = [one for one in lines if one not in new]

        def place(one: str) -> tuple[str, str]:
            return (str(lines[one].get(order_by) or "") if order_by else "", one)

        return [*sorted(stored, key=place), *new]

    def add_line(self, name: str, line_id: str) -> None:
        """Begin a line; it is saved when something stands in it."""
        self._removed.discard(f"{name}/{line_id}")
        self._added.setdefault(name, []).append(line_id)

    def remove_line(self, name: str, line_id: str) -> None:
        """Take a line out."""
        prefix = f"{name}/{line_id}"
        if line_id in self._added.get(name, []):
            self._added[name].remove(line_id)
        self.now = {p: v for p, v in self.now.items() if not p.startswith(prefix + "/")}
        self.unread = {p: v for p, v in self.unread.items() if not p.startswith(prefix + "/")}
        if any(path.startswith(prefix + "/") for path in self._stored):
            self._removed.add(prefix)

    def changes(self) -> dict[str, Value]:
        """Return what saving has to set."""
        found = {
            path: self.now.get(path)
            for path in differing(self._stored, self.now)
            if path.rpartition("/")[0] not in self._removed
        }
        found |= {f"{line}/{REMOVED}": True for line in sorted(self._removed)}
        return found | {path: self.now.get(path) for path in sorted(self.settled)}

    def edit(self) -> Edit | None:
        """Return the edit that saves the record; None where nothing is to be saved."""
        changes = self.changes()
        if not changes and not self.created:
            return None
        return Edit(self.spec.kind, self.id, changes, created=self.created)

    def saved(self, changes: Values) -> None:
        """Take note that these changes are stored now; what was typed since stays a change."""
        self._stored = after_edit(self._stored, changes)
        self._start = dict(self._stored)
        self.created = False
        self._removed.difference_update(
            path.removesuffix("/" + REMOVED) for path in changes if path.endswith(REMOVED)
        )
        self.settled.difference_update(changes)
        self._added = {name: list(ids) for name, ids in self._added.items() if ids}

    def rebase(self, values: Values) -> frozenset[str]:
        """Take up what is stored by now, keeping what was typed; return the paths that moved."""
        moved = [
            path
            for path in differing(self._stored, values)
            if self.now.get(path) == self._stored.get(path)
        ]
        self._stored = dict(values)
        self._start = dict(values)
        for path in moved:
            if path in values:
                self.now[path] = values[path]
            else:
                self.now.pop(path, None)
        return frozenset(moved)

    def faults(self, codes: KnownCodes, now: datetime) -> Iterator[Fault]:
        """Yield everything wrong with the record as it stands in the editor."""
        misread = set(self.unread)
        for path, text in self.unread.items():
            yield from misread_faults(self.spec, path, text, now)
        for fault in check(self.spec, self.now, codes, _day(now), now=f"{now:%Y-%m-%dT%H:%M}"):
            if fault.field not in misread:
                yield fault

    def to_json(self) -> dict[str, Json]:
        """Return what a draft of the record keeps."""
        return {
            "kind": self.spec.kind,
            "id": self.id,
            "created": self.created,
            "changes": {p: v for p, v in self.changes().items() if not p.endswith(REMOVED)},
            "unread": dict(self.unread),
            "removed": sorted(self._removed),
            "added": {name: list(ids) for name, ids in self._added.items()},
        }

    def take_up(self, draft: Mapping[str, Json]) -> None:
        """Bring back what a draft kept."""
        for line in _texts(draft.get("removed")):
            name, _, line_id = line.partition("/")
            self.remove_line(name, line_id)
        added = draft.get("added")
        for name, ids in added.items() if isinstance(added, Mapping) else ():
            self._added[name] = list(_texts(ids))
        changes = draft.get("changes")
        for path, value in changes.items() if isinstance(changes, Mapping) else ():
            if value is None or isinstance(value, str | int | bool):
                self.set(path, value)
        unread = draft.get("unread")
        for path, text in unread.items() if isinstance(unread, Mapping) else ():
            self.set_unread(path, str(text))


@dataclass
class Sheaf:
    """The record in front and the records that belong to it.

    Attributes:
        main: The record in front.
        children: The records below it, by kind, in the order shown.
        attached: The attachments of each of these records, by its id.
    """

    main: Sheet
    children: dict[str, list[Sheet]] = field(default_factory=dict)
    attached: dict[str, list[Sheet]] = field(default_factory=dict)

    def records(self) -> Iterator[Sheet]:
        """Yield the record in front and those below it."""
        yield self.main
        for sheets in self.children.values():
            yield from sheets

    def sheets(self) -> Iterator[Sheet]:
        """Yield all records, the one in front first, attachments last."""
        yield from self.records()
        for one in self.records():
            yield from self.attached.get(one.id, ())

    def attached_to(self, record_id: str) -> list[Sheet]:
        """Return the attachments of a record in the order shown."""

        def place(sheet: Sheet) -> tuple[int, str]:
            held = sheet.now.get("position")
            return (held if isinstance(held, int) else 0, sheet.id)

        return sorted(self.attached.get(record_id, []), key=place)

    @property
    def dirty(self) -> bool:
        """Whether anything was changed."""
        return any(sheet.dirty for sheet in self.sheets())

    def held(self) -> set[str]:
        """Return all texts that stand in the records, the chosen ones among them."""
        return {
            value
            for sheet in self.sheets()
            for value in sheet.now.values()
            if isinstance(value, str)
        }

    def edits(self) -> list[Edit]:
        """Return the edits that one save makes; a row begun and left empty is no record."""
        wanted = [
            sheet
            for sheet in self.sheets()
            if sheet is self.main or sheet.dirty or (sheet.created and self.attached.get(sheet.id))
        ]
        return [edit for sheet in wanted if (edit := sheet.edit()) is not None]

    def by_id(self, record_id: str) -> Sheet:
        """Return the sheet of a record; the one in front when no id is given."""
        return next((one for one in self.sheets() if one.id == record_id), self.main)

    def faults(
        self, codes: KnownCodes, now: datetime, *, changed_only: bool = True
    ) -> list[tuple[Sheet, Fault]]:
        """Return all faults with their records; records below count when they were changed."""
        found = [
            (sheet, fault)
            for sheet in self.sheets()
            if sheet is self.main or sheet.dirty or self.attached.get(sheet.id) or not changed_only
            for fault in sheet.faults(codes, now)
        ]
        return [*found, *twin_faults(self.children)]

    def to_json(self) -> dict[str, Json]:
        """Return what a draft keeps."""
        return {
            "main": self.main.to_json(),
            "children": [
                sheet.to_json()
                for sheets in self.children.values()
                for sheet in sheets
                if sheet.dirty
            ],
            "attached": [
                {"record": one.id, **sheet.to_json()}
                for one in self.records()
                for sheet in self.attached_to(one.id)
                if sheet.dirty
            ],
        }

    def take_up(self, draft: Mapping[str, Json], make: Callable[[str, str], Sheet | None]) -> None:
        """Bring back what a draft kept; `make` begins a record below by kind and id."""
        main = draft.get("main")
        if isinstance(main, Mapping):
            self.main.take_up(main)
        children = draft.get("children")
        for held in children if isinstance(children, list | tuple) else ():
            if not isinstance(held, Mapping):
                continue
            kind, record_id = str(held.get("kind")), str(held.get("id"))
            known = {one.id: one for one in self.children.get(kind, [])}
            sheet = known.get(record_id)
            if sheet is None and held.get("created"):
                sheet = make(kind, record_id)
            if sheet is not None:
                sheet.take_up(held)
        attached = draft.get("attached")
        for held in attached if isinstance(attached, list | tuple) else ():
            if isinstance(held, Mapping):
                self._take_up_attached(held, make)

    def _take_up_attached(
        self, held: Mapping[str, Json], make: Callable[[str, str], Sheet | None]
    ) -> None:
        parent, record_id = str(held.get("record")), str(held.get("id"))
        mine = self.attached.setdefault(parent, [])
        sheet = next((one for one in mine if one.id == record_id), None)
        if sheet is None and held.get("created"):
            sheet = make(str(held.get("kind")), record_id)
            if sheet is not None:
                mine.append(sheet)
        if sheet is not None:
            sheet.take_up(held)


def misread_faults(spec: RecordSpec, path: str, text: str, now: datetime) -> Iterator[Fault]:
    """Yield why a text cannot be understood as the field at a path."""
    try:
        understand(spec.at(path), text, now)
    except UserError as error:
        for fault in error.faults:
            yield Fault(fault.code, fault.message, path)


def _day(now: datetime) -> date:
    return now.date()


def _texts(held: Json) -> list[str]:
    return [str(one) for one in held] if isinstance(held, list | tuple) else []
