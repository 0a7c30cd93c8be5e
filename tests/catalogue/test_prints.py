from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.catalogue.prints import load_print_form, load_print_forms
from antq_desktop.domain.composing import TableSlot
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.papers import Addressees, Closing, Heading, Letterhead

FOLDER = Path(__file__).parents[2] / "forms" / "print"
WHOLE = """
title = "Giấy mời"
legal_basis = "Nghị định 30/2020/NĐ-CP, Mẫu 1.7"
confidence = "A"

[[blocks]]
kind = "heading"
title = "Giấy mời"
subject = "{subject}"
"""


# Handed to a neighbourhood to be filled in by hand; no document of an office.
WORKING_SLIPS = {"neighbourhood_slip", "std_certificate_blank"}  # no head of paper


def test_every_print_form_that_is_shipped_can_be_read() -> None:
    forms = load_print_forms(FOLDER)
    assert set(forms) >= {
        "scheme_sheet",
        "incident_register",
        "summary",
        "receipt",
        "key_slip",
        "delivery_register",
    }
    for code, form in forms.items():
        assert form.code == code
        assert form.legal_basis
        if code in WORKING_SLIPS:
            continue
        assert isinstance(form.blocks[0], Letterhead)
        # A letter has no name of its own (Nghị định 30, Annex I, II.5): it names whom it is to.
        assert isinstance(form.blocks[1], Heading | Addressees)
        assert any(isinstance(block, Closing) for block in form.blocks)


def test_registers_lie_and_sheets_stand() -> None:
    forms = load_print_forms(FOLDER)
    lying = {code for code, form in forms.items() if form.orientation == "landscape"}
    assert lying >= {"incident_register", "delivery_register"}
    assert "scheme_sheet" not in lying


def test_no_total_asks_for_more_cells_than_its_table_has() -> None:
    for form in load_print_forms(FOLDER).values():
        for block in form.blocks:
            if isinstance(block, TableSlot):
                assert len(block.frame.total) <= len(block.frame.columns)


def test_a_file_becomes_a_form_named_after_it(tmp_path: Path) -> None:
    file = tmp_path / "invitation.toml"
    file.write_text(WHOLE, encoding="utf-8")
    form = load_print_form(file)
    assert form.code == "invitation"
    assert form.blocks == (Heading("Giấy mời", "{subject}"),)
    assert form.tokens == {"subject"}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('subject = "{subject}"', 'subjekt = "{subject}"'),
        ('kind = "heading"', 'kind = "poster"'),
        ('confidence = "A"', 'confidence = "D"'),
        ('title = "Giấy mời"\nlegal', "legal"),
        ('kind = "heading"', "kind = "),
        ('kind = "heading"', 'kind = "heading"\ntables = 3'),
    ],
)
def test_a_key_nobody_reads_or_a_wrong_word_is_a_fault(
    tmp_path: Path, wrong: str, right: str
) -> None:
    file = tmp_path / "invitation.toml"
    assert wrong in WHOLE
    file.write_text(WHOLE.replace(wrong, right), encoding="utf-8")
    with pytest.raises(EnvironmentFault) as told:
        load_print_form(file)
    assert told.value.code == "print_form_unreadable"
    assert "invitation.toml" in told.value.message


def test_a_table_that_cannot_be_laid_out_is_a_fault_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "wide.toml"
    table = 'kind = "table"\nrows = "r"\ntotal = ["a", "b"]\ncolumns = [{title = "x", width = 1}]'
    file.write_text(WHOLE + "\n[[blocks]]\n" + table, encoding="utf-8")
    with pytest.raises(EnvironmentFault):
        load_print_form(file)


def test_a_missing_file_is_told_to_the_person(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as told:
        load_print_form(tmp_path / "none.toml")
    assert told.value.code == "print_form_unreadable"
