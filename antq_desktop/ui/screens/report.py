"""The page *Báo cáo*: a report in words, edited passage by passage, shown and printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedWidget

from antq_desktop.domain.narrative.subjects import Scope
from antq_desktop.domain.periods import Period
from antq_desktop.services.help import help_page
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.screens.report_page import ReportPage

if TYPE_CHECKING:
    from antq_desktop.services.narrative.desk import Narrative, Narratives
    from antq_desktop.ui.screens.preview import PreviewPage
    from antq_desktop.ui.workplace import Workplace

KEY: Final = "report"
TITLE: Final = "Báo cáo"
_DRAFT: Final = "report"


class ReportScreen:
    """The report of a period; what is typed is kept when the box is left, and each step undone."""

    title = TITLE

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._stack: QStackedWidget | None = None
        self._page: ReportPage | None = None
        self.preview: PreviewPage | None = None
        self.help_page = help_page(KEY)

    # what the area asks

    def widget(self) -> QStackedWidget:
        """Return the page with what opens over it; built when it is first asked for."""
        if self._stack is None:
            self._stack = QStackedWidget()
            self._stack.addWidget(self.list)
        return self._stack

    @property
    def list(self) -> ReportPage:
        """The page of the report."""
        if self._page is None:
            page = self._page = ReportPage(self._workplace)
            page.asked.connect(self.draft)
            page.written.connect(self._write)
            page.taken_back.connect(self._take_back)
            page.explained.connect(self._explain)
            page.undo_asked.connect(self._undo)
            page.print_asked.connect(self.show_paper)
            page.workbook_asked.connect(self._ask_for_file)
            page.typed.connect(self._keep)
        return self._page

    @property
    def at_list(self) -> bool:
        """Whether the report is in front."""
        return self.widget().currentWidget() is self.list

    def activate(self) -> None:
        """Write the report again when something was written meanwhile."""
        if self.list.stale:
            self.draft()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Keep what is being typed, and leave."""
        self.list.finish()
        go()

    def search(self, words: str) -> bool:  # noqa: ARG002 - a report is read, not searched
        """Leave the words to the search over everything."""
        return False

    # what happens

    def draft(self) -> None:
        """Write the report of the period in view on a reader."""
        page = self.list
        page.finish()
        period, scope = self._period(), page.scope
        narratives = self._workplace.office.narratives
        page.begin()
        self._workplace.jobs.read(
            lambda _control: narratives.report(period, scope),
            self._show,
            owner=page,
            lane="report",
            title="Viết báo cáo",
        )

    def show_paper(self) -> None:
        """Show the report as it will be printed."""
        from antq_desktop.ui.screens.preview import PreviewPage

        self.list.finish()
        wanted = [Wanted("report", period=self.list.period, about=self.list.scope.name)]
        preview = self.preview = PreviewPage(self._workplace, wanted)
        preview.closed.connect(self._drop_preview)
        self.widget().addWidget(preview)
        self.widget().setCurrentWidget(preview)
        preview.start()

    def _show(self, narrative: Narrative) -> None:
        self.list.show_answer(narrative)
        held = self._workplace.office.drafts.find(self._draft_of(narrative.period, narrative.scope))
        if held is not None:
            self.list.show_typed({key: str(text) for key, text in held.content.items()})

    def _write(self, key: str, words: str) -> None:
        self._do(lambda narratives, period, scope: narratives.write(period, key, words, scope))

    def _take_back(self, key: str) -> None:
        self._do(lambda narratives, period, scope: narratives.take_back(period, key, scope))

    def _explain(self, code: str, words: str) -> None:
        self._do(lambda narratives, period, scope: narratives.explain(period, code, words, scope))

    def _undo(self) -> None:
        self._do(lambda narratives, period, scope: narratives.undo(period, scope))

    def _do(self, act: Callable[[Narratives, Period, Scope], Narrative]) -> None:
        narratives, period = self._workplace.office.narratives, self._period_shown()
        scope = self._scope_shown()
        drafts, draft = self._workplace.office.drafts, self._draft_of(period, scope)

        def work(_control: object) -> Narrative:
            done = act(narratives, period, scope)
            drafts.drop(draft)
            return done

        self._workplace.jobs.write(work, self.list.show_answer, title="Lưu báo cáo")

    def _keep(self, words: Mapping[str, str]) -> None:
        drafts, period = self._workplace.office.drafts, self._period_shown()
        name, title = self._draft_of(period, self._scope_shown()), f"Báo cáo {period.label}"

        def work(_control: object) -> None:
            if words:
                drafts.keep(name, _DRAFT, title, dict(words))
            else:
                drafts.drop(name)

        self._workplace.jobs.read(work, lambda _done: None, owner=self.list, lane="report draft")

    def _period(self) -> Period:
        return self._workplace.office.periods.named(self.list.period)

    def _period_shown(self) -> Period:
        shown = self.list.narrative
        return shown.period if shown is not None else self._period()

    def _scope_shown(self) -> Scope:
        shown = self.list.narrative
        return shown.scope if shown is not None else self.list.scope

    def _draft_of(self, period: Period, scope: Scope) -> str:
        return "/".join(part for part in (_DRAFT, period.name, scope.name) if part)

    def _ask_for_file(self) -> None:
        self.list.finish()
        shown = self.list.narrative
        if shown is None:
            return
        name = shown.period.name.replace(":", "_").replace("..", "_")
        subject = f"_{shown.scope.subject}" if shown.scope.subject else ""
        question = FileQuestion(
            "Ghi các bảng của báo cáo", (("Bảng tính Excel", "*.xlsx"),),
            suggested=f"bao_cao_{name}{subject}.xlsx", to_write=True,
        )  # fmt: skip
        self._workplace.asker.ask_file(question, lambda path: self._write_book(shown, path))

    def _write_book(self, shown: Narrative, path: Path | None) -> None:
        from antq_desktop.services.narrative.workbook import write_report

        if path is None:
            return
        office = self._workplace.office
        target = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")

        def work(_control: object) -> Path:
            now = office.narratives.report(shown.period, shown.scope)
            return write_report(now, office.lists.specs, office.figure_records(), target)

        self._workplace.jobs.read(
            work,
            lambda written: self._workplace.door.done(f"Đã ghi các bảng vào {written}."),
            owner=self.list,
        )

    def _drop_preview(self) -> None:
        if self.preview is not None:
            self.preview.end()
            self.widget().setCurrentWidget(self.list)
            self.widget().removeWidget(self.preview)
            self.preview.deleteLater()
            self.preview = None
            self.activate()
