"""To and from the stick: copied whole, read back from the device, and nothing else touched.

Only sealed bundles and public key files are ever written; only names of our own are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antq_desktop import files
from antq_desktop.bundle.keys import DeviceKeys
from antq_desktop.bundle.limits import PIECE
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.exchange import EXTENSION

CARRIED_SENTENCE: Final = "Đã ghi xong và đối chiếu. Có thể rút USB."
SPARE_BYTES: Final = 1 << 20
MOST_CANDIDATES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Carried:
    """A bundle that stands on the stick, compared with the original byte for byte by digest.

    Attributes:
        path: Where it stands.
        size: Its size in bytes.
        sha256: Digest of the file as the device gave it back.
        message: What the officer reads.
        already_there: True when an equal file was there before and nothing had to be written.
    """

    path: Path
    size: int
    sha256: str
    message: str = CARRIED_SENTENCE
    already_there: bool = False


def carry(
    sealed: Path,
    folder: Path,
    *,
    expected_sha256: str,
    calls: files.FileCalls = files.REAL_CALLS,
) -> Carried:
    """Copy a sealed bundle into a folder and read it back from the device.

    An equal file of that name counts as carried; an empty one is what an interrupted writing left
    and is replaced; any other stays as it is.

    Raises:
        EnvironmentFault: `disk_full`, `read_only`, `disk_gone`, `file_exists`, …; also
            `sealed_changed` when the original is no longer what was sealed, and `read_back_differs`
            when the device does not give back what it took: that copy is removed again.
    """
    with suppress(EnvironmentFault):  # what a carrying that was cut off left here
        files.remove_leftovers(folder, calls=calls)
    target = folder / sealed.name
    size = _check_room(sealed, folder, calls)
    found = _standing(target, calls)
    if found is not None and found.sha256 == expected_sha256:
        return Carried(target, found.size, found.sha256, already_there=True)
    written = files.write_atomically(
        target,
        _original(sealed, calls),
        exclusive=found is None or found.size > 0,
        calls=calls,
    )
    if written.sha256 != expected_sha256 or written.size != size:
        _take_back(target, calls)
        raise EnvironmentFault(
            "sealed_changed",
            f"Gói “{sealed.name}” lưu trong máy đã khác lúc lập. Lập gói mới rồi ghi lại.",
        )
    back = files.read_back(target, calls=calls)
    if back != written:
        _take_back(target, calls)
        raise EnvironmentFault(
            "read_back_differs",
            f"USB trả lại “{sealed.name}” khác với nội dung vừa ghi. Dùng USB khác rồi ghi lại.",
        )
    return Carried(target, back.size, back.sha256)


def candidates(folder: Path) -> tuple[Path, ...]:
    """Return the bundles of a folder by name; links, folders and foreign files are left out.

    Raises:
        EnvironmentFault: The folder is gone or cannot be read.
        UserError: `too_many_files`.
    """
    found: list[Path] = []
    try:
        folder.stat()  # a pulled stick may list as empty without an error
        for entry in folder.iterdir():
            if entry.suffix.lower() == EXTENSION and entry.is_file() and not entry.is_symlink():
                found.append(entry)
            if len(found) > MOST_CANDIDATES:
                raise UserError(
                    "too_many_files",
                    "Thư mục có quá nhiều tệp gói. Chuyển bớt sang thư mục khác rồi mở lại.",
                )
    except OSError as fault:
        raise files.environment_fault(fault, folder) from fault
    return tuple(sorted(found))


def write_public_file(
    keys: DeviceKeys, folder: Path, *, calls: files.FileCalls = files.REAL_CALLS
) -> Path:
    """Write the public file of this device for enrolment, and read it back.

    Raises:
        EnvironmentFault: As `carry` says.
    """
    public = keys.public
    path = folder / f"ANTQ_MAY_{public.unit.code}_{public.key_id}.antqkey"
    written = files.write_atomically(path, keys.public_file(), calls=calls)
    if files.read_back(path, calls=calls) != written:
        raise EnvironmentFault(
            "read_back_differs",
            f"USB trả lại “{path.name}” khác với nội dung vừa ghi. Dùng USB khác rồi ghi lại.",
        )
    return path


def _check_room(sealed: Path, folder: Path, calls: files.FileCalls) -> int:
    try:
        size = sealed.stat().st_size
    except OSError as fault:
        raise files.environment_fault(fault, sealed) from fault
    free = files.free_space(folder, calls=calls)
    if free < size + SPARE_BYTES:
        raise EnvironmentFault(
            "disk_full",
            f"USB còn {_megabytes(free)} MB, gói cần {_megabytes(size + SPARE_BYTES)} MB."
            " Dọn bớt chỗ hoặc dùng USB khác rồi ghi lại.",
        )
    return size


def _standing(target: Path, calls: files.FileCalls) -> files.Written | None:
    try:
        return files.read_back(target, calls=calls)
    except EnvironmentFault as fault:
        if fault.code == "not_found":
            return None
        raise


def _original(sealed: Path, calls: files.FileCalls) -> Iterator[bytes]:
    del calls  # the original is read from the machine's own disk
    try:
        with sealed.open("rb") as source:
            while piece := source.read(PIECE):
                yield piece
    except OSError as fault:
        raise files.environment_fault(fault, sealed) from fault


def _take_back(target: Path, calls: files.FileCalls) -> None:
    """Remove our own faulty copy, so that nobody carries it away; the fault is told in any case."""
    try:
        files.remove_if_present(target, calls=calls)
    except EnvironmentFault:
        return


def _megabytes(size: int) -> str:
    return f"{-(-size // 2**20):,}".replace(",", ".")
