"""Every kind of record is reached from the window, and each of its fields stands there once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.records.attachments import KIND as ATTACHMENT
from antq_desktop.paths import resources_folder
from antq_desktop.services.office import Office
from antq_desktop.ui.screens import records
from antq_desktop.ui.screens.editor_layout import (
    ChecklistPart,
    ChildrenPart,
    Layout,
    LinesPart,
    Section,
)
from antq_desktop.ui.screens.layouts_areas import AREAS, Area

PLACES = (*records.LAYOUTS, *(layout for area in AREAS for layout in area.layouts()))
# What the bar and the words of a button have room for beside each other at 1366 pixels.
LONGEST_TITLE = 32
MOST_COLUMNS = 6
OF_THE_FIRST_KINDS = {"incident", "unit"}
# Kept on pages that show code lists and decisions about units, not records.
ON_A_PAGE_OF_ITS_OWN = {"code_value", "unit_change"}


def ids(layout: Layout) -> str:
    return layout.kind


def test_every_kind_is_a_list_of_its_own_or_stands_in_the_editor_it_belongs_to() -> None:
    lists = Counter(layout.kind for layout in PLACES)
    inside = {part.kind for layout in PLACES for part in layout.child_parts()}
    assert set(lists) | inside == set(SPECS) - {ATTACHMENT} - ON_A_PAGE_OF_ITS_OWN
    assert set(lists.values()) == {1}
    for kind in inside - set(lists):
        assert SPECS[kind].parent, f"{kind} is neither a list nor part of anything"


@pytest.mark.parametrize("layout", PLACES, ids=ids)
def test_what_belongs_to_a_record_is_edited_within_it(layout: Layout) -> None:
    below = {
        spec.kind
        for spec in SPECS.values()
        if spec.kind != ATTACHMENT
        and spec.parent
        and layout.kind in spec.field(spec.parent).refers_to
    }
    assert {part.kind for part in layout.child_parts()} == below


def placed(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield where each field stands: the record, line or kind below it is of, and its name."""
    for part in layout.parts():
        if isinstance(part, ChecklistPart):
            line = SPECS[layout.kind].line(part.line)
            yield from ((part.line, field.name) for field in line.fields)
            continue
        of = part.line if isinstance(part, LinesPart) else getattr(part, "kind", "")
        yield from ((of, name) for row in part.rows for name in row)


def declared(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield every field of the kind, of its lines, and of the kinds edited within it."""
    spec = SPECS[layout.kind]
    yield from (("", field.name) for field in spec.fields)
    for line in spec.lines:
        yield from ((line.name, field.name) for field in line.fields)
    for part in layout.child_parts():
        below = SPECS[part.kind]
        fields = (field for field in below.fields if field.name != below.parent)
        yield from ((part.kind, field.name) for field in fields)


@pytest.mark.parametrize("layout", PLACES, ids=ids)
def test_each_field_stands_exactly_once(layout: Layout) -> None:
    assert Counter(placed(layout)) == Counter(declared(layout))


@pytest.mark.parametrize("layout", PLACES, ids=ids)
def test_a_layout_names_only_what_there_is(layout: Layout, codes: Codes, office: Office) -> None:
    spec = SPECS[layout.kind]
    for name in (*layout.columns, *layout.copied, *layout.shown_when, *layout.spare):
        assert spec.field(name)
    assert not any(spec.field(name).private for name in (*layout.columns, *layout.copied))
    assert set(layout.spare) < set(layout.columns), "some column must always stay"
    for part in layout.parts():
        if isinstance(part, LinesPart):
            line = spec.line(part.line)
            assert all(line.field(name) for name in part.columns)
            assert not part.order_by or line.field(part.order_by)
        elif isinstance(part, ChildrenPart):
            below = SPECS[part.kind]
            assert all(below.field(name) for name in part.columns)
            assert not part.codes_first or below.field(part.codes_first).codes
        elif isinstance(part, Section):
            assert all(len(shown_at_once(layout, row)) <= 2 for row in part.rows)
    known = spec.field(spec.state_by).codes if spec.state_by else ""
    assert set(layout.tones) <= ({one.id for one in codes[known].values} if known else set())
    for name, value in layout.defaults(office).items():
        field = spec.field(name)
        assert value is not None
        assert not field.codes or codes.has(field.codes, str(value)), name


def shown_at_once(layout: Layout, row: tuple[str, ...]) -> list[str]:
    return [name for name in row if name not in layout.shown_when]


@pytest.mark.parametrize("layout", PLACES, ids=ids)
def test_a_field_that_a_record_needs_is_never_hidden(layout: Layout) -> None:
    spec = SPECS[layout.kind]
    hidden = [name for name in layout.shown_when if spec.field(name).required]
    assert hidden == []


@pytest.mark.parametrize("layout", PLACES, ids=ids)
def test_what_is_copied_leaves_out_what_names_one_record_alone(layout: Layout) -> None:
    spec = SPECS[layout.kind]
    assert not spec.alike or set(spec.alike) - set(layout.copied)
    assert not {"register_number", "ledger_294", "minutes_number"} & set(layout.copied)


@pytest.mark.parametrize("layout", PLACES, ids=ids)
def test_a_list_is_short_enough_to_be_read(layout: Layout) -> None:
    most = MOST_COLUMNS if layout.kind in OF_THE_FIRST_KINDS else MOST_COLUMNS - 1
    assert 3 <= len(layout.columns) <= most
    assert len(layout.title) <= LONGEST_TITLE
    assert len(layout.new) <= LONGEST_TITLE
    assert layout.first_words.endswith(".")


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.key)
def test_an_area_has_help_an_icon_and_kinds_of_its_own_key(area: Area) -> None:
    assert (resources_folder() / "help" / f"{area.key}.html").is_file()
    assert (resources_folder() / "icons" / f"{area.key}.svg").is_file()
    assert {layout.key for layout in area.layouts()} == {area.key}
