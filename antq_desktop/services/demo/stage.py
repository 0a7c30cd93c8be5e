"""Where the demonstration is played: one district, the profiles below it, a stick between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.catalogue.unit_trees import load_unit_tree
from antq_desktop.paths import resources_folder
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.profiles import NewProfile

if TYPE_CHECKING:
    from antq_desktop.domain.units import TreeUnit, UnitTree
    from antq_desktop.services.returning import Accepted
    from antq_desktop.services.taken import Merged

PASSWORD: Final = "mat-khau-trinh-dien"  # noqa: S105 - of stores that hold invented records only
OFFICER: Final = "Nguyễn Văn Mẫu"
STICK: Final = "usb"
STICK_OF_ACCIDENTS: Final = "usb_su_co"


def unit_tree_file() -> Path:
    """Return the unit tree of the demonstration."""
    return resources_folder() / "demo" / "tu_ky_2022_units.toml"


def unit_tree() -> UnitTree:
    """Return the units of the demonstration."""
    return load_unit_tree(unit_tree_file())


@dataclass(frozen=True, slots=True)
class Stage:
    """What every scene needs.

    Attributes:
        offices: Makes and opens profiles.
        out: The folder of the demonstration.
        district: The office above, open all the time.
    """

    offices: Offices
    out: Path
    district: Office

    @property
    def stick(self) -> Path:
        """The folder that stands for the stick that accidents happen to."""
        folder = self.out / STICK_OF_ACCIDENTS
        folder.mkdir(exist_ok=True)
        return folder

    def folder(self, unit: TreeUnit) -> Path:
        """Return the profile folder of a unit."""
        return folder_of(self.out, unit)

    @contextmanager
    def at(self, unit: TreeUnit) -> Iterator[Office]:
        """Open the office of a commune for a while."""
        with closing(self.offices.open(self.folder(unit), OFFICER, PASSWORD)) as office:
            yield office

    def enrol(self, office: Office) -> None:
        """Let the district and a commune accept each other's device."""
        introduce(office, self.district, self.stick)

    def sealed(self, office: Office, to: Path | None = None) -> Path:
        """Let a commune make its bundle and carry it; return where it lies then."""
        sealing = office.handover.sealing
        return sealing.carry(sealing.seal_up().row.digest, to or self.stick).path

    def merged(self, path: Path, into: Office | None = None) -> Merged:
        """Take a bundle in, at the district or at another office."""
        taking = (into or self.district).handover.taking
        return taking.merge(taking.preview(taking.take(path)))

    def answered(self, office: Office) -> Accepted:
        """Let the district answer a commune, and the commune take the answer in."""
        above = self.district.handover
        unit = next(one for one in above.returning.units_to_answer() if one.id == office.unit)
        made = above.returning.seal(unit)
        path = above.sealing.carry(made.row.digest, self.stick).path
        return office.handover.returning.accept(path)


def folder_of(out: Path, unit: TreeUnit) -> Path:
    """Return the profile folder of a unit in the demonstration."""
    return out / "profiles" / unit.code


def make_office(offices: Offices, out: Path, level: str, unit: TreeUnit) -> Office:
    """Make the profile of a unit, for invented records."""
    new = NewProfile(
        level=level,
        unit=unit.code,
        officer=OFFICER,
        password=PASSWORD,
        units=unit_tree_file(),
        sample=True,
    )
    return offices.make(folder_of(out, unit), new)


def introduce(one: Office, other: Office, stick: Path) -> None:
    """Let two offices accept each other's device, each by the slip and the code of the other."""
    for teller, hearer in ((one, other), (other, one)):
        devices = teller.handover.devices
        code = " ".join(devices.keys().public.fingerprint)
        hearer.handover.devices.enrol(devices.write_slip(stick), code)
