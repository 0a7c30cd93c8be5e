"""The making of a profile behind the last page of the first run; it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from antq_desktop.services.firststart import UnitsToChoose, carry_out
from antq_desktop.services.signing import has_profile

if TYPE_CHECKING:
    from antq_desktop.services.firststart import Answers
    from antq_desktop.services.office import Office
    from antq_desktop.ui.app import Ground
    from antq_desktop.ui.faults import Door
    from antq_desktop.ui.firstrun import FirstRunPages
    from antq_desktop.ui.jobs import Control, Job, Jobs

HALF_DONE = "Dữ liệu đã được tạo; việc điền dữ liệu mẫu dừng giữa chừng."


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


def make_profile(
    host: Host,
    pages: FirstRunPages,
    answers: Answers,
    made: Callable[[Office], None],
    to_sign_in: Callable[[str], None],
) -> Callable[[], None]:
    """Make a profile on the writer, tell the pages how far it is, and return what stops it.

    Args:
        host: The program.
        pages: The pages of the first run, which say what came of it.
        answers: What was answered on them.
        made: Gets the open profile.
        to_sign_in: Goes to the sign-in and says why, where only the sample was not finished.
    """
    folder = host.folder

    def work(control: Control) -> tuple[Office, int]:
        def go_on(records: int) -> bool:
            if control.stopped:
                return False
            control.report(records)
            return True

        return carry_out(host.ground.offices(), folder, answers, go_on)

    def done(found: tuple[Office, int]) -> None:
        office, records = found
        made(office)
        pages.finish(records)

    def failed(error: BaseException) -> None:
        if has_profile(folder):
            to_sign_in(HALF_DONE)
        elif not pages.fail(error):
            host.door.meet(error)

    job = host.jobs.write(work, done, failed=failed)

    def tell(told: Job[object]) -> None:
        if told is job:
            pages.tell_records(told.progress.done)

    host.jobs.progressed.connect(tell)
    return job.stop


def units_to_choose(host: Host) -> UnitsToChoose:
    """Read the units of the first run; runs on a worker."""
    units = UnitsToChoose(host.ground.offices().profiles.table())
    units.warm_up()
    return units
