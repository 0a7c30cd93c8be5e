"""Requests that a field answers, conflicts side by side, adjustments, and units by months."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.domain.carried import to_line
from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.heat import Heat
from antq_desktop.domain.periods import calendar_period
from antq_desktop.services.conflicts import Conflict
from antq_desktop.services.office import Office
from antq_desktop.services.opening_figures import Source
from antq_desktop.services.requests import RequestLine
from tests.exchange import (
    COMMUNES,
    World,
    add,
    backup_of,
    forged,
    record_in,
    restored,
)
from tests.stores import OFFICER, store_of, unsound
from tests.twins import Twins

YEAR = calendar_period("2026")


def text_of(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).split())


def asked(world: World, record: str, path: str = "injuries") -> str:
    return world.receiver.oversight.requests.ask(
        "incident", record, path, {"title": "Xem lại số người bị thương", "due_on": "2026-11-18"}
    ).ids[0]


def only(lines: list[RequestLine]) -> RequestLine:
    (line,) = lines
    return line


def test_a_request_opens_the_very_field_and_is_answered_once_that_field_is_saved(
    world: World,
) -> None:
    commune, receiver = world.commune, world.receiver
    record = add(commune, injuries=12)
    world.round()
    request = asked(world, record)
    assert record_in(receiver, request, "request").values()["held"] == "12"
    world.round()
    line = only(commune.oversight.requests.waiting())
    assert (line.kind, line.record, line.path) == ("incident", record, "injuries")
    assert (line.asker, line.late) == ("Thành phố Hải Phòng", 3)
    assert line.about.endswith("(Vụ việc: Số người bị thương)")
    commune.records.change("incident", record, {"title": "Va chạm xe đạp"})
    assert only(commune.oversight.requests.waiting()).open, "another field says nothing of this one"
    saved = commune.records.change("incident", record, {"injuries": 2})
    assert commune.oversight.requests.waiting() == []
    commune.records.undo(saved.seq)
    assert commune.oversight.requests.waiting() != [], "what is taken back is open again"
    commune.records.change("incident", record, {"injuries": 2})
    world.round()
    line = only(receiver.oversight.requests.lines())
    assert (line.answered, line.how) == (True, "đã sửa")
    receiver.oversight.requests.close(request)
    assert only(receiver.oversight.requests.lines()).closed
    assert unsound(commune) == unsound(receiver) == []


def test_a_typed_reply_answers_comes_up_and_may_be_changed(world: World) -> None:
    record = add(world.commune, injuries=12)
    world.round()
    request = asked(world, record)
    world.round()
    requests = world.commune.oversight.requests
    first = requests.reply(request, "Số liệu đúng, có biên bản kèm theo.").ids
    assert requests.reply(request, "Số liệu đúng.").ids == first
    world.round()
    line = only(world.receiver.oversight.requests.lines())
    assert (line.how, line.words, line.open) == ("đã trả lời", "Số liệu đúng.", False)


def test_only_changed_requests_go_down(world: World) -> None:
    record = add(world.commune, injuries=12)
    world.round()
    request = asked(world, record)
    going = world.receiver.handover.returning.going_down
    assert [one.id for one in going(world.commune.unit)["request"]] == [request]
    world.round()
    world.merged(world.sent())
    assert going(world.commune.unit) == {}
    world.receiver.oversight.requests.close(request)
    assert [one.id for one in going(world.commune.unit)["request"]] == [request]
    assert going(world.office(COMMUNES[1]).unit) == {}


def test_nobody_asks_about_its_own_record_or_what_was_never_sent(world: World) -> None:
    record = add(world.commune)
    world.round()
    requests = world.receiver.oversight.requests
    own = add(world.receiver)
    for one, path, code in (
        (own, "title", "own_record"),
        (record, "callback", "field_not_sent"),
        (record, "not_a_field", "field_not_sent"),
    ):
        with pytest.raises(UserError) as refused:
            requests.ask("incident", one, path, {"title": "Hỏi"})
        assert refused.value.code == code
    with pytest.raises(UserError) as refused:
        requests.ask("incident", "f" * 32, "", {"title": "Hỏi"})
    assert refused.value.code == "no_such_record"


def test_a_note_wants_no_answer(world: World) -> None:
    world.round()
    requests = world.receiver.oversight.requests
    requests.ask_unit(world.commune.unit, {"title": "Tuần tới giao ban", "sort": "note"})
    world.round()
    assert world.commune.oversight.requests.waiting() == []
    assert only(world.commune.oversight.requests.lines()).how == "không cần trả lời"


# adjustments


def adjust(world: World, reported: int, value: int) -> None:
    world.receiver.oversight.requests.adjust(
        {
            "unit": world.commune.unit, "measure": "injuries", "period": "2026",
            "reported": reported, "value": value, "reason": "Gõ thừa một chữ số",
            "confirmed_by": "Phó Trưởng Công an xã",
        }
    )  # fmt: skip


def test_an_adjustment_counts_asks_and_lapses_once_the_unit_puts_it_right(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    record = add(commune, injuries=12)
    world.round()
    adjust(world, 12, 1)
    figure = receiver.reports.figure("injuries", YEAR)
    assert (figure.value, figure.by_unit[commune.unit]) == (1, 1)
    assert (figure.counted.reported, figure.counted.was_adjusted) == (12, True)
    world.round()
    line = only(commune.oversight.requests.waiting())
    assert line.title == "Người bị thương, 2026: báo cáo 12 → xác nhận 1. Đề nghị sửa hồ sơ."
    assert commune.reports.figure("injuries", YEAR).value == 12, "it binds who made it alone"
    commune.records.change("incident", record, {"injuries": 2})
    world.round()
    figure = receiver.reports.figure("injuries", YEAR)
    assert (figure.value, figure.counted.was_adjusted) == (2, False)
    assert figure.by_unit_counted[commune.unit].lapsed is not None


@pytest.mark.parametrize("late", [False, True])
def test_it_lapses_whatever_the_order_of_bundles(world: World, late: bool) -> None:
    commune = world.commune
    record = add(commune, injuries=12)
    first = world.sent()
    commune.records.change("incident", record, {"injuries": 2})
    second = world.sent()
    order = (second, first) if late else (first, second)
    world.merged(order[0])
    adjust(world, 12, 1)
    world.merged(order[1])
    assert world.receiver.reports.figure("injuries", YEAR).value == 2


def test_one_that_changes_nothing_is_refused_and_a_second_one_changes_the_first(
    world: World,
) -> None:
    add(world.commune, injuries=12)
    world.round()
    with pytest.raises(UserError) as refused:
        adjust(world, 12, 12)
    assert refused.value.code == "adjusts_nothing"
    adjust(world, 12, 1)
    adjust(world, 12, 3)
    assert len(world.receiver.lists.every("adjustment")) == 1
    assert world.receiver.reports.figure("injuries", YEAR).value == 3


# conflicts


def torn(world: World, first: dict[str, Value], second: dict[str, Value]) -> str:
    """Let a restored device of one commune and its former self write one record apart."""
    record = add(world.commune, title="Vụ mẫu")
    world.round()
    backup = backup_of(world, COMMUNES[0])
    _write(world, record, first)
    world.merged(world.sent())
    restored(world, COMMUNES[0], backup)
    _write(world, record, second)
    return record


def _write(world: World, record: str, values: dict[str, Value]) -> None:
    reason = values.get(VOID)
    if isinstance(reason, str):
        world.commune.records.void("incident", record, reason)
    else:
        world.commune.records.change("incident", record, values)


def conflict_at_receiver(world: World, record: str) -> Conflict:
    world.merged(world.sent())
    (found,) = world.receiver.oversight.conflicts.every()
    assert found.record == record
    return found


def test_both_values_stand_side_by_side_and_the_receiver_asks_once(world: World) -> None:
    record = torn(world, {"injuries": 3}, {"injuries": 5})
    found = conflict_at_receiver(world, record)
    assert {side.text for side in found.sides} == {"3", "5"}
    assert (found.own, found.asked, found.label) == (False, False, "Số người bị thương")
    with pytest.raises(UserError) as refused:
        world.receiver.oversight.conflicts.settle(found, 0)
    assert refused.value.code == "not_own_record"
    assert today(world.receiver) == (0, 1, 1)
    world.receiver.oversight.conflicts.ask(found)
    assert world.receiver.oversight.conflicts.every()[0].asked
    assert today(world.receiver) == (0, 0, 0), "the unit was asked; it is its turn"


def today(office: Office) -> tuple[int, int, int]:
    """Return own conflicts, those below, and how much waits, as home says it."""
    held = office.oversight.today()
    return held.conflicts, held.conflicts_below, held.waiting


def met(world: World, record: str) -> None:
    """Let the commune's store hold what both of its devices wrote."""
    theirs = record_in(world.receiver, record)
    with store_of(world.commune).writing(OFFICER, Action.MERGE) as work:
        before = work.record("incident", record)
        assert before is not None
        work.take(before, before.joined(theirs))
        work.has_seen(1_000)


def test_the_choice_of_the_unit_travels_and_answers_the_request(world: World) -> None:
    record = torn(world, {"injuries": 3}, {"injuries": 5})
    asks = world.receiver.oversight.conflicts
    asks.ask(conflict_at_receiver(world, record))
    met(world, record)
    world.commune.handover.returning.accept(world.answered())
    conflicts = world.commune.oversight.conflicts
    (found,) = conflicts.every()
    assert today(world.commune)[:2] == (1, 0)
    assert found.own
    assert len(world.commune.oversight.requests.waiting()) == 1
    kept = next(at for at, side in enumerate(found.sides) if side.text == "3")
    conflicts.settle(found, kept)
    assert conflicts.every() == []
    assert world.commune.oversight.requests.waiting() == []
    world.commune.handover.journal_echo.explain("Khôi phục bản sao lưu sau khi hỏng ổ đĩa")
    with pytest.raises(UserError) as refused:
        conflicts.settle(found, kept)
    assert refused.value.code == "conflict_is_settled"
    world.merged(world.sent())
    assert asks.every() == []
    assert record_in(world.receiver, record).values()["injuries"] == 3


def test_both_notes_may_be_kept_one_after_the_other(world: World) -> None:
    record = torn(world, {"title": "Ngã ba chợ mẫu"}, {"title": "Cổng trường mẫu"})
    found = conflict_at_receiver(world, record)
    assert found.both
    met(world, record)
    (found,) = world.commune.oversight.conflicts.every()
    world.commune.oversight.conflicts.keep_both(found)
    kept = str(record_in(world.commune, record).values()["title"])
    assert set(kept.split("; ")) == {"Ngã ba chợ mẫu", "Cổng trường mẫu"}


@pytest.mark.parametrize("void", [True, False])
def test_a_void_against_an_edit_is_kept_or_carried_through(world: World, void: bool) -> None:
    record = torn(world, {VOID: "Ghi trùng"}, {"injuries": 5})
    conflict_at_receiver(world, record)
    met(world, record)
    (found,) = world.commune.oversight.conflicts.every()
    assert found.path == VOID
    assert {side.text for side in found.sides} == {"Hủy hồ sơ: Ghi trùng", "Giữ hồ sơ"}
    assert not found.both
    side = next(at for at, one in enumerate(found.sides) if (one.value is not None) is void)
    world.commune.oversight.conflicts.settle(found, side)
    assert (record_in(world.commune, record).standing().reason == "Ghi trùng") is void
    assert not record_in(world.commune, record).standing().contested
    world.merged(world.sent())
    assert world.receiver.oversight.conflicts.every() == []


# units by months


def test_months_without_a_bundle_are_gaps_and_a_late_bundle_mends_them(world: World) -> None:
    first, silent = world.commune, world.office(COMMUNES[1])
    world.round()
    world.clock.set(datetime(2027, 2, 10, 1, 0, tzinfo=UTC))
    heat = world.receiver.oversight.following.heat()
    cells = {row.unit: {cell.month: cell.state for cell in row.cells} for row in heat.rows}
    assert heat.months[-1] == "2027-02"
    assert cells[first.unit]["2026-11"] is Heat.RECEIVED
    assert cells[first.unit]["2026-12"] is Heat.GAP
    assert cells[silent.unit]["2026-11"] is Heat.GAP
    assert cells[silent.unit]["2026-09"] is Heat.BEFORE
    add(first)
    world.merged(world.sent())
    row = world.receiver.oversight.following.heat().row(first.unit)
    assert row is not None
    assert row.cells[-3].state is Heat.LATE
    assert not row.wants_letter


def test_a_lost_stick_is_told_by_its_number_until_the_next_one_brings_all_again(
    world: World,
) -> None:
    world.round()
    add(world.commune)
    lost = world.sent()
    lost.unlink()
    add(world.commune)
    world.merged(world.sent())
    row = world.receiver.oversight.following.heat().row(world.commune.unit)
    assert row is not None
    assert row.missing == (), "what follows an acknowledged basis brings everything again"


def test_who_said_nothing_happened_is_told_from_who_sent_nothing(world: World) -> None:
    world.commune.oversight.zero_reports.declare(["tip"], calendar_period("2026-10"))
    world.clock.set(datetime(2026, 11, 3, 1, 0, tzinfo=UTC))
    world.merged(world.sent())
    row = world.receiver.oversight.following.heat().row(world.commune.unit)
    assert row is not None
    assert row.cells[-2].state is Heat.ZERO


def test_how_often_a_rule_refuses_whose_records_is_told_with_its_share(world: World) -> None:
    record = add(world.commune)
    good = record_in(world.commune, record)
    line = to_line(good).replace(b'"kind":"social_order"', b'"kind":"not_a_kind__"')
    given = forged(world, world.commune, {"incident": [line]})
    world.merged(given)
    found = world.receiver.oversight.following.errors()
    assert [(one.code, one.count, one.rate) for one in found] == [("not_in_codes", 1, "100,0%")]
    assert found[0].rule == "Giá trị không có trong danh mục."


def test_the_term_is_kept_within_a_month(world: World) -> None:
    following = world.receiver.oversight.following
    following.set_due_day(10)
    assert following.heat().due_day == 10
    with pytest.raises(UserError) as refused:
        following.set_due_day(31)
    assert refused.value.code == "due_day_out_of_bounds"


def test_one_print_job_holds_a_letter_for_each_unit_that_something_is_missing_of(
    world: World,
) -> None:
    world.round()
    world.clock.set(datetime(2027, 2, 10, 1, 0, tzinfo=UTC))
    units = [world.commune.unit, world.office(COMMUNES[1]).unit]
    pdf = world.receiver.papers.make_all("gap_letter", units)
    told = " ".join(text_of(pdf).split())
    for words in ("Xã Tứ Kỳ", "12/2026", "05/01/2027", "Tứ Kỳ lập gói dữ liệu và gửi ngay"):
        assert words.lower() in told.lower()
    assert told.count("Kính gửi") == 2
    with pytest.raises(UserError) as refused:
        world.receiver.papers.make("gap_letter", record_id="nobody")
    assert refused.value.code == "nothing_missing"


def test_a_unit_that_does_not_use_the_program_is_entered_from_its_paper_report(
    world: World,
) -> None:
    receiver, silent = world.receiver, world.office(COMMUNES[2]).unit
    world.round()
    assert silent in {place.id for place in receiver.units_below}
    source = Source(document="12/BC-CAX", unit=silent, period="2026", dated="2026-11-20")
    receiver.openings.enter(source, {"incidents": 7})
    report = receiver.reports.annual(YEAR)
    figure = report.figure("incidents")
    assert (figure.value, figure.by_unit[silent]) == (7, 7)
    assert figure.counted.hatched
    assert figure.counted.parts == (silent,)
    assert silent not in {unit.id for unit in report.silent}
    assert "12/BC-CAX" in text_of(receiver.papers.make("summary", period=YEAR))


def test_the_first_page_counts_what_waits_between_units(world: World) -> None:
    record = add(world.commune)
    world.round()
    world.receiver.oversight.requests.ask(
        "incident", record, "title", {"title": "Ghi rõ nơi xảy ra", "sort": "fix"}
    )
    world.round()
    below, above = world.commune.oversight.today(), world.receiver.oversight.today()
    assert (below.asked, above.asked) == (1, 0)
    assert below.unsaid > 0
    assert above.unsaid == 0
    period = world.commune.periods.named("2026-10")
    abouts = [line.about for line in world.commune.oversight.zero_reports.board(period)]
    world.commune.oversight.zero_reports.declare(abouts, period)
    assert world.commune.oversight.today().unsaid == 0
    add(world.commune, occurred_on="2026-10-02")
    assert world.commune.oversight.today().against > 0


def test_a_copied_store_is_counted_on_both_first_pages(twins: Twins) -> None:
    receiver = twins.world.receiver
    assert receiver.oversight.today().doubled == 1
    twins.settle()
    assert receiver.oversight.today().doubled == 0
    twins.hear(twins.two)
    assert twins.two.oversight.today().doubled == 1
    twins.two.handover.restarting.begin_anew("Chép ổ đĩa")
    assert twins.two.oversight.today().doubled == 0
