"""Whatever is given wrong: one Vietnamese sentence, a stable code, the right exit, nothing lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from antq_desktop.cli.main import VERBS
from antq_desktop.cli.usage import in_vietnamese
from antq_desktop.domain.changes import Action
from antq_desktop.services.dumping import dump
from antq_desktop.services.office import Office, Offices
from antq_desktop.storage.store import STORE_FILE, open_store
from tests.cli.conftest import Answer, Antq
from tests.fakes import SetClock
from tests.stores import INCIDENT, OFFICER, PASSWORD, outside, store_of

ENGLISH = re.compile(
    r"\b(?:usage|error|invalid|required|argument|arguments|expected|choose|unrecognized|option|"
    r"options|positional|help message|default|value|choice|the|following|traceback|line \d)\b",
    re.IGNORECASE,
)


def assert_told(answer: Answer, code: str, exit_code: int = 1) -> None:
    """Hold a refusal to its form: JSON on the output, a sentence, no word of English."""
    assert answer.code == exit_code, answer
    error = answer.value["error"]
    assert error["code"] == code
    assert answer.err == ""
    for message in (error["message"], *(fault["message"] for fault in error["faults"])):
        assert message.endswith((".", "--help"))
        assert not ENGLISH.search(message.replace("--help", "")), message
        assert len(message) < 600


@pytest.fixture
def untouched(antq: Antq) -> Callable[[], None]:
    """Return what fails when anything in the store has changed since, but for who signed in."""

    def held() -> tuple[list[bytes], list[tuple[object, ...]]]:
        store, _ = open_store(antq.folder, OFFICER, PASSWORD, outside())
        with closing(store):
            with store.reading() as reader:
                done = reader.connection.exec_driver_sql(
                    "SELECT at, officer, action FROM history WHERE action != ?", (Action.SIGN_IN,)
                )
                entries = [tuple(row) for row in done]
            return list(dump(store)), entries

    before = held()

    def check() -> None:
        assert held() == before

    return check


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"occurred_on": "31/02/2026"}, "date_not_in_calendar", "occurred_on"),
        ({"occurred_on": "hôm nảo"}, None, "occurred_on"),
        ({"occurred_on": 20261102}, "not_text", "occurred_on"),
        ({"received_at": "25:00 2/11/2026"}, None, "received_at"),
        ({"title": "ế" * 10_000}, "text_too_long", "title"),
        ({"title": ""}, "required", "title"),
        ({"title": "   "}, "required", "title"),
        ({"title": "hai\ndòng"}, "text_not_allowed", "title"),
        ({"title": "\ud800"}, "text_not_allowed", "title"),
        ({"title": "a\u0000b"}, "text_not_allowed", "title"),
        ({"title": ["Mất xe"]}, "not_text", "title"),
        ({"title": 3.5}, "not_text", "title"),
        ({"title": True}, "not_text", "title"),
        ({"kind": "chuyện gì đó"}, "not_in_codes", "kind"),
        ({"unit": "Thôn Mẫu"}, "not_reference", "unit"),
        ({"unit": "f" * 32}, "unknown_reference", "unit"),
        ({"deaths": -1}, None, "deaths"),
        ({"deaths": "vài"}, None, "deaths"),
        ({"damage": "nhiều"}, None, "damage"),
        ({"deaths": 10**30}, "number_out_of_range", "deaths"),
        ({"force_majeure": "có lẽ"}, "not_yes_no", "force_majeure"),
        ({"callback": "0100"}, None, "callback"),
        ({"unheard": 1}, "unknown_field", "unheard"),
        ({"x" * 10_000: 1}, "unknown_field", "x" * 10_000),
        ({"involved": 3}, "not_lines", "involved"),
        ({"involved": [3]}, "not_a_line", "involved"),
        ({"involved": {"a/b": {}}}, "not_a_line", "involved"),
        ({"involved": {"a b": {"role": "victim"}}}, "unknown_line", "involved"),
        ({"involved": [{"unheard": 3}]}, "unknown_field", None),
        ({"involved": [{"sex": "female"}]}, "required", None),
        ({"involved": [{"role": "victim"}] * 201}, "too_many_lines", "involved"),
        ({"state": "closed"}, "closed_without_date", "closed_on"),
        (
            {"involved": [{"role": "related", "age_group": "under_14", "name": "Lý Mẫu"}]},
            "must_not_be_named",
            None,
        ),
    ],
    ids=lambda held: re.sub(r"[^a-z_]", "", str(held))[:30],
)
def test_a_field_that_cannot_be_saved_is_named_and_nothing_is_saved(
    antq: Antq,
    untouched: Callable[[], None],
    changes: dict[str, object],
    code: str | None,
    field: str | None,
) -> None:
    answer = antq.json("record", "add", "incident", "-", stdin=_json({**INCIDENT, **changes}))
    assert_told(answer, code or answer.error)
    assert answer.error.isascii()
    (fault,) = (f for f in answer.value["error"]["faults"] if not f["warning"])
    assert field is None or fault["field"] == field
    untouched()


def _json(content: object) -> bytes:
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"title": ' + b"9" * 5_000 + b"}", "not_json"),
        (b"\xff\xfe\x00", "file_unreadable"),
        (b"[]", "not_an_object"),
        (b"3", "not_an_object"),
        (b"null", "not_an_object"),
        (b'{"title": "a", "title": "b"}', "key_twice"),
        (b'{"title": NaN}', "not_text"),
    ],
)
def test_a_file_that_is_no_record_is_refused(
    antq: Antq, untouched: Callable[[], None], data: bytes, code: str
) -> None:
    answer = antq.json("record", "add", "incident", "-", stdin=data)
    faults = {fault["code"] for fault in answer.value["error"]["faults"]}
    assert answer.code == 1
    assert code in {answer.error, *faults}
    untouched()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("record", "add", "unheard", "-"), "unknown_kind"),
        (("record", "add", "unit", "nowhere.json"), "file_unreadable"),
        (("record", "add", "unit", "."), "file_unreadable"),
        (("record", "list", "unheard"), "unknown_kind"),
        (("record", "show", "ffff"), "no_such_record"),
        (("record", "show", "đường"), "no_such_record"),
        (("record", "show", "\udcff\udcff\udcff\udcff"), "no_such_record"),
        (("record", "set", "ffff", "-"), "no_such_record"),
        (("record", "void", "ffff", "--reason", "x"), "no_such_record"),
        (("record", "void", "11074", "--reason", ""), "reason_missing"),
        (("record", "void", "11074", "--reason", "x" * 10_000), "reason_missing"),
        (("record", "void", "11074", "--reason", "\udcff"), "text_not_allowed"),
        (("record", "void", "11074"), "usage"),
        (("record", "list", "unit", "--limit", "0"), "usage"),
        (("record", "list", "unit", "--limit", "-1"), "usage"),
        (("record", "list", "unit", "--limit", "nhiều"), "usage"),
        (("record", "list", "unit", "--limit", "9" * 5_000), "usage"),
        (("record", "list", "unit", "--lim", "3"), "usage"),
        (("record", "list", "unit", "--voided=x"), "usage"),
        (("record", "list"), "usage"),
        (("record",), "usage"),
        (("record", "unheard"), "usage"),
        (("unheard",), "usage"),
        (("unheard" * 2_000,), "usage"),
        ((), "usage"),
        (("undo", "x"), "usage"),
        (("undo", "99"), "no_such_entry"),
        (("undo", "1"), "nothing_to_undo"),
        (("history", "show", "ffff"), "no_such_record"),
        (("init", "--level", "district", "--unit", "11074"), "usage"),
        (("init", "--level", "commune"), "usage"),
        (("init", "--level", "commune", "--unit", "11074"), "profile_exists"),
        (("check", "--data"), "usage"),
    ],
    ids=lambda held: " ".join(held)[:40] if isinstance(held, tuple) else held,
)
def test_a_command_that_cannot_be_done_says_why(
    antq: Antq, untouched: Callable[[], None], words: tuple[str, ...], code: str
) -> None:
    assert_told(antq.bare("--json", *antq.common, *words, stdin=b"{}"), code)
    untouched()


def test_a_change_that_breaks_a_rule_is_refused_and_one_that_changes_nothing_says_so(
    antq: Antq,
) -> None:
    record = antq.add("incident", INCIDENT)
    assert_told(
        antq.json("record", "set", record, "-", stdin=b'{"state": "closed"}'),
        "closed_without_date",
    )
    answer = antq("record", "set", record, "-", stdin=b'{"deaths": null}')
    assert (answer.code, answer.out) == (0, "Không có gì thay đổi nên không lưu.\n")


def test_who_signs_in_must_be_known(antq: Antq) -> None:
    password = antq.work / "wrong.txt"
    password.write_bytes("sai mật khẩu\r\n".encode("utf-8-sig"))
    data = ["--json", "--data", str(antq.folder)]
    right = antq.common[3]

    def check(*words: str) -> Answer:
        return antq.bare("check", *data, *words)

    assert_told(check("--officer", OFFICER, "--password-file", str(password)), "wrong_password")
    assert_told(check("--officer", "Lê Thử", "--password-file", right), "unknown_officer")
    assert_told(check("--officer", "\udcff", "--password-file", right), "unknown_officer")
    assert_told(check("--officer", OFFICER), "password_missing")
    assert_told(check("--password-file", right), "officer_missing")
    assert_told(
        check("--officer", OFFICER, "--password-file", "nowhere"), "password_file_unreadable"
    )
    (antq.work / "no.txt").write_bytes(b"\xff")
    nothing = str(antq.work / "no.txt")
    assert_told(check("--officer", OFFICER, "--password-file", nothing), "password_file_unreadable")


@pytest.mark.parametrize(
    ("officer", "password", "unit", "code"),
    [
        ("", PASSWORD, "11074", "officer_missing"),
        ("  ", PASSWORD, "11074", "officer_missing"),
        ("\udcff", PASSWORD, "11074", "text_not_allowed"),
        ("Nguyễn\nVăn Mẫu", PASSWORD, "11074", "text_not_allowed"),
        ("N" * 10_000, PASSWORD, "11074", "text_too_long"),
        (OFFICER, "ngắn", "11074", "password_too_short"),
        (OFFICER, PASSWORD, "99999", "unknown_unit"),
        (OFFICER, PASSWORD, "", "unknown_unit"),
    ],
)
def test_a_profile_is_not_made_of_wrong_answers(
    antq: Antq, officer: str, password: str, unit: str, code: str
) -> None:
    file, folder = antq.work / "p.txt", antq.work / "new"
    file.write_text(password, encoding="utf-8")
    signed = ["--officer", officer, "--password-file", str(file), "--data", str(folder)]
    assert_told(antq.bare("init", "--level", "commune", "--unit", unit, *signed, "--json"), code)
    assert not (folder / STORE_FILE).exists()


def test_the_machine_is_to_blame_for_what_it_denies(antq: Antq) -> None:
    store, _ = open_store(antq.folder, OFFICER, PASSWORD, outside())
    assert_told(antq.json("check"), "in_use", 2)
    with store._writer.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 9999")
    store.close()
    assert_told(antq.json("check"), "store_newer", 2)
    (antq.folder / STORE_FILE).write_bytes(b"x" * 8192)
    assert_told(antq.json("check"), "store_damaged", 2)
    (antq.folder / STORE_FILE).unlink()
    assert_told(antq.json("check"), "profile_incomplete", 2)
    antq.common[-1] = str(antq.work / "password.txt")
    assert_told(antq.json("check"), "no_profile")


class _FullDisk(Offices):
    """Opens stores on a disk that holds not one page more."""

    def open(self, folder: Path, officer: str, password: str) -> Office:
        office = super().open(folder, officer, password)
        with store_of(office)._writer.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        return office


def test_a_full_disk_is_told_and_nothing_is_half_written(
    antq: Antq, untouched: Callable[[], None]
) -> None:
    plain = antq.offices()
    antq.offices = lambda **_options: _FullDisk(plain.profiles, plain._codes, plain._outside)
    big = _json({**INCIDENT, "narrative": "dài " * 4_500})
    answer = antq.json("record", "add", "incident", "-", stdin=big)
    assert_told(answer, "disk_full", 2)
    antq.offices = lambda **_options: plain
    untouched()


def test_a_bug_is_told_as_a_bug_and_shows_no_value(antq: Antq) -> None:
    def broken(**_options: bool) -> Offices:
        raise ZeroDivisionError

    antq.offices = broken
    answer = antq.json("check")
    assert (answer.code, answer.error) == (3, "bug")
    assert answer.value["error"]["message"].startswith("Chương trình gặp lỗi ngoài dự kiến")


def test_who_stops_a_command_is_told_so(antq: Antq) -> None:
    def stopped(**_options: bool) -> Offices:
        raise KeyboardInterrupt

    antq.offices = stopped
    assert_told(antq.json("check"), "interrupted")


def test_a_refusal_for_a_person_is_lines_and_not_json(antq: Antq) -> None:
    answer = antq("record", "add", "incident", "-", stdin=b'{"title": "", "occurred_on": "x"}')
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.splitlines()[0].endswith(".")


@pytest.mark.parametrize("words", [(), *(verb.words for verb in VERBS), ("record",), ("history",)])
def test_help_is_in_vietnamese(antq: Antq, words: tuple[str, ...]) -> None:
    answer = antq.bare(*words, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Cách dùng: antq")
    assert "Tùy chọn" in answer.out
    text = re.sub(r"--?[a-z-]+|\{[a-z,]+\}", "", answer.out)
    assert not ENGLISH.search(text), answer.out
    assert not re.search(r"\b(?:FILE|DIR|NAME|TEXT|KIND|CODE|ENTRY)\b", text), answer.out


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("the following arguments are required: LOẠI", "còn thiếu LOẠI"),
        ("unrecognized arguments: --x y", "không có tùy chọn --x y"),
        (
            "argument --level: invalid choice: 'x' (choose from 'a', 'b')",
            "--level không nhận 'x', chỉ nhận 'a', 'b'",
        ),
        ("argument --limit: invalid number value: 'x'", "--limit không nhận 'x'"),
        ("argument --data: expected one argument", "--data cần một giá trị"),
        ("argument --x: expected 2 arguments", "--x cần giá trị đi kèm"),
        ("something that a later Python says", ""),
    ],
)
def test_what_argparse_says_is_said_in_vietnamese(said: str, told: str) -> None:
    assert in_vietnamese(said) == told


def test_a_clock_before_the_last_record_is_said_beside_the_answer(
    antq: Antq, clock: SetClock
) -> None:
    assert antq("record", "list", "incident").err == ""
    clock.advance(days=-3)
    told = antq("record", "list", "incident")
    assert told.code == 0
    assert told.err.startswith("Đồng hồ máy chỉ")
