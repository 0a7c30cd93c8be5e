"""Histories through real stores, bundles and the gate: in any order the stores end alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from antq_desktop.services.office import Office
from antq_desktop.storage.exchange import MERGED
from tests.exchange import World, add, backup_of, enrol, own_up, restored, up, whole
from tests.services.test_siblings import joined
from tests.stores import store_of, unsound

FIRST = "11074"
STEPS = 12


@dataclass
class Play:
    """What up to three devices of one commune and its receiver did so far.

    Attributes:
        names: The devices of the commune.
        carried: Every bundle for siblings that was ever written.
        sent: Every bundle upward that was ever written.
        backup: A backup of a device, once one was made.
    """

    world: World
    dice: Random
    names: list[str] = field(default_factory=lambda: [FIRST])
    records: list[str] = field(default_factory=list)
    carried: list[Path] = field(default_factory=list)
    sent: list[Path] = field(default_factory=list)
    backup: tuple[str, Path] | None = None

    def office(self) -> Office:
        return self.world.office(self.dice.choice(self.names))

    def edit(self) -> None:
        office = self.office()
        with store_of(office).reading() as reader:
            held = [one for one in self.records if reader.record("incident", one) is not None]
        if not held or self.dice.random() < 0.35:
            self.records.append(add(office, title=f"Vụ số {len(self.records)}"))
            return
        path = self.dice.choice(("injuries", "injuries", "deaths"))
        office.records.change("incident", self.dice.choice(held), {path: self.dice.randint(0, 3)})

    def share(self) -> None:
        sealing = self.office().handover.sealing
        self.carried.append(
            sealing.carry(sealing.seal_siblings().row.digest, self.world.stick).path
        )

    def take(self) -> None:
        if self.carried:
            self._taken(self.office(), self.dice.choice(self.carried))

    def send(self) -> None:
        self.sent.append(self.world.sent(self.office()))

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
        if self.world.receiver.handover.returning.units_to_answer():
            path = self.world.answered()
            for name in self.names:
                self._heard(self.world.office(name), path)

    def restore(self) -> None:
        name = self.dice.choice(self.names[1:])
        if self.backup is None:
            self.backup = name, backup_of(self.world, name)
        else:
            restored(self.world, *self.backup)
            self.backup = None

    def _heard(self, office: Office, path: Path) -> None:
        office.handover.returning.accept(path)

    def _taken(self, office: Office, path: Path) -> None:
        taking = office.handover.taking
        taken = taking.take(path)
        if taken.mergeable:
            taking.merge(taking.preview(taken))

    def settle(self) -> None:
        """Let everybody share and send until nothing is left, in an order of chance."""
        for _ in range(2):
            for name in self.dice.sample(self.names, len(self.names)):
                sealing = self.world.office(name).handover.sealing
                path = sealing.carry(sealing.seal_siblings().row.digest, self.world.stick).path
                for other in self.dice.sample(self.names, len(self.names)):
                    if other != name:
                        self._taken(self.world.office(other), path)
        self.answer()
        for name in self.dice.sample(self.names, len(self.names)):
            self.sent.append(self.world.sent(self.world.office(name)))
        for path in self.dice.sample(self.sent, len(self.sent)):
            self._taken(self.world.receiver, path)
            if self.dice.random() < 0.3:
                self._taken(self.world.receiver, path)


def _played(world: World, seed: int) -> Play:
    dice = Random(seed)  # noqa: S311 - a repeatable history
    play = Play(world, dice)
    first = world.commune
    play.records.append(add(first))
    for name in ("02", "03")[: dice.randint(1, 2)]:
        office = joined(world, name, first)
        for other in play.names[1:]:
            enrol(world.office(other), office, world.stick)
        enrol(office, world.receiver, world.stick)
        play.names.append(name)
    doing = (
        *(play.edit, play.edit, play.edit, play.share, play.take, play.take),
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
    for name in play.names:
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
