"""A certificate onto a bought blank: the variable words alone, where the unit measured them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from antq_desktop.catalogue.prints import load_print_forms
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.composing import compose
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.papers import Placed
from antq_desktop.paths import forms_folder, resources_folder
from antq_desktop.printing.render import Press
from antq_desktop.services.blanks import SHIFT, Blanks
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from tests.printing.conftest import Drawn
from tests.stores import COMMUNE, OFFICER, PASSWORD, offices_of, outside

FORM = load_print_forms(forms_folder() / "print")["std_certificate_blank"]
MM = 72 / 25.4
PRESS = Press(resources_folder() / "fonts")
TOKENS = dict.fromkeys(FORM.tokens, "") | {
    "unit_name": "Thôn Mẫu 5",
    "standard": "An toàn về an ninh, trật tự",
    "year": "2026",
    "decision_told": "05/QĐ-UBND ngày 07/01/2026",
    "place_date": "Xã Mẫu, ngày 08 tháng 6 năm 2026",
}


@pytest.fixture
def blanks(tmp_path: Path, codes: Codes) -> Iterator[Blanks]:
    new = NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
    office: Office = offices_of(outside("blank"), codes).make(tmp_path / "blank", new)
    yield office.papers.blanks
    office.close()


def drawn(blanks: Blanks) -> Drawn:
    return Drawn(PRESS.render(blanks.moved(compose(FORM, TOKENS, {}))))


def middle_of(page: Drawn, text: str) -> tuple[float, float]:
    run = page.find(text)
    return (run.x + run.width / 2) / MM, 210 - run.y / MM


def test_only_the_variable_words_are_printed(blanks: Blanks) -> None:
    page = drawn(blanks)
    assert [run.text for run in page.runs] == [
        "Thôn Mẫu 5",
        "đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2026",
        "Theo Quyết định số 05/QĐ-UBND ngày 07/01/2026",
        "Xã Mẫu, ngày 08 tháng 6 năm 2026",
    ]
    assert not page.rules
    assert page.pages == 1


def test_each_word_stands_at_the_millimetre_that_was_measured(blanks: Blanks) -> None:
    blanks.write({"unit": "150,5; 99", SHIFT: "2; -1,5"})
    assert middle_of(drawn(blanks), "Thôn Mẫu 5") == pytest.approx((152.5, 97.5), abs=0.05)
    dated = next(one for one in blanks.words if one.name == "dated")
    found = middle_of(drawn(blanks), TOKENS["place_date"])
    assert found == pytest.approx((dated.x + 2, dated.y - 1.5), abs=0.05)


def test_an_emptied_place_is_that_of_the_form_again(blanks: Blanks) -> None:
    before = blanks.spots()
    blanks.write({**before, "unit": "10; 20"})
    assert blanks.spots()["unit"] == "10; 20"
    blanks.write({**blanks.spots(), "unit": ""})
    assert blanks.spots() == before


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("unit", "giữa trang", "place_not_understood"),
        ("unit", "300; 20", "place_off_the_sheet"),
        ("unit", "-1; 20", "place_off_the_sheet"),
        (SHIFT, "80; 0", "place_off_the_sheet"),
    ],
)
def test_a_place_that_cannot_be_is_refused_beside_its_field(
    blanks: Blanks, name: str, said: str, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        blanks.write({name: said})
    assert (refused.value.code, refused.value.field) == (code, name)


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=300))
def test_words_too_long_for_the_sheet_are_made_smaller_and_never_cut(name: str) -> None:
    words = " ".join(name.split())
    paper = compose(FORM, {**TOKENS, "unit_name": f"Thôn {words}"}, {})
    whole = next(b.text for b in paper.blocks if isinstance(b, Placed) and b.name == "unit")
    text = PdfReader(io.BytesIO(PRESS.render(paper))).pages[0].extract_text()
    assert "Thôn" in text
    assert whole == f"Thôn {words}"


def test_the_measuring_sheet_has_a_line_each_ten_millimetres_and_the_name_of_each_word(
    blanks: Blanks,
) -> None:
    page = Drawn(PRESS.render(blanks.measuring_sheet()))
    across = sorted({round(rule.x1 / MM) for rule in page.rules if rule.x1 == rule.x2})
    down = sorted({round(210 - rule.y1 / MM) for rule in page.rules if rule.y1 == rule.y2})
    assert across == list(range(10, 297, 10))
    assert down == list(range(10, 210, 10))
    texts = {run.text for run in page.runs}
    assert {one.label for one in blanks.words} <= texts
    assert {"10", "290", "200"} <= texts
