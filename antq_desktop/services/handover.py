"""The exchange of one profile, put together; loaded only when somebody hands something over."""

from __future__ import annotations

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.periods import Period
from antq_desktop.paths import forms_folder
from antq_desktop.services.arrivals import Arrivals
from antq_desktop.services.deliveries import Deliveries
from antq_desktop.services.devices import Devices
from antq_desktop.services.enrolling import Enrolling
from antq_desktop.services.evidence import Evidence
from antq_desktop.services.forks import Forks
from antq_desktop.services.gatehouse import Gatehouse
from antq_desktop.services.hand import Hand
from antq_desktop.services.journal_echo import JournalEcho
from antq_desktop.services.keyring import Keyring
from antq_desktop.services.paper_bundles import PaperBundles
from antq_desktop.services.periods import Periods
from antq_desktop.services.planned import Effect, Heap, effects_of, heaps_of
from antq_desktop.services.registers import Registers
from antq_desktop.services.reports import Reports
from antq_desktop.services.restarting import Restarting
from antq_desktop.services.returning import Returning
from antq_desktop.services.sealing import Sealing
from antq_desktop.services.shelf import clear_leftovers
from antq_desktop.services.siblings import Siblings
from antq_desktop.services.taking import Preview, Taking
from antq_desktop.services.telephone import Telephone
from antq_desktop.services.tracing import Tracing
from antq_desktop.storage.store import Store


class Handover:
    """Devices, bundles up, bundles in, and answers down."""

    def __init__(self, store: Store, codes: Codes, hand: Hand) -> None:
        clear_leftovers(store)
        self._codes = codes
        self._reports = Reports(store, Periods(forms_folder() / "periods").named)
        self.devices = Devices(store, hand)
        self.sealing = Sealing(store, self.devices, hand)
        self.taking = Taking(store, self.devices, codes, hand)
        self.sealing.passing = self.taking.chain.passing
        self.devices.on_enrolled.append(self.taking.look_again)
        self.forks = Forks(
            store,
            self.devices,
            Gatehouse(store, self.devices, codes, hand),
            self.taking,
            codes,
            hand,
        )
        self.restarting = Restarting(store, hand)
        self.tracing = Tracing(store, self.taking)
        self.returning = Returning(store, self.sealing, self.taking, hand)
        self.paper = PaperBundles(store, self.sealing, self.taking, self.returning, hand)
        self.registers = Registers(store)
        self.journal_echo = JournalEcho(store, hand)
        self.deliveries = Deliveries(
            store,
            codes,
            hand,
            devices=self.devices,
            sealing=self.sealing,
            taking=self.taking,
        )
        self.evidence = Evidence(store, self.sealing.waiting_ids)
        self.arrivals = Arrivals(store, self.devices, hand)
        self.telephone = Telephone(store, hand)
        self.enrolling = Enrolling(store, self.devices, hand)
        self.siblings = Siblings(store, self.devices)
        self.keyring = Keyring(store, self.devices, self.taking.withdrawing, hand)

    def heaps(self, preview: Preview) -> list[Heap]:
        """Return what a bundle would do, heap by heap."""
        return heaps_of(preview.plan)

    def effects(self, preview: Preview, period: Period) -> list[Effect]:
        """Return what a bundle would do to the figures of a period."""
        reported = self._reports.reported(period)
        return effects_of(preview.plan, period, self._codes.counted, reported)
