"""What a criteria set must be, whether it was shipped or made by a unit in the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from antq_desktop.domain.codes import ILLUSTRATION, forbidden_words
from antq_desktop.domain.scoring.checks import CHECKS
from antq_desktop.domain.scoring.sets import SUBJECTS, Asks, CriteriaSet, Item, Role, SetKind
from antq_desktop.domain.text import fold

LARGEST_SETTING: Final = 10**9
_SABOTAGE: Final = "pha hoai"  # Article 4, clause 3, point b
_SAID_OF_RULES: Final = frozenset({"bi mat nha nuoc", "chinh tri"})


class Place(StrEnum):
    """The part of a set that a fault is in."""

    SET = "set"
    GROUP = "group"
    ITEM = "item"
    BAND = "band"
    CAP = "cap"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class SetFault:
    """What is wrong with one part of a set.

    Attributes:
        place: Which kind of part.
        id: The part; empty for the set.
        field: The field of the part; empty where it is about the whole part.
        what: In Vietnamese, as the end of a sentence.
    """

    place: Place
    id: str
    field: str
    what: str


_NAMED: Final = {Place.ITEM: "tiêu chí", Place.GROUP: "nhóm", Place.CAP: "mức trần"}


def set_faults(made: CriteriaSet) -> Iterator[str]:
    """Yield every fault of a set, in Vietnamese, as the end of a sentence that names the set."""
    for fault in placed_faults(made):
        name = _NAMED.get(fault.place, "")
        yield f"{name} {fault.id}: {fault.what}" if name else fault.what


def placed_faults(made: CriteriaSet) -> Iterator[SetFault]:
    """Yield every fault of a set with the part and field that it is in."""
    yield from _provenance_faults(made)
    if not made.unit_kinds or set(made.unit_kinds) - set(SUBJECTS):
        yield _of_set("unit_kinds", "loại đơn vị không có trong danh mục")
    if made.valid_to and made.valid_to <= made.valid_from:
        yield _of_set("valid_to", "hết hiệu lực trước khi có hiệu lực")
    items = list(made.items())
    if not items:
        yield _of_set("", "có nhóm chưa có tiêu chí")
    yield from _double_faults(made, items)
    for item in items:
        for field, what in _item_faults(made, item):
            yield SetFault(Place.ITEM, item.id, field, what)
    for group in made.groups:
        if items and not group.items:
            yield SetFault(Place.GROUP, group.id, "", "chưa có tiêu chí")
        if group.need > len(group.items) or (group.need and group.marks):
            yield SetFault(Place.GROUP, group.id, "need", "số tiêu chí cần đạt không đúng")
    yield from _band_faults(made)


def _double_faults(made: CriteriaSet, items: Sequence[Item]) -> Iterator[SetFault]:
    for place, ids in (
        (Place.ITEM, [item.id for item in items]),
        (Place.GROUP, [group.id for group in made.groups]),
        (Place.BAND, [band.id for band in made.bands]),
        (Place.REASON, [reason.id for reason in made.reasons]),
        (Place.CAP, [cap.id for cap in made.caps]),
    ):
        yield from (SetFault(place, each, "", f"mã “{each}” có hai lần") for each in _doubled(ids))


def _of_set(field: str, what: str) -> SetFault:
    return SetFault(Place.SET, "", field, what)


_NEEDED: Final = ("legal_basis", "maintained_by", "source", "compared_on")


def _provenance_faults(made: CriteriaSet) -> Iterator[SetFault]:
    told = made.provenance
    needed = {"title": made.title, "valid_from": made.valid_from}
    needed |= {name: str(getattr(told, name)) for name in _NEEDED}
    what = "thiếu tên, căn cứ, người duy trì, nguồn, ngày đối chiếu hoặc ngày hiệu lực"
    empty = [name for name, value in needed.items() if not value]
    yield from (_of_set(name, what) for name in empty)
    if made.editable and ILLUSTRATION not in told.note.lower():
        yield _of_set("note", f"bộ chưa đọc toàn văn phải ghi “{ILLUSTRATION}”")
    if not made.editable and any(not item.quoted for item in made.items()):
        yield _of_set("", "bộ đã đọc toàn văn phải giữ nguyên văn từng tiêu chí")


def _item_faults(made: CriteriaSet, item: Item) -> Iterator[tuple[str, str]]:
    if not item.text:
        yield "text", "chưa có nội dung"
    if item.quoted and (item.confidence != "A" or not item.article or item.to_fill):
        yield "article", "nguyên văn thì phải đọc toàn văn và ghi điều, khoản"
    if any(made.reason(each) is None for each in item.reasons) or _doubled(item.reasons):
        yield "reasons", "lý do không áp dụng không có trong bộ"
    if item.mark_only:
        yield from _mark_faults(item)
    elif _is_for_marks_only(item):
        yield "text", "nội dung này chỉ được trả lời bằng một dấu, không kèm nội dung khác"
    yield from _check_faults(item)
    yield from _role_faults(made, item)


def _is_for_marks_only(item: Item) -> bool:
    """Tell whether an item asks for what nothing may stand behind.

    That there are rules on guarding secrets is asked of an agency (Article 6, clause 1); that they
    were broken is a mark.
    """
    if _SABOTAGE in " ".join(fold(item.text).split()):
        return True
    words = set(forbidden_words("criteria", item.text))
    return bool(words - _SAID_OF_RULES or (words and item.asks is Asks.HAPPENED))


def _mark_faults(item: Item) -> Iterator[tuple[str, str]]:
    if item.check or item.reasons or item.settings or item.most:
        yield "", "tiêu chí chỉ có một dấu thì không có phép kiểm tra, lý do, điểm"
    if item.asks is not Asks.HAPPENED or item.role is not Role.SCORE:
        yield "asks", "tiêu chí chỉ có một dấu thì hỏi có xảy ra hay không"


def _check_faults(item: Item) -> Iterator[tuple[str, str]]:
    check = CHECKS.get(item.check)
    if item.check and check is None:
        yield "check", f"phép kiểm tra “{item.check}” chưa có trong chương trình"
    if set(item.settings) != set(check.settings if check else ()):
        yield "settings", "ngưỡng không khớp phép kiểm tra"
    if any(not 0 <= value <= LARGEST_SETTING for value in item.settings.values()):
        yield "settings", "ngưỡng ngoài phạm vi"


def _role_faults(made: CriteriaSet, item: Item) -> Iterator[tuple[str, str]]:
    if made.kind is SetKind.MET:
        if item.scored or item.role is not Role.SCORE:
            yield "role", "bộ đạt, chưa đạt thì không có điểm, điểm thưởng, điểm trừ, khống chế"
        return
    if item.scored == (item.role is Role.VETO):
        yield "most", "tiêu chí chấm điểm phải có điểm tối đa, tiêu chí khống chế thì không"
    if item.role is Role.VETO and not any(item.id in cap.items for cap in made.caps):
        yield "role", "tiêu chí khống chế chưa gắn với mức trần nào"


def _band_faults(made: CriteriaSet) -> Iterator[SetFault]:
    leasts = [band.least for band in made.bands if not band.group]
    if made.is_ladder:
        yield from _ladder_faults(made)
    elif any(low >= high for high, low in pairwise(leasts)):
        yield _of_bands("các mức xếp từ cao xuống thấp")
    elif leasts and leasts[-1]:
        yield _of_bands("mức thấp nhất bắt đầu từ 0")
    points = made.kind is SetKind.POINTS
    if points and not made.bands:
        yield _of_bands("bộ chấm điểm thiếu mức phân loại")
    if leasts and leasts[0] > (made.full_points() if points else len(list(made.items()))):
        yield _of_bands("mức cao nhất không đạt tới được")
    bands = {band.id for band in made.bands}
    items = {item.id for item in made.items() if not item.scored and not item.mark_only}
    for cap in made.caps:
        if cap.at_most not in bands or not cap.items or set(cap.items) - items:
            yield SetFault(Place.CAP, cap.id, "", "nêu mức hoặc tiêu chí không có")


def _of_bands(what: str) -> SetFault:
    return SetFault(Place.BAND, "", "", what)


def _ladder_faults(made: CriteriaSet) -> Iterator[SetFault]:
    named = [band.group for band in made.bands if band.group]
    rest = [band for band in made.bands if not band.group]
    if made.kind is SetKind.POINTS or named != [group.id for group in made.groups]:
        yield _of_bands("mỗi nhóm là một mức, theo đúng thứ tự")
    if rest and (len(rest) > 1 or made.bands[-1] is not rest[0] or rest[0].least):
        yield _of_bands("chỉ mức cuối cùng không có nhóm")
    if any(band.group and band.least for band in made.bands):
        yield _of_bands("mức theo nhóm không có ngưỡng")


def _doubled(ids: Iterable[str]) -> tuple[str, ...]:
    seen = list(ids)
    return tuple(sorted({each for each in seen if seen.count(each) > 1}))
