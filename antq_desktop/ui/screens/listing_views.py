"""The button above a list that keeps ways to look at it: filters, order and columns by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from antq_desktop.services.views import View
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.screens.filters import Filter
from antq_desktop.ui.screens.listing_columns import ColumnsPopup, offered
from antq_desktop.ui.widgets.chosen_fields import ChoiceButton, matching
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.picker import Deliver, Picker

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.ui.workplace import Workplace

KEYS: Final = "Ctrl+Shift+F"
_PLAIN: Final = Option("plain", "Như ban đầu", "Mọi hồ sơ, cột và thứ tự như ban đầu")
_COLUMNS: Final = Option("columns", "Chọn cột…")
_ORDER: Final = Option("order", "Xếp thứ tự…", "Hoặc bấm vào tên cột")
_KEEP: Final = Option("keep", "Lưu cách xem này…", "Bộ lọc, cột và thứ tự đang xem")
_OWN_ORDER: Final = Option("", "Thứ tự ban đầu")
_VIEW: Final = "view:"


class ViewButton(ChoiceButton):
    """Shows which way of looking was taken.

    `taken` carries the view to show; `current` returns what is seen now.
    """

    taken = Signal(object)

    def __init__(
        self, workplace: Workplace, spec: RecordSpec, plain: View, current: Callable[[], View]
    ) -> None:
        super().__init__(workplace.theme, "Cách xem")
        self._workplace = workplace
        self._spec = spec
        self._plain = plain
        self._current = current
        self._name = ""
        self._held: dict[str, View] = {}
        self.popup: Picker | ColumnsPopup | None = None
        self.setToolTip(f"Cách xem đã lưu, cột, thứ tự ({KEYS})")
        self.setAccessibleName("Cách xem")
        self.wanted.connect(self.open_list)

    @property
    def name(self) -> str:
        """The name of the way that was taken; empty for none."""
        return self._name

    def take_usual(self) -> View | None:
        """Take the way with which the list opens, silently; None for the plain list."""
        self.learn()
        for name, view in self._held.items():
            if view.usual:
                self._name = name
                return view
        return None

    def learn(self) -> None:
        """Read again what is kept."""
        self._held = self._workplace.office.views.of(self._spec.kind)
        self.refresh()

    def refresh(self) -> None:
        """Show the name, and whether something was changed since."""
        held = self._held.get(self._name)
        changed = held is not None and self._seen() != replace(held, usual=False)
        self.setText(f"{self._name} (đã đổi)" if changed else self._name)
        self.setAccessibleName(f"Cách xem: {self._name or 'như ban đầu'}")

    def open_list(self, typed: str = "") -> None:
        """Offer the ways that were kept, and what can be done."""
        self.learn()
        self._pick(
            lambda words, deliver: deliver(matching(self._options(), words)), self._on_picked
        )
        if typed and isinstance(self.popup, Picker):
            self.popup.search.insert(typed)

    def _pick(self, find: Callable[[str, Deliver], None], then: Callable[[Option], None]) -> None:
        popup = Picker(find, self._workplace.theme, self)
        popup.picked.connect(then)
        popup.open_under(self, _VIEW + self._name)
        self.popup = popup

    def _options(self) -> list[Option]:
        kept = [
            Option(_VIEW + name, name, "Danh sách mở theo cách này" if view.usual else "")
            for name, view in self._held.items()
        ]
        return [*kept, _PLAIN, _COLUMNS, _ORDER, _KEEP, *self._of_the_current()]

    def _of_the_current(self) -> list[Option]:
        view, name = self._held.get(self._name), self._name
        if view is None:
            return []
        usual = (
            Option("unusual", f"Thôi mở danh sách theo “{name}”")
            if view.usual
            else Option("usual", f"Mở danh sách theo “{name}”")
        )
        return [usual, Option("rename", f"Đổi tên “{name}”…"), Option("drop", f"Bỏ “{name}”")]

    def _on_picked(self, option: Option) -> None:
        if option.id.startswith(_VIEW):
            self._take(option.id.removeprefix(_VIEW))
            return
        do: dict[str, Callable[[], None]] = {
            "plain": self._take_plain,
            "columns": self._choose_columns,
            "order": self._choose_order,
            "keep": self._ask_name_to_keep,
            "usual": lambda: self._make_usual(self._name),
            "unusual": lambda: self._make_usual(""),
            "rename": self._ask_new_name,
            "drop": self._drop,
        }
        do[option.id]()

    def _take(self, name: str) -> None:
        view = self._held.get(name)
        if view is not None:
            self._name = name
            self.taken.emit(view)

    def _take_plain(self) -> None:
        self._name = ""
        self.taken.emit(self._plain)

    def _choose_columns(self) -> None:
        shown = self._current().columns or self._plain.columns
        popup = ColumnsPopup(self._spec, shown, self._workplace.theme, self)
        popup.chosen.connect(lambda names: self._change(columns=tuple(names)))
        popup.open_under(self)
        self.popup = popup

    def _choose_order(self) -> None:
        options = [_OWN_ORDER]
        for field in offered(self._spec):
            options.append(Option(f"+{field.name}", field.label, "Tăng dần"))
            options.append(Option(f"-{field.name}", field.label, "Giảm dần"))

        def take(option: Option) -> None:
            self._change(order_by=option.id[1:], downward=option.id.startswith("-"))

        self._pick(lambda words, deliver: deliver(matching(options, words)), take)

    def _change(
        self, *, columns: tuple[str, ...] = (), order_by: str = "", downward: bool = False
    ) -> None:
        seen = self._current()
        if columns:
            self.taken.emit(replace(seen, columns=columns))
        else:
            self.taken.emit(replace(seen, order_by=order_by, downward=downward))

    def _seen(self) -> View:
        """Return what is seen; the columns of the layout are not said."""
        seen = self._current()
        plain = seen.columns == self._plain.columns
        return replace(seen, columns=(), usual=False) if plain else replace(seen, usual=False)

    def _ask_name_to_keep(self) -> None:
        views, kind, seen = self._workplace.office.views, self._spec.kind, self._seen()
        question = name_question("Lưu cách xem", "Tên cách xem", self._name)
        self._ask(question, lambda name: views.keep(kind, name, seen))

    def _ask_new_name(self) -> None:
        views, kind, name = self._workplace.office.views, self._spec.kind, self._name
        question = name_question(f"Đổi tên “{name}”", "Tên mới", name)
        self._ask(question, lambda new: views.rename(kind, name, new))

    def _ask(self, question: Question, do: Callable[[str], str]) -> None:
        def decide(answer: Answer) -> None:
            if answer.key == "keep":
                self._write(lambda: do(answer.reason), "Đã lưu cách xem “{}”.")

        self._workplace.asker.ask(question, decide)

    def _make_usual(self, name: str) -> None:
        views, kind, held = self._workplace.office.views, self._spec.kind, self._name

        def do() -> str:
            views.make_usual(kind, name)
            return held

        told = "Danh sách sẽ mở theo cách xem “{}”." if name else "Danh sách sẽ mở như ban đầu."
        self._write(do, told)

    def _drop(self) -> None:
        views, kind, name = self._workplace.office.views, self._spec.kind, self._name

        def do() -> str:
            views.drop(kind, name)
            return ""

        self._write(do, f"Đã bỏ cách xem “{name}”.")

    def _write(self, do: Callable[[], str], told: str) -> None:
        """Change what is kept, on the writer; `do` returns the name of the way in view."""

        def arrive(name: str) -> None:
            self._name = name
            self.learn()
            self._workplace.door.say(Message(told.format(name), Tone.DONE))

        self._workplace.jobs.write(lambda _control: do(), arrive, owner=self)


def name_question(title: str, label: str, name: str = "") -> Question:
    """Return the question for a name under which something is kept."""
    return Question(
        title=title,
        consequence="Tên đã có thì nội dung đang xem thay cho nội dung đã lưu dưới tên đó.",
        choices=(Choice("stay", "Thôi"), Choice("keep", "Lưu", "primary")),
        safe="stay",
        reason_label=label,
        given=name,
        one_line=True,
        icon="info",
    )


def view_of(wanted: Filter, order: tuple[str, bool], columns: tuple[str, ...]) -> View:
    """Return the way to look that these filters, order and columns are."""
    return View(
        words=wanted.words,
        period=wanted.period,
        unit=wanted.unit,
        state=wanted.state,
        missing=wanted.missing,
        voided=wanted.voided,
        order_by=order[0],
        downward=order[1],
        columns=columns,
    )


def filter_of(view: View) -> Filter:
    """Return the filters of a way to look."""
    return Filter(view.words, view.period, view.unit, view.state, view.missing, view.voided)
