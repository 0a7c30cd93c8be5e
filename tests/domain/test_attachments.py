"""Photographs as they are kept: the picture stays, place and camera go, hostile ones fail."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image
from pypdf import PdfReader

from antq_desktop.domain.attachments import (
    JPEG,
    LARGEST_FILE,
    PDF,
    PNG,
    cleaned,
    is_clean,
    media_of,
    show_size,
)
from antq_desktop.domain.attachments_jpeg import orientation_in
from antq_desktop.domain.errors import UserError
from tests import pictures_of_cameras as cameras


def points(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB").tobytes()


def refused(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        cleaned(data)
    return caught.value.code


@pytest.mark.parametrize("seed", [0, 1], ids=["baseline", "progressive"])
def test_a_jpeg_keeps_every_point_and_loses_all_that_a_camera_wrote(seed: int) -> None:
    before = cameras.jpeg(seed)
    for word in cameras.PLANTED[:6]:
        assert word in before, "the photograph of the test must hold what is to go"
    kept = cleaned(before)
    assert kept.media == JPEG
    assert points(kept.data) == points(before)
    for word in (*cameras.PLANTED, b"GPS", b"Exif"):
        assert word not in kept.data
    with Image.open(io.BytesIO(kept.data)) as opened:
        assert dict(opened.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened.info)


@pytest.mark.parametrize("orientation", range(2, 9))
def test_which_side_is_up_is_the_only_fact_of_exif_that_stays(orientation: int) -> None:
    kept = cleaned(cameras.jpeg(orientation=orientation)).data
    with Image.open(io.BytesIO(kept)) as opened:
        assert dict(opened.getexif()) == {ExifTags.Base.Orientation: orientation}
        assert not opened.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert cleaned(kept).data == kept


def test_a_png_keeps_every_point_and_loses_texts_times_and_exif() -> None:
    before = cameras.png()
    kept = cleaned(before)
    assert kept.media == PNG
    assert points(kept.data) == points(before)
    for word in (*cameras.PLANTED, b"eXIf", b"tEXt", b"iTXt", b"tIME"):
        assert word not in kept.data


def test_an_interlaced_png_is_understood() -> None:
    data = cameras.png(interlaced=True)
    assert cleaned(data).data == data
    assert len(points(data)) == 6 * 3


def test_a_photograph_inside_a_pdf_loses_place_and_camera_where_it_stands() -> None:
    photograph = cameras.jpeg()
    before = cameras.pdf(photograph)
    kept = cleaned(before)
    assert kept.media == PDF
    assert len(kept.data) == len(before)
    for word in cameras.PLANTED[:6]:
        assert word in before
        assert word not in kept.data
    assert len(PdfReader(io.BytesIO(kept.data)).pages) == 1
    at = kept.data.index(b"\xff\xd8")
    assert points(kept.data[at : at + len(photograph)]) == points(photograph)


def test_a_pdf_with_a_digital_signature_is_not_touched_and_says_so() -> None:
    before = cameras.pdf(cameras.jpeg(), extra=b"/ByteRange [0 1 2 3]")
    kept = cleaned(before)
    assert kept.data == before
    assert any("chữ ký số" in notice for notice in kept.notices)


def test_what_a_pdf_says_of_its_author_is_noticed() -> None:
    plain = cleaned(cameras.pdf())
    assert plain.notices == ()
    told = cleaned(cameras.pdf(extra=b"/Info << /Author (Mau) /Producer (May) >>")).notices
    assert told == (
        "Tệp PDF ghi kèm tên người lập, chương trình xuất tệp; phần này giữ nguyên trong tệp.",
    )
    assert len(cleaned(cameras.pdf(extra=b"/JavaScript 9 0 R")).notices) == 1


def test_a_pdf_with_a_password_is_refused() -> None:
    assert refused(cameras.pdf(extra=b"/Encrypt 5 0 R")) == "attachment_locked"


SAMPLES = {"jpeg": cameras.jpeg(), "png": cameras.png(), "pdf": cameras.pdf(cameras.jpeg())}


@pytest.mark.parametrize("data", SAMPLES.values(), ids=SAMPLES)
def test_cleaning_again_changes_nothing(data: bytes) -> None:
    once = cleaned(data)
    again = cleaned(once.data)
    assert (again.data, again.digest) == (once.data, once.digest)
    assert is_clean(once.data)
    assert is_clean(data) == (once.data == data)


@pytest.mark.parametrize("name", ["jpeg", "png"])
def test_a_picture_cut_off_anywhere_is_refused(name: str) -> None:
    whole = cleaned(SAMPLES[name]).data
    for end in range(4, len(whole)):
        assert refused(whole[:end]) in {"attachment_broken", "attachment_not_supported"}


def test_a_pdf_without_its_end_is_refused() -> None:
    assert refused(cameras.pdf()[:-20]) == "attachment_broken"


@given(st.sampled_from(["jpeg", "png"]), st.data())
def test_changed_bytes_never_bring_anything_but_a_refusal_or_clean_bytes(
    name: str, data: st.DataObject
) -> None:
    changed = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = cleaned(bytes(changed))
    except UserError:
        return
    assert is_clean(kept.data)


@given(st.binary(max_size=400))
def test_bytes_of_nothing_are_refused(data: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"):
        with pytest.raises(UserError):
            cleaned(start + data)


@given(st.binary(max_size=200))
def test_hostile_exif_never_stops_the_reading(tiff: bytes) -> None:
    for start in (b"", b"II*\x00", b"MM\x00*"):
        assert 1 <= orientation_in(start + tiff) <= 8


def test_a_file_is_judged_by_its_bytes() -> None:
    assert media_of(b"GIF89a") == ""
    assert refused(b"GIF89a" + bytes(50)) == "attachment_not_supported"
    assert refused(b"MZ\x90\x00") == "attachment_not_supported"
    assert refused(b"") == "attachment_not_supported"


def _png_that_claims(width: int, height: int) -> bytes:
    data = bytearray(cleaned(cameras.png()).data)
    data[16:24] = struct.pack(">II", width, height)
    from zlib import crc32

    data[29:33] = struct.pack(">I", crc32(bytes(data[12:29])))
    return bytes(data)


def test_a_picture_that_would_fill_the_memory_is_refused_unread() -> None:
    assert refused(_png_that_claims(60_000, 60_000)) == "attachment_too_large"
    assert refused(_png_that_claims(41, 30)) == "attachment_broken"
    assert refused(_png_that_claims(0, 30)) == "attachment_broken"


def test_a_file_above_the_limit_is_refused_with_the_way_out() -> None:
    large = cameras.pdf(extra=b"% " + b"x" * LARGEST_FILE)
    with pytest.raises(UserError, match="10 MB") as caught:
        cleaned(large)
    assert caught.value.code == "attachment_too_large"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8" + b"\xff\xfe\x00\x02" * 400_000 + b"\xff\xd9",
        b"\xff\xd8" + b"\xff" * 2_000_000,
        cleaned(SAMPLES["jpeg"]).data[:-2] + b"\xff\x00" * 1_000_000,
        b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x00tEXt\x9a\x26\x4c\x84" * 300_000,
        SAMPLES["pdf"].replace(b"%%EOF", b"stream\n\xff\xd8\xff" * 200_000 + b"\n%%EOF"),
    ],
    ids=["segments", "fill bytes", "stuffing", "chunks", "photographs"],
)
def test_a_file_made_to_keep_the_reader_busy_is_refused(data: bytes) -> None:
    assert refused(data) == "attachment_broken"


def test_words_of_cameras_in_a_pdf_are_passed_over_once_however_often_they_begin() -> None:
    begun = cameras.pdf(extra=b"/X (" + b"<x:xmpmeta " * 200_000 + b")")
    assert cleaned(begun).data == begun
    packet = b"<x:xmpmeta>" * 3 + b"<exif:GPSLatitude>20</exif:GPSLatitude></x:xmpmeta>"
    kept = cleaned(cameras.pdf(extra=b"/X (" + packet + b")")).data
    assert b"GPSLatitude" not in kept


def test_sizes_are_written_for_people() -> None:
    assert [show_size(size) for size in (1, 348_000, 1_258_291)] == ["1 KB", "340 KB", "1,2 MB"]
