"""What is kept about people, why and for how long, and who has looked: for a page and a paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from antq_desktop.domain.changes import Action
from antq_desktop.domain.checking import lowered
from antq_desktop.domain.clock import civil
from antq_desktop.domain.shown import show_integer, show_moment
from antq_desktop.services.journal_paper import FormPapers
from antq_desktop.storage.columns import ids_in_force

if TYPE_CHECKING:
    from antq_desktop.services.erasing import Erasing
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class KeptKind:
    """What one kind keeps about people.

    Attributes:
        kind: The kind.
        plural: What its list is called.
        purpose: What it is kept for.
        fields: Labels of what is about people.
        retention: How long, in words.
        months: After how many months it is erased here; 0 where it goes with its record.
        usual: After how many where the leader has decided nothing else.
        after: What they count from.
        records: How many records are in force.
        sooner: What goes by itself before that, each with its days after the end, in words.
    """

    kind: str
    plural: str
    purpose: str
    fields: tuple[str, ...]
    retention: str
    months: int
    usual: int
    after: str
    records: int
    sooner: tuple[str, ...] = ()

    @property
    def term(self) -> str:
        """How long, in one line."""
        if not self.months:
            return "cùng hồ sơ"
        changed = f" (mặc định {self.usual})" if self.months != self.usual else ""
        term = f"{self.months} tháng{changed} sau: {self.after}"
        return "; ".join((term, *self.sooner))


@dataclass(frozen=True, slots=True)
class Looked:
    """How often an officer had private fields shown, and when last."""

    officer: str
    times: int
    last: str


class Privacy:
    """Tells what is kept of people in one store."""

    def __init__(self, store: Store, hand: Hand, erasing: Erasing) -> None:
        self._store = store
        self._hand = hand
        self._erasing = erasing

    def kept(self) -> list[KeptKind]:
        """Return every kind that keeps facts about people, with how long."""
        terms = {term.kind: term for term in self._erasing.terms()}
        found: list[KeptKind] = []
        with self._store.reading() as reader:
            for spec in self._store.specs.values():
                keeping = spec.keeping
                if keeping is None:
                    continue
                term = terms.get(spec.kind)
                labels = [
                    spec.line(name.partition("/")[0]).field(name.partition("/")[2]).label
                    if "/" in name
                    else spec.field(name).label
                    for name in keeping.erases
                ]
                found.append(
                    KeptKind(
                        kind=spec.kind,
                        plural=spec.plural,
                        purpose=spec.purpose,
                        fields=tuple(dict.fromkeys(labels)),
                        retention=spec.retention,
                        months=term.months if term else 0,
                        usual=term.usual if term else 0,
                        after=term.after if term else "",
                        records=len(ids_in_force(reader.connection, spec.kind)),
                        sooner=tuple(
                            f"{lowered(field.label)} sau {field.erased_after} ngày"
                            for field in spec.fields
                            if field.erased_after
                        ),
                    )
                )
        return found

    def looked(self) -> list[Looked]:
        """Return who had private fields shown or looked for a person, the most often first."""
        statement = (
            "SELECT officer, count(*), max(at) FROM history WHERE action IN (?, ?, ?)"
            " GROUP BY officer ORDER BY count(*) DESC, officer"
        )
        with self._store.reading() as reader:
            rows = reader.connection.exec_driver_sql(
                statement, (Action.READ_PRIVATE, Action.FIND_PERSON, Action.ANSWER_PERSON)
            ).all()
        return [Looked(str(who), int(times), str(last)) for who, times, last in rows]

    def paper(self) -> bytes:
        """Return it all as a paper; the printing is written to history.

        Raises:
            UserError: `not_allowed`.
            EnvironmentFault: What the machine denies.
        """
        kept, looked = self.kept(), self.looked()
        due = self._erasing.due_count()
        pdf = PrivacyPaper(self._store, self._hand).make(kept, looked, due)
        with self._store.writing(self._hand.officer, Action.PRINT) as work:
            work.note("", "", "In bảng dữ liệu về người đang lưu")
        return pdf


class PrivacyPaper(FormPapers):
    """What is kept of people, as a list to be signed and hung up."""

    def make(self, kept: list[KeptKind], looked: list[Looked], due: int) -> bytes:
        """Return the paper."""
        kinds = [
            (one.plural, show_integer(one.records), one.purpose, ", ".join(one.fields), one.term)
            for one in kept
        ]
        seen = [
            (one.officer, show_integer(one.times), show_moment(one.last[:16])) for one in looked
        ]
        now = show_moment(civil(self._hand.clock.now())[:16])
        due_told = (
            f"{show_integer(due)} hồ sơ đã hết thời hạn lưu và chờ xóa"
            if due
            else ("Không có hồ sơ nào quá thời hạn lưu")
        )
        tokens = {"told": f"Tính đến {now}. {due_told}."}
        return self._made("privacy", tokens, {"kinds": kinds, "seen": seen})
