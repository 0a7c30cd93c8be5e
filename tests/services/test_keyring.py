"""Keys are changed, revoked, kept safe and brought back; bundles and receipts go on meanwhile."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.services.keyring import Keyring
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from tests.exchange import (
    COMMUNES,
    RECEIVER,
    World,
    add,
    code_of,
    enrol,
    given,
    own_up,
    record_in,
    up,
    whole,
)
from tests.stores import OFFICER, PASSWORD, unsound

PASSPHRASE = "một câu dài để cất giữ"


def _keyring(office: Office) -> Keyring:
    return office.handover.keyring


def _told(world: World, teller: Office, hearer: Office) -> None:
    """Bring the slip of one office to another, which compares the code."""
    slip = teller.handover.devices.write_slip(world.stick)
    hearer.handover.devices.enrol(slip, code_of(teller))


def test_a_changed_key_is_vouched_for_and_old_bundles_stay_readable(world: World) -> None:
    add(world.commune)
    late = world.sent()
    world.merged(late)
    answer_before = world.answered()
    before = world.commune.handover.devices.keys().public.key_id
    _keyring(world.commune).rotate()
    after = world.commune.handover.devices.keys().public
    assert after.key_id != before
    _told(world, world.commune, world.receiver)
    told = world.commune.handover.returning.accept(answer_before)
    assert told.acknowledged == 1
    add(world.commune)
    world.round()
    assert own_up(world.receiver, world.commune) == up(world.commune)
    keys = {one.device.key_id: one for one in world.receiver.handover.devices.known()}
    assert keys[before].reached is not None
    assert keys[after.key_id].reached is None


def test_a_bundle_signed_before_the_change_that_comes_late_is_taken(world: World) -> None:
    record = add(world.commune)
    late = world.sent()
    _keyring(world.commune).rotate()
    _told(world, world.commune, world.receiver)
    world.merged(late)
    assert record_in(world.receiver, record)


def test_a_bundle_signed_with_the_former_key_after_the_change_is_refused(
    world: World, tmp_path: Path
) -> None:
    """A thief of the former key cannot go on counting."""
    world.sent()
    world.close(COMMUNES[0])
    shutil.copytree(world.folder / COMMUNES[0], tmp_path / "copy")
    _keyring(world.commune).rotate()
    _told(world, world.commune, world.receiver)
    world.close(COMMUNES[0])
    shutil.rmtree(world.folder / COMMUNES[0])
    shutil.copytree(tmp_path / "copy", world.folder / COMMUNES[0])
    before = whole(world.receiver)
    add(world.commune)
    taken = given(world, world.sent())
    assert taken.row.shelf == "signer_rotated"
    assert whole(world.receiver) == before


def test_a_new_key_that_nobody_vouched_for_is_refused_while_the_old_one_holds(
    world: World, tmp_path: Path
) -> None:
    old = world.commune.handover.devices.keys()
    _keyring(world.commune).rotate()
    _keyring(world.commune).rotate()  # vouched for by a key that the receiver never saw
    slip = world.commune.handover.devices.write_slip(tmp_path)
    with pytest.raises(UserError) as refused:
        world.receiver.handover.devices.enrol(slip, code_of(world.commune))
    assert refused.value.code == "device_has_key"
    _keyring(world.receiver).revoke(old.public.key_id, "Đổi chìa khóa hai lần")
    world.receiver.handover.devices.enrol(slip, code_of(world.commune))
    add(world.commune)
    world.round()
    assert own_up(world.receiver, world.commune) == up(world.commune)


def test_a_revoked_key_is_refused_and_what_was_merged_stays(world: World) -> None:
    add(world.commune)
    world.merged(world.sent())
    before = whole(world.receiver)
    key = world.commune.handover.devices.keys().public.key_id
    done = _keyring(world.receiver).revoke(key[:8], "Mất máy ngày 20/11/2026")
    assert done.keys == (key,)
    assert done.taken_back == ()
    add(world.commune)
    assert given(world, world.sent()).row.shelf == "signer_revoked"
    assert whole(world.receiver) == before
    with pytest.raises(UserError) as refused:
        _keyring(world.receiver).revoke(key, "Lần nữa")
    assert refused.value.code == "already_revoked"


def test_what_lies_above_the_last_good_number_is_taken_back_in_the_same_step(
    world: World,
) -> None:
    record = add(world.commune)
    world.merged(world.sent())
    good = whole(world.receiver)
    world.commune.records.change("incident", record, {"injuries": 9})
    world.merged(world.sent())
    add(world.commune)
    world.merged(world.sent())
    key = world.commune.handover.devices.keys().public.key_id
    ((writer, number),) = _keyring(world.receiver).numbers_of(key).items()
    assert number == 3
    done = _keyring(world.receiver).revoke(key, "Máy bị lấy cắp", {writer: 1})
    assert len(done.taken_back) == 2
    assert whole(world.receiver) == good
    assert unsound(world.receiver) == []


def test_every_key_that_a_revoked_one_vouched_for_falls_with_it(world: World) -> None:
    key = world.commune.handover.devices.keys().public.key_id
    _keyring(world.commune).rotate()
    _told(world, world.commune, world.receiver)
    done = _keyring(world.receiver).revoke(key, "Lộ mật khẩu")
    assert len(done.keys) == 2
    add(world.commune)
    assert given(world, world.sent()).row.shelf == "signer_revoked"
    _keyring(world.commune).rotate()
    slip = world.commune.handover.devices.write_slip(world.stick)
    with pytest.raises(UserError) as refused:
        world.receiver.handover.devices.enrol(slip, code_of(world.commune))
    assert refused.value.code == "vouched_by_revoked"


def test_a_bundle_under_a_revoked_key_is_let_in_by_number_and_identity_from_paper(
    world: World,
) -> None:
    record = add(world.commune)
    path = world.sent()
    made = world.commune.handover.registers.sent()[0]
    key = world.commune.handover.devices.keys().public.key_id
    _keyring(world.receiver).revoke(key, "Mất máy")
    taking = world.receiver.handover.taking
    taken = taking.take(path)
    for number, identity in ((2, made.digest), (1, "0" * 64), (1, made.digest[:15])):
        with pytest.raises(UserError) as refused:
            taking.admitting.admit(taken.row.sha256, number, identity)
        assert refused.value.code == "not_as_on_paper"
    taking.admitting.admit(taken.row.sha256, 1, made.digest[:16])
    again = taking.staged(taken.row.sha256)
    assert again.mergeable
    taking.merge(taking.preview(again))
    assert record_in(world.receiver, record)
    assert given(world, world.sent()).row.shelf == "signer_revoked"


def test_revocations_travel_down_and_the_key_leaves_every_list_of_recipients(
    world: World,
) -> None:
    first = world.commune
    second = world.offices("2").make(
        world.folder / "2", NewProfile("commune", COMMUNES[0], OFFICER, PASSWORD)
    )
    world.opened["2"] = second
    enrol(second, first, world.stick)
    enrol(second, world.receiver, world.stick)
    add(first)
    world.merged(world.sent())
    lost = second.handover.devices.keys().public.key_id
    _keyring(world.receiver).revoke(lost, "Mất máy thứ hai")
    told = first.handover.returning.accept(world.answered())
    assert "1 chìa khóa đã bị thu hồi" in told.sentence
    assert {one.device.key_id for one in first.handover.devices.known() if one.revoked} == {lost}
    with pytest.raises(UserError) as refused:
        first.handover.sealing.seal_siblings()
    assert refused.value.code == "no_sibling"


def test_a_later_device_of_the_receiver_comes_in_its_return_bundle(world: World) -> None:
    other = world.offices("r2").make(
        world.folder / "r2", NewProfile("receiver", RECEIVER, OFFICER, PASSWORD)
    )
    world.opened["r2"] = other
    enrol(other, world.receiver, world.stick)
    add(world.commune)
    world.merged(world.sent())
    told = world.commune.handover.returning.accept(world.answered())
    assert "Nhận thêm 1 máy của đơn vị tổng hợp." in told.sentence
    _told(world, world.commune, other)
    add(world.commune)
    assert other.handover.taking.take(world.sent()).mergeable


def test_a_key_backup_brings_the_same_key_back_into_an_empty_store(
    world: World, tmp_path: Path
) -> None:
    add(world.receiver)
    path = _keyring(world.receiver).back_up(tmp_path, PASSPHRASE)
    assert PASSPHRASE.encode() not in path.read_bytes()
    keys = world.receiver.handover.devices.keys()
    bundle = world.sent()
    world.close(RECEIVER)
    shutil.rmtree(world.folder / RECEIVER)
    fresh = world.offices(RECEIVER).make(
        world.folder / RECEIVER, NewProfile("receiver", RECEIVER, OFFICER, PASSWORD)
    )
    world.opened[RECEIVER] = fresh
    with pytest.raises(UserError) as refused:
        _keyring(fresh).restore(path, "một câu khác hẳn")
    assert refused.value.code == "key_backup_closed"
    _keyring(fresh).restore(path, PASSPHRASE)
    assert fresh.handover.devices.keys().public == keys.public
    _told(world, world.commune, fresh)
    world.merged(bundle)
    assert own_up(fresh, world.commune) == up(world.commune)
    with pytest.raises(UserError) as refused:
        _keyring(world.commune).restore(path, PASSPHRASE)
    assert refused.value.code == "keys_of_another_unit"


def test_the_key_backup_opens_a_bundle_without_the_program(world: World, tmp_path: Path) -> None:
    """What `age -d` makes of the backup is an identity file that `age -i` takes."""
    from antq_desktop.bundle.envelope import unlocked

    path = _keyring(world.receiver).back_up(tmp_path, PASSPHRASE)
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    identity = tmp_path / "khoa.txt"
    identity.write_bytes(unlocked(path.read_bytes(), PASSPHRASE))
    out = tmp_path / "goi.zip"
    subprocess.run(
        ["age", "-d", "-i", str(identity), "-o", str(out), str(world.sent())],
        check=True,
        capture_output=True,
    )
    assert out.read_bytes().startswith(b"PK")


def test_two_of_three_printed_sheets_bring_the_same_key_back(world: World) -> None:
    keys = world.receiver.handover.devices.keys()
    sheets = _keyring(world.receiver).split()
    assert [sheet.place for sheet in sheets] == [1, 2, 3]
    assert all(sheet.code == code_of(world.receiver) for sheet in sheets)
    typed = [" ".join(sheet.groups) for sheet in sheets]
    world.close(RECEIVER)
    shutil.rmtree(world.folder / RECEIVER)
    fresh = world.offices(RECEIVER).make(
        world.folder / RECEIVER, NewProfile("receiver", RECEIVER, OFFICER, PASSWORD)
    )
    world.opened[RECEIVER] = fresh
    with pytest.raises(UserError) as refused:
        _keyring(fresh).join([typed[0]], "Máy 01")
    assert refused.value.code == "shares_needed"
    _keyring(fresh).join([typed[2], typed[0]], sheets[0].label)
    assert fresh.handover.devices.keys().public == keys.public
    assert fresh.handover.devices.keys().age_identity == keys.age_identity
