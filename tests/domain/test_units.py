from __future__ import annotations

from antq_desktop.domain.units import (
    COMMUNE,
    PROVINCE,
    Lineage,
    LineageStep,
    ShippedUnit,
    TreeUnit,
    UnitTable,
    UnitTree,
)

TABLE = UnitTable(
    [
        ShippedUnit("90", PROVINCE, "Tỉnh Mẫu", "90", "Tỉnh Mẫu"),
        ShippedUnit("90001", COMMUNE, "Xã Tân Tiến", "90", "Tỉnh Mẫu", "xa"),
        ShippedUnit("90002", COMMUNE, "Phường Tân Tiến Đông", "90", "Tỉnh Mẫu", "phuong"),
        ShippedUnit("91", PROVINCE, "Tỉnh Đường Tân", "91", "Tỉnh Đường Tân"),
        ShippedUnit("91001", COMMUNE, "Xã Tân Tiến", "91", "Tỉnh Đường Tân", "xa"),
        ShippedUnit("91002", COMMUNE, "Xã B'Lao", "91", "Tỉnh Đường Tân", "xa"),
    ]
)


def found(typed: str) -> list[str]:
    return [unit.code for unit in TABLE.search(typed)]


def test_the_identity_of_a_unit_holds_the_day_since_its_code_means_it() -> None:
    unit = TABLE.by_code("90001")
    assert unit is not None
    assert unit.id == "90001@2025-07-01"
    assert TABLE.by_id(unit.id) is unit
    assert TABLE.by_id("90001@1997-01-01") is None
    assert TABLE.by_code("99999") is None


def test_a_unit_is_found_without_marks_and_told_apart_by_its_province() -> None:
    assert found("tan tien") == ["91001", "90001", "90002"]
    assert found("XÃ TÂN TIẾN duong") == ["91001"]
    assert found("tien mau") == ["90002", "90001"]
    assert found("b'lao") == found("B’LAO") == ["91002"]
    assert found("90001") == ["90001"]
    assert found("") == found("khong co") == []


def test_a_province_named_exactly_comes_before_its_communes() -> None:
    assert found("mẫu")[0] == "90"
    assert [unit.code for unit in TABLE.search("mau", kind=COMMUNE)] == ["90002", "90001"]
    assert len(TABLE.search("tinh", limit=2)) == 2


def test_the_communes_of_a_province_stand_in_the_order_of_the_alphabet() -> None:
    assert [unit.code for unit in TABLE.communes_of("91")] == ["91002", "91001"]


def test_lineage_is_read_from_either_side() -> None:
    steps = [
        LineageStep("1", "Xã Một", "Huyện Mẫu", "Tỉnh Mẫu", "9", True),
        LineageStep("2", "Xã Hai", "Huyện Mẫu", "Tỉnh Mẫu", "9", False),
        LineageStep("2", "Xã Hai", "Huyện Mẫu", "Tỉnh Mẫu", "8", False),
    ]
    lineage = Lineage(steps)
    assert lineage.predecessors("9") == tuple(steps[:2])
    assert lineage.successors("2") == tuple(steps[1:])
    assert lineage.successors("9") == ()


def test_of_two_bearers_of_a_code_the_later_one_is_meant() -> None:
    units = [
        TreeUnit(f"X1@{day}", "X1", "Xã Mẫu", COMMUNE, "xa", "H@1997-01-01", day)
        for day in ("1997-01-01", "2020-01-01")
    ]
    tree = UnitTree(units)
    assert tree.by_code("X1") is units[1]
    assert tree.by_code("X2") is None
    assert tree.below("H@1997-01-01") == tuple(units)
    assert tree.by_id("X1@1997-01-01") is units[0]
