"""A program killed while it attaches: what it said was saved is there, and nothing lies astray."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from antq_desktop.services.office import Offices
from antq_desktop.storage import attachments
from tests.stores import OFFICER, PASSWORD, store_of, unsound

ROOT = Path(__file__).parents[2]


def killed_after(profile: Path, seed: int, said: int) -> list[tuple[str, str]]:
    """Run until so much was said, kill without a warning, and return what was said."""
    command = [sys.executable, "-m", "tests.services.attaching_until_killed", str(profile)]
    with subprocess.Popen(
        [*command, str(seed)], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as running:
        assert running.stdout is not None
        lines = [running.stdout.readline().split() for _ in range(said)]
        running.kill()
        lines += [line.split() for line in running.stdout.read().splitlines()]
    return [(line[0], line[1]) for line in lines if len(line) == 2 and len(line[1]) == 64]


def test_what_was_said_to_be_attached_is_there_after_each_kill(
    profile: Path, offices: Offices
) -> None:
    acknowledged: list[tuple[str, str]] = []
    for seed, said in ((1, 1), (2, 4), (3, 7)):
        told = killed_after(profile, seed, said)
        assert len(told) >= said
        acknowledged += told
        office = offices.open(profile, OFFICER, PASSWORD)
        try:
            held = office.attachments.of([record for record, _ in acknowledged])
            for record, digest in acknowledged:
                assert [one.values()["digest"] for one in held[record]] == [digest]
                content = office.attachments.content(digest)
                assert hashlib.sha256(content).hexdigest() == digest
            assert unsound(office) == []
            assert list((profile / "tray").iterdir()) == []
            with store_of(office).reading() as reader:
                assert attachments.missing(reader.connection) == set()
                assert attachments.unnamed(reader.connection) == []
        finally:
            office.close()
