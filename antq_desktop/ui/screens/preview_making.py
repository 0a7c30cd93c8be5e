"""Makes the papers of a preview on a worker: one, or those of several records as one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.papers import PrintingStopped
from antq_desktop.domain.text import fold
from antq_desktop.services.finding import is_of_persons
from antq_desktop.services.paper_kinds import Needs, PaperKind
from antq_desktop.ui.jobs import Control, Stopped

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.ui.screens.preview_wanted import Wanted

_LONGEST_NAME: Final = 60  # letters of a record's name in the name of a file


def forms_beside(wanted: Wanted, kinds: Iterable[PaperKind]) -> list[PaperKind]:
    """Return the papers that the record, period or bundle of a paper can be made into."""
    for needs, given in ((Needs.PERIOD, wanted.period), (Needs.BUNDLE, wanted.bundle)):
        if given and not wanted.record_id:
            return [kind for kind in kinds if kind.needs is needs]
    if not wanted.kind:
        return []
    fits = ("", wanted.kind)
    return [kind for kind in kinds if kind.needs is Needs.RECORD and kind.kind in fits]


def making(
    office: Office, wanted: Sequence[Wanted], private: bool, *, word: bool
) -> Callable[[Control], tuple[bytes, str]]:
    """Return the work that makes papers and says of which record they are, for a file name.

    Args:
        office: The open profile.
        wanted: The papers; several are of records and one form, and become one file.
        private: Put private fields on them.
        word: Make a Word file instead of a PDF.
    """
    first, papers = wanted[0], office.papers
    period = office.periods.named(first.period) if first.period else None

    def work(control: Control) -> tuple[bytes, str]:
        try:
            if first.given is not None:
                return first.given.make(), ""
            if len(wanted) > 1:
                made = papers.make_all(
                    first.form,
                    [one.record_id for one in wanted],
                    with_private=private,
                    word=word,
                    progress=control.report,
                    stop=lambda: control.stopped,
                )
                return made, ""
            made = papers.make(
                first.form,
                record_id=first.record_id or None,
                period=period,
                bundle=first.bundle or None,
                about=first.about,
                with_private=private,
                word=word,
                progress=control.report,
                stop=lambda: control.stopped,
            )
        except PrintingStopped:
            raise Stopped from None
        return made, _name_of(office, first.record_id)

    return work


def _name_of(office: Office, record_id: str) -> str:
    """Return the name of a record for a file; a person is not named by the file of a paper."""
    if not record_id:
        return ""
    kind, found = office.lists.find(record_id)
    if is_of_persons(office.lists.specs[kind]):
        return ""
    words = re.findall(r"[a-z0-9]+", fold(office.lists.titles(kind, [found]).get(found, "")))
    kept: list[str] = []
    for word in words:
        if sum(map(len, kept)) + len(kept) + len(word) > _LONGEST_NAME:
            break
        kept.append(word)
    return "_".join(kept).upper()
