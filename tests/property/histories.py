"""Histories of several devices that edit, meet, lose bundles and come back from old backups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.merging import (
    EMPTY_PART,
    Part,
    Save,
    Stamp,
    covers,
    frozen,
    join,
    part_of_save,
    saved,
)

PATHS = ("name", "state", "households", "involved/a/role", "involved/a/name", "involved/b/role")
VALUES: tuple[Value, ...] = (None, "một", "hai", 3, 4, False)
MARKS = (VOID, "involved/a/_removed", "involved/b/_removed")


@dataclass
class Said:
    """One save that was ever made: what it set, and what its author had seen."""

    save: Save
    values: dict[str, Value]


@dataclass
class Device:
    """One installation: its store's part of one record, its writer, its counter."""

    writer: str
    part: Part = EMPTY_PART
    counter: int = 0
    backup: Part = EMPTY_PART
    backup_counter: int = 0


@dataclass
class History:
    """What happened to one part of one record on up to eight devices."""

    random: Random
    devices: list[Device]
    said: list[Said] = field(default_factory=list)
    carried: list[tuple[Part, int]] = field(default_factory=list)
    writers: int = 0

    def new_writer(self) -> str:
        self.writers += 1
        return f"W{self.writers:07}"

    def edit(self, device: Device) -> None:
        paths = self.random.sample(PATHS, self.random.randint(1, 3))
        values: dict[str, Value] = {path: self.random.choice(VALUES) for path in paths}
        if self.random.random() < 0.2:
            mark = self.random.choice(MARKS)
            set_ = self.random.random() < 0.6
            values = {mark: (("lý do" if mark == VOID else True) if set_ else None)}
        device.counter += 1
        stamp = Stamp(device.counter, device.writer)
        context = frozen(device.part.seen())
        # the clock lies: it is shown and decides nothing
        at = f"20{self.random.randint(10, 38)}-01-01T00:00:00"
        save = Save(stamp, f"Cán bộ {device.writer}", at, context)
        self.said.append(Said(save, values))
        device.part = saved(device.part, save, values)

    def send(self, device: Device) -> None:
        """A bundle is sealed; it may be taken in at any time, any number of times, or never."""
        self.carried.append((device.part, device.counter))

    def take_in(self, device: Device) -> None:
        if self.carried:
            part, counter = self.random.choice(self.carried)
            device.part = join(device.part, part)
            device.counter = max(device.counter, counter)

    def back_up(self, device: Device) -> None:
        device.backup, device.backup_counter = device.part, device.counter

    def restore(self, device: Device) -> None:
        """An old state comes back, under a new writer; what was not sent since is lost here."""
        device.part, device.counter = device.backup, device.backup_counter
        device.writer = self.new_writer()

    def run(self, steps: int) -> None:
        acts = (self.edit, self.edit, self.edit, self.send, self.take_in, self.take_in)
        rare = (self.back_up, self.restore)
        for _ in range(steps):
            act = self.random.choice(rare if self.random.random() < 0.1 else acts)
            act(self.random.choice(self.devices))

    def lives_on(self) -> list[Said]:
        """Return the saves that some store or bundle still holds or has covered."""
        states = [device.part for device in self.devices] + [part for part, _ in self.carried]
        known = [state.seen() for state in states]
        return [said for said in self.said if any(covers(seen, said.save.stamp) for seen in known)]

    def joined(self) -> Part:
        """Return what all devices end in when everything that still exists has been delivered."""
        states = [device.part for device in self.devices] + [part for part, _ in self.carried]
        self.random.shuffle(states)
        whole = EMPTY_PART
        for state in states:
            whole = join(whole, state)
        return whole


def chance(seed: int) -> Random:
    """Return choices that are the same for the same seed."""
    return Random(seed)  # noqa: S311 - no secret is made of it


def history(seed: int) -> History:
    """Return one history, the same for the same seed."""
    random = chance(seed)
    found = History(random, [])
    found.devices = [Device(found.new_writer()) for _ in range(random.randint(1, 8))]
    found.run(random.randint(5, 60))
    return found


def expected(said: list[Said]) -> Part:
    """Work the state out the slow way, straight from the definition, without any join."""
    from antq_desktop.domain.merging import Entry, FieldState, union

    fields: dict[str, FieldState] = {}
    for path in {path for each in said for path in each.values}:
        setters = [each for each in said if path in each.values]
        kept = frozenset(
            Entry(each.save, each.values[path])
            for each in setters
            if not any(covers(dict(other.save.context), each.save.stamp) for other in setters)
        )
        covered = union(*(dict(each.save.context) for each in setters))
        implied = union(*(dict(entry.save.context) for entry in kept))
        beyond = {w: c for w, c in covered.items() if c > implied.get(w, 0)}
        fields[path] = FieldState(kept, frozen(beyond))
    return Part(fields)


def pieces(said: list[Said]) -> Iterator[Part]:
    """Yield each save alone, as the smallest state there is."""
    for each in said:
        yield part_of_save(each.save, each.values)
