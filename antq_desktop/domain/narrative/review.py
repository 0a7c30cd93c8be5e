"""*III. Nhận xét, đánh giá*, *IV. Phương hướng, nhiệm vụ*, and the skeleton of a report.

What only a person can judge is left empty here and prints a dotted line: causes are no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from antq_desktop.domain.narrative import results, results_people
from antq_desktop.domain.narrative.draft import Part
from antq_desktop.domain.narrative.words import Teller, listed, named, sentence, text, when
from antq_desktop.domain.shown import paper_count

_ORDER: Final = "an ninh, trật tự"
_MOVEMENT: Final = "phong trào toàn dân bảo vệ an ninh Tổ quốc"


def strong(teller: Teller) -> str:
    """Say which results grew, and who was commended."""
    codes = ("schemes_kept", "articles", "sessions", "tips", "patrols", "activities")
    grown = [
        held.label[:1].lower() + held.label[1:]
        for code in codes
        if (held := teller.number(code)).value and held.before and held.value > held.before
    ]
    more = when(grown, f"Các chỉ tiêu tăng so với {teller.facts.span.before}: {'; '.join(grown)}")
    praised = teller.each(
        ("collectives_commended", "tập thể"), ("individuals_commended", "cá nhân")
    )
    honour = when(
        praised, f"{teller.facts.span.now} có {praised} được khen thưởng trong {_MOVEMENT}"
    )
    examples = teller.each(("examples_new", "điển hình tiên tiến"))
    shown = when(examples, f"Công nhận mới {examples}")
    return text(more, honour, shown)


def weak(teller: Teller) -> str:
    """Say what figures show as not done: schemes in name only, silent and low units, late tasks."""
    silent = teller.names("silent")
    told = when(
        silent, f"Có {paper_count(len(silent))} đơn vị chưa gửi số liệu: {named(silent, 8)}"
    )
    due, done = teller.value("tasks_due"), teller.value("tasks_done")
    late = when(due > done, f"Còn {paper_count(due - done)} việc đến hạn chưa hoàn thành")
    return text(idle_schemes(teller), _behind(teller), told, late, _unread(teller))


def idle_schemes(teller: Teller) -> str:
    """Name the schemes of which nothing was done in the period."""
    idle = teller.names("idle")
    return when(
        idle,
        f"Có {paper_count(len(idle))} mô hình không có hoạt động được ghi nhận trong kỳ: "
        f"{named(idle, 8)}",
    )


def low_units(teller: Teller) -> str:
    """Name the units of a low grade, and the kinds of which not all were classified."""
    return text(_behind(teller), _unread(teller))


def _behind(teller: Teller) -> str:
    behind = teller.names("behind")
    return when(
        behind,
        f"Có {paper_count(len(behind))} đơn vị xếp loại trung bình, yếu: {named(behind, 8)}",
    )


def _unread(teller: Teller) -> str:
    unread = [each.noun for each in teller.facts.spreads if each.registered > each.classified > 0]
    return when(unread, f"Có {listed(unread)} đã đăng ký nhưng chưa được phân loại đủ")


def left_open(_teller: Teller) -> str:
    """Leave what no figure can say, such as causes, to the person who writes the report."""
    return ""


def asked(teller: Teller) -> str:
    """Say what was proposed to those above."""
    names = teller.names("proposals")
    if not names:
        return ""
    answered = teller.count("proposals_answered", "đề xuất")
    return sentence(
        f"Đơn vị đã có {paper_count(len(names))} đề xuất: {named(names, 8)}; đã được trả lời "
        f"{answered}"
    )


def _next(number: str, words: str) -> Part:
    key, _, said = words.partition(": ")

    def tell(teller: Teller) -> str:
        return f"{number}{sentence(said.format(after=teller.facts.span.after))}"

    return Part(key, tell=tell)


def ahead_of(keys: Sequence[str] = ()) -> tuple[Part, ...]:
    """Return what is ahead, numbered where it is several things; all of it without keys."""
    told = [words for words in (*_AHEAD, *_AHEAD_OF_SUBJECTS) if words.partition(": ")[0] in keys]
    told = told if keys else list(_AHEAD)
    several = len(told) > 1
    return tuple(_next(f"{at}. " if several else "", words) for at, words in enumerate(told, 1))


_AHEAD: Final = (
    f"ahead_leading: Tiếp tục tham mưu cấp ủy, chính quyền lãnh đạo, chỉ đạo {_MOVEMENT} "
    "{after}; đổi mới nội dung, hình thức tuyên truyền, tập trung vào địa bàn trọng điểm",
    f"ahead_tasks: Gắn nhiệm vụ xây dựng {_MOVEMENT} với phát triển kinh tế - xã hội và xây dựng "
    "nông thôn mới, đô thị văn minh",
    f"ahead_standards: Tổ chức đăng ký, bình xét, công nhận tiêu chuẩn “An toàn về {_ORDER}” và "
    "đánh giá, phân loại phong trào đúng thời hạn; khắc phục tồn tại tại đơn vị xếp loại trung "
    "bình, yếu",
    "ahead_schemes: Rà soát, củng cố, nhân rộng mô hình hoạt động hiệu quả; thanh loại mô hình chỉ "
    "có tên, không có hồ sơ, không duy trì hoạt động",
    "ahead_exemplary: Tiếp tục xây dựng xã, phường điển hình về phong trào, Công an xã, phường "
    "điển hình, kiểu mẫu",
    "ahead_order: Chủ động phòng ngừa, đấu tranh với các loại tội phạm, tệ nạn xã hội; tiếp nhận, "
    "xử lý kịp thời tin do Nhân dân cung cấp",
)


_AHEAD_OF_SUBJECTS: Final = (
    "ahead_forces: Kiện toàn, huấn luyện, bảo đảm điều kiện hoạt động cho lực lượng tham gia bảo "
    f"vệ {_ORDER} ở cơ sở, bảo vệ cơ quan, doanh nghiệp, nhà trường",
    "ahead_telling: Đổi mới nội dung, hình thức tuyên truyền, vận động Nhân dân tham gia "
    f"{_MOVEMENT} "
    "{after}, tập trung vào địa bàn trọng điểm",
)


def _heading(words: str, *, yearly: bool = False) -> Part:
    return Part(heading=words, level=2, yearly=yearly)


_RESULTS: Final = (
    _heading("Công tác tham mưu, lãnh đạo, chỉ đạo"),
    Part("leading", tell=results.leading),
    Part("documents", tell=results.documents),
    _heading(f"Thực hiện Đề án, xây dựng tiêu chuẩn “An toàn về {_ORDER}”", yearly=True),
    Part("registered", tell=results.registered, yearly=True),
    _heading("Công tác đánh giá, phân loại phong trào", yearly=True),
    Part("classified", tell=results.classified, yearly=True),
    _heading("Xây dựng xã, phường điển hình; Công an xã, phường điển hình, kiểu mẫu", yearly=True),
    Part("exemplary", tell=results.exemplary, yearly=True),
    _heading("Xây dựng, củng cố, nhân rộng mô hình tự quản"),
    Part("schemes", tell=results.schemes),
    _heading("Công tác tuyên truyền, vận động Nhân dân"),
    Part("telling", tell=results_people.telling),
    Part("contributed", tell=results_people.contributed),
    _heading(f"Thực hiện tiêu chí {_ORDER} trong xây dựng nông thôn mới, đô thị văn minh"),
    Part("rural", tell=results_people.rural),
    _heading("Thực hiện chương trình phối hợp với Mặt trận Tổ quốc, ban, ngành, đoàn thể"),
    Part("together", tell=results_people.together),
    _heading(
        f"Xây dựng lực lượng Công an xã, lực lượng bảo vệ {_ORDER} ở cơ sở, bảo vệ cơ quan, "
        "doanh nghiệp"
    ),
    Part("forces", tell=results_people.forces),
)
ANNEXED: Final = Part(
    "annexed", tell=lambda _teller: "Số liệu chi tiết tại Phụ lục I kèm theo Báo cáo này."
)
SKELETON: Final = (
    Part(heading="Đặc điểm, tình hình", level=1),
    Part("place", tell=results.place),
    Part("order", tell=results.order),
    Part("events", tell=results.events),
    Part(heading="Kết quả thực hiện {now}", level=1),
    ANNEXED,
    *_RESULTS,
    Part(heading="Nhận xét, đánh giá", level=1),
    _heading("Ưu điểm"),
    Part("strong", tell=strong),
    _heading("Tồn tại, hạn chế"),
    Part("weak", tell=weak),
    _heading("Nguyên nhân"),
    Part("causes", tell=left_open),
    _heading("Đề xuất, kiến nghị"),
    Part("asked", tell=asked),
    Part(heading="Phương hướng, nhiệm vụ {after}", level=1),
    *ahead_of(),
)
