"""What a disk may hold after a power cut, worked out from the system calls of a real process.

A disk keeps what was synced. Of the writes to a file since its last sync each may have reached the
disk or not, whole or torn at a sector, in any order. Names change in their order, as the journals
of ext4, XFS and NTFS keep them: of the changes since the last sync of a folder, any number from the
front. Bytes outside a write are never harmed.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
SECTOR = 512
ACK = b"saved "
MODELLED = (
    "openat,write,pwrite64,ftruncate,unlink,unlinkat,rename,renameat2,mkdir,rmdir,fsync,fdatasync"
)
REFUSED = "writev,pwritev,pwritev2,fallocate,renameat,link,linkat,sendfile,copy_file_range"
# what strace writes so that `calls_in` can read it
RECORDING = (
    *("-f", "-y", "-xx", "-s", "9999999", "-e", "signal=none"),
    *("-e", f"trace={MODELLED},{REFUSED}"),
)

State = dict[str, bytes | None]  # a folder is None


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
    before = held(folder)
    traced = ["strace", "--seccomp-bpf", *RECORDING, "-o", str(log)]
    subprocess.run([*traced, *command], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return calls_in(log, folder, before)


def calls_in(log: Path, folder: Path, before: Iterable[str]) -> list[Call]:
    """Return the calls of a record on what lies in a folder, where these names stood before.

    Raises:
        ValueError: There is a call which is not modelled.
    """
    with log.open(encoding="ascii") as lines:
        return list(_calls(lines, _Names(folder, before)))


def held(folder: Path) -> State:
    """Return what lies in a folder and below, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def laid(state: State, folder: Path) -> None:
    """Write a state into an empty folder, which is made."""
    folder.mkdir()
    for name, content in sorted(state.items()):
        path = folder / name
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_HANDLE = re.compile(r"^\d+<([^>]*)>")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)(?:<([^>]*)>)?, )?"([^"]*)"')
_TEXT = re.compile(r'"([^"]*)"')


def _plain(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


class _Names:
    """Tells what lies in one folder from all else."""

    def __init__(self, folder: Path, before: Iterable[str]) -> None:
        self._folder = str(folder)
        self.seen = set(before)
        self.ends: dict[str, int] = {}

    def of(self, path: str) -> str | None:
        """Return the name within the folder, `.` for the folder itself, None for another file."""
        if path == self._folder:
            return "."
        if not path.startswith(self._folder + "/") or path.endswith(("-shm", " (deleted)")):
            return None
        return path.removeprefix(self._folder + "/")

    def given(self, arguments: str) -> list[str | None]:
        """Return the names that a call was given as paths."""
        return [
            self.of(str(PurePosixPath(_plain(base).decode(), _plain(path).decode())))
            for base, path in _PATH.findall(arguments)
        ]

    def moved(self, name: str, target: str | None) -> None:
        """Follow a name that is gone, or another one now, with all that lies below it."""
        for one in [one for one in self.seen if one == name or one.startswith(name + "/")]:
            self.seen.discard(one)
            if target is not None:
                self.seen.add(target + one.removeprefix(name))
                self.ends[target + one.removeprefix(name)] = self.ends.get(one, 0)


def _calls(lines: Iterator[str], names: _Names) -> Iterator[Call]:
    for line in lines:
        found = _LINE.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call, arguments, result = found[1], found[2], int(found[3])
        if call == "openat":
            yield from _opened(arguments, names)
        elif call in {"unlink", "unlinkat", "rename", "renameat2", "mkdir", "rmdir"}:
            yield from _renamed(call, arguments, names)
        else:
            handle = _HANDLE.match(arguments)
            if handle is not None:
                yield from _on_file(call, handle[1], arguments, result, names)


def _opened(arguments: str, names: _Names) -> Iterator[Call]:
    name = names.given(arguments)[0]
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
    paths = names.given(arguments)
    if paths[0] is None:
        if len(paths) > 1 and paths[1] is not None:
            raise ValueError(f"{call} brings something in from outside: {paths[1]}")
        return
    if call == "mkdir":
        names.seen.add(paths[0])
        yield Call("mkdir", paths[0])
    elif call.startswith("rename"):
        names.moved(paths[0], paths[1])
        yield Call("rename", paths[0], target=paths[1] or "")
    else:
        names.moved(paths[0], None)
        yield Call("unlink", paths[0])


def _on_file(call: str, escaped: str, arguments: str, result: int, names: _Names) -> Iterator[Call]:
    name = names.of(_plain(escaped).decode(errors="replace"))
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


_Tree = dict[str, _File | None]


def _renaming(names: _Tree, call: Call, made: _File | None) -> None:
    match call.kind:
        case "create" | "mkdir":
            names[call.name] = made
        case "unlink":
            names.pop(call.name, None)
        case "rename":
            below = [one for one in names if one == call.name or one.startswith(f"{call.name}/")]
            for one in below:
                moved = names.pop(one)
                if call.target:  # else it left the folder that is looked at
                    names[call.target + one.removeprefix(call.name)] = moved


def _folders_of(call: Call) -> set[str]:
    return {str(PurePosixPath(name).parent) for name in (call.name, call.target) if name}


class Disk:
    """The files of one folder and below while a process works on them."""

    def __init__(self, files: Mapping[str, bytes | None]) -> None:
        self._synced: _Tree = {
            name: None if content is None else _File(content) for name, content in files.items()
        }
        self._now = dict(self._synced)
        self._pending: list[tuple[Call, _File | None]] = []

    def do(self, call: Call) -> None:
        """Take one more call."""
        if call.kind in {"create", "mkdir", "unlink", "rename"}:
            made = _File(b"") if call.kind == "create" else None
            self._pending.append((call, made))
            _renaming(self._now, call, made)
            return
        held = None if call.name == "." else self._now[call.name]
        if held is None:
            self._sync_folder(call.name)
        elif call.kind == "sync":
            held.synced = held.after_cut(random.Random(0), "kept")  # noqa: S311 - no choice in it
            held.pending.clear()
        else:
            held.pending.append(call)

    def _sync_folder(self, folder: str) -> None:
        touched = [n for n, (call, _) in enumerate(self._pending, 1) if folder in _folders_of(call)]
        last = max(touched, default=0)
        for call, made in self._pending[:last]:
            _renaming(self._synced, call, made)
        del self._pending[:last]

    def after_cut(self, dice: random.Random) -> State:
        """Return one of the states in which the disk may be found if the power goes now."""
        mood = dice.choice(("dropped", "kept", "some", "torn"))
        names = dict(self._synced)
        for call, made in self._pending[: dice.randrange(len(self._pending) + 1)]:
            _renaming(names, call, made)
        return {
            name: None if held is None else held.after_cut(dice, mood)
            for name, held in names.items()
        }


def cuts(
    calls: Sequence[Call], before: Mapping[str, bytes | None], wanted: int, seed: int
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
