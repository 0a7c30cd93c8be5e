from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.catalogue.periods import (
    load_deadlines,
    load_period_preset,
    load_period_presets,
)
from antq_desktop.domain.errors import EnvironmentFault

FORMS = Path(__file__).parents[2] / "forms"
WHOLE = """
title = "Kỳ mẫu"
legal_basis = "Kế hoạch 01/KH-UBND"
confidence = "C"
editable = true
begins = "11-01"
year_before = true
spans = ["year"]
"""
TERM = """
title = "Thời hạn"
[[deadlines]]
code = "one"
step = "Chuyển tin"
classes = ["class_a"]
hours = 24
hours_remote = 48
legal_basis = "Thông tư 28"
confidence = "A"
in_force = true
"""


@pytest.mark.parametrize(
    ("code", "since", "until"),
    [
        ("calendar", "2026-01-01", "2026-12-31"),
        ("statistics", "2025-12-15", "2026-12-14"),
        ("tt124_neighbourhoods", "2025-11-01", "2026-10-31"),
        ("tt124_units", "2025-11-16", "2026-11-15"),
        ("protection_teams", "2025-11-15", "2026-11-14"),
        ("tet_campaign", "2025-12-15", "2026-03-03"),
        ("tet_days", "2026-02-16", "2026-02-21"),
        ("stages", "2026-01-01", "2030-12-31"),
    ],
)
def test_the_windows_of_the_regulations_are_shipped(code: str, since: str, until: str) -> None:
    preset = load_period_presets(FORMS / "periods")[code]
    period = preset.period("2026")
    assert (period.since, period.until) == (since, until)
    assert preset.legal_basis


def test_the_shipped_terms_name_classes_that_there_are() -> None:
    classes = load_codes(FORMS / "codes")["incident_class"]
    terms = {term.code: term for term in load_deadlines(FORMS / "periods" / "deadlines.toml")}
    for term in terms.values():
        assert term.classes
        assert all(classes.get(name) for name in term.classes)
    assert (terms["tt28_class_a"].hours, terms["tt28_class_a"].hours_remote) == (24, 48)
    assert terms["tt28_class_b"].hours == 7 * 24
    assert (terms["hd11_report"].hours, terms["hd11_report"].hours_remote) == (12, 24)
    assert not terms["hd11_report"].in_force
    assert terms["tt28_in_flagrante"].hours == 0


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('begins = "11-01"', 'begins = "13-01"'),
        ('begins = "11-01"', 'begins = "11-31"'),
        ('begins = "11-01"', 'begins = "1/11"'),
        ('spans = ["year"]', "spans = []"),
        ('spans = ["year"]', 'spans = ["week"]'),
        ('spans = ["year"]', 'spans = ["years"]'),
        ('spans = ["year"]', 'spans = ["day"]'),
        ('begins = "11-01"', 'begins = "tet+1"'),
        ('begins = "11-01"', 'begins = "11-01"\nends = "tet+x"'),
        ('begins = "11-01"', 'begins = "11-01"\nweekday = 4'),
        ("editable = true", "editable = false"),
        ('title = "Kỳ mẫu"', 'titel = "Kỳ mẫu"'),
    ],
)
def test_a_preset_that_is_not_right_is_a_fault_that_names_its_file(
    tmp_path: Path, right: str, wrong: str
) -> None:
    file = tmp_path / "one.toml"
    file.write_text(WHOLE, encoding="utf-8")
    assert load_period_preset(file).code == "one"
    file.write_text(WHOLE.replace(right, wrong), encoding="utf-8")
    with pytest.raises(EnvironmentFault) as told:
        load_period_preset(file)
    assert told.value.code == "period_preset_unreadable"
    assert "one.toml" in told.value.message


def test_a_term_shorter_where_the_way_is_longer_or_named_twice_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "deadlines.toml"
    file.write_text(TERM, encoding="utf-8")
    assert load_deadlines(file)[0].hours_remote == 48
    for wrong in (
        TERM.replace("hours_remote = 48", "hours_remote = 12"),
        TERM + TERM.partition("\n[[")[1] + TERM.partition("\n[[")[2],
    ):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(EnvironmentFault) as told:
            load_deadlines(file)
        assert told.value.code == "period_preset_unreadable"
