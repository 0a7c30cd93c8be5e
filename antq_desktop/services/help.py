"""The help pages of the screens, as they came with the program."""

from __future__ import annotations

from antq_desktop.paths import resources_folder


def help_page(key: str) -> str:
    """Return the HTML of a screen's help by the key of the screen; empty when there is none."""
    try:
        return (resources_folder() / "help" / f"{key}.html").read_text(encoding="utf-8")
    except OSError:
        return ""
