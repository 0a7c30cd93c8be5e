"""People, secrets and accidents in the window: waits, forgotten passwords, locks, rights."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.domain.delays import FREE_TRIES
from antq_desktop.domain.rights import Role
from antq_desktop.paths import resources_folder
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.office import Offices
from antq_desktop.services.preferences import Preferences, load_preferences, save_preferences
from antq_desktop.services.session_pin import TRIES
from antq_desktop.ui.app import Ground, Program
from antq_desktop.ui.ask import FileQuestion, WindowAsker
from antq_desktop.ui.screens.administration import TABS, AdministrationPage
from antq_desktop.ui.screens.handover import HandoverPage
from antq_desktop.ui.screens.people_dialogs import SecretDialog
from antq_desktop.ui.screens.preview import PreviewPage
from antq_desktop.ui.screens.records import RecordScreen
from antq_desktop.ui.signin import SignInPage
from antq_desktop.ui.signin_more import FirstPasswordPage, ForgottenPage
from tests.fakes import SetClock
from tests.journeys.test_first_day import PATIENCE, at_rest, page, taker
from tests.services.test_crashes import cut_off
from tests.services.test_rights import let_be
from tests.stores import INCIDENT, OFFICER, PASSWORD
from tests.ui.keyboards import press, type_telex

NEW, FIRST, OWN = "Trần Thị Ví Dụ", "mật khẩu ban đầu", "bốn mùa hoa nở"
WRONG = "đoán mò thôi"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def start(  # noqa: PLR0917 - fixtures are asked for by name
    qapp: QApplication,
    profile: Path,
    tmp_path: Path,
    offices: Offices,
    clock: SetClock,
    qtbot: QtBot,
) -> Iterator[Callable[[], Program]]:
    started: list[Program] = []
    look = Preferences().with_look(
        dark=bool(os.environ.get("ANTQ_DARK")), points=float(os.environ.get("ANTQ_POINTS", "10.5"))
    )
    save_preferences(tmp_path / "preferences.json", look)

    def begin() -> Program:
        ground = Ground(
            resources=resources_folder(),
            preferences=tmp_path / "preferences.json",
            folder=profile,
            usual_folder=profile,
            clock=clock,
            offices=lambda: offices,
            version="0.1.0",
        )
        program = Program(qapp, ground)
        started.append(program)
        program.start()
        qtbot.waitUntil(lambda: program.painted, timeout=PATIENCE)
        at_rest(program, qtbot)
        return program

    yield begin
    for program in started:
        program.shut()
    qapp.processEvents()


def sign_in(program: Program, qtbot: QtBot, name: str, password: str) -> SignInPage:
    door = page(qtbot, program.entry, SignInPage)
    qtbot.waitUntil(lambda: door.officers.findText(name) >= 0, timeout=PATIENCE)
    door.officers.setCurrentText(name)
    door.password.clear()
    type_telex(door.password.input, password)
    press(door.password.input, Qt.Key.Key_Return)
    at_rest(program, qtbot)
    return door


def at_work(program: Program, qtbot: QtBot, password: str = PASSWORD) -> AdministrationPage:
    sign_in(program, qtbot, OFFICER, password)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    assert program.window is not None
    program.window.bring("admin")
    at_rest(program, qtbot)
    return page(qtbot, program.window, AdministrationPage)


def fill(form: QWidget, **typed: str) -> None:
    for field, text in typed.items():
        type_telex(taker(form, field), text)  # type: ignore[arg-type]


def answer(program: Program, qtbot: QtBot, dialog: SecretDialog | None, **typed: str) -> None:
    assert dialog is not None
    picture(dialog, f"dialog_{dialog.windowTitle()[:9]}")
    fill(dialog.form, **typed)
    dialog.enter()
    at_rest(program, qtbot)


def picture(widget: QWidget | None, name: str) -> None:
    """Save what is seen, where a folder for pictures is named."""
    folder = os.environ.get("ANTQ_PICTURES")
    if folder and widget is not None:
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def test_wrong_passwords_count_down_and_the_button_comes_back(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    for _ in range(5):
        door = sign_in(program, qtbot, OFFICER, WRONG)
    assert door.waiting == 30
    assert "Chờ 30 giây" in door.password.fault
    assert not door.button.isEnabled()
    picture(program.entry, "signin_wait")
    press(door.password.input, Qt.Key.Key_Return)
    assert not program.jobs.running, "nothing is tried while it waits"
    door._waiting.tick()
    assert "Chờ 29 giây" in door.password.fault
    for _ in range(29):
        door._waiting.tick()
    assert door.button.isEnabled()
    assert door.password.fault == ""
    sign_in(program, qtbot, OFFICER, PASSWORD)
    assert door.waiting > 0, "the page only shows the wait; who keeps it is behind the page"


def test_a_forgotten_password_is_set_anew_from_the_sheet(
    start: Callable[[], Program], qtbot: QtBot, offices: Offices, profile: Path
) -> None:
    office = offices.open(profile, OFFICER, PASSWORD)
    code = office.recovery.make(PASSWORD).code
    office.close()
    program = start()
    page(qtbot, program.entry, SignInPage).forgotten.click()
    forgotten = page(qtbot, program.entry, ForgottenPage)
    fill(forgotten.form, code=f"1{code[1:]}" if code[0] != "1" else f"2{code[1:]}")
    fill(forgotten.form, password=OWN, repeated=WRONG)
    forgotten.enter()
    assert "không giống nhau" in forgotten.form.fault
    fill(forgotten.form, repeated="")
    type_over(taker(forgotten.form, "repeated"), OWN)
    forgotten.enter()
    at_rest(program, qtbot)
    assert "Nhóm số thứ 1 chưa khớp" in forgotten.form.fault
    picture(program.entry, "forgotten")
    type_over(taker(forgotten.form, "code"), code)
    forgotten.enter()
    at_rest(program, qtbot)
    door = page(qtbot, program.entry, SignInPage)
    assert "lập phiếu mới" in door._notice.text()
    picture(program.entry, "forgotten_done")
    admin = at_work(program, qtbot, OWN)
    assert "Chưa có phiếu" in admin.officers.sheet_told.text()


def type_over(place: QWidget, text: str) -> None:
    getattr(place, "clear")()  # noqa: B009 - lines of both kinds have it
    type_telex(place, text)


def test_a_first_password_is_changed_before_any_work(
    start: Callable[[], Program], qtbot: QtBot, offices: Offices, profile: Path
) -> None:
    office = offices.open(profile, OFFICER, PASSWORD)
    office.people.add(NEW, FIRST, PASSWORD)
    office.close()
    program = start()
    sign_in(program, qtbot, NEW, FIRST)
    first = page(qtbot, program.entry, FirstPasswordPage)
    assert program.window is None
    picture(program.entry, "first_password")
    fill(first.form, password=FIRST, repeated=FIRST)
    first.enter()
    at_rest(program, qtbot)
    assert "trùng mật khẩu đang dùng" in first.form.fault
    for field in ("password", "repeated"):
        type_over(taker(first.form, field), OWN)
    first.enter()
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    at_rest(program, qtbot)
    assert program.office is not None
    assert not program.office.standing.must_change


def test_officers_are_looked_after_in_the_window(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    admin = at_work(program, qtbot)
    admin.tabs.setCurrentIndex(TABS.index("Cán bộ"))
    officers, office = admin.officers, program.office
    assert office is not None
    officers.add()
    given = {"name": NEW, "password": FIRST, "repeated": FIRST, "own_password": PASSWORD}
    answer(program, qtbot, officers.dialog, **given)
    one = next(one for one in office.people.every() if one.name == NEW)
    assert one.must_change
    officers.appoint(one)
    assert officers.dialog is not None
    officers.dialog.form.tick("roles", "leader", "reader")
    officers.dialog.form.tick("areas", "incidents")
    answer(program, qtbot, officers.dialog)
    picture(program.window, "people")
    one = next(one for one in office.people.every() if one.name == NEW)
    assert one.roles == frozenset({Role.LEADER, Role.READER})
    officers.reset(one)
    again = {"password": OWN, "repeated": OWN}
    answer(program, qtbot, officers.dialog, **again, own_password=WRONG)
    assert officers.dialog is not None
    assert "Mật khẩu chưa đúng" in officers.dialog.form.fault
    officers.dialog.reject()
    officers.remove(one)
    answer(program, qtbot, officers.dialog)
    assert [held.name for held in office.people.every()] == [OFFICER]
    assert set(officers.buttons) == {(OFFICER, "roles")}
    officers.make_sheet()
    answer(program, qtbot, officers.dialog, own_password=PASSWORD)
    preview = admin.preview
    assert preview is not None
    qtbot.waitUntil(lambda: bool(preview.pdf), timeout=PATIENCE)
    assert preview.save.isHidden()
    picture(program.window, "sheet")
    admin.drop_paper()
    assert "Có phiếu đang còn hiệu lực" in officers.sheet_told.text()


def test_the_journal_is_read_narrowed_verified_and_printed(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    admin = at_work(program, qtbot)
    assert program.office is not None
    record = program.office.records.add("incident", INCIDENT).ids[0]
    program.office.records.change("incident", record, {"deaths": 1})
    admin.tabs.setCurrentIndex(TABS.index("Nhật ký"))
    journal = admin.journal
    journal.look()
    at_rest(program, qtbot)
    assert journal.lines[0].action == "Sửa"
    picture(program.window, "journal")
    journal.action.setCurrentIndex(journal.action.findData("add"))
    at_rest(program, qtbot)
    assert [line.action for line in journal.lines] == ["Thêm mới"]
    journal.verify()
    at_rest(program, qtbot)
    assert journal.told.text().startswith("Nhật ký liền mạch")
    journal.print_button.click()
    preview = admin.preview
    assert preview is not None
    qtbot.waitUntil(lambda: bool(preview.pdf), timeout=PATIENCE)
    assert not preview.save.isHidden()
    picture(program.window, "journal_paper")


def test_a_lock_over_a_half_typed_form_loses_no_letter(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    at_work(program, qtbot)
    window = program.window
    assert window is not None
    window.go("incidents")
    screen = window.screens["incidents"]
    assert isinstance(screen, RecordScreen)
    screen.new_record()
    at_rest(program, qtbot)
    assert screen.editor is not None
    title = screen.editor.pages.fields.made(screen.editor.sheaf.main.id, "title")
    assert title is not None
    line = title.input
    line.setFocus()
    type_telex(line, "Mất trộm xe ở Thôn Mẫu")
    line.setCursorPosition(8)  # type: ignore[attr-defined]
    QApplication.clipboard().setText("0100999888")
    picture(window, "before_lock")
    program.lock()
    assert program.locked is not None
    assert QApplication.clipboard().text() == ""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == [program.locked.entry]
    picture(program.locked.entry, "locked")
    door = program.locked.page
    type_telex(door.password.input, PASSWORD)
    press(door.password.input, Qt.Key.Key_Return)
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    at_rest(program, qtbot)
    assert title.value() == "Mất trộm xe ở Thôn Mẫu"
    assert line.cursorPosition() == 8  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.focusWidget() is line, timeout=PATIENCE)


def test_a_question_in_front_is_hidden_too_and_comes_back_as_it_was(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    admin = at_work(program, qtbot)
    admin.officers.add()
    dialog = admin.officers.dialog
    assert dialog is not None
    fill(dialog.form, name="Lê Văn Th", password="nửa câu")
    program.lock()
    assert program.locked is not None
    assert not dialog.isVisible()
    type_telex(program.locked.page.password.input, PASSWORD)
    program.locked.page.enter()
    qtbot.waitUntil(dialog.isVisible, timeout=PATIENCE)
    at_rest(program, qtbot)
    assert (dialog.form.text("name"), dialog.form.text("password")) == ("Lê Văn Th", "nửa câu")
    dialog.reject()


def test_a_paper_in_view_and_a_window_that_opens_meanwhile_are_hidden_and_come_back(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    admin = at_work(program, qtbot)
    window = program.window
    assert window is not None
    admin.print_privacy()
    at_rest(program, qtbot)
    alone = QPlainTextEdit("nửa câu")
    alone.show()
    program.lock()
    assert program.locked is not None
    late = QDialog(window)
    late.open()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not late.isVisible(), timeout=PATIENCE)
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == [program.locked.entry]
    type_telex(program.locked.page.password.input, PASSWORD)
    program.locked.page.enter()
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    at_rest(program, qtbot)
    assert late.isVisible()
    assert late.windowOpacity() == 1.0
    assert alone.isVisible()
    assert alone.toPlainText() == "nửa câu"
    assert page(qtbot, window, PreviewPage).isVisible()
    late.reject()
    alone.close()


def test_wrong_passwords_within_a_session_count_wait_and_stand_in_history(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    admin = at_work(program, qtbot)
    security = admin.security
    for _ in range(FREE_TRIES):
        for field, text in (
            ("own_password", "không phải câu này"),
            ("password", "một câu mới, dài"),
            ("repeated", "một câu mới, dài"),
        ):
            type_over(taker(security.own, field), text)
        security.change_password()
        at_rest(program, qtbot)
        assert "Mật khẩu chưa đúng" in security.own.fault
    type_over(taker(security.own, "own_password"), PASSWORD)
    security.change_password()
    at_rest(program, qtbot)
    assert "Chờ 30 giây" in security.own.fault
    assert program.office is not None
    told = program.office.journal.page(JournalFilter(words="sai mật khẩu trong phiên"))
    assert len(told) == FREE_TRIES
    program.lock()
    assert program.locked is not None
    type_telex(program.locked.page.password.input, PASSWORD)
    program.locked.page.enter()
    at_rest(program, qtbot)
    assert program.locked is not None, "the lock waits as well"


def test_a_short_number_reopens_the_session_five_tries_long(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    admin = at_work(program, qtbot)
    admin.tabs.setCurrentIndex(TABS.index("Bảo mật"))
    security = admin.security
    for easy in ("12", "1111", "2345", "12a4"):
        type_over(taker(security.pin, "pin"), easy)
        type_over(taker(security.pin, "repeated"), easy)
        security.choose_pin()
        assert security.pin.fault, easy
        assert not program.pin.may_open
    for field in ("pin", "repeated"):
        type_over(taker(security.pin, field), "4815")
    security.choose_pin()
    assert "Đang có mã mở nhanh" in security.pin_told.text()
    picture(program.window, "security")
    assert unlocks(program, qtbot, "4815")
    program.lock()
    assert program.locked is not None
    door = program.locked.page
    picture(program.locked.entry, "locked_pin")
    for _ in range(TRIES):
        type_over(door.password.input, "9999")
        door.enter()
        at_rest(program, qtbot)
    assert "Nhập mật khẩu để mở màn hình" in door.password.fault
    spent = program.pin
    assert not spent.may_open
    type_over(door.password.input, "4815")
    door.enter()
    at_rest(program, qtbot)
    assert "Mật khẩu chưa đúng" in door.password.fault
    type_over(door.password.input, PASSWORD)
    door.enter()
    qtbot.waitUntil(lambda: program.locked is None, timeout=PATIENCE)
    at_rest(program, qtbot)


def unlocks(program: Program, qtbot: QtBot, typed: str) -> bool:
    program.lock()
    assert program.locked is not None
    type_telex(program.locked.page.password.input, typed)
    program.locked.page.enter()
    at_rest(program, qtbot)
    return program.locked is None


def test_the_time_before_the_lock_is_kept_within_its_bounds(
    start: Callable[[], Program], qtbot: QtBot, tmp_path: Path
) -> None:
    program = start()
    admin = at_work(program, qtbot)
    assert program.idle is not None
    assert program.idle.minutes == 10
    box = admin.security.minutes
    box.setCurrentIndex(box.findData(30))
    at_rest(program, qtbot)
    assert program.idle.minutes == 30
    assert load_preferences(tmp_path / "preferences.json").lock_minutes == 30
    program.change_lock(600)
    assert program.idle.minutes == 30
    program.idle.idle.emit()
    assert program.locked is not None


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (Role.ADMINISTRATOR, {"handover", "admin"}),
        (
            Role.READER,
            {*("today", "incidents", "schemes", "movement", "forces", "documents"),
             *("standards", "handover", "admin")},
        ),
    ],
)  # fmt: skip
def test_the_window_shows_what_the_role_allows(  # noqa: PLR0917 - fixtures, asked for by name
    start: Callable[[], Program],
    qtbot: QtBot,
    offices: Offices,
    profile: Path,
    role: Role,
    places: set[str],
) -> None:
    office = offices.open(profile, OFFICER, PASSWORD)
    record = office.records.add("incident", INCIDENT).ids[0]
    let_be(office, role)
    office.close()
    program = start()
    admin = at_work(program, qtbot)
    window = program.window
    assert window is not None
    assert set(window.keys()) <= places
    assert {"handover", "admin"} <= set(window.keys())
    assert window.top.quick.isHidden()
    assert admin.officers.add_button.isEnabled() is (role is Role.ADMINISTRATOR)
    assert admin.journal.table.isHidden() is (role is Role.READER)
    picture(window, f"as_{role.value}")
    window.bring("handover")
    at_rest(program, qtbot)
    picture(window, f"as_{role.value}_handover")
    handover = page(qtbot, window, HandoverPage)
    shown = [
        handover.tabs.tabText(at)
        for at in range(handover.tabs.count())
        if handover.tabs.isTabVisible(at)
    ]
    assert (shown == ["Đăng ký máy"]) is (role is Role.ADMINISTRATOR)
    assert handover.enrolment.own.paper.isEnabled() is (role is Role.ADMINISTRATOR)
    seal = handover.send.waiting.seal
    seal.setEnabled(True)
    assert not seal.isEnabled(), "its page cannot enable it"
    assert "Lãnh đạo" in seal.toolTip()
    if role is Role.READER:
        assert "Quản trị" in admin.officers.add_button.toolTip()
        incidents = window.screens["incidents"]
        assert isinstance(incidents, RecordScreen)
        window.bring("incidents")
        at_rest(program, qtbot)
        assert incidents.list.new_button.isHidden()
        assert not incidents.person_button.isEnabled()
        assert "Cán bộ nhập liệu" in incidents.person_button.toolTip()
        incidents.open_record(record)
        at_rest(program, qtbot)
        assert incidents.editor is None
        incidents.new_record()
        assert incidents.editor is None
        picture(window, "as_reader_list")


def test_a_crash_of_the_run_before_is_said_and_its_report_offered(
    start: Callable[[], Program], qtbot: QtBot, profile: Path, tmp_path: Path
) -> None:
    cut_off(profile, "os.abort()")
    program = start()
    at_work(program, qtbot)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: "dừng đột ngột" in window.line.text.text(), timeout=PATIENCE)
    assert not window.line.offer.isHidden()
    picture(window, "crash_before")
    stick = tmp_path / "stick"
    stick.mkdir()
    told = window.line.text.text()
    asked: list[FileQuestion] = []

    def choose(
        _asker: WindowAsker, question: FileQuestion, then: Callable[[Path | None], None]
    ) -> None:
        asked.append(question)
        then(stick)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WindowAsker, "ask_file", choose)  # the dialog of the system itself
        window.line.offer.click()
        at_rest(program, qtbot)
    assert asked
    assert told
    copied = list(stick.iterdir())
    assert len(copied) == 1
    assert b"Fatal Python error" in copied[0].read_bytes()
