"""The list of terms: what had to be passed on by when, for each incident that was received."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from antq_desktop.domain.composing import Rows
from antq_desktop.domain.deadlines import Deadline, DeadlinePreset, due
from antq_desktop.domain.fields import RecordSpec, Value, Values
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import paper_count, paper_moment
from antq_desktop.services.paper_asked import Filled
from antq_desktop.services.paper_words import PaperWords
from antq_desktop.storage.columns import Held

FIELDS: Final = (
    "register_number", "received_at", "title", "incident_class", "class_since", "transferred_at",
)  # fmt: skip
IN_TIME, LATE, WAITING, OVERDUE = "Đúng hạn", "Chậm", "Còn hạn", "Quá hạn"


def filled_of(  # noqa: PLR0917 - what terms are counted from
    held: Iterable[Held],
    spec: RecordSpec,
    words: PaperWords,
    period: Period,
    presets: Sequence[DeadlinePreset],
    remote: bool,
    now: str,
) -> Filled:
    """Fill the list of the incidents with a term that were received in a period."""
    rows: list[tuple[str, ...]] = []
    judged: list[str] = []
    received = [
        each.values for each in held if period.holds(_text(each.values, "received_at")[:10])
    ]
    received.sort(key=lambda values: (_text(values, "received_at"), _text(values, "title")))
    for values in received:
        term = due(
            _text(values, "received_at"),
            _text(values, "incident_class"),
            _text(values, "class_since"),
            remote=remote,
            presets=presets,
        )
        if term is None:
            continue
        judged.append(_judged(term, _text(values, "transferred_at"), now))
        rows.append(_row(values, spec, words, term, judged[-1]))
    counts = "; ".join(
        f"{each.lower()} {paper_count(judged.count(each))}"
        for each in (IN_TIME, LATE, WAITING, OVERDUE)
        if each in judged
    )
    without = len(received) - len(rows)
    told = [f"Có {paper_count(len(rows))} vụ việc có thời hạn: {counts}."] if rows else []
    if without:
        told.append(f"{paper_count(without)} vụ việc chưa chọn trường hợp nên không tính thời hạn.")
    tables: dict[str, Rows] = {"terms": rows}
    return Filled({"period": period.label, "told": " ".join(told)}, tables)


def _row(
    values: Values, spec: RecordSpec, words: PaperWords, term: Deadline, judged: str
) -> tuple[str, ...]:
    def text(name: str) -> str:
        return words.text(spec.field(name), values.get(name))

    return (
        text("register_number"),
        text("received_at"),
        text("title"),
        text("incident_class"),
        term.preset.step,
        "Báo ngay" if term.at_once else paper_moment(term.due_at),
        text("transferred_at"),
        judged,
    )


def _judged(term: Deadline, transferred: str, now: str) -> str:
    if transferred:
        if term.at_once:
            return ""  # no hours are given, so a person judges
        return IN_TIME if transferred[:16] <= term.due_at else LATE
    return OVERDUE if term.minutes_left(now) < 0 else WAITING


def _text(values: Values, name: str) -> str:
    value: Value = values.get(name)
    return value if isinstance(value, str) else ""
