"""Code lists: the choices of a field, each with a stable id, a label and the days it holds.

A record stores the id, so that labels may change. What a unit may never add stands here too: no
list makes a class of events, or a word for a person, out of politics, religion, ethnicity, strikes
or complaints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from antq_desktop.domain.ids import RECORD_ID
from antq_desktop.domain.text import fold

ALWAYS: Final = "1900-01-01"  # `since` of what no document began: the earliest date of the program
ILLUSTRATION: Final = "mẫu minh họa"
CONFIDENCES: Final = ("A", "B", "C")

# Folded beginnings of words. Names of schemes are public names and may hold them.
_NEVER_A_CLASS: Final = (
    "an ninh quoc gia", "bi mat nha nuoc", "bieu tinh", "chinh tri", "chong chinh quyen",
    "chong dang", "chong nha nuoc", "dan toc", "dao la", "dinh cong", "giao dan", "giao phai",
    "hoi kin", "khieu kien", "khieu nai", "khoi dai doan ket", "kien nghi", "lan cong", "ly khai",
    "phan dong", "sac toc", "ta dao", "tin nguong", "to cao", "ton giao", "tu tri",
    "tuyen truyen chong",
)  # fmt: skip
_NEVER_A_PERSON: Final = ("bao tin", "cung cap tin", "nguon tin", "co so bi mat", "dac tinh")
_SLUG: Final = r"[a-z][a-z0-9]{0,39}(?:_[a-z0-9]{1,39}){0,19}"
_OF_A_UNIT: Final = re.compile(rf"(?:{RECORD_ID.pattern})/{_SLUG}", re.ASCII)
SHIPPED: Final = re.compile(_SLUG, re.ASCII)
LONGEST_LABEL: Final = 120
_FREE_LISTS: Final = frozenset({"scheme_type"})
_LISTS_OF_PERSONS: Final = frozenset({"involved_role", "member_office"})


@dataclass(frozen=True, slots=True)
class CodeValue:
    """One choice.

    Attributes:
        id: Stable ASCII slug; what a record stores.
        label: Vietnamese, as it stands in the list and on paper.
        since: First day it holds, `YYYY-MM-DD`.
        retired: First day it no longer holds; empty while it does.
        note: Vietnamese remark shown beside it; may be empty.
        required: For a list that is a checklist: the item is one that must be there.
        hidden: The unit does not offer it; records that have it keep it.
        owner: The unit that added it; empty for one that came with the program.
        shipped: Its label as it came with the program, where the unit gave it another.
        counts_as: The shipped value that figures take it for; empty for itself.
    """

    id: str
    label: str
    since: str
    retired: str = ""
    note: str = ""
    required: bool = False
    hidden: bool = False
    owner: str = ""
    shipped: str = ""
    counts_as: str = ""

    def in_force(self, on_date: str) -> bool:
        """Tell whether it may be chosen for something that happened on that day.

        Of a month or a year one day is enough.
        """
        if self.hidden:
            return False
        known = len(on_date) - len("YYYY")
        first, last = on_date + "-01-01"[known:], on_date + "-99-99"[known:]
        return self.since <= last and (not self.retired or first < self.retired)


@dataclass(frozen=True, slots=True)
class CodeList:
    """The choices of one kind of field, in the order in which they are offered.

    Attributes:
        name: Identifier, the name of its file.
        title: Vietnamese heading.
        legal_basis: Where it comes from.
        confidence: `A` the text was read in full, `B` an excerpt, `C` general knowledge.
        values: The choices, retired ones included.
        note: Vietnamese remark; names the list an illustration when its confidence is not `A`.
    """

    name: str
    title: str
    legal_basis: str
    confidence: str
    values: tuple[CodeValue, ...]
    note: str = ""
    _by_id: Mapping[str, CodeValue] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {value.id: value for value in self.values})

    @property
    def editable(self) -> bool:
        """Whether the unit may change it: whatever was not read in full is a proposal."""
        return self.confidence != "A"

    def get(self, value_id: str) -> CodeValue | None:
        """Return the choice of that id, retired or not; None when there is none."""
        return self._by_id.get(value_id)

    def in_force(self, on_date: str) -> tuple[CodeValue, ...]:
        """Return what may be chosen for something that happened on that day."""
        return tuple(value for value in self.values if value.in_force(on_date))

    def find(self, typed: str) -> CodeValue | None:
        """Return the choice whose id or label was typed, with or without marks; None when none."""
        wanted = " ".join(fold(typed).split())
        if not wanted:
            return None
        # What is not offered is understood too, but after what is: two may share a label.
        for value in sorted(self.values, key=lambda one: bool(one.hidden or one.retired)):
            labels = {" ".join(fold(label).split()) for label in (value.label, value.shipped)}
            if wanted in labels or wanted == value.id.lower():
                return value
        return None


class Codes(Mapping[str, CodeList]):
    """All code lists by name; a name that no file has is a bug and raises KeyError."""

    def __init__(self, lists: Mapping[str, CodeList]) -> None:
        self._lists = lists

    def __getitem__(self, list_name: str) -> CodeList:
        return self._lists[list_name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)

    def label(self, list_name: str, value_id: str) -> str:
        """Return the label of a value; one that a newer catalogue brought is named by its id."""
        value = self[list_name].get(value_id)
        return value.label if value else f"{slug_of(value_id)} (chưa có trong danh mục)"

    def has(self, list_name: str, value_id: str) -> bool:
        """Tell whether the list knows the value, retired ones included."""
        return list_name in self._lists and self[list_name].get(value_id) is not None

    def in_force(self, list_name: str, on_date: str) -> tuple[CodeValue, ...]:
        """Return what may be chosen from a list for something that happened on that day."""
        return self[list_name].in_force(on_date)

    def counted(self, list_name: str, value_id: str) -> str:
        """Return the value that figures take a value for: mostly itself."""
        if "/" not in value_id or list_name not in self._lists:
            return value_id
        value = self[list_name].get(value_id)
        return value.counts_as if value and value.counts_as else value_id


class CodesOfUnits:
    """What the gate knows of code lists: the lists, and any value that a unit may have added.

    A rule reads one record alone, so it cannot ask whether the value's own record has come yet.
    """

    def __init__(self, codes: Codes) -> None:
        self._codes = codes

    def has(self, list_name: str, value_id: str) -> bool:
        """Tell whether a record that came may hold the value."""
        if self._codes.has(list_name, value_id):
            return True
        if list_name not in self._codes or not self._codes[list_name].editable:
            return False
        words = slug_of(value_id).replace("_", " ")
        return is_of_a_unit(value_id) and not forbidden_words(list_name, words)


def is_of_a_unit(value_id: str) -> bool:
    """Tell whether the id is that of a value which a unit added: `<unit>/<slug>`."""
    return _OF_A_UNIT.fullmatch(value_id) is not None


def slug_of(value_id: str) -> str:
    """Return the last part of the id of a value: all of it for a shipped one."""
    return value_id.rpartition("/")[2]


def unit_of(value_id: str) -> str:
    """Return the unit that added a value; empty for a shipped one."""
    return value_id.rpartition("/")[0]


def forbidden_words(list_name: str, text: str) -> tuple[str, ...]:
    """Return the words of a label or note that its list must not hold, folded; none is right."""
    if list_name in _FREE_LISTS:
        return ()
    words = _NEVER_A_CLASS + (_NEVER_A_PERSON if list_name in _LISTS_OF_PERSONS else ())
    folded = " ".join(re.findall(r"\w+", fold(text)))
    return tuple(word for word in words if re.search(rf"\b{word}\b", folded))
