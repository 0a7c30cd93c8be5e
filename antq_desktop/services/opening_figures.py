"""Numbers of reports: many entered at once from one report, and closed when records count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from antq_desktop.domain.clock import VIETNAM, Clock
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.figures import measure_of
from antq_desktop.domain.opening import KIND
from antq_desktop.domain.period_names import read_period
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.entering import Entering
from antq_desktop.services.identities import common_id
from antq_desktop.services.lists import Lists
from antq_desktop.services.records import Edit, Records, Saved
from antq_desktop.services.reports import Reports

TAKEN_BACK: Final = "Bỏ số liệu đã nhập"


@dataclass(frozen=True, slots=True)
class Source:
    """Where numbers are taken from.

    Attributes:
        document: Number and sign of the report.
        unit: Id of the unit that the numbers are about.
        period: As typed or as stored.
        dated: Day of the report, as typed or as stored; may be empty.
        issuer: Who issued it; may be empty.
    """

    document: str
    unit: str
    period: str
    dated: str = ""
    issuer: str = ""


class OpeningFigures:
    """The officer's hand on numbers of reports."""

    def __init__(
        self, records: Records, lists: Lists, entering: Entering, reports: Reports, clock: Clock
    ) -> None:
        """Take what records are read and saved by."""
        self._records = records
        self._lists = lists
        self._entering = entering
        self._reports = reports
        self._clock = clock

    def held(self, source: Source) -> dict[str, int]:
        """Return what was entered from a report for its unit and period, by measure."""
        wanted = self._about(source)
        keys = ("document", "unit", "period")
        found: dict[str, int] = {}
        for record in self._lists.every(KIND):
            values = record.values()
            number = values.get("value")
            same = all(values.get(name) == wanted[name] for name in keys)
            if same and record.standing().reason is None and isinstance(number, int):
                found[str(values["measure"])] = number
        return found

    def enter(self, source: Source, values: Mapping[str, int | None]) -> Saved:
        """Save the numbers of one report as one action, by measure.

        A number that was entered before from the same report is set right; None takes it back.

        Raises:
            UserError: `nothing_entered`, what is wrong with the source, or `invalid` with every
                fault, each at `code of the measure` or at the field of the source.
        """
        about = self._about(source)
        spec = self._lists.specs[KIND]
        standing = {each.id: each.standing().reason for each in self._lists.every(KIND)}
        edits: list[Edit] = []
        for code, value in values.items():
            record_id = common_id(spec, {**about, "measure": measure_of(code).code})
            known = record_id in standing
            in_force = known and standing[record_id] is None
            if value is not None:
                again: dict[str, Value] = {VOID: None} if known and not in_force else {}
                changes = {**about, "measure": code, "value": value, **again}
                edits.append(Edit(KIND, record_id, changes, created=not known))
            elif in_force:
                edits.append(Edit(KIND, record_id, {VOID: TAKEN_BACK}))
        if not edits:
            message = "Chưa nhập số liệu nào. Nhập số vào cột “Số liệu” rồi lưu."
            raise UserError("nothing_entered", message, "value")
        saved = self._records.save(edits)
        if not saved.seq:
            return saved
        count = show_integer(len(edits))
        return replace(saved, sentence=f"Đã lưu {count} số liệu theo báo cáo số {source.document}.")

    def close(self, code: str, unit: str, period: Period) -> Saved:
        """Let records count from now on for a measure, unit and period; one action, undone as one.

        Raises:
            UserError: `nothing_to_close`: no report of this unit's own that is open.
        """
        today = self._clock.now().astimezone(VIETNAM).date().isoformat()
        wanted: dict[str, Value] = {"closed": True, "closed_on": today}
        return self._turn(code, unit, period, wanted, "Từ nay tính theo hồ sơ")

    def reopen(self, code: str, unit: str, period: Period) -> Saved:
        """Let the report count again.

        Raises:
            UserError: `nothing_to_close`: no report of this unit's own that was closed.
        """
        wanted: dict[str, Value] = {"closed": None, "closed_on": None}
        return self._turn(code, unit, period, wanted, "Tính lại theo báo cáo")

    def _turn(
        self, code: str, unit: str, period: Period, wanted: Mapping[str, Value], told: str
    ) -> Saved:
        closes = wanted["closed"] is True
        held = self._reports.openings(code, period).get(unit, ())
        own = [each for each in held if each.owner == self._reports.unit]
        edits = [Edit(KIND, each.record, wanted) for each in own if each.closed is not closes]
        if not edits:
            message = (
                "Số liệu này do đơn vị khác ghi. Đơn vị đó chuyển sang tính theo hồ sơ."
                if held and not own
                else "Không có số liệu theo báo cáo để chuyển cho chỉ tiêu, đơn vị, kỳ này."
            )
            raise UserError("nothing_to_close", message)
        saved = self._records.save(edits)
        label = measure_of(code).label
        return replace(saved, sentence=f"{told}: {label}, {period.label}.")

    def _about(self, source: Source) -> dict[str, Value]:
        spec = self._lists.specs[KIND]
        faults: list[Fault] = []
        found: dict[str, Value] = {}
        for name in ("document", "unit", "period", "dated", "issuer"):
            field = spec.field(name)
            try:
                found[name] = self._entering.value(field, getattr(source, name).strip())
            except UserError as fault:
                faults.extend(fault.faults)
                continue
            if found[name] is None and field.required:
                message = f"Chưa có {field.label[:1].lower()}{field.label[1:]}. Nhập mục này."
                faults.append(Fault("required", message, name))
        if faults:
            first = faults[0]
            raise UserError(first.code, first.message, first.field, faults)
        found["period"] = read_period(str(found["period"]))
        return {name: value for name, value in found.items() if value is not None}
