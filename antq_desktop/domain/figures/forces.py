"""Figures of forces: protection teams, patrols, commune police, guards."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.figures.measure import Where, counted, of_year, standing, summed

_TEAM: Final = ("founded_on", "ended_on")
_MEMBER: Final = ("joined_on", "left_on")
_YEAR: Final = "Số của năm có ngày cuối kỳ."


def _rated(level: str) -> Where:
    return {"rating": frozenset({level})}


FORCES: Final = (
    of_year("regular_police", "Công an xã chính quy", "người", "police_force", amount="regular",
            note=f"Quân số Công an xã: {_YEAR.lower()}"),
    of_year("semi_professional_police", "Công an viên bán chuyên trách", "người", "police_force",
            amount="semi_professional"),
    standing("protection_teams", "Tổ bảo vệ an ninh, trật tự", "tổ", "protection_team", _TEAM),
    standing("protection_members_decided", "Thành viên Tổ theo quyết định", "người",
             "protection_team", _TEAM, amount="decided_members", empty=0),
    standing("protection_members", "Thành viên Tổ thực tế", "người", "team_member", _MEMBER),
    counted("service_injured", "Thành viên Tổ bị thương khi làm nhiệm vụ", "người",
            "service_harm", "happened_on", where={"harm": frozenset({"injured"})}),
    counted("service_died", "Thành viên Tổ hy sinh", "người", "service_harm", "happened_on",
            where={"harm": frozenset({"died"})}),
    counted("training_classes", "Lớp huấn luyện Tổ bảo vệ ANTT", "lớp", "team_training",
            "held_on", amount="classes"),
    summed("training_attended", "Lượt thành viên Tổ được huấn luyện", "lượt", "team_training",
           ("held_on", "attended")),
    of_year("teams_rated_excellent", "Tổ hoàn thành xuất sắc nhiệm vụ", "tổ", "team_rating",
            where=_rated("excellent")),
    of_year("teams_rated_good", "Tổ hoàn thành tốt nhiệm vụ", "tổ", "team_rating",
            where=_rated("good")),
    of_year("teams_rated_done", "Tổ hoàn thành nhiệm vụ", "tổ", "team_rating",
            where=_rated("done")),
    of_year("teams_rated_not_done", "Tổ không hoàn thành nhiệm vụ", "tổ", "team_rating",
            where=_rated("not_done")),
    of_year("members_rated_excellent", "Thành viên Tổ hoàn thành xuất sắc nhiệm vụ", "người",
            "member_rating", where=_rated("excellent")),
    of_year("members_rated_good", "Thành viên Tổ hoàn thành tốt nhiệm vụ", "người",
            "member_rating", where=_rated("good")),
    counted("patrols", "Buổi tuần tra", "buổi", "patrol", "patrolled_on", amount="turns"),
    summed("patrol_persons", "Lượt người tuần tra", "lượt", "patrol", ("patrolled_on", "persons")),
    of_year("guards", "Bảo vệ cơ quan, doanh nghiệp, nhà trường", "người", "guard_force",
            amount="guards"),
    of_year("guard_forces_titled", "Lực lượng bảo vệ đạt danh hiệu", "đơn vị", "guard_force",
            where={"title": frozenset({"advanced_collective", "excellent", "good"})},
            note="Danh hiệu của lực lượng bảo vệ: “Tập thể lao động tiên tiến” hoặc “Hoàn thành "
                 "tốt nhiệm vụ” trở lên."),
    standing("committee_members", "Thành viên Ban Chỉ đạo", "người", "committee_member",
             ("joined_on", "left_on")),
)  # fmt: skip
