"""Officers, passwords, the recovery sheet and the journal by command line; and who may do what."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from antq_desktop.cli.main import VERBS
from antq_desktop.domain.rights import Operation, Role, may
from tests.cli.conftest import Antq
from tests.services.test_rights import let_be
from tests.stores import INCIDENT, OFFICER, PASSWORD

NEW, FIRST, OWN = "Trần Thị Ví Dụ", "mật khẩu ban đầu", "bốn mùa hoa nở"
NOBODY_IS_ASKED = {
    ("init",), ("demo",), ("check",), ("history", "verify"), ("recovery", "use"),
    ("keys", "show"), ("keys", "list"),
    ("backup", "make"), ("backup", "list"), ("backup", "check"), ("backup", "restore"),
}  # fmt: skip
TRIED = {
    Operation.READ: ("record", "list", "incident"),
    Operation.READ_PRIVATE: ("dump",),
    Operation.ENTER: ("undo", "1"),
    Operation.PRINT: ("print", "incident_register", "--period", "2026", "--out", "a.pdf"),
    Operation.COPY_OUT: ("attach", "copy", "0000", "--out", "."),
    Operation.TAKE_IN: ("bundle", "check", "không có.antq"),
    Operation.HAND_OVER: ("bundle", "return", "--to", "không có"),
    Operation.ERASE: ("retention", "keep", "all", "--reason", "Còn cần để giải quyết vụ việc"),
    Operation.KEYS: ("keys", "enrol", "không có", "--fingerprint", "1"),
    Operation.PEOPLE: ("people", "list"),
    Operation.READ_HISTORY: ("history", "list"),
    Operation.SETTINGS: ("period", "reset", "không có"),
    Operation.OWN_PASSWORD: ("password", "--new-password-file", "không có"),
}


def secret_file(antq: Antq, name: str, content: str) -> str:
    path = antq.work / name
    path.write_text(content + "\n", encoding="utf-8")
    return str(path)


def as_officer(antq: Antq, name: str, password: str) -> list[str]:
    file = secret_file(antq, f"{len(password)}.txt", password)
    return ["--officer", name, "--password-file", file, "--data", str(antq.folder)]


def test_every_verb_says_what_it_asks_for() -> None:
    unasked = {verb.words for verb in VERBS if verb.needs is None}
    assert unasked == NOBODY_IS_ASKED
    assert {verb.needs for verb in VERBS if verb.needs is not None} == set(TRIED)


@pytest.mark.parametrize("role", list(Role))
def test_a_verb_of_every_operation_is_done_or_refused_as_the_table_says(
    antq: Antq, role: Role, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with closing(antq.offices().open(antq.folder, OFFICER, PASSWORD)) as office:
        let_be(office, role)
    monkeypatch.chdir(tmp_path)
    verbs = {verb.words: verb for verb in VERBS}
    for operation, words in TRIED.items():
        named = verbs.get(words[:2]) or verbs[words[:1]]
        assert named.needs is operation
        answer = antq.json(*words)
        refused = answer.code == 1 and answer.error == "not_allowed"
        assert answer.code == 0 or answer.error != "usage", answer.out
        assert refused is not may({role}, operation), (operation, answer.out)


def test_a_first_password_opens_only_the_way_to_an_own_one(antq: Antq) -> None:
    first, own = secret_file(antq, "first", FIRST), secret_file(antq, "own", OWN)
    added = antq("people", "add", NEW, "--role", "officer", "--new-password-file", first)
    assert added.code == 0, added.err
    antq.common = as_officer(antq, NEW, FIRST)
    assert antq.json("record", "list", "incident").error == "password_must_change"
    assert antq.json("password", "--new-password-file", first).error == "password_same"
    assert antq("password", "--new-password-file", own).code == 0
    assert antq.json("record", "list", "incident").error == "wrong_password"
    antq.common = as_officer(antq, NEW, OWN)
    assert antq.json("record", "list", "incident").code == 0
    assert antq.json("people", "list").error == "not_allowed"


def test_officers_are_listed_given_roles_reset_and_removed(antq: Antq) -> None:
    first = secret_file(antq, "first", FIRST)
    antq("people", "add", NEW, "--new-password-file", first)
    roles = ("--role", "leader", "--role", "reader", "--area", "incidents")
    assert antq("people", "roles", NEW, *roles).code == 0
    found = antq.json("people", "list").value
    one = next(one for one in found["people"] if one["name"] == NEW)
    assert (one["roles"], one["areas"], one["must_change"]) == (
        ["leader", "reader"],
        ["incidents"],
        True,
    )
    assert found["recovery_sheet"] is False
    antq("people", "roles", NEW, "--role", "reader")
    kept = antq.json("people", "list").value["people"]
    assert next(one for one in kept if one["name"] == NEW)["areas"] == ["incidents"]
    assert antq("people", "reset", NEW, "--new-password-file", first).code == 0
    assert antq.json("people", "remove", OFFICER).error == "remove_oneself"
    assert antq("people", "remove", NEW).code == 0
    assert [one["name"] for one in antq.json("people", "list").value["people"]] == [OFFICER]


def test_the_recovery_sheet_by_command_line(antq: Antq, tmp_path: Path) -> None:
    made = antq.json("recovery", "make", "--out", str(tmp_path / "phieu.pdf"))
    assert (tmp_path / "phieu.pdf").read_bytes().startswith(b"%PDF")
    code = secret_file(antq, "code", made.value["code"])
    words = ("--code-file", code, "--new-password-file", secret_file(antq, "own", OWN))
    used = antq("recovery", "use", *words)
    assert used.code == 0, used.err
    assert "lập phiếu mới" in used.out
    assert antq.json("recovery", "use", *words).error == "no_recovery_sheet"
    antq.common = as_officer(antq, OFFICER, OWN)
    assert antq.json("people", "list").value["recovery_sheet"] is False


def test_the_journal_is_listed_narrowed_and_printed(antq: Antq, tmp_path: Path) -> None:
    antq.add("incident", INCIDENT)
    found = antq.json("history", "list", "--action", "add", "--search", "xe dap").value["entries"]
    assert [one["action"] for one in found] == ["Thêm mới"]
    told = antq("history", "list", "--who", OFFICER, "--limit", "1")
    assert told.out.count(OFFICER) == 1
    assert antq.json("history", "list", "--since", "hôm qua").error == "date_not_understood"
    out = tmp_path / "nhat_ky.pdf"
    assert antq("history", "list", "--out", str(out)).code == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_one_who_only_reads_is_shown_a_record_without_its_private_fields(antq: Antq) -> None:
    record = antq.add("incident", {**INCIDENT, "callback": "0100999888"})
    assert "0100999888" in antq("record", "show", record).out
    with closing(antq.offices().open(antq.folder, OFFICER, PASSWORD)) as office:
        let_be(office, Role.READER)
    shown = antq("record", "show", record)
    assert shown.code == 0, shown.err
    assert str(INCIDENT["title"]) in shown.out
    assert "0100999888" not in shown.out + antq.json("record", "show", record).out
