"""Taking a merged bundle back in the window: what is shown, asked, and stands afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.ui.ask import Answer, Question
from antq_desktop.ui.theme import Theme
from tests.exchange import World, add, own_up, up, whole
from tests.ui.handover_seat import Seat, Sit, seating


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


@pytest.fixture
def seat(world: World, sit: Sit) -> Seat:
    return sit(world.receiver)


def _heads(seat: Seat) -> dict[str, str]:
    tree = seat.page.take.preview.tree
    tops = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return {top.text(0): top.text(1) for top in tops if top is not None}


def _merged_in_the_window(world: World, seat: Seat) -> None:
    path = world.sent()
    seat.drop(seat.page.take.drop, path)
    preview = seat.page.take.preview
    seat.qtbot.waitUntil(preview.merge.isEnabled, timeout=20_000)
    seat.click(preview.merge)


def test_a_merged_bundle_is_taken_back_after_its_heaps_were_shown(
    world: World, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(world.commune)
    world.merged(world.sent())
    before = whole(world.receiver)
    add(world.commune)
    _merged_in_the_window(world, seat)
    asked: list[tuple[Question, dict[str, str]]] = []
    answers = iter(("keep", "withdraw"))

    def ask(question: Question, then: Callable[[Answer], None]) -> None:
        asked.append((question, _heads(seat)))
        then(Answer(next(answers)))

    monkeypatch.setattr(seat.asker, "ask", ask)
    merged = whole(world.receiver)
    seat.click(seat.page.take.preview.withdraw)
    assert whole(world.receiver) == merged
    assert _heads(seat) == {}
    seat.click(seat.page.take.preview.withdraw)
    assert whole(world.receiver) == before
    question, heads = asked[0]
    assert question.title.startswith("Rút lại gói số 2 của ")
    assert question.safe == "keep"
    assert heads == {
        "Trả về như trước": "1",
        "Giữ nguyên: gói khác đã nhập cũng ghi như vậy": "2",
    }
    assert seat.page.take.told.text().startswith("Rút lại gói số 2 của ")
    seat.qtbot.waitUntil(seat.page.take.preview.merge.isEnabled, timeout=20_000)
    assert seat.page.take.preview.facts.text().endswith("Đã rút lại, chờ nhập lại.")
    seat.click(seat.page.take.preview.merge)
    assert own_up(world.receiver, world.commune) == up(world.commune)
