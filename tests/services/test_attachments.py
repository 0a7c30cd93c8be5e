"""Photographs and scans kept with records: in clean, once, together with their record or not."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from antq_desktop.domain.attachments import MOST_OF_A_RECORD
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.rights import Role
from antq_desktop.services.attachments import (
    Attachments,
    Brought,
    caption_from,
    erase_in,
    read_file,
)
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.records import Edit
from antq_desktop.storage import attachments
from tests import pictures_of_cameras as cameras
from tests.fakes import SetClock
from tests.services.test_rights import let_be
from tests.stores import INCIDENT, OFFICER, PASSWORD, store_of, unsound

KIND = "attachment"
SECRET = (b"PlantedMaker", b"PlantedModel", b"PlantedXmp", b"2026:05:12")


def new_incident(office: Office, **changes: Value) -> str:
    return office.records.add("incident", {**INCIDENT, **changes}).ids[0]


def attach(office: Office, record: str, *brought: Brought) -> tuple[str, ...]:
    edits = [
        office.records.new_edit(KIND, one.values(record, place))
        for place, one in enumerate(brought, 1)
    ]
    return office.records.save(edits).ids


def contents(office: Office) -> tuple[int, int]:
    with store_of(office).reading() as reader:
        return attachments.totals(reader.connection)


def on_tray(office: Office) -> list[Path]:
    return sorted((office.folder / "tray").glob("*"))


def again(office: Office, offices: Offices) -> Office:
    office.close()
    return offices.open(office.folder, OFFICER, PASSWORD)


def test_a_photograph_is_kept_without_place_and_camera_and_found_nowhere_else(
    office: Office, profile: Path
) -> None:
    brought = office.attachments.bring(cameras.jpeg(), "IMG_0001.jpg")
    incident = new_incident(office)
    attach(office, incident, brought)
    kept = office.attachments.content(brought.digest)
    assert hashlib.sha256(kept).hexdigest() == brought.digest
    assert not [word for word in SECRET if word in kept]
    with store_of(office).reading() as reader:
        everything = b"".join(
            bytes(value) if isinstance(value, bytes) else str(value).encode()
            for table in ("attachment_content", "attachment", "history_change")
            for row in reader.connection.exec_driver_sql(
                f"SELECT * FROM {table}"  # noqa: S608 - names of the test
            )
            for value in row
        )
    assert not [word for word in SECRET if word in everything]
    on_disk = b"".join(path.read_bytes() for path in profile.rglob("*") if path.is_file())
    assert not [word for word in (*SECRET, b"\xff\xd8\xff\xe0\x00\x10JFIF") if word in on_disk]
    assert unsound(office) == []


def test_the_same_photograph_with_other_words_beside_it_is_kept_once(office: Office) -> None:
    first = office.attachments.bring(cameras.jpeg())
    bare = office.attachments.bring(office.attachments.content(first.digest))
    assert bare.digest == first.digest
    one, two = new_incident(office), new_incident(office, title="Va chạm xe đạp")
    attach(office, one, first)
    attach(office, two, bare)
    assert contents(office) == (1, first.size)
    found = office.attachments.of([one, two])
    assert [len(found[one]), len(found[two])] == [1, 1]


def test_a_record_and_its_photographs_are_one_action_that_is_taken_back_at_once(
    office: Office,
) -> None:
    brought = office.attachments.bring(cameras.png())
    incident = office.records.new_id()
    edits = [
        Edit("incident", incident, INCIDENT, created=True),
        office.records.new_edit(KIND, brought.values(incident, 1)),
    ]
    saved = office.records.save(edits)
    assert len(office.attachments.of([incident])[incident]) == 1
    office.records.undo(saved.seq)
    assert office.attachments.of([incident]) == {}
    assert office.lists.show("incident", incident).void_reason is not None
    assert contents(office)[0] == 1, "taking back the taking back needs it"


def test_what_is_left_out_comes_back_with_undo(office: Office) -> None:
    incident = new_incident(office)
    (one,) = attach(office, incident, office.attachments.bring(cameras.pdf()))
    saved = office.attachments.leave_out(one)
    assert office.attachments.of([incident]) == {}
    office.records.undo(saved.seq)
    assert [found.id for found in office.attachments.of([incident])[incident]] == [one]


def test_the_tray_keeps_what_a_draft_speaks_of_and_nothing_else(
    office: Office, offices: Offices
) -> None:
    spoken, forgotten = (office.attachments.bring(cameras.jpeg(seed)) for seed in (0, 2))
    content = {"attached": [{"changes": {"digest": spoken.digest}}]}
    office.drafts.keep("d" * 32, "incident", "bản nháp", content)
    assert len(on_tray(office)) == 2
    assert spoken.digest not in "".join(path.name for path in on_tray(office))
    opened = again(office, offices)
    try:
        assert opened.attachments.content(spoken.digest)
        with pytest.raises(UserError) as caught:
            opened.attachments.content(forgotten.digest)
        assert caught.value.code == "attachment_elsewhere"
        assert len(on_tray(opened)) == 1
    finally:
        opened.close()


def test_the_tray_is_cleared_of_what_was_saved_when_the_next_file_comes(office: Office) -> None:
    incident = new_incident(office)
    attach(office, incident, office.attachments.bring(cameras.jpeg()))
    assert len(on_tray(office)) == 1
    waiting = office.attachments.bring(cameras.png())
    assert len(on_tray(office)) == 1
    assert office.attachments.content(waiting.digest)
    assert len(office.attachments.of([incident])[incident]) == 1


def test_nothing_is_left_astray_by_a_kill_between_choosing_saving_and_clearing(
    office: Office, offices: Offices, tmp_path: Path
) -> None:
    """Copies of the folder are what a kill leaves; each must open sound, with all or nothing."""
    incident = new_incident(office)
    brought = office.attachments.bring(cameras.jpeg())
    (office.folder / "tray" / "~ANTQ_0123ABCD.TMP").write_bytes(b"half")
    shutil.copytree(office.folder, tmp_path / "chosen")
    attach(office, incident, brought)
    shutil.copytree(office.folder, tmp_path / "saved")
    for name, expected in (("chosen", 0), ("saved", 1)):
        opened = offices.open(tmp_path / name, OFFICER, PASSWORD)
        try:
            assert len(opened.attachments.of([incident]).get(incident, [])) == expected
            assert contents(opened)[0] == expected
            assert on_tray(opened) == []
            assert unsound(opened) == []
        finally:
            opened.close()


def test_a_save_that_fails_keeps_no_content(office: Office) -> None:
    incident = new_incident(office)
    good = office.attachments.bring(cameras.jpeg())
    edits = [
        office.records.new_edit(KIND, good.values(incident, 1)),
        office.records.new_edit(KIND, {**good.values(incident, 2), "digest": "0" * 64}),
    ]
    with pytest.raises(UserError) as caught:
        office.records.save(edits)
    assert caught.value.code == "attachment_elsewhere"
    assert contents(office) == (0, 0)
    assert office.attachments.content(good.digest), "it is still on the tray"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"digest": "no digest"}, "attachment_digest_malformed"),
        ({"media": "GIF"}, "attachment_not_supported"),
        ({"record": "0" * 32}, "unknown_reference"),
    ],
)
def test_what_is_no_attachment_is_refused(
    office: Office, changes: dict[str, Value], code: str
) -> None:
    values = office.attachments.bring(cameras.jpeg()).values(new_incident(office), 1)
    with pytest.raises(UserError) as caught:
        office.records.add(KIND, {**values, **changes})
    assert caught.value.code == code


def test_nothing_hangs_on_a_tip(office: Office) -> None:
    tip = office.records.add("tip", {"received_on": "2026-11-02", "subject": "traffic"}).ids[0]
    values = office.attachments.bring(cameras.jpeg()).values(tip, 1)
    with pytest.raises(UserError) as caught:
        office.records.add(KIND, values)
    assert caught.value.code == "unknown_reference"
    with pytest.raises(UserError) as caught:
        office.attachments.add("tip", tip, cameras.jpeg(), name="", caption="")
    assert caught.value.code == "not_attachable"


def test_a_record_holds_so_many_and_no_more(office: Office) -> None:
    incident = new_incident(office)
    brought = [office.attachments.bring(cameras.jpeg(seed)) for seed in range(MOST_OF_A_RECORD)]
    attach(office, incident, *brought)
    with pytest.raises(UserError) as caught:
        office.attachments.add("incident", incident, cameras.png(), name="", caption="")
    assert caught.value.code == "too_many_attachments"
    order = [one.values()["position"] for one in office.attachments.of([incident])[incident]]
    assert order == list(range(1, MOST_OF_A_RECORD + 1))


def test_a_copy_goes_out_only_with_a_line_in_history(office: Office, tmp_path: Path) -> None:
    incident = new_incident(office)
    (one,) = attach(office, incident, office.attachments.bring(cameras.png()))
    digest = str(office.attachments.of([incident])[incident][0].values()["digest"])
    written = office.attachments.save_copy(digest, one, tmp_path / "ảnh chụp")
    assert written.name == "ảnh chụp.png"
    assert hashlib.sha256(written.read_bytes()).hexdigest() == digest
    last = office.lists.history_of(one)[-1]
    assert last.entry.action == "copy_out"
    assert str(written) in last.change.note


def test_erasing_a_record_erases_its_content_but_what_hangs_elsewhere_too(
    office: Office,
) -> None:
    one, two = new_incident(office), new_incident(office, title="Va chạm xe đạp")
    shared, alone = (office.attachments.bring(cameras.jpeg(seed)) for seed in (0, 2))
    attach(office, one, shared, alone)
    attach(office, two, shared)
    assert office.attachments.erase([one]) == 2
    opened = Attachments(store_of(office), office._hand, office.records, office.drafts)
    assert opened.content(shared.digest)
    with pytest.raises(UserError):
        opened.content(alone.digest)
    assert one not in opened.of([one, two])
    assert unsound(office) == []
    assert callable(erase_in)


def test_an_officer_of_one_area_attaches_there_and_nowhere_else(office: Office) -> None:
    incident = new_incident(office)
    scheme = office.records.add(
        "scheme",
        {"name": "Camera an ninh", "scheme_type": "camera_an_ninh", "state": "active"},
    ).ids[0]
    let_be(office, Role.OFFICER, areas=frozenset({"schemes"}))
    assert office.attachments.add("scheme", scheme, cameras.jpeg(), name="", caption="").ids
    with pytest.raises(UserError) as refused:
        office.attachments.add("incident", incident, cameras.png(), name="", caption="")
    assert refused.value.code == "area_not_allowed"
    assert contents(office)[0] == 1, "what was refused left nothing"


def test_what_was_left_out_is_erased_after_thirty_days_and_not_before(
    office: Office, offices: Offices, clock: SetClock
) -> None:
    incident, other = new_incident(office), new_incident(office, title="Va chạm xe đạp")
    wrong, shared, kept = (office.attachments.bring(cameras.jpeg(seed)) for seed in (0, 2, 4))
    one, two, _three = attach(office, incident, wrong, shared, kept)
    attach(office, other, shared)
    for record in (one, two):
        office.attachments.leave_out(record)
    clock.advance(days=29)
    office = again(office, offices)
    assert contents(office)[0] == 3
    clock.advance(days=2)
    office = again(office, offices)
    try:
        assert contents(office)[0] == 2
        assert office.attachments.content(shared.digest)
        with pytest.raises(UserError) as caught:
            office.attachments.content(wrong.digest)
        assert caught.value.code == "attachment_elsewhere"
        assert unsound(office) == []
        entries = office.verify_history().entries
    finally:
        office.close()
    offices.open(office.folder, OFFICER, PASSWORD).close()
    reopened = offices.open(office.folder, OFFICER, PASSWORD)
    assert reopened.verify_history().entries - entries == 2, "two sign-ins and no erasing again"
    reopened.close()


def test_the_check_names_a_content_that_was_changed(office: Office) -> None:
    attach(office, new_incident(office), office.attachments.bring(cameras.jpeg()))
    with store_of(office).writing(OFFICER, "set") as work:
        work.connection.exec_driver_sql("UPDATE attachment_content SET data = x'00'")
    assert unsound(office) == ["attachments"]


def test_a_backup_holds_the_contents(office: Office, tmp_path: Path, offices: Offices) -> None:
    brought = office.attachments.bring(cameras.jpeg())
    attach(office, new_incident(office), brought)
    from datetime import date

    from antq_desktop.domain.records import SPECS
    from antq_desktop.storage import backups
    from antq_desktop.storage.migrations import STEPS
    from tests.stores import outside

    made = backups.make(store_of(office), tmp_path, date(2026, 11, 21))
    backups.restore(
        made,
        tmp_path / "back",
        officer=OFFICER,
        password=PASSWORD,
        outside=outside("back"),
        specs=SPECS,
        steps=STEPS,
    )
    opened = offices.open(tmp_path / "back", OFFICER, PASSWORD)
    assert hashlib.sha256(opened.attachments.content(brought.digest)).hexdigest() == brought.digest
    opened.close()


def test_names_of_files_become_captions_only_where_they_say_something() -> None:
    assert caption_from("Bien_ban-hop to dan pho.pdf") == "Bien ban hop to dan pho"
    assert caption_from("C:\\Scan\\Quyết định 15.pdf") == "Quyết định 15"
    for name in ("IMG_20260512_080530.jpg", "DSC00012.JPG", "zalo_168812.jpg", "0012.png", ""):
        assert caption_from(name) == ""


def test_a_file_that_cannot_be_kept_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_file(tmp_path)
    assert caught.value.code == "attachment_not_supported"
    word = tmp_path / "anh.jpg"
    word.write_bytes(b"PK\x03\x04 no picture at all")
    with pytest.raises(UserError) as caught:
        read_file(word)
    assert caught.value.code == "attachment_not_supported"
    endless = tmp_path / "lon.pdf"
    with endless.open("wb") as out:
        out.write(b"%PDF-1.4")
        out.truncate(41 << 20)
    with pytest.raises(UserError) as caught:
        read_file(endless)
    assert caught.value.code == "attachment_too_large"
