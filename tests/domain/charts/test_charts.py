from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.charts.chart import Bars, Fill, Series, Square, Squares
from antq_desktop.domain.charts.drawing import draw, scale_of
from antq_desktop.domain.charts.said import as_table, in_words

MONTHS = ("Tháng 1", "Tháng 2", "Tháng 3")


def chart(*rows: tuple[int | None, ...], lying: bool = False) -> Bars:
    fills = (Fill.FULL, Fill.SLANTED, Fill.BARE)
    series = tuple(
        Series(f"Loại {at}", fill, row, keys=("a", "b", "c"), beside=at == 2)
        for at, (fill, row) in enumerate(zip(fills, rows, strict=False))
    )
    return Bars("Vụ việc theo tháng", "vụ", "Tháng", MONTHS, series, lying)


def wide(text: str, bold: bool) -> float:
    return len(text) * (5.5 if bold else 5.0)


counts = st.tuples(*[st.one_of(st.none(), st.integers(0, 40_000))] * 3)


@given(st.lists(counts, min_size=1, max_size=3), st.booleans(), st.integers(240, 900))
def test_everything_stays_inside_its_room_and_lengths_are_the_counts(
    rows: list[tuple[int | None, ...]], lying: bool, width: int
) -> None:
    bars = chart(*rows, lying=lying)
    drawing = draw(bars, width, 200, 10, wide)
    areas = drawing.boxes[len(rows) :]
    for box in drawing.boxes:
        assert box.x >= -0.01
        assert box.x + box.width <= width + 0.01
        assert box.y >= -0.01
        assert box.y + box.height <= drawing.height + 0.01
    known = [value for row in rows for value in row if value]
    lengths = [box.width if lying else box.height for box in areas]
    assert len(lengths) == len(known)
    for one, other in zip(sorted(lengths), sorted(known), strict=True):
        assert one == pytest.approx(other * sum(lengths) / sum(known), rel=1e-6)


@given(st.integers(0, 10**9))
def test_the_scale_is_round_and_holds_the_longest_bar(longest: int) -> None:
    end, step = scale_of(longest)
    assert end >= longest
    assert end % step == 0
    assert 1 <= end // step <= 4
    assert str(step).rstrip("0") in {"1", "2", "5"}


def test_an_area_tells_its_count_and_opens_the_records_behind() -> None:
    drawing = draw(chart((4, 0, None), (2, 1, 1)), 400, 200, 10, wide)
    areas = [box for box in drawing.boxes if box.told]
    assert [(box.told, box.key) for box in areas] == [
        ("Tháng 1, Loại 0: 4 vụ", "a"),
        ("Tháng 1, Loại 1: 2 vụ", "a"),
        ("Tháng 2, Loại 1: 1 vụ", "b"),
        ("Tháng 3, Loại 1: 1 vụ", "c"),
    ]


def test_what_is_not_known_is_told_apart_from_nothing() -> None:
    bars = chart((0, None, 3))
    shown = [words.text for words in draw(bars, 400, 200, 10, wide).words]
    assert "…" in shown
    assert in_words(bars)[1:3] == (
        "Tháng 1: Loại 0 0 (vụ).",
        "Tháng 2: Loại 0 chưa có số liệu (vụ).",
    )


def test_no_two_series_of_a_chart_are_filled_alike() -> None:
    with pytest.raises(ValueError, match="filled alike"):
        Bars("", "", "", ("a",), (Series("1", Fill.FULL, (1,)), Series("2", Fill.FULL, (1,))))


def test_a_chart_without_any_count_says_so_in_place_of_bars() -> None:
    bars = chart((0, 0, 0))
    drawing = draw(bars, 400, 200, 10, wide)
    assert not drawing.boxes
    assert [words.text for words in drawing.words] == [bars.empty]
    assert as_table(bars).empty == bars.empty
    assert in_words(bars) == (bars.title, bars.empty)


def test_as_a_table_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    table = as_table(chart((12, 6, 3), (0, 6, 0), (4, None, 12)))
    assert [column.title for column in table.columns] == [
        "Tháng", "█ Loại 0", "▓ Loại 1", "▄ Loại 2", "Biểu đồ (vụ)",
    ]  # fmt: skip
    assert table.rows[0][1:4] == ("12", "0", "4")
    assert table.rows[0][-1] == "█" * 24 + "\n" + "▄" * 8
    assert table.rows[1][-1] == "█" * 12 + "▓" * 12 + "\n"


def test_a_map_says_each_square_in_words_and_hatches_what_is_not_plain() -> None:
    squares = Squares(
        "Số liệu nhận theo tháng",
        "Đơn vị",
        ("T1", "T2"),
        ("Xã Mẫu",),
        ((Square("Đủ", told="đã nhận đúng hạn"), Square("Thiếu", Fill.CROSSED, "chưa gửi")),),
    )
    assert in_words(squares)[1] == "Xã Mẫu: T1 đã nhận đúng hạn, T2 chưa gửi."
    row = as_table(squares).rows[0]
    assert [type(cell).__name__ for cell in row] == ["str", "str", "Hatched"]
