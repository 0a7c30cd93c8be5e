"""The words of a report."""

from __future__ import annotations

from antq_desktop.domain.narrative.draft import Heading, Passage, Written, drafted, with_edits
from antq_desktop.domain.narrative.facts import Facts, Number, Span, Spread
from antq_desktop.domain.narrative.review import SKELETON
from antq_desktop.domain.narrative.words import Teller, listed, named, ratio

SPAN = Span("năm 2022", "năm 2021", "năm 2023")


def facts(whole_year: bool = True, **numbers: tuple[int | None, int | None, str]) -> Facts:
    held = {code: Number(value, before, unit, code) for code, (value, before, unit) in
            numbers.items()}  # fmt: skip
    spreads = (Spread("neighbourhood", "khu dân cư", 105, 105, 102,
                      {"excellent": 41, "good": 61, "average": 3}),)  # fmt: skip
    return Facts("huyện Mẫu", SPAN, held, spreads if whole_year else (), whole_year=whole_year)


def passage(held: Facts, key: str) -> Passage:
    lines = drafted(SKELETON, held)
    return next(line for line in lines if isinstance(line, Passage) and line.key == key)


def headings(held: Facts) -> list[str]:
    return [line.text for line in drafted(SKELETON, held) if isinstance(line, Heading)]


def test_the_skeleton_has_four_parts_and_nine_results_in_the_report_of_a_year() -> None:
    told = headings(facts())
    assert [each for each in told if each.split(".")[0].isupper()] == [
        "I. ĐẶC ĐIỂM, TÌNH HÌNH", "II. KẾT QUẢ THỰC HIỆN NĂM 2022", "III. NHẬN XÉT, ĐÁNH GIÁ",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2023",
    ]  # fmt: skip
    start, end = told.index("II. KẾT QUẢ THỰC HIỆN NĂM 2022"), told.index("III. NHẬN XÉT, ĐÁNH GIÁ")
    assert [each.split(".")[0] for each in told[start + 1 : end]] == list("123456789")


def test_a_shorter_period_leaves_out_what_is_decided_once_a_year() -> None:
    told = headings(facts(whole_year=False))
    assert not [each for each in told if "phân loại" in each or "Đề án" in each]
    assert "6. Xây dựng lực lượng Công an xã" in "".join(told)


def test_counts_below_ten_have_a_zero_and_changes_their_percentage() -> None:
    held = facts(schemes_kept=(133, 118, "mô hình"), schemes_new=(5, 15, "mô hình"))
    told = passage(held, "schemes").drafted
    assert "duy trì 133 mô hình" in told
    assert "tăng 15 mô hình (tăng 12,7%) so với năm 2021" in told
    assert "Xây dựng mới 05 mô hình, giảm 10 mô hình (giảm 66,7%) so với năm 2021" in told


def test_what_is_not_known_is_said_to_be_not_known() -> None:
    assert passage(facts(), "order").drafted == "Năm 2022 chưa có số liệu về vụ việc về trật tự."
    without_before = facts(incidents=(3, None, "vụ"))
    assert "(chưa có số liệu năm 2021 để so sánh)" in passage(without_before, "order").drafted


def test_nothing_is_another_thing_than_not_known() -> None:
    told = passage(facts(incidents=(0, 0, "vụ")), "order").drafted
    assert told == "Năm 2022, trên địa bàn không xảy ra vụ việc về trật tự, bằng năm 2021."


def test_grades_are_told_kind_by_kind() -> None:
    told = passage(facts(), "classified").drafted
    assert "105 khu dân cư (41 xuất sắc, 61 khá và 03 trung bình)" in told


def test_causes_are_left_to_a_person() -> None:
    assert passage(facts(), "causes").drafted == ""


def test_an_edited_passage_stays_and_says_which_figures_are_others_now() -> None:
    then = passage(facts(schemes_kept=(133, 118, "mô hình")), "schemes")
    edits = {"schemes": Written("Giữ vững 133 mô hình.", then.drafted, then.figures)}
    now = drafted(SKELETON, facts(schemes_kept=(137, 118, "mô hình")))
    found = next(line for line in with_edits(now, edits)
                 if isinstance(line, Passage) and line.key == "schemes")  # fmt: skip
    assert found.text == "Giữ vững 133 mô hình."
    assert found.stale == "đã sửa, số liệu mới: schemes_kept 133 → 137"


def test_an_edited_passage_whose_figures_are_the_same_says_nothing() -> None:
    held = facts(schemes_kept=(133, 118, "mô hình"))
    then = passage(held, "schemes")
    edits = {"schemes": Written("Giữ vững 133 mô hình.", then.drafted, then.figures)}
    lines = with_edits(drafted(SKELETON, held), edits)
    assert [line.stale for line in lines if isinstance(line, Passage) and line.edited] == [""]


def test_lists_are_joined_as_sentences_join_them() -> None:
    assert listed(["a", "", "b", "c"]) == "a, b và c"
    assert named([f"n{at}" for at in range(15)], 12).endswith("và 03 nội dung khác")
    assert ratio(130, 23) == "5,65"


def test_a_sum_of_money_is_said_in_words() -> None:
    teller = Teller(facts(damage=(123_500_000, None, "đồng")))
    assert teller.count("damage") == "123,5 triệu đồng"
