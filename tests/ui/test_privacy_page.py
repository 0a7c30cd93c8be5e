"""The page about data of people: it names what is due, and erases with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from antq_desktop.domain.rights import Role
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.privacy import ERASE, LATER, PrivacyPage
from antq_desktop.ui.theme import Theme
from tests.services.test_erasing import CLOSED, NAME, WHY, everything
from tests.services.test_rights import let_be
from tests.ui.desk import desk_of


def test_what_is_due_is_named_and_erased_with_a_reason(
    theme: Theme, qtbot: QtBot, office: Office
) -> None:
    record = office.records.add("incident", CLOSED).ids[0]
    with desk_of(theme, qtbot, office) as desk:
        page = PrivacyPage(desk.workplace, lambda: None)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        qtbot.waitUntil(lambda: len(page.due) == 1, timeout=20_000)
        assert "1 hồ sơ" in page.due_told.text()
        assert page.erase_button.isEnabled()
        page.ask()
        assert NAME in everything(office), "the safe answer erases nothing"
        assert desk.asker.asked[0].reason_label
        desk.asker.answers.append(Answer(ERASE, WHY))
        page.ask()
        qtbot.waitUntil(lambda: "Đã xóa" in page.result.text(), timeout=20_000)
        assert NAME not in everything(office)
        qtbot.waitUntil(lambda: not page.due, timeout=20_000)
        assert not page.erase_button.isEnabled()
        assert office.lists.show("incident", record).values
        desk.rest()


def test_what_is_due_is_kept_on_for_a_reason_and_the_review_is_written_down(
    theme: Theme, qtbot: QtBot, office: Office
) -> None:
    office.records.add("incident", CLOSED)
    with desk_of(theme, qtbot, office) as desk:
        page = PrivacyPage(desk.workplace, lambda: None)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        qtbot.waitUntil(lambda: len(page.due) == 1, timeout=20_000)
        assert "Chưa rà soát" in page.review_told.text()
        page.due_list.item(0).setCheckState(Qt.CheckState.Unchecked)
        assert not page.erase_button.isEnabled()
        assert not page.keep_button.isEnabled()
        page.due_list.item(0).setCheckState(Qt.CheckState.Checked)
        desk.asker.answers.append(Answer(LATER, WHY))
        page.ask_to_keep()
        qtbot.waitUntil(lambda: not page.due, timeout=20_000)
        assert NAME in everything(office)
        page.finish_review()
        qtbot.waitUntil(lambda: "Lần rà soát" in page.review_told.text(), timeout=20_000)
        desk.rest()
    told = office.journal.page(JournalFilter(words=WHY))
    assert any("Giữ dữ liệu về người" in detail for line in told for detail in line.details)


def test_a_term_is_changed_by_the_leader_with_a_reason(
    theme: Theme, qtbot: QtBot, office: Office
) -> None:
    with desk_of(theme, qtbot, office) as desk:
        page = PrivacyPage(desk.workplace, lambda: None)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        qtbot.waitUntil(page.months_button.isEnabled, timeout=20_000)
        page.ask_months()
        assert page.dialog is not None
        form = page.dialog.form
        box, months, reason = (form.input(name) for name in ("kind", "months", "reason"))
        assert isinstance(box, QComboBox)
        assert isinstance(months, QLineEdit)
        assert isinstance(reason, QLineEdit)
        box.setCurrentText("Vụ việc")
        assert months.text() == "24"
        months.setText("nhiều")
        reason.setText(WHY)
        page.dialog.enter()
        qtbot.waitUntil(lambda: "Số tháng lưu từ" in form.fault, timeout=20_000)
        months.setText("12")
        page.dialog.enter()
        qtbot.waitUntil(lambda: _term(office) == 12, timeout=20_000)
        desk.rest()
    let_be(office, Role.OFFICER)
    with desk_of(theme, qtbot, office) as desk:
        page = PrivacyPage(desk.workplace, lambda: None)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(lambda: page.kinds.count() > 8, timeout=20_000)
        assert not page.months_button.isEnabled()
        assert "Lãnh đạo" in page.months_button.toolTip()
        desk.rest()


def _term(office: Office) -> int:
    return next(term.months for term in office.erasing.terms() if term.kind == "incident")
