"""Profiles: made once for a unit, opened by an officer's password."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from antq_desktop.catalogue.unit_trees import load_unit_tree
from antq_desktop.catalogue.units import load_units
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.clock import VIETNAM
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import Party
from antq_desktop.domain.fields import RecordSpec, Value
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.records.units import UNIT
from antq_desktop.domain.text import clean
from antq_desktop.domain.units import IN_FORCE_SINCE, TreeUnit, UnitTable, unit_id
from antq_desktop.paths import units_file
from antq_desktop.services.homes import Homes, homes_here, refuse_bad_home
from antq_desktop.services.passwords import may_be_set
from antq_desktop.storage import backups, settings, vault
from antq_desktop.storage.faults import told_apart
from antq_desktop.storage.folders import SLOTS_FILE
from antq_desktop.storage.migrations import STEPS, Step
from antq_desktop.storage.store import (
    NewStore,
    Outside,
    Store,
    create,
    exists,
    open_by_recovery,
    open_store,
)
from antq_desktop.storage.sweeping import looking_room, sweep_looking_rooms
from antq_desktop.storage.work import Work

LONGEST_NAME: Final = 100
BACKUPS_FOLDER: Final = "backups"  # inside the profile
COMMUNE_LEVEL: Final = "commune"
RECEIVER_LEVEL: Final = "receiver"
LEVELS: Final = (COMMUNE_LEVEL, RECEIVER_LEVEL)


@dataclass(frozen=True, slots=True)
class NewProfile:
    """What a profile is made for.

    Attributes:
        level: `commune` or `receiver`.
        unit: Code or identity of the unit.
        officer: Name of the first officer, who becomes the administrator.
        password: That officer's password.
        units: File of a unit tree, for places that the table of 2025 lacks.
        sample: Whether everything entered will be invented.
        joins: The unit as the slip of its first device names it, for a second device; its records,
            the record of the unit itself included, come with a bundle of that one.
    """

    level: str
    unit: str
    officer: str
    password: str
    units: Path | None = None
    sample: bool = False
    joins: Party | None = None


class Profiles:
    """Makes and opens profiles."""

    def __init__(
        self,
        outside: Outside,
        specs: Mapping[str, RecordSpec] = SPECS,
        steps: Sequence[Step] = STEPS,
        homes: Homes | None = None,
    ) -> None:
        self._homes = homes if homes is not None else homes_here()
        self._outside = outside
        self._specs = specs
        self._steps = steps

    @property
    def outside(self) -> Outside:
        """Time, randomness, and how hard keys are to derive."""
        return self._outside

    def exists(self, folder: Path) -> bool:
        """Tell whether a folder holds a profile."""
        return exists(folder)

    def officers(self, folder: Path) -> tuple[str, ...]:
        """Return the names to choose from at sign-in."""
        return vault.load(folder / SLOTS_FILE).names()

    def table(self) -> UnitTable:
        """Return the shipped table of provinces and communes."""
        return load_units(units_file())

    def make(self, folder: Path, new: NewProfile) -> Store:
        """Make a profile and open it; its unit is its first record.

        Raises:
            UserError: `home_removable`, `home_network`, `unknown_level`, `unknown_unit`,
                `officer_missing`, `text_not_allowed`, `text_too_long`, `profile_exists`, what
                `may_be_set` refuses, or what is wrong with the unit tree.
            EnvironmentFault: What the machine denies.
        """
        refuse_bad_home(folder, self._homes)
        officer = _name_of_officer(new.officer)
        if new.level not in LEVELS:
            message = "Cấp sử dụng chỉ có: commune (cấp xã), receiver (đơn vị tổng hợp). Chọn lại."
            raise UserError("unknown_level", message, "level")
        unit, below = self._units_of(new)
        may_be_set(new.password, (officer, unit.name))
        made = NewStore(new.level, unit.id, officer, new.password, new.sample)

        def first(work: Work) -> None:
            if new.joins is None:
                work.save(Record(UNIT.kind, unit.id, unit.id), _values_of(unit), created=True)
            else:
                work.set_setting(settings.JOINED_AS, canonical(new.joins.to_json()).decode())
                work.set_setting(settings.JOINING, "yes")
            # Units below belong to their own stores: until their bundles come, only the tree
            # knows of them.
            tree = canonical([asdict(place) for place in below])
            work.set_setting(settings.UNIT_TREE, tree.decode())

        return create(
            folder, made, self._outside, specs=self._specs, first=first, steps=self._steps
        )

    def open(self, folder: Path, officer: str, password: str) -> tuple[Store, str]:
        """Open a profile; return it with the officer's name as it was registered.

        Raises:
            UserError: `home_removable`, `home_network`, `no_profile`, `unknown_officer`,
                `wrong_password`.
            EnvironmentFault: `in_use`, `store_newer`, `store_damaged`, what the machine denies.
        """
        with told_apart():
            refuse_bad_home(folder, self._homes)
            sweep_looking_rooms()
            return open_store(
                folder,
                officer,
                password,
                self._outside,
                specs=self._specs,
                steps=self._steps,
                before_migration=self._back_up,
            )

    @contextmanager
    def look_into(self, backup: Path, officer: str, password: str) -> Iterator[Store]:
        """Open a backup beside the machine's other temporary files, to be read only.

        Raises:
            UserError: `not_a_backup`, `unknown_officer`, `wrong_password`.
            EnvironmentFault: What the machine denies.
        """
        sweep_looking_rooms()
        with (
            looking_room() as room,
            backups.looked_into(
                backup,
                room,
                officer=officer,
                password=password,
                outside=self._outside,
                specs=self._specs,
                steps=self._steps,
            ) as store,
        ):
            yield store

    def restore(self, backup: Path, folder: Path, officer: str, password: str) -> backups.Restored:
        """Make a profile of a backup in a folder that holds none.

        Raises:
            UserError: `home_removable`, `home_network`, `profile_exists`, `not_a_backup`,
                `unknown_officer`, `wrong_password`, `not_allowed`.
            EnvironmentFault: `backup_faulty`, and what the machine denies.
        """
        refuse_bad_home(folder, self._homes)
        return backups.restore(
            backup,
            folder,
            officer=officer,
            password=password,
            outside=self._outside,
            specs=self._specs,
            steps=self._steps,
        )

    def _back_up(self, store: Store) -> None:
        """Keep a store as it was before its schema moves."""
        folder = store.folder / BACKUPS_FOLDER
        folder.mkdir(exist_ok=True)
        day = self._outside.clock.now().astimezone(VIETNAM).date()
        backups.make(store, folder, day, with_list=False)

    def open_by_recovery(self, folder: Path, secret: str) -> tuple[Store, bytes]:
        """Open a profile with the figures of its recovery sheet; return it with its key.

        Raises:
            UserError: `no_profile`, `no_recovery_sheet`, `wrong_recovery_code`.
            EnvironmentFault: As `open`.
        """
        return open_by_recovery(folder, secret, self._outside, specs=self._specs, steps=self._steps)

    def _units_of(self, new: NewProfile) -> tuple[TreeUnit, Sequence[TreeUnit]]:
        wanted = new.unit.strip()
        shipped = self.table()
        if new.units is not None:
            tree = load_unit_tree(new.units, shipped)
            found = tree.by_id(wanted) or tree.by_code(wanted)
            if found is not None:
                return found, tree.below(found.id) if new.level == RECEIVER_LEVEL else ()
        known = shipped.by_id(wanted) or shipped.by_code(wanted)
        if known is None and new.joins is not None:
            party = new.joins
            return TreeUnit(party.id, party.code, party.name, "", "", "", ""), ()
        if known is None:
            where = f"tệp {new.units.name} và " if new.units is not None else ""
            message = (
                f"Không có đơn vị mang mã “{wanted}” trong {where}danh mục năm 2025. "
                "Kiểm tra lại mã đơn vị."
            )
            raise UserError("unknown_unit", message, "unit")
        unit = TreeUnit(
            id=known.id,
            code=known.code,
            name=known.name,
            kind=known.kind,
            commune_kind=known.commune_kind,
            parent="" if known.kind == "province" else unit_id(known.province_code, IN_FORCE_SINCE),
            valid_from=IN_FORCE_SINCE,
        )
        receives = new.level == RECEIVER_LEVEL
        return unit, _communes_below(shipped, known.code, unit.id) if receives else ()


def _name_of_officer(typed: str) -> str:
    name = clean(typed.strip(), "Họ tên cán bộ", field="officer")
    if not name:
        raise UserError("officer_missing", "Chưa nhập họ tên cán bộ. Nhập họ tên.", "officer")
    if len(name) > LONGEST_NAME:
        message = f"Họ tên cán bộ dài quá {LONGEST_NAME} chữ. Rút ngắn lại."
        raise UserError("text_too_long", message, "officer")
    return name


def _communes_below(shipped: UnitTable, code: str, parent: str) -> Sequence[TreeUnit]:
    return [
        TreeUnit(
            id=commune.id,
            code=commune.code,
            name=commune.name,
            kind=commune.kind,
            commune_kind=commune.commune_kind,
            parent=parent,
            valid_from=IN_FORCE_SINCE,
        )
        for commune in shipped.communes_of(code)
    ]


def tree_of(store: Store) -> tuple[TreeUnit, ...]:
    """Return the units below a receiver as its tree names them, in the order of the alphabet."""
    held = json.loads(store.setting(settings.UNIT_TREE, "[]"))
    return tuple(TreeUnit(**place) for place in held)


def _values_of(unit: TreeUnit) -> dict[str, Value]:
    values: dict[str, Value] = {
        "name": unit.name,
        "unit_kind": unit.kind,
        "code": unit.code,
        "valid_from": unit.valid_from,
        "tt124": True if unit.kind == "commune" else None,
        "commune_kind": unit.commune_kind or None,
        "parent": unit.parent or None,
        "management_level": "province" if unit.kind == "commune" else None,
    }
    return {name: value for name, value in values.items() if value is not None}
