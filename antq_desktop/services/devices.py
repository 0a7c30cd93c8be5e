"""Devices: the keys of this one, and which others a person has accepted by their slip."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.carrying import write_public_file
from antq_desktop.bundle.keys import (
    LARGEST_KEY_FILE,
    DeviceKeys,
    Enrolled,
    PublicDevice,
    parse_public_file,
    public_from_json,
    rotation_from_json,
)
from antq_desktop.domain.canonical import canonical, parse_canonical_object
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind, Party
from antq_desktop.domain.ids import new_record_id
from antq_desktop.domain.rights import PROGRAM
from antq_desktop.files import environment_fault
from antq_desktop.services.hand import Hand
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import DeviceRow
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.work import Work

DEFAULT_LABEL: Final = "Máy 01"


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device that a person accepted.

    Attributes:
        device: Its public parts.
        may_send: The kinds of bundle taken from it.
        since: When it was accepted.
        officer: Who accepted it.
        revoked: When its key was revoked; None while it holds.
        reached: Once another key of the device followed this one: for each writer the last number
            that it signed. None while it is in use.
    """

    device: PublicDevice
    may_send: frozenset[BundleKind]
    since: str
    officer: str
    revoked: str | None
    reached: dict[str, int] | None = None


class Devices:
    """Keys and enrolment of one profile.

    Attributes:
        on_enrolled: What is done after each enrolment, such as looking at the shelves again.
    """

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._hand = hand
        self.on_enrolled: list[Callable[[], object]] = []

    def own_unit(self) -> Party:
        """Return the unit of this store as a bundle names it."""
        with self._store.reading() as reader:
            unit = reader.setting(settings.UNIT)
            record = reader.record("unit", unit)
            joined = reader.setting(settings.JOINED_AS, "")
        if record is None and joined:  # its own record comes with the first bundle of a sibling
            return Party.from_json(parse_canonical_object(joined.encode()), "unit")
        values = record.values() if record else {}
        return Party(unit, str(values.get("code") or "")[:8], str(values.get("name") or unit))

    def keys(self, label: str = DEFAULT_LABEL) -> DeviceKeys:
        """Return the keys of this device; made at the first use and kept in the encrypted store.

        Args:
            label: What the device is called, when its keys are made now.

        Raises:
            UserError: `secret_keys_malformed`.
        """
        held = self._store.setting(settings.DEVICE_KEYS, "")
        if held:
            return self._kept_keys(held)
        device = new_record_id(self._hand.random_bytes)
        keys = DeviceKeys.generate(self.own_unit(), device, label)
        # Whoever looks first: the keys are the device's, no officer asks for them.
        with self._store.writing(PROGRAM, Action.ENROL) as work:
            secret = base64.b64encode(keys.to_secret()).decode("ascii")
            work.set_setting(settings.DEVICE_KEYS, secret)
            work.note("", "", f"Tạo chìa khóa số của máy, mã đối chiếu {shown_code(keys.public)}")
        return keys

    def _kept_keys(self, held: str) -> DeviceKeys:
        keys = DeviceKeys.from_secret(base64.b64decode(held))
        former = json.loads(self._store.setting(settings.FORMER_KEYS, "[]"))
        told = self._store.setting(settings.KEY_ROTATION, "")
        rotation = rotation_from_json(parse_canonical_object(told.encode())) if told else None
        public = replace(keys.public, rotation=rotation)
        return replace(keys, public=public, former=tuple(str(one) for one in former))

    def write_slip(self, folder: Path) -> Path:
        """Write the public file of this device for enrolment elsewhere, and return its path.

        Raises:
            EnvironmentFault: What the machine or the stick denies.
        """
        return write_public_file(self.keys(), folder)

    def read_slip(self, path: Path) -> PublicDevice:
        """Read the public file of another device; it is not believed yet.

        Raises:
            UserError: `key_file_malformed`, `key_file_newer`, `key_file_altered`, `own_device`.
            EnvironmentFault: The file cannot be read.
        """
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_KEY_FILE + 1)
        except OSError as fault:
            raise environment_fault(fault, path) from fault
        device = parse_public_file(data)
        if device.device == self.keys().public.device:
            message = "Đây là tệp đăng ký của chính máy này. Chọn tệp của đơn vị kia."
            raise UserError("own_device", message)
        return device

    def enrol(self, path: Path, typed_code: str, *, above: bool | None = None) -> KnownDevice:
        """Accept another device: its file, and the code typed from its signed slip.

        Args:
            path: The file.
            typed_code: The code.
            above: As `accept` says.

        Raises:
            UserError: `fingerprint_differs`, `already_enrolled`, or what is wrong with the file.
            EnvironmentFault: The file cannot be read.
        """
        device = self.read_slip(path)
        wrong = device.wrong_groups(typed_code)
        if wrong:
            raise differs(wrong)
        return self.accept(device, above=above)

    def is_above(self, unit: str) -> bool:
        """Tell whether a unit is the one above by what this store knows of its own unit."""
        if self._store.setting(settings.LEVEL) != RECEIVER_LEVEL:
            return True
        with self._store.reading() as reader:
            record = reader.record("unit", reader.setting(settings.UNIT))
        return record is not None and record.values().get("parent") == unit

    def accept(self, device: PublicDevice, *, above: bool | None = None) -> KnownDevice:
        """Accept a device whose code a person has compared.

        Args:
            device: The device.
            above: At a receiver, whether it is of the unit above, to which this one sends; None
                where that stands in the record of the own unit.

        Raises:
            UserError: `already_enrolled`; `device_has_key`: it is accepted under another key that
                did not vouch for this one; `vouched_by_revoked`.
        """
        own = self.own_unit()
        above = self.is_above(device.unit.id) if above is None else above
        if device.unit.id == own.id:
            kinds = {BundleKind.SIBLINGS}
        else:
            kinds = {BundleKind.RETURN} if above else {BundleKind.UP}
        row = DeviceRow(
            key_id=device.key_id,
            unit=device.unit.id,
            unit_name=device.unit.name,
            device=device.device,
            public=canonical(device.to_json()),
            may_send=" ".join(sorted(kinds)),
            since=civil(self._hand.clock.now()),
            officer=self._hand.officer,
            revoked=None,
        )
        with self._store.writing(self._hand.officer, Action.ENROL) as work:
            if exchange.select(work.connection, DeviceRow, "WHERE key_id = ?", (device.key_id,)):
                message = f"Máy này của {device.unit.name} đã được đăng ký."
                raise UserError("already_enrolled", message)
            row = _following(work, row, device)
            exchange.put(work.connection, row)
            told = f"Nhận đăng ký máy của {device.unit.name}, mã đối chiếu {shown_code(device)}"
            work.note("", "", told)
        for look_again in self.on_enrolled:
            look_again()
        return _known(row)

    def known(self) -> list[KnownDevice]:
        """Return the devices accepted here, by unit."""
        with self._store.reading() as reader:
            return self.known_in(reader)

    def known_in(self, reader: Reader) -> list[KnownDevice]:
        """Return the devices accepted as far as a transaction sees them, by unit."""
        rows = exchange.select(reader.connection, DeviceRow, "ORDER BY unit, since")
        return [_known(row) for row in rows]

    def siblings_in(self, reader: Reader) -> list[str]:
        """Return the ids of the other accepted devices of the own unit, each once."""
        own = reader.setting(settings.UNIT)
        held = [known for known in self.known_in(reader) if known.device.unit.id == own]
        return list(dict.fromkeys(one.device.device for one in held if not one.revoked))

    def of_unit(self, unit: str) -> list[Enrolled]:
        """Return the accepted devices of a unit whose keys hold."""
        known = enrolled_of(self.known()).values()
        return [
            held
            for held in known
            if held.device.unit.id == unit and not held.revoked and held.reached is None
        ]

    def addressee(self) -> Party:
        """Return the unit that this store's bundles go up to: the one enrolled receiver.

        Raises:
            UserError: `no_receiver`: none is enrolled; `several_receivers`.
        """
        units = {
            held.device.unit.id: held.device.unit
            for held in self.known()
            if BundleKind.RETURN in held.may_send and not held.revoked
        }
        if not units:
            message = (
                "Chưa đăng ký máy của đơn vị tổng hợp. Nhận tệp và phiếu đăng ký của đơn vị tổng "
                "hợp trước khi lập gói."
            )
            raise UserError("no_receiver", message)
        if len(units) > 1:
            names = ", ".join(unit.name for unit in units.values())
            message = f"Có nhiều đơn vị tổng hợp đã đăng ký: {names}. Chọn một đơn vị."
            raise UserError("several_receivers", message)
        return next(iter(units.values()))


def enrolled_of(devices: Iterable[KnownDevice]) -> dict[str, Enrolled]:
    """Return what the gate asks for: each accepted device by the id of its signing key."""
    return {
        held.device.key_id: Enrolled(
            held.device, held.may_send, revoked=held.revoked is not None, reached=held.reached
        )
        for held in devices
    }


def _following(work: Work, row: DeviceRow, device: PublicDevice) -> DeviceRow:
    """Return a new key as it is kept; the key of the device that vouches for it is set aside."""
    rows = exchange.select(work.connection, DeviceRow, "WHERE device = ?", (device.device,))
    rotation = device.rotation
    vouching = [one for one in rows if rotation and one.key_id == rotation.key.key_id]
    if rotation is not None and vouching:
        if vouching[0].revoked:
            message = (
                "Chìa khóa mới do một chìa khóa đã thu hồi ký nên không nhận. Máy đó lập chìa khóa "
                "mới và đưa phiếu đã ký, đóng dấu."
            )
            raise UserError("vouched_by_revoked", message)
        reached = canonical(dict(rotation.reached)).decode()
        exchange.put(work.connection, replace(vouching[0], reached=reached))
        return replace(row, follows=vouching[0].key_id)
    if any(one.revoked is None and not one.reached for one in rows):
        message = (
            f"Máy này của {device.unit.name} đang dùng chìa khóa khác, chìa khóa đó không ký cho "
            "chìa khóa mới. Thu hồi chìa khóa cũ trước, rồi nhận phiếu này."
        )
        raise UserError("device_has_key", message)
    return row


def differs(wrong: Iterable[int]) -> UserError:
    """Return the refusal of a typed code, with the groups (from 0) that are not as in the file."""
    places = ", ".join(str(number + 1) for number in wrong)
    message = (
        f"Mã đối chiếu khác ở nhóm số {places}. So lại với phiếu giấy; nếu vẫn khác thì "
        "không nhận máy này và báo đơn vị kia."
    )
    return UserError("fingerprint_differs", message, "fingerprint")


def _known(row: DeviceRow) -> KnownDevice:
    return KnownDevice(
        device=public_from_json(parse_canonical_object(row.public)),
        may_send=frozenset(BundleKind(kind) for kind in row.may_send.split()),
        since=row.since,
        officer=row.officer,
        revoked=row.revoked,
        reached=(
            {str(writer): int(number) for writer, number in json.loads(row.reached).items()}
            if row.reached
            else None
        ),
    )


def shown_code(device: PublicDevice) -> str:
    """Return the code that two people compare, in groups."""
    return " ".join(device.fingerprint)
