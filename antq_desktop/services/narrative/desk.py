"""Reports in words: drafted from the store, edited by persons, held against themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.narrative.draft import (
    Heading,
    Line,
    Passage,
    Written,
    drafted,
    with_edits,
)
from antq_desktop.domain.narrative.facts import Span
from antq_desktop.domain.narrative.subjects import WHOLE, Scope, skeleton_of, subject_of
from antq_desktop.domain.periods import Period
from antq_desktop.domain.reconciling import Contradiction, contradictions
from antq_desktop.services.narrative.gathering import Gathered, Gathering
from antq_desktop.services.narrative.keeping import Explanation, Keeping, Words
from antq_desktop.services.narrative.printed import printed_numbers

if TYPE_CHECKING:
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.reports import Reports
    from antq_desktop.storage.store import Store

SUBJECT: Final = "Kết quả công tác xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc"


@dataclass(frozen=True, slots=True)
class Narrative:
    """A report as it stands now.

    Attributes:
        period: Its period.
        scope: What of the period it is about.
        span: How its periods are named.
        subject: What stands under “BÁO CÁO”.
        lines: Headings and passages, in their order.
        contradictions: What contradicts itself, explained or not.
        gathered: What it was written from.
        undoable: Whether a step can be taken back.
    """

    period: Period
    scope: Scope
    span: Span
    subject: str
    lines: tuple[Line, ...]
    contradictions: tuple[Contradiction, ...]
    gathered: Gathered
    undoable: bool

    def passages(self) -> Iterator[Passage]:
        """Yield the passages, in their order."""
        yield from (line for line in self.lines if isinstance(line, Passage))

    def passage(self, key: str) -> Passage:
        """Return a passage.

        Raises:
            UserError: `no_such_passage`.
        """
        for each in self.passages():
            if each.key == key:
                return each
        message = f"Báo cáo không có đoạn “{key[:40]}”. Mở lại báo cáo."
        raise UserError("no_such_passage", message, "passage")

    @property
    def unexplained(self) -> tuple[Contradiction, ...]:
        """What nobody explained, or explained for other numbers than stand there now."""
        return tuple(each for each in self.contradictions if not each.explained)

    @property
    def stale(self) -> tuple[Passage, ...]:
        """The edited passages whose figures changed."""
        return tuple(each for each in self.passages() if each.changes)


class Narratives:
    """Writes the reports of one profile in words."""

    def __init__(
        self,
        store: Store,
        codes: Codes,
        hand: Hand,
        reports: Reports,
        named: Callable[[str], Period],
    ) -> None:
        self._store = store
        self._gathering = Gathering(store, codes, reports, named)
        self._keeping = Keeping(store, hand)

    def report(self, period: Period, scope: Scope = WHOLE) -> Narrative:
        """Return the report of a period: what the figures say, with what persons wrote.

        Raises:
            UserError: `unknown_subject`, `unknown_unit`.
        """
        gathered = self._gathering.of(period, scope)
        words = self._keeping.of(_place(period, scope))
        lines = with_edits(drafted(skeleton_of(scope.subject), gathered.facts), words.passages)
        span = gathered.facts.span
        found = _explained(self._contradictions(period, gathered, scope), words)
        about = subject_of(scope.subject).about if scope.subject else SUBJECT
        of = f" của {gathered.facts.place}" if scope.unit else ""
        after = "" if span.after == "thời gian tới" else f"; phương hướng, nhiệm vụ {span.after}"
        return Narrative(
            period, scope, span, f"{about}{of} {span.now}{after}", tuple(lines), tuple(found),
            gathered, bool(words.steps),
        )  # fmt: skip

    def write(self, period: Period, key: str, text: str, scope: Scope = WHOLE) -> Narrative:
        """Put words of a person in the place of a passage.

        Raises:
            UserError: `no_such_passage`, `text_not_allowed`, `not_allowed`.
        """
        passage = self.report(period, scope).passage(key)
        written = Written(text, passage.drafted, passage.figures)
        told = f"Sửa một đoạn của báo cáo {period.label}"
        self._keeping.write(_place(period, scope), key, written, told)
        return self.report(period, scope)

    def take_back(self, period: Period, key: str, scope: Scope = WHOLE) -> Narrative:
        """Let the figures speak again in a passage.

        Raises:
            UserError: `no_such_passage`, `not_allowed`.
        """
        self.report(period, scope).passage(key)
        told = f"Lấy lại đoạn theo số liệu trong báo cáo {period.label}"
        self._keeping.write(_place(period, scope), key, None, told)
        return self.report(period, scope)

    def explain(self, period: Period, code: str, text: str, scope: Scope = WHOLE) -> Narrative:
        """Keep in writing why two numbers differ; an empty text takes it away.

        Raises:
            UserError: `no_such_contradiction`, `text_not_allowed`, `not_allowed`.
        """
        held = {each.code: each for each in self.report(period, scope).contradictions}
        if code not in held:
            message = "Hai số này không còn mâu thuẫn. Mở lại báo cáo."
            raise UserError("no_such_contradiction", message, "explanation")
        found = held[code]
        told = f"Giải trình số liệu trong báo cáo {period.label}"
        explanation = Explanation(text, found.left, found.right)
        self._keeping.explain(_place(period, scope), code, explanation, told)
        return self.report(period, scope)

    def undo(self, period: Period, scope: Scope = WHOLE) -> Narrative:
        """Take the latest step of writing back.

        Raises:
            UserError: `nothing_to_undo`, `not_allowed`.
        """
        told = f"Hoàn tác trong báo cáo {period.label}"
        if not self._keeping.undo(_place(period, scope), told):
            message = "Báo cáo này chưa có đoạn nào được sửa nên không có gì để hoàn tác."
            raise UserError("nothing_to_undo", message)
        return self.report(period, scope)

    def _contradictions(
        self, period: Period, gathered: Gathered, scope: Scope
    ) -> Iterator[Contradiction]:
        yield from contradictions(gathered.numbers)
        if scope == WHOLE:
            for source, numbers in printed_numbers(self._store, period):
                yield from contradictions(numbers, source)
        for figure in gathered.report.figures:
            for told in figure.warnings:
                if told.startswith("Các nguồn khác nhau"):
                    values = [each.value for each in figure.counted.openings] or [0]
                    message = f"{figure.measure.label}: {told[:1].lower()}{told[1:]}"
                    code = f"sources:{figure.measure.code}"
                    yield Contradiction(code, message, values[0], values[-1])


def _place(period: Period, scope: Scope) -> str:
    """Return the name under which the words of a report are kept."""
    return f"{period.name}/{scope.name}" if scope.name else period.name


def _explained(found: Iterator[Contradiction], words: Words) -> Iterator[Contradiction]:
    held: Mapping[str, Explanation] = words.explained
    for each in found:
        said = held.get(each.code)
        same = said is not None and (said.left, said.right) == (each.left, each.right)
        yield replace(each, explained=said.text) if said is not None and same else each


__all__ = ["Heading", "Narrative", "Narratives", "Passage"]
