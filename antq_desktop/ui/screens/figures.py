"""The page *Số liệu*: figures of any period and unit, their sources and their records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from antq_desktop.domain.adjusting import KIND as ADJUSTMENT
from antq_desktop.domain.explaining import Explained
from antq_desktop.domain.opening import KIND as OPENING_FIGURE
from antq_desktop.services.figures_table import Against, FigureLine, figure_table, write_workbook
from antq_desktop.services.help import help_page
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.screens.figures_entry import EntryPage
from antq_desktop.ui.screens.figures_page import FiguresPage
from antq_desktop.ui.screens.filters import Narrowed
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.preview_wanted import Wanted

if TYPE_CHECKING:
    from antq_desktop.services.finding import Behind
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.screens.preview import PreviewPage
    from antq_desktop.ui.screens.targets_dialog import TargetsDialog
    from antq_desktop.ui.workplace import Workplace

KEY: Final = "figures"
TITLE: Final = "Số liệu"


class FiguresScreen:
    """The figures, the sheet in which numbers of a report are entered, and the printed summary."""

    title = TITLE

    def __init__(
        self, workplace: Workplace, lead: Callable[[Lead], None], listed: Sequence[str]
    ) -> None:
        """Take the work, what leads to lists of records, and the kinds that have a list."""
        self._workplace = workplace
        self._lead = lead
        self._listed = tuple(listed)
        self._stack: QStackedWidget | None = None
        self._page: FiguresPage | None = None
        self.entry: EntryPage | None = None
        self.preview: PreviewPage | None = None
        self.copying: TargetsDialog | None = None
        self._changed: tuple[str, ...] = ()
        self.help_page = help_page(KEY)

    # what the area asks

    def widget(self) -> QStackedWidget:
        """Return the page with what opens over it; built when it is first asked for."""
        if self._stack is None:
            self._stack = QStackedWidget()
            self._stack.addWidget(self.list)
        return self._stack

    @property
    def list(self) -> FiguresPage:
        """The page of figures."""
        if self._page is None:
            page = self._page = FiguresPage(self._workplace)
            page.asked.connect(self.count)
            page.pane.records_asked.connect(self.open_records)
            page.pane.changed_asked.connect(self.open_changed)
            page.pane.unit_asked.connect(self.open_records)
            page.looked.connect(self._explain)
            page.table.activated.connect(lambda _index: self.open_records())
            page.pane.close_asked.connect(partial(self._turn, closes=True))
            page.pane.reopen_asked.connect(partial(self._turn, closes=False))
            page.pane.enter_asked.connect(self.enter)
            page.pane.adjust_asked.connect(self.adjust)
            page.pane.unadjust_asked.connect(self.unadjust)
            page.enter_asked.connect(self.enter)
            page.print_asked.connect(self.show_papers)
            page.workbook_asked.connect(self._ask_for_file)
            page.copy_asked.connect(self.copy_elsewhere)
        return self._page

    @property
    def at_list(self) -> bool:
        """Whether the figures are in front."""
        return self.widget().currentWidget() is self.list

    def activate(self) -> None:
        """Count again when something was written meanwhile."""
        if self.list.stale:
            self.count()
        if self.at_list:
            self.list.take_focus()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Leave at once unless numbers were typed and not saved."""
        if self.entry is not None:
            self.entry.may_leave(go)
            return
        go()

    def search(self, words: str) -> bool:  # noqa: ARG002 - figures are found by the search box
        """Leave the words to the search over everything."""
        return False

    # what happens

    def count(self) -> None:
        """Count the period in view on a reader."""
        office, page = self._workplace.office, self.list
        wanted = page.wanted()
        period = office.periods.named(wanted.period)

        def work(control: Control) -> object:
            return figure_table(
                office.reports.by(wanted.by),
                office.lists.specs,
                period,
                against=wanted.against,
                unit=wanted.unit,
                told=lambda done: control.report(done, None, "Đang tính số liệu"),
            )

        page.begin()
        self._workplace.jobs.read(
            work, page.show_answer, owner=page, lane="figures", title="Tính số liệu"
        )

    def open_records(self, unit: str = "") -> None:
        """Go to the list of the records behind the figure in view, or to its report.

        Args:
            unit: Only those of this unit, for a total that is opened by commune.
        """
        line, page = self.list.line, self.list
        if line is None:
            return
        if not line.counted.recorded and line.counted.openings:
            self._lead(Lead(OPENING_FIGURE, record=line.counted.openings[0].record))
            return
        office, listed = self._workplace.office, self._listed
        wanted = page.wanted()
        period = office.periods.named(wanted.period)
        names = page.answer.units if page.answer is not None else {}

        def go(behind: Behind) -> None:
            of = f", {names[unit]}" if unit in names else ""
            told = f"{line.label}, {period.label}{of}"
            self._lead(Lead(behind.kind, narrowed=Narrowed(told, among=behind.ids)))

        self._workplace.jobs.read(
            lambda _control: office.finding.behind(
                line.code, period, listed, unit or wanted.unit, wanted.by
            ),
            go,
            owner=page,
            lane="behind",
        )

    def adjust(self) -> None:
        """Ask for the number that is to stand in for the reported one in view."""
        from antq_desktop.ui.screens.asking import adjust

        line, table = self.list.line, self.list.answer
        if line is not None and table is not None and table.unit:
            adjust(self._workplace, self.list, table, line)

    def unadjust(self) -> None:
        """Take the adjustment in view back."""
        line, office = self.list.line, self._workplace.office
        held = (line.counted.adjustment or line.counted.lapsed) if line is not None else None
        if held is not None:
            self._workplace.jobs.write(
                lambda _control: office.records.void(ADJUSTMENT, held.record, "Bỏ điều chỉnh"),
                lambda saved: self._workplace.told(saved, (ADJUSTMENT,)),
            )

    def _explain(self) -> None:
        """Say under the figure in view why it is another one than before."""
        line, table, office = self.list.line, self.list.answer, self._workplace.office
        self._changed = ()
        if line is None or table is None:
            return
        code, period, earlier, unit = line.code, table.period, table.earlier, table.unit
        by = self.list.wanted().by

        def work(_control: Control) -> tuple[Explained, Explained]:
            between = office.explaining.by(by).between(code, period, earlier, unit)
            last = office.explaining.since_handed_over(code, period) if not unit else Explained("")
            return between, last

        def show(found: tuple[Explained, Explained]) -> None:
            if self.list.line is not None and self.list.line.code == code:
                self._changed = found[0].records
                sentences = [each.sentence for each in found]
                there = bool(found[0].records) and line.kind in self._listed
                self.list.pane.show_explained(sentences, there=there)

        self._workplace.jobs.read(work, show, owner=self.list, lane="explained")

    def open_changed(self) -> None:
        """Go to the list of the records by which the figure in view changed."""
        line, table = self.list.line, self.list.answer
        if line is not None and table is not None and self._changed:
            told = f"{line.label}: thay đổi so với {table.earlier.label}"
            self._lead(Lead(line.kind, narrowed=Narrowed(told, among=self._changed)))

    def _turn(self, *, closes: bool) -> None:
        line, office = self.list.line, self._workplace.office
        if line is None:
            return
        wanted = self.list.wanted()
        period, unit = office.periods.named(wanted.period), wanted.unit or office.unit
        act = office.openings.close if closes else office.openings.reopen
        self._workplace.jobs.write(
            lambda _control: act(line.code, unit, period),
            lambda saved: self._workplace.told(saved, (OPENING_FIGURE,)),
        )

    def enter(self) -> None:
        """Open the sheet in which the numbers of one report are entered."""
        if self.entry is not None:
            return
        wanted, line = self.list.wanted(), self.list.line
        entry = self.entry = EntryPage(self._workplace, wanted.unit, wanted.period)
        entry.closed.connect(self._leave_entry)
        entry.saved.connect(self._on_saved)
        self.widget().addWidget(entry)
        self.widget().setCurrentWidget(entry)
        entry.start(line.code if line is not None else "")

    def _leave_entry(self) -> None:
        if self.entry is not None:
            self.entry.may_leave(self._drop_entry)

    def _on_saved(self, saved: Saved) -> None:
        self._workplace.told(saved, (OPENING_FIGURE,))
        self._drop_entry()

    def _drop_entry(self) -> None:
        if self.entry is not None:
            self._drop(self.entry)
            self.entry = None

    def show_papers(self) -> None:
        """Show the summary of the period, and unit by unit where there are several."""
        from antq_desktop.ui.screens.preview import PreviewPage

        page = self.list
        period = page.wanted().period
        forms = {each.code for each in self._workplace.office.papers.forms()}
        wanted = [Wanted(code, period=period) for code in page.forms if code in forms]
        preview = self.preview = PreviewPage(self._workplace, wanted)
        preview.closed.connect(self._drop_preview)
        self.widget().addWidget(preview)
        self.widget().setCurrentWidget(preview)
        preview.start()

    def _drop_preview(self) -> None:
        if self.preview is not None:
            self.preview.end()
            self._drop(self.preview)
            self.preview = None

    def _drop(self, page: QWidget) -> None:
        self.widget().setCurrentWidget(self.list)
        self.widget().removeWidget(page)
        page.deleteLater()
        self.activate()
        self.list.take_focus()

    def copy_elsewhere(self) -> None:
        """Show the figures in the order and shape of another form."""
        from antq_desktop.ui.screens.targets_dialog import TargetsDialog

        wanted = self.list.wanted()
        period = self._workplace.office.periods.named(wanted.period)
        self.copying = TargetsDialog(self._workplace, self.list, period, wanted.unit)
        self.copying.open()

    def _ask_for_file(self) -> None:
        table = self.list.answer
        if table is None:
            return
        name = table.period.name.replace(":", "_").replace("..", "_")
        question = FileQuestion(
            "Ghi bảng số liệu", (("Bảng tính Excel", "*.xlsx"),),
            suggested=f"so_lieu_{name}.xlsx", to_write=True,
        )  # fmt: skip
        self._workplace.asker.ask_file(question, self._write)

    def _write(self, path: Path | None) -> None:
        table = self.list.answer
        if path is None or table is None:
            return
        target = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
        office, by = self._workplace.office, self.list.wanted().by
        records = office.figure_records(by)
        self._workplace.jobs.read(
            lambda _control: write_workbook(table, target, office.lists.specs, records),
            lambda written: self._workplace.door.done(f"Đã ghi bảng số liệu vào {written}."),
            owner=self.list,
        )


__all__ = ["KEY", "TITLE", "Against", "FigureLine", "FiguresScreen"]
