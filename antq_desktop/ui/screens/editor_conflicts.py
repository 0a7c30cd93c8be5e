"""What stands against a record: another value beside a field, a void, another unit's hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from antq_desktop.domain.fields import Down
from antq_desktop.domain.shown import show_moment
from antq_desktop.domain.text import opening
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.ui.screens.editor_bands import Bands, Step
from antq_desktop.ui.screens.editor_loading import void_entry
from antq_desktop.ui.screens.reading_pane_data import shown_text

if TYPE_CHECKING:
    from antq_desktop.ui.screens.editor_pages import EditorPages
    from antq_desktop.ui.screens.reading_pane_data import Loaded
    from antq_desktop.ui.workplace import Workplace


def show_standing(
    workplace: Workplace,
    loaded: Loaded,
    bands: Bands,
    pages: EditorPages | None,
    keep: Callable[[], None] | None,
) -> None:
    """Show bands for what is special about a record, and other values beside their fields."""
    shown = loaded.shown
    label = shown.spec.label
    for name in ("void", "foreign", "conflict"):
        bands.hide_band(name)
    if shown.void_reason is not None:
        bands.show_band(
            "void",
            f"{opening(label)} đã hủy. Lý do: {shown.void_reason}",
            (Step("Thôi hủy", lambda: unvoid(workplace, loaded)),) if loaded.own else (),
            tone="plain",
        )
    if not loaded.own:
        bands.show_band(
            "foreign",
            f"{opening(label)} này do đơn vị khác lập, ở đây chỉ xem.",
            _ask_steps(workplace, loaded, bands),
            tone="info",
        )
    if shown.contested:
        bands.show_band(
            "conflict",
            f"Một người đã hủy {label} này, người khác vẫn sửa. Lưu lại thì giữ, hủy lại thì bỏ.",
            tone="watch",
        )
    elif shown.others:
        steps = (Step("Giữ các giá trị đang hiện", keep),) if keep and not loaded.locked else ()
        bands.show_band(
            "conflict",
            f"Hai người cùng sửa {len(shown.others)} mục, cần chọn."
            " Giá trị khác đứng dưới từng mục.",
            steps,
            tone="watch",
        )
    if pages is not None:
        show_others(workplace, loaded, pages)


def _ask_steps(workplace: Workplace, loaded: Loaded, bands: Bands) -> tuple[Step, ...]:
    """Return the steps that trace a record and ask the unit below; a commune has nobody to ask."""
    if workplace.office.level != RECEIVER_LEVEL or loaded.shown.spec.down is not Down.NO:
        return ()

    def ask() -> None:
        from antq_desktop.ui.screens.asking import ask_about

        ask_about(workplace, bands, loaded)

    def trace() -> None:
        from antq_desktop.ui.screens.signed_line import show_signed_lines

        record = loaded.shown.record
        show_signed_lines(workplace, bands, record.kind, record.id)

    return (Step("Xem dòng đã ký…", trace), Step("Gửi yêu cầu…", ask))


def show_others(workplace: Workplace, loaded: Loaded, pages: EditorPages) -> None:
    """Show the values of the other side beside the fields that are built."""
    shown = loaded.shown
    for _tab, record_id, path in pages.places():
        made = pages.fields.made(record_id, path)
        if made is not None and record_id == shown.record.id:
            made.show_other(_other_words(workplace, loaded, path))


def _other_words(workplace: Workplace, loaded: Loaded, path: str) -> str:
    others = loaded.shown.others.get(path)
    if not others:
        return ""
    spec, first = loaded.shown.spec.at(path), others[0]
    text = shown_text(workplace.office, spec, first.value, loaded.titles) or "(trống)"
    who = f"{first.officer}, {show_moment(first.at[:16])}"
    return f"{'(mục riêng tư)' if spec.private else text} ({who})"


def unvoid(workplace: Workplace, loaded: Loaded) -> None:
    """Take the void of a record back, as one undo."""
    record, office = loaded.shown.record, workplace.office

    def then(seq: int | None) -> None:
        if seq is not None:
            workplace.undo(seq, (record.kind,))

    workplace.jobs.read(lambda _control: void_entry(office, record.id), then)
