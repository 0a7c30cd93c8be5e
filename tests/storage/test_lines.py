"""A line put together from a row is the line of its record, byte for byte."""

from __future__ import annotations

from antq_desktop.domain.carried import to_line
from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.merging import Save, Stamp, part_of_save
from antq_desktop.domain.record import Record
from antq_desktop.services.office import Office
from antq_desktop.storage.lines import own_lines
from tests.stores import COMMUNE_ID, INCIDENT, OFFICER, line, store_of


def _saved(office: Office) -> str:
    lines = line("involved", "1", role="witness", name="Trần Thị Ví Dụ")
    more: dict[str, Value] = {"callback": "0100000001", "reported_at_once": False, "injuries": 0}
    found = office.records.add("incident", {**INCIDENT, **lines, **more, "narrative": "Dòng\nhai"})
    return found.ids[0]


def _joined(office: Office, record_id: str) -> None:
    """Let another device have written into the record, with a field that nobody here knows."""
    save = Save(Stamp(4, "HHHHHHHH"), OFFICER, "2026-11-21T08:05:30", ())
    values: dict[str, Value] = {"injuries": 2, "drone_used": True, "title": "Tên khác"}
    with store_of(office).writing(OFFICER, "merge") as work:
        held = work.record("incident", record_id)
        assert held is not None
        other = Record("incident", record_id, COMMUNE_ID, up=part_of_save(save, values))
        work.take(held, held.joined(other))


def test_lines_of_rows_are_the_lines_of_their_records(office: Office) -> None:
    first, second, third = (_saved(office) for _ in range(3))
    _joined(office, second)
    office.records.change("incident", first, {"involved/1/_removed": True, "damage": None})
    office.records.void("incident", third, "Nhập nhầm vụ việc")
    for siblings in (False, True):
        with store_of(office).reading() as reader:
            for kind in reader.specs:
                whole = [
                    (record.id, to_line(record, siblings=siblings))
                    for record in reader.all_records(kind)
                ]
                assert list(own_lines(reader, kind, COMMUNE_ID, siblings=siblings)) == whole
            held = dict(own_lines(reader, "incident", COMMUNE_ID, siblings=siblings))
        assert VOID.encode() in held[third]
        assert b"drone_used" in held[second]
        assert b"0100000001" not in held[first]


def test_only_what_changed_since_an_entry_and_belongs_to_the_owner(office: Office) -> None:
    _saved(office)
    with store_of(office).reading() as reader:
        since = reader.last_entry()
    later = _saved(office)
    with store_of(office).reading() as reader:
        found = own_lines(reader, "incident", COMMUNE_ID, changed_after=since)
        assert [id_ for id_, _line in found] == [later]
        assert list(own_lines(reader, "incident", "31@2025-07-01")) == []
