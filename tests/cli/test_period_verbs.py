"""`antq period …` on a real profile: windows are listed, set, refused and taken back."""

from __future__ import annotations

from tests.cli.conftest import Antq


def begins(antq: Antq, code: str) -> tuple[str, bool]:
    rows = antq.json("period", "list").value
    return next((row["begins"], row["edited"]) for row in rows if row["code"] == code)


def test_a_window_is_set_shown_and_taken_back(antq: Antq) -> None:
    assert begins(antq, "tet_campaign") == ("15/12", False)
    answer = antq("period", "set", "tet_campaign", "--begins", "10/12", "--ends", "Tết+10")
    assert answer.code == 0, answer.err
    assert begins(antq, "tet_campaign") == ("10/12", True)
    assert "đã sửa" in antq("period", "list").out
    assert antq("period", "reset", "tet_campaign").code == 0
    assert begins(antq, "tet_campaign") == ("15/12", False)


def test_what_is_not_said_stays_as_it_is(antq: Antq) -> None:
    assert antq("period", "set", "tet_campaign", "--ends", "Tết+5").code == 0
    assert begins(antq, "tet_campaign") == ("15/12", True)


def test_a_window_that_is_not_understood_is_refused_and_nothing_changes(antq: Antq) -> None:
    answer = antq("period", "set", "tet_campaign", "--begins", "32/13")
    assert answer.code == 1
    assert antq("period", "set", "không-có", "--begins", "01/01").code == 1
    assert begins(antq, "tet_campaign") == ("15/12", False)
