"""The kinds of record, area by area; each field is said here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from antq_desktop.domain.asked import tell_kinds
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.records.answers import PROPOSAL_ANSWER, TASK_ANSWER
from antq_desktop.domain.records.attachments import KIND as ATTACHMENT
from antq_desktop.domain.records.attachments import attachment_of
from antq_desktop.domain.records.between import (
    ADJUSTMENT,
    NOT_POINTED_AT,
    REQUEST_ANSWER,
    ZERO_REPORT,
    request_about,
)
from antq_desktop.domain.records.code_values import CODE_VALUE
from antq_desktop.domain.records.commendations import COMMENDATION
from antq_desktop.domain.records.commitments import COMMITMENT
from antq_desktop.domain.records.contribution import ARREST, CLEARANCE, MEDIATION, TIP
from antq_desktop.domain.records.coordination import JOINT_WORK, PROGRAMME, PROGRAMME_ACTIVITY
from antq_desktop.domain.records.documents import DOCUMENT, ISSUING_BODY, TASK
from antq_desktop.domain.records.examples import (
    CHANNEL,
    EXAMPLE,
    MASS_TEAM,
    PUBLIC_EVENT,
    RURAL_STANDARD,
)
from antq_desktop.domain.records.forces import GUARD_FORCE, PATROL, POLICE_FORCE
from antq_desktop.domain.records.funding import FUNDING, MANAGED_COUNT
from antq_desktop.domain.records.incidents import INCIDENT
from antq_desktop.domain.records.openings import OPENING_FIGURE
from antq_desktop.domain.records.order import CAMERA_SITE, HOTSPOT, INSPECTION, SURRENDER
from antq_desktop.domain.records.propaganda import (
    CAMPAIGN,
    CAMPAIGN_RESULT,
    FESTIVAL,
    PUBLICATION,
    SESSION,
)
from antq_desktop.domain.records.protection import (
    PROTECTION_TEAM,
    SERVICE_HARM,
    TEAM_MEMBER,
    TEAM_TRAINING,
)
from antq_desktop.domain.records.ratings import MEMBER_RATING, TEAM_RATING
from antq_desktop.domain.records.scheme_parts import ACTIVITY, MEMBER, SITE, TEAM
from antq_desktop.domain.records.schemes import SCHEME
from antq_desktop.domain.records.standards import REGISTRATION, SUBMISSION, UNIT_YEAR
from antq_desktop.domain.records.standards_results import (
    CLASSIFICATION_RESULT,
    RECOGNITION,
    REMEDIAL_PLAN,
    STANDARD_DECISION,
)
from antq_desktop.domain.records.standards_sheets import (
    APPRAISAL_LINE,
    CRITERIA_VERSION,
    SCORE_LINE,
    SCORE_SHEET,
)
from antq_desktop.domain.records.standards_year import (
    CLOSING,
    DAY_PLAN,
    DRUG_COUNT,
    HOLIDAY,
    TARGET,
)
from antq_desktop.domain.records.steering import (
    COMMITTEE,
    COMMITTEE_MEMBER,
    MEETING,
    PROPOSAL,
)
from antq_desktop.domain.records.unit_changes import UNIT_CHANGE
from antq_desktop.domain.records.units import UNIT

Specs = Mapping[str, RecordSpec]

_FIRST = (UNIT, SCHEME, SITE, TEAM, MEMBER, ACTIVITY, INCIDENT)
_MOVEMENT = (
    *(TIP, CLEARANCE, ARREST, MEDIATION),
    *(SESSION, PUBLICATION, FESTIVAL, CAMPAIGN, CAMPAIGN_RESULT, COMMITMENT),
    *(PROGRAMME, PROGRAMME_ACTIVITY, JOINT_WORK),
    *(COMMENDATION, EXAMPLE, MASS_TEAM, CHANNEL),
    *(SURRENDER, CAMERA_SITE, HOTSPOT, PUBLIC_EVENT, INSPECTION),
    *(RURAL_STANDARD, FUNDING, MANAGED_COUNT),
)
_FORCES = (
    *(PROTECTION_TEAM, TEAM_MEMBER, SERVICE_HARM, TEAM_TRAINING, TEAM_RATING, MEMBER_RATING),
    *(PATROL, POLICE_FORCE, GUARD_FORCE, COMMITTEE, COMMITTEE_MEMBER),
)
_STANDARDS = (
    *(UNIT_YEAR, REGISTRATION, SUBMISSION, SCORE_SHEET, SCORE_LINE, APPRAISAL_LINE),
    *(STANDARD_DECISION, RECOGNITION, CLASSIFICATION_RESULT, REMEDIAL_PLAN, CRITERIA_VERSION),
    *(DAY_PLAN, TARGET, HOLIDAY, CLOSING, DRUG_COUNT),
)
_DOCUMENTS = (ISSUING_BODY, DOCUMENT, MEETING, TASK, PROPOSAL, OPENING_FIGURE)
_BETWEEN_UNITS = (TASK_ANSWER, PROPOSAL_ANSWER, CODE_VALUE, ZERO_REPORT, UNIT_CHANGE)

_OF_UNITS = (*_FIRST, *_MOVEMENT, *_FORCES, *_DOCUMENTS, *_BETWEEN_UNITS, *_STANDARDS)
_REQUEST = request_about(spec.kind for spec in _OF_UNITS if spec.kind not in NOT_POINTED_AT)
_ALL = (*_OF_UNITS, _REQUEST, REQUEST_ANSWER, ADJUSTMENT)
_ATTACHED = attachment_of(spec.kind for spec in _ALL if spec.attachable)

SPECS: Specs = MappingProxyType({spec.kind: spec for spec in (*_ALL, _ATTACHED)})
tell_kinds(SPECS)


def spec_of(kind: str, specs: Specs = SPECS) -> RecordSpec:
    """Return the declaration of a kind.

    Raises:
        UserError: `unknown_kind`; the sentence names the kinds that look most like it.
    """
    found = specs.get(kind)
    if found is None:
        near = get_close_matches(kind, specs, n=8, cutoff=0)
        message = f"Không có loại hồ sơ “{kind[:40]}”. Gần giống: {', '.join(near)}."
        raise UserError("unknown_kind", message)
    return found


def children_of(kind: str, specs: Specs = SPECS) -> tuple[RecordSpec, ...]:
    """Return the kinds whose records belong to a record of this kind.

    Attachments are not among them: they hang on nearly every kind and are asked for apart.
    """
    return tuple(
        spec
        for spec in specs.values()
        if spec.parent and spec.kind != ATTACHMENT and kind in spec.field(spec.parent).refers_to
    )


def takes_attachments(kind: str, specs: Specs = SPECS) -> bool:
    """Tell whether photographs and scans may be kept with records of this kind."""
    spec = specs.get(ATTACHMENT)
    return spec is not None and kind in spec.field(spec.parent).refers_to


def answers_to(kind: str, specs: Specs = SPECS) -> tuple[RecordSpec, ...]:
    """Return the kinds whose records answer a record of this kind, from unit to unit."""
    return tuple(
        spec
        for spec in specs.values()
        if spec.answers and kind in spec.field(spec.answers).refers_to
    )
