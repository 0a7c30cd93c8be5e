"""An open profile with everything that can be done in it, for the window and the command line."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.domain.changes import Action
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.overlays import LivingCodes
from antq_desktop.domain.records.attachments import KIND as ATTACHMENT
from antq_desktop.domain.records.standards_sheets import FREEZING
from antq_desktop.domain.text import nfc
from antq_desktop.domain.units import TreeUnit
from antq_desktop.services.code_lists import CodeLists
from antq_desktop.services.doorkeeping import Doorkeeper, Guard, entered
from antq_desktop.services.dumping import dump
from antq_desktop.services.entering import Entering
from antq_desktop.services.families import Families
from antq_desktop.services.figure_rooms import FigureRooms
from antq_desktop.services.hand import Hand
from antq_desktop.services.lists import Lists
from antq_desktop.services.lives import go_on
from antq_desktop.services.morning_rooms import MorningRooms
from antq_desktop.services.people_rooms import PeopleRooms
from antq_desktop.services.profiles import NewProfile, Profiles, tree_of
from antq_desktop.services.records import Records
from antq_desktop.services.selfcheck import Finding, check_store
from antq_desktop.services.standing import Standing
from antq_desktop.services.upkeep import erase_left_out, erase_what_is_due
from antq_desktop.storage import settings
from antq_desktop.storage.history import Verified
from antq_desktop.storage.store import Outside, Store

if TYPE_CHECKING:
    from antq_desktop.services.assignments import Assignments
    from antq_desktop.services.attachments import Attachments
    from antq_desktop.services.drafts import Drafts
    from antq_desktop.services.finding import SearchBox
    from antq_desktop.services.handover import Handover
    from antq_desktop.services.journal import Journal
    from antq_desktop.services.oversight import Oversight
    from antq_desktop.services.papers import Papers
    from antq_desktop.services.person_search import PersonSearch
    from antq_desktop.services.places import Places
    from antq_desktop.services.records import Edit
    from antq_desktop.services.safekeeping import Safekeeping
    from antq_desktop.services.signed_papers import SignedPapers
    from antq_desktop.services.spreadsheets import Spreadsheets
    from antq_desktop.services.standards.desk import Standards
    from antq_desktop.services.templates import Templates
    from antq_desktop.services.unit_sheet import UnitSheets
    from antq_desktop.services.views import Views
    from antq_desktop.storage.work import Outcome, Work


class Office(FigureRooms, PeopleRooms, MorningRooms):
    """One officer at work in one profile."""

    def __init__(
        self,
        store: Store,
        officer: str,
        codes: Codes,
        outside: Outside,
        keeper: Doorkeeper | None = None,
    ) -> None:
        self._store = store
        keeper = keeper or Doorkeeper(outside.clock, time.monotonic)
        self.guard = Guard(keeper, store, officer, outside.key_files)
        self.officer = officer
        self.codes = LivingCodes(codes)
        self.clock = outside.clock
        self._hardness = outside.hardness
        self._hand = Hand(officer, outside.clock, outside.random_bytes)
        self.records = Records(store, self.codes, outside.clock, outside.random_bytes, officer)
        self.code_lists = CodeLists(store, self.codes, self.records)
        self.lists = Lists(store, self.codes)
        self.entering = Entering(self.codes, outside.clock.now, self.records.new_id)
        self.families = Families(self.entering, self.records)
        self.records.before_saving = self._before_saving
        self.standing = Standing(store, officer)
        store.on_written.append(self._follow_erasure)

    @cached_property
    def signed_papers(self) -> SignedPapers:
        """Number and day of papers that return signed."""
        from antq_desktop.services.signed_papers import SignedPapers

        return SignedPapers(self.records, self.lists, self.beside)

    @cached_property
    def places(self) -> Places:
        """Which list the officer looked at last in each place of the window."""
        from antq_desktop.services.places import Places

        return Places(self._store, self.officer)

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed and not yet saved."""
        from antq_desktop.services.drafts import Drafts

        return Drafts(self._store, self.clock, self.officer)

    @cached_property
    def attachments(self) -> Attachments:
        """Photographs and scans kept with records."""
        from antq_desktop.services.attachments import Attachments

        return Attachments(self._store, self._hand, self.records, self.drafts)

    def _before_saving(self, work: Work, edits: Sequence[Edit]) -> None:
        kinds = {edit.kind for edit in edits}
        if ATTACHMENT in kinds:
            self.attachments.take_in(work, edits)
        if kinds & FREEZING:
            from antq_desktop.services.standards.freezing import refuse_what_is_closed

            refuse_what_is_closed(work, edits, self.standards.sheets)

    def _follow_erasure(self, outcome: Outcome) -> None:
        if outcome.erased:
            from antq_desktop.services.erasing import Following

            Following(self._store, self.drafts)(outcome)

    @cached_property
    def assignments(self) -> Assignments:
        """Tasks and proposals between units."""
        from antq_desktop.services.assignments import Assignments

        return Assignments(self._store, self.codes, self.records, self._hand)

    @cached_property
    def oversight(self) -> Oversight:
        """Requests, conflicts, zero reports, and who sent when."""
        from antq_desktop.services.oversight import Oversight

        return Oversight(self._store, self.codes, self._hand, self)

    @cached_property
    def views(self) -> Views:
        """Ways to look at lists that the officer keeps."""
        from antq_desktop.services.views import Views

        return Views(self._store, self.officer)

    @cached_property
    def templates(self) -> Templates:
        """What new records of the unit may begin with."""
        from antq_desktop.services.templates import Templates

        return Templates(self._store, self.officer)

    @cached_property
    def handover(self) -> Handover:
        """The exchange; its libraries are loaded at the first use."""
        from antq_desktop.services.handover import Handover

        return Handover(self._store, self.codes, self._hand)

    @cached_property
    def papers(self) -> Papers:
        """Everything that is printed; the library that draws pages is loaded at the first use."""
        from antq_desktop.services.papers import Papers

        return Papers(
            self._store,
            self.codes,
            self._hand,
            self.reports,
            lambda: self.handover,
            lambda: self.narratives,
            lambda: self.standards,
            lambda: self.oversight,
            lambda: self.unit_sheets,
        )

    @cached_property
    def standards(self) -> Standards:
        """The yearly cycle: registration, sheets, decisions, classification, closing."""
        from antq_desktop.paths import forms_folder
        from antq_desktop.services.standards.desk import Standards

        return Standards(
            self._store, self.codes, self.records, self.periods, self.clock, forms_folder()
        )

    @cached_property
    def spreadsheets(self) -> Spreadsheets:
        """Workbooks in and out; their libraries are loaded at the first use."""
        from antq_desktop.services.spreadsheets import Spreadsheets

        return Spreadsheets(self._store, self.codes, self._hand, self.records, self.entering)

    @cached_property
    def unit_sheets(self) -> UnitSheets:
        """Entering with a line for each unit."""
        from antq_desktop.services.unit_sheet import UnitSheets

        return UnitSheets(
            self._store,
            self.codes,
            self.clock,
            periods=self.periods,
            records=self.records,
            entering=self.entering,
        )

    @cached_property
    def finding(self) -> SearchBox:
        """The one search box."""
        from antq_desktop.services.finding import SearchBox

        return SearchBox(self._store, self.codes, self.clock, lambda: self.reports)

    @cached_property
    def person_search(self) -> PersonSearch:
        """The search for one person in the incidents, which asks for a reason."""
        from antq_desktop.services.person_search import PersonSearch

        return PersonSearch(self._store, self._hand)

    @cached_property
    def journal(self) -> Journal:
        """Everything that was done in this store, to be read, printed and verified."""
        from antq_desktop.services.journal import Journal

        return Journal(self._store, self._hand, self.lists, self.standing)

    @cached_property
    def safekeeping(self) -> Safekeeping:
        """The daily backups."""
        from antq_desktop.services.safekeeping import Safekeeping

        return Safekeeping(self._store, self._hand)

    @property
    def backup_place(self) -> Path | None:
        """Folder outside the profile for daily backups; None while none was chosen."""
        return self.safekeeping.place

    def set_backup_place(self, place: Path) -> None:
        """Keep a folder for daily backups.

        Raises:
            UserError: `not_allowed`.
            EnvironmentFault: The machine denied it.
        """
        with self._store.writing(self.officer, Action.SETTINGS) as work:
            work.set_setting(settings.BACKUP_PLACE, str(place))
            work.note("", "", "Chọn nơi sao lưu")

    @property
    def folder(self) -> Path:
        """Where the profile lies."""
        return self._store.folder

    @property
    def level(self) -> str:
        """`commune` or `receiver`."""
        return self._store.setting(settings.LEVEL)

    @property
    def unit(self) -> str:
        """Identity of the unit whose store this is."""
        return self._store.setting(settings.UNIT)

    @property
    def sample(self) -> bool:
        """Whether all records of the store are invented."""
        return self._store.setting(settings.SAMPLE, "no") == "yes"

    @property
    def units_below(self) -> tuple[TreeUnit, ...]:
        """The units below a receiver, whether their bundles came or not."""
        return tree_of(self._store)

    def dump(self, *, only_up: bool = False) -> Iterator[bytes]:
        """Yield the logical content in canonical lines, all of it or what travels up."""
        return dump(self._store, only_up=only_up)

    def check(self) -> Iterator[Finding]:
        """Yield what a check of the program by itself found."""
        return check_store(self._store, self.codes)

    def verify_history(self, *, only_new: bool = False) -> Verified:
        """Read the chain of history to its end, from its beginning or from what held before."""
        return self._store.verify_history(only_new=only_new)

    def fold_log(self) -> None:
        """Bring the file up to date in a quiet moment, so that little stands in its log.

        Raises:
            EnvironmentFault: The machine denied it; nothing is lost.
        """
        self._store.fold_log()

    def close(self) -> None:
        """Let the profile go."""
        self._store.close()


class Offices:
    """Opens and makes profiles."""

    def __init__(self, profiles: Profiles, codes: Codes, outside: Outside) -> None:
        self.profiles = profiles
        self._codes = codes
        self._outside = outside
        self._doorkeeper = Doorkeeper(outside.clock, time.monotonic)

    def make(self, folder: Path, new: NewProfile) -> Office:
        """Make a profile and go to work in it.

        Raises:
            UserError: What is wrong with the answers.
            EnvironmentFault: What the machine denies.
        """
        store = self.profiles.make(folder, new)
        return self._at_work(store, nfc(new.officer).strip())

    def wait(self, folder: Path, officer: str) -> float:
        """Return how many seconds an officer has to wait before the next try at the password."""
        return self._doorkeeper.wait(folder, officer)

    def recover(self, folder: Path, code: str, officer: str, password: str) -> str:
        """Set an administrator's password anew by the recovery sheet; return what was done.

        Raises:
            UserError: What `services.recovery.recover` refuses, or `password_wait`.
            EnvironmentFault: What the machine denies.
        """
        from antq_desktop.services.recovery import SHEET, recover

        with self._doorkeeper.watching(folder, SHEET) as missed:
            return recover(
                folder,
                code,
                officer,
                password,
                profiles=self.profiles,
                outside=self._outside,
                missed=missed,
            )

    def open(self, folder: Path, officer: str, password: str) -> Office:
        """Sign in.

        Raises:
            UserError: `no_profile`, `unknown_officer`, `wrong_password`, `password_wait`.
            EnvironmentFault: What the machine denies.
        """
        with self._doorkeeper.watching(folder, officer) as missed:
            store, name = self.profiles.open(folder, officer, password)
        with store.writing(name, Action.SIGN_IN) as work:
            work.note("", "", entered(missed))
        go_on(store, self._outside)
        hand = Hand(name, self._outside.clock, self._outside.random_bytes)
        erase_what_is_due(store, hand)
        erase_left_out(store, hand)
        return self._at_work(store, name)

    def take_key_file(self, path: Path) -> None:
        """Look at this key file when a sign-in asks for one.

        Raises:
            UserError: `not_a_key_file`.
        """
        self._outside.key_files.choose(path)

    def _at_work(self, store: Store, officer: str) -> Office:
        return Office(store, officer, self._codes, self._outside, self._doorkeeper)
