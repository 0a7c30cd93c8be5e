#!/bin/sh
# Bundles put together from their text by age, zip, minisign and sha256sum alone; `make.py` calls it.
# HERE: this folder. WORK: an empty folder. OUT: where each case goes. KEY, OTHER: secret keys of
# minisign, known to the reader and not. RECIPIENT: its age recipient. NOTE: the text of DOC_TRUOC.
set -eu

NAME=ANTQ_LEN_11074_31_0123ABCD_000001
COMMENT='ANTQ gói gửi lên; đơn vị gửi 11074@2025-07-01; máy aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; bản dữ liệu 0123ABCD; số 000001; tiếp theo số chưa có; đơn vị nhận 31@2025-07-01'

line() { sed -n "$1p" "$HERE/lines.jsonl"; }

header() {
    printf '{"basis":null,"catalogue":"2026.1","claimed":"2026-11-21T08:05:30","clock_warnings":[],"counter":7,"counts":{"answer":{},"attachments":0,"below":0,"records":%s},"device":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","format":%s,"kind":"LEN","last_receipt":null,"number":1,"previous":null,"program":"0.1.0","receiver":{"code":"31","id":"31@2025-07-01","name":"Công an tỉnh Ví Dụ"},"restarted_from":null,"sample":false,"schema":1,"sender":{"code":"11074","id":"11074@2025-07-01","name":"Công an xã Mẫu"},"spoken":"01234567","writer":"0123ABCD"}\n' "$1" "${2:-1}" > data/header.json
}

begin() {
    rm -rf "$WORK/bag" && mkdir -p "$WORK/bag/$NAME/data/records" && cd "$WORK/bag/$NAME"
    cp "$NOTE" data/DOC_TRUOC.txt
    line 1 > data/records/incident.jsonl
    header '{"incident":1}'
}

sign() {
    printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' > bagit.txt
    octets=$(find data -type f -exec cat {} + | wc -c)
    printf 'Payload-Oxum: %s.%s\n' "$octets" "$(find data -type f | wc -l)" > bag-info.txt
    find data -type f | LC_ALL=C sort | xargs sha256sum > manifest-sha256.txt
    sha256sum bag-info.txt bagit.txt manifest-sha256.txt > tagmanifest-sha256.txt
    minisign -S -s "${2:-$KEY}" -m tagmanifest-sha256.txt -t "${1:-$COMMENT}" > /dev/null
}

close() {
    case=$1; shift
    cd "$WORK/bag" && rm -f ../bag.zip && zip -q -X -D -r "$@" ../bag.zip ./*
    age -r "$RECIPIENT" -o "$OUT/$case.antq" ../bag.zip
}

begin; sign; close by_hand_valid -9
begin; sign; close by_hand_stored -0
begin; line 2 > data/records/incident.jsonl; sign; close by_hand_edited_apart -9
begin; line 3 > data/records/incident.jsonl; sign; close by_hand_voided -9
begin; cat "$HERE/lines.jsonl" > data/records/incident.jsonl; header '{"incident":3}'; sign
close by_hand_three_records -9
begin; rm data/records/incident.jsonl; header '{}'; sign; close by_hand_no_records -9
begin; header '{"incident":1}' 0; sign; close by_hand_format_0 -9
begin; sign "$COMMENT "; close by_hand_other_comment -9
begin; sign; printf x > ../junk.txt; close by_hand_file_outside -9
begin; sign; line 2 > data/records/incident.jsonl; close by_hand_altered_after_signing -9
begin; sign; line 2 > data/records/scheme.jsonl; close by_hand_unlisted_file -9
begin; sign "$COMMENT" "$OTHER"; close by_hand_other_key -9
begin; header '{"incident":2}'; sign; close by_hand_count_wrong -9
begin; { line 2; line 1; } > data/records/incident.jsonl; header '{"incident":2}'; sign
close by_hand_out_of_order -9
begin; line 1 | sed 's/"most":0/"most":0,"most":0/' > data/records/incident.jsonl; sign
close by_hand_key_twice -9
begin; line 1 | sed 's/"occurred_on":/"narrative":"Riêng","occurred_on":/' > data/records/incident.jsonl; sign
close by_hand_private_field -9
