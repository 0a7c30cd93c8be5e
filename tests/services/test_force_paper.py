"""BIỂU MẪU 01 on paper: rows of teams and of communes, column 2 from a report, checks told."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.domain.bm1 import COLUMNS
from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.services.opening_figures import Source
from antq_desktop.services.records import Edit
from tests.exchange import World
from tests.stores import COMMUNE_ID

PERIOD = "statistics:2026-11"


def paper(office: Office, period: str = PERIOD) -> tuple[str, int]:
    pdf = office.papers.make("bm1", period=office.periods.named(period))
    reader = PdfReader(BytesIO(pdf))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    return text, len(reader.pages)


def team(office: Office, name: str, members: int = 0, **more: Value) -> str:
    record = office.records.new_id()
    values: dict[str, Value] = {
        "name": name, "founded_on": "2024-07-01", "founding_document": "12/QĐ-UBND",
        "decided_members": members,
    }  # fmt: skip
    person: dict[str, Value] = {
        "protection_team": record, "name": "Nguyễn Văn Mẫu", "office": "member", "sex": "male",
        "birth_year": 1980, "education": "secondary", "joined_on": "2024-07-01", **more,
    }  # fmt: skip
    edits = [Edit("protection_team", record, values, created=True)]
    for _ in range(members):
        member = office.records.new_id()
        kept = {name: value for name, value in person.items() if value is not None}
        edits.append(Edit("team_member", member, kept, created=True))
    office.records.save(edits)
    return record


def test_the_form_without_any_team_says_so(office: Office) -> None:
    text, pages = paper(office)
    assert "Chưa có Tổ bảo vệ an ninh, trật tự." in text
    assert pages == 1
    assert "Kiểm tra chéo" not in text


def test_each_team_has_a_row_and_the_whole_is_added_up(office: Office) -> None:
    team(office, "Tổ Mẫu 02", 3)
    team(office, "Tổ Mẫu 01", 2)
    text, _ = paper(office)
    assert text.index("Tổ Mẫu 01") < text.index("Tổ Mẫu 02")
    assert "Cộng 05 05 05 05 0 05 0 0 05" in text
    assert "tính lúc" in text


def test_every_column_of_the_form_is_headed_as_the_form_heads_it(office: Office) -> None:
    text = paper(office)[0].replace(" ", "")
    for at, title in enumerate(COLUMNS, start=1):
        assert f"({at}){title}".replace(" ", "") in text


def test_what_does_not_agree_is_told_and_never_repaired(office: Office) -> None:
    team(office, "Tổ Mẫu 01", 2, sex=None)
    text, _ = paper(office)
    assert "Cột 4 + cột 5 là 0, khác cột 3 là 2. Kiểm tra giới tính." in text
    assert "Cộng 02 02 02 0 0" in text


def test_column_two_is_what_the_report_of_the_period_before_says(office: Office) -> None:
    team(office, "Tổ Mẫu 01", 2)
    report = Source("9/BC-CAX", COMMUNE_ID, "15/9/2026–14/10/2026", "15/10/2026")
    office.openings.enter(report, {"protection_members": 5})
    text, _ = paper(office)
    assert "Cộng 02 05 02" in text
    assert "Cột 2: số liệu theo báo cáo số 9/BC-CAX ngày 15/10/2026." in text
    assert "Kiểm tra ngày tham gia, ngày thôi tham gia hoặc báo cáo kỳ trước." in text


@pytest.mark.parametrize(("teams", "least"), [(1, 1), (60, 3)])
def test_long_names_and_many_rows_stay_on_the_paper(office: Office, teams: int, least: int) -> None:
    for at in range(teams):
        team(office, f"Tổ bảo vệ an ninh, trật tự Thôn Mẫu {at:02} có tên dài nhất trong các Tổ")
    text, pages = paper(office)
    assert pages >= least
    assert f"Thôn Mẫu {teams - 1:02}" in text


def test_a_receiver_has_a_row_for_each_commune(world: World) -> None:
    commune, receiver = world.commune, world.receiver
    team(commune, "Tổ Mẫu 01", 2)
    world.merged(world.sent())
    text, _ = paper(receiver)
    name = next(each.name for each in receiver.units_below if each.id == commune.unit)
    assert f"{name} 02 02 02" in text
    assert "Tổ Mẫu 01" not in text
