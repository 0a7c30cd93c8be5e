"""Every vector of a record line is told what stands beside it, and is written back as it came."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from antq_desktop.bundle.quick import parse_line
from antq_desktop.domain.carried import to_line
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.judging import Judge
from antq_desktop.domain.records import SPECS
from tests.bundle.conftest import HEADER
from tests.vectors.lines.make import FILE, cases, text


def test_the_file_holds_what_the_script_writes() -> None:
    assert FILE.read_text(encoding="utf-8") == text()


@pytest.mark.parametrize("name", sorted(cases()))
def test_a_line_is_told_what_the_vector_says(name: str, codes: Codes) -> None:
    held = {case["name"]: case for case in json.loads(FILE.read_text(encoding="utf-8"))}
    given = held[name]["line"].encode()
    header = replace(HEADER, counter=100)
    record, faults = Judge(SPECS, codes).judged(header, "incident", parse_line(given))
    assert [fault.code for fault in faults] == [code for code in [held[name]["expect"]] if code]
    if record is not None:
        assert to_line(record, siblings=True) == given
