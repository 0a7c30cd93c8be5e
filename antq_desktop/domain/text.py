"""Vietnamese text: one form of storing it, what it may hold, how it is found and how it is sorted.

Sort keys are plain ASCII for Vietnamese text, so that the byte order of a database column, of
Python and of a file is the same; they follow the collation of the Unicode project for Vietnamese:
the alphabet first, then the tones of the whole text, then small letters before capitals.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.errors import UserError

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SIGNS: Final = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_DIGITS: Final = "0123456789"
_TONES: Final = ("\0", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang … nặng
_SHAPES: Final = "\u0302\u0306\u031b"  # of â, ă, ơ
_OTHER_MARK: Final = "7"
_LOOK_ALIKES: Final = {
    "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-",
    "\u00a0": " ", "\u202f": " ", "\t": " ", "\n": " ",
}  # fmt: skip
_LATIN: Final = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
_MARKS: Final = range(0x300, 0x370)


def nfc(text: str) -> str:
    """Return the text in the one form that is stored: composed letters (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def _bare_letter(letter: str) -> str:
    """Return a Latin letter without its marks, in small letters."""
    bare = "".join(c for c in unicodedata.normalize("NFD", letter.lower()) if ord(c) not in _MARKS)
    return bare.replace("đ", "d")


def _folding() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: _bare_letter(chr(code)) for code in _LATIN}
    table.update(dict.fromkeys(_MARKS, None))
    table.update({ord(sign): plain for sign, plain in _LOOK_ALIKES.items()})
    return table


_FOLDED: Final = _folding()


def opening(words: str) -> str:
    """Return words as they open a sentence: the first letter large, all others as they are."""
    return words[:1].upper() + words[1:]


_WORD: Final = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return the text as it is searched: small letters, no marks, đ as d.

    `fold("Đường Nguyễn")` is `"duong nguyen"`; folding twice changes nothing.
    """
    if text.isascii():
        return text.lower().translate(_FOLDED)
    folded = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded.lower())


def search_words(query: str) -> tuple[str, ...]:
    """Return the folded words of what was typed into a search, each once, in their order."""
    return tuple(dict.fromkeys(_WORD.findall(fold(query))))


def _letter_weights(letter: str) -> tuple[str, str]:
    """Split a letter into what the alphabet knows (ơ) and the digit of its tone."""
    tone = "1"
    kept = ""
    for part in unicodedata.normalize("NFD", letter.lower()):
        if part in _TONES:
            tone = str(_TONES.index(part) + 1)
        elif ord(part) not in _MARKS:
            kept += part
        elif part in _SHAPES and (joined := unicodedata.normalize("NFC", kept + part)) in _ALPHABET:
            kept = joined
        else:
            tone = _OTHER_MARK
    return kept, tone


def _weights() -> tuple[dict[int, str | None], dict[int, str | None]]:
    order = {sign: chr(0x21 + place) for place, sign in enumerate(" " + _SIGNS + _DIGITS)}
    first_letter = 0x21 + len(order)
    order |= {letter: chr(first_letter + place) for place, letter in enumerate(_ALPHABET)}
    main: dict[int, str | None] = {ord(sign): weight for sign, weight in order.items()}
    main.update({ord(sign): order[plain] for sign, plain in _LOOK_ALIKES.items()})
    main.update(dict.fromkeys(_MARKS, None))
    tones: dict[int, str | None] = dict.fromkeys(_MARKS, None)
    for code in _LATIN:
        kept, tone = _letter_weights(chr(code))
        if kept and all(letter in order for letter in kept):
            main[code] = "".join(order[letter] for letter in kept)
            tones[code] = tone * len(kept)
    return main, tones


class _ToneOf(dict[int, str | None]):
    """Digits of tones; whatever bears none counts as level tone."""

    def __missing__(self, _code: int) -> str:
        return "1"


_MAIN, _tone_digits = _weights()
_TONE_DIGITS: Final = _ToneOf(_tone_digits)
_END: Final = " "  # lower than every weight, so that a shorter text comes first


def _alphabet_and_tones(text: str) -> str:
    tones = "" if text.isascii() else text.translate(_TONE_DIGITS).rstrip("1")
    return text.translate(_MAIN) + _END + tones


def _capitals(text: str) -> str:
    return "".join("2" if letter.isupper() else "1" for letter in text).rstrip("1")


def sort_key(text: str) -> str:
    """Return the key by which things are listed: alphabet, then tones, then capitals."""
    text = nfc(text)
    return _alphabet_and_tones(text) + _END + _capitals(text)


_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")


def name_sort_key(name: str) -> str:
    """Return the key by which people are listed: given name, then middle name, then family name.

    What stands in brackets after a name (an alias) does not count.
    """
    text = nfc(name)
    words = _IN_BRACKETS.sub(" ", text).split() or text.split() or [""]
    family, middle, given = (
        (words[0], " ".join(words[1:-1]), words[-1]) if len(words) > 1 else ("", "", words[0])
    )
    parts = [_alphabet_and_tones(part) for part in (given, middle, family)]
    return _END.join((*parts, _capitals(text)))


# Characters that do not print or that turn the line around. The list is fixed: what a newer
# Unicode table thinks of a letter must not change the verdict on a record.
_HIDDEN: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\uf8ff\ufdd0-\ufdef\U000110bd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_REFUSED_IN_LONG: Final = re.compile(f"[{_HIDDEN}]")
_REFUSED_IN_SHORT: Final = re.compile(f"[{_HIDDEN}\n\t]")


@dataclass(frozen=True, slots=True)
class Refused:
    """One character that may not be stored.

    Attributes:
        position: Its place in the text after NFC, from 0.
        character: The character itself.
        name: What a person is told it is, in Vietnamese.
    """

    position: int
    character: str
    name: str


def _called(character: str) -> str:
    if character in "\n\r\u2028\u2029":
        return "dấu xuống dòng"
    if character == "\t":
        return "dấu cách cột"
    return f"ký tự ẩn U+{ord(character):04X}"


def _one_line_break(text: str) -> str:
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n")


def refused(text: str, *, long: bool = False) -> tuple[Refused, ...]:
    """Return every character that may not be stored; long text may break lines and hold tabs."""
    pattern = _REFUSED_IN_LONG if long else _REFUSED_IN_SHORT
    return tuple(
        Refused(found.start(), found.group(), _called(found.group()))
        for found in pattern.finditer(_one_line_break(text))
    )


def clean(text: str, label: str, *, long: bool = False, field: str = "") -> str:
    r"""Return the text as it is stored: NFC, line breaks as `\n`, nothing taken away.

    Raises:
        UserError: `text_not_allowed`, with the name of the character and where it stands.
    """
    stored = _one_line_break(text)
    found = refused(stored, long=long)
    if not found:
        return stored
    first = found[0]
    before = stored[: first.position].split()
    where = f"sau “{before[-1][:20]}”" if before else "ở đầu"
    message = f"{label} có {first.name} {where}. Xóa chỗ đó rồi gõ lại."
    raise UserError("text_not_allowed", message, field)


def without_refused(text: str, *, long: bool = False) -> str:
    """Return the text without what may not be stored; breaks and tabs of short text become blanks.

    Offered to the person after `clean` refused; never done unasked.
    """
    stored = _one_line_break(text)
    if not long:
        stored = re.sub(r"[\n\t\u2028\u2029]+", " ", stored)
    return nfc(_REFUSED_IN_LONG.sub("", stored))
