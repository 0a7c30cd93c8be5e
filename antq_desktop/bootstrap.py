"""The composition root: builds the objects once and hands them to whoever needs them."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from datetime import datetime

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.clock import VIETNAM
from antq_desktop.paths import codes_folder, default_profile_folder
from antq_desktop.services.office import Offices
from antq_desktop.services.profiles import Profiles
from antq_desktop.storage.store import Outside
from antq_desktop.storage.vault import EVERYDAY, FLOOR


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the moment, in the zone of Vietnam."""
        return datetime.now(VIETNAM)


def offices(*, easy_keys: bool = False) -> Offices:
    """Return what opens profiles.

    Args:
        easy_keys: Take the least key derivation that is accepted (19 MiB, t=2), for samples.
    """
    hardness = FLOOR if easy_keys else EVERYDAY
    outside = Outside(SystemClock(), secrets.token_bytes, hardness)
    return Offices(Profiles(outside), load_codes(codes_folder()), outside)


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program: the window without words behind it, the command line with them."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    from antq_desktop.cli.main import run

    return run(given, offices, default_profile_folder())
