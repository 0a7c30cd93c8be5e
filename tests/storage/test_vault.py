"""The key of the store under the officers' passwords."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.storage import vault
from antq_desktop.storage.vault import FLOOR, Hardness, KeySlots, from_bytes, to_bytes, unlock
from tests.fakes import CountedBytes

PASSWORD = "mật khẩu đủ dài"
KEY = bytes(range(32))


def slots(*names: str) -> KeySlots:
    random_bytes = CountedBytes("vault")
    found = KeySlots("0" * 32, ())
    for name in names or ("Nguyễn Văn Mẫu",):
        found = vault.with_slot(
            found,
            KEY,
            officer=name,
            name=name,
            password=PASSWORD,
            hardness=FLOOR,
            random_bytes=random_bytes,
        )
    return found


def code_of(error: pytest.ExceptionInfo[UserError] | pytest.ExceptionInfo[EnvironmentFault]) -> str:
    return error.value.code


def test_the_password_opens_the_slot_and_gives_the_key() -> None:
    slot, key = unlock(slots(), "Nguyễn Văn Mẫu", PASSWORD)
    assert (slot.name, key) == ("Nguyễn Văn Mẫu", KEY)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_opens_in_whatever_form_the_keyboard_sends_it(form: Any) -> None:
    assert unlock(slots(), "Nguyễn Văn Mẫu", unicodedata.normalize(form, PASSWORD))[1] == KEY


@pytest.mark.parametrize("typed", ["nguyen van mau", " Nguyễn Văn Mẫu ", "NGUYỄN VĂN MẪU"])
def test_an_officer_is_found_without_marks_and_capitals(typed: str) -> None:
    assert unlock(slots(), typed, PASSWORD)[1] == KEY


def test_names_that_differ_by_marks_alone_must_be_typed_in_full() -> None:
    held = slots("Trần Thị Ví Dụ", "Trần Thị Vị Dú")
    with pytest.raises(UserError) as error:
        unlock(held, "tran thi vi du", PASSWORD)
    assert code_of(error) == "unknown_officer"
    assert unlock(held, "Trần Thị Vị Dú", PASSWORD)[1] == KEY


@pytest.mark.parametrize("wrong", ["", "mật khẩu đủ dà", PASSWORD + " ", "Mật khẩu đủ dài"])
def test_a_wrong_password_opens_nothing(wrong: str) -> None:
    with pytest.raises(UserError) as error:
        unlock(slots(), "Nguyễn Văn Mẫu", wrong)
    assert code_of(error) == "wrong_password"


def test_a_short_password_is_not_set() -> None:
    with pytest.raises(UserError) as error:
        vault.check_new_password("ngắn")
    assert code_of(error) == "password_too_short"
    assert vault.check_new_password(unicodedata.normalize("NFD", PASSWORD)) == PASSWORD


def test_the_slot_file_comes_back_as_it_was_and_holds_no_key() -> None:
    held = slots("Nguyễn Văn Mẫu", "Trần Thị Ví Dụ")
    data = to_bytes(held)
    assert from_bytes(data) == held
    assert KEY not in data
    assert KEY.hex().encode() not in data
    assert PASSWORD.encode() not in data


def test_a_new_password_replaces_the_old_slot_of_the_same_officer() -> None:
    changed = vault.with_slot(
        slots("Nguyễn Văn Mẫu", "Trần Thị Ví Dụ"),
        KEY,
        officer="Nguyễn Văn Mẫu",
        name="Nguyễn Văn Mẫu",
        password="mật khẩu mới hơn",
        hardness=FLOOR,
        random_bytes=CountedBytes("again"),
    )
    assert sorted(changed.names()) == ["Nguyễn Văn Mẫu", "Trần Thị Ví Dụ"]
    assert unlock(changed, "Nguyễn Văn Mẫu", "mật khẩu mới hơn")[1] == KEY
    with pytest.raises(UserError):
        unlock(changed, "Nguyễn Văn Mẫu", PASSWORD)


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        (("name",), "Người khác"),
        (("officer",), "x"),
        (("holder",), "officers"),
        (("id",), "0" * 32),
        (("kdf", "memory"), 20_000),
        (("kdf", "rounds"), 3),
    ],
)
def test_nothing_in_a_slot_is_exchanged_unnoticed(steps: tuple[str, ...], value: object) -> None:
    held = json.loads(to_bytes(slots()))
    place = held["slots"][0]
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = value
    changed = from_bytes(json.dumps(held).encode())
    slot = changed.slots[0]
    with pytest.raises(UserError) as error:
        unlock(changed, slot.name, PASSWORD)
    assert code_of(error) == ("unknown_officer" if steps == ("holder",) else "wrong_password")


def test_a_recovery_sheet_passed_off_as_an_officer_or_the_other_way_opens_nothing() -> None:
    sheet = vault.with_recovery(
        slots(), KEY, "0" * 40, hardness=FLOOR, random_bytes=CountedBytes("sheet")
    )
    held = json.loads(to_bytes(sheet))
    for slot in held["slots"]:
        slot["holder"] = "officer" if slot["holder"] == "recovery" else "recovery"
    turned = from_bytes(json.dumps(held).encode())
    with pytest.raises(UserError) as error:
        vault.unlock_recovery(turned, PASSWORD)
    assert code_of(error) == "wrong_recovery_code"
    with pytest.raises(UserError) as error:
        unlock(turned, "", "0" * 40)
    assert code_of(error) == "wrong_password"


def test_the_newest_recovery_sheet_opens_the_store_and_an_older_one_does_not() -> None:
    held = slots()
    with pytest.raises(UserError) as error:
        vault.unlock_recovery(held, "1" * 40)
    assert code_of(error) == "no_recovery_sheet"
    for code in ("1" * 40, "2" * 40):
        held = vault.with_recovery(held, KEY, code, hardness=FLOOR, random_bytes=CountedBytes(code))
    held = from_bytes(to_bytes(held))
    assert vault.unlock_recovery(held, "2" * 40) == KEY
    with pytest.raises(UserError) as error:
        vault.unlock_recovery(held, "1" * 40)
    assert code_of(error) == "wrong_recovery_code"
    assert held.names() == ("Nguyễn Văn Mẫu",)
    assert not vault.has_recovery(vault.without_recovery(held))


@pytest.mark.parametrize(
    ("seconds", "rounds"), [(0.0, 3), (0.05, 41), (0.2, 10), (0.4, 3), (3.0, 3), (1e-9, 60)]
)
def test_a_key_is_made_harder_to_derive_only_where_it_was_quick(
    seconds: float, rounds: int
) -> None:
    assert vault.harder(vault.EVERYDAY, seconds).rounds == rounds


def test_a_slot_of_another_store_opens_nothing() -> None:
    other = KeySlots("1" * 32, slots().slots)
    with pytest.raises(UserError) as error:
        unlock(other, "Nguyễn Văn Mẫu", PASSWORD)
    assert code_of(error) == "wrong_password"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'"text"',
        b"[" * 100_000,
        b'{"format": "1", "store": "x", "slots": []}',
        b'{"format": 1, "store": "x", "slots": [1]}',
        b'{"format": 1, "store": "x", "slots": [{}]}',
        b'{"format": 1, "store": "x", "slots": 3}',
        *(
            to_bytes(slots()).replace(old, new)
            for old, new in (
                (b'"argon2id"', b'"plain"'),
                (b'"memory":19456', b'"memory":1'),
                (b'"memory":19456', b'"memory":999999999999'),
                (b'"rounds":2', b'"rounds":"viel"'),
                (b'"kdf":{', b'"kdf":[],"x":{'),
                (b'"salt":"', b'"salt":"AAAA'),
                (b'"nonce":"', b'"nonce":"AAAA'),
                (b'"wrapped":"', b'"wrapped":"#'),
                (b'"wrapped":"', b'"wrapped":"AAAA'),
            )
        ),
    ],
)
def test_a_damaged_slot_file_is_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(EnvironmentFault) as error:
        from_bytes(data)
    assert code_of(error) == "keyslots_damaged"


def test_a_newer_slot_file_is_refused_by_both_numbers() -> None:
    with pytest.raises(EnvironmentFault, match=r"phiên bản 2.*phiên bản 1") as error:
        from_bytes(b'{"format": 2}')
    assert code_of(error) == "keyslots_newer"


def test_a_key_derivation_that_is_too_easy_is_not_accepted() -> None:
    with pytest.raises(ValueError, match="19 MiB"):
        Hardness(memory=19_455)
    with pytest.raises(ValueError, match="19 MiB"):
        Hardness(rounds=1)


def test_a_slot_file_is_written_whole_and_read_from_its_place(tmp_path: Path) -> None:
    vault.save(slots(), tmp_path / "keyslots.json")
    assert vault.load(tmp_path / "keyslots.json") == slots()
