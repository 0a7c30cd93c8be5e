"""What the device of an enrolled commune could do when somebody hostile holds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import cast

import pytest

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.canonical import Json, canonical
from antq_desktop.domain.carried import from_line, to_line
from antq_desktop.domain.fields import Value
from antq_desktop.domain.gate import Verdict
from antq_desktop.domain.merging import Save, Stamp, part_of_save
from antq_desktop.domain.record import Record
from antq_desktop.services.taking import Merged
from tests.exchange import (
    COMMUNES,
    WRITER,
    World,
    add,
    forged,
    given,
    own_up,
    record_in,
    up,
    whole,
)
from tests.stores import unsound

ID = "0" * 31 + "1"
AT = "2026-11-21T08:05:30"
GOOD: dict[str, Json] = {
    "title": "Vụ việc mẫu", "kind": "social_order", "state": "new", "occurred_on": "2026-11-02",
}  # fmt: skip


def _line(world: World, *, values: Mapping[str, Json] | None = None, **changes: Json) -> bytes:
    """Return the line of an incident of the first commune that one save made."""
    stamps: Json = {"saves": [[5, WRITER, "Nguyễn Văn Mẫu", AT, {}]], "most": 0}
    held: Json = {"stamps": stamps, "values": {**GOOD, **(values or {})}}
    line: dict[str, Json] = {
        "id": ID, "kind": "incident", "owner": world.commune.unit, "parts": {"up": held},
    }  # fmt: skip
    return canonical({**line, **changes})


def _stamped(world: World, values: Mapping[str, Json], **stamps: Json) -> bytes:
    saves: Json = [[5, WRITER, "Nguyễn Văn Mẫu", AT, {}]]
    part: Json = {"stamps": {"saves": saves, "most": 0, **stamps}, "values": values}
    return _line(world, parts={"up": part})


Made = Callable[[World], bytes]
REFUSED: dict[str, tuple[Made, str]] = {
    "a counter above the header's": (
        lambda w: _stamped(w, GOOD, saves=[[1001, WRITER, "Nguyễn Văn Mẫu", AT, {}]]),
        "counter_absurd",
    ),
    "a context of its own future": (
        lambda w: _stamped(w, GOOD, saves=[[5, WRITER, "Nguyễn Văn Mẫu", AT, {WRITER: 5}]]),
        "record_malformed",
    ),
    "something covered that nobody has seen": (
        lambda w: _stamped(w, GOOD, beyond={"title": {"AAAAAAAA": 5}}),
        "record_malformed",
    ),
    "a part for siblings": (
        lambda w: _line(
            w,
            parts={
                "siblings": {
                    "stamps": {"saves": [[5, WRITER, "Nguyễn Văn Mẫu", AT, {}]], "most": 0},
                    "values": {"narrative": "x"},
                }
            },
        ),
        "field_not_for_us",
    ),
    "a private field among those that travel": (
        lambda w: _line(w, values={"narrative": "chuyện riêng"}),
        "field_not_for_us",
    ),
    "a person in a line": (
        lambda w: _line(w, values={f"involved/{ID}/name": "Trần Thị Ví Dụ"}),
        "field_not_for_us",
    ),
    "a field that never leaves": (
        lambda w: _line(w, values={"callback": "0100000001"}),
        "field_not_for_us",
    ),
    "a mark of a list that does not travel": (
        lambda w: _stamped(w, GOOD, fields={f"involved/{ID}/_removed": [[0, True]]}),
        "field_not_for_us",
    ),
    "a void without words": (
        lambda w: _stamped(w, GOOD, fields={"_void": [[0, ""]]}),
        "record_malformed",
    ),
    "a void of hidden letters": (
        lambda w: _stamped(w, GOOD, fields={"_void": [[0, "Nhầm\u202e"]]}),
        "record_malformed",
    ),
    "an officer of hidden letters": (
        lambda w: _stamped(w, GOOD, saves=[[5, WRITER, "Nguyễn\u202eVăn", AT, {}]]),
        "record_malformed",
    ),
    "a time that is none": (
        lambda w: _stamped(w, GOOD, saves=[[5, WRITER, "Nguyễn Văn Mẫu", "2026-W47-6", {}]]),
        "record_malformed",
    ),
    "a path that climbs": (
        lambda w: _line(w, values={"involved/a/../name": "x"}),
        "record_malformed",
    ),
    "a path of control letters": (
        lambda w: _line(w, values={"ti\u0007tle": "x"}),
        "record_malformed",
    ),
    "ten thousand fields": (
        lambda w: _line(w, values={f"f{number}": 1 for number in range(10_001)}),
        "record_malformed",
    ),
    "one writer twice in a field": (
        lambda w: _stamped(
            w,
            GOOD,
            saves=[
                [4, WRITER, "Nguyễn Văn Mẫu", AT, {}],
                [5, WRITER, "Nguyễn Văn Mẫu", AT, {}],
            ],
            most=1,
            fields={"title": [[0, "Hai"], [1, "Vụ việc mẫu"]]},
        ),
        "record_malformed",
    ),
    "an identity of its own making": (lambda w: _line(w, id="../../x"), "record_malformed"),
    "another kind": (lambda w: _line(w, kind="scheme"), "record_malformed"),
    "no part": (lambda w: _line(w, parts={}), "record_malformed"),
    "another key": (lambda w: _line(w, more=1), "record_malformed"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_line_that_no_honest_device_writes_refuses_the_bundle(world: World, what: str) -> None:
    make, code = REFUSED[what]
    before = whole(world.receiver)
    taken = given(world, forged(world, world.commune, {"incident": [make(world)]}))
    assert (taken.verdict, taken.row.shelf) == (Verdict.INVALID, code)
    assert whole(world.receiver) == before


REJECTED: dict[str, tuple[dict[str, Json], str]] = {
    "a number of text": ({"injuries": "nhiều"}, "not_number"),
    "a number beyond all sense": ({"injuries": 2**53 - 1}, "number_out_of_range"),
    "a text of a number": ({"title": 5}, "not_text"),
    "a long text": ({"title": "x" * 301}, "text_too_long"),
    "hidden letters": ({"title": "Vụ\u202eviệc"}, "text_not_allowed"),
    "a value of no list": ({"kind": "bogus"}, "not_in_codes"),
    "a reference to itself": ({"unit": ID}, "refers_to_itself"),
    "a date that never was": ({"occurred_on": "2026-02-30"}, "date_not_in_calendar"),
    "a newer field with hidden letters": ({"later": "a\u0000b"}, "unknown_field_absurd"),
    "a newer field that is a book": ({"later": "x" * 20_001}, "unknown_field_absurd"),
    "hundreds of newer fields": (
        {f"later{number}": 1 for number in range(201)},
        "unknown_field_absurd",
    ),
}


@pytest.mark.parametrize("what", REJECTED)
def test_a_record_that_breaks_a_rule_is_rejected_alone(world: World, what: str) -> None:
    values, code = REJECTED[what]
    good = _line(world, id="f" * 32)
    path = forged(world, world.commune, {"incident": [_line(world, values=values), good]})
    merged = world.merged(path)
    assert merged.plan.totals == {Outcome.REJECTED: 1, Outcome.NEW: 1}
    assert merged.plan.items[0].codes == (code,)
    assert len(own_up(world.receiver, world.commune)) == 1


def test_what_stands_beside_the_shown_value_is_checked_too(world: World) -> None:
    saves: Json = [
        [5, "AAAAAAAA", "Nguyễn Văn Mẫu", AT, {}],
        [6, WRITER, "Nguyễn Văn Mẫu", AT, {}],
    ]
    fields: Json = {"injuries": [[0, "không phải số"], [1, 2]]}
    line = _stamped(world, {**GOOD, "injuries": 2}, saves=saves, most=1, fields=fields)
    merged = world.merged(forged(world, world.commune, {"incident": [line]}))
    assert merged.plan.items[0].codes == ("not_number",)


def test_fields_of_a_later_version_are_kept_and_travel_on(world: World) -> None:
    line = _line(world, values={"later": "Mục của bản sau", "later_lines/a1/count": 3})
    world.merged(forged(world, world.commune, {"incident": [line]}))
    assert to_line(record_in(world.receiver, ID)) == line
    assert unsound(world.receiver) == []


def test_kinds_of_a_later_version_are_set_aside_and_answered(world: World) -> None:
    odd = canonical({"id": ["no id"], "what": 1})
    plain = canonical({"id": "e" * 32, "what": 2})
    taken = given(world, forged(world, world.commune, {"later_kind": [odd, plain]}))
    assert taken.verdict is Verdict.RESTRICTED
    taking = world.receiver.handover.taking
    assert taking.merge(taking.preview(taken)).plan.totals == {Outcome.SET_ASIDE: 2}
    told = world.commune.handover.returning.accept(world.answered())
    assert len(told.answer.records) == 2


def _merged(world: World, lines: list[bytes], **changes: object) -> Merged:
    return world.merged(forged(world, world.commune, {"incident": lines}, **changes))


def test_a_record_of_another_unit_falls_into_the_foreign_heap(world: World) -> None:
    other = world.office(COMMUNES[1])
    record = add(other)
    world.round(other)
    before = whole(world.receiver)
    stolen = to_line(record_in(other, record))
    own = canonical({**_object(stolen), "owner": world.commune.unit})
    for number, line in enumerate((stolen, own), start=1):
        merged = _merged(world, [line], number=number)
        assert merged.plan.totals == {Outcome.FOREIGN: 1}
    assert whole(world.receiver) == before


def _object(line: bytes) -> dict[str, Json]:
    return cast("dict[str, Json]", json.loads(line))


def test_nobody_writes_the_record_of_another_unit_before_that_unit_does(world: World) -> None:
    """Otherwise the unit itself would be refused for ever after."""
    other = world.office(COMMUNES[1])
    unit = canonical(
        {**_object(to_line(record_in(other, other.unit, "unit"))), "owner": world.commune.unit}
    )
    merged = world.merged(forged(world, world.commune, {"unit": [unit]}))
    assert merged.plan.totals == {Outcome.FOREIGN: 1}
    world.merged(world.sent(other))
    assert own_up(world.receiver, other) == up(other)


def test_one_record_twice_in_a_bundle_refuses_it(world: World) -> None:
    lines = [_line(world), _line(world, values={"injuries": 1})]
    taken = given(world, forged(world, world.commune, {"incident": lines}))
    assert taken.row.shelf == "record_out_of_order"


def test_two_kinds_under_one_identity_are_two_records(world: World) -> None:
    scheme = {"name": "Tổ tự quản Mẫu", "scheme_type": "to_tu_quan", "state": "active"}
    stamps: Json = {"saves": [[5, WRITER, "Nguyễn Văn Mẫu", AT, {}]], "most": 0}
    other = _line(world, kind="scheme", parts={"up": {"stamps": stamps, "values": scheme}})
    world.merged(forged(world, world.commune, {"incident": [_line(world)], "scheme": [other]}))
    assert record_in(world.receiver, ID).values()["title"] == "Vụ việc mẫu"
    assert record_in(world.receiver, ID, "scheme").values()["name"] == "Tổ tự quản Mẫu"
    assert unsound(world.receiver) == []


def test_one_stamp_with_two_values_keeps_the_first(world: World) -> None:
    _merged(world, [_line(world)])
    before = whole(world.receiver)
    merged = _merged(world, [_line(world, values={"title": "Nội dung khác"})], number=2)
    assert merged.plan.items[0].codes == ("fork_stamp",)
    assert whole(world.receiver) == before


def test_two_states_cannot_cover_each_other_until_nothing_is_left(world: World) -> None:
    def one(counter: int, writer: str, beyond: Json) -> Json:
        return {
            **_object(_line(world)),
            "parts": {
                "up": {
                    "stamps": {
                        "saves": [[counter, writer, "Nguyễn Văn Mẫu", AT, {}]],
                        "most": 0,
                        "beyond": dict.fromkeys(GOOD, beyond),
                    },
                    "values": GOOD,
                }
            },
        }

    first = canonical(one(5, "AAAAAAAA", {"BBBBBBBB": 9}))
    second = canonical(one(9, "BBBBBBBB", {"AAAAAAAA": 8}))
    assert given(world, forged(world, world.commune, {"incident": [first]})).row.shelf
    _merged(world, [second], number=2)
    assert record_in(world.receiver, ID).values()["title"] == "Vụ việc mẫu"


def test_thousands_of_saves_and_marks_in_one_record_come_to_an_end(world: World) -> None:
    saves = [Save(Stamp(900, f"{number:08d}"), "Nguyễn Văn Mẫu", AT, ()) for number in range(2_000)]
    record = Record("scheme", ID, world.commune.unit)
    part = part_of_save(
        saves[0],
        {"name": "Tổ tự quản Mẫu", "scheme_type": "to_tu_quan", "state": "active"},
    )
    fields = dict(part.fields)
    for number, save in enumerate(saves):
        fields.update(part_of_save(save, {f"funding/{number}/_removed": True}).fields)
    line = to_line(Record(record.kind, ID, record.owner, up=type(part)(fields)))
    merged = world.merged(forged(world, world.commune, {"scheme": [line]}))
    assert merged.plan.totals == {Outcome.NEW: 1}


def test_a_bundle_of_too_many_records_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("antq_desktop.bundle.limits.MOST_RECORDS", 2)
    lines = [_line(world, id=f"{number:032x}") for number in range(3)]
    taken = given(world, forged(world, world.commune, {"incident": lines}))
    assert taken.row.shelf == "too_many_records"


def test_a_record_with_hundreds_of_faults_still_gets_a_receipt_that_is_read(world: World) -> None:
    many: dict[str, Json] = {}
    for number in range(300):
        many[f"stages/{number}/state"] = f"bogus{number}"
        many[f"stages/{number}/on"] = "2026-02-30"
    scheme: dict[str, Json] = {"name": "Tổ Mẫu", "scheme_type": "bogus", "state": "active", **many}
    stamps: Json = {"saves": [[5, WRITER, "Nguyễn Văn Mẫu", AT, {}]], "most": 0}
    line = _line(world, kind="scheme", parts={"up": {"stamps": stamps, "values": scheme}})
    world.merged(forged(world, world.commune, {"scheme": [line]}))
    told = world.commune.handover.returning.accept(world.answered())
    assert told.answer.owed[0].codes


def test_every_line_that_is_written_is_read_back_as_it_was(world: World) -> None:
    record = add(world.commune, narrative="Riêng", **{f"involved/{ID}/role": "related"})
    world.commune.records.change("incident", record, {f"involved/{ID}/_removed": True})
    world.commune.records.void("incident", record, "Nhập nhầm")
    held = record_in(world.commune, record)
    again = from_line("incident", _object(to_line(held, siblings=True)))
    assert (again.up, again.siblings) == (held.up, held.siblings)


@pytest.mark.parametrize("about", ["the neighbour", "the receiver"])
def test_what_a_commune_says_of_another_unit_counts_nowhere(world: World, about: str) -> None:
    neighbour, receiver = world.office(COMMUNES[1]), world.receiver
    add(neighbour)
    world.merged(world.sent(neighbour))
    unit = neighbour.unit if about == "the neighbour" else receiver.unit
    values: dict[str, Value] = {
        "unit": unit, "measure": "incidents", "period": "2026", "value": 77, "document": "1/BC-MẪU",
    }  # fmt: skip
    record = world.commune.records.new_edit("opening_figure", dict(values)).id
    stamps: Json = {"saves": [[5, WRITER, "Nguyễn Văn Mẫu", AT, {}]], "most": 0}
    line = canonical(
        {
            "id": record,
            "kind": "opening_figure",
            "owner": world.commune.unit,
            "parts": {"up": {"stamps": stamps, "values": values}},
        }
    )
    world.merged(forged(world, world.commune, {"opening_figure": [line]}))
    assert record_in(receiver, record, "opening_figure").values()["value"] == 77, "kept as it came"
    figure = receiver.reports.figure("incidents", receiver.periods.named("2026"))
    assert (figure.value, figure.by_unit) == (1, {neighbour.unit: 1})
    assert figure.counted.value == 1
