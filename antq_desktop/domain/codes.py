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
    """

    id: str
    label: str
    since: str
    retired: str = ""
    note: str = ""
    required: bool = False

    def in_force(self, on_date: str) -> bool:
        """Tell whether it may be chosen for something that happened on that day.

        Of a month or a year one day is enough.
        """
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
        for value in self.values:
            if wanted in {value.id, " ".join(fold(value.label).split())}:
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
        return value.label if value else f"{value_id} (chưa có trong danh mục)"

    def has(self, list_name: str, value_id: str) -> bool:
        """Tell whether the list knows the value, retired ones included."""
        return list_name in self._lists and self[list_name].get(value_id) is not None

    def in_force(self, list_name: str, on_date: str) -> tuple[CodeValue, ...]:
        """Return what may be chosen from a list for something that happened on that day."""
        return self[list_name].in_force(on_date)


def forbidden_words(list_name: str, text: str) -> tuple[str, ...]:
    """Return the words of a label or note that its list must not hold, folded; none is right."""
    if list_name in _FREE_LISTS:
        return ()
    words = _NEVER_A_CLASS + (_NEVER_A_PERSON if list_name in _LISTS_OF_PERSONS else ())
    folded = " ".join(re.findall(r"\w+", fold(text)))
    return tuple(word for word in words if re.search(rf"\b{word}\b", folded))
