"""The history of a record tells what was hung on it and left out again."""

from __future__ import annotations

from antq_desktop.services.demo.drawing import hall
from antq_desktop.services.office import Office
from antq_desktop.ui.screens.history_panel import tell


def test_the_history_of_a_record_tells_of_its_attachments(office: Office) -> None:
    session = office.records.add(
        "session",
        {
            "held_on": "2026-11-03",
            "title": "Phòng chống lừa đảo",
            "session_kind": office.codes["session_kind"].values[0].id,
        },
    ).ids[0]
    alone = tell(office, "session", session)
    assert len(alone) == 1
    office.attachments.add("session", session, hall(), name="", caption="Hội trường mẫu")
    (attachment,) = office.attachments.ever_of(session)
    office.attachments.leave_out(attachment)
    told = tell(office, "session", session)
    assert len(told) == 3
    assert told[2] == alone[0]
    assert all(line.startswith("Tệp đính kèm: ") for line in (*told[0].lines, *told[1].lines))
    assert any("Hội trường mẫu" in line for line in told[1].lines)
