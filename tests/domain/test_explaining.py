"""Why a figure changed."""

from __future__ import annotations

from antq_desktop.domain.explaining import Gave, explain
from antq_desktop.domain.opening import Counted, Opening, Source


def records(value: int) -> Counted:
    return Counted(value, Source.RECORDS, value, 1, (), ())


def test_what_came_and_what_was_struck_off_is_told_with_its_document() -> None:
    gave = [*(Gave(f"n{at}", 0, 1) for at in range(5)),
            Gave("old", 1, 0, ended=True, document="12/QĐ-UBND")]  # fmt: skip
    told = explain("scheme", gave, records(133), records(137))
    assert told.sentence == ("133 → 137: thêm 05 (5 hồ sơ), thanh loại 01 (văn bản số 12/QĐ-UBND).")
    assert told.added == ("n0", "n1", "n2", "n3", "n4")
    assert told.dropped == ("old",)


def test_what_happens_in_a_period_is_not_struck_off_in_the_next() -> None:
    gave = [Gave("now", 0, 2), Gave("then", 3, 0)]
    told = explain("incident", gave, records(3), records(2)).sentence
    assert told == "3 → 2: phát sinh 02 trong kỳ này, 03 trong kỳ so sánh."


def test_a_number_of_a_report_is_named_by_its_report() -> None:
    opening = Opening("2021-12-15", "05/BC-CAX", "Công an xã Mẫu", 118)
    before = Counted(118, Source.REPORT, 0, 0, (opening,), ())
    told = explain("scheme", [Gave("a", 0, 1)], before, records(133)).sentence
    assert told == "118 → 133: 118 là số liệu theo báo cáo số 05/BC-CAX ngày 15/12/2021."


def test_nothing_changed_is_said_in_one_word() -> None:
    assert explain("scheme", [], records(5), records(5)).sentence == "5 → 5: không đổi."


def test_the_same_record_that_gives_less_is_told_as_less() -> None:
    told = explain("unit", [Gave("a", 5, 3)], records(5), records(3)).sentence
    assert told == "5 → 3: bớt 02 (1 hồ sơ)."


def test_many_documents_are_counted() -> None:
    gave = [Gave(str(at), 1, 0, ended=True, document=f"{at}/QĐ") for at in range(5)]
    told = explain("scheme", gave, records(5), records(0)).sentence
    assert told.endswith("(văn bản số 0/QĐ; văn bản số 1/QĐ; văn bản số 2/QĐ và 02 văn bản khác).")
