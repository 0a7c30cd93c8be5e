"""The normative text, the program and the note in each bundle say the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import antq_desktop.bundle
from antq_desktop.bundle.reading_note import READ_FIRST_TEXT
from antq_desktop.domain import exchange
from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.exchange import JournalPlace
from antq_desktop.domain.fields import Down
from antq_desktop.domain.gate import GATE_CODES, Verdict, gate_fault
from antq_desktop.domain.judging import RECORD_CODES
from antq_desktop.domain.records import SPECS

from .conftest import HEADER

SPEC = (Path(antq_desktop.bundle.__file__).parent / "SPEC.md").read_text(encoding="utf-8")
VALUES = {"what": "x", "theirs": "1", "ours": "0"}


def test_every_code_of_the_gate_stands_in_the_text_and_no_other() -> None:
    gate = SPEC[SPEC.index("## 6.") : SPEC.index("A fork is")]
    assert set(re.findall(r"`([a-z_]+)`", gate)) == GATE_CODES


def test_every_code_has_one_vietnamese_sentence_without_exclamation_or_forbidden_words() -> None:
    for code in GATE_CODES:
        message = gate_fault(code, **VALUES).message
        assert message.endswith("."), code
        assert "{" not in message
        for word in ("!", "lỗi hệ thống", "vân tay", "biên nhận", "bạn", "quý khách", code):
            assert word not in message.lower(), code


def test_every_code_of_a_record_line_stands_in_the_text() -> None:
    lines = SPEC[SPEC.index("### 4.1") : SPEC.index("## 5.")]
    assert {code for code in RECORD_CODES if f"`{code}`" not in lines} == set()


def test_the_note_stands_in_the_text_word_for_word() -> None:
    assert READ_FIRST_TEXT in SPEC
    assert all(len(line) <= 80 for line in READ_FIRST_TEXT.splitlines())


def test_every_field_verdict_and_outcome_stands_in_the_text() -> None:
    header = SPEC[SPEC.index("## 4.") : SPEC.index("### 4.1")]
    named = set(re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", header, re.MULTILINE))
    fields = {name for group in named for name in re.findall(r"`([a-z_]+)`", group)}
    whole = replace(HEADER, journal=JournalPlace(1, "0" * 64))
    assert fields == set(json.loads(whole.to_bytes()))
    for value in (*Verdict, *Outcome):
        assert f"`{value}`" in SPEC
    assert f"Format **{exchange.FORMAT}**" in SPEC


def test_the_trusted_comment_is_the_one_in_the_text() -> None:
    assert HEADER.comment == (
        "ANTQ gói gửi lên; đơn vị gửi 11074@2025-07-01; máy " + "a" * 32 + "; bản dữ liệu"
        " 0123ABCD; số 000001; tiếp theo số chưa có; đơn vị nhận 31@2025-07-01"
    )


def test_every_kind_whose_id_is_worked_out_from_fields_stands_there() -> None:
    told = {
        (row[1], tuple(re.findall(r"`([a-z_]+)`", row[2])), row[3] or "")
        for row in re.finditer(
            r"^\| `([a-z_]+)` \| (`[^|]+) \| (?:`([a-z_]+)`)? \|$", SPEC, re.MULTILINE
        )
    }
    assert told == {(s.kind, s.alike, s.owned_by) for s in SPECS.values() if s.alike}


def test_every_kind_that_goes_down_stands_there() -> None:
    section = SPEC.partition("### 7.1 ")[2].partition("\n### ")[0]
    named = {
        Down.TO_ITS_UNIT: section.partition("made for one unit (")[2].partition(")")[0],
        Down.TO_ALL: section.partition(": all of the sender")[0].rpartition("- of ")[2],
    }
    for down, told in named.items():
        kinds = {spec.kind for spec in SPECS.values() if spec.down is down}
        assert set(re.findall(r"`([a-z_]+)`", told)) == kinds
