"""One life of a store: whoever opens a copied folder begins another one.

A bundle is numbered by the life of the store that made it (its *writer*). Two copies of one folder
that both go on working would give one number twice. So the store keeps where it lies, on which
machine, and how often it was opened; the last is kept outside of it as well. Where one of them
differs, this is a copy, or an older state that was put back, and it counts anew. To begin anew
costs nothing: it only makes the next bundle whole again.

A disk that was copied whole, with both counters, is not seen here; the unit above sees it as a
fork.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.ids import new_writer
from antq_desktop.domain.rights import PROGRAM
from antq_desktop.files import write_atomically
from antq_desktop.storage import settings

if TYPE_CHECKING:
    from pathlib import Path

    from antq_desktop.storage.store import Outside, Store

_LONGEST: Final = 32


def go_on(store: Store, outside: Outside) -> bool:
    """Note that a store is opened here; return whether it begins another life by that.

    Raises:
        EnvironmentFault: The machine denied the writing into the store.
    """
    if outside.lives is None:
        return False
    counted = outside.lives / store.setting(settings.STORE)
    held = store.setting(settings.OPENED, "")
    here = f"{store.folder.resolve()}\n{outside.machine}"
    with store.writing(PROGRAM, Action.SIGN_IN) as work:
        known, _, times = held.rpartition("\n")
        other = bool(held) and (known != here or times != _counted(counted))
        count = str(int(times or "0") + 1)
        work.set_setting(settings.OPENED, f"{here}\n{count}")
        if other:
            work.set_setting(settings.RESTORED_FROM, work.setting(settings.WRITER))
            work.set_setting(settings.WRITER, new_writer(outside.random_bytes))
            work.note("", "", "Thư mục dữ liệu mở ở nơi khác hoặc là bản chép: đánh số gói lại")
    with suppress(EnvironmentFault, OSError):  # then the next opening begins anew, which is safe
        outside.lives.mkdir(parents=True, exist_ok=True)
        write_atomically(counted, count.encode())
    return other


def _counted(path: Path) -> str:
    try:
        return path.read_bytes()[:_LONGEST].decode("ascii", "replace").strip()
    except OSError:
        return ""


def machine_id() -> str:
    """Return what tells this machine from others, as its system says; empty where it says none."""
    from pathlib import Path

    if sys.platform == "win32":
        import winreg

        with (
            suppress(OSError),
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key,
        ):
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        return ""
    return _counted(Path("/etc/machine-id"))
