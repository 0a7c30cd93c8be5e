"""The whole way once: 23 communes and their district, enrolled, sealed, merged, answered."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antq_desktop.domain.periods import Period, calendar_period
from antq_desktop.domain.units import TreeUnit
from antq_desktop.files import write_atomically
from antq_desktop.services.demo.accidents import COMMUNES, play_accidents
from antq_desktop.services.demo.cycle import Cycle, Lot, figures_of_the_cycle
from antq_desktop.services.demo.drawing import add_photographs
from antq_desktop.services.demo.figures import Compared, compare, load_printed
from antq_desktop.services.demo.making import Maker, shares
from antq_desktop.services.demo.mergers import play_mergers
from antq_desktop.services.demo.seen import Seen
from antq_desktop.services.demo.stage import (
    OFFICER,
    PASSWORD,
    STICK,
    Stage,
    folder_of,
    introduce,
    make_office,
    unit_tree,
    unit_tree_file,
)
from antq_desktop.services.demo.tasks import answer_task, give_task
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.profiles import COMMUNE_LEVEL, RECEIVER_LEVEL

__all__ = ["OFFICER", "PASSWORD", "Played", "figures_of", "papers_of", "play", "unit_tree_file"]
RECOGNISED_COMMUNE: Final = "Xã Tân Kỳ"
GIVEN_TWICE: Final = 2

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What the demonstration came to.

    Attributes:
        compared: Our figures against the printed ones.
        district: Folder of the district's profile.
        commune: Folder of the commune that took its receipt in.
        records: How many invented records were entered.
        repeated: How many bundles were given a second time and changed nothing.
        accidents: What came of everything that went wrong between units.
    """

    compared: tuple[Compared, ...]
    district: Path
    commune: Path
    records: int
    repeated: int
    accidents: tuple[Seen, ...]

    @property
    def fine(self) -> bool:
        """Whether every difference is explained and every accident came out as it has to."""
        met = all(line.fine for line in self.compared)
        return met and all(line.fine for line in self.accidents)


def play(offices: Offices, out: Path, *, seed: int, say: Say) -> Played:
    """Build everything in a folder, through the services, and return what it came to.

    Args:
        offices: Makes and opens profiles.
        out: An empty folder.
        seed: Decides how totals spread and in which order bundles arrive.
        say: Told each step.

    Raises:
        UserError: A step was refused.
        EnvironmentFault: The machine denied something.
    """
    rng = random.Random(seed)  # noqa: S311 - it draws invented records, not secrets
    tree = unit_tree()
    top = next(unit for unit in tree if not unit.parent)
    communes = tree.below(top.id)
    with ExitStack() as stack:
        district = stack.enter_context(closing(make_office(offices, out, RECEIVER_LEVEL, top)))
        records = Maker(district, rng).district(top.id)
        lot = Lot(seed)
        records += Cycle(district, lot).district_units()
        stick = out / STICK
        stick.mkdir()
        bundles: list[Path] = []
        say(f"Lập dữ liệu mẫu cho {len(communes)} xã, thị trấn, mọi hồ sơ là bịa ra…")
        for unit, share in zip(communes, shares(len(communes), rng), strict=True):
            with closing(make_office(offices, out, COMMUNE_LEVEL, unit)) as office:
                maker = Maker(office, rng)
                records += maker.commune(unit, share, recognised=unit.name == RECOGNISED_COMMUNE)
                records += Cycle(office, lot).commune(unit.id, unit.name)
                if unit.name == RECOGNISED_COMMUNE:
                    records += add_photographs(office)
                introduce(office, district, stick)
                made = office.handover.sealing.seal_up()
                carried = office.handover.sealing.carry(made.row.digest, stick)
                bundles.append(carried.path)
        say(f"Đã nhập {records} hồ sơ mẫu và ghi {len(bundles)} gói ra thư mục usb.")
        repeated = _merge_all(district, bundles, rng, say)
        records += Cycle(district, lot).decide([unit.id for unit in communes])
        chosen = next(unit for unit in communes if unit.name == RECOGNISED_COMMUNE)
        commune = folder_of(out, chosen)
        task = give_task(district, chosen.id)
        say(f"{chosen.name}: {_answer(offices, district, chosen, commune, task)}")
        say("Diễn lại sự cố: ba máy sửa cùng hồ sơ, mất USB, khôi phục, thu hồi, nhập thôn…")
        others = [unit for unit in communes if unit != chosen]
        seen = accidents_of(Stage(offices, out, district), others, seed)
        period = calendar_period("2022")
        ours = figures_of(district, period) | {"communes": len(_senders(district))}
        ours |= figures_of_the_cycle(district)
    compared = tuple(compare(load_printed(), ours))
    folder = folder_of(out, top)
    return Played(compared, folder, commune, records, repeated, tuple(seen))


def accidents_of(stage: Stage, communes: Sequence[TreeUnit], seed: int) -> list[Seen]:
    """Play everything that goes wrong between units, each in communes drawn by lot."""
    lot = random.Random(f"{seed}-accidents")  # noqa: S311 - it draws invented accidents
    drawn = lot.sample(communes, len(communes))
    return [*play_accidents(stage, drawn[:COMMUNES]), *play_mergers(stage, drawn[COMMUNES:])]


def _merge_all(district: Office, bundles: list[Path], rng: random.Random, say: Say) -> int:
    order = [*bundles, *rng.sample(bundles, GIVEN_TWICE)]
    rng.shuffle(order)
    taking = district.handover.taking
    repeated = 0
    for path in order:
        taken = taking.take(path)
        merged = taking.merge(taking.preview(taken)) if not taken.already_merged else None
        repeated += merged is None
    say(
        f"Đơn vị tổng hợp đã nhập {len(bundles)} gói theo thứ tự ngẫu nhiên; "
        f"{repeated} gói đưa lại lần hai, dữ liệu không đổi."
    )
    return repeated


def _answer(offices: Offices, district: Office, unit: TreeUnit, folder: Path, task: str) -> str:
    """Let the commune take its return bundle in, answer the task in it, and hand that up."""
    handover = district.handover
    party = next(u for u in handover.returning.units_to_answer() if u.id == unit.id)
    made = handover.returning.seal(party)
    with closing(offices.open(folder, OFFICER, PASSWORD)) as office:
        sealed = handover.sealing.folder / made.row.file
        told = office.handover.returning.accept(sealed).sentence
        answer_task(office, task)
        up = office.handover.sealing.seal_up().row.digest
        carried = office.handover.sealing.carry(up, folder.parents[1] / STICK)
    taking = handover.taking
    taking.merge(taking.preview(taking.take(carried.path)))
    done = next(line for line in district.assignments.tasks() if line.id == task)
    return f"{told} Trả lời việc “{done.title}”: {done.state.lower()}."


def _senders(district: Office) -> set[str]:
    return {row.sender for row in district.handover.registers.received() if row.state == "merged"}


def figures_of(office: Office, period: Period) -> dict[str, int]:
    """Return the figures of a store in a period, as its own report gives them."""
    return {figure.measure.code: figure.value for figure in office.reports.annual(period).figures}


def papers_of(offices: Offices, played: Played, out: Path) -> list[Path]:
    """Print the district's summary and the receipt for one commune, and return their files."""
    folder = out / "papers"
    folder.mkdir()
    with closing(offices.open(played.district, OFFICER, PASSWORD)) as office:
        summary = folder / "bang_tong_hop_2022.pdf"
        write_atomically(summary, office.papers.make("summary", period=calendar_period("2022")))
        unit = played.commune.name
        row = next(
            line
            for line in office.handover.registers.received()
            if line.state == "merged" and line.number == 1 and f"_{unit}_" in line.name
        )
        receipt = folder / "phieu_xac_nhan.pdf"
        write_atomically(receipt, office.papers.make("receipt", bundle=row.digest))
    return [summary, receipt]
