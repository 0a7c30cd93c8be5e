"""The register of incidents of a period, in the order in which they happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from antq_desktop.domain.composing import Rows
from antq_desktop.domain.fields import RecordSpec, Value, Values
from antq_desktop.domain.shown import paper_count, paper_date, show_money
from antq_desktop.services.paper_words import PaperWords
from antq_desktop.storage.columns import Held

FIELDS: Final = (
    "register_number", "occurred_on", "occurred_hour", "received_at", "title", "kind", "state",
    "unit", "place", "severity", "deaths", "injuries", "damage", "handled", "handling", "result",
    "closed_on",
)  # fmt: skip


def rows_of(
    incidents: Sequence[Held], spec: RecordSpec, words: PaperWords, units: Sequence[tuple[str, str]]
) -> Rows:
    """Return the rows of the register.

    Args:
        incidents: What happened in the period.
        spec: The declaration of an incident.
        words: Writes values for paper.
        units: Identity and name of the units whose records they are; with more than one, each
            unit has a heading.
    """
    rows: list[tuple[str, ...]] = []
    for unit, name in units:
        own = sorted((each for each in incidents if each.owner == unit), key=_when)
        if own and len(units) > 1:
            rows.append((name,))
        rows.extend(_row(each.values, spec, words) for each in own)
    return rows


def totals_of(incidents: Sequence[Held], spec: RecordSpec, words: PaperWords) -> dict[str, str]:
    """Return the texts of the row of totals and of the lines beneath it."""
    values = [each.values for each in incidents]
    handled = _sum(values, "handled")
    return {
        "incident_count": paper_count(len(incidents)),
        "severity_line": _by_choice(values, spec, words, "severity"),
        "state_line": _by_choice(values, spec, words, "state"),
        "damage_totals": _damage(
            _sum(values, "deaths"), _sum(values, "injuries"), _sum(values, "damage")
        ),
        "handling_totals": f"{paper_count(handled)} người" if handled else "",
    }


def _when(incident: Held) -> tuple[str, str, str, str]:
    values = incident.values
    told = (values.get(name) for name in ("occurred_on", "received_at", "register_number"))
    day, received, number = (str(value or "") for value in told)
    return day, received, number, incident.id


def _row(values: Values, spec: RecordSpec, words: PaperWords) -> tuple[str, ...]:
    def text(name: str) -> str:
        return words.text(spec.field(name), values.get(name))

    handled = _number(values.get("handled"))
    return (
        text("register_number"),
        _joined((paper_date(str(values["occurred_on"])), text("occurred_hour")), "\n"),
        _joined((text("place"), text("unit")), "; "),
        text("kind"),
        text("title"),
        text("severity"),
        _damage(*(_number(values.get(name)) for name in ("deaths", "injuries", "damage"))),
        _joined((text("handling"), f"{paper_count(handled)} người" if handled else "")),
        _joined((text("state"), text("result")), ": "),
    )


def _joined(texts: Iterable[str], by: str = ", ") -> str:
    return by.join(text for text in texts if text)


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _sum(values: Sequence[Values], name: str) -> int:
    return sum(_number(each.get(name)) for each in values)


def _damage(deaths: int, injuries: int, damage: int) -> str:
    return _joined(
        (
            f"chết {paper_count(deaths)} người" if deaths else "",
            f"bị thương {paper_count(injuries)} người" if injuries else "",
            f"tài sản {show_money(damage)}" if damage else "",
        ),
        "; ",
    )


def _by_choice(values: Sequence[Values], spec: RecordSpec, words: PaperWords, name: str) -> str:
    field = spec.field(name)
    counted = Counter(each.get(name) for each in values)
    known = [value.id for value in words.codes[field.codes].values]
    others = sorted(str(value) for value in counted if value is not None and value not in known)
    told = [
        f"{words.codes.label(field.codes, value).lower()} {paper_count(counted[value])}"
        for value in (*known, *others)
        if counted[value]
    ]
    if counted[None] and told:
        told.append(f"chưa ghi {paper_count(counted[None])}")
    return f"{field.label}: {'; '.join(told)}." if told else ""
