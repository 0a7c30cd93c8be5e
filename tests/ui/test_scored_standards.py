"""Every shipped set in the window: units, police, schemes, teams, areas; names that stay."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import (
    QTextBrowser,
)
from pytestqt.qtbot import QtBot

from antq_desktop.domain.records.standards import STANDARDS
from antq_desktop.domain.scoring.sheets import Answer, Given
from antq_desktop.services.office import Office
from antq_desktop.services.standards.binding import line_id
from antq_desktop.services.standards.board import DECISION, SELF_REVIEW
from antq_desktop.services.telling import change_lines
from antq_desktop.ui.recordmodel import BADGE_ROLE
from antq_desktop.ui.screens.board import BoardScreen
from antq_desktop.ui.screens.cycle import list_wanted
from antq_desktop.ui.screens.cycle_year import YearScreen
from antq_desktop.ui.screens.handover_parts import LocalTable
from antq_desktop.ui.screens.listing_columns import offered
from antq_desktop.ui.screens.score_list import SheetsScreen
from antq_desktop.ui.screens.score_parts import EvidencePart
from antq_desktop.ui.screens.standard_results import ResultsScreen
from antq_desktop.ui.sources import Badge
from antq_desktop.ui.theme import Theme
from tests import pictures_of_cameras as cameras
from tests.services.standards.cycle import NEIGHBOURHOOD, YEAR, Cycle
from tests.stores import COMMUNE_ID
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.cycle_desk import (
    UNITS,
    area_of,
    board,
    cell,
    choose,
    chosen_standard,
    fill,
    page,
    sheet_page,
)


@pytest.fixture
def cycle(office: Office) -> Cycle:
    made = Cycle(office)
    for name in UNITS:
        made.unit(name)
    return made


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office, cycle: Cycle) -> Iterator[AreaDesk]:
    assert cycle.office is office
    with area_desk_of(theme, qtbot, office) as desk:
        yield desk


def test_every_shipped_set_is_scored_in_the_window(desk: AreaDesk, cycle: Cycle) -> None:
    """Each set judges a subject of the year it is in force in; members are rated in their file."""
    cycle.unit("Cơ quan Mẫu", "agency")
    cycle.unit("Doanh nghiệp Mẫu", "enterprise", enterprise_size="large")
    cycle.unit("Trường Mẫu", "school")
    cycle.scheme(COMMUNE_ID)
    cycle.add("protection_team", name="Tổ Mẫu 01", founded_on="2020-07-01")
    reached: set[str] = set()
    for year in (2022, YEAR):
        for standard in STANDARDS:
            found = chosen_standard(desk, "score_sheets", standard, year)
            assert isinstance(found, SheetsScreen)
            reached |= {line.code for line in found.page.lines.values()}
    assert set(cycle.office.standards.sets.shipped) - reached == {"member_rating_2026"}

    found = chosen_standard(desk, "score_sheets", "drugs")
    assert isinstance(found, SheetsScreen)
    line = next(one for one in found.page.lines.values() if one.code == "drug_free_area_2025")
    found.page.table.choose([line.id])
    found.begin()
    desk.rest()
    paper = sheet_page(found)
    assert paper.held is not None
    assert paper.held.criteria.code == "drug_free_area_2025"
    assert paper.may_leave is not None
    found.drop()
    desk.rest()
    results = chosen_standard(desk, "standard_results", "drugs")
    assert isinstance(results, ResultsScreen)
    assert results.standing is not None
    assert [each.sheets for each in results.standing.reached] == [1]
    assert not results.page.tabs.isTabVisible(0)
    assert list_wanted(results.season).form == "std_score_list_drugs"


def test_a_scheme_and_a_team_are_scored_and_their_ratings_noted_in_their_records(
    desk: AreaDesk, cycle: Cycle
) -> None:
    scheme = cycle.scheme(COMMUNE_ID)
    team = cycle.add("protection_team", name="Tổ Mẫu 01", founded_on="2020-07-01")
    screen = chosen_standard(desk, "board", "rating")
    assert isinstance(screen, BoardScreen)
    assert [row.name for row in screen.page.model.units()] == ["Mô hình Mẫu", "Tổ Mẫu 01"]
    assert screen.page.model.steps == (SELF_REVIEW, "appraisal", DECISION)
    cycle.fill(cycle.sheet(scheme, "scheme_rating"))
    choose(screen, ("Mô hình Mẫu", "Tổ Mẫu 01"), DECISION)
    screen.do_step()
    desk.rest()
    fill(desk, screen, {"dated": "2026-11-20", "document": "05/KL-BCĐ"})
    assert screen.dialog is not None
    assert "Tổ Mẫu 01: chưa có phiếu chấm" in screen.dialog.fault.text()
    screen.dialog.reject()

    cycle.fill(cycle.sheet(team, "team_rating_2026"))
    choose(screen, ("Mô hình Mẫu", "Tổ Mẫu 01"), DECISION)
    screen.do_step()
    desk.rest()
    fill(desk, screen, {"dated": "2026-11-20", "document": "05/KL-BCĐ"})
    assert cell(screen, "Mô hình Mẫu", DECISION) == "2026-11-20"
    assert cell(screen, "Tổ Mẫu 01", DECISION) == "2026-11-20"
    values = cycle.office.lists.show("scheme", scheme).values
    assert values["ratings/2026/rating"] == "good"
    (rated,) = cycle.office.lists.every("team_rating")
    assert rated.values()["rating"] == "excellent"


def test_names_of_units_stay_while_the_steps_are_scrolled(desk: AreaDesk, cycle: Cycle) -> None:
    screen = board(desk)
    table = screen.page.table
    assert table.names.isHidden()
    table.horizontalHeader().resizeSection(1, 3000)
    table.doItemsLayout()
    table.horizontalScrollBar().setValue(400)
    assert not table.names.isHidden()
    assert table.names.width() == table.columnWidth(0)
    last = screen.page.model.index(screen.page.model.row_of(""), 1)
    table.scrollTo(last)
    assert table.columnViewportPosition(1) >= table.columnWidth(0)
    table.horizontalScrollBar().setValue(0)
    assert table.names.isHidden()


def test_a_window_of_periods_is_set_in_the_window_and_set_back(
    desk: AreaDesk, cycle: Cycle
) -> None:
    found = page(desk, "cycle_year")
    assert isinstance(found, YearScreen)
    found.page.windows.choose(["tet_campaign"])
    found.page.window_button.click()
    dialog = found.dialog
    assert dialog is not None
    dialog.fields["ends"].set_value("sau Tết")
    dialog.press()
    desk.rest()
    assert dialog.isVisible()
    assert dialog.fields["ends"].faults
    dialog.fields["ends"].set_value("Tết+7")
    dialog.press()
    desk.rest()
    assert cycle.office.periods.named("tet_campaign:2026").until == "2026-02-24"
    found.page.windows.choose(["tet_campaign"])
    found.page.shipped_button.click()
    desk.rest()
    assert cycle.office.periods.named("tet_campaign:2026").until == "2026-03-03"


def test_targets_stand_beside_the_figures_up_to_a_chosen_day(desk: AreaDesk, cycle: Cycle) -> None:
    years = cycle.office.standards.years(cycle.office.reports)
    years.set_targets(YEAR, cycle.office.unit, {"schemes_new": 4}, "01/KH-UBND")
    for day in ("2026-03-01", "2026-09-01"):
        cycle.add("scheme", name=f"Mô hình Mẫu {day}", scheme_type="tieng_keng_an_ninh",
                  unit=cycle.office.unit, state="active", founded_on=day)  # fmt: skip
    found = page(desk, "cycle_year")
    assert isinstance(found, YearScreen)
    found.reload()
    desk.rest()
    assert found.state is not None
    assert found.state.targets[0].reached == 2
    found.ask_day()
    assert found.dialog is not None
    found.dialog.fields["day"].set_value("2026-06-30")
    found.dialog.press()
    desk.rest()
    assert found.state.targets[0].reached == 1
    assert "30/06/2026" in found.page.target_words.text()


def test_a_sheet_is_opened_in_its_page_and_no_name_of_ours_is_shown(
    desk: AreaDesk, cycle: Cycle
) -> None:
    unit = cycle.office.lists.every("unit")[-1].id
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    desk.turn_to("score_sheet")
    area = area_of(desk)
    listed = area.screen_of("score_sheet")
    assert not {"digest", "checks", "criteria_set"} & {
        field.name for field in offered(cycle.office.lists.specs["score_sheet"])
    }
    listed.list.select(sheet)
    desk.rest()
    shown = listed.list.findChildren(QTextBrowser)
    held = cycle.read(sheet).stored.values
    told = " ".join(each.toPlainText() for each in shown)
    assert str(held["set_title"]) in told
    for name in ("digest", "checks", "criteria_set"):
        assert str(held[name]) not in told
    listed.open_record(sheet)
    desk.rest()
    assert area.kind == "score_sheets"
    assert sheet_page(page(desk, "score_sheets")).sheet == sheet


def test_what_a_check_saw_stands_in_no_history_as_it_is_stored(cycle: Cycle) -> None:
    unit = cycle.office.lists.every("unit")[-1].id
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    lines = cycle.office.lists.specs["score_line"]
    assert {field.name for field in lines.fields if field.machine} == {"item", "reason", "seen"}
    held = cycle.read(sheet).stored.sheet.line("c1_resolution")
    assert held.seen is not None
    line = line_id(sheet, "c1_resolution")
    with cycle.office.standards.ground.store.reading() as reader:
        (found,) = reader.history_of(line)
    told = list(change_lines(lines, found.change, cycle.office.lists))
    assert "Số liệu đã dùng: số liệu của chương trình" in told
    assert not any(held.seen.check in each for each in told)


def read(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def rows_of(table: LocalTable) -> list[list[str]]:
    """Return what the rows of a table say, badges as their words."""
    model = table.local
    found = []
    for row in range(model.rowCount()):
        cells = [model.index(row, column) for column in range(model.columnCount())]
        badges = [model.data(cell, BADGE_ROLE) for cell in cells]
        found.append([
            badge.text if isinstance(badge, Badge) else str(model.data(cell) or "")
            for cell, badge in zip(cells, badges, strict=True)
        ])  # fmt: skip
    return found


def test_units_behind_two_years_get_a_plan_with_a_member_measures_and_reviews(
    desk: AreaDesk, cycle: Cycle
) -> None:
    led: list[tuple[str, str]] = []
    area_of(desk).lead = lambda to: led.append((to.key, to.record))
    units = {str(u.values().get("name")): u.id for u in cycle.office.lists.every("unit")}
    one, two = units[UNITS[0]], units[UNITS[1]]
    for unit, year, grade in ((one, YEAR - 1, "poor"), (one, YEAR, "average"), (two, YEAR, "good")):
        cycle.add("classification", author=COMMUNE_ID, unit=unit, year=year, grade=grade)
    found = chosen_standard(desk, "standard_results", "classification")
    assert isinstance(found, ResultsScreen)
    assert "Trung bình, Yếu hai năm liền" in found.page.warned.text()
    spread = rows_of(found.page.spread)
    assert any("(+1)" in cell for row in spread for cell in row), "year on year"
    assert rows_of(found.page.behind)[0][:4] == [UNITS[0], "Yếu", "Trung bình", "✕ Hai năm liền"]

    committee = cycle.add("committee", name="Ban Chỉ đạo xã Mẫu")
    member = cycle.add("committee_member", committee=committee, name="Trần Thị Ví Dụ",
                       role="member")  # fmt: skip
    found.ask_plans()
    assert found.dialog is not None
    found.dialog.fields["deadline"].set_value("2027-06-30")
    found.dialog.fields["measures"].set_value("Củng cố tổ liên gia")
    found.dialog.fields["follower"].set_value(member)
    found.dialog.press()
    desk.rest()
    (plan,) = cycle.office.lists.every("remedial_plan")
    assert plan.values()["measures"] == "Củng cố tổ liên gia"
    cycle.set("remedial_plan", plan.id, **{"reviews/r1/reviewed_on": "2026-12-01",
                                           "reviews/r1/result": "Đang làm"})  # fmt: skip
    found.reload()
    desk.rest()
    assert rows_of(found.page.behind)[0][4:] == ["đến 30/06/2027", "Trần Thị Ví Dụ", "01/12/2026"]
    found.open_plan(one)
    assert led == [("remedial_plan", plan.id)]


def test_one_criterion_short_is_said_and_leads_to_its_sheet(desk: AreaDesk, cycle: Cycle) -> None:
    unit = next(u.id for u in cycle.office.lists.every("unit")
                if u.values().get("name") == UNITS[0])  # fmt: skip
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    cycle.fill(sheet)
    cycle.office.standards.sheets.answer(sheet, {"c2": Given(Answer.NOT_MET)})
    found = chosen_standard(desk, "standard_results", "security")
    assert isinstance(found, ResultsScreen)
    (row,) = rows_of(found.page.lacks)
    assert row[0] == UNITS[0]
    assert "Thiếu 1 tiêu chí." in row
    found.open_lacking(sheet)
    desk.rest()
    assert sheet_page(found).sheet == sheet


def test_documents_records_and_attachments_stand_behind_an_item_and_are_printed(
    desk: AreaDesk, cycle: Cycle
) -> None:
    led: list[tuple[str, str]] = []
    area_of(desk).lead = lambda to: led.append((to.key, to.record))
    unit = next(u.id for u in cycle.office.lists.every("unit")
                if u.values().get("name") == UNITS[0])  # fmt: skip
    document = cycle.add(
        "document",
        number="05/KH-UBND",
        title="Kế hoạch mẫu",
        dated="2026-02-01",
        document_kind="plan",
        direction="outgoing",
        issuer="UBND xã Mẫu",
    )
    meeting = cycle.incident(unit)
    picture = cycle.office.attachments.add(
        "document", document, cameras.jpeg(), name="", caption="Bìa kế hoạch mẫu"
    )
    attached = picture.ids[0]
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    found = page(desk, "score_sheets")
    found.open_sheet(sheet)
    desk.rest()
    paper = sheet_page(found)
    paper.go_to("c2")
    for record in (document, meeting, attached):
        assert paper.pane.evidence is not None
        paper.pane.evidence.added.emit(record)
        desk.rest()
    paper.save()
    desk.rest()
    held = cycle.read(sheet).stored.evidence["c2"]
    assert {each.kind for each in held} == {"document", "incident", "attachment"}
    assert paper.pane.evidence is not None
    for link in paper.pane.evidence.links:
        link.click()
        desk.rest()
    assert set(led) == {("document", document), ("incident", meeting)}, "a picture opens its record"
    printed = read(cycle.office.papers.make("std_score_sheet", record_id=sheet))
    assert all(each.title.split(" · ")[0][:12] in printed for each in held)
    assert paper.held is not None
    for item in paper.held.criteria.items():
        if item.mark_only:
            paper.go_to(item.id)
            assert not paper.pane.findChildren(EvidencePart)
