"""Every attack on one genuine bundle, against a real store: set aside, and no row is another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from antq_desktop.bundle import limits
from antq_desktop.bundle.keys import DeviceKeys
from antq_desktop.bundle.opening import Desk
from antq_desktop.bundle.writing import Sealed
from antq_desktop.domain.exchange import Party, header_from_bytes
from tests.bundle.conftest import HandRegistry
from tests.bundle.conftest import Office as Forge
from tests.bundle.forging import (
    Bag,
    bag_of,
    enclosed,
    forged,
    resigned,
    unwrap,
    zipped,
)
from tests.exchange import World, add, given, whole

INCIDENTS = "data/records/incident.jsonl"
Attack = tuple[str, str, Path]


def _forge(world: World) -> Forge:
    """Return the hands of somebody who holds the keys of both sides."""
    folders = world.folder / "forge", world.folder / "forge-scratch"
    for folder in folders:
        folder.mkdir()
    keys = [office.handover.devices.keys() for office in (world.commune, world.receiver)]
    desk = Desk(frozenset(), 1, frozenset(), frozenset(), 0)
    return Forge(keys[0], keys[1], HandRegistry(), *folders, desk)


def _sealed(forge: Forge, path: Path) -> Sealed:
    bare = Sealed(path, header=None, identity="", size=0, sha256="")  # type: ignore[arg-type]
    header = header_from_bytes(bag_of(forge, bare)[limits.HEADER])
    return Sealed(path, header, "", path.stat().st_size, "")


def _header(old: bytes, new: bytes) -> Callable[[Bag], None]:
    def change(bag: Bag) -> None:
        assert old in bag[limits.HEADER], old
        bag[limits.HEADER] = bag[limits.HEADER].replace(old, new)

    return change


def _first_line(line: bytes) -> Callable[[Bag], None]:
    def change(bag: Bag) -> None:
        rest = bag[INCIDENTS].split(b"\n", 1)[1]
        bag[INCIDENTS] = line + b"\n" + rest

    return change


def _attacks(forge: Forge, one: Sealed, two: Sealed) -> Iterator[Attack]:
    bag, other, folder = bag_of(forge, one), bag_of(forge, two), one.header.name
    data, inside = one.path.read_bytes(), unwrap(forge, one.path)
    number = 0

    def close(content: bytes) -> Path:
        nonlocal number
        number += 1
        return enclosed(forge, content, f"{number}.antq")

    def raw(content: bytes) -> Path:
        nonlocal number
        number += 1
        path = forge.folder / f"{number}.antq"
        path.write_bytes(content)
        return path

    def signed(change: Callable[[Bag], None]) -> Path:
        path = forged(forge, one, change)
        return raw(path.read_bytes())

    def named(name: str) -> Path:
        stand_in = "Z" * len(name.encode())
        made = zipped(folder, {**bag, stand_in: b"x"})
        return close(made.replace(stand_in.encode(), name.encode()))

    stranger = DeviceKeys.generate(one.header.sender, "c" * 32, "Máy lạ")
    elsewhere = Party("10660@2025-07-01", "10660", "Xã Khác")
    own = one.header.sender.id.encode()
    yield (
        "forged",
        "signer_unknown",
        close(zipped(folder, resigned(bag, stranger, one.header.comment))),
    )
    yield "altered", "file_altered", close(zipped(folder, {**bag, INCIDENTS: b"{}\n"}))
    for part in range(1, 8):
        cut = len(data) * part // 8
        yield f"truncated at {part}/8", "damaged", raw(data[:cut])
    yield "junk appended", "damaged", raw(data + b"x")
    yield "junk appended inside", "zip_malformed", close(inside + b"x")
    yield "mixed", "file_altered", close(zipped(folder, {**bag, INCIDENTS: other[INCIDENTS]}))
    yield (
        "missing file",
        "file_missing",
        close(zipped(folder, {name: bag[name] for name in bag if name != INCIDENTS})),
    )
    yield (
        "unlisted file",
        "file_unlisted",
        close(zipped(folder, {**bag, "data/records/zz.jsonl": b"{}\n"})),
    )
    yield (
        "wrong unit",
        "sender_mismatch",
        close(
            zipped(
                folder,
                resigned(
                    {**bag, limits.HEADER: bag[limits.HEADER].replace(own, elsewhere.id.encode())},
                    forge.commune,
                    one.header.comment.replace(own.decode(), elsewhere.id),
                ),
            )
        ),
    )
    to = one.header.receiver.id.encode()
    yield (
        "wrong receiver",
        "addressee_wrong",
        close(
            zipped(
                folder,
                resigned(
                    {**bag, limits.HEADER: bag[limits.HEADER].replace(to, elsewhere.id.encode())},
                    forge.commune,
                    one.header.comment.replace(to.decode(), elsewhere.id),
                ),
            )
        ),
    )
    counter = f'"counter":{one.header.counter}'.encode()
    yield "fast-forward", "counter_absurd", signed(_header(counter, b'"counter":9000000000000000'))
    for name in ("../../x", "data\\x", "C:/x", "data/records/con.jsonl", "data/records/NUL.jsonl"):
        yield f"hostile name {name}", "zip_name_unsafe", named(name)
    yield "name in another case", "zip_name_unknown", named("data/records/Incident.jsonl")
    yield "decomposed name", "zip_name_unsafe", named("data/records/e\u0302.jsonl")
    for told, line in (
        ("duplicate key", b'{"a":1,"a":2}'),
        ("NaN", b'{"a":NaN}'),
        ("deep nesting", b"[" * 100_000),
        ("decomposed text", '{"a":"e\u0302"}'.encode()),
        ("keys that are twins", '{"\u00ea":1,"e\u0302":2}'.encode()),
        ("endless line", b'{"a":"' + b"x" * limits.LARGEST_LINE + b'"}'),
    ):
        code = "line_too_long" if told == "endless line" else "line_malformed"
        yield told, code, signed(_first_line(line))
    yield (
        "bomb",
        "zip_too_big",
        signed(lambda bag: bag.update({INCIDENTS: b"\n" * (limits.FREE_UNPACKED + 1)})),
    )


def test_none_of_the_attacks_changes_a_row_of_a_real_store(world: World) -> None:
    for _ in range(2):
        add(world.commune)
    first = world.sent()
    add(world.commune, title="Vụ khác")
    second = world.sent()
    forge = _forge(world)
    before = whole(world.receiver)
    found = []
    for told, code, path in _attacks(forge, _sealed(forge, first), _sealed(forge, second)):
        taken = given(world, path)
        assert not taken.mergeable, told
        assert all(fault.message.endswith(".") for fault in taken.faults), told
        found.append((told, code, taken.row.shelf))
    assert [(told, code) for told, code, shelf in found if code != shelf] == []
    assert whole(world.receiver) == before
    world.merged(second)
    world.merged(first)
    assert len(whole(world.receiver)) > len(before)


def test_replay_and_a_late_older_bundle_leave_the_dump_as_it_was_and_are_answered(
    world: World,
) -> None:
    record = add(world.commune)
    older = world.sent()
    world.commune.records.change("incident", record, {"injuries": 2})
    newer = world.sent()
    world.merged(newer)
    before = hashlib.sha256(b"\n".join(whole(world.receiver))).hexdigest()
    for path in (newer, older, newer, older):
        taking = world.receiver.handover.taking
        taken = taking.take(path)
        if not taken.already_merged:
            taking.merge(taking.preview(taken))
        assert hashlib.sha256(b"\n".join(whole(world.receiver))).hexdigest() == before
        answer = world.commune.handover.returning.accept(world.answered()).answer
        assert {receipt.bundle.number for receipt in answer.receipts} >= {2}
    assert {receipt.bundle.number for receipt in answer.receipts} == {1, 2}
    assert world.commune.handover.sealing.waiting() == 0
