"""What the fields of an editor ask for: code lists in force, and records found by words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.fields import FieldKind
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.shown import show_title
from antq_desktop.services.caution import caution_about
from antq_desktop.ui.jobs import Control
from antq_desktop.ui.screens.incident_editor import LAYOUT as INCIDENT
from antq_desktop.ui.screens.layouts_areas import AREAS
from antq_desktop.ui.screens.scheme_editor import LAYOUT as SCHEME
from antq_desktop.ui.widgets.field import Kit, Option

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.ui.workplace import Workplace

FOUND_AT_ONCE: Final = 60
ELSEWHERE: Final = "(không có trong dữ liệu của đơn vị)"

Near = Callable[[tuple[str, ...]], Sequence[Option] | None]
Deliver = Callable[[Sequence[Option]], None]


def civil_now(office: Office) -> datetime:
    """Return the civil time of Vietnam without a zone, as fields take it."""
    return office.clock.now().astimezone(VIETNAM).replace(tzinfo=None)


def code_options(office: Office, name: str, held: Collection[str] = ()) -> list[Option]:
    """Return what may be chosen today from a code list, and what is held of it already."""
    today = civil_now(office).date().isoformat()
    return [
        Option(value.id, value.label, value.note)
        for value in office.codes[name].values
        if value.in_force(today) or value.id in held
    ]


def make_kit(
    workplace: Workplace,
    owner: QObject,
    *,
    held: Callable[[], Collection[str]] = tuple,
    near: Near = lambda _kinds: None,
) -> Kit:
    """Return what fields need, over an open profile.

    Args:
        workplace: The profile, its threads and the look.
        owner: When it is gone, answers are dropped.
        held: Values that a record holds already, retired ones included.
        near: Records that are not stored yet or belong to the one in front; None where the store
            is to be asked.
    """
    office = workplace.office

    def codes(name: str) -> Sequence[Option]:
        return code_options(office, name, held())

    def search(kinds: tuple[str, ...], words: str, deliver: Deliver) -> None:
        from antq_desktop.ui.widgets.chosen_fields import matching

        at_hand = near(kinds)
        if at_hand is not None:
            deliver(matching(at_hand, words))
            return
        workplace.jobs.read(
            lambda control: find_records(office, kinds, words, control),
            deliver,
            owner=owner,
            lane="reference",
        )

    def name(record_id: str, deliver: Callable[[Option], None]) -> None:
        for kinds in (("site",), ("team",)):
            for option in near(kinds) or ():
                if option.id == record_id:
                    deliver(option)
                    return
        workplace.jobs.read(
            lambda _control: name_of(office, record_id),
            lambda found: deliver(Option(record_id, found or ELSEWHERE)),
            owner=owner,
        )

    def absent(kinds: tuple[str, ...], searched: bool) -> str:
        return "" if near(kinds) is not None else absent_sentence(office, kinds, searched=searched)

    now = partial(civil_now, office)
    return Kit(workplace.theme, now, codes, search, name, absent, caution_about)


def absent_sentence(office: Office, kinds: tuple[str, ...], *, searched: bool) -> str:
    """Say that no record of some kinds is found, and at which place of the side bar one is made.

    Empty where the kinds are made at no place, or at more than one.
    """
    places = {_place_of(kind) for kind in kinds}
    place = places.pop() if len(places) == 1 else ""
    if not place:
        return ""
    labels = ", ".join(spec_of(kind, office.lists.specs).label for kind in kinds)
    return f"Chưa có {labels} {'này' if searched else 'nào'}. Thêm ở mục {place}."


def _place_of(kind: str) -> str:
    alone = {layout.kind: layout.title for layout in (INCIDENT, SCHEME)}
    shared = {layout.kind: area.title for area in AREAS for layout in area.layouts()}
    return {**alone, **shared}.get(kind, "")


def find_records(
    office: Office, kinds: tuple[str, ...], words: str, control: Control
) -> list[Option]:
    """Return records of some kinds by words, each with what it is; runs on a reader."""
    found: list[Option] = []
    for kind in kinds:
        control.check()
        spec = spec_of(kind, office.lists.specs)
        told = spec.field(spec.state_by) if spec.state_by else None
        wanted = [*spec.title, *([told.name] if told is not None else [])]
        listing = office.lists.listing(kind, words)
        for row in office.lists.window(listing, wanted, limit=FOUND_AT_ONCE):
            title = show_title(spec, row.values)
            detail = ""
            if told is not None and told.kind is FieldKind.CHOICE:
                detail = office.lists.text_of(told, row.values.get(told.name), {})
            found.append(Option(row.id, title, detail))
    return found


def name_of(office: Office, record_id: str) -> str:
    """Return what a record is called whose kind is not known; runs on a reader."""
    for kind in office.lists.specs:
        found = office.lists.titles(kind, [record_id])
        if found:
            return found[record_id]
    return ""
