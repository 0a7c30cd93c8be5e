"""The one door through which faults and news reach a person."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from antq_desktop.domain.errors import EnvironmentFault, Fault, UserError
from antq_desktop.ui.jobs import Stopped

log = logging.getLogger(__name__)

BUG_SENTENCE = (
    "Việc vừa làm chưa xong vì chương trình gặp tình huống chưa lường trước. "
    "Dữ liệu đã lưu vẫn còn nguyên. Làm lại một lần; nếu vẫn vậy, báo bộ phận hỗ trợ"
)
CARRY = "Chép báo cáo ra USB"
_KEPT = 50


class Tone(StrEnum):
    """How a message is meant; each has its own sign and colour."""

    DONE = "done"
    NOTE = "note"
    WATCH = "watch"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the message line.

    Attributes:
        text: Vietnamese, with the next step where there is one.
        tone: Done, note, to be looked at, or fault.
        code: Stable ASCII code, shown small and grey for the help desk.
        undo: What *Hoàn tác* does; None where nothing can be undone.
        offer: Another thing that can be done about it: its words and what they do.
    """

    text: str
    tone: Tone = Tone.NOTE
    code: str = ""
    undo: Callable[[], None] | None = None
    offer: tuple[str, Callable[[], None]] | None = None


class FaultPlace(Protocol):
    """A page that can show faults beside its fields."""

    def show_faults(self, faults: Sequence[Fault]) -> bool:
        """Show the faults; False when none of them belongs to a field of the page."""
        ...


class Door(QObject):
    """Takes every error and every piece of news; keeps them until a window listens.

    A `UserError` goes beside its fields where a page is given, else to the message line; an
    `EnvironmentFault` is a sentence; anything else is a bug: one calm sentence and a report, which
    holds places in the program and no text of the officer's.
    """

    _queued = Signal(object)

    def __init__(
        self,
        save_report: Callable[[str], str],
        parent: QObject | None = None,
        carry_report: Callable[[str], None] | None = None,
    ) -> None:
        """Take what writes a report and what copies one out.

        Args:
            save_report: Given the text of a report, returns the path to tell the officer.
            parent: As in Qt.
            carry_report: Given that path, copies the report to a stick; None: this is not offered.
        """
        super().__init__(parent)
        self._save_report = save_report
        self._carry_report = carry_report
        self._listener: Callable[[Message], None] | None = None
        self._kept: list[Message] = []
        self._queued.connect(self._on_queued, Qt.ConnectionType.QueuedConnection)

    def listen(self, listener: Callable[[Message], None]) -> None:
        """Hand messages to the window from now on, beginning with those kept so far."""
        self._listener = listener
        kept, self._kept = self._kept, []
        for message in kept:
            listener(message)

    def say(self, message: Message) -> None:
        """Show a message, or keep it until there is a window."""
        if self._listener is not None:
            self._listener(message)
            return
        self._kept = [*self._kept, message][-_KEPT:]

    def done(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was just done, with *Hoàn tác* where it can be undone."""
        self.say(Message(text, Tone.DONE, undo=undo))

    def meet(self, error: BaseException, place: FaultPlace | None = None) -> None:
        """Tell the person about an error, in the way its kind asks for."""
        if isinstance(error, Stopped):
            self.say(Message("Đã dừng theo yêu cầu. Chưa có gì được ghi.", Tone.NOTE))
        elif isinstance(error, UserError):
            if place is None or not place.show_faults(error.faults):
                self.say(Message(error.message, Tone.FAULT, error.code))
        elif isinstance(error, EnvironmentFault):
            self.say(Message(error.message, Tone.FAULT, error.code))
        else:
            self._meet_bug(error)

    def install(self) -> None:
        """Send what nobody caught, on any thread, to the log and to this door."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_on_thread

    def remove(self) -> None:
        """Give uncaught errors back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _uncaught(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        log.error("uncaught %s", report_of(error))
        self._queued.emit(error)

    def _uncaught_on_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self._uncaught(found.exc_type, found.exc_value, found.exc_traceback)

    @Slot(object)
    def _on_queued(self, error: BaseException) -> None:
        self.meet(error)

    def _meet_bug(self, error: BaseException) -> None:
        report = report_of(error)
        log.error("bug met %s", report)
        try:
            path = self._save_report(report)
        except (OSError, EnvironmentFault):
            log.error("the report could not be saved")  # noqa: TRY400 - its text may name people
            self.say(Message(f"{BUG_SENTENCE}.", Tone.FAULT, "bug"))
            return
        text = f"{BUG_SENTENCE} kèm tệp {path}."
        self.say(Message(text, Tone.FAULT, "bug", offer=self.carrying(path)))

    def carrying(self, path: str) -> tuple[str, Callable[[], None]] | None:
        """Return the offer to copy a report to a stick; None where nothing can copy it."""
        carry = self._carry_report
        return (CARRY, lambda: carry(path)) if carry is not None else None


def report_of(error: BaseException) -> str:
    """Return kind and place of an error and its causes; never its text, which may name people."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append(f"{type(current).__module__}.{type(current).__qualname__}")
        parts.extend(
            f"  {PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        )
        current = current.__cause__ or current.__context__
    return "\n".join(parts)
