"""The one search box: figures, places, choices and records under one line, and the jump to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.paper_codes import is_code, shown_code
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.text import opening
from antq_desktop.domain.unit_sheets import is_line_code
from antq_desktop.ui.destinations import named
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.screens.filters import Narrowed
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.picker import Deliver, Picker

if TYPE_CHECKING:
    from antq_desktop.domain.asking import Asked
    from antq_desktop.services.finding import Answered, Behind, FoundChoice, FoundRecord
    from antq_desktop.services.printed_papers import PrintedPaper, PrintedPapers
    from antq_desktop.services.unit_sheet import Bearing
    from antq_desktop.ui.destinations import Destination
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

_WIDTH: Final = 80 * UNIT
_BEFORE: Final = (
    "Gõ tên, tóm tắt, số văn bản, tên trang hoặc việc cần làm. Hỏi số liệu: “bao nhiêu mô hình”, "
    "“vụ việc năm ngoái”."
)
_NOTHING: Final = (
    "Không tìm thấy. Ô này không tìm theo tên người; khi có văn bản yêu cầu, mở Vụ việc, Tìm theo "
    "người."
)
_LOOKING: Final = "Đang tìm…"
_PRINTED: Final = "Văn bản đã in"
_FIGURES, _PLACES, _CHOICES, _HERE = "Số liệu", "Trang và việc", "Theo danh mục", "Trang đang xem"

InFront = Callable[[], tuple[str, Callable[[str], object]] | None]


@dataclass(slots=True)
class _Found:
    """What one question has brought so far; `go` says where each line leads."""

    words: str
    asked: tuple[Asked, ...] = ()
    answers: list[Answered] = field(default_factory=list)
    places: list[Destination] = field(default_factory=list)
    choices: list[FoundChoice] = field(default_factory=list)
    records: list[FoundRecord] | None = None
    printed: list[PrintedPaper] = field(default_factory=list)
    line: Bearing | None = None


class Finder(QObject):
    """Looks through everything that is kept here; nothing is read until words come."""

    def __init__(
        self,
        workplace: Workplace,
        anchor: QLineEdit,
        kinds: Sequence[str],
        lead: Callable[[Lead], None],
        *,
        places: Sequence[Destination] = (),
        in_front: InFront = lambda: None,
        line: Callable[[Bearing], object] | None = None,
    ) -> None:
        """Take where the list comes up, and where it can lead.

        Args:
            workplace: The open profile and all that goes with it.
            anchor: The line under which the list comes up.
            kinds: The kinds that have a list of their own, in their order.
            lead: Goes to a list or a record.
            places: Screens and tasks.
            in_front: Returns the title of the list in front and what filters it, if there is one.
            line: Goes to the line of the sheet by unit that a slip named by its code.
        """
        super().__init__(anchor)
        self._workplace = workplace
        self._anchor = anchor
        self._kinds = tuple(kinds)
        self._lead = lead
        self._places = places
        self._in_front = in_front
        self._line = line
        self._steps: dict[str, Callable[[], object]] = {}
        self.popup: Picker | None = None

    def open(self, words: str) -> None:
        """Show the list; the words go on in its own line."""
        self._anchor.clear()
        popup = Picker(
            self._find, self._workplace.theme, self._anchor, empty=_BEFORE, unmatched=_NOTHING
        )
        popup.search.setPlaceholderText("Tìm trong mọi trang, không cần dấu")
        popup.search.setAccessibleName("Tìm trong mọi trang")
        popup.picked.connect(self._on_picked)
        popup.destroyed.connect(self._stop)
        popup.open_under(self._anchor, least=_WIDTH)
        popup.search.insert(words)
        self.popup = popup

    def _find(self, words: str, deliver: Deliver) -> None:
        self._stop()
        self._steps = {}
        if not words.strip():
            deliver(())
            return
        box = self._workplace.office.finding
        found = _Found(words, asked=box.questions(words))
        found.places = named(self._places, words)

        def show() -> None:
            deliver(self._options(found))

        def take_records(records: list[FoundRecord]) -> None:
            found.records = records
            show()

        def take_choices(choices: list[FoundChoice]) -> None:
            found.choices = choices
            show()

        def take_answer(answer: Answered) -> None:
            found.answers.append(answer)
            show()

        show()
        kinds, jobs = self._kinds, self._workplace.jobs
        jobs.read(
            lambda _control: box.choices(words, kinds), take_choices, owner=self, lane="choices"
        )
        jobs.read(
            lambda control: box.by_id(words, kinds) + box.records(words, kinds, control.check),
            take_records,
            owner=self,
            lane="records",
        )
        if is_code(words):

            def take_printed(printed: list[PrintedPaper]) -> None:
                found.printed = printed
                show()

            papers = self._workplace.office.printed_papers
            jobs.read(
                lambda _control: _bearing(papers, words), take_printed, owner=self, lane="printed"
            )
        if is_line_code(words):
            self._find_line(found, show)
        for at, one in enumerate(found.asked):
            jobs.read(partial(_answer, box.answer, one), take_answer, owner=self, lane=f"f{at}")

    def _find_line(self, found: _Found, show: Callable[[], None]) -> None:
        def take(line: Bearing | None) -> None:
            found.line = line
            show()

        sheets = self._workplace.office.unit_sheets
        self._workplace.jobs.read(
            lambda _control: sheets.bearing(found.words), take, owner=self, lane="line"
        )

    def _stop(self) -> None:
        """Let go of what is still looked for: nobody waits for it."""
        for job in self._workplace.jobs.running:
            if job.owner is self:
                job.stop()

    def _options(self, found: _Found) -> list[Option]:
        options = [
            *_group(_PRINTED, self._printed(found)),
            *_group(_FIGURES, self._figures(found)),
            *_group(_PLACES, self._destinations(found)),
            *_group(_CHOICES, self._choices(one for one in found.choices if one.named)),
        ]
        for kind, records in groupby(found.records or (), key=lambda one: one.spec.kind):
            plural = self._workplace.office.lists.specs[kind].plural
            options += _group(plural, self._records(records))
        others = (one for one in found.choices if not one.named)
        options += _group(_CHOICES, self._choices(others))
        if found.records is None and not options:
            options.append(Option("", _LOOKING, heading=True))
        if found.records is not None:
            options += _group(_HERE, self._list_here(found.words))
        return options

    def _printed(self, found: _Found) -> Iterator[Option]:
        if found.line is not None and self._line is not None:
            plural = self._workplace.office.lists.specs[found.line.kind].plural
            step = self._step("line", partial(self._line, found.line))
            where = " · ".join(part for part in (plural, found.line.period) if part)
            yield Option(step, found.line.name, f"Dòng trên phiếu việc · {where}")
        for at, one in enumerate(found.printed):
            title = " · ".join(part for part in (one.title, one.about) if part)
            step = self._step(f"printed {at}", partial(self._open_code, one.code))
            yield Option(step, title, f"Mã {shown_code(one.code)} · {one.sentence}")

    def _open_code(self, code: str) -> None:
        from antq_desktop.ui.screens.paper_code import PaperCodeDialog

        dialog = PaperCodeDialog(self._workplace, self._anchor, self._lead)
        dialog.open()
        dialog.take(code)

    def _step(self, name: str, go: Callable[[], object]) -> str:
        self._steps[name] = go
        return name

    def _figures(self, found: _Found) -> Iterator[Option]:
        known = {one.asked: one for one in found.answers}
        for at, one in enumerate(found.asked):
            answer = known.get(one)
            label, unit = one.measure.label, one.measure.unit
            value = f"{show_integer(answer.value)} {unit}" if answer else "đang tính…"
            remark = f" · {answer.remark}" if answer and answer.remark else ""
            step = self._step(f"figure {at}", partial(self._open_figure, one))
            detail = f"{opening(one.period.label)} · Enter để xem hồ sơ{remark}"
            yield Option(step, f"{label}: {value}", detail)

    def _destinations(self, found: _Found) -> Iterator[Option]:
        for at, place in enumerate(found.places):
            yield Option(self._step(f"place {at}", place.go), place.text, place.detail)

    def _choices(self, choices: Iterable[FoundChoice]) -> Iterator[Option]:
        for one in choices:
            told = f"{one.field.label}: {lowered(one.label)}"
            narrowed = Narrowed(told, choices=((one.field.name, one.value),))
            go = partial(self._lead, Lead(one.spec.kind, narrowed=narrowed))
            step = self._step(f"choice {one.spec.kind} {one.field.name} {one.value}", go)
            yield Option(step, one.label, f"{one.spec.plural} · {one.field.label}")

    def _records(self, records: Iterator[FoundRecord]) -> Iterator[Option]:
        for one in records:
            go = partial(self._lead, Lead(one.opens[0], one.opens[1]))
            step = self._step(f"{one.spec.kind} {one.id}", go)
            detail = " · ".join(part for part in (opening(one.spec.label), one.day) if part)
            yield Option(step, one.title or opening(one.spec.label), detail)

    def _list_here(self, words: str) -> Iterator[Option]:
        here = self._in_front()
        if here is not None:
            title, search = here
            step = self._step("here", partial(search, words))
            yield Option(step, f"Lọc danh sách {title} theo “{words.strip()}”", "Như gõ ở Ctrl+F")

    def _open_figure(self, one: Asked) -> None:
        """Go to the list of the records that gave to a figure."""
        box, kinds = self._workplace.office.finding, self._kinds

        def then(behind: Behind) -> None:
            if not behind.ids:
                text = f"Chưa có hồ sơ nào cho số liệu “{one.measure.label}”, {one.period.label}."
                self._workplace.door.say(Message(text, Tone.NOTE))
                return
            narrowed = Narrowed(f"{one.measure.label}, {one.period.label}", among=behind.ids)
            self._lead(Lead(behind.kind, narrowed=narrowed))

        self._workplace.jobs.read(
            lambda _control: box.behind(one.measure.code, one.period, kinds),
            then,
            lane="behind",
            title="Đang tìm hồ sơ của số liệu",
        )

    def _on_picked(self, option: Option) -> None:
        step = self._steps.get(option.id)
        if step is not None:
            step()


def _bearing(papers: PrintedPapers, words: str) -> list[PrintedPaper]:
    try:
        return papers.find(words)
    except UserError:  # words that look like a code are words all the same
        return []


def _answer(answer: Callable[[Asked], Answered], one: Asked, control: Control) -> Answered:
    control.check()
    return answer(one)


def _group(title: str, options: Iterator[Option]) -> list[Option]:
    held = list(options)
    return [Option("", title, heading=True), *held] if held else []
