"""*Gửi lên cấp trên* in the window: bags go along, the receipt comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.domain.codes import Codes
from antq_desktop.ui.screens.handover import UP_TAB
from antq_desktop.ui.theme import Theme
from tests.chains import Three, make_three
from tests.exchange import add
from tests.ui.handover_seat import Sit, seating


@pytest.fixture
def three(tmp_path: Path, codes: Codes) -> Iterator[Three]:
    made = Three(make_three(tmp_path, codes), codes)
    yield made
    made.close()


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


def test_a_cluster_sends_up_and_takes_the_receipt_in(three: Three, sit: Sit) -> None:
    add(three.commune, title="Mất trộm xe đạp")
    three.up(three.commune, three.cluster)
    shutil.rmtree(three.stick)
    below = sit(three.cluster)
    below.turn_to(below.page.up)
    assert below.page.tabs.tabText(below.page.tabs.currentIndex()) == UP_TAB
    waiting = below.page.up.waiting
    assert "1 gói của đơn vị dưới chờ gửi" in waiting.total.text()
    assert "còn nguyên chữ ký" in waiting.hint.text()
    waiting.place.choose(three.stick)
    below.click(waiting.seal)
    (path,) = three.stick.glob("*.antq")

    above = sit(three.province)
    above.turn_to(above.page.take)
    above.drop(above.page.take.drop, path)
    arrived = {one.sender: one for one in three.province.handover.arrivals.arrived()}
    bag = arrived["Xã Mẫu Một (qua Cụm Mẫu)"]
    assert bag.staged
    taking = three.province.handover.taking
    for one in arrived.values():
        taking.merge(taking.preview(taking.staged(one.sha256)))
    unit = three.cluster.handover.devices.own_unit()
    row = three.province.handover.returning.seal(unit).row
    answer = three.province.handover.sealing.carry(row.digest, three.stick).path

    below.drop(below.page.up.receipt, answer)
    below.turn_to(below.page.up)
    assert waiting.total.text().startswith("Đã gửi hết")
