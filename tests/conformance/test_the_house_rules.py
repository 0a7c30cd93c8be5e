"""Rules of the house that no linter knows; each is read off the files that are under version."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "antq_desktop"
LONGEST_FILE = 400

TOP_LEVEL = {
    *("antq_desktop", "resources", "forms", "packaging", "tests"),
    *("pyproject.toml", "README.md", "requirements.lock", "CHANGELOG.md", "LICENSE"),
}
NOT_TEXT = {
    ".png",
    ".ttf",
    ".ico",
    ".pdf",
    ".db",
    ".xlsx",
    ".xls",
    ".docx",
    ".antq",
    ".zip",
    ".age",
}

# Written so that no pattern matches the line it stands on.
NOT_OURS = (
    (r"(?<![\w.])/(?:work|farm|tmp|root|home)/", "a folder of one machine"),
    (r"[A-Za-z]:[\\/]Users[\\/]\w", "a folder of one machine"),
    (r"pypi[.]org|python[h]osted|--(?:extra-)?index[-]url|--find[-]links", "a package registry"),
)

VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạ-ỹẠ-Ỹáàãéèíìóòõúùýĩũ]")

# Words that mean something else in a police office, or do not belong on its screen.
WORDS_NOT_USED = (
    (r"!", "dấu chấm than"),
    (r"dấu vân tay", "mã đối chiếu"),
    (r"lỗi hệ thống", "nêu rõ việc gì, ở đâu, làm gì tiếp"),
    (r"quý khách|quý vị|\b[Bb]ạn\b(?! bè)", "không xưng hô"),
    (r"hợp nhất (?:dữ liệu|gói|bản ghi|hồ sơ)", "nhập gói"),
    (r"biên nhận", "phiếu xác nhận"),
    (r"giấy tờ(?! tùy thân)", "văn bản"),
    (r"tập tin", "tệp"),
    (r"xóa vĩnh viễn", "hủy có lý do"),
    (
        r"(?<![Cc]hìa )(?<![Tt]ừ )\b[Kk]hóa\b(?! màn hình| công khai| học| họp)",
        "chìa khóa số, chốt số liệu",
    ),
    (r"\b(?:click|file|folder|password|backup|bundle|record|merge|email|online)\b", "tiếng Việt"),
)


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files that version control keeps, or would keep."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a clone: what is under version is not known")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    command += ["--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    files = (ROOT / name for name in answer.stdout.split("\0") if name)
    return tuple(sorted(file for file in files if file.is_file()))


def modules(folder: Path = PACKAGE) -> list[Path]:
    return [file for file in tracked() if file.suffix == ".py" and file.is_relative_to(folder)]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the Vietnamese literals of a module with their lines; docstrings are not among them."""
    told = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            told.add(id(node.value))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in told:
            continue
        if isinstance(node.value, str) and VIETNAMESE.search(node.value):
            yield node.lineno, node.value


def words_not_used(text: str) -> list[str]:
    """Return what a text says that the program does not say, with what it says instead."""
    found = ((re.search(pattern, text), instead) for pattern, instead in WORDS_NOT_USED)
    return [f"{match.group()!r} → {instead}" for match, instead in found if match]


def names_of_machines(text: str) -> list[str]:
    """Return the places of one machine or one network that a text names."""
    return [what for pattern, what in NOT_OURS if re.search(pattern, text)]


def test_no_file_of_the_program_is_longer_than_400_lines() -> None:
    lengths = {name_of(file): len(file.read_bytes().splitlines()) for file in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_the_folder_packaging_does_not_shadow_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_the_top_level_holds_only_what_belongs_there() -> None:
    tops = {file.relative_to(ROOT).parts[0] for file in tracked()}
    assert {top for top in tops if not top.startswith(".")} - TOP_LEVEL == set()


def test_no_file_names_a_place_of_one_machine_or_network() -> None:
    found = {
        name_of(file): places
        for file in tracked()
        if file.suffix not in NOT_TEXT
        and (places := names_of_machines(file.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


def test_every_package_says_in_one_sentence_what_it_is_for() -> None:
    packages = [file for file in modules() if file.name == "__init__.py"]
    assert packages
    for file in packages:
        told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        assert told.split("\n")[0].endswith("."), name_of(file)


def test_only_the_command_line_prints() -> None:
    printing = [
        f"{name_of(file)}:{node.lineno}"
        for file in modules()
        if not file.is_relative_to(PACKAGE / "cli")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id == "print"
    ]
    assert printing == []


def test_texts_for_people_use_the_words_of_the_house() -> None:
    found = [
        f"{name_of(file)}:{line}: {fault} in {text!r}"
        for file in modules()
        for line, text in texts(ast.parse(file.read_text(encoding="utf-8")))
        for fault in words_not_used(text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "Đã lưu xong!",
        "So dấu vân tay của chìa",
        "Lỗi hệ thống, lỗi hệ thống số 5",
        "Bạn có muốn lưu không?",
        "Hồ sơ đã khóa",
        "Chọn file để nhập dữ liệu",
    ],
)
def test_a_text_against_the_words_of_the_house_is_found(text: str) -> None:
    assert words_not_used(text)


@pytest.mark.parametrize(
    "text",
    ["Đưa chìa khóa số cho đơn vị tổng hợp", "Khóa màn hình", "Tìm theo từ khóa", "Tệp đã nhập"],
)
def test_a_text_in_the_words_of_the_house_passes(text: str) -> None:
    assert words_not_used(text) == []


def test_a_docstring_is_no_text_for_people_and_a_part_of_a_sentence_is() -> None:
    source = '"""Bạn đọc!"""\n\nx = f"Vụ việc {1} của bạn"\n'
    assert [line for line, _ in texts(ast.parse(source))] == [3, 3]


@pytest.mark.parametrize(
    "text",
    ["open('/" + "tmp/x')", "C:" + "\\Users\\me", "--index" + "-url x", "https://pypi" + ".org/x"],
)
def test_a_place_of_one_machine_or_network_is_found(text: str) -> None:
    assert names_of_machines(text)
