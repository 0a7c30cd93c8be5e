"""Answers of the unit above are written into the proposals, so that lists and figures know them."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.periods import calendar_period
from antq_desktop.services.office import Office
from antq_desktop.services.proposal_answers import ProposalAnswers
from tests.exchange import World


def answers_of(office: Office) -> ProposalAnswers:
    return ProposalAnswers(office.records, office.lists, office.unit)


def propose(office: Office, title: str) -> str:
    values: dict[str, Value] = {"sent_on": "2026-11-05", "title": title, "state": "sent"}
    return office.records.add("proposal", values).ids[0]


def held(office: Office, proposal: str) -> dict[str, Value]:
    return office.lists.show("proposal", proposal).record.values()


def answered(office: Office) -> int:
    return office.reports.figure("proposals_answered", calendar_period("2026")).value


def test_new_answers_are_written_as_one_action_and_then_counted(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    first, second, third = (propose(commune, f"Đề xuất mẫu {n}") for n in (1, 2, 3))
    world.round()
    receiver.assignments.reply(
        first, {"state": "partly", "answer": "Hỗ trợ 1 thôn.", "answer_document": "12/CV-MẪU"}
    )
    receiver.assignments.reply(second, {"state": "refused", "answer": "Chưa có nguồn."})
    assert answers_of(receiver).new() == []
    world.round()
    answers = answers_of(commune)
    assert {one.id for one in answers.new()} == {first, second}
    assert answered(commune) == 0
    saved = answers.take_over()
    assert saved.sentence == "Đã ghi trả lời của cấp trên vào 2 đề xuất."
    now = held(commune, first)
    assert (now["state"], now["answer"], now["answer_document"], now["answered_on"]) == (
        "partly", "Hỗ trợ 1 thôn.", "12/CV-MẪU", "2026-11-21",
    )  # fmt: skip
    assert (answered(commune), answers.new()) == (2, [])
    assert held(commune, third)["state"] == "sent"
    with pytest.raises(UserError) as refused:
        answers.take_over()
    assert refused.value.code == "nothing_answered"
    commune.records.undo(saved.seq)
    assert (answered(commune), len(answers.new())) == (0, 2)


def test_an_answer_that_was_changed_is_new_again(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    proposal = propose(commune, "Đề xuất mẫu")
    world.round()
    receiver.assignments.reply(proposal, {"state": "partly", "answer": "Hỗ trợ 1 thôn."})
    world.round()
    answers_of(commune).take_over()
    receiver.assignments.reply(proposal, {"state": "accepted"})
    world.round()
    assert answers_of(commune).take_over().sentence == (
        "Đã ghi trả lời của cấp trên vào “Đề xuất mẫu”."
    )
    assert held(commune, proposal)["state"] == "accepted"
