"""Typing as Vietnamese keyboard programs do it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng


def press(
    target: QObject, key: Qt.Key, text: str = "", held: Qt.KeyboardModifier | None = None
) -> None:
    """Send one key down and up."""
    modifiers = held or Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))


def send(target: QObject, text: str) -> None:
    """Send letters, one key each."""
    for letter in text:
        press(target, Qt.Key.Key_unknown, letter)


def stages(text: str) -> Iterator[str]:
    """Yield what stands in the field after each key: bare letter, shaped letter, toned word."""
    done = ""
    for word in text.replace(" ", " \0").split("\0"):
        toneless = ""
        for letter in word:
            parts = unicodedata.normalize("NFD", letter)
            bare = {"đ": "d", "Đ": "D"}.get(letter, parts[0])
            shaped = unicodedata.normalize("NFC", "".join(p for p in parts if p not in TONES))
            yield done + toneless + bare
            toneless += shaped
            yield done + toneless
        yield done + word
        done += word


def change(target: QObject, before: str, after: str, *, key: str = "") -> None:
    """Turn one text into the next by backspaces and letters, as UniKey does."""
    kept = 0
    while kept < min(len(before), len(after)) and before[kept] == after[kept]:
        kept += 1
    if key:
        send(target, key)
        press(target, Qt.Key.Key_Backspace, "\b")
    for _ in range(len(before) - kept):
        press(target, Qt.Key.Key_Backspace, "\b")
    send(target, after[kept:])


def type_telex(target: QObject, text: str) -> None:
    """Type with Telex: shapes and tones come by backspaces and other letters."""
    before = ""
    for after in stages(text):
        change(target, before, after)
        before = after


def type_vni(target: QObject, text: str) -> None:
    """Type with VNI in the manner that lets the digit through and takes it back."""
    before = ""
    for after in stages(text):
        shaped = bool(before) and len(after) == len(before) and after != before
        change(target, before, after, key="6" if shaped else "")
        before = after


def type_by_input_method(target: QObject, text: str) -> None:
    """Type as ibus does: each word is shown as pre-edit text, then committed."""
    for word in text.replace(" ", " \0").split("\0"):
        for stage in stages(word):
            QCoreApplication.sendEvent(target, QInputMethodEvent(stage, []))
        event = QInputMethodEvent("", [])
        event.setCommitString(word)
        QCoreApplication.sendEvent(target, event)
