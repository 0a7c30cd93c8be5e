"""Who issues the papers of a store: the police of its unit, under the police above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from antq_desktop.catalogue.units import load_units
from antq_desktop.domain.fields import Values
from antq_desktop.domain.papers import Issuer, Watermark
from antq_desktop.domain.text import nfc
from antq_desktop.domain.units import CLUSTER, COMMUNE, DISTRICT, PROVINCE
from antq_desktop.paths import units_file
from antq_desktop.services.devices import Devices
from antq_desktop.services.hand import Hand
from antq_desktop.services.profiles import tree_of
from antq_desktop.storage import settings
from antq_desktop.storage.store import Store

MINISTRY: Final = "Bộ Công an"
INVENTED: Final = ("Mẫu", "Ví Dụ")
_KIND_WORDS: Final = (
    "thành phố", "đặc khu", "thị trấn", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã",
)  # fmt: skip
_SMALL: Final = (
    "tổ dân phố", "khu dân cư", "khu phố", "khối phố", "thôn", "xóm", "làng", "bản", "ấp",
)  # fmt: skip
_PERSONS: Final = frozenset({
    "An Dương Vương", "Bà Triệu", "Đinh Tiên Hoàng", "Hai Bà Trưng", "Hoàng Hoa Thám",
    "Hoàng Văn Thụ", "Hồ Chí Minh", "Lê Chân", "Lê Đại Hành", "Lê Hồng Phong", "Lê Lợi",
    "Lê Thanh Nghị", "Lương Khánh Thiện", "Lý Thái Tổ", "Lý Thường Kiệt", "Mạc Đĩnh Chi",
    "Ngô Quyền", "Nguyễn Bỉnh Khiêm", "Nguyễn Du", "Nguyễn Đại Năng", "Nguyễn Huệ",
    "Nguyễn Lương Bằng", "Nguyễn Trãi", "Phan Bội Châu", "Phan Đình Phùng", "Quang Trung",
    "Tô Hiệu", "Trần Hưng Đạo", "Trần Liễu", "Trần Nguyên Hãn", "Trần Nhân Tông", "Trần Phú",
    "Chu Văn An", "Yết Kiêu", "Điện Biên Phủ", "Bạch Đằng", "Nguyễn Thị Minh Khai", "Võ Thị Sáu",
    "Hùng Vương", "Lạc Long Quân",
})  # fmt: skip
_SIGNS: Final = {
    "xã": "CAX",
    "phường": "CAP",
    "đặc khu": "CAĐK",
    "thị trấn": "CATT",
    "huyện": "CAH",
    "quận": "CAQ",
    "thị xã": "CATX",
    "tỉnh": "CAT",
    "thành phố": "CATP",
}
_POLICE: Final = frozenset({COMMUNE, DISTRICT, PROVINCE})


@dataclass(frozen=True, slots=True)
class IssuerFacts:
    """The issuer, and who signs for it.

    Attributes:
        issuer: As the head of a paper names it.
        authority: Office of the signer, `Trưởng Công an xã`.
    """

    issuer: Issuer
    authority: str


def lowered(name: str) -> str:
    """Write a unit inside a sentence: `xã Tứ Kỳ`, `thôn Mẫu 02, xã Tân Kỳ`.

    Beside a numeral or a person's name the kind keeps its capital: `Phường 2`, `Xã Quang Trung`
    (Annex II of the decree).
    """
    return ", ".join(_lowered(part) for part in name.split(", "))


def _lowered(name: str) -> str:
    folded = nfc(name).lower()
    kind = next((word for word in (*_KIND_WORDS, *_SMALL) if folded.startswith(f"{word} ")), "")
    rest = name[len(kind) + 1 :]
    keeps_capital = not kind or rest[:1].isdigit() or nfc(rest) in _PERSONS
    return name if keeps_capital else name[:1].lower() + name[1:]


def parted(name: str) -> tuple[str, str, str]:
    """Return the kind of a unit in small letters, a space, and its own name; no kind for none."""
    folded = nfc(name).lower()
    for word in _KIND_WORDS:
        if folded.startswith(word + " "):
            return word, " ", name[len(word) + 1 :]
    return "", "", name


def police_of(name: str) -> str:
    """Return the police body of a place: `Công an xã Tứ Kỳ`."""
    return f"Công an {lowered(name)}"


def facts_of(name: str, kind: str, above: str) -> IssuerFacts:
    """Return the issuer of a unit.

    Args:
        name: Name of the unit with its kind, `Xã Tứ Kỳ`.
        kind: Its id in the code list `unit_kind`.
        above: Name of the unit above; empty where it is not known.
    """
    if kind not in _POLICE:
        authority = "Cụm trưởng" if kind == CLUSTER else "Thủ trưởng đơn vị"
        return IssuerFacts(Issuer(name, police_of(above) if above else "", name), authority)
    word = parted(name)[0]
    superior = police_of(above) if above else ""
    if kind == PROVINCE:
        issuer = Issuer(police_of(name), MINISTRY, name, _SIGNS.get(word, "CA"))
        return IssuerFacts(issuer, f"Giám đốc Công an {word}".strip())
    issuer = Issuer(police_of(name), superior, name, _SIGNS.get(word, "CA"))
    return IssuerFacts(issuer, f"Trưởng Công an {word}".strip())


def is_invented(name: str) -> bool:
    """Tell whether a unit's name says itself that there is no such unit."""
    return any(mark in nfc(name) for mark in INVENTED)


class Issuers:
    """Knows the issuer of one store, and what its papers must bear across them."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._devices = Devices(store, hand)

    def own(self) -> IssuerFacts:
        """Return the issuer of this store's papers."""
        values = self._own_values()
        name = str(values.get("name") or "")
        above = self._name_of(str(values.get("parent") or ""))
        return facts_of(name, str(values.get("unit_kind") or ""), above)

    def watermark(self) -> Watermark | None:
        """Return what stands across every page made from invented records; None for real ones."""
        if self._store.setting(settings.SAMPLE, "no") != "yes":
            return None
        name = str(self._own_values().get("name") or "")
        return Watermark.SAMPLE_DATA if is_invented(name) else Watermark.ILLUSTRATION

    def _own_values(self) -> Values:
        with self._store.reading() as reader:
            record = reader.record("unit", reader.setting(settings.UNIT))
        return record.values() if record else {}

    def _name_of(self, unit: str) -> str:
        """Name a unit above: by its own record, the table of 2025, or who was enrolled for it."""
        if not unit:
            return ""
        with self._store.reading() as reader:
            held = reader.titles("unit", [unit]).get(unit)
        if held:
            return held
        shipped = load_units(units_file()).by_id(unit)
        if shipped is not None:
            return shipped.name
        known = {place.id: place.name for place in tree_of(self._store)}
        known |= {held.device.unit.id: held.device.unit.name for held in self._devices.known()}
        return known.get(unit, "")
