"""The information sheet of a scheme: every field of it, its lists, and what belongs to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.composing import Rows
from antq_desktop.domain.fields import Order, RecordSpec, Value, Values
from antq_desktop.domain.record import Record
from antq_desktop.domain.shown import paper_count, paper_date
from antq_desktop.domain.text import name_sort_key, sort_key
from antq_desktop.services.paper_words import PaperWords, lines_of

# The fields in the columns of each table of the form, in their order. `tests/services` holds the
# headings of the form to the labels of these fields.
SITE_FIELDS: Final = ("name", "unit", "place", "head_name", "households", "started_on")
TEAM_FIELDS: Final = ("name", "site", "head_name", "founding_document", "founded_on")
MEMBER_FIELDS: Final = ("name", "office", "sex", "birth_year", "occupation", "team", "phone")
ACTIVITY_FIELDS: Final = (
    "held_on", "activity_kind", "title", "attendance", "minutes_number", "conclusion",
)  # fmt: skip
RESULT_FIELDS: Final = ("tips", "tips_of_value", "mediated", "educated", "weapons")
FUNDING_FIELDS: Final = ("year", "source", "asked", "granted", "spent", "document")
DOSSIER_FIELDS: Final = ("present", "document", "dated", "note")
RATING_FIELDS: Final = ("rating", "document", "dated")
STAGE_FIELDS: Final = ("on", "state", "document", "note")
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class SchemeFile:
    """A scheme with everything that belongs to it, read in one go.

    Attributes:
        spec: Declaration of the scheme.
        values: Its values.
        children: The records in force that belong to it, by kind.
        specs: All declarations.
    """

    spec: RecordSpec
    values: Values
    children: Mapping[str, Sequence[Record]]
    specs: Mapping[str, RecordSpec]

    def of(self, kind: str) -> list[dict[str, Value]]:
        """Return the values of the records of one kind that belong to it."""
        return [record.values() for record in self.children.get(kind, ())]

    def phones(self) -> list[tuple[str, str]]:
        """Return kind and id of each record whose telephone number the sheet can show."""
        return [
            ("member", record.id)
            for record in self.children.get("member", ())
            if record.values().get("phone")
        ]


def tokens_of(scheme: SchemeFile, words: PaperWords, *, private: bool) -> dict[str, str]:
    """Return the texts of the form, by token."""
    have, of = _dossier_complete(scheme.values, words.codes)
    return {
        **words.tokens(scheme.spec, scheme.values, private=private),
        "site_count": _still(scheme.of("site"), "ended_on"),
        "team_count": _still(scheme.of("team"), "ended_on"),
        "member_count": _still(scheme.of("member"), "left_on"),
        "dossier_have": paper_count(have),
        "dossier_of": paper_count(of),
    }


def tables_of(scheme: SchemeFile, words: PaperWords, *, private: bool) -> dict[str, Rows]:
    """Return the rows of the form's tables, by name."""
    return {
        "sites": _rows(scheme, words, "site", SITE_FIELDS),
        "teams": _teams(scheme, words),
        "members": _members(scheme, words, private=private),
        "activities": _rows(scheme, words, "activity", ACTIVITY_FIELDS),
        "results": _by_year(scheme, words, "results", RESULT_FIELDS),
        "funding": _lines(scheme, words, "funding", FUNDING_FIELDS),
        "dossier": _dossier(scheme, words),
        "ratings": _by_year(scheme, words, "ratings", RATING_FIELDS),
        "stages": _lines(scheme, words, "stages", STAGE_FIELDS),
    }


def _still(records: Sequence[Values], ends: str) -> str:
    return paper_count(sum(1 for values in records if not values.get(ends)))


def _rows(scheme: SchemeFile, words: PaperWords, kind: str, names: Sequence[str]) -> Rows:
    spec = scheme.specs[kind]
    fields = [spec.field(name) for name in names]
    return [words.row(fields, record.values()) for record in _in_order(scheme, kind)]


def _in_order(scheme: SchemeFile, kind: str) -> list[Record]:
    """Return what belongs to the scheme: things by name with numbers as numbers, events by day."""
    held = scheme.children.get(kind, ())
    spec = scheme.specs[kind]

    def order(record: Record) -> str:
        value = str(record.values().get(spec.order_by) or "")
        if spec.order is Order.NEWEST_FIRST:
            return value
        return sort_key(_DIGITS.sub(lambda found: found[0].zfill(8), value))

    return sorted(held, key=order)


def _teams(scheme: SchemeFile, words: PaperWords) -> Rows:
    spec = scheme.specs["team"]
    fields = [spec.field(name) for name in TEAM_FIELDS]
    members = Counter(
        values.get("team") for values in scheme.of("member") if not values.get("left_on")
    )
    return [
        (*words.row(fields, record.values()), paper_count(members[record.id]))
        for record in _in_order(scheme, "team")
    ]


def _members(scheme: SchemeFile, words: PaperWords, *, private: bool) -> Rows:
    """Return the members: those who still are first, by office, then by given name."""
    spec = scheme.specs["member"]
    fields = [spec.field(name) for name in MEMBER_FIELDS]
    offices = [value.id for value in words.codes["member_office"].values]
    place = {office: number for number, office in enumerate(offices)}

    def order(values: Values) -> tuple[bool, int, str]:
        rank = place.get(str(values.get("office")), len(place))
        return bool(values.get("left_on")), rank, name_sort_key(str(values.get("name") or ""))

    rows: list[tuple[str, ...]] = []
    for values in sorted(scheme.of("member"), key=order):
        left = values.get("left_on")
        remark = f"Thôi tham gia {paper_date(str(left))}" if left else ""
        rows.append((*words.row(fields, values, private=private), remark))
    return rows


def _lines(scheme: SchemeFile, words: PaperWords, name: str, names: Sequence[str]) -> Rows:
    """Return the lines of a list in the order of their first column, years and days upward."""
    spec = scheme.spec.line(name)
    fields = [spec.field(field) for field in names]
    lines = lines_of(scheme.values, name).values()
    first = names[0]
    ordered = sorted(lines, key=lambda line: str(line.get(first) or ""))
    return [words.row(fields, line) for line in ordered]


def _by_year(scheme: SchemeFile, words: PaperWords, name: str, names: Sequence[str]) -> Rows:
    spec = scheme.spec.line(name)
    fields = [spec.field(field) for field in names]
    lines = lines_of(scheme.values, name)
    return [(year, *words.row(fields, lines[year])) for year in sorted(lines)]


def _dossier(scheme: SchemeFile, words: PaperWords) -> Rows:
    """Return the checklist whole: what is missing stands there too."""
    spec = scheme.spec.line("dossier")
    fields = [spec.field(field) for field in DOSSIER_FIELDS]
    lines = lines_of(scheme.values, "dossier")
    listed = [
        (item.label, *words.row(fields, lines.get(item.id, {})))
        for item in words.codes[spec.ids_from].values
        if not item.retired or item.id in lines
    ]
    known = {item.id for item in words.codes[spec.ids_from].values}
    unknown = [
        (words.codes.label(spec.ids_from, line), *words.row(fields, lines[line]))
        for line in sorted(lines.keys() - known)
    ]
    return [*listed, *unknown]


def _dossier_complete(values: Values, codes: Codes) -> tuple[int, int]:
    """Return how many of the items that must be there are there."""
    required = [item.id for item in codes["dossier_item"].values if item.required]
    lines = lines_of(values, "dossier")
    have = sum(1 for item in required if lines.get(item, {}).get("present") is True)
    return have, len(required)
