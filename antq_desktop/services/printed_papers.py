"""From the code on a printed paper back to what it was made from.

History is the register of what was printed: the entry of each print bears the code as the name of
one of its changes, with form, record or period beside it and no word of what stood on the paper.
So a code is found by an index, outlives merges and undoing, and goes into every backup. A paper
that another device printed is known by the first letters of its code, which come from the id of
its record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action, HistoryLine
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.paper_codes import ABOUT_LENGTH, about_letters, read_code, shown_code
from antq_desktop.domain.shown import show_moment
from antq_desktop.domain.text import opening
from antq_desktop.services.paper_asked import Asked
from antq_desktop.services.paper_kinds import Needs
from antq_desktop.services.telling import change_lines
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.services.lists import Lists
    from antq_desktop.services.paper_kinds import PaperKind
    from antq_desktop.services.papers import Papers
    from antq_desktop.services.periods import Periods

MOST_CHANGES: Final = 12
_MOST_ELSEWHERE: Final = 5


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper that bears a code, and how it stands now.

    Attributes:
        code: The code.
        form: Code of its print form; empty where only the record is known.
        title: What the paper is called.
        about: The record or period it is made of, in words.
        kind: Kind of the record; empty for a paper of a period or a bundle.
        record: Id of the record.
        period: Name of the period.
        bundle: Digest of the bundle.
        private: Whether private fields stood on it.
        printed: When it was printed here and by whom, the last time first; empty for a paper of
            another device.
        current: True when the paper made now is this one; False when a newer version exists.
        gone: Why no paper can be made any more; empty where one can.
        changes: What has changed since it was last printed, in words, the newest first.
    """

    code: str
    form: str
    title: str
    about: str
    kind: str
    record: str
    period: str
    bundle: str
    private: bool
    printed: tuple[str, ...]
    current: bool
    gone: str = ""
    changes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """How it stands, in words."""
        if self.gone:
            return self.gone
        if self.current:
            return "Giấy này đúng với bản hiện nay."
        if not self.form:
            return "Giấy này lập ở máy khác, từ một bản khác với hồ sơ đang có ở đây."
        return "Đã có bản mới hơn: nội dung đã thay đổi từ khi lập giấy này."


class PrintedPapers:
    """Looks codes up."""

    def __init__(self, store: Store, papers: Papers, lists: Lists, periods: Periods) -> None:
        self._store = store
        self._papers = papers
        self._lists = lists
        self._periods = periods

    def find(self, typed: str) -> list[PrintedPaper]:
        """Return the papers that bear a code; nearly always one.

        Args:
            typed: As typed or scanned.

        Raises:
            UserError: `paper_code_length`, `paper_code_mistyped`, `paper_code_unknown`.
        """
        code = read_code(typed)
        found = self.here(code) or list(self._elsewhere(code))
        if not found:
            message = (
                f"Mã {shown_code(code)} chưa có ở đây. Giấy lập từ hồ sơ của đơn vị khác, hoặc từ "
                "hồ sơ chưa được nhập vào máy này."
            )
            raise UserError("paper_code_unknown", message, "code")
        return found

    def here(self, code: str) -> list[PrintedPaper]:
        """Return the papers of a code that this store printed."""
        with self._store.reading() as reader:
            lines = [line for line in reader.history_of(code) if line.entry.action == Action.PRINT]
        by_paper: dict[tuple[str, Asked], list[HistoryLine]] = {}
        for line in lines:
            asked = self._asked(line)
            if asked is not None:
                by_paper.setdefault((str(line.change.after["form"]), asked), []).append(line)
        return [
            self._shown(code, form, asked, printed) for (form, asked), printed in by_paper.items()
        ]

    def _asked(self, line: HistoryLine) -> Asked | None:
        held = line.change.after
        name = str(held.get("period", ""))
        try:
            period = self._periods.named(name) if name else None
        except UserError:  # a preset that the unit no longer keeps
            return None
        record, bundle = str(held.get("record", "")), str(held.get("bundle", ""))
        about = str(held.get("about", ""))
        return Asked(record, period, bundle, held.get("private") is True, about)

    def _shown(
        self, code: str, form: str, asked: Asked, printed: list[HistoryLine]
    ) -> PrintedPaper:
        titles = {kind.code: kind.title for kind in self._papers.forms()}
        gone, now = "", ""
        try:
            now = self._papers.code_of(form, asked)
        except UserError as refused:
            gone = refused.message
        since = printed[-1].entry.seq if printed else 0
        kind, about = self._about(asked)
        changed = not gone and now != code
        return PrintedPaper(
            code=code,
            form=form,
            title=titles.get(form, form),
            about=about,
            kind=kind,
            record=asked.record_id,
            period=asked.period.name if asked.period else "",
            bundle=asked.bundle,
            private=asked.private,
            printed=tuple(_told(line) for line in reversed(printed)),
            current=now == code,
            gone=gone,
            changes=tuple(self._changes(kind, asked.record_id, since))
            if changed and printed
            else (),
        )

    def _about(self, asked: Asked) -> tuple[str, str]:
        if asked.period is not None:
            return "", opening(asked.period.label)
        if not asked.record_id:
            return "", f"Gói {asked.bundle[:8]}" if asked.bundle else ""
        try:
            kind, record = self._lists.find(asked.record_id)
        except UserError:
            return "", ""
        return kind, self._lists.titles(kind, [record]).get(record, "")

    def _changes(self, kind: str, record: str, since: int) -> Iterator[str]:
        """Yield what changed in a record and in what belongs to it, the newest first."""
        if not kind:
            return
        hanging = self._lists.children(kind, record)
        every = [(kind, record), *((k, one.id) for k, held in hanging.items() for one in held)]
        found: list[tuple[int, str]] = []
        for its_kind, one in every:
            spec = self._lists.specs[its_kind]
            for line in self._lists.history_of(one):
                touched = line.change.created or line.change.after or line.change.erased
                if line.entry.seq <= since or not touched:
                    continue
                words = list(change_lines(spec, line.change, self._lists)) or ["thêm mới"]
                name = "" if one == record else f"{opening(spec.label)}: "
                found += [(line.entry.seq, f"{name}{each}") for each in words]
        found.sort(key=lambda each: -each[0])
        yield from (told for _, told in found[:MOST_CHANGES])

    def _elsewhere(self, code: str) -> Iterator[PrintedPaper]:
        """Yield what a paper of another device may be made from, known by how its code begins."""
        begins = code[:ABOUT_LENGTH]
        forms = [kind for kind in self._papers.forms() if kind.needs is Needs.RECORD]
        likely: list[tuple[str, str]] = []
        for kind, spec in self._lists.specs.items():
            with self._store.reading() as reader:
                held = values_of(reader.connection, spec, ())
                likely += [(kind, one.id) for one in held if about_letters(one.id) == begins]
        for kind, record in likely[:_MOST_ELSEWHERE]:
            same = self._same(code, kind, record, forms)
            if same is not None:
                yield same
                return
        for kind, record in likely[:_MOST_ELSEWHERE]:
            title = self._lists.titles(kind, [record]).get(record, "")
            label = opening(self._lists.specs[kind].label)
            yield PrintedPaper(
                code, "", label, title, kind, record, "", "", private=False, printed=(),
                current=False,
            )  # fmt: skip

    def _same(
        self, code: str, kind: str, record: str, forms: list[PaperKind]
    ) -> PrintedPaper | None:
        for form in forms:
            if form.kind not in ("", kind):
                continue
            for private in (False, True)[: 1 + form.has_private]:
                asked = Asked(record, None, "", private)
                shown = self._shown(code, form.code, asked, [])
                if shown.current:
                    return shown
        return None


def _told(line: HistoryLine) -> str:
    return f"{show_moment(line.entry.at[:16])}, {line.entry.officer}"
