"""The table of attacks names real codes and real tests, and leaves no named attack out."""

from __future__ import annotations

import re
from pathlib import Path

from antq_desktop.domain.gate import GATE_CODES

TESTS = Path(__file__).parents[1]
ROW = re.compile(r"\| (.+) \| (–|`([a-z_]+)`) \| `([a-z_/]+\.py)::(test_[a-z0-9_]+)` \|")
ROWS = [
    found
    for line in (TESTS / "bundle" / "ATTACKS.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| Attack")
    for found in [ROW.fullmatch(line)]
]
NAMED = (
    "forged", "altered", "truncated", "junk", "mixed", "another unit", "revoked", "rotated",
    "wrong receiver", "replay", "rollback", "fast-forward", "one number", "endless", "bomb",
    "hostile names", "duplicate keys", "NaN", "deep nesting", "NFC and NFD", "clock at", "jumps",
    "cloned", "restored backup", "receiver's own restore", "pulled", "zeros", "case",
)  # fmt: skip


def test_every_line_of_the_table_reads_as_one() -> None:
    assert len(ROWS) > 45
    assert None not in ROWS


def test_every_code_is_one_of_the_gate_and_every_test_exists() -> None:
    for row in ROWS:
        assert row is not None
        attack, _shown, code, file, test = row.groups()
        assert code is None or code in GATE_CODES, attack
        text = (TESTS / file).read_text(encoding="utf-8")
        assert re.search(rf"^def {test}\(", text, re.MULTILINE), attack


def test_no_attack_that_must_be_answered_is_left_out() -> None:
    told = " ".join(row[1] for row in ROWS if row)
    assert [name for name in NAMED if name not in told] == []
