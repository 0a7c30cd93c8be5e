"""Number and day of a paper that was printed without them and returns signed."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office

TODAY = "2026-11-21"


def document(office: Office, **more: Value) -> str:
    values: dict[str, Value] = {
        "title": "Kế hoạch xây dựng mô hình ở Thôn Mẫu 1",
        "direction": "outgoing",
        "document_kind": office.codes["document_kind"].values[0].id,
        "state": "waiting_number",
        **more,
    }
    return office.records.add("document", values).ids[0]


def held(office: Office, record: str) -> dict[str, Value]:
    return office.lists.show("document", record).record.values()


def test_number_and_day_are_written_back_as_one_action_that_can_be_undone(office: Office) -> None:
    record = document(office)
    saved = office.signed_papers.write_back(record, "05/KH-BCĐ", "2026-11-20")
    after = held(office, record)
    assert (after["number"], after["dated"], after["state"]) == (
        "05/KH-BCĐ", "2026-11-20", "issued",
    )  # fmt: skip
    assert saved.sentence == (
        "Đã ghi số 05/KH-BCĐ, ngày 20/11/2026 vào văn bản “Kế hoạch xây dựng mô hình ở Thôn Mẫu 1”."
    )
    office.records.undo(saved.seq)
    before = held(office, record)
    assert before.get("number") is None
    assert before["state"] == "waiting_number"


def test_only_an_outgoing_document_without_number_or_day_waits(office: Office) -> None:
    papers = office.signed_papers
    assert papers.waiting(document(office), TODAY) is not None
    assert papers.waiting(document(office, state="draft", number="05/KH-BCĐ"), TODAY) is not None
    assert papers.waiting(document(office, direction="incoming"), TODAY) is None
    assert papers.waiting(document(office, state="issued"), TODAY) is None
    numbered = document(office, number="06/KH-BCĐ", dated="2026-11-20")
    assert papers.waiting(numbered, TODAY) is None
    with pytest.raises(UserError) as refused:
        papers.write_back(numbered, "07/KH-BCĐ", "2026-11-20")
    assert refused.value.code == "not_waiting"
    voided = document(office)
    office.records.void("document", voided, "Lập nhầm")
    assert papers.waiting(voided, TODAY) is None


@pytest.mark.parametrize("missing", ["number", "dated"])
def test_both_must_be_there(office: Office, missing: str) -> None:
    record = document(office)
    given = {"number": "05/KH-BCĐ", "dated": "2026-11-20", missing: None}
    with pytest.raises(UserError) as refused:
        office.signed_papers.write_back(record, given["number"], given["dated"])
    assert (refused.value.code, refused.value.field) == ("required", missing)
    assert held(office, record)["state"] == "waiting_number"


def test_the_next_number_of_a_book_kept_here_is_told(office: Office) -> None:
    given = {"name": "Ban Chỉ đạo xã mẫu", "numbering": "here"}
    body = office.records.add("issuing_body", given).ids[0]
    document(office, body=body, number="04/KH-BCĐ", dated="2026-03-02", state="issued")
    waiting = office.signed_papers.waiting(document(office, body=body), TODAY)
    assert waiting is not None
    assert waiting.next_number == "Số tiếp theo của sổ Ban Chỉ đạo xã mẫu năm 2026 là 05."
    elsewhere = office.signed_papers.waiting(document(office), TODAY)
    assert elsewhere is not None
    assert elsewhere.next_number == ""
