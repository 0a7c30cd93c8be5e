"""Minutes all but equal to earlier ones: all that are, none that are not, and soon."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain import minutes
from antq_desktop.domain.minutes import Text, are_alike, likenesses, runs_of, shared

MINUTES = (
    "Tổ tự quản Thôn Mẫu họp lúc 19 giờ 30 ngày 12/5/2026 tại nhà văn hóa, có 25 người dự. Tổ "
    "trưởng thông báo tình hình trật tự trong tháng, nhắc các hộ khóa cổng ban đêm, để xe trong "
    "nhà, không đốt rơm rạ gần đường. Các hộ thống nhất góp quỹ mua thêm một bình chữa cháy, phân "
    "công tuần tra từ 22 giờ đến 1 giờ sáng các ngày thứ sáu và thứ bảy, báo ngay khi có người lạ."
)
OTHER = (
    "Buổi tuyên truyền tại trường học về phòng ngừa đuối nước và an toàn giao thông cho học sinh; "
    "nhà trường phối hợp với Đoàn thanh niên phát tờ rơi, giải đáp câu hỏi của phụ huynh và giao "
    "các lớp ký cam kết trước ngày nghỉ hè, nộp về văn phòng trong tuần đầu của tháng sau."
)


def found(*texts: str) -> list[tuple[str, str]]:
    given_texts = [Text(str(at), f"{at:05}", words) for at, words in enumerate(texts)]
    return [(one.key, one.earlier) for one in likenesses(given_texts)]


def test_a_copy_with_another_day_and_attendance_is_named_after_the_earlier_one() -> None:
    copy = MINUTES.replace("12/5/2026", "12/6/2026").replace("25 người", "31 người")
    assert found(MINUTES, OTHER, copy) == [("2", "0")]
    (only,) = likenesses([Text("a", "1", MINUTES), Text("b", "2", copy.upper())])
    assert only.percent == 100


def test_a_few_other_words_do_not_hide_a_copy_and_another_text_is_none() -> None:
    assert found(MINUTES, MINUTES.replace("nhà văn hóa", "nhà ông Mẫu")) == [("1", "0")]
    assert found(MINUTES, OTHER) == []
    assert found(MINUTES, MINUTES + " " + OTHER) == []


def test_short_texts_are_not_judged() -> None:
    assert found("Họp thường kỳ.", "Họp thường kỳ.") == []
    assert runs_of("một hai ba bốn năm sáu bảy tám chín mười mười một") != frozenset()


def test_which_is_earlier_follows_the_order_given_and_not_the_place() -> None:
    texts = [Text("late", "2026-06", MINUTES), Text("early", "2026-05", MINUTES)]
    assert [(one.key, one.earlier) for one in likenesses(texts)] == [("late", "early")]


words = st.lists(
    st.sampled_from(["an", "ninh", "trật", "tự", "thôn", "mẫu", "họp", "tổ", "dân"]), max_size=40
)
corpora = st.lists(
    st.one_of(words, words.map(lambda held: [*held[:30], "khác", *held[30:]])), max_size=12
)


@given(corpora, st.data())
def test_the_index_finds_exactly_what_comparing_each_with_each_finds(
    held: list[list[str]], data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(0, 4))):
        if held:
            copy = list(data.draw(st.sampled_from(held)))
            if copy:
                copy[data.draw(st.integers(0, len(copy) - 1))] = "mới"
            held.append(copy)
    runs = [runs_of(" ".join(one)) for one in held]
    texts = [Text(str(at), f"{at:05}", " ".join(one)) for at, one in enumerate(held)]
    by_index = {int(one.key): int(one.earlier) for one in likenesses(texts)}
    by_hand = {
        at: {other for other in range(at) if are_alike(runs[at], runs[other])}
        for at in range(len(held))
    }
    assert set(by_index) == {at for at, others in by_hand.items() if others}
    assert all(by_index[at] in by_hand[at] for at in by_index)


@given(words, words)
def test_likeness_is_the_same_both_ways_and_a_text_is_like_itself(
    one: list[str], other: list[str]
) -> None:
    first, second = runs_of(" ".join(one)), runs_of(" ".join(other))
    assert are_alike(first, second) == are_alike(second, first)
    assert are_alike(first, first) == bool(first)
    both, either = shared(first, second)
    assert 0 <= both <= either


def letters(number: int) -> str:
    """Return a word that stands for a number; figures would be levelled."""
    return "".join(chr(97 + number // 26**place % 26) for place in range(4))


def test_five_thousand_minutes_are_compared_with_few_others() -> None:
    """Counted, not timed: comparing each with each would be twelve and a half million times."""
    compared = 0
    real = minutes.are_alike

    def counting(one: frozenset[str], other: frozenset[str]) -> bool:
        nonlocal compared
        compared += 1
        return real(one, other)

    minutes.are_alike = counting
    try:
        own = [
            " ".join(letters(at * 7919 + word * 104729) for word in range(60))
            for at in range(2_500)
        ]
        copies = [MINUTES.replace("Thôn Mẫu", f"Thôn Mẫu số {at}") for at in range(2_500)]
        texts = [Text(str(at), f"{at:05}", words) for at, words in enumerate((*own, *copies))]
        alike = list(likenesses(texts))
    finally:
        minutes.are_alike = real
    assert len(alike) == 2_499
    assert compared < 25_000
