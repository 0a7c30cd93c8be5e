"""The sheet that holds one of three parts of the keys of a device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antq_desktop.services.journal_paper import FormPapers

if TYPE_CHECKING:
    from antq_desktop.services.keyring import ShareSheet

_PER_ROW: Final = 7


class SharePaper(FormPapers):
    """One sheet."""

    def make(self, sheet: ShareSheet) -> bytes:
        """Return the paper of a sheet; nothing keeps it."""
        rows = [
            (str(start // _PER_ROW + 1), *_filled(sheet.groups[start : start + _PER_ROW]))
            for start in range(0, len(sheet.groups), _PER_ROW)
        ]
        tokens = {
            "place": str(sheet.place),
            "unit": sheet.unit,
            "label": sheet.label,
            "code": sheet.code,
        }
        return self._made("key_share", tokens, {"groups": rows})


def _filled(groups: tuple[str, ...]) -> tuple[str, ...]:
    return groups + ("",) * (_PER_ROW - len(groups))
