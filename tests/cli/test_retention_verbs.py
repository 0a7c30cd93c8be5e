"""Terms, what is due, erasing, keeping on and the key file by command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Antq
from tests.services.test_erasing import CLOSED, NAME, WHY


def test_a_term_is_changed_and_what_is_due_is_kept_on_or_erased_with_a_reason(antq: Antq) -> None:
    record = antq.add("incident", _nested())
    kept = {one["kind"]: one for one in antq.json("retention", "list").value}
    assert kept["incident"]["months"] == 24
    assert antq("retention", "set", "incident", "0", "--reason", WHY).code == 1
    assert antq("retention", "set", "incident", "12", "--reason", "vì").code == 1
    assert antq("retention", "set", "incident", "12", "--reason", WHY).code == 0
    assert [one["id"] for one in antq.json("retention", "due").value] == [record]
    assert antq("retention", "keep", "0" * 32, "--reason", WHY).code == 1
    assert "Đã giữ thêm 1 hồ sơ" in antq("retention", "keep", record, "--reason", WHY).out
    assert antq.json("retention", "due").value == []
    assert "rà soát" in antq("retention", "review").out


def test_what_is_due_is_erased_and_the_backups_are_named(antq: Antq, tmp_path: Path) -> None:
    record = antq.add("incident", _nested())
    assert antq("backup", "make", str(tmp_path)).code in {0, 1, 2}
    done = antq.json("retention", "erase", "all", "--reason", WHY)
    assert done.value["records"] == 1
    shown = antq("record", "show", record)
    assert NAME not in shown.out


def test_a_key_file_is_asked_for_and_given_up(antq: Antq, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    assert antq("keyfile", "make", "--to", str(stick)).code == 0
    path = next(stick.iterdir())
    given = ("--key-file", str(path))
    assert antq("retention", "list", *given).code == 0
    assert antq("keyfile", "drop", *given).code == 0
    assert antq("retention", "list").code == 0


def _nested() -> dict[str, object]:
    """Return the closed incident as the command line takes it: lines as a list."""
    plain = {path: value for path, value in CLOSED.items() if "/" not in path}
    lines: dict[str, dict[str, object]] = {}
    for path, value in CLOSED.items():
        if "/" in path:
            _list, line, field = path.split("/")
            lines.setdefault(line, {})[field] = value
    return {**plain, "involved": list(lines.values())}
