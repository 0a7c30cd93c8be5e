from __future__ import annotations

from dataclasses import replace

import pytest

from antq_desktop.domain.scoring.faults import sheet_faults
from antq_desktop.domain.scoring.layout import adapted, digest_of
from antq_desktop.domain.scoring.outcome import judge
from antq_desktop.domain.scoring.rules import set_faults
from antq_desktop.domain.scoring.sheets import (
    Answer,
    Given,
    Line,
    Mark,
    Moved,
    Override,
    Paper,
    Seen,
    Sheet,
    altered,
    as_of_today,
    moved_since,
    seen_of,
)
from tests.domain.test_scoring import (
    HOTSPOTS,
    MARKS,
    MET,
    NOT_MET,
    RECOGNITION,
    TABLE,
    WHOLE,
    scored,
)


def codes(sheet: Sheet) -> list[str]:
    return sorted(fault.code for fault in sheet_faults(RECOGNITION, sheet))


def with_line(line: Line) -> list[str]:
    return codes(WHOLE.with_line(line))


def test_a_right_sheet_has_no_fault() -> None:
    assert codes(WHOLE) == []
    assert sheet_faults(TABLE, scored(6000, 4000)) == ()


def test_a_sheet_made_for_another_version_of_its_set_is_told() -> None:
    later = replace(RECOGNITION, title="Bộ mẫu, bản sau")
    assert [fault.code for fault in sheet_faults(later, WHOLE)] == ["set_is_another"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Line("strange", own=MET), "item_unknown"),
        (Line("mark_a", own=MET), "line_for_mark"),
        (Line("resolution", own=Given(Answer.NOT_APPLICABLE)), "not_applicable_without_reason"),
        (Line("resolution", own=Given(Answer.MET, reason="no_party")), "reason_without_cause"),
        (Line("resolution", own=Given(points=100)), "points_for_answer"),
        (Line("resolution", own=MET, appraised=NOT_MET), "difference_without_reason"),
        (
            Line("resolution", own=MET, appraised=NOT_MET, difference=" "),
            "difference_without_reason",
        ),
        (Line("resolution", own=MET, difference="Lý do mẫu"), "reason_without_cause"),
        (Line("resolution", own=MET, override=Override(Answer.MET, "x")), "check_without_cause"),
        (Line("hotspots", own=MET), "typed_over_computed"),
        (Line("hotspots", override=Override(Answer.MET, " ")), "override_without_reason"),
        (Line("hotspots", override=Override(Answer.NONE, "x")), "override_without_answer"),
    ],
)
def test_a_line_that_is_not_right_is_told_by_its_item(line: Line, code: str) -> None:
    assert code in with_line(line)
    faults = sheet_faults(RECOGNITION, WHOLE.with_line(line))
    assert line.item in {fault.field for fault in faults}


def test_an_appraisal_that_agrees_needs_no_reason() -> None:
    assert with_line(Line("resolution", own=MET, appraised=MET)) == []
    seen = seen_of(HOTSPOTS, {"arisen": 0})
    assert with_line(Line("hotspots", seen=seen, appraised=MET)) == []
    assert with_line(Line("hotspots", seen=seen, appraised=NOT_MET)) == [
        "difference_without_reason"
    ]


def test_points_stay_within_their_item() -> None:
    for points in (-1, 6001):
        faults = sheet_faults(TABLE, scored(points, 0))
        assert [fault.code for fault in faults] == ["points_out_of_bounds"]
    sheet = scored(6000, 0).with_line(Line("two", own=MET))
    assert [fault.code for fault in sheet_faults(TABLE, sheet)] == ["answer_for_points"]


def test_a_mark_has_a_document_only_when_it_happened() -> None:
    paper = Paper("12/BC-CAX", "2026-05-06", "Công an xã Mẫu")
    happened = replace(WHOLE, marks=(MARKS[0], Mark("mark_b", Answer.NOT_MET, paper)))
    assert codes(happened) == []
    did_not = replace(WHOLE, marks=(MARKS[0], Mark("mark_b", Answer.MET, paper)))
    assert codes(did_not) == ["paper_without_cause"]
    skipped = replace(WHOLE, marks=(MARKS[0], Mark("mark_b", Answer.NOT_APPLICABLE)))
    assert codes(skipped) == ["mark_not_applicable"]


def test_a_mark_is_no_answer_to_an_ordinary_item_and_nothing_is_answered_twice() -> None:
    assert "mark_for_another_item" in codes(
        replace(WHOLE, lines=WHOLE.lines[:2], marks=(*MARKS, Mark("dispute", Answer.MET)))
    )
    assert codes(replace(WHOLE, marks=(*MARKS, MARKS[0]))) == ["item_twice"]


def test_a_result_that_its_inputs_do_not_give_is_found() -> None:
    seen = replace(seen_of(HOTSPOTS, {"arisen": 2}), met=True)
    assert altered([Line("hotspots", seen=seen)]) == ("hotspots",)
    assert with_line(Line("hotspots", seen=seen)) == ["check_result_altered"]
    broken = replace(seen, inputs={"arisen": "two"})
    assert altered([Line("hotspots", seen=broken)]) == ("hotspots",)
    another = Seen("nobody_newly_fallen@1", {"arisen": 0}, {}, met=True)
    assert with_line(Line("hotspots", seen=another)) == ["check_is_another"]


def test_a_check_of_a_newer_program_keeps_its_result() -> None:
    newer = Seen("no_new_hotspot@9", {"strange": 1}, {}, met=True)
    assert newer.again().met is True
    assert altered([Line("hotspots", seen=newer)]) == ()
    assert judge(RECOGNITION, WHOLE.with_line(Line("hotspots", seen=newer))).met


def test_damaged_inputs_are_said_and_stop_no_list() -> None:
    broken = Seen("no_new_hotspot@1", {"arisen": "two"}, {}, met=False)
    outcome = judge(RECOGNITION, WHOLE.with_line(Line("hotspots", seen=broken)))
    assert not outcome.met
    assert "không đúng dạng" in outcome.missing[0].sentences[0]


def test_what_a_check_saw_is_packed_and_read_again() -> None:
    seen = seen_of(HOTSPOTS, {"arisen": 2})
    assert Seen.unpacked(seen.packed()) == seen
    for text in ("{}", "[]", "x", '{"check":"a@1","inputs":{},"met":1,"settings":{}}',
                 '{"check":"a@1","inputs":{},"met":null,"settings":{"a":"b"}}'):  # fmt: skip
        with pytest.raises(ValueError, match=r".+"):
            Seen.unpacked(text)


def test_judged_today_is_a_comparison_beside_the_stored_sheet() -> None:
    today = as_of_today(RECOGNITION, WHOLE, {"hotspots": {"arisen": 1}})
    assert judge(RECOGNITION, WHOLE).met
    assert not judge(RECOGNITION, today).met
    why = "Có 1 tụ điểm phức tạp phát sinh trong kỳ."
    assert moved_since(WHOLE, today) == (Moved("hotspots", stored=True, today=False, why=why),)
    assert moved_since(WHOLE, WHOLE) == ()


def test_judged_today_keeps_what_a_person_decided_unless_asked_not_to() -> None:
    override = Override(Answer.MET, "Tụ điểm thuộc địa bàn xã bên")
    line = Line("hotspots", seen=seen_of(HOTSPOTS, {"arisen": 1}), override=override)
    sheet = WHOLE.with_line(line)
    inputs = {"hotspots": {"arisen": 3}}
    assert judge(RECOGNITION, as_of_today(RECOGNITION, sheet, inputs)).met
    assert not judge(RECOGNITION, as_of_today(RECOGNITION, sheet, inputs, keep=False)).met


def test_a_units_own_copy_says_whose_it_is_and_claims_no_official_wording() -> None:
    copy = adapted(RECOGNITION, "made_here", "Xã Mẫu", "2026-11-21")
    assert copy.code == "made_here"
    assert copy.editable
    assert "mẫu minh họa" in copy.provenance.note
    assert copy.provenance.adapted_from == f"made:{digest_of(RECOGNITION)}"
    assert not any(item.quoted for item in copy.items())
    assert [item.mark_only for item in copy.items()] == [i.mark_only for i in RECOGNITION.items()]
    assert list(set_faults(copy)) == []
    assert digest_of(copy) != digest_of(RECOGNITION)
