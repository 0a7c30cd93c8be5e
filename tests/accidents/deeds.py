"""What officers do that must never stand half done, each as steps, and a look at what stands.

A deed works in a folder of its own, made once by `prepare`. `act` does it and stops after each step
that an officer is told of; `look` opens what stands there with the program itself and says in one
line what it is. The same folder always gives the same steps: time stands, randomness is counted.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from antq_desktop.bundle.carrying import candidates
from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.paths import codes_folder
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile, Profiles
from antq_desktop.services.restoring import Restoring
from antq_desktop.services.sheet_opening import Choices
from antq_desktop.storage import backups
from antq_desktop.storage.store import Store
from tests.exchange import World, add, enrol
from tests.stores import COMMUNE, INCIDENT, OFFICER, PASSWORD, offices_of, outside, store_of

ROOT = Path(__file__).resolve().parents[2]
RELEASED = ROOT / "tests" / "upgrade" / "schema_1"
PROFILE = "11074"
RECEIVER = "31"
NEW_PASSWORD = "bốn mùa hoa nở trên đồi"
LINE = "a" * 32
NAME = "Trần Thị Ví Dụ"
PERSON: dict[str, Value] = {
    **INCIDENT,
    "state": "closed",
    "occurred_on": "2024-10-02",
    "received_at": "2024-10-02T19:30",
    "closed_on": "2024-11-20",
    f"involved/{LINE}/role": "related",
    f"involved/{LINE}/name": NAME,
}
Steps = Generator[None]


class DamageError(AssertionError):
    """What stands there is not whole."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done.

    Attributes:
        prepare: Makes the folder in which it is done.
        act: Does it, and stops after each step that is told to be done.
        look: Says in one line what stands.
    """

    prepare: Callable[[Path], None]
    act: Callable[[Path], Steps]
    look: Callable[[Path], str]


@cache
def codes() -> Codes:
    return load_codes(codes_folder())


def at_work(folder: Path, password: str = PASSWORD) -> Office:
    return offices_of(outside("at work"), codes()).open(folder, OFFICER, password)


def _profile(ground: Path) -> Office:
    made = NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
    office = offices_of(outside("made"), codes()).make(ground / PROFILE, made)
    for number in range(4):
        office.records.add("incident", {**INCIDENT, "title": f"Vụ việc {number}"})
    return office


def _prepare(ground: Path) -> None:
    _profile(ground).close()


def seen(store: Store) -> str:
    """Return what a store holds in one word, once all in it is found whole."""
    if store.quick_check() != "ok":
        raise DamageError("damaged")
    if store.verify_history().broken_at is not None:
        raise DamageError("history broken")
    with store.reading() as reader:
        for kind in store.specs:
            if reader.wrongly_indexed(kind):
                raise DamageError(f"{kind}: records that are not found")
    return word_of(store)


def word_of(store: Store) -> str:
    """Return a digest over all records of a store, as the rows hold them."""
    digest = hashlib.sha256()
    with store.reading() as reader:
        for kind in sorted(store.specs):
            rows = reader.connection.exec_driver_sql(f"SELECT * FROM {kind} ORDER BY id")  # noqa: S608
            names = [name for name in tuple(rows.keys()) if name not in {"row", "changed"}]
            for row in rows.mappings():
                digest.update(repr([kind, *(row[name] for name in names)]).encode())
    return digest.hexdigest()[:12]


def _look(ground: Path) -> str:
    with closing(at_work(ground / PROFILE)) as office:
        told = seen(store_of(office))
    return told + _astray(ground)


def _astray(ground: Path) -> str:
    """Return names of ours that nobody will ever take away; looked for after the next start."""
    left = [
        path.relative_to(ground).as_posix()
        for path in ground.rglob("*")
        if path.name.startswith("~ANTQ_")
        or path.name in {"restoring", "backup.making", "store.making", "keyslots.next"}
        or (path.parent.name in {"scratch", "tray"})
        or path.name == "restore.under-way"
        or path.name.startswith("antq-look-")
        or (path.name.startswith("replaced-") and not (path / "store.db").exists())  # else kept
    ]
    return f" astray: {', '.join(sorted(left))}" if left else ""


def _save(ground: Path) -> Steps:
    with closing(at_work(ground / PROFILE)) as office:
        record = office.records.add("incident", INCIDENT).ids[0]
        yield
        office.records.change("incident", record, {"narrative": "Đến ngay hiện trường. " * 300})
        yield


def _prepare_import(ground: Path) -> None:
    _prepare(ground)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Tên tổ", "Ngày thành lập"])
    for number in range(30):
        sheet.append([f"Tổ bảo vệ Thôn Mẫu {number}", "01/07/2024"])
    book.save(ground / "so.xlsx")


def _import(ground: Path) -> Steps:
    with closing(at_work(ground / PROFILE)) as office:
        plan = office.spreadsheets.read("protection_team", ground / "so.xlsx", Choices(zeros=True))
        office.spreadsheets.apply(plan)
        yield


def _prepare_world(ground: Path) -> None:
    world = World(ground, codes())
    for name, level in ((RECEIVER, "receiver"), (PROFILE, "commune")):
        made = NewProfile(level, name, OFFICER, PASSWORD)
        world.opened[name] = world.offices(name).make(ground / name, made)
    enrol(world.office(PROFILE), world.receiver, world.stick)
    for number in range(5):
        add(world.office(PROFILE), title=f"Vụ việc {number}")
    world.close()


def _export(ground: Path) -> Steps:
    with closing(at_work(ground / PROFILE)) as office:
        sealing = office.handover.sealing
        made = sealing.seal_up()
        yield
        sealing.carry(made.row.digest, ground / "usb")
        yield


def _look_at_export(ground: Path) -> str:
    """Say which bundles the register knows, and whether each stands whole where it says."""
    with closing(at_work(ground / PROFILE)) as office:
        told = seen(store_of(office))
        sealing = office.handover.sealing
        rows = sealing.register()
        for row in rows:
            if _digest(sealing.folder / row.file) != row.sha256:
                raise DamageError("a bundle of the register is not whole")
        digests = {row.sha256 for row in rows}
        for path in candidates(ground / "usb"):
            if _digest(path) not in digests:
                raise DamageError(f"{path.name} on the stick is not whole")
        written = {row.file for row in rows if row.state != "sealed"}
        if not written <= {path.name for path in candidates(ground / "usb")}:
            raise DamageError("a bundle that was written is not on the stick")
        states = sorted(row.state for row in rows)
        for row in rows[:1]:  # carried again: that is when what was left on a stick goes
            sealing.carry(row.digest, ground / "usb")
    return f"{told} {states}{_astray(ground)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _prepare_merge(ground: Path) -> None:
    _prepare_world(ground)
    world = World(ground, codes())
    world.sent(world.office(PROFILE))
    world.close()


def _merge(ground: Path) -> Steps:
    with closing(at_work(ground / RECEIVER)) as office:
        taking = office.handover.taking
        taken = taking.take(candidates(ground / "usb")[0])
        taking.merge(taking.preview(taken))
        yield


def _look_at_merge(ground: Path) -> str:
    with closing(at_work(ground / RECEIVER)) as office:
        told = seen(store_of(office))
        office.handover.taking.take(
            candidates(ground / "usb")[0]
        )  # it can be taken, again or first
    _whole_backups(ground / RECEIVER / "backups")
    return told + _astray(ground)


def _whole_backups(place: Path) -> list[str]:
    """Return the words of the backups in a place, each opened and looked at."""
    if not place.is_dir():
        return []
    found: list[str] = []
    for one in backups.backups_in(place):
        with Profiles(outside("look")).look_into(place / one.name, OFFICER, PASSWORD) as store:
            found.append(seen(store))
    return found


def _prepare_backup(ground: Path) -> None:
    with closing(_profile(ground)) as office:
        (ground / "usb").mkdir()
        office.safekeeping.into(ground / "usb")
        office.records.add("incident", INCIDENT)


def _backup(ground: Path) -> Steps:
    with closing(at_work(ground / PROFILE)) as office:
        office.safekeeping.into(ground / "usb")
        yield


def _look_at_backup(ground: Path) -> str:
    found = _whole_backups(ground / "usb")
    return f"{_look(ground)} {sorted(found)}"


def _restore(ground: Path) -> Steps:
    profiles = Profiles(outside("restoring"))
    backup = ground / "usb" / backups.backups_in(ground / "usb")[0].name
    Restoring(profiles, ground / PROFILE).restore(backup, OFFICER, PASSWORD)
    yield


def _look_at_restore(ground: Path) -> str:
    with closing(at_work(ground / PROFILE)) as office:
        told = seen(store_of(office))
        writer = store_of(office).setting("writer")
    return f"{told} {writer}{_astray(ground)}"


def _prepare_migrate(ground: Path) -> None:
    (ground / PROFILE).mkdir()
    for name in ("store.db", "keyslots.json"):
        shutil.copy(RELEASED / name, ground / PROFILE / name)


def _migrate(ground: Path) -> Steps:
    with closing(at_work(ground / PROFILE)):
        yield


def _change_password(ground: Path) -> Steps:
    with closing(at_work(ground / PROFILE)) as office:
        office.people.change_own(PASSWORD, NEW_PASSWORD)
        yield


def _look_at_password(ground: Path) -> str:
    """Say which password opens, and whether history tells of its change just then."""
    found: list[str] = []
    for password in (PASSWORD, NEW_PASSWORD):
        with suppress(UserError), closing(at_work(ground / PROFILE, password)) as office:
            told = seen(store_of(office))
            with store_of(office).reading() as reader:
                statement = "SELECT count(*) FROM history WHERE action = 'password'"
                changes = reader.connection.exec_driver_sql(statement).scalar_one()
            found.append(f"{told} {password == NEW_PASSWORD} {changes}")
    if len(found) != 1:
        raise DamageError(f"{len(found)} of two passwords open")
    return found[0] + _astray(ground)


def _prepare_erasure(ground: Path) -> None:
    with closing(_profile(ground)) as office:
        office.records.add("incident", PERSON)


def _erase(ground: Path) -> Steps:
    with closing(at_work(ground / PROFILE)) as office:
        listing = office.lists.window(office.lists.listing("incident"), ())
        held = [
            one.id
            for one in listing
            if office.lists.show("incident", one.id).values.get(f"involved/{LINE}/name")
        ]
        office.erasing.erase([("incident", one) for one in held], "Hết thời hạn lưu theo quy định")
        yield


DEEDS: Mapping[str, Deed] = {
    "save": Deed(_prepare, _save, _look),
    "import": Deed(_prepare_import, _import, _look),
    "export": Deed(_prepare_world, _export, _look_at_export),
    "merge": Deed(_prepare_merge, _merge, _look_at_merge),
    "backup": Deed(_prepare_backup, _backup, _look_at_backup),
    "restore": Deed(_prepare_backup, _restore, _look_at_restore),
    "migrate": Deed(_prepare_migrate, _migrate, _look),
    "password": Deed(_prepare, _change_password, _look_at_password),
    "erasure": Deed(_prepare_erasure, _erase, _look),
}
