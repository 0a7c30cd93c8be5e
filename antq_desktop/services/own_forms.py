"""Print forms that the unit puts in the place of shipped illustrations.

A form read in full in a legal text stays as it is. The unit's own form may use what the shipped
one uses, and every other field of the same record; what it does not say is not printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.catalogue.prints import load_print_form, load_print_forms, parse_print_form
from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.paths import forms_folder
from antq_desktop.services.paper_kinds import NEEDS, RECORD_KINDS
from antq_desktop.services.paper_recipes import RECIPES

if TYPE_CHECKING:
    from antq_desktop.domain.composing import PrintForm
    from antq_desktop.storage.store import Store

SETTING: Final = "print_form:"
LARGEST: Final = 200_000
_COMMON: Final = frozenset({
    "issuer", "superior", "number", "place_date", "maker_name", "signer_authority",
    "signer_office", "signer_name", "signers", "recipients",
})  # fmt: skip


class OwnForms:
    """The print forms as this unit uses them."""

    def __init__(self, store: Store, officer: str) -> None:
        """Take the store that keeps the unit's own forms, and who changes them."""
        self._store = store
        self._officer = officer
        self._folder = forms_folder() / "print"
        self._shipped: Mapping[str, PrintForm] | None = None

    @property
    def shipped(self) -> Mapping[str, PrintForm]:
        """The forms of the program by code; read once.

        Raises:
            EnvironmentFault: One of them cannot be read.
        """
        if self._shipped is None:
            self._shipped = load_print_forms(self._folder)
        return self._shipped

    def form(self, code: str) -> PrintForm:
        """Return a form as it is used here.

        Raises:
            KeyError: There is no such form.
        """
        held = self._store.setting(SETTING + code, "")
        return parse_print_form(code, held) if held else self.shipped[code]

    def is_own(self, code: str) -> bool:
        """Tell whether the unit put its own form in the place of the shipped one."""
        return bool(self._store.setting(SETTING + code, ""))

    def text(self, code: str) -> str:
        """Return the text of the form in use, to be changed by hand.

        Raises:
            UserError: `unknown_paper`.
        """
        self._known(code)
        held = self._store.setting(SETTING + code, "")
        return held or (self._folder / f"{code}.toml").read_text(encoding="utf-8")

    def replace(self, code: str, file: Path) -> PrintForm:
        """Use the form in a file in place of the shipped one.

        Raises:
            UserError: `unknown_paper`, `form_is_official`, `form_file_too_large`,
                `form_asks_unknown`, `form_table_differs`.
            EnvironmentFault: The file cannot be read or is no print form.
        """
        shipped = self._known(code)
        if shipped.confidence == "A":
            message = f"“{shipped.title}” theo mẫu đã đọc trong văn bản, không thay được."
            raise UserError("form_is_official", message, "form")
        load_print_form(file)  # says which file it is when it cannot be read
        text = file.read_text(encoding="utf-8")
        if len(text) > LARGEST:
            message = f"Tệp mẫu dài quá {LARGEST} chữ. Rút ngắn rồi nạp lại."
            raise UserError("form_file_too_large", message, "file")
        form = parse_print_form(code, text)
        self._check(form, shipped)
        self._keep(code, text, f"Thay mẫu in: {shipped.title}")
        return form

    def restore(self, code: str) -> None:
        """Use the shipped form again.

        Raises:
            UserError: `unknown_paper`.
        """
        self._keep(code, "", f"Dùng lại mẫu in của chương trình: {self._known(code).title}")

    def _known(self, code: str) -> PrintForm:
        found = self.shipped.get(code)
        if found is None or code not in NEEDS:
            message = f"Không có biểu mẫu in “{code}”. Các biểu mẫu: {', '.join(sorted(NEEDS))}."
            raise UserError("unknown_paper", message, "form")
        return found

    def _check(self, form: PrintForm, shipped: PrintForm) -> None:
        kind = RECORD_KINDS.get(form.code, "") if form.code in RECIPES else ""
        fields = self._store.specs[kind].fields if kind else ()
        known = shipped.tokens | _COMMON | {f"record_{field.name}" for field in fields}
        asked = sorted((form.tokens - known) | (form.tables - shipped.tables))
        if asked:
            message = (
                f"Mẫu dùng chỗ trống chưa có: {', '.join(asked[:10])}. "
                f"Ghi mẫu đang dùng ra tệp để xem các chỗ trống dùng được."
            )
            raise UserError("form_asks_unknown", message, "file")
        for name in form.tables:
            if form.columns_of(name) != shipped.columns_of(name):
                message = f"Bảng “{name}” phải có đúng {shipped.columns_of(name)} cột."
                raise UserError("form_table_differs", message, "file")

    def _keep(self, code: str, text: str, told: str) -> None:
        with self._store.writing(self._officer, Action.SETTINGS) as work:
            work.set_setting(SETTING + code, text)
            work.note("", "", told)
