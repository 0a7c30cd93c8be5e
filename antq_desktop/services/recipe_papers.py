"""Papers filled by their recipes: the values of one record, and tables of other records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.composing import Rows
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Value, Values
from antq_desktop.domain.figures import measure_of
from antq_desktop.domain.periods import Period, calendar_period
from antq_desktop.domain.shown import paper_count, paper_date
from antq_desktop.domain.text import name_sort_key, sort_key
from antq_desktop.services.issuers import lowered
from antq_desktop.services.issuing import COMMITTEE, GOVERNMENT, POLICE, Issuing
from antq_desktop.services.paper_asked import Asked, Filled
from antq_desktop.services.paper_kinds import NEEDS, RECORD_KINDS, Needs
from antq_desktop.services.paper_recipes import FILES, RECIPES, Source
from antq_desktop.services.paper_words import PaperWords, capital, lines_of
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

_BLANKS: Final = {"blank_3": (3, 3), "blank_5": (5, 4)}  # rows and columns to fill in by hand
_DIGITS: Final = re.compile(r"\d+")
_MOST_GROUNDS: Final = 12
_WITH_FILES: Final = frozenset({"archive_list", "handing_over"})


@dataclass(frozen=True, slots=True)
class _About:
    """What a paper is of: its record with the values, and its period."""

    spec: RecordSpec | None
    record: str
    values: Values
    period: Period

    @property
    def year(self) -> int:
        held = self.values.get("year")
        return held if isinstance(held, int) else int(self.period.until[:4])


class RecipePapers:
    """Fills every paper that has a recipe."""

    def __init__(
        self,
        store: Store,
        words: Callable[[], PaperWords],
        issuing: Issuing,
        day: Callable[[], str],
    ) -> None:
        """Take the store, what writes values, which body issues what, and the day of today."""
        self._store = store
        self._words = words
        self._issuing = issuing
        self._day = day

    def filled(self, code: str, asked: Asked) -> Filled:
        """Fill one paper.

        Raises:
            UserError: `no_such_record`, `wrong_kind_of_record`.
        """
        words = self._words()
        with self._store.reading() as reader:
            about = self._about(reader, code, asked, words)
            tokens = {**self.bodies(code), **_of_period(about)}
            if about.spec is not None:
                tokens |= _of_record(about.spec, about.values, words)
                tokens |= _of_file(about.spec, about, words)
            tables: dict[str, Rows] = {
                name: [("",) * columns] * rows for name, (rows, columns) in _BLANKS.items()
            }
            for name, source in RECIPES[code].items():
                rows, sums = self._table(reader, source, about, words)
                tables[name] = rows
                tokens[f"{name}_count"] = paper_count(len(rows))
                tokens |= {f"{name}_{field}": told for field, told in sums.items()}
            if code in _WITH_FILES:
                tables["files"] = self._files(reader, about.period, archive=code == "archive_list")
                tokens["files_count"] = paper_count(len(tables["files"]))
            if code == "year_plan":
                tokens["grounds"] = self._grounds(reader, about.period, words)
            if about.spec is not None and about.spec.kind == "commendation":
                tokens["submitted_to"] = str(about.values.get("issuer") or "")
        concerns = (about.spec.kind, about.record) if about.spec else ("", "")
        return Filled(tokens, tables, concerns)

    # what the paper is of

    def _about(self, reader: Reader, code: str, asked: Asked, words: PaperWords) -> _About:
        period = asked.period or calendar_period(self._day()[:4])
        if NEEDS[code] is not Needs.RECORD:
            return _About(None, "", {}, period)
        kind = reader.kind_of(asked.record_id)
        record = reader.record(kind, asked.record_id) if kind else None
        if record is None:
            message = f"Không có hồ sơ mang mã {asked.record_id}. Tìm lại trong danh sách."
            raise UserError("no_such_record", message, "record")
        wanted = RECORD_KINDS.get(code, "")
        if wanted and record.kind != wanted:
            label = self._store.specs[wanted].label
            message = f"Biểu mẫu này in từ {label}. Chọn {label} rồi in."
            raise UserError("wrong_kind_of_record", message, "record")
        spec, values = self._store.specs[record.kind], record.values()
        words.learn_references(reader, spec, [values])
        words.learn(reader, spec.kind, [record.id])
        return _About(spec, record.id, values, _own_period(values) or period)

    def asked_member(self, asked: Asked, tokens: Mapping[str, str], rows: Rows) -> Filled:
        """Fill the slip that asks one member of the committee.

        Raises:
            UserError: `no_such_record`, `wrong_kind_of_record`.
        """
        words = self._words()
        with self._store.reading() as reader:
            about = self._about(reader, "opinion_slip", asked, words)
        held = _of_record(about.spec, about.values, words) if about.spec else {}
        return Filled({**tokens, **held}, {"units": rows}, ("committee_member", about.record))

    def bodies(self, code: str) -> dict[str, str]:
        """Return how a paper names the bodies it speaks of."""
        body = {each: self._issuing.body(each) for each in (COMMITTEE, GOVERNMENT, POLICE)}
        issuer = self._issuing.body(self._issuing.of_form(code)).issuer
        return {
            "committee_name": body[COMMITTEE].name,
            "government_name": body[GOVERNMENT].name,
            "government_upper": body[GOVERNMENT].name.upper(),
            "police_name": body[POLICE].name,
            "superior_name": issuer.superior,
            "kept": f"Lưu: VT, {issuer.sign}".rstrip(", "),
        }

    # tables

    def _table(
        self, reader: Reader, source: Source, about: _About, words: PaperWords
    ) -> tuple[Rows, dict[str, str]]:
        if source.lines:
            return _lines(source, about, words), {}
        spec = self._store.specs[source.kind]
        held = list(self._held(reader, spec, source, about))
        words.learn_references(reader, spec, held)
        order = [spec.field(name) for name in source.order or (source.day or source.fields[0],)]
        held.sort(key=lambda values: [_order(field, values, words) for field in order])
        fields = [spec.field(name) for name in source.fields]
        rows: Rows = [
            (*_row(spec, fields, values, words), *("",) * source.after) for values in held
        ]
        return rows, _sums(spec, source, held, words)

    def _held(
        self, reader: Reader, spec: RecordSpec, source: Source, about: _About
    ) -> Iterator[dict[str, Value]]:
        names = tuple(name for name in dict.fromkeys(source.asks) if name)
        for each in values_of(reader.connection, spec, names):
            if _belongs(source, each.values, about):
                yield each.values

    def _files(self, reader: Reader, period: Period, *, archive: bool) -> Rows:
        """Return the files that a period left: what they are, from when to when, how many."""
        rows: list[Sequence[str]] = []
        for kind, day, title in FILES:
            spec = self._store.specs[kind]
            days = sorted(
                told
                for each in values_of(reader.connection, spec, (day,))
                if period.holds(told := str(each.values.get(day) or ""))
            )
            if not days:
                continue
            shown = (title, paper_date(days[0]), paper_date(days[-1]), paper_count(len(days)))
            rows.append(("", "", *shown, "", "") if archive else (*shown, ""))
        return rows

    def _grounds(self, reader: Reader, period: Period, words: PaperWords) -> str:
        """Return what a plan carries out: the papers from above that came in its period."""
        spec = self._store.specs["document"]
        names = ("number", "dated", "document_kind", "issuer", "title", "direction", "ended_on")
        held = [
            each.values
            for each in values_of(reader.connection, spec, names)
            if each.values.get("direction") == "incoming"
            and each.values.get("document_kind") in {"plan", "directive", "resolution", "guidance"}
            and period.holds(str(each.values.get("dated") or ""))
        ]
        held.sort(key=lambda values: str(values.get("dated")))
        return "\n".join(
            f"Thực hiện {words.text(spec.field('document_kind'), values['document_kind'])} số "
            f"{values.get('number') or '……'} ngày {paper_date(str(values['dated']))}"
            + (f" của {values['issuer']}" if values.get("issuer") else "")
            for values in held[:_MOST_GROUNDS]
        )


def _of_period(about: _About) -> dict[str, str]:
    period = about.period
    return {
        "period": period.label,
        "period_heading": capital(period.label),
        "year": str(about.year),
        "began": paper_date(period.since),
        "ended": paper_date(period.until),
    }


def _of_file(spec: RecordSpec, about: _About, words: PaperWords) -> dict[str, str]:
    """Return what a cover says of the record that is kept in it."""
    days = sorted(
        str(about.values[field.name])
        for field in spec.fields
        if field.kind is FieldKind.DATE and about.values.get(field.name)
    )
    named = about.values.get("name") or about.values.get("title")
    return {
        "file_title": str(named) if named else words.name_of(about.record),
        "file_kind": capital(spec.label),
        "began": paper_date(days[0]) if days else "",
        "ended": "",
    }


def _of_record(spec: RecordSpec, values: Values, words: PaperWords) -> dict[str, str]:
    """Return a token for each field of the record, and units as they stand inside a sentence."""
    told = words.tokens(spec, values, private=False)
    tokens = {f"record_{name}": text for name, text in told.items()}
    inside = {
        f"record_{field.name}_in": lowered(told[field.name])
        for field in spec.fields
        if field.kind is FieldKind.REFERENCE
    }
    if "award" in told:
        inside["record_award_in"] = told["award"][:1].lower() + told["award"][1:]
    return {**tokens, **inside}


def _own_period(values: Values) -> Period | None:
    """Return the days that a record is about itself, as a campaign is."""
    since, until = values.get("began_on"), values.get("ended_on")
    if not isinstance(since, str) or not isinstance(until, str) or "title" not in values:
        return None
    label = f"từ {paper_date(since)} đến {paper_date(until)}"
    return Period(f"{since}..{until}", since, until, label)


def _lines(source: Source, about: _About, words: PaperWords) -> Rows:
    """Return the lines of a list; those named by a year bear it in front."""
    if about.spec is None:
        return []
    spec = about.spec.line(source.lines)
    fields = [spec.field(name) for name in source.fields]
    held = lines_of(about.values, source.lines)
    if spec.ids_from:
        return [(name, *words.row(fields, held[name])) for name in sorted(held)]
    first = source.fields[0]
    ordered = sorted(held.values(), key=lambda line: str(line.get(first) or ""))
    return [words.row(fields, line) for line in ordered]


def _belongs(source: Source, values: Mapping[str, Value], about: _About) -> bool:
    day = str(values.get(source.day) or "") if source.day else ""
    ended = str(values.get(source.ended) or "") if source.ended else ""
    began = str(values.get(source.began) or "") if source.began else ""
    last = about.period.until
    return (
        (not source.points or values.get(source.points) == about.record)
        and (not source.day or about.period.holds(day))
        and (not ended or (bool(source.began) and ended > last))
        and began <= last
        and (not source.yearly or values.get("year") == about.year)
        and all(values.get(name) in allowed for name, allowed in source.only.items())
        and all(values.get(name) not in barred for name, barred in source.but.items())
    )


def _row(
    spec: RecordSpec, fields: Sequence[FieldSpec], values: Mapping[str, Value], words: PaperWords
) -> tuple[str, ...]:
    cells = words.row(fields, values)
    if spec.kind == "target":
        return (_measure(str(values.get("measure") or "")), *cells[1:])
    return cells


def _measure(code: str) -> str:
    try:
        return measure_of(code).label
    except UserError:
        return code


def _sums(
    spec: RecordSpec, source: Source, held: Sequence[Values], words: PaperWords
) -> dict[str, str]:
    """Return the sums of the numbers of a table, each as its field is written."""
    found = {}
    for name in (*source.fields, *source.adds):
        field = spec.field(name)
        if field.kind not in {FieldKind.INTEGER, FieldKind.MONEY} or field.is_year:
            continue
        numbers = [value for each in held if isinstance(value := each.get(name), int)]
        found[name] = words.text(field, sum(numbers))
    return found


def _order(field: FieldSpec, values: Values, words: PaperWords) -> tuple[bool, str]:
    """Return what sorts a row by one field; rows without it come last."""
    value = values.get(field.name)
    if value is None:
        return True, ""
    if field.kind is FieldKind.CHOICE:
        known = [each.id for each in words.codes[field.codes].values]
        place = known.index(str(value)) if value in known else len(known)
        return False, f"{place:04}"
    text = words.text(field, value) if field.kind is FieldKind.REFERENCE else str(value)
    if field.label == "Họ và tên":
        return False, name_sort_key(text)
    return False, sort_key(_DIGITS.sub(lambda found: found[0].zfill(8), text))
