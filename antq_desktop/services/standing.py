"""What the officer at work may do now, asked by both faces before they show or do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import Operation, Role, may, require
from antq_desktop.storage import officers
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.work import Outcome


class Standing:
    """The roles of one officer, read again after anything was written."""

    def __init__(self, store: Store, officer: str) -> None:
        self._store = store
        self._officer = officer
        self._known: frozenset[Role] | None = None
        store.on_written.append(self._forget)

    @property
    def roles(self) -> frozenset[Role]:
        """What the officer was asked to do; nothing once they are off the list."""
        if self._known is None:
            with self._store.reading() as reader:
                held = officers.named(reader.connection, self._officer)
            self._known = held.roles if held else frozenset()
        return self._known

    @property
    def must_change(self) -> bool:
        """Whether the officer came in by a first password and has not set their own."""
        with self._store.reading() as reader:
            held = officers.named(reader.connection, self._officer)
        return held is not None and held.must_change

    def may(self, operation: Operation) -> bool:
        """Tell whether the officer may do something."""
        return may(self.roles, operation)

    def require(self, operation: Operation) -> None:
        """Return when the officer may do something.

        Raises:
            UserError: `not_allowed`, with who may.
        """
        require(self.roles, operation)

    def why_not(self, operation: Operation) -> str:
        """Return who may do something, for the tip of a button; empty when the officer may."""
        try:
            self.require(operation)
        except UserError as refused:
            return refused.message
        return ""

    def _forget(self, _outcome: Outcome) -> None:
        self._known = None
