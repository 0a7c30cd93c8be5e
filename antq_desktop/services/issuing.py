"""Which body issues which paper, and how it is named, signed and numbered.

A commune's papers leave in the name of four bodies (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.2 and
II.7): its People's Committee, which has no body above it on the paper; the steering committee,
whose signer has an office in it above the signature and one in the government above the name; the
police, under the police above; the neighbourhood. What the unit writes here stands on its papers;
what it leaves empty is worked out from its place in the table of units.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.papers import Issuer
from antq_desktop.domain.text import clean
from antq_desktop.services.issuers import Issuers, lowered, parted
from antq_desktop.services.paper_kinds import ISSUED_BY

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.fields import Value
    from antq_desktop.storage.store import Store

POLICE, GOVERNMENT, COMMITTEE, NEIGHBOURHOOD = (
    "police", "government", "committee", "neighbourhood",
)  # fmt: skip
BODIES: Final = (GOVERNMENT, COMMITTEE, POLICE, NEIGHBOURHOOD)
CALLED: Final = {
    GOVERNMENT: "Ủy ban nhân dân",
    COMMITTEE: "Ban Chỉ đạo",
    POLICE: "Công an",
    NEIGHBOURHOOD: "Khu dân cư",
}
SETTING: Final = "issuing"
MOST_SIGNERS: Final = 30
_LONGEST: Final = 300
_WITH_GOVERNMENT: Final = frozenset(
    {"xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh"}
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issues papers.

    Attributes:
        name: Its full official name; empty for a neighbourhood, which is named by its paper.
        superior: The body right above it; empty for none.
        place: The place its papers are dated from: the official name of the unit (II.4.a).
        sign: Its abbreviation in the signs of documents.
        authority: Lines above the signature: `TM. …`, `KT. …`, `TL. …` and the office.
        office: The signer's office in the government, above the name; for a committee.
        rank: The signer's rank, before the name; empty where ranks are not printed.
        signer: The signer's name; empty to leave it open.
        others: For minutes: the offices of those who sign beside chair and clerk, line by line.
    """

    name: str = ""
    superior: str = ""
    place: str = ""
    sign: str = ""
    authority: str = ""
    office: str = ""
    rank: str = ""
    signer: str = ""
    others: str = ""

    @property
    def issuer(self) -> Issuer:
        """The body as a head of paper names it."""
        return Issuer(self.name, self.superior, self.place, self.sign)

    @property
    def signer_line(self) -> str:
        """Rank and name, as they stand below the signature."""
        return f"{self.rank} {self.signer}".strip() if self.signer else ""


FIELDS: Final = tuple(each.name for each in fields(Body))


class Issuing:
    """The bodies of one unit; what was written of them is a setting of its store."""

    def __init__(self, store: Store, issuers: Issuers, officer: str) -> None:
        self._store = store
        self._issuers = issuers
        self._officer = officer

    def usual(self, code: str) -> Body:
        """Return a body as it follows from the unit alone."""
        facts = self._issuers.own()
        issuer = facts.issuer
        kind = parted(issuer.place)[0]
        government = f"Ủy ban nhân dân {lowered(issuer.place)}"
        if code == GOVERNMENT:
            authority = "TM. Ủy ban nhân dân\nChủ tịch"
            return Body(government, "", issuer.place, "UBND", authority)
        if code == COMMITTEE:
            short = f"UBND {lowered(issuer.place)}"
            office = f"Chủ tịch UBND {kind}".strip()
            return Body("Ban Chỉ đạo 138", short, issuer.place, "BCĐ", "Trưởng ban", office)
        if code == NEIGHBOURHOOD:
            others = (
                "Bí thư chi bộ", "Trưởng Ban công tác Mặt trận",
                "Tổ trưởng Tổ bảo vệ an ninh, trật tự", "Đại diện hộ gia đình",
            )  # fmt: skip
            short = f"UBND {lowered(issuer.place)}" if kind in _WITH_GOVERNMENT else ""
            return Body("", short, issuer.place, "", "Trưởng thôn", others="\n".join(others))
        return Body(issuer.name, issuer.superior, issuer.place, issuer.sign, facts.authority)

    def written(self, code: str) -> dict[str, str]:
        """Return what the unit wrote of a body."""
        held = self._read().get("bodies")
        found = held.get(code) if isinstance(held, dict) else None
        if not isinstance(found, dict):
            return {}
        return {name: str(text) for name, text in found.items() if name in FIELDS and text}

    def body(self, code: str) -> Body:
        """Return a body as its papers name it."""
        return replace(self.usual(code), **self.written(code))

    def of_form(self, form: str) -> str:
        """Return the body that issues a paper."""
        held = self._read().get("papers")
        chosen = held.get(form) if isinstance(held, dict) else None
        return chosen if chosen in BODIES else ISSUED_BY.get(form, POLICE)

    def write(self, code: str, given: Mapping[str, Value]) -> Body:
        """Keep what was written of a body; what is as usual is not kept, so that it can change.

        Raises:
            UserError: `unknown_body`, `text_too_long`, `too_many_signers`, or what text may not
                hold.
        """
        if code not in BODIES:
            message = f"Không có cơ quan ban hành “{code}”. Chọn một trong: {', '.join(BODIES)}."
            raise UserError("unknown_body", message, "body")
        usual = self.usual(code)
        kept: dict[str, str] = {}
        for name in FIELDS:
            said = _cleaned(name, given.get(name))
            if said and said != getattr(usual, name):
                kept[name] = said
        self._keep("bodies", code, kept or None, f"Cơ quan ban hành: {CALLED[code]}")
        return self.body(code)

    def choose(self, chosen: Mapping[str, str]) -> None:
        """Say which body issues which papers, by form.

        Raises:
            UserError: `unknown_body`.
        """
        for form, code in chosen.items():
            if code not in BODIES:
                message = "Chọn cơ quan ban hành cho từng văn bản."
                raise UserError("unknown_body", message, form)
        changed = {form: code for form, code in chosen.items() if self.of_form(form) != code}
        for form, code in changed.items():
            kept = None if ISSUED_BY.get(form, POLICE) == code else code
            self._keep("papers", form, kept, "Chọn cơ quan ban hành của văn bản")

    def _keep(self, part: str, name: str, what: Json, told: str) -> None:
        with self._store.writing(self._officer, Action.SETTINGS) as work:
            held = _parsed(work.setting(SETTING, ""))
            inner = held.get(part)
            found: dict[str, Json] = dict(inner) if isinstance(inner, dict) else {}
            found.pop(name, None)
            if what is not None:
                found[name] = what
            work.set_setting(SETTING, canonical({**held, part: found}).decode())
            work.note("", "", told)

    def _read(self) -> dict[str, Json]:
        return _parsed(self._store.setting(SETTING, ""))


def _cleaned(name: str, value: Value) -> str:
    text = clean(str(value or ""), "Nội dung", field=name, long=True)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    said = "\n".join(line for line in lines if line)
    if name == "others" and len(said.split("\n")) > MOST_SIGNERS:
        message = f"Nhiều nhất {MOST_SIGNERS} người cùng ký. Bỏ bớt rồi lưu."
        raise UserError("too_many_signers", message, name)
    if len(said) > _LONGEST * (5 if name == "others" else 1):
        message = f"Nội dung dài quá {_LONGEST} chữ. Rút ngắn rồi lưu."
        raise UserError("text_too_long", message, name)
    return said


def _parsed(text: str) -> dict[str, Json]:
    try:
        held = json.loads(text) if text else {}
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
