"""What a unit looks at again before it hands over: pictures used twice, minutes copied."""

from __future__ import annotations

from antq_desktop.domain.fields import FieldKind, Travels, Value
from antq_desktop.domain.records import SPECS
from antq_desktop.services.evidence import MINUTES
from antq_desktop.services.office import Office
from tests import pictures_of_cameras as cameras
from tests.domain.test_minutes import MINUTES as TEXT
from tests.domain.test_minutes import OTHER
from tests.exchange import World


def session(office: Office, day: str, **more: Value) -> str:
    values: dict[str, Value] = {
        "held_on": day,
        "title": "Tuyên truyền ở Thôn Mẫu",
        "session_kind": "direct",
        **more,
    }
    return office.records.add("session", values).ids[0]


def attach(office: Office, kind: str, record: str, data: bytes) -> str:
    return office.attachments.add(kind, record, data, name="", caption="").ids[0]


def told(office: Office) -> list[tuple[str, str, str]]:
    return [(one.kind, one.id, one.sentence) for one in office.handover.evidence.remarks()]


def test_the_texts_that_count_as_minutes_are_long_texts_that_stay_in_the_unit() -> None:
    for kind, names in MINUTES.items():
        for name in names:
            field = SPECS[kind].field(name)
            assert field.kind is FieldKind.LONG_TEXT
            assert field.travels is Travels.SIBLINGS


def test_a_picture_of_an_earlier_session_is_named_with_its_day(world: World) -> None:
    office = world.commune
    late, early = session(office, "2026-06-20"), session(office, "2026-05-12")
    for record in (late, early):
        attach(office, "session", record, cameras.jpeg())
    attach(office, "session", early, cameras.png())
    assert told(office) == [
        (
            "session",
            late,
            "Buổi tuyên truyền 20/06/2026 · Tuyên truyền ở Thôn Mẫu: ảnh này đã dùng cho buổi "
            "tuyên truyền ngày 12/05/2026 “Tuyên truyền ở Thôn Mẫu”.",
        )
    ]


def test_copied_minutes_are_named_and_lead_to_what_they_belong_to(world: World) -> None:
    office = world.commune
    scheme = office.records.add(
        "scheme",
        {"name": "Tổ tự quản Thôn Mẫu", "scheme_type": "to_tu_quan", "state": "active"},
    ).ids[0]
    for day, words in (
        ("2026-05-12", TEXT),
        ("2026-06-12", TEXT.replace("12/5/2026", "12/6/2026")),
        ("2026-07-12", OTHER),
    ):
        values: dict[str, Value] = {
            "scheme": scheme,
            "held_on": day,
            "activity_kind": "meeting",
            "title": "Họp tổ",
            "minutes": words,
        }
        office.records.add("activity", values)
    assert told(office) == [
        (
            "scheme",
            scheme,
            "Buổi hoạt động 12/06/2026 · Họp tổ: nội dung giống hệt buổi hoạt động ngày "
            "12/05/2026 “Họp tổ”.",
        )
    ]


def test_what_was_left_out_or_taken_out_of_force_is_not_named(world: World) -> None:
    office = world.commune
    one = session(office, "2026-05-12", note=TEXT)
    two = session(office, "2026-06-12", note=TEXT)
    attach(office, "session", one, cameras.jpeg())
    again = attach(office, "session", two, cameras.jpeg())
    assert len(told(office)) == 2
    office.attachments.leave_out(again)
    assert len(told(office)) == 1
    office.records.void("session", two, "Nhập nhầm")
    assert told(office) == []


def test_what_the_unit_above_has_confirmed_is_not_named_again(world: World) -> None:
    office = world.commune
    for day in ("2026-05-12", "2026-06-12"):
        record = session(office, day, note=TEXT)
        attach(office, "session", record, cameras.jpeg())
    assert len(told(office)) == 2
    world.round()
    assert told(office) == []
    session(office, "2026-07-12", note=TEXT)
    assert len(told(office)) == 1
