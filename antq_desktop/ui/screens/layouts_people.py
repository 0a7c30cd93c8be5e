"""*Phong trào*, what the people contribute: tips, cases cleared, arrests, mediation."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.fields import Values
from antq_desktop.ui.screens.editor_layout import Layout, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins

_KEY: Final = "movement"
_ICON: Final = "movement"


def _anonymous(values: Values) -> bool:
    return values.get("identified") is False


def _of_crime(values: Values) -> bool:
    return values.get("crime_signs") is True


def _agreed(values: Values) -> bool:
    return values.get("result") == "agreed"


TIP: Final = Layout(
    kind="tip",
    key=_KEY,
    title="Tin quần chúng cung cấp",
    icon=_ICON,
    register="tips_sheet",
    register_words="In phiếu tổng hợp",
    new="Ghi tin",
    columns=("received_on", "subject", "summary", "unit", "result"),
    spare={"unit": 115, "result": 91},
    tones={
        "checking": "info",
        "used": "calm",
        "case_cleared": "calm",
        "handled": "calm",
        "transferred": "plain",
        "unconfirmed": "watch",
    },
    defaults=begins(today="received_on", result="checking"),
    copied=("received_on", "subject", "unit", "channel", "identified", "anonymous_reason"),
    shown_when={"anonymous_reason": _anonymous, "ledger_294": _of_crime},
    first_words=(
        "Nơi này đếm tin quần chúng cung cấp và kết quả. Người cho biết tin chỉ có trong sổ giấy, "
        "không ghi ở đây."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Tin",
                    (
                        ("received_on", "subject"),
                        ("summary",),
                        ("unit", "channel"),
                    ),
                ),
                Section(
                    "Kiểm tra, kết quả",
                    (
                        ("of_value", "result"),
                        ("identified", "anonymous_reason"),
                        ("crime_signs", "ledger_294"),
                    ),
                ),
            ),
        ),
    ),
)

CLEARANCE: Final = Layout(
    kind="clearance",
    key=_KEY,
    title="Vụ việc giúp làm rõ",
    icon=_ICON,
    register="tips_sheet",
    register_words="In phiếu tổng hợp",
    new="Ghi vụ việc được làm rõ",
    columns=("cleared_on", "title", "unit", "cases", "persons"),
    spare={"unit": 118, "persons": 94},
    tones=NO_TONES,
    defaults=begins(today="cleared_on", cases=1),
    copied=("cleared_on", "cases", "unit", "kind", "people_part"),
    first_words=(
        "Nơi này ghi vụ việc được làm rõ có phần tham gia của quần chúng, chỉ bằng số vụ và số "
        "người bị xử lý."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Vụ việc",
                    (
                        ("cleared_on", "kind"),
                        ("title",),
                        ("cases", "persons"),
                        ("unit", "incident"),
                    ),
                ),
                Section("Kết quả", (("people_part", "document"), ("result",))),
            ),
        ),
    ),
)

ARREST: Final = Layout(
    kind="arrest",
    key=_KEY,
    title="Vụ trực tiếp bắt giữ",
    icon=_ICON,
    new="Ghi vụ bắt giữ",
    columns=("caught_on", "title", "offence", "unit", "persons"),
    spare={"unit": 124, "title": 100},
    tones=NO_TONES,
    defaults=begins(today="caught_on", persons=1),
    copied=("caught_on", "offence", "persons", "unit", "caught_by", "handed_to"),
    first_words=(
        "Nơi này ghi vụ quần chúng trực tiếp bắt giữ người phạm tội quả tang, theo loại, chỉ bằng "
        "số người."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Vụ bắt giữ",
                    (
                        ("caught_on", "offence"),
                        ("title",),
                        ("persons", "caught_by"),
                        ("unit", "incident"),
                    ),
                ),
                Section("Bàn giao", (("handed_to", "minutes_number"),)),
            ),
        ),
    ),
)

MEDIATION: Final = Layout(
    kind="mediation",
    key=_KEY,
    title="Hòa giải ở cơ sở",
    icon=_ICON,
    new="Ghi vụ hòa giải",
    columns=("held_on", "title", "dispute", "unit", "result"),
    spare={"unit": 122, "title": 98},
    tones={"agreed": "calm", "stopped": "watch", "ended": "plain"},
    defaults=begins(today="held_on"),
    copied=("held_on", "dispute", "unit", "group", "parties"),
    shown_when={"agreed_on": _agreed},
    first_words=(
        "Nơi này đếm vụ hòa giải ở cơ sở và kết quả. Tên các bên chỉ có trong sổ của tổ hòa giải."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Vụ hòa giải",
                    (
                        ("held_on", "dispute"),
                        ("title",),
                        ("unit", "group"),
                        ("parties", "book_number"),
                        ("incident",),
                    ),
                ),
                Section("Kết quả", (("result", "agreed_on"),)),
            ),
        ),
    ),
)

LAYOUTS: Final = (TIP, CLEARANCE, ARREST, MEDIATION)
