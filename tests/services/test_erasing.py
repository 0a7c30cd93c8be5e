"""Erasing facts about people reaches every place that holds them, and the fact of it stays."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.listing import Listing
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.profiles import NewProfile, Profiles
from antq_desktop.storage import backups, erasures
from antq_desktop.storage.migrations import STEPS
from antq_desktop.storage.store import Outside
from antq_desktop.storage.vault import FLOOR
from tests import pictures_of_cameras as cameras
from tests.fakes import CountedBytes, SetClock
from tests.stores import COMMUNE, INCIDENT, OFFICER, PASSWORD, store_of, unsound

NAME = "Trần Thị Ví Dụ"
PLACE = "số 9 ngõ Mẫu Mười"
NUMBER = "000111000222"
LINE = "a" * 32
WHY = "Hết thời hạn lưu theo quy định của đơn vị"
PERSON: dict[str, Value] = {
    f"involved/{LINE}/role": "related",
    f"involved/{LINE}/sex": "female",
    f"involved/{LINE}/age_group": "from_18_to_30",
    f"involved/{LINE}/name": NAME,
    f"involved/{LINE}/address": PLACE,
    f"involved/{LINE}/citizen_id": NUMBER,
}
OTHER: dict[str, Value] = {
    f"involved/{LINE}/name": "Lê Văn Thử",
    f"involved/{LINE}/citizen_id": "000999000999",
}
CLOSED: dict[str, Value] = {
    **INCIDENT,
    "state": "closed",
    "occurred_on": "2024-10-02",
    "received_at": "2024-10-02T19:30",
    "closed_on": "2024-11-20",
    **PERSON,
}


def _closed(office: Office, **more: Value) -> str:
    return office.records.add("incident", {**CLOSED, **more}).ids[0]


def everything(office: Office) -> str:
    """Return all text that the tables of a store hold, decrypted, history and search included."""
    with store_of(office).reading() as reader:
        dumped = reader.connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        ).scalars()
        rows = [
            reader.connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()  # noqa: S608
            for table in dumped.all()
        ]
    told = (item for table in rows for row in table for item in row)
    return "\n".join(
        item.decode("utf-8", "replace") if isinstance(item, bytes) else str(item) for item in told
    )


def test_after_an_erasure_role_sex_and_age_group_are_left(office: Office) -> None:
    record = _closed(office)
    done = office.erasing.erase([("incident", record)], WHY)
    values = office.lists.show("incident", record).values
    assert {path for path in values if path.startswith("involved/")} == {
        f"involved/{LINE}/{name}" for name in ("role", "sex", "age_group")
    }
    assert done.records == 1
    assert unsound(office) == []


def test_an_erased_value_is_in_no_table_and_the_chain_still_holds(office: Office) -> None:
    record = _closed(office)
    office.records.change("incident", record, {f"involved/{LINE}/name": NAME + " Hai"})
    assert NAME in everything(office), "the control: before, it is there"
    office.erasing.erase([("incident", record)], WHY)
    held = everything(office)
    for value in (NAME, PLACE, NUMBER):
        assert value not in held
    assert office.verify_history().broken_at is None
    lines = office.lists.history_of(record)
    assert [line.entry.action for line in lines] == ["add", "set", "erase"]
    assert [line.change.erased for line in lines] == [True, True, False]
    assert "họ và tên" in lines[-1].change.note


def test_what_was_erased_is_not_undone(office: Office) -> None:
    record = _closed(office)
    seq = office.records.change("incident", record, {f"involved/{LINE}/address": "khác"}).seq
    office.erasing.erase([("incident", record)], WHY)
    with pytest.raises(UserError) as refused:
        office.records.undo(seq)
    assert refused.value.code == "erased"


def test_a_line_taken_out_and_a_text_that_repeats_a_name_lose_it_too(office: Office) -> None:
    record = _closed(office, narrative=f"{NAME} bị mất xe")
    office.records.change("incident", record, {f"involved/{LINE}/_removed": True})
    office.records.change("incident", record, {"narrative": "Một người bị mất xe"})
    office.erasing.erase([("incident", record)], WHY)
    assert NAME not in everything(office)
    assert unsound(office) == []


def test_a_text_that_still_names_the_person_is_told_before(office: Office) -> None:
    record = _closed(office, narrative=f"Sáng nay {NAME.upper()} bị mất xe")
    (due,) = office.erasing.due()
    assert (due.id, due.repeated) == (record, ("Diễn biến",))


def test_a_member_without_a_name_can_still_be_edited(office: Office) -> None:
    scheme = office.records.add(
        "scheme",
        {"name": "Tổ Mẫu", "scheme_type": "to_tu_quan", "state": "active", "unit": office.unit},
    ).ids[0]
    member = office.records.add(
        "member",
        {"scheme": scheme, "name": NAME, "office": "member", "left_on": "2024-10", "sex": "female"},
    ).ids[0]
    assert [one.id for one in office.erasing.due()] == [member]
    office.erasing.erase([("member", member)], WHY)
    assert office.erasing.due() == []
    office.records.change("member", member, {"left_on": "2024-09"})
    values = office.lists.show("member", member).values
    assert (values["office"], values["sex"], values.get("name")) == ("member", "female", None)
    assert NAME not in everything(office)
    with store_of(office).reading() as reader:
        assert reader.count(Listing("member", words=("tran", "vi"))).number == 0


@pytest.mark.parametrize(
    ("closed_on", "due"),
    [("2024-11-21", True), ("2024-11-22", False), ("2024-10", True), ("2024", False)],
)
def test_a_record_is_due_two_years_after_its_end(office: Office, closed_on: str, due: bool) -> None:
    _closed(office, closed_on=closed_on, occurred_on="2024")
    assert office.clock.now().astimezone(VIETNAM).date() == date(2026, 11, 21)
    assert bool(office.erasing.due()) is due
    assert office.erasing.due_count() == int(due)


def test_the_leader_changes_a_term_with_a_reason_and_history_says_so(office: Office) -> None:
    _closed(office)
    assert office.erasing.due_count() == 1
    office.erasing.set_months("incident", 36, "Theo kế hoạch lưu trữ của Công an tỉnh")
    assert office.erasing.due_count() == 0
    term = next(each for each in office.erasing.terms() if each.kind == "incident")
    assert (term.months, term.usual, term.after) == (36, 24, "Ngày kết thúc")
    assert "24 → 36 tháng" in everything(office)
    for months, reason, code in ((36, "ngắn", "reason_missing"), (0, WHY, "months_out_of_bounds")):
        with pytest.raises(UserError) as refused:
            office.erasing.set_months("incident", months, reason)
        assert refused.value.code == code


def test_attachments_drafts_and_tray_lose_it_too(office: Office) -> None:
    record = _closed(office)
    data = cameras.jpeg(0)
    office.attachments.add("incident", record, data, name="", caption=f"Ảnh {NAME}")
    office.drafts.keep(record, "incident", "x", {"changes": {"a": NAME}})
    done = office.erasing.erase([("incident", record)], WHY)
    assert done.files == 1
    assert office.attachments.of([record]) == {}
    assert office.drafts.find(record) is None
    assert NAME not in everything(office)
    with store_of(office).reading() as reader:
        count = reader.connection.exec_driver_sql("SELECT count(*) FROM attachment_content")
        assert count.scalar_one() == 0


def test_a_tip_keeps_its_counts(office: Office) -> None:
    tip = office.records.add(
        "tip",
        {"received_on": "2024-11-01", "subject": "social_order", "summary": "Tụ tập ở quán mẫu",
         "of_value": True},
    ).ids[0]  # fmt: skip
    office.erasing.erase([(one.kind, one.id) for one in office.erasing.due()], WHY)
    values = office.lists.show("tip", tip).values
    assert "summary" not in values
    assert values["of_value"] is True
    assert "quán mẫu" not in everything(office)


def test_backups_that_still_hold_it_are_named_with_their_last_day(
    office: Office, tmp_path: Path
) -> None:
    record = _closed(office)
    place = tmp_path / "backups"
    place.mkdir()
    office.set_backup_place(place)
    made = office.safekeeping.now()
    assert made is not None
    done = office.erasing.erase([("incident", record)], WHY)
    assert [one.name for one in done.backups] == [made.name]
    assert done.backups[0].until == date(2026, 11, 28), "others of its week take its place"
    again = office.safekeeping.now()
    assert again is not None
    assert again.name not in [one.name for one in office.erasing.backups_before(done.seq)]


def _offices(codes: Codes, clock: SetClock, seed: str) -> Offices:
    outside = Outside(clock, CountedBytes(seed), FLOOR)
    return Offices(Profiles(outside), codes, outside)


def test_a_backup_from_before_an_erasure_brings_nothing_back(codes: Codes, tmp_path: Path) -> None:
    clock = SetClock(datetime(2026, 11, 21, 8, tzinfo=VIETNAM))
    place = tmp_path / "backups"
    place.mkdir()
    made = _offices(codes, clock, "one")
    with closing(
        made.make(tmp_path / "p", NewProfile("commune", COMMUNE, OFFICER, PASSWORD))
    ) as office:
        record = _closed(office)
        kept = _closed(office, title="Vụ khác", **OTHER)
        office.set_backup_place(place)
        backup = office.safekeeping.now()
        assert backup is not None
        office.erasing.erase([("incident", record)], WHY)
        office.records.change("incident", record, {f"involved/{LINE}/name": "Tên Ghi Lại"})
    restored = backups.restore(
        backup,
        tmp_path / "q",
        officer=OFFICER,
        password=PASSWORD,
        outside=Outside(clock, CountedBytes("two"), FLOOR),
        specs=SPECS,
        steps=STEPS,
    )
    assert restored.erased == 1
    with closing(_offices(codes, clock, "three").open(tmp_path / "q", OFFICER, PASSWORD)) as again:
        held = everything(again)
        assert NAME not in held
        assert NUMBER not in held
        assert "Lê Văn Thử" in held, "the control: what was not erased is back"
        assert again.lists.show("incident", kept).values[f"involved/{LINE}/name"] == "Lê Văn Thử"
        assert again.verify_history().broken_at is None
        with store_of(again).reading() as reader:
            assert erasures.known(reader) == [("incident", record)]


def test_a_damaged_list_stops_no_restore_and_is_told(
    office: Office, codes: Codes, tmp_path: Path
) -> None:
    record = _closed(office)
    made = backups.make(store_of(office), tmp_path, date(2026, 11, 21))
    office.erasing.erase([("incident", record)], WHY)
    listed = tmp_path / erasures.name_beside_backups(store_of(office))
    erasures.write_list(store_of(office), listed)
    listed.write_bytes(listed.read_bytes()[:-1])
    restored = backups.restore(
        made,
        tmp_path / "again",
        officer=OFFICER,
        password=PASSWORD,
        outside=Outside(SetClock(), CountedBytes("r"), FLOOR),
        specs=SPECS,
        steps=STEPS,
    )
    assert restored.unread == (str(listed),)


def test_only_a_leader_erases(office: Office) -> None:
    record = _closed(office)
    with store_of(office).writing(OFFICER, Action.PEOPLE) as work:
        work.connection.exec_driver_sql("UPDATE officer SET role = 'officer admin'")
    for act in (
        lambda: office.erasing.erase([("incident", record)], WHY),
        lambda: office.erasing.set_months("incident", 12, WHY),
    ):
        with pytest.raises(UserError) as refused:
            act()
        assert refused.value.code == "not_allowed"
