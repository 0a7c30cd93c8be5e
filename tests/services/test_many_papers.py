"""A hundred minutes are printed as one action, with progress, and can be stopped."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.domain.papers import PrintingStopped
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from tests.stores import COMMUNE_ID


def add_meetings(office: Office, count: int) -> list[str]:
    edits = [
        Edit("meeting", office.records.new_id(), {
            "title": f"Hội nghị Mẫu {at:03d}", "unit": COMMUNE_ID, "meeting_kind": "other",
            "held_on": "2026-11-02", "attendance": 12,
        }, True)
        for at in range(count)
    ]  # fmt: skip
    return list(office.records.save(edits).ids)


def printed(office: Office) -> int:
    lines = office.journal.page(JournalFilter(action="print"), limit=300)
    return len(lines)


def test_a_hundred_minutes_are_one_file_and_tell_how_far_they_are(office: Office) -> None:
    ids = add_meetings(office, 100)
    told: list[tuple[int, int]] = []
    made = office.papers.make_all(
        "meeting_minutes", ids, progress=lambda done, whole: told.append((done, whole))
    )
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    assert text.count("BIÊN BẢN") >= 100
    assert len(told) >= 100
    assert told == sorted(told)
    assert printed(office) == 100


def test_a_stop_between_minutes_prints_nothing_and_notes_nothing(office: Office) -> None:
    ids = add_meetings(office, 12)
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 5

    with pytest.raises(PrintingStopped):
        office.papers.make_all("meeting_minutes", ids, stop=stop)
    assert printed(office) == 0
