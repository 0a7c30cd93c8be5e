"""Backups beside the store: one before the first merge of a sitting, old ones thinned out."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.thinning import superfluous
from antq_desktop.files import remove_if_present
from antq_desktop.services.hand import Hand
from antq_desktop.services.sealing import made_folder
from antq_desktop.storage import backups
from antq_desktop.storage.store import Store

BACKUPS_FOLDER: Final = "backups"


def back_up(store: Store, hand: Hand) -> Path:
    """Write a backup into the profile, check it, and only then remove superfluous ones.

    Raises:
        EnvironmentFault: What the machine denies; older backups are as they were.
    """
    folder = made_folder(store.folder / BACKUPS_FOLDER)
    made = backups.make(store, folder, hand.clock.now().astimezone(VIETNAM).date())
    for name in superfluous(backups.backups_in(folder)):
        remove_if_present(folder / name)
    return made
