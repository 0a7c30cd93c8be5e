"""Commune, cluster and province: bags go up as they came, receipts come down the same way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.services.office import Office
from antq_desktop.services.passing import Passing
from antq_desktop.services.tracing import Tracing
from antq_desktop.storage import chain as kept_of_chain
from tests.chains import COMMUNES, PROVINCE, Three, make_three
from tests.exchange import add, code_of, own_up, whole
from tests.stores import OFFICER, store_of


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, codes: Codes) -> Path:
    return make_three(tmp_path_factory.mktemp("chain"), codes)


@pytest.fixture
def three(made_once: Path, tmp_path: Path, codes: Codes) -> Iterator[Three]:
    made = Three(tmp_path / "world", codes)
    shutil.copytree(made_once, made.folder)
    yield made
    made.close()


def incidents(office: Office) -> int:
    period = office.periods.named("2026")
    return office.reports.figure("incidents", period).value


def test_a_cluster_knows_which_slip_is_of_the_unit_above(three: Three) -> None:
    known = three.cluster.handover.devices.known()
    kinds = {held.device.unit.code: held.may_send for held in known}
    assert kinds[PROVINCE] == {BundleKind.RETURN}
    assert kinds["11074"] == {BundleKind.UP}
    assert three.cluster.handover.devices.addressee().code == PROVINCE


def test_what_communes_signed_stands_at_the_top_and_a_figure_opens_the_line(three: Three) -> None:
    first, second = (three.office(name) for name in COMMUNES)
    one = add(first, title="Mất trộm xe đạp")
    add(second)
    own = add(three.cluster, title="Vụ việc của cụm")
    three.up(first, three.cluster)
    three.up(second, three.cluster)
    three.up(three.cluster, three.province)
    assert incidents(three.province) == 3
    assert own_up(three.province, first) == own_up(three.cluster, first) == own_up(first, first)
    ids = three.province.reports.records_of(
        "incidents", three.province.periods.named("2026"), first.unit
    )
    assert ids == [one]
    tracing = Tracing(store_of(three.province), three.province.handover.taking)
    (line,) = tracing.lines("incident", one)
    assert line.sender == "Xã Mẫu Một"
    assert line.via == "Cụm Mẫu"
    assert line.place.startswith("records/incident.jsonl:")
    assert "Mất trộm xe đạp" in line.text
    assert line.holds
    assert line.signature.startswith("Chữ ký đúng: máy “Máy 01” của Xã Mẫu Một đã ký gói số 1")
    assert "Cụm Mẫu xác nhận chìa khóa" in line.signature
    (line,) = tracing.lines("incident", own)
    assert (line.sender, line.via) == ("Cụm Mẫu", "")


def test_only_fields_that_travel_up_are_at_the_top(three: Three) -> None:
    commune = three.commune
    add(commune, callback="0100000000", narrative="Chỉ lưu tại xã.")
    three.up(commune, three.cluster)
    three.up(three.cluster, three.province)
    told = b"".join(whole(three.province))
    assert "Va chạm xe đạp".encode() in told
    assert b"0100000000" not in told
    assert "Chỉ lưu tại xã".encode() not in told


def test_a_receipt_of_the_top_comes_down_to_the_commune(three: Three) -> None:
    commune = three.commune
    add(commune)
    three.up(commune, three.cluster)
    three.up(three.cluster, three.province)
    (sent,) = [one for one in commune.handover.deliveries.register() if one.goes_up]
    assert sent.above == ()
    three.down(three.cluster, commune)
    (sent,) = [one for one in commune.handover.deliveries.register() if one.goes_up]
    (told,) = sent.above
    name = three.province.handover.devices.own_unit().name
    assert told.startswith(f"{name} đã nhận")


def test_one_bag_on_two_ways_is_one_bundle_and_counts_once(three: Three) -> None:
    commune, province = three.commune, three.province
    add(commune)
    three.merged(three.sent(commune), three.cluster)
    lost = three.sent(three.cluster)
    again = three.sent(three.cluster)
    taking = province.handover.taking
    for path in (lost, again, lost):
        taking.merge(taking.preview(taking.take(path)))
        for row in taking.chain.staged_by(three.cluster.unit):
            taking.merge(taking.preview(taking.staged(row.sha256)))
    bags = [row for row in taking.received() if row.via]
    assert len(bags) == 1
    assert incidents(province) == 1


def test_a_confirmed_bag_does_not_go_again_and_a_lost_stick_heals(three: Three) -> None:
    add(three.commune)
    three.up(three.commune, three.cluster)
    sealing = three.cluster.handover.sealing
    assert sealing.bags_waiting() == 1
    three.sent(three.cluster)  # this stick is lost
    assert sealing.bags_waiting() == 1
    three.up(three.cluster, three.province)
    assert sealing.bags_waiting() == 0
    made = sealing.seal_up()
    assert "Chuyển kèm" not in made.sentence


def test_bags_without_room_wait_for_the_next_bundle(three: Three) -> None:
    first, second = (three.office(name) for name in COMMUNES)
    for office in (first, second):
        add(office)
        three.up(office, three.cluster)
    cluster = three.cluster
    chain, sealing = cluster.handover.taking.chain, cluster.handover.sealing
    sizes = [row.sha256 for row in cluster.handover.taking.received() if row.digest]
    largest = max((cluster.handover.taking.folder / f"{one}.antq").stat().st_size for one in sizes)

    def tight(reader: object, covered: int) -> Passing:
        return chain.passing(reader, covered, largest + 100)  # type: ignore[arg-type]  # a reader

    sealing.passing = tight
    assert sealing.bags_waiting() == 2
    three.up(cluster, three.province)
    assert incidents(three.province) == 1
    three.up(cluster, three.province)
    assert incidents(three.province) == 2
    assert sealing.bags_waiting() == 0


def test_a_bag_whose_key_nobody_vouches_for_is_set_aside(three: Three) -> None:
    add(three.commune)
    three.up(three.commune, three.cluster)
    taking = three.province.handover.taking
    taken = taking.take(three.sent(three.cluster))
    (row,) = taking.chain.staged_by(three.cluster.unit)
    with store_of(three.province).writing(OFFICER, "set") as work:
        work.connection.exec_driver_sql("DELETE FROM vouched")
        assert kept_of_chain.vouched_by(work.connection, three.cluster.unit) == []
        work.note("", "", "bỏ xác nhận")
    assert taken.mergeable
    again = taking.staged(row.sha256)
    assert not again.mergeable
    assert again.row.shelf == "signer_unknown"
    assert again.row.via_name == "Cụm Mẫu"


def test_a_vouched_key_opens_nothing_that_was_not_passed_on(three: Three) -> None:
    add(three.commune)
    three.up(three.commune, three.cluster)
    three.up(three.cluster, three.province)
    assert code_of(three.commune)
    add(three.commune)
    taken = three.province.handover.taking.take(three.sent(three.commune))
    assert not taken.mergeable
    known = {held.device.unit.code for held in three.province.handover.devices.known()}
    assert "11074" not in known
