"""Whatever persons type stands in the PDF as it is stored, and nothing of it is markup."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from antq_desktop.domain.papers import Column as TableColumn
from antq_desktop.domain.papers import Field, Fields, Paper, Paragraph, Table
from antq_desktop.paths import resources_folder
from antq_desktop.printing.render import Press
from antq_desktop.printing.text import printable

PRESS = Press(resources_folder() / "fonts")
_VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệóòỏõọốồổỗộớờởỡợúùủũụ"
_MARKUP = ["<b>", "</para>", "&amp;", "&#x41;", "{token}", "%s", "\\n", "(", ")", "<![CDATA["]
_letters = st.sampled_from([*_VIETNAMESE, *_VIETNAMESE.upper(), *"0123456789.,;:!?/-", *_MARKUP])
hostile = st.lists(st.one_of(_letters, st.just(" ")), max_size=120).map("".join)


def drawn(paper: Paper) -> str:
    """Return the letters of a PDF; where lines were broken is no part of what is stored."""
    pages = PdfReader(BytesIO(PRESS.render(paper))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def stands_as_stored(text: str) -> None:
    shown = "".join(printable(text).split())
    assert drawn(Paper("Thử", (Paragraph(f"{text}x", "plain"),))) == f"{shown}x"
    assert f"{shown}x" in drawn(Paper("Thử", (Fields((Field("Tên", f"{text}x"),)),)))
    cell = Table((TableColumn("C", 1),), ((f"{text}x",),))
    assert drawn(Paper("Thử", (cell,))) == f"C{shown}x"


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@example("<b>đậm</b> & </para>")
@example("A" * 400)
@example("Nguyê\u0303n")
@example("a\u00a0b\tc")
@given(hostile)
def test_what_is_typed_is_drawn_as_it_is_stored(text: str) -> None:
    stands_as_stored(text)


@pytest.mark.heavy
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile)
def test_ten_thousand_hostile_texts_are_drawn_as_they_are_stored(text: str) -> None:
    stands_as_stored(text)
