"""What runs inside the machine of `packaging/pulled_stick.py`: carries bundles, says how it went.

    python -m tests.accidents.carrying prepare|carry|full|protected FOLDER [FIRST [TOLD …]]

Each bundle is drawn from its number, so that whoever judges knows every byte of it. All but the
first judge what they find: bundles that were told as carried must stand.
"""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from antq_desktop import files
from antq_desktop.bundle.carrying import SPARE_BYTES, candidates, carry
from antq_desktop.domain.errors import EnvironmentFault

EARLIER = 10
FOREIGN = {"ANH_GIA_DINH.JPG": 700_001, "Báo cáo tháng 10.docx": 90_003, "THU_MUC/BANG.XLSX": 5}
_MEGABYTE = 1 << 20


class BlindStick(files.FileCalls):
    """Real calls that find room everywhere, so that the stick itself says when it is full."""

    def free_space(self, folder: Path) -> int:
        return super().free_space(folder) + (1 << 40)


def content(name: str, size: int) -> bytes:
    """Return the bytes of a file, drawn from its name."""
    return random.Random(name).randbytes(size)  # noqa: S311 - nobody guesses them


def bundle(number: int) -> tuple[str, bytes]:
    """Return name and bytes of a bundle."""
    name = f"ANTQ_LEN_11074_31_ABCD2345_{number:06d}.antq"
    size = random.Random(number).choice((9_000, 300_000, 2_500_000))  # noqa: S311
    return name, content(name, size)


def prepare(stick: Path) -> None:
    """Put other people's files and earlier bundles on a fresh stick."""
    for name, size in FOREIGN.items():
        path = stick / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content(name, size))
    for number in range(1, EARLIER + 1):
        _say(carried(stick, number))
    os.sync()


def carried(stick: Path, number: int, calls: files.FileCalls = files.REAL_CALLS) -> str:
    """Carry one bundle and return one line of what came of it."""
    name, data = bundle(number)
    with tempfile.TemporaryDirectory() as folder:
        sealed = Path(folder) / name
        sealed.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        try:
            carry(sealed, stick, expected_sha256=digest, calls=calls)
        except EnvironmentFault as fault:
            return f"refused {number} {fault.code}"
    return f"carried {number}"


def carry_on(stick: Path, first: int) -> None:
    """Carry one bundle after the other until one is refused."""
    for number in range(first, first + 1000):
        line = carried(stick, number)
        _say(line)
        if line.startswith("refused"):
            return


def full(stick: Path, number: int) -> None:
    """Carry onto a stick without room: once looked at beforehand, once not."""
    filler = stick / "PHIM.MP4"
    keep = SPARE_BYTES // 2
    filler.write_bytes(bytes(max(0, files.free_space(stick) - keep)))
    os.sync()
    large = next(n for n in range(number, number + 100) if len(bundle(n)[1]) > 2 * _MEGABYTE)
    _say(carried(stick, large))
    _say(carried(stick, large, BlindStick()))
    filler.unlink()
    os.sync()


def protected(stick: Path, number: int) -> None:
    """Carry onto a stick whose switch is set."""
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    _say(carried(stick, number))
    _say(carried(stick, number, BlindStick()))


def judge(stick: Path, told: Sequence[int]) -> str:
    """Say what is wrong on the stick: lost bundles, torn ones, other people's files."""
    wrong: list[str] = []
    held = {path.name: path.read_bytes() for path in candidates(stick)}
    for number in told:
        name, data = bundle(number)
        if held.get(name) != data:
            wrong.append(f"lost {number}")
    for name, data in held.items():
        if data and data != bundle(int(name[-11:-5]))[1]:
            wrong.append(f"torn {name}")
    wrong += [
        f"foreign {name}"
        for name, size in FOREIGN.items()
        if (stick / name).read_bytes() != content(name, size)
    ]
    left = [path.name for path in stick.iterdir() if path.is_file()]
    ours = set(held) | set(FOREIGN)
    stray = sum(name not in ours for name in left)
    empty = sum(not data for data in held.values())
    return f"{'; '.join(wrong) or 'whole'} ({len(held)} bundles, {empty} empty, {stray} leftovers)"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(words: Sequence[str]) -> None:
    """Do what is asked."""
    what, stick, *numbers = words
    folder, given = Path(stick), [int(number) for number in numbers]
    if what == "prepare":
        prepare(folder)
        return
    first, *told = given
    _say(f"judged {judge(folder, told)}")
    if what == "carry":
        carry_on(folder, first)
        return
    {"full": full, "protected": protected}[what](folder, first)
    _say(f"judged {judge(folder, told)}")


if __name__ == "__main__":
    main(sys.argv[1:])
