"""Ways to look at a list that an officer keeps under a name: filters, order, columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.text import fold
from antq_desktop.services.named import Entries, Named

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.storage.store import Store

SETTING: Final = "views"
CALLED: Final = "cách xem"


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a list.

    Attributes:
        words: Words as typed.
        period: Name of a period; empty for all time.
        unit: Id of a unit; empty for all.
        state: Value of the state field; empty for all.
        missing: Only what a report still finds incomplete.
        voided: Voided records too.
        order_by: Field by which it is in order; empty for the kind's own order.
        downward: Whether the greatest comes first.
        columns: Fields that stand in it; empty for those of the layout.
        usual: Whether the list opens with it.
    """

    words: str = ""
    period: str = ""
    unit: str = ""
    state: str = ""
    missing: bool = False
    voided: bool = False
    order_by: str = ""
    downward: bool = False
    columns: tuple[str, ...] = ()
    usual: bool = False


class Views:
    """The ways one officer looks at lists; another officer of the machine has ways of his own."""

    def __init__(self, store: Store, officer: str) -> None:
        self._store = store
        self._named = Named(store, f"{SETTING}/{officer}", CALLED, officer)

    def of(self, kind: str) -> dict[str, View]:
        """Return the ways to look at the list of a kind, by name, in the order they were kept.

        Fields that are not there any more, or were never to stand in a list, are left out.
        """
        spec = spec_of(kind, self._store.specs)
        return {name: _view(spec, held) for name, held in self._named.of(kind).items()}

    def usual(self, kind: str) -> tuple[str, View] | None:
        """Return name and way with which the list of a kind opens; None for the plain list."""
        return next(((name, one) for name, one in self.of(kind).items() if one.usual), None)

    def keep(self, kind: str, name: str, view: View) -> str:
        """Keep a way to look; one of the same name gives way and stays usual if it was.

        Raises:
            UserError: `name_missing`, `too_many_named`.
        """
        usual = self.usual(kind)
        kept = replace(view, usual=usual is not None and fold(usual[0]) == fold(name.strip()))
        return self._named.keep(kind, name, _json(kept))

    def rename(self, kind: str, name: str, new: str) -> str:
        """Give a way to look another name.

        Raises:
            UserError: `name_missing`, `name_taken`.
        """
        return self._named.rename(kind, name, new)

    def drop(self, kind: str, name: str) -> None:
        """Keep a way to look no longer."""
        self._named.drop(kind, name)

    def make_usual(self, kind: str, name: str) -> None:
        """Let the list open with a way to look; with the plain list when the name is empty."""
        views = self.of(kind)

        def change(_held: Entries) -> Entries:
            return {one: _json(replace(view, usual=one == name)) for one, view in views.items()}

        told = f"Mở danh sách theo cách xem “{name}”" if name else "Mở danh sách như ban đầu"
        self._named.change(kind, change, told)


def _json(view: View) -> Json:
    held = {name: value for name, value in asdict(view).items() if value}
    return held | ({"columns": list(view.columns)} if view.columns else {})


def _view(spec: RecordSpec, held: Json) -> View:
    found = held if isinstance(held, Mapping) else {}
    columns = found.get("columns")
    names = [str(name) for name in columns] if isinstance(columns, list | tuple) else []
    order_by = _text(found, "order_by")
    in_order = _stands(spec, order_by)
    return View(
        words=_text(found, "words"),
        period=_text(found, "period"),
        unit=_text(found, "unit"),
        state=_text(found, "state"),
        missing=found.get("missing") is True,
        voided=found.get("voided") is True,
        order_by=order_by if in_order else "",
        downward=in_order and found.get("downward") is True,
        columns=tuple(name for name in names if _stands(spec, name)),
        usual=found.get("usual") is True,
    )


def _text(found: Mapping[str, Json], name: str) -> str:
    held = found.get(name)
    return held if isinstance(held, str) else ""


def _stands(spec: RecordSpec, name: str) -> bool:
    return any(field.name == name and not field.private for field in spec.fields)
