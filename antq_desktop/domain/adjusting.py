"""A number that the unit above put in the place of a reported one, and for how long it stands.

A wrong figure is confirmed by telephone long before it is put right below. The adjustment keeps the
reported number that it corrects and stands for it as long as the records still say exactly that.
So it lapses by itself once they say anything else, in whatever order bundles come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.shown import paper_date, show_integer

if TYPE_CHECKING:
    from antq_desktop.domain.opening import Counted

KIND: Final = "adjustment"


@dataclass(frozen=True, slots=True, order=True)
class Adjustment:
    """What stands in for a reported number, why, and who confirmed it.

    Attributes:
        confirmed_on: When it was confirmed, `YYYY-MM-DD`.
        record: Id of the record that holds it.
        reported: The number that it corrects.
        value: The number that is used instead.
        reason: Why.
        confirmed_by: Who confirmed it.
    """

    confirmed_on: str
    record: str
    reported: int
    value: int
    reason: str
    confirmed_by: str

    @property
    def told(self) -> str:
        """One sentence for whoever reads the figure."""
        return (
            f"Điều chỉnh {show_integer(self.reported)} thành {show_integer(self.value)}: "
            f"{self.reason.rstrip('.')} ({self.confirmed_by} xác nhận ngày "
            f"{paper_date(self.confirmed_on)})."
        )


def adjusted(counted: Counted, adjustments: Iterable[Adjustment]) -> Counted:
    """Return what counts once adjustments are looked at; a lapsed one is told beside it.

    Several may speak of one figure, from devices that did not know of each other: of those that
    correct the number that stands, the one confirmed last is used.
    """
    held = sorted(adjustments)
    if not held:
        return counted
    standing = [each for each in held if each.reported == (counted.value or 0)]
    if not standing:
        return replace(counted, lapsed=held[-1])
    used = standing[-1]
    return replace(counted, value=used.value, adjustment=used, reported=counted.value)
