"""What is kept of people is told with its purpose and term; a clock that stands wrong is said."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office
from tests.fakes import SetClock
from tests.services.test_erasing import CLOSED, WHY
from tests.stores import OFFICER, PASSWORD, offices_of, outside


def test_every_kind_that_keeps_persons_is_told_with_purpose_and_term(office: Office) -> None:
    told = {one.kind: one for one in office.erasing.privacy.kept()}
    assert told.keys() >= {kind for kind, spec in SPECS.items() if spec.holds_persons}
    callback = "; số điện thoại gọi lại sau 30 ngày"
    assert told["incident"].term == f"24 tháng sau: Ngày kết thúc{callback}"
    assert told["attachment"].term == "cùng hồ sơ"
    assert "Họ và tên" in told["incident"].fields
    office.erasing.set_months("incident", 12, WHY)
    told = {one.kind: one for one in office.erasing.privacy.kept()}
    assert told["incident"].term == f"12 tháng (mặc định 24) sau: Ngày kết thúc{callback}"


def test_who_looked_is_counted_and_the_paper_is_written_to_history(office: Office) -> None:
    record = office.records.add("incident", CLOSED).ids[0]
    assert office.erasing.privacy.looked() == []
    for _ in range(2):
        office.records.read_private("incident", record, "màn hình")
    (seen,) = office.erasing.privacy.looked()
    assert (seen.officer, seen.times) == (OFFICER, 2)
    assert office.erasing.privacy.paper().startswith(b"%PDF-")
    entries = office.journal
    assert entries.verify().broken_at is None


def test_a_clock_before_the_last_record_is_said(profile: Path, codes: Codes) -> None:
    clock = SetClock()
    offices = offices_of(outside("one", clock), codes)
    with closing(offices.open(profile, OFFICER, PASSWORD)) as office:
        assert office.journal.trouble() == ""
    clock.set(clock.now() - timedelta(days=400))
    with closing(offices.open(profile, OFFICER, PASSWORD)) as office:
        assert "Đồng hồ máy" in office.journal.trouble()
        assert office.verify_history().broken_at is None, "nothing is ordered by it"
