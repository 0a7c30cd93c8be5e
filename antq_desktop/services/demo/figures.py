"""The printed figures of a real report, and the table that holds ours against them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antq_desktop.paths import resources_folder

NO_KIND: Final = "chưa có loại hồ sơ"


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed figure.

    Attributes:
        label: What it counts, in the words of the report.
        printed: The number as printed.
        measures: Codes of the measures whose sum is ours; none while no kind of record exists.
        why: Why the printed number contradicts the report itself; empty where it does not.
        note: What must be said of the comparison.
    """

    label: str
    printed: int
    measures: tuple[str, ...]
    why: str
    note: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the table.

    Attributes:
        label: What it counts.
        printed: As printed.
        ours: From records; None while no kind of record exists.
        note: Why they differ, or what must be said.
        fine: False when they differ and nothing explains it.
    """

    label: str
    printed: int
    ours: int | None
    note: str
    fine: bool


def load_printed(path: Path | None = None) -> tuple[Printed, ...]:
    """Return the printed figures of the report that came with the program."""
    source = path or resources_folder() / "demo" / "tu_ky_2022.toml"
    held = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(
        Printed(
            label=str(figure["label"]),
            printed=int(figure["printed"]),
            measures=tuple(code for code in str(figure.get("measure", "")).split("+") if code),
            why=str(figure.get("why", "")),
            note=str(figure.get("note", "")),
        )
        for figure in held["figures"]
    )


def compare(printed: tuple[Printed, ...], ours: Mapping[str, int]) -> list[Compared]:
    """Hold each printed figure against ours.

    Args:
        printed: The figures of the report.
        ours: Our figures by measure; one that no record gave to is 0.
    """
    found: list[Compared] = []
    for figure in printed:
        if not figure.measures:
            found.append(Compared(figure.label, figure.printed, None, NO_KIND, fine=True))
            continue
        number = sum(ours.get(code, 0) for code in figure.measures)
        differs = number != figure.printed
        note = figure.why if differs and figure.why else figure.note
        if differs and not figure.why:
            note = f"Lệch {number - figure.printed:+d} so với bản in. {figure.note}".strip()
        found.append(
            Compared(
                figure.label, figure.printed, number, note, fine=not differs or bool(figure.why)
            )
        )
    return found
