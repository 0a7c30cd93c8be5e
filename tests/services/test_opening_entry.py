"""One report entered in one go, closed when records count; and the table of figures of a page."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.opening import Source as Where
from antq_desktop.services.figures_table import Against, FigureTable, figure_table
from antq_desktop.services.office import Office
from antq_desktop.services.opening_figures import Source
from tests.exchange import COMMUNES, World
from tests.stores import COMMUNE_ID

REPORT = Source("120/BC-UBND", COMMUNE_ID, "năm 2021", "02/11/2021", "UBND xã Mẫu")


def table(
    office: Office, name: str, against: Against = Against.YEAR, unit: str = ""
) -> FigureTable:
    period = office.periods.named(name)
    specs = office.lists.specs
    return figure_table(office.reports, specs, period, against=against, unit=unit)


def test_many_numbers_of_one_report_are_one_save_and_one_undo(office: Office) -> None:
    saved = office.openings.enter(REPORT, {"articles": 240, "sessions_direct": 53, "clubs": None})
    assert saved.sentence == "Đã lưu 2 số liệu theo báo cáo số 120/BC-UBND."
    assert office.openings.held(REPORT) == {"articles": 240, "sessions_direct": 53}
    assert table(office, "2021").line("articles").value == "240"
    office.records.undo(saved.seq)
    assert office.openings.held(REPORT) == {}
    assert table(office, "2021").line("articles").value == "–"


def test_the_same_report_is_set_right_taken_back_and_entered_again(office: Office) -> None:
    office.openings.enter(REPORT, {"articles": 240, "sessions_direct": 53})
    office.openings.enter(REPORT, {"articles": 241, "sessions_direct": None})
    assert office.openings.held(REPORT) == {"articles": 241}
    office.openings.enter(REPORT, {"sessions_direct": 54})
    assert office.openings.held(REPORT) == {"articles": 241, "sessions_direct": 54}


def test_what_lacks_in_the_source_is_told_beside_its_field(office: Office) -> None:
    with pytest.raises(UserError) as told:
        office.openings.enter(Source("", COMMUNE_ID, "năm ngoái"), {"articles": 1})
    assert {fault.field for fault in told.value.faults} == {"document", "period"}
    with pytest.raises(UserError) as told:
        office.openings.enter(REPORT, {"articles": None})
    assert told.value.code == "nothing_entered"


def test_records_count_from_now_on_until_that_is_taken_back(office: Office) -> None:
    office.openings.enter(REPORT, {"articles": 240})
    office.records.add(
        "publication",
        {"title": "Bài", "channel": "portal", "published_on": "2021-03-02", "unit": COMMUNE_ID},
    )
    line = table(office, "2021").line("articles")
    assert (line.value, line.counted.hatched, len(line.warnings)) == ("240", True, 1)
    year = office.periods.named("2021")
    closed = office.openings.close("articles", COMMUNE_ID, year)
    assert closed.sentence == "Từ nay tính theo hồ sơ: Bài viết tuyên truyền, năm 2021."
    after = table(office, "2021").line("articles")
    assert (after.value, after.source, after.warnings) == ("1", "1 hồ sơ", ())
    office.records.undo(closed.seq)
    assert table(office, "2021").line("articles").value == "240"
    office.openings.close("articles", COMMUNE_ID, year)
    office.openings.reopen("articles", COMMUNE_ID, year)
    assert table(office, "2021").line("articles").value == "240"


def test_there_is_nothing_to_close_where_no_report_says_a_number(office: Office) -> None:
    with pytest.raises(UserError) as told:
        office.openings.close("articles", COMMUNE_ID, office.periods.named("2021"))
    assert told.value.code == "nothing_to_close"


def test_a_line_says_the_change_or_that_nothing_is_known(office: Office) -> None:
    office.openings.enter(REPORT, {"articles": 240})
    later = Source("130/BC-UBND", COMMUNE_ID, "2022")
    office.openings.enter(later, {"articles": 229, "clubs": 42})
    found = table(office, "2022")
    assert found.earlier.name == "2021"
    assert found.line("articles").change == "giảm 11 (giảm 4,6%)"
    assert found.line("clubs").change == "chưa có số liệu cùng kỳ"
    assert found.line("forums").change == ""
    assert table(office, "2022", Against.PERIOD).line("clubs").change == "chưa có số liệu kỳ trước"
    monthly = table(office, "2022-01", Against.PERIOD)
    assert monthly.earlier.name == "2021-12"
    assert len({row[1] for row in found.rows()}) == len(found.lines)


def test_a_receiver_enters_for_a_commune_that_sent_nothing_and_looks_at_one(world: World) -> None:
    receiver = world.receiver
    silent = next(each for each in receiver.units_below if each.code == COMMUNES[1])
    report = Source("7/BC-UBND", silent.id, "2021")
    receiver.openings.enter(report, {"articles": 12})
    whole = table(receiver, "2021")
    assert whole.units[silent.id] == silent.name
    assert whole.line("articles").counted.source is Where.PARTLY
    assert silent.name in whole.line("articles").source
    one = table(receiver, "2021", unit=silent.id).line("articles")
    assert (one.value, one.source) == ("12", "số liệu theo báo cáo số 7/BC-UBND")
    other = next(each for each in receiver.units_below if each.code == COMMUNES[0])
    assert table(receiver, "2021", unit=other.id).line("articles").value == "–"


def test_a_commune_cannot_be_spoken_for_by_a_unit_that_is_not_above_it(office: Office) -> None:
    with pytest.raises(UserError) as told:
        office.openings.enter(Source("7/BC", "99999@1997-01-01", "2021"), {"articles": 12})
    assert told.value.code == "unknown_reference"


def test_a_receiver_cannot_close_what_a_commune_says_of_itself(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    commune.openings.enter(Source("7/BC-UBND", commune.unit, "2021"), {"articles": 12})
    world.merged(world.sent())
    with pytest.raises(UserError) as told:
        receiver.openings.close("articles", commune.unit, receiver.periods.named("2021"))
    assert "Đơn vị đó chuyển" in told.value.message
