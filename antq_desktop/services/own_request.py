"""The answer to a person who asks what is kept about them: the one search across kinds.

It is asked with the name and, where the person gave one, a whole number; by the leader, with their
own password and the number of the request. What it finds goes onto one paper, for that person, and
nowhere else: no list, no file, no verb of the command line. The paper tells of each place only what
is about this person there. History keeps the number of the request and how many places there were,
not the name: it would be a list of persons that must not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Value, lines_of
from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.domain.text import clean, fold, opening
from antq_desktop.services.journal_paper import FormPapers
from antq_desktop.services.lists import text_of

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.services.doorkeeping import Guard
    from antq_desktop.services.erasing import Term
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.standing import Standing
    from antq_desktop.storage.store import Store

LEAST_WORDS: Final = 2
LEAST_REQUEST: Final = 3
LONGEST: Final = 200
MOST_PRINTED: Final = 500
_CHECKED_EVERY: Final = 500
_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN_DIGITS: Final = re.compile(r"[\s.\-()]+")
_NUMBER: Final = re.compile(r"\d{8,15}", re.ASCII)
_NUMBERS: Final = frozenset({FieldKind.CITIZEN_ID, FieldKind.PHONE})


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: the words of a whole name, and a whole number where one was given."""

    words: tuple[str, ...]
    number: str

    def is_meant(self, group: Mapping[str, Value], specs: Mapping[str, FieldSpec]) -> bool:
        """Tell whether some fields beside each other are about this person.

        A number that was given decides where the same kind of number stands; the name elsewhere.
        """
        numbers = {
            specs[name].kind: str(value)
            for name, value in group.items()
            if value is not None and specs[name].kind in _NUMBERS
        }
        if self.number and self.number in numbers.values():
            return True
        kind = FieldKind.PHONE if self.number.startswith("0") and len(self.number) <= 11 else None
        other = numbers.get(kind or FieldKind.CITIZEN_ID)
        if self.number and other and len(other) == len(self.number):
            return False
        names = (group[name] for name in group if _is_a_name(specs[name]))
        return any(self._is_called(value) for value in names if isinstance(value, str))

    def _is_called(self, name: str) -> bool:
        return tuple(_WORD.findall(fold(name))) == self.words


def _is_a_name(spec: FieldSpec) -> bool:
    return spec.kind is FieldKind.TEXT and (spec.names_person or spec.name.endswith("name"))


@dataclass(frozen=True, slots=True)
class Place:
    """One place where something about the person is kept.

    Attributes:
        kind: What the record is called.
        day: The day that places it; may be empty.
        held: Label and value of what is about the person.
        purpose: What it is kept for.
        term: How long, in words.
    """

    kind: str
    day: str
    held: tuple[tuple[str, str], ...]
    purpose: str
    term: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The paper, how many places it tells of, and the number of the entry of history."""

    paper: bytes
    places: int
    seq: int


class OwnRequests:
    """Answers persons who ask what is kept about them, for the leader at work."""

    def __init__(  # noqa: PLR0917 - what it stands on, in the order of use
        self,
        store: Store,
        hand: Hand,
        codes: Codes,
        standing: Standing,
        guard: Guard,
        terms: Callable[[], list[Term]],
    ) -> None:
        self._store = store
        self._hand = hand
        self._codes = codes
        self._standing = standing
        self._guard = guard
        self._terms = terms

    def answer(
        self, name: str, number: str, request: str, own_password: str, check: Callable[[], None]
    ) -> Answered:
        """Return the paper for one person; it is in history before it can be seen.

        Args:
            name: The whole name.
            number: A whole CCCD, CMND or telephone number; may be empty.
            request: Number and day of the request.
            own_password: Of the leader at work.
            check: Asked now and then; raises when the officer stopped, and nothing is shown.

        Raises:
            UserError: `not_allowed`, `person_missing`, `person_too_vague`, `request_missing`,
                `text_too_long`, `text_not_allowed`, `too_many_places`, or what the password is
                refused for at `own_password`.
            EnvironmentFault: What the machine denies.
        """
        self._standing.require(Operation.ANSWER_PERSON)
        person = _person(name, number)
        told = _text(request, "Phiếu yêu cầu", "request")
        if len(told) < LEAST_REQUEST:
            message = "Chưa ghi số phiếu yêu cầu. Ghi số và ngày của phiếu."
            raise UserError("request_missing", message, "request")
        self._guard.key(own_password)
        places = list(self._places(person, check))
        if len(places) > MOST_PRINTED:
            message = "Có quá nhiều nơi trùng họ tên. Nhập thêm số CCCD hoặc số điện thoại."
            raise UserError("too_many_places", message, "number")
        paper = AnswerPaper(self._store, self._hand).make(name.strip(), told, places)
        with self._store.writing(self._hand.officer, Action.ANSWER_PERSON) as work:
            count = f"{show_integer(len(places))} mục dữ liệu"
            work.note("", "", f"Trả lời yêu cầu của người có dữ liệu, phiếu {told}: {count}")
        return Answered(paper, len(places), work.outcome.seq)

    def _places(self, person: Person, check: Callable[[], None]) -> Iterator[Place]:
        terms = {term.kind: term for term in self._terms()}
        with self._store.reading() as reader:
            for spec in self._store.specs.values():
                if spec.keeping is None:
                    continue
                term = terms.get(spec.kind)
                kept = f"{term.months} tháng sau: {term.after}" if term else "cùng hồ sơ"
                for count, record in enumerate(reader.all_records(spec.kind)):
                    if count % _CHECKED_EVERY == 0:
                        check()
                    values = record.values()
                    day = str(values.get(spec.dated_by) or "")[:10] if spec.dated_by else ""
                    for held in self._about(person, spec, values):
                        yield Place(opening(spec.label), show_date(day), held, spec.purpose, kept)

    def _about(
        self, person: Person, spec: RecordSpec, values: Mapping[str, Value]
    ) -> Iterator[tuple[tuple[str, str], ...]]:
        erases = spec.keeping.erases if spec.keeping else ()
        own = {one.name: one for one in spec.fields if one.name in erases or _is_of_a_person(one)}
        yield from self._told(person, {name: values.get(name) for name in own}, own)
        for listed in spec.lines:
            fields = {one.name: one for one in listed.fields}
            if not any(_is_of_a_person(one) for one in listed.fields):
                continue
            for line in lines_of(values, listed.name).values():
                known = {name: value for name, value in line.items() if name in fields}
                yield from self._told(person, known, fields)

    def _told(
        self, person: Person, group: Mapping[str, Value], specs: Mapping[str, FieldSpec]
    ) -> Iterator[tuple[tuple[str, str], ...]]:
        if person.is_meant(group, specs):
            yield tuple(
                (specs[name].label, text_of(specs[name], value, self._codes))
                for name, value in group.items()
                if value is not None and specs[name].kind is not FieldKind.REFERENCE
            )


def _is_of_a_person(spec: FieldSpec) -> bool:
    return spec.names_person or spec.private or spec.kind in _NUMBERS


def _person(name: str, number: str) -> Person:
    words = tuple(_WORD.findall(fold(_text(name, "Họ và tên", "name"))))
    if not words:
        message = "Chưa nhập họ tên của người yêu cầu. Nhập đủ họ và tên."
        raise UserError("person_missing", message, "name")
    if len(words) < LEAST_WORDS:
        message = "Họ tên cần đủ họ, chữ đệm và tên. Nhập lại."
        raise UserError("person_too_vague", message, "name")
    digits = _BETWEEN_DIGITS.sub("", _text(number, "Số", "number"))
    digits = f"0{digits[3:]}" if digits.startswith("+84") else digits
    if digits and not _NUMBER.fullmatch(digits):
        message = "Số CCCD cần đủ 12 chữ số (hoặc 9 chữ số cũ), số điện thoại cần từ 8 chữ số."
        raise UserError("person_too_vague", message, "number")
    return Person(words, digits)


def _text(typed: str, label: str, field: str) -> str:
    text = clean(typed.strip(), label, field=field)
    if len(text) > LONGEST:
        raise UserError("text_too_long", f"{label} dài quá {LONGEST} chữ. Rút ngắn lại.", field)
    return text


class AnswerPaper(FormPapers):
    """What is kept about one person, for that person."""

    def make(self, name: str, request: str, places: list[Place]) -> bytes:
        """Return the paper."""
        rows = [
            (
                f"{place.kind}\n{place.day}" if place.day else place.kind,
                "\n".join(f"{label}: {value}" for label, value in place.held),
                place.purpose,
                place.term,
            )
            for place in places
        ]
        now = show_date(civil(self._hand.clock.now())[:10])
        told = (
            f"Theo phiếu yêu cầu {request} của {name}, đến ngày {now} đơn vị đang lưu "
            f"{show_integer(len(places))} mục dữ liệu về người yêu cầu trong phần mềm quản lý "
            "phong trào toàn dân bảo vệ an ninh Tổ quốc."
        )
        return self._made("person_answer", {"told": told}, {"places": rows})
