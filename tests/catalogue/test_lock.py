from __future__ import annotations

from pathlib import Path

from antq_desktop.catalogue.lock import digests, lock_faults, locked, relock


def sample(folder: Path) -> Path:
    (folder / "codes").mkdir()
    (folder / "codes" / "one.toml").write_bytes(b"a = 1\nb = 2\n")
    (folder / "two.toml").write_bytes(b"c = 3\n")
    (folder / "README.md").write_bytes(b"# not data\n")
    relock(folder)
    return folder


def test_a_folder_is_as_released_after_it_was_locked(tmp_path: Path) -> None:
    folder = sample(tmp_path)
    assert sorted(locked(folder)) == ["codes/one.toml", "two.toml"]
    assert not lock_faults(folder)


def test_a_changed_a_lost_and_a_new_file_are_each_named(tmp_path: Path) -> None:
    folder = sample(tmp_path)
    (folder / "codes" / "one.toml").write_bytes(b"a = 1\nb = 3\n")
    (folder / "two.toml").rename(folder / "three.toml")
    faults = lock_faults(folder)
    assert faults
    assert faults.changed == ("codes/one.toml",)
    assert faults.missing == ("two.toml",)
    assert faults.unlisted == ("three.toml",)


def test_the_line_ends_of_a_windows_checkout_are_no_change(tmp_path: Path) -> None:
    folder = sample(tmp_path)
    before = digests(folder)
    (folder / "codes" / "one.toml").write_bytes(b"a = 1\r\nb = 2\r\n")
    assert digests(folder) == before


def test_locking_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    folder = sample(tmp_path)
    before = (folder / "LOCK.toml").read_bytes()
    relock(folder)
    assert (folder / "LOCK.toml").read_bytes() == before
