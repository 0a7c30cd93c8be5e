"""*Tìm theo người*: which incidents name somebody, for a reason and a document that asks for it.

The only search for a person there is. It reads incidents and no other kind, shows one page and
keeps nothing: no list, count over records, paper or workbook can be made of what it found, and no
verb of the command line leads here. Numbers must be whole and names have two words at least, so
that nobody is come upon by trying.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.listing import Listing, ListRow
from antq_desktop.domain.shown import show_date
from antq_desktop.domain.text import clean, fold
from antq_desktop.storage.involved import KIND, Named, as_shown, named_in_incidents
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.services.hand import Hand

ONE_PAGE: Final = 50
LEAST_REASON: Final = 10
LONGEST_REASON: Final = 500
LEAST_DOCUMENT: Final = 4
LONGEST_DOCUMENT: Final = 200
LEAST_WORDS: Final = 2
LONGEST_NAME: Final = 100
_FIELDS: Final = ("register_number", "occurred_on", "title")
_BETWEEN_DIGITS: Final = re.compile(r"[\s.\-()]+")
_NUMBER: Final = re.compile(r"\+?\d+", re.ASCII)
_CITIZEN_ID: Final = re.compile(r"\d{9}|\d{12}", re.ASCII)
_TELEPHONE: Final = re.compile(r"\d{8,15}", re.ASCII)
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class FoundIncident:
    """An incident that names the person, without anything private of it."""

    id: str
    register_number: str
    day: str
    title: str


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """What a search found.

    Attributes:
        incidents: The newest of them, one page.
        count: How many there are in all.
        seq: Number of the entry of history that holds the search.
    """

    incidents: tuple[FoundIncident, ...]
    count: int
    seq: int


class PersonSearch:
    """Looks for one person among the people of incidents, and writes down that it did."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._hand = hand

    def search(
        self, person: str, reason: str, document: str, check: Callable[[], None]
    ) -> FoundPerson:
        """Return the incidents that name a person; the search is in history before they are shown.

        Args:
            person: A name of two words or more, a whole CCCD or CMND, or a whole telephone number.
            reason: Why it is looked for.
            document: Number and sign of the document that asks for it.
            check: Asked now and then; raises when the officer stopped, and nothing is shown.

        Raises:
            UserError: `person_missing`, `person_too_vague`, `reason_missing`, `document_missing`,
                `text_too_long`, `text_not_allowed`, each at its field.
        """
        wanted = _wanted(person)
        reason = _sentence(reason, "reason", LEAST_REASON, LONGEST_REASON)
        document = _sentence(document, "document", LEAST_DOCUMENT, LONGEST_DOCUMENT)
        with self._store.reading() as reader:
            held = [one.id for one in named_in_incidents(reader.connection, check) if wanted(one)]
            shown = {one.id for one in reader.records(KIND, held).values() if wanted(as_shown(one))}
            found = [one for one in held if one in shown]
            rows = reader.window(Listing(KIND, among=tuple(found)), _FIELDS, limit=ONE_PAGE)
        return FoundPerson(
            tuple(_told(row) for row in rows),
            len(found),
            self._write_down(reason, document, len(found)),
        )

    def _write_down(self, reason: str, document: str, count: int) -> int:
        """Write the search to history, and return the number of its entry.

        Officer and moment stand in the entry itself. The person is not named, and no incident
        found is either: history is never erased, while the people of an incident are after 24
        months, and a history that says who was looked for would be the list of persons that must
        not exist. Who must answer for the search is named by the document that asked for it.
        """
        with self._store.writing(self._hand.officer, Action.FIND_PERSON) as work:
            work.note(
                "",
                "",
                f"Tìm theo người trong vụ việc. Lý do: {reason}. Văn bản yêu cầu: {document}. "
                f"Tìm thấy {count} vụ việc.",
            )
        return work.outcome.seq


_Wanted = Callable[[Named], bool]


def _wanted(typed: str) -> _Wanted:
    """Return what tells whether an incident names the person that was typed.

    Raises:
        UserError: `person_missing`, `person_too_vague`, `text_too_long`, `text_not_allowed`.
    """
    text = clean(typed.strip(), "Người cần tìm", field="person")
    if not text:
        message = "Chưa nhập người cần tìm. Nhập họ tên, số CCCD hoặc số điện thoại."
        raise UserError("person_missing", message, "person")
    if len(text) > LONGEST_NAME:
        message = f"Người cần tìm dài quá {LONGEST_NAME} chữ. Rút ngắn lại."
        raise UserError("text_too_long", message, "person")
    number = _BETWEEN_DIGITS.sub("", text)
    if _NUMBER.fullmatch(number):
        return _by_number(number)
    words = _WORD.findall(fold(text))
    if len(words) < LEAST_WORDS:
        message = "Họ tên cần đủ họ và tên. Nhập lại, hoặc nhập đủ số CCCD, số điện thoại."
        raise UserError("person_too_vague", message, "person")
    return lambda one: any(_is_called(person.get("name"), words) for person in one.people)


def _by_number(number: str) -> _Wanted:
    telephone = f"0{number[3:]}" if number.startswith("+84") else number
    whole = _CITIZEN_ID.fullmatch(number) or _TELEPHONE.fullmatch(telephone)
    if not whole:
        message = "Số CCCD cần đủ 12 chữ số (hoặc 9 chữ số cũ), số điện thoại cần từ 8 chữ số."
        raise UserError("person_too_vague", message, "person")
    return lambda one: (
        one.callback == telephone
        or any(person.get("citizen_id") == number for person in one.people)
    )


def _is_called(name: object, words: list[str]) -> bool:
    """Tell whether a name holds these words next to each other."""
    if not isinstance(name, str):
        return False
    held = _WORD.findall(fold(name))
    last = len(held) - len(words)
    return any(held[at : at + len(words)] == words for at in range(last + 1))


_ASKS: Final = {
    "reason": ("Lý do", "Chưa ghi rõ lý do tìm. Ghi lý do thành câu."),
    "document": (
        "Văn bản yêu cầu",
        "Chưa ghi văn bản yêu cầu. Ghi số, ký hiệu và cơ quan của văn bản.",
    ),
}


def _sentence(typed: str, field: str, least: int, most: int) -> str:
    label, missing = _ASKS[field]
    text = " ".join(clean(typed.strip(), label, long=True, field=field).split()).rstrip(".")
    if len(text) < least or not any(letter.isalpha() for letter in text):
        raise UserError(f"{field}_missing", missing, field)
    if len(text) > most:
        raise UserError("text_too_long", f"{label} dài quá {most} chữ. Rút ngắn lại.", field)
    return text


def _told(row: ListRow) -> FoundIncident:
    values = row.values
    return FoundIncident(
        row.id,
        str(values.get("register_number") or ""),
        show_date(str(values.get("occurred_on") or "")),
        str(values.get("title") or ""),
    )
