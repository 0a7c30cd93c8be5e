"""The computed checks by their versioned names; a version that a sheet ever saw stays here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from antq_desktop.domain.scoring.checks.check import (
    Check,
    Input,
    InputKind,
    Inputs,
    Settings,
    Verdict,
)
from antq_desktop.domain.scoring.checks.drugs import DRUGS
from antq_desktop.domain.scoring.checks.happenings import HAPPENINGS
from antq_desktop.domain.scoring.checks.shares import SHARES
from antq_desktop.domain.scoring.checks.standing import STANDING

__all__ = ["CHECKS", "Check", "Input", "InputKind", "Inputs", "Settings", "Verdict"]

CHECKS: Final[Mapping[str, Check]] = {
    check.name: check for check in (*SHARES, *HAPPENINGS, *STANDING, *DRUGS)
}
