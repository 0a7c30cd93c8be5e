"""*Năm công tác*: opening and closing a year, what came after, targets, public holidays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.figures import MEASURES
from antq_desktop.services.standards.calendar import DayOff, holidays, set_holiday
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.screens.closing_dialog import closing_dialog
from antq_desktop.ui.screens.cycle import YEAR, CycleScreen
from antq_desktop.ui.screens.cycle_windows import WindowLine, window_dialog, window_lines
from antq_desktop.ui.screens.cycle_year_page import YearPage
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.services.records import Saved
    from antq_desktop.services.standards.closing import SinceClosing
    from antq_desktop.services.standards.years import TargetRow, Task

_LEADS: Final = {
    "sets": "criteria", "scope": "unit_year", "households": "unit_year", "books": "issuing_body",
    "days": "day_plan", "registrations": "board", "sheets": "score_sheets",
    "decisions": "board", "grades": "board", "plans": "standard_results",
}  # fmt: skip
_MEASURES: Final = "measures"


@dataclass(frozen=True, slots=True)
class YearState:
    """What the page shows of a year and standard."""

    opening: tuple[Task, ...]
    ending: tuple[Task, ...]
    obstacles: tuple[Fault, ...]
    closed_on: str
    since: SinceClosing | None
    targets: tuple[TargetRow, ...]
    days: tuple[DayOff, ...]
    windows: tuple[WindowLine, ...]
    day: str


class YearScreen(CycleScreen):
    """Opens and closes years."""

    key = YEAR
    title = "Năm công tác"
    dialog: FormDialog | None = None
    state: YearState | None = None
    day: str = ""

    @property
    def page(self) -> YearPage:
        """The page."""
        page = self.list
        assert isinstance(page, YearPage)  # noqa: S101 - made below
        return page

    def make_page(self) -> YearPage:
        """Return the page, connected."""
        page = YearPage(self.workplace, self.season)
        page.open_asked.connect(self.open_year)
        page.close_asked.connect(self.close_year)
        page.reopen_asked.connect(self.reopen)
        page.target_asked.connect(self.ask_target)
        page.holiday_asked.connect(self.ask_holiday)
        page.opening.opened.connect(self.follow)
        page.ending.opened.connect(self.follow)
        page.later.opened.connect(self._open_later)
        page.targets.opened.connect(lambda _one: self.lead(Lead("target")))
        page.holidays.opened.connect(self.ask_holiday)
        page.day_asked.connect(self.ask_day)
        page.window_asked.connect(self.ask_window)
        page.windows.opened.connect(self.ask_window)
        page.shipped_asked.connect(self.take_shipped)
        return page

    def reload(self) -> None:
        """Read the year in view."""
        office, season = self.workplace.office, self.season
        standards, year, standard = office.standards, season.year, season.standard
        asked = self.day if self.day.startswith(f"{year:04}") else ""

        def work() -> YearState:
            years = standards.years(office.reports)
            today = standards.ground.today()
            day = min(max(asked or today, f"{year:04}-01-01"), f"{year:04}-12-31")
            closed_on = standards.closings.closed_on(year, standard)
            return YearState(
                years.opening(year),
                years.ending(year),
                () if closed_on else standards.closings.obstacles(year, standard),
                closed_on,
                standards.closings.since(year, standard) if closed_on else None,
                years.targets(year, day),
                holidays(standards.ground, year),
                window_lines(office.periods, today),
                day,
            )

        def arrive(found: YearState) -> None:
            self.state = found
            self.page.show_state(found, office.lists.specs)

        self.workplace.jobs.read(lambda _control: work(), arrive, owner=self.page, lane="year")

    def follow(self, code: str) -> None:
        """Go to where a task is done."""
        if code == "targets":
            self.ask_target()
        elif code == "closing":
            self.close_year()
        elif code in _LEADS:
            self.lead(Lead(_LEADS[code]))

    def open_year(self) -> None:
        """Confirm the units of the year as they stood the year before."""
        office, year = self.workplace.office, self.season.year
        question = Question(
            title=f"Mở năm {year}",
            consequence=(
                "Mỗi đơn vị chưa xác nhận được xác nhận như năm trước (thuộc diện hay không, lý "
                "do, cấp công nhận); kế hoạch ngày của năm trước được chép sang. Sửa được từng "
                "đơn vị, hoàn tác được."
            ),
            choices=(Choice("back", "Quay lại"), Choice("open", f"Mở năm {year}", "primary")),
            safe="back",
            icon="info",
        )

        def answered(answer: Answer) -> None:
            if answer.key == "open":
                self.workplace.jobs.write(
                    lambda control: office.standards.years(office.reports).open(
                        year, step=control.report
                    ),
                    self._told("unit_year", "day_plan"),
                    owner=self.page,
                    title=f"Mở năm {year}",
                )

        self.workplace.asker.ask(question, answered)

    def close_year(self) -> None:
        """Ask for the day of closing, and freeze the sheets."""
        if self.state is None or self.state.closed_on:
            return
        season = self.season
        of = (season.year, season.standard, dict(season.standards())[season.standard])
        told = self._told("closing", "score_sheet")
        self._show(closing_dialog(self.workplace, self.page, of, self.state.obstacles, told))

    def reopen(self) -> None:
        """Ask why a closed year is opened again."""
        closings, season = self.workplace.office.standards.closings, self.season
        year, standard = season.year, season.standard
        question = Question(
            title=f"Mở lại năm {year} đã chốt",
            consequence="Phiếu chấm sửa được trở lại. Lý do được ghi vào hồ sơ chốt số liệu.",
            choices=(Choice("back", "Quay lại"), Choice("open", "Mở lại", "danger")),
            safe="back",
            reason_label="Lý do mở lại",
        )

        def answered(answer: Answer) -> None:
            if answer.key == "open":
                self.workplace.jobs.write(
                    lambda _control: closings.reopen(year, standard, answer.reason),
                    self._told("closing", "score_sheet"),
                    owner=self.page,
                )

        self.workplace.asker.ask(question, answered)

    def ask_target(self) -> None:
        """Ask for one target: what is measured, for whom, how much, by which document."""
        office, year = self.workplace.office, self.season.year
        spec = office.lists.specs["target"]
        measure = FieldSpec(name="measure", label="Chỉ tiêu", kind=FieldKind.CHOICE,
                            codes=_MEASURES, required=True, width=40)  # fmt: skip
        names = ("unit", "value", "document", "dated")
        lists = {_MEASURES: [Option(each.code, each.label, each.unit) for each in MEASURES]}

        def work(given: Given) -> Saved:
            value = given["value"]
            if not isinstance(value, int):
                raise UserError("required", "Còn thiếu mức giao. Nhập một số.", "value")
            return office.standards.years(office.reports).set_targets(
                year, str(given["unit"]), {str(given["measure"]): value},
                str(given["document"] or ""), str(given["dated"] or ""),
            )  # fmt: skip

        self._show(FormDialog(
            self.workplace, self.page, title=f"Chỉ tiêu năm {year}",
            told="Chỉ tiêu đứng cạnh số liệu của chương trình đến ngày xem.",
            fields=[measure, *(spec.field(name) for name in names)],
            verb="Ghi chỉ tiêu", work=work, done=self._told("target"),
            held={"unit": office.unit}, lists=lists,
        ))  # fmt: skip

    def ask_holiday(self, day: str = "") -> None:
        """Ask for one day of the table of holidays; a day in the table is changed."""
        office = self.workplace.office
        ground, spec = office.standards.ground, office.lists.specs["holiday"]
        held: Given = {"kind": "day_off", "day": None}
        found = next((d for d in self.state.days if d.day == day), None) if self.state else None
        if found is not None:
            held = {"day": found.day, "kind": "made_up" if found.works else "day_off",
                    "title": found.title or None, "document": found.document or None}  # fmt: skip
        fields = [spec.field(name) for name in ("day", "kind", "title", "document")]
        self._show(FormDialog(
            self.workplace, self.page, title="Ngày nghỉ, ngày làm bù",
            told="Ngày nghỉ và ngày làm bù làm hạn theo ngày làm việc thay đổi theo.",
            fields=fields, verb="Lưu", work=lambda given: set_holiday(ground, given),
            done=self._told("holiday"), held=held,
        ))  # fmt: skip

    def ask_day(self) -> None:
        """Ask up to which day the figures beside the targets are counted."""
        field = FieldSpec(name="day", label="Số liệu đến hết ngày", kind=FieldKind.DATE,
                          required=True)  # fmt: skip
        year = self.season.year

        def work(given: Given) -> str:
            day = str(given["day"])
            if len(day) < len("YYYY-MM-DD") or not day.startswith(f"{year:04}-"):
                raise UserError("day_malformed", f"Chọn một ngày của năm {year}.", "day")
            return day

        def done(day: str) -> None:
            self.day = day
            self.reload()

        self._show(FormDialog(
            self.workplace, self.page, title=f"Chỉ tiêu năm {year} đến một ngày", told="",
            fields=[field], verb="Xem", work=work, done=done,
            held={"day": self.state.day if self.state else None},
        ))  # fmt: skip

    def ask_window(self, code: str) -> None:
        """Ask how a window of periods is set."""
        found = (
            [each for each in self.state.windows if each.preset.code == code] if self.state else []
        )
        if found:
            self._show(window_dialog(self.workplace, self.page, found[0], self._window_set))

    def take_shipped(self, code: str) -> None:
        """Set a window as it is shipped."""
        periods = self.workplace.office.periods
        if code:
            self.workplace.jobs.write(
                lambda _control: periods.set_window(code, None), self._window_set, owner=self.page
            )

    def _window_set(self, told: str) -> None:
        self.workplace.door.done(told, None)
        self.reload()

    def _open_later(self, record: str) -> None:
        since = self.state.since if self.state else None
        found = next((e for e in since.later if e.record == record), None) if since else None
        if found is not None:
            self.lead(Lead(found.kind, found.record))
        elif since is not None and record in since.moved:
            self.open_sheet(record)

    def _told(self, *kinds: str) -> Callable[[Saved], None]:
        return lambda saved: self.workplace.told(saved, kinds)

    def _show(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.open()
