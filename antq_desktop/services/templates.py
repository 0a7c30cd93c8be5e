"""Templates of the unit: values under a name with which a new record begins.

They stay in this store: they hold how this unit works, and nothing that a report needs. A template
keeps no person, no number and no date; `domain/copying.py` decides that from the declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.copying import templated
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value, Values
from antq_desktop.domain.records import spec_of
from antq_desktop.services.named import Named

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.storage.store import Store

SETTING: Final = "templates"
CALLED: Final = "mẫu của đơn vị"


class Templates:
    """What new records may begin with."""

    def __init__(self, store: Store, officer: str) -> None:
        self._store = store
        self._named = Named(store, SETTING, CALLED, officer)

    def of(self, kind: str) -> dict[str, dict[str, Value]]:
        """Return the templates of a kind by name; fields that may not stand in one are left out."""
        spec = spec_of(kind, self._store.specs)
        return {
            name: templated(spec, _values(spec, held))
            for name, held in self._named.of(kind).items()
        }

    def keep(self, kind: str, name: str, values: Values) -> str:
        """Keep what of these values a template may hold, in place of one of the same name.

        Raises:
            UserError: `name_missing`, `too_many_named`, `template_empty`.
        """
        kept = templated(spec_of(kind, self._store.specs), values)
        if not kept:
            message = "Chưa có mục nào lưu được vào mẫu. Nhập nội dung chung rồi lưu mẫu."
            raise UserError("template_empty", message)
        content: dict[str, Json] = dict(kept)
        return self._named.keep(kind, name, content)

    def rename(self, kind: str, name: str, new: str) -> str:
        """Give a template another name.

        Raises:
            UserError: `name_missing`, `name_taken`.
        """
        return self._named.rename(kind, name, new)

    def drop(self, kind: str, name: str) -> None:
        """Keep a template no longer."""
        self._named.drop(kind, name)


def _values(spec: RecordSpec, held: Json) -> dict[str, Value]:
    names = {field.name for field in spec.fields}
    found = held.items() if isinstance(held, Mapping) else ()
    return {
        name: value
        for name, value in found
        if name in names and isinstance(value, str | int | bool)
    }
