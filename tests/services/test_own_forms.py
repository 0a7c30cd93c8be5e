"""Forms that a unit puts in the place of shipped illustrations."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.office import Office
from tests.services.test_list_of_papers import add_all, squeezed, written

CODE = "scheme_decision"


def changed(office: Office, folder: Path, old: str, new: str) -> Path:
    file = folder / "own.toml"
    text = office.papers.own_forms.text(CODE)
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def test_a_form_of_the_unit_is_printed_until_the_shipped_one_is_wanted_again(
    office: Office, tmp_path: Path
) -> None:
    own, scheme = office.papers.own_forms, add_all(office, most=False)["scheme"]
    file = changed(office, tmp_path, "có hiệu lực kể từ ngày ký", "{record_code} theo mẫu riêng")
    before = office.papers.make(CODE, record_id=scheme)
    own.replace(CODE, file)
    assert own.is_own(CODE)
    assert squeezed("theo mẫu riêng") in written(office.papers.make(CODE, record_id=scheme))
    assert "theo mẫu riêng" in own.text(CODE)
    own.restore(CODE)
    assert office.papers.make(CODE, record_id=scheme) == before


def test_a_form_that_was_read_in_a_legal_text_stays(office: Office, tmp_path: Path) -> None:
    file = changed(office, tmp_path, "Điều 3", "Điều 3")
    with pytest.raises(UserError) as fault:
        office.papers.own_forms.replace("meeting_minutes", file)
    assert fault.value.code == "form_is_official"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{record_name}", "{record_head_phones}", "form_asks_unknown"),
        ('rows = "members"', 'rows = "people"', "form_asks_unknown"),
        ('    { title = "Chức danh", width = 34 },\n', "", "form_table_differs"),
    ],
)
def test_a_form_may_not_ask_for_what_nobody_fills(
    office: Office, tmp_path: Path, old: str, new: str, code: str
) -> None:
    with pytest.raises(UserError) as fault:
        office.papers.own_forms.replace(CODE, changed(office, tmp_path, old, new))
    assert fault.value.code == code
    assert not office.papers.own_forms.is_own(CODE)


def test_a_file_that_is_no_form_is_told_by_its_name(office: Office, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        office.papers.own_forms.replace(CODE, changed(office, tmp_path, "kind = ", "kin = "))
    assert "own.toml" in fault.value.message


def test_only_papers_that_are_printed_here_have_a_form_to_replace(
    office: Office, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as fault:
        office.papers.own_forms.replace("poster", tmp_path / "none.toml")
    assert fault.value.code == "unknown_paper"
