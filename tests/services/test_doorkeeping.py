"""Wrong passwords are counted beside the store and make the next try wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.domain.delays import FIRST_WAIT, FREE_TRIES
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.doorkeeping import TRIES_FILE, Doorkeeper
from tests.fakes import SetClock

WHO, OTHER = "Nguyễn Văn Mẫu", "Trần Thị Ví Dụ"
WRONG = UserError("wrong_password", "Mật khẩu chưa đúng.", "password")


class Steady:
    """Seconds that only the test lets pass."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def keeper(clock: SetClock, steady: Steady) -> Doorkeeper:
    return Doorkeeper(clock, steady)


def miss(
    keeper: Doorkeeper, folder: Path, times: int = 1, who: str = WHO, error: Exception = WRONG
) -> None:
    for _ in range(times):
        with pytest.raises(type(error)) as met, keeper.watching(folder, who):
            raise error
        assert met.value is error


def refused(keeper: Doorkeeper, folder: Path, who: str = WHO) -> str:
    with pytest.raises(UserError) as told, keeper.watching(folder, who):
        pytest.fail("the try was let through")
    assert (told.value.code, told.value.field) == ("password_wait", "password")
    return told.value.message


def test_the_sixth_try_waits_and_says_how_long(
    keeper: Doorkeeper, steady: Steady, tmp_path: Path
) -> None:
    miss(keeper, tmp_path, FREE_TRIES)
    assert refused(keeper, tmp_path) == ("Đã nhập sai 5 lần liền. Chờ 30 giây rồi nhập lại.")
    steady.seconds += FIRST_WAIT - 0.5
    assert "Chờ 1 giây" in refused(keeper, tmp_path)
    steady.seconds += 0.5
    miss(keeper, tmp_path)
    assert keeper.wait(tmp_path, WHO) == 2 * FIRST_WAIT


def test_a_try_that_is_refused_costs_nothing_more(
    keeper: Doorkeeper, steady: Steady, tmp_path: Path
) -> None:
    miss(keeper, tmp_path, FREE_TRIES)
    for _ in range(3):
        refused(keeper, tmp_path)
    steady.seconds += FIRST_WAIT
    assert keeper.wait(tmp_path, WHO) == 0


def test_the_right_password_tells_of_the_wrong_ones_and_forgets_them(
    keeper: Doorkeeper, clock: SetClock, tmp_path: Path
) -> None:
    miss(keeper, tmp_path)
    clock.advance(minutes=1)
    miss(keeper, tmp_path)
    with keeper.watching(tmp_path, WHO) as missed:
        assert missed == ("2026-11-21T08:05:30", "2026-11-21T08:06:30")
    assert not (tmp_path / TRIES_FILE).exists()
    with keeper.watching(tmp_path, WHO) as missed:
        assert missed == ()


def test_a_new_start_of_the_program_begins_the_wait_anew(
    keeper: Doorkeeper, clock: SetClock, tmp_path: Path
) -> None:
    miss(keeper, tmp_path, FREE_TRIES)
    after = Steady()
    after.seconds = 5.0  # the steady clock of a machine begins at its own start
    again = Doorkeeper(clock, after)
    assert again.wait(tmp_path, WHO) == FIRST_WAIT
    after.seconds += FIRST_WAIT - 1
    refused(again, tmp_path)
    after.seconds += 1
    assert again.wait(tmp_path, WHO) == 0


@pytest.mark.parametrize("days", [-4000, 1, 4000])
def test_another_date_shortens_and_lengthens_nothing(
    keeper: Doorkeeper, clock: SetClock, tmp_path: Path, days: int
) -> None:
    miss(keeper, tmp_path, FREE_TRIES)
    clock.advance(days=days)
    assert keeper.wait(tmp_path, WHO) == FIRST_WAIT


def test_one_officer_does_not_wait_for_another(keeper: Doorkeeper, tmp_path: Path) -> None:
    miss(keeper, tmp_path, FREE_TRIES)
    with keeper.watching(tmp_path, OTHER):
        pass
    assert keeper.wait(tmp_path, WHO) == FIRST_WAIT
    assert keeper.wait(tmp_path, " NGUYEN VAN MAU ") == FIRST_WAIT, "one officer, however typed"


@pytest.mark.parametrize(
    "error",
    [
        EnvironmentFault("in_use", "Đang mở ở cửa sổ khác."),
        UserError("unknown_officer", "Không có cán bộ này.", "officer"),
    ],
)
def test_what_was_no_wrong_password_is_not_counted(
    keeper: Doorkeeper, tmp_path: Path, error: Exception
) -> None:
    miss(keeper, tmp_path, FREE_TRIES + 1, error=error)
    assert keeper.wait(tmp_path, WHO) == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"3", b"null", b"\xff\xfe", b"[" * 100_000, b'{"nguyen van mau": 7}'],
)
def test_a_damaged_count_is_none_and_the_next_wrong_try_begins_it_anew(
    keeper: Doorkeeper, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / TRIES_FILE).write_bytes(content)
    assert keeper.wait(tmp_path, WHO) == 0
    miss(keeper, tmp_path, FREE_TRIES)
    assert keeper.wait(tmp_path, WHO) == FIRST_WAIT


def test_where_nothing_can_be_written_the_wrong_password_is_told_all_the_same(
    keeper: Doorkeeper, tmp_path: Path
) -> None:
    gone = tmp_path / "không có"
    miss(keeper, gone, FREE_TRIES + 1)
    assert not gone.exists()
