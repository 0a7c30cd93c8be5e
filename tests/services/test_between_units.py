"""Tasks go down in return bundles and their answers come up; proposals the other way round."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from antq_desktop.domain.carried import to_line
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import Value
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.record import Record
from antq_desktop.services.assignments import TaskLine
from antq_desktop.services.office import Office
from tests.exchange import (
    COMMUNES,
    RECEIVER,
    World,
    add,
    backup_of,
    forged_answer,
    record_in,
    restored,
)
from tests.stores import store_of, unsound


def directive(receiver: Office, number: str = "01/CT-MẪU") -> str:
    values: dict[str, Value] = {
        "title": "Tăng cường phòng ngừa lừa đảo trên mạng",
        "direction": "outgoing",
        "document_kind": "directive",
        "number": number,
        "dated": "2026-11-01",
        "note": "Không gửi xuống.",
    }
    return receiver.records.add("document", values).ids[0]


def give(receiver: Office, source: str, *units: str, deadline: str = "2026-11-30") -> list[str]:
    values: dict[str, Value] = {
        "title": "Báo cáo kết quả tuyên truyền",
        "source": source,
        "deadline": deadline,
    }
    return list(receiver.assignments.give(values, units).ids)


def ids(lines: Iterable[TaskLine]) -> list[str]:
    return [line.id for line in lines]


def down(world: World, commune: Office) -> dict[str, int]:
    chosen = world.receiver.handover.returning.going_down(commune.unit)
    return {kind: len(records) for kind, records in chosen.items()}


def test_a_task_goes_down_with_its_document_and_the_answer_stands_beside_it(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    world.round()
    source = directive(receiver)
    (task,) = give(receiver, source, commune.unit)
    world.merged(world.sent())
    told = commune.handover.returning.accept(world.answered())
    assert told.sentence.endswith("Nhận kèm 1 văn bản, 1 việc được giao.")
    (line,) = commune.assignments.waiting()
    assert (line.id, line.giver) == (task, "Thành phố Hải Phòng")
    assert (line.source, line.told) == (
        "01/CT-MẪU · Tăng cường phòng ngừa lừa đảo trên mạng", "còn 9 ngày",
    )  # fmt: skip
    assert "note" not in record_in(commune, source, "document").values()

    commune.assignments.answer(
        task, {"state": "done", "done_on": "2026-11-20", "result": "Đã tổ chức 3 buổi."}
    )
    assert commune.assignments.waiting() == []
    world.round()
    (line,) = receiver.assignments.tasks()
    assert (line.done, line.late, line.result, line.unit_name) == (
        True, 0, "Đã tổ chức 3 buổi.", "Xã Tứ Kỳ",
    )  # fmt: skip
    assert record_in(receiver, task, "task").values()["state"] == "new"
    receiver.assignments.accept(task)
    assert record_in(receiver, task, "task").values()["done_on"] == "2026-11-20"
    assert unsound(commune) == unsound(receiver) == []


def test_a_task_goes_only_to_the_units_it_names(world: World) -> None:
    first, second = (world.office(name) for name in COMMUNES[:2])
    for office in (first, second):
        world.round(office)
    give(world.receiver, directive(world.receiver), first.unit)
    assert down(world, first) == {"document": 1, "task": 1}
    assert down(world, second) == {}


def test_nobody_writes_the_record_of_the_other(world: World) -> None:
    world.round()
    (task,) = give(world.receiver, directive(world.receiver), world.commune.unit)
    world.round()
    with pytest.raises(UserError) as refused:
        world.commune.records.change("task", task, {"state": "done", "done_on": "2026-11-20"})
    assert refused.value.code == "not_own_record"
    answer = world.commune.assignments.answer(task, {"state": "in_progress"}).ids[0]
    world.round()
    with pytest.raises(UserError) as refused:
        world.receiver.records.change("task_answer", answer, {"state": "stopped"})
    assert refused.value.code == "not_own_record"


def test_an_answer_to_what_was_not_asked_is_refused(world: World) -> None:
    world.round()
    own = world.receiver.unit
    other = world.office(COMMUNES[1])
    world.round(other)
    (task,) = give(world.receiver, directive(world.receiver), other.unit)
    with pytest.raises(UserError) as refused:
        world.receiver.assignments.answer(task, {"state": "in_progress"})
    assert refused.value.code == "task_not_ours"
    values: dict[str, Value] = {
        "unit": own, "task": task, "title": "Báo cáo", "state": "in_progress",
    }  # fmt: skip
    with pytest.raises(UserError) as refused:
        world.receiver.records.add("task_answer", values)
    assert refused.value.code == "task_not_ours"
    with pytest.raises(UserError) as refused:
        world.receiver.records.add("task_answer", {**values, "unit": other.unit})
    assert refused.value.code == "answer_of_another_unit"


def test_what_was_taken_in_does_not_go_down_again(world: World) -> None:
    world.round()
    tasks = give(world.receiver, directive(world.receiver), *[world.commune.unit])
    for _ in range(9):
        tasks += give(world.receiver, directive(world.receiver), world.commune.unit)
    assert down(world, world.commune) == {"document": 10, "task": 10}
    world.round()
    assert down(world, world.commune) == {"document": 10, "task": 10}, "not yet acknowledged"
    world.merged(world.sent())
    assert down(world, world.commune) == {}
    world.receiver.records.change("task", tasks[3], {"deadline": "2026-12-15"})
    assert down(world, world.commune) == {"document": 1, "task": 1}
    world.round()
    assert {line.deadline for line in world.commune.assignments.waiting()} == {
        "2026-11-30", "2026-12-15",
    }  # fmt: skip


def test_a_lost_return_bundle_is_made_good_by_the_next(world: World) -> None:
    world.round()
    (first,) = give(world.receiver, directive(world.receiver), world.commune.unit)
    world.merged(world.sent())
    world.answered().unlink()
    (second,) = give(world.receiver, directive(world.receiver), world.commune.unit)
    world.round()
    assert sorted(ids(world.commune.assignments.waiting())) == sorted([first, second])


def test_a_task_taken_back_or_given_to_another_is_taken_back_below(world: World) -> None:
    first, second = (world.office(name) for name in COMMUNES[:2])
    for office in (first, second):
        world.round(office)
    source = directive(world.receiver)
    kept, voided = (give(world.receiver, source, first.unit)[0] for _ in range(2))
    world.round(first)
    world.receiver.records.change("task", kept, {"unit": second.unit})
    world.receiver.records.void("task", voided, "Giao nhầm")
    for office in (first, second):
        world.round(office)
    assert first.assignments.waiting() == []
    assert ids(second.assignments.waiting()) == [kept]


def test_two_return_bundles_end_alike_in_either_order(world: World) -> None:
    world.round()
    (task,) = give(world.receiver, directive(world.receiver), world.commune.unit)
    world.merged(world.sent())
    old = world.answered()
    world.receiver.records.change("task", task, {"deadline": "2026-12-24"})
    new = world.answered()
    accept = world.commune.handover.returning.accept
    accept(new)
    held = record_in(world.commune, task, "task")
    late = accept(old)
    assert late.brought.totals
    assert record_in(world.commune, task, "task") == held
    assert accept(new).brought.items == ()


def test_a_proposal_is_answered_from_above_beside_it(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    values: dict[str, Value] = {
        "sent_on": "2026-11-05",
        "title": "Hỗ trợ camera cho 3 thôn",
        "state": "sent",
    }
    proposal = commune.records.add("proposal", values).ids[0]
    world.round()
    (line,) = receiver.assignments.proposals()
    assert (line.unit_name, line.answered) == ("Xã Tứ Kỳ", False)
    receiver.assignments.reply(
        proposal, {"state": "partly", "answer": "Hỗ trợ 1 thôn.", "answer_document": "12/CV-MẪU"}
    )
    world.round()
    (line,) = commune.assignments.proposals()
    assert (line.answered, line.state, line.words, line.document, line.answered_on) == (
        True, "Được chấp thuận một phần", "Hỗ trợ 1 thôn.", "12/CV-MẪU", "2026-11-21",
    )  # fmt: skip
    assert record_in(commune, proposal, "proposal").values()["state"] == "sent"
    receiver.assignments.reply(proposal, {"state": "accepted"})
    world.round()
    assert commune.assignments.proposals()[0].state == "Được chấp thuận"
    with pytest.raises(UserError) as refused:
        commune.assignments.reply(proposal, {"state": "accepted"})
    assert refused.value.code == "proposal_is_own"


def test_a_reply_goes_to_who_asked_and_to_nobody_else(world: World) -> None:
    first, second = (world.office(name) for name in COMMUNES[:2])
    values: dict[str, Value] = {"sent_on": "2026-11-05", "title": "Hỗ trợ camera", "state": "sent"}
    proposal = first.records.add("proposal", values).ids[0]
    for office in (first, second):
        world.round(office)
    wrong: dict[str, Value] = {
        "by": world.receiver.unit, "proposal": proposal, "unit": second.unit, "title": "Hỗ trợ",
        "state": "accepted", "answered_on": "2026-11-20",
    }  # fmt: skip
    with pytest.raises(UserError) as refused:
        world.receiver.records.add("proposal_answer", wrong)
    assert refused.value.code == "answer_to_another_unit"
    world.receiver.assignments.reply(proposal, {"state": "accepted"})
    assert (down(world, first), down(world, second)) == ({"proposal_answer": 1}, {})


def _signed_down(world: World, lines: dict[str, list[bytes]]) -> str:
    """Let the receiver's device seal any records down to the commune; return what is told."""
    unit = world.commune.handover.devices.own_unit()
    path = forged_answer(
        world,
        world.receiver,
        lines,
        world.receiver.handover.returning.answer_for(unit.id),
        kind=BundleKind.RETURN,
        receiver=unit,
        counter=10_000,
    )
    return world.commune.handover.returning.accept(path).sentence


def as_lines(*records: Record) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for record in sorted(records, key=lambda one: (one.kind, one.id)):
        found.setdefault(record.kind, []).append(to_line(record))
    return found


def test_the_unit_above_writes_nothing_that_a_commune_owns_and_no_figures(world: World) -> None:
    record = add(world.commune)
    world.round()
    world.receiver.records.add(
        "incident",
        {"title": "Vụ của cấp trên", "kind": "fire", "state": "new", "occurred_on": "2026-11-02"},
    )
    with store_of(world.receiver).reading() as reader:
        all_of_them = list(reader.all_records("incident"))
    assert len(all_of_them) == 2
    before = list(world.commune.dump())
    told = _signed_down(world, as_lines(*all_of_them))
    assert "2 hồ sơ trong gói không nhận được" in told
    assert list(world.commune.dump()) == before
    assert record_in(world.commune, record).values()["title"]


def test_a_value_that_the_unit_above_adds_is_offered_below(world: World) -> None:
    world.round()
    world.receiver.code_lists.add("session_kind", "Phiên tòa giả định")
    world.round()
    (made,) = [one for one in world.commune.codes["session_kind"].values if one.owner]
    assert made.id in [one.id for one in world.commune.codes.in_force("session_kind", "2026-11-21")]
    world.commune.records.add(
        "session", {"held_on": "2026-11-20", "title": "Buổi mẫu", "session_kind": made.id}
    )
    assert "trả lại" not in world.merged(world.sent()).sentence


def test_a_restored_commune_gets_again_what_its_backup_did_not_hold(world: World) -> None:
    world.round()
    backup = backup_of(world, COMMUNES[0])
    (task,) = give(world.receiver, directive(world.receiver), world.commune.unit)
    world.round()
    world.merged(world.sent())
    assert down(world, world.commune) == {}
    restored(world, COMMUNES[0], backup)
    assert world.commune.assignments.waiting() == []
    world.merged(world.sent())
    own = {"unit": 1}  # what a restored unit had sent comes home as well
    assert down(world, world.commune) == {"document": 1, "task": 1, **own}
    world.round()
    assert ids(world.commune.assignments.waiting()) == [task]


def test_a_restored_receiver_gives_again_what_it_no_longer_knows_was_taken_in(
    world: World,
) -> None:
    world.round()
    (task,) = give(world.receiver, directive(world.receiver), world.commune.unit)
    backup = backup_of(world, RECEIVER)
    world.round()
    world.merged(world.sent())
    restored(world, RECEIVER, backup)
    world.merged(world.sent())
    assert down(world, world.commune) == {"document": 1, "task": 1}
    world.round()
    assert ids(world.commune.assignments.waiting()) == [task]


def test_what_came_down_is_no_figure_of_the_commune(world: World) -> None:
    period = calendar_period("2026")
    world.round()
    give(world.receiver, directive(world.receiver), world.commune.unit)
    world.round()
    of_commune, of_receiver = (
        office.reports.annual(period) for office in (world.commune, world.receiver)
    )
    for code, above in (("documents_out", 1), ("directives", 1), ("tasks_due", 1)):
        assert (of_commune.figure(code).value, of_receiver.figure(code).value) == (0, above)
