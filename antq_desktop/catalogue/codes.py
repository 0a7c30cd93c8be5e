"""Loading of the code lists: one TOML file per list, read strictly.

A faulty file of the program itself is a bug, one of an update or of the unit is told to a person;
both come out as `UserError` with the name of the file, so that nothing half read is ever in use.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from antq_desktop.catalogue.derived import DERIVED
from antq_desktop.domain.codes import (
    CONFIDENCES,
    ILLUSTRATION,
    CodeList,
    Codes,
    CodeValue,
    forbidden_words,
)
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.text import fold, refused
from antq_desktop.files import environment_fault

_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LIST_KEYS: Final = {
    "title": str,
    "legal_basis": str,
    "confidence": str,
    "editable": bool,
    "values": list,
}
_LIST_EXTRAS: Final = {"note": str}
_VALUE_KEYS: Final = {"id": str, "label": str, "since": str}
_VALUE_EXTRAS: Final = {"retired": str, "note": str, "required": bool}
_LONGEST_LABEL: Final = 120
_LARGEST_FILE: Final = 1 << 20


class _ListsOfFolder(Mapping[str, CodeList]):
    """The lists of a folder, each file read when first asked for, and those that are derived."""

    def __init__(self, folder: Path) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        self._read: dict[str, CodeList] = {}

    def __getitem__(self, name: str) -> CodeList:
        if name not in self._read:
            make = DERIVED.get(name)
            self._read[name] = make() if make else load_code_list(self._paths[name])
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths or name in DERIVED

    def __iter__(self) -> Iterator[str]:
        return iter((*self._paths, *DERIVED))

    def __len__(self) -> int:
        return len(self._paths) + len(DERIVED)


def load_codes(folder: Path) -> Codes:
    """Return the code lists of a folder; a file is read when its list is first asked for.

    Raises:
        EnvironmentFault: `program_incomplete`: the folder holds no list.
        UserError: Later, when a faulty list is asked for, as `load_code_list` says.
    """
    lists = _ListsOfFolder(folder)
    if len(lists) == len(DERIVED):
        message = f"Không thấy danh mục trong thư mục “{folder.name}”. Cài lại chương trình."
        raise EnvironmentFault("program_incomplete", message)
    return Codes(lists)


def load_code_list(path: Path) -> CodeList:
    """Read one code list.

    Raises:
        UserError: `code_list_faulty`: not TOML, an unknown or missing key, a doubled id, an
            impossible date, a list that is editable against its confidence, a forbidden class.
    """
    return read_code_list(path.stem, _bytes_of(path))


def read_code_list(name: str, content: bytes) -> CodeList:
    """Make one code list of the bytes of its file; faults as `load_code_list` says."""
    return _Reader(name).code_list(content)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            content = source.read(_LARGEST_FILE + 1)
    except OSError as fault:
        raise environment_fault(fault, path) from fault
    if len(content) > _LARGEST_FILE:
        raise _Reader(path.stem).fault("tệp lớn hơn 1 MB")
    return content


class _Reader:
    """Reads one file and names it in every fault."""

    def __init__(self, name: str) -> None:
        self._name = name

    def fault(self, what: str) -> UserError:
        message = f"Danh mục {self._name}: {what}. Dùng lại tệp gốc hoặc sửa chỗ này."
        return UserError("code_list_faulty", message)

    def code_list(self, content: bytes) -> CodeList:
        if not _SLUG.fullmatch(self._name):
            raise self.fault("tên danh mục phải là chữ thường không dấu")
        try:
            held: dict[str, object] = tomllib.loads(content.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
            raise self.fault(f"tệp không đọc được ({fault})") from None
        self._check_keys(held, _LIST_KEYS, _LIST_EXTRAS, "danh mục")
        entries = held["values"]
        if not isinstance(entries, list) or not entries:
            raise self.fault("chưa có giá trị nào")
        values = tuple(self._value(entry, place) for place, entry in enumerate(entries, 1))
        self._check_unique(values)
        made = CodeList(
            name=self._name,
            title=str(held["title"]),
            legal_basis=str(held["legal_basis"]),
            confidence=str(held["confidence"]),
            values=values,
            note=str(held.get("note", "")),
        )
        self._check_confidence(made, editable=held["editable"] is True)
        return made

    def _check_keys(
        self, held: object, keys: Mapping[str, type], extras: Mapping[str, type], where: str
    ) -> None:
        if not isinstance(held, dict):
            raise self.fault(f"{where} không đúng dạng")
        for key, value in held.items():
            kind = keys.get(key) or extras.get(key)
            if kind is None:
                raise self.fault(f"{where} có mục lạ “{key}”")
            if not isinstance(value, kind):
                raise self.fault(f"{where}, mục “{key}” không đúng dạng")
            if isinstance(value, str) and refused(value):
                raise self.fault(f"{where}, mục “{key}” có ký tự không in được")
        for key in keys:
            if key not in held or held[key] == "":
                raise self.fault(f"{where} thiếu mục “{key}”")

    def _value(self, held: object, place: int) -> CodeValue:
        where = f"giá trị thứ {place}"
        self._check_keys(held, _VALUE_KEYS, _VALUE_EXTRAS, where)
        entry: dict[str, str] = held if isinstance(held, dict) else {}
        value = CodeValue(
            id=entry["id"],
            label=entry["label"],
            since=entry["since"],
            retired=entry.get("retired", ""),
            note=entry.get("note", ""),
            required=bool(entry.get("required", False)),
        )
        if not _SLUG.fullmatch(value.id) or len(value.id) > 40:
            raise self.fault(f"{where}: mã “{value.id}” phải là chữ thường không dấu")
        if len(value.label) > _LONGEST_LABEL:
            raise self.fault(f"{where}: nhãn dài hơn {_LONGEST_LABEL} chữ")
        for day in filter(None, (value.since, value.retired)):
            if not _is_day(day):
                raise self.fault(f"{where}: ngày {day} không có trong lịch")
        if value.retired and value.retired <= value.since:
            raise self.fault(f"{where}: thôi dùng trước khi bắt đầu dùng")
        words = forbidden_words(self._name, f"{value.label} {value.note}")
        if words:
            raise self.fault(f"{where}: không được lập loại “{value.label}” trong danh mục này")
        return value

    def _check_unique(self, values: tuple[CodeValue, ...]) -> None:
        for told, seen in (
            ("mã", [value.id for value in values]),
            ("nhãn", [fold(value.label) for value in values if not value.retired]),
        ):
            for text in seen:
                if seen.count(text) > 1:
                    raise self.fault(f"{told} “{text}” có hai lần")

    def _check_confidence(self, made: CodeList, *, editable: bool) -> None:
        if made.confidence not in CONFIDENCES:
            raise self.fault(f"mức tin cậy “{made.confidence}” phải là A, B hoặc C")
        if made.editable is not editable:
            raise self.fault("danh mục chưa đọc toàn văn thì phải để đơn vị sửa được, và ngược lại")
        if made.editable and ILLUSTRATION not in made.note.lower():
            raise self.fault(f"danh mục chưa đọc toàn văn phải ghi “{ILLUSTRATION}”")


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False
