"""The PC is dead and only last month's backup is left: what the help says, step by step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.services.office import Office
from antq_desktop.services.restoring import Restoring
from tests.exchange import World, add
from tests.stores import OFFICER, PASSWORD

DEAD = "11074"


def holds(office: Office, record_id: str) -> bool:
    try:
        office.lists.show("incident", record_id)
    except UserError:
        return False
    return True


def test_what_had_been_sent_since_comes_home_and_what_had_not_is_said_to_be_missing(
    world: World, tmp_path: Path
) -> None:
    kept = add(world.commune, title="Trước khi sao lưu")
    world.round()
    (tmp_path / "usb").mkdir()
    backup = world.commune.safekeeping.into(tmp_path / "usb")
    sent = add(world.commune, title="Sau khi sao lưu, đã gửi")
    world.round()
    unsent = add(world.commune, title="Sau khi sao lưu, chưa gửi")
    folder = world.commune.folder
    assert folder.name == DEAD
    world.close(DEAD)
    shutil.rmtree(folder)

    restoring = Restoring(world.offices(DEAD).profiles, folder)
    told = restoring.look_into(backup, OFFICER, PASSWORD).sentences()
    assert any("gói gửi lên cuối cùng: số 1" in one.lower() for one in told)
    assert any("Hỏi đơn vị tổng hợp" in one for one in told), "nothing here knows of bundle 2"
    done = restoring.restore(backup, OFFICER, PASSWORD)
    assert done.minute.startswith(b"%PDF")

    home = world.office(DEAD)
    assert [holds(home, one) for one in (kept, sent, unsent)] == [True, False, False]
    answer = home.handover.returning.accept(world.answered(home))
    assert "nhật ký trên máy này không có lần ghi đó" in answer.sentence
    with pytest.raises(UserError) as refused:
        home.handover.sealing.seal_up()
    assert refused.value.code == "journal_gap"
    home.handover.journal_echo.explain("Máy hỏng, khôi phục từ bản sao lưu tháng trước.")
    world.round(home)
    assert [holds(home, one) for one in (kept, sent, unsent)] == [True, True, False]
