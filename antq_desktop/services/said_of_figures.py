"""What stands in a store beside records about the figures of a period: for the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.adjusting import KIND as ADJUSTMENT
from antq_desktop.domain.adjusting import Adjustment
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.figures import measures_of
from antq_desktop.domain.opening import KIND as OPENING_FIGURE
from antq_desktop.domain.opening import Key, Opening, openings_by_key
from antq_desktop.domain.periods import Period
from antq_desktop.domain.tallying import Said
from antq_desktop.domain.zero_reports import KIND as ZERO_REPORT
from antq_desktop.domain.zero_reports import REPORTED, Zero, covers
from antq_desktop.services.lineage import places_in, succession_in
from antq_desktop.storage import settings
from antq_desktop.storage.columns import Held, values_of

if TYPE_CHECKING:
    from antq_desktop.domain.succession import Succession
    from antq_desktop.services.lineage import Places
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

Named = Callable[[str], Period]

_OPENING: Final = (
    "measure", "unit", "period", "value", "document", "dated", "issuer", "closed",
)  # fmt: skip
_ADJUSTMENT: Final = (
    "unit", "measure", "period", "reported", "value", "reason", "confirmed_by", "confirmed_on",
)  # fmt: skip


class SaidOfFigures:
    """Reads opening figures, zero reports and adjustments; each name of a period is read once."""

    def __init__(self, store: Store, reader: Reader, named: Named) -> None:
        self._store = store
        self._reader = reader
        self._named = named
        self._known: dict[str, tuple[str, str] | None] = {}

    def of(self, period: Period) -> dict[str, Said]:
        """Return what is said of a period, by measure."""
        openings: dict[str, dict[str, tuple[Opening, ...]]] = {}
        for key, held in self.openings(period).items():
            openings.setdefault(key.measure, {})[key.unit] = held
        zeros = self._silent(period)
        adjustments = self._adjustments(period)
        return {
            code: Said(
                openings.get(code, {}), zeros.get(code, frozenset()), adjustments.get(code, {})
            )
            for code in openings.keys() | zeros.keys() | adjustments.keys()
        }

    def openings(self, period: Period) -> dict[Key, tuple[Opening, ...]]:
        """Return the opening figures of the period with these days, as far as they are believed."""
        days = days_of(period)
        held = [
            each
            for each in self._held(OPENING_FIGURE, _OPENING)
            if self._speaks_for(each.owner, str(each.values.get("unit", "")))
        ]
        values = ({**each.values, "id": each.id, "owner": each.owner} for each in held)
        found = openings_by_key(values, self._days_of)
        return {key: told for key, told in found.items() if key.period == days}

    def _speaks_for(self, owner: str, unit: str) -> bool:
        """Tell whether a unit may say numbers of another one.

        This unit may of every one; one below of itself, of what lies in it, and of what it took
        over by a decision from above. A number that it says of its neighbour counts nowhere.
        """
        if owner in {unit, self._reader.setting(settings.UNIT)}:
            return True
        names = (owner, *self._succession.forebears(owner))
        return any(self._places.lies_in(unit, name) for name in names)

    @cached_property
    def _places(self) -> Places:
        return places_in(self._store, self._reader)

    @cached_property
    def _succession(self) -> Succession:
        return succession_in(self._store, self._reader, only_trusted=True)

    def zeros(self) -> list[Zero]:
        """Return the zero reports of all units; one with an unknown period is left out."""
        found: list[Zero] = []
        for each in self._held(ZERO_REPORT, ("about", "period")):
            days = self._days(str(each.values.get("period", "")))
            if days is not None:
                about = str(each.values.get("about", ""))
                found.append(Zero(each.owner, about, *days, record=each.id))
        return found

    def _silent(self, period: Period) -> dict[str, frozenset[str]]:
        """Return the units that said of the whole period that nothing happened, by measure."""
        held: dict[tuple[str, str], list[Zero]] = {}
        for zero in self.zeros():
            held.setdefault((zero.about, zero.unit), []).append(zero)
        found: dict[str, set[str]] = {}
        for (about, unit), zeros in held.items():
            if about in REPORTED and covers(zeros, period.since, period.until):
                for measure in measures_of(about):
                    found.setdefault(measure.code, set()).add(unit)
        return {code: frozenset(units) for code, units in found.items()}

    def _adjustments(self, period: Period) -> dict[str, dict[str, list[Adjustment]]]:
        """Return the adjustments that this unit made; those of another are for that one."""
        own = self._reader.setting(settings.UNIT)
        found: dict[str, dict[str, list[Adjustment]]] = {}
        for each in self._held(ADJUSTMENT, _ADJUSTMENT):
            values = each.values
            if each.owner != own or self._days_of(str(values.get("period"))) != days_of(period):
                continue
            reported, value = values.get("reported"), values.get("value")
            if isinstance(reported, int) and isinstance(value, int):
                made = Adjustment(
                    confirmed_on=str(values.get("confirmed_on", "")),
                    record=each.id,
                    reported=reported,
                    value=value,
                    reason=str(values.get("reason", "")),
                    confirmed_by=str(values.get("confirmed_by", "")),
                )
                units = found.setdefault(str(values.get("measure")), {})
                units.setdefault(str(values.get("unit")), []).append(made)
        return found

    def _held(self, kind: str, fields: Iterable[str]) -> Iterator[Held]:
        spec = self._store.specs.get(kind)
        if spec is not None:
            yield from values_of(self._reader.connection, spec, list(fields))

    def _days_of(self, name: str) -> str:
        days = self._days(name)
        return name if days is None else "..".join(days)

    def _days(self, name: str) -> tuple[str, str] | None:
        """Return the first and last day; None where the name is one of a newer program."""
        if name not in self._known:
            try:
                period = self._named(name)
            except UserError:
                self._known[name] = None
            else:
                self._known[name] = (period.since, period.until)
        return self._known[name]


def days_of(period: Period) -> str:
    """Return what two names of the same days share."""
    return f"{period.since}..{period.until}"
