"""Each issuing body names, signs and numbers its papers as the unit says."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.papers import place_and_date
from antq_desktop.domain.periods import calendar_period
from antq_desktop.paths import forms_folder
from antq_desktop.services.issuing import (
    BODIES,
    COMMITTEE,
    GOVERNMENT,
    NEIGHBOURHOOD,
    POLICE,
    Issuing,
)
from antq_desktop.services.office import Office
from antq_desktop.services.paper_kinds import NEEDS, may_choose_body
from antq_desktop.services.profiles import NewProfile
from tests.stores import COMMUNE, OFFICER, PASSWORD, offices_of, outside

YEAR = calendar_period("2026")


@pytest.fixture
def office(tmp_path: Path, codes: Codes) -> Iterator[Office]:
    made = offices_of(outside("bodies"), codes).make(
        tmp_path / "bodies", NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
    )
    yield made
    made.close()


@pytest.fixture
def issuing(office: Office) -> Issuing:
    return office.papers.issuing


def lines_of(pdf: bytes) -> list[str]:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return [line.strip() for line in text.splitlines()]


def test_the_committee_of_the_people_has_no_body_above_it_and_the_others_have(
    issuing: Issuing,
) -> None:
    government, committee, police, hamlet = (issuing.body(code) for code in BODIES)
    assert government.superior == ""
    assert government.name.startswith("Ủy ban nhân dân ")
    assert government.authority.splitlines()[0] == "TM. Ủy ban nhân dân"
    assert committee.superior.startswith("UBND ")
    assert police.superior.startswith("Công an ")
    assert hamlet.name == ""
    assert len(hamlet.others.splitlines()) >= 2


def test_the_signer_of_a_committee_has_an_office_in_it_above_and_one_in_the_government_below(
    office: Office, issuing: Issuing
) -> None:
    # Phụ lục I, II.7.c: chức danh trong tổ chức tư vấn và chức vụ trong cơ quan
    issuing.choose({"summary": COMMITTEE})
    issuing.write(COMMITTEE, {"signer": "Nguyễn Văn Mẫu"})
    lines = lines_of(office.papers.make("summary", period=YEAR))
    order = [lines.index(each) for each in ("TRƯỞNG BAN", "Nguyễn Văn Mẫu")]
    office_line = next(at for at, each in enumerate(lines) if each.startswith("CHỦ TỊCH UBND"))
    assert order[0] < office_line < order[1]
    assert "BAN CHỈ ĐẠO 138" in lines
    assert any(each.endswith("/BC-BCĐ") for each in lines)


def test_what_the_unit_writes_stands_on_its_papers_and_emptied_is_as_usual_again(
    office: Office, issuing: Issuing
) -> None:
    usual = issuing.body(POLICE)
    given = {
        "sign": "CAXM",
        "authority": "KT. Trưởng Công an xã\nPhó Trưởng Công an xã",
        "rank": "Thiếu tá",
        "signer": "Trần Thị Ví Dụ",
    }
    written = issuing.write(POLICE, given)
    assert written.signer_line == "Thiếu tá Trần Thị Ví Dụ"
    lines = lines_of(office.papers.make("summary", period=YEAR))
    for told in ("KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ", "Thiếu tá Trần Thị Ví Dụ"):
        assert told in lines
    assert any(each.endswith("/BC-CAXM") for each in lines)
    assert issuing.write(POLICE, {}) == usual
    assert issuing.written(POLICE) == {}


def test_a_rank_without_a_name_prints_nothing(issuing: Issuing) -> None:
    assert issuing.write(POLICE, {"rank": "Thiếu tá"}).signer_line == ""


def test_the_place_is_the_official_name_of_the_unit(office: Office, issuing: Issuing) -> None:
    """Phụ lục I, II.4.a.

    “Địa danh ghi trên văn bản do cơ quan nhà nước ở địa phương ban hành là tên gọi chính thức của
    đơn vị hành chính nơi cơ quan ban hành văn bản đóng trụ sở.” The official name of a commune is
    its kind and its own name, “Xã …”; II.4.c: “các chữ cái đầu của địa danh phải viết hoa”. The
    same clause leaves the police to rules of its ministry, so that a unit can write another place.
    """
    unit = str(office.lists.show("unit", office.unit).values["name"])
    for code in (GOVERNMENT, COMMITTEE, POLICE):
        assert issuing.body(code).place == unit
    assert unit.split(maxsplit=1)[0] in {"Xã", "Phường", "Thị", "Đặc"}
    issuing.write(POLICE, {"place": "Tân Mẫu"})
    lines = lines_of(office.papers.make("summary", period=YEAR))
    assert any(each.startswith("Tân Mẫu, ngày") for each in lines)


def test_number_day_and_month_can_stay_open_and_small_ones_have_a_zero() -> None:
    assert place_and_date("Xã Mẫu").split() == ["Xã", "Mẫu,", "ngày", "tháng", "năm"]
    assert place_and_date("Xã Mẫu", 5, 1, 2026) == "Xã Mẫu, ngày 05 tháng 01 năm 2026"
    assert place_and_date("Xã Mẫu", 29, 6, 2026) == "Xã Mẫu, ngày 29 tháng 6 năm 2026"


@pytest.mark.parametrize(
    ("code", "given", "refused"),
    [
        ("nobody", {}, "unknown_body"),
        (POLICE, {"name": "Công an " * 60}, "text_too_long"),
        (NEIGHBOURHOOD, {"others": "\n".join(f"Người {n}" for n in range(31))}, "too_many_signers"),
    ],
)
def test_what_cannot_stand_on_a_paper_is_refused(
    issuing: Issuing, code: str, given: dict[str, str], refused: str
) -> None:
    with pytest.raises(UserError) as error:
        issuing.write(code, given)
    assert error.value.code == refused


def test_a_paper_can_be_given_to_another_body_and_back(issuing: Issuing) -> None:
    issuing.choose({"meeting_invitation": GOVERNMENT, "report": COMMITTEE})
    assert issuing.of_form("meeting_invitation") == GOVERNMENT
    issuing.choose({"meeting_invitation": POLICE})
    assert issuing.of_form("meeting_invitation") == POLICE
    assert issuing.of_form("report") == COMMITTEE
    with pytest.raises(UserError):
        issuing.choose({"report": "nobody"})


def test_every_paper_has_a_body() -> None:
    assert not may_choose_body("key_slip")
    assert all(may_choose_body(form) for form in ("report", "summary", "meeting_minutes"))
    assert not may_choose_body("std_decision")
    assert set(NEEDS) >= {"report"}


def test_a_letter_or_report_with_addressees_opens_its_recipients_with_as_above() -> None:
    """Phụ lục I, II.9.b: công văn, tờ trình, báo cáo upward."""
    for file in sorted((forms_folder() / "print").glob("*.toml")):
        blocks = tomllib.loads(file.read_text(encoding="utf-8"))["blocks"]
        kinds = [block["kind"] for block in blocks]
        recipients = [block.get("recipients") for block in blocks if block["kind"] == "closing"]
        if "addressees" not in kinds or not any(recipients):
            continue
        first = next(names[0] for names in recipients if names)
        assert first in {"Như trên", "{recipients}"}, file.name
        if first == "{recipients}":
            assert file.stem == "report"  # whose recipients are told with the report itself
