"""Which records stand in which table of a paper: data, so that a paper more needs no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from antq_desktop.domain.fields import Value
from antq_desktop.domain.records.incidents import CLOSED

OPEN_TASKS: Final = frozenset[Value]({"new", "in_progress"})
_NONE: Final = frozenset[Value]({None})


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a table come from.

    Attributes:
        kind: Kind of record.
        fields: The fields in its columns.
        points: The reference by which a row belongs to the record of the paper; empty for all.
        day: The day that must lie in the period; empty for any.
        began: With `ended`: the day from which a row is in force.
        ended: The day from which it no longer is.
        only: The values that a field must have; `None` for none.
        but: The values that a field may not have.
        order: The fields by which rows are sorted; the day, or the first column, when empty.
        after: Empty columns behind the fields, to be filled in by hand.
        lines: Name of a list of the paper's own record, in place of a kind.
        adds: Fields that are summed but have no column.
        yearly: Whether only what is of the year of the paper belongs to it.
    """

    kind: str = ""
    fields: tuple[str, ...] = ()
    points: str = ""
    day: str = ""
    began: str = ""
    ended: str = ""
    only: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    but: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    after: int = 0
    lines: str = ""
    adds: tuple[str, ...] = ()
    yearly: bool = False

    @property
    def asks(self) -> tuple[str, ...]:
        """Every field that must be read, some twice, with empty names among them."""
        return (
            *self.fields, self.points, self.day, self.began, self.ended, *self.order, *self.adds,
            *self.only, *self.but, "year" if self.yearly else "",
        )  # fmt: skip


Tables = Mapping[str, Source]
_MEMBERS: Final = Source(
    "member", ("name", "office", "occupation"), "scheme", ended="left_on", order=("office", "name")
)
_SITES: Final = Source("site", ("name",), "scheme", ended="ended_on")
_TEAMS: Final = Source("team", ("name",), "scheme", ended="ended_on")
_RESULTS: Final = Source(
    lines="results", fields=("tips", "tips_of_value", "mediated", "educated", "weapons")
)
_RATINGS: Final = Source(lines="ratings", fields=("rating", "document", "dated"))
_PERSON: Final = (
    "name", "office", "birth_year", "sex", "education", "unit", "joined_on", "joined_document",
)  # fmt: skip
_TASKS: Final = ("title", "lead", "support", "deadline")
_PATROLS: Final = Source(
    "patrol", ("area",), day="patrolled_on", adds=("turns", "persons", "found", "reminded")
)
_DOCUMENTS: Final = Source(
    "document", ("number", "dated", "document_kind", "title", "issuer"), day="dated", after=2
)
_ARRESTS: Final = Source(
    "arrest",
    ("caught_on", "offence", "persons", "caught_by", "unit", "minutes_number"),
    day="caught_on",
)
_MEDIATIONS: Final = Source(
    "mediation", ("held_on", "dispute", "unit", "result", "book_number"), day="held_on"
)
_TIPS: Final = Source(
    "tip", ("received_on", "subject", "channel", "unit", "of_value", "result"), day="received_on"
)
_SESSIONS: Final = Source(
    "session",
    ("held_on", "title", "session_kind", "held_by", "unit", "turns", "attendance"),
    day="held_on",
)

# What each paper reads, by its code; a paper whose code is missing here is filled by code.
RECIPES: Final[Mapping[str, Tables]] = MappingProxyType({
    "scheme_decision": {"members": _MEMBERS},
    "scheme_regulation": {"members": _MEMBERS, "sites": _SITES, "teams": _TEAMS},
    "scheme_launch": {
        "members": Source(
            "member", ("name", "office"), "scheme", ended="left_on", order=("office", "name"),
            after=1,
        ),
    },
    "activity_minutes": {},
    "scheme_report": {
        "members": _MEMBERS, "sites": _SITES, "teams": _TEAMS, "results": _RESULTS,
        "ratings": _RATINGS,
        "activities": Source(
            "activity", ("held_on", "activity_kind", "title", "attendance"), "scheme", "held_on"
        ),
    },
    "scheme_recognition": {
        "members": _MEMBERS, "sites": _SITES, "results": _RESULTS, "ratings": _RATINGS,
    },
    "scheme_dissolution": {
        "members": _MEMBERS, "sites": _SITES, "teams": _TEAMS,
        "funding": Source(
            lines="funding", fields=("year", "source", "asked", "granted", "spent")
        ),
    },
    "remedial_paper": {
        "reviews": Source(lines="reviews", fields=("reviewed_on", "result", "remaining")),
    },
    "incident_slip": {"involved": Source(lines="involved", fields=("role", "sex", "age_group"))},
    "incident_quick": {},
    "incident_transfer": {},
    "team_member_list": {
        "members": Source(
            "team_member", _PERSON, "protection_team", ended="left_on", order=("office", "name")
        ),
    },
    "force_members": {
        "members": Source(
            "team_member",
            ("protection_team", "name", "office", "birth_year", "sex", "education", "joined_on",
             "joined_document", "tool_certificate"),
            began="joined_on", ended="left_on", order=("protection_team", "office", "name"),
        ),
        "teams": Source("protection_team", ("name",), began="founded_on", ended="ended_on"),
    },
    "force_ratings": {
        "teams": Source(
            "team_rating",
            ("protection_team", "rating", "unrated_reason", "tasks_given", "tasks_done",
             "document"),
            yearly=True, order=("protection_team",),
        ),
        "members": Source(
            "member_rating",
            ("team_member", "rating", "unrated_reason", "tasks_given", "tasks_done",
             "meetings_attended", "document"),
            yearly=True, order=("team_member",),
        ),
    },
    "team_proposal": {
        "candidates": Source(
            "team_member", ("name", "birth_year", "sex", "education", "unit", "office"),
            "protection_team", ended="left_on", only={"joined_document": _NONE}, order=("name",),
        ),
    },
    "team_heads": {
        "heads": Source(
            "team_member",
            ("name", "birth_year", "sex", "education", "unit", "joined_on", "office"),
            "protection_team", ended="left_on",
            only={"office": frozenset[Value]({"head", "deputy"})}, order=("office", "name"),
        ),
    },
    "team_leaving": {},
    "team_decision": {
        "members": Source(
            "team_member", ("name", "office", "birth_year", "unit"), "protection_team",
            ended="left_on", order=("office", "name"),
        ),
    },
    "tips_sheet": {
        "tips": _TIPS,
        "clearances": Source(
            "clearance", ("cleared_on", "title", "cases", "persons", "unit", "people_part"),
            day="cleared_on",
        ),
        "arrests": _ARRESTS,
        "mediations": _MEDIATIONS,
        "surrenders": Source(
            "surrender",
            ("received_on", "item", "pieces", "grams", "way", "unit", "minutes_number"),
            day="received_on",
        ),
    },
    "propaganda_log": {
        "sessions": _SESSIONS,
        "publications": Source(
            "publication", ("published_on", "title", "channel", "subject", "items", "reached"),
            day="published_on",
        ),
    },
    "commendation_submission": {
        "holders": Source(lines="holders", fields=("holder_kind", "name", "office")),
    },
    "commendation_list": {
        "commendations": Source(
            "commendation",
            ("decided_on", "number", "issuer", "award", "for_whom", "title", "collectives",
             "individuals"),
            day="decided_on",
        ),
    },
    "coordination_report": {
        "programmes": Source(
            "programme", ("title", "partner", "number", "signed_on"), began="signed_on",
            ended="ended_on", order=("signed_on",),
        ),
        "activities": Source(
            "programme_activity", ("held_on", "title", "held_by", "attendance", "result"),
            day="held_on",
        ),
        "joint": Source(
            "joint_work", ("done_on", "result_kind", "quantity", "measured_in", "partner"),
            day="done_on",
        ),
    },
    "year_plan": {
        "targets": Source(
            "target", ("measure", "value", "document"), yearly=True, order=("measure",)
        ),
        "tasks": Source("task", _TASKS, day="deadline"),
        "schemes": Source("scheme", ("name",), began="founded_on", ended="dissolved_on"),
    },
    "committee_decision": {
        "members": Source(
            "committee_member", ("name", "office", "role", "unit", "in_charge"), "committee",
            ended="left_on", order=("role", "name"),
        ),
    },
    "conclusion_notice": {"tasks": Source("task", _TASKS, "source", order=("deadline",))},
    "festival_plan": {},
    "festival_report": {},
    "daily_report": {
        "incidents": Source(
            "incident", ("register_number", "occurred_on", "title", "kind", "state"),
            day="occurred_on", adds=("deaths", "injuries"),
        ),
        "tips": _TIPS,
        "sessions": _SESSIONS,
        "patrols": _PATROLS,
        "activities": Source("activity", ("title",), day="held_on"),
        "mediations": _MEDIATIONS,
    },
    "campaign_report": {
        "results": Source(
            "campaign_result", ("title", "quantity", "measured_in", "unit"), "campaign"
        ),
        "incidents": Source("incident", ("title",), day="occurred_on"),
    },
    "handing_over": {
        "open_tasks": Source(
            "task", ("title", "lead", "deadline", "state"), only={"state": OPEN_TASKS},
            order=("deadline", "title"),
        ),
        "open_incidents": Source(
            "incident", ("register_number", "occurred_on", "title", "state", "officer"),
            but={"state": frozenset[Value](CLOSED)}, order=("occurred_on",),
        ),
        "open_plans": Source(
            "remedial_plan", ("unit", "deadline", "state"), only={"done_on": _NONE},
            order=("deadline",),
        ),
        "open_proposals": Source(
            "proposal", ("title", "sent_on", "addressee"), only={"answered_on": _NONE},
            order=("sent_on",),
        ),
    },
    "file_cover": {},
    "file_cover_year": {"documents": _DOCUMENTS},
    "file_contents": {"documents": _DOCUMENTS},
    "file_end": {"documents": _DOCUMENTS},
    "archive_list": {},
})  # fmt: skip

# The files that a year leaves, by kind: the day that dates them, and what the file is called.
FILES: Final = (
    ("document", "dated", "Tập văn bản đi, đến"),
    ("meeting", "held_on", "Hội nghị, cuộc họp của Ban Chỉ đạo"),
    ("scheme", "founded_on", "Hồ sơ mô hình lập trong kỳ"),
    ("activity", "held_on", "Biên bản sinh hoạt mô hình"),
    ("incident", "occurred_on", "Hồ sơ vụ việc"),
    ("registration", "registered_on", "Đăng ký tiêu chuẩn"),
    ("submission", "submitted_on", "Hồ sơ đề nghị công nhận, phân loại"),
    ("standard_decision", "decided_on", "Quyết định công nhận, phân loại"),
    ("programme", "signed_on", "Chương trình phối hợp"),
    ("session", "held_on", "Tuyên truyền"),
    ("festival", "held_on", "Ngày hội Toàn dân bảo vệ an ninh Tổ quốc"),
    ("campaign", "began_on", "Đợt cao điểm"),
    ("inspection", "inspected_on", "Kiểm tra của Ban Chỉ đạo"),
    ("commendation", "decided_on", "Khen thưởng"),
    ("funding", "granted_on", "Kinh phí phong trào"),
)
