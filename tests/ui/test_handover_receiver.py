"""*Giao nhận* at the receiver: verdicts, preview, merging, shelves, units, return bundles."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.gate import Verdict
from antq_desktop.services.profiles import NewProfile
from antq_desktop.ui.jobs import Control, Stopped
from antq_desktop.ui.recordmodel import BADGE_ROLE
from antq_desktop.ui.screens.handover_looks import apply, look_at, take_in
from antq_desktop.ui.screens.handover_parts import VERDICT_TONES, LocalTable, SignedBadge
from antq_desktop.ui.theme import Theme
from tests.exchange import COMMUNES, World, add, forged, own_up, up, whole
from tests.stores import OFFICER, PASSWORD
from tests.ui.handover_seat import Seat, Sit, groups_of, seating
from tests.ui.keyboards import press


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


@pytest.fixture
def seat(world: World, sit: Sit) -> Seat:
    return sit(world.receiver)


def cells(table: LocalTable, row: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, at).data() or "") for at in range(model.columnCount())]


def wait_for_preview(seat: Seat) -> None:
    seat.qtbot.waitUntil(seat.page.take.preview.merge.isEnabled, timeout=20_000)
    seat.rest()


def heads(seat: Seat) -> dict[str, str]:
    tree = seat.page.take.preview.tree
    tops = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return {top.text(0): top.text(1) for top in tops if top is not None}


def test_each_verdict_has_its_own_sign_colour_and_word() -> None:
    assert set(VERDICT_TONES) == set(Verdict)
    assert len({sign for sign, _tone in VERDICT_TONES.values()}) == len(Verdict)
    assert len({verdict.label for verdict in Verdict}) == len(Verdict)


def test_every_tab_is_in_view_at_the_design_size(seat: Seat) -> None:
    bar = seat.page.tabs.tabBar()
    last = bar.tabRect(bar.count() - 1)
    assert last.right() <= bar.width()
    assert last.right() <= seat.page.tabs.width()
    assert "…" not in "".join(bar.tabText(at) for at in range(bar.count()))


def test_a_dropped_folder_is_taken_whole_and_every_file_gets_its_verdict(
    world: World, seat: Seat
) -> None:
    add(world.commune)
    good = world.sent()
    (world.stick / "CAT_BOT.antq").write_bytes(good.read_bytes()[:-50])
    (world.stick / "RONG.antq").write_bytes(b"")
    newer = canonical({"id": "e" * 32, "what": 2})
    partly = forged(world, world.office(COMMUNES[1]), {"later_kind": [newer]})
    shutil.copy(partly, world.stick)
    stranger = NewProfile("commune", "11050", OFFICER, PASSWORD)
    unknown = world.offices("u").make(world.folder / "u", stranger)
    world.opened["u"] = unknown
    slip = world.receiver.handover.devices.write_slip(world.folder)
    unknown.handover.devices.enrol(slip, " ".join(groups_of(world.receiver)))
    world.sent(unknown)
    seat.drop(seat.page.take.drop, world.stick)
    told = seat.page.take.told.text()
    assert told.startswith("Đã kiểm tra 5 tệp: ")
    for part in ("1 hợp lệ", "1 hợp lệ một phần", "2 không hợp lệ", "1 chưa biết máy gửi"):
        assert part in told
    table = seat.page.take.table
    badges = [table.model().index(at, 0).data(BADGE_ROLE) for at in range(5)]
    assert all(isinstance(badge, SignedBadge) and badge.sign for badge in badges)
    assert {badge.text for badge in badges} == {
        "Hợp lệ",
        "Hợp lệ một phần",
        "Không hợp lệ",
        "Chưa biết máy gửi",
    }


def test_the_preview_tells_heaps_names_and_figures_and_changes_nothing(
    world: World, seat: Seat
) -> None:
    add(world.commune, title="Cháy đống rơm ở Thôn Mẫu", injuries=2)
    before = whole(world.receiver)
    seat.asker.files = [world.sent()]
    seat.click(seat.page.take.drop.file)
    wait_for_preview(seat)
    assert heads(seat) == {"Hồ sơ mới": "2", "Số liệu báo cáo năm 2026 thay đổi": ""}
    tree = seat.page.take.preview.tree
    new, figures = tree.topLevelItem(0), tree.topLevelItem(1)
    assert new is not None
    assert figures is not None
    names = [new.child(at) for at in range(new.childCount())]
    assert any("Cháy đống rơm ở Thôn Mẫu" in one.text(0) for one in names if one is not None)
    changes = [figures.child(at) for at in range(figures.childCount())]
    assert {one.text(0): one.text(1) for one in changes if one is not None} == {
        "Vụ việc về trật tự": "+1",
        "Người bị thương": "+2",
    }
    assert whole(world.receiver) == before


def test_many_bundles_are_looked_at_together_and_merged_one_after_another(
    world: World, seat: Seat
) -> None:
    for name in COMMUNES:
        add(world.office(name))
        world.sent(world.office(name))
    seat.plug(world.stick)
    seat.click(seat.page.take.drop.stick)
    wait_for_preview(seat)
    seat.click(seat.page.take.all)
    wait_for_preview(seat)
    take = seat.page.take
    assert take.preview.title.text() == "3 gói đang chọn"
    assert heads(seat)["Hồ sơ mới"] == "6"
    assert take.preview.merge.text().strip() == "Nhập 3 gói"
    seat.strike(take.preview.merge)
    assert seat.last == "Đã nhập 3 gói của 3 đơn vị: 6 mới."
    for name in COMMUNES:
        assert own_up(world.receiver, world.office(name)) == up(world.office(name))
    assert [cells(take.table, at)[-1] for at in range(3)] == ["đã nhập"] * 3


def test_the_same_bundle_again_changes_nothing_and_says_so(world: World, seat: Seat) -> None:
    path = world.sent()
    world.merged(path)
    before = whole(world.receiver)
    seat.drop(seat.page.take.drop, path)
    assert seat.page.take.told.text() == (
        "Đã kiểm tra 1 tệp: 1 đã nhập trước đó, dữ liệu không đổi."
    )
    assert not seat.page.take.preview.merge.isVisible()
    assert whole(world.receiver) == before


def test_a_preview_that_is_no_longer_true_is_shown_anew_and_nothing_is_done(
    world: World, seat: Seat
) -> None:
    record = add(world.commune)
    first = world.sent()
    world.commune.records.change("incident", record, {"injuries": 1})
    second = world.sent()
    seat.drop(seat.page.take.drop, second)
    wait_for_preview(seat)
    assert heads(seat)["Hồ sơ mới"] == "2"
    world.merged(first)
    take = seat.page.take
    seat.strike(take.preview.merge)
    seat.qtbot.waitUntil(lambda: "Hồ sơ có thay đổi" in heads(seat))
    assert "Dữ liệu đã thay đổi từ lúc xem trước" in take.preview.stale.text()
    assert take.told.text() == "Chưa nhập gói nào."
    seat.rest()
    seat.strike(take.preview.merge)
    assert seat.last == "Đã nhập gói số 2 của Xã Tứ Kỳ: 1 có thay đổi, 1 không thay đổi."


def test_a_stopped_taking_says_how_far_it_came(world: World) -> None:
    paths = [world.sent(world.office(name)) for name in COMMUNES]
    control = Control()
    handover = world.receiver.handover

    class StopsAfterOne:
        """A taking during which the officer presses *Dừng*."""

        def __getattr__(self, name: str) -> object:
            control.stop()
            return getattr(handover, name)

    told = take_in(StopsAfterOne(), paths, control)  # type: ignore[arg-type]  # it hands on
    assert told.stopped
    assert told.sentence == "Đã dừng sau 1/3 tệp: 1 hợp lệ."
    with pytest.raises(Stopped):
        look_at(handover, told.ids, 2026, control)


def test_a_stopped_merge_keeps_what_was_merged_and_leaves_the_rest_waiting(world: World) -> None:
    for name in COMMUNES:
        add(world.office(name))
    handover = world.receiver.handover
    paths = [world.sent(world.office(name)) for name in COMMUNES]
    look = look_at(handover, take_in(handover, paths, Control()).ids, 2026, Control())
    control = Control()

    class StopsAfterOne:
        """A merging during which the officer presses *Dừng*."""

        def __getattr__(self, name: str) -> object:
            control.stop()
            return getattr(handover, name)

    done = apply(StopsAfterOne(), look, control)  # type: ignore[arg-type]  # it hands on
    assert done.merged == 1
    assert done.sentence == "Đã nhập 1/3 gói; các gói còn lại vẫn chờ nhập."
    assert sum(line.staged for line in handover.arrivals.arrived()) == 2


def test_a_file_that_is_gone_is_told_and_stops_no_other(world: World, seat: Seat) -> None:
    good = world.sent()
    seat.drop(seat.page.take.drop, good, world.stick / "MAT.antq")
    told = seat.page.take.told.text()
    assert told.startswith("Đã kiểm tra 2 tệp: 1 hợp lệ, 1 không đọc được.")
    assert "MAT.antq: Không thấy “MAT.antq”." in told


def test_a_folder_without_bundles_says_what_to_choose(seat: Seat, tmp_path: Path) -> None:
    empty = tmp_path / "trong"
    empty.mkdir()
    seat.asker.files = [empty]
    seat.click(seat.page.take.drop.folder)
    assert seat.page.take.told.text() == (
        "Không thấy gói dữ liệu nào ở đó. Chọn tệp có đuôi .antq."
    )


def test_an_unknown_signer_is_an_error_with_its_next_step_and_comes_off_its_shelf(
    world: World, seat: Seat
) -> None:
    new = NewProfile("commune", "11050", OFFICER, PASSWORD)
    unknown = world.offices("u").make(world.folder / "u", new)
    world.opened["u"] = unknown
    slip = world.receiver.handover.devices.write_slip(world.folder)
    unknown.handover.devices.enrol(slip, " ".join(groups_of(world.receiver)))
    theirs = unknown.handover.devices.write_slip(world.folder)
    seat.drop(seat.page.take.drop, world.sent(unknown))
    preview = seat.page.take.preview
    assert preview.verdict.text() == "Chưa biết máy gửi"
    assert preview.faults.text().startswith("Chưa biết máy đã ký gói này. Nhận phiếu đăng ký")
    assert preview.codes.text() == "signer_unknown"
    seat.turn_to(seat.page.shelves)
    assert seat.page.shelves.summary.text() == "1 gói, 1 lý do"
    seat.click(seat.page.shelves.pane.enrol)
    assert seat.page.tabs.currentWidget() is seat.page.enrolment
    seat.asker.files = [theirs]
    seat.click(seat.page.enrolment.accepting.file)
    seat.type_code(groups_of(unknown))
    seat.click(seat.page.enrolment.accepting.accept)
    assert seat.last.endswith("1 gói trong ngăn chờ xử lý nay đã có thể nhập.")
    seat.turn_to(seat.page.shelves)
    assert seat.page.shelves.table.model().rowCount() == 0
    seat.turn_to(seat.page.take)
    assert cells(seat.page.take.table, 0)[0] == "Hợp lệ"


def test_shelves_stand_by_reason_with_sentence_and_code(world: World, seat: Seat) -> None:
    good = world.sent()
    for at in range(2):
        (world.stick / f"CAT_{at}.antq").write_bytes(good.read_bytes()[: -50 - at])
    (world.stick / "RONG.antq").write_bytes(b"")
    seat.drop(seat.page.take.drop, world.stick)
    seat.turn_to(seat.page.shelves)
    shelves = seat.page.shelves
    assert shelves.summary.text() == "3 gói, 2 lý do"
    reasons = [cells(shelves.table, at)[0] for at in range(3)]
    assert reasons == sorted(reasons, key=reasons.index)
    assert len(set(reasons)) == 2
    assert "Đề nghị đơn vị gửi ghi lại gói này ra USB." in shelves.pane.faults.text()
    seat.click(shelves.again)
    assert shelves.told.text() == "Đã xem lại cả ngăn, chưa có gói nào thay đổi kết luận."


def test_a_unit_is_answered_once_something_came_and_not_again(world: World, seat: Seat) -> None:
    units = seat.page.units
    seat.turn_to(units)
    assert not units.all.isEnabled()
    world.merged(world.sent())
    seat.plug(world.stick)
    seat.page.reload()
    seat.rest()
    row = cells(units.table, 2)
    by_name = {cells(units.table, at)[0]: cells(units.table, at) for at in range(3)}
    row = by_name["Xã Tứ Kỳ"]
    assert row[1] == "đã gửi tháng này"
    assert row[-1] == "cần lập"
    units.table.choose({world.commune.unit})
    seat.rest()
    seat.strike(units.some)
    assert units.told.text() == (
        "Đã lập gói trả về cho Xã Tứ Kỳ. Đã ghi xong và đối chiếu. Có thể rút USB."
    )
    by_name = {cells(units.table, at)[0]: cells(units.table, at) for at in range(3)}
    assert by_name["Xã Tứ Kỳ"][-1] != "cần lập"
    assert world.commune.handover.returning.accept(
        next(world.stick.glob("ANTQ_VE_*.antq"))
    ).sentence.endswith("1 gói đã được nhận.")


def test_a_unit_silent_since_last_month_stands_first(world: World, seat: Seat) -> None:
    world.merged(world.sent())
    world.clock.advance(days=30)
    world.merged(world.sent(world.office(COMMUNES[1])))
    seat.turn_to(seat.page.units)
    states = [cells(seat.page.units.table, at)[1] for at in range(4)]
    assert states[:4] == [
        "chưa gửi tháng này",
        "chưa gửi lần nào",
        "đã gửi tháng này",
        "chưa đăng ký máy",
    ]


def test_a_pulled_stick_while_answering_is_told(world: World, seat: Seat, tmp_path: Path) -> None:
    world.merged(world.sent())
    pulled = tmp_path / "pulled"
    pulled.mkdir()
    seat.plug(pulled)
    seat.turn_to(seat.page.units)
    pulled.rmdir()
    seat.click(seat.page.units.all)
    assert seat.page.units.told.tone == "fault"
    seat.turn_to(seat.page.register)
    assert seat.page.register.details.state.text() == "đã lập, chưa ghi ra USB"


def test_every_button_of_the_page_is_reached_by_tab_and_named(world: World, seat: Seat) -> None:
    from PySide6.QtWidgets import QPushButton

    for at in range(seat.page.tabs.count()):
        seat.page.tabs.setCurrentIndex(at)
        seat.rest()
        for button in seat.page.findChildren(QPushButton):
            if button.isVisible():
                assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
                assert button.accessibleName() or button.text()


def test_all_bundles_are_chosen_by_one_key(world: World, seat: Seat) -> None:
    for name in COMMUNES[:2]:
        world.sent(world.office(name))
    seat.drop(seat.page.take.drop, world.stick)
    table = seat.page.take.table
    table.setFocus()
    press(table, Qt.Key.Key_A, "a", Qt.KeyboardModifier.ControlModifier)
    assert len(table.selected_ids()) == 2
    wait_for_preview(seat)
