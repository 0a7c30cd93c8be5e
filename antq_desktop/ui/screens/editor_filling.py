"""What a new record need not be typed for: the last one repeated, templates of the unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QPushButton

from antq_desktop.domain.copying import repeatable
from antq_desktop.domain.fields import Value, Values
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.screens.listing_views import name_question
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.ui.screens.editor_layout import Layout
    from antq_desktop.ui.screens.editor_pages import EditorPages
    from antq_desktop.ui.screens.editor_state import Sheaf, Sheet
    from antq_desktop.ui.workplace import Workplace

REPEAT_KEYS: Final = "Ctrl+R"
DITTO_KEYS: Final = "Ctrl+'"
_REPEAT: Final = Option("repeat", "Lặp lại lần trước", f"Điền mục còn trống ({REPEAT_KEYS})")
_DITTO: Final = Option("ditto", "Lặp lại mục đang nhập", f"Như lần trước, dòng trên ({DITTO_KEYS})")
_KEEP: Final = Option("keep", "Lưu thành mẫu của đơn vị…", "Không giữ số, ngày, tên người")
_RENAME: Final = Option("rename", "Đổi tên mẫu…")
_DROP: Final = Option("drop", "Bỏ mẫu…")
_TEMPLATE: Final = "template:"


class Filling(QObject):
    """Fills a record in; `filled` says that values were brought into it."""

    filled = Signal()

    def __init__(
        self,
        workplace: Workplace,
        layout: Layout,
        sheaf: Sheaf,
        pages: EditorPages,
        button: QPushButton,
    ) -> None:
        super().__init__(button)
        self._workplace = workplace
        self._layout = layout
        self._sheaf = sheaf
        self._pages = pages
        self._button = button
        self._held: Sequence[str] = ()
        self._typing: tuple[Sheet, str] | None = None
        self.popup: Picker | None = None
        button.clicked.connect(self.open_list)

    def open_list(self) -> None:
        """Offer what can be filled in."""
        self._typing = self._place_of_keyboard() or self._typing
        self._held = list(self._workplace.office.templates.of(self._layout.kind))
        options = [*self._for_a_new_one(), _KEEP, *((_RENAME, _DROP) if self._held else ())]
        self._pick(options, self._on_picked)

    def repeat_last(self) -> None:
        """Fill what is empty with what usually repeats of the record that was written last."""
        if not self._sheaf.main.created:
            self._say("Chỉ hồ sơ mới lặp lại được lần trước.")
            return
        self._read_last(self._sheaf.main, self._take_last)

    def ditto(self) -> None:
        """Bring into the field with the keyboard what the row above or the last record holds."""
        place = self._place_of_keyboard() or self._typing
        if place is None:
            self._say("Đặt con trỏ vào một mục rồi lặp lại.")
            return
        sheet, path = place
        if not repeatable(sheet.spec, path):
            self._say("Mục này nhập riêng cho từng hồ sơ nên không lặp lại.")
            return
        above = self._above(sheet, path)
        if above is not None or sheet is not self._sheaf.main or "/" in path:
            self._fill_one(sheet, path, above)
            return

        def take(record: Record | None) -> None:
            self._fill_one(sheet, path, record.values().get(path) if record is not None else None)

        self._read_last(sheet, take)

    def _for_a_new_one(self) -> list[Option]:
        if not self._sheaf.main.created:
            return []
        kept = [Option(_TEMPLATE + name, name, "Mẫu của đơn vị") for name in self._held]
        return [_REPEAT, _DITTO, *kept]

    def _pick(self, options: Sequence[Option], then: Callable[[Option], None]) -> None:
        def find(words: str, deliver: Callable[[Sequence[Option]], None]) -> None:
            deliver(matching(options, words))

        self.popup = Picker(find, self._workplace.theme, self._button)
        self.popup.picked.connect(then)
        self.popup.open_under(self._button)

    def _on_picked(self, option: Option) -> None:
        if option.id.startswith(_TEMPLATE):
            self._take_template(option.id.removeprefix(_TEMPLATE))
            return
        do: dict[str, Callable[[], None]] = {
            "repeat": self.repeat_last,
            "ditto": self.ditto,
            "keep": self._ask_to_keep,
            "rename": lambda: self._pick_template(self._ask_new_name),
            "drop": lambda: self._pick_template(self._drop),
        }
        do[option.id]()

    # the last record

    def _read_last(self, sheet: Sheet, then: Callable[[Record | None], None]) -> None:
        office, kind = self._workplace.office, sheet.spec.kind
        self._workplace.jobs.read(
            lambda _control: office.lists.newest(kind, office.unit), then, owner=self, lane="last"
        )

    def _take_last(self, record: Record | None) -> None:
        if record is None:
            self._say(f"Chưa có {self._sheaf.main.spec.label} nào để lặp lại.")
            return
        values = record.values()
        wanted = {name: values[name] for name in self._layout.copied if name in values}
        self._fill(wanted, "Đã điền {} mục như lần trước. Xem lại rồi lưu.")

    def _above(self, sheet: Sheet, path: str) -> Value:
        """Return what the row above holds at the same place; None where there is none."""
        if "/" in path:
            name, line_id, field = path.split("/")
            ids = sheet.line_ids(name)
            before = ids[: ids.index(line_id)] if line_id in ids else []
            held = [sheet.now.get(f"{name}/{one}/{field}") for one in before]
        else:
            rows = self._sheaf.children.get(sheet.spec.kind, [])
            before_rows = rows[: rows.index(sheet)] if sheet in rows else []
            held = [one.now.get(path) for one in before_rows]
        return next((one for one in reversed(held) if one is not None), None)

    def _fill_one(self, sheet: Sheet, path: str, value: Value) -> None:
        if value is None:
            self._say("Lần trước, dòng trên không ghi mục này.")
            return
        sheet.set(path, value)
        self._pages.fields.refresh(sheet, [path])
        self.filled.emit()

    def _place_of_keyboard(self) -> tuple[Sheet, str] | None:
        found = self._pages.fields.place_of(QApplication.focusWidget())
        if found is None:
            return None
        record_id, path = found
        return self._sheaf.by_id(record_id), path

    # templates

    def _take_template(self, name: str) -> None:
        values = self._workplace.office.templates.of(self._layout.kind).get(name, {})
        self._fill(values, f"Đã điền {{}} mục theo mẫu “{name}”. Xem lại rồi lưu.")

    def _pick_template(self, then: Callable[[str], None]) -> None:
        self._pick([Option(name, name) for name in self._held], lambda option: then(option.id))

    def _ask_to_keep(self) -> None:
        templates, kind = self._workplace.office.templates, self._layout.kind
        values: Values = dict(self._sheaf.main.now)
        self._ask("Lưu thành mẫu của đơn vị", "", lambda name: templates.keep(kind, name, values))

    def _ask_new_name(self, name: str) -> None:
        templates, kind = self._workplace.office.templates, self._layout.kind
        self._ask(f"Đổi tên mẫu “{name}”", name, lambda new: templates.rename(kind, name, new))

    def _ask(self, title: str, given: str, do: Callable[[str], str]) -> None:
        def decide(answer: Answer) -> None:
            if answer.key == "keep":
                self._write(lambda: do(answer.reason), "Đã lưu mẫu “{}”.")

        self._workplace.asker.ask(name_question(title, "Tên mẫu", given), decide)

    def _drop(self, name: str) -> None:
        templates, kind = self._workplace.office.templates, self._layout.kind

        def do() -> str:
            templates.drop(kind, name)
            return name

        self._write(do, "Đã bỏ mẫu “{}”.")

    def _write(self, do: Callable[[], str], told: str) -> None:
        self._workplace.jobs.write(
            lambda _control: do(),
            lambda name: self._workplace.door.say(Message(told.format(name), Tone.DONE)),
            owner=self,
        )

    def _fill(self, values: Mapping[str, Value], told: str) -> None:
        """Bring values into fields in which nothing stands yet."""
        main = self._sheaf.main
        empty = [n for n in values if n not in main.now and n not in main.unread]
        for name in empty:
            main.set(name, values[name])
        self._pages.fields.refresh(main, empty)
        if empty:
            self.filled.emit()
            self._workplace.door.say(Message(told.format(len(empty)), Tone.DONE))
        else:
            self._say("Các mục đó đã có nội dung nên không điền đè lên.")

    def _say(self, text: str) -> None:
        self._workplace.door.say(Message(text, Tone.NOTE))
