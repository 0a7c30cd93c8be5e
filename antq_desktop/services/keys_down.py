"""Keys that a return bundle tells of: new devices of the unit above, and keys nobody believes now.

Only what the answering unit may say is taken: its own devices, and revocations of keys of its own
and of the addressed unit. Never the key that signed the very bundle, and never the own key in use:
who has lost it must hear so from people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.keys import public_from_json
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import DeviceRow

if TYPE_CHECKING:
    from antq_desktop.domain.answers import Answer
    from antq_desktop.domain.exchange import Header
    from antq_desktop.services.devices import Devices
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.work import Work

_BY: Final = "theo gói trả về"


def told_to(reader: Reader, devices: Devices, answer: Answer, unit: str) -> Answer:
    """Return an answer with the keys that a unit is to hear of."""
    own = reader.setting(settings.UNIT)
    known = devices.known_in(reader)
    ours = [one for one in known if one.device.unit.id == own]
    enrolled = [one.device.to_json() for one in ours if not one.revoked and one.reached is None]
    revoked = sorted(
        one.device.key_id for one in known if one.revoked and one.device.unit.id in {own, unit}
    )
    by_device = sorted(enrolled, key=lambda device: str(device["device"]))
    return replace(answer, enrolled=tuple(by_device), revoked=tuple(revoked))


def take_keys(
    work: Work, header: Header, answer: Answer, *, signer: str, at: str
) -> tuple[int, int]:
    """Take note of keys; return how many devices became known and how many keys were revoked."""
    own, above = work.setting(settings.UNIT), header.sender.id
    held = {row.key_id: row for row in exchange.select(work.connection, DeviceRow)}
    gone = 0
    for key in answer.revoked:
        row = held.get(key)
        if row and not row.revoked and key != signer and row.unit in {own, above}:
            held[key] = replace(row, revoked=at)
            exchange.put(work.connection, held[key])
            work.note("", "", f"Thu hồi chìa khóa {key} của {row.unit_name}, {_BY}")
            gone += 1
    came = 0
    for told in answer.enrolled:
        try:
            device = public_from_json(dict(told))
        except ValueError:
            continue  # of a later version: who needs it is enrolled by slip
        if device.unit.id != above or device.key_id in held or device.key_id in answer.revoked:
            continue
        row = DeviceRow(
            key_id=device.key_id,
            unit=device.unit.id,
            unit_name=device.unit.name,
            device=device.device,
            public=canonical(device.to_json()),
            may_send=str(BundleKind.RETURN),
            since=at,
            officer=_BY,
            revoked=None,
        )
        held[device.key_id] = row
        exchange.put(work.connection, row)
        work.note("", "", f"Nhận đăng ký máy {device.label} của {device.unit.name}, {_BY}")
        came += 1
    return came, gone
