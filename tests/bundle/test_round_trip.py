"""What a commune seals, the receiver opens; the answer goes the same way back."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from antq_desktop.bundle.keys import DeviceKeys, Enrolled
from antq_desktop.bundle.opening import open_bag
from antq_desktop.bundle.writing import Blob, Content, seal
from antq_desktop.domain.answers import Answer, Outcome, Owed, Receipt, RecordVerdict
from antq_desktop.domain.canonical import Json, canonical
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.exchange import BundleKind, Header, Place, WriterPlace
from antq_desktop.domain.gate import GateFault, Verdict, Weight

from .conftest import ALL_KINDS, COMMUNE, HEADER, PROVINCE, Office, sample_records


def test_what_is_sealed_opens_with_the_same_lines_and_identity(office: Office) -> None:
    sealed = office.seal()
    with office.open(sealed.path) as opened:
        assert opened.faults == []
        assert opened.verdict is Verdict.VALID
        assert opened.header == sealed.header
        assert opened.identity == sealed.identity
        assert opened.signer == office.commune.public
        found = {kind: [line.data for line in lines] for kind, lines in opened.records()}
        assert found == sample_records()
        places = [line.place for line in opened.lines("records", "incident")]
        assert places[0] == "records/incident.jsonl:1"
    assert sealed.path.name == "ANTQ_LEN_11074_31_0123ABCD_000001.antq"
    assert hashlib.sha256(sealed.path.read_bytes()).hexdigest() == sealed.sha256


def test_the_sender_can_open_its_own_bundle_again(office: Office) -> None:
    sealed = office.seal()
    with office.open(sealed.path, keys=office.commune) as opened:
        assert opened.verdict is Verdict.VALID


def test_sealing_again_gives_other_bytes_and_the_same_identity(office: Office) -> None:
    first, second = office.seal(), office.seal()
    assert first.sha256 != second.sha256
    assert first.identity == second.identity


def test_sealing_over_an_existing_file_is_refused_and_the_file_stays(office: Office) -> None:
    sealed = office.seal()
    before = sealed.path.read_bytes()
    with pytest.raises(EnvironmentFault) as caught:
        seal(
            sealed.path.parent,
            HEADER,
            Content(),
            keys=office.commune,
            recipients=[Enrolled(office.province.public, ALL_KINDS)],
            scratch=office.scratch,
        )
    assert caught.value.code == "file_exists"
    assert sealed.path.read_bytes() == before


def test_a_bundle_without_records_is_a_bundle(office: Office) -> None:
    with office.open(office.seal(records={"incident": []}).path) as opened:
        assert opened.verdict is Verdict.VALID
        assert list(opened.records()) == []


def test_attachments_come_out_as_they_went_in(office: Office) -> None:
    picture = bytes(range(256)) * 1000
    digest = hashlib.sha256(picture).hexdigest()
    content = Content(attachments=[Blob(digest, lambda: [picture[:9], picture[9:]])])
    with office.open(office.seal(content=content).path) as opened:
        assert opened.verdict is Verdict.VALID
        assert opened.attachments() == (digest,)
        assert b"".join(opened.attachment(digest)) == picture


def test_an_attachment_under_a_wrong_digest_is_never_sealed(office: Office) -> None:
    content = Content(attachments=[Blob("0" * 64, lambda: [b"other"])])
    with pytest.raises(ValueError, match="digest"):
        office.seal(content=content)
    assert not [path for path in office.folder.rglob("*") if path.is_file()]


def test_replay_gives_the_same_identity_and_says_so(office: Office) -> None:
    sealed = office.seal()
    with office.open(sealed.path) as opened:
        assert not opened.already_held
        office.registry.take_in(opened)
    with office.open(sealed.path) as again:
        assert again.already_held
        assert again.verdict is Verdict.VALID
        assert again.identity == sealed.identity


def test_a_bag_passed_on_upward_opens_there_with_the_commune_s_signature(office: Office) -> None:
    with office.open(office.seal().path) as opened:
        bag = b"".join(opened.own_bag())
        identity = opened.identity
    content = Content(below=[Blob(identity, lambda: [bag])])
    header = replace(HEADER, number=2)
    with office.open(office.seal(header, content=content).path) as above:
        assert above.below() == (identity,)
        with open_bag(
            above.below_bag(identity),
            registry=office.registry,
            desk=office.desk,
            scratch=office.scratch,
        ) as inner:
            assert inner.verdict is Verdict.VALID
            assert inner.identity == identity


def test_a_rule_that_refuses_a_record_restricts_the_bundle_and_names_every_line(
    office: Office,
) -> None:
    def refuse(_header: Header, kind: str, record: dict[str, Json]) -> list[GateFault]:
        if kind != "incident":
            return []
        return [GateFault("date_missing", "Thiếu ngày xảy ra. Nhập ngày.", Weight.RESTRICTS)]

    with office.open(office.seal().path, validate=refuse) as opened:
        assert opened.verdict is Verdict.RESTRICTED
        assert [fault.place for fault in opened.faults] == [
            f"records/incident.jsonl:{n}" for n in (1, 2, 3)
        ]
        assert len(list(opened.lines("records", "incident"))) == 3


def test_the_answer_of_a_return_bundle_comes_back_whole(office: Office) -> None:
    bundle = WriterPlace("0123ABCD", 1, "1" * 64)
    answer = Answer(
        receipts=(
            Receipt(bundle, 0, Verdict.RESTRICTED, ("kind_unknown",),
                    {Outcome.NEW: 1, Outcome.REJECTED: 1}),
        ),
        records=(
            RecordVerdict(bundle.digest, "incident", "0" * 32, Outcome.NEW),
            RecordVerdict(bundle.digest, "incident", "1" * 32, Outcome.REJECTED, ("date_missing",)),
        ),
        held=(bundle,),
        owed=(Owed("incident", "1" * 32, ("date_missing",)),),
    )  # fmt: skip
    header = replace(
        HEADER, kind=BundleKind.RETURN, sender=PROVINCE, receiver=COMMUNE, device="b" * 32,
        last_receipt=bundle,
    )  # fmt: skip
    office.registry.enrol(office.province.public, frozenset({BundleKind.RETURN}))
    sealed = office.seal(
        header, keys=office.province, to=office.commune, content=Content(answer=answer.to_lines())
    )
    desk = replace(office.desk, units=frozenset({COMMUNE.id}))
    with office.open(sealed.path, keys=office.commune, desk=desk) as opened:
        assert opened.faults == []
        assert opened.answer is not None
        assert opened.answer == replace(
            answer, receipts=(replace(answer.receipts[0], totals=opened.answer.receipts[0].totals),)
        )
        assert opened.answer.receipts[0].totals[Outcome.NEW] == 1
        assert opened.answer.receipts[0].totals[Outcome.VOIDED] == 0


def test_a_basis_that_is_not_held_is_a_warning_and_the_bundle_is_taken(office: Office) -> None:
    header = replace(HEADER, number=3, basis=Place(2, "2" * 64), previous=Place(2, "2" * 64))
    with office.open(office.seal(header).path) as opened:
        assert opened.verdict is Verdict.WARNINGS
        assert [fault.code for fault in opened.faults] == ["basis_not_held"]


def test_a_newer_schema_warns_and_an_unknown_kind_is_kept_apart(office: Office) -> None:
    header = replace(HEADER, schema=9, catalogue="2027.1", clock_warnings=("clock_back",))
    with office.open(office.seal(header, {"drone": [b'{"id":1}']}).path) as opened:
        assert opened.verdict is Verdict.RESTRICTED
        assert [fault.code for fault in opened.faults] == [
            "clock_warning", "schema_newer", "catalogue_unknown", "kind_unknown",
        ]  # fmt: skip
        assert [line.data for line in opened.lines("records", "drone")] == [b'{"id":1}']


def test_what_was_decrypted_leaves_no_file_behind(office: Office) -> None:
    with office.open(office.seal().path):
        assert list(office.scratch.iterdir()) == []


def test_nothing_is_sealed_for_a_revoked_or_foreign_device_or_for_nobody(office: Office) -> None:
    stranger = DeviceKeys.generate(replace(PROVINCE, id="elsewhere"), "d" * 32, "Máy khác").public
    revoked = Enrolled(office.province.public, ALL_KINDS, revoked=True)
    for recipients in ([], [revoked], [stranger], [Enrolled(stranger, ALL_KINDS)]):
        with pytest.raises(ValueError, match="addressed"):
            seal(
                office.folder, HEADER, Content(), keys=office.commune,
                recipients=recipients, scratch=office.scratch,
            )  # fmt: skip
    assert list(office.folder.iterdir()) == []


def test_a_device_may_speak_for_what_its_unit_became(office: Office) -> None:
    became = replace(COMMUNE, id="11074@2027-01-01", name="Công an xã Mẫu Mới")
    sealed = office.seal(replace(HEADER, sender=became))
    assert office.codes(sealed.path) == ["sender_mismatch"]
    known = Enrolled(office.commune.public, ALL_KINDS, units=frozenset({became.id}))
    office.registry.devices[office.commune.public.key_id] = known
    assert office.codes(sealed.path) == []


def test_thousands_of_faults_are_counted_and_not_all_kept(office: Office) -> None:
    def refuse(_header: Header, _kind: str, record: dict[str, Json]) -> list[GateFault]:
        weight = Weight.REFUSES if record["id"] == 11_000 else Weight.RESTRICTS
        return [GateFault("some_rule", "Thiếu ngày. Nhập ngày.", weight)]

    records = {"incident": [canonical({"id": number}) for number in range(12_000)]}
    with office.open(office.seal(records=records).path, validate=refuse) as opened:
        assert opened.verdict is Verdict.INVALID
        assert len(opened.faults) == 10_001
        assert opened.more_faults == 1_999
