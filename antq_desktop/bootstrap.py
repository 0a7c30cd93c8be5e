"""The composition root: builds the objects once and hands them to whoever needs them.

Nothing heavy is imported here before it is known what is wanted: the window must paint, and the
command line must answer, without what only the other one needs.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop import __version__
from antq_desktop.domain.clock import VIETNAM
from antq_desktop.paths import (
    codes_folder,
    default_profile_folder,
    lives_folder,
    preferences_file,
    resources_folder,
)

if TYPE_CHECKING:
    from antq_desktop.services.office import Offices
    from antq_desktop.ui.app import Ground

WINDOW: Final = "window"
PICTURES: Final = "pictures"


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the moment, in the zone of Vietnam."""
        return datetime.now(VIETNAM)


@cache
def offices(*, easy_keys: bool = False) -> Offices:
    """Return what opens profiles.

    Args:
        easy_keys: Take the least key derivation that is accepted (19 MiB, t=2), for samples.
    """
    import secrets

    from antq_desktop.catalogue.codes import load_codes
    from antq_desktop.services.lives import machine_id
    from antq_desktop.services.office import Offices
    from antq_desktop.services.profiles import Profiles
    from antq_desktop.services.sticks import Sticks
    from antq_desktop.storage.keyfile import KeyFiles
    from antq_desktop.storage.store import Outside
    from antq_desktop.storage.vault import EVERYDAY, FLOOR

    hardness, steady = (FLOOR, None) if easy_keys else (EVERYDAY, time.perf_counter)
    lives = None if easy_keys else lives_folder()  # a sample may be copied about
    key_files = KeyFiles(lambda: [stick.folder for stick in Sticks().find()])
    given = (SystemClock(), secrets.token_bytes, hardness, steady, lives, machine_id(), key_files)
    outside = Outside(*given)
    return Offices(Profiles(outside), load_codes(codes_folder()), outside)


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program: the window without words behind it, the command line with them."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    wanted = _window_words(given)
    if wanted is not None and _has_screen():
        gc.disable()  # the window collects by itself; walking what is imported only costs the start
        from antq_desktop.ui.app import open_window

        return open_window(ground(wanted.folder), only_first_paint=wanted.only_first_paint)
    if len(given) > 2 and given[0] == PICTURES:
        return _take_pictures(Path(given[1]), [Path(folder) for folder in given[2:]])
    from antq_desktop.cli.main import no_screen, run

    if wanted is not None and given[:1] == [WINDOW]:
        return no_screen()
    return run(given, offices, default_profile_folder())


def ground(folder: Path | None = None, *, easy_keys: bool = False) -> Ground:
    """Return what the window stands on; `folder` is the profile asked for."""
    from antq_desktop.ui.app import Ground

    return Ground(
        resources=resources_folder(),
        preferences=preferences_file(),
        folder=folder,
        usual_folder=default_profile_folder(),
        clock=SystemClock(),
        offices=lambda: offices(easy_keys=easy_keys),
        version=__version__,
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    folder: Path | None = None
    only_first_paint: bool = False


def _window_words(words: Sequence[str]) -> _Wanted | None:
    """Read `[window] [--data DIR] [--first-paint]`; None for anything else, which is a command.

    `--first-paint` ends the program once its first window stands, for measuring the start.
    """
    rest = list(words[1:] if words[:1] == [WINDOW] else words)
    folder: Path | None = None
    only_first_paint = False
    while rest:
        word = rest.pop(0)
        if word == "--data" and rest:
            folder = Path(rest.pop(0))
        elif word == "--first-paint":
            only_first_paint = True
        else:
            return None
    return _Wanted(folder, only_first_paint)


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _take_pictures(out: Path, profiles: Sequence[Path]) -> int:
    """Draw sample profiles off screen, into files; the demonstration's own process."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from antq_desktop.services.demo.playing import OFFICER, PASSWORD
    from antq_desktop.ui.pictures import take_pictures

    return take_pictures(ground(easy_keys=True), out, profiles, OFFICER, PASSWORD)
