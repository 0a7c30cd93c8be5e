"""Reminds while somebody types that state secrets and operational work are not entered here.

It never blocks, and nothing of the text is kept anywhere.
"""

from __future__ import annotations

from functools import cache

from antq_desktop.catalogue.caution import load_caution
from antq_desktop.domain.caution import first_found
from antq_desktop.paths import caution_words_file


@cache
def _phrases() -> tuple[str, ...]:
    return load_caution(caution_words_file())


def caution_about(text: str) -> str:
    """Return a sentence where a text holds a word of the list; empty otherwise."""
    found = first_found(text, _phrases())
    if not found:
        return ""
    kept_out = "Không nhập bí mật nhà nước và công tác nghiệp vụ"
    return f"Có chữ “{found}”. {kept_out}; xem lại trước khi lưu."
