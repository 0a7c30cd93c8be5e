"""What tests of the yearly cycle enter: invented units and records of the year 2026."""

from __future__ import annotations

from dataclasses import dataclass, field

from antq_desktop.domain.fields import Value
from antq_desktop.domain.scoring.sets import CriteriaSet, Purpose
from antq_desktop.domain.scoring.sheets import Answer, Given, Override
from antq_desktop.services.office import Office
from antq_desktop.services.records import Saved
from antq_desktop.services.standards.looking import OpenSheet, sheet_id
from tests.stores import COMMUNE_ID

YEAR = 2026
NEIGHBOURHOOD, COMMUNE = "tt124_neighbourhood", "tt124_commune"
REQUIRED = (
    "proposal", "founding_decision", "board_decision", "regulations", "activity_log", "reports",
    "rating_sheet",
)  # fmt: skip


@dataclass
class Cycle:
    """Enters records of one office."""

    office: Office
    seen: dict[str, set[bool | None]] = field(default_factory=dict)

    def add(self, kind: str, /, **values: Value) -> str:
        return self.office.records.add(kind, values).ids[0]

    def set(self, kind: str, record: str, /, **values: Value) -> Saved:
        return self.office.records.change(kind, record, values)

    def unit(self, name: str = "Thôn Mẫu 01", kind: str = "neighbourhood", /, **more: Value) -> str:
        values: dict[str, Value] = {
            "name": name,
            "unit_kind": kind,
            "parent": COMMUNE_ID,
            "tt124": True,
            "management_level": "commune",
            **more,
        }
        if kind == "school" and "school_level" not in more:
            values["school_level"] = "lower_secondary"
        return self.add("unit", **values)

    def register(self, unit: str, /, **more: Value) -> None:
        line = {"unit": unit, "registered_on": "2026-02-20", **more}
        self.office.standards.board.register(YEAR, [line])

    def recognise(self, *units: str, result: str = "recognised") -> None:
        for unit in units:
            self.add("recognition", author=COMMUNE_ID, unit=unit, year=YEAR, standard="security",
                     result=result, decided_on="2026-11-13", reason="(mẫu)")  # fmt: skip

    def scheme(self, unit: str, /, *papers: str, active: bool = True) -> str:
        values: dict[str, Value] = {f"dossier/{paper}/present": True for paper in papers}
        scheme = self.add("scheme", name="Mô hình Mẫu", scheme_type="tieng_keng_an_ninh",
                          unit=unit, state="active", founded_on="2020-01-01", **values)  # fmt: skip
        if active:
            self.add("activity", scheme=scheme, held_on="2026-05-01", title="Sinh hoạt (mẫu)",
                     activity_kind="meeting")  # fmt: skip
        return scheme

    def incident(self, unit: str, /, day: str = "2026-05-10", **more: Value) -> str:
        values: dict[str, Value] = {
            "title": "Mất trộm ở Thôn Mẫu",
            "kind": "social_order",
            "state": "new",
            "occurred_on": day,
            "unit": unit,
            **more,
        }
        return self.add("incident", **values)

    def verdict(
        self, subject: str, code: str, item: str, day: str = "2026-11-21", year: int = YEAR
    ) -> bool | None:
        """Return what a check finds on a day, straight from the records."""
        found = self.office.standards.sheets.today(subject, year, code, day=day)
        seen = found.sheet.line(item).seen
        assert seen is not None
        check = set_of(self.office, code).item(item)
        assert check is not None
        self.seen.setdefault(check.check, set()).add(seen.met)
        return seen.met

    def sheet(self, subject: str, code: str) -> str:
        self.office.standards.sheets.begin([subject], YEAR, code)
        return sheet_id(subject, YEAR, code)

    def read(self, sheet: str) -> OpenSheet:
        return self.office.standards.sheets.read(sheet)

    def fill(self, sheet: str, answer: Answer = Answer.MET, points: bool = True) -> OpenSheet:
        """Answer everything of a sheet in favour of the unit; overrides say that they are made."""
        sheets = self.office.standards.sheets
        held = self.read(sheet)
        sheets.mark_none_happened(sheet)
        given: dict[str, Given] = {}
        for item in held.criteria.items():
            if item.mark_only or item.check:
                continue
            full = item.most if item.role.value != "deduction" else 0
            given[item.id] = Given(points=full if points else 0) if item.scored else Given(answer)
        sheets.answer(sheet, given)
        for item in held.criteria.items():
            line = held.stored.sheet.line(item.id)
            if item.check and (line.seen is None or line.seen.met is not True):
                sheets.override(sheet, item.id, Override(answer, "Bịa ra để thử"))
        return self.read(sheet)


def set_of(office: Office, code: str) -> CriteriaSet:
    """Return a shipped set."""
    return office.standards.sets.shipped[code]


__all__ = ["COMMUNE", "NEIGHBOURHOOD", "YEAR", "Cycle", "Purpose", "set_of"]
