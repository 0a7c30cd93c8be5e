"""“Không phát sinh”: said in one action, signed in the next bundle, contradicted by records."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.opening import Source
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.zero_reports import KIND, REPORTED
from antq_desktop.services.zero_reports import ZeroState
from tests.exchange import COMMUNES, World, add, record_in
from tests.stores import unsound

OCTOBER = calendar_period("2026-10")


def states(world: World, name: str = "2026-10") -> dict[str, ZeroState]:
    lines = world.commune.oversight.zero_reports.board(calendar_period(name))
    return {line.about: line.state for line in lines}


def test_all_kinds_without_a_record_are_reported_in_one_action(world: World) -> None:
    add(world.commune, occurred_on="2026-10-12")
    board = world.commune.oversight.zero_reports.board(OCTOBER)
    left = [line.about for line in board if line.state is ZeroState.OPEN]
    assert set(left) == set(REPORTED) - {"incident"}
    saved = world.commune.oversight.zero_reports.declare(left, OCTOBER)
    assert saved.sentence == f"Đã báo không phát sinh {len(left)} loại, tháng 10 năm 2026."
    assert set(states(world).values()) == {ZeroState.ZERO, ZeroState.RECORDS}
    month = next(m for m in world.commune.oversight.zero_reports.months() if m.name == "2026-10")
    assert month.open == 0
    world.commune.records.undo(saved.seq)
    assert states(world)["tip"] is ZeroState.OPEN
    assert unsound(world.commune) == []


def test_what_has_records_or_has_not_begun_is_not_reported_as_nothing(world: World) -> None:
    add(world.commune, occurred_on="2026-10-12")
    for abouts, name, code in (
        (["incident"], "2026-10", "has_records"),
        (["tip"], "2027-01", "period_not_begun"),
        ([], "2026-10", "nothing_to_declare"),
    ):
        with pytest.raises(UserError) as refused:
            world.commune.oversight.zero_reports.declare(abouts, calendar_period(name))
        assert refused.value.code == code


def test_one_taken_back_is_said_again_under_the_same_id(world: World) -> None:
    zeros = world.commune.oversight.zero_reports
    first = zeros.declare(["tip"], OCTOBER).ids
    zeros.take_back(first)
    assert states(world)["tip"] is ZeroState.OPEN
    assert zeros.declare(["tip"], OCTOBER).ids == first
    assert states(world)["tip"] is ZeroState.ZERO


def test_it_travels_signed_and_is_a_number_at_the_receiver_where_silence_is_none(
    world: World,
) -> None:
    commune, silent = world.commune, world.office(COMMUNES[1])
    zero = commune.oversight.zero_reports.declare(["tip"], OCTOBER).ids[0]
    world.round()
    world.round(silent)
    assert record_in(world.receiver, zero, KIND).owner == commune.unit
    figure = world.receiver.reports.figure("tips", OCTOBER)
    assert (figure.value, figure.counted.source) == (0, Source.ZERO)
    assert figure.by_unit == {commune.unit: 0}
    assert figure.counted.zeros == (commune.unit,)
    quarter = world.receiver.reports.figure("tips", calendar_period("2026-Q4"))
    assert quarter.counted.source is Source.NOTHING, "a month says nothing of its quarter"


def test_the_table_of_units_tells_nothing_happened_from_nothing_known(world: World) -> None:
    commune, silent = world.commune, world.office(COMMUNES[1])
    add(silent)
    commune.oversight.zero_reports.declare(["incident"], OCTOBER)
    world.round()
    world.round(silent)
    papers = world.receiver.papers
    pages = PdfReader(BytesIO(papers.make("summary_by_unit", period=OCTOBER))).pages
    told = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Báo không phát sinh: Xã Tứ Kỳ (" in told
    assert "Gạch ngang là chưa có hồ sơ và chưa báo không phát sinh." in told


def test_a_record_that_comes_later_contradicts_it_on_both_sides(world: World) -> None:
    commune = world.commune
    commune.oversight.zero_reports.declare(["incident"], OCTOBER)
    record = add(commune, occurred_on="2026-10-30")
    assert states(world)["incident"] is ZeroState.CONTRADICTED
    world.round()
    for office in (commune, world.receiver):
        (found,) = office.oversight.zero_reports.against()
        assert (found.unit, found.records, found.example) == (commune.unit, 1, record)
        assert found.told == (
            "Xã Tứ Kỳ báo không phát sinh vụ việc từ 01/10/2026 đến 31/10/2026 nhưng có 1 hồ sơ."
        )
        figure = office.reports.figure("incidents", OCTOBER)
        assert figure.value == 1
        assert any("báo không phát sinh" in told for told in figure.warnings)
    commune.records.void("incident", record, "Ghi nhầm kỳ")
    world.round()
    assert world.receiver.oversight.zero_reports.against() == []


def test_two_devices_that_say_the_same_meet_as_one_record(world: World) -> None:
    first, second = world.commune, world.office(COMMUNES[1])
    one = first.oversight.zero_reports.declare(["tip"], OCTOBER).ids
    assert first.records.new_edit(KIND, record_in(first, one[0], KIND).values()).id == one[0]
    assert second.oversight.zero_reports.declare(["tip"], OCTOBER).ids != one, (
        "another unit, another word"
    )


def test_nobody_reports_nothing_for_another_unit(world: World) -> None:
    world.round()
    with pytest.raises(UserError) as refused:
        world.receiver.records.add(
            KIND, {"unit": world.commune.unit, "about": "tip", "period": "2026-10"}
        )
    assert refused.value.code == "answer_of_another_unit"
