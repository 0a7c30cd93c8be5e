"""What a paper is asked for, and what its form is filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from antq_desktop.domain.composing import Rows
from antq_desktop.domain.papers import Block
from antq_desktop.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Filled:
    """The words and rows of a paper, the record it concerns, and whose private values it shows.

    `moment` is how the paper says when it was made, which makes no other version of it.
    """

    tokens: Mapping[str, str]
    tables: Mapping[str, Rows]
    concerns: tuple[str, str] = ("", "")
    private: tuple[tuple[str, str], ...] = field(default=())
    body: tuple[Block, ...] = ()  # where the declaration of the kind is the form
    tail: tuple[Block, ...] = ()  # behind the signatures: annexes
    moment: str = ""

    @property
    def content(self) -> bytes:
        """What tells one version of a paper from another."""
        parts = (
            sorted(self.tokens.items()),
            [(name, [[str(cell) for cell in row] for row in rows])
             for name, rows in sorted(self.tables.items())],
            self.body,
            self.tail,
        )  # fmt: skip
        told = repr(parts)
        return (told.replace(self.moment, "") if self.moment else told).encode()


@dataclass(frozen=True, slots=True)
class Asked:
    """One paper: of a record, of a period, or of a bundle.

    `about` says what of a period a report is about, as `Scope.name` writes it.
    """

    record_id: str
    period: Period | None
    bundle: str
    private: bool
    about: str = ""
