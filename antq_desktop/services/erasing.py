"""Erasing facts about people when their time is over: what is due, the act, and what follows it.

The leader looks at the list, gives a reason, and erases; the program only reminds. Siblings and
the receiver get the erasure with their next bundle. What follows any erasure, ours or one that a
bundle brought, is done by `Following`: drafts and kept bundles that hold the values go, and the
list that a restored backup takes in is written anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.checking import lowered
from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.erasing import is_erasable, told_elsewhere
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import RecordSpec, Travels
from antq_desktop.domain.keeping import LEAST_MONTHS, MOST_MONTHS, months_before
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.rights import Operation, require
from antq_desktop.domain.shown import show_integer, show_title
from antq_desktop.domain.thinning import leaves_on
from antq_desktop.files import remove_if_present
from antq_desktop.services.attachments import erase_in
from antq_desktop.services.reviewing import Reviewing, kept_longer, reason_of
from antq_desktop.storage import attachments, backups, erasures, exchange, officers, settings
from antq_desktop.storage.exchange import MERGED, ReceivedRow, SentRow
from antq_desktop.storage.schema import column_of

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.services.drafts import Drafts
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.privacy import Privacy
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Outcome

_MONTHS: Final = "keeping:"
_BACKUPS: Final = "backups"
_BUNDLES: Final = "bundles"


@dataclass(frozen=True, slots=True)
class Term:
    """How long facts about people of one kind are kept here.

    Attributes:
        kind: The kind.
        plural: What its list is called.
        erased: Labels of what is erased.
        months: After how many months.
        usual: After how many where the leader has decided nothing else.
        after: What they count from, as a label.
        files: Whether attachments go along.
    """

    kind: str
    plural: str
    erased: tuple[str, ...]
    months: int
    usual: int
    after: str
    files: bool


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record whose time is over.

    Attributes:
        kind: Its kind.
        id: Its identity.
        title: What it is called.
        files: How many attachments go along.
        repeated: Labels of other texts that repeat what would be erased; they stay.
    """

    kind: str
    id: str
    title: str
    files: int = 0
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldingBackup:
    """A backup that still holds what was erased, and the day on which it is thinned out."""

    name: str
    place: Path
    until: date


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        sentence: One Vietnamese sentence.
        seq: Number of its entry of history.
        records: How many records lost facts about people.
        files: How many attachments went.
        backups: The backups that still hold it.
    """

    sentence: str
    seq: int
    records: int
    files: int
    backups: tuple[HoldingBackup, ...]


class Erasing:
    """Erases what has been kept long enough."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._hand = hand

    @property
    def privacy(self) -> Privacy:
        """What is kept of people, as a page and a paper tell it."""
        from antq_desktop.services.privacy import Privacy

        return Privacy(self._store, self._hand, self)

    @property
    def reviewing(self) -> Reviewing:
        """The yearly review of what is due."""
        return Reviewing(self._store, self._hand)

    def terms(self) -> list[Term]:
        """Return how long facts about people are kept, kind by kind."""
        with self._store.reading() as reader:
            return [self._term(reader, spec) for spec in _with_a_term(self._store.specs.values())]

    def due(self) -> list[DueRecord]:
        """Return the own records whose time is over and that still hold something, by kind."""
        with self._store.reading() as reader:
            return [
                found
                for spec in _with_a_term(self._store.specs.values())
                for found in self._due(reader, spec)
            ]

    def due_count(self) -> int:
        """Return how many records are due; quicker than naming them."""
        with self._store.reading() as reader:
            specs = _with_a_term(self._store.specs.values())
            return sum(len(self._due_ids(reader, spec)) for spec in specs)

    def erase(self, chosen: Sequence[tuple[str, str]], reason: str) -> Erased:
        """Erase what these records hold of people, due or not, for a reason.

        Raises:
            UserError: `not_allowed`, `reason_missing`, `text_too_long`, `nothing_to_erase`.
            EnvironmentFault: The machine denied it; nothing was erased.
        """
        reason = reason_of(reason)
        with self._store.writing(self._hand.officer, Action.ERASE) as work:
            held = [
                record
                for kind, record_id in dict.fromkeys(chosen)
                if (record := work.record(kind, record_id)) is not None
                and record.owner == work.setting(settings.UNIT)
                and self._store.specs[kind].keeping is not None
            ]
            if not held:
                raise UserError("nothing_to_erase", "Chưa chọn hồ sơ nào để xóa dữ liệu về người.")
            for record in held:
                work.erase(record, _what(self._store.specs[record.kind], record))
            files = erase_in(work, [record.id for record in held if self._takes_files(record)])
            replaced = self._scrub_replaced(work)
            work.note("", "", f"Xóa dữ liệu về người của {len(held)} hồ sơ. Lý do: {reason}")
        sentence = f"Đã xóa dữ liệu về người của {show_integer(len(held))} hồ sơ"
        if files:
            sentence += f", {show_integer(files)} tệp đính kèm"
        if replaced:
            sentence += f", {show_integer(replaced)} lần sửa cũ trong nhật ký"
        seq = work.outcome.seq
        return Erased(f"{sentence}.", seq, len(held), files, self.backups_before(seq))

    def set_months(self, kind: str, months: int, reason: str) -> str:
        """Change how long a kind's facts about people are kept; return one sentence.

        Raises:
            UserError: `not_allowed`, `reason_missing`, `text_too_long`, `months_out_of_bounds`.
            EnvironmentFault: The machine denied it.
        """
        spec = spec_of(kind, self._store.specs)
        if not LEAST_MONTHS <= months <= MOST_MONTHS:
            message = f"Số tháng lưu từ {LEAST_MONTHS} đến {MOST_MONTHS}. Nhập lại."
            raise UserError("months_out_of_bounds", message, "months")
        reason = reason_of(reason)
        with self._store.writing(self._hand.officer, Action.SETTINGS) as work:
            officer = officers.named(work.connection, self._hand.officer)
            require(officer.roles if officer else (), Operation.ERASE)
            before = _months(work, spec)
            work.set_setting(_MONTHS + kind, str(months))
            told = f"Thời hạn lưu dữ liệu về người của {spec.label}: {before} → {months} tháng"
            work.note("", "", f"{told}. Lý do: {reason}")
        return f"Đã đổi thời hạn lưu dữ liệu về người của {spec.label} thành {months} tháng."

    def backups_before(self, seq: int) -> tuple[HoldingBackup, ...]:
        """Return the backups made before an entry of history, with the day each is thinned out."""
        today = self._today()
        place = self._store.setting(settings.BACKUP_PLACE, "")
        found: list[HoldingBackup] = []
        for folder in (self._store.folder / _BACKUPS, Path(place) if place else None):
            if folder is None or not folder.is_dir():
                continue
            with suppress(EnvironmentFault):
                there = backups.backups_in(folder)
                found += [
                    HoldingBackup(one.name, folder, leaves_on(there, one.name, today))
                    for one in there
                    if one.entry < seq
                ]
        return tuple(found)

    def _term(self, reader: Reader, spec: RecordSpec) -> Term:
        keeping = spec.keeping
        assert keeping is not None  # noqa: S101 - the caller asks only for those
        dated = spec
        if keeping.through:
            dated = self._store.specs[spec.field(keeping.through).refers_to[0]]
        label = dated.field(keeping.after).label
        return Term(
            kind=spec.kind,
            plural=spec.plural,
            erased=tuple(_labels(spec)),
            months=_months(reader, spec),
            usual=keeping.months,
            after=f"{label} ({dated.label})" if keeping.through else label,
            files=keeping.files,
        )

    def _due(self, reader: Reader, spec: RecordSpec) -> Iterator[DueRecord]:
        ids = self._due_ids(reader, spec)
        held = reader.records(spec.kind, ids)
        files = self._files(reader)
        for one in ids:
            record = held[one]
            title = show_title(spec, record.values()) or f"{spec.label} {one[:8]}"
            paths = dict.fromkeys(told_elsewhere(record, spec))
            labels = tuple(dict.fromkeys(spec.at(path).label for path in paths))
            yield DueRecord(spec.kind, one, title, files[one], labels)

    def _due_ids(self, reader: Reader, spec: RecordSpec) -> list[str]:
        longer = kept_longer(reader, self._today())
        return [one for one in self._over(reader, spec) if one not in longer]

    def _over(self, reader: Reader, spec: RecordSpec) -> list[str]:
        keeping = spec.keeping
        assert keeping is not None  # noqa: S101 - the caller asks only for those
        last = months_before(self._today(), _months(reader, spec)).isoformat()
        if keeping.through:
            parent = self._store.specs[spec.field(keeping.through).refers_to[0]]
            over = erasures.ended(reader, parent, keeping.after, last)
            return erasures.holding(reader, spec, over, column_of(keeping.through))
        over = erasures.ended(reader, spec, keeping.after, last)
        found = erasures.holding(reader, spec, over)
        if keeping.files:
            own = self._files(reader)
            found += sorted((set(over) & own.keys()) - set(found))
        return found

    def _files(self, reader: Reader) -> Counter[str]:
        own = attachments.uses(reader.connection, reader.setting(settings.UNIT))
        return Counter(use.record for use in own)

    def _takes_files(self, record: Record) -> bool:
        keeping = self._store.specs[record.kind].keeping
        return keeping is not None and keeping.files

    def _scrub_replaced(self, work: Reader) -> int:
        """Let names that were replaced long ago, such as of former heads, leave history too."""
        return sum(
            erasures.scrub_replaced(
                work.connection,
                spec,
                months_before(self._today(), _months(work, spec)).isoformat(),
            )
            for spec in _with_a_term(self._store.specs.values())
        )

    def _today(self) -> date:
        return self._hand.clock.now().astimezone(VIETNAM).date()


class Following:
    """Does what follows an erasure outside of the store, whoever erased."""

    def __init__(self, store: Store, drafts: Drafts) -> None:
        self._store = store
        self._drafts = drafts

    def __call__(self, outcome: Outcome) -> None:
        """Hear what an action did; what the machine denies now is done at the next opening."""
        if outcome.erased:
            with suppress(EnvironmentFault):
                self._drafts.forget({record for _kind, record in outcome.erased})
            self._drop_bundles({kind for kind, _record in outcome.erased}, outcome.seq)
            write_lists(self._store)

    def _drop_bundles(self, kinds: set[str], seq: int) -> None:
        """Let sealed bundles go that hold what was erased; the register keeps their lines."""
        upward = any(_travels_up(self._store.specs[kind]) for kind in kinds)
        wanted = {str(BundleKind.SIBLINGS), *((str(BundleKind.UP),) if upward else ())}
        with self._store.reading() as reader:
            sent = exchange.select(reader.connection, SentRow, "WHERE covers < ?", (seq,))
            came = exchange.select(
                reader.connection, ReceivedRow, "WHERE state = ? AND entry <= ?", (MERGED, seq)
            )
        folder = self._store.folder / _BUNDLES
        gone = [folder / "sent" / row.file for row in sent if row.kind in wanted]
        gone += [folder / "received" / f"{row.sha256}.antq" for row in came if row.kind in wanted]
        for path in gone:
            with suppress(EnvironmentFault):
                remove_if_present(path)


def write_lists(store: Store) -> None:
    """Write the list of what is erased beside the store and its backups, where there are any."""
    name = erasures.name_beside_backups(store)
    place = store.setting(settings.BACKUP_PLACE, "")
    paths = [store.folder / erasures.FILE]
    paths += [Path(place) / name] if place and Path(place).is_dir() else []
    for path in paths:
        with suppress(EnvironmentFault):
            erasures.write_list(store, path)


def _with_a_term(specs: Iterable[RecordSpec]) -> Iterator[RecordSpec]:
    return (spec for spec in specs if spec.keeping is not None and spec.keeping.months)


def _months(reader: Reader, spec: RecordSpec) -> int:
    usual = spec.keeping.months if spec.keeping else 0
    return int(reader.setting(_MONTHS + spec.kind, str(usual)))


def _labels(spec: RecordSpec) -> Iterator[str]:
    for name in spec.keeping.erases if spec.keeping else ():
        listed, _, field = name.partition("/")
        yield spec.line(listed).field(field).label if field else spec.field(name).label


def _what(spec: RecordSpec, record: Record) -> str:
    """Return which fields of a record are erased, without what stood in them."""
    paths = [path for path in record.values() if is_erasable(spec, path)]
    labels = list(dict.fromkeys(lowered(spec.at(path).label) for path in paths))
    return f"Xóa dữ liệu về người: {', '.join(labels)}" if labels else "Xóa dữ liệu về người"


def _travels_up(spec: RecordSpec) -> bool:
    for name in spec.keeping.erases if spec.keeping else ():
        listed, _, field = name.partition("/")
        held = spec.line(listed).field(field) if field else spec.field(name)
        if held.travels is Travels.UP:
            return True
    return False
