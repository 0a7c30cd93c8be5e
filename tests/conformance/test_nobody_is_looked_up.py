"""Nowhere is there a page, list, count, chart or export of what is known about one person.

Each rule is a function that returns what breaks it, asked twice: of the program, where it finds
nothing, and of something planted, where it must find it.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from antq_desktop.domain.fields import FieldKind, FieldSpec, Order, RecordSpec, Value
from antq_desktop.domain.figures import MEASURES, Measure
from antq_desktop.domain.listing import Listing
from antq_desktop.domain.merging import Stamp
from antq_desktop.domain.record import Record, amended
from antq_desktop.domain.records import SPECS
from antq_desktop.services.finding import is_of_persons, without_names
from antq_desktop.services.office import Office
from antq_desktop.services.person_search import PersonSearch
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.engine import writing_engine
from antq_desktop.storage.migrations import migrate
from antq_desktop.storage.rows import search_text
from antq_desktop.storage.schema import column_of
from tests.stores import store_of

PACKAGE = Path(__file__).resolve().parents[2] / "antq_desktop"
NUMBERS_OF_PEOPLE = {FieldKind.CITIZEN_ID, FieldKind.PHONE}

# Kinds whose records are persons: a list of their scheme, team or committee, nothing more.
PERSONS_OF = {"member": "scheme", "team_member": "protection_team", "committee_member": "committee"}
# What may point at one of them: columns that BIỂU MẪU 01 asks of a member of a protection team, the
# files of a record, and the committee member who by office follows a plan.
POINTING = {
    "member_rating": {"team_member"},
    "service_harm": {"team_member"},
    "attachment": set(PERSONS_OF),
    "remedial_plan": {"committee_member"},
}
# The only modules that may reach for people in the records of more than one incident.
READS_PEOPLE = "storage/involved.py"
SEARCHES = "services/person_search.py"
SHOWS = {"services/office.py", "ui/screens/person_search.py"}
JOINS = {  # an entry of history with its changes; the last of them for each record
    "storage/history.py",
    "storage/own_states.py",
}


def fields_of(spec: RecordSpec) -> list[FieldSpec]:
    return [*spec.fields, *(field for line in spec.lines for field in line.fields)]


def is_about_a_person(field: FieldSpec) -> bool:
    return field.names_person or field.private or field.kind in NUMBERS_OF_PEOPLE


def sources() -> dict[str, str]:
    return {
        file.relative_to(PACKAGE).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(PACKAGE.rglob("*.py"))
    }


# declarations


def kinds_that_gather_people(specs: Mapping[str, RecordSpec]) -> dict[str, str]:
    """Return kinds of persons that are not lists of one group, and kinds that point at persons."""
    found: dict[str, str] = {}
    for spec in specs.values():
        if is_of_persons(spec):
            group = PERSONS_OF.get(spec.kind, "")
            held = [f for f in spec.fields if f.kind is FieldKind.REFERENCE and f.required]
            if group not in {kind for field in held for kind in field.refers_to}:
                found[spec.kind] = "belongs to no scheme, team or committee"
        for field in fields_of(spec):
            for kind in set(field.refers_to) & set(PERSONS_OF):
                if kind not in POINTING.get(spec.kind, set()):
                    found[spec.kind] = f"points at a person by {field.name}"
    return found


def test_persons_are_lists_of_their_group_and_nothing_else_points_at_them() -> None:
    assert kinds_that_gather_people(SPECS) == {}
    assert {kind for kind, spec in SPECS.items() if is_of_persons(spec)} == set(PERSONS_OF)


def test_a_kind_that_gathers_people_is_found() -> None:
    pointing = FieldSpec(name="who", label="Ai", kind=FieldKind.REFERENCE, refers_to=("member",))
    tip = replace(SPECS["tip"], fields=(*SPECS["tip"].fields, pointing))
    alone = replace(SPECS["incident"], kind="person", order=Order.NAME_OF_PERSON)
    assert set(kinds_that_gather_people({"tip": tip, "person": alone})) == {"tip", "person"}


def figures_of_people(measures: Iterable[Measure]) -> list[str]:
    """Return the figures that read who somebody is."""
    return [
        measure.code
        for measure in measures
        if any(is_about_a_person(SPECS[measure.kind].field(name)) for name in measure.reads)
    ]


def test_no_figure_and_so_no_chart_reads_who_somebody_is() -> None:
    assert figures_of_people(MEASURES) == []
    planted = replace(MEASURES[0], code="p", kind="member", reads=("joined_on", "citizen_id"))
    assert figures_of_people([planted]) == ["p"]


def likenesses_of_people(specs: Mapping[str, RecordSpec]) -> list[str]:
    """Return kinds whose records are likened by a person beyond their own group."""
    found = []
    for spec in specs.values():
        groups = {f.name for f in spec.fields if f.kind is FieldKind.REFERENCE and f.required}
        for names in spec.suspects:
            plain = [name.partition(":")[0] for name in names]
            about = any(is_about_a_person(spec.field(name)) for name in plain)
            if about and is_of_persons(spec) and not groups & set(plain):
                found.append(spec.kind)
    return found


def test_two_records_are_likened_by_a_person_within_one_group_alone() -> None:
    assert likenesses_of_people(SPECS) == []
    planted = replace(SPECS["member"], suspects=(("name", "citizen_id"),))
    assert likenesses_of_people({"member": planted}) == ["member"]


# what the search over kinds finds


def words_of_people(spec: RecordSpec) -> set[str]:
    """Return the fields about people under which the search over kinds finds a record."""
    seen = without_names(spec)
    values: dict[str, Value] = {}
    for field in spec.fields:
        values[field.name] = f"x{field.name}" if is_about_a_person(field) else None
    for listed in spec.lines:
        for field in listed.fields:
            if is_about_a_person(field):
                values[f"{listed.name}/1/{field.name}"] = f"x{field.name}"
    found = search_text(seen, held_by(spec, values)).split()
    return {name.removeprefix("x") for name in found}


def held_by(spec: RecordSpec, values: Mapping[str, Value]) -> Record:
    filled = {path: value for path, value in values.items() if value is not None}
    blank = Record(spec.kind, "0" * 32, "11074@2025-07-01")
    return amended(blank, spec, filled, stamp=Stamp(1, "WRITER00"), officer="", at="")


@pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.kind)
def test_the_search_over_kinds_finds_nothing_by_a_person(spec: RecordSpec) -> None:
    assert words_of_people(spec) == set()


def test_a_field_that_gives_a_person_away_is_found() -> None:
    spec = SPECS["scheme"]
    head = replace(spec.field("head_name"), names_person=False, private=True)
    fields = tuple(head if field.name == "head_name" else field for field in spec.fields)
    searched = replace(spec, fields=fields)
    values: dict[str, Value] = {"head_name": "xhead_name"}
    assert "xhead_name" not in search_text(searched, held_by(spec, values)), "private is not found"
    open_ = replace(head, private=False)
    fields = tuple(open_ if field.name == "head_name" else field for field in spec.fields)
    given_away = replace(spec, fields=fields)
    assert "xhead_name" in search_text(without_names(given_away), held_by(spec, values))


# indexes


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return a file of the newest schema."""
    found = writing_engine(tmp_path_factory.mktemp("schema") / "store.db", lambda: bytes(32))
    migrate(found)
    yield found
    found.dispose()


def indexes_of_people(connection: Connection) -> list[str]:
    """Return indexes over names, numbers or small lists, by the columns they are made of."""
    about = {
        spec.kind: {column_of(field.name) for field in spec.fields if is_about_a_person(field)}
        for spec in SPECS.values()
    }
    rows = connection.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_master").all()
    found = []
    for name, table, statement in rows:
        if table not in about or not re.match(r"\s*CREATE\s+(UNIQUE\s+)?INDEX", statement or ""):
            continue
        words = set(re.findall(r"\w+", str(statement).partition("(")[2]))
        if words & (about[str(table)] | {"lines", "json_extract", "unknown", "stamps"}):
            found.append(str(name))
    return found


def test_no_index_is_over_a_name_a_cccd_or_a_telephone(engine: Engine) -> None:
    with engine.connect() as connection:
        assert indexes_of_people(connection) == []


@pytest.mark.parametrize(
    "over",
    ["member(f_citizen_id)", "team_member(f_left_reason, f_phone)", "scheme(f_head_name)",
     "incident(f_callback)", "incident(json_extract(lines, '$.involved'))"],
)  # fmt: skip
def test_an_index_over_people_is_found(engine: Engine, over: str) -> None:
    with engine.connect() as connection:
        transaction = connection.begin()
        connection.exec_driver_sql(f"CREATE INDEX planted ON {over}")
        assert indexes_of_people(connection) == ["planted"]
        transaction.rollback()


# queries and services


def statements(tree: ast.Module) -> Iterator[str]:
    """Yield the literals of a module that are SQL, those put together of pieces as a whole."""
    for node in ast.walk(tree):
        pieces = ast.walk(node) if isinstance(node, ast.JoinedStr) else [node]
        texts = [
            piece.value
            for piece in pieces
            if isinstance(piece, ast.Constant) and isinstance(piece.value, str)
        ]
        told = " ".join(texts)
        if re.search(r"\b(?:SELECT|FROM|JOIN|WHERE)\b", told):
            yield told


def reads_people(files: Mapping[str, str]) -> set[str]:
    """Return modules whose SQL names a field about people, or the small list of them."""
    columns = {
        column_of(field.name)
        for spec in SPECS.values()
        for field in spec.fields
        if field.private or field.kind in NUMBERS_OF_PEOPLE
    }
    naming = re.compile(rf"\b(?:{'|'.join(sorted(columns))}|involved)\b")
    return {
        name
        for name, source in files.items()
        if not name.startswith("storage/migrations/")
        and any(naming.search(told) for told in statements(ast.parse(source)))
    }


def joins(files: Mapping[str, str]) -> set[str]:
    """Return modules whose SQL joins tables."""
    return {
        name
        for name, source in files.items()
        if any(re.search(r"\bJOIN\b", told) for told in statements(ast.parse(source)))
    }


def importers(files: Mapping[str, str], module: str) -> set[str]:
    """Return modules that import another."""
    found = set()
    for name, source in files.items():
        for node in ast.walk(ast.parse(source)):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            if any(one == f"antq_desktop.{module}" for one in named):
                found.add(name)
    return found


def users_of(files: Mapping[str, str], attribute: str) -> set[str]:
    """Return modules that reach for an attribute of that name."""
    return {
        name
        for name, source in files.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr == attribute
    }


def test_one_module_reads_people_across_incidents_and_one_service_asks_it() -> None:
    files = sources()
    assert reads_people(files) == {READS_PEOPLE}
    assert importers(files, "storage.involved") == {SEARCHES}
    assert importers(files, "services.person_search") == SHOWS
    assert users_of(files, "person_search") == {"ui/screens/person_search.py"}


def test_no_query_joins_records_of_two_kinds() -> None:
    assert joins(sources()) == JOINS


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('x = "SELECT id FROM member WHERE f_citizen_id = ?"', reads_people),
        (
            "x = f\"SELECT id FROM {kind} WHERE json_extract(lines, '$.involved') = ?\"",
            reads_people,
        ),
        ('x = "SELECT 1 FROM member m JOIN team_member t ON m.f_name = t.f_name"', joins),
    ],
)
def test_a_query_about_people_is_found(source: str, what: object) -> None:
    assert callable(what)
    assert what({"planted.py": source, "good.py": 'x = "SELECT id FROM incident"'}) == {
        "planted.py"
    }


def test_a_second_way_to_the_search_is_found() -> None:
    planted = {"cli/a.py": "from antq_desktop.services.person_search import PersonSearch"}
    assert importers(planted, "services.person_search") == {"cli/a.py"}
    assert users_of({"cli/b.py": "office.person_search.search(a)"}, "person_search") == {"cli/b.py"}


def test_the_search_for_a_person_cannot_be_asked_without_a_reason_and_a_document() -> None:
    asked = inspect.signature(PersonSearch.search).parameters
    assert list(asked) == ["self", "person", "reason", "document", "check"]
    assert all(one.default is inspect.Parameter.empty for one in asked.values())
    public = {name for name in vars(PersonSearch) if not name.startswith("_")}
    assert public == {"search"}, "what was found is shown, and nothing else is done with it"


PRIVATE = [(spec.kind, f.name) for spec in SPECS.values() for f in spec.fields if f.private]


@pytest.mark.parametrize(("kind", "name"), PRIVATE)
def test_lists_windows_and_columns_refuse_what_is_private(
    office: Office, kind: str, name: str
) -> None:
    with store_of(office).reading() as reader:
        for ask in (
            lambda: reader.window(Listing(kind), (name,)),
            lambda: reader.at_rows(kind, (1,), (name,)),
            lambda: list(values_of(reader.connection, SPECS[kind], (name,))),
            lambda: reader.window(Listing(kind, choices=((name, "x"),)), ()),
        ):
            with pytest.raises(ValueError, match=name):
                ask()
