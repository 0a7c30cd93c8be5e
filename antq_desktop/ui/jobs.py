"""Work off the UI thread: the only threads of the program.

One writer, because the store has one writing connection, and a few readers. A worker owns no
QObject and touches none; what it has to say comes home by one queued signal of one QObject, which
lives on the UI thread.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")

# Each call that comes back from Qt waits this long for a busy worker to let go of Python's lock,
# and one turn of the window has dozens of them; Python's own 5 ms would add up to a stutter.
_LET_GO_AFTER = 0.001


class Stopped(Exception):  # noqa: N818 - being stopped is no error
    """Raised inside a job whose officer has pressed *Dừng*; the job's transaction rolls back."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, in records; `total` is None while it is not known."""

    done: int = 0
    total: int | None = None
    doing: str = ""


class Control:
    """What a job holds while it runs: it reports progress here and asks whether to go on."""

    def __init__(self, notify: Callable[[], None] | None = None) -> None:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._progress = Progress()
        self._announced = False
        self._notify = notify

    @property
    def stopped(self) -> bool:
        """Whether the job was asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the job to stop at the next record."""
        self._stop.set()

    def check(self) -> None:
        """Return when the job may go on.

        Raises:
            Stopped: It was asked to stop.
        """
        if self._stop.is_set():
            raise Stopped

    def report(self, done: int, total: int | None = None, doing: str = "") -> None:
        """Say how many records are done; cheap enough to be called for each.

        Raises:
            Stopped: The job was asked to stop.
        """
        self.check()
        with self._lock:
            self._progress = Progress(done, total, doing)
            if self._announced or self._notify is None:
                return
            self._announced = True
        self._notify()

    def take_progress(self) -> Progress:
        """Return the latest progress; the next report announces itself again."""
        with self._lock:
            self._announced = False
            return self._progress


@dataclass(eq=False)
class Job(Generic[T]):
    """One piece of work under way; `title` is the Vietnamese phrase shown while it runs."""

    title: str
    writes: bool
    control: Control
    then: Callable[[T], None]
    failed: Callable[[BaseException], None] | None
    owner: QObject | None
    lane: str
    progress: Progress = field(default_factory=Progress)
    future: Future[T] | None = None

    def stop(self) -> None:
        """Ask the job to stop; it is over when its result or its stopping has come home."""
        self.control.stop()
        if self.future is not None:
            self.future.cancel()


class Jobs(QObject):
    """Starts work on the writer or the readers and brings results home to the UI thread.

    Signals carry the `Job`; only jobs with a title are announced to people.
    """

    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    holding = Signal()
    _home = Signal(object)

    def __init__(
        self,
        on_error: Callable[[BaseException], None],
        *,
        readers: int = 2,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="antq-writer")
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="antq-reader")
        self._running: list[Job[Any]] = []
        self._closed = False
        self._held: list[tuple[Job[Any], Callable[[Control], Any]]] = []
        self._at_rest: Callable[[], object] | None = None
        self.resting = False
        self._home.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        self._let_go_before = sys.getswitchinterval()
        sys.setswitchinterval(_LET_GO_AFTER)

    @property
    def running(self) -> tuple[Job[Any], ...]:
        """The jobs that have not come home."""
        return tuple(self._running)

    def read(
        self,
        work: Callable[[Control], T],
        then: Callable[[T], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
        owner: QObject | None = None,
        lane: str = "",
        title: str = "",
        at_once: bool = False,
    ) -> Job[T]:
        """Run `work` on a reader and hand its result to `then` on the UI thread.

        Args:
            work: Runs on a worker thread; touches no QObject.
            then: Takes the result on the UI thread.
            failed: Takes the exception instead of the one door for errors.
            owner: When this object is gone, the result is dropped.
            lane: An earlier job of the same owner and lane is stopped and its result dropped, as
                when the officer types on.
            title: Vietnamese phrase; with one, the job shows in the message line with *Dừng*.
            at_once: Begin even while work rests.
        """
        job = Job(title, False, Control(), then, failed, owner, lane)
        return self._start(job, work, at_once=at_once)

    def write(
        self,
        work: Callable[[Control], T],
        then: Callable[[T], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
        owner: QObject | None = None,
        title: str = "",
        at_once: bool = False,
    ) -> Job[T]:
        """Run `work` on the one writer, after all earlier writes; otherwise like `read`."""
        job = Job(title, True, Control(), then, failed, owner, "")
        return self._start(job, work, at_once=at_once)

    def rest(self, at_rest: Callable[[], object]) -> None:
        """Let all work come to its end, and what follows from it; then call `at_rest`.

        `holding` is told first, to those who have something to keep. From then on jobs wait, in
        their order, until `go_on`; only those that begin at once do.
        """
        self.holding.emit()
        self._at_rest = at_rest
        self._rest_if_quiet()

    def go_on(self) -> None:
        """Begin what has waited."""
        self._at_rest = None
        self.resting = False
        held, self._held = self._held, []
        for job, work in held:
            self._begin(job, work)

    @property
    def coming_to_rest(self) -> bool:
        """Whether work ends one after another and is about to rest."""
        return self._at_rest is not None

    def _rest_if_quiet(self) -> None:
        if self._at_rest is not None and not self._running:
            at_rest, self._at_rest = self._at_rest, None
            self.resting = True
            at_rest()

    def close(self) -> None:
        """Stop reading jobs, let writes that have begun end or roll back, and end the threads."""
        self._closed = True
        for job in self._running:
            job.stop()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True, cancel_futures=True)
        sys.setswitchinterval(self._let_go_before)
        self._running.clear()
        self._held.clear()

    def _start(self, job: Job[T], work: Callable[[Control], T], *, at_once: bool = False) -> Job[T]:
        if self._closed:
            raise RuntimeError("jobs were closed")
        if self.resting and not at_once:
            if job.lane:
                same = [one for one, _work in self._held if one.lane == job.lane]
                older = {id(one) for one in same if one.owner is job.owner}
                self._held = [one for one in self._held if id(one[0]) not in older]
            self._held.append((job, work))
            return job
        return self._begin(job, work)

    def _begin(self, job: Job[T], work: Callable[[Control], T]) -> Job[T]:
        if job.lane:
            self._supersede(job)
        stopped = job.control.stopped
        job.control = Control(lambda: self._home.emit((job, False)))
        if stopped:
            job.control.stop()
        self._running.append(job)
        pool = self._writer if job.writes else self._readers
        job.future = pool.submit(_run, work, job.control)
        job.future.add_done_callback(lambda _future: self._home.emit((job, True)))
        if job.title:
            self.started.emit(job)
        return job

    def _supersede(self, newer: Job[Any]) -> None:
        for job in self._running:
            if job.lane == newer.lane and job.owner is newer.owner:
                job.stop()

    @Slot(object)
    def _arrive(self, delivery: tuple[Job[Any], bool]) -> None:
        job, over = delivery
        if self._closed or job not in self._running:
            return
        if not over:
            job.progress = job.control.take_progress()
            self.progressed.emit(job)
            return
        self._running.remove(job)
        if job.title:
            self.ended.emit(job)
        try:
            self._hand_over(job)
        finally:
            self._rest_if_quiet()

    def _hand_over(self, job: Job[Any]) -> None:
        if job.owner is not None and not isValid(job.owner):
            return
        if job.future is None or job.future.cancelled():
            self._fail(job, Stopped())
            return
        error = job.future.exception()
        if error is not None:
            self._fail(job, error)
            return
        if job.lane and job.control.stopped:
            return
        job.then(job.future.result())

    def _fail(self, job: Job[Any], error: BaseException) -> None:
        if isinstance(error, Stopped) and job.lane:
            return
        (job.failed or self._on_error)(error)


def _run(work: Callable[[Control], T], control: Control) -> T:
    control.check()
    return work(control)
