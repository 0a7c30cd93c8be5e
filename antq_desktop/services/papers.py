"""Everything that is printed: forms filled from the store, laid out, kept track of.

A paper that was made is noted in history, once, whether it is then saved, printed or only looked
at; private fields on it are noted as a reading. Number and date stay open: they are given by the
unit's own registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.catalogue.prints import load_print_forms
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.composing import PrintForm, compose, issuer_tokens
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.papers import Paper, Progress, Stop, document_number, place_and_date
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import paper_moment
from antq_desktop.domain.text import sort_key
from antq_desktop.files import write_atomically
from antq_desktop.paths import forms_folder, resources_folder
from antq_desktop.printing.render import Press
from antq_desktop.services import (
    exchange_papers,
    force_paper,
    gap_letter,
    incident_paper,
    summary_paper,
)
from antq_desktop.services.hand import Hand
from antq_desktop.services.issuers import Issuers
from antq_desktop.services.paper_asked import Asked, Filled
from antq_desktop.services.paper_kinds import (
    ASKS,
    NEEDS,
    NUMBERED,
    RECEIVER_ONLY,
    RECORD_KINDS,
    WITH_PRIVATE,
    Needs,
    PaperKind,
)
from antq_desktop.services.paper_words import PaperWords, capital
from antq_desktop.services.papers_of_records import RecordPapers
from antq_desktop.services.profiles import RECEIVER_LEVEL, tree_of
from antq_desktop.services.reports import Reports
from antq_desktop.services.work_papers import WorkPapers
from antq_desktop.storage import settings
from antq_desktop.storage.columns import values_of
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
        self._codes = codes
        self._hand = hand
        self._reports = reports
        self._handover = handover
        self._narratives = narratives
        self._standards = standards
        self._oversight = oversight
        self._issuers = Issuers(store, hand)
        self._of_record = RecordPapers(store, self._words)
        self._work = WorkPapers(store, self._words, sheets)

    @cached_property
    def _press(self) -> Press:
        return Press(resources_folder() / "fonts")

    @cached_property
    def _typist(self) -> Typist:
        from antq_desktop.printing.word import Typist

        return Typist(resources_folder() / "fonts")

    @cached_property
    def _forms(self) -> Mapping[str, PrintForm]:
        return load_print_forms(forms_folder() / "print")

    def forms(self) -> list[PaperKind]:
        """Return the papers that can be made at this level, in the order of their forms."""
        receives = self._store.setting(settings.LEVEL) == RECEIVER_LEVEL
        return [
            PaperKind(
                code,
                self._forms[code].title,
                needs,
                RECORD_KINDS.get(code, ""),
                has_private=code in WITH_PRIVATE,
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
            with_private: Put telephone numbers on it, which is noted as a reading.
            word: Return an editable Word file instead.
            progress: Called with rows done and rows in all.
            stop: Asked now and then; True ends the work.

        Raises:
            UserError: `unknown_paper`, `paper_needs_record`, `paper_needs_period`,
                `paper_needs_bundle`, `no_such_record`, `is_voided`, `no_such_bundle`,
                `bundle_ambiguous`, `not_answered_yet`.
            PrintingStopped: `stop` returned True; nothing is noted.
            EnvironmentFault: What the machine denies.
        """
        asked = Asked(record_id or "", period, bundle or "", with_private)
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
        for one in asked:
            self._check(code, one)
        filled = [self._filled(code, one) for one in asked]
        papers = [self._composed(form, common, one) for one in filled]
        made = (
            self._typist.write(papers) if word else self._press.render_all(papers, progress, stop)
        )
        for one, held in zip(asked, filled, strict=True):
            self._note(form, one, held)
        return made

    def _composed(self, form: PrintForm, common: Mapping[str, str], filled: Filled) -> Paper:
        tokens = {**common, **filled.tokens}
        paper = compose(form, tokens, filled.tables, self._issuers.watermark())
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
        return self._forms[code]

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
        facts = self._issuers.own()
        kind = NUMBERED.get(code)
        recipients = [facts.issuer.superior] if facts.issuer.superior else []
        return {
            **issuer_tokens(facts.issuer),
            "number": document_number(kind, facts.issuer.sign) if kind else "",
            "place_date": place_and_date(facts.issuer.place),
            "maker_name": self._hand.officer,
            "signer_authority": facts.authority,
            "signer_office": "",
            "signer_name": "",
            "recipients": "\n".join((*recipients, f"Lưu: {facts.issuer.sign}".strip(": "))),
        }

    def _filled(self, code: str, asked: Asked) -> Filled:
        match code:
            case "record_sheet":
                return self._of_record.sheet(asked)
            case "scheme_sheet" | "scheme_members" | "scheme_cover":
                return self._of_record.scheme(asked)
            case "incident_register":
                return self._incidents(_given(asked.period))
            case "summary" | "summary_by_unit":
                return self._summary(code, _given(asked.period))
            case "bm1":
                return self._forces(_given(asked.period))
            case "report":
                return self._narrative(_given(asked.period))
            case "delivery_register":
                return self._deliveries(_given(asked.period))
            case "receipt":
                return self._receipt(asked.bundle)
        return self._of_exchange(code, asked)

    def _of_exchange(self, code: str, asked: Asked) -> Filled:
        match code:
            case "key_slip":
                return self._slip()
            case "gap_letter":
                return self._gaps(asked.record_id)
            case "document_register":
                return self._work.register(_given(asked.period))
            case "meeting_minutes" | "meeting_invitation" | "meeting_attendance":
                return self._work.meeting(asked)
            case "reminder_letter":
                return self._work.reminder(asked, self._issuers.own().issuer.sign)
            case "neighbourhood_slip":
                return self._work.slip(asked, self._hand.clock.now().year)
        return self._standard(code, asked)

    def _standard(self, code: str, asked: Asked) -> Filled:
        from antq_desktop.services.standards_paper import StandardPapers

        return StandardPapers(self._standards(), self._codes).filled(code, asked)

    def _gaps(self, unit: str) -> Filled:
        today = civil(self._hand.clock.now())[:10]
        sign = self._issuers.own().issuer.sign
        return gap_letter.filled_of(self._oversight().following.heat(), unit, today, sign)

    def _narrative(self, period: Period) -> Filled:
        from antq_desktop.services.narrative.paper import filled_of

        return filled_of(self._narratives().report(period), self._issuers.own().issuer)

    def _incidents(self, period: Period) -> Filled:
        spec = self._store.specs["incident"]
        with self._store.reading() as reader:
            held = [
                each
                for each in values_of(reader.connection, spec, incident_paper.FIELDS)
                if period.holds(str(each.values["occurred_on"]))
            ]
            words = self._words()
            words.learn_references(reader, spec, (each.values for each in held))
            owners = {each.owner for each in held}
            words.learn(reader, "unit", owners)
        units = sorted(
            ((owner, words.name_of(owner)) for owner in owners),
            key=lambda unit: sort_key(unit[1]),
        )
        return Filled(
            {
                "period": capital(period.label),
                **incident_paper.totals_of(held, spec, words),
            },
            {"incidents": incident_paper.rows_of(held, spec, words, units)},
        )

    def _summary(self, code: str, period: Period) -> Filled:
        made = paper_moment(civil(self._hand.clock.now())[:16])
        return summary_paper.filled_of(self._reports, self._store.specs, code, period, made)

    def _forces(self, period: Period) -> Filled:
        own = self._store.setting(settings.UNIT)
        before = self._reports.one_before(period)
        held = self._reports.openings(force_paper.MEMBERS, before)
        said = {
            unit: max(openings)
            for unit, openings in held.items()
            if not any(each.closed for each in openings)
        }
        below = {place.id: place.name for place in tree_of(self._store)}
        with self._store.reading() as reader:
            counter = force_paper.ForceCounter(self._store, reader)
        paper = (
            counter.by_unit(period, below, said)
            if below
            else counter.by_team(period, own, said.get(own))
        )
        made = paper_moment(civil(self._hand.clock.now())[:16])
        tokens = {"period": capital(period.label), **paper.tokens(made)}
        return Filled(tokens, {"forces": paper.table()})

    def _deliveries(self, period: Period) -> Filled:
        with self._store.reading() as reader:
            tables = exchange_papers.delivery_tables(reader, period)
        return Filled({"period": capital(period.label)}, tables)

    def _receipt(self, digest: str) -> Filled:
        bundle = exchange_papers.answered(self._store, self._handover(), digest)
        with self._store.reading() as reader:
            tables = exchange_papers.receipt_tables(bundle, self._store.specs, reader)
        tokens = exchange_papers.receipt_tokens(bundle)
        recipients = {} if bundle.sent_here else {"recipients": bundle.sender}
        return Filled({**tokens, **recipients}, tables)

    def _slip(self) -> Filled:
        public = self._handover().devices.keys().public
        tokens = {
            **exchange_papers.slip_tokens(public),
            "receiver": self._issuers.own().issuer.superior,
            "checked_on": "",
            "checked_at": "",
        }
        return Filled(tokens, {})

    def _words(self) -> PaperWords:
        return PaperWords(self._codes, {place.id: place.name for place in tree_of(self._store)})

    def _note(self, form: PrintForm, asked: Asked, filled: Filled) -> None:
        told = f"Lập {form.title}"
        if asked.period is not None and NEEDS[form.code] is Needs.PERIOD:
            told += f", {asked.period.label}"
        action = Action.ENROL if form.code == "key_slip" else Action.PRINT
        self._write(action, (filled.concerns,), told)
        if filled.private:
            self._write(Action.READ_PRIVATE, filled.private, f"In {form.title}")

    def _write(self, action: str, concerns: Iterable[tuple[str, str]], told: str) -> None:
        with self._store.writing(self._hand.officer, action) as work:
            for kind, record in concerns:
                work.note(kind, record, told)


def _given(period: Period | None) -> Period:
    if period is None:
        raise ValueError("asked before the period was checked")
    return period
