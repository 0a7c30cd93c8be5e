"""A propaganda session with photographs: chosen, saved, closed, opened again, looked at, undone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColorSpace, QDropEvent, QGuiApplication, QImage
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.attachments import MOST_OF_A_RECORD, cleaned
from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office, Offices
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.attachments_section import AttachmentsSection
from antq_desktop.ui.screens.attachments_viewer import Viewer
from antq_desktop.ui.screens.layouts_propaganda import SESSION
from antq_desktop.ui.theme import Theme
from tests import pictures_of_cameras as cameras
from tests.stores import COMMUNE_ID, OFFICER, PASSWORD, unsound
from tests.ui.desk import LAYOUTS, Desk, desk_of

RESOURCES = Path(__file__).parents[2] / "resources"
KEY = SESSION.key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SESSION_VALUES: dict[str, Value] = {
    "held_on": "2026-05-12",
    "title": "Tuyên truyền phòng ngừa lừa đảo ở Thôn Mẫu",
    "session_kind": "direct",
    "turns": 1,
    "unit": COMMUNE_ID,
}


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    made = Theme(RESOURCES)
    made.apply(qapp)
    return made


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = {
        "photo": tmp_path / "IMG_0001.jpg",
        "other": tmp_path / "IMG_0002.JPG",
        "paper": tmp_path / "Biên bản buổi tuyên truyền.pdf",
        "broken": tmp_path / "hong.jpg",
        "word": tmp_path / "van_ban.png",
    }
    found["photo"].write_bytes(cameras.jpeg(size=(400, 300)))
    found["other"].write_bytes(cameras.jpeg(2, size=(300, 400)))
    found["paper"].write_bytes(cameras.pdf(cameras.jpeg()))
    found["broken"].write_bytes(cameras.jpeg()[:300])
    found["word"].write_bytes(b"PK\x03\x04")
    return found


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(theme, qtbot, office, (*LAYOUTS[:2], SESSION)) as seated:
        yield seated


def new_session(office: Office) -> str:
    return office.records.add("session", SESSION_VALUES).ids[0]


def opened(desk: Desk, record_id: str) -> AttachmentsSection:
    desk.go(KEY).open_record(record_id)
    desk.rest()
    editor = desk.editor(KEY)
    editor.pages.finish(0)
    return editor.pages._parts.sections[record_id]


def viewer(desk: Desk) -> Viewer:
    desk.rest()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, Viewer)]
    assert len(found) == 1
    return found[0]


def shut(desk: Desk, held: Viewer) -> None:
    held.close()
    desk.qtbot.waitUntil(
        lambda: not any(isinstance(one, Viewer) for one in QApplication.topLevelWidgets())
    )


def names(section: AttachmentsSection) -> list[str]:
    return [section.tiles.item(row).text() for row in range(section.tiles.count())]


def test_photographs_are_attached_saved_found_again_opened_and_taken_back(
    desk: Desk, files: dict[str, Path], office: Office
) -> None:
    record = new_session(office)
    section = opened(desk, record)
    assert section.tiles.count() == 0
    desk.asker.files = [files["photo"]]
    section.add.click()
    desk.rest()
    desk.asker.files = [files["paper"], files["other"]]
    section.add.click()
    desk.rest()
    assert names(section) == ["Ảnh", "Biên bản buổi tuyên truyền", "Ảnh"]
    assert desk.editor(KEY).dirty
    desk.set(KEY, "caption", "Toàn cảnh buổi tuyên truyền", section.tiles.current_id())
    assert names(section)[2] == "Toàn cảnh buổi tuyên truyền"
    desk.shortcut(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert desk.last == "Đã thêm 3 tệp đính kèm."
    held = office.attachments.of([record])[record]
    assert [one.values().get("caption") for one in held] == [
        None,
        "Biên bản buổi tuyên truyền",
        "Toàn cảnh buổi tuyên truyền",
    ]
    kept = [office.attachments.content(str(one.values()["digest"])) for one in held]
    assert not any(word in data for word in cameras.PLANTED for data in kept)

    desk.shortcut(Qt.Key.Key_Escape)
    pane = desk.list_of(KEY).pane
    assert pane.tabs.tabText(1) == "Đính kèm (3)"
    assert pane.attached.tiles.count() == 3
    section = opened(desk, record)
    section.tiles.setFocus()
    section.tiles.setCurrentRow(0)
    QTest.keyClick(section.tiles, Qt.Key.Key_Return)
    seen = viewer(desk)
    assert seen.stack.currentWidget() is seen.picture
    before = seen.picture.transform().m11()
    QTest.keyClick(seen, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert seen.picture.transform().m11() > before
    QTest.keyClick(seen, Qt.Key.Key_PageDown)
    desk.rest()
    assert isinstance(seen.stack.currentWidget(), QPdfView)
    assert seen.document.pageCount() == 1
    shut(desk, seen)

    section.tiles.setCurrentRow(0)
    QTest.keyClick(section.tiles, Qt.Key.Key_Delete)
    desk.rest()
    assert len(names(section)) == 2
    undo = desk.told[-1].undo
    assert undo is not None
    undo()
    desk.rest()
    assert len(names(section)) == 3
    assert unsound(office) == []


def test_what_cannot_be_taken_says_so_in_one_sentence_and_the_rest_is_taken(
    desk: Desk, files: dict[str, Path], office: Office
) -> None:
    section = opened(desk, new_session(office))
    section.bring_files([files["broken"]])
    desk.rest()
    assert "hỏng" in desk.last
    section.bring_files([files["word"]])
    desk.rest()
    assert "JPEG, PNG" in desk.last
    section.bring_files([files["broken"], files["photo"], files["word"]])
    desk.rest()
    assert len(names(section)) == 1
    assert "2 tệp không thêm được" in desk.last
    section.bring_files([files["photo"]])
    desk.rest()
    assert len(names(section)) == 1
    assert "đã có" in desk.last


def test_a_large_picture_is_made_smaller_on_wish_and_stands_upright(
    desk: Desk, tmp_path: Path, office: Office
) -> None:
    path = tmp_path / "lon.jpg"
    path.write_bytes(cameras.jpeg(orientation=6, size=(2400, 1200)))
    section = opened(desk, new_session(office))

    def size_kept() -> tuple[int, int]:
        digest = str(section._held()[-1].now["digest"])
        with Image.open(io.BytesIO(office.attachments.content(digest))) as found:
            return found.size

    section.bring_files([path])
    desk.rest()
    assert size_kept() == (1000, 2000), "turned upright and made smaller"
    section.shrink.setChecked(False)
    section.bring_files([path])
    desk.rest()
    assert size_kept() == (2400, 1200), "as it came, with the one fact of which side is up"


def test_a_copied_picture_is_pasted_and_a_dragged_file_dropped(
    desk: Desk, files: dict[str, Path], office: Office
) -> None:
    section = opened(desk, new_session(office))
    QGuiApplication.clipboard().clear()
    section.paste.click()
    desk.rest()
    assert "Chưa có ảnh" in desk.last
    copied = QImage.fromData(cleaned(files["photo"].read_bytes()).data)
    copied.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    QGuiApplication.clipboard().setImage(copied)
    section.add.setFocus()
    QTest.keyClick(section.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    assert len(names(section)) == 1
    QGuiApplication.clipboard().clear()
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(files["other"]))])
    drop = QDropEvent(
        QPoint(5, 5).toPointF(),
        Qt.DropAction.CopyAction,
        dragged,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    section.dropEvent(drop)
    desk.rest()
    assert len(names(section)) == 2


def test_order_is_changed_by_keys_and_saved(
    desk: Desk, files: dict[str, Path], office: Office
) -> None:
    record = new_session(office)
    section = opened(desk, record)
    section.bring_files([files["photo"], files["paper"]])
    desk.rest()
    section.tiles.setFocus()
    section.tiles.setCurrentRow(1)
    QTest.keyClick(section.tiles, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert names(section)[0] == "Biên bản buổi tuyên truyền"
    desk.shortcut(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    held = office.attachments.of([record])[record]
    assert [one.values()["media"] for one in held] == ["PDF", "JPEG"]


def test_a_photograph_not_saved_yet_can_be_left_out_and_comes_back(
    desk: Desk, files: dict[str, Path], office: Office
) -> None:
    section = opened(desk, new_session(office))
    section.bring_files([files["photo"]])
    desk.rest()
    section.leave.click()
    assert names(section) == []
    assert not desk.editor(KEY).dirty
    undo = desk.told[-1].undo
    assert undo is not None
    undo()
    assert len(names(section)) == 1


def test_a_copy_outside_is_warned_of_and_written_down(
    desk: Desk, files: dict[str, Path], office: Office, tmp_path: Path
) -> None:
    record = new_session(office)
    office.attachments.add("session", record, cameras.png(), name="", caption="Ảnh mẫu")
    section = opened(desk, record)
    section.look.click()
    seen = viewer(desk)
    assert "Ảnh mẫu" in seen.windowTitle() + seen.tile.name
    seen.copy.click()
    assert "mã hóa" in desk.asker.asked[-1].consequence
    assert not desk.asker.files_asked, "the safe answer writes nothing"
    desk.asker.answers, desk.asker.files = [Answer("copy")], [tmp_path / "ra ngoài"]
    seen.copy.click()
    desk.rest()
    assert (tmp_path / "ra ngoài.png").exists()
    held = office.attachments.of([record])[record][0]
    assert office.lists.history_of(held.id)[-1].entry.action == "copy_out"
    shut(desk, seen)


def test_a_draft_keeps_its_photographs_through_a_crash(
    theme: Theme, qtbot: QtBot, office: Office, offices: Offices, files: dict[str, Path]
) -> None:
    record = new_session(office)
    with desk_of(theme, qtbot, office, (SESSION,)) as desk:
        section = opened(desk, record)
        section.bring_files([files["photo"]])
        desk.rest()
        editor = desk.editor(KEY)
        with qtbot.waitSignal(editor.keeper.kept, timeout=10_000):
            pass
        desk.rest()
        editor.keeper.end()
    office.close()
    again = offices.open(office.folder, OFFICER, PASSWORD)
    try:
        with desk_of(theme, qtbot, again, (SESSION,)) as desk:
            section = opened(desk, record)
            draft = again.drafts.find(record)
            assert draft is not None
            desk.editor(KEY).restore(draft)
            assert len(names(section)) == 1
            desk.shortcut(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
            assert len(again.attachments.of([record])[record]) == 1
            assert unsound(again) == []
    finally:
        again.close()


def test_an_activity_inside_its_scheme_has_photographs_of_its_own(
    desk: Desk, files: dict[str, Path], office: Office
) -> None:
    scheme = office.records.add(
        "scheme",
        {"name": "Camera an ninh Thôn Mẫu", "scheme_type": "camera_an_ninh", "state": "active"},
    ).ids[0]
    desk.go("schemes").open_record(scheme)
    desk.rest()
    editor = desk.editor("schemes")
    part = next(one for one in editor._layout.child_parts() if one.kind == "activity")
    editor.rows.add(part)
    sheet = editor.sheaf.children["activity"][0]
    section = editor.pages._parts.sections[sheet.id]
    section.bring_files([files["photo"]])
    desk.rest()
    for name, value in (("held_on", "2026-05-12"), ("activity_kind", "meeting")):
        sheet.set(name, value)
    editor.save()
    desk.rest()
    assert len(office.attachments.of([sheet.id]).get(sheet.id, [])) == 1, desk.last
    desk.shortcut(Qt.Key.Key_Escape)
    assert desk.list_of("schemes").pane.attached.tiles.count() == 1


def test_a_record_that_may_not_be_changed_shows_its_photographs_and_takes_none(
    desk: Desk, files: dict[str, Path], office: Office
) -> None:
    record = new_session(office)
    office.attachments.add("session", record, cameras.jpeg(), name="", caption="")
    office.records.void("session", record, "Nhập nhầm")
    section = opened(desk, record)
    assert len(names(section)) == 1
    assert section.add.isHidden()
    assert not section.look.isHidden()
    section.leave_out(section.tiles.current_id())
    section.shift(section.tiles.current_id(), 1)
    assert len(names(section)) == 1


def test_more_than_a_record_holds_is_said_at_once(
    desk: Desk, tmp_path: Path, office: Office
) -> None:
    section = opened(desk, new_session(office))
    paths = []
    for seed in range(MOST_OF_A_RECORD + 1):
        paths.append(tmp_path / f"{seed}.jpg")
        paths[-1].write_bytes(cameras.jpeg(seed))
    section.bring_files(paths)
    desk.rest()
    assert len(names(section)) == MOST_OF_A_RECORD
    assert f"nhiều nhất {MOST_OF_A_RECORD}" in desk.last


def test_what_another_device_holds_is_named_and_not_opened(desk: Desk, office: Office) -> None:
    record = new_session(office)
    office.attachments.add("session", record, cameras.jpeg(), name="", caption="")
    section = opened(desk, record)
    tile = section._tile(section._held()[0])
    elsewhere = Viewer(desk.workplace, [replace(tile, digest="0" * 64)], 0, section)
    elsewhere.open()
    desk.rest()
    assert "gói nội bộ" in elsewhere.words.text()
    assert not elsewhere.copy.isEnabled()
    shut(desk, elsewhere)
