"""The header and the answers say what they said when they are read back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.answers import (
    HELD,
    RECEIPT,
    RECORD,
    Answer,
    Outcome,
    Owed,
    Receipt,
    RecordVerdict,
    answer_from,
)
from antq_desktop.domain.canonical import Json, canonical, parse_canonical
from antq_desktop.domain.exchange import (
    BundleKind,
    Counts,
    Header,
    NewerFormatError,
    Party,
    Place,
    WriterPlace,
    header_from_bytes,
)
from antq_desktop.domain.gate import Verdict
from antq_desktop.domain.ids import CROCKFORD
from antq_desktop.domain.wire import WireError

HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
WRITERS = st.text(CROCKFORD, min_size=8, max_size=8)
CODES = st.lists(st.sampled_from(["clock_back", "date_missing"]), max_size=2).map(tuple)
PARTIES = st.builds(
    Party,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9@._-]{0,63}", fullmatch=True),
    code=st.text("ABC0189", min_size=1, max_size=8),
    name=st.sampled_from(["Công an xã Mẫu", "Công an tỉnh Ví Dụ"]),
)
PLACES = st.builds(WriterPlace, writer=WRITERS, number=st.integers(1, 999_999), digest=HEX)
EARLIER = st.none() | st.builds(Place, number=st.integers(1, 99), digest=HEX)
KINDS = st.dictionaries(st.sampled_from(["incident", "scheme"]), st.integers(0, 9))
HEADERS = st.builds(
    Header,
    kind=st.sampled_from(BundleKind),
    sender=PARTIES,
    receiver=PARTIES,
    device=HEX.map(lambda text: text[:32]),
    writer=WRITERS,
    number=st.integers(100, 999_999),
    counter=st.integers(0, 2**53 - 1),
    schema=st.integers(1, 99),
    catalogue=st.just("2026.1"),
    program=st.just("0.1.0"),
    claimed=st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds")),
    spoken=st.text("0123456789", min_size=8, max_size=8),
    basis=EARLIER,
    previous=EARLIER,
    last_receipt=st.none() | PLACES,
    restarted_from=st.none() | PLACES,
    clock_warnings=CODES,
    sample=st.booleans(),
    counts=st.builds(Counts, records=KINDS, answer=KINDS, attachments=st.integers(0, 9)),
)


@given(HEADERS)
def test_a_header_reads_back_as_it_was_written(header: Header) -> None:
    data = header.to_bytes()
    assert header_from_bytes(data) == header
    assert header_from_bytes(data).to_bytes() == data
    assert len(header.file_name) <= 8 + 5 + 9 + 9 + 9 + 7 + 5
    assert header.file_name.isascii()
    assert header.comment.isprintable()


@given(HEADERS, st.data())
def test_a_header_without_a_field_or_with_another_one_is_refused(
    header: Header, data: st.DataObject
) -> None:
    given_header = parse_canonical(header.to_bytes()[:-1])
    assert isinstance(given_header, dict)
    name = data.draw(st.sampled_from(sorted(given_header)))
    without = {key: value for key, value in given_header.items() if key != name}
    for other in (without, {**given_header, "more": 1}, {**given_header, name: [[]]}):
        with pytest.raises(WireError):
            header_from_bytes(canonical(other) + b"\n")


@given(HEADERS)
def test_a_basis_or_previous_bundle_that_is_not_earlier_is_never_written(header: Header) -> None:
    with pytest.raises(WireError):
        replace(header, basis=Place(header.number, "0" * 64)).to_bytes()


def test_a_newer_format_is_told_before_any_other_field_is_looked_at() -> None:
    with pytest.raises(NewerFormatError) as caught:
        header_from_bytes(b'{"format":2}\n')
    assert caught.value.theirs == 2


BUNDLE = WriterPlace("0123ABCD", 4, "1" * 64)
ANSWER = Answer(
    receipts=(
        Receipt(BUNDLE, 3, Verdict.RESTRICTED, ("kind_unknown",), {
            outcome: int(outcome in {Outcome.NEW, Outcome.REJECTED}) for outcome in Outcome
        }),
    ),
    records=(
        RecordVerdict(BUNDLE.digest, "incident", "0" * 32, Outcome.NEW),
        RecordVerdict(BUNDLE.digest, "incident", "1" * 32, Outcome.REJECTED, ("date_missing",)),
    ),
    held=(BUNDLE,),
    owed=(Owed("incident", "1" * 32, ("date_missing",)),),
)  # fmt: skip


def lines_of(answer: Answer) -> dict[str, list[Json]]:
    return {kind: [parse_canonical(line) for line in lines] for kind, lines in answer.to_lines()}


def test_an_answer_reads_back_as_it_was_written() -> None:
    assert answer_from(lines_of(ANSWER)) == ANSWER
    assert answer_from(lines_of(Answer())) == Answer()
    assert answer_from({**lines_of(ANSWER), "later_kind": [{"a": 1}]}) == ANSWER


def test_every_outcome_verdict_and_kind_has_a_vietnamese_label() -> None:
    labels = [value.label for group in (Outcome, Verdict, BundleKind) for value in group]
    assert len(set(labels)) == len(labels) == 16
    assert [outcome for outcome in Outcome if outcome.owed] == [Outcome.REJECTED]
    assert [verdict.mergeable for verdict in Verdict] == [True, True, True, False, False]


@pytest.mark.parametrize("kind", [RECEIPT, RECORD, HELD])
def test_an_answer_with_a_line_too_few_or_too_many_is_refused(kind: str) -> None:
    lines = lines_of(ANSWER)
    for changed in (lines[kind][1:], lines[kind] + lines[kind][:1], lines[kind][:-1]):
        with pytest.raises(WireError):
            answer_from({**lines, kind: changed})


def test_totals_that_do_not_add_up_are_never_written() -> None:
    wrong = replace(ANSWER.receipts[0], totals={Outcome.NEW: 3})
    with pytest.raises(WireError):
        list(replace(ANSWER, receipts=(wrong,)).to_lines())
