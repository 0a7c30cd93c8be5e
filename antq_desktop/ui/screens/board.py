"""*Bảng theo dõi*: every unit × step of a year; a cell does its step, for one unit or for many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPlainTextEdit

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.records.standards import RATING
from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.services.standards.board import (
    APPRAISAL,
    CERTIFICATE,
    DECISION,
    FILE,
    MEETING,
    REGISTRATION,
    REPORT,
    SELF_REVIEW,
    SIGNING,
    step_label,
)
from antq_desktop.services.standards.book import POOLED
from antq_desktop.services.standards.calendar import leads_of, plan_meetings, set_days
from antq_desktop.services.standards.scope import COMMUNE
from antq_desktop.services.standards.steps import held_for, proposed
from antq_desktop.services.standards.subjects import BOUND
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.screens.board_forms import (
    DecisionBody,
    certificate_dialog,
    decision_dialog,
    rating_dialog,
    step_dialog,
)
from antq_desktop.ui.screens.board_page import BoardPage
from antq_desktop.ui.screens.cycle import BOARD, CycleScreen, list_wanted
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.fields import Value
    from antq_desktop.services.records import Saved
    from antq_desktop.services.standards.results import Decided
    from antq_desktop.services.standards.steps import Held, Proposed

_MOST_TOLD: Final = 12
_KINDS: Final = {
    REGISTRATION: ("registration",),
    SELF_REVIEW: ("score_sheet", "score_line"),
    DECISION: ("standard_decision", "recognition", "classification", "scheme", "team_rating"),
    CERTIFICATE: ("recognition",),
}
# Step: its paper, the attribute of `Held` that has the record, and what is done before printing.
PAPERS: Final = {
    REGISTRATION: ("std_registration", "registration", "Ghi đăng ký rồi in."),
    SELF_REVIEW: ("std_score_sheet", "sheet", "Lập phiếu chấm rồi in."),
    MEETING: ("std_minutes", "submission", "Ghi ngày họp dự kiến rồi in biên bản."),
    FILE: ("std_proposal", "submission", "Ghi bước nộp hồ sơ rồi in tờ trình."),
    APPRAISAL: ("std_score_sheet", "sheet", "Lập phiếu chấm rồi in."),
    SIGNING: ("std_proposal", "submission", "Ghi bước nộp hồ sơ rồi in tờ trình."),
    DECISION: ("std_decision", "decision", "Ghi quyết định rồi in."),
    CERTIFICATE: ("std_certificate", "certificate", "Ghi quyết định công nhận rồi in giấy."),
}


class BoardScreen(CycleScreen):
    """The board and what its cells do."""

    key = BOARD
    title = "Bảng theo dõi"
    dialog: FormDialog | None = None

    @property
    def page(self) -> BoardPage:
        """The page of the board."""
        page = self.list
        assert isinstance(page, BoardPage)  # noqa: S101 - made below
        return page

    def make_page(self) -> BoardPage:
        """Return the board, connected."""
        page = BoardPage(self.workplace, self.season)
        page.step_asked.connect(self.do_step)
        page.print_asked.connect(self.print_step)
        page.meetings_asked.connect(self.show_meetings)
        page.days_asked.connect(self.show_days)
        return page

    def reload(self) -> None:
        """Read the board of the year in view."""
        boards, season = self.workplace.office.standards.board, self.season
        self.workplace.jobs.read(
            lambda _control: boards.board(season.year, season.standard),
            self.page.show_board,
            owner=self.page,
            lane="board",
        )

    # the step in view

    def do_step(self) -> None:
        """Do the step of the cell in view for the chosen units."""
        units, step = self.page.units(), self.page.step
        if not units:
            return
        if not step:
            row = self.page.model.unit(self.page.table.currentIndex().row())
            step = (row.next_step if row else "") or REGISTRATION
            units = units[:1]
        if step == DECISION:
            self._rate(units) if self.season.standard == RATING else self._decide(units)
        elif step == CERTIFICATE:
            self._show(certificate_dialog(self.workplace, self.page, self._of, self._saved(step)))
        else:
            self._held(units, lambda held: self._step(step, held))

    def _step(self, step: str, held: list[Held]) -> None:
        rated = self.season.standard == RATING
        if step == SELF_REVIEW or (step == APPRAISAL and (rated or len(held) == 1)):
            self._sheets(held)
            return
        more: tuple[str, Callable[[], None]] | None = None
        one = held[0] if len(held) == 1 else None
        by_unit = self.workplace.enter_by_unit
        if step == REGISTRATION and one is None and by_unit is not None:
            year, standard = self._of
            said: dict[str, Value] = {"year": year, "standard": standard}
            more = ("Nhập mỗi đơn vị một dòng", lambda: by_unit("registration", said, BOARD))
        elif one is not None:
            kind, record = ("registration", one.registration)
            if step != REGISTRATION:
                kind, record = ("submission", one.submission)
            if record:
                more = ("Mở hồ sơ này", lambda: self.lead(Lead(kind, record)))
        self._show(
            step_dialog(self.workplace, self.page, step, held, self._of, self._saved(step), more)
        )

    def _sheets(self, held: list[Held]) -> None:
        missing = [each.unit for each in held if not each.sheet]
        if not missing:
            if len(held) == 1:
                self.open_sheet(held[0].sheet)
            else:
                self.lead(Lead("score_sheets"))
            return
        sheets, (year, standard) = self.workplace.office.standards.sheets, self._of

        def arrive(saved: Saved) -> None:
            self.workplace.told(saved, ("score_sheet", "score_line"))
            if len(held) == 1:
                self._held([held[0].unit], lambda again: self.open_sheet(again[0].sheet))

        self.workplace.jobs.write(
            lambda control: sheets.begin(missing, year, standard=standard, step=control.report),
            arrive,
            owner=self.page,
            title="Lập phiếu chấm",
        )

    def _decide(self, units: list[str]) -> None:
        standards, (year, standard) = self.workplace.office.standards, self._of

        def told(decided: Decided) -> None:
            self.workplace.told(decided.saved, _KINDS[DECISION])
            if decided.warnings:
                self._warn([fault.message for fault in decided.warnings])

        def show(found: list[Proposed]) -> None:
            dialog = decision_dialog(self.workplace, self.page, found, self._of, told)
            body = dialog.findChild(DecisionBody)
            if isinstance(body, DecisionBody):
                body.expect.clicked.connect(lambda: self._expect(dialog, units))
            self._show(dialog)

        self.workplace.jobs.read(
            lambda _control: proposed(standards.ground, standards.sheets, units, year, standard),
            show,
            owner=self.page,
        )

    def _rate(self, units: list[str]) -> None:
        """Note in the records of schemes and teams what their sheets come to."""
        standards, (year, standard) = self.workplace.office.standards, self._of

        def show(found: list[Proposed]) -> None:
            self._show(rating_dialog(
                self.workplace, self.page, found, year, self._saved(DECISION)
            ))  # fmt: skip

        self.workplace.jobs.read(
            lambda _control: proposed(standards.ground, standards.sheets, units, year, standard),
            show,
            owner=self.page,
        )

    def _expect(self, dialog: FormDialog, units: list[str]) -> None:
        """Ask why units are expected to be recognised, and note it; a decision replaces it."""
        dialog.reject()
        results, year = self.workplace.office.standards.results, self.season.year
        question = Question(
            title=f"Ghi chờ quyết định cho {show_integer(len(units))} đơn vị",
            consequence=(
                "Tỷ lệ của xã được tính tạm với các đơn vị này. Khi có quyết định, ghi quyết định "
                "thì kết quả tạm được thay."
            ),
            choices=(Choice("back", "Quay lại"), Choice("expect", "Ghi chờ quyết định", "primary")),
            safe="back",
            reason_label="Lý do (được in)",
            icon="info",
        )

        def answered(answer: Answer) -> None:
            if answer.key == "expect":
                self.workplace.jobs.write(
                    lambda _control: results.expect(year, units, answer.reason),
                    self._saved(CERTIFICATE),
                    owner=self.page,
                )

        self.workplace.asker.ask(question, answered)

    def print_step(self) -> None:
        """Show the papers of the step in view for the chosen units, as one file."""
        units, step = self.page.units(), self.page.step or REGISTRATION
        if step == REPORT and self.season.standard in BOUND:
            self.show_papers([Wanted("std_result_report", period=str(self.season.year))])
            return
        if step == REPORT:
            self.show_papers([list_wanted(self.season)])
            return
        form, name, before = PAPERS[step]
        if self.season.standard == RATING:
            form, name, before = PAPERS[SELF_REVIEW]

        def arrive(held: list[Held]) -> None:
            ids = dict.fromkeys(str(getattr(each, name)) for each in held)
            wanted = [Wanted(form, record_id=one) for one in ids if one]
            if wanted:
                self.show_papers(wanted)
                return
            label = step_label(step, self.season.standard).lower()
            message = f"Chưa có gì để in ở bước {label} của nơi đã chọn. {before}"
            self.workplace.door.meet(UserError("nothing_to_print", message))

        self._held(units, arrive)

    # meetings and days

    def show_meetings(self) -> None:
        """Show the calendar of meetings, and lay those of the chosen units over working days."""
        standards, (year, standard) = self.workplace.office.standards, self._of
        units = self.page.units()
        fields = (
            FieldSpec(name="first", label="Ngày họp đầu tiên", kind=FieldKind.DATE, required=True),
            FieldSpec(name="a_day", label="Số cuộc họp mỗi ngày làm việc", kind=FieldKind.INTEGER,
                      required=True, minimum=1, maximum=50, width=8),
            FieldSpec(name="place", label="Nơi họp", width=40, max_length=200),
        )  # fmt: skip

        def work(given: Given) -> Saved:
            a_day = given["a_day"]
            return plan_meetings(
                standards.ground, year, units, str(given["first"]),
                a_day if isinstance(a_day, int) else 1, str(given["place"] or ""), standard,
            )  # fmt: skip

        def show(found: tuple[tuple[str, str, str, str], ...]) -> None:
            told = [
                f"{show_date(day)}  {name}" + (f", {place}" if place else "")
                for day, _unit, name, place in found
            ]
            body = QPlainTextEdit("\n".join(told) or "Chưa có cuộc họp nào trong lịch.")
            body.setReadOnly(True)
            body.setTabChangesFocus(True)
            body.setAccessibleName("Lịch họp đã có")
            body.setFixedHeight(20 * UNIT)
            self._show(
                FormDialog(
                    self.workplace, self.page, title=f"Lịch họp năm {year}",
                    told=(
                        f"Xếp lịch cho {show_integer(len(units))} đơn vị đang chọn, chỉ vào ngày "
                        "làm việc, theo thứ tự trên bảng. Lịch đã có ở dưới."
                    ),
                    fields=fields, verb="Xếp lịch", work=work, done=self._saved(MEETING),
                    held={"a_day": 2}, body=body,
                )
            )  # fmt: skip

        self.workplace.jobs.read(
            lambda _control: standards.board.meetings(year, standard), show, owner=self.page
        )

    def show_days(self) -> None:
        """Ask for the unit's own earlier days, for one kind of unit or for all."""
        ground, year = self.workplace.office.standards.ground, self.season.year
        spec = self.workplace.office.lists.specs["day_plan"]
        kind = self.page.kind.option.id or POOLED[0]
        names = ("unit_kind", "meeting", "file", "appraisal", "signing", "document")
        fields = [replace(spec.field(name), required=False) for name in names]

        def work(given: Given) -> Saved:
            chosen = given.pop("unit_kind")
            kinds = [str(chosen)] if chosen else [*POOLED, COMMUNE]
            return set_days(ground, year, kinds, given)

        def show(held: Given) -> None:
            start: Given = {"meeting": 15, "file": 10, "appraisal": 5, "signing": 2}
            chosen = self.page.kind.option.id or None
            self._show(
                FormDialog(
                    self.workplace, self.page, title=f"Ngày nội bộ năm {year}",
                    told=(
                        "Số ngày làm việc mỗi bước phải xong trước ngày quyết định. Để trống loại "
                        "đơn vị thì đặt cho mọi loại."
                    ),
                    fields=fields, verb="Đặt ngày", work=work,
                    done=lambda saved: self.workplace.told(saved, ("day_plan",)),
                    held={**start, **held, "unit_kind": chosen},
                )
            )  # fmt: skip

        self.workplace.jobs.read(
            lambda _control: leads_of(ground, year, kind), show, owner=self.page
        )

    # inside

    @property
    def _of(self) -> tuple[int, str]:
        return self.season.year, self.season.standard

    def _held(self, units: list[str], then: Callable[[list[Held]], None]) -> None:
        standards, (year, standard) = self.workplace.office.standards, self._of
        self.workplace.jobs.read(
            lambda _control: list(
                held_for(standards.ground, standards.sheets, units, year, standard).values()
            ),
            then,
            owner=self.page,
            lane="held",
        )

    def _saved(self, step: str) -> Callable[[Saved], None]:
        kinds = _KINDS.get(step, ("submission",))
        return lambda saved: self.workplace.told(saved, kinds)

    def _warn(self, told: list[str]) -> None:
        question = Question(
            title="Quyết định đã ghi, có điều cần xem lại",
            consequence="\n".join(dict.fromkeys(told[:_MOST_TOLD])),
            choices=(Choice("seen", "Đã xem", "primary"),),
            safe="seen",
        )
        self.workplace.asker.ask(question, lambda _answer: None)

    def _show(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.open()
