"""The yearly cycle of 2022 replayed: registered, scored by sheets, decided, classified.

Public are the totals; which unit has which grade, and by which answers, is drawn by lot and
invented. No grade is typed: each is what a sheet comes to. What the report says against itself
(24 communes classified where there are 23) is not made to fit.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from antq_desktop.domain.fields import Value
from antq_desktop.domain.records.standards import CLASSIFICATION
from antq_desktop.domain.scoring.outcome import judge
from antq_desktop.domain.scoring.sets import Role
from antq_desktop.domain.scoring.sheets import Answer, Given, Override
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from antq_desktop.services.standards.looking import OpenSheet, sheet_id
from antq_desktop.services.standards.results import Decision
from antq_desktop.services.standards.standings import grades_of, registered_in

YEAR: Final = 2022
EXCELLENT, GOOD, AVERAGE = "excellent", "good", "average"
REGISTERED_ON, COUNTED_ON = "2022-02-15", "2022-02-10"
DISTRICT_DECISION: Final = Decision("3783/QĐ-UBND", "2022-10-25", "UBND huyện Tứ Kỳ")
COMMUNE_DECISION: Final = Decision("01/QĐ-MẪU", "2022-10-24", "UBND xã (mẫu)")
INVENTED: Final = "Bịa ra để trình diễn"
EXEMPLARY: Final = "Xã Tân Kỳ"
_EXEMPLARY_SETS: Final = {"exemplary_commune_hai_duong": 14, "exemplary_commune_police": 20}
# What the report prints, but for the communes: 8 + 15 + 1 are 24 and there are 23.
_TOTALS: Final[Mapping[str, tuple[int, int, int]]] = {
    "neighbourhood": (41, 61, 3),
    "lower": (16, 8, 0),
    "xa": (7, 14, 0),  # beside the exemplary commune
    "agency": (7, 7, 0),
    "upper": (3, 2, 0),
    "enterprise": (7, 17, 0),
}
_LAST_OF_WINDOW: Final = "2022-10-31"
_WITHOUT_A_SCHEME: Final = 1000  # points in hundredths that an excellent unit can do without
_TARGETS: Final = {GOOD: 7800, AVERAGE: 6000}
_REQUIRED: Final = (
    "proposal", "founding_decision", "board_decision", "regulations", "activity_log", "reports",
    "rating_sheet",
)  # fmt: skip
_TABLES: Final = {
    "neighbourhood": "qd510_neighbourhood",
    "commune": "qd510_commune",
    "agency": "qd510_agency",
    "enterprise": "qd510_agency",
    "school": "qd510_school",
}


@dataclass
class Lot:
    """Which grade comes next for each kind of unit."""

    seed: int
    _left: dict[str, list[str]] = field(default_factory=dict)

    def draw(self, kind: str) -> str:
        """Return the grade of the next unit of a kind; empty when all printed ones are given."""
        if kind == "thi_tran":
            return AVERAGE
        if kind not in self._left:
            excellent, good, average = _TOTALS[kind]
            grades = [EXCELLENT] * excellent + [GOOD] * good + [AVERAGE] * average
            random.Random(f"{self.seed}-{kind}").shuffle(grades)  # noqa: S311 - invented records
            self._left[kind] = grades
        return self._left[kind].pop() if self._left[kind] else ""


class Cycle:
    """Plays the year of one store."""

    def __init__(self, office: Office, lot: Lot) -> None:
        self._office = office
        self._standards = office.standards
        self._lot = lot
        self._kinds: dict[str, str] = {}
        self._households: dict[str, Value] = {}

    def commune(self, unit: str, name: str) -> int:
        """Play the year of a commune and return how many records that made."""
        own = [row for row in self._units() if row.id != unit]
        kinds = {row.id: row.kind for row in own}
        wanted = {row.id: self._lot.draw(row.kind) for row in own}
        town = "thi_tran" if name.startswith("Thị trấn") else "xa"
        wanted[unit] = EXCELLENT if name == EXEMPLARY else self._lot.draw(town)
        edits = [*self._registered(kinds, unit), *self._year_before()]
        whole = name == EXEMPLARY
        schools = [each for each, kind in kinds.items() if kind == "lower"]
        edits += self._working_schemes(
            unit, [each for each in schools if whole or wanted[each] == EXCELLENT]
        )
        self._office.records.save(edits)
        made = len(edits) + len(wanted) + 1
        made += self._secured(list(kinds)) if whole else 0
        self._recognised(wanted, COMMUNE_DECISION)
        made += self._secured([unit]) if whole else 0
        made += self._scored(wanted)
        graded = [self._table(each) for each in wanted if each != unit]
        self._standards.results.classify(YEAR, graded, COMMUNE_DECISION)
        behind = [each for each in wanted if each != unit and wanted[each] == AVERAGE]
        if behind:
            self._standards.standings.plan(YEAR, behind, "2023-06-30")
        if whole:
            made += self._exemplary(unit)
            note = "Quyết định phân loại ký trước khi kỳ đánh giá kết thúc."
            day, number = DISTRICT_DECISION.decided_on, DISTRICT_DECISION.number
            self._standards.closings.close(
                YEAR, "classification", day=day, document=number, note=note
            )
        return made + len(graded) + 1

    def district_units(self) -> int:
        """Register and score what the district keeps itself, as far as the report classifies it."""
        rows = self._units()
        kinds = {row.id: row.kind for row in rows}
        wanted = {row.id: grade for row in rows if (grade := self._lot.draw(row.kind))}
        edits = list(self._registered(kinds))
        self._office.records.save(edits)
        self._recognised(wanted, DISTRICT_DECISION)
        return len(edits) + 2 * len(wanted) + self._scored(wanted) + 1

    def decide(self, communes: Sequence[str]) -> int:
        """Write the district's own decision over the sheets of its units and of the communes."""
        with self._standards.ground.book() as book:
            looking = self._standards.sheets.looking(book)
            rows = looking.rows(YEAR, "classification")
            ours = {book.own}
            mine = [r for r in rows if r.owner in ours or r.values.get("subject") in set(communes)]
            grades = {
                str(row.values.get("subject")): looking.open(row.id).outcome.grade for row in mine
            }
        self._standards.results.recognise(
            YEAR,
            DISTRICT_DECISION,
            [unit for unit in communes if (grade := grades.get(unit)) and grade.id != AVERAGE],
        )
        done = self._standards.results.classify(YEAR, [row.id for row in mine], DISTRICT_DECISION)
        behind = [u for u, grade in grades.items() if grade and grade.id == AVERAGE]
        if behind:
            self._standards.standings.plan(YEAR, behind, "2023-06-30")
        return len(done.saved.ids) + len(communes) + 1

    def _units(self) -> list[_Unit]:
        found = []
        for record in self._office.lists.every("unit"):
            values = record.values()
            kind = str(values.get("unit_kind"))
            if record.owner != self._office.unit or kind not in _TABLES:
                continue
            self._kinds[record.id] = kind
            if kind == "school":
                kind = "lower" if values.get("school_level") == "lower_secondary" else "upper"
            self._households[record.id] = values.get("households")
            found.append(_Unit(record.id, kind))
        return found

    def _registered(self, kinds: Mapping[str, str], commune: str = "") -> Iterator[Edit]:
        """Yield registration and yearly figures of units and, in a commune, of the commune."""
        new = self._office.records.new_edit
        for unit in [*kinds, *filter(None, [commune])]:
            values: dict[str, Value] = {
                "unit": unit,
                "year": YEAR,
                "standard": "security",
                "registered_on": REGISTERED_ON,
                "resolution_on": "2022-01-20",
                "counted_on": COUNTED_ON,
            }
            if kinds.get(unit) == "neighbourhood":
                households = self._households[unit]
                values |= {"households": households, "registered": households}
            else:
                values |= {"plan_on": "2022-01-25", "people": 40, "briefed": 40}
            yield new("registration", values)
            yield new(
                "unit_year",
                {
                    "unit": unit,
                    "year": YEAR,
                    "in_scope": True,
                    "confirmed_on": "2022-01-10",
                    "people": 400,
                    "attended": 380,
                    "sections": 4,
                    "sections_rated": 4,
                    "force_rating": "good",
                    "before_complete": True,
                    "document": "Số liệu bịa ra",
                },
            )

    def _year_before(self) -> Iterator[Edit]:
        """Yield for each incident one of a year earlier, so that no kind has risen."""
        for record in self._office.lists.every("incident"):
            values = record.values()
            day = str(values["occurred_on"])
            yield self._office.records.new_edit(
                "incident",
                {
                    "register_number": str(values["register_number"]).replace("2022", "2021"),
                    "occurred_on": day.replace("2022", "2021"),
                    "title": f"{values['title']} (mẫu)",
                    "kind": values["kind"],
                    "state": "closed",
                    "closed_on": day.replace("2022", "2021"),
                    # of a neighbourhood November 2021 belongs to the year that is judged
                    "unit": values.get("unit") if day <= _LAST_OF_WINDOW else self._office.unit,
                    "severity": "not_criminal",
                },
            )

    def _working_schemes(self, commune: str, schools: Sequence[str]) -> Iterator[Edit]:
        """Give the commune and its excellent schools a scheme with a full dossier that worked."""
        kept = sorted(
            (r for r in self._office.lists.every("scheme")
             if str(r.values().get("founded_on") or "9") < "2022"),
            key=lambda record: record.id,
        )  # fmt: skip
        places = [*schools, ""] if commune else list(schools)
        for scheme, place in zip(kept, places, strict=False):
            changes: dict[str, Value] = {f"dossier/{each}/present": True for each in _REQUIRED}
            if place:
                changes["unit"] = place
            yield Edit("scheme", scheme.id, changes)
            yield self._office.records.new_edit(
                "activity",
                {
                    "scheme": scheme.id,
                    "held_on": "2022-05-15",
                    "activity_kind": "meeting",
                    "title": "Sinh hoạt định kỳ (mẫu)",
                },
            )

    def _recognised(self, wanted: Mapping[str, str], decision: Decision) -> None:
        self._standards.results.recognise(
            YEAR,
            decision,
            [unit for unit, grade in wanted.items() if grade != AVERAGE],
            {unit: INVENTED for unit, grade in wanted.items() if grade == AVERAGE},
        )

    def _table(self, unit: str) -> str:
        return sheet_id(unit, YEAR, _TABLES[self._kinds[unit]])

    def _scored(self, wanted: Mapping[str, str]) -> int:
        """Fill the sheets of units so that each comes to its grade, and return their records."""
        sheets = self._standards.sheets
        saved = sheets.begin(list(wanted), YEAR, standard=CLASSIFICATION)
        tables = {self._table(unit): grade for unit, grade in wanted.items()}
        opened = sheets.read_many(tables)
        overridden = [each for each in tables if self._overridden(opened[each], tables[each])]
        opened |= sheets.read_many(overridden)
        answers = {each: _answers(opened[each], tables[each]) for each in tables}
        sheets.answer_many(answers)
        sheets.set_state(tables, "self_reviewed")
        return len(saved.ids) + sum(len(given) for given in answers.values())

    def _secured(self, units: Sequence[str]) -> int:
        """Fill the sheets of Thông tư 124 of some units, as whoever meets every criterion would."""
        sheets = self._standards.sheets
        saved = sheets.begin(units, YEAR)
        made = [each for each in saved.ids if self._office.lists.row_of("score_sheet", each)]
        answers = {}
        for each, held in sheets.read_many(made).items():
            sheets.mark_none_happened(each)
            answers[each] = {
                item.id: Given(Answer.MET)
                for item in held.criteria.items()
                if not item.mark_only and not item.check
            }
        sheets.answer_many(answers)
        sheets.set_state(made, "self_reviewed")
        return len(saved.ids) + sum(len(given) for given in answers.values())

    def _overridden(self, held: OpenSheet, grade: str) -> int:
        """Answer what no record tells: the schemes of units that a commune keeps elsewhere."""
        if grade != EXCELLENT:
            return 0
        count = 0
        for item in held.criteria.items():
            seen = held.stored.sheet.line(item.id).seen
            lacking = seen is not None and seen.met is False
            if lacking and item.check == "working_scheme@1" and item.most > _WITHOUT_A_SCHEME:
                reason = f"Mô hình của đơn vị do xã nơi đóng trụ sở theo dõi. {INVENTED}."
                self._standards.sheets.override(held.id, item.id, Override(Answer.MET, reason))
                count += 1
        return count

    def _exemplary(self, unit: str) -> int:
        """Score the exemplary commune: how many criteria it met is public, which ones is not."""
        made = 0
        for code, met in _EXEMPLARY_SETS.items():
            sheets = self._standards.sheets
            made += len(sheets.begin([unit], YEAR, code).ids)
            sheet = sheet_id(unit, YEAR, code)
            items = [item.id for item in sheets.read(sheet).criteria.items()]
            given = {
                item: Given(Answer.MET if place < met else Answer.NOT_MET)
                for place, item in enumerate(items)
            }
            sheets.answer(sheet, given)
            sheets.set_state([sheet], "self_reviewed")
            standard = "model_police" if code.endswith("police") else "exemplary"
            note = "Báo cáo chỉ nêu số tiêu chí đạt; tiêu chí nào chưa đạt là bịa ra."
            decision = Decision("Sơ kết 01 năm", "2022-07-28", "UBND huyện Tứ Kỳ")
            self._standards.results.recognise(YEAR, decision, [], {unit: note}, standard=standard)
            made += len(items) + 2
        return made


@dataclass(frozen=True, slots=True)
class _Unit:
    id: str
    kind: str


def _answers(held: OpenSheet, grade: str) -> dict[str, Given]:
    """Return answers by which the sheet comes to a grade: all points, or points up to a sum."""
    left = _TARGETS.get(grade, 10**9) - int(judge(held.criteria, held.stored.sheet).points)
    found: dict[str, Given] = {}
    for item in held.criteria.items():
        if item.check or item.mark_only:
            continue
        if item.role in {Role.BONUS, Role.DEDUCTION}:
            found[item.id] = Given(points=0)
        elif item.scored:
            points = max(min(left, item.most), 0)
            left -= points
            found[item.id] = Given(points=points)
        else:
            found[item.id] = Given(Answer.MET)
    return found


def figures_of_the_cycle(office: Office) -> dict[str, int]:
    """Return the figures of the cycle as the report prints them, from the records of a receiver."""
    with office.standards.ground.book() as book:
        registered, grades = registered_in(book, YEAR), grades_of(book, YEAR)
        found: dict[str, int] = {}
        for unit, row in book.units.items():
            kind = str(row.values.get("unit_kind"))
            if kind == "school":
                lower = row.values.get("school_level") == "lower_secondary"
                kind = "lower_school" if lower else "upper_school"
            if kind == "commune" and book.name(unit).startswith("Thị trấn"):
                kind = "town"
            grade = grades[unit].values.get("grade") if unit in grades else None
            for code in (
                f"registered_{kind}" if unit in registered else "",
                f"{kind}_{grade}" if grade else "",
                f"classified_{kind}" if grade else "",
            ):
                if code:
                    found[code] = found.get(code, 0) + 1
        for row in book.where("recognition", "year", YEAR):
            standard = str(row.values.get("standard"))
            if standard in {"exemplary", "model_police"}:
                met = row.values.get("met")
                found[f"{standard}_met"] = met if isinstance(met, int) else 0
    return found
