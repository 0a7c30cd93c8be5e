"""Papers made from a real store and read back from their PDF."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from antq_desktop.catalogue.prints import load_print_forms
from antq_desktop.domain.changes import Action
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.composing import PrintForm, TableSlot
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldSpec, Value
from antq_desktop.domain.figures import measure_of
from antq_desktop.domain.papers import Fields, PrintingStopped, Watermark
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.records import SPECS
from antq_desktop.paths import forms_folder
from antq_desktop.services import scheme_paper, summary_paper
from antq_desktop.services.issuers import facts_of, is_invented, lowered
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.services.records import Edit
from tests.stores import (
    COMMUNE,
    COMMUNE_ID,
    INCIDENT,
    OFFICER,
    PASSWORD,
    line,
    offices_of,
    outside,
    store_of,
)

YEAR = calendar_period("2026")
PHONE = "0100000123"
SCHEME: dict[str, Value] = {
    "name": "Tiếng kẻng an ninh Thôn Mẫu",
    "scheme_type": "camera_an_ninh",
    "state": "active",
    "unit": COMMUNE_ID,
    "founded_on": "2022-06-08",
    "head_name": "Nguyễn Văn Mẫu",
    "head_phone": PHONE,
    "households": 5,
    **line("ratings", "2025", rating="good", document="45/QĐ-UBND", dated="2025-12-05"),
    **line("dossier", "proposal", present=True, document="05/BC-CAX", dated="2022-02-03"),
}
MEMBERS = (
    ("Trần Thị Ví Dụ", "member"),
    ("Lê Văn An", "member"),
    ("Phạm Thị Cúc", "head"),
    ("Đỗ Văn Bình", "deputy"),
)


def text_of(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).split())


def add_scheme(office: Office, **more: Value) -> str:
    scheme, site = office.records.new_id(), office.records.new_id()
    edits = [
        Edit("scheme", scheme, {**SCHEME, **more}, created=True),
        Edit("site", site, {"scheme": scheme, "name": "Điểm Mẫu 10"}, created=True),
        Edit(
            "site",
            office.records.new_id(),
            {"scheme": scheme, "name": "Điểm Mẫu 2"},
            created=True,
        ),
    ]
    for name, position in MEMBERS:
        values: dict[str, Value] = {"scheme": scheme, "name": name, "office": position}
        values["phone"] = "0100000456"
        edits.append(Edit("member", office.records.new_id(), values, created=True))
    office.records.save(edits)
    return scheme


def notes(office: Office) -> list[tuple[str, str]]:
    with store_of(office).reading() as reader:
        return [
            (found[0].action, change.note)
            for seq in range(1, office.verify_history().entries + 1)
            if (found := reader.entry(seq)) is not None
            for change in found[1]
            if change.note and found[0].action != Action.SIGN_IN
        ]


@pytest.fixture(scope="module")
def forms() -> dict[str, PrintForm]:
    return load_print_forms(forms_folder() / "print")


@pytest.fixture
def sample_office(tmp_path: Path, codes: Codes) -> Iterator[Office]:
    new = NewProfile("commune", COMMUNE, OFFICER, PASSWORD, sample=True)
    made = offices_of(outside("sample"), codes).make(tmp_path / "sample", new)
    yield made
    made.close()


def table(form: PrintForm, name: str) -> list[str]:
    for block in form.blocks:
        if isinstance(block, TableSlot) and block.rows == name:
            return [column.title for column in block.frame.columns]
    raise AssertionError(name)


def test_every_field_of_a_scheme_stands_on_its_sheet_under_its_own_label(
    forms: dict[str, PrintForm],
) -> None:
    form = forms["scheme_sheet"]
    labels = {
        item.value.strip("{}"): item.label
        for block in form.blocks
        if isinstance(block, Fields)
        for item in block.items
    }
    for field in SPECS["scheme"].fields:
        if field.name == "name":
            assert field.name in form.tokens
            continue
        assert labels.get(field.name) == field.label, field.name


def _of_line(name: str, names: tuple[str, ...]) -> list[FieldSpec]:
    return [SPECS["scheme"].line(name).field(field) for field in names]


def test_every_column_of_the_sheet_bears_the_label_of_its_field(
    forms: dict[str, PrintForm],
) -> None:
    form = forms["scheme_sheet"]
    columns = {
        "sites": [SPECS["site"].field(name) for name in scheme_paper.SITE_FIELDS],
        "teams": [SPECS["team"].field(name) for name in scheme_paper.TEAM_FIELDS],
        "members": [SPECS["member"].field(name) for name in scheme_paper.MEMBER_FIELDS],
        "activities": [SPECS["activity"].field(name) for name in scheme_paper.ACTIVITY_FIELDS],
        "results": _of_line("results", scheme_paper.RESULT_FIELDS),
        "funding": _of_line("funding", scheme_paper.FUNDING_FIELDS),
        "dossier": _of_line("dossier", scheme_paper.DOSSIER_FIELDS),
        "ratings": _of_line("ratings", scheme_paper.RATING_FIELDS),
        "stages": _of_line("stages", scheme_paper.STAGE_FIELDS),
    }
    assert columns.keys() == form.tables
    for name, fields in columns.items():
        titles = table(form, name)
        beside = {"TT", "Năm", "Thành phần hồ sơ", "Số thành viên", "Ghi chú"}
        labels = [field.label for field in fields]
        kept = [title for title in titles if title in labels]
        assert kept == labels, name
        assert set(titles) - set(labels) <= beside, name
    for line_spec in SPECS["scheme"].lines:
        shown = {field.name for field in columns[line_spec.name]}
        assert shown == {field.name for field in line_spec.fields}, line_spec.name


def test_the_breakdown_has_a_column_and_a_total_for_each_of_its_figures(
    forms: dict[str, PrintForm],
) -> None:
    form = forms["summary_by_unit"]
    assert len(table(form, "units")) == len(summary_paper.BREAKDOWN) + 2
    for code in summary_paper.BREAKDOWN:
        assert measure_of(code)
        assert f"total_{code}" in form.tokens


def test_the_sheet_says_what_the_scheme_is_with_dates_and_counts_of_paper(office: Office) -> None:
    told = text_of(office.papers.make("scheme_sheet", record_id=add_scheme(office)))
    for wanted in (
        "Tiếng kẻng an ninh Thôn Mẫu",
        "Ngày thành lập: 08/6/2022",
        "Khu dân cư, đơn vị: Xã Tứ Kỳ",
        "Số hộ tham gia: 05",
        "Tình trạng: Đang hoạt động",
        "Số thành viên: 04",
        "45/QĐ-UBND 05/12/2025",
        "CÔNG AN THÀNH PHỐ HẢI PHÒNG",
        "CÔNG AN XÃ TỨ KỲ",
        "TRƯỞNG CÔNG AN XÃ",
    ):
        assert wanted in told, wanted
    assert "Đã có 01 trên 07 thành phần bắt buộc" in told


def test_members_stand_by_office_first_and_then_by_given_name(office: Office) -> None:
    told = text_of(office.papers.make("scheme_sheet", record_id=add_scheme(office)))
    told = told[told.index("4. Danh sách") : told.index("5. Hoạt động")]
    names = ("Phạm Thị Cúc", "Đỗ Văn Bình", "Lê Văn An", "Trần Thị Ví Dụ")
    places = [told.index(name) for name in names]
    assert places == sorted(places)


def test_sites_with_numbers_stand_in_the_order_of_the_numbers(office: Office) -> None:
    told = text_of(office.papers.make("scheme_sheet", record_id=add_scheme(office)))
    assert told.index("Điểm Mẫu 2") < told.index("Điểm Mẫu 10")


def test_telephones_are_printed_only_when_asked_and_that_is_a_reading(office: Office) -> None:
    scheme = add_scheme(office)
    told = text_of(office.papers.make("scheme_sheet", record_id=scheme))
    assert "0100 000" not in told
    assert [action for action, _ in notes(office)] == ["print"]
    told = text_of(office.papers.make("scheme_sheet", record_id=scheme, with_private=True))
    assert told.count("0100 000 456") == len(MEMBERS)
    assert "0100 000 123" in told
    read = [note for action, note in notes(office) if action == "read_private"]
    assert len(read) == len(MEMBERS) + 1


def test_each_paper_is_noted_once_and_the_chain_of_history_holds(office: Office) -> None:
    office.papers.make("incident_register", period=YEAR)
    assert notes(office) == [("print", "Lập Sổ theo dõi vụ việc, năm 2026")]
    assert office.verify_history().broken_at is None


def test_a_voided_or_unknown_scheme_has_no_sheet(office: Office) -> None:
    scheme = add_scheme(office)
    office.records.void("scheme", scheme, "Ghi trùng")
    with pytest.raises(UserError) as told:
        office.papers.make("scheme_sheet", record_id=scheme)
    assert told.value.code == "is_voided"
    with pytest.raises(UserError) as told:
        office.papers.make("scheme_sheet", record_id="f" * 32)
    assert told.value.code == "no_such_record"
    assert notes(office) == []


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("scheme_sheet", "paper_needs_record"),
        ("incident_register", "paper_needs_period"),
        ("receipt", "paper_needs_bundle"),
        ("poster", "unknown_paper"),
        ("summary_by_unit", "unknown_paper"),
    ],
)
def test_a_paper_without_what_it_is_made_of_is_refused(
    office: Office, form: str, code: str
) -> None:
    with pytest.raises(UserError) as told:
        office.papers.make(form)
    assert told.value.code == code


def test_the_register_holds_the_incidents_of_the_period_in_their_order(office: Office) -> None:
    later = {**INCIDENT, "title": "Vụ sau", "occurred_on": "2026-11-03", "damage": 12_500_000}
    office.records.add("incident", {**later, "received_at": None, "handled": 2})
    office.records.add("incident", {**INCIDENT, "title": "Vụ trước", "severity": "serious"})
    office.records.add(
        "incident",
        {**INCIDENT, "title": "Vụ năm ngoái", "occurred_on": "2025-12-31", "received_at": None},
    )
    gone = office.records.add("incident", {**INCIDENT, "title": "Vụ đã hủy"}).ids[0]
    office.records.void("incident", gone, "Ghi trùng")
    told = text_of(office.papers.make("incident_register", period=YEAR))
    assert told.index("Vụ trước") < told.index("Vụ sau")
    assert "Vụ năm ngoái" not in told
    assert "Vụ đã hủy" not in told
    assert "Cộng: 02 vụ" in told
    assert "tài sản 12,5 triệu đồng" in told
    assert "Mức độ: nghiêm trọng 01; chưa ghi 01." in told


def test_an_empty_register_says_that_nothing_happened(office: Office) -> None:
    told = text_of(office.papers.make("incident_register", period=YEAR))
    assert "Trong kỳ không phát sinh vụ việc." in told


def test_the_summary_says_how_kept_and_new_are_counted(office: Office) -> None:
    add_scheme(office)
    told = text_of(office.papers.make("summary", period=YEAR))
    assert "Mô hình duy trì mô hình 01" in told
    assert "Hai số tách rời" in told
    assert "/BC-CAX" in told


def test_a_real_store_has_no_watermark_and_a_sample_of_a_real_unit_says_it_is_none(
    office: Office, sample_office: Office
) -> None:
    assert Watermark.ILLUSTRATION.value not in text_of(office.papers.make("summary", period=YEAR))
    told = text_of(sample_office.papers.make("summary", period=YEAR))
    assert Watermark.ILLUSTRATION.value in told


def test_a_stopped_paper_leaves_no_note(office: Office) -> None:
    for n in range(30):
        office.records.add("incident", {**INCIDENT, "title": f"Vụ {n}"})
    told: list[tuple[int, int]] = []
    with pytest.raises(PrintingStopped):
        office.papers.make(
            "incident_register",
            period=YEAR,
            progress=lambda done, of: told.append((done, of)),
            stop=lambda: bool(told),
        )
    assert notes(office) == []


def test_a_made_paper_is_written_whole(office: Office, tmp_path: Path) -> None:
    pdf = office.papers.make("summary", period=YEAR)
    assert office.papers.save(pdf, tmp_path / "b.pdf").read_bytes() == pdf


@pytest.mark.parametrize(
    ("name", "issuer", "sign", "authority"),
    [
        ("Xã Mẫu", "Công an xã Mẫu", "CAX", "Trưởng Công an xã"),
        ("Phường 2", "Công an Phường 2", "CAP", "Trưởng Công an phường"),
        ("Đặc khu Mẫu", "Công an đặc khu Mẫu", "CAĐK", "Trưởng Công an đặc khu"),
        ("Thị trấn Mẫu", "Công an thị trấn Mẫu", "CATT", "Trưởng Công an thị trấn"),
    ],
)
def test_the_police_of_a_commune_is_named_as_its_papers_name_it(
    name: str, issuer: str, sign: str, authority: str
) -> None:
    facts = facts_of(name, "commune", "Huyện Mẫu")
    assert (facts.issuer.name, facts.issuer.sign) == (issuer, sign)
    assert facts.issuer.superior == "Công an huyện Mẫu"
    assert facts.authority == authority


def test_the_police_of_a_province_stands_under_the_ministry() -> None:
    facts = facts_of("Tỉnh Mẫu", "province", "")
    assert facts.issuer.superior == "Bộ Công an"
    assert facts.authority == "Giám đốc Công an tỉnh"


def test_a_cluster_issues_under_its_own_name() -> None:
    assert facts_of("Cụm thi đua Mẫu", "cluster", "").issuer.name == "Cụm thi đua Mẫu"


def test_a_unit_inside_a_sentence_is_in_small_letters_unless_a_numeral_follows() -> None:
    assert lowered("Thành phố Hải Phòng") == "thành phố Hải Phòng"
    assert lowered("Phường 2") == "Phường 2"
    assert lowered("Cụm Mẫu") == "Cụm Mẫu"


def test_invented_units_say_so_in_their_name() -> None:
    assert is_invented("Xã Mẫu Hai")
    assert not is_invented("Xã Tứ Kỳ")
