"""Things that officers keep under a name in the store: ways to look at a list, templates.

They lie as one setting of the store, so that they are encrypted with it, backed up with it and
never travel. Each keeping is written to history by name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import Json, canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.text import clean, fold

if TYPE_CHECKING:
    from antq_desktop.storage.store import Store

LONGEST_NAME: Final = 60
MOST: Final = 40

Entries = dict[str, Json]  # by name, in the order in which they were kept


class Named:
    """Entries by kind of record and name, in one setting.

    Args:
        store: The store that keeps them.
        setting: Name of the setting.
        called: What one entry is called in a sentence, in small letters.
        officer: Who keeps them now.
    """

    def __init__(self, store: Store, setting: str, called: str, officer: str) -> None:
        self._store = store
        self._setting = setting
        self._called = called
        self._officer = officer

    def of(self, kind: str) -> Entries:
        """Return what is kept for a kind; what cannot be read counts as never kept."""
        return self._read().get(kind, {})

    def keep(self, kind: str, name: str, content: Json) -> str:
        """Keep an entry in place of one of the same name; return the name as it is kept.

        Raises:
            UserError: `name_missing`, `too_many_named`.
        """
        name = self._cleaned(name)

        def change(held: Entries) -> Entries:
            name_there = _found(held, name) or name
            if name_there not in held and len(held) >= MOST:
                message = f"Đã có {MOST} {self._called}. Bỏ bớt rồi lưu lại."
                raise UserError("too_many_named", message, "reason")
            return {**held, name_there: content}

        self._change(kind, change, f"Lưu {self._called} “{name}”")
        return _found(self.of(kind), name) or name

    def rename(self, kind: str, name: str, new: str) -> str:
        """Give an entry another name; return the name as it is kept.

        Raises:
            UserError: `name_missing`, `name_taken`.
        """
        new = self._cleaned(new)

        def change(held: Entries) -> Entries:
            if _found(held, new) not in ("", name):
                message = f"Đã có {self._called} “{new}”. Đặt tên khác."
                raise UserError("name_taken", message, "reason")
            return {(new if one == name else one): content for one, content in held.items()}

        self._change(kind, change, f"Đổi tên {self._called} “{name}” thành “{new}”")
        return new

    def drop(self, kind: str, name: str) -> None:
        """Keep an entry no longer."""

        def change(held: Entries) -> Entries:
            return {one: content for one, content in held.items() if one != name}

        self._change(kind, change, f"Bỏ {self._called} “{name}”")

    def change(self, kind: str, change: Callable[[Entries], Entries], told: str) -> None:
        """Change the entries of a kind, as one action."""
        self._change(kind, change, told)

    def _change(self, kind: str, change: Callable[[Entries], Entries], told: str) -> None:
        with self._store.writing(self._officer, Action.SET) as work:
            held = _parsed(work.setting(self._setting, ""))
            held[kind] = change(held.get(kind, {}))
            kept: dict[str, Json] = {
                one: [{"name": name, "content": what} for name, what in entries.items()]
                for one, entries in held.items()
                if entries
            }
            work.set_setting(self._setting, canonical(kept).decode())
            work.note("", "", told)

    def _read(self) -> dict[str, Entries]:
        return _parsed(self._store.setting(self._setting, ""))

    def _cleaned(self, name: str) -> str:
        name = " ".join(clean(name, "Tên", field="reason").split())
        if not name or len(name) > LONGEST_NAME:
            message = f"Ghi tên {self._called}, nhiều nhất {LONGEST_NAME} chữ."
            raise UserError("name_missing", message, "reason")
        return name


def _found(held: Mapping[str, Json], name: str) -> str:
    """Return the name under which something alike is kept already; empty when nothing is."""
    return next((one for one in held if fold(one) == fold(name)), "")


def _parsed(text: str) -> dict[str, Entries]:
    try:
        held = json.loads(text) if text else {}
    except ValueError:
        return {}
    return {
        str(kind): {str(one["name"]): one["content"] for one in entries if "name" in one}
        for kind, entries in (held.items() if isinstance(held, dict) else ())
    }
