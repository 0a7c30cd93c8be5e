"""Make the vectors of the gate anew: `python -m tests.vectors.bundle.make` in the project's root.

One folder is one case: `bundle.antq` and `expect.json` with the verdict, the codes, the number of
records that may be merged and, where the signature holds, the identity. The keys are samples and
open nothing else. `by_hand_*` are put together from their text by age, zip, minisign and sha256sum
in `by_hand.sh`, so that the vectors do not only agree with this program. `kept_<n>_*` is a bundle
of format n that every later program must read: made once, and never made anew.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from antq_desktop.bundle import limits
from antq_desktop.bundle.keys import DeviceKeys
from antq_desktop.bundle.opening import Desk, Opened
from antq_desktop.bundle.reading_note import READ_FIRST_TEXT
from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.codes import CodesOfUnits
from antq_desktop.domain.exchange import FORMAT, Place
from antq_desktop.domain.judging import Judge
from antq_desktop.domain.records import SPECS
from antq_desktop.paths import codes_folder
from tests.bundle.conftest import COMMUNE, HEADER, PROVINCE, HandRegistry, Office
from tests.bundle.forging import (
    Bag,
    bag_of,
    enclosed,
    forged,
    minisign_secret_file,
    resigned,
    unwrap,
    zipped,
)

HERE = Path(__file__).parent
KEYS = HERE / "keys.json"
INCIDENTS = "data/records/incident.jsonl"
DESK = Desk(
    units=frozenset({PROVINCE.id}),
    schema=1,
    kinds=frozenset({"incident", "scheme"}),
    catalogues=frozenset({"2026.1"}),
    counter=100,
)
# What each case must be told, written by hand: the one code, or none.
EXPECT = {
    "altered_record": "file_altered",
    "by_hand_altered_after_signing": "file_altered",
    "by_hand_count_wrong": "counts_mismatch",
    "by_hand_edited_apart": "",
    "by_hand_file_outside": "zip_name_unknown",
    "by_hand_format_0": "",
    "by_hand_key_twice": "line_malformed",
    "by_hand_no_records": "",
    "by_hand_other_comment": "comment_mismatch",
    "by_hand_other_key": "signer_unknown",
    "by_hand_out_of_order": "record_out_of_order",
    "by_hand_private_field": "field_not_for_us",
    "by_hand_stored": "",
    "by_hand_three_records": "",
    "by_hand_unlisted_file": "file_unlisted",
    "by_hand_valid": "",
    "by_hand_voided": "",
    "counter_absurd": "counter_absurd",
    "decomposed_letters": "line_malformed",
    "deep_nesting": "line_malformed",
    "device_name": "zip_name_unsafe",
    "duplicate_key": "line_malformed",
    "empty": "file_empty",
    "format_newer": "format_newer",
    "header_key_twice": "header_malformed",
    "hostile_name": "zip_name_unsafe",
    "junk_inside": "zip_malformed",
    "junk_outside": "damaged",
    "missing_file": "file_missing",
    "missing_signature": "signature_missing",
    "not_a_number": "line_malformed",
    "other_comment": "comment_mismatch",
    "other_folder": "name_mismatch",
    "sample": "sample_refused",
    "signer_unknown": "signer_unknown",
    "truncated_header": "envelope_malformed",
    "truncated_payload": "damaged",
    "unlisted_file": "file_unlisted",
    "valid": "",
    "valid_basis_not_held": "basis_not_held",
    "valid_unknown_kind": "kind_unknown",
    "zeros": "not_a_bundle",
}


def office(folder: Path) -> Office:
    """Return the sample office of the vectors, with its keys from the file beside this script."""
    kept = json.loads(KEYS.read_text())
    commune, province = (
        DeviceKeys.from_secret(base64.b64decode(kept[name])) for name in ("commune", "province")
    )
    registry = HandRegistry()
    registry.enrol(commune.public)
    folders = folder / "shelf", folder / "scratch"
    for made in folders:
        made.mkdir()
    return Office(commune, province, registry, *folders, DESK)


def changed(name: str, data: bytes) -> Callable[[Bag], None]:
    """Return a change that puts other bytes in a file."""
    return lambda bag: bag.update({name: data})


def in_header(old: bytes, new: bytes) -> Callable[[Bag], None]:
    """Return a change of the header's text."""

    def change(bag: Bag) -> None:
        bag[limits.HEADER] = bag[limits.HEADER].replace(old, new)

    return change


def one_incident(line: bytes) -> Callable[[Bag], None]:
    """Return a change that leaves one line of incidents."""

    def change(bag: Bag) -> None:
        bag[INCIDENTS] = line
        in_header(b'"incident":3', b'"incident":1')(bag)

    return change


def by_hand(here: Office) -> dict[str, Path]:
    """Put bundles together with standard tools alone."""
    work, out = here.folder / "work", here.folder / "by_hand"
    for folder in (work, out):
        folder.mkdir()
    stranger = DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban")
    for name, keys in (("key", here.commune), ("other", stranger)):
        (here.folder / name).write_text(minisign_secret_file(keys))
    (here.folder / "note").write_text(READ_FIRST_TEXT)
    subprocess.run(
        ["/bin/sh", str(HERE / "by_hand.sh")],
        env={
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C",
            "HERE": str(HERE),
            "WORK": str(work),
            "OUT": str(out),
            "KEY": str(here.folder / "key"),
            "OTHER": str(here.folder / "other"),
            "NOTE": str(here.folder / "note"),
            "RECIPIENT": here.province.public.age_recipient,
        },
        check=True,
    )
    return {path.stem: path for path in sorted(out.iterdir())}


def opened(here: Office, path: Path) -> tuple[Opened, Judge]:
    """Take a vector through the gate with the rules of the records, as the program does."""
    judge = Judge(SPECS, CodesOfUnits(load_codes(codes_folder())))
    return here.open(path, validate=judge), judge


def cases(here: Office) -> dict[str, Path]:
    """Return each case with a bundle that shows it."""
    lines = {"incident": (HERE / "lines.jsonl").read_bytes().splitlines()}
    sealed = here.seal(records=lines)
    stranger = DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban")
    bag = bag_of(here, sealed)
    data = sealed.path.read_bytes()

    def raw(name: str, content: bytes) -> Path:
        path = here.folder / name
        path.write_bytes(content)
        return path

    def change(name: str, how: Callable[[Bag], None], *, sign: bool = True) -> Path:
        return forged(here, sealed, how, sign=sign).rename(here.folder / name)

    def close(name: str, content: bytes) -> Path:
        return enclosed(here, content, name)

    folder = sealed.header.name
    return {
        "valid": sealed.path,
        "valid_basis_not_held": here.seal(
            replace(HEADER, number=3, basis=Place(2, "2" * 64), previous=Place(2, "2" * 64)), lines
        ).path,
        "valid_unknown_kind": here.seal(records={"drone": [b'{"id":"0"}']}).path,
        "signer_unknown": here.seal(records=lines, keys=stranger).path,
        "empty": raw("a", b""),
        "zeros": raw("b", bytes(5000)),
        "truncated_header": raw("c", data[:100]),
        "truncated_payload": raw("d", data[:-1]),
        "junk_outside": raw("e", data + b"x"),
        "junk_inside": close("f", unwrap(here, sealed.path) + b"x"),
        "altered_record": change("g", changed(INCIDENTS, b"{}\n"), sign=False),
        "unlisted_file": change("h", changed("data/records/zz.jsonl", b"{}\n"), sign=False),
        "missing_file": close(
            "i", zipped(folder, {name: bag[name] for name in bag if name != INCIDENTS})
        ),
        "missing_signature": close(
            "j", zipped(folder, {name: bag[name] for name in bag if name != limits.SIGNATURE})
        ),
        "hostile_name": close("k", zipped(folder, {**bag, "data/../../../x": b"x"})),
        "device_name": close("l", zipped(folder, {**bag, "data/records/con.jsonl": b"x"})),
        "other_comment": close(
            "m", zipped(folder, resigned(bag, here.commune, "ANTQ gói gửi lên"))
        ),
        "other_folder": close("n", zipped(folder[:-1] + "9", bag)),
        "format_newer": change("o", in_header(b'"format":1', b'"format":9')),
        "header_key_twice": change("p", in_header(b'"format":1', b'"format":1,"format":1')),
        "duplicate_key": change("q", one_incident(b'{"a":1,"a":2}\n')),
        "not_a_number": change("r", one_incident(b'{"a":NaN}\n')),
        "deep_nesting": change("s", one_incident(b'{"a":' * 99 + b"0" + b"}" * 99 + b"\n")),
        "decomposed_letters": change("t", one_incident('{"a":"e\u0302"}\n'.encode())),
        "counter_absurd": here.seal(replace(HEADER, counter=2_000_000_000), lines).path,
        "sample": here.seal(replace(HEADER, sample=True), lines).path,
        **by_hand(here),
    }


def expectation(case: str, here: Office, path: Path) -> dict[str, object]:
    """Return what a vector expects; the gate must say so today, or the vector is not kept."""
    gate, judge = opened(here, path)
    with gate as found:
        codes = [fault.code for fault in found.faults]
        if codes != [EXPECT[case]] * bool(EXPECT[case]):
            raise SystemExit(f"{case}: {codes}")
        return {
            "codes": codes,
            "identity": found.identity,
            "records": len(judge.records) if found.verdict.mergeable else 0,
            "verdict": str(found.verdict),
        }


def make() -> None:
    """Write every vector anew; the keys stay when they are there."""
    if not KEYS.exists():
        made = {
            "commune": DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban"),
            "province": DeviceKeys.generate(PROVINCE, "b" * 32, "Máy tổng hợp"),
        }
        kept = {name: base64.b64encode(keys.to_secret()).decode() for name, keys in made.items()}
        KEYS.write_text(json.dumps(kept, indent=1) + "\n")
    with tempfile.TemporaryDirectory() as name:
        here = office(Path(name))
        found = cases(here)
        for case, path in found.items():
            keep(case, path, expectation(case, here, path))
        for case in ("valid", "by_hand_three_records"):
            lasting = f"kept_{FORMAT}_{case}"
            if not (HERE / lasting).exists():
                keep(lasting, found[case], expectation(case, here, found[case]))


def keep(case: str, path: Path, expect: dict[str, object]) -> None:
    """Write the folder of one case."""
    folder = HERE / case
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copyfile(path, folder / "bundle.antq")
    (folder / "expect.json").write_text(json.dumps(expect, indent=1) + "\n")


if __name__ == "__main__":
    make()
