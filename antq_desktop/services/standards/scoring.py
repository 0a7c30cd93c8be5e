"""A sheet being worked on: what was changed and not saved, its result at once, one save for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.checks import CHECKS
from antq_desktop.domain.scoring.checks.check import Input, InputKind
from antq_desktop.domain.scoring.points import points_of, points_text
from antq_desktop.domain.scoring.sheets import (
    NOTHING,
    Answer,
    Given,
    Mark,
    Override,
    Paper,
    Seen,
    Sheet,
)
from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.services.records import Edit, Saved
from antq_desktop.services.standards.binding import (
    APPRAISAL,
    SHEET,
    Evidence,
    evidence_changes,
    given_values,
    line_edit,
    marked,
)
from antq_desktop.services.standards.refusing import (
    item_of,
    mark_only,
    refuse_silent_differences,
    refuse_typed,
    writable,
)

if TYPE_CHECKING:
    from antq_desktop.domain.fields import Value
    from antq_desktop.services.lists import Lists
    from antq_desktop.services.standards.ground import Ground
    from antq_desktop.services.standards.looking import OpenSheet
    from antq_desktop.services.standards.sheets import Sheets

# What may stand behind an item; of persons nothing.
EVIDENCE_KINDS: Final = (
    "document", "scheme", "incident", "session", "publication", "commitment", "activity",
    "meeting", "festival", "campaign_result", "programme_activity", "clearance", "arrest",
    "mediation", "surrender", "joint_work", "commendation", "protection_team", "team_rating",
    "team_training", "patrol", "inspection", "hotspot", "funding", "managed_count", "unit_year",
    "registration", "attachment",
)  # fmt: skip
_MOST_ROWS: Final = 12
_DEEPEST: Final = 4  # an attachment of an activity of a scheme


@dataclass
class SheetChanges:
    """What was changed of a sheet and not saved, by item.

    Attributes:
        own: The unit's own answers.
        marks: Answers by one mark.
        overrides: A person's answer in place of a computed one; None takes it back.
        settled: Why what is met only provisionally is accepted.
        added: Records linked behind an item.
        removed: Ids of records that no longer stand behind it.
        appraised: What this unit's appraisal gives.
        differences: Why the appraisal differs.
    """

    own: dict[str, Given] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    overrides: dict[str, Override | None] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    added: dict[str, dict[str, Evidence]] = field(default_factory=dict)
    removed: dict[str, set[str]] = field(default_factory=dict)
    appraised: dict[str, Given] = field(default_factory=dict)
    differences: dict[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether anything was changed."""
        return any((self.own, self.marks, self.overrides, self.settled, self.added, self.removed,
                    self.appraised, self.differences))  # fmt: skip

    def applied(self, sheet: Sheet) -> Sheet:
        """Return a sheet as it would be after a save."""
        touched = {*self.own, *self.overrides, *self.appraised, *self.differences}
        for item in touched:
            line = sheet.line(item)
            override = self.overrides.get(item, line.override)
            sheet = sheet.with_line(
                replace(
                    line,
                    own=self.own.get(item, line.own),
                    appraised=self.appraised.get(item, line.appraised),
                    difference=self.differences.get(item, line.difference),
                    override=override,
                )
            )
        if self.marks:
            kept = tuple(mark for mark in sheet.marks if mark.item not in self.marks)
            sheet = replace(sheet, marks=(*kept, *self.marks.values()), told={})
        return sheet

    def evidence(self, held: OpenSheet, item: str) -> tuple[Evidence, ...]:
        """Return what stands behind an item after a save."""
        gone = self.removed.get(item, set())
        before = [e for e in held.stored.evidence.get(item, ()) if e.record not in gone]
        return (*before, *self.added.get(item, {}).values())

    def settled_reason(self, held: OpenSheet, item: str) -> str:
        """Return why a provisional item is accepted, after a save."""
        return self.settled.get(item, held.stored.settled.get(item, ""))

    def to_json(self) -> dict[str, Json]:
        """Return it as a draft keeps it."""
        return {
            "own": {item: _given_json(given) for item, given in self.own.items()},
            "marks": {
                item: [mark.answer.value, *_paper(mark)] for item, mark in self.marks.items()
            },
            "overrides": {
                item: [each.answer.value, each.reason] if each else None
                for item, each in self.overrides.items()
            },
            "settled": dict(self.settled),
            "added": {
                item: [[e.kind, e.record, e.title] for e in found.values()]
                for item, found in self.added.items()
            },
            "removed": {item: sorted(gone) for item, gone in self.removed.items()},
            "appraised": {item: _given_json(given) for item, given in self.appraised.items()},
            "differences": dict(self.differences),
        }

    @classmethod
    def from_json(cls, held: Mapping[str, Json]) -> SheetChanges:
        """Read what `to_json` wrote; what is strange is left out."""
        made = cls()
        for item, value in _entries(held, "own"):
            made.own[item] = _given_of(value)
        for item, value in _entries(held, "appraised"):
            made.appraised[item] = _given_of(value)
        for item, value in _entries(held, "marks"):
            answer, *paper = [str(each) for each in _listed(value)] or [""]
            told = Paper(*paper[:3]) if len(paper) == 3 and any(paper) else None
            made.marks[item] = Mark(item, Answer(answer), told)
        for item, value in _entries(held, "overrides"):
            pair = [str(each) for each in _listed(value)]
            made.overrides[item] = Override(Answer(pair[0]), pair[1]) if len(pair) == 2 else None
        for item, value in _entries(held, "added"):
            links = [[str(part) for part in _listed(each)] for each in _listed(value)]
            made.added[item] = {one[1]: Evidence(*one) for one in links if len(one) == 3}
        for item, value in _entries(held, "removed"):
            made.removed[item] = {str(each) for each in _listed(value)}
        made.settled = {item: str(value) for item, value in _entries(held, "settled")}
        made.differences = {item: str(value) for item, value in _entries(held, "differences")}
        return made


def save(ground: Ground, sheets: Sheets, sheet: str, changes: SheetChanges) -> Saved:
    """Save everything that was changed of a sheet, its own side and the appraisal, as one action.

    Raises:
        UserError: As the verbs of `Sheets`: `mark_only`, `typed_over_computed`,
            `override_without_reason`, `reason_missing`, `difference_without_reason`,
            `sheet_closed`; nothing was saved.
    """
    with ground.book() as book:
        held = sheets.looking(book).open(sheet)
        edits = [*_header(held, changes), *_lines(held, changes)]
        if edits:
            writable(held)
        if changes.appraised or changes.differences:
            day = ground.today()
            for item, given, reason in _appraisals(held, changes):
                values: dict[str, Value] = {
                    "score_sheet": sheet,
                    "item": item,
                    "author": book.own,
                    "unit": str(held.stored.values.get("unit") or "") or None,
                    "appraised_on": day,
                    "difference": reason or None,
                    **given_values(given),
                }
                edit = ground.records.new_edit(APPRAISAL, values)
                known = book.record(APPRAISAL, edit.id) is not None
                edits.append(Edit(APPRAISAL, edit.id, values, created=not known))
    if not edits:
        return Saved("Không có gì thay đổi nên không lưu.", 0, ())
    return ground.records.save(edits)


def _header(held: OpenSheet, changes: SheetChanges) -> Iterator[Edit]:
    if changes.marks:
        for item in changes.marks:
            if not item_of(held, item).mark_only:
                message = "Tiêu chí này không trả lời bằng một dấu. Đánh giá ở dòng của tiêu chí."
                raise UserError("mark_for_another_item", message, item)
        yield Edit(SHEET, held.id, marked(held.criteria, held.stored, changes.marks.values()))


def _lines(held: OpenSheet, changes: SheetChanges) -> Iterator[Edit]:
    touched = {*changes.own, *changes.overrides, *changes.settled, *changes.added,
               *changes.removed}  # fmt: skip
    for item_id in sorted(touched):
        item = item_of(held, item_id)
        if item.mark_only:
            raise mark_only(item_id)
        values: dict[str, Value] = {}
        if item_id in changes.own:
            refuse_typed(item, changes.own[item_id])
            values |= given_values(changes.own[item_id])
        if item_id in changes.overrides:
            override = changes.overrides[item_id]
            if override and not override.reason.strip():
                message = "Ghi đè kết quả tính thì phải có lý do; lý do được in. Nhập lý do."
                raise UserError("override_without_reason", message, item_id)
            values["override"] = override.answer.value if override else None
            values["override_reason"] = override.reason.strip() if override else None
        if item_id in changes.settled:
            values["settled_reason"] = changes.settled[item_id].strip() or None
        if item_id in changes.added or item_id in changes.removed:
            values |= evidence_changes(
                changes.added.get(item_id, {}).values(), changes.removed.get(item_id, set())
            )
        yield line_edit(held.stored, held.id, item_id, values)


def _appraisals(held: OpenSheet, changes: SheetChanges) -> Iterator[tuple[str, Given, str]]:
    stored = held.stored.sheet
    own = changes.applied(stored)
    given: dict[str, Given] = {}
    reasons: dict[str, str] = {}
    for item in {*changes.appraised, *changes.differences}:
        if item_of(held, item).mark_only:
            raise mark_only(item)
        line = stored.line(item)
        given[item] = changes.appraised.get(item, line.appraised)
        reasons[item] = changes.differences.get(item, line.difference).strip()
        if given[item] == NOTHING:
            reasons[item] = ""
    refuse_silent_differences(replace(held, stored=replace(held.stored, sheet=own)), given, reasons)
    for item in sorted(given):
        yield item, given[item], reasons[item]


def seen_lines(seen: Seen) -> list[str]:
    """Return what a check saw, line by line, in words."""
    check = CHECKS.get(seen.check)
    if check is None:
        return []
    lines = []
    for each in check.inputs:
        value = seen.inputs.get(each.name)
        if each.kind is InputKind.ROWS:
            rows = _listed(value)
            lines.append(f"{each.label}: {show_integer(len(rows))}")
            lines += [f"  · {_row(each, row)}" for row in rows[:_MOST_ROWS]]
            if len(rows) > _MOST_ROWS:
                lines.append(f"  · và {show_integer(len(rows) - _MOST_ROWS)} dòng nữa")
        else:
            lines.append(f"{each.label}: {_value(each, value)}")
    return lines


def records_seen(seen: Seen) -> list[tuple[str, str]]:
    """Return the records that a check looked at, as kind and id, where its rows name them."""
    kinds = {"incident": "incident", "scheme": "scheme", "team": "protection_team",
             "document": "document"}  # fmt: skip
    found: list[tuple[str, str]] = []
    for value in seen.inputs.values():
        for row in _listed(value):
            if isinstance(row, Mapping):
                found += [(kind, str(row[name])) for name, kind in kinds.items() if row.get(name)]
    return list(dict.fromkeys(found))


def place_of(lists: Lists, kind: str, record: str) -> tuple[str, str]:
    """Return the record in whose editor a record is seen: itself, or what it belongs to.

    Raises:
        UserError: `no_such_record`.
    """
    for _ in range(_DEEPEST):
        parent = lists.specs[kind].parent
        if not parent:
            break
        above = str(lists.show(kind, record).values.get(parent) or "")
        if not above:
            break
        kind, record = lists.find(above)
    return kind, record


def _row(rows: Input, row: Json) -> str:
    if not isinstance(row, Mapping):
        return ""
    shown = (c for c in rows.columns if c.kind is not InputKind.TEXT or not _is_id(row.get(c.name)))
    return ", ".join(f"{c.label[:1].lower()}{c.label[1:]}: {_value(c, row.get(c.name))}"
                     for c in shown)  # fmt: skip


def _is_id(value: Json) -> bool:
    return isinstance(value, str) and len(value) >= 20 and " " not in value


def _value(each: Input, value: Json) -> str:
    if value is None:
        return "chưa rõ"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int):
        return str(value) if each.name == "year" else show_integer(value)
    return show_date(str(value)) if each.kind is InputKind.DAY else str(value)


def _paper(mark: Mark) -> list[str]:
    paper = mark.paper or Paper("", "", "")
    return [paper.number, paper.day, paper.issuer]


def _given_json(given: Given) -> list[Json]:
    return [given.answer.value, points_text(given.points) if given.points is not None else "",
            given.reason]  # fmt: skip


def _given_of(value: Json) -> Given:
    parts = [str(each) for each in _listed(value)]
    if len(parts) != 3:
        return NOTHING
    return Given(Answer(parts[0]), points_of(parts[1]) if parts[1] else None, parts[2])


def _listed(value: Json) -> Sequence[Json]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _entries(held: Mapping[str, Json], name: str) -> Iterable[tuple[str, Json]]:
    part = held.get(name)
    return part.items() if isinstance(part, Mapping) else ()
