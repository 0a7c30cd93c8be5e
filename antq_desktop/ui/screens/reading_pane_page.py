"""A record written as a page; every text of people is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import (
    BY_YEAR,
    FieldKind,
    FieldSpec,
    RecordSpec,
    Value,
    Values,
    line_path,
    lines_of,
)
from antq_desktop.domain.shown import show_integer, show_money
from antq_desktop.ui.screens.editor_layout import (
    ChecklistPart,
    ChildrenPart,
    Layout,
    LinesPart,
    Section,
)
from antq_desktop.ui.screens.editor_loading import in_order
from antq_desktop.ui.screens.reading_pane_data import Loaded, headed_by, shown_text
from antq_desktop.ui.widgets.cover import MASK

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.services.office import Office
    from antq_desktop.ui.colours import Colours

REVEAL: Final = "reveal:"
_MOST_ROWS: Final = 60


class PaneWriter:
    """Writes a record as a page."""

    def __init__(
        self,
        office: Office,
        layout: Layout,
        loaded: Loaded,
        colours: Colours,
        *,
        revealed: bool,
    ) -> None:
        self._office = office
        self._layout = layout
        self._loaded = loaded
        self._colours = colours
        self._revealed = revealed
        self._headed_by = headed_by(loaded.shown)  # stands above the page already

    def html(self) -> str:
        """Return the page: what is filled in, part by part, then what is missing."""
        parts = [part for one in self._layout.parts() for part in self._part(one)]
        answers = [part for one in self._loaded.answers for part in self._answer(one)]
        return "".join([*self._missing(), *answers, *parts])

    def _missing(self) -> Iterator[str]:
        shown = self._loaded.shown
        wanted = [
            field.label
            for field in shown.spec.fields
            if field.is_wanted(shown.values) and shown.values.get(field.name) is None
        ]
        if wanted and shown.void_reason is None:
            words = escape(", ".join(label.lower() for label in wanted))
            yield (
                f"<p style='color:{self._colours.gold}; margin-top:4px; margin-bottom:4px'>"
                f"△ Còn thiếu: {words}.</p>"
            )

    def _part(self, part: object) -> Iterator[str]:
        match part:
            case Section():
                yield from self._section(part)
            case LinesPart():
                yield from self._lines(part)
            case ChecklistPart():
                yield from self._checklist(part)
            case ChildrenPart():
                yield from self._children(part)

    def _heading(self, title: str, count: int | None = None) -> str:
        number = f" <span style='color:{self._colours.ink_faint}'>{count}</span>" if count else ""
        return (
            f"<p style='color:{self._colours.accent}; margin-top:14px; margin-bottom:4px'>"
            f"<b>{escape(title)}</b>{number}</p>"
        )

    def _section(self, part: Section) -> Iterator[str]:
        shown = self._loaded.shown
        rows = [
            self._pair(field, shown.values.get(field.name))
            for row in part.rows
            for field in map(shown.spec.field, row)
            if shown.values.get(field.name) is not None
            and field.name != self._headed_by
            and not field.machine
        ]
        if rows:
            yield self._heading(part.title)
            yield f"<table width='100%' cellspacing='0' cellpadding='0'>{''.join(rows)}</table>"

    def _pair(self, spec: FieldSpec, value: Value) -> str:
        soft = self._colours.ink_soft
        if spec.kind is FieldKind.LONG_TEXT:
            text = escape(str(value)).replace("\n", "<br>")
            return (
                f"<tr><td colspan='2' style='padding-bottom:6px'><span style='color:{soft}'>"
                f"{escape(spec.label)}</span><br>{text}</td></tr>"
            )
        return (
            f"<tr><td width='42%' style='color:{soft}; padding-bottom:6px; padding-right:8px'>"
            f"{escape(spec.label)}</td><td style='padding-bottom:6px'>{self._value(spec, value)}"
            "</td></tr>"
        )

    def _value(self, spec: FieldSpec, value: Value) -> str:
        if spec.private and not self._revealed:
            return (
                f"<span style='color:{self._colours.ink_faint}'>{MASK}</span> &nbsp;"
                f"<a href='{REVEAL}' style='color:{self._colours.blue}'>Hiện</a>"
            )
        if spec.kind is FieldKind.MONEY and isinstance(value, int):
            return escape(show_money(value))
        return escape(shown_text(self._office, spec, value, self._loaded.titles))

    def _lines(self, part: LinesPart) -> Iterator[str]:
        shown = self._loaded.shown
        line = shown.spec.line(part.line)
        held = lines_of(shown.values, part.line)
        if not held or all(line.field(name).machine for name in part.columns):
            return
        by_year = line.ids_from == BY_YEAR
        ids = sorted(held, reverse=by_year, key=lambda one: (_key(held[one], part.order_by), one))
        yield self._heading(line.label, len(ids))
        for one in ids:
            cells = [self._told(line.field(name), held[one]) for name in part.columns]
            yield self._row([one, *cells] if by_year else cells)

    def _checklist(self, part: ChecklistPart) -> Iterator[str]:
        shown = self._loaded.shown
        line = shown.spec.line(part.line)
        tick = next(spec for spec in line.fields if spec.kind is FieldKind.YES_NO)
        items = self._office.codes[line.ids_from].values
        have = {
            item.id
            for item in items
            if shown.values.get(line_path(line.name, item.id, tick.name)) is True
        }
        wanted = [item for item in items if item.required]
        lacking = [item.label for item in wanted if item.id not in have]
        yield self._heading(line.label)
        told = f"Đã có {len(wanted) - len(lacking)}/{len(wanted)} thành phần bắt buộc."
        yield f"<p style='margin-top:0; margin-bottom:4px'>{told}</p>"
        if lacking:
            words = escape("; ".join(label[:1].lower() + label[1:] for label in lacking))
            yield (
                f"<p style='color:{self._colours.gold}; margin-top:0; margin-bottom:4px'>"
                f"△ Còn thiếu: {words}.</p>"
            )

    def _children(self, part: ChildrenPart) -> Iterator[str]:
        records = self._loaded.children.get(part.kind, [])
        spec: RecordSpec = self._office.lists.specs[part.kind]
        if not records or all(spec.field(name).machine for name in spec.title):
            return  # rows without anything to tell them apart
        ordered = in_order(self._office, self._layout, part.kind, list(records))
        yield self._heading(spec.plural, len(records))
        for record in ordered[:_MOST_ROWS]:
            values = record.values()
            yield self._row([self._told(spec.field(name), values) for name in part.columns])
        if len(records) > _MOST_ROWS:
            more = show_integer(len(records) - _MOST_ROWS)
            yield f"<p style='color:{self._colours.ink_faint}'>và {more} dòng nữa, mở để xem.</p>"

    def _answer(self, record: Record) -> Iterator[str]:
        """Write what one unit answered to another: who, then what is filled in."""
        spec, values = self._office.lists.specs[record.kind], record.values()
        titles = self._loaded.titles
        unit = shown_text(self._office, spec.field(spec.owned_by), record.owner, titles)
        yield self._heading(f"{spec.plural}: {unit}" if unit else spec.plural)
        apart = {spec.owned_by, spec.answers, spec.unit_by, *spec.title}
        rows = [
            self._pair(field, values[field.name])
            for field in spec.fields
            if field.name not in apart and values.get(field.name) is not None
        ]
        yield f"<table width='100%' cellspacing='0' cellpadding='0'>{''.join(rows)}</table>"

    def _told(self, spec: FieldSpec, values: Values) -> str:
        value = values.get(spec.name)
        if value is None:
            return ""
        if spec.private:
            return self._value(spec, value)
        text = escape(shown_text(self._office, spec, value, self._loaded.titles))
        counted = spec.kind in (FieldKind.INTEGER, FieldKind.MONEY)
        return f"{escape(spec.label.lower())} {text}" if counted and spec.name != "year" else text

    def _row(self, cells: list[str]) -> str:
        filled = [cell for cell in cells if cell]
        first = filled[0] if filled else "(trống)"
        rest = f"<br><span style='color:{self._colours.ink_soft}'>{' · '.join(filled[1:])}</span>"
        return f"<p style='margin-top:0; margin-bottom:6px'>{first}{rest if filled[1:] else ''}</p>"


def _key(line: Mapping[str, Value], name: str) -> str:
    return str(line.get(name) or "") if name else ""
