"""Attaches photographs to one record until it is killed, saying each digest once it is saved.

`python -m tests.services.attaching_until_killed FOLDER RECORD`
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.paths import codes_folder
from tests import pictures_of_cameras as cameras
from tests.stores import INCIDENT, OFFICER, PASSWORD, offices_of, outside


def main(folder: Path, seed: str) -> None:
    """Attach and tell, for ever."""
    office = offices_of(outside(seed), load_codes(codes_folder())).open(folder, OFFICER, PASSWORD)
    for number in count(int(seed) * 1000):
        record = office.records.add("incident", INCIDENT).ids[0]
        brought = office.attachments.bring(cameras.jpeg(number, size=(200 + number % 50, 150)))
        office.records.add("attachment", brought.values(record, 1))
        sys.stdout.write(f"{record} {brought.digest}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
