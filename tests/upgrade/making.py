"""Makes the profile of a released schema: `python tests/upgrade/making.py NUMBER`, once each.

The officer, the password and every record in it are invented and stand in `tests/stores.py`. A
folder that stands is not made again once its schema was released: it is what a program of that day
wrote. Before that, a step that is still being shaped is made anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.fields import Value
from antq_desktop.domain.records import SPECS
from antq_desktop.paths import codes_folder
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile, Profiles
from antq_desktop.storage.migrations import STEPS
from tests.stores import COMMUNE, INCIDENT, OFFICER, PASSWORD, outside

HERE = Path(__file__).resolve().parent


def make(number: int) -> None:
    """Write the folder of one schema, with the steps up to it."""
    folder = HERE / f"schema_{number}"
    given = outside(f"schema {number}")
    steps = tuple(step for step in STEPS if step.number <= number)
    specs = {kind: spec for kind, spec in SPECS.items() if spec.since <= number}
    new = NewProfile("commune", COMMUNE, OFFICER, PASSWORD, sample=True)
    store = Profiles(given, specs=specs, steps=steps).make(folder, new)
    office = Office(store, OFFICER, load_codes(codes_folder()), given)
    _fill(office)
    (folder / "dump.jsonl").write_bytes(b"".join(line + b"\n" for line in office.dump()))
    office.close()
    (folder / "store.lock").unlink()


def _fill(office: Office) -> None:
    scheme: dict[str, Value] = {
        "name": "Camera an ninh Thôn Mẫu 1",
        "scheme_type": "camera_an_ninh",
        "state": "active",
        "ratings/2025/rating": "good",
    }
    held = office.records.add("scheme", scheme).ids[0]
    office.records.add("site", {"scheme": held, "name": "Ngõ Mẫu 1"})
    person: dict[str, Value] = {"involved/a1/role": "victim", "involved/a1/age_group": "over_60"}
    office.records.add("incident", {**INCIDENT, **person})
    other = office.records.add("incident", {**INCIDENT, "title": "Gây rối ở chợ"}).ids[0]
    office.records.void("incident", other, "Nhập trùng")


if __name__ == "__main__":
    make(int(sys.argv[1]))
