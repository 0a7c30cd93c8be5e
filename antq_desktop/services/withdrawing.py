"""Taking a merged bundle back: three heaps shown first, then one transaction; nothing is silent.

The bundle goes back to where it waited and can be merged again. What the receiver states that it
holds moves back with the next return bundle, so that the sender sends again what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.carried import NotARecordError, from_line
from antq_desktop.domain.changes import Action
from antq_desktop.domain.erasing import marks
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import FieldKind, RecordSpec
from antq_desktop.domain.withdrawing import (
    BEFORE_UNKNOWN,
    BUNDLE_LOST,
    ERASED,
    REASONS,
    Fate,
    Standing,
    Undone,
    Withdrawal,
    withdrawal,
)
from antq_desktop.services.records import title_of
from antq_desktop.storage import exchange, own_states
from antq_desktop.storage.exchange import MERGED, WITHDRAWN, ReceivedRow, verdicts_of
from antq_desktop.storage.schema import VOIDED, column_of

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.services.gatehouse import Gatehouse
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.shelf import Shelf
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Work

KINDS: Final = (str(BundleKind.UP), str(BundleKind.SIBLINGS))
_BROUGHT: Final = frozenset(
    {Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.VOIDED, Outcome.CONFLICT}
)
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BackHeap:
    """The records of a withdrawal that meet the same fate for the same reason.

    Attributes:
        fate: Which fate.
        label: What an officer calls it, with the reason.
        names: Kind and title of each.
    """

    fate: Fate
    label: str
    names: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many records."""
        return len(self.names)


@dataclass(frozen=True, slots=True)
class WithdrawalPreview:
    """What taking a bundle back would do, as it is shown and as it is done.

    Attributes:
        row: The bundle.
        undoing: What it would do.
        seen: Number of the last entry of history when it was worked out.
    """

    row: ReceivedRow
    undoing: Withdrawal
    seen: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking a bundle back did."""

    row: ReceivedRow
    undoing: Withdrawal
    sentence: str


class ChangedMeanwhileError(Exception):
    """The store changed between preview and withdrawal; what it would do now is to be shown.

    Attributes:
        preview: What it would do now.
    """

    def __init__(self, preview: WithdrawalPreview) -> None:
        super().__init__("the withdrawal is no longer the one that was shown")
        self.preview = preview


class Withdrawing:
    """Takes merged bundles of one profile back."""

    def __init__(self, store: Store, gate: Gatehouse, shelf: Shelf, hand: Hand) -> None:
        self._store = store
        self._gate = gate
        self._shelf = shelf
        self._hand = hand

    def preview(self, sha256: str) -> WithdrawalPreview:
        """Work out what taking a merged bundle back would do; nothing is written.

        Args:
            sha256: Digest of its file, or its identity, or the beginning of either.

        Raises:
            UserError: `no_such_bundle`, `not_merged`, `answer_stays`.
            EnvironmentFault: What the machine denies.
        """
        with self._store.reading() as reader:
            row = _row(reader, sha256)
            return WithdrawalPreview(row, self._worked_out(reader, row), reader.last_entry())

    def heaps(self, preview: WithdrawalPreview) -> list[BackHeap]:
        """Return the heaps that are not empty, with names and reasons."""
        found: dict[tuple[Fate, str], list[str]] = {}
        for item in preview.undoing.items:
            found.setdefault((item.fate, item.code), []).append(_name(self._store.specs, item))
        order = list(Fate)
        return [
            BackHeap(fate, f"{fate.label}: {REASONS[code]}" if code else fate.label, tuple(names))
            for (fate, code), names in sorted(
                found.items(), key=lambda one: (order.index(one[0][0]), one[0][1])
            )
        ]

    def withdraw(self, shown: WithdrawalPreview) -> TakenBack:
        """Do what was shown, in one transaction.

        Raises:
            ChangedMeanwhileError: The store changed; nothing was done, what it would do is inside.
            UserError: `not_merged`.
            EnvironmentFault: What the machine denies; nothing was done.
        """
        with self._store.writing(self._hand.officer, Action.WITHDRAW) as work:
            undoing = shown.undoing
            if work.last_entry() != shown.seen:
                row = _row(work, shown.row.sha256)
                undoing = self._worked_out(work, row)
                if undoing.digest != shown.undoing.digest:
                    raise ChangedMeanwhileError(WithdrawalPreview(row, undoing, work.last_entry()))
            row = self.apply(work, shown.row, undoing)
        return TakenBack(row, undoing, sentence_of(row, undoing))

    def apply(self, work: Work, row: ReceivedRow, undoing: Withdrawal) -> ReceivedRow:
        """Write a withdrawal inside an action that is already open."""
        for item in undoing.heap(Fate.REVERSED):
            if item.before is not None and item.after is not None:
                work.take(item.before, item.after)
            elif item.before is not None:
                work.drop(item.before)
        if row.entry is not None:
            work.undoes(row.entry)
        copies = exchange.select(
            work.connection, ReceivedRow, "WHERE digest = ? AND state = ?", (row.digest, MERGED)
        )
        for copy in copies:
            exchange.put(work.connection, replace(copy, state=WITHDRAWN, entry=work.seq))
        work.note("", "", sentence_of(row, undoing))
        return replace(row, state=WITHDRAWN, entry=work.seq)

    def withdraw_in(self, work: Work, sha256: str) -> TakenBack:
        """Take a bundle back inside an action that is already open, as a revocation does.

        Raises:
            UserError: `no_such_bundle`, `not_merged`.
        """
        row = _row(work, sha256)
        undoing = self._worked_out(work, row)
        return TakenBack(self.apply(work, row, undoing), undoing, sentence_of(row, undoing))

    def _worked_out(self, reader: Reader, row: ReceivedRow) -> Withdrawal:
        asked = [
            (verdict.kind, verdict.record)
            for verdict in verdicts_of(reader.connection, row)
            if verdict.outcome in _BROUGHT and verdict.kind in reader.specs
        ]
        others, lost = self._others(reader, row, frozenset(asked))
        return withdrawal(_standings(reader, row, asked, others, lost))

    def _others(
        self, reader: Reader, row: ReceivedRow, asked: frozenset[_Key]
    ) -> tuple[dict[_Key, list[Record]], set[_Key]]:
        """Return what each other bundle in force says of the records, and which cannot be told."""
        found: dict[_Key, list[Record]] = {}
        lost: set[_Key] = set()
        for other in _in_force(reader, row):
            wanted = asked & {
                (verdict.kind, verdict.record)
                for verdict in verdicts_of(reader.connection, other)
                if verdict.outcome in _BROUGHT
            }
            if not wanted:
                continue
            told = self._records_in(other, wanted)
            for record in told:
                found.setdefault((record.kind, record.id), []).append(record)
            lost |= wanted - {(record.kind, record.id) for record in told}
        return found, lost

    def _records_in(self, row: ReceivedRow, wanted: frozenset[_Key] | set[_Key]) -> list[Record]:
        """Return records out of a kept bundle; none when it can no longer be read."""
        kinds = {kind for kind, _id in wanted}
        try:
            with self._gate.opened_again(self._shelf.path(row.sha256), row) as opened:
                if not opened.verdict.mergeable or opened.identity != row.digest:
                    return []
                return [
                    from_line(kind, line.value)
                    for kind, lines in opened.records()
                    if kind in kinds
                    for line in lines
                    if (kind, str(line.value.get("id"))) in wanted
                ]
        except (EnvironmentFault, NotARecordError):
            return []


def _row(reader: Reader, named: str) -> ReceivedRow:
    rows = exchange.select(
        reader.connection,
        ReceivedRow,
        "WHERE substr(sha256, 1, ?) = ? OR substr(digest, 1, ?) = ?",
        (len(named), named, len(named), named),
    )
    merged = [row for row in rows if row.state == MERGED]
    if not rows or not named or len({row.digest for row in rows}) > 1:
        raise UserError("no_such_bundle", "Không có gói này trong sổ nhận. Xem lại danh sách gói.")
    if not merged:
        message = "Gói này chưa nhập hoặc đã rút lại nên không có gì để rút."
        raise UserError("not_merged", message)
    if merged[0].kind not in KINDS:
        message = (
            "Gói trả về đã chuyển sổ giao nhận và không rút lại được. Phiếu xác nhận mới của đơn vị"
            " tổng hợp sẽ thay phiếu này."
        )
        raise UserError("answer_stays", message)
    return merged[0]


def _in_force(reader: Reader, row: ReceivedRow) -> Iterator[ReceivedRow]:
    """Yield the other bundles that may hold records of the sender: its own, and answers to us."""
    rows = exchange.select(
        reader.connection,
        ReceivedRow,
        "WHERE (sender = ? AND kind IN (?, ?) OR kind = ?) AND state = ? AND digest <> ?"
        " ORDER BY entry, sha256",
        (row.sender, *KINDS, str(BundleKind.RETURN), MERGED, row.digest),
    )
    yield from {other.digest: other for other in reversed(rows)}.values()


def _standings(
    reader: Reader,
    row: ReceivedRow,
    asked: Sequence[_Key],
    others: Mapping[_Key, Sequence[Record]],
    lost: set[_Key],
) -> Iterator[tuple[str, str, Standing]]:
    by_kind: dict[str, list[str]] = {}
    for kind, id_ in asked:
        by_kind.setdefault(kind, []).append(id_)
    for kind, ids in by_kind.items():
        held = reader.records(kind, ids)
        own = own_states.remembered(reader.connection, kind, ids)
        saves = own_states.last_saves(reader.connection, ids)
        alone = [id_ for id_ in ids if id_ not in own and (kind, id_) not in others]
        referred = _referred_to(reader, kind, alone)
        for id_ in ids:
            saved = saves.get(id_, 0)
            unknown = BUNDLE_LOST if (kind, id_) in lost else ""
            if saved and id_ not in own:
                unknown = BEFORE_UNKNOWN
            if id_ in held and marks(held[id_]):
                unknown = ERASED  # without it an older bundle could bring the values back
            yield (
                kind,
                id_,
                Standing(
                    held=held.get(id_),
                    own=own.get(id_),
                    others=tuple(others.get((kind, id_), ())),
                    saved_since=saved > (row.entry or 0),
                    referred_to=id_ in referred,
                    unknown=unknown,
                ),
            )


def _referred_to(reader: Reader, kind: str, ids: Sequence[str]) -> set[str]:
    """Return which records a record that was saved here, and is in force, refers to."""
    wanted = set(ids)
    if not wanted:
        return set()
    pairs: list[tuple[str, str]] = []
    for spec in reader.specs.values():
        for name in _references(spec, kind):
            statement = (
                f"SELECT {column_of(name)}, id FROM {spec.kind}"  # noqa: S608 - our own names
                f" WHERE {column_of(name)} IS NOT NULL AND standing < ?"
            )
            with closing(reader.connection.exec_driver_sql(statement, (VOIDED,))) as rows:
                pairs += [(str(to), str(by)) for to, by in rows if to in wanted]
    saved = own_states.last_saves(reader.connection, [by for _to, by in pairs])
    return {to for to, by in pairs if by in saved}


def _references(spec: RecordSpec, kind: str) -> Iterable[str]:
    return (
        field.name
        for field in spec.fields
        if field.kind is FieldKind.REFERENCE and kind in field.refers_to
    )


def _name(specs: Mapping[str, RecordSpec], item: Undone) -> str:
    spec = specs[item.kind]
    values = dict(item.before.values()) if item.before else {}
    return f"{spec.label} “{title_of(spec, values) or item.id[:8]}”"


def sentence_of(row: ReceivedRow, undoing: Withdrawal) -> str:
    """Say what taking a bundle back does."""
    totals = undoing.totals
    told = [f"{totals[fate]} hồ sơ {fate.label}" for fate in Fate if totals.get(fate)]
    what = ", ".join(told) if told else "không có hồ sơ"
    return f"Rút lại gói số {row.number} của {row.sender_name}: {what}."
