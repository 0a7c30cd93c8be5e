"""Which papers there are, and what each of them is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Needs(StrEnum):
    """What a paper is made of."""

    RECORD = "record"
    PERIOD = "period"
    BUNDLE = "bundle"
    UNIT = "unit"
    NOTHING = "nothing"


ASKS: Final = {
    Needs.RECORD: ("record", "Biểu mẫu này in từ một hồ sơ. Chọn hồ sơ rồi in."),
    Needs.PERIOD: ("period", "Biểu mẫu này in theo kỳ. Chọn kỳ rồi in."),
    Needs.UNIT: ("record", "Biểu mẫu này in cho một đơn vị. Chọn đơn vị ở trang Theo tháng."),
    Needs.BUNDLE: ("bundle", "Biểu mẫu này in cho một gói dữ liệu. Chọn gói trong sổ giao nhận."),
}


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper that can be made here.

    Attributes:
        code: Stable name of its form.
        title: What it is called.
        needs: What it is made of.
        kind: For a paper of a record: the kind of record; empty where any will do.
        has_private: Whether private fields can be put on it.
        in_word: Whether it can be saved as a Word file; words on a blank cannot.
    """

    code: str
    title: str
    needs: Needs
    kind: str = ""
    has_private: bool = False
    in_word: bool = True


NEEDS: Final = {
    "record_sheet": Needs.RECORD,
    "scheme_sheet": Needs.RECORD,
    "scheme_members": Needs.RECORD,
    "scheme_cover": Needs.RECORD,
    "meeting_minutes": Needs.RECORD,
    "meeting_invitation": Needs.RECORD,
    "meeting_attendance": Needs.RECORD,
    "reminder_letter": Needs.RECORD,
    "neighbourhood_slip": Needs.RECORD,
    "document_register": Needs.PERIOD,
    "incident_register": Needs.PERIOD,
    "report": Needs.PERIOD,
    "summary": Needs.PERIOD,
    "summary_by_unit": Needs.PERIOD,
    "bm1": Needs.PERIOD,
    "delivery_register": Needs.PERIOD,
    "std_registration": Needs.RECORD,
    "std_minutes": Needs.RECORD,
    "std_proposal": Needs.RECORD,
    "std_score_sheet": Needs.RECORD,
    "std_decision": Needs.RECORD,
    "std_certificate": Needs.RECORD,
    "std_certificate_blank": Needs.RECORD,
    "std_result_report": Needs.PERIOD,
    "std_result_list": Needs.PERIOD,
    "std_score_list_exemplary": Needs.PERIOD,
    "std_score_list_model_police": Needs.PERIOD,
    "std_score_list_drugs": Needs.PERIOD,
    "std_score_list_rating": Needs.PERIOD,
    "scheme_decision": Needs.RECORD,
    "scheme_regulation": Needs.RECORD,
    "scheme_launch": Needs.RECORD,
    "activity_minutes": Needs.RECORD,
    "scheme_report": Needs.RECORD,
    "scheme_recognition": Needs.RECORD,
    "scheme_dissolution": Needs.RECORD,
    "std_plan": Needs.RECORD,
    "std_unit_report": Needs.RECORD,
    "opinion_slip": Needs.RECORD,
    "remedial_paper": Needs.RECORD,
    "incident_slip": Needs.RECORD,
    "incident_quick": Needs.RECORD,
    "incident_transfer": Needs.RECORD,
    "team_member_list": Needs.RECORD,
    "team_proposal": Needs.RECORD,
    "team_heads": Needs.RECORD,
    "team_decision": Needs.RECORD,
    "team_leaving": Needs.RECORD,
    "commendation_submission": Needs.RECORD,
    "committee_decision": Needs.RECORD,
    "conclusion_notice": Needs.RECORD,
    "festival_plan": Needs.RECORD,
    "festival_report": Needs.RECORD,
    "campaign_report": Needs.RECORD,
    "file_cover": Needs.RECORD,
    "cls_list": Needs.PERIOD,
    "cls_submission": Needs.PERIOD,
    "incident_deadlines": Needs.PERIOD,
    "force_members": Needs.PERIOD,
    "force_ratings": Needs.PERIOD,
    "tips_sheet": Needs.PERIOD,
    "propaganda_log": Needs.PERIOD,
    "commendation_list": Needs.PERIOD,
    "coordination_report": Needs.PERIOD,
    "year_plan": Needs.PERIOD,
    "daily_report": Needs.PERIOD,
    "handing_over": Needs.PERIOD,
    "file_cover_year": Needs.PERIOD,
    "file_contents": Needs.PERIOD,
    "file_end": Needs.PERIOD,
    "archive_list": Needs.PERIOD,
    "merge_minutes": Needs.BUNDLE,
    "receipt": Needs.BUNDLE,
    "gap_letter": Needs.UNIT,
    "key_slip": Needs.NOTHING,
}
RECORD_KINDS: Final = {
    "scheme_sheet": "scheme",
    "scheme_members": "scheme",
    "scheme_cover": "scheme",
    "meeting_minutes": "meeting",
    "meeting_invitation": "meeting",
    "meeting_attendance": "meeting",
    "reminder_letter": "task",
    "neighbourhood_slip": "unit",
    "std_registration": "registration",
    "std_minutes": "submission",
    "std_proposal": "submission",
    "std_score_sheet": "score_sheet",
    "std_decision": "standard_decision",
    "std_certificate": "recognition",
    "std_certificate_blank": "recognition",
    "scheme_decision": "scheme",
    "scheme_regulation": "scheme",
    "scheme_launch": "scheme",
    "activity_minutes": "activity",
    "scheme_report": "scheme",
    "scheme_recognition": "scheme",
    "scheme_dissolution": "scheme",
    "std_plan": "registration",
    "std_unit_report": "submission",
    "opinion_slip": "committee_member",
    "remedial_paper": "remedial_plan",
    "incident_slip": "incident",
    "incident_quick": "incident",
    "incident_transfer": "incident",
    "team_member_list": "protection_team",
    "team_proposal": "protection_team",
    "team_heads": "protection_team",
    "team_decision": "protection_team",
    "team_leaving": "team_member",
    "commendation_submission": "commendation",
    "committee_decision": "committee",
    "conclusion_notice": "meeting",
    "festival_plan": "festival",
    "festival_report": "festival",
    "campaign_report": "campaign",
}
RECEIVER_ONLY: Final = frozenset({"summary_by_unit", "gap_letter", "merge_minutes"})
WITH_PRIVATE: Final = frozenset({"record_sheet", "scheme_sheet", "scheme_members"})
# Papers that bear a number, by the abbreviation of their kind in Annex III of the decree.
NUMBERED: Final = {
    "meeting_minutes": "BB",
    "meeting_invitation": "GM",
    "report": "BC",
    "summary": "BC",
    "summary_by_unit": "BC",
    "bm1": "BC",
    "std_result_report": "BC",
    "scheme_decision": "QĐ",
    "scheme_launch": "BB",
    "activity_minutes": "BB",
    "scheme_report": "BC",
    "scheme_recognition": "TTr",
    "scheme_dissolution": "BB",
    "cls_submission": "TTr",
    "remedial_paper": "KH",
    "incident_quick": "BC",
    "incident_transfer": "PC",
    "team_leaving": "BC",
    "team_decision": "QĐ",
    "commendation_submission": "TTr",
    "coordination_report": "BC",
    "merge_minutes": "BB",
    "year_plan": "KH",
    "committee_decision": "QĐ",
    "conclusion_notice": "TB",
    "festival_plan": "KH",
    "festival_report": "BC",
    "daily_report": "BC",
    "campaign_report": "BC",
    "handing_over": "BB",
}
BLANK: Final = "std_certificate_blank"
# The body that issues a paper, where it is not the police.
ISSUED_BY: Final = {
    "std_decision": "government",
    "std_certificate": "government",
    "std_certificate_blank": "government",
    "std_registration": "neighbourhood",
    "std_minutes": "neighbourhood",
    "std_proposal": "neighbourhood",
    "std_plan": "neighbourhood",
    "std_unit_report": "neighbourhood",
    "scheme_decision": "government",
    "scheme_regulation": "government",
    "team_decision": "government",
    "committee_decision": "government",
    "opinion_slip": "committee",
    "year_plan": "committee",
    "conclusion_notice": "committee",
    "festival_plan": "committee",
    "festival_report": "committee",
    "coordination_report": "committee",
}
_FIXED: Final = frozenset({"government", "neighbourhood"})


def may_choose_body(form: str) -> bool:
    """Tell whether a unit may say which body issues a paper: documents that bear a number.

    Sheets and registers stay with the police, which keeps them.
    """
    return form in {*NUMBERED, "reminder_letter"} and ISSUED_BY.get(form) not in _FIXED
