from __future__ import annotations

import sys
from pathlib import Path

import pytest

from antq_desktop import paths


def test_what_came_with_the_program_is_found_in_the_tree_of_a_developer() -> None:
    assert paths.codes_folder().is_dir()
    assert paths.units_file().is_file()
    assert paths.lineage_file().is_file()


def test_a_frozen_program_looks_where_it_was_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_folder() == tmp_path / "resources"
    assert paths.forms_folder() == tmp_path / "forms"


def test_a_profile_lies_in_the_officers_own_folder_and_is_not_made_by_asking() -> None:
    folder = paths.default_profile_folder()
    assert folder.is_absolute()
    assert folder.name in {"antq-desktop", "ANTQ Desktop"}
    assert paths.program_folder() not in folder.parents
