"""From what is stored to what is edited, and back to the newest state after a save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from antq_desktop.domain.copying import copied
from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.records import children_of, spec_of
from antq_desktop.domain.records.attachments import KIND as ATTACHMENT
from antq_desktop.services.attachments import next_position
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.editor_state import Sheaf, Sheet

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.services.attachments import Brought
    from antq_desktop.services.office import Office
    from antq_desktop.ui.screens.reading_pane_data import Loaded


def new_sheaf(office: Office, layout: Layout, values: dict[str, Value] | None = None) -> Sheaf:
    """Begin a record, with what a new one begins with and what a copy takes over."""
    spec = spec_of(layout.kind, office.lists.specs)
    begin = {**layout.defaults(office), **(values or {})}
    main = Sheet(spec, office.records.new_id(), begin, created=True)
    return Sheaf(main, {below.kind: [] for below in children_of(layout.kind, office.lists.specs)})


def new_child(
    office: Office,
    sheaf: Sheaf,
    kind: str,
    record_id: str = "",
    begin: Mapping[str, Value] | None = None,
) -> Sheet:
    """Begin a record that belongs to the one in front, and put it last."""
    spec = spec_of(kind, office.lists.specs)
    values = {**(begin or {}), spec.parent: sheaf.main.id}
    sheet = Sheet(spec, record_id or office.records.new_id(), values, created=True)
    sheaf.children.setdefault(kind, []).append(sheet)
    return sheet


def new_attached(office: Office, sheaf: Sheaf, to: Sheet, brought: Brought) -> Sheet:
    """Begin the attachment of a file that was brought in, and put it last."""
    others = sheaf.attached.setdefault(to.id, [])
    sheet = begun_attachment(office, office.records.new_id())
    for path, value in brought.values(to.id, next_position(one.now for one in others)).items():
        sheet.set(path, value)
    others.append(sheet)
    return sheet


def begun_attachment(office: Office, record_id: str) -> Sheet:
    """Begin an attachment of which nothing is known yet."""
    return Sheet(spec_of(ATTACHMENT, office.lists.specs), record_id, {}, created=True)


def sheaf_of(office: Office, layout: Layout, loaded: Loaded) -> Sheaf:
    """Return what is edited of a stored record."""
    shown = loaded.shown
    main = Sheet(shown.spec, shown.record.id, shown.values)
    main.fixed = loaded.locked
    sheaf = Sheaf(main)
    for kind in loaded.children:
        sheaf.children[kind] = [
            _child(office, record, locked=loaded.locked)
            for record in in_order(office, layout, kind, loaded.children[kind])
        ]
    for record_id, records in loaded.attached.items():
        sheaf.attached[record_id] = [
            _child(office, record, locked=loaded.locked) for record in records
        ]
    return sheaf


def in_order(office: Office, layout: Layout, kind: str, records: list[Record]) -> list[Record]:
    """Return records below in the order shown: by the office first where there is one."""
    part = next((part for part in layout.child_parts() if part.kind == kind), None)
    if part is None or not part.codes_first:
        return records
    spec = spec_of(kind, office.lists.specs).field(part.codes_first)
    ranks = {value.id: at for at, value in enumerate(office.codes[spec.codes].values)}

    def rank(record: Record) -> int:
        return ranks.get(str(record.values().get(spec.name)), len(ranks))

    return sorted(records, key=rank)


def rebase(
    office: Office, layout: Layout, sheaf: Sheaf, loaded: Loaded
) -> dict[str, frozenset[str]]:
    """Take up what is stored by now; return the paths that moved, by record."""
    moved = {sheaf.main.id: sheaf.main.rebase(loaded.shown.values)}
    sheaf.main.fixed = loaded.locked
    for kind, records in loaded.children.items():
        held = {sheet.id: sheet for sheet in sheaf.children.get(kind, [])}
        stored = in_order(office, layout, kind, records)
        there = {record.id for record in stored}
        for record in stored:
            if record.id in held:
                moved[record.id] = held[record.id].rebase(record.values())
                held[record.id].fixed = loaded.locked or record.owner != office.unit
        known = [
            held.get(record.id) or _child(office, record, locked=loaded.locked) for record in stored
        ]
        begun = [sheet for sheet in held.values() if sheet.id not in there and sheet.created]
        sheaf.children[kind] = [*known, *begun]
    for one in list(sheaf.records()):
        moved |= _rebase_attached(office, sheaf, loaded, one.id)
    return moved


def _rebase_attached(
    office: Office, sheaf: Sheaf, loaded: Loaded, record_id: str
) -> dict[str, frozenset[str]]:
    held = {sheet.id: sheet for sheet in sheaf.attached.get(record_id, [])}
    stored = {record.id: record for record in loaded.attached.get(record_id, ())}
    moved = {
        one: held[one].rebase(record.values()) for one, record in stored.items() if one in held
    }
    known = [
        held.get(one) or _child(office, record, locked=loaded.locked)
        for one, record in stored.items()
    ]
    begun = [sheet for one, sheet in held.items() if one not in stored and sheet.created]
    sheaf.attached[record_id] = [*known, *begun]
    return moved


def copied_values(office: Office, loaded: Loaded) -> dict[str, Value]:
    """Return what a copy takes over from a record."""
    return copied(loaded.shown.spec, loaded.shown.values, office.records.new_id)


def void_entry(office: Office, record_id: str) -> int | None:
    """Return the number of the action that took a record out of force; runs on a reader."""
    for line in reversed(office.lists.history_of(record_id)):
        if line.change.after.get(VOID):
            return line.entry.seq
    return None


def _child(office: Office, record: Record, *, locked: bool) -> Sheet:
    sheet = Sheet(spec_of(record.kind, office.lists.specs), record.id, record.values())
    sheet.fixed = locked or record.owner != office.unit
    return sheet
