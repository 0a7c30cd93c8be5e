"""Qt's own words are Vietnamese wherever an officer can meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QLocale, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QTextBrowser,
    QWidget,
    QWizard,
    QWizardPage,
)
from pytestqt.qtbot import QtBot

from antq_desktop.ui.words import speak_vietnamese
from tests.ui.conftest import RESOURCES

SHOWN = ("text", "toolTip", "title", "windowTitle", "placeholderText", "accessibleName")
ENGLISH = re.compile(
    r"\b(ok|yes|no|save|open|close|cancel|apply|help|reset|undo|redo|cut|copy|paste|delete|select"
    r"|all|look|file|files|name|type|size|date|directory|folder|back|next|finish|retry|ignore"
    r"|abort|show|hide|details|print|printer|pages?|copies|options|properties|month|list|view"
    r"|january|november|mon|tue|sun|choose|new|rename|color|from|to|range|parent|link|more)\b",
    re.IGNORECASE,
)
EXTENSIONS = re.compile(r"\*?\.\w+|PDF|Ctrl\+\w+")


@pytest.fixture
def vietnamese(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    words = speak_vietnamese(qapp, RESOURCES / "i18n" / "qt_vi.toml")
    yield
    qapp.removeTranslator(words)
    QLocale.setDefault(before)


def shown_words(root: QObject) -> set[str]:
    """Return every text that a widget and what is in it can show."""
    found: set[str] = set()
    for part in (root, *root.findChildren(QWidget), *root.findChildren(QAction)):
        found |= {str(part.property(name) or "") for name in SHOWN}
    for part in root.findChildren(QWidget):
        found |= {action.text() for action in part.actions()}
    return found


def english_in(texts: set[str]) -> set[str]:
    return {text for text in texts if ENGLISH.search(EXTENSIONS.sub("", text))}


def dialogs(qtbot: QtBot) -> Iterator[QWidget]:
    buttons = QDialogButtonBox(
        QDialogButtonBox.StandardButton(
            sum(button.value for button in QDialogButtonBox.StandardButton if button.value >= 1024)
            & 0x07FFFC00
        )
    )
    message = QMessageBox()
    message.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    message.setDetailedText("…")
    files = QFileDialog()
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    wizard = QWizard()
    wizard.addPage(QWizardPage())
    wizard.addPage(QWizardPage())
    printing = QPrintDialog(QPrinter())
    made = (buttons, message, files, wizard, printing, QInputDialog(), QProgressDialog())
    for dialog in made:
        qtbot.addWidget(dialog)
        yield dialog


@pytest.mark.usefixtures("vietnamese")
def test_no_standard_dialog_speaks_english(qtbot: QtBot) -> None:
    found = {
        type(dialog).__name__: english_in(shown_words(dialog)) - {""} for dialog in dialogs(qtbot)
    }
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.usefixtures("vietnamese")
def test_no_menu_of_a_text_field_speaks_english(qtbot: QtBot) -> None:
    browser = QTextBrowser()
    browser.setHtml('<a href="x">x</a>')
    for field in (QLineEdit(), QPlainTextEdit(), browser):
        qtbot.addWidget(field)
        menu: QMenu = field.createStandardContextMenu()
        qtbot.addWidget(menu)
        texts = {action.text() for action in menu.actions()}
        assert texts - {""}
        assert english_in(texts) == set()


@pytest.mark.usefixtures("vietnamese")
def test_the_calendar_names_months_and_days_in_vietnamese(qtbot: QtBot) -> None:
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    calendar.setSelectedDate(QDate(2026, 11, 21))
    assert "Tháng 11" in shown_words(calendar)
    assert QLocale().dayName(7, QLocale.FormatType.ShortFormat) == "CN"


@pytest.mark.usefixtures("vietnamese")
def test_keys_keep_the_names_printed_on_them() -> None:
    native = QKeySequence.SequenceFormat.NativeText
    assert QKeySequence("Ctrl+S").toString(native) == "Ctrl+S"
    assert QKeySequence("Del").toString(native) == "Del"


@pytest.mark.usefixtures("vietnamese")
def test_a_word_that_the_table_lacks_stays_as_qt_says_it(qapp: QApplication) -> None:
    assert qapp.translate("QSomething", "Unheard of") == "Unheard of"
