"""What becomes of a bundle that came: taken through the gate, shown, merged."""

from __future__ import annotations

from dataclasses import dataclass, field

from antq_desktop.domain.answers import Statement
from antq_desktop.domain.exchange import Header
from antq_desktop.domain.gate import GateFault, Verdict
from antq_desktop.domain.planning import Arrival, Plan
from antq_desktop.storage.exchange import ReceivedRow


@dataclass(frozen=True, slots=True)
class Taken:
    """One bundle after the gate.

    Attributes:
        row: How it stands in the register.
        header: What it says of itself; None when no signature vouches for it.
        verdict: One of the five.
        faults: What the gate found.
        already_merged: True when this very bundle was merged before.
        statement: What a sibling states that it holds; None for other kinds.
        arrival: Its records, as the gate read them; None when it may not be merged.
    """

    row: ReceivedRow
    header: Header | None
    verdict: Verdict
    faults: tuple[GateFault, ...]
    already_merged: bool
    statement: Statement | None = field(default=None, compare=False, repr=False)
    arrival: Arrival | None = field(default=None, compare=False, repr=False)

    @property
    def mergeable(self) -> bool:
        """Whether it may be merged."""
        return self.verdict.mergeable


@dataclass(frozen=True, slots=True)
class Preview:
    """What a bundle would do, as it is shown and as it is applied.

    Attributes:
        taken: The bundle.
        plan: What it would do.
        seen: Number of the last entry of history when the plan was made.
    """

    taken: Taken
    plan: Plan
    seen: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did."""

    row: ReceivedRow
    plan: Plan
    sentence: str


class StaleError(Exception):
    """The store changed between preview and merge; the new plan is to be shown.

    Attributes:
        preview: The plan as it is now.
    """

    def __init__(self, preview: Preview) -> None:
        super().__init__("the plan is no longer the one that was shown")
        self.preview = preview
