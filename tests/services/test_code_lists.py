"""Code lists of a unit: own values, other labels, hidden and retired ones, and the way they go."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.periods import calendar_period
from antq_desktop.services.office import Office
from antq_desktop.services.records import Saved
from tests.exchange import COMMUNES, World, add, record_in
from tests.stores import COMMUNE_ID, unsound

LIST = "scheme_type"
FREE = "session_kind"


def own_value(office: Office, label: str, name: str = FREE, counts_as: str = "") -> str:
    """Add a value and return its id."""
    known = {line.id for line in office.code_lists.values(name)}
    office.code_lists.add(name, label, counts_as=counts_as)
    (made,) = {line.id for line in office.code_lists.values(name)} - known
    return made


def offered(office: Office, name: str = FREE) -> list[str]:
    return [value.id for value in office.codes.in_force(name, "2026-11-21")]


def test_an_own_value_is_offered_at_once_and_its_id_names_the_unit(office: Office) -> None:
    made = own_value(office, "Phiên tòa giả định")
    assert made == f"{COMMUNE_ID}/phien_toa_gia_dinh"
    assert offered(office)[-1] == made
    assert office.codes.label(FREE, made) == "Phiên tòa giả định"
    assert office.codes[FREE].find("phien toa gia dinh") == office.codes[FREE].get(made)


def test_a_second_value_of_the_same_words_gets_an_id_of_its_own(office: Office) -> None:
    first = own_value(office, "Sân khấu hóa")
    office.code_lists.retire(FREE, first, "2026-01-01")
    second = own_value(office, "Sân khấu hóa")
    assert second == first + "_2"


def test_an_own_value_can_be_undone_and_come_back(office: Office) -> None:
    saved = office.code_lists.add(FREE, "Sân khấu hóa")
    office.records.undo(saved.seq)
    assert f"{COMMUNE_ID}/san_khau_hoa" not in offered(office)
    office.code_lists.add(FREE, "Sân khấu hóa")
    assert f"{COMMUNE_ID}/san_khau_hoa" in offered(office)


def test_a_shipped_value_takes_another_label_and_its_own_back(office: Office) -> None:
    first = office.codes[FREE].values[0]
    saved = office.code_lists.rename(FREE, first.id, "Nói chuyện trực tiếp")
    held = office.codes[FREE].get(first.id)
    assert held is not None
    assert (held.label, held.shipped) == ("Nói chuyện trực tiếp", first.label)
    assert office.codes[FREE].find(first.label) == held
    office.records.undo(saved.seq)
    assert office.codes.label(FREE, first.id) == first.label
    office.code_lists.rename(FREE, first.id, "Nói chuyện")
    office.code_lists.rename(FREE, first.id, first.label)
    assert office.codes[FREE].get(first.id) == first


def test_what_is_hidden_or_retired_is_readable_and_not_offered(office: Office) -> None:
    first, second = office.codes[FREE].values[:2]
    office.code_lists.hide(FREE, first.id)
    office.code_lists.retire(FREE, second.id, "2026-01-01")
    assert not {first.id, second.id} & set(offered(office))
    assert second.id in [value.id for value in office.codes.in_force(FREE, "2025-12-31")]
    assert office.codes.label(FREE, first.id) == first.label
    assert office.codes.has(FREE, second.id)
    office.code_lists.hide(FREE, first.id, hidden=False)
    assert first.id in offered(office)


def test_values_stand_in_the_order_that_the_unit_gives_them(office: Office) -> None:
    before = [line.id for line in office.code_lists.values(FREE)]
    made = own_value(office, "Sân khấu hóa")
    office.code_lists.move(FREE, made, -len(before))
    assert [line.id for line in office.code_lists.values(FREE)] == [made, *before]
    office.code_lists.move(FREE, made, 1)
    assert [line.id for line in office.code_lists.values(FREE)] == [before[0], made, *before[1:]]


def test_a_list_read_in_full_in_a_legal_text_is_locked(office: Office) -> None:
    locked = next(line.name for line in office.code_lists.lists() if line.locked)
    value = office.codes[locked].values[0].id
    changes: tuple[Callable[[], Saved], ...] = (
        lambda: office.code_lists.add(locked, "Khác nữa"),
        lambda: office.code_lists.rename(locked, value, "Khác nữa"),
        lambda: office.code_lists.hide(locked, value),
    )
    for change in changes:
        with pytest.raises(UserError) as refused:
            change()
        assert refused.value.code == "list_locked"


@pytest.mark.parametrize(
    ("label", "code"),
    [("", "label_missing"), ("Tôn giáo", "class_forbidden"), ("Trực tiếp", "label_taken")],
)
def test_a_value_that_may_not_be_is_refused(office: Office, label: str, code: str) -> None:
    office.code_lists.rename(FREE, office.codes[FREE].values[0].id, "Trực tiếp")
    with pytest.raises(UserError) as refused:
        office.code_lists.add(FREE, label)
    assert refused.value.code == code


def test_the_last_value_that_is_offered_stays(office: Office) -> None:
    *others, last = office.codes[FREE].values
    for value in others:
        office.code_lists.hide(FREE, value.id)
    with pytest.raises(UserError) as refused:
        office.code_lists.hide(FREE, last.id)
    assert refused.value.code == "last_value"


def test_a_value_of_a_unit_is_shown_above_by_the_label_that_came_with_it(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    made = own_value(commune, "Tranh chấp đất đai, ranh giới", "incident_kind")
    record = add(commune, kind=made)
    world.round()
    assert record_in(receiver, record).values()["kind"] == made
    assert receiver.codes.label("incident_kind", made) == "Tranh chấp đất đai, ranh giới"
    assert made not in offered(receiver, "incident_kind")
    assert commune.handover.sealing.waiting() == 0
    (line,) = [one for one in receiver.code_lists.values("incident_kind") if one.foreign]
    assert (line.source, line.counts_as) == ("Xã Tứ Kỳ", "")
    with pytest.raises(UserError) as refused:
        receiver.code_lists.rename("incident_kind", made, "Tên khác")
    assert refused.value.code == "value_of_another_unit"
    assert unsound(receiver) == unsound(commune) == []


def test_a_value_may_come_before_its_label(world: World) -> None:
    """The record that holds a value is judged alone: its label may be in another bundle."""
    made = own_value(world.commune, "Tranh chấp đất đai", "incident_kind")
    record = add(world.commune, kind=made)
    with world.commune._store.reading() as reader:
        (label,) = reader.all_records("code_value")
    taken = world.receiver.handover.taking.take(world.sent())
    assert taken.arrival is not None
    assert {one.id for one in taken.arrival.records} >= {record, label.id}
    assert taken.arrival.refused == {}
    assert world.receiver.codes.label("incident_kind", made) == (
        "tranh_chap_dat_dai (chưa có trong danh mục)"
    )


def test_the_receiver_says_what_a_value_of_a_commune_counts_as(world: World) -> None:
    made = own_value(world.commune, "Cháy rơm rạ", "incident_kind")
    add(world.commune, kind=made)
    world.round()
    receiver = world.receiver
    assert receiver.codes.counted("incident_kind", made) == made
    saved = receiver.code_lists.count_as("incident_kind", made, "fire")
    assert receiver.codes.counted("incident_kind", made) == "fire"
    world.round()
    assert receiver.codes.counted("incident_kind", made) == "fire"
    receiver.records.undo(saved.seq)
    assert receiver.codes.counted("incident_kind", made) == made
    with pytest.raises(UserError) as refused:
        receiver.code_lists.count_as("incident_kind", made, made)
    assert refused.value.code == "counts_as_unknown"


def test_one_commune_does_not_change_how_shipped_values_look_elsewhere(world: World) -> None:
    shipped = world.codes["incident_kind"].values[0]
    world.commune.code_lists.rename("incident_kind", shipped.id, "Tên riêng của xã")
    world.commune.code_lists.hide("incident_kind", world.codes["incident_kind"].values[1].id)
    world.round()
    assert (
        world.receiver.codes["incident_kind"].values[:2] == world.codes["incident_kind"].values[:2]
    )


def test_two_communes_that_rename_the_same_value_do_not_meet(world: World) -> None:
    shipped = world.codes[FREE].values[0]
    for name in COMMUNES[:2]:
        office = world.office(name)
        office.code_lists.rename(FREE, shipped.id, f"Tên của {name}")
        world.round(office)
        assert office.handover.sealing.waiting() == 0
        assert office.codes.label(FREE, shipped.id) == f"Tên của {name}"


def test_figures_take_a_value_of_a_unit_for_the_one_it_counts_as(world: World) -> None:
    period = calendar_period("2026")
    made = own_value(world.commune, "Phiên tòa", "document_kind")
    world.commune.records.add(
        "document",
        {
            "title": "Văn bản mẫu",
            "direction": "outgoing",
            "document_kind": made,
            "dated": "2026-05",
        },
    )
    path = world.sent()
    receiver = world.receiver
    taking = receiver.handover.taking
    before = taking.preview(taking.take(path))
    assert "plans" not in {one.measure for one in receiver.handover.effects(before, period)}
    world.merged(path)
    world.commune.handover.returning.accept(world.answered())
    assert receiver.reports.annual(period).figure("plans").value == 0
    receiver.code_lists.count_as("document_kind", made, "plan")
    assert receiver.reports.annual(period).figure("plans").value == 1
    world.commune.code_lists.count_as("document_kind", made, "directive")
    world.round()
    report = receiver.reports.annual(period)
    assert (report.figure("plans").value, report.figure("directives").value) == (1, 0)
    assert world.commune.reports.annual(period).figure("directives").value == 1
