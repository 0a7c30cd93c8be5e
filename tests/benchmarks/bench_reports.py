"""P16: the annual report of a receiver of 200 communes and 10 years, by number of incidents.

`python -m tests.benchmarks.bench_reports whole` fills a store of 1,000,000; the ordinary run takes
a tenth of them and holds it to a tenth of the limit and what a report costs without any.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.periods import CALENDAR, Period
from antq_desktop.domain.records.incidents import INCIDENT
from antq_desktop.paths import codes_folder
from antq_desktop.services.narrative.gathering import Gathering
from antq_desktop.services.reports import Reports
from antq_desktop.storage.rows import to_row
from antq_desktop.storage.store import Store
from tests.benchmarks.incidents import new_store, records
from tests.benchmarks.ratios import Measured, absolute

WHOLE: Final = 1_000_000
COMMUNES: Final = 200
LIMIT: Final = 5.0
_YEAR: Final = "2022"
_PIECE: Final = 10_000


def _fill(store: Store, count: int) -> None:
    """Put incidents of many communes straight into the table: reports read nothing else."""
    rows: list[tuple[object, ...]] = []
    statement = ""
    with store.writing("Nguyễn Văn Mẫu", "add") as work:
        connection = work.connection
        for number, record in enumerate(records(count)):
            row = list(to_row(INCIDENT, record, 1))
            row[row.index(record.owner)] = f"{10_000 + number % COMMUNES}@2025-07-01"
            rows.append(tuple(row))
            if len(rows) == _PIECE or number == count - 1:
                marks = ", ".join("?" * len(row))
                statement = f"INSERT INTO incident VALUES (NULL, {marks})"  # noqa: S608 - our own name
                connection.exec_driver_sql(statement, rows)
                rows = []
        work.note("", "", "bench")


def measure(count: int = WHOLE // 10) -> list[Measured]:
    """Measure the facts of the report, three looks at the store included."""
    with tempfile.TemporaryDirectory(prefix="antq-bench-") as temporary:
        store = new_store(Path(temporary) / "store")
        try:
            _fill(store, count)
            named: Callable[[str], Period] = CALENDAR.period
            gathering = Gathering(store, load_codes(codes_folder()), Reports(store, named), named)
            period = named(_YEAR)
            limit = LIMIT * count / WHOLE + (0.5 if count < WHOLE else 0)
            told = f"P16 annual report, {count} incidents, {COMMUNES} communes, 10 years"
            return [absolute(told, lambda: gathering.of(period), limit=limit, calls=3)]
        finally:
            store.close()


if __name__ == "__main__":
    from tests.benchmarks.ratios import table

    size = WHOLE if sys.argv[1:] == ["whole"] else int((sys.argv[1:] or [str(WHOLE // 10)])[0])
    sys.stdout.write(f"{table(measure(size))}\n")
