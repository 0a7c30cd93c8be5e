"""Which number counts where a report speaks of what has no records, and what stands beside it.

An opening figure is typed from a document for a measure, a unit and a period. It counts until a
person closes it; the first record of a year does not turn 240 into 1. Nothing is repaired: what
disagrees is shown side by side with a warning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from antq_desktop.domain.fields import Values
from antq_desktop.domain.shown import paper_date

NOTHING_TO_COMPARE: Final = "chưa có số liệu cùng kỳ"
KIND: Final = "opening_figure"


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """A figure as a document says it.

    Attributes:
        dated: Day of the document; may be empty.
        document: Its number and sign.
        issuer: Who issued it.
        value: The figure.
        closed: Whether a person decided that records count from now on.
    """

    dated: str
    document: str
    issuer: str
    value: int
    closed: bool = False

    @property
    def named(self) -> str:
        """What stands beside the figure: “số liệu theo báo cáo số …”."""
        day = f" ngày {paper_date(self.dated)}" if self.dated else ""
        return f"số liệu theo báo cáo số {self.document}{day}"


@dataclass(frozen=True, slots=True)
class Key:
    """What an opening figure is about: measure, unit and period."""

    measure: str
    unit: str
    period: str


class Source(StrEnum):
    """Where the number that counts comes from."""

    RECORDS = "records"
    REPORT = "report"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Counted:
    """The number that counts, and all that stands beside it.

    Attributes:
        value: The number; None when neither records nor a report say anything.
        source: Where it comes from; a number of a report is drawn hatched.
        recorded: The sum over records.
        records: How many records gave to it.
        openings: What documents say, the latest first.
        warnings: Vietnamese sentences.
    """

    value: int | None
    source: Source
    recorded: int
    records: int
    openings: tuple[Opening, ...]
    warnings: tuple[str, ...]


def openings_by_key(records: Iterable[Values]) -> dict[Key, tuple[Opening, ...]]:
    """Return the opening figures of a store by what they are about, from the values of records."""
    found: dict[Key, list[Opening]] = {}
    for values in records:
        value = values.get("value")
        if not isinstance(value, int) or isinstance(value, bool):
            continue
        key = Key(_text(values, "measure"), _text(values, "unit"), _text(values, "period"))
        opening = Opening(
            _text(values, "dated"),
            _text(values, "document"),
            _text(values, "issuer"),
            value,
            closed=values.get("closed") is True,
        )
        found.setdefault(key, []).append(opening)
    return {key: tuple(sorted(held)) for key, held in found.items()}


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def count(openings: Iterable[Opening], recorded: int, records: int) -> Counted:
    """Say which number counts for one measure, unit and period.

    The report of the latest day counts until any of them is closed; the order in which they are
    given does not matter.

    Args:
        openings: What documents say.
        recorded: The sum over records.
        records: How many records gave to it; 0 says that there are none.
    """
    held = tuple(sorted(set(openings), reverse=True))
    warnings = _disagreements(held)
    if not held:
        if not records:
            return Counted(None, Source.NOTHING, recorded, records, (), ())
        return Counted(recorded, Source.RECORDS, recorded, records, (), ())
    if any(opening.closed for opening in held):
        return Counted(recorded, Source.RECORDS, recorded, records, held, warnings)
    if records:
        warnings += (
            f"Đang tính {held[0].named}: {held[0].value}. Bên cạnh đó có {records} hồ sơ cho số "
            f"{recorded}. Khi hồ sơ đã đủ, chọn “từ nay tính theo hồ sơ”.",
        )
    return Counted(held[0].value, Source.REPORT, recorded, records, held, warnings)


def _disagreements(held: tuple[Opening, ...]) -> tuple[str, ...]:
    if len({opening.value for opening in held}) <= 1:
        return ()
    told = "; ".join(f"{opening.value} ({opening.named})" for opening in held)
    return (f"Các nguồn khác nhau: {told}. Đang lấy văn bản có ngày gần nhất.",)


@dataclass(frozen=True, slots=True)
class Change:
    """A number against that of the same period a year before.

    Attributes:
        now: The number of this period.
        before: That of the year before; None where nothing is known of it.
        difference: How much more; None where it cannot be said.
        tenths: The difference in tenths of a percent, rounded half away from zero; None where
            the year before was nothing or is not known.
        note: What the cell says instead of a number; empty where numbers say it.
    """

    now: int
    before: int | None
    difference: int | None
    tenths: int | None
    note: str = ""


def change(now: int, before: Counted) -> Change:
    """Compare with the year before; without its figure there is neither 0 nor a percentage."""
    if before.value is None:
        return Change(now, None, None, None, NOTHING_TO_COMPARE)
    difference = now - before.value
    if before.value == 0:
        return Change(now, 0, difference, None)
    size = (abs(difference) * 2000 + before.value) // (2 * before.value)
    return Change(now, before.value, difference, size if difference >= 0 else -size)
