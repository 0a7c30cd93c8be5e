"""Chép số sang hệ thống khác: targets of the unit, and figures in their order and shape."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.figures import measure_of
from antq_desktop.domain.papers import Column, Heading, Note, Paper, Table
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import paper_count, show_integer
from antq_desktop.domain.spoken import spoken
from antq_desktop.domain.targets import (
    Of,
    Spot,
    Target,
    TargetCell,
    by_title,
    checked,
    code_for,
    grid,
    moved,
    read_target,
    sheets_in,
    spots_of,
    suggested,
    to_toml,
)
from antq_desktop.paths import forms_folder
from antq_desktop.printing.render import Press
from antq_desktop.services.hand import Hand
from antq_desktop.services.reports import Reports
from antq_desktop.sheets.filling import fill_copy
from antq_desktop.sheets.reading import read_sheets
from antq_desktop.storage.store import Store

SETTING: Final = "targets"
UNKNOWN: Final = "chưa có số liệu"
_FOLDER: Final = "targets"


@dataclass(frozen=True, slots=True)
class Found:
    """A cell beside a label, and what it likely takes.

    Attributes:
        spot: The cell.
        likely: Codes of figures, the likeliest first; empty where nothing is alike.
    """

    spot: Spot
    likely: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """The figures of a target.

    Attributes:
        target: The target.
        period: The period.
        values: One for each cell of it, in its order; None where nothing is known.
    """

    target: Target
    period: Period
    values: tuple[int | None, ...]

    def text(self, sheet: str = "") -> str:
        """Return the figures of one sheet as they are pasted; of the first without a name."""
        return grid(self.target, self.values, sheet or sheets_in(self.target)[0])

    def lines(self) -> list[tuple[str, str, str, str, str]]:
        """Return cell, label, figure, period and number as text, cell by cell."""
        several = len(sheets_in(self.target)) > 1
        return [
            (
                f"{each.spot.sheet} {each.spot.cell}" if several else each.spot.cell,
                each.spot.label, measure_of(each.measure).label, each.spot.of.label,
                UNKNOWN if value is None else show_integer(value),
            )
            for each, value in zip(self.target.cells, self.values, strict=True)
        ]  # fmt: skip


class Targets:
    """Keeps the targets of one profile and works their figures out."""

    def __init__(self, store: Store, hand: Hand, reports: Reports, fonts: Path) -> None:
        self._store = store
        self._hand = hand
        self._reports = reports
        self._fonts = fonts

    def all(self) -> list[Target]:
        """Return the targets of the unit, then the shipped examples."""
        shipped = {
            file.stem: read_target(file.stem, file.read_text(encoding="utf-8"), own=False)
            for file in sorted((forms_folder() / _FOLDER).glob("*.toml"))
        }
        own = {code: read_target(code, text) for code, text in self._kept().items()}
        return by_title(list({**shipped, **own}.values()))

    def find(self, code: str) -> Target:
        """Return a target.

        Raises:
            UserError: `unknown_target`.
        """
        for target in self.all():
            if target.code == code:
                return target
        known = ", ".join(target.code for target in self.all())
        message = f"Không có mẫu chép số “{code[:40]}”. Các mẫu: {known}."
        raise UserError("unknown_target", message, "target")

    @staticmethod
    def look(workbook: Path) -> list[Found]:
        """Return the cells of a workbook that stand beside labels, with suggestions.

        Raises:
            UserError: `no_labels`, and what `read_sheets` says of the file.
            EnvironmentFault: The machine denied it.
        """
        found = [
            Found(spot, tuple(suggested(spot.label)))
            for sheet in read_sheets(workbook)
            for spot in spots_of(sheet.name, sheet.rows)
        ]
        if not found:
            message = "Bảng tính không có ô nào để ghi số bên phải một nhãn. Chọn tệp khác."
            raise UserError("no_labels", message, "workbook")
        return found

    def save(self, title: str, cells: Sequence[TargetCell], code: str = "") -> Target:
        """Keep a target of the unit; with the code of an own one in its place.

        Raises:
            UserError: What `checked` says; `not_allowed`.
        """
        kept = self._kept()
        taken = [each.code for each in self.all()]
        target = checked(Target(code or code_for(title, taken), title.strip(), tuple(cells)))
        self._write({**kept, target.code: to_toml(target)}, f"Lập mẫu chép số “{target.title}”")
        return target

    def take(self, text: str) -> Target:
        """Keep a target that was written as TOML, by another unit or by hand.

        Raises:
            UserError: What `read_target` and `save` say.
        """
        read = read_target("", text)
        return self.save(read.title, read.cells)

    def drop(self, code: str) -> Target:
        """Let a target of the unit go.

        Raises:
            UserError: `unknown_target`, `target_shipped`, `not_allowed`.
        """
        target = self.find(code)
        kept = self._kept()
        if code not in kept:
            message = f"Mẫu “{target.title}” đi kèm chương trình nên không xóa được."
            raise UserError("target_shipped", message, "target")
        rest = {name: text for name, text in kept.items() if name != code}
        self._write(rest, f"Xóa mẫu chép số “{target.title}”")
        return target

    def copied(self, target: Target, period: Period, unit: str = "") -> Copied:
        """Return the figures of a target for a period, of all units or of one.

        Raises:
            UserError: `unknown_unit`.
        """
        measures = tuple({measure_of(each.measure): None for each in target.cells})
        periods = {
            Of.NOW: lambda: period,
            Of.YEAR: lambda: self._reports.year_before(period),
            Of.LAST: lambda: self._reports.one_before(period),
        }
        asked = {each.spot.of for each in target.cells}
        reports = {of: self._reports.of_unit(periods[of](), measures, unit) for of in asked}
        values = tuple(
            reports[each.spot.of].figure(each.measure).counted.value for each in target.cells
        )
        return Copied(target, period, values)

    @staticmethod
    def fill(copied: Copied, workbook: Path, out: Path) -> Path:
        """Write the figures into a copy of a workbook; unknown ones leave their cell as it is.

        Raises:
            UserError: `target_moved`: the workbook is another one than was shown; and what
                `fill_copy` says.
            EnvironmentFault: The machine denied it.
        """
        rows = {sheet.name: sheet.rows for sheet in read_sheets(workbook)}
        gone = moved(copied.target, rows)
        if gone:
            message = (
                f"Tệp “{workbook.name}” khác bảng tính đã cho xem: bên cạnh ô "
                f"{', '.join(gone[:5])} không còn nhãn cũ. Chọn đúng tệp, hoặc lập lại mẫu."
            )
            raise UserError("target_moved", message, "workbook")
        values = {
            (each.spot.sheet, each.spot.row, each.spot.column): value
            for each, value in zip(copied.target.cells, copied.values, strict=True)
            if value is not None
        }
        return fill_copy(workbook, values, out)

    def reading_sheet(self, copied: Copied) -> bytes:
        """Return the sheet from which one reads and another types, as PDF."""
        rows = [
            (
                str(at), line[0], line[1], line[3], paper_count(value) if value is not None else "",
                spoken(value) if value is not None else UNKNOWN,
            )
            for at, (line, value) in enumerate(
                zip(copied.lines(), copied.values, strict=True), start=1
            )
        ]  # fmt: skip
        columns = (
            Column("TT", 8, "centre"), Column("Ô", 16, "centre"), Column("Nhãn", 60),
            Column("Kỳ", 24), Column("Số", 20, "right"), Column("Đọc là", 52),
        )  # fmt: skip
        subject = f"{copied.target.title}, {copied.period.label}"
        blocks = (
            Heading("Tờ đọc số liệu", subject), Table(columns, rows, size=11.0),
            Note(copied.target.note),
        )  # fmt: skip
        paper = Paper("Tờ đọc số liệu", blocks if copied.target.note else blocks[:-1])
        return Press(self._fonts).render(paper)

    def _kept(self) -> dict[str, str]:
        held = json.loads(self._store.setting(SETTING, "{}"))
        return {str(code): str(text) for code, text in held.items()}

    def _write(self, kept: Mapping[str, str], told: str) -> None:
        with self._store.writing(self._hand.officer, Action.SET) as work:
            work.set_setting(SETTING, json.dumps(dict(sorted(kept.items())), ensure_ascii=False))
            work.note("", "", told)


def with_measures(found: Sequence[Found], chosen: Mapping[int, str]) -> list[TargetCell]:
    """Return the cells to which a person gave a figure.

    Args:
        found: The cells of the workbook.
        chosen: By place in `found`, the code of a figure, or an empty text for none; cells that
            are not named take what is likeliest.
    """
    cells = []
    for at, each in enumerate(found):
        measure = chosen.get(at, each.likely[0] if each.likely else "")
        if measure:
            cells.append(TargetCell(replace(each.spot), measure))
    return cells
