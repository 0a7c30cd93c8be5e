"""Invented records for the window: many incidents, schemes with everything, units of a commune."""

from __future__ import annotations

import random

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit

LONG_SCHEME = (
    "Camera giám sát an ninh trật tự kết hợp tiếng loa truyền thanh cơ sở và nhóm liên gia tự quản "
    "phòng cháy, chữa cháy và cứu nạn, cứu hộ"
)
LONG_TITLE = (
    "Mâu thuẫn, tranh chấp lối đi chung giữa hai hộ liền kề tại Tổ dân phố Mẫu Thượng Trung Hạ, đã "
    "mời hai bên đến Nhà văn hóa để hòa giải lần thứ hai nhưng chưa thống nhất"
)
VILLAGES = (
    "Thôn Mẫu Đông",
    "Thôn Mẫu Thượng",
    "Thôn Mẫu Hạ",
    "Tổ dân phố Mẫu Nguyễn Thị Minh Khai kéo dài",
    "Thôn Mẫu Đình",
)
WHAT = (
    ("Mất trộm xe đạp để trước cổng nhà", "social_order"),
    ("Đánh nhau tại quán nước", "disorder"),
    ("Mâu thuẫn bờ ruộng", "dispute"),
    ("Cháy đống rơm cạnh nhà dân", "fire"),
    ("Va chạm xe máy trên đường liên thôn", "traffic_accident"),
    ("Đánh bạc ăn tiền", "social_evils"),
)
STATES = ("new", "in_progress", "waiting", "transferred", "resolved")
PEOPLE = (
    ("Nguyễn Văn Mẫu", "male"),
    ("Trần Thị Ví Dụ", "female"),
    ("Đỗ Đức Điển Hình", "male"),
    ("Phạm Thị Thùy Dương Mẫu", "female"),
    ("Lê Thử", "male"),
    ("Vũ Thị Minh Họa", "female"),
    ("Hoàng Văn Giả Định", "male"),
    ("Bùi Thị Tưởng Tượng", "female"),
)


def choose(office: Office, codes: str, number: int) -> str:
    """Return one of the choices in force."""
    held = [value.id for value in office.codes[codes].values if not value.retired]
    return held[number % len(held)]


def fill(office: Office, count: int) -> None:
    """Make so many incidents; with any at all, also units and schemes."""
    if not count:
        return
    units = [office.records.new_id() for _ in VILLAGES]
    office.records.save(
        [
            Edit("unit", one, unit_values(office, name), created=True)
            for one, name in zip(units, VILLAGES, strict=True)
        ]
    )
    for number in range(1 if count == 1 else 12):
        add_scheme(office, units[number % len(units)], number)
    dice = random.Random(7)  # noqa: S311 - the same records in every run
    for start in range(0, count, 500):
        office.records.save(
            [
                Edit(
                    "incident",
                    office.records.new_id(),
                    incident_values(office, number, units, dice),
                    created=True,
                )
                for number in range(start, min(start + 500, count))
            ]
        )


def unit_values(office: Office, name: str) -> dict[str, Value]:
    """Return a neighbourhood."""
    return {
        "name": name,
        "unit_kind": "neighbourhood",
        "parent": office.unit,
        "tt124": True,
        "management_level": choose(office, "management_level", 0),
        "households": 214,
        "households_counted": "2026-01-01",
        "head_name": "Trần Thị Ví Dụ",
        "head_phone": "0100000002",
    }


def incident_values(
    office: Office, number: int, units: list[str], dice: random.Random
) -> dict[str, Value]:
    """Return an incident; every seventh has a long title, every fifth lacks its place."""
    what, kind = WHAT[number % len(WHAT)]
    village = number % len(VILLAGES)
    day = f"2026-{dice.randint(1, 11):02}-{dice.randint(1, 20):02}"
    values: dict[str, Value] = {
        "register_number": f"{number + 1:03}/2026",
        "occurred_on": day,
        "received_at": f"{day}T19:30",
        "title": LONG_TITLE if number % 7 == 3 else f"{what} ở {VILLAGES[village]}",
        "kind": kind if office.codes.has("incident_kind", kind) else "social_order",
        "state": STATES[number % len(STATES)],
        "unit": units[village] if number % 5 else None,
        "place": f"Trước cổng Nhà văn hóa {VILLAGES[village]}",
        "narrative": (
            "Khoảng 19 giờ 30 phút, Tổ bảo vệ an ninh, trật tự phát hiện sự việc và báo Công an "
            "xã.\nCông an xã đến hiện trường, lập biên bản, lấy lời khai hai bên."
        ),
        "damage": 2_500_000,
        "injuries": number % 2,
        "officer": office.officer,
        "callback": "0100000001",
        "closed_on": "2026-11-20" if STATES[number % len(STATES)] == "resolved" else None,
    }
    if number % 3 == 0:
        values |= {
            "involved/a/role": "victim",
            "involved/a/sex": "female",
            "involved/a/age_group": choose(office, "age_group", 5),
            "involved/a/name": "Trần Thị Ví Dụ",
            "involved/a/address": VILLAGES[village],
            "involved/b/role": "witness",
            "involved/b/sex": "male",
        }
    return values


def add_scheme(office: Office, unit: str, number: int) -> None:
    """Make a scheme with sites, teams, members, activities and papers of its own."""
    scheme = office.records.new_id()
    name = LONG_SCHEME if number == 0 else f"Tiếng kẻng an ninh số {number} {VILLAGES[number % 5]}"
    values: dict[str, Value] = {
        "name": name,
        "scheme_type": choose(office, "scheme_type", number),
        "unit": unit,
        "state": ("active", "launched", "suspended", "proposed")[number % 4],
        "domain": choose(office, "scheme_domain", number),
        "head_name": "Nguyễn Văn Mẫu",
        "head_phone": "0100000003",
        "founded_on": f"2024-0{number % 9 + 1}-15",
        "founding_document": f"{number + 10}/QĐ-UBND",
        "households": 120,
        "dossier/proposal/present": True,
        "dossier/proposal/document": "05/BC-CAX",
        "dossier/founding_decision/present": True,
        "ratings/2025/rating": choose(office, "scheme_rating", 0),
        "results/2025/tips": 12,
        "results/2025/tips_of_value": 4,
        "funding/k/year": 2026,
        "funding/k/source": choose(office, "fund_source", 0),
        "funding/k/granted": 12_500_000,
        "stages/s/on": "2024-03-15",
        "stages/s/state": "launched",
    }
    site, team = office.records.new_id(), office.records.new_id()
    edits = [
        Edit("scheme", scheme, values, created=True),
        Edit("site", site, {"scheme": scheme, "name": "Điểm Nhà văn hóa", "unit": unit}, True),
        Edit("team", team, {"scheme": scheme, "name": "Tổ 1", "head_name": "Lê Thử"}, True),
    ]
    for at, (person, sex) in enumerate(PEOPLE):
        member: dict[str, Value] = {
            "scheme": scheme,
            "team": team,
            "name": person,
            "office": choose(office, "member_office", at),
            "sex": sex,
            "birth_year": 1960 + at,
            "phone": f"010000001{at}",
        }
        edits.append(Edit("member", office.records.new_id(), member, True))
    for month in (3, 6, 9):
        meeting: dict[str, Value] = {
            "scheme": scheme,
            "held_on": f"2026-0{month}-15",
            "activity_kind": choose(office, "activity_kind", month),
            "title": "Sinh hoạt định kỳ, rút kinh nghiệm",
            "attendance": 24,
        }
        edits.append(Edit("activity", office.records.new_id(), meeting, True))
    office.records.save(edits)
