"""Criteria sets: which are in force, the unit's own copies, and every version a sheet was made by.

A set that a sheet was made by is kept whole among the records (`criteria_version`), so that the
sheet opens years later although the shipped set has moved on. A unit's own set is such a record
too, made by `copy` and `keep`; it stays an illustration that the unit answers for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from antq_desktop.catalogue.criteria import criteria_set_of, load_criteria_sets
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.records.standards import (
    CLASSIFICATION,
    DRUGS,
    EXEMPLARY,
    MODEL_POLICE,
    RATING,
    SECURITY,
)
from antq_desktop.domain.records.standards_sheets import LONGEST_PIECE
from antq_desktop.domain.scoring.layout import adapted, digest_of, raw_of
from antq_desktop.domain.scoring.sets import CriteriaSet, Purpose, sets_in_force
from antq_desktop.services.records import Edit, Saved
from antq_desktop.services.standards.book import Book, text
from antq_desktop.services.standards.ground import Ground

KIND: Final = "criteria_version"
_STANDARD_OF: Final[Mapping[Purpose, str]] = {
    Purpose.RECOGNITION: SECURITY,
    Purpose.CLASSIFICATION: CLASSIFICATION,
    Purpose.EXEMPLARY: EXEMPLARY,
    Purpose.DRUGS: DRUGS,
    Purpose.RATING: RATING,
}


def standard_of(criteria: CriteriaSet) -> str:
    """Return the standard (code list `standard`) that a set judges."""
    if criteria.purpose is Purpose.EXEMPLARY and "commune_police" in criteria.unit_kinds:
        return MODEL_POLICE
    return _STANDARD_OF[criteria.purpose]


@dataclass(frozen=True, slots=True)
class OwnSet:
    """A set that a unit keeps.

    Attributes:
        record: Id of its record.
        criteria: The set; None when its pieces no longer fit together.
        retired: Whether new sheets are no longer made by it.
        own: Whether a unit edited it; False for a version that is only kept for its sheets.
    """

    record: str
    criteria: CriteriaSet | None
    retired: bool
    own: bool


class CriteriaSets:
    """The sets of the program and of the unit."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self._ground = ground
        self._folder = folder

    @cached_property
    def shipped(self) -> Mapping[str, CriteriaSet]:
        """The sets that came with the program, by code.

        Raises:
            EnvironmentFault: They cannot be read.
        """
        return load_criteria_sets(self._folder)

    def kept(self, book: Book) -> list[OwnSet]:
        """Return every version that is kept in the store."""
        return [held for row in book.all(KIND) if (held := self._kept(book, row.id))]

    def own(self, book: Book) -> dict[str, CriteriaSet]:
        """Return the sets that units edited and still use, by code; a later one replaces."""
        found: dict[str, CriteriaSet] = {}
        for row in sorted(book.all(KIND), key=lambda each: (text(each, "kept_on"), each.id)):
            if text(row, "code") in self.shipped or text(row, "retired_on"):
                continue
            held = self._kept(book, row.id)
            if held and held.criteria:
                found[held.criteria.code] = held.criteria
        return found

    def in_force(
        self, book: Book, unit_kind: str, day: str, purpose: Purpose | None = None
    ) -> tuple[CriteriaSet, ...]:
        """Return the sets that judge a kind of unit on a day: shipped ones, then the unit's own."""
        every = {**self.shipped, **self.own(book)}
        return sets_in_force(every.values(), unit_kind, day, purpose)

    def of(self, book: Book, code: str, digest: str = "") -> CriteriaSet:
        """Return the set of a code; with a digest exactly the version that a sheet was made by.

        Raises:
            UserError: `unknown_set`, or `set_is_another` when that version is not held here.
        """
        current = self.shipped.get(code)
        if current is not None and (not digest or digest_of(current) == digest):
            return current
        for row in book.where(KIND, "code", code):
            if not digest or text(row, "digest") == digest:
                held = self._kept(book, row.id)
                if held and held.criteria:
                    return held.criteria
        if digest and current is not None:
            message = (
                f"Không còn bản của bộ “{current.title}” mà phiếu chấm này lập theo. "
                "Nhận lại gói dữ liệu của đơn vị lập phiếu chấm."
            )
            raise UserError("set_is_another", message, "criteria_set")
        message = f"Không có bộ tiêu chí “{code[:60]}”. Chọn một bộ trong danh sách."
        raise UserError("unknown_set", message, "criteria_set")

    def copy(self, code: str, new_code: str) -> CriteriaSet:
        """Return the unit's own copy of a set, not yet kept: edit it as a value, then `keep` it.

        Raises:
            UserError: `unknown_set`, `set_code_taken`, `criteria_set_faulty`.
        """
        with self._ground.book() as book:
            found = self.of(book, code)
            if new_code in self.shipped or book.where(KIND, "code", new_code):
                message = f"Mã “{new_code}” đã dùng cho một bộ khác. Chọn mã khác."
                raise UserError("set_code_taken", message, "code")
            name = book.name(book.own)
        made = adapted(found, new_code, name, self._ground.today())
        return criteria_set_of(new_code, raw_of(made))

    def keep(self, criteria: CriteriaSet) -> Saved:
        """Keep a unit's own set; the version before it stays for its sheets and makes no new ones.

        Raises:
            UserError: `set_is_official` for a shipped set; `criteria_set_faulty` with what is
                wrong: an item that may only be a mark stays a mark, or the set is refused.
        """
        if criteria.code in self.shipped:
            message = "Bộ đi kèm chương trình thì không sửa. Sao thành bộ của đơn vị rồi sửa."
            raise UserError("set_is_official", message, "code")
        made = criteria_set_of(criteria.code, raw_of(criteria))
        with self._ground.book() as book:
            before = [
                Edit(KIND, row.id, {"retired_on": self._ground.today()})
                for row in book.where(KIND, "code", made.code)
                if row.owner == book.own
                and not text(row, "retired_on")
                and text(row, "digest") != digest_of(made)
            ]
            kept = self.keeping(book, made)
        return self._ground.records.save([*kept, *before])

    def keeping(self, book: Book, criteria: CriteriaSet) -> list[Edit]:
        """Return the edit that keeps a version, none when this unit holds it already."""
        digest = digest_of(criteria)
        values: dict[str, Value] = {
            "author": book.own,
            "code": criteria.code,
            "digest": digest,
            "title": criteria.title[:200],
            "kept_on": self._ground.today(),
        }
        edit = self._ground.records.new_edit(KIND, values)
        held = book.record(KIND, edit.id)
        if held is not None:
            return []
        content = canonical(raw_of(criteria)).decode()
        pieces = range(0, len(content), LONGEST_PIECE)
        for place, start in enumerate(pieces, 1):
            values[f"content/c{place:03}/piece"] = content[start : start + LONGEST_PIECE]
        return [Edit(KIND, edit.id, values, created=True)]

    def _kept(self, book: Book, record_id: str) -> OwnSet | None:
        record = book.record(KIND, record_id)
        if record is None:
            return None
        values = record.values()
        lines = book.lines(KIND, record_id, "content")
        content = "".join(str(lines[each].get("piece") or "") for each in sorted(lines))
        code, digest = str(values.get("code") or ""), values.get("digest")
        made: CriteriaSet | None = None
        try:
            made = criteria_set_of(code, json.loads(content))
        except (ValueError, UserError):
            made = None
        if made is not None and digest_of(made) != digest:
            made = None
        return OwnSet(record_id, made, bool(values.get("retired_on")), code not in self.shipped)
