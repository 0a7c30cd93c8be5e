"""What the first page tells beside what is late: this week, and what others did."""

from __future__ import annotations

from contextlib import closing

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office, Offices
from tests.fakes import SetClock
from tests.stores import INCIDENT, OFFICER, PASSWORD

OTHER = "Trần Thị Ví Dụ"
FIRST = "mật khẩu đầu tiên"
OWN = "bốn mùa hoa nở"


def add_task(office: Office, title: str, deadline: str, **more: Value) -> str:
    values: dict[str, Value] = {
        "title": "Kết luận giao ban", "direction": "incoming", "document_kind": "plan",
    }  # fmt: skip
    found = office.records.add("document", {**values, "title": f"Văn bản về {title}"}).ids[0]
    task = {"source": found, "title": title, "state": "new", "deadline": deadline, **more}
    return office.records.add("task", task).ids[0]


def test_what_ends_this_week_is_told_the_most_pressing_first(office: Office) -> None:
    late = add_task(office, "Nộp báo cáo", "2026-11-19")
    today = add_task(office, "Rà soát camera", "2026-11-21")
    add_task(office, "Việc tuần sau", "2026-11-23")
    add_task(office, "Việc đã xong", "2026-11-20", state="done", done_on="2026-11-20")
    coming = office.mornings.look().coming
    assert [(one.id, one.told) for one in coming] == [
        (late, "quá hạn 2 ngày"),
        (today, "hạn hôm nay"),
    ]


def test_what_others_did_since_the_sign_in_before_is_told_by_kind(
    office: Office, offices: Offices, clock: SetClock
) -> None:
    assert office.mornings.look().since == "", "a first sign-in has nothing before it"
    known = office.records.add("incident", INCIDENT).ids[0]
    office.people.add(OTHER, FIRST, PASSWORD)
    folder = office.folder
    clock.advance(hours=8)
    office.close()
    with closing(offices.open(folder, OFFICER, PASSWORD)):
        clock.advance(hours=1)
    with closing(offices.open(folder, OTHER, FIRST)) as other:
        other.people.change_own(FIRST, OWN)
        added = other.records.add("incident", {**INCIDENT, "title": "Mất xe đạp"}).ids[0]
        other.records.change("incident", known, {"title": "Mất trộm xe đạp điện"})
    clock.advance(hours=1)
    with closing(offices.open(folder, OFFICER, PASSWORD)) as again:
        again.records.add("incident", {**INCIDENT, "title": "Việc của chính mình"})
        morning = again.mornings.look()
    assert morning.since == "16:05 21/11/2026"
    (news,) = [one for one in morning.news if one.kind == "incident"]
    assert (news.added, news.changed) == (1, 1)
    assert set(news.ids) == {added, known}


def test_the_yearly_review_of_what_is_kept_is_asked_for_after_a_year_of_use(
    office: Office, offices: Offices, clock: SetClock
) -> None:
    assert not office.mornings.look().review, "nothing can be a year old in a new store"
    clock.advance(days=370)
    assert office.mornings.look().review
    office.erasing.reviewing.finish(0)
    assert not office.mornings.look().review
    clock.advance(days=370)
    assert office.mornings.look().review
