"""Papers of everyday work: meetings, letters that remind, the register of documents, slips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.checking import lowered as lowered_label
from antq_desktop.domain.composing import Rows
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import RecordSpec, Value, Values
from antq_desktop.domain.papers import document_number
from antq_desktop.domain.periods import Period, first_day
from antq_desktop.domain.shown import paper_date, paper_date_in_words
from antq_desktop.services.issuers import lowered, police_of
from antq_desktop.services.paper_asked import Asked, Filled
from antq_desktop.services.paper_words import PaperWords, capital
from antq_desktop.services.unit_sheet_lines import Ask
from antq_desktop.storage import settings
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.services.unit_sheet import UnitSheets
    from antq_desktop.storage.queries import Reader

NEIGHBOURHOOD: Final = "neighbourhood"
# What a neighbourhood is asked for each year, in the order of the slip.
SLIP_KINDS: Final = (
    "unit", "unit_year", "registration", "commitment", "session", "festival", "mass_team",
    "camera_site",
)  # fmt: skip
_LEAST_PLACES, _MOST_PLACES = 15, 300
_OUT: Final = ("number", "dated", "document_kind", "title", "addressee")
_IN: Final = (
    "arrival_number", "arrived_on", "number", "dated", "issuer", "title", "deadline",
)  # fmt: skip


class WorkPapers:
    """Fills the forms of papers of everyday work."""

    def __init__(
        self,
        store: Store,
        words: Callable[[], PaperWords],
        sheets: Callable[[], UnitSheets],
    ) -> None:
        """Take the store, what writes values, and what knows the lines of sheets by unit."""
        self._store = store
        self._words = words
        self._sheets = sheets

    def meeting(self, asked: Asked) -> Filled:
        """Fill minutes, invitation or list of those present from a meeting.

        Raises:
            UserError: `no_such_record`.
        """
        words = self._words()
        with self._store.reading() as reader:
            spec, values = self._record(reader, "meeting", asked.record_id, words)
            tasks = self._tasks(reader, asked.record_id)
        held = words.tokens(spec, values, private=False)
        attendance = values.get("attendance")
        count = attendance if isinstance(attendance, int) else 0
        tokens = {
            "meeting_title": held["title"],
            "meeting_place": held["unit"],
            "begins": paper_date_in_words(str(values["held_on"])),
            "chair": held["chair"],
            "present": f"{held['attendance']} người" if count else "",
            "conclusion": held["conclusion"],
        }
        places: Rows = [("", "", "")] * min(max(count, _LEAST_PLACES), _MOST_PLACES)
        return Filled(tokens, {"tasks": tasks, "places": places}, ("meeting", asked.record_id))

    def reminder(self, asked: Asked, sign: str) -> Filled:
        """Fill the letter that reminds of a task.

        Raises:
            UserError: `no_such_record`.
        """
        words = self._words()
        with self._store.reading() as reader:
            spec, values = self._record(reader, "task", asked.record_id, words)
        held = words.tokens(spec, values, private=False)
        done = f"Đến nay việc này ở tình trạng: {held['state'].lower()}."
        tokens = {
            "number": document_number("", sign),
            "addressees": _police(held["unit"]) or held["lead"],
            "task_title": held["title"],
            "task_source": held["source"].replace(" · ", ", "),
            "deadline": held["deadline"],
            "state_line": done if held["state"] else "",
        }
        return Filled(tokens, {}, ("task", asked.record_id))

    def register(self, period: Period) -> Filled:
        """Fill the register of documents of a period."""
        spec, words = self._store.specs["document"], self._words()
        asked = tuple(dict.fromkeys((*_OUT, *_IN, "direction")))
        with self._store.reading() as reader:
            held = [
                each.values
                for each in values_of(reader.connection, spec, asked)
                if period.holds(_day(each.values))
            ]
            words.learn_references(reader, spec, held)
        held.sort(key=lambda values: (_day(values), str(values.get("number") or "")))

        def rows(direction: str, names: tuple[str, ...], blank: int) -> Rows:
            fields = [spec.field(name) for name in names]
            return [
                (*words.row(fields, values), *("",) * blank)
                for values in held
                if values.get("direction") == direction
            ]

        tables = {"out": rows("outgoing", _OUT, 1), "in": rows("incoming", _IN, 1)}
        return Filled({"period": capital(period.label)}, tables)

    def slip(self, asked: Asked, year: int) -> Filled:
        """Fill the slip of one neighbourhood: what it still owes, with the code of each line.

        Raises:
            UserError: `no_such_record`, `not_a_neighbourhood`.
        """
        words = self._words()
        with self._store.reading() as reader:
            _spec, values = self._record(reader, "unit", asked.record_id, words)
            own = reader.setting(settings.UNIT)
            record = reader.record("unit", asked.record_id)
        if values.get("unit_kind") != NEIGHBOURHOOD or record is None or record.owner != own:
            message = "Phiếu này in cho khu dân cư của đơn vị mình. Chọn khu dân cư rồi in."
            raise UserError("not_a_neighbourhood", message, "record")
        tokens = {"unit_name": str(values["name"]), "year": str(year)}
        lines = list(self._owed(asked.record_id, year))
        return Filled(tokens, {"lines": lines}, ("unit", asked.record_id))

    def _owed(self, unit: str, year: int) -> Iterator[tuple[str, str, str]]:
        sheets = self._sheets()
        offered = {spec.kind: spec for spec in sheets.kinds()}
        for kind in SLIP_KINDS:
            spec = offered.get(kind)
            if spec is None:
                continue
            names = {field.name for field in spec.fields}
            common: dict[str, Value] = {"year": year} if "year" in names else {}
            ask = Ask(kind, NEIGHBOURHOOD, str(year), common)
            sheet = sheets.open(ask)
            for line in sheet.lines:
                if line.unit != unit or line.number != 1 or line.locked:
                    continue
                owed = [
                    lowered_label(spec.field(name).label)
                    for name in sheet.shape.columns
                    if line.values.get(name) is None
                    and (spec.field(name).is_wanted(line.values) or _counts(spec, name))
                ]
                if owed:
                    code = sheets.code_of(sheet, line)
                    yield f"{spec.plural}: {', '.join(owed)}", code, ""

    def _tasks(self, reader: Reader, meeting: str) -> list[tuple[str, str, str]]:
        spec = self._store.specs["task"]
        found = [
            each.values
            for each in values_of(reader.connection, spec, ("source", "title", "lead", "deadline"))
            if each.values.get("source") == meeting
        ]
        found.sort(key=lambda values: (str(values.get("deadline") or "9"), str(values["title"])))
        return [
            (str(values["title"]), str(values.get("lead") or ""), _paper(values.get("deadline")))
            for values in found
        ]

    def _record(
        self, reader: Reader, kind: str, record_id: str, words: PaperWords
    ) -> tuple[RecordSpec, Values]:
        spec = self._store.specs[kind]
        record = reader.record(kind, record_id)
        if record is None:
            message = f"Không có {spec.label} mang mã {record_id}. Tìm lại trong danh sách."
            raise UserError("no_such_record", message, "record")
        values = record.values()
        words.learn_references(reader, spec, [values])
        return spec, values


def _police(unit: str) -> str:
    """Return whom a letter to a unit goes to: of a commune its police."""
    return police_of(unit) if lowered(unit) != unit else unit


def _counts(spec: RecordSpec, name: str) -> bool:
    """Whether a field is one of the numbers that a yearly record is about."""
    return bool(spec.alike) and bool(spec.field(name).unit)


def _day(values: Values) -> str:
    name = "arrived_on" if values.get("direction") == "incoming" else "dated"
    return first_day(str(values.get(name) or values.get("dated") or ""))


def _paper(day: Value) -> str:
    return paper_date(day) if isinstance(day, str) and day else ""
