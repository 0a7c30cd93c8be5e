"""Fifty planted phrases are found in clear in nothing that the program leaves anywhere."""

from __future__ import annotations

import base64
import logging
import tempfile
import unicodedata
from pathlib import Path

import pytest

from antq_desktop.services.crashes import save_report
from antq_desktop.ui.faults import Door
from tests import pictures_of_cameras as cameras
from tests.exchange import COMMUNES, World, backup_of, incident
from tests.services.test_erasing import PERSON
from tests.stores import store_of

PHRASES = [f"Trần Văn Cấy Số {number:02}" for number in range(50)]


def spellings(phrase: str) -> list[bytes]:
    """Return what a phrase may look like in a file that does not hide it."""
    forms = [phrase, unicodedata.normalize("NFD", phrase), phrase.upper()]
    found = [form.encode(code) for form in forms for code in ("utf-8", "utf-16-le")]
    return [*found, base64.b64encode(phrase.encode())[:20], ascii(phrase)[1:-1].encode()]


SOUGHT = [spelling for phrase in PHRASES for spelling in spellings(phrase)]


def in_clear(*places: Path) -> dict[str, int]:
    """Return the files below some places that hold any phrase in clear, with how many."""
    found: dict[str, int] = {}
    for place in places:
        for path in place.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                hits = sum(spelling in data for spelling in SOUGHT)
                if hits:
                    found[path.name] = hits
    return found


def failed(phrase: str) -> BaseException:
    try:
        dict[str, str]()[phrase]
    except KeyError as error:
        return error
    raise AssertionError


def test_no_phrase_is_in_clear_in_anything_that_is_left(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    office = world.commune
    reports: list[str] = []

    def save(report: str) -> str:
        reports.append(report)
        return save_report(office.folder, report, world.clock.now())

    door = Door(save)
    with caplog.at_level(logging.DEBUG):
        for phrase in PHRASES:
            named = {**incident(title=phrase, narrative=f"{phrase} kể lại"), **PERSON}
            record = office.records.add("incident", named).ids[0]
            office.drafts.keep(record, "incident", phrase, {"changes": {"title": phrase}})
            door.meet(failed(phrase))
        brought = office.attachments.bring(cameras.jpeg(1, size=(200, 150)))
        office.records.add("attachment", {**brought.values(record, 1), "caption": PHRASES[0]})
        world.merged(world.sent())
        backup_of(world, COMMUNES[0])
    assert (office.folder / "store.db-wal").stat().st_size > 0, "the log is looked into too"
    assert len(reports) == len(PHRASES)
    assert in_clear(world.folder, temporary) == {}
    logged = caplog.text + "".join(record.getMessage() for record in caplog.records)
    assert [phrase for phrase in PHRASES if phrase in logged] == []
    with store_of(office).reading() as reader:
        assert len(list(reader.all_records("incident"))) == len(PHRASES)
    (temporary / "planted.txt").write_text(f"{PHRASES[7]}\n{PHRASES[8]}", encoding="utf-16-le")
    assert in_clear(temporary) == {"planted.txt": 2}, "the look itself finds what is in clear"
