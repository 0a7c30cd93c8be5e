"""What a disk may hold after a power cut, worked out from the system calls of a real process.

A disk keeps what was synced. Of the writes to a file since its last sync each may have reached the
disk or not, whole or torn at a sector, in any order; of the changes to a folder's names since its
last sync, any number from the front. Bytes outside a write are never harmed.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECTOR = 512
ACK = b"saved "
MODELLED = "openat,write,pwrite64,ftruncate,unlink,rename,fsync,fdatasync"
REFUSED = "writev,pwritev,pwritev2,fallocate,renameat,renameat2,unlinkat,link,linkat,mkdir,sendfile"

State = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached the disk, or the word of the process that a save is done."""

    kind: str
    name: str = ""
    offset: int = 0
    data: bytes = b""
    target: str = ""


def recorded(command: Sequence[str], folder: Path, log: Path) -> list[Call]:
    """Run a process to its end and return its calls on the files of a folder, in their order.

    Raises:
        ValueError: It made a call there which is not modelled.
    """
    traced = ["strace", "--seccomp-bpf", "-f", "-y", "-xx", "-s", "9999999", "-e", "signal=none"]
    traced += ["-e", f"trace={MODELLED},{REFUSED}", "-o", str(log)]
    subprocess.run([*traced, *command], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    with log.open(encoding="ascii") as lines:
        return list(_calls(lines, _Names(folder)))


_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_HANDLE = re.compile(r"^\d+<([^>]*)>")
_TEXT = re.compile(r'"([^"]*)"')


def _plain(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


class _Names:
    """Tells the files of one folder from all others."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self.seen = {path.name for path in folder.iterdir()}
        self.ends: dict[str, int] = {}

    def of(self, escaped: str) -> str | None:
        """Return the name within the folder, `.` for the folder itself, None for another file."""
        path = _plain(escaped).decode()
        if path == self._folder:
            return "."
        head, _, name = path.rpartition("/")
        return name if head == self._folder and not name.endswith("-shm") else None


def _calls(lines: Iterator[str], names: _Names) -> Iterator[Call]:
    for line in lines:
        found = _LINE.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call, arguments, result = found[1], found[2], int(found[3])
        if call == "openat":
            yield from _opened(arguments, names)
        elif call in {"unlink", "rename"}:
            yield from _renamed(call, arguments, names)
        else:
            handle = _HANDLE.match(arguments)
            if handle is not None:
                yield from _on_file(call, handle[1], arguments, result, names)


def _opened(arguments: str, names: _Names) -> Iterator[Call]:
    name = names.of(_TEXT.findall(arguments)[0])
    if name is None or "O_CREAT" not in arguments:
        return
    if name not in names.seen:
        names.seen.add(name)
        names.ends[name] = 0
        yield Call("create", name)
    elif "O_TRUNC" in arguments:
        names.ends[name] = 0
        yield Call("truncate", name)


def _renamed(call: str, arguments: str, names: _Names) -> Iterator[Call]:
    paths = [names.of(text) for text in _TEXT.findall(arguments)]
    if paths[0] is None:
        return
    names.seen.discard(paths[0])
    if call == "rename":
        names.seen.add(paths[1] or "")
        yield Call("rename", paths[0], target=paths[1] or "")
    else:
        yield Call("unlink", paths[0])


def _on_file(call: str, escaped: str, arguments: str, result: int, names: _Names) -> Iterator[Call]:
    name = names.of(escaped)
    if name is None:
        data = _plain(_TEXT.findall(arguments)[0]) if call == "write" else b""
        if data.startswith(ACK):
            yield Call("ack", data=data)
        return
    if call in {"fsync", "fdatasync"}:
        yield Call("sync", name)
    elif call == "ftruncate":
        yield Call("truncate", name, offset=int(arguments.rpartition(",")[2]))
    elif call in {"write", "pwrite64"}:
        data = _plain(_TEXT.findall(arguments)[0])[:result]
        offset = names.ends.get(name, 0)
        if call == "pwrite64":
            offset = int(arguments.rpartition(",")[2])
        else:
            names.ends[name] = offset + len(data)
        yield Call("write", name, offset, data)
    else:
        raise ValueError(f"{call} on {name} is not modelled")


@dataclass(slots=True)
class _File:
    synced: bytes
    pending: list[Call] = field(default_factory=list)

    def after_cut(self, dice: random.Random, mood: str) -> bytes:
        content = bytearray(self.synced)
        last = dice.randrange(len(self.pending) + 1)
        for place, call in enumerate(self.pending):
            if mood == "kept" or (mood == "some" and dice.random() < 0.5):
                _apply(content, call)
            elif mood == "torn" and place <= last:
                _apply(content, call, dice if place == last else None)
        return bytes(content)


def _apply(content: bytearray, call: Call, torn_by: random.Random | None = None) -> None:
    if call.kind == "truncate":
        del content[call.offset :]
        content.extend(bytes(call.offset - len(content)))
        return
    for start in range(0, len(call.data), SECTOR):
        if torn_by is not None and torn_by.random() < 0.5:
            continue
        piece = call.data[start : start + SECTOR]
        at = call.offset + start
        content.extend(bytes(max(0, at - len(content))))
        content[at : at + len(piece)] = piece


class Disk:
    """The files of one folder while a process works on them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._synced = {name: _File(content) for name, content in files.items()}
        self._now = dict(self._synced)
        self._pending: list[tuple[str, _File | None]] = []

    def do(self, call: Call) -> None:
        """Take one more call."""
        match call.kind:
            case "create":
                self._name(call.name, _File(b""))
            case "unlink":
                self._name(call.name, None)
            case "rename":
                self._name(call.target, self._now[call.name])
                self._name(call.name, None)
            case "sync" if call.name == ".":
                self._synced = dict(self._now)
                self._pending.clear()
            case "sync":
                held = self._now[call.name]
                held.synced = held.after_cut(random.Random(0), "kept")  # noqa: S311 - no choice in it
                held.pending.clear()
            case "write" | "truncate":
                self._now[call.name].pending.append(call)

    def _name(self, name: str, held: _File | None) -> None:
        self._pending.append((name, held))
        if held is None:
            self._now.pop(name, None)
        else:
            self._now[name] = held

    def after_cut(self, dice: random.Random) -> State:
        """Return one of the states in which the disk may be found if the power goes now."""
        mood = dice.choice(("dropped", "kept", "some", "torn"))
        names = dict(self._synced)
        for name, held in self._pending[: dice.randrange(len(self._pending) + 1)]:
            if held is None:
                names.pop(name, None)
            else:
                names[name] = held
        return {name: held.after_cut(dice, mood) for name, held in names.items()}


def cuts(
    calls: Sequence[Call], before: Mapping[str, bytes], wanted: int, seed: int
) -> Iterator[tuple[int, State]]:
    """Yield so many states, spread over all prefixes, each with the number of saves promised."""
    dice = random.Random(seed)  # noqa: S311 - drawn states, the same in every run
    places = [number * len(calls) // wanted for number in range(1, wanted + 1)]
    disk, promised = Disk(before), 0
    for number, call in enumerate(calls, start=1):
        if call.kind == "ack":
            promised += 1
        else:
            disk.do(call)
        for _ in range(places.count(number)):
            yield promised, disk.after_cut(dice)
