"""Numbered steps of the schema, forward only; a step never changes once released.

The number of the schema is the file's `user_version`, moved inside the transaction of the step, so
that a power cut leaves the old schema or the new one. A file with a larger number is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.storage.engine import APPLICATION_ID
from antq_desktop.storage.migrations import (
    m0001_first_kinds,
    m0002_exchange,
    m0003_movement,
    m0004_attachments,
    m0005_values_and_tasks,
    m0006_standards,
    m0007_people,
    m0008_reports_between,
    m0009_withdrawn,
    m0010_units,
    m0011_journal_told,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number, and what it does inside a transaction that is already open."""

    number: int
    apply: Callable[[Connection], None]


def statements(number: int, sql: Sequence[str]) -> Step:
    """Return a step that only runs statements."""

    def apply(connection: Connection) -> None:
        for statement in sql:
            connection.exec_driver_sql(statement)

    return Step(number, apply)


STEPS: Final = (
    statements(1, m0001_first_kinds.STATEMENTS),
    statements(2, m0002_exchange.STATEMENTS),
    statements(3, m0003_movement.STATEMENTS),
    statements(4, m0004_attachments.STATEMENTS),
    statements(5, m0005_values_and_tasks.STATEMENTS),
    statements(6, m0006_standards.STATEMENTS),
    statements(7, m0007_people.STATEMENTS),
    statements(8, m0008_reports_between.STATEMENTS),
    statements(9, m0009_withdrawn.STATEMENTS),
    statements(10, m0010_units.STATEMENTS),
    statements(11, m0011_journal_told.STATEMENTS),
)
NEWEST: Final = STEPS[-1].number


def schema_of(engine: Engine) -> int:
    """Return the number of the schema of a file; 0 for one that is empty."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(
    engine: Engine,
    *,
    before: Callable[[], object] | None = None,
    steps: Sequence[Step] = STEPS,
) -> int:
    """Bring a file to the newest schema and return the number it had.

    Args:
        engine: The engine that writes.
        before: Called once before a file that already holds data is touched: the backup.
        steps: The steps to take, in order.

    Raises:
        EnvironmentFault: `store_newer`: the file belongs to a newer program; nothing was touched.
    """
    held = schema_of(engine)
    newest = steps[-1].number
    if held > newest:
        message = (
            f"Dữ liệu thuộc phiên bản {held}, chương trình này đọc được đến phiên bản {newest}. "
            "Cài bản chương trình mới hơn; dữ liệu còn nguyên."
        )
        raise EnvironmentFault("store_newer", message)
    due = [step for step in steps if step.number > held]
    if due and held and before is not None:
        before()
    for step in due:
        with engine.begin() as connection:
            step.apply(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {step.number}")
    return held
