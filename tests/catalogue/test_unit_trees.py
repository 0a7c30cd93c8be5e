from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop import paths
from antq_desktop.catalogue.unit_trees import load_unit_tree
from antq_desktop.catalogue.units import load_units
from antq_desktop.domain.errors import EnvironmentFault, UserError

CSV = """code,name,kind,parent,valid_from
HTM,Huyện Mẫu,huyện,,01/01/1997
TTM,Thị trấn Mẫu,commune,HTM,1997-01-01

XM1,"Xã Mẫu Một",Xã,HTM@1997-01-01,01/7/1997
"""
TOML = """
[[units]]
code = "HTM"
name = "Huyện Mẫu"
kind = "district"
valid_from = 1997-01-01

[[units]]
code = "XM1"
name = "Xã Mẫu Một"
kind = "xã"
parent = "HTM"
valid_from = "01/7/1997"
id = "XM1@1990-01-01"
"""


def written(folder: Path, content: str | bytes, name: str = "units.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def faults(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        load_unit_tree(path)
    assert caught.value.code == "unit_tree_faulty"
    return [(fault.code, fault.message.partition(":")[0]) for fault in caught.value.faults]


def test_a_district_of_old_and_its_communes_are_read_from_csv(tmp_path: Path) -> None:
    tree = load_unit_tree(written(tmp_path, CSV))
    assert [(unit.id, unit.kind, unit.commune_kind, unit.parent) for unit in tree] == [
        ("HTM@1997-01-01", "district", "", ""),
        ("TTM@1997-01-01", "commune", "thi_tran", "HTM@1997-01-01"),
        ("XM1@1997-07-01", "commune", "xa", "HTM@1997-01-01"),
    ]


@pytest.mark.parametrize(
    "content",
    [CSV.replace(",", ";"), b"\xef\xbb\xbf" + CSV.encode(), CSV.replace("\n", "\r\n")],
)
def test_csv_as_a_spreadsheet_saves_it_is_read_alike(tmp_path: Path, content: str | bytes) -> None:
    assert len(load_unit_tree(written(tmp_path, content))) == 3


def test_the_same_is_read_from_toml_with_an_identity_of_its_own(tmp_path: Path) -> None:
    tree = load_unit_tree(written(tmp_path, TOML, "units.toml"))
    assert [(unit.id, unit.parent) for unit in tree] == [
        ("HTM@1997-01-01", ""),
        ("XM1@1990-01-01", "HTM@1997-01-01"),
    ]


def test_a_parent_may_be_a_unit_of_the_shipped_table(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name,kind,parent,valid_from\nCUM1,Cụm Mẫu,cụm,31,2025-07-01\n")
    tree = load_unit_tree(path, load_units(paths.units_file()))
    assert [unit.parent for unit in tree] == ["31@2025-07-01"]
    assert faults(path) == [("unit_parent_unknown", "Dòng 2")]


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    content = """code,name,kind,parent,valid_from,id
h1,Huyện Mẫu,huyện,,01/01/1997,
H2,,thôn,,1997,
H3,Huyện Ba,làng,,31/02/1997,sai định danh
H4,Huyện\u200b Bốn,huyện,,1/1997,
X1,Xã Một,xã,h1,1997-01-01,
X1,Xã Một,xã,,1997-01-01,
X2,Xã Hai,xã,KHONG,1997-01-01,
"""
    assert faults(written(tmp_path, content)) == [
        ("unit_code_faulty", "Dòng 2"),
        ("unit_value_missing", "Dòng 3"),
        ("unit_kind_unknown", "Dòng 4"),
        ("unit_id_faulty", "Dòng 4"),
        ("date_not_in_calendar", "Dòng 4"),
        ("text_not_allowed", "Dòng 5"),
        ("date_not_understood", "Dòng 5"),
        ("unit_doubled", "Dòng 7"),
        ("unit_parent_unknown", "Dòng 8"),
    ]


def test_units_that_stand_under_themselves_are_refused(tmp_path: Path) -> None:
    content = """code,name,kind,parent,valid_from
A,Huyện A,huyện,B,1997-01-01
B,Huyện B,huyện,A,1997-01-01
C,Xã C,xã,A,1997-01-01
"""
    assert faults(written(tmp_path, content)) == [("unit_ring", "Dòng 2")]


def test_a_parent_code_that_two_units_bear_is_not_guessed(tmp_path: Path) -> None:
    content = """code,name,kind,parent,valid_from
H,Huyện A,huyện,,1997-01-01
H,Huyện B,huyện,,2020-01-01
X,Xã C,xã,H,2020-01-01
"""
    assert faults(written(tmp_path, content)) == [("unit_parent_unknown", "Dòng 4")]


def test_toml_faults_name_the_line_of_their_unit(tmp_path: Path) -> None:
    content = TOML.replace('"HTM"\nname', '"htm"\nname')
    assert faults(written(tmp_path, content, "units.toml")) == [
        ("unit_code_faulty", "Dòng 2"),
        ("unit_parent_unknown", "Dòng 8"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("units.csv", "code,tên\nA,B\n"),
        ("units.csv", 'code,name\nA,"B\n'),
        ("units.csv", "code,name\nA,B,C\n"),
        ("units.csv", b"\xff\xfe"),
        ("units.csv", "#" * (5 << 20) + "\n"),
        ("units.toml", "[units"),
        ("units.toml", "units = 5"),
        ("units.toml", "units = [5]"),
        ("units.toml", '[[units]]\nmã = "A"'),
        ("units.toml", "[other]\na = 1"),
    ],
)
def test_a_file_that_is_no_unit_tree_is_refused(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    with pytest.raises(UserError) as caught:
        load_unit_tree(written(tmp_path, content, name))
    assert caught.value.code == "unit_tree_unreadable"
    assert name in caught.value.message


@pytest.mark.parametrize("content", ["", "code,name,kind,parent,valid_from\n"])
def test_an_empty_file_is_told_so(tmp_path: Path, content: str) -> None:
    with pytest.raises(UserError) as caught:
        load_unit_tree(written(tmp_path, content))
    assert [fault.code for fault in caught.value.faults] == ["unit_tree_empty"]


def test_a_file_that_is_not_there_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        load_unit_tree(tmp_path / "units.csv")
    assert caught.value.code == "not_found"
