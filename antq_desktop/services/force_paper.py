"""BIỂU MẪU 01 as a paper: a row for each protection team or commune, totals, and its checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.bm1 import COLUMNS, Forces, Form, form_of
from antq_desktop.domain.composing import Rows
from antq_desktop.domain.fields import Values
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import paper_count
from antq_desktop.domain.text import sort_key
from antq_desktop.services.counting import in_force

if TYPE_CHECKING:
    from antq_desktop.domain.opening import Opening
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

MEMBERS: Final = "protection_members"  # the measure whose report gives column 2
_OF_TEAMS: Final = 18  # columns that one team has; training and awards are of the unit
_READS: Final[Mapping[str, tuple[str, ...]]] = {
    "protection_team": (
        "name", "founded_on", "founding_document", "decided_members", "ended_on",
    ),
    "team_member": (
        "protection_team", "sex", "birth_year", "education", "minority", "joined_on", "left_on",
        "left_reason",
    ),
    "service_harm": ("team_member", "harm", "happened_on"),
    "team_training": ("held_on", "attended", "classes"),
    "commendation": ("decided_on", "for_whom", "award", "collectives", "individuals"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form: whose it is, and its columns."""

    name: str
    form: Form
    of_team: bool


@dataclass(frozen=True, slots=True)
class ForcePaper:
    """The whole form: its rows, the totals, and what does not agree."""

    rows: tuple[Row, ...]
    whole: Form
    remarks: tuple[str, ...]
    before: str

    def table(self) -> Rows:
        """Return the rows as cells; what a row has no figure for stays empty."""
        return [(row.name, *_cells(row)) for row in self.rows]

    def tokens(self, made: str) -> dict[str, str]:
        """Return the totals and the notes.

        Args:
            made: The moment of making, as paper writes it.
        """
        totals = {
            f"t{at}": paper_count(value) for at, value in enumerate(self.whole.cells, start=1)
        }
        return {
            **totals,
            "checks": f"Kiểm tra chéo: {' '.join(self.remarks)}" if self.remarks else "",
            "before": self.before,
            "source": f"hồ sơ trong chương trình, tính lúc {made}.",
        }


def _cells(row: Row) -> list[str]:
    shown = _OF_TEAMS if row.of_team else len(COLUMNS)
    return [paper_count(value) if at < shown else "" for at, value in enumerate(row.form.cells)]


@dataclass(frozen=True, slots=True)
class _Held:
    id: str
    owner: str
    values: Values


class ForceCounter:
    """Reads what the form is made of, once."""

    def __init__(self, store: Store, reader: Reader) -> None:
        self._kinds = {
            kind: [
                _Held(held.id, held.owner, held.values)
                for held in in_force(store, reader, kind, reads)
            ]
            for kind, reads in _READS.items()
        }

    def by_team(self, period: Period, unit: str, said: Opening | None) -> ForcePaper:
        """Return the form of one unit, a row for each of its teams.

        Args:
            period: The period.
            unit: The unit.
            said: What a report says of column 2; computed when None.
        """
        forces = self._forces(unit)
        teams = sorted(forces.teams, key=lambda team: sort_key(str(forces.teams[team]["name"])))
        rows = tuple(
            Row(str(forces.teams[team]["name"]), form_of(self._of_team(unit, team), period), True)
            for team in teams
        )
        whole = form_of(forces, period, before=said.value if said else None)
        named = f"Cột 2: {said.named}." if said else ""
        return ForcePaper(rows, whole, whole.remarks, named)

    def by_unit(
        self, period: Period, units: Mapping[str, str], said: Mapping[str, Opening]
    ) -> ForcePaper:
        """Return the form of several units, a row for each.

        Args:
            period: The period.
            units: Their names by id, in their order.
            said: What a report says of column 2, by unit.
        """
        forms = {
            unit: form_of(
                self._forces(unit), period, before=said[unit].value if unit in said else None
            )
            for unit in units
        }
        cells = tuple(sum(form.cells[at] for form in forms.values()) for at in range(len(COLUMNS)))
        remarks = tuple(
            f"{units[unit]}: {remark}" for unit, form in forms.items() for remark in form.remarks
        )
        rows = tuple(Row(units[unit], form, False) for unit, form in forms.items())
        told = "; ".join(f"{units[unit]}: {said[unit].named}" for unit in units if unit in said)
        return ForcePaper(rows, Form(cells, ()), remarks, f"Cột 2: {told}." if told else "")

    def _forces(self, unit: str) -> Forces:
        def of(kind: str) -> list[Values]:
            return [held.values for held in self._kinds[kind] if held.owner == unit]

        teams = {held.id: held.values for held in self._kinds["protection_team"]
                 if held.owner == unit}  # fmt: skip
        return Forces(
            teams, of("team_member"), of("service_harm"), of("team_training"), of("commendation")
        )

    def _of_team(self, unit: str, team: str) -> Forces:
        forces = self._forces(unit)
        members = [
            held
            for held in self._kinds["team_member"]
            if held.values.get("protection_team") == team
        ]
        ids = {held.id for held in members}
        harms = [
            held.values
            for held in self._kinds["service_harm"]
            if held.values.get("team_member") in ids
        ]
        return Forces({team: forces.teams[team]}, [held.values for held in members], harms)
