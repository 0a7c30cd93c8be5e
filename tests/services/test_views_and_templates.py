"""What officers keep under a name: ways to look at a list, templates of the unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.services.named import LONGEST_NAME, MOST
from antq_desktop.services.office import Office
from antq_desktop.services.views import View, Views
from antq_desktop.storage import settings
from tests.stores import OFFICER

LATE = View(words="trộm", state="open", order_by="occurred_on", columns=("title", "occurred_on"))


def test_a_way_to_look_comes_back_as_it_was_kept(office: Office) -> None:
    office.views.keep("incident", "Trộm cắp", LATE)
    assert Views(office._store, OFFICER).of("incident") == {"Trộm cắp": LATE}
    assert office.views.of("scheme") == {}


def test_another_officer_has_ways_of_their_own(office: Office) -> None:
    office.views.keep("incident", "Trộm cắp", LATE)
    assert Views(office._store, "Trần Thị Ví Dụ").of("incident") == {}


def test_one_way_is_usual_at_a_time_and_stays_so_when_kept_again(office: Office) -> None:
    views = office.views
    views.keep("incident", "Một", LATE)
    views.keep("incident", "Hai", View(missing=True))
    views.make_usual("incident", "Một")
    views.make_usual("incident", "Hai")
    views.keep("incident", "hai", View(voided=True))
    assert views.usual("incident") == ("Hai", View(voided=True, usual=True))
    views.make_usual("incident", "")
    assert views.usual("incident") is None


def test_a_name_is_changed_taken_once_and_given_up(office: Office) -> None:
    views = office.views
    views.keep("incident", "Một", LATE)
    views.keep("incident", "Hai", LATE)
    with pytest.raises(UserError) as refused:
        views.rename("incident", "Một", "HAI")
    assert refused.value.code == "name_taken"
    views.rename("incident", "Một", "MỘT")
    assert list(views.of("incident")) == ["MỘT", "Hai"]
    views.drop("incident", "MỘT")
    assert list(views.of("incident")) == ["Hai"]


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_says_nothing_or_too_much_is_refused(office: Office, name: str) -> None:
    with pytest.raises(UserError) as refused:
        office.views.keep("incident", name, LATE)
    assert refused.value.code == "name_missing"


def test_there_is_an_end_to_what_is_kept(office: Office) -> None:
    for number in range(MOST):
        office.views.keep("scheme", f"Cách {number}", View())
    with pytest.raises(UserError) as refused:
        office.views.keep("scheme", "Một nữa", View())
    assert refused.value.code == "too_many_named"
    office.views.keep("scheme", "Cách 3", View(missing=True))


def test_private_and_unknown_fields_are_left_out_of_a_way_to_look(office: Office) -> None:
    odd = View(columns=("title", "callback", "gone"), order_by="callback", downward=True)
    office.views.keep("incident", "Lạ", odd)
    assert office.views.of("incident")["Lạ"] == View(columns=("title",))


def test_what_cannot_be_read_counts_as_never_kept(office: Office) -> None:
    with office._store.writing(OFFICER, Action.SET) as work:
        work.set_setting(f"views/{OFFICER}", "{broken")
        work.note("", "", "Thử")
    assert office.views.of("incident") == {}


def test_ways_lie_in_the_encrypted_store_alone(office: Office, profile: Path) -> None:
    office.views.keep("incident", "Trộm ở Thôn Mẫu", LATE)
    assert "Trộm ở Thôn Mẫu" in office._store.setting(f"views/{OFFICER}")
    office.close()
    for file in profile.rglob("*"):
        if file.is_file():
            assert "Trộm ở Thôn Mẫu".encode() not in file.read_bytes()


FULL: dict[str, Value] = {
    "title": "Mất trộm xe máy",
    "kind": "theft",
    "place": "Chợ Mẫu",
    "register_number": "12",
    "occurred_on": "2026-11-20",
    "callback": "0100000001",
    "officer": "Nguyễn Văn Mẫu",
    "damage": 5_000_000,
    "involved/a/name": "Trần Thị Ví Dụ",
}


def test_a_template_holds_no_person_no_number_and_no_date(office: Office) -> None:
    office.templates.keep("incident", "Trộm ở chợ", FULL)
    kept = {k: FULL[k] for k in ("title", "kind", "place")}
    assert office.templates.of("incident") == {"Trộm ở chợ": kept}
    written = office._store.setting("templates")
    for secret in ("0100000001", "Nguyễn Văn Mẫu", "Trần Thị Ví Dụ"):
        assert secret not in written


def test_a_template_written_by_another_hand_is_held_to_the_same(office: Office) -> None:
    office.templates.keep("incident", "Mẫu", FULL)
    held = office._store.setting("templates")
    with office._store.writing(OFFICER, Action.SET) as work:
        work.set_setting("templates", held.replace('"place"', '"callback"'))
        work.note("", "", "Thử")
    assert set(office.templates.of("incident")["Mẫu"]) == {"title", "kind"}


def test_nothing_to_keep_is_no_template(office: Office) -> None:
    with pytest.raises(UserError) as refused:
        office.templates.keep("incident", "Rỗng", {"occurred_on": "2026-11-20"})
    assert refused.value.code == "template_empty"
    assert settings.UNIT  # the store itself is untouched
    assert office.templates.of("incident") == {}
