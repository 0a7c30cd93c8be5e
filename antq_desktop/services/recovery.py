"""The recovery sheet: a code on paper, sealed in an envelope, that opens the store once.

A sheet is made by an administrator with their own password; a new one ends the one before. It is
used where nobody knows a password any more: it sets the password of one administrator anew, is
written to history, and is spent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.recovery_code import new_code, secret_of
from antq_desktop.domain.rights import Operation, may, require
from antq_desktop.domain.text import fold, nfc
from antq_desktop.services.hand import Hand
from antq_desktop.services.passwords import may_be_set
from antq_desktop.services.people import unit_name
from antq_desktop.storage import officers, settings, slotfile, vault
from antq_desktop.storage.folders import SLOTS_FILE
from antq_desktop.storage.officers import Officer
from antq_desktop.storage.store import Outside, Store

if TYPE_CHECKING:
    from antq_desktop.services.doorkeeping import Guard
    from antq_desktop.services.profiles import Profiles

SHEET: Final = "phiếu khôi phục"
USED: Final = (
    "Đã đặt mật khẩu mới cho {name}. Phiếu khôi phục vừa dùng đã hết hiệu lực: đăng nhập, "
    "vào Quản trị, trang Cán bộ và lập phiếu mới."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was just made; the code is told once and kept nowhere.

    Attributes:
        code: Ten groups of five figures.
        made_at: Civil time.
        maker: Name of the administrator who made it.
    """

    code: str
    made_at: str
    maker: str


class RecoverySheets:
    """Makes the sheet of one store, for the officer at work."""

    def __init__(self, store: Store, hand: Hand, hardness: vault.Hardness, guard: Guard) -> None:
        self._store = store
        self._hand = hand
        self._hardness = hardness
        self._guard = guard

    def made_at(self) -> str | None:
        """Return when the sheet in force was made, `` where that is not known; None without one."""
        if not vault.has_recovery(vault.load(self._store.folder / SLOTS_FILE)):
            return None
        return self._store.setting(settings.SHEET_MADE, "")

    def make(self, own_password: str) -> Sheet:
        """Make a new sheet; an older one opens nothing any more.

        Raises:
            UserError: `not_allowed`, or `wrong_password` at `own_password`.
            EnvironmentFault: The machine denied it.
        """
        officer = self._hand.officer
        with self._store.reading() as reader:
            held = officers.named(reader.connection, officer)
        require(held.roles if held else (), Operation.PEOPLE)
        slots, key = self._guard.key(own_password)
        sheet = Sheet(new_code(self._hand.random_bytes), civil(self._hand.clock.now()), officer)
        had_one = vault.has_recovery(slots)
        widened = vault.with_recovery(
            slots,
            key,
            secret_of(sheet.code),
            hardness=self._hardness,
            random_bytes=self._hand.random_bytes,
        )
        with self._store.writing(officer, Action.PEOPLE) as work:
            work.set_setting(settings.SHEET_MADE, sheet.made_at)
            ended = "; phiếu trước hết hiệu lực" if had_one else ""
            work.note("", "", f"Lập phiếu khôi phục{ended}")
            slotfile.stage(work, widened, self._store.folder)
        return sheet

    def paper(self, sheet: Sheet) -> bytes:
        """Return a sheet as a paper; it is for the printer and an envelope, kept nowhere else.

        Raises:
            EnvironmentFault: What the machine denies.
        """
        from antq_desktop.services.journal_paper import RecoveryPaper

        return RecoveryPaper(self._store, self._hand).make(sheet, unit_name(self._store))


def recover(
    folder: Path,
    code: str,
    officer: str,
    password: str,
    *,
    profiles: Profiles,
    outside: Outside,
    missed: Sequence[str] = (),
) -> str:
    """Set the password of an administrator anew by the recovery sheet, and spend the sheet.

    Args:
        folder: The profile.
        code: As typed from the sheet.
        officer: The administrator whose password is set.
        password: Their new password.
        profiles: Opens the profile.
        outside: Time, randomness, and how hard keys are to derive.
        missed: Moments of wrong codes before this one.

    Returns:
        What was done, in one sentence that says to make a new sheet.

    Raises:
        UserError: `recovery_code_length`, `recovery_code_groups`, `no_recovery_sheet`,
            `wrong_recovery_code`, `recovery_not_administrator`, what `may_be_set` refuses.
        EnvironmentFault: What the machine denies.
    """
    secret = secret_of(code)
    may_be_set(password, (officer,))  # at once, before the slow derivation
    store, key = profiles.open_by_recovery(folder, secret)
    try:
        with store.reading() as reader:
            held = _administrator(officers.every(reader.connection), officer)
        password = may_be_set(password, (held.name, unit_name(store)))
        path = folder / SLOTS_FILE
        changed = vault.with_slot(
            vault.without_recovery(vault.load(path)),
            key,
            officer=held.id,
            name=held.name,
            password=password,
            hardness=outside.hardness,
            random_bytes=outside.random_bytes,
        )
        with store.writing(held.name, Action.PASSWORD) as work:
            officers.change(work.connection, replace(held, must_change=False))
            work.set_setting(settings.SHEET_MADE, "")
            told = f"Mở dữ liệu bằng phiếu khôi phục, đặt lại mật khẩu cho {held.name}"
            wrong = f"; trước đó nhập sai mã {len(missed)} lần" if missed else ""
            work.note("", "", f"{told}; phiếu hết hiệu lực{wrong}")
            slotfile.stage(work, changed, folder)
    finally:
        store.close()
    return USED.format(name=held.name)


def _administrator(held: list[Officer], typed: str) -> Officer:
    found = [one for one in held if one.active and may(one.roles, Operation.PEOPLE)]
    exact = [one for one in found if one.name == nfc(typed).strip()]
    alike = exact or [one for one in found if fold(one.name) == fold(typed.strip())]
    if len(alike) == 1:
        return alike[0]
    names = ", ".join(one.name for one in found)
    message = (
        f"Phiếu khôi phục chỉ đặt lại mật khẩu cho cán bộ quản trị: {names}. Chọn cán bộ đó; "
        "sau khi đăng nhập, cán bộ quản trị đặt lại mật khẩu cho cán bộ khác."
    )
    raise UserError("recovery_not_administrator", message, "officer")
