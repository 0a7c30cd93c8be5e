"""Enrolment as the screens walk it: own slip, slips of others, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.keys import FINGERPRINT_GROUP_DIGITS, FINGERPRINT_GROUPS, PublicDevice
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.shown import show_date
from antq_desktop.services.deliveries import shown_moment
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import SentRow

if TYPE_CHECKING:
    from antq_desktop.services.devices import Devices, KnownDevice
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.store import Store

SLIP_WRITTEN: Final = "slip_written"  # when the slip of this device was last written


@dataclass(frozen=True, slots=True)
class OwnSlip:
    """This device as its slip shows it.

    Attributes:
        key_id: Id of the signing key, which stands in the name of the file.
        groups: The code that the other unit types from the signed paper, 8 groups of 5 digits.
        written: When the slip was last written, for the screen; empty when it never was.
    """

    unit: str
    label: str
    key_id: str
    groups: tuple[str, ...]
    written: str


class ForeignSlip:
    """The file of another device, read but not believed; its code stays inside."""

    def __init__(self, path: Path, device: PublicDevice) -> None:
        self.path = path
        self.unit = device.unit.name
        self.unit_code = device.unit.code
        self.unit_id = device.unit.id
        self.label = device.label
        self._device = device

    def right(self, place: int, typed: str) -> bool:
        """Tell whether one group, from 0, is what the code has there."""
        return self._device.fingerprint[place] == typed.strip()


@dataclass(frozen=True, slots=True)
class EnrolledLine:
    """An accepted device, as the list shows it; `replaced` once it signs with another key."""

    key_id: str
    unit: str
    label: str
    may_send: tuple[str, ...]
    since: str
    officer: str
    revoked: str
    code: str
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """How far a new commune has come: each is done once and in this order."""

    receiver_known: bool
    slip_written: bool
    sent: bool
    answered: bool

    @property
    def all_done(self) -> bool:
        """Whether nothing of the beginning is left."""
        return self.receiver_known and self.slip_written and self.sent


class Enrolling:
    """Enrolment both ways."""

    groups: Final = FINGERPRINT_GROUPS
    group_digits: Final = FINGERPRINT_GROUP_DIGITS

    def __init__(self, store: Store, devices: Devices, hand: Hand) -> None:
        self._store = store
        self._devices = devices
        self._hand = hand

    def own(self) -> OwnSlip:
        """Return the slip of this device; its keys are made at the first use."""
        public = self._devices.keys().public
        written = self._store.setting(SLIP_WRITTEN, "")
        return OwnSlip(
            public.unit.name,
            public.label,
            public.key_id,
            public.fingerprint,
            shown_moment(written),
        )

    def write_own(self, folder: Path) -> Path:
        """Write the public file of this device to a folder or stick, and remember that it was.

        Raises:
            EnvironmentFault: What the machine or the stick denies.
        """
        path = self._devices.write_slip(folder)
        with self._store.writing(self._hand.officer, Action.ENROL) as work:
            work.set_setting(SLIP_WRITTEN, civil(self._hand.clock.now()))
            work.note("", "", f"Ghi tệp đăng ký của máy này ra {folder}")
        return path

    def read(self, path: Path) -> ForeignSlip:
        """Read the file of another device, to compare its code with the signed paper.

        Raises:
            UserError: What is wrong with the file, `own_device`.
            EnvironmentFault: The file cannot be read.
        """
        return ForeignSlip(path, self._devices.read_slip(path))

    def is_above(self, slip: ForeignSlip) -> bool:
        """Tell whether a slip is of the unit above, as far as this store knows its place."""
        return self._devices.is_above(slip.unit_id)

    def accept(
        self, slip: ForeignSlip, typed: Sequence[str], *, above: bool | None = None
    ) -> KnownDevice:
        """Accept a device by the code typed from its signed paper; the file is read once more.

        Raises:
            UserError: `fingerprint_differs`, `already_enrolled`, or what is wrong with the file.
            EnvironmentFault: The file cannot be read.
        """
        return self._devices.enrol(slip.path, " ".join(typed), above=above)

    def known(self) -> list[EnrolledLine]:
        """Return the accepted devices by unit."""
        return [_line(held) for held in self._devices.known()]

    def steps(self) -> Steps:
        """Return how far this unit has come in sending to the unit above."""
        with self._store.reading() as reader:
            sent = exchange.select(
                reader.connection, SentRow, "WHERE kind = ?", (str(BundleKind.UP),)
            )
        return Steps(
            receiver_known=any(
                BundleKind.RETURN in held.may_send and not held.revoked
                for held in self._devices.known()
            ),
            # who has sent a bundle that was taken must have handed the slip over before
            slip_written=bool(self._store.setting(SLIP_WRITTEN, ""))
            or any(row.answered_at for row in sent),
            sent=any(row.written_at for row in sent),
            answered=any(row.answered_at for row in sent),
        )


def _line(held: KnownDevice) -> EnrolledLine:
    return EnrolledLine(
        key_id=held.device.key_id,
        unit=held.device.unit.name,
        label=held.device.label,
        may_send=tuple(kind.label for kind in sorted(held.may_send)),
        since=show_date(held.since[:10]),
        officer=held.officer,
        revoked=show_date(held.revoked[:10]) if held.revoked else "",
        code=" ".join(held.device.fingerprint),
        replaced=held.reached is not None,
    )
