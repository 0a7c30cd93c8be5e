"""Histories through real stores, bundles and the gate: in any order the stores end alike.

What was saved is written down beside the stores (`tests/truths.py`), and at the end both are held
against each other: nothing is lost, and no conflict stands that never was.
`python3 packaging/dev.py heavy tests/services/test_convergence.py` plays a hundred more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID
from antq_desktop.services.office import Office
from antq_desktop.storage.exchange import MERGED
from tests.exchange import (
    World,
    add,
    backup_of,
    enrol,
    own_up,
    record_in,
    restored,
    up,
    whole,
)
from tests.services.test_siblings import joined
from tests.stores import store_of, unsound
from tests.truths import Truth

FIRST = "11074"
STEPS = 12


@dataclass
class Play:
    """What up to three devices of one commune and its receiver did so far.

    Attributes:
        names: The devices of the commune.
        carried: Every bundle for siblings that was ever written.
        sent: Every bundle upward that was ever written.
        backup: A backup of a device, once one was made, and how many saves were made before it.
        truth: What really happened.
    """

    world: World
    dice: Random
    names: list[str] = field(default_factory=lambda: [FIRST])
    records: list[str] = field(default_factory=list)
    carried: list[Path] = field(default_factory=list)
    sent: list[Path] = field(default_factory=list)
    backup: tuple[str, Path, int] | None = None
    truth: Truth = field(default_factory=Truth)

    def office(self) -> Office:
        return self.world.office(self.dice.choice(self.names))

    def edit(self) -> None:
        name = self.dice.choice(self.names)
        office = self.world.office(name)
        with store_of(office).reading() as reader:
            found = reader.records("incident", self.records)
        if not found or self.dice.random() < 0.15:
            self.added(name)
            return
        before = found[self.dice.choice(sorted(found))]
        if before.standing().reason is not None:
            office.records.change("incident", before.id, {VOID: None})
        elif self.dice.random() < 0.1:
            office.records.void("incident", before.id, "Nhập nhầm vụ việc")
        else:
            path = self.dice.choice(("injuries", "injuries", "deaths"))
            value = self.dice.randint(0, 3)
            if before.values().get(path) == value and not before.conflicts():
                return  # nobody saves what stands there already
            office.records.change("incident", before.id, {path: value})
        self.truth.saved(name, before, record_in(office, before.id))

    def edits(self) -> None:
        for _ in range(3):
            self.edit()

    def added(self, name: str) -> None:
        office = self.world.office(name)
        self.records.append(add(office, title=f"Vụ số {len(self.records)}"))
        self.truth.saved(name, None, record_in(office, self.records[-1]))

    def share(self) -> None:
        self.carried.append(self.shared(self.office()))

    def shared(self, office: Office) -> Path:
        sealing = office.handover.sealing
        self.truth.sealed(office)
        return sealing.carry(sealing.seal_siblings().row.digest, self.world.stick).path

    def known_to_all(self) -> None:
        """Let every device hold what the first one has, so that they edit the same records."""
        path = self.shared(self.world.office(FIRST))
        for name in self.names[1:]:
            self._taken(self.world.office(name), path)

    def take(self) -> None:
        if self.carried:
            self._taken(self.office(), self.dice.choice(self.carried))

    def send(self) -> None:
        self.sent_by(self.office())

    def sent_by(self, office: Office) -> None:
        self.truth.sealed(office)
        self.sent.append(self.world.sent(office))

    def merge(self) -> None:
        if self.sent:
            self._taken(self.world.receiver, self.dice.choice(self.sent))

    def withdraw(self) -> None:
        taking = self.world.receiver.handover.taking
        merged = [row for row in taking.received() if row.state == MERGED and row.kind == "LEN"]
        if merged:
            withdrawing = taking.withdrawing
            withdrawing.withdraw(withdrawing.preview(self.dice.choice(merged).sha256))

    def answer(self) -> None:
        if not self.world.receiver.handover.returning.units_to_answer():
            return
        try:
            path = self.world.answered()
        except UserError as refused:
            if refused.code != "no_bundle_to_answer":  # all of them were taken back
                raise
            return
        for name in self.names:
            self._heard(self.world.office(name), path)

    def restore(self) -> None:
        name = self.dice.choice(self.names[1:])
        if self.backup is None:
            made = len(self.truth.made_at[name])
            self.backup = name, backup_of(self.world, name), made
        else:
            name, path, made = self.backup
            restored(self.world, name, path)
            self.truth.restored(name, made)
            self.backup = None

    def _heard(self, office: Office, path: Path) -> None:
        office.handover.returning.accept(path)

    def _taken(self, office: Office, path: Path) -> None:
        taking = office.handover.taking
        taken = taking.take(path)
        if taken.mergeable:
            taking.merge(taking.preview(taken))

    def settle(self) -> None:
        """Let everything that was ever written arrive, in an order of chance, and all be sent."""
        for path in self.dice.sample(self.carried, len(self.carried)):
            for name in self.dice.sample(self.names, len(self.names)):
                self._taken(self.world.office(name), path)
        for _ in range(2):
            for name in self.dice.sample(self.names, len(self.names)):
                path = self.shared(self.world.office(name))
                for other in self.dice.sample(self.names, len(self.names)):
                    if other != name:
                        self._taken(self.world.office(other), path)
        self.answer()
        for name in self.dice.sample(self.names, len(self.names)):
            self.sent_by(self.world.office(name))
        for path in self.dice.sample(self.sent, len(self.sent)):
            self._taken(self.world.receiver, path)
            if self.dice.random() < 0.3:
                self._taken(self.world.receiver, path)
        self.answer()


def _played(world: World, seed: int) -> Play:
    dice = Random(seed)  # noqa: S311 - a repeatable history
    play = Play(world, dice)
    first = world.commune
    play.added(FIRST)
    for name in ("02", "03")[: dice.randint(1, 2)]:
        office = joined(world, name, first)
        for other in play.names[1:]:
            enrol(world.office(other), office, world.stick)
        enrol(office, world.receiver, world.stick)
        play.names.append(name)
    play.known_to_all()
    doing = (
        *(play.edits, play.edits, play.edits, play.share, play.take, play.take),
        *(play.send, play.merge, play.withdraw, play.answer, play.restore),
    )
    for _ in range(STEPS):
        dice.choice(doing)()
    play.settle()
    return play


def _ends_alike(world: World, seed: int) -> None:
    play = _played(world, seed)
    wholes = [whole(world.office(name)) for name in play.names]
    assert all(one == wholes[0] for one in wholes)
    assert own_up(world.receiver, world.commune) == up(world.commune)
    assert play.truth.lost_above(world.receiver) == []
    assert list(play.truth.never_was(world.receiver)) == []
    for name in play.names:
        assert play.truth.lost_at(name, world.office(name)) == []
        assert unsound(world.office(name)) == []
    assert unsound(world.receiver) == []


@pytest.mark.parametrize("seed", range(20))
def test_devices_that_edit_share_lose_withdraw_and_restore_end_alike(
    world: World, seed: int
) -> None:
    _ends_alike(world, seed)


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(20, 120))
def test_a_hundred_more_histories_end_alike(world: World, seed: int) -> None:
    _ends_alike(world, seed)
