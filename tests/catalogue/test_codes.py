from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.catalogue.codes import load_codes, read_code_list
from antq_desktop.domain.errors import EnvironmentFault, UserError

GOOD = """
title = "Loại mẫu"
legal_basis = "Thông tư mẫu, Điều 1"
confidence = "B"
editable = true
note = "Mẫu minh họa: đơn vị sửa được."
values = [
  { id = "one", label = "Loại một", since = "1900-01-01", note = "Ghi chú.", required = true },
  { id = "two", label = "Loại hai", since = "2020-01-01", retired = "2025-07-01" },
]
"""


def code_and_message(content: str, name: str = "sample_kind") -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        read_code_list(name, content.encode())
    return caught.value.code, caught.value.message


def test_a_list_is_read_with_its_legal_basis_and_confidence() -> None:
    read = read_code_list("sample_kind", GOOD.encode())
    assert (read.title, read.legal_basis, read.confidence) == (
        "Loại mẫu",
        "Thông tư mẫu, Điều 1",
        "B",
    )
    assert read.editable
    assert [(value.id, value.retired, value.required) for value in read.values] == [
        ("one", "", True),
        ("two", "2025-07-01", False),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title =", "titel =", "mục lạ “titel”"),
        ('title = "Loại mẫu"', "", "thiếu mục “title”"),
        ('title = "Loại mẫu"', "title = 5", "mục “title” không đúng dạng"),
        ('title = "Loại mẫu"', 'title = "Loại\\u202e"', "ký tự không in được"),
        ('confidence = "B"', 'confidence = "D"', "phải là A, B hoặc C"),
        ("editable = true", "editable = false", "sửa được, và ngược lại"),
        ("Mẫu minh họa: đ", "Đ", "phải ghi “mẫu minh họa”"),
        ('id = "two"', 'id = "one"', "mã “one” có hai lần"),
        ('id = "two"', 'id = "Hai"', "mã “Hai” phải là chữ thường"),
        ('id = "two", ', "", "giá trị thứ 2 thiếu mục “id”"),
        (
            '"Loại hai", since = "2020-01-01", r',
            '"Loại môt", since = "2020-02-30", r',
            "2020-02-30",
        ),
        ('since = "2020-01-01", retired', 'since = "2026-01-01", retired', "thôi dùng trước"),
        ('label = "Loại một"', 'label = "Việc tôn giáo"', "không được lập loại"),
        ("required = true", 'required = "x"', "“required” không đúng dạng"),
        ("values = [", "values = 5\nx = [", "không đúng dạng"),
        ("title", "[title", "tệp không đọc được"),
    ],
)
def test_a_faulty_list_is_refused_whole_and_the_place_is_named(
    old: str, new: str, told: str
) -> None:
    assert old in GOOD
    code, message = code_and_message(GOOD.replace(old, new, 1))
    assert code == "code_list_faulty"
    assert message.startswith("Danh mục sample_kind: ")
    assert told in message


def test_labels_that_differ_only_by_marks_are_doubles() -> None:
    content = GOOD.replace(', retired = "2025-07-01"', "").replace("Loại hai", "LOẠI MỐT")
    assert "có hai lần" in code_and_message(content)[1]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UserError) as caught:
        read_code_list("sample_kind", b"\xff\xfe")
    assert caught.value.code == "code_list_faulty"
    assert "chữ thường không dấu" in code_and_message(GOOD, "Tên lạ")[1]


def test_a_file_is_read_only_when_its_list_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "good_kind.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad_kind.toml").write_text("broken", encoding="utf-8")
    codes = load_codes(tmp_path)
    derived = ["measure", "reported_kind"]
    assert sorted(codes) == sorted(["bad_kind", "good_kind", *derived])
    assert codes.label("good_kind", "one") == "Loại một"
    assert codes["good_kind"] is codes["good_kind"]
    with pytest.raises(UserError) as caught:
        codes.has("bad_kind", "one")
    assert caught.value.code == "code_list_faulty"


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "huge.toml").write_bytes(b"#" * (1 << 20) + b"\n")
    with pytest.raises(UserError) as caught:
        load_codes(tmp_path)["huge"]
    assert "1 MB" in caught.value.message


def test_a_program_without_its_lists_says_so(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        load_codes(tmp_path / "codes")
    assert caught.value.code == "program_incomplete"


def test_a_list_that_cannot_be_opened_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(EnvironmentFault) as caught:
        load_codes(tmp_path)["gone"]
    assert caught.value.code == "not_found"
