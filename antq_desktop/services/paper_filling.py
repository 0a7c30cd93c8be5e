"""Fills each print form from the store: which part of the services makes which paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from antq_desktop.domain.clock import civil
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.deadlines import DeadlinePreset
from antq_desktop.domain.papers import Issuer
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import paper_moment, show_date
from antq_desktop.domain.text import sort_key
from antq_desktop.paths import forms_folder
from antq_desktop.services import (
    exchange_papers,
    force_paper,
    gap_letter,
    incident_paper,
    incident_terms_paper,
    summary_paper,
)
from antq_desktop.services.hand import Hand
from antq_desktop.services.issuing import Issuing
from antq_desktop.services.paper_asked import Asked, Filled
from antq_desktop.services.paper_recipes import RECIPES
from antq_desktop.services.paper_words import PaperWords, capital
from antq_desktop.services.papers_of_records import RecordPapers
from antq_desktop.services.profiles import tree_of
from antq_desktop.services.recipe_papers import RecipePapers
from antq_desktop.services.reports import Reports
from antq_desktop.services.work_papers import WorkPapers
from antq_desktop.storage import settings
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.domain.charts.chart import Chart
    from antq_desktop.services.handover import Handover
    from antq_desktop.services.narrative.desk import Narratives
    from antq_desktop.services.oversight import Oversight
    from antq_desktop.services.standards.desk import Standards
    from antq_desktop.services.unit_sheet import UnitSheets


class PaperFilling:
    """Knows what the words and rows of every paper are."""

    def __init__(  # noqa: PLR0917 - what papers are made of
        self,
        store: Store,
        codes: Codes,
        hand: Hand,
        issuing: Issuing,
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
        self._issuing = issuing
        self._of_record = RecordPapers(store, self._words)
        self._work = WorkPapers(store, self._words, sheets)
        self._recipes = RecipePapers(store, self._words, issuing, self._today)

    def filled(self, code: str, asked: Asked) -> Filled:
        """Return what a form is filled with.

        Raises:
            UserError: What the paper says about what it is made of.
        """
        if code in RECIPES:
            return self._recipes.filled(code, asked)
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
                return self._narrative(_given(asked.period), asked.about)
            case "delivery_register":
                return self._deliveries(_given(asked.period))
            case "receipt" | "merge_minutes":
                return self._receipt(asked.bundle)
        return self._of_exchange(code, asked)

    def _of_exchange(self, code: str, asked: Asked) -> Filled:
        match code:
            case "key_slip":
                return self._slip()
            case "incident_deadlines":
                return self._terms(_given(asked.period))
            case "cls_list" | "cls_submission" | "opinion_slip":
                return self._classified(code, asked)
            case "gap_letter":
                return self._gaps(asked.record_id)
            case "document_register":
                return self._work.register(_given(asked.period))
            case "meeting_minutes" | "meeting_invitation" | "meeting_attendance":
                return self._work.meeting(asked)
            case "reminder_letter":
                return self._work.reminder(asked, self._issuer(code).sign)
            case "neighbourhood_slip":
                return self._work.slip(asked, self._hand.clock.now().year)
        return self._standard(code, asked)

    def _standard(self, code: str, asked: Asked) -> Filled:
        from antq_desktop.services.standards_paper import StandardPapers

        return StandardPapers(self._standards(), self._codes, self._issuer(code).place).filled(
            code, asked
        )

    def _classified(self, code: str, asked: Asked) -> Filled:
        from antq_desktop.services import standards_list_paper as lists

        standards = self._standards()
        year = int((asked.period.until if asked.period else self._today())[:4])
        if code == "cls_list":
            return lists.list_filled(standards, self._codes, year)
        filled = lists.submission_filled(standards, self._codes, year)
        bodies = self._recipes.bodies(code)
        if code == "cls_submission":
            return replace(filled, tokens={**bodies, **filled.tokens})
        with standards.ground.book() as book:
            rows = lists.voted_rows(standards, self._codes, book, year)
        return self._recipes.asked_member(asked, {**bodies, "year": str(year)}, rows)

    def _terms(self, period: Period) -> Filled:
        spec, words = self._store.specs["incident"], self._words()
        with self._store.reading() as reader:
            held = list(values_of(reader.connection, spec, incident_terms_paper.FIELDS))
            own = reader.record("unit", reader.setting(settings.UNIT))
        remote = own is not None and own.values().get("remote") is True
        presets, now = self._deadlines(), civil(self._hand.clock.now())[:16]
        return incident_terms_paper.filled_of(held, spec, words, period, presets, remote, now)

    def _deadlines(self) -> Sequence[DeadlinePreset]:
        from antq_desktop.catalogue.periods import DEADLINES_FILE, load_deadlines

        file = forms_folder() / "periods" / DEADLINES_FILE
        return [term for term in load_deadlines(file) if term.in_force]

    def _today(self) -> str:
        return civil(self._hand.clock.now())[:10]

    def _gaps(self, unit: str) -> Filled:
        today = self._today()
        sign = self._issuer("gap_letter").sign
        return gap_letter.filled_of(self._oversight().following.heat(), unit, today, sign)

    def _narrative(self, period: Period, about: str) -> Filled:
        from antq_desktop.domain.narrative.subjects import read_scope
        from antq_desktop.services.narrative.paper import filled_of

        narrative = self._narratives().report(period, read_scope(about))
        filled = filled_of(narrative, self._issuer("report"), self._charts(period, about))
        return replace(filled, moment=show_date(self._today()))

    def _charts(self, period: Period, about: str) -> tuple[Chart, ...]:
        """Return the charts of a report of a calendar year; others have no year to draw."""
        year = period.since[:4]
        if about or (period.since, period.until) != (f"{year}-01-01", f"{year}-12-31"):
            return ()
        from antq_desktop.services.charts import Charts

        charts = Charts(self._store, self._codes, self._hand.clock, self._oversight())
        return charts.for_report(int(year))

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
        made = self._moment()
        filled = summary_paper.filled_of(self._reports, self._store.specs, code, period, made)
        return replace(filled, moment=made)

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
        made = self._moment()
        tokens = {"period": capital(period.label), **paper.tokens(made)}
        return Filled(tokens, {"forces": paper.table()}, moment=made)

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
            "receiver": self._issuer("key_slip").superior,
            "checked_on": "",
            "checked_at": "",
        }
        return Filled(tokens, {})

    def _words(self) -> PaperWords:
        return PaperWords(self._codes, {place.id: place.name for place in tree_of(self._store)})

    def _issuer(self, form: str) -> Issuer:
        return self._issuing.body(self._issuing.of_form(form)).issuer

    def _moment(self) -> str:
        return paper_moment(civil(self._hand.clock.now())[:16])


def _given(period: Period | None) -> Period:
    if period is None:
        raise ValueError("asked before the period was checked")
    return period
