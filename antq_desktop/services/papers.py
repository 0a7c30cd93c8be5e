"""Everything that is printed: forms filled from the store, laid out, kept track of.

A paper that was made is noted in history, once, whether it is then saved, printed or only looked
at; private fields on it are noted as a reading. Number and date stay open: they are given by the
unit's own registry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.domain.changes import Action
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.composing import PrintForm, compose, issuer_tokens
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.paper_codes import paper_code
from antq_desktop.domain.papers import (
    CheckCode,
    Paper,
    Placed,
    Progress,
    Stop,
    document_number,
    place_and_date,
)
from antq_desktop.domain.periods import Period
from antq_desktop.files import write_atomically
from antq_desktop.paths import resources_folder
from antq_desktop.printing.render import Press
from antq_desktop.services.blanks import Blanks
from antq_desktop.services.hand import Hand
from antq_desktop.services.issuers import Issuers
from antq_desktop.services.issuing import Issuing
from antq_desktop.services.own_forms import OwnForms
from antq_desktop.services.paper_asked import Asked, Filled
from antq_desktop.services.paper_filling import PaperFilling
from antq_desktop.services.paper_kinds import (
    ASKS,
    BLANK,
    NEEDS,
    NUMBERED,
    RECEIVER_ONLY,
    RECORD_KINDS,
    WITH_PRIVATE,
    Needs,
    PaperKind,
)
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.services.reports import Reports
from antq_desktop.storage import settings
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.printing.word import Typist
    from antq_desktop.services.handover import Handover
    from antq_desktop.services.narrative.desk import Narratives
    from antq_desktop.services.oversight import Oversight
    from antq_desktop.services.standards.desk import Standards
    from antq_desktop.services.unit_sheet import UnitSheets


class Papers:
    """Makes the papers of one profile."""

    def __init__(  # noqa: PLR0917 - what papers are made of
        self,
        store: Store,
        codes: Codes,
        hand: Hand,
        reports: Reports,
        handover: Callable[[], Handover],
        narratives: Callable[[], Narratives],
        standards: Callable[[], Standards],
        oversight: Callable[[], Oversight],
        sheets: Callable[[], UnitSheets],
    ) -> None:
        """Take what papers are made of; the exchange is loaded when a paper of it is made."""
        self._store = store
        self._hand = hand
        self._handover = handover
        self._issuers = Issuers(store, hand)
        self.own_forms = OwnForms(store, hand.officer)
        self.issuing = Issuing(store, self._issuers, hand.officer)
        self._filling = PaperFilling(
            store,
            codes,
            hand,
            self.issuing,
            reports,
            handover,
            narratives,
            standards,
            oversight,
            sheets,
        )

    @cached_property
    def _press(self) -> Press:
        return Press(resources_folder() / "fonts")

    @cached_property
    def _typist(self) -> Typist:
        from antq_desktop.printing.word import Typist

        return Typist(resources_folder() / "fonts")

    def forms(self) -> list[PaperKind]:
        """Return the papers that can be made at this level, in the order of their forms."""
        receives = self._store.setting(settings.LEVEL) == RECEIVER_LEVEL
        return [
            PaperKind(
                code,
                self.own_forms.shipped[code].title,
                needs,
                RECORD_KINDS.get(code, ""),
                has_private=code in WITH_PRIVATE,
                in_word=code != BLANK,
            )
            for code, needs in NEEDS.items()
            if receives or code not in RECEIVER_ONLY
        ]

    def make(
        self,
        form_code: str,
        *,
        record_id: str | None = None,
        period: Period | None = None,
        bundle: str | None = None,
        about: str = "",
        with_private: bool = False,
        word: bool = False,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> bytes:
        """Make a paper and return its PDF; it is noted in history.

        Args:
            form_code: Which paper.
            record_id: For a paper of a record.
            period: For a paper of a period.
            bundle: For a receipt: the digest of the bundle, or how it begins.
            about: For a report: what of the period it is about, a `Scope` by its name.
            with_private: Put telephone numbers on it, which is noted as a reading.
            word: Return an editable Word file instead.
            progress: Called with rows done and rows in all.
            stop: Asked now and then; True ends the work.

        Raises:
            UserError: `unknown_paper`, `paper_needs_record`, `paper_needs_period`,
                `paper_needs_bundle`, `no_such_record`, `is_voided`, `no_such_bundle`,
                `bundle_ambiguous`, `not_answered_yet`, `not_in_word`.
            PrintingStopped: `stop` returned True; nothing is noted.
            EnvironmentFault: What the machine denies.
        """
        asked = Asked(record_id or "", period, bundle or "", with_private, about)
        return self._printed(form_code, (asked,), progress, stop, word=word)

    def make_all(
        self,
        form_code: str,
        record_ids: Sequence[str],
        *,
        with_private: bool = False,
        word: bool = False,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> bytes:
        """Make the papers of several records as one PDF, each noted; raises what `make` does."""
        asked = [Asked(one, None, "", with_private) for one in record_ids]
        return self._printed(form_code, asked, progress, stop, word=word)

    def _printed(
        self,
        code: str,
        asked: Sequence[Asked],
        progress: Progress | None,
        stop: Stop | None,
        *,
        word: bool,
    ) -> bytes:
        form, common = self._form(code), self._common(code)
        if word and code == BLANK:
            message = "Chữ in lên phôi chỉ đúng chỗ ở tệp PDF. Lưu PDF, hoặc in giấy công nhận."
            raise UserError("not_in_word", message, "word")
        for one in asked:
            self._check(code, one)
        filled = [self._filling.filled(code, one) for one in asked]
        codes = [self._code(form, one, held) for one, held in zip(asked, filled, strict=True)]
        papers = [
            replace(self._composed(form, common, one), code=written)
            for one, written in zip(filled, codes, strict=True)
        ]
        made = (
            self._typist.write(papers) if word else self._press.render_all(papers, progress, stop)
        )
        for one, held, written in zip(asked, filled, codes, strict=True):
            self._note(form, one, held, written)
        return made

    def code_of(self, form_code: str, asked: Asked) -> str:
        """Return the code that a paper would bear if it were made now; nothing is noted.

        Raises:
            UserError: What `make` says of the same paper.
        """
        form = self._form(form_code)
        self._check(form_code, asked)
        return self._code(form, asked, self._filling.filled(form_code, asked))

    def _code(self, form: PrintForm, asked: Asked, filled: Filled) -> str:
        """Return the code of a paper; none on a blank, nor where two people compare another."""
        if any(isinstance(block, CheckCode | Placed) for block in form.blocks):
            return ""
        about = asked.record_id or asked.bundle
        if not about and asked.period is not None:
            of = f" {asked.about}" if asked.about else ""
            about = f"{self._store.setting(settings.UNIT)} {form.code} {asked.period.name}{of}"
        return paper_code(about, form.code.encode() + b"\n" + filled.content)

    @cached_property
    def blanks(self) -> Blanks:
        """Where the words of a certificate stand on a bought blank."""
        return Blanks(self._store, self.own_forms.shipped[BLANK], self._hand.officer)

    def measuring_sheet(self) -> bytes:
        """Return the sheet that is laid over a blank; nothing of the records stands on it."""
        return self._press.render(self.blanks.measuring_sheet())

    def _composed(self, form: PrintForm, common: Mapping[str, str], filled: Filled) -> Paper:
        tokens = {**common, **filled.tokens}
        paper = compose(form, tokens, filled.tables, self._issuers.watermark())
        if form.code == BLANK:
            return self.blanks.moved(paper)
        *head, closing = paper.blocks
        return replace(paper, blocks=(*head, *filled.body, closing, *filled.tail))

    def save(self, pdf: bytes, path: Path) -> Path:
        """Write a paper that was made to a file, whole or not at all, and return its path.

        Raises:
            EnvironmentFault: What the disk denies.
        """
        write_atomically(path, pdf)
        return path

    def key_slip(self, folder: Path) -> Path:
        """Write the slip of this device into a folder and return its path.

        Raises:
            EnvironmentFault: What the disk denies.
        """
        public = self._handover().devices.keys().public
        path = folder / f"ANTQ_PHIEU_{public.unit.code}_{public.key_id}.pdf"
        return self.save(self.make("key_slip"), path)

    def _form(self, code: str) -> PrintForm:
        known = {kind.code for kind in self.forms()}
        if code not in known:
            message = f"Không có biểu mẫu in “{code}”. Các biểu mẫu: {', '.join(sorted(known))}."
            raise UserError("unknown_paper", message, "form")
        return self.own_forms.form(code)

    def _check(self, code: str, asked: Asked) -> None:
        needs = NEEDS[code]
        given = {
            Needs.RECORD: bool(asked.record_id),
            Needs.UNIT: bool(asked.record_id),
            Needs.PERIOD: asked.period is not None,
            Needs.BUNDLE: bool(asked.bundle),
            Needs.NOTHING: True,
        }
        if not given[needs]:
            name, message = ASKS[needs]
            raise UserError(f"paper_needs_{name}", message, name)

    def _common(self, code: str) -> dict[str, str]:
        body = self.issuing.body(self.issuing.of_form(code))
        issuer, kind = body.issuer, NUMBERED.get(code)
        recipients = [issuer.superior] if issuer.superior else []
        return {
            **issuer_tokens(issuer),
            "number": document_number(kind, issuer.sign) if kind else "",
            "place_date": place_and_date(issuer.place),
            "maker_name": self._hand.officer,
            "signer_authority": body.authority,
            "signer_office": body.office,
            "signer_name": body.signer_line,
            "signers": body.others,
            "recipients": "\n".join((*recipients, f"Lưu: {issuer.sign}".strip(": "))),
        }

    def _note(self, form: PrintForm, asked: Asked, filled: Filled, code: str) -> None:
        told = f"Lập {form.title}"
        if asked.period is not None and NEEDS[form.code] is Needs.PERIOD:
            told += f", {asked.period.label}"
        action = Action.ENROL if form.code == "key_slip" else Action.PRINT
        facts: dict[str, Value] = {
            "form": form.code,
            "record": asked.record_id,
            "period": asked.period.name if asked.period else "",
            "bundle": asked.bundle,
            "private": asked.private,
        }
        if asked.about:
            facts["about"] = asked.about
        with self._store.writing(self._hand.officer, action) as work:
            work.note(*filled.concerns, told)
            if code:
                work.note("", code, "", facts)
        if filled.private:
            with self._store.writing(self._hand.officer, Action.READ_PRIVATE) as work:
                for kind, record in filled.private:
                    work.note(kind, record, f"In {form.title}")
