"""Invented records, obviously so, that make up the printed totals of a district.

How a total spreads over communes is not published, so it is drawn by lot from a seed. Every person
is called Mẫu, Ví Dụ, Minh Họa or the like, every neighbourhood *Thôn Mẫu …*, every telephone 0100….
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.fields import Value
from antq_desktop.domain.units import TreeUnit
from antq_desktop.services.demo.movement import Movement, MovementShare, movement_shares
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit

NEIGHBOURHOODS, SCHOOLS, KEPT, NEW = 105, 24, 133, 5
AGENCIES, UPPER_SCHOOLS, ENTERPRISES = 15, 5, 24
YEAR: Final = "2022"
ADVANCED: Final = frozenset({"Xã Tân Kỳ", "Xã Quảng Nghiệp"})  # of the new rural communes

_FAMILY: Final = ("Nguyễn Văn", "Trần Thị", "Lê Văn", "Phạm Thị", "Hoàng Văn", "Vũ Thị")
_GIVEN: Final = ("Mẫu", "Ví Dụ", "Minh Họa", "Giả Định", "Thử")
_TYPES: Final = (
    "tieng_keng_an_ninh", "camera_an_ninh", "to_tu_quan", "to_lien_gia_pccc", "dong_ho_tu_quan",
    "xom_lien_gia", "zalo_an_ninh", "nha_tro_tu_quan", "cong_truong_atgt", "ho_an_toan",
)  # fmt: skip
_HOSTS: Final = ("veterans", "women", "farmers", "youth_union", "fatherland_front", "elderly")
_DOSSIER: Final = ("founding_decision", "regulations", "activity_log", "reports", "commitments")
_INCIDENTS: Final = (
    ("traffic_accident", "Va chạm xe đạp và xe máy ở đường thôn, không ai bị thương nặng"),
    ("dispute", "Hai hộ cãi nhau về rãnh nước, tổ hòa giải đã đến"),
    ("administrative", "Mở nhạc quá giờ quy định, đã nhắc nhở"),
    ("fire", "Cháy đống rơm, người dân dập tắt ngay"),
    ("social_order", "Mất một con gà, đã tìm thấy ở nhà bên"),
    ("disorder", "Thanh niên tụ tập nẹt pô xe, đã giải tán"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the printed totals one commune gets."""

    neighbourhoods: int
    schools: int
    kept: int
    new: int
    movement: MovementShare


def shares(communes: int, rng: random.Random) -> list[Share]:
    """Spread the printed totals over the communes by lot; each has a neighbourhood at least."""
    columns = [
        _spread(NEIGHBOURHOODS, communes, rng, 2),
        _spread(SCHOOLS, communes, rng, 1),
        _spread(KEPT, communes, rng, 2),
        _spread(NEW, communes, rng, 0),
    ]
    movement = movement_shares(communes, rng, _spread)
    return [Share(*numbers) for numbers in zip(*columns, movement, strict=True)]


def _spread(total: int, places: int, rng: random.Random, least: int) -> list[int]:
    found = [least] * places
    for _ in range(total - least * places):
        found[rng.randrange(places)] += 1
    return found


class Maker:
    """Enters the invented records of one commune, or of the district itself, through an office."""

    def __init__(
        self,
        office: Office,
        rng: random.Random,
        told: Callable[[int], None] = lambda _records: None,
    ) -> None:
        """Take what is told, after each action, how many records a commune has so far."""
        self._office = office
        self._codes = office.codes
        self._rng = rng
        self._told = told

    def commune(self, unit: TreeUnit, share: Share, *, recognised: bool = False) -> int:
        """Enter everything of one commune and return how many records that made.

        Args:
            unit: The commune.
            share: How many of each kind.
            recognised: Whether its first scheme is the one that the province recognised.
        """
        units = list(self._units(unit, share))
        self._office.records.save(units)
        places = [edit.id for edit in units if edit.changes["unit_kind"] == "neighbourhood"]
        count = len(units)
        self._told(count)
        for number in range(share.kept + share.new):
            new = number >= share.kept
            edits = list(self._scheme(number, places, new=new, named=recognised and number == 0))
            self._office.records.save(edits)
            count += len(edits)
            self._told(count)
        movement = Movement(self._office.records, self._rng)
        rest = [
            *self._incidents(places),
            *movement.commune(unit.id, unit.name, share.movement, ADVANCED),
        ]
        self._office.records.save(rest)
        return count + len(rest)

    def district(self, unit: str) -> int:
        """Enter what the district keeps itself: its units, documents, programme, events."""
        edits: list[Edit] = []
        for kind, count, name in (
            ("agency", AGENCIES, "Cơ quan Mẫu"),
            ("school", UPPER_SCHOOLS, "Trường THPT Mẫu"),
            ("enterprise", ENTERPRISES, "Doanh nghiệp Mẫu"),
        ):
            for number in range(1, count + 1):
                values: dict[str, Value] = {
                    "name": f"{name} {number:02d}",
                    "unit_kind": kind,
                    "parent": unit,
                    "tt124": True,
                    "management_level": "district",
                }
                if kind == "school":
                    values["school_level"] = "upper_secondary"
                if kind == "enterprise":
                    values["enterprise_size"] = "medium"
                edits.append(self._new("unit", values))
        edits.extend(Movement(self._office.records, self._rng).district(unit))
        self._office.records.save(edits)
        return len(edits)

    def _new(self, kind: str, values: dict[str, Value]) -> Edit:
        return Edit(kind, self._office.records.new_id(), values, created=True)

    def _person(self) -> str:
        return f"{self._rng.choice(_FAMILY)} {self._rng.choice(_GIVEN)}"

    def _phone(self) -> str:
        return f"0100{self._rng.randrange(10**6):06d}"

    def _day(self, year: str = YEAR) -> str:
        return f"{year}-{self._rng.randrange(1, 12):02d}-{self._rng.randrange(1, 29):02d}"

    def _units(self, unit: TreeUnit, share: Share) -> Iterator[Edit]:
        for number in range(1, share.neighbourhoods + 1):
            yield self._new(
                "unit",
                {
                    "name": f"Thôn Mẫu {number:02d}",
                    "unit_kind": "neighbourhood",
                    "neighbourhood_kind": "thon",
                    "parent": unit.id,
                    "tt124": True,
                    "management_level": "commune",
                    "households": self._rng.randrange(120, 480),
                    "households_counted": f"{YEAR}-01-15",
                    "head_name": self._person(),
                    "head_phone": self._phone(),
                },
            )
        for number in range(1, share.schools + 1):
            yield self._new(
                "unit",
                {
                    "name": f"Trường THCS Mẫu {number:02d}",
                    "unit_kind": "school",
                    "school_level": "lower_secondary",
                    "parent": unit.id,
                    "tt124": True,
                    "management_level": "commune",
                },
            )

    def _scheme(self, number: int, places: list[str], *, new: bool, named: bool) -> Iterator[Edit]:
        type_ = "to_tu_quan" if named else self._rng.choice(_TYPES)
        name = f"{self._codes.label('scheme_type', type_)} Mẫu {number + 1:02d}"
        founded = self._day(YEAR if new else str(self._rng.randrange(2015, 2022)))
        values: dict[str, Value] = {
            "name": "Tổ tự quản về ANTT thôn Nghi Khê" if named else name,
            "scheme_type": type_,
            "unit": self._rng.choice(places),
            "state": "recognised" if named else "active",
            "domain": "order",
            "scope": "neighbourhood",
            "host": self._rng.choice(_HOSTS),
            "founded_on": founded,
            "launched_on": founded,
            "founding_document": f"{number + 1:02d}/QĐ-MẪU",
            "founding_issuer": "UBND xã (mẫu)",
            "head_name": self._person(),
            "head_phone": self._phone(),
            "officer": self._person(),
            "meeting_cycle": "quarterly",
            "households": self._rng.randrange(20, 200),
        }
        if named:
            values |= {
                "recognised_by": "Ban Chỉ đạo 138 tỉnh",
                "recognised_document": "2765/BCĐ",
                "recognised_on": "2022-09-23",
            }
        for item in _DOSSIER[: self._rng.randrange(2, len(_DOSSIER) + 1)]:
            values[f"dossier/{item}/present"] = True
        scheme = self._new("scheme", values)
        yield scheme
        yield from self._parts(scheme, places, founded)

    def _parts(self, scheme: Edit, places: list[str], founded: str) -> Iterator[Edit]:
        site = self._new(
            "site",
            {
                "scheme": scheme.id,
                "name": "Điểm Mẫu 01",
                "unit": self._rng.choice(places),
                "started_on": founded,
            },
        )
        team = self._new(
            "team",
            {"scheme": scheme.id, "site": site.id, "name": "Tổ Mẫu 01", "founded_on": founded},
        )
        yield site
        yield team
        for number in range(self._rng.randrange(3, 7)):
            yield self._new(
                "member",
                {
                    "scheme": scheme.id,
                    "site": site.id,
                    "team": team.id,
                    "name": self._person(),
                    "office": ("head", "deputy")[number] if number < 2 else "member",
                    "sex": self._rng.choice(("male", "female")),
                    "birth_year": self._rng.randrange(1955, 2000),
                    "phone": self._phone(),
                    "citizen_id": f"000{self._rng.randrange(10**9):09d}",
                    "joined_on": founded,
                },
            )
        for _ in range(self._rng.randrange(1, 4)):
            yield self._new(
                "activity",
                {
                    "scheme": scheme.id,
                    "site": site.id,
                    "held_on": max(self._day(), founded),
                    "activity_kind": self._rng.choice(("meeting", "patrol", "propaganda")),
                    "title": "Sinh hoạt định kỳ (mẫu)",
                    "attendance": self._rng.randrange(10, 60),
                },
            )

    def _incidents(self, places: list[str]) -> Iterator[Edit]:
        for number in range(1, self._rng.randrange(4, 10)):
            kind, title = self._rng.choice(_INCIDENTS)
            day = self._day()
            yield self._new(
                "incident",
                {
                    "register_number": f"{number:02d}/{YEAR}",
                    "occurred_on": day,
                    "received_at": f"{day}T08:00",
                    "title": title,
                    "kind": kind,
                    "state": "closed",
                    "closed_on": day,
                    "cleared_on": day,
                    "unit": self._rng.choice(places),
                    "place": "Thôn Mẫu, xã Mẫu",
                    "severity": "not_criminal",
                    "channel": "telephone",
                    "handling": "reminded",
                    "damage": self._rng.randrange(0, 20) * 100_000,
                    "officer": self._person(),
                    "involved/" + f"{number:032x}" + "/role": "related",
                    "involved/" + f"{number:032x}" + "/name": self._person(),
                },
            )
