"""Papers of the exchange, made on both sides of a real handing over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.periods import calendar_period
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from tests.stores import INCIDENT, PASSWORD, offices_of, outside

YEAR = calendar_period("2026")
UNITS = (
    "code,name,kind,parent,valid_from\n"
    "HTM,Huyện Mẫu,huyện,,01/01/1997\n"
    "XMAU1,Xã Mẫu Một,xã,HTM,01/01/1997\n"
    "XMAU2,Xã Mẫu Hai,xã,HTM,01/01/1997\n"
)


@dataclass
class Sides:
    below: Office
    above: Office
    stick: Path


def text_of(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).split())


def enrol(one: Office, other: Office, stick: Path) -> None:
    code = " ".join(one.handover.devices.keys().public.fingerprint)
    other.handover.devices.enrol(one.handover.devices.write_slip(stick), code)


@pytest.fixture
def sides(tmp_path: Path, codes: Codes) -> Iterator[Sides]:
    units = tmp_path / "units.csv"
    units.write_text(UNITS, encoding="utf-8")
    stick = tmp_path / "stick"
    stick.mkdir()
    makers = (offices_of(outside("below"), codes), offices_of(outside("above"), codes))
    news = (
        NewProfile("commune", "XMAU1", "Nguyễn Văn Mẫu", PASSWORD, units, sample=True),
        NewProfile("receiver", "HTM", "Trần Thị Ví Dụ", PASSWORD, units, sample=True),
    )
    below, above = (
        maker.make(tmp_path / new.level, new) for maker, new in zip(makers, news, strict=True)
    )
    enrol(below, above, stick)
    enrol(above, below, stick)
    below.records.add(
        "incident", {**INCIDENT, "unit": below.unit, "title": "Vụ ở xã", "damage": 5_000_000}
    )
    yield Sides(below, above, stick)
    below.close()
    above.close()


def send(sides: Sides) -> str:
    """Hand a bundle over and merge it; return its digest."""
    made = sides.below.handover.sealing.seal_up()
    carried = sides.below.handover.sealing.carry(made.row.digest, sides.stick)
    taking = sides.above.handover.taking
    taking.merge(taking.preview(taking.take(carried.path)))
    return made.row.digest


def answer(sides: Sides) -> None:
    returning = sides.above.handover.returning
    made = returning.seal(returning.units_to_answer()[0])
    carried = sides.above.handover.sealing.carry(made.row.digest, sides.stick)
    sides.below.handover.returning.accept(carried.path)


def test_both_sides_print_the_same_receipt(sides: Sides) -> None:
    digest = send(sides)
    above = text_of(sides.above.papers.make("receipt", bundle=digest))
    answer(sides)
    below = text_of(sides.below.papers.make("receipt", bundle=digest[:8]))
    for told in (above, below):
        assert "Đơn vị gửi: Xã Mẫu Một" in told
        assert "Kết luận về gói: Hợp lệ" in told
        assert "Vụ việc 01 01 0 0 0 0 0 0" in told
        assert "không có hồ sơ nào bị trả lại" in told
        assert digest[:8] in told
    assert "CÔNG AN HUYỆN MẪU" in above


def test_the_minutes_of_a_merge_tell_what_the_receipt_tells_and_are_made_above(
    sides: Sides,
) -> None:
    digest = send(sides)
    told = text_of(sides.above.papers.make("merge_minutes", bundle=digest))
    assert "BIÊN BẢN" in told
    assert "Gói có 02 hồ sơ: 02 mới" in told
    assert "ĐẠI DIỆN ĐƠN VỊ GỬI" in told
    with pytest.raises(UserError) as fault:
        sides.below.papers.make("merge_minutes", bundle=digest)
    assert fault.value.code == "unknown_paper"


def test_a_bundle_without_an_answer_has_no_receipt_yet(sides: Sides) -> None:
    digest = send(sides)
    with pytest.raises(UserError) as told:
        sides.below.papers.make("receipt", bundle=digest)
    assert told.value.code == "not_answered_yet"
    with pytest.raises(UserError) as told:
        sides.below.papers.make("receipt", bundle="%%%%%%")
    assert told.value.code == "no_such_bundle"


def test_the_register_of_deliveries_holds_what_went_and_what_came(sides: Sides) -> None:
    send(sides)
    answer(sides)
    below = text_of(sides.below.papers.make("delivery_register", period=YEAR))
    assert "Gói gửi lên: Huyện Mẫu" in below
    assert "đã được xác nhận" in below
    above = text_of(sides.above.papers.make("delivery_register", period=YEAR))
    assert "Gói trả về: Xã Mẫu Một" in above
    assert "đã nhập" in above
    empty = text_of(sides.below.papers.make("delivery_register", period=calendar_period("2020")))
    assert "Trong kỳ chưa lập gói dữ liệu." in empty


def test_the_summary_by_unit_names_every_unit_and_who_is_silent(sides: Sides) -> None:
    send(sides)
    told = text_of(sides.above.papers.make("summary_by_unit", period=YEAR))
    assert "Chưa có dữ liệu của 1 đơn vị: Xã Mẫu Hai." in told
    assert "Gạch ngang là chưa có hồ sơ và chưa báo không phát sinh." in told
    report = sides.above.reports.annual(YEAR)
    assert [unit.name for unit in report.silent] == ["Xã Mẫu Hai"]
    assert report.figure("incidents").by_unit == {sides.below.unit: 1}
    register = text_of(sides.above.papers.make("incident_register", period=YEAR))
    assert "Vụ ở xã" in register


@pytest.mark.parametrize("code", ["summary", "summary_by_unit"])
def test_what_was_reported_adjusted_and_used_stands_on_the_summaries(
    sides: Sides, code: str
) -> None:
    send(sides)
    papers = sides.above.papers
    plain = text_of(papers.make(code, period=YEAR))
    assert "Số liệu đã điều chỉnh" not in plain
    assert "Dùng để tổng hợp" not in plain
    sides.above.oversight.requests.adjust(
        {
            "unit": sides.below.unit, "measure": "incidents", "period": "2026", "reported": 1,
            "value": 40, "reason": "Sót sổ", "confirmed_by": "Phó Trưởng Công an xã",
        }
    )  # fmt: skip
    told = text_of(papers.make(code, period=YEAR))
    assert "Số liệu đã điều chỉnh: báo cáo, điều chỉnh và số dùng để tổng hợp." in told
    assert "Xã Mẫu Một 01 40 40 Sót sổ; Phó Trưởng Công an xã" in told
    assert "Cộng 01 40" in told


def test_the_slip_bears_the_code_and_the_signing_key_of_the_device(sides: Sides) -> None:
    path = sides.below.papers.key_slip(sides.stick)
    assert path.parent == sides.stick
    told = text_of(path.read_bytes())
    public = sides.below.handover.devices.keys().public
    assert all(group in told for group in public.fingerprint)
    assert public.sign_public.text in told.replace(" ", "")
    assert len(PdfReader(BytesIO(path.read_bytes())).pages) == 1
    assert "Kính gửi: Công an huyện Mẫu" in told
