"""A backup is looked into, restored, and a minute says what came back and what may be missing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.services.restoring import Restoring, look_at
from antq_desktop.storage import settings
from tests.exchange import COMMUNES, World, add
from tests.stores import OFFICER, PASSWORD, offices_of, outside, store_of, unsound

FIRST = COMMUNES[0]


def _restoring(world: World, folder: Path) -> Restoring:
    return Restoring(world.offices("restoring").profiles, folder)


def _backed_up(world: World) -> Path:
    place = world.folder / "kept"
    place.mkdir()
    world.commune.set_backup_place(place)
    made = world.commune.safekeeping.now()
    assert made is not None
    return made


def test_a_dead_pc_comes_back_on_another_one_with_a_minute(world: World, codes: Codes) -> None:
    record = add(world.commune)
    world.round()
    made = _backed_up(world)
    seen = look_at(made)
    assert (seen.day, seen.officers) == ("2026-11-21", (OFFICER,))
    world.close(FIRST)
    folder = world.folder / "new-pc"
    contents = _restoring(world, folder).look_into(made, OFFICER, PASSWORD)
    assert (contents.unit, contents.last_sent, contents.known) == ("Xã Tứ Kỳ", 1, False)
    assert "Chưa biết sau đó" in contents.sentences()[-1]
    done = _restoring(world, folder).restore(made, OFFICER, PASSWORD)
    assert done.minute.startswith(b"%PDF-")
    assert done.kept is None
    with closing(offices_of(outside("again"), codes).open(folder, OFFICER, PASSWORD)) as office:
        assert office.lists.show("incident", record).values
        assert store_of(office).setting(settings.WRITER) == done.restored.writer
        assert unsound(office) == []


def test_restoring_over_a_profile_backs_it_up_and_tells_what_was_sent_since(
    world: World, codes: Codes
) -> None:
    add(world.commune)
    world.round()
    made = _backed_up(world)
    add(world.commune)
    world.sent()
    world.close(FIRST)
    restoring = _restoring(world, world.folder / FIRST)
    done = restoring.restore(made, OFFICER, PASSWORD)
    assert [one.number for one in done.contents.sent_since] == [2]
    assert "gói số 2" in done.contents.sentences()[-1]
    assert done.kept is None, "its backup is good"
    kept = list((world.folder / FIRST / "backups").glob("*.antqbak"))
    assert len(kept) >= 1
    newest = max(kept)
    with closing(offices_of(outside("again"), codes).open(world.folder / FIRST, OFFICER, PASSWORD)):
        pass
    back = restoring.restore(newest, OFFICER, PASSWORD)
    assert back.contents.count == done.contents.count + 1, "what stood there is not lost"


def test_what_fails_leaves_the_folder_as_it_was(world: World, tmp_path: Path) -> None:
    made = _backed_up(world)
    record = add(world.commune)
    world.close(FIRST)
    restoring = _restoring(world, world.folder / FIRST)
    with pytest.raises(UserError) as refused:
        restoring.restore(made, OFFICER, "sai mật khẩu rồi")
    assert refused.value.code == "wrong_password"
    broken = tmp_path / "x.antqbak"
    broken.write_bytes(made.read_bytes()[:-30])
    with pytest.raises(UserError) as refused:
        look_at(broken)
    assert refused.value.code == "not_a_backup"
    assert world.commune.lists.show("incident", record).values


def test_a_store_that_cannot_be_opened_is_set_aside_and_kept(world: World) -> None:
    made = _backed_up(world)
    world.close(FIRST)
    folder = world.folder / FIRST
    (folder / "store.db").write_bytes(b"x" * 4096)
    done = _restoring(world, folder).restore(made, OFFICER, PASSWORD)
    assert done.kept is not None
    assert (done.kept / "store.db").read_bytes() == b"x" * 4096
    assert unsound(world.commune) == []


def test_closing_makes_a_backup_when_something_changed(world: World) -> None:
    _backed_up(world)
    keeping = world.commune.safekeeping
    assert keeping.when_closing() is None
    add(world.commune)
    assert keeping.when_closing() is not None
    assert keeping.when_closing() is None


def test_nothing_of_a_backup_that_was_looked_into_stays(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _backed_up(world)
    room = tmp_path / "temporary"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    _restoring(world, tmp_path / "p").look_into(made, OFFICER, PASSWORD)
    assert list(room.iterdir()) == []
