"""Text of the years before Unicode: TCVN3 (`.VnTime`) and VNI, recognised and converted.

Both write Vietnamese with the letters of Windows-1252. TCVN3 (TCVN 5712:1993, VN3) has one code
for each small letter and few capitals: capitals come from fonts whose name ends in H, under which
small letters are drawn large. VNI writes the mark behind its letter.

A text alone may read as either (`Céng`), so recognition counts syllables that exist, and the whole
sheet decides where one cell does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from antq_desktop.domain.text import nfc


class OldFont(StrEnum):
    """A way of writing Vietnamese that is not Unicode."""

    TCVN3 = "tcvn3"
    VNI = "vni"


NAMES: Final = {OldFont.TCVN3: "TCVN3 (.VnTime)", OldFont.VNI: "VNI (VNI-Times)"}

_TCVN3_CODES: Final = (
    "¡¢£¤¥¦§¨©ª«¬\u00ad®" "µ¶·¸¹" "»¼½¾Æ" "ÇÈÉÊË" "ÌÎÏÐÑ" "ÒÓÔÕÖ" "×ØÜÝÞ"
    "ßáâãä" "åæçèé" "êëìíî" "ïñòóô" "õö÷øù" "úûüýþ"
)  # fmt: skip
_TCVN3_LETTERS: Final = (
    "ĂÂÊÔƠƯĐăâêôơưđ" "àảãáạ" "ằẳẵắặ" "ầẩẫấậ" "èẻẽéẹ" "ềểễếệ" "ìỉĩíị"
    "òỏõóọ" "ồổỗốộ" "ờởỡớợ" "ùủũúụ" "ừửữứự" "ỳỷỹýỵ"
)  # fmt: skip
TCVN3: Final = dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True))
_TCVN3_TABLE: Final = str.maketrans({**TCVN3, "μ": "à"})  # the Greek letter some programs put for µ

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_TONES: Final = {"ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ù": _ACUTE, "ï": _DOT}
_VNI_CIRCUMFLEX: Final = {
    "â": _CIRCUMFLEX, "à": _CIRCUMFLEX + _GRAVE, "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE, "á": _CIRCUMFLEX + _ACUTE, "ä": _CIRCUMFLEX + _DOT,
}  # fmt: skip
_VNI_BREVE: Final = {
    "ê": _BREVE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE, "é": _BREVE + _ACUTE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_ALONE: Final = {
    "ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip
_TONES_AND_CIRCUMFLEX: Final = {**_VNI_TONES, **_VNI_CIRCUMFLEX}


def _vni_pairs() -> dict[str, str]:
    behind = {
        "a": {**_TONES_AND_CIRCUMFLEX, **_VNI_BREVE},
        "e": _TONES_AND_CIRCUMFLEX,
        "o": _TONES_AND_CIRCUMFLEX,
        **dict.fromkeys("uyôö", _VNI_TONES),
    }
    found = dict(_VNI_ALONE)
    found |= {
        letter + mark: nfc(_VNI_ALONE.get(letter, letter) + composed)
        for letter, marks in behind.items()
        for mark, composed in marks.items()
    }
    capitals = {typed.upper(): letter.upper() for typed, letter in found.items()}
    mixed = {typed[:1].upper() + typed[1:]: letter.upper() for typed, letter in found.items()}
    return {**found, **mixed, **capitals}


VNI: Final = _vni_pairs()
_VNI_PAIR: Final = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))


def font_named(name: str) -> tuple[OldFont, bool] | None:
    """Return what the name of a font says: the way of writing, and whether it draws capitals."""
    lowered = name.strip().lower()
    if lowered.startswith(".vn"):
        return OldFont.TCVN3, name.strip().endswith("H")
    if lowered.startswith("vni"):
        return OldFont.VNI, False
    return None


def converted(text: str, font: OldFont, *, capitals: bool = False) -> str:
    """Return a text of an old font in Unicode; with `capitals` as its font drew it."""
    if font is OldFont.TCVN3:
        found = text.translate(_TCVN3_TABLE)
    else:
        found = _VNI_PAIR.sub(lambda pair: VNI[pair[0]], text)
    return found.upper() if capitals else found


# Onsets and rhymes of Vietnamese, tones taken away; words of other tongues do not count.
_ONSETS: Final = (
    "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|đ|g|h|k|l|m|n|p|q|r|s|t|v|x|"
)  # fmt: skip
_RHYMES: Final = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây"
    "|e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|êng|ênh|êp|êt|êu|i|ia|ich|im|in|inh|ip|it|iu"
    "|iêc|iêm|iên|iêng|iêp|iêt|iêu|o|oa|oac|oach|oai|oan|oang|oanh|oat|oay|oăc|oăm|oăn|oăng"
    "|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt"
    "|u|ua|uân|uât|uây|uc|uê|uêch|ui|um|un|ung|uơ|up|ut|uy|uya|uyên|uyêt|uynh|uyt|uyu"
    "|uôc|uôi|uôm|uôn|uông|uôt|ư|ưa|ưc|ưi|ưng|ưt|ưu|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu"
    "|y|ynh|yêm|yên|yêng|yêt|yêu"
)
_SYLLABLE: Final = re.compile(f"(?:{_ONSETS})(?:{_RHYMES})")
_STOPPED: Final = ("c", "ch", "p", "t")
_TONE_MARKS: Final = frozenset((_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT))
_BEYOND: Final = re.compile("[\u0100-\u1eff]")
_WORD: Final = re.compile(r"[^\s!-,./0-9:-@\[-`{-~“”‘’–—…]+")


def is_syllable(word: str) -> bool:
    """Tell whether a word is built as Vietnamese syllables are."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in _TONE_MARKS]
    bare = nfc("".join(part for part in parts if part not in _TONE_MARKS))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not bare.endswith(_STOPPED) or tones in ([_ACUTE], [_DOT])


def is_unicode(text: str) -> bool:
    """Tell whether a text holds a letter that only Unicode has."""
    return _BEYOND.search(text) is not None


def _share(text: str) -> float:
    """Return how many of the words that are not plain English letters are syllables, 0 to 1."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one text looks like.

    Attributes:
        font: The old way of writing that fits best; None when none fits.
        sure: Whether the text cannot be Unicode as it stands.
    """

    font: OldFont | None
    sure: bool = False


_NEITHER: Final = Verdict(None)


def judged(text: str) -> Verdict:
    """Return what a text looks like by its letters alone."""
    if text.isascii() or is_unicode(text):
        return _NEITHER
    shares = {font: _share(converted(text, font)) for font in OldFont}
    best = max(shares, key=lambda font: shares[font])
    if shares[best] < 0.5:
        return _NEITHER
    return Verdict(best, sure=shares[best] > _share(nfc(text)))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the texts of a sheet look like together.

    Attributes:
        font: The old way of writing that most doubtful texts have; None when there is none.
        sure: How many cannot be Unicode.
        modern: How many are Unicode without doubt.
    """

    font: OldFont | None
    sure: int
    modern: int

    @property
    def old(self) -> bool:
        """Whether texts that may be read both ways are taken for old."""
        return self.font is not None and self.sure > self.modern


def weighed(texts: Iterable[str]) -> Evidence:
    """Return what many texts look like together."""
    counts = dict.fromkeys(OldFont, 0)
    modern = 0
    for text in texts:
        if text.isascii():
            continue
        if is_unicode(text):
            modern += 1
            continue
        verdict = judged(text)
        if verdict.font is not None and verdict.sure:
            counts[verdict.font] += 1
    best = max(counts, key=lambda font: counts[font])
    return Evidence(best if counts[best] else None, counts[best], modern)
