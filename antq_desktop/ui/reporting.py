"""Reports of what went wrong: written beside the profile, and copied to a stick when asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from antq_desktop.ui.faults import CARRY, Door, Message, Tone

if TYPE_CHECKING:
    from antq_desktop.services.crashes import Broken
    from antq_desktop.ui.app import Ground
    from antq_desktop.ui.ask import Asker
    from antq_desktop.ui.jobs import Jobs


class Host(Protocol):
    """What is needed of the program around it."""

    ground: Ground
    folder: Path

    @property
    def jobs(self) -> Jobs:
        """The only threads."""
        ...

    @property
    def door(self) -> Door:
        """The one door for messages and errors."""
        ...


def make_door(host: Host, asker: Callable[[], Asker]) -> Door:
    """Return the door of a program, which writes reports and offers to copy them to a stick."""

    def save(report: str) -> str:
        from antq_desktop.services.crashes import save_report

        return save_report(host.folder, report, host.ground.clock.now())

    def carry(path: str) -> None:
        from antq_desktop.ui.ask import FileQuestion

        question = FileQuestion(CARRY, folder=True)
        asker().ask_file(question, lambda folder: _copy(host, Path(path), folder))

    return Door(save, carry_report=carry)


def tell_of_the_run_before(door: Door, broken: Broken | None) -> None:
    """Say that the run before did not end by itself, and offer its report where there is one."""
    if broken is not None:
        offer = door.carrying(str(broken.report)) if broken.report is not None else None
        door.say(Message(broken.sentence, Tone.WATCH, offer=offer))


def _copy(host: Host, report: Path, folder: Path | None) -> None:
    if folder is None:
        return
    from antq_desktop.services.crashes import carry_report

    host.jobs.write(
        lambda _control: carry_report(report, folder),
        lambda path: host.door.done(f"Đã chép báo cáo ra {path}."),
    )
