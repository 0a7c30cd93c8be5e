"""Keep None, True and False alive under Python 3.11.

WORKAROUND: PySide6 6.12 is built for Pythons in which these objects are immortal (3.12, PEP 683)
and returns them without taking a reference. Under 3.11 every call that returns nothing, such as
`setText`, costs None one reference, and after some thousand calls Python aborts with
`none_dealloc`. Seen by `sys.getrefcount(None)` before and after; harmless from 3.12 on.
"""

from __future__ import annotations

import ctypes
import sys

_IMMORTAL_SINCE = (3, 12)
_MORE_THAN_WILL_BE_LOST = 1 << 40


def hold_singletons() -> None:
    """Give the singletons so many references that no run of the program uses them up."""
    if sys.version_info >= _IMMORTAL_SINCE:
        return
    for singleton in (None, True, False, NotImplemented, Ellipsis):
        # The reference count is the first word of every object of CPython before 3.12.
        count = ctypes.c_ssize_t.from_address(id(singleton))
        if count.value < _MORE_THAN_WILL_BE_LOST:
            count.value += 2 * _MORE_THAN_WILL_BE_LOST
