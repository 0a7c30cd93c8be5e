"""*Tiêu chuẩn*: score sheets, what was decided by them, and what follows."""

from __future__ import annotations

from typing import Final

from antq_desktop.ui.screens.editor_layout import ChildrenPart, Layout, LinesPart, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins, written

_KEY: Final = "standards"

SCORE_SHEET: Final = Layout(
    kind="score_sheet",
    key=_KEY,
    title="Phiếu chấm",
    icon=_KEY,
    new="Lập phiếu chấm",
    columns=("year", "subject", "set_title", "state", "begun_on"),
    tones={
        "drafting": "info",
        "self_reviewed": "info",
        "submitted": "watch",
        "appraised": "calm",
        "closed": "plain",
    },
    defaults=begins(today="begun_on", year=True, state="drafting"),
    copied=("year",),
    first_words="Nơi này giữ phiếu chấm của từng đơn vị; điểm, mức và thiếu gì luôn được tính lại.",
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Phiếu chấm",
                    (
                        ("subject", "year"),
                        ("criteria_set", "set_title"),
                        ("unit", "state"),
                        ("begun_on", "closed_on"),
                        ("window_since", "window_until"),
                        ("digest",),
                        ("checks",),
                    ),
                ),
                LinesPart(
                    "marks",
                    ("answer", "number", "dated", "issuer"),
                    (("answer",), ("number", "dated"), ("issuer",)),
                ),
                LinesPart("told", ("answer",), (("answer",),)),
            ),
        ),
        Page(
            "Dòng chấm",
            (
                ChildrenPart(
                    "score_line",
                    ("item", "answer", "points"),
                    (
                        ("item", "answer"),
                        ("points", "reason"),
                        ("seen",),
                        ("computed_on", "override"),
                        ("override_reason",),
                        ("settled_reason",),
                    ),
                ),
            ),
        ),
        Page(
            "Thẩm định",
            (
                ChildrenPart(
                    "appraisal_line",
                    ("item", "answer", "points"),
                    (
                        ("item", "author"),
                        ("answer", "points"),
                        ("reason",),
                        ("difference",),
                        ("unit", "appraised_on"),
                    ),
                ),
            ),
        ),
    ),
)

STANDARD_DECISION: Final = Layout(
    kind="standard_decision",
    key=_KEY,
    title="Quyết định",
    icon=_KEY,
    new="Ghi quyết định",
    columns=("year", "number", "title", "standard", "decided_on"),
    tones=NO_TONES,
    defaults=begins(today="decided_on", year=True, standard="security"),
    copied=("year", "standard", "issuer", "signer_office"),
    first_words=(
        "Nơi này ghi quyết định công nhận, phân loại; một quyết định dùng cho nhiều đơn vị."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Quyết định",
                    (
                        ("title",),
                        ("year", "standard"),
                        ("number", "decided_on"),
                        ("issuer", "signer_office"),
                        ("note",),
                    ),
                ),
            ),
        ),
    ),
)

RECOGNITION: Final = Layout(
    kind="recognition",
    key=_KEY,
    title="Công nhận",
    icon=_KEY,
    new="Ghi kết quả công nhận",
    columns=("year", "unit", "result", "decided_on", "certificate_number"),
    tones={"recognised": "calm", "not_recognised": "watch", "expected": "info"},
    defaults=written(today="decided_on", year=True, standard="security"),
    copied=("author", "year", "standard", "decision", "decision_number", "decided_on", "issuer"),
    first_words="Nơi này ghi đơn vị được công nhận, không được công nhận, và giấy công nhận.",
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Kết quả",
                    (
                        ("unit", "year"),
                        ("standard", "result"),
                        ("reason",),
                        ("met", "whole"),
                        ("author",),
                    ),
                ),
                Section(
                    "Quyết định, giấy công nhận",
                    (
                        ("decision", "decision_number"),
                        ("decided_on", "issuer"),
                        ("certificate_number", "certificate_on"),
                    ),
                ),
            ),
        ),
    ),
)

CLASSIFICATION: Final = Layout(
    kind="classification",
    key=_KEY,
    title="Phân loại",
    icon=_KEY,
    new="Ghi kết quả phân loại",
    columns=("year", "unit", "grade", "points", "decided_on"),
    tones={"excellent": "calm", "good": "calm", "average": "watch", "poor": "alert"},
    defaults=written(today="decided_on", year=True),
    copied=("author", "year", "decision", "decision_number", "decided_on", "issuer"),
    first_words="Nơi này ghi mức phân loại phong trào của từng đơn vị trong năm.",
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Kết quả",
                    (("unit", "year"), ("grade", "points"), ("sheet", "author"), ("reason",)),
                ),
                Section("Quyết định", (("decision", "decision_number"), ("decided_on", "issuer"))),
            ),
        ),
    ),
)

REMEDIAL_PLAN: Final = Layout(
    kind="remedial_plan",
    key=_KEY,
    title="Khắc phục",
    icon=_KEY,
    new="Lập kế hoạch khắc phục",
    columns=("year", "unit", "grade", "deadline", "state"),
    tones={"planned": "info", "carrying_out": "info", "done": "calm", "not_done": "watch"},
    defaults=written(year=True, state="planned"),
    copied=("author", "year", "follower"),
    first_words=(
        "Nơi này theo dõi đơn vị xếp Trung bình, Yếu: việc phải làm, thời hạn, người theo dõi."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Kế hoạch",
                    (("unit", "year"), ("grade", "deadline"), ("state", "document"), ("measures",)),
                ),
                Section("Theo dõi", (("follower", "follower_office"), ("author", "done_on"))),
                LinesPart(
                    "reviews",
                    ("reviewed_on", "result", "remaining"),
                    (("reviewed_on",), ("result",), ("remaining",)),
                    order_by="reviewed_on",
                ),
            ),
        ),
    ),
)

DRUG_COUNT: Final = Layout(
    kind="drug_count",
    key=_KEY,
    title="Số liệu về ma túy",
    icon=_KEY,
    new="Ghi số liệu",
    columns=("year", "unit", "residents", "people", "counted_on"),
    tones=NO_TONES,
    defaults=begins(today="counted_on", year=True, own_unit=True),
    copied=("unit", "residents"),
    first_words=(
        "Nơi này ghi các số của xã để xét địa bàn về ma túy; chỉ có số, không có danh sách."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Số liệu",
                    (
                        ("unit", "year"),
                        ("counted_on", "residents"),
                        ("people", "places"),
                        ("arrested", "plants"),
                        ("square_metres", "on_key_route"),
                        ("document",),
                    ),
                ),
            ),
        ),
    ),
)

CRITERIA_VERSION: Final = Layout(
    kind="criteria_version",
    key=_KEY,
    title="Bộ tiêu chí đã dùng",
    icon=_KEY,
    new="Giữ bộ tiêu chí",
    columns=("code", "title", "kept_on", "author"),
    tones=NO_TONES,
    defaults=written(today="kept_on"),
    copied=("author",),
    first_words="Nơi này giữ nguyên các bộ tiêu chí đã dùng và bộ do đơn vị sửa.",
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Bộ tiêu chí",
                    (("title", "code"), ("digest", "author"), ("kept_on", "retired_on")),
                ),
                LinesPart("content", ("piece",), (("piece",),)),
            ),
        ),
    ),
)

SHEETS: Final = (SCORE_SHEET, DRUG_COUNT, CRITERIA_VERSION)
RESULTS: Final = (STANDARD_DECISION, RECOGNITION, CLASSIFICATION, REMEDIAL_PLAN)
