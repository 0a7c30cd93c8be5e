"""Which paper is to be shown; apart from the preview, whose libraries are loaded when needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """A paper that no form list knows of.

    Attributes:
        title: What it is called.
        make: Makes its PDF; runs on the writer.
        only_print: Whether it may not be saved as a file.
    """

    title: str
    make: Callable[[], bytes]
    only_print: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper to be made: its form, and the record, period (by name) or bundle it is made of.

    `given` stands in place of the form where the paper is made by somebody else. With a `kind` of
    record the other papers of that kind are offered beside it; `about` is what of the period a
    report speaks of.
    """

    form: str
    record_id: str = ""
    period: str = ""
    bundle: str = ""
    kind: str = ""
    about: str = ""
    given: Given | None = None
