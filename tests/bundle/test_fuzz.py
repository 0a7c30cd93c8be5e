"""Mutations of a valid bundle's inner files, signed anew: refused or taken, never a crash.

A device whose keys a thief has can sign anything. Every mutation comes from a number, so that one
that ever crashed is kept in `ONCE_CRASHED` and tried for ever.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

import pytest

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.carried import NotARecordError, from_line, to_line
from antq_desktop.domain.codes import CodesOfUnits
from antq_desktop.domain.fields import Value
from antq_desktop.domain.judging import Judge
from antq_desktop.domain.merging import Save, Stamp, part_of_save
from antq_desktop.domain.planning import Arrival, plan
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import SPECS
from antq_desktop.paths import codes_folder

from .conftest import COMMUNE, Office
from .forging import Bag, forged

ONCE_CRASHED: Final[tuple[int, ...]] = ()
ORDINARY: Final = 40
HEAVY: Final = 4_000
TOKENS: Final = (
    *(
        b"null",
        b"true",
        b"-0",
        b"1e9",
        b"NaN",
        b"9007199254740993",
        b"[]",
        b"{}",
        b'""',
        b'"\\u0000"',
    ),
    *(b'"_void"', b'"beyond"', b'"most"', b'"saves"', b'"stamps"', b"[" * 40, b"{" * 40, b'"a":1,'),
    *(b"\xff", b"\xc3\x28", b"\xed\xa0\x80", "e\u0302".encode(), b"\n", b"\n\n", b"\r", b",", b":"),
)


def _records() -> dict[str, list[bytes]]:
    values: dict[str, Value] = {
        "title": "Va chạm xe đạp ở đường thôn",
        "kind": "social_order",
        "state": "new",
        "occurred_on": "2026-11-02",
        "injuries": 2,
    }
    lines = []
    for place in range(3):
        save = Save(Stamp(place + 2, "0123ABCD"), "Nguyễn Văn Mẫu", "2026-11-02T08:00:00", ())
        later = Save(
            Stamp(place + 5, "HHHHHHHH"),
            "Trần Thị Ví Dụ",
            "2026-11-03T08:00:00",
            (("0123ABCD", 1),),
        )
        record = Record("incident", f"{place + 1:032x}", COMMUNE.id, up=part_of_save(save, values))
        other = Record(
            record.kind, record.id, record.owner, up=part_of_save(later, {"injuries": 3})
        )
        lines.append(to_line(record.joined(other)))
    return {"incident": lines}


def _mutated(data: bytes, dice: Random) -> bytes:
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(data) + 1)
        end = min(len(data), at + dice.randint(0, 12))
        match dice.randrange(5):
            case 0:
                data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[end:]
            case 2:
                data = data[:at] + dice.choice(TOKENS) + data[end:]
            case 3:
                data = data[:at] + data[at:end] * 2 + data[end:]
            case _:
                lines = data.split(b"\n")
                dice.shuffle(lines)
                data = b"\n".join(lines)
    return data


def _try(office: Office, judge: Judge, seed: int) -> bool:
    dice = Random(seed)  # noqa: S311 - a repeatable mutation
    names = (
        "data/records/incident.jsonl",
        "data/header.json",
        "bagit.txt",
        "data/DOC_TRUOC.txt",
    )
    name = dice.choices(names, (12, 6, 1, 1))[0]

    def change(bag: Bag) -> None:
        bag[name] = _mutated(bag[name], dice)

    path = forged(office, office.seal(records=_records()), change)
    with office.open(path, validate=judge) as opened:
        assert all(fault.message.endswith(".") for fault in opened.faults)
        if not opened.verdict.mergeable:
            return False
        arrival = Arrival(COMMUNE.id, frozenset({COMMUNE.id}), judge.records, judge.refused)
        done = plan(arrival, lambda _kind, _ids: {})
        assert len(done.items) == len(judge.records)
        for kind, lines in opened.records():
            for line in lines:
                assert canonical(line.value) == line.data
                try:
                    assert to_line(from_line(kind, line.value)) == line.data
                except NotARecordError:
                    pytest.fail("a line that is no record passed the gate")
        return True


def _run(office: Office, seeds: range | tuple[int, ...]) -> int:
    codes = CodesOfUnits(load_codes(codes_folder()))
    return sum(_try(office, Judge(SPECS, codes), seed) for seed in seeds)


def test_mutated_bundles_are_refused_or_taken_and_never_crash(office: Office) -> None:
    assert 0 < _run(office, range(ORDINARY)) < ORDINARY
    _run(office, ONCE_CRASHED)


@pytest.mark.heavy
def test_thousands_of_mutated_bundles_are_refused_or_taken_and_never_crash(
    office: Office,
) -> None:
    _run(office, range(ORDINARY, ORDINARY + HEAVY))


def test_fuzzing_by_coverage_reaches_more_and_crashes_nothing(tmp_path: Path) -> None:
    from tests.bundle.fuzzing import Fuzzing

    fuzzing = Fuzzing(Random(7), tmp_path)  # noqa: S311 - a repeatable run
    fuzzing.run(0)
    reached = len(fuzzing.watch.ever)
    for _ in range(80):
        fuzzing.once()
    assert fuzzing.crashes == []
    assert len(fuzzing.watch.ever) > reached > 500
    assert len(fuzzing.corpus) > 1
