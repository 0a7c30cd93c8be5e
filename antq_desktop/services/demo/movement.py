"""Invented records of the movement that make up the printed totals, each entered where it belongs.

A commune keeps its sessions, teams, forces and standards; the district keeps the documents, the
programme, the events and what its own police wrote. Documents and events are those that the report
names; everything else is invented.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.fields import Value
from antq_desktop.paths import resources_folder
from antq_desktop.services.records import Edit, Records

YEAR: Final = 2022
DISTRICT_ARTICLES, DISTRICT_SESSIONS = 60, 7
TURNS_TOGETHER: Final = 3  # the Youth Union reports several turns of a quarter in one line
TOWN: Final = "Thị trấn"

# Printed totals that communes make up, and the least that each commune has of them.
_TOTALS: Final[Mapping[str, tuple[int, int]]] = {
    "articles": (240 - DISTRICT_ARTICLES, 4),
    "sessions": (53 - DISTRICT_SESSIONS, 1),
    "youth_turns": (115, 2),
    "youth_attendance": (9798, 200),
    "youth_teams": (35, 1),
    "clubs": (42, 1),
    "regular": (130, 5),
    "semi_professional": (106, 4),
    "background_checks": (422, 8),
}
_ARTICLES: Final = (
    ("portal", "Phòng ngừa lừa đảo trên mạng", "fraud"),
    ("facebook", "Nhân rộng mô hình tự quản", "scheme"),
    ("zalo", "Giữ trật tự, an toàn giao thông", "traffic"),
    ("newspaper", "Toàn dân bảo vệ an ninh Tổ quốc", "movement"),
)
_CLUBS: Final = (("club", "Câu lạc bộ Mẫu"), ("law_club", "Câu lạc bộ pháp luật Mẫu"))

Spread = Callable[[int, int, random.Random, int], list[int]]


@dataclass(frozen=True, slots=True)
class MovementShare:
    """How much of each printed total of the movement one commune has."""

    articles: int
    sessions: int
    youth_turns: int
    youth_attendance: int
    youth_teams: int
    clubs: int
    regular: int
    semi_professional: int
    background_checks: int


def movement_shares(communes: int, rng: random.Random, spread: Spread) -> list[MovementShare]:
    """Spread the printed totals of the movement over the communes by lot."""
    columns = {
        name: spread(total, communes, rng, least) for name, (total, least) in _TOTALS.items()
    }
    return [
        MovementShare(**{name: column[place] for name, column in columns.items()})
        for place in range(communes)
    ]


class Movement:
    """Makes the edits of the movement for one store; the caller saves them."""

    def __init__(self, records: Records, rng: random.Random) -> None:
        self._records = records
        self._rng = rng

    def commune(
        self, unit: str, name: str, share: MovementShare, advanced: frozenset[str]
    ) -> Iterator[Edit]:
        """Yield everything that a commune itself keeps.

        Args:
            unit: Id of the commune.
            name: Its name: a town is not held to the standard of new rural communes.
            share: Its part of the totals.
            advanced: Names of the communes that reached the advanced standard.
        """
        yield from self._articles(unit, share.articles)
        yield from self._sessions(unit, share.sessions)
        yield from self._youth(unit, share)
        yield from self._teams(unit, share)
        yield from self._forces(unit, share)
        yield from self._commitments(unit)
        if not name.startswith(TOWN):
            yield self._standard(unit, "standard", "1811/QĐ-TTg")
        if name in advanced:
            yield self._standard(unit, "advanced", "01/QĐ-MẪU")

    def district(self, unit: str) -> Iterator[Edit]:
        """Yield what the district keeps itself: documents, committee, programme, events."""
        yield from self._articles(unit, DISTRICT_ARTICLES)
        yield from self._sessions(unit, DISTRICT_SESSIONS)
        held = tomllib.loads(
            (resources_folder() / "demo" / "tu_ky_2022_documents.toml").read_text(encoding="utf-8")
        )
        for kind in ("document", "public_event", "committee", "meeting"):
            for values in held[kind]:
                yield self._records.new_edit(kind, {**values, "unit": unit})
        for values in held["programme"]:
            programme = self._records.new_edit("programme", {**values, "unit": unit})
            yield programme
            yield self._records.new_edit(
                "programme_activity",
                {
                    "programme": programme.id,
                    "held_on": self._day(),
                    "title": "Ký cam kết của các đoàn thể (mẫu)",
                    "held_by": "fatherland_front",
                },
            )

    def _day(self) -> str:
        return f"{YEAR}-{self._rng.randrange(1, 12):02d}-{self._rng.randrange(1, 29):02d}"

    def _articles(self, unit: str, count: int) -> Iterator[Edit]:
        for number in range(1, count + 1):
            channel, title, subject = self._rng.choice(_ARTICLES)
            values: dict[str, Value] = {
                "published_on": self._day(),
                "title": f"{title} (bài mẫu {number:02d})",
                "channel": channel,
                "subject": subject,
                "held_by": "police",
                "unit": unit,
            }
            yield self._records.new_edit("publication", values)

    def _sessions(self, unit: str, count: int) -> Iterator[Edit]:
        for _ in range(count):
            values: dict[str, Value] = {
                "held_on": self._day(),
                "title": "Tuyên truyền tại nhà văn hóa thôn (mẫu)",
                "session_kind": "direct",
                "held_by": "police",
                "subject": "crime",
                "attendance": self._rng.randrange(40, 180),
                "unit": unit,
            }
            yield self._records.new_edit("session", values)

    def _youth(self, unit: str, share: MovementShare) -> Iterator[Edit]:
        """Make a record for every three turns; the attendance of the commune is cut among them."""
        turns, left = share.youth_turns, share.youth_attendance
        while turns:
            now = min(turns, TURNS_TOGETHER)
            turns -= now
            attendance = left if not turns else left * now // (turns + now)
            left -= attendance
            values: dict[str, Value] = {
                "held_on": self._day(),
                "title": "Đoàn Thanh niên tuyên truyền pháp luật (mẫu)",
                "session_kind": "integrated",
                "held_by": "youth_union",
                "subject": "movement",
                "turns": now,
                "attendance": attendance,
                "unit": unit,
            }
            yield self._records.new_edit("session", values)

    def _teams(self, unit: str, share: MovementShare) -> Iterator[Edit]:
        teams = [("youth_assault", "Đội thanh niên xung kích Mẫu")] * share.youth_teams
        teams += [self._rng.choice(_CLUBS) for _ in range(share.clubs)]
        for number, (kind, name) in enumerate(teams, 1):
            values: dict[str, Value] = {
                "name": f"{name} {number:02d}",
                "team_kind": kind,
                "unit": unit,
                "host": "youth_union",
                "members": self._rng.randrange(8, 30),
                "founded_on": str(self._rng.randrange(2015, YEAR + 1)),
            }
            yield self._records.new_edit("mass_team", values)

    def _forces(self, unit: str, share: MovementShare) -> Iterator[Edit]:
        yield self._records.new_edit(
            "police_force",
            {
                "unit": unit,
                "year": YEAR,
                "counted_on": f"{YEAR}-10-25",
                "regular": share.regular,
                "semi_professional": share.semi_professional,
            },
        )
        yield self._records.new_edit(
            "joint_work",
            {
                "done_on": f"{YEAR}-11",
                "result_kind": "background_check",
                "quantity": share.background_checks,
                "measured_in": "công dân",
                "partner": "army",
                "unit": unit,
            },
        )

    def _commitments(self, unit: str) -> Iterator[Edit]:
        for signers in ("veterans", "women"):
            whole = self._rng.randrange(120, 900)
            yield self._records.new_edit(
                "commitment",
                {
                    "unit": unit,
                    "year": YEAR,
                    "signers": signers,
                    "whole": whole,
                    "signed": whole,
                    "signed_on": self._day(),
                },
            )

    def _standard(self, unit: str, level: str, document: str) -> Edit:
        return self._records.new_edit(
            "rural_standard",
            {"unit": unit, "year": YEAR, "level": level, "met": True, "document": document},
        )
