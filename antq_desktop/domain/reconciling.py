"""Rules between the figures of a report: parts and wholes, registered and classified, in and out.

Rules are data. What contradicts a rule is told with both numbers and never repaired; a report
prints it on a page of its own unless a person explains it in writing. A rule of which a number is
not known says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from antq_desktop.domain.narrative.facts import GRADES
from antq_desktop.domain.shown import paper_count
from antq_desktop.domain.text import opening

Numbers = Mapping[str, int | None]
LAST: Final = "last:"  # before the code of a figure: that of the period before
JOINED: Final = "+"  # between codes of a number that is only known as their sum


class Relation(StrEnum):
    """How two sides must stand to each other."""

    EQUAL = "equal"
    WITHIN = "within"  # the left side is no larger than the right


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a rule: figures that are added, and figures that are taken away."""

    words: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def of(self, numbers: Numbers) -> int | None:
        """Return its number; None where a figure of it is not known."""
        joined = numbers.get(JOINED.join(self.plus))
        if joined is not None and not self.minus:
            return joined
        held = [numbers.get(code) for code in self.plus]
        taken = [numbers.get(code) for code in self.minus]
        if all(value is None for value in held):
            return None
        return sum(value or 0 for value in held) - sum(value or 0 for value in taken)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        code: Stable name.
        left: What is held against the other.
        relation: How.
        right: The other.
        noun: What is counted on both sides.
    """

    code: str
    left: Side
    relation: Relation
    right: Side
    noun: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two numbers of one report that cannot both be right.

    Attributes:
        code: Name of the rule, after a colon where it was held against another source.
        message: The sentence that is shown and printed.
        left: The one number.
        right: The other.
        explained: What a person wrote about it; empty while nobody did.
    """

    code: str
    message: str
    left: int
    right: int
    explained: str = ""


GROUPS: Final = (
    ("communes", "xã, thị trấn", ("commune", "town")),
    ("neighbourhoods", "khu dân cư", ("neighbourhood",)),
    ("agencies", "cơ quan và trường trung học phổ thông", ("agency", "upper_school")),
    ("enterprises", "doanh nghiệp", ("enterprise",)),
    ("lower_schools", "trường trung học cơ sở", ("lower_school",)),
)
_PARTS: Final = (
    ("tips_of_value", "tips", "tin có giá trị", "tin quần chúng cung cấp", "tin"),
    ("mediations_agreed", "mediations", "hòa giải thành", "số vụ hòa giải", "vụ"),
    ("documents_out", "documents", "văn bản ban hành", "tổng số văn bản", "văn bản"),
    ("sessions_direct", "sessions", "tuyên truyền trực tiếp", "tổng số buổi tuyên truyền", "buổi"),
    ("youth_sessions", "sessions", "Đoàn Thanh niên tuyên truyền", "tổng số buổi tuyên truyền",
     "buổi"),
    ("youth_attendance", "session_attendance", "đoàn viên, thanh niên tham gia",
     "tổng số lượt người dự", "lượt"),
    ("camera_lenses_shared", "camera_lenses", "mắt camera có chia sẻ", "tổng số mắt camera", "mắt"),
    ("reintegrating_helped", "reintegrating", "người tái hòa nhập được giúp đỡ",
     "số người đang quản lý", "người"),
    ("collectives_commended_high", "collectives_commended", "tập thể được Nhà nước, bộ khen",
     "tổng số tập thể được khen", "tập thể"),
    ("individuals_commended_high", "individuals_commended", "cá nhân được Nhà nước, bộ khen",
     "tổng số cá nhân được khen", "cá nhân"),
    ("commitments_households_signed", "commitments_households_whole", "hộ đã ký cam kết",
     "số hộ thuộc diện ký", "hộ"),
    ("commitments_members_signed", "commitments_members_whole", "hội viên đã ký cam kết",
     "số hội viên thuộc diện ký", "người"),
    ("funding_spent", "funding_granted", "kinh phí đã chi", "kinh phí được cấp", "đồng"),
)  # fmt: skip


def _rules() -> Iterator[Rule]:
    for name, noun, keys in GROUPS:
        registered = tuple(f"registered_{key}" for key in keys)
        grades = tuple(f"{key}_{grade}" for key in keys for grade in GRADES)
        recognised = tuple(f"recognised_{key}" for key in keys)
        units = tuple(f"units_{key}" for key in keys)
        yield Rule(f"classified_{name}", Side("được phân loại", grades), Relation.EQUAL,
                   Side("đăng ký", registered), noun)  # fmt: skip
        yield Rule(f"recognised_{name}", Side("được công nhận", recognised), Relation.WITHIN,
                   Side("đăng ký", registered), noun)  # fmt: skip
        yield Rule(f"registered_{name}", Side("đăng ký", registered), Relation.WITHIN,
                   Side("hiện có", units), noun)  # fmt: skip
    for part, whole, part_words, whole_words, noun in _PARTS:
        yield Rule(f"part_{part}", Side(part_words, (part,)), Relation.WITHIN,
                   Side(whole_words, (whole,)), noun)  # fmt: skip
    yield Rule(
        "documents_by_kind",
        Side("nghị quyết, chỉ thị, kế hoạch, quyết định",
             ("resolutions", "directives", "plans", "decisions")),
        Relation.WITHIN, Side("tổng số văn bản", ("documents",)), "văn bản",
    )  # fmt: skip
    yield Rule(
        "schemes_in_and_out",
        Side("mô hình duy trì", ("schemes_kept",)), Relation.EQUAL,
        Side("mô hình cuối kỳ trước trừ mô hình thanh loại",
             (f"{LAST}schemes_kept", f"{LAST}schemes_new"), ("schemes_ended",)), "mô hình",
    )  # fmt: skip
    for who, noun, grades in (
        ("teams", "Tổ", ("excellent", "good", "done", "not_done")),
        ("members", "thành viên", ("excellent", "good")),
    ):
        rated = tuple(f"{who}_rated_{each}" for each in grades)
        present = Side("hiện có", (f"protection_{who}",))
        yield Rule(f"{who}_rated", Side("được xếp loại", rated), Relation.WITHIN, present,
                   f"{noun} bảo vệ an ninh, trật tự")  # fmt: skip
    yield from _of_the_form()


def bm1_code(column: int) -> str:
    """Return the code of a column of BIỂU MẪU 01, 1 to 24."""
    return f"bm1_{column}"


def _of_the_form() -> Iterator[Rule]:
    """Yield the sums that BIỂU MẪU 01 asks of itself."""
    noun = "thành viên Tổ bảo vệ an ninh, trật tự (BIỂU MẪU 01)"
    whole = Side("thực tế hiện có (cột 3)", (bm1_code(3),))
    for name, words, columns in (
        ("sexes", "nam và nữ (cột 4 và 5)", (4, 5)),
        ("ages", "theo độ tuổi (cột 6 và 7)", (6, 7)),
        ("levels", "theo trình độ (cột 8 đến 11)", (8, 9, 10, 11)),
    ):
        yield Rule(f"bm1_{name}", Side(words, tuple(map(bm1_code, columns))), Relation.EQUAL,
                   whole, noun)  # fmt: skip
    yield Rule(
        "bm1_in_and_out", whole, Relation.EQUAL,
        Side("kỳ trước, cộng tuyển mới, trừ thôi, chết, hy sinh (cột 2, 15, 16, 18)",
             (bm1_code(2), bm1_code(15)), (bm1_code(16), bm1_code(18))), noun,
    )  # fmt: skip
    yield Rule(
        "bm1_teams", Side("thực tế (cột 14)", (bm1_code(14),)), Relation.WITHIN,
        Side("theo quyết định (cột 13)", (bm1_code(13),)),
        "Tổ bảo vệ an ninh, trật tự (BIỂU MẪU 01)",
    )  # fmt: skip


RULES: Final = tuple(_rules())


def contradictions(numbers: Numbers, source: str = "") -> Iterator[Contradiction]:
    """Yield what contradicts a rule.

    Args:
        numbers: Figures by code; of the period before with `last:` in front.
        source: Where the numbers stand, when they are not those of the records.
    """
    for rule in RULES:
        left, right = rule.left.of(numbers), rule.right.of(numbers)
        if left is None or right is None or _holds(rule.relation, left, right):
            continue
        where = f"{source}: " if source else ""
        verb = "khác" if rule.relation is Relation.EQUAL else "nhiều hơn"
        message = (
            f"{where}{rule.noun} {rule.left.words} là {paper_count(left)}, {verb} "
            f"{rule.right.words} là {paper_count(right)}; lệch {paper_count(abs(left - right))}."
        )
        code = f"{rule.code}:{source}" if source else rule.code
        yield Contradiction(code, opening(message), left, right)


def _holds(relation: Relation, left: int, right: int) -> bool:
    return left == right if relation is Relation.EQUAL else left <= right
