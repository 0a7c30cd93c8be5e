"""The second device of a unit: its profile begins from the slip of the first one.

The slip names the unit, and its code, compared with the signed paper, makes the first device
believed. The records, the record of the unit itself included, come with its bundle for siblings:
so they are the same records on both.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.keys import LARGEST_KEY_FILE, parse_public_file
from antq_desktop.files import environment_fault
from antq_desktop.services.devices import differs
from antq_desktop.services.profiles import COMMUNE_LEVEL, RECEIVER_LEVEL, NewProfile

if TYPE_CHECKING:
    from antq_desktop.bundle.keys import PublicDevice
    from antq_desktop.services.office import Office, Offices


SECOND_LABEL: Final = "Máy 02"


@dataclass(frozen=True, slots=True)
class FirstDevice:
    """The slip of the device that already holds the data; read, not believed yet."""

    path: Path
    device: PublicDevice

    @property
    def unit(self) -> str:
        """Name of its unit."""
        return self.device.unit.name

    @property
    def unit_code(self) -> str:
        """Code of its unit."""
        return self.device.unit.code

    @property
    def label(self) -> str:
        """What that device is called."""
        return self.device.label

    def right(self, place: int, typed: str) -> bool:
        """Tell whether one group of the code, from 0, is what the paper has there."""
        return self.device.fingerprint[place] == typed.strip()


@dataclass(frozen=True, slots=True)
class Joiner:
    """Who joins.

    Attributes:
        code: The code typed from the signed paper of the first device.
        officer: The first officer of this device.
        password: That officer's password.
        sample: Whether the first device holds invented records.
        units: File of a unit tree, for a receiver that the table of 2025 lacks.
        label: What this device is called.
        level: `commune` or `receiver`; empty: as the shipped table says.
    """

    code: str
    officer: str
    password: str
    sample: bool = False
    units: Path | None = None
    label: str = SECOND_LABEL
    level: str = ""


def read_first_device(path: Path) -> FirstDevice:
    """Read the slip of the device that already holds the data of the unit.

    Raises:
        UserError: `key_file_malformed`, `key_file_newer`, `key_file_altered`.
        EnvironmentFault: The file cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_KEY_FILE + 1)
    except OSError as fault:
        raise environment_fault(fault, path) from fault
    return FirstDevice(path, parse_public_file(data))


def join(offices: Offices, folder: Path, first: FirstDevice, joiner: Joiner) -> Office:
    """Make the profile of a second device; it knows the first one and waits for its bundle.

    Raises:
        UserError: `fingerprint_differs`, and what is wrong with officer or password.
        EnvironmentFault: What the machine denies.
    """
    wrong = first.device.wrong_groups(joiner.code)
    if wrong:
        raise differs(wrong)
    office = offices.make(
        folder,
        NewProfile(
            level=joiner.level or _level(offices, first),
            unit=first.device.unit.id,
            officer=joiner.officer,
            password=joiner.password,
            units=joiner.units,
            sample=joiner.sample,
            joins=first.device.unit,
        ),
    )
    try:
        office.handover.devices.keys(joiner.label)
        office.handover.devices.accept(first.device)
    except BaseException:
        office.close()
        raise
    return office


def _level(offices: Offices, first: FirstDevice) -> str:
    """A unit that the shipped table calls a commune is one; any other receives."""
    known = offices.profiles.table().by_id(first.device.unit.id)
    return COMMUNE_LEVEL if known is not None and known.kind == "commune" else RECEIVER_LEVEL
