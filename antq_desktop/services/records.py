"""Recording: add, change, void, undo. One action of the officer is one call of this service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from antq_desktop.domain.changes import Action, Change
from antq_desktop.domain.checking import check, lowered
from antq_desktop.domain.clock import VIETNAM, Clock
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.erasing import asked
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import REMOVED, VOID, RecordSpec, Value, Values
from antq_desktop.domain.ids import RandomBytes, new_record_id, new_record_ids
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.shown import show_title
from antq_desktop.domain.text import clean, opening
from antq_desktop.services.answering import faults_between_units, unknown_references
from antq_desktop.services.identities import cleaned_value, common_id
from antq_desktop.services.saying import saved_sentence, told_existing
from antq_desktop.services.undoing import changed_since, undoable, what_was
from antq_desktop.storage import settings
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store
from antq_desktop.storage.work import Work

LONGEST_REASON = 500

Step = Callable[[int, int], None]
"""Told how many records are done, of how many; may raise, and then nothing is saved."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What one action does to one record.

    Attributes:
        kind: Its kind.
        id: Its id; empty for a record that does not exist yet.
        changes: Value at each path to be set; None empties a field. A line goes by its mark
            `list/line id/_removed`.
        created: True when the record is made by this action under the id given.
    """

    kind: str
    id: str
    changes: Values
    created: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What was done, for the line at the bottom of the window.

    Attributes:
        sentence: One Vietnamese sentence.
        seq: Number of the entry of history, which undo takes; 0 when nothing had changed.
        ids: Ids of the records touched, in the order of the edits.
        remarks: What a report will still ask for; nothing that stopped the save.
    """

    sentence: str
    seq: int
    ids: tuple[str, ...]
    remarks: tuple[Fault, ...] = ()


BeforeSaving = Callable[[Work, Sequence[Edit]], None]
"""Asked in the transaction of a save, a void or an undo; may refuse it."""


class Records:
    """The officer's hand on the store."""

    def __init__(
        self,
        store: Store,
        codes: Codes,
        clock: Clock,
        random_bytes: RandomBytes,
        officer: str,
    ) -> None:
        self._store = store
        self._codes = codes
        self._clock = clock
        self._random_bytes = random_bytes
        self._officer = officer
        self.before_saving: BeforeSaving = lambda _work, _edits: None

    @property
    def specs(self) -> Mapping[str, RecordSpec]:
        """Return the kinds this store holds."""
        return self._store.specs

    def new_id(self) -> str:
        """Return an id for a record about to be made."""
        return new_record_id(self._random_bytes)

    def add(self, kind: str, values: Values) -> Saved:
        """Make one record.

        Raises:
            UserError: With all faults, each beside its field; nothing was saved.
        """
        return self.save((self.new_edit(kind, values),))

    def new_edit(self, kind: str, values: Values) -> Edit:
        """Return the edit that makes one record, under an id of its own."""
        spec = spec_of(kind, self.specs)
        record_id = common_id(spec, values) if spec.alike else self.new_id()
        return Edit(kind, record_id, values, created=True)

    def new_edits(self, kind: str, every: Sequence[Values]) -> list[Edit]:
        """Return the edits that make many records, their identities drawn at once."""
        spec = spec_of(kind, self.specs)
        if spec.alike:
            ids = [common_id(spec, values) for values in every]
        else:
            ids = new_record_ids(self._random_bytes, len(every))
        pairs = zip(ids, every, strict=True)
        return [Edit(kind, record_id, values, created=True) for record_id, values in pairs]

    def change(self, kind: str, record_id: str, changes: Values) -> Saved:
        """Set some fields of one record.

        Raises:
            UserError: With all faults, each beside its field; nothing was saved.
        """
        return self.save((Edit(kind, record_id, changes),))

    def save(self, edits: Sequence[Edit], step: Step | None = None) -> Saved:
        """Do all these edits as one action: all of them or none.

        Args:
            edits: What is to be done.
            step: Told how far it is; a record counts half when it is checked, whole when it is
                put. What it raises ends the action, and nothing was saved.

        Raises:
            UserError: `no_such_record`, `not_own_record`, `is_voided`, `unknown_reference`, or
                `invalid` with every fault of every edit; nothing was saved.
        """
        edits = _one_for_each([self._cleaned(edit) for edit in edits])
        created = any(edit.created for edit in edits)
        ids = tuple(edit.id for edit in edits)
        try:
            with self._store.writing(self._officer, Action.ADD if created else Action.SET) as work:
                remarks, title = self._save_in(work, edits, step)
        except _NothingToDoError:
            return Saved("Không có gì thay đổi nên không lưu.", 0, ids)
        return Saved(self._sentence(edits, title), work.outcome.seq, ids, remarks)

    def _save_in(
        self, work: Work, edits: Sequence[Edit], step: Step | None
    ) -> tuple[tuple[Fault, ...], str]:
        unit = work.setting(settings.UNIT)
        pairs = [(edit, self._record_for(work, edit, unit)) for edit in edits]
        pairs = [(edit, record) for edit, record in pairs if _does_something(edit, record)]
        if not pairs:
            raise _NothingToDoError
        known = {edit.id for edit in edits if edit.created}
        faults: list[Fault] = []
        for place, (edit, record) in enumerate(pairs):
            if step is not None:
                step(place // 2, len(pairs))
            found = self._faults(work, edit, record, known)
            faults.extend(found if len(edits) == 1 else _of(edit.id, found))
        _refuse(faults)
        self.before_saving(work, edits)
        for place, (edit, record) in enumerate(pairs):
            if step is not None:
                step((len(pairs) + place) // 2, len(pairs))
            work.save(record, edit.changes, created=edit.created)
        first, held = pairs[0]
        spec = spec_of(first.kind, self.specs)
        return tuple(faults), title_of(spec, after_edit(held.values(), first.changes))

    def void(self, kind: str, record_id: str, reason: str) -> Saved:
        """Take a record out of force for a reason; it stays visible and can come back.

        Raises:
            UserError: As `void_all` says.
        """
        return self.void_all(kind, (record_id,), reason)

    def void_all(self, kind: str, ids: Sequence[str], reason: str) -> Saved:
        """Take records of one kind out of force for one reason, all of them or none.

        Raises:
            UserError: `reason_missing`, `no_such_record`, `not_own_record`, `is_voided`.
        """
        reason = clean(reason, "Lý do hủy", long=True, field="reason").strip()
        if not reason or len(reason) > LONGEST_REASON:
            message = f"Ghi lý do hủy, nhiều nhất {LONGEST_REASON} chữ."
            raise UserError("reason_missing", message, "reason")
        spec = spec_of(kind, self.specs)
        wanted = tuple(dict.fromkeys(ids))
        edits = [Edit(kind, one, {VOID: reason}) for one in wanted]
        with self._store.writing(self._officer, Action.VOID) as work:
            unit = work.setting(settings.UNIT)
            held = [self._record_for(work, edit, unit) for edit in edits]
            self.before_saving(work, edits)
            for record in held:
                work.save(record, {VOID: reason}, created=False)
        title = title_of(spec, held[0].values())
        what = f"{spec.label} “{title}”" if len(held) == 1 else f"{len(held)} {spec.label}"
        return Saved(f"Đã hủy {what}.", work.outcome.seq, wanted)

    def undo(self, seq: int) -> Saved:
        """Take one action back, as a new action.

        Raises:
            UserError: `no_such_entry`, `nothing_to_undo`, `changed_since`.
        """
        with self._store.writing(self._officer, Action.UNDO) as work:
            changes = undoable(work.entry(seq), seq)
            work.undoes(seq)
            self.before_saving(work, [_edit_back(change) for change in changes])
            faults: list[Fault] = []
            for change in reversed(changes):
                found = self._take_back(work, change)
                faults.extend(found if len(changes) == 1 else _of(change.record, found))
            _refuse(faults)
        count = len(changes)
        sentence = "Đã hoàn tác." if count == 1 else f"Đã hoàn tác trên {count} hồ sơ."
        return Saved(sentence, work.outcome.seq, tuple(change.record for change in changes))

    def read_private(self, kind: str, record_id: str, screen: str) -> None:
        """Write to history that the private fields of a record were shown, once per screen."""
        with self._store.writing(self._officer, Action.READ_PRIVATE) as work:
            work.note(kind, record_id, screen)

    def _cleaned(self, edit: Edit) -> Edit:
        spec = spec_of(edit.kind, self.specs)
        cleaned = {path: cleaned_value(spec, path, v) for path, v in edit.changes.items()}
        if edit.created:
            cleaned = {path: value for path, value in cleaned.items() if value is not None}
        return Edit(edit.kind, edit.id, cleaned, edit.created)

    def _record_for(self, reader: Reader, edit: Edit, unit: str) -> Record:
        held = reader.record(edit.kind, edit.id)
        if edit.created:
            if held is not None:
                raise UserError("record_exists", told_existing(held))
            return Record(edit.kind, edit.id, unit)
        spec = spec_of(edit.kind, self.specs)
        if held is None:
            message = f"Không có {spec.label} mang mã {edit.id}. Tìm lại trong danh sách."
            raise UserError("no_such_record", message)
        if held.owner != unit:
            message = (
                f"{opening(spec.label)} này do đơn vị khác lập nên không sửa được ở đây. "
                "Gửi yêu cầu để đơn vị đó sửa."
            )
            raise UserError("not_own_record", message)
        if held.standing().reason is not None and not _takes_back_a_void(edit):
            message = f"{opening(spec.label)} này đã hủy. Hoàn tác việc hủy rồi sửa."
            raise UserError("is_voided", message)
        return held

    def _faults(
        self, reader: Reader, edit: Edit, record: Record, known: set[str]
    ) -> Iterator[Fault]:
        spec = spec_of(edit.kind, self.specs)
        values = after_edit(record.values(), edit.changes)
        found = self._checked(spec, values, record)
        if not edit.created:
            found += _changed_identity(spec, record, edit)
        yield from found
        told = {fault.field for fault in found}
        references = unknown_references(reader, spec, edit, known)
        yield from (fault for fault in references if fault.field not in told)
        if spec.owned_by:
            yield from faults_between_units(reader, spec, values, record.owner)

    def _take_back(self, work: Work, change: Change) -> list[Fault]:
        """Set back what an action set; what the record would then break is returned."""
        record = work.record(change.kind, change.record)
        spec = spec_of(change.kind, self.specs)
        if record is None or change.erased:
            message = "Nội dung cũ đã được xóa theo thời hạn lưu trữ nên không hoàn tác được."
            raise UserError("erased", message)
        if changed_since(record, change):
            title = title_of(spec, record.values())
            message = (
                f"{opening(spec.label)} “{title}” đã được sửa sau lần đó. "
                "Mở hồ sơ và sửa lại từng mục."
            )
            raise UserError("changed_since", message)
        if change.created:
            work.save(record, {VOID: "Hoàn tác việc thêm mới"}, created=False)
            return []
        after = work.save(record, what_was(change.before, record.values()), created=False)
        if VOID in change.before:
            return []
        return self._checked(spec, after.values(), after)

    def _checked(self, spec: RecordSpec, values: Values, record: Record) -> list[Fault]:
        now = self._clock.now().astimezone(VIETNAM)
        found = check(spec, values, self._codes, now.date(), now=f"{now:%Y-%m-%dT%H:%M}")
        return list(asked(found, record))

    def _sentence(self, edits: Sequence[Edit], title: str) -> str:
        first, *others = edits
        spec = spec_of(first.kind, self.specs)
        kinds = [edit.kind for edit in others]
        return saved_sentence(spec, title, kinds, created=first.created)


def _edit_back(change: Change) -> Edit:
    """Return what an undo does to one record."""
    gone: dict[str, Value] = {VOID: ""}
    return Edit(change.kind, change.record, gone if change.created else change.before)


class _NothingToDoError(Exception):
    """Raised inside the transaction so that an action that changes nothing leaves no trace."""


def after_edit(values: Values, changes: Values) -> dict[str, Value]:
    """Return the values as they will be shown once these changes are saved."""
    merged = {**values, **changes}
    gone = {p.removesuffix(REMOVED) for p, v in changes.items() if p.endswith("/" + REMOVED) and v}
    return {
        path: value
        for path, value in merged.items()
        if value is not None
        and path != VOID
        and not path.endswith("/" + REMOVED)
        and not any(path.startswith(prefix) for prefix in gone)
    }


def title_of(spec: RecordSpec, values: Values) -> str:
    """Return what a record is called in a sentence."""
    return show_title(spec, values)


def _does_something(edit: Edit, record: Record) -> bool:
    """Tell whether an edit changes a value, or chooses between values that stand together."""
    if edit.created or _takes_back_a_void(edit):
        return True
    values = record.values()
    undecided = {*record.conflicts(), *(f"{line}/{REMOVED}" for line in record.line_marks())}
    return any(
        values.get(path) != value
        or path in undecided
        or (path.endswith("/" + REMOVED) and bool(value))
        for path, value in edit.changes.items()
    )


def _takes_back_a_void(edit: Edit) -> bool:
    """Tell whether an edit puts a record back in force; only a service asks for that."""
    return VOID in edit.changes and edit.changes[VOID] is None


def _one_for_each(edits: Sequence[Edit]) -> list[Edit]:
    """Return one edit for each record: one action leaves one save on it, the later value stands."""
    found: dict[tuple[str, str], Edit] = {}
    for edit in edits:
        held = found.get((edit.kind, edit.id))
        if held is not None:
            changes = {**held.changes, **edit.changes}
            edit = replace(held, changes=changes)  # noqa: PLW2901 - the two become one
        found[edit.kind, edit.id] = edit
    return list(found.values())


def _changed_identity(spec: RecordSpec, record: Record, edit: Edit) -> list[Fault]:
    """Refuse another value where the identity of a record is worked out from it."""
    held = record.values()
    return [
        Fault(
            "identity_is_fixed",
            f"Không đổi được {lowered(spec.field(name).label)} của hồ sơ đã lập. "
            "Hủy hồ sơ này rồi lập hồ sơ mới.",
            name,
        )
        for name in spec.alike
        if name in edit.changes and edit.changes[name] != held.get(name)
    ]


def _of(record: str, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Name the record that faults belong to, where one action touches several."""
    return (replace(fault, record=record) for fault in faults)


def _refuse(faults: Sequence[Fault]) -> None:
    refusals = [fault for fault in faults if not fault.warning]
    if not refusals:
        return
    if len(refusals) == 1:
        only = refusals[0]
        raise UserError(only.code, only.message, only.field, faults)
    message = f"Chưa lưu: còn {len(refusals)} mục cần sửa. Xem lời nhắc bên cạnh từng mục."
    raise UserError("invalid", message, refusals[0].field, faults)
