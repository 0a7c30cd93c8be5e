"""What happened: an entry of history is one action of an officer with one change per record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from antq_desktop.domain.fields import Value


class Action:
    """Stable names of what an officer did."""

    INIT = "init"
    ADD = "add"
    SET = "set"
    VOID = "void"
    UNDO = "undo"
    READ_PRIVATE = "read_private"
    FIND_PERSON = "find_person"
    ANSWER_PERSON = "answer_person"
    SIGN_IN = "sign_in"
    SETTLE = "settle"
    ENROL = "enrol"
    REVOKE = "revoke"
    SEAL = "seal"
    CARRY = "carry"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    ANSWER = "answer"
    PRINT = "print"
    COPY_OUT = "copy_out"
    ERASE = "erase"
    RESTORE = "restore"
    PEOPLE = "people"
    PASSWORD = "password"  # noqa: S105 - the name of an action
    SETTINGS = "settings"
    PRINT_HISTORY = "print_history"


@dataclass(frozen=True, slots=True)
class Change:
    """What one action did to one record.

    Attributes:
        kind: Its kind; empty when the action concerns no record.
        record: Its id.
        before: Value at each touched path before; a path that was empty has None.
        after: Value at each touched path after.
        created: True when the record did not exist before.
        note: Words that belong to the action, such as the reason of a reading.
        erased: True when the content was erased and only the fact is left.
    """

    kind: str
    record: str
    before: Mapping[str, Value] = field(default_factory=dict)
    after: Mapping[str, Value] = field(default_factory=dict)
    created: bool = False
    note: str = ""
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One action: its number in the chain, who, when, and what it undoes."""

    seq: int
    at: str
    officer: str
    writer: str
    counter: int
    action: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change together with the action it was part of."""

    entry: Entry
    change: Change
