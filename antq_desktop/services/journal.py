"""The journal: everything that was done in this store, filtered, printed, verified.

It says who did what to which record and which of its fields were touched; the values stand in the
history of the record itself, which only those may read who may read records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action, Change, Entry
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID
from antq_desktop.domain.rights import Operation, may
from antq_desktop.domain.shown import show_date, show_integer, show_moment
from antq_desktop.domain.text import fold, name_sort_key, opening, search_words
from antq_desktop.files import write_atomically
from antq_desktop.services.hand import Hand
from antq_desktop.services.journal_echo import gap_in
from antq_desktop.services.lists import Lists
from antq_desktop.services.standing import Standing
from antq_desktop.services.telling import ACTIONS
from antq_desktop.storage import history
from antq_desktop.storage.history import Verified
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.services.journal_paper import JournalPaper

AT_ONCE: Final = 100
MOST_PRINTED: Final = 5_000
_MOST_TOLD: Final = 20  # records named in one entry; the rest are counted
_MOST_SEARCHED: Final = 500  # records of one entry that a word is looked for in
_CHUNK: Final = 200


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What is looked for; what is empty narrows nothing.

    Attributes:
        officer: Name of an officer.
        action: A stable name of `Action`.
        since: First day, `2026-11-21`.
        until: Last day.
        words: Words of what is told, accents and capitals aside.
    """

    officer: str = ""
    action: str = ""
    since: str = ""
    until: str = ""
    words: str = ""

    def told(self) -> str:
        """Return the filter in words."""
        parts = []
        if self.since:
            parts.append(f"từ ngày {show_date(self.since)}")
        if self.until:
            parts.append(f"đến ngày {show_date(self.until)}")
        if self.officer:
            parts.append(f"cán bộ {self.officer}")
        if self.action:
            parts.append(f"việc {ACTIONS.get(self.action, self.action)}")
        if self.words.strip():
            parts.append(f"có chữ “{self.words.strip()}”")
        return ", ".join(parts) or "toàn bộ"


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry in words.

    Attributes:
        seq: Its number in the chain.
        at: `08:05 21/11/2026`.
        officer: Who.
        action: What kind of action, in words.
        details: What it did, line by line.
        records: The records it named, as kind and id; nothing for whoever may not read them.
    """

    seq: int
    at: str
    officer: str
    action: str
    details: tuple[str, ...]
    records: tuple[tuple[str, str], ...] = field(default=())


class Journal:
    """Reads the history of one store for the officer at work."""

    def __init__(self, store: Store, hand: Hand, lists: Lists, standing: Standing) -> None:
        self._store = store
        self._hand = hand
        self._lists = lists
        self._standing = standing

    def page(
        self,
        wanted: JournalFilter,
        *,
        before: int | None = None,
        limit: int = AT_ONCE,
        stop: Callable[[], bool] | None = None,
    ) -> list[JournalLine]:
        """Return entries in words, the newest first.

        Args:
            wanted: Which.
            before: Only entries below this number, to go on from the last page.
            limit: How many at most.
            stop: Asked now and then; True ends the search with what was found.

        Raises:
            UserError: `not_allowed`.
        """
        self._standing.require(Operation.READ_HISTORY)
        words = search_words(wanted.words)
        found: list[JournalLine] = []
        for line in self._lines(wanted, before, searched=bool(words)):
            if (stop is not None and stop()) or len(found) >= limit:
                break
            if _holds(line, words):
                found.append(_shortened(line))
        return found

    def officers(self) -> tuple[str, ...]:
        """Return everybody who did anything here, by given name.

        Raises:
            UserError: `not_allowed`.
        """
        self._standing.require(Operation.READ_HISTORY)
        with self._store.reading() as reader:
            return tuple(sorted(history.officers(reader.connection), key=name_sort_key))

    @staticmethod
    def actions() -> Mapping[str, str]:
        """Return the kinds of action and what they are called."""
        return {action: opening(name) for action, name in ACTIONS.items()}

    def verify(self, *, only_new: bool = False) -> Verified:
        """Read the chain; everybody may, since it tells nothing but whether it holds."""
        return self._store.verify_history(only_new=only_new)

    def trouble(self) -> str:
        """Read what came since the last start; return what is wrong in one sentence, or nothing."""
        found = self.verify(only_new=True)
        if found.broken_at is not None:
            return sentence_of(found)
        with self._store.reading() as reader:
            gap = gap_in(reader)
        return gap.sentence if gap is not None else self.clock_trouble()

    def clock_trouble(self) -> str:
        """Return that the clock stands before something that was done, in one sentence, or nothing.

        Nothing is ordered by the clock, so nothing is lost by it; but days and terms are wrong.
        """
        with self._store.reading() as reader:
            statement = "SELECT max(at) FROM history"
            last = str(reader.connection.exec_driver_sql(statement).scalar_one() or "")
        now = civil(self._hand.clock.now())
        if last <= now:
            return ""
        return (
            f"Đồng hồ máy chỉ {show_moment(now[:16])}, trước lần ghi gần nhất trong nhật ký "
            f"({show_moment(last[:16])}). Chỉnh lại ngày giờ của máy rồi mở lại chương trình."
        )

    def paper(self, wanted: JournalFilter) -> bytes:
        """Return the entries as a paper, which is an entry itself.

        Raises:
            UserError: `not_allowed`, `journal_too_long`.
            EnvironmentFault: What the machine denies.
        """
        lines = self.page(wanted, limit=MOST_PRINTED + 1)
        if len(lines) > MOST_PRINTED:
            message = (
                f"Nhật ký có hơn {show_integer(MOST_PRINTED)} lần ghi theo bộ lọc này. "
                "Chọn khoảng ngày ngắn hơn rồi in."
            )
            raise UserError("journal_too_long", message, "since")
        verified = self.verify()
        pdf = self._paper().make(wanted.told(), lines, sentence_of(verified))
        with self._store.writing(self._hand.officer, Action.PRINT_HISTORY) as work:
            work.note("", "", f"In nhật ký, {wanted.told()}: {show_integer(len(lines))} lần ghi")
        return pdf

    def save_paper(self, wanted: JournalFilter, path: Path) -> Path:
        """Write the paper to a file and return its path; raises what `paper` does."""
        write_atomically(path, self.paper(wanted))
        return path

    def _paper(self) -> JournalPaper:
        from antq_desktop.services.journal_paper import JournalPaper

        return JournalPaper(self._store, self._hand)

    def _lines(
        self, wanted: JournalFilter, before: int | None, *, searched: bool
    ) -> Iterator[JournalLine]:
        narrowed = history.Wanted(wanted.officer, wanted.action, wanted.since, wanted.until)
        most = _MOST_SEARCHED if searched else _MOST_TOLD
        reads = may(self._standing.roles, Operation.READ)
        while True:
            with self._store.reading() as reader:
                entries = history.entries(reader.connection, narrowed, before=before, limit=_CHUNK)
                held = [
                    (entry, *history.first_changes(reader.connection, entry.seq, most))
                    for entry in entries
                ]
            titles = self._titles(held) if reads else {}
            for entry, changes, count in held:
                yield self._told(entry, changes, count, titles if reads else None)
            if len(entries) < _CHUNK:
                return
            before = entries[-1].seq

    def _titles(
        self, held: Sequence[tuple[Entry, Sequence[Change], int]]
    ) -> dict[tuple[str, str], str]:
        ids: dict[str, set[str]] = {}
        for _, changes, _ in held:
            for change in changes:
                if change.kind in self._lists.specs:
                    ids.setdefault(change.kind, set()).add(change.record)
        return {
            (kind, record): title
            for kind, wanted in ids.items()
            for record, title in self._lists.titles(kind, wanted).items()
        }

    def _told(
        self,
        entry: Entry,
        changes: Sequence[Change],
        count: int,
        titles: Mapping[tuple[str, str], str] | None,
    ) -> JournalLine:
        details = [told for change in changes if (told := self._detail(change, titles))]
        if count > len(changes):
            details.append(f"và {show_integer(count - len(changes))} hồ sơ khác")
        action = opening(ACTIONS.get(entry.action, entry.action))
        if entry.undoes is not None:
            action = f"{action} lần ghi số {entry.undoes}"
        records = tuple((one.kind, one.record) for one in changes if one.kind and one.record)
        return JournalLine(
            entry.seq,
            show_moment(entry.at[:16]),
            entry.officer,
            action,
            tuple(dict.fromkeys(details)),
            records if titles is not None else (),
        )

    def _detail(self, change: Change, titles: Mapping[tuple[str, str], str] | None) -> str:
        spec = self._lists.specs.get(change.kind)
        if spec is None:
            return change.note
        name = opening(spec.label)
        title = (titles or {}).get((change.kind, change.record), "")
        if title:
            name = f"{name} “{title}”"
        if change.erased:
            return f"{name}: nội dung đã được xóa theo thời hạn lưu trữ"
        labels = [] if change.created else [*_labels(change, spec.at)]
        told = [part for part in (change.note, ", ".join(dict.fromkeys(labels))) if part]
        return f"{name}: {'; '.join(told)}" if told else name


def _labels(change: Change, at: Callable[[str], object]) -> Iterator[str]:
    for path in change.after:
        if path == VOID:
            continue
        try:
            yield str(getattr(at(path), "label", path)).lower()
        except KeyError:
            yield path


def _holds(line: JournalLine, words: Sequence[str]) -> bool:
    if not words:
        return True
    told = fold(" ".join((line.officer, line.action, *line.details)))
    return all(word in told for word in words)


def _shortened(line: JournalLine) -> JournalLine:
    more = len(line.details) - _MOST_TOLD
    if more <= 1:
        return line
    details = (*line.details[:_MOST_TOLD], f"và {show_integer(more)} dòng khác")
    return JournalLine(line.seq, line.at, line.officer, line.action, details, line.records)


def sentence_of(verified: Verified) -> str:
    """Return what a check of the chain found, in one sentence."""
    if verified.broken_at is None:
        return f"Nhật ký liền mạch, {show_integer(verified.entries)} lần ghi."
    return (
        f"Nhật ký không liền mạch từ lần ghi số {show_integer(verified.broken_at)}. "
        "Báo cán bộ quản trị và giữ nguyên tệp dữ liệu."
    )


__all__ = ["AT_ONCE", "MOST_PRINTED", "Journal", "JournalFilter", "JournalLine", "sentence_of"]
