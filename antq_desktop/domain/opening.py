"""Which number counts where a report speaks of what has no records, and what stands beside it.

An opening figure is typed from a document for a measure, a unit and a period. It counts until a
person closes it; the first record of a year does not turn 240 into 1. Nothing is repaired: what
disagrees is shown side by side with a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from antq_desktop.domain.adjusting import Adjustment
from antq_desktop.domain.fields import Values
from antq_desktop.domain.shown import paper_date, show_integer

NOTHING_TO_COMPARE: Final = "chưa có số liệu cùng kỳ"
KIND: Final = "opening_figure"
SAID_NOTHING: Final = "báo cáo không phát sinh"


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """A figure as a document says it.

    Attributes:
        dated: Day of the document; may be empty.
        document: Its number and sign.
        issuer: Who issued it.
        value: The figure.
        closed: Whether a person decided that records count from now on.
        record: Id of the record that holds it.
        owner: Unit whose record that is.
    """

    dated: str
    document: str
    issuer: str
    value: int
    closed: bool = False
    record: str = ""
    owner: str = ""

    @property
    def named(self) -> str:
        """What stands beside the figure: “số liệu theo báo cáo số …”."""
        day = f" ngày {paper_date(self.dated)}" if self.dated else ""
        return f"số liệu theo báo cáo số {self.document}{day}"


@dataclass(frozen=True, slots=True)
class Key:
    """What an opening figure is about: measure, unit and period.

    The period is what the caller compares periods by: a name, or two days.
    """

    measure: str
    unit: str
    period: str


class Source(StrEnum):
    """Where the number that counts comes from."""

    RECORDS = "records"
    REPORT = "report"
    PARTLY = "partly"  # a sum in which the number of a unit below comes from a report
    ZERO = "zero"  # nothing on file, and the unit said that nothing happened
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Counted:
    """The number that counts, and all that stands beside it.

    Attributes:
        value: The number; None when neither records nor a report say anything.
        source: Where it comes from; a number of a report is drawn hatched.
        recorded: The sum over records; below a unit whose number comes from a report, with that.
        records: How many records, and reports of units below, gave to it.
        openings: What documents say, the latest first.
        warnings: Vietnamese sentences.
        parts: The units below whose number comes from a report and is in this one.
        reported: What would count without adjustments, where there is one here or below.
        adjustment: What stands in for the reported number; None where nothing does.
        lapsed: An adjustment that no longer stands, since the reported number is another now.
        zeros: The units that said that nothing happened, of those that this number is about.
    """

    value: int | None
    source: Source
    recorded: int
    records: int
    openings: tuple[Opening, ...]
    warnings: tuple[str, ...]
    parts: tuple[str, ...] = ()
    reported: int | None = None
    adjustment: Adjustment | None = None
    lapsed: Adjustment | None = None
    zeros: tuple[str, ...] = ()

    @property
    def was_adjusted(self) -> bool:
        """Whether an adjustment, here or below, changed the number."""
        return self.adjustment is not None or (
            self.reported is not None and self.reported != self.value
        )

    @property
    def hatched(self) -> bool:
        """Whether it comes from a report or was adjusted, or a part of it: then it is hatched."""
        return self.source in {Source.REPORT, Source.PARTLY} or self.was_adjusted

    @property
    def named(self) -> str:
        """The report that counts, or what stands beside; empty where records alone count."""
        if self.source is Source.REPORT:
            return self.openings[0].named
        if self.source is Source.PARTLY:
            return f"trong đó số liệu theo báo cáo của {show_integer(len(self.parts))} đơn vị"
        return SAID_NOTHING if self.source is Source.ZERO else ""


def openings_by_key(
    records: Iterable[Values], period_of: Callable[[str], str] = str
) -> dict[Key, tuple[Opening, ...]]:
    """Return the opening figures of a store by what they are about.

    Args:
        records: Values of records; `id` and `owner` of the record may stand among them.
        period_of: What periods are compared by, from the name that is stored.
    """
    found: dict[Key, list[Opening]] = {}
    for values in records:
        value = values.get("value")
        if not isinstance(value, int) or isinstance(value, bool):
            continue
        period = period_of(_text(values, "period"))
        key = Key(_text(values, "measure"), _text(values, "unit"), period)
        opening = Opening(
            _text(values, "dated"),
            _text(values, "document"),
            _text(values, "issuer"),
            value,
            closed=values.get("closed") is True,
            record=_text(values, "id"),
            owner=_text(values, "owner"),
        )
        found.setdefault(key, []).append(opening)
    return {key: tuple(sorted(held)) for key, held in found.items()}


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def count(
    openings: Iterable[Opening], recorded: int, records: int, zeros: tuple[str, ...] = ()
) -> Counted:
    """Say which number counts for one measure, unit and period.

    The report of the latest day counts until any of them is closed; the order in which they are
    given does not matter.

    Args:
        openings: What documents say.
        recorded: The sum over records.
        records: How many records gave to it; 0 says that there are none.
        zeros: The units that said that nothing happened.
    """
    return replace(_count(openings, recorded, records, bool(zeros)), zeros=zeros)


def _count(openings: Iterable[Opening], recorded: int, records: int, said_nothing: bool) -> Counted:
    held = tuple(sorted(set(openings), reverse=True))
    warnings = _disagreements(held)
    if not held:
        if not records and said_nothing:
            return Counted(0, Source.ZERO, recorded, records, (), ())
        if not records:
            return Counted(None, Source.NOTHING, recorded, records, (), ())
        return Counted(recorded, Source.RECORDS, recorded, records, (), ())
    if any(opening.closed for opening in held):
        return Counted(recorded, Source.RECORDS, recorded, records, held, warnings)
    if records:
        warnings += (
            f"Đang tính {held[0].named}: {show_integer(held[0].value)}. Bên cạnh đó có "
            f"{show_integer(records)} hồ sơ cho số {show_integer(recorded)}. Khi hồ sơ đã đủ, chọn "
            "“từ nay tính theo hồ sơ”.",
        )
    return Counted(held[0].value, Source.REPORT, recorded, records, held, warnings)


def _disagreements(held: tuple[Opening, ...]) -> tuple[str, ...]:
    if len({opening.value for opening in held}) <= 1:
        return ()
    told = "; ".join(f"{show_integer(opening.value)} ({opening.named})" for opening in held)
    return (f"Các nguồn khác nhau: {told}. Đang lấy văn bản có ngày gần nhất.",)
