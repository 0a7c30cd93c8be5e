"""The key file on an officer's stick: a second thing that the sign-in of that officer asks for.

It holds 32 random bytes that are derived together with the password; without the file the password
alone opens nothing, and the file alone neither. It names itself by an id that says nothing about
whom it belongs to. A lost file is met by the administrator, who sets the password anew, or by the
recovery sheet.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.ids import RandomBytes, new_record_id
from antq_desktop.files import write_atomically

EXTENSION: Final = ".antqtep"
SECRET_BYTES: Final = 32
_LONGEST: Final = 1024
_MOST_LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What stands in a key file: its id and its secret."""

    id: str
    secret: bytes

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"CHIA-KHOA-{self.id[:8].upper()}{EXTENSION}"

    def beside(self, password: str) -> str:
        """Return what is derived in place of the password alone."""
        return f"{password}\0{self.secret.hex()}"

    def save(self, folder: Path) -> Path:
        """Write it into a folder, and return its path.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        path = folder / self.name
        secret = base64.b64encode(self.secret).decode("ascii")
        write_atomically(path, canonical({"antqtep": 0, "id": self.id, "secret": secret}) + b"\n")
        return path


def new_key_file(random_bytes: RandomBytes) -> KeyFile:
    """Return a new key file."""
    return KeyFile(new_record_id(random_bytes), random_bytes(SECRET_BYTES))


def read_key_file(path: Path) -> KeyFile | None:
    """Return what stands in a key file; None for anything else, or where it cannot be read."""
    try:
        with path.open("rb") as file:
            held = json.loads(file.read(_LONGEST + 1)[:_LONGEST])
        secret = base64.b64decode(str(held["secret"]), validate=True)
        made = KeyFile(str(held["id"]), secret)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return made if len(secret) == SECRET_BYTES else None


class KeyFiles:
    """Finds the key file that a sign-in asks for: the chosen one, or one on a plugged stick."""

    def __init__(self, places: Callable[[], Iterable[Path]] = tuple) -> None:
        """Take what tells the folders to look in, asked anew each time."""
        self._places = places
        self._chosen: Path | None = None

    def choose(self, path: Path) -> None:
        """Look at this file first from now on.

        Raises:
            UserError: `not_a_key_file`.
        """
        if read_key_file(path) is None:
            message = f"“{path.name}” không phải tệp chìa khóa. Chọn tệp có đuôi {EXTENSION}."
            raise UserError("not_a_key_file", message, "password")
        self._chosen = path

    def find(self, wanted: str) -> KeyFile | None:
        """Return the key file with an id; None when it is nowhere, or none is wanted."""
        found = (read_key_file(path) for path in self._candidates()) if wanted else ()
        return next((held for held in found if held is not None and held.id == wanted), None)

    def _candidates(self) -> Iterable[Path]:
        if self._chosen is not None:
            yield self._chosen
        for place in self._places():
            try:
                found = sorted(place.glob(f"*{EXTENSION}"))
            except OSError:
                continue
            yield from found[:_MOST_LOOKED_AT]
