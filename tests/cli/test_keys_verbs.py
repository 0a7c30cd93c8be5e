"""`antq keys …`: changed, kept safe, brought back, split and joined by command line."""

from __future__ import annotations

from pathlib import Path

from antq_desktop.domain.shares import groups_of, split
from tests.cli.conftest import Antq
from tests.fakes import CountedBytes


def test_a_key_is_changed_backed_up_and_brought_back(antq: Antq, tmp_path: Path) -> None:
    words = tmp_path / "mật khẩu.txt"
    words.write_text("một câu dài để cất giữ\n", encoding="utf-8")
    first = antq.json("keys", "show").value["fingerprint"]
    made = antq.json("keys", "backup", "--to", str(tmp_path), "--passphrase-file", str(words))
    changed = antq.json("keys", "rotate").value["fingerprint"]
    assert changed != first
    file = str(made.value["file"])
    back = antq.json("keys", "restore", file, "--passphrase-file", str(words))
    assert back.value["fingerprint"] == first
    words.write_text("một câu khác hẳn\n", encoding="utf-8")
    wrong = antq.json("keys", "restore", file, "--passphrase-file", str(words))
    assert wrong.error == "key_backup_closed"


def test_three_sheets_are_printed_and_what_is_typed_wrong_is_named(
    antq: Antq, tmp_path: Path
) -> None:
    done = antq.json("keys", "split", "--to", str(tmp_path))
    assert [Path(str(one)).name[-5:] for one in done.value] == ["1.pdf", "2.pdf", "3.pdf"]
    assert all(Path(str(one)).read_bytes().startswith(b"%PDF") for one in done.value)
    typed = tmp_path / "1.txt"
    groups = groups_of(split(b"x" * 80, CountedBytes("a"))[0])
    typed.write_text(" ".join(("000001", *groups[1:])), encoding="utf-8")
    refused = antq.json("keys", "join", str(typed), str(typed))
    assert refused.error == "share_groups"


def test_a_revocation_asks_for_a_known_key_and_sound_numbers(antq: Antq) -> None:
    words = ("keys", "revoke", "ABCD", "--reason", "Mất máy")
    assert antq.json(*words).error == "no_such_key"
    assert antq.json(*words, "--after", "gì đó").error == "usage"
