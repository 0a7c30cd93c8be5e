"""*I. Đặc điểm, tình hình* and *II. Kết quả thực hiện*, headings 1 to 5: a function a passage."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.narrative.facts import GRADE_WORDS
from antq_desktop.domain.narrative.words import (
    Teller,
    by_grade,
    listed,
    named,
    sentence,
    share,
    text,
    when,
)
from antq_desktop.domain.shown import paper_count
from antq_desktop.domain.text import opening

_ORDER: Final = "an ninh, trật tự"


def missing(teller: Teller, what: str) -> str:
    """Say that nothing is known of something in the period."""
    return sentence(f"{teller.facts.span.now} chưa có số liệu về {what}")


def place(teller: Teller) -> str:
    """Say what there is: communes, neighbourhoods, agencies, enterprises, schools."""
    facts = teller.facts
    communes = f"{paper_count(facts.communes)} xã, phường, thị trấn" if facts.communes else ""
    if facts.communes:
        teller.read["Xã, phường, thị trấn"] = paper_count(facts.communes)
    parts = (
        ("neighbourhoods", "khu dân cư"),
        ("agencies", "cơ quan"),
        ("enterprises", "doanh nghiệp"),
        ("upper_secondary_schools", "trường trung học phổ thông, giáo dục thường xuyên"),
        ("lower_secondary_schools", "trường trung học cơ sở"),
    )
    held = listed(
        (communes, *(teller.count(code, noun) for code, noun in parts if teller.value(code)))
    )
    if not held:
        return missing(teller, "đơn vị trên địa bàn")
    households = teller.number("households").value
    lived = f", {teller.count('households', 'hộ thường trú')}" if households else ""
    absent = listed(noun for code, noun in parts if not teller.known(code))
    unknown = when(absent, f"Chưa có số liệu về {absent}")
    return text(sentence(f"{facts.place} có {held}{lived}"), unknown)


def order(teller: Teller) -> str:
    """Say what happened to order, against the year before."""
    if not teller.known("incidents"):
        return missing(teller, "vụ việc về trật tự")
    now = teller.facts.span.now
    if not teller.happened("incidents"):
        return sentence(
            f"{now}, trên địa bàn không xảy ra vụ việc về trật tự{teller.compared('incidents')}"
        )
    count = teller.count("incidents", "vụ việc về trật tự")
    happened = sentence(f"{now}, trên địa bàn xảy ra {count}{teller.compared('incidents')}")
    harm = teller.each(("deaths", "người chết"), ("injuries", "người bị thương"))
    lost = teller.count("damage") if teller.value("damage") else ""
    damage = f"gây thiệt hại tài sản {lost}" if lost else ""
    told = listed((f"làm {harm}" if harm else "", damage))
    cleared = (
        f"Đã làm rõ {teller.count('incidents_cleared', 'vụ')}{teller.compared('incidents_cleared')}"
        if teller.value("incidents_cleared")
        else "Chưa làm rõ vụ nào"
    )
    return text(
        happened,
        when(told, f"Các vụ việc {told}"),
        when(teller.known("incidents_cleared"), cleared),
    )


def events(teller: Teller) -> str:
    """Name the events that were guarded, and the places that are watched."""
    held = teller.names("events")
    guarded = ""
    if held:
        count = paper_count(len(held))
        guarded = sentence(f"Đã bảo đảm {_ORDER} cho {count} sự kiện: {named(held)}")
    elif teller.happened("events_kept"):
        guarded = sentence(f"Đã bảo đảm {_ORDER} cho {teller.count('events_kept')}")
    spots = ""
    if teller.happened("hotspots", "hotspots_transformed"):
        spots = sentence(
            f"Hiện có {teller.count('hotspots', 'địa bàn trọng điểm')} về {_ORDER}; trong kỳ "
            f"chuyển hóa {teller.count('hotspots_transformed', 'địa bàn')}"
        )
    elif teller.known("hotspots"):
        spots = sentence(f"Không có địa bàn trọng điểm về {_ORDER}")
    return text(guarded, spots)


def leading(teller: Teller) -> str:
    """Say which documents led the work, what was met about, inspected and done."""
    if not teller.known("documents"):
        return missing(teller, "văn bản chỉ đạo")
    kinds = teller.each(
        ("resolutions", "nghị quyết"),
        ("directives", "chỉ thị"),
        ("plans", "kế hoạch"),
        ("decisions", "quyết định"),
    )
    including = f", trong đó có {kinds}" if kinds else ""
    out = teller.count("documents_out", "văn bản")
    issued = f"; đã tham mưu, ban hành {out}" if teller.value("documents_out") else ""
    first = sentence(
        f"{teller.facts.span.now}, Ban Chỉ đạo và lực lượng Công an đã tiếp nhận, triển khai "
        f"{teller.count('documents', 'văn bản')} về phong trào toàn dân bảo vệ an ninh Tổ quốc"
        f"{including}{issued}"
    )
    if not teller.happened("documents"):
        none = f"{teller.facts.span.now} không phát sinh văn bản chỉ đạo về phong trào"
        first = when(not teller.names("documents"), none)
    met = when(
        teller.value("meetings"), f"Tổ chức {teller.count('meetings', 'hội nghị, cuộc họp')}"
    )
    checked = ""
    if teller.value("inspections"):
        checked = sentence(
            f"Ban Chỉ đạo tổ chức {teller.count('inspections', 'cuộc kiểm tra')} đối với "
            f"{teller.count('units_inspected', 'lượt đơn vị')}"
        )
    done = ""
    if teller.value("tasks_due"):
        ready = teller.count("tasks_done", "việc")
        end = f"đã hoàn thành {ready}" if teller.value("tasks_done") else "chưa hoàn thành việc nào"
        done = sentence(f"Có {teller.count('tasks_due', 'việc')} đến hạn trong kỳ, {end}")
    return text(first, met, checked, done)


def documents(teller: Teller) -> str:
    """Name the documents by which the work is led."""
    held = teller.names("documents")
    return when(held, f"Các văn bản chính: {named(held)}")


def registered(teller: Teller) -> str:
    """Say how many of each kind registered for the standard and are recognised."""
    spreads = [each for each in teller.facts.spreads if each.units]
    if not any(each.registered for each in spreads):
        return missing(teller, f"đăng ký tiêu chuẩn “An toàn về {_ORDER}”")
    for each in spreads:
        teller.read[f"{opening(each.noun)} đăng ký"] = share(each.registered, each.units)
    told = listed(
        f"{share(each.registered, each.units)} {each.noun}" for each in spreads if each.registered
    )
    first = sentence(
        f"{teller.facts.span.now}, đã có {told} đăng ký phấn đấu đạt tiêu chuẩn “An "
        f"toàn về {_ORDER}”"
    )
    known = [each for each in spreads if each.recognised]
    if not known:
        return text(first, sentence("Chưa có số liệu về kết quả công nhận"))
    for each in known:
        teller.read[f"{opening(each.noun)} được công nhận"] = paper_count(each.recognised)
    met = listed(f"{paper_count(each.recognised)} {each.noun}" for each in known)
    return text(first, sentence(f"Được công nhận đạt tiêu chuẩn: {met}"))


def classified(teller: Teller) -> str:
    """Say how each kind of unit was classified."""
    held = [each for each in teller.facts.spreads if each.classified]
    if not held:
        return missing(teller, "kết quả đánh giá, phân loại phong trào")
    for each in held:
        teller.read[f"{opening(each.noun)} phân loại"] = by_grade(each, GRADE_WORDS)
    told = "; ".join(
        f"{paper_count(each.classified)} {each.noun} ({by_grade(each, GRADE_WORDS)})"
        for each in held
    )
    decisions = teller.names("classification_decisions")
    by = f" theo {named(decisions)}" if decisions else ""
    return sentence(f"Kết quả đánh giá, phân loại phong trào{by}: {told}")


def exemplary(teller: Teller) -> str:
    """Say how far exemplary communes and their police are."""
    held = teller.names("exemplary")
    if not held:
        return missing(teller, "xây dựng xã, phường điển hình, Công an xã kiểu mẫu")
    return sentence(f"Kết quả xây dựng đơn vị điển hình: {named(held)}")


def schemes(teller: Teller) -> str:
    """Say which schemes are kept, new, recognised, ended, and what they did."""
    if not teller.known("schemes_kept", "schemes_new"):
        return missing(teller, "mô hình tự quản")
    kept = sentence(
        f"{teller.facts.span.now}, toàn {_level(teller)} duy trì "
        f"{teller.count('schemes_kept', 'mô hình')} tự quản, tự phòng, tự bảo vệ về {_ORDER}"
        f"{teller.compared('schemes_kept')}"
    )
    new = (
        sentence(
            f"Xây dựng mới {teller.count('schemes_new', 'mô hình')}{teller.compared('schemes_new')}"
        )
        if teller.value("schemes_new")
        else sentence("Trong kỳ không xây dựng mô hình mới")
    )
    ended = when(
        teller.value("schemes_ended"),
        f"Thanh loại, giải thể {teller.count('schemes_ended', 'mô hình')}",
    )
    parts = teller.each(("sites", "điểm"), ("teams", "tổ"), ("members", "thành viên"))
    work = teller.count("activities", "buổi hoạt động") if teller.value("activities") else ""
    held = when(parts, f"Các mô hình có {parts}")
    did = when(work, f"Trong kỳ tổ chức {work}{teller.compared('activities')}")
    names = teller.names("recognised")
    praised = when(
        names,
        f"Được cấp có thẩm quyền ghi nhận, nhân rộng {paper_count(len(names))} mô "
        f"hình: {named(names)}",
    )
    return text(kept, new, ended, held, did, praised)


def _level(teller: Teller) -> str:
    return teller.facts.place.split(" ", maxsplit=1)[0].lower()
