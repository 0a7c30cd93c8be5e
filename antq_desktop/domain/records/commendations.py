"""Commendations: who decided, what, for whom; the names of holders may travel up."""

from __future__ import annotations

from collections.abc import Iterator

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import FieldSpec, LineSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import (
    UP,
    choice,
    count,
    date,
    document,
    money,
    some_of,
    subject,
    text,
    unit,
    yes_no,
)

COLLECTIVE, INDIVIDUAL = "collective", "individual"


def _holders_are_within_the_counts(view: RuleView) -> Iterator[Fault]:
    holders = view.lines("holders").values()
    for kind, name in ((COLLECTIVE, "collectives"), (INDIVIDUAL, "individuals")):
        named = sum(1 for line in holders if line.get("holder_kind") == kind)
        if named > (view.number(name) or 0):
            label = lowered(view.spec.field(name).label)
            message = f"Danh sách có {named} dòng, nhiều hơn {label} đã ghi. Kiểm tra lại."
            yield view.warning("more_holders_than_counted", message, name)


COMMENDATION = RecordSpec(
    kind="commendation",
    label="khen thưởng",
    plural="Khen thưởng",
    area="movement",
    purpose="Theo dõi khen thưởng về phong trào theo cấp, hình thức, tập thể, cá nhân.",
    holds_persons=True,
    retention="Tên người được khen: xóa 60 tháng sau ngày quyết định; số lượng giữ lại.",
    keeping=Keeping(
        months=60,
        after="decided_on",
        erases=("holders/name", "holders/office"),
        only=("holder_kind", frozenset({INDIVIDUAL})),
    ),
    title=("decided_on", "title"),
    suspects=(("number", "issuer", "award", "decided_on:year"),),
    order=Order.NEWEST_FIRST,
    order_by="decided_on",
    dated_by="decided_on",
    unit_by="unit",
    state_by="level",
    fields=(
        date("decided_on", "Ngày quyết định", required=True, listed=True),
        choice("level", "Cấp khen", "award_level", required=True, listed=True),
        choice("award", "Hình thức", "award_kind", required=True, listed=True),
        count("collectives", "Số tập thể", "tập thể", listed=True),
        count("individuals", "Số cá nhân", "cá nhân", listed=True),
        yes_no("ad_hoc", "Khen đột xuất", listed=True),
        choice("for_whom", "Khen cho lực lượng", "award_force", wanted=True),
        subject("title", "Thành tích", required=False),
        document("number", "Quyết định số", wanted=True, listed=True),
        text("issuer", "Cơ quan quyết định"),
        unit("Đơn vị được khen", wanted=False),
        money("money", "Tiền thưởng"),
    ),
    lines=(
        LineSpec(
            name="holders",
            label="Tập thể, cá nhân được khen",
            item="tập thể, cá nhân",
            fields=(
                choice("holder_kind", "Tập thể, cá nhân", "recipient_kind", required=True),
                FieldSpec(
                    name="name",
                    label="Tên",
                    required=True,
                    names_person=True,
                    searched=True,
                    width=30,
                    travels=UP,
                ),
                FieldSpec(name="office", label="Chức vụ, nơi công tác", width=30, travels=UP),
            ),
        ),
    ),
    rules=(some_of("collectives", "individuals"), _holders_are_within_the_counts),
    since=3,
)
