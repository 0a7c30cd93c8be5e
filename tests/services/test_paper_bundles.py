"""Zero reports and receipts on paper: printed, scanned poorly, read, and through the same gate."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
import segno
from PIL import Image
from PySide6.QtWidgets import QApplication

from antq_desktop.bundle import envelope
from antq_desktop.bundle.keys import Enrolled
from antq_desktop.bundle.paper import shorten
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.gate import Verdict
from antq_desktop.domain.paper_pieces import CODE_BYTES, MOST_CODES, cut
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.zero_reports import REPORTED
from antq_desktop.optical.reading import codes_on
from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.services.taking import Taken
from tests.exchange import COMMUNES, World, add, code_of, forged, own_up, up
from tests.scanning import as_file, degraded, pages_of
from tests.stores import OFFICER, PASSWORD, unsound


@pytest.fixture
def declared(world: World, qapp: QApplication) -> World:
    """Return a world whose commune has said of October that nothing happened."""
    del qapp  # pages are turned into pictures by Qt
    add(world.commune, occurred_on="2026-09-12")
    world.commune.oversight.zero_reports.declare(REPORTED, calendar_period("2026-10"))
    return world


def printed(office: Office) -> list[Image.Image]:
    made = office.handover.paper.seal_zero_reports()
    return list(pages_of(office.handover.paper.paper(made.row.digest)))


def taken_from(office: Office, pages: list[Image.Image]) -> Taken:
    read = office.handover.paper.read(as_file(page) for page in pages)
    assert read.complete
    [path] = read.bundles
    return office.handover.taking.take(path)


def merge(office: Office, taken: Taken) -> None:
    office.handover.taking.merge(office.handover.taking.preview(taken))


def test_zero_reports_go_up_on_one_sheet_that_was_scanned_poorly(declared: World) -> None:
    pages = printed(declared.commune)
    assert len(pages) == 1
    codes = codes_on(as_file(pages[0]))
    assert 0 < len(codes) <= MOST_CODES
    assert max(map(len, codes)) <= CODE_BYTES
    taken = taken_from(declared.receiver, [degraded(pages[0])])
    assert taken.verdict is Verdict.VALID
    merge(declared.receiver, taken)
    said = [line for line in own_up(declared.receiver, declared.commune) if b"zero_report" in line]
    assert len(said) == len(REPORTED)
    assert unsound(declared.receiver) == []


def answered(world: World) -> list[Image.Image]:
    """Return the receiver's receipt as it is scanned at the commune."""
    paper = world.receiver.handover.paper
    made = paper.seal_receipt(world.commune.handover.devices.own_unit())
    return [degraded(page) for page in pages_of(paper.paper(made.row.digest))]


def accept(world: World, pages: list[Image.Image]) -> int:
    read = world.commune.handover.paper.read(as_file(page) for page in pages)
    [path] = read.answers
    return world.commune.handover.returning.accept(path).acknowledged


def states(world: World) -> dict[int, DeliveryState]:
    return {line.number: line.state for line in world.commune.handover.deliveries.register()}


def test_the_receipt_comes_back_on_paper_and_moves_the_register(declared: World) -> None:
    merge(declared.receiver, taken_from(declared.receiver, printed(declared.commune)))
    assert states(declared) == {1: DeliveryState.WAITING}
    assert accept(declared, answered(declared)) == 1
    assert states(declared) == {1: DeliveryState.ACKNOWLEDGED}


def test_what_did_not_go_on_paper_goes_with_the_next_stick(declared: World) -> None:
    waiting = declared.commune.handover.sealing.waiting()
    merge(declared.receiver, taken_from(declared.receiver, printed(declared.commune)))
    accept(declared, answered(declared))
    assert declared.commune.handover.sealing.waiting() == waiting
    declared.round()
    assert own_up(declared.receiver, declared.commune) == up(declared.commune)
    assert states(declared) == dict.fromkeys((1, 2), DeliveryState.ACKNOWLEDGED)
    assert declared.commune.handover.sealing.waiting() == 0


def test_a_bundle_lost_before_the_paper_is_not_taken_for_delivered(declared: World) -> None:
    declared.sent()  # the stick is lost
    merge(declared.receiver, taken_from(declared.receiver, printed(declared.commune)))
    accept(declared, answered(declared))
    assert states(declared) == {1: DeliveryState.WAITING, 2: DeliveryState.ACKNOWLEDGED}
    declared.round()
    assert own_up(declared.receiver, declared.commune) == up(declared.commune)
    assert states(declared)[1] is DeliveryState.ACKNOWLEDGED


def test_a_receipt_on_paper_takes_no_older_receipt_back(declared: World) -> None:
    declared.round()
    declared.commune.oversight.zero_reports.declare(["tip"], calendar_period("2026-08"))
    merge(declared.receiver, taken_from(declared.receiver, printed(declared.commune)))
    accept(declared, answered(declared))
    assert states(declared) == dict.fromkeys((1, 2), DeliveryState.ACKNOWLEDGED)


def test_a_receipt_on_paper_holds_back_nothing_of_what_goes_down(declared: World) -> None:
    one = add(declared.commune)
    declared.merged(declared.sent())
    declared.receiver.oversight.requests.ask("incident", one, "title", {"title": "Xem lại tên"})
    declared.commune.oversight.zero_reports.declare(["tip"], calendar_period("2026-08"))
    merge(declared.receiver, taken_from(declared.receiver, printed(declared.commune)))
    accept(declared, answered(declared))
    declared.merged(declared.sent())
    assert "request" in declared.receiver.handover.returning.going_down(declared.commune.unit)


def test_a_sheet_read_again_changes_nothing_and_is_kept_once(declared: World) -> None:
    pages = printed(declared.commune)
    merge(declared.receiver, taken_from(declared.receiver, pages))
    before = up(declared.receiver), declared.receiver.handover.arrivals.arrived()
    for again in (pages, [degraded(pages[0], turned=-3)]):
        taken = taken_from(declared.receiver, again)
        assert taken.already_merged
        merge(declared.receiver, taken)
    assert (up(declared.receiver), declared.receiver.handover.arrivals.arrived()) == before


def test_one_bundle_by_stick_and_on_paper_counts_once(declared: World) -> None:
    made = declared.commune.handover.paper.seal_zero_reports()
    carried = declared.commune.handover.sealing.carry(made.row.digest, declared.stick)
    declared.merged(carried.path)
    [page] = pages_of(declared.commune.handover.paper.paper(made.row.digest))
    taken = taken_from(declared.receiver, [page])
    assert taken.already_merged
    assert taken.row.digest == made.row.digest


def sheet(office: Office, path: Path, *to: Enrolled) -> list[bytes]:
    """Return any sealed bundle as the pictures of its codes."""
    devices = office.handover.devices
    short = shorten(
        path,
        keys=devices.keys(),
        recipients=to or devices.of_unit(devices.addressee().id),
        scratch=path.parent,
    )
    assert short is not None
    return [picture(code) for code in cut(short)]


def picture(code: bytes) -> bytes:
    out = io.BytesIO()
    segno.make(code, error="m", mode="byte", micro=False).save(out, kind="png", scale=3, border=4)
    return out.getvalue()


UNKNOWN_KIND = {"mystery": [b'{"id":"00000000000000000000000000000001"}']}


@pytest.mark.parametrize(
    ("lines", "lies", "verdict", "code"),
    [
        ({}, {}, Verdict.VALID, ""),
        ({}, {"clock_warnings": ("clock_back",)}, Verdict.WARNINGS, "clock_warning"),
        (UNKNOWN_KIND, {}, Verdict.RESTRICTED, "kind_unknown"),
        ({}, {"sample": True}, Verdict.INVALID, "sample_refused"),
        ({}, {"counter": 2**40}, Verdict.INVALID, "counter_absurd"),
    ],
)
def test_the_gate_says_of_paper_what_it_says_of_a_file(
    world: World,
    lines: dict[str, list[bytes]],
    lies: dict[str, object],
    verdict: Verdict,
    code: str,
) -> None:
    path = forged(world, world.commune, lines, **lies)
    [read] = world.receiver.handover.paper.read(sheet(world.commune, path)).bundles
    taken = world.receiver.handover.taking.take(read)
    beside = world.receiver.handover.taking.take(path)
    assert (taken.verdict, beside.verdict) == (verdict, verdict)
    assert [fault.code for fault in taken.faults] == [fault.code for fault in beside.faults]
    assert code in {"", *(fault.code for fault in taken.faults)}


def test_a_sheet_of_an_unknown_device_waits_until_it_is_enrolled(world: World) -> None:
    new = NewProfile("commune", "11407", OFFICER, PASSWORD)
    stranger = world.offices("stranger").make(world.folder / "stranger", new)
    world.opened["stranger"] = stranger
    slip = world.receiver.handover.devices.write_slip(world.stick)
    stranger.handover.devices.enrol(slip, code_of(world.receiver))
    pictures = sheet(stranger, forged(world, stranger, {}))
    [read] = world.receiver.handover.paper.read(pictures).bundles
    assert world.receiver.handover.taking.take(read).verdict is Verdict.UNKNOWN_SIGNER


def test_a_sheet_for_another_unit_is_set_aside(world: World) -> None:
    pictures = sheet(world.commune, forged(world, world.commune, {}))
    other = world.office(COMMUNES[1])
    before = up(other)
    [read] = other.handover.paper.read(pictures).bundles
    taken = other.handover.taking.take(read)
    assert (taken.verdict, taken.row.shelf) == (Verdict.INVALID, "not_for_us")
    assert up(other) == before


def test_what_decrypts_and_is_no_short_bundle_is_set_aside(world: World) -> None:
    for text in (b"", b"PK", b"\x01", b"\x01" + zlib.compress(b"x" * 1_000_000)):
        out = io.BytesIO()
        keys = world.receiver.handover.devices.keys()
        envelope.encrypt(io.BytesIO(text), out, [keys.public.age_recipient])
        pictures = [picture(code) for code in cut(out.getvalue())]
        [read] = world.receiver.handover.paper.read(pictures * 2).bundles
        assert world.receiver.handover.taking.take(read).verdict is Verdict.INVALID


def test_codes_of_two_sheets_may_be_mixed_and_a_missing_one_is_named(world: World) -> None:
    long = {"mystery": [b'{"id":"%032x"}' % number for number in range(0, 10**6, 997)][:180]}
    one = sheet(world.commune, forged(world, world.commune, long, number=1))
    other = sheet(world.commune, forged(world, world.commune, {}, number=2))
    assert len(one) > 1
    paper = world.receiver.handover.paper
    read = paper.read([other[-1], *reversed(one), *other[:-1], one[0]])
    assert len(read.bundles) == 2
    with pytest.raises(UserError) as refused:
        paper.read(one[1:])
    assert refused.value.code == "codes_missing"
    assert refused.value.message.startswith(f"Còn thiếu mã 1 trong {len(one)} mã")
    partly = paper.read([*other, one[0]])
    assert (len(partly.bundles), partly.complete) == (1, False)


def test_a_page_without_our_codes_is_told(world: World) -> None:
    for pictures in ([], [picture(b"https://")], [as_file(Image.new("L", (400, 400), 255))]):
        with pytest.raises(UserError) as refused:
            world.receiver.handover.paper.read(pictures)
        assert refused.value.code == "no_codes"


def test_a_bundle_that_does_not_fit_is_told_and_goes_by_stick(world: World) -> None:
    for _ in range(120):
        add(world.commune)
    row = world.commune.handover.sealing.seal_up().row
    with pytest.raises(UserError) as refused:
        world.commune.handover.paper.paper(row.digest)
    assert refused.value.code == "too_big_for_paper"
    world.merged(world.sent())
    with pytest.raises(UserError) as refused:
        world.receiver.handover.paper.seal_receipt(world.commune.handover.devices.own_unit())
    assert refused.value.code == "too_big_for_paper"
    assert world.receiver.handover.sealing.register() == []


def test_more_zero_reports_than_fit_leave_the_older_ones_for_the_stick(declared: World) -> None:
    months = ["2026-08", *(f"2025-{month:02d}" for month in range(1, 13))]
    for month in months:
        declared.commune.oversight.zero_reports.declare(REPORTED, calendar_period(month))
    made = declared.commune.handover.paper.seal_zero_reports()
    assert len(REPORTED) <= made.row.records < len(REPORTED) * (len(months) + 1)
    assert "gửi bằng USB" in made.sentence
    [page] = pages_of(declared.commune.handover.paper.paper(made.row.digest))
    merge(declared.receiver, taken_from(declared.receiver, [page]))
    said = own_up(declared.receiver, declared.commune)
    assert sum(b'"period":"2026-10"' in line for line in said) == len(REPORTED)


def test_nothing_to_say_takes_no_number(world: World) -> None:
    with pytest.raises(UserError) as refused:
        world.commune.handover.paper.seal_zero_reports()
    assert refused.value.code == "nothing_for_paper"
    assert world.commune.handover.sealing.register() == []


def test_nothing_on_the_sheet_is_readable_without_the_key(declared: World) -> None:
    made = declared.commune.handover.paper.seal_zero_reports()
    [page] = pages_of(declared.commune.handover.paper.paper(made.row.digest))
    data = b"".join(codes_on(as_file(page)))
    for word in (b"zero_report", b"11074@", b"ANTQ_LEN", "Nguyễn".encode()):
        assert word not in data
