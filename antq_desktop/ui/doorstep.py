"""What may lie between sign-in and work: a forgotten password, a first one to be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.services.signing import KEY_FILES, officers_of
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.signin_more import FirstPasswordPage, ForgottenPage

if TYPE_CHECKING:
    from pathlib import Path

    from antq_desktop.services.office import Office
    from antq_desktop.ui.app import Ground
    from antq_desktop.ui.ask import WindowAsker
    from antq_desktop.ui.faults import Door
    from antq_desktop.ui.jobs import Jobs
    from antq_desktop.ui.signin import SignInPage
    from antq_desktop.ui.theme import Theme


class Host(Protocol):
    """What the doorstep needs of the program around it."""

    ground: Ground
    theme: Theme
    folder: Path

    @property
    def jobs(self) -> Jobs:
        """The only threads."""
        ...

    @property
    def door(self) -> Door:
        """The one door for messages and errors."""
        ...


Show = Callable[[QWidget], None]


def show_forgotten(
    host: Host, sign_in: SignInPage, show: Show, back: Callable[[str], None]
) -> None:
    """Show the page of the recovery sheet; `back` goes to the sign-in and says what was done."""
    folder = host.folder
    page = ForgottenPage(host.theme, officers_of(folder), sign_in.officers.currentText())

    def refused(error: BaseException) -> None:
        if not page.refuse(error):
            host.door.meet(error)

    def use() -> None:
        given = (page.form.text("code"), page.form.text("officer"), page.form.text("password"))
        host.jobs.write(
            lambda _control: host.ground.offices().recover(folder, *given),
            back,
            failed=refused,
            owner=page,
        )

    page.asked.connect(use)
    page.back_asked.connect(lambda: back(""))
    show(page)
    page.form.focus_first()


def choose_key_file(host: Host, page: SignInPage, asker: WindowAsker) -> None:
    """Ask for a key file that lies elsewhere than at the root of a plugged stick, and go on."""

    def take(path: Path | None) -> None:
        if path is None:
            return
        try:
            host.ground.offices().take_key_file(path)
        except UserError as error:
            page.refuse(error)
        else:
            page.enter()

    asker.ask_file(FileQuestion("Tệp chìa khóa", kinds=(KEY_FILES,)), take)


def show_first_password(  # noqa: PLR0917 - where each button leads
    host: Host,
    office: Office,
    first: str,
    show: Show,
    go: Callable[[], None],
    leave: Callable[[], None],
) -> None:
    """Show the page on which a first password is changed; `go` goes to work, `leave` leaves."""
    page = FirstPasswordPage(host.theme, office.officer)

    def refused(error: BaseException) -> None:
        if not page.refuse(error):
            host.door.meet(error)

    def change() -> None:
        new = page.form.text("password")
        host.jobs.write(
            lambda _control: office.people.change_own(first, new),
            lambda _told: go(),
            failed=refused,
            owner=page,
        )

    page.asked.connect(change)
    page.back_asked.connect(leave)
    show(page)
    page.form.focus_first()
