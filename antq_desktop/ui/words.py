"""Qt's own words in Vietnamese: buttons, dialogs, the calendar, the menu of a text field."""

from __future__ import annotations

import tomllib
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

_KEY_NAMES = "QShortcut"  # keys are called what is printed on them


class Words(QTranslator):
    """Answers Qt from a table of English source and Vietnamese word.

    A word that Qt uses in several senses stands under the name of the class that asks; all others
    stand under `common`. Shortcut letters (`&`) are left out: with UniKey on, Alt and a letter is
    typed by hand only by accident.
    """

    def __init__(self, table: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        read = tomllib.loads(table.read_text(encoding="utf-8"))
        self._by_context = {
            context: {_bare(source): word for source, word in words.items()}
            for context, words in read.items()
        }
        self._common = self._by_context.get("common", {})

    def isEmpty(self) -> bool:
        """Tell Qt that there are words here."""
        return False

    def translate(
        self,
        context: str | bytes | bytearray | memoryview,
        sourceText: str | bytes | bytearray | memoryview,  # noqa: N803 - Qt's name
        disambiguation: str | bytes | bytearray | memoryview | None = None,  # noqa: ARG002
        n: int = -1,
    ) -> str:
        """Return the Vietnamese word, or Qt's own where the table has none.

        An empty answer would reach Qt as an empty text, not as "no answer".
        """
        asked = _text(sourceText)
        asker = _text(context)
        if asker == _KEY_NAMES:
            return asked
        source = _bare(asked)
        own = self._by_context.get(asker, {})
        word = own.get(source) or self._common.get(source) or asked
        return word.replace("%n", str(n)) if n >= 0 else word


def speak_vietnamese(application: QApplication, table: Path) -> Words:
    """Give the application Vietnamese words, dates and numbers."""
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    words = Words(table, application)
    application.installTranslator(words)
    return words


def _text(value: str | bytes | bytearray | memoryview) -> str:
    return value if isinstance(value, str) else bytes(value).decode()


def _bare(source: str) -> str:
    """Drop shortcut marks, so that `&Yes` and `Yes` are one word."""
    return source.replace("&&", "\0").replace("&", "").replace("\0", "&&")
