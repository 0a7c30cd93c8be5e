"""The first run as a state machine: at most seven short pages, one question on each.

It knows no widget and asks nothing of the machine but whether a folder is a bad place for backups.
What is heavy is loaded only when the profile is made, on a worker.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from antq_desktop.domain.units import ShippedUnit, TreeUnit, UnitTable, UnitTree
    from antq_desktop.services.homes import Homes
    from antq_desktop.services.joining import FirstDevice
    from antq_desktop.services.office import Office, Offices

LONGEST_NAME: Final = 100
FOUND_AT_MOST: Final = 60
CODE_GROUPS: Final = 8  # of the code on the slip of a device
CODE_GROUP_DIGITS: Final = 5


class Level(StrEnum):
    """Whose store this will be."""

    COMMUNE = "commune"
    RECEIVER = "receiver"


class Step(StrEnum):
    """The pages, in their order."""

    LEVEL = "level"
    UNIT = "unit"
    OFFICER = "officer"
    PASSWORD = "password"  # noqa: S105 - the name of a page
    BACKUPS = "backups"
    SAMPLE = "sample"
    DONE = "done"


STEPS: Final = tuple(Step)


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """One unit to choose: its identity, its name, and what tells it from others of that name."""

    id: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far; None or empty where nothing was.

    Attributes:
        level: Whose store it will be.
        unit: The unit.
        units: File of a unit tree, for places that the table of 2025 lacks.
        officer: Name of the first officer.
        password: That officer's password.
        repeated: The password once more.
        backups: Folder for daily backups; None for none yet.
        sample: True for invented records, False for an empty store.
        joining: Whether this is the second device of a unit; then the first device names the unit.
        first: The first device, as its slip names it.
        code: The code typed from the paper of the first device.
    """

    level: Level | None = None
    unit: FoundUnit | None = None
    units: Path | None = None
    officer: str = ""
    password: str = ""
    repeated: str = ""
    backups: Path | None = None
    sample: bool | None = None
    joining: bool = False
    first: FirstDevice | None = None
    code: str = ""


class FirstStart:
    """Where the officer stands among the pages, and what was answered."""

    def __init__(self, folder: Path, homes: Homes | None = None) -> None:
        self.folder = folder
        self._homes = homes
        self._answers = Answers()
        self._step = STEPS[0]

    @property
    def step(self) -> Step:
        """The page in front."""
        return self._step

    @property
    def number(self) -> int:
        """Its number, from 1."""
        return STEPS.index(self._step) + 1

    @property
    def answers(self) -> Answers:
        """What was answered so far."""
        return self._answers

    @property
    def may_go_back(self) -> bool:
        """Whether there is a page before this one that can still be answered anew."""
        return self._step not in (STEPS[0], Step.DONE)

    def refuse_bad_home(self) -> None:
        """Return when the profile may live in the folder that was chosen.

        Raises:
            UserError: `home_removable`, `home_network`.
        """
        from antq_desktop.services.homes import homes_here, refuse_bad_home

        refuse_bad_home(self.folder, self._homes or homes_here())

    def answer(self, answers: Answers) -> None:
        """Take the answers as they stand; a unit that is of another level is forgotten."""
        if answers.level != self._answers.level and answers.unit == self._answers.unit:
            answers = replace(answers, unit=None, units=None)
        self._answers = answers

    def go_on(self) -> Step:
        """Go to the next page when this one is answered.

        Raises:
            UserError: What this page still needs; the page stays.
        """
        self.refuse_bad_home()
        _CHECKS[self._step](self._answers, self.folder)
        self._step = STEPS[min(self.number, len(STEPS) - 1)]
        if self._step is Step.SAMPLE and self._answers.joining:
            self._step = Step.DONE  # the records come from the first device
        return self._step

    def go_back(self) -> Step:
        """Go to the page before; what was answered stays."""
        if self.may_go_back:
            self._step = STEPS[self.number - 2]
        return self._step

    def take_back(self) -> Step:
        """Return from the last page to the one before, when the profile could not be made."""
        self._step = Step.BACKUPS if self._answers.joining else Step.SAMPLE
        return self._step


def _level(answers: Answers, _folder: Path) -> None:
    if answers.level is None and not answers.joining:
        message = "Chưa chọn nơi dùng máy này. Chọn một trong ba."
        raise UserError("level_missing", message, "level")


def _unit(answers: Answers, _folder: Path) -> None:
    if answers.joining:
        _first_device(answers)
        return
    if answers.unit is None:
        message = "Chưa chọn đơn vị. Gõ tên đơn vị rồi chọn trong danh sách."
        raise UserError("unit_missing", message, "unit")


def _first_device(answers: Answers) -> None:
    if answers.first is None:
        message = "Chưa chọn tệp đăng ký của máy đã có dữ liệu. Chọn tệp trên USB."
        raise UserError("slip_missing", message, "first")
    wrong = answers.first.device.wrong_groups(answers.code)
    if wrong:
        from antq_desktop.services.devices import differs

        raise differs(wrong)


def _officer(answers: Answers, _folder: Path) -> None:
    from antq_desktop.domain.text import clean

    name = clean(answers.officer.strip(), "Họ tên cán bộ", field="officer")
    if not name:
        raise UserError("officer_missing", "Chưa nhập họ tên cán bộ. Nhập họ tên.", "officer")
    if len(name) > LONGEST_NAME:
        message = f"Họ tên cán bộ dài quá {LONGEST_NAME} chữ. Rút ngắn lại."
        raise UserError("text_too_long", message, "officer")


def _password(answers: Answers, _folder: Path) -> None:
    from antq_desktop.domain.text import nfc
    from antq_desktop.services.passwords import may_be_set

    unit = answers.first.unit if answers.joining and answers.first else ""
    may_be_set(answers.password, (answers.officer, answers.unit.name if answers.unit else unit))
    if nfc(answers.password) != nfc(answers.repeated):
        message = "Hai lần nhập mật khẩu không giống nhau. Nhập lại lần thứ hai."
        raise UserError("passwords_differ", message, "repeated")


def _backups(answers: Answers, folder: Path) -> None:
    if answers.backups is not None:
        refuse_bad_backup_place(answers.backups, folder)


def _sample(answers: Answers, _folder: Path) -> None:
    if answers.sample is None:
        message = "Chưa chọn bắt đầu với dữ liệu nào. Chọn một trong hai."
        raise UserError("sample_missing", message, "sample")


def _done(_answers: Answers, _folder: Path) -> None:
    """Nothing is asked on the last page."""


_CHECKS: Final = {
    Step.LEVEL: _level,
    Step.UNIT: _unit,
    Step.OFFICER: _officer,
    Step.PASSWORD: _password,
    Step.BACKUPS: _backups,
    Step.SAMPLE: _sample,
    Step.DONE: _done,
}


def refuse_bad_backup_place(chosen: Path, folder: Path) -> None:
    """Return when backups in a folder would outlive the profile.

    Raises:
        UserError: `backup_place_gone`, `backup_beside_store`.
    """
    if not chosen.is_dir():
        message = f"Không thấy thư mục {chosen}. Cắm lại ổ đĩa hoặc chọn thư mục khác."
        raise UserError("backup_place_gone", message, "backups")
    place, profile = chosen.resolve(), folder.resolve()
    if place == profile or profile in place.parents or place in profile.parents:
        message = (
            "Thư mục này chứa hoặc nằm trong thư mục dữ liệu, mất dữ liệu thì mất luôn bản sao "
            "lưu. Chọn thư mục ở USB hoặc ổ đĩa khác."
        )
        raise UserError("backup_beside_store", message, "backups")


def is_on_the_same_disk(chosen: Path, folder: Path) -> bool:
    """Tell whether backups would lie on the disk of the profile: it dies with them."""
    home = folder
    while not home.exists() and home != home.parent:
        home = home.parent
    try:
        return chosen.stat().st_dev == home.stat().st_dev
    except OSError:
        return False


class UnitsToChoose:
    """The units of the shipped table, or of a tree given by file, found without accents."""

    def __init__(self, table: UnitTable) -> None:
        self._table = table
        self._tree: UnitTree | None = None

    def warm_up(self) -> None:
        """Fold all names now, so that the first letter typed is answered as fast as the next."""
        self._table.search("a", limit=1)

    def take_tree(self, path: Path) -> int:
        """Offer the units of a file from now on; return how many there are.

        Raises:
            UserError: What is wrong with the file.
            EnvironmentFault: What the machine denies.
        """
        from antq_desktop.catalogue.unit_trees import load_unit_tree

        self._tree = load_unit_tree(path, self._table)
        return len(self._tree)

    def find(self, typed: str, level: Level) -> list[FoundUnit]:
        """Return the units that words of name, province or code find; all of a tree for none."""
        if self._tree is not None:
            return _in_tree(self._tree, typed, level)
        from antq_desktop.domain.text import sort_key

        kind = "commune" if level is Level.COMMUNE else "province"
        if not typed.strip() and level is Level.RECEIVER:
            provinces = [unit for unit in self._table if unit.kind == kind]
            return [_shipped(unit) for unit in sorted(provinces, key=lambda u: sort_key(u.name))]
        found = self._table.search(typed, kind=kind, limit=FOUND_AT_MOST)
        return [_shipped(unit) for unit in found]


def _shipped(unit: ShippedUnit) -> FoundUnit:
    code = f"mã {unit.code}"
    return FoundUnit(unit.id, unit.name, code if unit.name == unit.province else unit.province)


def _in_tree(tree: UnitTree, typed: str, level: Level) -> list[FoundUnit]:
    from antq_desktop.domain.text import search_words, sort_key

    words = search_words(typed)

    def wanted(unit: TreeUnit) -> bool:
        held = " " + " ".join((*search_words(unit.name), unit.code.lower()))
        fits = (unit.kind == "commune") == (level is Level.COMMUNE)
        return fits and all(" " + word in held for word in words)

    found = sorted((unit for unit in tree if wanted(unit)), key=lambda unit: sort_key(unit.name))
    return [FoundUnit(unit.id, unit.name, f"mã {unit.code}") for unit in found]


def carry_out(
    offices: Offices, folder: Path, answers: Answers, go_on: Callable[[int], bool]
) -> tuple[Office, int]:
    """Make the profile, keep the place of backups, fill in a sample; return the records entered.

    Args:
        offices: Makes profiles.
        folder: Where.
        answers: All of them.
        go_on: Told how many invented records stand so far; False ends the sample early.

    Raises:
        UserError: What is wrong with the answers.
        EnvironmentFault: What the machine denies.
    """
    from antq_desktop.services.profiles import NewProfile

    if answers.joining and answers.first is not None:
        from antq_desktop.services.joining import Joiner, join

        joiner = Joiner(answers.code, answers.officer, answers.password)
        office = join(offices, folder, answers.first, joiner)
        return _kept(office, answers), 0
    if answers.level is None or answers.unit is None:
        raise UserError("unit_missing", "Chưa chọn đơn vị. Chọn đơn vị trước.", "unit")
    office = offices.make(
        folder,
        NewProfile(
            level=answers.level,
            unit=answers.unit.id,
            officer=answers.officer,
            password=answers.password,
            units=answers.units,
            sample=answers.sample is True,
        ),
    )
    try:
        if answers.backups is not None:
            office.set_backup_place(answers.backups)
        if not answers.sample:
            return office, 0
        from antq_desktop.services.demo.starting import fill_in

        # The draw need not be secret: it spreads invented records.
        return office, fill_in(office, random.Random(folder.name), go_on)  # noqa: S311
    except BaseException:
        office.close()
        raise


def _kept(office: Office, answers: Answers) -> Office:
    try:
        if answers.backups is not None:
            office.set_backup_place(answers.backups)
    except BaseException:
        office.close()
        raise
    return office
