"""*Giao nhận* at the commune: what waits, writing it out, the register, the receipt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from antq_desktop.domain.answers import Outcome, Receipt
from antq_desktop.domain.exchange import WriterPlace
from antq_desktop.domain.gate import Verdict
from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.ui.theme import Theme
from tests.exchange import COMMUNES, World, add
from tests.ui.handover_seat import Seat, Sit, seating


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


@pytest.fixture
def seat(world: World, sit: Sit) -> Seat:
    add(world.commune)
    return sit(world.commune)


def states(seat: Seat) -> list[DeliveryState]:
    return [line.state for line in seat.office.handover.deliveries.register()]


def test_without_a_stick_the_path_says_what_to_do_and_takes_a_folder(
    seat: Seat, tmp_path: Path
) -> None:
    waiting = seat.page.send.waiting
    assert waiting.place.list.currentText() == "Chưa thấy USB. Cắm USB hoặc chọn thư mục."
    assert not waiting.seal.isEnabled()
    folder = tmp_path / "chung"
    folder.mkdir()
    seat.asker.files = [folder]
    seat.click(waiting.place.other)
    seat.click(waiting.seal)
    assert waiting.told.tone == "done"
    assert [path.suffix for path in folder.iterdir()] == [".antq"]
    assert seat.last == "Đã ghi xong và đối chiếu. Có thể rút USB."


def test_a_stick_is_seen_when_it_is_plugged_and_when_it_is_pulled(seat: Seat, world: World) -> None:
    waiting = seat.page.send.waiting
    seat.plug(world.stick)
    assert waiting.place.list.currentText().startswith("USB MẪU · còn ")
    assert waiting.seal.isEnabled()
    seat.plug(None)
    assert not waiting.seal.isEnabled()


def test_a_stick_pulled_while_writing_leaves_the_bundle_ready_to_be_written_again(
    seat: Seat, world: World, tmp_path: Path
) -> None:
    pulled = tmp_path / "pulled"
    pulled.mkdir()
    seat.plug(pulled)
    pulled.rmdir()
    seat.click(seat.page.send.waiting.seal)
    told = seat.page.send.waiting.told
    assert told.tone == "fault"
    assert "Gói số 1 đã lập và còn trong máy; ghi lại từ sổ giao nhận." in told.text()
    assert states(seat) == [DeliveryState.SEALED]
    seat.plug(world.stick)
    seat.turn_to(seat.page.register)
    details = seat.page.register.details
    assert details.state.text() == "đã lập, chưa ghi ra USB"
    seat.strike(details.again)
    assert details.told.text() == "Đã ghi xong và đối chiếu. Có thể rút USB."
    assert states(seat) == [DeliveryState.WAITING]


def test_writing_again_gives_the_very_same_file(seat: Seat, world: World, tmp_path: Path) -> None:
    seat.plug(world.stick)
    seat.click(seat.page.send.waiting.seal)
    seat.turn_to(seat.page.register)
    other = tmp_path / "other"
    other.mkdir()
    seat.page.register.details.place.choose(other)
    seat.click(seat.page.register.details.again)
    first, second = next(world.stick.iterdir()), next(other.iterdir())
    assert (first.name, first.read_bytes()) == (second.name, second.read_bytes())
    assert len(states(seat)) == 1


def test_waiting_stays_calm_for_45_days(seat: Seat, world: World) -> None:
    seat.plug(world.stick)
    seat.click(seat.page.send.waiting.seal)
    world.clock.advance(days=45)
    assert states(seat) == [DeliveryState.WAITING]
    world.clock.advance(days=1)
    assert states(seat) == [DeliveryState.OVERDUE]
    seat.turn_to(seat.page.register)
    assert seat.page.register.summary.text() == "1 gói · 1 gói quá hạn xác nhận"
    assert seat.page.register.details.state.text() == "quá 45 ngày chưa có xác nhận"


def test_a_receipt_dropped_on_its_place_is_taken_in(seat: Seat, world: World) -> None:
    world.merged(world.sent())
    seat.drop(seat.page.send.receipt, world.answered())
    told = seat.page.send.receipt.told
    assert told.text() == "Thành phố Hải Phòng xác nhận: 1 gói đã được nhận."
    assert states(seat) == [DeliveryState.ACKNOWLEDGED]


def test_only_the_return_bundle_of_this_unit_is_taken_from_a_stick(
    seat: Seat, world: World
) -> None:
    other = world.office(COMMUNES[1])
    world.merged(world.sent(other))
    theirs = world.answered(other)
    seat.plug(world.stick)
    receipt = seat.page.send.receipt
    assert not receipt.stick.isVisible()
    assert receipt.plugged.text() == "Trên USB có 1 gói trả về của đơn vị khác, để nguyên."
    seat.drop(receipt, theirs)
    assert receipt.told.tone == "fault"
    assert receipt.told.text().startswith("Gói không gửi cho máy này")


@pytest.mark.parametrize("content", [b"", b"khong phai goi", b"age-encryption.org/v1\n"])
def test_what_is_no_receipt_is_told_and_changes_nothing(
    seat: Seat, world: World, tmp_path: Path, content: bytes
) -> None:
    world.sent()
    wrong = tmp_path / "sai.antq"
    wrong.write_bytes(content)
    seat.asker.files = [wrong]
    seat.click(seat.page.send.receipt.file)
    assert seat.page.send.receipt.told.tone == "fault"
    assert seat.page.send.receipt.told.text().endswith(".")
    assert states(seat) == [DeliveryState.WAITING]


def test_a_bundle_of_this_unit_given_as_its_receipt_is_refused(seat: Seat, world: World) -> None:
    seat.asker.files = [world.sent()]
    seat.click(seat.page.send.receipt.file)
    assert seat.page.send.receipt.told.tone == "fault"
    assert states(seat) == [DeliveryState.WAITING]


def answer_with(seat: Seat, verdict: Verdict, codes: tuple[str, ...], state: str) -> str:
    """Let the register stand as a receipt with a verdict leaves it."""
    from dataclasses import replace

    from antq_desktop.storage import exchange
    from tests.stores import store_of

    row = seat.office.handover.sealing.register()[0]
    place = WriterPlace(row.writer, row.number, row.digest)
    told = Receipt(place, 0, verdict, codes, {Outcome.NEW: 2})
    with store_of(seat.office).writing("Nguyễn Văn Mẫu", "answer") as work:
        done = replace(
            row, state=state, answered_at="2026-11-21T09:00:00", answer=told.to_line().decode()
        )
        exchange.put(work.connection, done)
    return row.digest


def texts(seat: Seat) -> list[str]:
    return [label.text() for label in seat.page.register.details.reply.labels]


def test_a_bundle_sent_back_says_why_and_what_to_do(seat: Seat, world: World) -> None:
    world.sent()
    answer_with(seat, Verdict.INVALID, ("file_altered", "damaged"), "returned")
    seat.turn_to(seat.page.register)
    details = seat.page.register.details
    assert details.state.text() == "bị trả lại"
    assert details.step.text().startswith("Lập gói mới")
    assert texts(seat)[1:4] == [
        "Không hợp lệ",
        "Tệp “…” trong gói khác với bảng kê đã ký.",
        "Gói bị hỏng, bị cắt bớt hoặc bị sửa sau khi lập.",
    ]


def test_a_receiver_that_no_longer_holds_a_bundle_asks_for_it_again(
    seat: Seat, world: World
) -> None:
    from dataclasses import replace

    from antq_desktop.storage import exchange
    from antq_desktop.storage.exchange import BasisRow
    from tests.stores import store_of

    world.round()
    assert states(seat) == [DeliveryState.ACKNOWLEDGED]
    with store_of(seat.office).writing("Nguyễn Văn Mẫu", "answer") as work:
        basis = exchange.select(work.connection, BasisRow)[0]
        exchange.put(work.connection, replace(basis, number=0, digest=""))
    assert states(seat) == [DeliveryState.RESEND]
    seat.turn_to(seat.page.register)
    assert seat.page.register.details.state.text() == "cần gửi lại"


def test_records_to_put_right_are_named_with_their_fault(world: World, sit: Sit) -> None:
    from antq_desktop.domain.codes import CodeList, Codes

    name = "incident_kind"
    full = world.codes[name]
    fewer = CodeList(
        full.name,
        full.title,
        full.legal_basis,
        full.confidence,
        tuple(value for value in full.values if value.id != "fire"),
    )
    world.office("31", Codes({**world.codes, name: fewer}))
    add(world.commune, title="Cháy đống rơm ở Thôn Mẫu", kind="fire")
    world.round()
    seat = sit(world.commune)
    assert "1 hồ sơ bị trả lại" in seat.page.send.waiting.hint.text()
    seat.turn_to(seat.page.register)
    told = texts(seat)
    assert "Cần sửa rồi gửi lại" in told
    assert "Vụ việc “Cháy đống rơm ở Thôn Mẫu”" in [one[0].upper() + one[1:] for one in told]
    assert told[-1] == "not_in_codes"


def test_register_and_receipt_are_looked_at_before_they_are_printed(
    seat: Seat, world: World, tmp_path: Path
) -> None:
    world.round()
    seat.turn_to(seat.page.register)
    asked = (
        (seat.page.register.print_register, "SO_GIAO_NHAN", "so.pdf"),
        (seat.page.register.details.print_receipt, "PHIEU", "phieu.pdf"),
    )
    for button, name, file in asked:
        seat.click(button)
        preview = seat.page.preview
        assert preview is not None
        assert preview.isVisible()
        assert preview.document.pageCount() == 1
        assert preview.suggested_name().startswith(name)
        seat.asker.files = [tmp_path / file]
        seat.click(preview.save)
        assert len(PdfReader(tmp_path / file).pages) == 1
        preview.back.click()
        seat.rest()
        assert seat.page.preview is None
        assert seat.page.tabs.isVisible()


def test_leaving_the_place_puts_its_paper_away(seat: Seat) -> None:
    seat.turn_to(seat.page.enrolment)
    seat.click(seat.page.enrolment.own.paper)
    assert seat.page.preview is not None
    assert seat.page.preview.pdf
    left: list[bool] = []
    seat.screen.may_leave(lambda: left.append(True))
    assert left == [True]
    assert seat.page.preview is None


def test_an_empty_register_says_so_and_offers_no_printing(sit: Sit, world: World) -> None:
    seat = sit(world.commune)
    seat.turn_to(seat.page.register)
    assert not seat.page.register.print_register.isEnabled()
    assert not seat.page.register.details._page.isVisible()


def test_the_help_of_the_screen_is_there(seat: Seat) -> None:
    assert "Ngăn chờ xử lý" in seat.screen.help_page
    for word in ("dấu vân tay", "biên nhận", "nơi nhận", "bạn "):
        assert word not in seat.screen.help_page


def test_the_receipt_in_the_register_is_what_was_signed(seat: Seat, world: World) -> None:
    world.round()
    row = seat.office.handover.sealing.register()[0]
    assert json.loads(row.answer or "")["verdict"] == "valid"
