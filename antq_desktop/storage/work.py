"""One action of an officer: one transaction, one stamp, one entry of history, one change set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from antq_desktop.domain.changes import Change, Entry
from antq_desktop.domain.erasing import erased, held_words, is_erasable, marks
from antq_desktop.domain.fields import VOID, RecordSpec, Travels, Value
from antq_desktop.domain.merging import Stamp
from antq_desktop.domain.record import Record, amended, differing
from antq_desktop.domain.records.attachments import KIND as ATTACHMENT
from antq_desktop.domain.rights import require_area
from antq_desktop.storage import attachments, erasures, history, rewriting, settings
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.rows import columns_of, search_text, to_row
from antq_desktop.storage.schema import search_table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, MetaData

    from antq_desktop.domain.ids import RandomBytes

_NO_RECORD: Final = Change("", "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action did.

    Attributes:
        seq: Number of its entry of history.
        stamp: The stamp its saves carry.
        changes: What it changed, record by record.
        erased: Kind and id of the records that lost facts about people by it.
    """

    seq: int
    stamp: Stamp
    changes: tuple[Change, ...]
    erased: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Written:
    before: Record | None
    after: Record


class Work(Reader):
    """A writing transaction; everything in it becomes one entry of history when it is finished."""

    def __init__(
        self,
        connection: Connection,
        specs: Mapping[str, RecordSpec],
        tables: MetaData,
        *,
        officer: str,
        at: str,
        action: str,
        areas: frozenset[str],
        random_bytes: RandomBytes,
    ) -> None:
        super().__init__(connection, specs, tables)
        self._random_bytes = random_bytes
        self._areas = areas
        writer = settings.get(connection, settings.WRITER)
        counter = int(settings.get(connection, settings.COUNTER)) + 1
        self.stamp = Stamp(counter, writer)
        self._entry = Entry(0, at, officer, writer, counter, action)
        self._changes: list[Change] = []
        self._written: dict[tuple[str, str], _Written] = {}
        self._dropped: list[Record] = []
        self._erased: dict[tuple[str, str], None] = {}
        self._contents: set[str] = set()
        self._seen = counter
        self._outcome: Outcome | None = None
        self.after_commit: list[Callable[[], None]] = []

    @property
    def outcome(self) -> Outcome:
        """Return what the action did.

        Raises:
            RuntimeError: The action is not finished.
        """
        if self._outcome is None:
            raise RuntimeError("the action is not finished")
        return self._outcome

    def save(self, record: Record, changes: Mapping[str, Value], *, created: bool) -> Record:
        """Set these paths of a record under the stamp of this action and return it as saved.

        Raises:
            UserError: `area_not_allowed`.
        """
        spec = self._specs[record.kind]
        around = self._around(spec, record, changes)
        require_area(self._areas, around.area, around.label)
        before = {} if created else _touched(record)
        after = amended(
            record,
            spec,
            changes,
            stamp=self.stamp,
            officer=self._entry.officer,
            at=self._entry.at,
        )
        self._put(None if created else record, after)
        told = _touched(after)
        paths = list(differing(before, told))
        change = Change(
            kind=record.kind,
            record=record.id,
            before={path: before.get(path) for path in paths},
            after={path: told.get(path) for path in paths},
            created=created,
        )
        self._changes.append(_without_device_values(spec, change))
        return after

    def _around(self, spec: RecordSpec, record: Record, changes: Mapping[str, Value]) -> RecordSpec:
        """Return the kind whose area counts: for an attachment that of what it hangs on."""
        if spec.kind != ATTACHMENT or not self._areas:
            return spec
        to = str(changes.get(spec.parent) or record.values().get(spec.parent) or "")
        kind = next((kind for kind, one in self._written if one == to), None) or self.kind_of(to)
        return self._specs[kind] if kind else spec

    def take(self, before: Record | None, after: Record) -> None:
        """Put a record as a merge left it; its saves keep their own stamps."""
        old = {} if before is None else _touched(before)
        new = _touched(after)
        self._put(before, after)
        note = ""
        if before is None:
            if marks(after):
                self._erased[after.kind, after.id] = None
        elif marks(after) - marks(before):
            spec = self._specs[after.kind]
            self._forget(spec, before)
            old = {path: value for path, value in old.items() if not is_erasable(spec, path)}
            note = "Dữ liệu về người đã được xóa"
        paths = list(differing(old, new))
        self._changes.append(
            Change(
                kind=after.kind,
                record=after.id,
                before={path: old.get(path) for path in paths},
                after={path: new.get(path) for path in paths},
                created=before is None,
                note=note,
            )
        )

    def erase(self, record: Record, note: str, also: Mapping[str, Value] | None = None) -> Record:
        """Erase what the kind of a record declares, here and in history, and return the record.

        Args:
            record: The record.
            note: What history says instead of the values.
            also: What else the same save sets, such as a void.

        Raises:
            UserError: `area_not_allowed`.
        """
        spec = self._specs[record.kind]
        require_area(self._areas, spec.area, spec.label)
        after = erased(
            record,
            spec,
            stamp=self.stamp,
            officer=self._entry.officer,
            at=self._entry.at,
            also=also,
        )
        self._forget(spec, record)
        self._put(record, after)
        told = {path: value for path, value in (also or {}).items() if value is not None}
        self._changes.append(
            Change(record.kind, record.id, before=dict.fromkeys(told, None), after=told, note=note)
        )
        return after

    def _forget(self, spec: RecordSpec, before: Record) -> None:
        """Take what is erased of a record out of history, and its content out of the store."""
        erasures.scrub(self.connection, spec, before.id, held_words(before, spec))
        self._erased[spec.kind, before.id] = None
        if spec.kind == ATTACHMENT:
            self._contents.add(str(before.values().get("digest")))

    def drop(self, record: Record) -> None:
        """Take a record out of the store: the bundle that brought it is withdrawn.

        History keeps what it said. Only what nobody here has saved goes this way; for everything
        else there is `save` with the mark of a void.
        """
        old = _touched(record)
        self._dropped.append(record)
        self._changes.append(
            Change(record.kind, record.id, before=old, after=dict.fromkeys(old, None))
        )

    def has_seen(self, counter: int) -> None:
        """Remember a counter that came from elsewhere: the next save here goes beyond it."""
        self._seen = max(self._seen, counter)

    @property
    def seq(self) -> int:
        """Number that the entry of this action will have."""
        return history.head(self.connection).seq + 1

    def note(
        self, kind: str, record: str, note: str, facts: Mapping[str, Value] | None = None
    ) -> None:
        """Write to history that something was done which changed no value.

        Args:
            kind: Kind of the record that it concerns; empty for none.
            record: Its id, or another name by which it is found again.
            note: What was done, in words.
            facts: What a program has to know of it.
        """
        self._changes.append(Change(kind, record, after=facts or {}, note=note))

    def undoes(self, seq: int) -> None:
        """Say which entry this action takes back."""
        self._entry = replace(self._entry, undoes=seq)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of this store, within this action."""
        settings.put(self.connection, name, value)

    def _put(self, before: Record | None, after: Record) -> None:
        key = after.kind, after.id
        held = self._written.get(key)
        self._written[key] = _Written(held.before if held else before, after)

    def finish(self) -> None:
        """Write rows, search words, history and the counter; nothing is committed yet."""
        head = history.head(self.connection)
        by_kind: dict[str, list[_Written]] = {}
        for written in self._written.values():
            by_kind.setdefault(written.after.kind, []).append(written)
        for kind, items in by_kind.items():
            self._write(self._specs[kind], items, head.seq + 1)
        self._delete(self._dropped)
        changes = self._changes or [_NO_RECORD]
        if self._contents:
            still = attachments.in_force(self.connection, self._contents)
            attachments.drop(self.connection, self._contents - still)
        if self._erased:
            erasures.remember(self, self._erased)
            for kind, record in self._erased:
                after_erasure = self._written[kind, record].after
                erasures.scrub_own_state(self.connection, self._specs[kind], after_erasure)
        after = history.append(self.connection, self._entry, changes, self._random_bytes)
        settings.put(self.connection, settings.COUNTER, str(self._seen))
        changed, gone = tuple(self._changes), tuple(self._erased)
        self._outcome = Outcome(after.seq, self.stamp, changed, gone)

    def _write(self, spec: RecordSpec, items: Sequence[_Written], seq: int) -> None:
        new = [item for item in items if item.before is None]
        rows = [to_row(spec, item.after, seq) for item in new]
        texts = [search_text(spec, item.after) for item in new]
        self.insert_rows(spec, rows, texts)
        changed = [(item.before, item.after) for item in items if item.before is not None]
        self._update(spec, changed, seq)

    def insert_rows(
        self, spec: RecordSpec, rows: Sequence[tuple[object, ...]], texts: Iterable[str]
    ) -> None:
        """Write new rows (in the order of `columns_of`) and their search words, many at once."""
        if not rows:
            return
        largest_row = select(func.max(self.table(spec.kind).c.row))
        largest = self.connection.execute(largest_row).scalar_one() or 0
        numbered = [(largest + place, *row) for place, row in enumerate(rows, start=1)]
        statement = _insert_statement(spec.kind, columns_of(spec))
        self.connection.exec_driver_sql(statement, numbered)
        search = search_table_of(spec.kind)
        self.connection.exec_driver_sql(
            f"INSERT INTO {search}(rowid, text) VALUES (?, ?)",  # noqa: S608 - our own name
            [(largest + place, text) for place, text in enumerate(texts, start=1)],
        )

    def _delete(self, records: Iterable[Record]) -> None:
        for record in records:
            kind, search = record.kind, search_table_of(record.kind)
            row = self.rows_of(kind, [record.id])[record.id]
            self.connection.exec_driver_sql(
                f"INSERT INTO {search}({search}, rowid, text) VALUES ('delete', ?, ?)",  # noqa: S608
                (row, search_text(self._specs[kind], record)),
            )
            self.connection.exec_driver_sql(
                f'DELETE FROM {kind} WHERE "row" = ?',  # noqa: S608 - our own name
                (row,),
            )

    def _update(self, spec: RecordSpec, items: Sequence[tuple[Record, Record]], seq: int) -> None:
        """Write rows that were there, many at once, each as it was and as it is."""
        if not items:
            return
        numbers = rewriting.rewrite(
            self.connection, self.table(spec.kind), spec, [after for _, after in items], seq
        )
        texts = [
            (numbers[after.id], search_text(spec, before), search_text(spec, after))
            for before, after in items
        ]
        # by row number: the search index writes out what it gathered whenever a number is smaller
        found_otherwise = sorted(each for each in texts if each[1] != each[2])
        if not found_otherwise:
            return
        search = search_table_of(spec.kind)
        self.connection.exec_driver_sql(
            f"INSERT INTO {search}({search}, rowid, text) VALUES ('delete', ?, ?)",  # noqa: S608
            [(number, old) for number, old, _ in found_otherwise],
        )
        self.connection.exec_driver_sql(
            f"INSERT INTO {search}(rowid, text) VALUES (?, ?)",  # noqa: S608 - our own name
            [(number, new) for number, _, new in found_otherwise],
        )


# Rows are wide: SQLAlchemy takes longer to put this statement together than SQLite to run it, so it
# is put together once for a kind.
@cache
def _insert_statement(kind: str, columns: tuple[str, ...]) -> str:
    places = ", ".join("?" * (len(columns) + 1))
    return f'INSERT INTO {kind} ("row", {", ".join(columns)}) VALUES ({places})'  # noqa: S608


def _touched(record: Record) -> dict[str, Value]:
    reason = record.standing().reason
    return {**record.values(), VOID: reason} if reason is not None else record.values()


def _without_device_values(spec: RecordSpec, change: Change) -> Change:
    """What never leaves the device and is erased soon has no place in history either."""

    def kept(values: Mapping[str, Value]) -> dict[str, Value]:
        return {p: v for p, v in values.items() if not _stays_here(spec, p)}

    return replace(change, before=kept(change.before), after=kept(change.after))


def _stays_here(spec: RecordSpec, path: str) -> bool:
    try:
        return spec.at(path).travels is Travels.NEVER
    except KeyError:
        return False
