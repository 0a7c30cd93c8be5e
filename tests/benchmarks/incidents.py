"""The same invented incidents in every run, as many as asked for, and a store that holds them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from antq_desktop.domain.changes import Action
from antq_desktop.domain.fields import Value
from antq_desktop.domain.ids import new_record_id
from antq_desktop.domain.merging import Stamp
from antq_desktop.domain.record import Record, amended
from antq_desktop.domain.records.incidents import INCIDENT
from antq_desktop.storage.rows import search_text, to_row
from antq_desktop.storage.store import SLOTS_FILE, NewStore, Outside, Store, create, open_store
from antq_desktop.storage.vault import FLOOR, load, unlock
from antq_desktop.storage.work import Work
from tests.fakes import CountedBytes, SetClock

OFFICER = "Nguyễn Văn Mẫu"
PASSWORD = "mat khau chi de do 2026"
UNIT = "11074@2025-07-01"
RARE = "lươn"  # stands in one incident of a thousand
_WHAT = (
    "Mất trộm xe đạp", "Đánh nhau tại quán nước", "Mâu thuẫn bờ ruộng", "Gây rối nơi công cộng",
    "Cháy đống rơm", "Va chạm xe máy trên đường liên thôn", "Đánh bạc ăn tiền", "Mất trộm gà",
    "Hủy hoại cây trồng", "Lừa đảo qua điện thoại", "Thả trâu bò phá lúa", "Tụ tập gây ồn ào",
)  # fmt: skip
_WHERE = ("Đường Đông", "Bến Đò", "Đình Làng", "Chợ Chiều", "Cống Xây", "Ngã Ba", "Đồng Cạn")
_KINDS = ("social_order", "disorder", "fire", "social_evils")
_STATES = ("new", "in_progress", "resolved")

Row = tuple[object, ...]


def values_of(number: int, dice: random.Random) -> dict[str, Value]:
    """Return the fields of one incident; half of the possible ones are filled."""
    day = f"{2016 + number % 10}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    village = f"Thôn Mẫu {dice.choice(_WHERE)}"
    more = f", bắt được {RARE}" if number % 1000 == 7 else ""
    return {
        "register_number": f"{number}/{day[:4]}",
        "occurred_on": day,
        "occurred_hour": f"{dice.randint(0, 23)} giờ",
        "received_at": f"{day}T{dice.randint(0, 23):02}:{dice.randint(0, 59):02}",
        "title": f"{dice.choice(_WHAT)} ở {village}{more}",
        "kind": dice.choice(_KINDS),
        "state": dice.choice(_STATES),
        "unit": UNIT,
        "place": f"Xóm {dice.randint(1, 12)}, {village}",
        "narrative": "Công an xã tiếp nhận, đến ngay hiện trường, lập biên bản. " * 4,
        "damage": dice.randint(0, 900) * 100_000,
        "injuries": dice.randint(0, 2),
        "result": "Hòa giải xong, hai bên cam kết không tái phạm",
        "officer": OFFICER,
        "closed_on": f"{2026}-{dice.randint(1, 10):02}-{dice.randint(1, 28):02}",
        "reported_at_once": dice.random() < 0.5,
        "involved/1/role": "witness",
        "involved/1/name": "Trần Thị Ví Dụ",
    }


def records(count: int) -> Iterator[Record]:
    """Yield so many incidents, each as one save of its own left it."""
    dice = random.Random(294)  # noqa: S311 - the same incidents in every run
    random_bytes = CountedBytes("incidents")
    for number in range(1, count + 1):
        yield amended(
            Record(INCIDENT.kind, new_record_id(random_bytes), UNIT),
            INCIDENT,
            values_of(number, dice),
            stamp=Stamp(number, "WRITER00"),
            officer=OFFICER,
            at="2026-11-21T08:05:30",
        )


def rows_and_texts(count: int) -> tuple[list[Row], list[str]]:
    """Return the rows of so many incidents and the texts under which they are found."""
    rows: list[Row] = []
    texts: list[str] = []
    for record in records(count):
        rows.append(to_row(INCIDENT, record, 1))
        texts.append(search_text(INCIDENT, record))
    return rows, texts


def _outside() -> Outside:
    return Outside(SetClock(), CountedBytes("store"), FLOOR)


def _with_the_unit(work: Work) -> None:
    named: dict[str, Value] = {"name": "Xã Mẫu", "unit_kind": "commune"}
    work.save(Record("unit", UNIT, UNIT), named, created=True)


def new_store(folder: Path) -> Store:
    """Return an empty store of a commune with the least key derivation that is accepted."""
    new = NewStore("commune", UNIT, OFFICER, PASSWORD)
    return create(folder, new, _outside(), first=_with_the_unit)


def opened(folder: Path) -> Store:
    """Open a store again; its random bytes begin anew."""
    return open_store(folder, OFFICER, PASSWORD, _outside())[0]


def key_of(folder: Path) -> bytes:
    """Return the key of a store's file."""
    return unlock(load(folder / SLOTS_FILE), OFFICER, PASSWORD)[1]


def filled_store(folder: Path, count: int) -> Store:
    """Return a store that holds so many incidents, with one entry of history for each."""
    store = new_store(folder)
    with store.writing(OFFICER, Action.ADD) as work:
        for record in records(count):
            work.save(Record(record.kind, record.id, record.owner), _set_by(record), created=True)
    return store


def _set_by(record: Record) -> dict[str, Value]:
    return {**record.up.values(), **record.siblings.values()}
