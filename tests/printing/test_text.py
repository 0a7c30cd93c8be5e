from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from antq_desktop.domain.papers import (
    Closing,
    Column,
    Field,
    Fields,
    Note,
    Paper,
    Paragraph,
    Signature,
    Table,
)
from antq_desktop.printing.canvas import Fonts, Style
from antq_desktop.printing.render import Press
from antq_desktop.printing.text import Ruler, printable

MM = 72 / 25.4
Drawn = Callable[[bytes], Any]
HOSTILE = (
    "<b>đậm</b> & <img src=file:/etc/passwd> <x>",
    "=cmd|' /C calc'!A0",
    "Đảng\u202egnảĐ và \u2066che\u2069",
    "a" * 10_000,
    "\x00\x07\x1b[31m\ud800 \udfff",
    "Nguyễn\u00a0Văn Mẫu 😀 漢字 عربي q\u0303",
    "()\\ \\n %d {name} </xml> ]]>",
    "một\r\nhai\u2028ba\x85bốn\tnăm",
    "Nguyễn Văn Mẫu, thôn Mẫu, xã Mẫu",
)
texts = st.text(st.characters(exclude_categories=()), max_size=300) | st.text(
    "aăâđêôơư ́ẫệở <>&/\\()[]{}-\n\t\u00a0\u200b\u202e😀", max_size=300
)


def squash(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")


def shown(press: Press, drawn: Drawn, *blocks: Any) -> str:
    sheet = drawn(press.render(Paper("Thử", blocks)))
    text = [run for run in sheet.runs if run.y < 278 * MM]
    assert all(run.y >= 20 * MM for run in text)
    return squash("".join(run.text for run in text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_letter_by_letter_in_every_block(
    press: Press, drawn: Drawn, text: str
) -> None:
    wanted = squash(printable(text))
    assert shown(press, drawn, Paragraph(text)) == wanted
    assert shown(press, drawn, Fields((Field("A", text),))) == "A:" + wanted
    assert shown(press, drawn, Table((Column("", 1),), [(text,)])) == wanted
    assert shown(press, drawn, Note(text)) == wanted
    assert shown(press, drawn, Closing((Signature((), name=text),))) == wanted


@given(text=texts)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("ẫ" * 300)
@example("\n\n")
def test_what_is_read_from_the_pdf_is_what_was_written(
    press: Press, drawn: Drawn, text: str
) -> None:
    table = Table((Column("", 1), Column("", 0.2)), [(text, text)])
    wanted = squash(printable(text))
    assert shown(press, drawn, Paragraph(text, "plain")) == wanted
    assert sorted(shown(press, drawn, table)) == sorted(wanted + wanted)


@given(text=texts)
def test_printable_text_is_normal_and_stays_as_it_is(text: str) -> None:
    once = printable(text)
    assert printable(once) == once
    assert unicodedata.is_normalized("NFC", once)
    seen = once.replace("\n", "")
    assert not [letter for letter in seen if unicodedata.category(letter) in {"Cc", "Cs"}]


def test_decomposed_letters_are_joined_before_they_are_printed(press: Press, drawn: Drawn) -> None:
    apart = unicodedata.normalize("NFD", "Nguyễn Thị Ước ở xã Mẫu")
    assert shown(press, drawn, Paragraph(apart)) == "NguyễnThịƯớcởxãMẫu"


def test_signs_that_turn_the_line_are_shown_as_boxes() -> None:
    assert printable("an\u202etoàn\x07") == "an\ufffdtoàn\ufffd"


@pytest.fixture(scope="module")
def ruler() -> Ruler:
    return Ruler(Fonts(Path(__file__).parents[2] / "resources" / "fonts"))


@given(text=texts, width=st.floats(20, 600), indent=st.floats(0, 15))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(
    ruler: Ruler, text: str, width: float, indent: float
) -> None:
    style = Style("regular", 12)
    lines = ruler.wrap(text, style, width, indent)
    assert squash("".join(line.text for line in lines)) == squash(printable(text))
    for number, line in enumerate(lines):
        assert line.width == pytest.approx(ruler.width(line.text, style), abs=0.01)
        room = width - (indent if number == 0 else 0)
        lone = len(squash(line.text)) <= 1 or all(map(unicodedata.combining, line.text[1:]))
        assert line.width <= room + 0.02 or lone


def test_a_long_number_breaks_after_its_hyphen(ruler: Ruler) -> None:
    lines = ruler.wrap("Số 1234/KH-CAT-PV05-XDPT", Style("regular", 12), 90)
    assert [line.text for line in lines] == ["Số", "1234/KH-CAT-", "PV05-XDPT"]


@given(words=st.lists(st.sampled_from(["bảo", "vệ", "an", "ninh", "Tổ", "quốc"]), min_size=4))
def test_balanced_lines_are_no_more_than_plain_ones(ruler: Ruler, words: list[str]) -> None:
    style, text = Style("bold", 14), " ".join(words)
    plain, balanced = ruler.wrap(text, style, 150), ruler.balanced(text, style, 150)
    assert len(balanced) == len(plain)
    assert max(line.width for line in balanced) <= max(line.width for line in plain) + 0.01
    assert " ".join(line.text for line in balanced) == text
