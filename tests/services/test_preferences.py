"""What one user prefers is remembered; what is not understood counts as never chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.services.preferences import Preferences, load_preferences, save_preferences
from antq_desktop.services.signing import has_profile


def test_what_was_chosen_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "chưa có" / "preferences.json"
    chosen = Preferences().with_look(dark=True, points=12.5)
    chosen = chosen.having_opened(tmp_path / "p", "Xã Tứ Kỳ", "Nguyễn Văn Mẫu")
    save_preferences(path, chosen)
    assert load_preferences(path) == chosen
    assert load_preferences(path).of(tmp_path / "p").unit == "Xã Tứ Kỳ"


@pytest.mark.parametrize(
    "held", [b"", b"[]", b"{", b'{"points": "to", "dark": 1, "known": [], "folder": 3}', b"\xff"]
)
def test_a_file_that_is_not_understood_is_as_if_it_were_not_there(
    held: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(held)
    assert load_preferences(path) == Preferences()
    assert load_preferences(tmp_path / "none.json") == Preferences()


@pytest.mark.parametrize(("asked", "got"), [(3.0, 9.0), (11.0, 11.0), (40.0, 16.0)])
def test_the_size_of_letters_stays_within_its_bounds(asked: float, got: float) -> None:
    assert Preferences().with_look(dark=False, points=asked).points == got


def test_the_doorstep_knows_a_profile(profile: Path, tmp_path: Path) -> None:
    assert has_profile(profile)
    assert not has_profile(tmp_path)
