"""Each attack and accident by its name: nothing is accepted, each has its own code."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_desktop.bundle import limits
from antq_desktop.bundle.keys import DeviceKeys
from antq_desktop.bundle.writing import Content
from antq_desktop.domain.answers import Answer, Outcome, Receipt, RecordVerdict
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.exchange import BundleKind, Header, Party, Place, WriterPlace
from antq_desktop.domain.gate import Verdict

from .conftest import COMMUNE, HEADER, PROVINCE, Office, sample_records
from .forging import Bag, bag_of, enclosed, forged, resigned, unwrap, zipped

INCIDENTS = "data/records/incident.jsonl"


def test_the_hand_made_bundle_of_these_tests_is_accepted_when_nothing_is_changed(
    office: Office,
) -> None:
    assert office.codes(forged(office, office.seal(), lambda _: None)) == []


def test_forged_by_a_device_that_nobody_enrolled(office: Office) -> None:
    thief = DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban")
    sealed = office.seal(keys=thief)
    with office.open(sealed.path) as opened:
        assert opened.verdict is Verdict.UNKNOWN_SIGNER
        assert [fault.code for fault in opened.faults] == ["signer_unknown"]
        assert opened.header is None
        assert opened.shelf == "signer_unknown"
        with pytest.raises(ValueError, match="gate"):
            next(opened.lines("records", "incident"))


def test_forged_under_the_key_id_of_an_enrolled_device(office: Office) -> None:
    sealed = office.seal()
    thief = DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban")
    bag = bag_of(office, sealed)
    theirs = thief.sign(bag[limits.TAG_MANIFEST], HEADER.comment).split(b"\n")
    genuine = bag[limits.SIGNATURE].split(b"\n")
    mixed = base64.b64decode(genuine[1])[:10] + base64.b64decode(theirs[1])[10:]
    theirs[1] = base64.b64encode(mixed)
    bag[limits.SIGNATURE] = b"\n".join(theirs)
    path = enclosed(office, zipped(sealed.header.name, bag))
    assert office.codes(path) == ["signature_wrong"]


def test_a_revoked_device_is_refused(office: Office) -> None:
    sealed = office.seal()
    office.registry.revoke(office.commune.public)
    assert office.codes(sealed.path) == ["signer_revoked"]


def test_another_unit_s_name_under_a_valid_key(office: Office) -> None:
    other = Party("99999@2025-07-01", "99999", "Công an xã Khác")
    stranger = DeviceKeys.generate(other, "c" * 32, "Máy khác")
    office.registry.enrol(stranger.public)
    sealed = office.seal()
    bag = resigned(bag_of(office, sealed), stranger, sealed.header.comment)
    path = enclosed(office, zipped(sealed.header.name, bag))
    assert office.codes(path) == ["sender_mismatch"]


def test_a_kind_that_the_device_may_not_send(office: Office) -> None:
    office.registry.enrol(office.commune.public, frozenset({BundleKind.SIBLINGS}))
    assert office.codes(office.seal().path) == ["kind_refused"]


def test_a_bundle_for_another_receiver_that_was_encrypted_for_this_one_too(office: Office) -> None:
    desk = replace(office.desk, units=frozenset({"elsewhere"}))
    assert office.codes(office.seal().path, desk=desk) == ["addressee_wrong"]


def test_a_bundle_that_is_not_encrypted_for_this_device(office: Office) -> None:
    stranger = DeviceKeys.generate(PROVINCE, "d" * 32, "Máy khác")
    with office.open(office.seal().path, keys=stranger) as opened:
        assert [fault.code for fault in opened.faults] == ["not_for_us"]


def test_truncated_in_its_head_or_after_it_gives_one_reason(office: Office) -> None:
    sealed = office.seal()
    data = sealed.path.read_bytes()
    short = office.folder / "short.antq"
    cuts = [*range(0, 420, 7), *range(420, len(data), 370), len(data) - 1]
    seen = set()
    for cut in cuts:
        short.write_bytes(data[:cut])
        codes = office.codes(short)
        assert len(codes) == 1, cut
        seen.add(codes[0])
    assert seen == {"file_empty", "envelope_malformed", "damaged"}


@pytest.mark.parametrize("junk", [b"\0", b"\n", b"PK\x05\x06" + bytes(18), b"x" * 70_000])
def test_junk_appended_outside_or_inside_the_envelope(office: Office, junk: bytes) -> None:
    sealed = office.seal()
    outside = office.folder / "outside.antq"
    outside.write_bytes(sealed.path.read_bytes() + junk)
    assert office.codes(outside) == ["damaged"]
    inside = enclosed(office, unwrap(office, sealed.path) + junk)
    assert office.codes(inside) == ["zip_malformed"]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_one_flipped_bit_anywhere_is_caught(
    flipping: tuple[Office, bytes, Path], data: st.DataObject
) -> None:
    office, whole, path = flipping
    place = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
    with office.open(path) as opened:
        assert opened.verdict is Verdict.INVALID


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_one_flipped_bit_in_the_bag_by_someone_who_could_decrypt_it_is_caught(
    flipping: tuple[Office, bytes, Path], data: st.DataObject
) -> None:
    office, whole, path = flipping
    path.write_bytes(whole)
    bag = bytearray(unwrap(office, path))
    place = data.draw(st.integers(0, len(bag) - 1))
    bag[place] ^= 1 << data.draw(st.integers(0, 7))
    with office.open(path) as genuine, office.open(enclosed(office, bytes(bag))) as opened:
        # A few bits of the directory (rights, maker) and the filling of the last packed byte say
        # nothing; then nothing may have changed.
        if opened.verdict is not Verdict.INVALID and opened.verdict is not Verdict.UNKNOWN_SIGNER:
            assert opened.identity == genuine.identity
            found = {kind: [line.data for line in lines] for kind, lines in opened.records()}
            assert found == sample_records()


@pytest.fixture
def flipping(office: Office) -> tuple[Office, bytes, Path]:
    return office, office.seal().path.read_bytes(), office.folder / "flipped.antq"


def test_mixed_from_two_valid_bundles(office: Office) -> None:
    first = office.seal()
    second = office.seal(replace(HEADER, number=2), {"incident": [canonical({"id": "x"})]})
    one, two = bag_of(office, first), bag_of(office, second)
    for names in ([INCIDENTS], [limits.HEADER], [limits.MANIFEST], [limits.SIGNATURE],
                  [limits.TAG_MANIFEST], [limits.MANIFEST, INCIDENTS]):  # fmt: skip
        bag = {**one, **{name: two[name] for name in names}}
        path = enclosed(office, zipped(first.header.name, bag))
        expected = {limits.SIGNATURE: "signature_wrong", limits.TAG_MANIFEST: "signature_wrong"}
        assert set(office.codes(path)) == {expected.get(names[0], "file_altered")}
    path = enclosed(office, zipped(second.header.name, one))
    assert office.codes(path) == ["name_mismatch"]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda bag: bag.update({INCIDENTS: b"{}\n"}), ["file_altered"]),
        (lambda bag: bag.pop(INCIDENTS), ["file_missing"]),
        (lambda bag: bag.update({"data/records/more.jsonl": b""}), ["file_unlisted"]),
        (
            lambda bag: (bag.pop(INCIDENTS), bag.update({limits.READ_FIRST: b"Thay"})),
            ["file_missing", "file_altered"],
        ),
        (lambda bag: bag.pop(limits.SIGNATURE), ["signature_missing"]),
        (lambda bag: bag.pop(limits.TAG_MANIFEST), ["signature_missing"]),
        (lambda bag: bag.update({limits.SIGNATURE: b"no"}), ["signature_malformed"]),
        (lambda bag: bag.update({limits.BAG_INFO: b"no"}), ["file_altered"]),
    ],
)
def test_altered_without_a_key(
    office: Office, change: Callable[[Bag], None], codes: list[str]
) -> None:
    assert office.codes(forged(office, office.seal(), change, sign=False)) == codes


def test_another_trusted_comment_over_the_same_content(office: Office) -> None:
    sealed = office.seal()
    bag = resigned(bag_of(office, sealed), office.commune, "ANTQ gói khác")
    assert office.codes(enclosed(office, zipped(sealed.header.name, bag))) == ["comment_mismatch"]


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        (b'{"a":1,"a":2}\n', ["not_canonical"]),
        (b'{"a":NaN}\n', ["float"]),
        (b'{"a":1.5}\n{"b":1}\n{"b": 1}\n', ["float", "not_canonical"]),
        (b'{"a":' * 17 + b"1" + b"}" * 17 + b"\n", ["too_deep"]),
        (b"[" * 100_000 + b"\n", ["too_deep"]),
        ('{"a":"e\u0302"}\n'.encode(), ["not_nfc"]),
        (b"[]\n", ["not_an_object"]),
        (b"\n", ["not_json"]),
        (b'{"a":1}\r\n', ["not_canonical"]),
        (b'{"a":"\xff"}\n', ["not_utf8"]),
        (b'{"a":"\\ud800"}\n', ["lone_surrogate"]),
    ],
)
def test_lines_that_are_not_canonical_are_all_listed_with_place_and_reason(
    office: Office, lines: bytes, reasons: list[str]
) -> None:
    def write(bag: Bag) -> None:
        bag[INCIDENTS] = lines
        header = bag[limits.HEADER].replace(b'"incident":3', b'"incident":%d' % lines.count(b"\n"))
        bag[limits.HEADER] = header

    with office.open(forged(office, office.seal(), write)) as opened:
        assert opened.verdict is Verdict.INVALID
        assert {fault.code for fault in opened.faults} == {"line_malformed"}
        assert [fault.place.rsplit(":", 1)[1] for fault in opened.faults] == reasons


def test_a_last_line_without_end_and_a_line_without_end_at_all(office: Office) -> None:
    def cut(bag: Bag) -> None:
        bag[INCIDENTS] = bag[INCIDENTS][:-1]

    def stretch(bag: Bag) -> None:
        bag[INCIDENTS] = b'{"a":"' + b"x" * limits.LARGEST_LINE

    assert office.codes(forged(office, office.seal(), cut)) == ["line_malformed"]
    assert office.codes(forged(office, office.seal(), stretch)) == ["line_too_long"]


def test_counts_that_do_not_add_up(office: Office) -> None:
    def shorten(bag: Bag) -> None:
        bag[INCIDENTS] = bag[INCIDENTS].split(b"\n")[0] + b"\n"

    def hide(bag: Bag) -> None:
        bag.pop(INCIDENTS)

    def answer(bag: Bag) -> None:
        bag["data/answer/held.jsonl"] = b""

    for change in (shorten, hide, answer):
        assert office.codes(forged(office, office.seal(), change)) == ["counts_mismatch"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"format":1', b'"format":2', "format_newer"),
        (b'"format":1', b'"format":"1"', "header_malformed"),
        (b'"number":1', b'"number":0', "header_malformed"),
        (b'"number":1', b'"number":1000000', "header_malformed"),
        (b'"spoken":"01234567"', b'"spoken":"\\u0030"', "header_malformed"),
        (b'"kind":"LEN"', b'"kind":"XXX"', "header_malformed"),
        (b'"sample":false', b'"sample":0', "header_malformed"),
        (b'"schema":1', b'"schema":1,"schema":1', "header_malformed"),
        (b'"schema":1', b'"schema":1,"secret":1', "header_malformed"),
        (b'"claimed":"2026-11-21', b'"claimed":"2026-02-30', "header_malformed"),
        (b'"writer":"0123ABCD"', b'"writer":"0123abcd"', "header_malformed"),
        (b"}\n", b"}", "header_malformed"),
    ],
)
def test_a_header_that_says_what_it_must_not(
    office: Office, old: bytes, new: bytes, code: str
) -> None:
    def change(bag: Bag) -> None:
        assert old in bag[limits.HEADER]
        bag[limits.HEADER] = bag[limits.HEADER].replace(old, new)

    assert office.codes(forged(office, office.seal(), change)) == [code]


def test_a_newer_format_names_both_versions(office: Office) -> None:
    def change(bag: Bag) -> None:
        bag[limits.HEADER] = b'{"format":3,"something":"else"}\n'

    with office.open(forged(office, office.seal(), change)) as opened:
        assert opened.shelf == "format_newer"
        assert "định dạng 3" in opened.faults[0].message
        assert "định dạng 1" in opened.faults[0].message


def test_two_different_bundles_with_one_number(office: Office) -> None:
    with office.open(office.seal().path) as opened:
        office.registry.take_in(opened)
    other = office.seal(records={"incident": [canonical({"id": "y"})]})
    assert office.codes(other.path) == ["fork_number"]
    office.registry.forks["0123ABCD"] = 1
    later = office.seal(replace(HEADER, number=2))
    assert office.codes(later.path) == ["fork_waiting"]


def test_a_cited_digest_that_is_not_the_one_held(office: Office) -> None:
    office.registry.bundles["0123ABCD", 1] = "1" * 64
    cited = Place(1, "2" * 64)
    later = replace(HEADER, number=2)
    for header in (replace(later, previous=cited), replace(later, basis=cited)):
        assert office.codes(office.seal(header).path) == ["fork_previous"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (replace(HEADER, number=100_001), "number_absurd"),
        (replace(HEADER, counter=1_000_000_101), "counter_absurd"),
        (replace(HEADER, sample=True), "sample_refused"),
    ],
)
def test_fast_forward_and_sample_bundles(office: Office, header: Header, code: str) -> None:
    assert office.codes(office.seal(header).path) == [code]


def test_a_bundle_of_a_real_store_is_refused_by_a_sample_one(office: Office) -> None:
    desk = replace(office.desk, sample=True)
    assert office.codes(office.seal().path, desk=desk) == ["real_refused"]


def test_a_return_bundle_whose_totals_lie(office: Office) -> None:
    office.registry.enrol(office.province.public)
    bundle = WriterPlace("0123ABCD", 1, "1" * 64)
    answer = Answer(
        receipts=(Receipt(bundle, 0, Verdict.VALID, (), {Outcome.NEW: 1}),),
        records=(RecordVerdict(bundle.digest, "incident", "0" * 32, Outcome.NEW),),
        held=(bundle,),
    )
    header = replace(HEADER, kind=BundleKind.RETURN)
    sealed = office.seal(header, content=Content(answer=answer.to_lines()))
    receipts = "data/answer/receipt.jsonl"

    def lie(bag: Bag) -> None:
        bag[receipts] = bag[receipts].replace(b'"new":1', b'"new":2')

    def open_end(bag: Bag) -> None:
        bag[receipts] = bag[receipts].split(b"\n")[0] + b"\n"
        bag[limits.HEADER] = bag[limits.HEADER].replace(b'"receipt":2', b'"receipt":1')

    def held_twice(bag: Bag) -> None:
        bag["data/answer/held.jsonl"] *= 2
        bag[limits.HEADER] = bag[limits.HEADER].replace(b'"held":1', b'"held":2')

    assert office.codes(sealed.path) == []
    assert office.codes(forged(office, sealed, lie)) == ["totals_wrong"]
    assert office.codes(forged(office, sealed, open_end)) == ["totals_wrong"]
    assert office.codes(forged(office, sealed, held_twice)) == ["answer_malformed"]
    missing = office.seal(header)
    assert office.codes(missing.path) == ["answer_malformed"]
