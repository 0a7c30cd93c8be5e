"""What a unit should look at again before it hands over: pictures used twice, minutes copied.

It names, it stops nothing and tells nobody: a scheme that exists on paper only is to be found by
the unit itself. Named is the later record of each pair, as long as the unit above has not
confirmed it, so that a pair that was looked at and sent does not come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.attachments import PICTURES
from antq_desktop.domain.minutes import Text, likenesses
from antq_desktop.domain.records.attachments import KIND as ATTACHMENT
from antq_desktop.domain.shown import show_date, show_title
from antq_desktop.domain.text import opening
from antq_desktop.storage import attachments, settings

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

MINUTES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "activity": ("minutes", "conclusion"),
        "session": ("note",),
        "festival": ("note",),
        "meeting": ("conclusion",),
        "inspection": ("findings", "required_work"),
    }
)
"""The texts that are minutes, by kind."""
WaitingIds = Callable[["Reader", Iterable[str]], Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at again.

    Attributes:
        kind: Kind of the record to open: the later one, or the one at the top that it belongs to.
        id: Its id.
        sentence: Which one it is, and why.
    """

    kind: str
    id: str
    sentence: str


class Evidence:
    """Looks through what waits to be handed over."""

    def __init__(self, store: Store, waiting: WaitingIds) -> None:
        self._store = store
        self._waiting = waiting

    def remarks(self) -> list[Remark]:
        """Return what should be looked at again, pictures first.

        Raises:
            UserError: `no_receiver`, `several_receivers`: nothing waits for anybody.
        """
        with self._store.reading() as reader:
            return [*self._reused(reader), *self._alike(reader)]

    def _reused(self, reader: Reader) -> Iterator[Remark]:
        if ATTACHMENT not in self._store.specs:
            return
        groups: dict[str, list[attachments.Use]] = {}
        for use in attachments.uses(reader.connection, reader.setting(settings.UNIT)):
            groups.setdefault(use.digest, []).append(use)
        shared = [held for held in groups.values() if len({use.record for use in held}) > 1]
        if not shared:
            return
        waiting = self._waiting(reader, [ATTACHMENT])[ATTACHMENT]
        for held in shared:
            if not any(use.id in waiting for use in held):
                continue
            found = [(use, self._record(reader, use.record)) for use in held]
            known = [(use, record) for use, record in found if record is not None]
            known.sort(key=lambda pair: self._place(pair[1]))
            for use, record in known[1:]:
                first = known[0][1]
                if use.id in waiting and record.id != first.id:
                    thing = "ảnh này" if use.media in PICTURES else "tài liệu này"
                    yield self._remark(reader, record, f"{thing} đã dùng cho {self._named(first)}.")

    def _alike(self, reader: Reader) -> Iterator[Remark]:
        kinds = [kind for kind in MINUTES if kind in self._store.specs]
        waiting = self._waiting(reader, kinds)
        if not any(waiting.values()):
            return
        own = reader.setting(settings.UNIT)
        records: dict[str, Record] = {}
        texts: list[Text] = []
        for kind in kinds:
            for record in reader.all_records(kind):
                words = _minutes_of(record)
                if words and record.owner == own and record.standing().reason is None:
                    records[record.id] = record
                    texts.append(Text(record.id, self._place(record)[0], words))
        for one in likenesses(texts):
            later, earlier = records[one.key], records[one.earlier]
            if later.id in waiting[later.kind]:
                like = "giống hệt" if one.percent == 100 else f"giống {one.percent}%"
                yield self._remark(reader, later, f"nội dung {like} {self._named(earlier)}.")

    def _record(self, reader: Reader, record_id: str) -> Record | None:
        kind = reader.kind_of(record_id)
        record = reader.record(kind, record_id) if kind else None
        return record if record is not None and record.standing().reason is None else None

    def _place(self, record: Record) -> tuple[str, str]:
        spec = self._store.specs[record.kind]
        day = record.values().get(spec.dated_by) if spec.dated_by else None
        return (str(day or "~"), record.id)  # what has no date comes last

    def _named(self, record: Record) -> str:
        """Return what a record is called inside a sentence: by its day where it has one."""
        spec = self._store.specs[record.kind]
        values = record.values()
        day = values.get(spec.dated_by) if spec.dated_by else None
        others = [name for name in spec.title if name != spec.dated_by and values.get(name)]
        title = " · ".join(str(values[name]) for name in others)
        when = f" ngày {show_date(str(day))}" if day else ""
        return f"{spec.label}{when}" + (f" “{title}”" if title else "")

    def _remark(self, reader: Reader, record: Record, why: str) -> Remark:
        spec = self._store.specs[record.kind]
        title = show_title(spec, record.values())
        top = self._top(reader, record)
        return Remark(top.kind, top.id, f"{opening(spec.label)} {title}: {why}")

    def _top(self, reader: Reader, record: Record) -> Record:
        """Return the record that is opened to see this one."""
        spec = self._store.specs[record.kind]
        above = str(record.values().get(spec.parent) or "") if spec.parent else ""
        kinds = spec.field(spec.parent).refers_to if above else ()
        found = next((one for k in kinds if (one := reader.record(k, above))), None)
        return self._top(reader, found) if found is not None else record


def _minutes_of(record: Record) -> str:
    values = record.values()
    return "\n".join(str(values[name]) for name in MINUTES[record.kind] if values.get(name))
