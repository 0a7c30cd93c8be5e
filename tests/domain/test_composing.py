from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.composing import (
    ILLUSTRATION_NOTE,
    Confidence,
    PrintForm,
    TableSlot,
    compose,
    issuer_tokens,
)
from antq_desktop.domain.papers import (
    DOTS,
    Addressees,
    Block,
    CheckCode,
    Closing,
    Column,
    Field,
    Fields,
    Grounds,
    Heading,
    Issuer,
    Letterhead,
    Note,
    Paragraph,
    Signature,
    Table,
    Watermark,
)

COLUMNS = (Column("TT", 1), Column("Tên", 3), Column("Số", 1))


def form(*blocks: Any, confidence: Confidence = "A") -> PrintForm:
    return PrintForm("thu", "Thử", "Không", confidence, blocks)


def filled(block: Any, **tokens: str) -> tuple[Block, ...]:
    return compose(form(block), tokens, {}).blocks


def test_a_form_names_the_tokens_and_tables_it_needs() -> None:
    slot = TableSlot("rows", Table(COLUMNS, (), total=("Cộng {count}", "")))
    needs = form(Letterhead("{issuer}"), Fields((Field("Mã", "{code}"),)), slot)
    assert needs.tokens == {"issuer", "code", "count"}
    assert needs.tables == {"rows"}


def test_what_was_not_handed_in_is_named() -> None:
    with pytest.raises(ValueError, match="thu was not given code, rows"):
        compose(form(Paragraph("{code}"), TableSlot("rows", Table(COLUMNS, ()))), {}, {})


@given(st.text())
def test_a_value_is_never_read_for_tokens_again(value: str) -> None:
    hostile = value + "{other}"
    (block,) = compose(form(Paragraph("{text}")), {"text": hostile}, {}).blocks
    assert block == Paragraph(hostile)


def test_an_empty_value_prints_dots_in_a_sentence_and_stays_empty_in_a_field() -> None:
    assert filled(Paragraph("Hồi {hour} giờ"), hour="") == (Paragraph(f"Hồi {DOTS} giờ"),)
    field = Fields((Field("Mã", "{code}"),))
    assert filled(field, code="") == (Fields((Field("Mã", ""),)),)


def test_an_empty_addressee_prints_dots_and_empty_grounds_are_left_out() -> None:
    assert filled(Addressees(("{to}",)), to="") == (Addressees((DOTS,)),)
    assert filled(Grounds(("{ground}",)), ground="") == ()


def test_a_note_of_nothing_is_left_out_and_a_source_to_be_named_prints_dots() -> None:
    assert filled(Note("{remark}"), remark="") == ()
    assert filled(Note("Nguồn: {source}"), source="") == (Note(f"Nguồn: {DOTS}"),)


def test_lines_of_a_token_become_lines_of_a_signer_and_of_the_recipients() -> None:
    closing = Closing((Signature(("{authority}",), name="{name}"),), ("{recipients}",))
    (block,) = filled(
        closing, authority="KT. TRƯỞNG\nPHÓ TRƯỞNG", name="Nguyễn Văn Mẫu", recipients="A\n\nB"
    )
    assert block == Closing(
        (Signature(("KT. TRƯỞNG", "PHÓ TRƯỞNG"), name="Nguyễn Văn Mẫu"),), ("A", "B")
    )


def test_rows_are_counted_where_the_form_asks_and_group_headings_are_not() -> None:
    slot = TableSlot("rows", Table(COLUMNS, (), total=("Cộng", "{sum}")), numbered=True)
    rows = [("Nhóm một",), ("a", "1"), ("b", "2"), ("Nhóm hai",), ("c", "3")]
    (block,) = compose(form(slot), {"sum": "6"}, {"rows": rows}).blocks
    assert isinstance(block, Table)
    assert block.rows == (
        ("Nhóm một",),
        ("1", "a", "1"),
        ("2", "b", "2"),
        ("Nhóm hai",),
        ("3", "c", "3"),
    )
    assert block.total == ("Cộng", "6")


def test_groups_of_a_code_are_parted_at_spaces() -> None:
    (block,) = filled(CheckCode("Mã", ("{groups}",), "{all}"), groups="12345 67890", all="1")
    assert block == CheckCode("Mã", ("12345", "67890"), "1")


def test_head_and_heading_are_filled() -> None:
    tokens = issuer_tokens(Issuer("Công an xã Mẫu", "Công an tỉnh Ví Dụ"))
    head = Letterhead("{issuer}", "{superior}")
    assert filled(head, **tokens) == (Letterhead("Công an xã Mẫu", "Công an tỉnh Ví Dụ"),)
    assert filled(Heading("Sổ", "Kỳ {p}"), p="11") == (Heading("Sổ", "Kỳ 11"),)


@pytest.mark.parametrize(("confidence", "note"), [("A", ""), ("B", ""), ("C", ILLUSTRATION_NOTE)])
def test_an_illustration_says_so_at_its_foot(confidence: Confidence, note: str) -> None:
    assert compose(form(confidence=confidence), {}, {}).footnote == note


def test_a_watermark_is_handed_on() -> None:
    assert compose(form(), {}, {}, Watermark.SAMPLE_DATA).watermark is Watermark.SAMPLE_DATA
