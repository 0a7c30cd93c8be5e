"""Which paper is to be shown; apart from the preview, whose libraries are loaded when needed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper to be made: its form, and the record, period (by name) or bundle it is made of."""

    form: str
    record_id: str = ""
    period: str = ""
    bundle: str = ""
