"""What a report is about: everything, or one subject; all units, or one of them.

A report of one subject keeps the four parts of the skeleton and, of the results, only the passages
that speak of it; its figures are those of the kinds of record that it is made of. Passages keep
their keys, and what persons write is kept apart for each subject and unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.figures import MEASURES, Measure
from antq_desktop.domain.narrative import results, results_people, review
from antq_desktop.domain.narrative.draft import Part

_BETWEEN: Final = "/"


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a period a report is about.

    Attributes:
        subject: Code of a subject; empty for everything.
        unit: Id of the unit that it is about; empty for all of them together.
    """

    subject: str = ""
    unit: str = ""

    @property
    def name(self) -> str:
        """How it is written where one text must say it; empty for everything."""
        return f"{self.subject}{_BETWEEN}{self.unit}".removesuffix(_BETWEEN)


WHOLE: Final = Scope()


def read_scope(name: str) -> Scope:
    """Return the scope of a name, as `Scope.name` writes it.

    Raises:
        UserError: `unknown_subject`.
    """
    subject, _, unit = name.partition(_BETWEEN)
    return Scope(subject_of(subject).code if subject else "", unit)


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of reports.

    Attributes:
        code: Stable name.
        title: What it is called.
        about: What stands under “BÁO CÁO”, before the period.
        kinds: Kinds of record whose figures belong to it.
        skeleton: Its headings and passages.
    """

    code: str
    title: str
    about: str
    kinds: frozenset[str]
    skeleton: tuple[Part, ...]

    def measures(self) -> tuple[Measure, ...]:
        """Return the figures of it, in the order of the table."""
        return tuple(measure for measure in MEASURES if measure.kind in self.kinds)


def skeleton_of(subject: str) -> Sequence[Part]:
    """Return the headings and passages of a subject; of everything for the empty one.

    Raises:
        UserError: `unknown_subject`.
    """
    return subject_of(subject).skeleton if subject else review.SKELETON


def measures_of_subject(subject: str) -> tuple[Measure, ...]:
    """Return the figures of a subject; all of them for the empty one.

    Raises:
        UserError: `unknown_subject`.
    """
    return subject_of(subject).measures() if subject else MEASURES


def subject_of(code: str) -> Subject:
    """Return a subject.

    Raises:
        UserError: `unknown_subject`; the sentence names those there are.
    """
    if code not in SUBJECTS:
        known = ", ".join(SUBJECTS)
        message = f"Không có báo cáo chuyên đề “{code[:40]}”. Các chuyên đề: {known}."
        raise UserError("unknown_subject", message, "subject")
    return SUBJECTS[code]


def _skeleton(
    situation: Sequence[Part], work: Sequence[Part], weak: Sequence[Part], ahead: Sequence[str]
) -> tuple[Part, ...]:
    return (
        Part(heading="Tình hình", level=1),
        *situation,
        Part(heading="Kết quả thực hiện {now}", level=1),
        review.ANNEXED,
        *work,
        Part(heading="Nhận xét, đánh giá", level=1),
        Part(heading="Tồn tại, hạn chế", level=2),
        *(weak or (Part("weak", tell=review.left_open),)),
        Part(heading="Nguyên nhân", level=2),
        Part("causes", tell=review.left_open),
        Part(heading="Đề xuất, kiến nghị", level=2),
        Part("asked", tell=review.left_open),
        Part(heading="Phương hướng, nhiệm vụ {after}", level=1),
        *review.ahead_of(ahead),
    )


_PLACE: Final = Part("place", tell=results.place)

SUBJECTS: Final[Mapping[str, Subject]] = {
    subject.code: subject
    for subject in (
        Subject(
            "schemes", "Mô hình tự quản",
            "Kết quả xây dựng, củng cố, nhân rộng mô hình tự quản về an ninh, trật tự",
            frozenset({"scheme", "site", "team", "member", "activity"}),
            _skeleton((_PLACE,), (Part("schemes", tell=results.schemes),),
                      (Part("weak", tell=review.idle_schemes),), ("ahead_schemes",)),
        ),
        Subject(
            "incidents", "Vụ việc về an ninh, trật tự",
            "Tình hình, kết quả tiếp nhận, xử lý vụ việc về an ninh, trật tự",
            frozenset({"incident", "hotspot", "public_event", "mediation", "tip", "clearance",
                       "arrest", "surrender", "camera_site"}),
            _skeleton((Part("order", tell=results.order), Part("events", tell=results.events)),
                      (Part("contributed", tell=results_people.contributed),), (),
                      ("ahead_order",)),
        ),
        Subject(
            "propaganda", "Tuyên truyền, vận động Nhân dân",
            "Kết quả công tác tuyên truyền, vận động Nhân dân tham gia bảo vệ an ninh, trật tự",
            frozenset({"publication", "session", "festival", "channel", "commitment"}),
            _skeleton((_PLACE,), (Part("telling", tell=results_people.telling),
                                  Part("signed", tell=results_people.commitments)), (),
                      ("ahead_telling",)),
        ),
        Subject(
            "standards", "Tiêu chuẩn “An toàn về ANTT”, phân loại phong trào",
            "Kết quả xây dựng tiêu chuẩn “An toàn về an ninh, trật tự” và phân loại phong trào",
            frozenset({"unit", "rural_standard"}),
            _skeleton((_PLACE,), (Part("registered", tell=results.registered),
                                  Part("classified", tell=results.classified),
                                  Part("exemplary", tell=results.exemplary)),
                      (Part("weak", tell=review.low_units),), ("ahead_standards",)),
        ),
        Subject(
            "forces", "Lực lượng bảo vệ an ninh, trật tự ở cơ sở",
            "Kết quả xây dựng lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
            frozenset({"police_force", "protection_team", "team_member", "service_harm",
                       "team_training", "team_rating", "member_rating", "patrol", "guard_force",
                       "committee_member"}),
            _skeleton((_PLACE,), (Part("forces", tell=results_people.forces),), (),
                      ("ahead_forces",)),
        ),
    )
}  # fmt: skip
