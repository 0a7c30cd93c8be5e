"""Which column of an officer's workbook is which field.

Headings are folded and compared with labels, then with the words that registers use for the same
thing, then with what looks alike; what an officer once said about a file of that shape comes first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldSpec, RecordSpec
from antq_desktop.domain.text import fold

ERROR_HEADING: Final = "Lỗi"
NUMBER_HEADING: Final = "STT"
EXAMPLE: Final = "Ví dụ"
MOST_HEADER_ROWS: Final = 30
_ALIKE_ENOUGH: Final = 0.86
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_NUMBERS: Final = frozenset({"stt", "tt", "so tt", "so thu tu"})
_OURS: Final = _NUMBERS | {"loi"}
_FAMILY_NAME: Final = frozenset(
    {"ho", "ho dem", "ho va dem", "ho va ten dem", "ho ten dem", "ho lot"}
)
_GIVEN_NAME: Final = frozenset({"ten", "ten goi"})
_MARKED: Final = re.compile(r"\s*\((?:bắt buộc|cần có)\)\s*$")

# What registers call a field, by its name; folded, without signs. The first kinds named are those
# where the word would mean something else in another one.
SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "born_on": ("ngay thang nam sinh", "ngay sinh", "sinh ngay", "ngay thang sinh"),
    "birth_year": ("nam sinh", "sinh nam"),
    "sex": ("gioi tinh", "nam nu", "gioi", "phai"),
    "citizen_id": (
        "cccd", "so cccd", "can cuoc", "so can cuoc", "can cuoc cong dan", "so can cuoc cong dan",
        "cmnd", "so cmnd", "cmnd cccd", "cccd cmnd", "so cmnd cccd", "so cccd cmnd",
        "so dinh danh", "so dinh danh ca nhan", "ma dinh danh",
    ),
    "phone": (
        "dien thoai", "so dien thoai", "sdt", "dt", "so dt", "dien thoai lien he",
        "dien thoai di dong", "di dong", "so dien thoai lien he", "lien he",
    ),
    "head_phone": ("dien thoai", "so dien thoai", "sdt", "so dt"),
    "education": (
        "trinh do", "trinh do hoc van", "hoc van", "trinh do van hoa", "van hoa",
        "trinh do chuyen mon",
    ),
    "minority": ("dan toc", "dan toc thieu so", "dtts", "nguoi dan toc thieu so"),
    "office": ("chuc vu", "chuc danh", "nhiem vu", "chuc vu trong to"),
    "protection_team": (
        "ten to", "to", "to bao ve", "to bvantt", "to bao ve antt", "thuoc to", "ten to bao ve",
        "to bao ve an ninh trat tu", "ten to bao ve antt",
    ),
    "unit": (
        "thon", "to dan pho", "thon tdp", "thon to dan pho", "thon xom", "khu dan cu", "kdc",
        "dia ban", "don vi", "khu dan cu don vi", "ap", "ban", "xom", "khu pho", "noi cu tru",
        "ten don vi", "thon to",
    ),
    "joined_on": (
        "ngay tham gia", "ngay tham gia llbvantt", "ngay tham gia lltgbvantt", "tham gia tu ngay",
        "ngay tham gia luc luong", "ngay vao to", "ngay cong nhan",
    ),
    "left_on": (
        "ngay thoi", "ngay thoi tham gia", "ngay thoi lltgbvantt", "ngay nghi", "thoi tham gia",
        "ngay xin thoi",
    ),
    "left_reason": ("ly do thoi", "ly do nghi", "ly do"),
    "old_joined_on": (
        "ngay tham gia caxbct bvdp", "ngay tham gia caxbct", "ngay tham gia bvdp",
        "ngay tham gia cong an ban chuyen trach",
    ),
    "old_left_on": ("ngay thoi caxbct bvdp", "ngay thoi caxbct", "ngay thoi bvdp"),
    "joined_document": ("qd cong nhan", "so qd cong nhan", "quyet dinh cong nhan", "so quyet dinh"),
    "left_document": ("qd thoi", "quyet dinh thoi", "so qd thoi"),
    "policy": ("ket qua chinh sach", "chinh sach", "che do chinh sach"),
    "tool_certificate": (
        "so gcn su dung ccht", "gcn su dung ccht", "giay chung nhan su dung ccht",
        "so giay chung nhan su dung cong cu ho tro", "gcn ccht",
    ),
    "note": ("ghi chu", "ghi chep", "ghi chu khac", "khac"),
    "title": (
        "noi dung", "tom tat", "tom tat noi dung", "trich yeu", "noi dung vu viec", "ten vu viec",
    ),
    "occurred_on": (
        "ngay xay ra", "thoi gian xay ra", "ngay thang xay ra", "ngay thang", "thoi gian",
    ),
    "occurred_hour": ("gio xay ra", "gio"),
    "place": ("dia diem", "noi xay ra", "dia diem xay ra", "dia chi"),
    "address": ("dia chi", "noi o", "cho o", "noi cu tru", "cho o hien nay", "thuong tru"),
    "kind": ("loai", "loai vu viec", "phan loai", "linh vuc"),
    "state": ("tinh trang", "trang thai", "hien trang"),
    "held_on": ("ngay", "ngay to chuc", "thoi gian", "ngay thang", "ngay thuc hien"),
    "attendance": ("so nguoi du", "luot nguoi du", "so nguoi tham du", "so nguoi", "so luot"),
    "founded_on": ("ngay thanh lap", "thanh lap ngay", "ngay thang thanh lap"),
    "founding_document": (
        "quyet dinh thanh lap", "so qd thanh lap", "qd thanh lap", "so quyet dinh",
    ),
    "households": ("so ho", "tong so ho", "so ho dan", "ho"),
    "residents": ("nhan khau", "so khau", "tong so nhan khau", "khau"),
    "head_name": ("nguoi phu trach", "to truong", "truong thon", "nguoi dung dau", "phu trach"),
    "scheme": ("mo hinh", "ten mo hinh", "thuoc mo hinh"),
    "result": ("ket qua", "ket qua xu ly", "ket qua thuc hien"),
    "number": ("so ky hieu", "so van ban", "so hieu", "so"),
    "issuer": ("co quan ban hanh", "noi ban hanh", "don vi ban hanh"),
    "year": ("nam", "nam bao cao", "nam danh gia"),
    "money": ("so tien", "kinh phi", "tien thuong"),
}  # fmt: skip
_OF_PERSONS: Final = (
    "ho va ten",
    "ho ten",
    "ten",
    "ho va ten thanh vien",
    "hoten",
    "ten thanh vien",
)
_SAYS_KINH: Final = frozenset({"dan toc"})


@lru_cache(maxsize=4096)
def folded(heading: str) -> str:
    """Return a heading as it is compared: no marks, no signs, one blank between words."""
    return _NOT_LETTERS.sub(" ", fold(heading)).strip()


@lru_cache(maxsize=4096)
def without_brackets(heading: str) -> str:
    """Return a heading without what stands in brackets: `Ngày sinh (dd/mm/yyyy)`."""
    return folded(_BRACKETS.sub(" ", heading))


def shape_of(headings: Sequence[str]) -> str:
    """Return the name of a shape of file: alike for the same headings in the same places."""
    told = "\x1f".join(map(folded, headings)).rstrip("\x1f")
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def is_a_person(spec: RecordSpec) -> bool:
    """Tell whether the name of a record is the name of a person."""
    return any(field.name == "name" and field.label == "Họ và tên" for field in spec.fields)


def reduces_to_minority(spec: FieldSpec, heading: str) -> bool:
    """Tell whether a column names the people of each person where only yes or no may be kept."""
    return spec.name == "minority" and folded(heading) in _SAYS_KINH


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which columns are which fields.

    Attributes:
        columns: Field → places of its columns, from 0; several where a name was split.
        unused: Places of columns that have a heading and no field.
    """

    columns: Mapping[str, tuple[int, ...]]
    unused: tuple[int, ...]

    def missing(self, spec: RecordSpec) -> tuple[FieldSpec, ...]:
        """Return the required fields that have no column."""
        return tuple(f for f in spec.fields if f.required and f.name not in self.columns)


def mapped(
    spec: RecordSpec, headings: Sequence[str], said: Mapping[int, str] | None = None
) -> Mapped:
    """Return which columns are which fields.

    Args:
        spec: The kind of record.
        headings: What stands above each column, empty where nothing does.
        said: What an officer said: place of a column → field, or an empty text for none.
    """
    known = {p: name for p, name in (said or {}).items() if p < len(headings)}
    columns: dict[str, list[int]] = {}
    for place, name in known.items():
        if name:
            columns.setdefault(name, []).append(place)
    rest = [p for p, text in enumerate(headings) if folded(text) and p not in known]
    rest = [place for place in rest if folded(headings[place]) not in _OURS]
    for wanted in (_by_label, _by_synonym, _by_likeness):
        for field in spec.fields:
            if field.name in columns:
                continue
            fitting = [place for place in rest if wanted(spec, field, headings[place])]
            if fitting:
                columns[field.name] = fitting[:1]
                rest.remove(fitting[0])
    _join_names(spec, headings, columns, rest)
    return Mapped({name: tuple(places) for name, places in columns.items()}, tuple(rest))


def _by_label(_spec: RecordSpec, field: FieldSpec, heading: str) -> bool:
    return folded(_MARKED.sub("", heading)) == folded(field.label)


def _by_synonym(spec: RecordSpec, field: FieldSpec, heading: str) -> bool:
    bare = without_brackets(heading)
    if bare == without_brackets(field.label):
        return True
    if field.name == "name":
        return bare in _OF_PERSONS and is_a_person(spec)
    return bare in SYNONYMS.get(field.name, ())


def _by_likeness(_spec: RecordSpec, field: FieldSpec, heading: str) -> bool:
    """Tell whether a heading is a label with a slip; short ones are too alike to tell."""
    bare, label = without_brackets(heading), without_brackets(field.label)
    short, long = sorted((len(bare), len(label)))
    if short < 6 or 2 * short / (short + long) < _ALIKE_ENOUGH:
        return False
    matcher = SequenceMatcher(None, bare, label, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE_ENOUGH and matcher.ratio() >= _ALIKE_ENOUGH


def _join_names(
    spec: RecordSpec, headings: Sequence[str], columns: dict[str, list[int]], rest: list[int]
) -> None:
    """Take a name that stands in two columns: family name and given name, or one heading of two."""
    if not is_a_person(spec):
        return
    family = next((p for p in rest if folded(headings[p]) in _FAMILY_NAME), None)
    given = [p for p in range(len(headings)) if folded(headings[p]) in _GIVEN_NAME]
    taken = columns.get("name", [])
    if family is not None and given and (not taken or taken == [given[0]]):
        columns["name"] = [family, given[0]]
        rest[:] = [p for p in rest if p not in {family, given[0]}]
        return
    for place in taken:
        beside = place + 1
        if beside in rest and folded(headings[beside]) == folded(headings[place]):
            columns["name"] = [place, beside]
            rest.remove(beside)


def said_columns(spec: RecordSpec, headings: Sequence[str], told: Iterable[str]) -> dict[int, str]:
    """Return what a person said about columns, each as `heading=field` or `D=field`.

    Raises:
        UserError: `map_not_understood`: no such column or field; the sentence names what there is.
    """
    found: dict[int, str] = {}
    for each in told:
        heading, mark, wanted = each.rpartition("=")
        place = _place_of(headings, heading)
        if not mark or place is None:
            named = ", ".join(f"“{text}”" for text in headings if text)
            message = f"Không có cột “{heading or each}”. Các cột của tệp: {named}."
            raise UserError("map_not_understood", message, "map")
        found[place] = _field_named(spec, wanted)
    return found


def _place_of(headings: Sequence[str], heading: str) -> int | None:
    wanted = folded(heading)
    for place, text in enumerate(headings):
        if wanted and wanted == folded(text):
            return place
    if re.fullmatch(r"[A-Z]{1,2}", heading.strip()):
        place = 0
        for letter in heading.strip():
            place = place * 26 + ord(letter) - 64
        return place - 1 if place <= len(headings) else None
    return None


def _field_named(spec: RecordSpec, wanted: str) -> str:
    if folded(wanted) in {"", "bo", "bo qua", "khong"}:
        return ""
    for field in spec.fields:
        if wanted.strip() == field.name or folded(wanted) == folded(field.label):
            return field.name
    labels = ", ".join(f"{field.label} ({field.name})" for field in spec.fields)
    message = f"{spec.label.capitalize()} không có mục “{wanted}”. Các mục: {labels}."
    raise UserError("map_not_understood", message, "map")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings of a sheet stand.

    Attributes:
        row: First row of the headings, from 0.
        depth: 1, or 2 where a second row divides the first.
        headings: What stands above each column.
        mapped: Which columns are which fields.
    """

    row: int
    depth: int
    headings: tuple[str, ...]
    mapped: Mapped

    @property
    def score(self) -> int:
        """Return how well it fits: fields found, less what looks like something else."""
        return 2 * len(self.mapped.columns) - self.depth


def find_header(spec: RecordSpec, rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the headings among the first rows of a sheet; None when hardly anything fits.

    Args:
        spec: The kind of record.
        rows: The first rows as text, merged cells filled.
    """
    best: Header | None = None
    for header in _candidates(spec, rows[: MOST_HEADER_ROWS + 1]):
        if best is not None and header.row > best.row + 2 and not best.mapped.missing(spec):
            break
        if len(header.mapped.columns) < min(2, len(spec.fields)):
            continue
        if best is None or header.score > best.score:
            best = header
    return best


def header_at(spec: RecordSpec, rows: Sequence[Sequence[str]], row: int) -> Header:
    """Return the headings that begin in a row which an officer has named, from 0."""
    found = [each for each in _candidates(spec, rows[row : row + 2]) if each.row == 0]
    if found:
        return replace(max(found, key=lambda each: each.score), row=row)
    texts = tuple(rows[row])
    return Header(row, 1, texts, mapped(spec, texts))


def number_place(headings: Sequence[str]) -> int | None:
    """Return the place of the column of running numbers."""
    return next((p for p, text in enumerate(headings) if folded(text) in _NUMBERS), None)


def _candidates(spec: RecordSpec, rows: Sequence[Sequence[str]]) -> Iterator[Header]:
    for number, row in enumerate(rows):
        texts = tuple(" ".join(text.split()) for text in row)
        if len({text for text in texts if text}) < 2:
            continue
        yield Header(number, 1, texts, mapped(spec, texts))
        if number + 1 < len(rows):
            below = tuple(" ".join(text.split()) for text in rows[number + 1])
            joined = _divided(texts, below)
            yield Header(number, 2, joined, mapped(spec, joined))


def _divided(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Return headings of two rows; one that stands over several columns is said of each.

    Where a format does not tell which cells are merged, an empty cell over a filled one belongs to
    the heading at its left.
    """
    found: list[str] = []
    over = ""
    for upper, lower in zip(above, below, strict=True):
        over = upper or (over if lower else "")
        found.append(_joined(over, lower))
        over = over if lower else ""
    return tuple(found)


def _joined(above: str, below: str) -> str:
    if not below or folded(above) == folded(below):
        return above
    return f"{above} {below}" if above else below


def is_numbering(texts: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns: `(1) (2) (3)` or `A B 1 2`."""
    held = [text.strip("() .") for text in texts if text.strip()]
    if len(held) < 2:
        return False
    numbers = [int(text) for text in held if text.isdecimal() and len(text) < 4]
    letters = [text for text in held if len(text) == 1 and text.isalpha()]
    if len(numbers) + len(letters) < len(held) or len(numbers) < 2:
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] < 4


def is_sum(texts: Sequence[str]) -> bool:
    """Tell whether a row is a sum of those above."""
    first = next((folded(text) for text in texts if text.strip() and not text.isdecimal()), "")
    return first in {"cong", "tong", "tong cong", "tong so"} or first.startswith(
        ("tong cong ", "cong danh sach", "danh sach co ", "tong so ")
    )
