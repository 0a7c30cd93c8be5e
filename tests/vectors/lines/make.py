"""Write the vectors of record lines anew: `python -m tests.vectors.lines.make` in the root.

Each case is one line as it stands in `data/records/<kind>.jsonl`, put together here by hand and not
by the program, with what a reader must say of it: nothing, or the one code.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILE = HERE / "lines.json"
ID, OWNER = "0" * 31 + "1", "11074@2025-07-01"
AT, WHO = "2026-11-21T08:05:30", "Nguyễn Văn Mẫu"
VALUES = {
    "kind": "social_order", "occurred_on": "2026-11-02", "state": "new", "title": "Vụ việc mẫu",
}  # fmt: skip
FIRST = [5, "AAAAAAAA", WHO, AT, {}]
LATER = [7, "BBBBBBBB", "Trần Thị Ví Dụ", AT, {"AAAAAAAA": 5}]
APART = [6, "BBBBBBBB", "Trần Thị Ví Dụ", AT, {}]


def line(values: dict[str, Any], stamps: dict[str, Any], part: str = "up", **more: object) -> str:
    """Return a line in canonical JSON."""
    parts = {part: {"stamps": stamps, "values": values}}
    told = {"id": ID, "kind": "incident", "owner": OWNER, "parts": parts, **more}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def cases() -> dict[str, tuple[str, str]]:
    """Return what must be said of each line, and the line."""
    one = {"most": 0, "saves": [FIRST]}
    return {
        "one_save": ("", line(VALUES, one)),
        "a_later_save_of_one_field": (
            "",
            line(VALUES, {"fields": {"title": 1}, "most": 0, "saves": [FIRST, LATER]}),
        ),
        "two_values_written_apart": (
            "",
            line(
                VALUES,
                {
                    "fields": {"title": [[0, "Tên cũ"], [1, "Vụ việc mẫu"]]},
                    "most": 0,
                    "saves": [FIRST, APART],
                },
            ),
        ),
        "an_emptied_field": (
            "",
            line(VALUES, {"fields": {"damage": [[1, None]]}, "most": 0, "saves": [FIRST, LATER]}),
        ),
        "voided": (
            "",
            line(
                VALUES,
                {"fields": {"_void": [[1, "Nhập nhầm"]]}, "most": 0, "saves": [FIRST, LATER]},
            ),
        ),
        "a_field_of_a_later_version": ("", line({**VALUES, "later": "x"}, one)),
        "rejected_by_a_rule": ("not_in_codes", line({**VALUES, "state": "bogus"}, one)),
        "the_shown_value_is_not_the_largest_stamp": (
            "record_malformed",
            line(
                VALUES,
                {
                    "fields": {"title": [[0, "Vụ việc mẫu"], [1, "Khác"]]},
                    "most": 0,
                    "saves": [FIRST, APART],
                },
            ),
        ),
        "saves_out_of_order": (
            "record_malformed",
            line(VALUES, {"fields": {"title": 0}, "most": 1, "saves": [LATER, FIRST]}),
        ),
        "a_save_that_nobody_needs": (
            "record_malformed",
            line(VALUES, {"most": 0, "saves": [FIRST, LATER]}),
        ),
        "a_value_that_its_own_saves_cover": (
            "record_malformed",
            line(
                VALUES,
                {
                    "fields": {"title": [[0, "Tên cũ"], [1, "Vụ việc mẫu"]]},
                    "most": 0,
                    "saves": [FIRST, LATER],
                },
            ),
        ),
        "more_covered_than_anybody_saw": (
            "record_malformed",
            line(VALUES, {**one, "beyond": {"title": {"BBBBBBBB": 5}}}),
        ),
        "a_save_that_saw_itself": (
            "record_malformed",
            line(VALUES, {"most": 0, "saves": [[5, "AAAAAAAA", WHO, AT, {"AAAAAAAA": 5}]]}),
        ),
        "a_value_without_a_save": ("record_malformed", line(VALUES, {"saves": [FIRST]})),
        "no_stamps": ("record_malformed", line(VALUES, {})),
        "a_writer_misspelt": (
            "record_malformed",
            line(VALUES, {"most": 0, "saves": [[5, "aaaaaaaa", WHO, AT, {}]]}),
        ),
        "a_counter_above_the_header": (
            "counter_absurd",
            line(VALUES, {"most": 0, "saves": [[101, "AAAAAAAA", WHO, AT, {}]]}),
        ),
        "a_field_that_stays_in_the_unit": (
            "field_not_for_us",
            line({**VALUES, "narrative": "x"}, one),
        ),
        "the_part_of_siblings": (
            "field_not_for_us",
            line({"narrative": "x"}, one, part="siblings"),
        ),
        "another_key": ("record_malformed", line(VALUES, one, more=1)),
    }


def text() -> str:
    """Return the file of vectors."""
    told = [
        {"name": name, "expect": expect, "line": given}
        for name, (expect, given) in sorted(cases().items())
    ]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
