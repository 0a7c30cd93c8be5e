"""Keeps what is typed as a draft while it is typed, off the UI thread, one keeping at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.shown import show_moment

if TYPE_CHECKING:
    from antq_desktop.services.drafts import Draft
    from antq_desktop.ui.workplace import Workplace

QUIET_MS: Final = 900  # kept when nothing was typed for so long
LONGEST_MS: Final = 4000  # and at the latest after so long

Content = Callable[[], tuple[str, str, str, Mapping[str, Json]]]


class DraftKeeper(QObject):
    """Keeps the draft of one editor; `kept` says that it is on the disk.

    Args:
        content: Returns id, kind, title and what is to be kept.

    Attributes:
        paused: Nothing is kept while an older draft waits for the officer's answer.
        on_disk: Whether there is a draft of this record.
    """

    kept = Signal()

    def __init__(self, workplace: Workplace, content: Content, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._content = content
        self._writing = False
        self._again = False
        self._over = False
        self._drop_then: Callable[[], None] | None = None
        self.paused = False
        self.on_disk = False
        self._quiet = self._timer(QUIET_MS)
        self._latest = self._timer(LONGEST_MS)
        workplace.jobs.holding.connect(self.keep_now)

    def touch(self) -> None:
        """Take note that something was typed."""
        if self.paused or self._over:
            return
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()

    def keep_now(self) -> None:
        """Keep what was typed last without waiting for a pause: the screen is being locked."""
        if self._quiet.isActive() or self._latest.isActive():
            self._keep()

    def drop(self, then: Callable[[], None] = lambda: None) -> None:
        """Forget the draft, for it was saved or given up; `then` runs when it is gone."""
        self._stop()
        self._again = False
        if self._writing:
            self._drop_then = then  # the keeping under way would bring it back
        elif self.on_disk:
            self._drop_now(then)
        else:
            then()

    def end(self) -> None:
        """Keep nothing any more: the editor goes away."""
        self._over = True
        self._stop()

    def _drop_now(self, then: Callable[[], None]) -> None:
        self.on_disk = False
        drafts, record_id = self._workplace.office.drafts, self._content()[0]
        self._workplace.jobs.read(lambda _control: drafts.drop(record_id), lambda _none: then())

    def _timer(self, length: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(length)
        timer.timeout.connect(self._keep)
        return timer

    def _stop(self) -> None:
        self._quiet.stop()
        self._latest.stop()

    def _keep(self) -> None:
        self._stop()
        if self._writing:
            self._again = True
            return
        self._writing = True
        drafts = self._workplace.office.drafts
        record_id, kind, title, content = self._content()
        self._workplace.jobs.read(
            lambda _control: drafts.keep(record_id, kind, title, content),
            lambda _draft: self._on_kept(),
            failed=self._on_failed,
            owner=self,
        )

    def _on_kept(self) -> None:
        self._writing = False
        self.on_disk = True
        if self._drop_then is not None:
            then, self._drop_then = self._drop_then, None
            self._drop_now(then)
            return
        self.kept.emit()
        if self._again:
            self._again = False
            if self._workplace.jobs.coming_to_rest:
                self._keep()
            else:
                self.touch()

    def _on_failed(self, error: BaseException) -> None:
        self._writing = False
        self._workplace.door.meet(error)


def draft_sentence(draft: Draft, label: str, *, named: bool = False) -> str:
    """Return what a band says of a draft."""
    what = f" của {label} “{draft.title}”" if named and draft.title else ""
    return f"Có bản nháp chưa lưu{what}, giữ lúc {show_moment(draft.at[:16])}."
