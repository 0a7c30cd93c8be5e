"""What persons wrote into a report, kept in the store; each step of it can be taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from antq_desktop.domain.canonical import Json, canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.narrative.draft import Written
from antq_desktop.domain.text import clean
from antq_desktop.services.hand import Hand
from antq_desktop.storage.store import Store

SETTING: Final = "report_words"
LONGEST: Final = 8_000  # letters of a passage
_MOST_STEPS: Final = 100


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person wrote about two numbers that contradict each other, and the numbers then."""

    text: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Words:
    """What was written into one report.

    Attributes:
        passages: By key of the passage.
        explained: By code of the contradiction.
        steps: What each step replaced, the latest last: `passages/key` or `explained/code`, and
            what stood there; None for nothing.
    """

    passages: Mapping[str, Written] = field(default_factory=dict)
    explained: Mapping[str, Explanation] = field(default_factory=dict)
    steps: tuple[tuple[str, Json], ...] = ()


class Keeping:
    """Reads and writes the words of reports, one setting of the store for each period."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._hand = hand

    def of(self, period: str) -> Words:
        """Return what was written into the report of a period, by the name of the period."""
        return _words(_parsed(self._store.setting(f"{SETTING}/{period}", "")))

    def write(self, period: str, key: str, written: Written | None, told: str) -> None:
        """Keep a passage, or with None let the figures speak again.

        Raises:
            UserError: `text_not_allowed`, `not_allowed`.
        """
        if written is not None:
            text = clean(written.text, "Đoạn văn", long=True, field="passage").strip()
            written = replace(written, text=text[:LONGEST])
        self._step(period, f"passages/{key}", _of_written(written), told)

    def explain(self, period: str, code: str, explanation: Explanation | None, told: str) -> None:
        """Keep what a person says of a contradiction, or with None nothing.

        Raises:
            UserError: `text_not_allowed`, `not_allowed`.
        """
        if explanation is not None:
            text = clean(explanation.text, "Giải trình", long=True, field="explanation").strip()
            explanation = replace(explanation, text=text[:LONGEST]) if text else None
        self._step(period, f"explained/{code}", _of_explanation(explanation), told)

    def undo(self, period: str, told: str) -> bool:
        """Take the latest step back; return whether there was one."""
        with self._store.writing(self._hand.officer, Action.SET) as work:
            held = _parsed(work.setting(f"{SETTING}/{period}", ""))
            steps = _steps(held)
            if not steps:
                return False
            place, before = steps.pop()
            work.set_setting(f"{SETTING}/{period}", _put(held, place, before, steps))
            work.note("", "", told)
        return True

    def _step(self, period: str, place: str, what: Json, told: str) -> None:
        with self._store.writing(self._hand.officer, Action.SET) as work:
            held = _parsed(work.setting(f"{SETTING}/{period}", ""))
            part, _, key = place.partition("/")
            steps = [*_steps(held), (place, _part(held, part).get(key))][-_MOST_STEPS:]
            work.set_setting(f"{SETTING}/{period}", _put(held, place, what, steps))
            work.note("", "", told)


def _put(held: Mapping[str, Json], place: str, what: Json, steps: list[tuple[str, Json]]) -> str:
    part, _, key = place.partition("/")
    entries = {one: value for one, value in _part(held, part).items() if one != key}
    if what is not None:
        entries[key] = what
    written: list[Json] = [[where, before] for where, before in steps]
    return canonical({**held, part: entries, "steps": written}).decode()


def _words(held: Mapping[str, Json]) -> Words:
    passages: dict[str, Written] = {}
    for key, one in _part(held, "passages").items():
        figures = _at(one, "figures")
        known = figures if isinstance(figures, Mapping) else {}
        passages[key] = Written(
            str(_at(one, "text") or ""),
            str(_at(one, "drafted") or ""),
            {str(label): str(value) for label, value in known.items()},
        )
    explained: dict[str, Explanation] = {}
    for code, one in _part(held, "explained").items():
        left, right = _at(one, "left"), _at(one, "right")
        if isinstance(left, int) and isinstance(right, int):
            explained[code] = Explanation(str(_at(one, "text") or ""), left, right)
    return Words(passages, explained, tuple(_steps(held)))


def _of_written(written: Written | None) -> Json:
    if written is None:
        return None
    return {
        "text": written.text, "drafted": written.drafted, "figures": dict(written.figures),
    }  # fmt: skip


def _of_explanation(held: Explanation | None) -> Json:
    return None if held is None else {"text": held.text, "left": held.left, "right": held.right}


def _parsed(text: str) -> Mapping[str, Json]:
    held = json.loads(text) if text else {}
    return held if isinstance(held, Mapping) else {}


def _part(held: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    found = held.get(name)
    return found if isinstance(found, Mapping) else {}


def _at(one: Json, name: str) -> Json:
    return one.get(name) if isinstance(one, Mapping) else None


def _steps(held: Mapping[str, Json]) -> list[tuple[str, Json]]:
    found = held.get("steps")
    listed = found if isinstance(found, list) else []
    return [(str(step[0]), step[1]) for step in listed if isinstance(step, list) and len(step) == 2]
