"""How soon the command line answers."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from antq_desktop.storage import vault
from tests.benchmarks.incidents import OFFICER, PASSWORD, new_store
from tests.benchmarks.ratios import Measured, absolute, against

# what a list has no use for; cryptography stays, since it unwraps the key of the store
NEEDLESS = (
    *("PySide6", "reportlab", "msgspec", "pyrage", "segno"),
    *("openpyxl", "python_calamine", "xlsxwriter"),
)


def _run(*words: str) -> None:
    subprocess.run([sys.executable, *words], capture_output=True, check=True)


def measure() -> list[Measured]:
    """Measure help and a list, in seconds and against importing what the store needs."""
    with tempfile.TemporaryDirectory(prefix="antq-bench-") as temporary:
        return _measure(Path(temporary))


def _measure(folder: Path) -> list[Measured]:
    new_store(folder / "profile").close()
    password = folder / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    antq = ("-m", "antq_desktop", "--data", str(folder / "profile"), "--officer", OFFICER)
    listing = (*antq, "--password-file", str(password), "record", "list", "unit")
    _refuse_needless(listing)
    slots = vault.load(folder / "profile" / "keyslots.json")

    def store() -> None:
        _run("-c", "import sqlalchemy, sqlcipher3, cryptography.hazmat.primitives.ciphers.aead")

    def derivation() -> None:
        vault.unlock(slots, OFFICER, PASSWORD)

    return [
        absolute("antq --help answers", lambda: _run("-m", "antq_desktop", "--help"), limit=1.0),
        absolute("antq record list, key derivation included", lambda: _run(*listing), limit=1.0),
        absolute("of which the key derivation", derivation, limit=0.5),
        against(
            "antq record list / importing its libraries", lambda: _run(*listing), store, limit=3
        ),
    ]


def _refuse_needless(listing: tuple[str, ...]) -> None:
    command = [sys.executable, "-X", "importtime", *listing]
    answer = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in answer.stderr.split("\n")
    }
    found = loaded.intersection(NEEDLESS)
    if found:
        raise RuntimeError(f"a list loads what it has no use for: {sorted(found)}")
