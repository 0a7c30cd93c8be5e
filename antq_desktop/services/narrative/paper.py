"""A report in words as the blocks of a paper: text, table of figures, what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from antq_desktop.domain.charts.chart import Chart
from antq_desktop.domain.comparing import NOTHING_BEFORE, change
from antq_desktop.domain.narrative.draft import Heading, Line
from antq_desktop.domain.opening import Counted
from antq_desktop.domain.papers import Annex, Block, Charted, Column, Issuer, Note, Paragraph, Table
from antq_desktop.domain.reconciling import Contradiction
from antq_desktop.services.narrative.desk import Narrative
from antq_desktop.services.paper_asked import Filled
from antq_desktop.services.reports import Figure
from antq_desktop.services.summary_paper import cell, written

SAME_AS_ABOVE: Final = "Như trên"
END: Final = "./."
_LETTERS: Final = 10.0
_EXPLAINED_LETTERS: Final = 12.0


def filled_of(narrative: Narrative, issuer: Issuer, charts: Sequence[Chart] = ()) -> Filled:
    """Fill the form of a report; it goes to the body above, so that recipients open with it."""
    tokens = {
        "subject": narrative.subject,
        "addressees": issuer.superior,
        "recipients": f"{SAME_AS_ABOVE}\nLưu: VT, {issuer.sign}".rstrip(", "),
    }
    return Filled(tokens, {}, body=body_of(narrative), tail=tail_of(narrative, charts))


def body_of(narrative: Narrative) -> tuple[Block, ...]:
    """Return what stands between addressees and signatures; it ends with `./.`."""
    blocks: list[Block] = []
    lines = list(narrative.lines)
    for at, line in enumerate(lines):
        if isinstance(line, Heading):
            blocks.append(Paragraph(line.text, "part" if line.level == 1 else "clause"))
            continue
        last = at == len(lines) - 1
        texts = line.text.split("\n") if line.text.strip() else [""] if _alone(lines, at) else []
        texts = [text for text in texts if text.strip()] or texts[:1]
        if last and texts:
            texts[-1] = f"{texts[-1].rstrip('.')}{END}"
        blocks.extend(Paragraph(text) for text in texts)
    return tuple(blocks)


def _alone(lines: Sequence[Line], at: int) -> bool:
    """Whether an empty passage is all that stands under its heading: then it prints dots."""
    before = isinstance(lines[at - 1], Heading)
    after = at + 1 == len(lines) or isinstance(lines[at + 1], Heading)
    return before and after


def tail_of(narrative: Narrative, charts: Sequence[Chart] = ()) -> tuple[Block, ...]:
    """Return what follows the signatures: figures, charts, and what contradicts itself."""
    named = "Bảng số liệu, biểu đồ" if charts else "Bảng số liệu"
    blocks: list[Block] = [Annex("Phụ lục I", f"{named} {narrative.span.now}", _BELONGS)]
    blocks += _figures(narrative)
    blocks += [Charted(chart) for chart in charts]
    open_ones, said = narrative.unexplained, [c for c in narrative.contradictions if c.explained]
    if open_ones:
        blocks.append(Annex("Phụ lục II", "Số liệu còn mâu thuẫn, chưa được giải trình", _BELONGS))
        blocks.append(_contradictions(open_ones))
    if said:
        blocks.append(Note(" ".join(_said(each) for each in said)))
    return tuple(blocks)


_BELONGS: Final = "(Kèm theo Báo cáo số       ngày       tháng       năm        )"


def _figures(narrative: Narrative) -> Iterator[Block]:
    report, before, last = (
        narrative.gathered.report, narrative.gathered.before, narrative.gathered.last,
    )  # fmt: skip
    several = last.period != before.period
    rows: list[tuple[str, ...]] = []
    for figure, other, earlier in zip(report.figures, before.figures, last.figures, strict=True):
        if not (figure.value or other.value or figure.counted.hatched):
            continue
        row = [figure.measure.label, figure.measure.unit]
        row += [cell(figure, figure.value, figure.counted), _known(figure, other.counted)]
        row.append(_change(figure, other.counted))
        if several:
            row += [_known(figure, earlier.counted),
                    _change(figure, earlier.counted, NOTHING_BEFORE)]  # fmt: skip
        rows.append((str(len(rows) + 1), *row))
    columns = [
        Column("TT", 9, "centre"), Column("Chỉ tiêu", 50), Column("Đơn vị tính", 22, "centre"),
        Column("Số liệu", 22, "right"), Column("Cùng kỳ năm trước", 20, "right"),
        Column("Tăng, giảm", 42),
    ]  # fmt: skip
    if several:
        columns += [Column("Kỳ trước", 22, "right"), Column("Tăng, giảm so với kỳ trước", 34)]
    yield Table(tuple(columns), rows, empty="Kỳ này không có số liệu phát sinh.", size=_LETTERS)
    notes = " ".join(report.notes)
    if notes:
        yield Note(notes)


def _known(figure: Figure, counted: Counted) -> str:
    return "" if counted.value is None else cell(figure, counted.value, counted)


def _change(figure: Figure, counted: Counted, note: str = "") -> str:
    compared = change(figure.value, counted, note) if note else change(figure.value, counted)
    return compared.words(lambda value: written(figure, value))


def _contradictions(held: tuple[Contradiction, ...]) -> Table:
    columns = (Column("TT", 10, "centre"), Column("Nội dung", 105), Column("Giải trình", 55))
    rows = [(str(at), each.message, "") for at, each in enumerate(held, 1)]
    return Table(columns, rows, size=_EXPLAINED_LETTERS)


def _said(each: Contradiction) -> str:
    return f"{each.message} Giải trình: {each.explained.rstrip('.')}."
