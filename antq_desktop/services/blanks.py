"""A certificate onto a bought blank: where the unit measured the words, and by how much to shift.

The words and their usual places are those of the print form. A unit lays the measuring sheet over
its blank, writes the millimetres down once, and every certificate stands right from then on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.papers import MeasuringGrid, Paper, Placed

if TYPE_CHECKING:
    from antq_desktop.domain.composing import PrintForm
    from antq_desktop.domain.fields import Value
    from antq_desktop.storage.store import Store

SETTING: Final = "certificate_blank"
SHIFT: Final = "shift"
_PLACE: Final = re.compile(r"\s*(-?\d{1,3}(?:[.,]\d)?)\s*[;/\s]\s*(-?\d{1,3}(?:[.,]\d)?)\s*")
_WIDE, _TALL = 297, 210
_MOST_SHIFT: Final = 50

Spot = tuple[float, float]


class Blanks:
    """What the unit measured of its blank, a setting of its store."""

    def __init__(self, store: Store, form: PrintForm, officer: str) -> None:
        self._store = store
        self._form = form
        self._officer = officer

    @property
    def words(self) -> tuple[Placed, ...]:
        """What is written onto the blank, at the places of the form."""
        return tuple(block for block in self._form.blocks if isinstance(block, Placed))

    def spots(self) -> dict[str, str]:
        """Return the shift and the place of each word as a person writes them: `148,5; 105`."""
        held = self._read()
        found = {SHIFT: _written(held.get(SHIFT, (0.0, 0.0)))}
        for one in self.words:
            found[one.name] = _written(held.get(one.name, (one.x, one.y)))
        return found

    def write(self, given: Mapping[str, Value]) -> None:
        """Keep what was measured; an empty place is that of the form again.

        Raises:
            UserError: `place_not_understood`, `place_off_the_sheet`.
        """
        usual = {SHIFT: (0.0, 0.0), **{one.name: (one.x, one.y) for one in self.words}}
        kept: dict[str, str] = {}
        for name, place in usual.items():
            said = str(given.get(name) or "").strip()
            if said and (spot := _spot(name, said)) != place:
                kept[name] = _written(spot)
        with self._store.writing(self._officer, Action.SETTINGS) as work:
            work.set_setting(SETTING, canonical(kept).decode())
            work.note("", "", "Đo vị trí chữ trên phôi giấy công nhận")

    def moved(self, paper: Paper) -> Paper:
        """Return a paper with its words where the unit measured them."""
        held = self._read()
        right, down = held.get(SHIFT, (0.0, 0.0))

        def at_its_place(one: Placed) -> Placed:
            x, y = held.get(one.name, (one.x, one.y))
            return replace(one, x=x + right, y=y + down)

        blocks = (at_its_place(b) if isinstance(b, Placed) else b for b in paper.blocks)
        return replace(paper, blocks=tuple(blocks))

    def measuring_sheet(self) -> Paper:
        """Return the sheet that is laid over a blank: a grid, and the name of each word."""
        names = tuple(replace(one, text=one.label) for one in self.words)
        sheet = Paper("Tờ căn chỉnh phôi", (MeasuringGrid(), *names), orientation="landscape")
        return self.moved(sheet)

    def _read(self) -> dict[str, Spot]:
        try:
            held = json.loads(self._store.setting(SETTING, "") or "{}")
        except ValueError:
            return {}
        return {str(name): _spot(str(name), str(said)) for name, said in held.items()}


def _spot(name: str, said: str) -> Spot:
    match = _PLACE.fullmatch(said)
    if match is None:
        message = "Ghi hai số đo bằng mi-li-mét, cách nhau bằng dấu chấm phẩy: 148,5; 105."
        raise UserError("place_not_understood", message, name)
    x, y = (float(part.replace(",", ".")) for part in match.groups())
    if name == SHIFT:
        inside = max(abs(x), abs(y)) <= _MOST_SHIFT
        message = f"Dịch nhiều nhất {_MOST_SHIFT} mi-li-mét. Đo lại rồi ghi."
    else:
        inside = 0 <= x <= _WIDE and 0 <= y <= _TALL
        message = f"Vị trí nằm ngoài tờ giấy {_WIDE} x {_TALL} mi-li-mét. Đo lại rồi ghi."
    if not inside:
        raise UserError("place_off_the_sheet", message, name)
    return x, y


def _written(spot: Spot) -> str:
    return "; ".join(f"{part:g}".replace(".", ",") for part in spot)
