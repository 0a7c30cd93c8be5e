"""Figures of the movement: contribution, propaganda, commitments, commendations and the rest."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.fields import Values
from antq_desktop.domain.figures.measure import (
    Give,
    Measure,
    Where,
    counted,
    number_of,
    of_year,
    standing,
    summed,
    text_at,
)
from antq_desktop.domain.periods import Period

ORGANISATIONS: Final = frozenset(
    {
        *("fatherland_front", "veterans", "women", "farmers", "youth_union", "trade_union"),
        *("elderly", "red_cross", "police_veterans", "learning", "lawyers"),
    }
)
_WRITTEN: Final = frozenset({"newspaper", "portal", "facebook", "zalo", "other_network"})
_BROADCAST: Final = frozenset({"radio_television", "loudspeaker"})
_PRINTED: Final = frozenset({"leaflet", "poster", "newsletter", "denunciation_letter"})
_GUNS: Final = frozenset({"military_gun", "hunting_gun", "air_gun"})
_AMMUNITION: Final = frozenset({"ammunition", "grenade_mine"})
_COLD: Final = frozenset({"cold_weapon", "support_tool"})
_FIREWORKS: Final = frozenset({"firework", "firework_material"})
_CLUBS: Final = frozenset({"club", "law_club", "social_evils_club"})
_NAMED: Final = frozenset({"burglary", "robbery", "snatching"})
_HIGH: Final = frozenset({"state", "government", "ministry"})
_REINTEGRATING: Final = frozenset({"released", "amnestied"})


def _is(name: str, *ids: str) -> Where:
    return {name: frozenset(ids)}


def _own_session(values: Values, period: Period) -> int:
    """Count a direct session that no mass organisation held: reports tell those apart."""
    direct = text_at(values, "session_kind") == "direct"
    theirs = text_at(values, "held_by") in ORGANISATIONS
    if not period.holds(text_at(values, "held_on")) or not direct or theirs:
        return 0
    turns = values.get("turns")
    return 1 if turns is None else number_of(turns)


def _other_arrest(values: Values, period: Period) -> int:
    other = text_at(values, "offence") not in _NAMED
    return int(other and period.holds(text_at(values, "caught_on")))


def _money(name: str) -> Give:
    def give(values: Values, period: Period) -> int:
        day = text_at(values, "granted_on") or str(number_of(values.get("year")) or "")
        return number_of(values.get(name)) if period.holds(day) else 0

    return give


def _hotspot(values: Values, period: Period) -> int:
    begun, done = text_at(values, "identified_on"), text_at(values, "transformed_on")
    later = period.is_over_by(begun)
    return int(bool(begun) and not later and (not done or period.is_over_by(done)))


_CONTRIBUTION: Final = (
    counted("tips", "Tin quần chúng cung cấp", "tin", "tip", "received_on"),
    counted("tips_of_value", "Tin có giá trị", "tin", "tip", "received_on", yes="of_value"),
    summed("cases_cleared_by_people", "Vụ việc quần chúng giúp làm rõ", "vụ", "clearance",
           ("cleared_on", "cases")),
    summed("persons_handled_by_people", "Người bị xử lý qua tin của quần chúng", "người",
           "clearance", ("cleared_on", "persons")),
    counted("arrests_burglary", "Vụ quần chúng bắt giữ: trộm cắp", "vụ", "arrest", "caught_on",
            where=_is("offence", "burglary")),
    counted("arrests_robbery", "Vụ quần chúng bắt giữ: cướp", "vụ", "arrest", "caught_on",
            where=_is("offence", "robbery")),
    counted("arrests_snatching", "Vụ quần chúng bắt giữ: cướp giật", "vụ", "arrest", "caught_on",
            where=_is("offence", "snatching")),
    Measure("arrests_other", "Vụ quần chúng bắt giữ: loại khác", "vụ", "arrest", _other_arrest,
            ("caught_on", "offence")),
    summed("arrested_persons", "Người bị quần chúng bắt giữ", "người", "arrest", ("caught_on",
           "persons")),
    counted("mediations", "Vụ hòa giải", "vụ", "mediation", "held_on"),
    counted("mediations_agreed", "Vụ hòa giải thành", "vụ", "mediation", "held_on",
            where=_is("result", "agreed")),
)  # fmt: skip

_PROPAGANDA: Final = (
    counted("articles", "Bài viết tuyên truyền", "bài", "publication", "published_on",
            amount="items", where={"channel": _WRITTEN},
            note="Bài viết tuyên truyền gồm bài trên báo, trang thông tin, mạng xã hội."),
    counted("broadcasts", "Lượt phát thanh, truyền hình", "lượt", "publication", "published_on",
            amount="items", where={"channel": _BROADCAST}),
    counted("printed_matter", "Tờ rơi, pa nô, tài liệu", "tờ", "publication", "published_on",
            amount="items", where={"channel": _PRINTED}),
    Measure("sessions_direct", "Buổi tuyên truyền trực tiếp", "buổi", "session", _own_session,
            ("held_on", "session_kind", "held_by", "turns"),
            "Buổi tuyên truyền trực tiếp không gồm buổi do đoàn thể tổ chức."),
    counted("sessions", "Buổi tuyên truyền các hình thức", "buổi", "session", "held_on",
            amount="turns"),
    summed("session_attendance", "Lượt người dự tuyên truyền", "lượt", "session", ("held_on",
           "attendance")),
    counted("youth_sessions", "Lượt tuyên truyền của Đoàn Thanh niên", "lượt", "session",
            "held_on", amount="turns", where=_is("held_by", "youth_union")),
    summed("youth_attendance", "Lượt đoàn viên, thanh niên tham gia", "lượt", "session",
           ("held_on", "attendance"), where=_is("held_by", "youth_union")),
    counted("forums", "Diễn đàn Công an lắng nghe ý kiến nhân dân", "cuộc", "session", "held_on",
            amount="turns", where=_is("session_kind", "forum")),
    summed("opinions", "Ý kiến của nhân dân", "ý kiến", "session", ("held_on", "opinions")),
    counted("festival_sites", "Điểm tổ chức Ngày hội", "điểm", "festival", "held_on",
            amount="sites"),
    summed("festival_attendance", "Lượt người dự Ngày hội", "lượt", "festival", ("held_on",
           "attendance")),
    summed("festival_gifts", "Suất quà tặng trong Ngày hội", "suất", "festival", ("held_on",
           "gifts")),
    summed("festival_gift_value", "Trị giá quà tặng trong Ngày hội", "đồng", "festival",
           ("held_on", "gift_value")),
    counted("campaigns", "Đợt cao điểm", "đợt", "campaign", "began_on"),
)  # fmt: skip

_GROUPS: Final = (
    ("households", "Hộ", "hộ", ("households",)),
    ("members", "Hội viên, đoàn viên", "người",
     ("veterans", "women", "farmers", "youth", "elderly")),
    ("pupils", "Học sinh, sinh viên", "người", ("pupils",)),
    ("establishments", "Cơ sở kinh doanh, lưu trú", "cơ sở", ("establishments", "lodging")),
)  # fmt: skip
_COMMITMENTS: Final = tuple(
    of_year(f"commitments_{code}_{field}", f"{label} {words} cam kết", unit, "commitment",
            amount=field, where=_is("signers", *ids))
    for code, label, unit, ids in _GROUPS
    for field, words in (("signed", "đã ký"), ("whole", "thuộc diện ký"))
)  # fmt: skip

_COORDINATION: Final = (
    standing("programmes", "Chương trình phối hợp còn hiệu lực", "chương trình", "programme",
             ("signed_on", "ended_on")),
    counted("programme_activities", "Hoạt động phối hợp", "lượt", "programme_activity",
            "held_on", amount="turns"),
    summed("programme_attendance", "Lượt người tham gia phối hợp", "lượt", "programme_activity",
           ("held_on", "attendance")),
    summed("background_checks", "Lý lịch nghĩa vụ quân sự đã thẩm tra", "công dân", "joint_work",
           ("done_on", "quantity"), where=_is("result_kind", "background_check")),
    summed("joint_patrols", "Buổi tuần tra chung với lực lượng khác", "buổi", "joint_work",
           ("done_on", "quantity"), where=_is("result_kind", "patrol")),
)  # fmt: skip

_RECOGNITION: Final = (
    summed("collectives_commended", "Tập thể được khen thưởng", "tập thể", "commendation",
           ("decided_on", "collectives")),
    summed("individuals_commended", "Cá nhân được khen thưởng", "cá nhân", "commendation",
           ("decided_on", "individuals")),
    summed("collectives_commended_high", "Tập thể được Nhà nước, bộ khen", "tập thể",
           "commendation", ("decided_on", "collectives"), where={"level": _HIGH}),
    summed("individuals_commended_high", "Cá nhân được Nhà nước, bộ khen", "cá nhân",
           "commendation", ("decided_on", "individuals"), where={"level": _HIGH}),
    counted("commendations_ad_hoc", "Quyết định khen đột xuất", "quyết định", "commendation",
            "decided_on", yes="ad_hoc"),
    standing("examples", "Điển hình tiên tiến", "điển hình", "example",
             ("recognised_on", "ended_on")),
    counted("examples_new", "Điển hình tiên tiến công nhận trong kỳ", "điển hình", "example",
            "recognised_on"),
    standing("youth_teams", "Đội thanh niên xung kích an ninh", "đội", "mass_team",
             ("founded_on", "ended_on"), where=_is("team_kind", "youth_assault")),
    standing("clubs", "Câu lạc bộ", "câu lạc bộ", "mass_team", ("founded_on", "ended_on"),
             where={"team_kind": _CLUBS}),
    standing("mass_team_members", "Thành viên đội, câu lạc bộ", "người", "mass_team",
             ("founded_on", "ended_on"), amount="members", empty=0),
    standing("channels", "Kênh tiếp nhận, tuyên truyền", "kênh", "channel",
             ("opened_on", "closed_on")),
    standing("channel_members", "Thành viên, người theo dõi kênh", "người", "channel",
             ("opened_on", "closed_on"), amount="members", empty=0),
)  # fmt: skip

_ORDER: Final = (
    summed("guns_handed_in", "Súng giao nộp", "khẩu", "surrender", ("received_on", "pieces"),
           where={"item": _GUNS}),
    summed("ammunition_handed_in", "Đạn, bom, mìn, lựu đạn giao nộp", "viên, quả", "surrender",
           ("received_on", "pieces"), where={"item": _AMMUNITION}),
    summed("cold_weapons_handed_in", "Vũ khí thô sơ, công cụ hỗ trợ giao nộp", "chiếc",
           "surrender", ("received_on", "pieces"), where={"item": _COLD}),
    summed("explosives_handed_in", "Thuốc nổ giao nộp", "gam", "surrender", ("received_on",
           "grams"), where=_is("item", "explosive")),
    summed("fireworks_handed_in", "Pháo, thuốc pháo giao nộp", "gam", "surrender",
           ("received_on", "grams"), where={"item": _FIREWORKS}),
    standing("camera_points", "Điểm camera an ninh", "điểm", "camera_site",
             ("installed_on", "ended_on"), amount="points"),
    standing("camera_lenses", "Mắt camera an ninh", "mắt", "camera_site",
             ("installed_on", "ended_on"), amount="lenses", empty=0),
    standing("camera_lenses_shared", "Mắt camera có chia sẻ dữ liệu", "mắt", "camera_site",
             ("installed_on", "ended_on"), amount="lenses", empty=0, yes="shared"),
    Measure("hotspots", "Địa bàn trọng điểm", "địa bàn", "hotspot", _hotspot,
            ("identified_on", "transformed_on")),
    counted("hotspots_transformed", "Địa bàn trọng điểm đã chuyển hóa", "địa bàn", "hotspot",
            "transformed_on"),
    counted("events_kept", "Sự kiện được bảo vệ", "sự kiện", "public_event", "began_on"),
    counted("inspections", "Cuộc kiểm tra của Ban Chỉ đạo", "cuộc", "inspection",
            "inspected_on"),
    counted("units_inspected", "Lượt đơn vị được kiểm tra", "lượt", "inspection",
            "inspected_on", amount="units"),
)  # fmt: skip

_STANDARDS: Final = (
    of_year("rural_standard", "Xã đạt chuẩn nông thôn mới về an ninh, trật tự", "xã",
            "rural_standard", where=_is("level", "standard"), yes="met"),
    of_year("rural_advanced", "Xã nông thôn mới nâng cao", "xã", "rural_standard",
            where=_is("level", "advanced"), yes="met"),
    of_year("rural_model", "Xã nông thôn mới kiểu mẫu", "xã", "rural_standard",
            where=_is("level", "model"), yes="met"),
    of_year("civilised_urban", "Phường, thị trấn đạt chuẩn đô thị văn minh", "đơn vị",
            "rural_standard", where=_is("level", "civilised_urban"), yes="met"),
    *(
        Measure(f"funding_{name}", f"Kinh phí {words}", "đồng", "funding", _money(name),
                ("granted_on", "year", name),
                "Kinh phí tính theo ngày cấp; chưa ghi ngày cấp thì tính vào đầu năm.")
        for name, words in (("asked", "đề nghị"), ("granted", "được cấp"), ("spent", "đã chi"))
    ),
    of_year("reintegrating", "Người tái hòa nhập cộng đồng đang quản lý", "người",
            "managed_count", amount="persons", where={"category": _REINTEGRATING}),
    of_year("reintegrating_helped", "Người tái hòa nhập được giúp đỡ", "người", "managed_count",
            amount="helped", where={"category": _REINTEGRATING}),
    of_year("managed_persons", "Người đang quản lý, giáo dục các diện", "người", "managed_count",
            amount="persons"),
)  # fmt: skip

MOVEMENT: Final = (
    *_CONTRIBUTION,
    *_PROPAGANDA,
    *_COMMITMENTS,
    *_COORDINATION,
    *_RECOGNITION,
    *_ORDER,
    *_STANDARDS,
)
