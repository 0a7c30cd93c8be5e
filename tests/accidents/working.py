"""Works in a profile until the power goes, and says of each save that it is done; or judges it.

`python -m tests.accidents.working make FOLDER` makes the profile.
`python -m tests.accidents.working work FOLDER SEED [NORMAL]` saves without an end.
`python -m tests.accidents.working judge FOLDER` reads what was said from standard input, and says
in one line whether all of it stands and the store is whole.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.paths import codes_folder
from antq_desktop.services.profiles import NewProfile
from tests.accidents.forks import NORMAL, plant
from tests.stores import COMMUNE, INCIDENT, OFFICER, PASSWORD, offices_of, outside, unsound

ACK = "saved"
LONG = "Công an xã tiếp nhận, đến ngay hiện trường, lập biên bản. "


def work(folder: Path, seed: str, *, normal: bool) -> None:
    """Save for ever: a new record, then a change of it, and a backup now and then."""
    if normal:
        plant(NORMAL)
    office = offices_of(outside(seed), load_codes(codes_folder())).open(folder, OFFICER, PASSWORD)
    for number in count():
        record = office.records.add("incident", {**INCIDENT, "title": f"{seed}-{number}"}).ids[0]
        _say(f"{ACK} {record} {seed}-{number}")
        told = LONG * (1 + number % 50)
        office.records.change("incident", record, {"narrative": told.strip()})
        _say(f"{ACK} {record} {seed}-{number}")
        if number % 40 == 39:
            (folder / "kept").mkdir(exist_ok=True)
            office.safekeeping.into(folder / "kept")


def judge(folder: Path, said: list[str]) -> str:
    """Return `whole`, or what is wrong with a store that promised so much."""
    try:
        opened = offices_of(outside("judge"), load_codes(codes_folder()))
        office = opened.open(folder, OFFICER, PASSWORD)
    except EnvironmentFault as fault:
        return f"does not open: {fault.code}"
    with closing(office):
        wrong = unsound(office)
        titles = dict(line.split()[1:3] for line in said if line.startswith(ACK))
        lost = 0
        for record, title in titles.items():
            try:
                lost += office.lists.show("incident", record).values["title"] != title
            except UserError:
                lost += 1
    if wrong:
        return f"damaged: {wrong}"
    return f"lost {lost} of {len(titles)}" if lost else f"whole, {len(titles)} records"


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main(words: list[str]) -> int:
    """Do what the first word says."""
    folder = Path(words[1])
    if words[0] == "make":
        new = NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
        offices_of(outside("made"), load_codes(codes_folder())).make(folder, new).close()
    elif words[0] == "judge":
        _say(f"judged {judge(folder, sys.stdin.read().splitlines())}")
    else:
        _say("begun")
        work(folder, words[2], normal="NORMAL" in words)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
