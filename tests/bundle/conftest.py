"""Two units, their devices, a registry held in the hand, and bundles made for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from antq_desktop.bundle.keys import DeviceKeys, Enrolled, PublicDevice
from antq_desktop.bundle.opening import Desk, Opened, Validator, open_bundle
from antq_desktop.bundle.writing import Content, Sealed, seal
from antq_desktop.domain.canonical import Json, canonical
from antq_desktop.domain.exchange import BundleKind, Header, Party

COMMUNE = Party("11074@2025-07-01", "11074", "Công an xã Mẫu")
PROVINCE = Party("31@2025-07-01", "31", "Công an tỉnh Ví Dụ")
ALL_KINDS = frozenset(BundleKind)
HEADER = Header(
    kind=BundleKind.UP,
    sender=COMMUNE,
    receiver=PROVINCE,
    device="a" * 32,
    writer="0123ABCD",
    number=1,
    counter=7,
    schema=1,
    catalogue="2026.1",
    program="0.1.0",
    claimed="2026-11-21T08:05:30",
    spoken="01234567",
)


def no_rules(_header: Header, _kind: str, _record: dict[str, Json]) -> tuple[()]:
    """Take every record."""
    return ()


@dataclass
class HandRegistry:
    """A registry whose every answer a test can set."""

    devices: dict[str, Enrolled] = field(default_factory=dict)
    bundles: dict[tuple[str, int], str] = field(default_factory=dict)
    forks: dict[str, int] = field(default_factory=dict)
    told: dict[int, int] = field(default_factory=dict)

    def signer(self, key_id: str) -> Enrolled | None:
        return self.devices.get(key_id)

    def held(self, _device: str, writer: str, number: int) -> str | None:
        return self.bundles.get((writer, number))

    def seen(self, device: str, writer: str, number: int) -> str | None:
        return self.held(device, writer, number)

    def highest(self, _device: str, writer: str) -> int:
        return max((number for its, number in self.bundles if its == writer), default=0)

    def forked_from(self, _device: str, writer: str) -> int:
        return self.forks.get(writer, 0)

    def settled_from(self, _device: str, _writer: str) -> int:
        return 0

    def journal_before(self, _device: str, _writer: str, number: int) -> tuple[int, int]:
        return max(
            ((length, at) for at, length in self.told.items() if at < number), default=(0, 0)
        )

    def journal_after(self, _device: str, _writer: str, number: int) -> tuple[int, int]:
        return min(
            ((length, at) for at, length in self.told.items() if at > number), default=(0, 0)
        )

    def enrol(self, device: PublicDevice, may_send: frozenset[BundleKind] = ALL_KINDS) -> None:
        self.devices[device.key_id] = Enrolled(device, may_send)

    def revoke(self, device: PublicDevice) -> None:
        self.devices[device.key_id] = replace(self.devices[device.key_id], revoked=True)

    def take_in(self, opened: Opened) -> None:
        assert opened.header is not None
        self.bundles[opened.header.writer, opened.header.number] = opened.identity


def sample_records(count: int = 3) -> dict[str, list[bytes]]:
    """Return a few lines of two kinds."""
    return {
        "incident": [
            canonical({"id": f"{n:032x}", "place": f"Thôn Mẫu {n}", "saves": [[n, "0123ABCD"]]})
            for n in range(count)
        ],
        "scheme": [
            canonical({"id": f"{n + 1000:032x}", "name": "Ánh sáng an ninh"}) for n in (1, 2)
        ],
    }


@dataclass
class Office:
    """A commune that sends, a province that receives, and a folder for each."""

    commune: DeviceKeys
    province: DeviceKeys
    registry: HandRegistry
    folder: Path
    scratch: Path
    desk: Desk

    def seal(
        self,
        header: Header = HEADER,
        records: Mapping[str, Iterable[bytes]] | None = None,
        *,
        keys: DeviceKeys | None = None,
        to: DeviceKeys | None = None,
        content: Content | None = None,
    ) -> Sealed:
        given = sample_records() if records is None else records
        folder = self.folder / str(sum(1 for _ in self.folder.iterdir()))
        folder.mkdir()
        return seal(
            folder,
            header,
            content or Content(records=given.items()),
            keys=keys or self.commune,
            recipients=[Enrolled((to or self.province).public, ALL_KINDS)],
            scratch=self.scratch,
        )

    def open(
        self,
        path: Path,
        *,
        keys: DeviceKeys | None = None,
        desk: Desk | None = None,
        validate: Validator = no_rules,
    ) -> Opened:
        return open_bundle(
            path,
            keys=keys or self.province,
            registry=self.registry,
            desk=desk or self.desk,
            scratch=self.scratch,
            validate=validate,
        )

    def codes(self, path: Path, *, desk: Desk | None = None) -> list[str]:
        """Take a bundle through the gate and return the codes of its faults."""
        with self.open(path, desk=desk) as opened:
            assert all(fault.message.endswith(".") for fault in opened.faults)
            return [fault.code for fault in opened.faults]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    commune = DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban")
    province = DeviceKeys.generate(PROVINCE, "b" * 32, "Máy tổng hợp")
    registry = HandRegistry()
    registry.enrol(commune.public)
    folders = tmp_path / "shelf", tmp_path / "scratch"
    for folder in folders:
        folder.mkdir()
    desk = Desk(
        units=frozenset({PROVINCE.id}),
        schema=1,
        kinds=frozenset({"incident", "scheme"}),
        catalogues=frozenset({"2026.1"}),
        counter=100,
    )
    return Office(commune, province, registry, *folders, desk)
