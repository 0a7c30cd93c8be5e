"""Self-management schemes: type → scheme → site → team → member, and what they did.

The counting rule of the province guidance (type, scheme, site, team and member are five different
numbers) is why each level is a record; the life cycle runs from proposal to dissolution.
"""

from __future__ import annotations

from collections.abc import Iterator

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import FieldKind, FieldSpec, LineSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import (
    UP,
    choice,
    comes_before,
    count,
    date,
    document,
    money,
    note,
    text,
)

ENDED = "dissolved"


def _dates_follow_each_other(view: RuleView) -> Iterator[Fault]:
    earlier = ""
    for name in ("proposed_on", "founded_on", "launched_on", "dissolved_on"):
        later = view.text(name)
        if later and earlier and comes_before(later, view.text(earlier)):
            first, second = view.spec.field(earlier).label, view.spec.field(name).label
            message = f"{second} trước {first.lower()}. Nhập lại một trong hai ngày."
            yield view.fault("dates_out_of_order", message, name)
        earlier = name if later else earlier


def _an_ended_scheme_says_when(view: RuleView) -> Iterator[Fault]:
    if view.text("state") == ENDED and not view.text("dissolved_on"):
        message = "Mô hình đã thanh loại, giải thể thì phải có ngày. Nhập ngày giải thể."
        yield view.fault("ended_without_date", message, "dissolved_on")


SCHEME = RecordSpec(
    kind="scheme",
    label="mô hình",
    plural="Mô hình",
    area="schemes",
    purpose="Theo dõi mô hình tự quản từ đề xuất đến giải thể, có hồ sơ và hoạt động kèm theo.",
    holds_persons=True,
    retention="Tên người phụ trách và thành viên: xóa 24 tháng sau khi thôi tham gia.",
    keeping=Keeping(
        months=24, after="dissolved_on", erases=("head_name", "head_office", "head_phone")
    ),
    title=("name",),
    suspects=(("name", "unit"),),
    order=Order.NAME_OF_THING,
    order_by="name",
    dated_by="founded_on",
    unit_by="unit",
    state_by="state",
    fields=(
        FieldSpec(
            name="name",
            label="Tên mô hình",
            required=True,
            searched=True,
            listed=True,
            width=36,
            travels=UP,
        ),
        choice("scheme_type", "Loại mô hình", "scheme_type", required=True, listed=True, width=26),
        FieldSpec(
            name="unit",
            label="Khu dân cư, đơn vị",
            kind=FieldKind.REFERENCE,
            refers_to=("unit",),
            wanted=True,
            listed=True,
            width=26,
            travels=UP,
        ),
        choice("state", "Tình trạng", "scheme_state", required=True, listed=True, width=16),
        FieldSpec(name="code", label="Mã mô hình", max_length=40, searched=True, travels=UP),
        choice("scope", "Phạm vi", "scheme_scope"),
        choice("domain", "Lĩnh vực", "scheme_domain", wanted=True),
        choice("host", "Đoàn thể, cơ quan chủ trì", "mass_organisation"),
        date("proposed_on", "Ngày đề xuất"),
        document("founding_document", "Quyết định thành lập số"),
        date("founded_on", "Ngày thành lập", listed=True),
        text("founding_issuer", "Cơ quan ban hành quyết định"),
        date("launched_on", "Ngày ra mắt"),
        FieldSpec(
            name="head_name",
            names_person=True,
            label="Người phụ trách",
            wanted=True,
            searched=True,
            width=26,
            travels=UP,
        ),
        FieldSpec(name="head_office", label="Chức vụ người phụ trách", width=26, travels=UP),
        FieldSpec(
            name="head_phone",
            label="Điện thoại người phụ trách",
            kind=FieldKind.PHONE,
            private=True,
            width=14,
            max_length=20,
        ),
        FieldSpec(
            name="officer",
            label="Cán bộ Công an theo dõi",
            names_person=True,
            width=26,
            travels=UP,
        ),
        choice("meeting_cycle", "Chu kỳ sinh hoạt", "meeting_cycle"),
        count("households", "Số hộ tham gia", "hộ"),
        count("bells", "Kẻng, chuông báo động", "cái"),
        count("cameras", "Mắt camera", "mắt"),
        FieldSpec(
            name="cameras_shared",
            label="Camera có chia sẻ dữ liệu",
            kind=FieldKind.YES_NO,
            travels=UP,
        ),
        count("extinguishers", "Bình chữa cháy", "bình"),
        text("recognised_by", "Cơ quan ghi nhận, nhân rộng"),
        document("recognised_document", "Văn bản ghi nhận số"),
        date("recognised_on", "Ngày ghi nhận"),
        date("dissolved_on", "Ngày thanh loại, giải thể"),
        document("dissolved_document", "Văn bản thanh loại, giải thể số"),
        note("note", "Ghi chú"),
    ),
    lines=(
        LineSpec(
            name="dossier",
            label="Hồ sơ mô hình",
            item="thành phần hồ sơ",
            ids_from="dossier_item",
            fields=(
                FieldSpec(name="present", label="Đã có", kind=FieldKind.YES_NO, travels=UP),
                document("document", "Số, ký hiệu"),
                date("dated", "Ngày"),
                FieldSpec(name="note", label="Ghi chú", width=26, travels=UP),
            ),
        ),
        LineSpec(
            name="stages",
            label="Quá trình",
            item="bước",
            fields=(
                date("on", "Ngày", required=True),
                choice("state", "Tình trạng", "scheme_state", required=True),
                document("document", "Văn bản"),
                FieldSpec(name="note", label="Nội dung", width=36, travels=UP),
            ),
        ),
        LineSpec(
            name="ratings",
            label="Xếp loại hằng năm",
            item="năm xếp loại",
            ids_from="year",
            fields=(
                choice("rating", "Xếp loại", "scheme_rating", required=True),
                document("document", "Văn bản"),
                date("dated", "Ngày"),
            ),
        ),
        LineSpec(
            name="results",
            label="Kết quả hằng năm",
            item="năm",
            ids_from="year",
            fields=(
                count("tips", "Tin cung cấp", "tin"),
                count("tips_of_value", "Tin có giá trị", "tin"),
                count("mediated", "Vụ hòa giải", "vụ"),
                count("educated", "Người được giáo dục", "người"),
                count("weapons", "Vũ khí, pháo giao nộp", "món"),
            ),
        ),
        LineSpec(
            name="funding",
            label="Kinh phí",
            item="khoản kinh phí",
            fields=(
                FieldSpec(
                    name="year",
                    label="Năm",
                    kind=FieldKind.INTEGER,
                    minimum=1990,
                    maximum=2100,
                    required=True,
                    width=6,
                    travels=UP,
                ),
                choice("source", "Nguồn", "fund_source", required=True),
                money("asked", "Đề nghị"),
                money("granted", "Được cấp"),
                money("spent", "Đã chi"),
                document("document", "Văn bản"),
            ),
        ),
    ),
    rules=(_dates_follow_each_other, _an_ended_scheme_says_when),
)
