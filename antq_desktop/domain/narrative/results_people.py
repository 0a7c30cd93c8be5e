"""*II. Kết quả thực hiện*, headings 6 to 9: telling the people, what they gave, who keeps order."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.narrative.results import missing
from antq_desktop.domain.narrative.words import (
    Teller,
    listed,
    named,
    ratio,
    sentence,
    share,
    text,
    when,
)
from antq_desktop.domain.shown import paper_count

_ORDER: Final = "an ninh, trật tự"


def telling(teller: Teller) -> str:
    """Say what was told to the people, by which means."""
    codes = ("articles", "sessions_direct", "broadcasts", "printed_matter")
    if not teller.known(*codes, "sessions"):
        return missing(teller, "tuyên truyền")
    held = teller.each(
        ("articles", "bài viết"),
        ("sessions_direct", "buổi tuyên truyền trực tiếp"),
        ("broadcasts", "lượt phát thanh, truyền hình"),
        ("printed_matter", "tờ rơi, pa nô, tài liệu"),
    )
    if not held:
        return sentence(f"{teller.facts.span.now} không phát sinh hoạt động tuyên truyền")
    people = (
        teller.count("session_attendance", "lượt người dự")
        if teller.value("session_attendance")
        else ""
    )
    with_people = f" với {people}" if people else ""
    first = sentence(
        f"{teller.facts.span.now}, đã thực hiện {held}{with_people} về phong "
        "trào toàn dân bảo vệ an ninh Tổ quốc"
    )
    youth = ""
    if teller.value("youth_sessions"):
        youth = sentence(
            f"Đoàn Thanh niên tổ chức {teller.count('youth_sessions', 'lượt')} tuyên truyền với "
            f"{teller.count('youth_attendance', 'lượt đoàn viên, thanh niên')} tham gia"
        )
    festival = ""
    if teller.value("festival_sites"):
        festival = sentence(
            "Ngày hội toàn dân bảo vệ an ninh Tổ quốc được tổ chức tại "
            f"{teller.count('festival_sites', 'điểm')} với "
            f"{teller.count('festival_attendance', 'lượt người')} dự"
        )
    forums = when(
        teller.value("forums"),
        f"Tổ chức {teller.count('forums', 'diễn đàn')} “Công an lắng nghe ý kiến "
        f"Nhân dân”, tiếp nhận {teller.count('opinions', 'ý kiến')}",
    )
    return text(first, youth, festival, forums)


def contributed(teller: Teller) -> str:
    """Say what the people gave: tips, cases, arrests, weapons handed in, mediations, cameras."""
    tips = ""
    if teller.value("tips"):
        tips = sentence(
            f"Nhân dân cung cấp {teller.count('tips', 'tin')} về {_ORDER}, trong đó "
            f"{teller.count('tips_of_value', 'tin')} có giá trị{teller.compared('tips')}"
        )
    helped = teller.each(("cases_cleared_by_people", "vụ việc"))
    handled = teller.each(("persons_handled_by_people", "người bị xử lý"))
    cases = when(helped, f"Quần chúng giúp làm rõ {helped}{f', {handled}' if handled else ''}")
    arrests = teller.each(
        ("arrests_burglary", "vụ trộm cắp"),
        ("arrests_robbery", "vụ cướp"),
        ("arrests_snatching", "vụ cướp giật"),
        ("arrests_other", "vụ khác"),
    )
    caught = when(arrests, f"Quần chúng trực tiếp bắt giữ {arrests}")
    handed = teller.each(
        ("guns_handed_in", "khẩu súng"),
        ("ammunition_handed_in", "viên, quả đạn, bom, mìn"),
        ("cold_weapons_handed_in", "vũ khí thô sơ, công cụ hỗ trợ"),
        ("explosives_handed_in", "gam thuốc nổ"),
        ("fireworks_handed_in", "gam pháo, thuốc pháo"),
    )
    weapons = when(handed, f"Vận động Nhân dân giao nộp {handed}")
    agreed = when(
        teller.value("mediations"),
        f"Hòa giải {teller.count('mediations', 'vụ')}, hòa giải thành "
        f"{teller.count('mediations_agreed', 'vụ')}",
    )
    cameras = when(
        teller.value("camera_points"),
        f"Duy trì {teller.count('camera_points', 'điểm camera an ninh')}",
    )
    return text(tips, cases, caught, weapons, agreed, cameras)


def rural(teller: Teller) -> str:
    """Say how many communes meet the rural standard on order."""
    codes = ("rural_standard", "rural_advanced", "rural_model", "civilised_urban")
    if not teller.known(*codes):
        return missing(teller, f"tiêu chí {_ORDER} trong xây dựng nông thôn mới")
    of = teller.facts.communes
    met = teller.value("rural_standard")
    first = ""
    if met:
        whole = sum(1 for _ in teller.names("rural_units")) or met
        told = share(met, whole) if of else paper_count(met)
        first = sentence(
            f"{teller.facts.span.now} có {told} xã đạt chuẩn nông thôn mới về {_ORDER}"
        )
    more = teller.each(
        ("rural_advanced", "xã đạt chuẩn nông thôn mới nâng cao"),
        ("rural_model", "xã đạt chuẩn nông thôn mới kiểu mẫu"),
        ("civilised_urban", "phường, thị trấn đạt chuẩn đô thị văn minh"),
    )
    names = teller.names("rural_advanced")
    which = f" ({named(names)})" if names else ""
    return text(first, when(more, f"Có {more}{which}"))


def together(teller: Teller) -> str:
    """Say what was done with other bodies and mass organisations."""
    codes = ("programmes", "programme_activities", "background_checks", "joint_patrols")
    signed_codes = ("commitments_households_signed", "commitments_members_signed")
    if not teller.known(*codes, *signed_codes, "youth_teams", "clubs"):
        return missing(teller, "phối hợp với ban, ngành, đoàn thể")
    names = teller.names("programmes")
    signed = ""
    if teller.value("programmes"):
        told = f": {named(names, 6)}" if names else ""
        signed = sentence(f"Duy trì {teller.count('programmes')} còn hiệu lực{told}")
    did = when(
        teller.value("programme_activities"),
        f"Tổ chức {teller.count('programme_activities', 'lượt hoạt động')} phối hợp"
        f"{_with(teller, 'programme_attendance')}",
    )
    checks = teller.each(("background_checks", "lý lịch công dân phục vụ tuyển chọn, gọi nhập ngũ"))
    patrols = teller.each(("joint_patrols", "buổi tuần tra chung"))
    army = when(checks, f"Phối hợp với lực lượng Quân sự thẩm tra {checks}")
    walked = when(patrols, f"Phối hợp tổ chức {patrols}")
    teams = teller.each(
        ("youth_teams", "đội thanh niên xung kích an ninh"), ("clubs", "câu lạc bộ")
    )
    kept = when(teams, f"Các đoàn thể duy trì {teams}")
    return text(signed, did, army, walked, kept, commitments(teller))


def _with(teller: Teller, code: str) -> str:
    return f" với {teller.count(code, 'lượt người')} tham gia" if teller.value(code) else ""


def commitments(teller: Teller) -> str:
    """Say who signed commitments, against those who are to sign."""
    told = []
    for code, noun in (
        ("households", "hộ"),
        ("members", "hội viên, đoàn viên"),
        ("pupils", "học sinh, sinh viên"),
        ("establishments", "cơ sở"),
    ):
        signed = teller.value(f"commitments_{code}_signed")
        whole = teller.value(f"commitments_{code}_whole")
        if signed:
            of = share(signed, whole) if whole else paper_count(signed)
            told.append(f"{of} {noun}")
    return when(told, f"Đã có {listed(told)} ký cam kết bảo đảm {_ORDER}")


def forces(teller: Teller) -> str:
    """Say who keeps order: commune police, protection teams, guards."""
    police = ("regular_police", "semi_professional_police")
    teams = ("protection_teams", "protection_members", "guards")
    if not teller.known(*police, *teams):
        return missing(teller, f"lực lượng bảo vệ {_ORDER} ở cơ sở")
    regular = teller.value("regular_police")
    held = ""
    if regular:
        of = teller.facts.communes
        mean = f", bình quân {ratio(regular, of)} đồng chí/xã" if of else ""
        held = sentence(
            f"Lực lượng Công an xã có {teller.count('regular_police', 'đồng chí chính quy')}{mean}"
        )
    half = teller.each(("semi_professional_police", "công an viên bán chuyên trách"))
    semi = when(half, f"Có {half}")
    grass = ""
    if teller.value("protection_teams"):
        grass = sentence(
            f"Lực lượng tham gia bảo vệ {_ORDER} ở cơ sở có "
            f"{teller.count('protection_teams', 'Tổ')} với "
            f"{teller.count('protection_members', 'thành viên')}"
        )
    walked = when(
        teller.value("patrols"),
        f"Tổ chức {teller.count('patrols', 'buổi tuần tra')} với "
        f"{teller.count('patrol_persons', 'lượt người')} tham gia"
        f"{teller.compared('patrols')}",
    )
    guards = when(
        teller.value("guards"),
        f"Cơ quan, doanh nghiệp, nhà trường có {teller.count('guards', 'bảo vệ')}",
    )
    return text(held, semi, grass, walked, guards)
