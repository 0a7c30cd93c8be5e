"""Words that may tell of state secrets or operational work: looked for while somebody types.

Nothing is stopped and nothing is kept: the answer is a word of the list, to be shown beside the
field, and never the text it was found in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from antq_desktop.domain.text import fold, nfc

_WORD: Final = re.compile(r"[^\W_]+")


def first_found(text: str, phrases: Iterable[str]) -> str:
    """Return the first phrase of a list that stands in a text as whole words; empty for none.

    A text typed without any accent is compared without accents.
    """
    plain = text.isascii()
    held = f" {' '.join(_words(text, plain=plain))} "
    for phrase in phrases:
        words = _words(phrase, plain=plain)
        if words and f" {' '.join(words)} " in held:
            return phrase
    return ""


def _words(text: str, *, plain: bool) -> list[str]:
    return _WORD.findall(fold(text) if plain else nfc(text).casefold())
