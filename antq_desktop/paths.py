"""Where things lie: what came with the program, and where an officer's profile is kept.

The one door to platformdirs. In the tree of a developer the shipped folders stand beside the
package; in a frozen build they are unpacked to the folder that `sys._MEIPASS` names.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from platformdirs import user_config_path, user_data_path

_FOLDER_NAME: Final = "ANTQ Desktop" if sys.platform == "win32" else "antq-desktop"


def program_folder() -> Path:
    """Return the folder that holds `resources` and `forms`."""
    unpacked = getattr(sys, "_MEIPASS", None)
    return Path(unpacked) if isinstance(unpacked, str) else Path(__file__).resolve().parents[1]


def resources_folder() -> Path:
    """Return the folder of fonts, icons, styles, help and administrative units."""
    return program_folder() / "resources"


def forms_folder() -> Path:
    """Return the folder of code lists, criteria sets, print forms and period presets."""
    return program_folder() / "forms"


def codes_folder() -> Path:
    """Return the folder of the shipped code lists."""
    return forms_folder() / "codes"


def units_file() -> Path:
    """Return the shipped table of provinces and communes of 2025."""
    return resources_folder() / "units" / "units_2025.csv"


def lineage_file() -> Path:
    """Return the shipped table of which old commune went into which new one in 2025."""
    return resources_folder() / "units" / "lineage_2025.csv"


def common_passwords_file() -> Path:
    """Return the shipped list of passwords that are guessed first."""
    return resources_folder() / "passwords" / "common.txt"


def caution_words_file() -> Path:
    """Return the list of words that may tell of state secrets; the unit may change it."""
    return resources_folder() / "words" / "caution.txt"


def default_profile_folder() -> Path:
    """Return where the profile lies unless `--data` names another folder; it may not exist yet.

    Local to the machine (never the roaming part of a Windows profile): a store must not be copied
    by the system while it is open.
    """
    return user_data_path(_FOLDER_NAME, appauthor=False, roaming=False)


def preferences_file() -> Path:
    """Return where this user's look and last profile are remembered; it may not exist yet."""
    return user_config_path(_FOLDER_NAME, appauthor=False, roaming=False) / "preferences.json"


def lives_folder() -> Path:
    """Return where it is counted how often each profile was opened; it may not exist yet.

    Apart from the profiles, so that a copied profile does not bring its count along.
    """
    return user_config_path(_FOLDER_NAME, appauthor=False, roaming=False) / "opened"
