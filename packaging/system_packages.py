"""Debian's packages that the program and its tests lean on: what is missing, and how to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

LIBRARIES = (
    # what Qt needs even without a screen
    *("libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libfreetype6"),
    *("libxkbcommon0", "libx11-6"),
    # what a window needs
    *("libx11-xcb1", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0"),
    *("libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-shm0"),
    *("libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1", "libxcb-util1"),
    # what printing needs
    "libcups2",
)

TOOLS = (
    # other people's readers of what the program writes
    *("age", "minisign", "unzip", "zip", "poppler-utils"),
    # a screen for machines without one
    *("xvfb", "xauth"),
    # what is under version, for the rules that are read off the files
    "git",
    # the recorder of system calls, for what a power cut would leave
    "strace",
)

OS_RELEASE = Path("/etc/os-release")
SBIN = "/usr/local/sbin:/usr/sbin:/sbin"


def is_debian(release: Path = OS_RELEASE) -> bool:
    """Tell whether this is Debian or a child of it, with its package tools at hand."""
    if sys.platform != "linux" or shutil.which("dpkg-query") is None or not release.is_file():
        return False
    named = (line.partition("=") for line in release.read_text(encoding="utf-8").splitlines())
    families = {key: value.strip("\"'").split() for key, _, value in named}
    return "debian" in families.get("ID", []) + families.get("ID_LIKE", [])


def missing(wanted: Iterable[str]) -> list[str]:
    """Return those of the wanted packages that are not installed, in the given order."""
    table = "${db:Status-Status}\t${Package}\t${Provides}\n"
    answer = subprocess.run(
        ["dpkg-query", "-W", f"-f={table}"], capture_output=True, text=True, check=True
    )
    return absent_from(answer.stdout, wanted)


def absent_from(listing: str, wanted: Iterable[str]) -> list[str]:
    """Return the wanted names that no installed package of the listing bears or provides.

    Args:
        listing: One package a line: state, name, provided names (`libglib2.0-0 (= 2.8), …`).
        wanted: Names of packages.
    """
    present: set[str] = set()
    for line in listing.splitlines():
        state, name, provides = line.split("\t")
        if state == "installed":
            present.add(name)
            present.update(each.split()[0] for each in provides.split(",") if each.strip())
    return [name for name in wanted if name not in present]


def as_root() -> list[str] | None:
    """Return what stands before a command to run it as root, or None when that is not allowed."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    answer = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if answer.returncode == 0 else None


def advice(packages: Sequence[str]) -> str:
    """Return the one command that an administrator types."""
    install = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    return f"sudo sh -c 'apt-get update && {install}'"


def install(packages: Sequence[str], prefix: Sequence[str]) -> bool:
    """Install packages by apt-get and tell whether that went well.

    Old lists of packages are no reason to stop: what they name may still be there.
    """
    path = f"{os.environ.get('PATH', '/usr/bin:/bin')}:{SBIN}"  # dpkg refuses to work without sbin
    setting = ["env", "DEBIAN_FRONTEND=noninteractive", f"PATH={path}"]
    apt = [*prefix, *setting, "apt-get", "-q", "-y"]
    subprocess.call([*apt, "update"])
    return subprocess.call([*apt, "install", "--no-install-recommends", *packages]) == 0
