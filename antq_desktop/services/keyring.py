"""The life of keys after the first day: changed, withdrawn from, kept safe and brought back."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.keysafe import from_parts, sealed_with, to_parts, unsealed
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.shares import groups_of, join, share_of, split
from antq_desktop.files import environment_fault, new_file, write_atomically
from antq_desktop.services.devices import shown_code
from antq_desktop.services.passwords import may_be_set
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import MERGED, DeviceRow, ReceivedRow, SentRow

if TYPE_CHECKING:
    from antq_desktop.bundle.keys import DeviceKeys
    from antq_desktop.domain.shares import Share
    from antq_desktop.services.devices import Devices
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.withdrawing import TakenBack, Withdrawing
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Work

BACKUP_EXTENSION: Final = ".age"
LARGEST_BACKUP: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class ShareSheet:
    """One printed part of the keys of this device.

    Attributes:
        place: 1, 2 or 3.
        groups: Its figures.
        unit: Name of the unit.
        label: What the device is called: it is typed when the keys come back.
        code: The code to compare of the keys.
    """

    place: int
    groups: tuple[str, ...]
    unit: str
    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """What a revocation did: the keys that are no longer believed, and what was taken back."""

    keys: tuple[str, ...]
    taken_back: tuple[TakenBack, ...]
    sentence: str


class Keyring:
    """Keys of one profile."""

    def __init__(
        self, store: Store, devices: Devices, withdrawing: Withdrawing, hand: Hand
    ) -> None:
        self._store = store
        self._devices = devices
        self._withdrawing = withdrawing
        self._hand = hand

    def rotate(self) -> DeviceKeys:
        """Give this device new keys, vouched for by the present ones; what came before still opens.

        The slip goes out again: everybody who knew the former key compares the new code.
        """
        before = self._devices.keys()
        with self._store.writing(self._hand.officer, Action.ENROL) as work:
            keys = before.rotated(_numbers(work))
            self._keep(work, keys)
            work.note("", "", f"Đổi chìa khóa số của máy, mã đối chiếu {shown_code(keys.public)}")
        return keys

    def revoke(
        self, key_id: str, reason: str, last_good: Mapping[str, int] | None = None
    ) -> Revoked:
        """Believe a key no longer, nor any that it vouched for.

        What was merged stays, unless the last good number of a writer is named: what lies above it
        is then taken back in the same step.

        Args:
            key_id: The key, or the beginning of its id.
            reason: Why, for history.
            last_good: For each writer named the last number that is still believed.

        Raises:
            UserError: `no_such_key`, `revocation_without_reason`, `already_revoked`.
        """
        if not reason.strip():
            message = "Chưa ghi lý do thu hồi. Ghi lý do, ví dụ: mất máy ngày nào."
            raise UserError("revocation_without_reason", message, "reason")
        now = civil(self._hand.clock.now())
        with self._store.writing(self._hand.officer, Action.REVOKE) as work:
            row = _key(work, key_id)
            rows = _with_followers(work, row)
            for one in rows:
                exchange.put(work.connection, replace(one, revoked=now))
            back = self._take_back(work, {one.key_id for one in rows}, last_good or {})
            told = f"Thu hồi chìa khóa {row.key_id} của {row.unit_name}: {reason.strip()}"
            work.note("", "", told)
        for look_again in self._devices.on_enrolled:
            look_again()
        sentence = f"Đã thu hồi chìa khóa của {row.unit_name}."
        if back:
            sentence += f" Đã rút lại {len(back)} gói lập sau số còn tin."
        return Revoked(tuple(one.key_id for one in rows), tuple(back), sentence)

    def numbers_of(self, key_id: str) -> dict[str, int]:
        """Return for each writer the highest merged number that a key signed.

        Raises:
            UserError: `no_such_key`.
        """
        found: dict[str, int] = {}
        with self._store.reading() as reader:
            row = _key(reader, key_id)
            for held in _signed_by(reader, {row.key_id}):
                found[held.writer] = max(held.number, found.get(held.writer, 0))
        return found

    def back_up(self, folder: Path, passphrase: str) -> Path:
        """Write the keys of this device to a file under a passphrase, and return its path.

        Raises:
            UserError: What `may_be_set` refuses.
            EnvironmentFault: What the machine or the stick denies.
        """
        keys = self._devices.keys()
        may_be_set(passphrase, (self._hand.officer, keys.public.unit.name))
        name = f"ANTQ_KHOA_{keys.public.unit.code}_{keys.public.key_id[:8]}{BACKUP_EXTENSION}"
        path = folder / name
        with new_file(path) as out:
            out.write(sealed_with(keys, passphrase))
        self._note("Ghi bản lưu chìa khóa số")
        return path

    def restore(self, path: Path, passphrase: str) -> DeviceKeys:
        """Bring the keys of a device back from their backup; this device is that one then.

        Raises:
            UserError: `key_backup_closed`, `secret_keys_malformed`, `keys_of_another_unit`.
            EnvironmentFault: The file cannot be read.
        """
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_BACKUP)
        except OSError as fault:
            raise environment_fault(fault, path) from fault
        return self._take_over(unsealed(data, passphrase), "bản lưu")

    def split(self) -> tuple[ShareSheet, ...]:
        """Return three sheets of which two bring the keys of this device back; nothing keeps them.

        Every splitting stands by itself: sheets of two splittings do not go together.
        """
        keys = self._devices.keys()
        shares = split(to_parts(keys), self._hand.random_bytes)
        self._note("Lập ba phiếu giữ chìa khóa số, hai phiếu ghép lại được chìa khóa")
        return tuple(_sheet(keys, share) for share in shares)

    def write_sheets(self, folder: Path) -> tuple[Path, ...]:
        """Split the keys and write the three sheets as papers into a folder, to be printed.

        Raises:
            EnvironmentFault: What the machine or the stick denies.
        """
        from antq_desktop.services.share_paper import SharePaper

        paper = SharePaper(self._store, self._hand)
        code = self._devices.own_unit().code
        written: list[Path] = []
        for sheet in self.split():
            path = folder / f"ANTQ_GIUKHOA_{code}_{sheet.place}.pdf"
            write_atomically(path, paper.make(sheet))
            written.append(path)
        return tuple(written)

    def join(self, typed: Sequence[str], label: str) -> DeviceKeys:
        """Bring the keys of a device back from two of its sheets, as they were typed.

        Raises:
            UserError: `shares_needed`, what is wrong with a sheet, or with both together.
        """
        given = [text for text in typed if text.strip()]
        if len(given) != 2:
            raise UserError("shares_needed", "Cần đúng hai phiếu. Nhập đủ hai phiếu.", "share")
        secret = join([share_of(text) for text in given])
        unit = self._devices.own_unit()
        return self._take_over(from_parts(secret, unit, label), "hai phiếu giữ chìa khóa số")

    def _take_over(self, keys: DeviceKeys, source: str) -> DeviceKeys:
        own = self._devices.own_unit()
        if keys.public.unit.id != own.id:
            message = (
                f"Chìa khóa này của {keys.public.unit.name}, không phải {own.name}. Mở đúng dữ "
                "liệu của đơn vị đó rồi khôi phục."
            )
            raise UserError("keys_of_another_unit", message)
        held = self._store.setting(settings.DEVICE_KEYS, "")
        former = self._devices.keys().identities if held else ()
        every = [one for one in (*keys.former, *former) if one != keys.age_identity]
        whole = replace(keys, former=tuple(dict.fromkeys(every)))
        with self._store.writing(self._hand.officer, Action.ENROL) as work:
            self._keep(work, whole)
            code = shown_code(keys.public)
            work.note("", "", f"Khôi phục chìa khóa số từ {source}, mã đối chiếu {code}")
        return whole

    def _keep(self, work: Work, keys: DeviceKeys) -> None:
        secret = base64.b64encode(keys.to_secret()).decode("ascii")
        rotation = keys.public.rotation
        work.set_setting(settings.DEVICE_KEYS, secret)
        work.set_setting(settings.FORMER_KEYS, canonical(list(keys.former)).decode())
        told = canonical(rotation.to_json()).decode() if rotation else ""
        work.set_setting(settings.KEY_ROTATION, told)

    def _take_back(
        self, work: Work, keys: set[str], last_good: Mapping[str, int]
    ) -> list[TakenBack]:
        above = [
            row
            for row in _signed_by(work, keys)
            if row.writer in last_good and row.number > last_good[row.writer]
        ]
        newest_first = sorted(above, key=lambda row: (row.writer, -row.number))
        return [self._withdrawing.withdraw_in(work, row.sha256) for row in newest_first]

    def _note(self, told: str) -> None:
        with self._store.writing(self._hand.officer, Action.ENROL) as work:
            work.note("", "", told)


def _numbers(reader: Reader) -> dict[str, int]:
    """Return for each life of this database the last number it gave."""
    rows = exchange.select(reader.connection, SentRow)
    found: dict[str, int] = {}
    for row in rows:
        found[row.writer] = max(row.number, found.get(row.writer, 0))
    return found


def _key(reader: Reader, key_id: str) -> DeviceRow:
    rows = exchange.select(
        reader.connection, DeviceRow, "WHERE substr(key_id, 1, ?) = ?", (len(key_id), key_id)
    )
    if len(rows) != 1 or not key_id:
        message = f"Không có chìa khóa {key_id} trong danh sách máy đã đăng ký. Chọn lại."
        raise UserError("no_such_key", message)
    if rows[0].revoked:
        raise UserError("already_revoked", "Chìa khóa này đã thu hồi trước đó.")
    return rows[0]


def _with_followers(reader: Reader, row: DeviceRow) -> list[DeviceRow]:
    """Return a key and every key that it vouched for, however many steps away."""
    found = [row]
    for one in found:
        found += exchange.select(
            reader.connection, DeviceRow, "WHERE follows = ? AND revoked IS NULL", (one.key_id,)
        )
    return found


def _signed_by(reader: Reader, keys: Iterable[str]) -> list[ReceivedRow]:
    wanted = set(keys)
    rows = exchange.select(reader.connection, ReceivedRow, "WHERE state = ?", (MERGED,))
    kinds = {str(BundleKind.UP), str(BundleKind.SIBLINGS)}
    signed = [row for row in rows if row.signer in wanted and row.kind in kinds]
    return list({row.digest: row for row in signed}.values())


def _sheet(keys: DeviceKeys, share: Share) -> ShareSheet:
    public = keys.public
    return ShareSheet(
        share.place, groups_of(share), public.unit.name, public.label, shown_code(public)
    )
