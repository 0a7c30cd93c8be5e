"""A photograph or scan that is kept with a record: a record of its own, its content apart.

What travels up says that there is one, of which kind and size and under which digest, so that the
receiver sees what stands behind a record and a picture that two units use is noticed. The picture
and its caption stay among the devices of the unit: nobody can tell a machine what is on a picture,
and a bundle upward names no ordinary person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from antq_desktop.domain.attachments import LARGEST_FILE, MEDIA
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import FieldKind, FieldSpec, Order, RecordSpec, RuleView, Travels
from antq_desktop.domain.keeping import ITS_RECORD, Keeping

KIND: Final = "attachment"
OF: Final = "record"  # the field that names the record it belongs to
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def _is_a_known_content(view: RuleView) -> Iterator[Fault]:
    if not _DIGEST.fullmatch(view.text("digest")):
        message = "Mã nội dung của tệp đính kèm không đúng. Thêm lại tệp."
        yield view.fault("attachment_digest_malformed", message, "digest")
    if view.text("media") not in MEDIA:
        message = "Tệp đính kèm không phải JPEG, PNG hay PDF. Thêm tệp dạng khác."
        yield view.fault("attachment_not_supported", message, "media")


def attachment_of(kinds: Iterable[str]) -> RecordSpec:
    """Return the declaration of attachments that may hang on records of these kinds."""
    return RecordSpec(
        kind=KIND,
        label="tệp đính kèm",
        plural="Ảnh, tài liệu đính kèm",
        area="documents",
        purpose="Giữ ảnh, bản quét làm bằng chứng của hồ sơ; ảnh đã bỏ nơi chụp và máy chụp.",
        holds_persons=True,
        retention="Xóa cùng hồ sơ mà tệp đính kèm thuộc về.",
        keeping=Keeping(months=ITS_RECORD, through=OF, erases=("caption",)),
        parent=OF,
        title=("media", "caption"),
        order=Order.NAME_OF_THING,
        order_by="caption",
        attachable=False,
        since=4,
        fields=(
            FieldSpec(
                name=OF,
                label="Thuộc hồ sơ",
                kind=FieldKind.REFERENCE,
                refers_to=tuple(kinds),
                required=True,
                width=30,
                travels=Travels.UP,
            ),
            FieldSpec(
                name="media",
                label="Dạng tệp",
                required=True,
                listed=True,
                width=8,
                max_length=8,
                travels=Travels.UP,
            ),
            FieldSpec(
                name="digest",
                label="Mã nội dung",
                required=True,
                width=64,
                max_length=64,
                travels=Travels.UP,
            ),
            FieldSpec(
                name="size",
                label="Cỡ tệp",
                kind=FieldKind.INTEGER,
                unit="byte",
                minimum=1,
                maximum=LARGEST_FILE,
                width=12,
                travels=Travels.UP,
            ),
            FieldSpec(
                name="caption",
                label="Chú thích",
                searched=True,
                listed=True,
                width=40,
                max_length=300,
                hint="Không ghi tên người trong ảnh.",
            ),
            FieldSpec(
                name="position",
                label="Thứ tự",
                kind=FieldKind.INTEGER,
                minimum=0,
                maximum=1_000_000,
                width=6,
            ),
        ),
        rules=(_is_a_known_content,),
    )
