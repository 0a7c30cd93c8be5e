"""What every service of the yearly cycle stands on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from antq_desktop.domain.clock import VIETNAM, Clock
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.deciding import WorkingDays
from antq_desktop.domain.fields import Values
from antq_desktop.domain.periods import CALENDAR, Period
from antq_desktop.domain.records.standards_year import MADE_UP
from antq_desktop.services.periods import Periods
from antq_desktop.services.records import Edit, Records
from antq_desktop.services.standards.book import Book, text
from antq_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Ground:
    """The open profile as the services of the yearly cycle need it."""

    store: Store
    codes: Codes
    records: Records
    periods: Periods
    clock: Clock

    @contextmanager
    def book(self) -> Iterator[Book]:
        """Open one look at the store.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        with self.store.reading() as reader:
            yield Book(reader)

    def put(self, book: Book, kind: str, values: Values) -> Edit:
        """Return the edit that writes a record under its worked-out id, new or not."""
        edit = self.records.new_edit(kind, values)
        if book.record(kind, edit.id) is None:
            return edit
        return Edit(kind, edit.id, values)

    def today(self) -> str:
        """Return the day, `YYYY-MM-DD`."""
        return self.clock.now().astimezone(VIETNAM).date().isoformat()

    def window(self, preset: str, year: int) -> Period:
        """Return the days that are judged in a year; the calendar year without a preset.

        Raises:
            UserError: `period_not_in_preset`.
        """
        chosen = self.periods.presets.get(preset, CALENDAR)
        return chosen.period(f"{year:04}")

    def working_days(self, book: Book) -> WorkingDays:
        """Return which days are worked: the shipped table, over it what units wrote.

        What a unit wrote of a day counts before the shipped table, its own before that of another.
        """
        off, made_up = set(self.periods.days_off), set[str]()
        for row in sorted(book.all("holiday"), key=lambda row: row.owner == book.own):
            day = text(row, "day")
            for days in (off, made_up):
                days.discard(day)
            (made_up if text(row, "kind") == MADE_UP else off).add(day)
        return WorkingDays(frozenset(off), frozenset(made_up))
