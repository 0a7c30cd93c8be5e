"""Show the program by command line: a throwaway profile, a few invented records, a search."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

OFFICER = "Nguyễn Văn Mẫu"
COMMUNE = "00004"

Record = Mapping[str, object]

SAMPLES: tuple[tuple[str, Record], ...] = (
    (
        "unit",
        {
            "name": "Thôn Mẫu Đường Đông",
            "unit_kind": "neighbourhood",
            "households": 214,
            "households_counted": "2026-11-01",
        },
    ),
    ("unit", {"name": "Thôn Mẫu Bến Đò", "unit_kind": "neighbourhood"}),
)


def main() -> int:
    """Record and list the samples; return the exit code of the first command that fails, or 0."""
    with tempfile.TemporaryDirectory(prefix="antq-") as folder:
        profile = Path(folder) / "profile"
        password = Path(folder) / "password"
        password.write_text("mat khau chi de thu 2026\n", encoding="utf-8")
        common = ("--data", str(profile), "--password-file", str(password), "--officer", OFFICER)
        tell("Hồ sơ thử, xóa khi xong", "a throwaway profile, removed at the end")
        steps: list[tuple[tuple[str, ...], Record | None]] = [
            (("init", "--level", "commune", "--unit", COMMUNE), None),
            *((("record", "add", kind, "-"), record) for kind, record in SAMPLES),
            (("record", "list", "unit"), None),
            (("record", "list", "unit", "--search", "duong"), None),
            (("history", "verify"), None),
        ]
        for words, record in steps:
            code = antq((*words, *common), record)
            if code != 0:
                return code
    tell("Xong; không có gì được giữ lại", "done; nothing was kept")
    return 0


def antq(words: tuple[str, ...], record: Record | None) -> int:
    """Show one command of the program, run it with the record on its input, return its exit code.

    Where the profile lies and who works in it is the same for all and is not shown.
    """
    shown = " ".join(words[: words.index("--data")])
    text = "" if record is None else json.dumps(record, ensure_ascii=False)
    print(f"\n$ antq {shown}{f'   ← {text}' if text else ''}", flush=True)
    command = [sys.executable, "-m", "antq_desktop", *words]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        command, input=text, encoding="utf-8", env=environment, check=False
    ).returncode


def tell(vietnamese: str, english: str) -> None:
    """Say one thing in both languages."""
    print(f"→ {vietnamese} · {english}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
