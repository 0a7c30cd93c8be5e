"""Whatever is wrong with what comes: one code, one sentence, nothing changed, file set aside."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from antq_desktop.bundle.carrying import carry
from antq_desktop.bundle.keys import Enrolled
from antq_desktop.bundle.writing import Content, seal
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.exchange import Party, Place
from antq_desktop.domain.gate import Verdict
from antq_desktop.files import FileCalls
from antq_desktop.services.profiles import NewProfile
from antq_desktop.storage.exchange import MERGED, QUARANTINED, STAGED
from tests.exchange import (
    COMMUNES,
    World,
    add,
    code_of,
    forged,
    given,
    header_of,
    own_up,
    up,
    whole,
)
from tests.stores import OFFICER, PASSWORD


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _altered(data: bytes) -> bytes:
    middle = len(data) - 100
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "truncated": (_cut, "damaged"),
    "altered": (_altered, "damaged"),
    "doubled": (lambda data: data + data, "damaged"),
    "empty": (lambda _data: b"", "file_empty"),
    "zeros": (lambda data: bytes(len(data)), "not_a_bundle"),
    "foreign": (lambda _data: b"PK\x03\x04 not ours at all", "not_a_bundle"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_set_aside_under_its_fault(world: World, what: str) -> None:
    change, code = BROKEN[what]
    add(world.commune)
    path = world.sent()
    path.write_bytes(change(path.read_bytes()))
    _is_set_aside(world, path, code, Verdict.INVALID)


def _is_set_aside(world: World, path: Path, code: str, verdict: Verdict) -> None:
    receiver = world.receiver
    before = whole(receiver)
    taken = receiver.handover.taking.take(path)
    assert (taken.verdict, taken.row.shelf, taken.row.state) == (verdict, code, QUARANTINED)
    sentence = next(fault.message for fault in taken.faults if fault.code == code)
    assert sentence.endswith(".")
    assert "{" not in sentence
    with pytest.raises(UserError) as refused:
        receiver.handover.taking.preview(taken)
    assert refused.value.code == "not_mergeable"
    assert whole(receiver) == before
    kept = receiver.handover.taking.folder / f"{taken.row.sha256}.antq"
    assert kept.read_bytes() == path.read_bytes()
    lines = receiver.handover.registers.received()
    line = next(found for found in lines if found.sha256 == taken.row.sha256)
    assert (line.shelf, line.faults[0]) == (code, sentence)


def test_a_bundle_for_another_unit_is_set_aside(world: World) -> None:
    """Encrypted for this device, and yet addressed to another unit."""
    wrong = Party("32@2025-07-01", "32", "Đơn vị khác")
    header = header_of(world.commune)
    devices = world.commune.handover.devices

    pretended = replace(devices.of_unit(header.receiver.id)[0].device, unit=wrong)
    path = seal(
        world.stick,
        replace(header, receiver=wrong),
        Content(),
        keys=devices.keys(),
        recipients=[Enrolled(pretended, frozenset())],
        scratch=world.folder,
    ).path
    _is_set_aside(world, path, "addressee_wrong", Verdict.INVALID)


def test_a_bundle_that_another_device_should_open_is_set_aside(world: World) -> None:
    path = world.sent(world.office(COMMUNES[1]))
    commune = world.office(COMMUNES[2])
    before = whole(commune)
    taken = commune.handover.taking.take(path)
    assert taken.row.shelf == "not_for_us"
    assert whole(commune) == before


def test_a_bundle_of_a_sample_store_does_not_enter_a_real_one(world: World) -> None:
    path = forged(world, world.commune, {}, sample=True)
    _is_set_aside(world, path, "sample_refused", Verdict.INVALID)


def test_an_unknown_signer_waits_and_is_looked_at_again_when_enrolled(world: World) -> None:
    stranger = world.offices("stranger").make(
        world.folder / "stranger", NewProfile("commune", "11407", OFFICER, PASSWORD)
    )
    world.opened["stranger"] = stranger
    receiver = world.receiver
    slip = receiver.handover.devices.write_slip(world.stick)
    stranger.handover.devices.enrol(slip, code_of(receiver))
    add(stranger)
    path = world.sent(stranger)
    _is_set_aside(world, path, "signer_unknown", Verdict.UNKNOWN_SIGNER)
    assert receiver.handover.taking.look_again() == []

    own = stranger.handover.devices.write_slip(world.stick)
    receiver.handover.devices.enrol(own, code_of(stranger))
    row = receiver.handover.taking.received()[0]
    assert (row.state, row.shelf, row.sender) == (STAGED, "", stranger.unit)
    taken = receiver.handover.taking.staged(row.sha256)
    receiver.handover.taking.merge(receiver.handover.taking.preview(taken))
    assert own_up(receiver, stranger) == up(stranger)


def test_a_slip_with_another_code_is_refused_and_the_group_is_named(world: World) -> None:
    stranger = world.offices("stranger").make(
        world.folder / "stranger", NewProfile("commune", "11407", OFFICER, PASSWORD)
    )
    world.opened["stranger"] = stranger
    slip = stranger.handover.devices.write_slip(world.stick)
    groups = code_of(stranger).split()
    groups[2] = "00000" if groups[2] != "00000" else "11111"
    with pytest.raises(UserError) as refused:
        world.receiver.handover.devices.enrol(slip, " ".join(groups))
    assert refused.value.code == "fingerprint_differs"
    assert "nhóm số 3" in refused.value.message


def test_what_a_power_cut_left_without_a_line_is_taken_up(world: World) -> None:
    add(world.commune)
    path = world.sent()
    taking = world.receiver.handover.taking

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (taking.folder / f"{digest}.antq").write_bytes(path.read_bytes())
    found = taking.look_again()
    assert [(taken.row.sha256, taken.row.state) for taken in found] == [(digest, STAGED)]
    assert taking.look_again() == []


def test_leftovers_of_interrupted_writings_are_gone_after_the_next_start(world: World) -> None:
    office = world.commune
    office.handover.sealing.seal_up()
    folder = office.handover.sealing.folder
    world.close(COMMUNES[0])
    left = folder / "~ANTQ_0123ABCD.TMP"
    foreign = folder / "ghi-chu.txt"
    left.write_bytes(b"half")
    foreign.write_bytes(b"not ours")
    world.commune.handover.registers.sent()
    assert not left.exists()
    assert foreign.exists()


def test_a_seal_that_a_power_cut_ended_before_its_line_is_made_anew(world: World) -> None:
    sealing = world.commune.handover.sealing
    made = sealing.seal_up()
    beyond = made.row.file.replace("000001", "000002")
    (sealing.folder / beyond).write_bytes(b"left without a line in the register")
    again = sealing.seal_up()
    assert again.row.file == beyond
    assert given(world, sealing.folder / beyond).verdict is Verdict.VALID


def test_a_copy_that_rotted_on_the_shelf_is_replaced_by_the_stick(world: World) -> None:
    path = world.sent()
    taken = given(world, path)
    kept = world.receiver.handover.taking.folder / f"{taken.row.sha256}.antq"
    kept.write_bytes(b"rotten")
    assert given(world, path).verdict is Verdict.VALID
    assert kept.read_bytes() == path.read_bytes()


def test_a_pipe_a_folder_and_a_missing_file_are_refused_and_not_copied(world: World) -> None:
    pipe = world.stick / "goi.antq"
    os.mkfifo(pipe)
    for path in (pipe, world.stick):
        with pytest.raises(UserError) as refused:
            given(world, path)
        assert refused.value.code == "not_a_bundle"
    with pytest.raises(EnvironmentFault) as gone:
        given(world, world.stick / "khong-co.antq")
    assert gone.value.code == "not_found"
    assert not list(world.receiver.handover.taking.folder.iterdir())


def test_a_file_beyond_two_gigabytes_is_refused_and_not_copied(world: World) -> None:
    path = world.stick / "lon.antq"
    with path.open("wb") as file:
        file.truncate(2**31)
    with pytest.raises(UserError) as refused:
        given(world, path)
    assert refused.value.code == "file_too_big"
    assert not list(world.receiver.handover.taking.folder.iterdir())


def test_a_return_bundle_is_not_taken_for_a_bundle_and_the_other_way_round(world: World) -> None:
    path = world.sent()
    world.merged(path)
    answer = world.answered()
    with pytest.raises(UserError) as refused:
        world.commune.handover.taking.take(answer)
    assert refused.value.code == "is_an_answer"
    other = world.office(COMMUNES[1])
    with pytest.raises(UserError) as foreign:
        other.handover.returning.accept(answer)
    assert foreign.value.code == "not_for_us"
    with pytest.raises(UserError) as wrong:
        world.receiver.handover.returning.accept(path)
    assert wrong.value.code == "not_an_answer"
    assert world.receiver.handover.taking.received()[0].state == MERGED


def test_a_broken_return_bundle_moves_nothing(world: World) -> None:
    world.merged(world.sent())
    answer = world.answered()
    answer.write_bytes(_cut(answer.read_bytes()))
    returning = world.commune.handover.returning
    states = [line.state for line in world.commune.handover.registers.sent()]
    with pytest.raises(UserError) as refused:
        returning.accept(answer)
    assert refused.value.code == "damaged"
    assert [line.state for line in world.commune.handover.registers.sent()] == states
    assert world.commune.handover.sealing.waiting() == 1


class _Refusing(FileCalls):
    def __init__(self, number: int) -> None:
        self._number = number

    def create(self, path: Path) -> int:  # noqa: ARG002 - as the call is made
        raise OSError(self._number, os.strerror(self._number))

    def free_space(self, folder: Path) -> int:
        return 0 if self._number == errno.ENOSPC else super().free_space(folder)


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EROFS, "read_only")]
)
def test_a_stick_that_takes_nothing_leaves_register_and_bundles_as_they_were(
    world: World, number: int, code: str
) -> None:
    first = world.sent()
    held = first.read_bytes()
    sealing = world.commune.handover.sealing
    made = sealing.seal_up()
    with pytest.raises(EnvironmentFault) as denied:
        carry(
            sealing.folder / made.row.file,
            world.stick,
            expected_sha256=made.row.sha256,
            calls=_Refusing(number),
        )
    assert denied.value.code == code
    assert denied.value.message.endswith(".")
    assert first.read_bytes() == held
    assert [path.name for path in world.stick.iterdir()] == [first.name]
    assert sealing.row(made.row.digest).state == "sealed"


def test_a_stick_that_may_not_be_written_leaves_the_line_sealed(world: World) -> None:
    sealing = world.commune.handover.sealing
    made = sealing.seal_up()
    gone = world.folder / "usb-da-rut"
    with pytest.raises(EnvironmentFault) as denied:
        sealing.carry(made.row.digest, gone)
    assert denied.value.code == "not_found"
    assert sealing.row(made.row.digest).state == "sealed"


def test_a_fork_keeps_the_first_and_lets_the_others_wait(world: World) -> None:
    world.merged(forged(world, world.commune, {}, number=3))
    before = whole(world.receiver)
    other = forged(world, world.commune, {}, number=3, spoken="99999999")
    _is_set_aside(world, other, "fork_number", Verdict.INVALID)
    later = forged(world, world.commune, {}, number=4)
    _is_set_aside(world, later, "fork_waiting", Verdict.INVALID)
    earlier = forged(world, world.commune, {}, number=2)
    assert given(world, earlier).verdict is Verdict.VALID
    lying = Place(3, "ab" * 32)
    citing = forged(world, world.office(COMMUNES[1]), {}, number=4, previous=lying)
    assert given(world, citing).verdict is Verdict.VALID
    assert whole(world.receiver) == before


def test_nobody_takes_the_numbers_of_another_unit_away(world: World) -> None:
    """The writer stands in the name of the file, so anybody who sees a stick knows it."""
    add(world.commune)
    honest = world.sent()
    row = world.commune.handover.sealing.register()[0]
    squatter = world.office(COMMUNES[1])
    for number in (row.number, row.number + 1):
        world.merged(forged(world, squatter, {}, writer=row.writer, number=number))
    taken = given(world, honest)
    assert taken.verdict is Verdict.VALID
    world.merged(honest)
    assert own_up(world.receiver, world.commune) == up(world.commune)


def test_who_claims_to_be_another_unit_is_answered_under_its_own_name(world: World) -> None:
    liar, victim = world.office(COMMUNES[1]), world.commune
    unit = victim.handover.devices.own_unit()
    path = forged(world, liar, {}, sender=unit)
    taken = given(world, path)
    assert taken.row.shelf == "sender_mismatch"
    assert taken.row.sender == liar.unit
    returning = world.receiver.handover.returning
    assert returning.answer_for(unit.id).receipts == ()
    told = returning.answer_for(liar.unit).receipts
    assert [receipt.codes for receipt in told] == [("sender_mismatch",)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"counter": 2**52}, "counter_absurd"),
        ({"number": 100_001}, "number_absurd"),
    ],
)
def test_absurd_numbers_are_set_aside(world: World, changes: dict[str, int], code: str) -> None:
    path = forged(world, world.commune, {}, **changes)
    _is_set_aside(world, path, code, Verdict.INVALID)


def test_a_revoked_device_is_refused_even_between_preview_and_merge(world: World) -> None:
    add(world.commune)
    path = world.sent()
    taking = world.receiver.handover.taking
    preview = taking.preview(taking.take(path))
    store = world.receiver._store
    with store.writing(OFFICER, "enrol") as work:
        work.connection.exec_driver_sql("UPDATE device SET revoked = '2026-11-21T08:05:30'")
    before = whole(world.receiver)
    with pytest.raises(UserError) as refused:
        taking.merge(preview)
    assert refused.value.code == "signer_revoked"
    assert whole(world.receiver) == before
    assert taking.received()[0].shelf == "signer_revoked"


def test_the_register_of_the_receiver_names_reason_and_next_step(world: World) -> None:
    path = world.sent()
    path.write_bytes(_cut(path.read_bytes()))
    taken = given(world, path)
    (line,) = world.receiver.handover.registers.received()
    assert line.state_label == "trong ngăn chờ xử lý"
    assert line.faults == (
        "Gói bị hỏng, bị cắt bớt hoặc bị sửa sau khi lập."
        " Đề nghị đơn vị gửi ghi lại gói này ra USB.",
    )
    assert json.loads(taken.row.faults)[0][0] == "damaged"
