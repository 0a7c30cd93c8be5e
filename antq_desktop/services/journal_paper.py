"""Two papers that no record gives: the journal as a list, and the recovery sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from antq_desktop.catalogue.prints import load_print_form
from antq_desktop.domain.clock import civil
from antq_desktop.domain.composing import Rows, compose, issuer_tokens
from antq_desktop.domain.papers import Block, place_and_date
from antq_desktop.domain.shown import paper_moment
from antq_desktop.paths import forms_folder, resources_folder
from antq_desktop.printing.render import Press
from antq_desktop.services.hand import Hand
from antq_desktop.services.issuers import Issuers
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.services.journal import JournalLine
    from antq_desktop.services.recovery import Sheet


class FormPapers:
    """Fills one form and lays it out."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._issuers = Issuers(store, hand)
        self._hand = hand

    @cached_property
    def _press(self) -> Press:
        return Press(resources_folder() / "fonts")

    def _made(
        self,
        code: str,
        tokens: Mapping[str, str],
        tables: Mapping[str, Rows] | None = None,
        body: tuple[Block, ...] = (),
    ) -> bytes:
        form = load_print_form(forms_folder() / "print" / f"{code}.toml")
        facts = self._issuers.own()
        common = {
            **issuer_tokens(facts.issuer),
            "number": "",
            "place_date": place_and_date(facts.issuer.place),
            "maker_name": self._hand.officer,
            "signer_authority": facts.authority,
            "signer_office": "",
            "signer_name": "",
            "made_at": paper_moment(civil(self._hand.clock.now())[:16]),
        }
        given = {**common, **tokens}
        wanted = {name: given[name] for name in form.tokens}
        paper = compose(form, wanted, tables or {}, self._issuers.watermark())
        *head, closing = paper.blocks
        return self._press.render(replace(paper, blocks=(*head, *body, closing)))


class JournalPaper(FormPapers):
    """The journal as a list."""

    def make(self, wanted: str, lines: Sequence[JournalLine], verified: str) -> bytes:
        """Return the paper of these lines, the oldest first."""
        rows = [
            (
                str(line.seq),
                line.at.replace(" ", "\n", 1),
                line.officer,
                line.action,
                "\n".join(line.details),
            )
            for line in reversed(lines)
        ]
        return self._made("history", {"wanted": wanted, "verified": verified}, {"entries": rows})


class RecoveryPaper(FormPapers):
    """The recovery sheet, to be sealed."""

    def make(self, sheet: Sheet, unit: str) -> bytes:
        """Return the paper of a sheet; nothing keeps it."""
        groups = sheet.code.split(" ")
        half = len(groups) // 2
        return self._made(
            "recovery_sheet",
            {"unit": unit, "sheet_made_at": paper_moment(sheet.made_at[:16])},
            {"first_groups": [groups[:half]], "last_groups": [groups[half:]]},
        )
