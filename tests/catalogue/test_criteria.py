from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.catalogue.criteria import (
    criteria_set_of,
    load_criteria_set,
    load_criteria_sets,
)
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.scoring.layout import adapted, digest_of, raw_of
from antq_desktop.domain.scoring.sets import CriteriaSet

WHOLE = """
title = "Bảng mẫu"
purpose = "classification"
kind = "points"
unit_kinds = ["agency"]
legal_basis = "Quyết định 01/QĐ-UBND"
confidence = "C"
editable = true
maintained_by = "Xã Mẫu"
source = "Bản sao"
compared_on = "2026-11-21"
note = "Mẫu minh họa."
valid_from = "2026-01-01"
decided_before = "11-30"
reasons = [{ id = "no_party", label = "Nơi chưa có tổ chức Đảng" }]
bands = [
  { id = "good", label = "Khá", least = 70 },
  { id = "poor", label = "Yếu", least = 0 },
]
caps = [{ id = "cap", label = "Cao nhất là Yếu", at_most = "poor", items = ["veto"] }]

[[groups]]
id = "g"
title = "Nhóm"

[[groups.items]]
id = "one"
text = "Có nghị quyết"
reasons = ["no_party"]
most = "97.5"

[[groups.items]]
id = "two"
text = "Tỷ lệ đầu mối đạt từ 70%"
check = "own_sections@1"
settings = { percent = 70 }
most = "2.5"

[[groups.items]]
id = "veto"
text = "Điều kiện khống chế"
role = "veto"
"""
MET = """
title = "Bộ mẫu"
purpose = "recognition"
kind = "met"
unit_kinds = ["neighbourhood"]
legal_basis = "Thông tư 01/2026/TT-BCA, Điều 4"
confidence = "A"
editable = false
maintained_by = "Xã Mẫu"
source = "Công báo"
compared_on = "2026-11-21"
valid_from = "2026-01-01"

[[groups]]
id = "g"
title = "Nhóm"

[[groups.items]]
id = "one"
text = "Hoạt động ly khai, đòi tự trị"
article = "Điều 4"
quoted = true
asks = "happened"
mark_only = true

[[groups.items]]
id = "two"
text = "Có nghị quyết"
article = "Điều 4"
quoted = true
"""
LADDER = """
title = "Xếp loại mẫu"
purpose = "rating"
kind = "met"
unit_kinds = ["protection_team"]
legal_basis = "Hướng dẫn 01/2026"
confidence = "C"
editable = true
maintained_by = "Xã Mẫu"
source = "Bản sao"
compared_on = "2026-11-21"
note = "Mẫu minh họa."
valid_from = "2026-01-01"
bands = [
  { id = "high", label = "Cao", group = "g" },
  { id = "rest", label = "Còn lại" },
]

[[groups]]
id = "g"
title = "Nhóm"
need = 1

[[groups.items]]
id = "one"
text = "Một"
"""


def read(folder: Path, text: str, name: str = "made") -> CriteriaSet:
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return load_criteria_set(file)


@pytest.mark.parametrize("text", [WHOLE, MET, LADDER])
def test_a_right_file_is_read_and_its_layout_reads_back_to_the_same_set(
    tmp_path: Path, text: str
) -> None:
    made = read(tmp_path, text)
    assert made.code == "made"
    again = criteria_set_of("made", raw_of(made))
    assert again == made
    assert digest_of(again) == digest_of(made)


def test_points_are_exact_and_settings_reach_the_item(tmp_path: Path) -> None:
    made = read(tmp_path, WHOLE)
    assert made.full_points() == 10_000
    item = made.item("two")
    assert item is not None
    assert (item.most, dict(item.settings)) == (250, {"percent": 70})


def test_a_units_own_copy_is_read_by_the_same_rules(tmp_path: Path) -> None:
    copy = adapted(read(tmp_path, MET), "made_here", "Xã Mẫu", "2026-11-21")
    assert criteria_set_of("made_here", raw_of(copy)) == copy


FAULTS = [
    (WHOLE, 'title = "Bảng mẫu"', 'titel = "Bảng mẫu"'),
    (WHOLE, 'most = "97.5"', 'most = "97.5"\nevidence = true'),
    (WHOLE, 'most = "97.5"', 'most = "97,5"'),
    (WHOLE, 'most = "97.5"', "most = 97.5"),
    (WHOLE, 'most = "97.5"', ""),
    (WHOLE, 'text = "Có nghị quyết"', 'text = ""'),
    (WHOLE, 'text = "Có nghị quyết"', 'text = "Có nghị quyết "'),
    (WHOLE, 'text = "Có nghị quyết"', 'text = "Không có khiếu kiện"'),
    (WHOLE, 'kind = "points"', 'kind = "grades"'),
    (WHOLE, 'unit_kinds = ["agency"]', 'unit_kinds = ["ministry"]'),
    (WHOLE, 'unit_kinds = ["agency"]', "unit_kinds = []"),
    (WHOLE, 'maintained_by = "Xã Mẫu"', 'maintained_by = ""'),
    (WHOLE, 'compared_on = "2026-11-21"', 'compared_on = "2026-11-31"'),
    (WHOLE, 'decided_before = "11-30"', 'decided_before = "11-31"'),
    (WHOLE, 'valid_from = "2026-01-01"', 'valid_from = "2026-01-01"\nvalid_to = "2025-01-01"'),
    (WHOLE, 'note = "Mẫu minh họa."', 'note = "Bảng của tỉnh."'),
    (WHOLE, "editable = true", "editable = false"),
    (WHOLE, 'reasons = ["no_party"]', 'reasons = ["strange"]'),
    (WHOLE, 'id = "two"', 'id = "one"'),
    (WHOLE, 'id = "two"', 'id = "Two"'),
    (WHOLE, 'check = "own_sections@1"', 'check = "own_sections@7"'),
    (WHOLE, "settings = { percent = 70 }", "settings = { per_cent = 70 }"),
    (WHOLE, "settings = { percent = 70 }", "settings = { percent = -70 }"),
    (WHOLE, "settings = { percent = 70 }", ""),
    (WHOLE, "least = 70", "least = 0"),
    (WHOLE, "least = 70", "least = 101"),
    (WHOLE, "least = 0", "least = 5"),
    (WHOLE, 'at_most = "poor"', 'at_most = "worse"'),
    (WHOLE, 'items = ["veto"]', 'items = ["one"]'),
    (WHOLE, 'items = ["veto"]', "items = []"),
    (WHOLE, 'role = "veto"', 'role = "veto"\nmost = 1'),
    (MET, "quoted = true\nasks", "quoted = false\nasks"),
    (MET, 'article = "Điều 4"\nquoted = true\nasks', "quoted = true\nasks"),
    (MET, "mark_only = true", "mark_only = false"),
    (MET, "mark_only = true", 'mark_only = true\ncheck = "no_new_hotspot@1"'),
    (MET, "mark_only = true", "mark_only = true\nnote = true"),
    (MET, "mark_only = true", "mark_only = true\nmost = 1"),
    (MET, 'asks = "happened"\n', ""),
    (MET, 'title = "Nhóm"', 'title = "Nhóm"\nneed = 1'),
    (MET, 'text = "Có nghị quyết"', 'text = "Có nghị quyết"\nmost = 5'),
    (MET, 'text = "Có nghị quyết"', 'text = "Có nghị quyết"\nrole = "bonus"'),
    (LADDER, 'group = "g"', 'group = "h"'),
    (LADDER, 'group = "g"', 'group = "g", least = 1'),
    (LADDER, 'label = "Còn lại"', 'label = "Còn lại", least = 1'),
    (LADDER, "need = 1", "need = 2"),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "right", "wrong"), FAULTS)
def test_a_set_that_is_not_right_is_refused_by_name(
    tmp_path: Path, whole: str, right: str, wrong: str
) -> None:
    assert right in whole
    with pytest.raises(UserError) as told:
        read(tmp_path, whole.replace(right, wrong, 1))
    assert told.value.code == "criteria_set_faulty"
    assert "made" in told.value.message


def test_what_is_no_toml_no_utf_8_or_far_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "made.toml"
    for content in (b"title = ", b"title = '\xff'", b"#" * ((1 << 20) + 1)):
        file.write_bytes(content)
        with pytest.raises(UserError) as told:
            load_criteria_set(file)
        assert told.value.code == "criteria_set_faulty"


def test_a_code_is_a_slug(tmp_path: Path) -> None:
    for code in ("Made", "mẫu", "a b", "x" * 61):
        with pytest.raises(UserError) as told:
            criteria_set_of(code, {})
        assert told.value.code == "criteria_set_faulty"


def test_a_missing_file_or_folder_is_the_machines_fault(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        load_criteria_set(tmp_path / "none.toml")
    with pytest.raises(EnvironmentFault) as told:
        load_criteria_sets(tmp_path)
    assert told.value.code == "program_incomplete"
