"""The whole way: a key press in a commune, a stick, a merge above, a receipt back."""

from __future__ import annotations

import pytest

from antq_desktop.services.demo.figures import Compared
from antq_desktop.services.demo.playing import play
from antq_desktop.storage.exchange import ACKNOWLEDGED, SEALED, WRITTEN
from tests.exchange import COMMUNES, World, add, incident, own_up, record_in, up
from tests.stores import unsound


def test_what_a_commune_records_stands_above_and_its_receipt_comes_back(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    record = add(commune, title="Cháy đống rơm ở Thôn Mẫu", narrative="Không gửi đi.")
    sealing = commune.handover.sealing
    made = sealing.seal_up()
    assert made.row.state == SEALED
    carried = sealing.carry(made.row.digest, world.stick)
    assert carried.message == "Đã ghi xong và đối chiếu. Có thể rút USB."
    assert sealing.row(made.row.digest).state == WRITTEN

    taken = receiver.handover.taking.take(carried.path)
    assert taken.verdict.label == "Hợp lệ"
    preview = receiver.handover.taking.preview(taken)
    before = up(receiver)
    heaps = {heap.label: heap.count for heap in receiver.handover.heaps(preview)}
    assert heaps == {"mới": 2}
    assert up(receiver) == before
    merged = receiver.handover.taking.merge(preview)
    assert merged.sentence == "Đã nhập gói số 1 của Xã Tứ Kỳ: 2 mới."
    values = record_in(receiver, record).values()
    assert values["title"] == "Cháy đống rơm ở Thôn Mẫu"
    assert "narrative" not in values
    assert own_up(receiver, commune) == up(commune)

    accepted = commune.handover.returning.accept(world.answered())
    assert accepted.sentence == "Thành phố Hải Phòng xác nhận: 1 gói đã được nhận."
    assert sealing.row(made.row.digest).state == ACKNOWLEDGED
    assert sealing.waiting() == 0
    assert unsound(commune) == unsound(receiver) == []


def test_three_communes_end_with_the_same_records_below_and_above(world: World) -> None:
    for round_ in range(2):
        for name in COMMUNES:
            office = world.office(name)
            record = add(office, title=f"Vụ việc {round_}")
            office.records.change("incident", record, {"injuries": round_ + 1})
            world.round(office)
    for name in COMMUNES:
        office = world.office(name)
        assert own_up(world.receiver, office) == up(office)
        assert office.handover.sealing.waiting() == 0


def test_reading_goes_on_while_a_bundle_is_merged(world: World) -> None:
    add(world.commune)
    path = world.sent()
    taking = world.receiver.handover.taking
    preview = taking.preview(taking.take(path))
    store = world.receiver._store
    with store.reading() as reader:
        before = len(list(reader.all_records("incident")))
        taking.merge(preview)
        assert len(list(reader.all_records("incident"))) == before
    with store.reading() as reader:
        assert len(list(reader.all_records("incident"))) == before + 1


def met(line: Compared) -> bool:
    return line.ours == line.printed


def _plays(world: World, seed: int) -> None:
    told: list[str] = []
    played = play(world.offices("demo"), world.folder / "out", seed=seed, say=told.append)
    assert [line for line in played.compared if not line.fine] == []
    assert [line for line in played.accidents if not line.fine] == []
    assert (len(played.compared), sum(met(line) for line in played.compared)) == (45, 43)
    assert played.repeated == 2
    assert any("xác nhận: 1 gói đã được nhận" in line for line in told)


def test_the_demonstration_meets_the_printed_figures(world: World) -> None:
    _plays(world, 1)


@pytest.mark.heavy
@pytest.mark.parametrize("seed", [7, 2022])
def test_the_demonstration_meets_them_however_records_are_spread(world: World, seed: int) -> None:
    _plays(world, seed)


def test_an_incident_is_counted_once_however_often_it_is_sent(world: World) -> None:
    record = world.commune.records.add("incident", incident()).ids[0]
    paths = [world.sent() for _ in range(3)]
    for path in paths[::-1] + paths:
        world.merged(path)
    store = world.receiver._store
    with store.reading() as reader:
        assert [found.id for found in reader.all_records("incident")] == [record]
