"""The backup of each day, into a folder outside the profile that the officer chose."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.thinning import Backup, superfluous
from antq_desktop.files import remove_if_present
from antq_desktop.services.hand import Hand
from antq_desktop.storage import backups, settings
from antq_desktop.storage.store import Store


class Safekeeping:
    """Makes the backups of one profile and knows the newest."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._hand = hand

    @property
    def place(self) -> Path | None:
        """The folder that was chosen; None while none was."""
        held = self._store.setting(settings.BACKUP_PLACE, "")
        return Path(held) if held else None

    def daily(self) -> Path | None:
        """Make today's backup unless it is made or no folder was chosen; return its path.

        Raises:
            EnvironmentFault: The folder is not there, or what the machine denies.
        """
        place = self.place
        if place is None or newest_day(place) == self._today().isoformat():
            return None
        return self.now()

    def now(self) -> Path | None:
        """Make a backup now, then remove superfluous ones; None while no folder was chosen.

        Raises:
            EnvironmentFault: The folder is not there, or what the machine denies.
        """
        place = self.place
        return self.into(place) if place is not None else None

    def into(self, place: Path) -> Path:
        """Make a backup in a folder now, then remove superfluous ones there.

        Raises:
            EnvironmentFault: The folder is not there, or what the machine denies.
        """
        made = backups.make(self._store, place, self._today())
        for name in superfluous(backups.backups_in(place)):
            remove_if_present(place / name)
        return made

    def when_closing(self) -> Path | None:
        """Make a backup when something changed since the newest; return its path.

        Raises:
            EnvironmentFault: The folder is not there, or what the machine denies.
        """
        place = self.place
        if place is None:
            return None
        newest = max((one.entry for one in backups.backups_in(place)), default=0)
        with self._store.reading() as reader:
            changed = max(reader.last_change(kind) for kind in self._store.specs)
        return self.now() if changed > newest else None

    def _today(self) -> date:
        return self._hand.clock.now().astimezone(VIETNAM).date()


def backups_of(place: Path) -> list[Backup]:
    """Return the backups in a folder, the oldest first.

    Raises:
        EnvironmentFault: The folder cannot be read.
    """
    return backups.backups_in(place)


def newest_day(place: Path) -> str:
    """Return the day of the newest backup in a folder, `YYYY-MM-DD`; empty when none is seen."""
    try:
        return max((each.day.isoformat() for each in backups.backups_in(place)), default="")
    except EnvironmentFault:
        return ""  # a stick that is not plugged in; the next backup says so
