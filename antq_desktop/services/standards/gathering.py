"""What each computed check sees: plain counts, days and answers, gathered from the records.

Nothing here decides anything; a sheet keeps what was gathered, so that it can be judged again when
the records behind it have moved on.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from antq_desktop.domain.scoring.checks import Inputs
from antq_desktop.services.standards.case import Case, Gather
from antq_desktop.services.standards.gathering_events import EVENTS
from antq_desktop.services.standards.gathering_papers import PAPERS
from antq_desktop.services.standards.gathering_standing import STANDING

GATHERED: Final[Mapping[str, Gather]] = MappingProxyType({**PAPERS, **EVENTS, **STANDING})


def inputs_of(case: Case) -> dict[str, Inputs]:
    """Return what the checks of a sheet see on the day of the case, by item.

    A check of which only a newer program knows how to gather is left as it was stored.
    """
    return {
        item.id: GATHERED[item.check](case, item)
        for item in case.criteria.items()
        if item.check in GATHERED
    }
