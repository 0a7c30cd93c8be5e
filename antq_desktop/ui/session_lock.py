"""Hears that the session of the system itself was locked, so that the work is hidden with it.

Linux tells it on two message buses of this machine, over local sockets: the screen saver of the
desktop (`org.freedesktop.ScreenSaver` and its GNOME and Cinnamon brothers) on the bus of the
session, and the session of systemd-logind on the bus of the system. Windows tells windows that
asked for it (`WTSRegisterSessionNotification`) by the message WM_WTSSESSION_CHANGE. Where neither
is there, the lock by time stands alone.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QCoreApplication, QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtDBus import QDBusConnection

WM_WTSSESSION_CHANGE: Final = 0x02B1
WTS_SESSION_LOCK: Final = 0x7
NOTIFY_FOR_THIS_SESSION: Final = 0
_MESSAGE: Final = b"windows_generic_MSG"
_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)
_SAVER_SLOT: Final = cast("bytes", SLOT("saver_changed(bool)"))  # Qt takes what SLOT gives
_LOGIN_SLOT: Final = cast("bytes", SLOT("session_locked()"))
_LOGIN: Final = "org.freedesktop.login1"
_SESSION: Final = "org.freedesktop.login1.Session"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_MANAGER_PATH: Final = "/org/freedesktop/login1"
_OWN_PATH: Final = "/org/freedesktop/login1/session/auto"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_PATIENCE_MS: Final = 500


class SessionLock(QObject):
    """`locked` comes when the system says that its session was locked."""

    locked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter: WindowsFilter | None = None

    def start(self, window: int) -> None:
        """Begin to hear; `window` is the native handle of the window that Windows tells."""
        if sys.platform == "win32":
            self._filter = WindowsFilter(self.locked.emit)
            register_for_session(window)
            application = QCoreApplication.instance()
            if application is not None:
                application.installNativeEventFilter(self._filter)
        elif sys.platform.startswith("linux"):
            self._listen()

    def stop(self) -> None:
        """Hear no longer."""
        application = QCoreApplication.instance()
        if self._filter is not None and application is not None:
            application.removeNativeEventFilter(self._filter)
        self._filter = None
        self.locked.disconnect()

    @Slot(bool)
    def saver_changed(self, active: bool) -> None:
        """Hear a screen saver that began or ended."""
        if active:
            self.locked.emit()

    @Slot()
    def session_locked(self) -> None:
        """Hear logind."""
        self.locked.emit()

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):  # else a bus would be started for it
            self.listen_to_savers(QDBusConnection.sessionBus())
        self.listen_to_login(QDBusConnection.systemBus())

    def listen_to_savers(self, bus: QDBusConnection) -> None:
        """Hear the screen savers of a bus; one that is not there says nothing."""
        if not bus.isConnected():
            return
        for name in _SAVERS:
            bus.connect("", "", name, "ActiveChanged", self, _SAVER_SLOT)

    def listen_to_login(self, bus: QDBusConnection) -> None:
        """Hear the session of this program on a bus; those of other people are not heard."""
        path = own_session(bus) if bus.isConnected() else ""
        if path:
            bus.connect("", path, _SESSION, "Lock", self, _LOGIN_SLOT)


def own_session(bus: QDBusConnection) -> str:
    """Return the path of the session that this program runs in; empty where none is known."""
    named = _asked(bus, _OWN_PATH, _PROPERTIES, "Get", [_SESSION, "Id"])
    path = _asked(bus, _MANAGER_PATH, _MANAGER, "GetSession", [named]) if named else ""
    return path if isinstance(path, str) else str(getattr(path, "path")())  # noqa: B009 - of Qt


def _asked(
    bus: QDBusConnection, path: str, interface: str, name: str, given: list[object]
) -> object:
    from PySide6.QtDBus import QDBus, QDBusMessage, QDBusVariant

    ask = QDBusMessage.createMethodCall(_LOGIN, path, interface, name)
    ask.setArguments(given)
    answer = bus.call(ask, QDBus.CallMode.Block, _PATIENCE_MS)
    if answer.type() is not QDBusMessage.MessageType.ReplyMessage or not answer.arguments():
        return ""
    told: object = answer.arguments()[0]
    return told.variant() if isinstance(told, QDBusVariant) else told


class WindowsFilter(QAbstractNativeEventFilter):
    """Looks at the messages of Windows for the one that tells of a locked session."""

    def __init__(self, locked: Callable[[], None]) -> None:
        super().__init__()
        self._locked = locked

    def nativeEventFilter(self, kind: object, message: int) -> tuple[bool, int]:
        """Hear a message; none is kept from anybody else."""
        if bytes(kind) == _MESSAGE and tells_of_a_lock(int(message)):  # type: ignore[call-overload]  # a QByteArray
            self._locked()
        return False, 0


def tells_of_a_lock(address: int) -> bool:
    """Tell whether the `MSG` at an address says that the session was locked."""
    import ctypes

    class Message(ctypes.Structure):
        """The beginning of `MSG`; what follows is not looked at."""

        _fields_ = (
            ("window", ctypes.c_void_p),
            ("message", ctypes.c_uint),
            ("what", ctypes.c_size_t),
        )

    found = Message.from_address(address)
    return bool(found.message == WM_WTSSESSION_CHANGE and found.what == WTS_SESSION_LOCK)


def register_for_session(window: int) -> bool:
    """Ask Windows to tell a window of changes of its session; False where that is not to be had."""
    import ctypes

    try:
        library = getattr(ctypes, "WinDLL")("wtsapi32")  # noqa: B009 - only there on Windows
        register = library.WTSRegisterSessionNotification
    except (OSError, AttributeError):
        return False
    register.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
    register.restype = ctypes.c_int
    return bool(register(window, NOTIFY_FOR_THIS_SESSION))
