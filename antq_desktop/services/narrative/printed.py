"""Numbers as a printed report says them, where the program carries one: the public report of 2022.

They are held against themselves by the same rules as the figures of records, and only in the
invented sample, whose records follow that report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Final

from antq_desktop.domain.narrative.facts import GRADES
from antq_desktop.domain.periods import Period
from antq_desktop.domain.reconciling import GROUPS, JOINED
from antq_desktop.paths import resources_folder
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.storage import settings
from antq_desktop.storage.store import Store

_FILE: Final = ("demo", "tu_ky_2022.toml")
_SAID: Final = "Theo bản in"


def printed_numbers(store: Store, period: Period) -> Iterator[tuple[str, Mapping[str, int | None]]]:
    """Yield the printed numbers of a period with where they stand."""
    if store.setting(settings.SAMPLE, "no") != "yes":
        return
    if store.setting(settings.LEVEL) != RECEIVER_LEVEL:
        return
    path = resources_folder().joinpath(*_FILE)
    if not path.is_file():
        return
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    if held["source"]["period"] != period.name:
        return
    numbers: dict[str, int | None] = {
        str(figure["measure"]): int(figure["printed"])
        for figure in held["figures"]
        if figure.get("measure")
    }
    yield _SAID, _without_false_nothing(numbers)


def _without_false_nothing(numbers: dict[str, int | None]) -> dict[str, int | None]:
    """Add grades that the report does not print as nothing, where it prints others of the kind."""
    for _name, _noun, keys in GROUPS:
        for key in keys:
            if any(f"{key}_{grade}" in numbers for grade in GRADES):
                numbers |= {f"{key}_{grade}": numbers.get(f"{key}_{grade}", 0) for grade in GRADES}
    return {code: value for code, value in numbers.items() if code.strip(JOINED)}
