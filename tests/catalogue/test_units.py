from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from antq_desktop import paths
from antq_desktop.catalogue.units import load_lineage, load_units
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.units import COMMUNE, PROVINCE, UnitTable


@cache
def shipped() -> UnitTable:
    return load_units(paths.units_file())


def test_the_shipped_table_holds_the_34_provinces_and_3321_communes_of_2025() -> None:
    assert Counter(unit.kind for unit in shipped()) == {PROVINCE: 34, COMMUNE: 3321}
    kinds = Counter(unit.commune_kind for unit in shipped() if unit.kind == COMMUNE)
    assert kinds == {"xa": 2621, "phuong": 687, "dac_khu": 13}


def test_names_are_shared_but_never_within_a_province() -> None:
    communes = [unit for unit in shipped() if unit.kind == COMMUNE]
    names = Counter(unit.name for unit in communes)
    assert sum(count for count in names.values() if count > 1) == 576
    assert max(Counter(unit.full_name for unit in communes).values()) == 1
    assert len({unit.id for unit in shipped()}) == len(shipped())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tu ky", "Xã Tứ Kỳ, Thành phố Hải Phòng"),
        ("xã tứ kỳ", "Xã Tứ Kỳ, Thành phố Hải Phòng"),
        ("tan tien ca mau", "Xã Tân Tiến, Tỉnh Cà Mau"),
        ("quoc tu giam", "Phường Văn Miếu - Quốc Tử Giám, Thành phố Hà Nội"),
        ("m'gar", "Xã Cư M'gar, Tỉnh Đắk Lắk"),
        ("ha noi", "Thành phố Hà Nội"),
    ],
)
def test_a_commune_is_found_as_an_officer_types_it(typed: str, first: str) -> None:
    assert shipped().search(typed)[0].full_name == first


def test_the_lineage_tells_what_a_commune_was_made_of() -> None:
    lineage = load_lineage(paths.lineage_file())
    made_of = {step.old_name for step in lineage.predecessors("11074")}
    assert made_of == {"Thị trấn Tứ Kỳ", "Xã Quang Phục", "Xã Quang Khải", "Xã Minh Đức"}
    assert len(lineage) > 10_000
    assert all(step.new_code for step in lineage.successors("11074"))


def test_every_step_of_the_lineage_leads_to_a_commune_of_the_table() -> None:
    known = {unit.code for unit in shipped() if unit.kind == COMMUNE}
    lineage = load_lineage(paths.lineage_file())
    assert sum(len(lineage.predecessors(code)) for code in known) == len(lineage)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"code,name\n",
        b"province_code,province,commune_code,kind,name\n01,Ha Noi,00004\n",
        "province_code,province,commune_code,kind,name\n01,Hà Nội,1,Huyện,Huyện Mẫu\n".encode(),
        b"province_code,province,commune_code,kind,name\n\xff\n",
    ],
)
def test_a_table_that_is_not_as_released_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(content)
    for load in (load_units, load_lineage):
        with pytest.raises(EnvironmentFault) as caught:
            load(path)
        assert caught.value.code == "program_incomplete"


def test_a_lost_table_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        load_units(tmp_path / "units.csv")
    assert caught.value.code == "not_found"
