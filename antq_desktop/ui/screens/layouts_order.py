"""*Phong trào*, order in public: cameras, weapons handed in, complex areas, events, results."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.fields import Values
from antq_desktop.domain.records.order import TRANSFORMED
from antq_desktop.ui.screens.editor_layout import Layout, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins

_KEY: Final = "movement"
_ICON: Final = "movement"


def _shared(values: Values) -> bool:
    return values.get("shared") is True


def _transformed(values: Values) -> bool:
    return values.get("state") == TRANSFORMED


def _not_met(values: Values) -> bool:
    return values.get("met") is False


CAMERA_SITE: Final = Layout(
    kind="camera_site",
    key=_KEY,
    title="Camera an ninh",
    icon=_ICON,
    new="Thêm camera",
    columns=("name", "owner", "unit", "lenses", "shared"),
    spare={"unit": 126, "shared": 102},
    tones=NO_TONES,
    defaults=begins(),
    copied=("owner", "unit", "shared", "shared_document", "installed_on"),
    shown_when={"shared_document": _shared},
    first_words=(
        "Nơi này theo dõi số điểm, số mắt camera ở nơi công cộng và việc chia sẻ dữ liệu; không "
        "ghi tên chủ hộ."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Hệ thống camera",
                    (
                        ("name",),
                        ("points", "lenses"),
                        ("owner", "unit"),
                        ("shared", "shared_document"),
                        ("installed_on", "ended_on"),
                        ("note",),
                    ),
                ),
            ),
        ),
    ),
)

SURRENDER: Final = Layout(
    kind="surrender",
    key=_KEY,
    title="Vũ khí, pháo giao nộp",
    icon=_ICON,
    new="Ghi lần giao nộp",
    columns=("received_on", "item", "pieces", "grams", "unit"),
    spare={"unit": 97},
    tones=NO_TONES,
    defaults=begins(today="received_on"),
    copied=("received_on", "item", "way", "unit", "handed_to"),
    first_words=(
        "Nơi này đếm vũ khí, vật liệu nổ, công cụ hỗ trợ, pháo do nhân dân giao nộp; không ghi "
        "người giao nộp."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Lần giao nộp",
                    (
                        ("received_on", "item"),
                        ("pieces", "grams"),
                        ("way", "unit"),
                        ("title",),
                        ("minutes_number", "handed_to"),
                    ),
                ),
            ),
        ),
    ),
)

HOTSPOT: Final = Layout(
    kind="hotspot",
    key=_KEY,
    title="Địa bàn trọng điểm",
    icon=_ICON,
    new="Thêm địa bàn",
    columns=("name", "kind", "unit", "identified_on", "state"),
    spare={"unit": 119, "kind": 95},
    tones={
        "complex": "fault",
        "transforming": "watch",
        "transformed": "calm",
        "relapsed": "fault",
    },
    defaults=begins(today="identified_on", state="complex"),
    copied=("kind", "unit", "level", "identified_on", "document", "state"),
    shown_when={"transformed_on": _transformed, "transformed_document": _transformed},
    first_words=(
        "Nơi này theo dõi địa bàn trọng điểm, phức tạp về trật tự từ khi xác định đến khi chuyển "
        "hóa xong."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Địa bàn",
                    (
                        ("name",),
                        ("kind", "state"),
                        ("identified_on", "document"),
                        ("unit", "level"),
                    ),
                ),
                Section(
                    "Chuyển hóa",
                    (
                        ("plan_document",),
                        ("transformed_on", "transformed_document"),
                        ("measures",),
                    ),
                ),
            ),
        ),
    ),
)

PUBLIC_EVENT: Final = Layout(
    kind="public_event",
    key=_KEY,
    title="Sự kiện được bảo vệ",
    icon=_ICON,
    new="Ghi sự kiện",
    columns=("began_on", "title", "event_kind", "outcome"),
    spare={"event_kind": 90, "outcome": 74},
    tones=NO_TONES,
    defaults=begins(today="began_on"),
    copied=("event_kind", "unit", "police", "teams", "others"),
    first_words=(
        "Nơi này ghi lễ hội, đại hội, ngày lễ được bảo vệ, lực lượng bằng số; không có phương án "
        "bảo vệ."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Sự kiện",
                    (
                        ("began_on", "ended_on"),
                        ("title",),
                        ("event_kind", "unit"),
                    ),
                ),
                Section(
                    "Lực lượng, kết quả",
                    (("police", "teams"), ("others", "attendance"), ("outcome",)),
                ),
            ),
        ),
    ),
)

INSPECTION: Final = Layout(
    kind="inspection",
    key=_KEY,
    title="Kiểm tra của Ban Chỉ đạo",
    icon=_ICON,
    new="Ghi cuộc kiểm tra",
    columns=("inspected_on", "title", "unit", "minutes_number", "remedied_on"),
    spare={"unit": 140, "minutes_number": 114, "remedied_on": 87},
    tones=NO_TONES,
    defaults=begins(today="inspected_on"),
    copied=("inspected_on", "title", "led_by", "plan_document"),
    first_words=(
        "Nơi này ghi cuộc kiểm tra, hướng dẫn của Ban Chỉ đạo ở đơn vị cơ sở và việc khắc phục."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Cuộc kiểm tra",
                    (
                        ("inspected_on", "unit"),
                        ("title",),
                        ("led_by", "units"),
                        ("plan_document", "minutes_number"),
                    ),
                ),
                Section(
                    "Kết luận, khắc phục",
                    (("findings",), ("required_work",), ("remedied_on",)),
                ),
            ),
        ),
    ),
)

RURAL_STANDARD: Final = Layout(
    kind="rural_standard",
    key=_KEY,
    title="Nông thôn mới, đô thị văn minh",
    icon=_ICON,
    new="Ghi kết quả tiêu chí",
    columns=("year", "unit", "level", "met", "document"),
    spare={"document": 129, "met": 100},
    tones=NO_TONES,
    defaults=begins(year=True, own_unit=True),
    copied=("year", "unit", "met"),
    shown_when={"reason": _not_met},
    first_words=(
        "Nơi này theo dõi tiêu chí an ninh, trật tự trong nông thôn mới, đô thị văn minh của từng "
        "năm."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Tiêu chí an ninh, trật tự",
                    (
                        ("unit", "year"),
                        ("level", "met"),
                        ("reason",),
                        ("decided_on", "document"),
                    ),
                ),
            ),
        ),
    ),
)

MANAGED_COUNT: Final = Layout(
    kind="managed_count",
    key=_KEY,
    title="Quản lý, tái hòa nhập",
    icon=_ICON,
    new="Ghi số liệu quản lý",
    columns=("year", "unit", "category", "persons", "ended"),
    spare={"ended": 105},
    tones=NO_TONES,
    defaults=begins(today="counted_on", year=True),
    copied=("unit", "year", "counted_on"),
    first_words=(
        "Nơi này ghi số người được quản lý, giáo dục, giúp tái hòa nhập theo diện; chỉ có số, "
        "không có tên."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Đơn vị, diện",
                    (("unit", "year"), ("category", "counted_on")),
                ),
                Section(
                    "Số người",
                    (
                        ("persons", "begun"),
                        ("ended", "helped"),
                        ("relapsed", "document"),
                    ),
                ),
            ),
        ),
    ),
)

FUNDING: Final = Layout(
    kind="funding",
    key=_KEY,
    title="Kinh phí",
    icon=_ICON,
    new="Ghi khoản kinh phí",
    columns=("year", "title", "source", "granted", "spent"),
    spare={"source": 106, "spent": 90},
    tones=NO_TONES,
    defaults=begins(year=True),
    copied=("year", "source", "scheme", "unit"),
    first_words=(
        "Nơi này theo dõi kinh phí phong trào: đề nghị, được cấp, đã chi, mỗi khoản có văn bản của "
        "nó."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Khoản kinh phí",
                    (
                        ("year", "source"),
                        ("title",),
                        ("scheme", "unit"),
                    ),
                ),
                Section(
                    "Đề nghị, cấp, chi",
                    (
                        ("asked", "asked_document"),
                        ("asked_on",),
                        ("granted", "granted_document"),
                        ("granted_on",),
                        ("spent", "spent_document"),
                        ("note",),
                    ),
                ),
            ),
        ),
    ),
)

PREVENTION: Final = (CAMERA_SITE, SURRENDER, HOTSPOT, PUBLIC_EVENT, INSPECTION)
RESULTS: Final = (RURAL_STANDARD, MANAGED_COUNT, FUNDING)
