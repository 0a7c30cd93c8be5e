"""Whether a password may be set here: asked of every password, wherever it is set."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from antq_desktop.catalogue.passwords import load_common
from antq_desktop.domain.passwords import check_password
from antq_desktop.paths import common_passwords_file


@cache
def _common() -> frozenset[str]:
    return load_common(common_passwords_file())


def may_be_set(password: str, near: Iterable[str] = (), field: str = "password") -> str:
    """Return a password in NFC when it may be set.

    Args:
        password: As typed.
        near: Names that everybody knows: of the officer, of the unit.
        field: The field a refusal stands beside.

    Raises:
        UserError: `password_too_short`, `password_too_long`, `password_common`, `password_near`.
    """
    return check_password(password, common=_common(), near=near, field=field)
