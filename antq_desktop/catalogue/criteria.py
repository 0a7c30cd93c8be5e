"""Criteria sets read from `forms/criteria/`, one TOML file each, or from a unit's own copy.

Reading is strict: an unknown key, a check that is not registered, a mark-only item with anything
behind it, or an illustration that does not say so refuses the whole set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.scoring.points import points_of
from antq_desktop.domain.scoring.rules import set_faults
from antq_desktop.domain.scoring.sets import (
    Asks,
    Band,
    Cap,
    CriteriaSet,
    Group,
    Item,
    NotApplicable,
    Provenance,
    Purpose,
    Reason,
    Role,
    SetKind,
)
from antq_desktop.domain.text import nfc, refused
from antq_desktop.files import environment_fault

_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LARGEST_FILE: Final = 1 << 20
_LEAP_YEAR: Final = "2024-"  # has every month and day that a year may have

_Text = Annotated[str, msgspec.Meta(max_length=2000)]
_Slug = Annotated[str, msgspec.Meta(pattern=f"^{_SLUG.pattern}$", max_length=40)]
_Confidence = Literal["A", "B", "C"]
_Points = str | int


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    pass


class _ReasonFile(_Strict):
    id: _Slug
    label: _Text


class _ItemFile(_Strict):
    id: _Slug
    text: _Text
    article: _Text = ""
    quoted: bool = False
    confidence: _Confidence | Literal[""] = ""
    to_fill: bool = False
    asks: Asks = Asks.MET
    mark_only: bool = False
    check: str = ""
    settings: dict[str, int] = {}
    reasons: list[str] = []
    role: Role = Role.SCORE
    most: _Points = 0


class _GroupFile(_Strict):
    id: _Slug
    title: _Text
    items: list[_ItemFile]
    article: _Text = ""
    need: Annotated[int, msgspec.Meta(ge=0)] = 0


class _BandFile(_Strict):
    id: _Slug
    label: _Text
    least: _Points = 0
    group: str = ""


class _CapFile(_Strict):
    id: _Slug
    label: _Text
    at_most: str
    items: list[str]


class _SetFile(_Strict):
    title: _Text
    purpose: Purpose
    kind: SetKind
    unit_kinds: list[str]
    legal_basis: _Text
    confidence: _Confidence
    editable: bool
    maintained_by: _Text
    source: _Text
    compared_on: str
    valid_from: str
    groups: list[_GroupFile]
    note: _Text = ""
    adapted_from: _Text = ""
    valid_to: str = ""
    window: str = ""
    decided_before: str = ""
    adds_to: str = ""
    not_applicable: NotApplicable = NotApplicable.FULL
    reasons: list[_ReasonFile] = []
    bands: list[_BandFile] = []
    caps: list[_CapFile] = []


def load_criteria_set(file: Path) -> CriteriaSet:
    """Read one set; its code is the name of the file.

    Raises:
        EnvironmentFault: The file cannot be read from the disk.
        UserError: `criteria_set_faulty`; the sentence names the set and the place.
    """
    try:
        with file.open("rb") as source:
            content = source.read(_LARGEST_FILE + 1)
    except OSError as fault:
        raise environment_fault(fault, file) from fault
    if len(content) > _LARGEST_FILE:
        raise _fault(file.stem, "tệp lớn hơn 1 MB")
    try:
        raw = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as fault:
        raise _fault(file.stem, f"tệp không đọc được ({fault})") from None
    return criteria_set_of(file.stem, raw)


def load_criteria_sets(folder: Path) -> dict[str, CriteriaSet]:
    """Read all sets of a folder, by code.

    Raises:
        EnvironmentFault: `program_incomplete`: the folder holds no set; or one cannot be read.
        UserError: `criteria_set_faulty`.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        message = f"Không thấy bộ tiêu chí trong thư mục “{folder.name}”. Cài lại chương trình."
        raise EnvironmentFault("program_incomplete", message)
    return {each.code: each for each in map(load_criteria_set, files)}


def criteria_set_of(code: str, raw: object) -> CriteriaSet:
    """Make a set of the layout of its file, as `domain.scoring.layout.raw_of` gives it too.

    Raises:
        UserError: `criteria_set_faulty`; the sentence names the set and the place.
    """
    made = draft_set_of(code, raw)
    for found in set_faults(made):
        raise _fault(code, found)
    return made


def draft_set_of(code: str, raw: object) -> CriteriaSet:
    """Make a set that is still worked on: its form is sound, its rules may not hold yet.

    Raises:
        UserError: `criteria_set_faulty`; the sentence names the set and the place.
    """
    if not _SLUG.fullmatch(code) or len(code) > 60:
        raise _fault(code[:60], "mã của bộ phải là chữ thường không dấu")
    try:
        read = msgspec.convert(raw, _SetFile)
    except msgspec.ValidationError as fault:
        raise _fault(code, f"mục không đúng dạng ({fault})") from None
    for found in _file_faults(read):
        raise _fault(code, found)
    return _made(code, read)


def _fault(code: str, what: str) -> UserError:
    message = f"Bộ tiêu chí {code}: {what}. Dùng lại tệp gốc hoặc sửa chỗ này."
    return UserError("criteria_set_faulty", message)


def _made(code: str, read: _SetFile) -> CriteriaSet:
    return CriteriaSet(
        code=code,
        title=read.title,
        purpose=read.purpose,
        kind=read.kind,
        unit_kinds=tuple(read.unit_kinds),
        provenance=Provenance(
            legal_basis=read.legal_basis,
            confidence=read.confidence,
            maintained_by=read.maintained_by,
            source=read.source,
            compared_on=read.compared_on,
            note=read.note,
            adapted_from=read.adapted_from,
        ),
        valid_from=read.valid_from,
        groups=tuple(_group(each, read.confidence) for each in read.groups),
        valid_to=read.valid_to,
        window=read.window,
        decided_before=read.decided_before,
        adds_to=read.adds_to,
        reasons=tuple(Reason(each.id, each.label) for each in read.reasons),
        bands=tuple(_band(each, read.kind) for each in read.bands),
        caps=tuple(Cap(each.id, each.label, each.at_most, tuple(each.items)) for each in read.caps),
        not_applicable=read.not_applicable,
    )


def _group(read: _GroupFile, confidence: str) -> Group:
    items = tuple(_item(each, confidence) for each in read.items)
    return Group(read.id, read.title, items, read.article, read.need)


def _item(read: _ItemFile, confidence: str) -> Item:
    return Item(
        id=read.id,
        text=read.text,
        article=read.article,
        quoted=read.quoted,
        confidence=read.confidence or confidence,
        to_fill=read.to_fill,
        asks=read.asks,
        mark_only=read.mark_only,
        check=read.check,
        settings=read.settings,
        reasons=tuple(read.reasons),
        role=read.role,
        most=points_of(str(read.most)) or 0,
    )


def _band(read: _BandFile, kind: SetKind) -> Band:
    least = points_of(str(read.least)) if kind is SetKind.POINTS else int(read.least)
    return Band(read.id, read.label, least or 0, read.group)


def _file_faults(read: _SetFile) -> Iterator[str]:
    """Yield what only the written form can have wrong: numbers first, then days and letters."""
    for item in (item for group in read.groups for item in group.items):
        if points_of(str(item.most)) is None:
            yield f"điểm “{item.most}” của tiêu chí {item.id} không đúng"
    for band in read.bands:
        whole = str(band.least).isascii() and str(band.least).isdecimal()
        if points_of(str(band.least)) is None or not (whole or read.kind is SetKind.POINTS):
            yield f"ngưỡng “{band.least}” của mức {band.id} không đúng"
    yield from _form_faults(read)


def _form_faults(read: _SetFile) -> Iterator[str]:
    if read.editable == (read.confidence == "A"):
        yield "bộ chưa đọc toàn văn thì phải để đơn vị sửa được, và ngược lại"
    for day in filter(None, (read.compared_on, read.valid_from, read.valid_to)):
        if not _is_day(day):
            yield f"ngày {day} không có trong lịch"
    if read.decided_before and not _is_day(_LEAP_YEAR + read.decided_before):
        yield f"mốc ngày {read.decided_before} không có trong lịch"
    for text in _texts(read):
        if refused(text) or text != nfc(text) or text != text.strip():
            yield f"chữ “{text[:40]}” có ký tự không in được hoặc khoảng trắng thừa"


def _texts(read: _SetFile) -> Iterator[str]:
    yield from (read.title, read.legal_basis, read.maintained_by, read.source, read.note)
    yield from (each.label for each in read.reasons)
    yield from (each.label for each in read.bands)
    yield from (each.label for each in read.caps)
    for group in read.groups:
        yield from (group.title, group.article)
        for item in group.items:
            yield from (item.text, item.article)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
