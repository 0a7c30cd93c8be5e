"""The window program: from its first paint through sign-in or first run to the work, and its end.

Only what the first paint needs is imported before it. The store and all that reads it are loaded by
a worker while the officer looks at the sign-in; the screens when somebody has signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from antq_desktop.domain.clock import Clock
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.services.preferences import Preferences, load_preferences, save_preferences
from antq_desktop.services.signing import has_profile, officers_of
from antq_desktop.ui.entry import EntryWindow
from antq_desktop.ui.theme import STYLE_WORDS, Theme

if TYPE_CHECKING:
    from antq_desktop.services.crashes import Broken, Run
    from antq_desktop.services.firststart import Answers
    from antq_desktop.services.office import Office, Offices
    from antq_desktop.services.session_pin import SessionPin
    from antq_desktop.ui.ask import WindowAsker
    from antq_desktop.ui.collecting import Collector
    from antq_desktop.ui.faults import Door, Message
    from antq_desktop.ui.firstrun import FirstRunPages
    from antq_desktop.ui.idling import IdleWatch
    from antq_desktop.ui.jobs import Jobs
    from antq_desktop.ui.locking import Locked
    from antq_desktop.ui.signin import SignInPage
    from antq_desktop.ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Ground:
    """What the window stands on; built by the composition root.

    Attributes:
        resources: Folder of fonts, icons, styles, words and help.
        preferences: File of this user's preferences.
        folder: Profile that was asked for; None for the one opened last.
        usual_folder: Where a profile lies when nobody chose.
        clock: Time.
        offices: Returns what opens profiles, the same each time; slow when called first.
        version: Version of the program.
    """

    resources: Path
    preferences: Path
    folder: Path | None
    usual_folder: Path
    clock: Clock
    offices: Callable[[], Offices]
    version: str


def open_window(ground: Ground, *, only_first_paint: bool = False) -> int:
    """Run the window until it is closed, and return the exit code.

    Args:
        ground: What it stands on.
        only_first_paint: End as soon as the first window stands on the screen; for measuring.
    """
    application = QApplication(["antq", *STYLE_WORDS])
    application.setApplicationName("ANTQ Desktop")
    program = Program(application, ground)
    program.start(only_first_paint=only_first_paint)
    code = application.exec()
    program.shut()
    return code


class Program(QObject):
    """Holds the windows and the open profile, and hands one over to the other."""

    def __init__(self, application: QApplication, ground: Ground) -> None:
        super().__init__()
        self._application = application
        self.ground = ground
        self.preferences = load_preferences(ground.preferences)
        self.folder = ground.folder or Path(self.preferences.folder or ground.usual_folder)
        self.theme = Theme(
            ground.resources, dark=self.preferences.dark, points=self.preferences.points
        )
        self._collector: Collector | None = None
        self.entry: EntryWindow | None = None
        self.window: MainWindow | None = None
        self.office: Office | None = None
        self._run: Run | None = None
        self.locked: Locked | None = None
        self.idle: IdleWatch | None = None
        self.painted = False
        self._later: list[Callable[[], object]] = []
        self._shut = False

    @cached_property
    def door(self) -> Door:
        """The one door for messages and errors."""
        from antq_desktop.ui.reporting import make_door

        return make_door(self, self._asker)

    @cached_property
    def jobs(self) -> Jobs:
        """The only threads."""
        from antq_desktop.ui.jobs import Jobs

        return Jobs(self.door.meet)

    def start(self, *, only_first_paint: bool = False) -> None:
        """Show the first window."""
        self.theme.apply(self._application, styled=True)
        self.entry = EntryWindow(self.theme, self.ground.version)
        if has_profile(self.folder):
            self._to_sign_in()
        else:
            self._to_first_run()
        then = self._application.quit if only_first_paint else self._after_first_paint
        # Queued: the paint has reached the screen when this is called.
        self.entry.painted.connect(then, Qt.ConnectionType.QueuedConnection)
        self.entry.open_in_the_middle()

    def shut(self) -> None:
        """Let everything go; nothing of it can be used again."""
        if self._shut:
            return
        self._shut = True
        if not self.painted:
            return  # nothing was begun
        self.jobs.close()
        if self.idle is not None:
            self.idle.stop()
        if self._run is not None:
            self._run.end()
        if self.office is not None:
            with suppress(EnvironmentFault):  # the place of backups may be a stick that is out
                self.office.safekeeping.when_closing()
            self.office.close()
        self.door.remove()
        if self._collector is not None:
            self._collector.stop()
        locked = self.locked.entry if self.locked else None
        for window in (self.window, self.entry, locked):
            if window is not None:
                window.hide()
                window.deleteLater()

    def change_look(self, dark: bool, points: float) -> None:
        """Change the look everywhere and remember it."""
        self.theme.change(self._application, dark=dark, points=points)
        self._remember(self.preferences.with_look(dark=dark, points=points))

    @cached_property
    def pin(self) -> SessionPin:
        """The short number that reopens the screen in this session."""
        from antq_desktop.services.session_pin import SessionPin

        return SessionPin()

    @property
    def lock_minutes(self) -> int:
        """After how long without a hand on it the screen locks itself."""
        return self.preferences.lock_minutes

    def change_lock(self, minutes: int) -> None:
        """Lock after so many minutes from now on, and remember it."""
        self._remember(self.preferences.with_lock(minutes))
        if self.idle is not None:
            self.idle.minutes = self.lock_minutes

    def lock(self) -> None:
        """Hide the work behind the sign-in; what is being entered stays as it is."""
        from antq_desktop.ui.locking import Locked

        if self.window is not None and self.office is not None and self.locked is None:
            self.locked = Locked(self, self.window, self.office)
            self.locked.opened.connect(partial(setattr, self, "locked", None))

    def _after_first_paint(self) -> None:
        from antq_desktop.ui.collecting import Collector
        from antq_desktop.ui.words import speak_vietnamese

        self.painted = True
        self._collector = Collector(self, lambda: any(job.title for job in self.jobs.running))
        self._collector.start()
        self.door.install()
        self.door.listen(self._say_at_entry)
        speak_vietnamese(self._application, self.ground.resources / "i18n" / "qt_vi.toml")
        later, self._later = self._later, []
        for begin in later:
            begin()
        self.jobs.write(lambda _control: self.ground.offices(), lambda _none: None)

    def _say_at_entry(self, message: Message) -> None:
        if self.entry is not None:
            self.entry.say(message.text)

    def _when_painted(self, begin: Callable[[], object]) -> None:
        """Begin work once the first window stands: a worker that imports holds it up."""
        if self.painted:
            begin()
        else:
            self._later.append(begin)

    def _to_sign_in(self, notice: str = "") -> None:
        from antq_desktop.ui.doorstep import choose_key_file, show_forgotten
        from antq_desktop.ui.signin import SignInPage

        page = SignInPage(self.theme, self.folder, self.preferences.of(self.folder))
        page.notice(notice)
        page.asked.connect(lambda officer, password: self._sign_in(page, officer, password))
        page.folder_asked.connect(self._ask_folder)
        page.forgotten_asked.connect(
            lambda: show_forgotten(self, page, self._show_page, self._to_sign_in)
        )
        page.key_file_asked.connect(lambda: choose_key_file(self, page, self._asker()))
        self._show_page(page)
        folder, preferred = self.folder, self.preferences.of(self.folder).officer
        self._when_painted(
            lambda: self.jobs.write(
                lambda _control: officers_of(folder),
                lambda names: page.show_officers(names, preferred),
                failed=lambda error: self._refused(page, error),
                owner=page,
            )
        )

    def _show_page(self, page: QWidget) -> None:
        if self.entry is not None:
            self.entry.show_page(page)
            page.setFocus()

    def _sign_in(self, page: SignInPage, officer: str, password: str) -> None:
        folder = self.folder
        self.jobs.write(
            lambda _control: self.ground.offices().open(folder, officer, password),
            lambda office: self._opened(office, password),
            failed=lambda error: self._refused(page, error, officer),
            owner=page,
        )

    def _refused(self, page: SignInPage, error: BaseException, officer: str = "") -> None:
        if not page.refuse(error):
            self.door.meet(error)
        elif officer:
            page.wait(self.ground.offices().wait(self.folder, officer))

    def _ask_folder(self) -> None:
        from antq_desktop.ui.ask import FileQuestion

        question = FileQuestion("Thư mục dữ liệu", folder=True)
        self._asker().ask_file(question, self.choose_folder)

    def choose_folder(self, folder: Path | None) -> None:
        """Go to the sign-in of another profile, or to the first run where there is none."""
        if folder is None:
            return
        self.folder = folder
        if has_profile(folder):
            self._to_sign_in()
        else:
            self._to_first_run()

    def _to_first_run(self) -> None:
        from antq_desktop.ui.firstrun import FirstRunPages
        from antq_desktop.ui.making import units_to_choose

        pages = FirstRunPages(self.theme, self._asker, self.folder)
        pages.made_asked.connect(lambda answers: self._make(pages, answers))
        pages.entered.connect(self._begin_work)
        pages.sign_in_asked.connect(self._ask_folder)
        pages.restore_asked.connect(self.begin_restore)
        self._show_page(pages)
        self._when_painted(
            lambda: self.jobs.write(
                lambda _control: units_to_choose(self), pages.offer_units, owner=pages
            )
        )

    def begin_restore(self) -> None:
        """Leave the work, if any is open, for the pages that restore a backup."""
        from antq_desktop.services.restoring import Restoring
        from antq_desktop.ui.restoring import RestorePages

        self._leave_work()
        folder, there = self.folder, has_profile(self.folder)
        pages = RestorePages(
            self.theme,
            self._asker,
            self.jobs,
            lambda: Restoring(self.ground.offices().profiles, folder),
            folder,
            replaces=there,
        )
        pages.left.connect(self._to_sign_in if there else self._to_first_run)
        pages.restored.connect(self._to_sign_in)
        self._show_page(pages)

    def _leave_work(self) -> None:
        """Close the profile and its window, and stand at the door again."""
        if self.window is None or self.office is None:
            return
        self.entry = EntryWindow(self.theme, self.ground.version)
        self.entry.open_in_the_middle()
        self.window.hide()
        self.window.deleteLater()
        if self._run is not None:
            self._run.end()
        self.office.close()
        self.window = self.office = self._run = None

    def _asker(self) -> WindowAsker:
        from antq_desktop.ui.ask import WindowAsker

        over = self.window or self.entry
        assert over is not None  # noqa: S101 - one of them is open whenever somebody asks
        return WindowAsker(over, self.theme)

    def _make(self, pages: FirstRunPages, answers: Answers) -> None:
        from antq_desktop.ui.making import make_profile

        stop = make_profile(
            self, pages, answers, partial(setattr, self, "office"), self._to_sign_in
        )
        pages.stop_asked.connect(stop)

    def _opened(self, office: Office, password: str) -> None:
        self.office = office
        if not office.standing.must_change:
            self._begin_work()
            return
        from antq_desktop.ui.doorstep import show_first_password

        show_first_password(
            self, office, password, self._show_page, self._begin_work, self._leave_office
        )

    def _leave_office(self) -> None:
        if self.office is not None:
            self.office.close()
            self.office = None
        self._to_sign_in()

    def _begin_work(self) -> None:
        office = self.office
        if office is None or self.window is not None:
            return
        from antq_desktop.services.crashes import Run
        from antq_desktop.ui.besides import back_up_daily, fold_when_quiet, verify, watch
        from antq_desktop.ui.composing import compose, show
        from antq_desktop.ui.reporting import tell_of_the_run_before

        self.window = compose(self, office)
        self.window.closing.connect(self._application.quit)
        self.window.lock_asked.connect(self.lock)
        # queued: the page that asks lies in the window that goes
        self.window.restore_asked.connect(self.begin_restore, Qt.ConnectionType.QueuedConnection)
        run = Run(office.folder)

        def began(broken: Broken | None) -> None:
            self._run = run
            tell_of_the_run_before(self.door, broken)

        self.jobs.write(lambda _control: run.begin(self.ground.clock.now()), began)
        self._leave_entry()
        show(self.window)
        self.idle = watch(self, self.window, self.lock_minutes, self.lock)
        fold_when_quiet(self, office, self.idle)
        verify(self, office)
        back_up_daily(self, office, self.window)

    def remember_unit(self, unit: str) -> None:
        """Remember what the next sign-in shows of this profile."""
        if self.office is not None:
            self._remember(self.preferences.having_opened(self.folder, unit, self.office.officer))

    def _remember(self, preferences: Preferences) -> None:
        self.preferences = preferences
        path = self.ground.preferences
        self.jobs.write(lambda _control: save_preferences(path, preferences), lambda _none: None)

    def _leave_entry(self) -> None:
        if self.entry is not None:
            self.entry.hide()
            self.entry.deleteLater()
            self.entry = None
