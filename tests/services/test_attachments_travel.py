"""Attachments between devices: pictures go to siblings, upward only the line that there is one."""

from __future__ import annotations

import hashlib

import pytest

from antq_desktop.bundle.writing import Blob, Content
from antq_desktop.domain.errors import UserError
from antq_desktop.services import sealing as sealing_module
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.storage import attachments
from tests import pictures_of_cameras as cameras
from tests.exchange import COMMUNES, World, add, enrol, record_in, whole
from tests.stores import OFFICER, PASSWORD, store_of, unsound


def second_device(world: World) -> Office:
    """Return a second device of the first commune that holds nothing of it yet."""
    new = NewProfile("commune", COMMUNES[0], OFFICER, PASSWORD)
    second = world.offices("second").make(world.folder / "second", new)
    world.opened["second"] = second
    enrol(second, world.commune, world.stick)
    return second


def share(world: World, teller: Office, hearer: Office) -> str:
    sealing = teller.handover.sealing
    made = sealing.seal_siblings()
    world.merged(sealing.carry(made.row.digest, world.stick).path, hearer)
    return made.sentence


def attached(office: Office, record: str, data: bytes, caption: str = "") -> str:
    saved = office.attachments.add("incident", record, data, name="", caption=caption)
    return str(record_in(office, saved.ids[0], "attachment").values()["digest"])


def totals(office: Office) -> tuple[int, int]:
    with store_of(office).reading() as reader:
        return attachments.totals(reader.connection)


def test_siblings_share_pictures_and_captions_each_once(world: World) -> None:
    record, other = add(world.commune), add(world.commune)
    digest = attached(world.commune, record, cameras.jpeg(), "Toàn cảnh")
    assert attached(world.commune, other, cameras.jpeg()) == digest
    second = second_device(world)
    sentence = share(world, world.commune, second)
    assert sentence.endswith("1 tệp đính kèm.")
    assert second.attachments.content(digest) == world.commune.attachments.content(digest)
    assert totals(second)[0] == 1
    assert [one.values()["caption"] for one in second.attachments.of([record])[record]] == [
        "Toàn cảnh"
    ]
    assert unsound(second) == []
    share(world, second, world.commune)
    assert whole(second) == whole(world.commune)


def test_two_devices_that_attach_apart_hold_both_after_they_met(world: World) -> None:
    record = add(world.commune)
    second = second_device(world)
    share(world, world.commune, second)
    here = attached(world.commune, record, cameras.jpeg())
    there = attached(second, record, cameras.png())
    share(world, second, world.commune)
    share(world, world.commune, second)
    for office in (world.commune, second):
        assert {str(one.values()["digest"]) for one in office.attachments.of([record])[record]} == {
            here,
            there,
        }
        assert office.attachments.content(here)
        assert office.attachments.content(there)
    removed = second.attachments.of([record])[record][0].id
    second.attachments.leave_out(removed)
    share(world, second, world.commune)
    assert len(world.commune.attachments.of([record])[record]) == 1


def test_upward_goes_the_line_without_picture_and_caption(world: World) -> None:
    record = add(world.commune)
    digest = attached(world.commune, record, cameras.jpeg(), "Chú thích chỉ ở đơn vị")
    world.round()
    (held,) = world.receiver.attachments.of([record])[record]
    assert set(held.values()) == {"record", "media", "digest", "size"}
    assert totals(world.receiver) == (0, 0)
    with pytest.raises(UserError) as caught:
        world.receiver.attachments.content(digest)
    assert caught.value.code == "attachment_elsewhere"
    assert unsound(world.receiver) == []


@pytest.mark.parametrize("hostile", ["dirty", "nothing names it"])
def test_a_hostile_sibling_brings_in_nothing_that_would_not_have_been_kept(
    world: World, monkeypatch: pytest.MonkeyPatch, hostile: str
) -> None:
    """A device of the unit that was tampered with seals what our own would never have kept."""
    record = add(world.commune)
    attached(world.commune, record, cameras.png())
    dirty = cameras.jpeg()
    digest = hashlib.sha256(dirty).hexdigest()
    second = second_device(world)

    def tampered(_work: object, _after: int, _wanted: frozenset[str]) -> list[Blob]:
        return [Blob(digest, lambda: [dirty])]

    if hostile == "dirty":
        with store_of(world.commune).writing(OFFICER, "set") as work:
            work.connection.exec_driver_sql(
                "INSERT INTO attachment_content VALUES (?, 'JPEG', ?, ?)",
                (digest, len(dirty), dirty),
            )
        clean = world.commune.attachments.bring(dirty)
        values = {**clean.values(record, 2), "digest": digest}
        world.commune.records.add("attachment", values)
    monkeypatch.setattr(sealing_module, "blobs", tampered)
    share(world, world.commune, second)
    assert totals(second) == (0, 0)
    assert Content(attachments=tampered(None, 0, frozenset())).attachments
    assert "attachments" not in unsound(second)
