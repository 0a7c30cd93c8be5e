"""An office at work in the yearly cycle."""

from __future__ import annotations

import pytest

from antq_desktop.services.office import Office
from tests.services.standards.cycle import Cycle


@pytest.fixture
def cycle(office: Office) -> Cycle:
    """Return a hand that enters records of the cycle."""
    return Cycle(office)
