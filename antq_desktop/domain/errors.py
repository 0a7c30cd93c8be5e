"""The two kinds of trouble a person is told about; anything else is a bug.

Codes are stable ASCII and are what tests and `--json` speak of; sentences are Vietnamese, say what,
where and what to do next, and may be reworded at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field (or with the record as a whole, `field` empty).

    Attributes:
        code: Stable ASCII code such as `date_not_in_calendar`.
        message: One Vietnamese sentence with the next step.
        field: Path of the field: `name`, or `line/<line id>/name` for a field of a line.
        warning: True when the record may be saved all the same.
        record: Id of the record, where one action touches several.
    """

    code: str
    message: str
    field: str = ""
    warning: bool = False
    record: str = ""


class UserError(Exception):
    """Something the person can put right: wrong input, wrong password, wrong file."""

    def __init__(
        self, code: str, message: str, field: str = "", faults: Sequence[Fault] = ()
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.faults = tuple(faults) or (Fault(code, message, field),)


class EnvironmentFault(Exception):  # noqa: N818 - the machine is at fault, not the program
    """Something the machine denies: full disk, read-only folder, store held by another program."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
