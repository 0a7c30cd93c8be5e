"""The reminder about state secrets: words of an editable list, whole words, nothing kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.catalogue.caution import load_caution
from antq_desktop.domain.caution import first_found
from antq_desktop.paths import caution_words_file
from antq_desktop.services.caution import caution_about

PHRASES = ("tuyệt mật", "chuyên án")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hồ sơ TUYỆT MẬT của đơn vị", "tuyệt mật"),
        ("tuye\u0302\u0323t ma\u0302\u0323t", "tuyệt mật"),
        ("ho so tuyet mat", "tuyệt mật"),
        ("chuyên\nán", "chuyên án"),
        ("tuyết mát", ""),
        ("chuyên ánh", ""),
        ("", ""),
    ],
)
def test_a_phrase_is_found_as_whole_words_however_it_was_typed(text: str, found: str) -> None:
    assert first_found(text, PHRASES) == found


def test_the_sentence_names_the_word_and_not_the_text() -> None:
    told = caution_about("Nguyễn Văn Mẫu báo về chuyên án ở Thôn Mẫu")
    assert "“chuyên án”" in told
    assert "Nguyễn" not in told
    assert caution_about("Hòa giải ở Thôn Mẫu") == ""


def test_the_list_is_a_file_that_an_editor_changes(tmp_path: Path) -> None:
    own = tmp_path / "caution.txt"
    own.write_text("# ghi chú\r\n\r\nkế hoạch riêng\r\n", encoding="utf-8-sig")
    assert load_caution(own) == ("kế hoạch riêng",)
    assert load_caution(tmp_path / "none.txt") == ()
    shipped = load_caution(caution_words_file())
    assert "tuyệt mật" in shipped
    assert len(shipped) == len(set(shipped))
