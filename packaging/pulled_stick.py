#!/usr/bin/env python3
"""Pulls a real USB stick with FAT or exFAT while the program writes, and looks what it still holds.

A virtual machine (QEMU) starts Debian's kernel with a USB stick plugged in. The program carries
bundles onto it, one after the other, and says over the serial line which of them it called carried.
At a drawn moment the stick is pulled (the USB device goes while the machine runs on) or the whole
machine is killed. The next machine mounts the stick as it is, unrepaired, and judges: every bundle
that was called carried must be there to the last byte, no bundle may stand torn under its name, the
earlier ones and other people's files must be as they were, and what was not carried must have been
refused with a code. Then the stick is full, and then write-protected.

    python3 packaging/pulled_stick.py [--pulls N] [--systems vfat exfat] [--kvm] [--kernel FILE.deb]

Needed: `qemu-system-x86`, `busybox-static`, `dosfstools`, `exfatprogs`; the kernel is fetched by
`apt-get download` unless one is given. Nothing is installed, and nothing of this machine is
written to but files in `build/`.

What this does not show. The stick is QEMU's: it forgets nothing that it has taken, keeps the order
of writes and never lies, while a cheap stick may lose its own cache or a whole block when it is
pulled. Only Linux' drivers for FAT and exFAT are met, not those of Windows. After a pull FAT may
hold lost clusters, which take room until somebody repairs the stick; leftovers under a temporary
name are counted and shown, and the next carrying removes them.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from power_cut import KVM, PATIENCE, QUIETLY, ROOT, SHARED, TCG, kernel_of, lines_of
from power_cut import start_files as first_files

MODULES = (
    *("virtio_ring", "virtio", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "virtio_pci"),
    *("netfs", "fscache", "9pnet", "9pnet_virtio", "9p"),
    *("crct10dif_common", "crct10dif_generic", "crc-t10dif", "crc64", "crc64-rocksoft", "t10-pi"),
    *("scsi_common", "scsi_mod", "sd_mod"),
    *("usb-common", "usbcore", "xhci-hcd", "xhci-pci", "usb-storage"),
    *("nls_cp437", "nls_ascii", "nls_utf8", "nls_iso8859-1", "fat", "vfat", "exfat"),
)
INIT = """#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
for turn in 1 2 3; do for module in {modules}; do
  [ -f /modules/$module.ko ] && insmod /modules/$module.ko 2>/dev/null; done; done
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=512000 host /host
system=$(sed 's/.*system=//; s/ .*//' /proc/cmdline)
for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -b /dev/sda ] && break; sleep 1; done
[ $system = vfat ] && how=utf8=1 || how=iocharset=utf8
mount -t $system -o $how /dev/sda /host/mnt || echo "no stick"
mount -t tmpfs tmpfs /host/tmp
mount -t proc proc /host/proc; mount -t devtmpfs dev /host/dev
stty -F /dev/ttyS0 raw -echo
chroot /host /usr/bin/env -i HOME=/tmp PATH=/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 \\
  /bin/sh -c 'cd {root} && exec {python} -m tests.accidents.carrying \
  '"$(sed 's/.*run=//; s/,/ /g' /proc/cmdline)"' < {said}' > /dev/ttyS0 2>&1
umount /host/mnt
echo "ended" > /dev/ttyS0
sync; poweroff -f
"""
CARRIED = re.compile(r"carried (\d+)")
STICK = "/mnt"
MEGABYTES = 64
MAKERS = {"vfat": ["mkfs.vfat", "-F", "32"], "exfat": ["mkfs.exfat"]}


class Machine:
    """A virtual machine with a stick in it."""

    def __init__(self, kernel: Path, start: Path, stick: Path, system: str, *, kvm: bool) -> None:
        self._image = next((kernel / "boot").glob("vmlinuz-*"))
        self._start = start
        self._kvm = kvm
        self._system = system
        self._door = start.parent / "door"
        self.stick = stick

    @contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start it with what it is to do; it is killed at the end."""
        self._door.unlink(missing_ok=True)
        command = [
            "qemu-system-x86_64", "-m", "768", "-nographic", "-no-reboot", "-nodefaults",
            *(KVM if self._kvm else TCG),
            "-serial", "stdio", "-kernel", str(self._image), "-initrd", str(self._start),
            "-append", f"console=ttyS0 {QUIETLY} system={self._system} run={','.join(words)}",
            "-virtfs", f"local,path=/,mount_tag=host,{SHARED}",
            "-monitor", f"unix:{self._door},server,nowait", "-device", "qemu-xhci",
            "-drive", f"if=none,id=held,file={self.stick},format=raw,cache=writeback",
            "-device", "usb-storage,id=stick,drive=held,removable=on",
        ]  # fmt: skip
        machine = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        try:
            yield machine
        finally:
            machine.kill()
            machine.wait()
            if machine.stdout is not None:
                machine.stdout.close()

    def pull(self) -> None:
        """Take the stick out while the machine runs."""
        with socket.socket(socket.AF_UNIX) as door:
            door.connect(str(self._door))
            door.sendall(b"device_del stick\n")
            time.sleep(0.2)

    def asked(self, *words: str) -> list[str]:
        """Let it do something to its end and return what it said."""
        with self.running(*words) as running:
            found: list[str] = []
            for line in lines_of(running, time.monotonic() + PATIENCE):
                found.append(line)
                if line == "ended":
                    break
        return found


def new_stick(system: str, folder: Path) -> Path:
    """Make a fresh stick."""
    stick = folder / f"{system}.img"
    with stick.open("wb") as out:
        out.truncate(MEGABYTES << 20)
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    command = [*MAKERS[system], str(stick)]
    subprocess.run(command, check=True, env={**os.environ, "PATH": path}, stdout=subprocess.DEVNULL)
    return stick


def disturbed(
    machine: Machine, words: Sequence[str], dice: random.Random, *, kill: bool
) -> list[str]:
    """Pull the stick, or kill the machine, at a drawn moment; return what was said."""
    said: list[str] = []
    with machine.running("carry", STICK, *words) as running:
        wanted, quiet = dice.randrange(0, 6), True
        for line in lines_of(running, time.monotonic() + PATIENCE):
            said.append(line)
            if quiet and judgements(said) and len(numbers(said)) >= wanted:
                quiet = False
                time.sleep(dice.random())
                if kill:
                    break
                machine.pull()
            if "refused" in line or line == "ended":
                break
    return said


def numbers(said: Sequence[str]) -> list[int]:
    """Return the numbers of the bundles that were called carried."""
    return [int(found[1]) for line in said if (found := CARRIED.search(line))]


def judgements(said: Sequence[str]) -> list[str]:
    """Return what was found on the stick, at the start and perhaps at the end."""
    return [line.partition("judged ")[2] for line in said if "judged " in line]


def try_system(machine: Machine, pulls: int, dice: random.Random) -> list[str]:
    """Pull, kill, fill and protect; print what was found, and return what was wrong.

    Each machine judges first what the one before left on the stick.
    """
    told = numbers(machine.asked("prepare", STICK))
    wrong = [] if len(told) > 1 else ["the fresh stick took no bundle"]
    for turn in range(pulls):
        kill = turn % 4 == 3
        words = [str(number) for number in (100 * (turn + 1), *told)]
        said = disturbed(machine, words, dice, kill=kill)
        refused = [line for line in said if "refused" in line]
        found = judgements(said)
        new = numbers(said)
        name = "killed" if kill else "pulled"
        print(f"  found {found}; {name} after {len(new)} more, {refused}", flush=True)
        wrong += [one for one in found if not one.startswith("whole")]
        wrong += [] if found else [f"no answer: {said[:6]}"]
        wrong += [] if kill or refused else [f"pulled, and nothing refused: {said[-3:]}"]
        told = [*told[:3], *new]  # a stick has an end
    for what, code in (("full", "disk_full"), ("protected", "read_only")):
        said = machine.asked(what, STICK, "9000", *map(str, told))
        answers = [line for line in said if line.startswith(("refused", "carried"))]
        found = judgements(said)
        print(f"  found {found}; {what}: {answers}", flush=True)
        wrong += [one for one in found if not one.startswith("whole")]
        if len(found) != 2 or len(answers) != 2 or not all(one.endswith(code) for one in answers):
            wrong.append(f"{what}: {said}")
    return wrong


def main(words: Sequence[str]) -> int:
    """Try each file system and print what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pulls", type=int, default=8)
    parser.add_argument("--systems", nargs="+", default=list(MAKERS), choices=list(MAKERS))
    parser.add_argument("--kvm", action="store_true", help="faster, where the machine lets it")
    parser.add_argument("--kernel", type=Path)
    given = parser.parse_args(words)
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    wanted = ("qemu-system-x86_64", "busybox", *(MAKERS[one][0] for one in given.systems))
    missing = [name for name in wanted if shutil.which(name, path=path) is None]
    if missing:
        packages = "qemu-system-x86 busybox-static dosfstools exfatprogs"
        print(f"missing: {', '.join(missing)} (apt-get install {packages})")
        return 2
    dice = random.Random(7)  # noqa: S311 - drawn moments
    (ROOT / "build").mkdir(exist_ok=True)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="pulled-stick-", dir=ROOT / "build") as name:
        folder = Path(name)
        kernel = kernel_of(given.kernel, folder)
        start = first_files(kernel, folder, MODULES, INIT)
        for system in given.systems:
            print(f"{system}:", flush=True)
            stick = new_stick(system, folder)
            machine = Machine(kernel, start, stick, system, kvm=given.kvm)
            wrong += try_system(machine, given.pulls, dice)
    print(f"{len(wrong)} faults" + "".join(f"\n  {one}" for one in wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
