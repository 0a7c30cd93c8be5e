#!/usr/bin/env python3
"""Cuts the power of a whole machine while the program saves, and looks what its disk still holds.

A virtual machine (QEMU) starts Debian's kernel, mounts a disk with a profile, and works in it; each
save is told over the serial line. At a drawn moment the machine is killed, with all that its memory
held. Another one starts from the same disk and judges: everything that was told must be there.

    python3 packaging/power_cut.py [--cuts N] [--normal] [--kvm] [--kernel linux-image-….deb]

`--normal` is the control: with a weaker promise of the store, saves that were told are lost.
Needed: `qemu-system-x86`, `busybox-static`, `e2fsprogs`; the kernel is fetched by `apt-get
download` unless one is given. Nothing is installed, and nothing of this machine is written to.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
MODULES = (
    *("virtio_ring", "virtio", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "virtio_pci"),
    *("virtio_blk", "crc16", "crc32c_generic", "libcrc32c", "mbcache", "jbd2", "ext4"),
    *("netfs", "fscache", "9pnet", "9pnet_virtio", "9p"),
)
INIT = """#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
for module in {modules}; do [ -f /modules/$module.ko ] && insmod /modules/$module.ko; done
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=512000 host /host
mount -t ext4 /dev/vda /host/mnt || echo "no disk"
mount -t tmpfs tmpfs /host/tmp
mount -t proc proc /host/proc; mount -t devtmpfs dev /host/dev
stty -F /dev/ttyS0 raw -echo
chroot /host /usr/bin/env -i HOME=/tmp PATH=/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 \\
  /bin/sh -c 'cd {root} && exec {python} -m tests.accidents.working '"$(sed 's/.*run=//; s/,/ /g' \\
  /proc/cmdline)"' < {said} > /dev/ttyS0 2>&1'
echo "ended"
sync; poweroff -f
"""
PROFILE = "/mnt/profile"
PATIENCE = 900.0
KVM = ("-accel", "kvm", "-cpu", "host")
TCG = ("-accel", "tcg", "-cpu", "max")
QUIETLY = "quiet loglevel=1 panic=-1 cryptomgr.notests no_timer_check"
SCREEN = re.compile(r"\x1b(?:c|\[[?0-9;]*[A-Za-z])")  # what the firmware says to a screen
SHARED = "security_model=none,readonly=on,multidevs=remap"


def kernel_of(package: Path | None, folder: Path) -> Path:
    """Unpack a kernel package, fetched when none is given, and return its folder."""
    if package is None:
        shown = subprocess.run(
            ["apt-cache", "depends", "linux-image-amd64"],
            capture_output=True,
            text=True,
            check=True,
        )
        name = next(w for w in shown.stdout.split() if w.startswith("linux-image-"))
        names = [w for w in shown.stdout.split() if w.startswith("linux-image-") and w != name]
        subprocess.run(["apt-get", "download", (names or [name])[0]], cwd=folder, check=True)
        package = next(folder.glob("linux-image-*.deb"))
    unpacked = folder / "kernel"
    subprocess.run(["dpkg-deb", "-x", str(package), str(unpacked)], check=True)
    return unpacked


def start_files(
    kernel: Path, folder: Path, modules: Sequence[str] = MODULES, init_text: str = INIT
) -> Path:
    """Make the first files of the machine: busybox, the modules it needs, and what it does."""
    room = folder / "initramfs"
    for name in ("bin", "modules", "proc", "sys", "dev", "host"):
        (room / name).mkdir(parents=True)
    shutil.copy(shutil.which("busybox") or "/bin/busybox", room / "bin" / "busybox")
    for name in modules:
        for found in kernel.rglob(f"{name}.ko"):
            shutil.copy(found, room / "modules" / found.name)
    words = {"modules": " ".join(modules), "root": ROOT, "python": PYTHON, "said": folder / "said"}
    (folder / "said").touch()
    init = room / "init"
    init.write_text(init_text.format(**words), encoding="utf-8")
    init.chmod(0o755)
    names = "\n".join(str(path.relative_to(room)) for path in sorted(room.rglob("*")))
    packed = folder / "start.cpio"
    with packed.open("wb") as out:
        subprocess.run(
            ["busybox", "cpio", "-o", "-H", "newc"],
            input=names.encode(), stdout=out, stderr=subprocess.DEVNULL, cwd=room, check=True,
        )  # fmt: skip
    return packed


def new_disk(folder: Path) -> Path:
    """Make the disk with a fresh profile on it."""
    held = folder / "held"
    held.mkdir()
    command = [str(PYTHON), "-m", "tests.accidents.working", "make", str(held / "profile")]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    disk = folder / "disk.img"
    command = ["mke2fs", "-q", "-t", "ext4", "-d", str(held), str(disk), "512M"]
    subprocess.run(command, check=True, env={**os.environ, "PATH": f"{os.environ['PATH']}:/sbin"})
    return disk


class Machine:
    """A virtual machine made of a kernel, first files and a disk."""

    def __init__(self, kernel: Path, start: Path, disk: Path, *, kvm: bool) -> None:
        self._image = next((kernel / "boot").glob("vmlinuz-*"))
        self._start = start
        self._kvm = kvm
        self.disk = disk

    @contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start it with what it is to do; it is killed at the end, as a power cut does."""
        command = [
            "qemu-system-x86_64", "-m", "768", "-nographic", "-no-reboot", "-nodefaults",
            *(KVM if self._kvm else TCG),
            "-serial", "stdio", "-kernel", str(self._image), "-initrd", str(self._start),
            "-append", f"console=ttyS0 {QUIETLY} run={','.join(words)}",
            "-drive", f"file={self.disk},format=raw,if=virtio,cache=writeback",
            "-virtfs", f"local,path=/,mount_tag=host,{SHARED}",
        ]  # fmt: skip
        machine = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        try:
            yield machine
        finally:
            machine.kill()
            machine.wait()
            if machine.stdout is not None:
                machine.stdout.close()


def lines_of(machine: subprocess.Popen[bytes], until: float) -> Iterator[str]:
    """Yield whole lines as they come, until a moment of the steady clock or the end."""
    if machine.stdout is None:
        return
    handle, rest = machine.stdout.fileno(), b""
    while (left := until - time.monotonic()) > 0:
        ready, _, _ = select.select([handle], [], [], left)
        data = os.read(handle, 65536) if ready else b""
        if not data:
            return
        *whole, rest = (rest + data).split(b"\n")
        yield from (SCREEN.sub("", line.decode(errors="replace")).strip() for line in whole)


def cut(machine: Machine, number: int, dice: random.Random, *, normal: bool) -> list[str]:
    """Let the machine work, cut its power at a drawn moment, and return what it had told."""
    said: list[str] = []
    words = ("work", PROFILE, f"s{number}", *(("NORMAL",) if normal else ()))
    with machine.running(*words) as running:
        wanted = dice.randrange(1, 120)
        for line in lines_of(running, time.monotonic() + PATIENCE):
            if line.startswith("saved"):
                said.append(line)
            elif line and line != "begun" and number == 0:
                print(f"    {line}")
            if len(said) >= wanted:
                break
        time.sleep(dice.random() * 0.05)
    return said


def judged(machine: Machine, said: Sequence[str], folder: Path) -> str:
    """Start from the disk again and return what is found there."""
    told = folder / "said"
    told.write_text("\n".join(said) + "\n", encoding="utf-8")
    for _ in range(3):  # a machine that does not start says nothing about its disk
        with machine.running("judge", PROFILE) as running:
            for line in lines_of(running, time.monotonic() + PATIENCE):
                if line.startswith("judged"):
                    return line.removeprefix("judged ")
    return "no answer"


def main(words: Sequence[str]) -> int:
    """Cut the power as often as asked for, and print what was found each time."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--normal", action="store_true")
    parser.add_argument("--kvm", action="store_true", help="faster, where the machine lets it")
    parser.add_argument("--kernel", type=Path)
    given = parser.parse_args(words)
    missing = [name for name in ("qemu-system-x86_64", "busybox") if shutil.which(name) is None]
    if missing:
        print(f"missing: {', '.join(missing)} (apt-get install qemu-system-x86 busybox-static)")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))  # the machine goes with its keeper
    dice = random.Random(11)  # noqa: S311 - drawn moments
    (ROOT / "build").mkdir(exist_ok=True)  # the machine sees this folder, but not that of /tmp
    with tempfile.TemporaryDirectory(prefix="power-cut-", dir=ROOT / "build") as name:
        folder = Path(name)
        kernel = kernel_of(given.kernel, folder)
        start, disk = start_files(kernel, folder), new_disk(folder)
        machine = Machine(kernel, start, disk, kvm=given.kvm)
        said: list[str] = []
        found: list[str] = []
        for number in range(given.cuts):
            said += cut(machine, number, dice, normal=given.normal)
            found.append(judged(machine, said, folder))
            print(f"cut {number + 1}: {len(said)} saves told, {found[-1]}", flush=True)
            if not found[-1].startswith("whole"):
                said = []
        bad = [one for one in found if not one.startswith("whole")]
    print(f"{len(found)} power cuts, {len(bad)} with a loss")
    return int(bool(bad) != given.normal)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
