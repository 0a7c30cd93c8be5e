"""A province, a cluster below it and two communes below that, made for tests of the chain."""

from __future__ import annotations

import shutil
from pathlib import Path

from antq_desktop.domain.codes import Codes
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from tests.exchange import World, enrol
from tests.stores import OFFICER, PASSWORD

PROVINCE, CLUSTER = "31", "C01"
COMMUNES = ("11074", "11914")

UNITS = """code,name,kind,parent,valid_from
C01,Cụm Mẫu,cụm,31,2025-07-01
11074,Xã Mẫu Một,xã,C01,2025-07-01
11914,Xã Mẫu Hai,xã,C01,2025-07-01
"""


class Three(World):
    """A province, a cluster below it, two communes below that."""

    @property
    def cluster(self) -> Office:
        return self.office(CLUSTER)

    @property
    def province(self) -> Office:
        return self.office(PROVINCE)

    def up(self, sender: Office, taker: Office) -> None:
        """Send, merge what came and what lay in it, answer, and take the answer in."""
        taking = taker.handover.taking
        taken = taking.take(self.sent(sender))
        taking.merge(taking.preview(taken))
        for row in taking.chain.staged_by(sender.unit):
            taking.merge(taking.preview(taking.staged(row.sha256)))
        self.down(taker, sender)

    def down(self, taker: Office, sender: Office) -> None:
        unit = sender.handover.devices.own_unit()
        row = taker.handover.returning.seal(unit).row
        path = taker.handover.sealing.carry(row.digest, self.stick).path
        sender.handover.returning.accept(path)


def make_three(folder: Path, codes: Codes) -> Path:
    """Make a province, a cluster and two communes that know each other; never opened again."""
    world = Three(folder / "world", codes)
    world.folder.mkdir()
    units = world.folder / "units.csv"
    units.write_text(UNITS, encoding="utf-8")
    for name in (PROVINCE, CLUSTER, *COMMUNES):
        level = "commune" if name in COMMUNES else "receiver"
        new = NewProfile(level, name, OFFICER, PASSWORD, None if name == PROVINCE else units)
        world.opened[name] = world.offices(name).make(world.folder / name, new)
    for name in COMMUNES:
        enrol(world.office(name), world.cluster, world.stick)
    enrol(world.cluster, world.province, world.stick)
    world.close()
    shutil.rmtree(world.stick)
    return world.folder
