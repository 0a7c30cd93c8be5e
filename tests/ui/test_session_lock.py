"""The lock of the system's own session hides the work: a bus is asked, a message is delivered."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray, QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.ui.session_lock import (
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    SessionLock,
    WindowsFilter,
    own_session,
)

SAVER = "org.freedesktop.ScreenSaver"


@pytest.fixture
def bus_address() -> Iterator[str]:
    """Run a message bus of our own."""
    found = shutil.which("dbus-daemon")
    if found is None:
        pytest.skip("no dbus-daemon on this machine")
    command = [found, "--session", "--nofork", "--print-address"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()
        bus.terminate()


def _say(bus: QDBusConnection, *, active: bool) -> None:
    told = QDBusMessage.createSignal("/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged")
    told.setArguments([active])
    assert bus.send(told)


def test_a_screen_saver_that_begins_locks_and_one_that_ends_does_not(
    qapp: QApplication, qtbot: QtBot, bus_address: str
) -> None:
    lock = SessionLock(QObject(qapp))
    heard: list[str] = []
    lock.locked.connect(lambda: heard.append("locked"))
    ours = QDBusConnection.connectToBus(bus_address, "ours")
    theirs = QDBusConnection.connectToBus(bus_address, "theirs")
    assert ours.isConnected()
    lock.listen_to_savers(ours)
    lock.saver_changed(False)
    assert heard == []

    def is_heard() -> bool:  # the bus may learn who listens only after the first was said
        _say(theirs, active=True)
        return bool(heard)

    qtbot.waitUntil(is_heard, timeout=10_000)
    QDBusConnection.disconnectFromBus("ours")
    QDBusConnection.disconnectFromBus("theirs")


LOGIN = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusObjectPath, QDBusVariant, QDBusVirtualObject

class Login(QDBusVirtualObject):
    def introspect(self, path):
        return ""

    def handleMessage(self, message, connection):
        if message.member() == "Get" and message.path().endswith("/session/auto"):
            answer = QDBusVariant("c2")
        elif message.member() == "GetSession" and message.arguments() == ["c2"]:
            answer = QDBusObjectPath("/org/freedesktop/login1/session/c2")
        else:
            return False
        reply = message.createReply()
        reply.setArguments([answer])
        connection.send(reply)
        return True

app = QCoreApplication([])
bus = QDBusConnection.connectToBus(sys.argv[1], "login")
login = Login()
assert bus.registerVirtualObject("/org", login, QDBusConnection.VirtualObjectRegisterOption.SubPath)
assert bus.registerService("org.freedesktop.login1")
print("ready", flush=True)
app.exec()
"""


def _lock_session(bus: QDBusConnection, session: str) -> None:
    path = f"/org/freedesktop/login1/session/{session}"
    told = QDBusMessage.createSignal(path, "org.freedesktop.login1.Session", "Lock")
    assert bus.send(told)


def test_the_lock_of_the_own_session_is_heard_and_that_of_another_user_is_not(
    qapp: QApplication, qtbot: QtBot, bus_address: str
) -> None:
    command = [sys.executable, "-c", LOGIN, bus_address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as login:
        assert login.stdout is not None
        assert login.stdout.readline().strip() == "ready"
        ours = QDBusConnection.connectToBus(bus_address, "ours-login")
        theirs = QDBusConnection.connectToBus(bus_address, "theirs-login")
        lock = SessionLock(QObject(qapp))
        heard: list[str] = []
        lock.locked.connect(lambda: heard.append("locked"))
        lock.listen_to_login(ours)
        for _ in range(5):
            _lock_session(theirs, "c7")
        assert own_session(ours) == "/org/freedesktop/login1/session/c2"  # a turn of the bus
        QApplication.processEvents()
        assert heard == []
        _lock_session(theirs, "c2")
        qtbot.waitUntil(lambda: heard == ["locked"], timeout=10_000)
        login.terminate()
    QDBusConnection.disconnectFromBus("ours-login")
    QDBusConnection.disconnectFromBus("theirs-login")


def test_where_no_session_is_known_none_is_heard(qapp: QApplication, bus_address: str) -> None:
    ours = QDBusConnection.connectToBus(bus_address, "alone")
    assert own_session(ours) == ""
    SessionLock(QObject(qapp)).listen_to_login(ours)
    QDBusConnection.disconnectFromBus("alone")


class Message(ctypes.Structure):
    """`MSG` of Windows."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("what", ctypes.c_size_t),
        ("more", ctypes.c_ssize_t),
    )


@pytest.mark.parametrize(
    ("message", "what", "kind", "locks"),
    [
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, b"windows_generic_MSG", True),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK + 1, b"windows_generic_MSG", False),
        (WM_WTSSESSION_CHANGE + 1, WTS_SESSION_LOCK, b"windows_generic_MSG", False),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, b"xcb_generic_event_t", False),
    ],
)
def test_the_message_of_windows_that_the_session_was_locked_locks(
    message: int, what: int, kind: bytes, locks: bool
) -> None:
    heard: list[str] = []
    delivered = Message(None, message, what, 0)
    found = WindowsFilter(lambda: heard.append("locked")).nativeEventFilter(
        QByteArray(kind), ctypes.addressof(delivered)
    )
    assert found == (False, 0)
    assert bool(heard) is locks
