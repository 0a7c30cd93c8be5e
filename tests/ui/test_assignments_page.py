"""Giao nhận → Việc và đề xuất: what is late stands first, answers open in their editors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.services.sticks import Sticks
from antq_desktop.ui.composing import follow
from antq_desktop.ui.screens.assignments import AssignmentsPage
from antq_desktop.ui.screens.handover import HandoverScreen
from antq_desktop.ui.screens.home import TASKS_TAB, Lead
from antq_desktop.ui.theme import Theme
from tests.exchange import COMMUNES, World, record_in
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.handover_seat import Drive

Sit = Callable[[Office], tuple[AreaDesk, AssignmentsPage]]


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    """Sit officers down before the page, in the window of their office."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def down(office: Office) -> tuple[AreaDesk, AssignmentsPage]:
            desk = stack.enter_context(area_desk_of(theme, qtbot, office))
            lead = partial(follow, screens=desk.areas, go=desk.window.go)
            page = AssignmentsPage(desk.workplace, lead)
            qtbot.addWidget(page)
            page.resize(1200, 640)
            page.show()
            page.reload()
            desk.rest()
            return desk, page

        yield down


@pytest.fixture
def given(world: World) -> list[str]:
    """Return three tasks that lie at the first commune: late, near, far."""
    world.round()
    receiver = world.receiver
    source = receiver.records.add(
        "document",
        {"title": "Chỉ thị mẫu", "direction": "outgoing", "document_kind": "directive",
         "number": "01/CT-MẪU", "dated": "2026-11-01"},
    ).ids[0]  # fmt: skip
    found: list[str] = []
    for day in ("2026-12-20", "2026-11-22", "2026-11-18"):
        values: dict[str, Value] = {"title": f"Việc hạn {day}", "source": source, "deadline": day}
        found += receiver.assignments.give(values, [world.commune.unit]).ids
    world.round()
    return found


def texts(page: AssignmentsPage, column: int) -> list[str]:
    model = page.tasks.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


@pytest.mark.usefixtures("given")
def test_what_presses_stands_first_and_is_narrowed_to_what_is_late(world: World, sit: Sit) -> None:
    _desk, page = sit(world.commune)
    assert texts(page, 3) == ["trễ 3 ngày", "còn 1 ngày", "còn 29 ngày"]
    assert page.summary.text() == "Được giao 3 việc · xong 0 · trễ hạn 1"
    late = next(one for one in page.filters.buttons() if one.text() == "Trễ hạn")
    late.click()
    assert texts(page, 3) == ["trễ 3 ngày"]


def test_an_answer_is_written_in_its_editor_and_goes_up(
    world: World, given: list[str], sit: Sit
) -> None:
    desk, page = sit(world.commune)
    page.answer_button.click()
    desk.rest()
    desk.set("task_answer", "result", "Đã xong phần đầu")
    desk.come_back()
    desk.shortcut(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "trả lời việc được giao" in desk.last
    (line,) = [one for one in world.commune.assignments.tasks() if one.answer]
    assert (line.id, line.result) == (given[2], "Đã xong phần đầu")
    page.reload()
    desk.rest()
    page.tasks.go_to(line.id)
    page.answer_button.click()
    desk.rest()
    assert desk.editor("task_answer").sheaf.main.id == line.answer


def test_the_giver_gives_more_units_the_task_and_takes_an_answer_as_done(
    world: World, given: list[str], sit: Sit
) -> None:
    other = world.office(COMMUNES[1])
    world.round(other)
    world.commune.assignments.answer(given[2], {"state": "done", "done_on": "2026-11-17"})
    world.merged(world.sent())
    desk, page = sit(world.receiver)
    page.show_only("Tất cả")
    page.tasks.go_to(given[2])
    page.accept_button.click()
    desk.rest()
    assert record_in(world.receiver, given[2], "task").values()["state"] == "done"
    page.tasks.go_to(given[0])
    page.give_button.click()
    assert page.giving.isVisible()
    page.units.choose([other.unit])
    assert page.give_now.text() == "Giao cho 1 đơn vị"
    page.give_now.click()
    desk.rest()
    (made,) = [one for one in world.receiver.assignments.tasks() if one.unit == other.unit]
    assert (made.title, made.deadline) == ("Việc hạn 2026-12-20", "2026-12-20")


def test_a_proposal_is_answered_where_it_stands(world: World, sit: Sit) -> None:
    proposal = world.commune.records.add(
        "proposal", {"sent_on": "2026-11-05", "title": "Hỗ trợ camera", "state": "sent"}
    ).ids[0]
    world.round()
    desk, page = sit(world.receiver)
    page.proposals.go_to(proposal)
    page.reply_button.click()
    desk.rest()
    editor = desk.editor("proposal_answer")
    assert editor.sheaf.main.now["unit"] == world.commune.unit
    desk.set("proposal_answer", "answer", "Cấp trong quý I")
    desk.come_back()
    desk.shortcut(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (line,) = world.receiver.assignments.proposals()
    assert (line.answered, line.words) == (True, "Cấp trong quý I")


def test_a_line_of_the_first_page_leads_to_the_tasks(
    world: World, theme: Theme, qtbot: QtBot
) -> None:
    with area_desk_of(theme, qtbot, world.commune) as desk:
        screen = HandoverScreen(desk.workplace, Sticks(Drive()))
        qtbot.addWidget(screen.page)

        def go(key: str, then: Callable[[], None] | None) -> None:
            assert (key, then is not None) == ("handover", True)
            if then is not None:
                then()

        follow(Lead("handover", tab=TASKS_TAB), {screen.key: screen}, go)
        desk.rest()
        assert screen.page.tabs.currentWidget() is screen.page.assignments
