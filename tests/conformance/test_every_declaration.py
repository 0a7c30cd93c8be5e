"""Every declaration of a kind and its fields answers every room that reads it, and keeps secrets.

What travels up is written out in `tests/golden/fields_that_travel_up.txt`: a field that begins to
leave the commune changes that file, and so is seen in review.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from antq_desktop.domain.changes import Action
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import (
    BY_YEAR,
    NUMERIC,
    TEXTUAL,
    FieldKind,
    FieldSpec,
    LineSpec,
    Order,
    RecordSpec,
    Travels,
)
from antq_desktop.domain.records import (
    SPECS,
    children_of,
    commendations,
    documents,
    incidents,
    order,
    protection,
    ratings,
    schemes,
    steering,
    units,
)
from antq_desktop.domain.text import fold
from antq_desktop.services.telling import ACTIONS
from antq_desktop.storage.engine import writing_engine
from antq_desktop.storage.migrations import NEWEST, migrate
from antq_desktop.storage.schema import NUMBERS, column_of

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "fields_that_travel_up.txt"
AREAS = {"forces", "schemes", "incidents", "movement", "documents", "standards"}
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

# What is never known about anybody here, as folded words of a name or a label.
NEVER_KNOWN = (
    "ton giao", "tin nguong", "dan toc", "sac toc", "chinh tri", "dang phai", "quan diem",
    "dang vien", "nguoi cung cap tin", "nguon tin", "nguoi bao tin", "nguoi to giac",
    "dac tinh", "co so bi mat", "do mat", "toi mat", "tuyet mat", "khieu nai", "khieu kien",
    "to cao", "van tay", "sinh trac", "suc khoe", "hiv", "tien an", "tien su",
    "religion", "ethnic", "politic", "party", "informant", "informer", "secrecy", "secret",
    "complaint", "denunc", "biometric", "fingerprint", "health",
)  # fmt: skip
# BIỂU MẪU 01 counts it in its column 12: a yes or no of a team member, and nowhere else.
COUNTED_YES_OR_NO = "team_member.minority"
ADDRESS_OF_A_PERSON = ("noi o", "cho o", "dia chi nha", "thuong tru tai", "tam tru")
PLACE_OF_A_THING = ("Địa điểm", "Địa chỉ trụ sở")

Declared = tuple[RecordSpec, LineSpec | None, FieldSpec]


def declared() -> Iterator[Declared]:
    for spec in SPECS.values():
        for field in spec.fields:
            yield spec, None, field
        for listed in spec.lines:
            for field in listed.fields:
                yield spec, listed, field


def path_of(found: Declared) -> str:
    spec, listed, field = found
    return ".".join(part for part in (spec.kind, listed and listed.name, field.name) if part)


ALL = sorted(declared(), key=path_of)


def every_field() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("found", ALL, ids=path_of)


def every_kind() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.kind)


def assert_vietnamese(text: str) -> None:
    assert text == text.strip()
    assert text == unicodedata.normalize("NFC", text)
    assert text
    assert "  " not in text
    assert "!" not in text


@every_field()
def test_a_field_is_named_and_labelled_as_the_house_does(found: Declared) -> None:
    _, _, field = found
    assert NAME.fullmatch(field.name)
    assert_vietnamese(field.label)
    assert field.label[0].isupper()
    assert not field.label.endswith((".", ":"))
    assert len(field.label) <= 40
    if field.hint:
        assert_vietnamese(field.hint)
        assert field.hint.endswith(".")
        assert len(field.hint) <= 90


@every_kind()
def test_names_and_labels_are_each_said_once_in_a_kind(spec: RecordSpec) -> None:
    for fields in (spec.fields, *(listed.fields for listed in spec.lines)):
        for what in ([f.name for f in fields], [f.label for f in fields]):
            assert [word for word, times in Counter(what).items() if times > 1] == []
    top = [f.name for f in spec.fields] + [listed.name for listed in spec.lines]
    assert len(set(top)) == len(top)


def test_kinds_are_each_labelled_apart() -> None:
    for what in ("kind", "label", "plural"):
        assert len({getattr(spec, what) for spec in SPECS.values()}) == len(SPECS)
    assert all(kind == spec.kind for kind, spec in SPECS.items())


@every_kind()
def test_a_kind_says_what_it_is_and_what_it_is_kept_for(spec: RecordSpec) -> None:
    assert NAME.fullmatch(spec.kind)
    assert spec.kind not in {"setting", "officer", "history", "history_change"}
    for text in (spec.label, spec.plural, spec.purpose, spec.retention):
        assert_vietnamese(text)
    assert spec.label[0].islower()
    assert spec.plural[0].isupper()
    assert spec.purpose.endswith(".")
    assert spec.area in AREAS
    assert 1 <= spec.since <= NEWEST


@every_kind()
def test_a_kind_that_may_hold_persons_says_so_and_for_how_long(spec: RecordSpec) -> None:
    personal = {FieldKind.CITIZEN_ID, FieldKind.PHONE}
    fields = [*spec.fields, *(field for listed in spec.lines for field in listed.fields)]
    names_people = any(
        field.private or field.kind in personal or field.name.endswith("head_name")
        for field in fields
    )
    assert spec.holds_persons or not names_people
    if spec.holds_persons:
        assert "xóa" in spec.retention.lower() or "chỉ còn" in spec.retention
    assert spec.retention.endswith(".")


NUMBERS_OF_PEOPLE = {FieldKind.CITIZEN_ID, FieldKind.PHONE}
# Who holds an office of the police or signs for it is named as long as the record is kept.
STAFF = {("incident", "officer"), ("scheme", "officer")}


def undeclared(spec: RecordSpec) -> list[str]:
    """Return what a kind leaves unsaid of how long facts about people are kept."""
    keeping = spec.keeping
    if keeping is None:
        return ["keeping"] if spec.holds_persons else []
    names = {f.name: f for f in spec.fields}
    names |= {f"{one.name}/{f.name}": f for one in spec.lines for f in one.fields}
    found = [name for name in keeping.erases if name not in names]
    dated = spec
    if keeping.through:
        dated = SPECS[spec.field(keeping.through).refers_to[0]]
    if keeping.months and dated.field(keeping.after).kind is not FieldKind.DATE:
        found.append("after")
    found += [
        name
        for name, field in names.items()
        if (field.private or field.names_person or field.kind in NUMBERS_OF_PEOPLE)
        and name not in keeping.erases
        and (spec.kind, name) not in STAFF
    ]
    return found


@every_kind()
def test_a_kind_that_may_hold_persons_declares_what_is_erased_and_when(spec: RecordSpec) -> None:
    assert undeclared(spec) == []
    if spec.keeping is not None and spec.keeping.months:
        assert str(spec.keeping.months) in spec.retention, "the sentence says the same number"


def test_a_kind_that_leaves_its_persons_undeclared_is_found() -> None:
    incident = SPECS["incident"]
    keeping = incident.keeping
    assert keeping is not None
    assert undeclared(replace(incident, keeping=None)) == ["keeping"]
    less = replace(keeping, erases=("involved/name", "involved/address", "callback"))
    assert undeclared(replace(incident, keeping=less)) == ["involved/citizen_id"]
    odd = replace(keeping, erases=(*keeping.erases, "nobody"), after="state")
    assert undeclared(replace(incident, keeping=odd)) == ["nobody", "after"]


@every_kind()
def test_what_a_kind_points_at_among_its_fields_is_there(spec: RecordSpec) -> None:
    kinds = {
        "parent": FieldKind.REFERENCE,
        "unit_by": FieldKind.REFERENCE,
        "state_by": FieldKind.CHOICE,
        "dated_by": FieldKind.DATE,
    }
    for attribute, kind in kinds.items():
        name = getattr(spec, attribute)
        assert not name or spec.field(name).kind is kind, attribute
    assert spec.title
    for name in (*spec.title, spec.order_by, *spec.alike):
        field = spec.field(name)
        assert not field.private
        assert field.travels is not Travels.NEVER
    dated = spec.field(spec.order_by).kind in {FieldKind.DATE, FieldKind.MOMENT}
    assert dated == (spec.order is Order.NEWEST_FIRST)
    assert spec.unit_by == "" or spec.field(spec.unit_by).refers_to == ("unit",)
    assert all(spec.field(name).required for name in (spec.parent, *spec.alike) if name)


@every_kind()
def test_a_kind_can_be_listed_searched_and_named(spec: RecordSpec) -> None:
    assert [field for field in spec.fields if field.listed]
    assert [field for field in spec.fields if field.searched]
    assert [name for name in spec.title if spec.field(name).required]
    width = sum(field.width for field in spec.fields if field.listed)
    assert width <= 220, "the list does not fit on a screen"


@every_field()
def test_choices_have_their_list_and_references_their_kinds(found: Declared, codes: Codes) -> None:
    _, listed, field = found
    assert bool(field.codes) == (field.kind is FieldKind.CHOICE)
    assert not field.codes or field.codes in codes
    assert bool(field.refers_to) == (field.kind is FieldKind.REFERENCE)
    assert set(field.refers_to) <= SPECS.keys()
    assert listed is None or field.kind is not FieldKind.REFERENCE


@every_field()
def test_lengths_widths_and_bounds_are_sane(found: Declared) -> None:
    _, _, field = found
    assert 4 <= field.width <= 80
    if field.kind in TEXTUAL:
        assert 4 <= field.max_length <= 20_000
        assert field.kind is FieldKind.LONG_TEXT or field.max_length <= 1_000
    bounded = field.minimum is not None or field.maximum is not None
    assert not bounded or field.kind in NUMERIC
    least = 0 if field.minimum is None else field.minimum
    most = 10**15 if field.maximum is None else field.maximum
    assert least < most
    assert not field.unit or field.kind in NUMERIC | {FieldKind.DECIMAL}
    assert (field.unit == "đồng") == (field.kind is FieldKind.MONEY)
    assert not (field.required and field.wanted)
    assert 1 <= field.since <= NEWEST


@every_field()
def test_what_is_private_is_in_no_list_and_no_index_and_does_not_travel_up(
    found: Declared,
) -> None:
    _, _, field = found
    if field.kind in {FieldKind.CITIZEN_ID, FieldKind.PHONE}:
        assert field.private
    label = fold(field.label)
    if any(word in label for word in ADDRESS_OF_A_PERSON):
        assert field.private
    if field.private:
        assert not field.searched
        assert not field.listed
        assert not field.required
        assert field.travels is not Travels.UP
    if label.startswith("dia chi") or field.name == "address":
        assert field.travels is not Travels.UP
        assert field.private or field.label in PLACE_OF_A_THING


@every_field()
def test_nothing_is_asked_that_must_not_be_known(found: Declared) -> None:
    spec, listed, field = found
    said = fold(" ".join((field.name.replace("_", " "), field.label, spec.label, spec.plural)))
    if listed is not None:
        said += " " + fold(f"{listed.label} {listed.item}")
    words = f" {' '.join(re.findall(r'[a-z0-9]+', said))} "
    known = {"dan toc"} if path_of(found) == COUNTED_YES_OR_NO else set()
    assert {word for word in NEVER_KNOWN if f" {word} " in words} == known
    assert not known or field.kind is FieldKind.YES_NO
    assert [word for word in NEVER_KNOWN if word.isascii() and word in field.name.split("_")] == []


@every_kind()
def test_small_lists_are_said_in_full(spec: RecordSpec, codes: Codes) -> None:
    for listed in spec.lines:
        assert NAME.fullmatch(listed.name)
        assert not listed.name.startswith("_")
        assert_vietnamese(listed.label)
        assert_vietnamese(listed.item)
        assert listed.item[0].islower()
        assert listed.fields
        assert listed.ids_from in {"", BY_YEAR} or listed.ids_from in codes
        assert 1 <= listed.limit <= 1_000
        # The mark of a removal stands in the parts that travel; on the device alone it has none.
        assert all(field.travels is not Travels.NEVER for field in listed.fields)
        assert not any(field.listed for field in listed.fields)


@every_kind()
def test_what_a_record_cannot_be_without_travels_with_it(spec: RecordSpec) -> None:
    """A receiver holds every record to the same rules, so that what they need must reach it.

    The name of a member of a scheme or a team is the one exception: it stays in the commune, and
    the receiver does not ask.
    """
    needed = {spec.parent, spec.unit_by, spec.dated_by, spec.state_by} - {""}
    assert {name for name in needed if spec.field(name).travels is not Travels.UP} == set()
    kept = {f.name for f in spec.fields if f.required and f.travels is not Travels.UP}
    assert kept == ({"name"} if spec.kind in {"member", "team_member"} else set())


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return a file of the newest schema."""
    found = writing_engine(tmp_path_factory.mktemp("schema") / "store.db", lambda: bytes(32))
    migrate(found)
    yield found
    found.dispose()


@every_kind()
def test_every_field_has_its_column_of_the_right_type(spec: RecordSpec, engine: Engine) -> None:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f'PRAGMA table_info("{spec.kind}")').all()
    columns = {str(row[1]): str(row[2]) for row in rows}
    for field in spec.fields:
        wanted = "INTEGER" if field.kind in NUMBERS else "TEXT"
        assert columns[column_of(field.name)] == wanted
    assert {name for name in columns if name.startswith("f_")} == {
        column_of(field.name) for field in spec.fields
    }


def test_every_action_has_a_word() -> None:
    actions = {value for name, value in vars(Action).items() if name.isupper()}
    assert actions == set(ACTIONS)
    assert all(value.isascii() for value in actions)


def test_parents_lead_to_the_top_and_children_are_found() -> None:
    def climb(kind: str, seen: tuple[str, ...]) -> None:
        assert kind not in seen
        spec = SPECS[kind]
        for above in spec.field(spec.parent).refers_to if spec.parent else ():
            climb(above, (*seen, kind))

    for spec in SPECS.values():
        climb(spec.kind, ())
        for child in children_of(spec.kind):
            assert spec.kind in child.field(child.parent).refers_to
    assert {child.kind for child in children_of("scheme")} == {"site", "team", "member", "activity"}
    assert [child.kind for child in children_of("meeting")] == ["task"]


def test_ids_that_rules_speak_of_are_in_their_lists(codes: Codes) -> None:
    for listed, ids in (
        ("age_group", incidents.MINORS),
        ("involved_role", {incidents.VICTIM}),
        ("incident_kind", {incidents.DOMESTIC_VIOLENCE}),
        ("incident_state", incidents.CLOSED),
        ("scheme_state", {schemes.ENDED}),
        ("unit_kind", {units.NEIGHBOURHOOD, units.AGENCY, units.ENTERPRISE, units.SCHOOL}),
        ("recipient_kind", {commendations.COLLECTIVE, commendations.INDIVIDUAL}),
        ("document_direction", {documents.INCOMING, documents.OUTGOING}),
        ("document_state", {documents.ISSUED}),
        ("task_state", documents.DONE_STATES),
        ("proposal_state", steering.ANSWERED),
        ("hotspot_state", {order.TRANSFORMED}),
        ("team_office", {protection.HEAD, protection.DEPUTY}),
        ("team_leave_reason", {protection.ON_DUTY}),
        ("team_rating", {ratings.EXCELLENT, ratings.GOOD, ratings.DONE, ratings.NOT_DONE}),
    ):
        assert [value for value in ids if not codes.has(listed, value)] == []
    young = {value.id for value in codes["age_group"].values if re.search(r"_1[0-7]$", value.id)}
    assert {"under_14"} | young == set(incidents.MINORS)
    assert all(name in {f.name for f in incidents.INVOLVED.fields} for name in incidents.NAMING)
    private = {field.name for field in incidents.INVOLVED.fields if field.private}
    assert private <= set(incidents.NAMING)


def test_the_fields_that_travel_up_are_those_written_out() -> None:
    up = sorted(path_of(found) for found in ALL if found[2].travels is Travels.UP)
    assert GOLDEN.read_text(encoding="utf-8").splitlines() == up
