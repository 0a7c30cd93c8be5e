"""Every paper of the yearly work out of a real store: empty, with the least and with the most."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.catalogue.prints import load_print_forms
from antq_desktop.domain.composing import TableSlot
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.domain.papers import Heading
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.shown import paper_moment
from antq_desktop.paths import forms_folder
from antq_desktop.printing.text import printable
from antq_desktop.services.office import Office
from antq_desktop.services.paper_asked import Asked, Filled
from antq_desktop.services.paper_kinds import NEEDS, RECORD_KINDS, Needs
from antq_desktop.services.paper_recipes import RECIPES
from antq_desktop.services.records import Edit
from antq_desktop.ui.screens.preview_making import forms_beside
from antq_desktop.ui.screens.preview_wanted import Wanted
from tests.domain.test_rules_of_the_movement import LEAST
from tests.stores import COMMUNE_ID, INCIDENT, line

LISTED = frozenset({*RECIPES, "incident_deadlines", "cls_list", "cls_submission", "opinion_slip"})
# Papers with tests of their own walk along; those of the cycle need a cycle, those of bundles two.
STANDING = frozenset({
    "record_sheet", "scheme_sheet", "scheme_members", "scheme_cover", "meeting_minutes",
    "meeting_invitation", "meeting_attendance", "reminder_letter", "document_register",
    "incident_register", "delivery_register", "bm1", "summary", "std_result_list",
    "std_result_report",
})  # fmt: skip
YEAR = "2026"
WORD = "Nghiêngngảthươngquyền"  # long, and with every mark above and below its letters
ALSO: dict[str, dict[str, Value]] = {
    "scheme": {"name": "Mô hình Mẫu", "scheme_type": "camera_an_ninh", "state": "active"},
    "site": {"name": "Điểm Mẫu"},
    "team": {"name": "Tổ Mẫu"},
    "activity": {"held_on": "2026-03-05", "activity_kind": "meeting"},
    "member": {"name": "Trần Thị Ví Dụ", "office": "member"},
    "incident": {**INCIDENT, "incident_class": "class_a", "class_since": "2026-11-02T20:00"},
    "remedial_plan": {"author": COMMUNE_ID, "unit": COMMUNE_ID, "year": 2026},
    "target": {
        "author": COMMUNE_ID, "unit": COMMUNE_ID, "year": 2026, "measure": "tips", "value": 30,
    },
}  # fmt: skip
LINES: dict[str, tuple[tuple[str, str, dict[str, Value]], ...]] = {
    "scheme": (
        ("results", "2025", {"tips": 12, "mediated": 3}),
        ("ratings", "2025", {"rating": "good", "document": "45/QĐ-UBND", "dated": "2025-12-05"}),
        ("funding", "a" * 32, {"year": 2025, "source": "commune_budget", "granted": 12_500_000}),
    ),
    "commendation": (("holders", "a" * 32, {"holder_kind": "individual", "name": "Lê Văn Mẫu"}),),
    "remedial_plan": (
        ("reviews", "a" * 32, {"reviewed_on": "2026-03-05", "result": "Đã làm một phần"}),
    ),
    "incident": (("involved", "a" * 32, {"role": "witness", "sex": "female"}),),
}
SHAPED = frozenset({"measure", "occurred_hour"})  # texts that are no free words
ORDER = (
    "scheme", "site", "team", "member", "activity", "incident", "tip", "clearance", "arrest",
    "mediation", "surrender", "session", "publication", "commendation", "programme",
    "programme_activity", "joint_work", "festival", "campaign", "campaign_result",
    "protection_team", "team_member", "team_rating", "member_rating", "patrol", "committee",
    "committee_member", "document", "meeting", "task", "proposal", "remedial_plan", "target",
)  # fmt: skip


def squeezed(text: str) -> str:
    return "".join(printable(text).split()).casefold()


def written(pdf: bytes) -> str:
    """Return what stands on the pages, without what stands in their margins."""
    found: list[str] = []
    for page in PdfReader(BytesIO(pdf)).pages:
        top, bottom = float(page.mediabox.height) - 18 * 72 / 25.4, 16 * 72 / 25.4

        def take(
            text: str,
            _cm: object,
            tm: Sequence[float],
            *_font: object,
            top: float = top,
            bottom: float = bottom,
        ) -> None:
            if bottom < tm[5] < top:
                found.append(text)

        page.extract_text(visitor_text=take)
    return squeezed("".join(found))


def long_value(kind: str, field: FieldSpec) -> str:
    """Return a long text whose last word is its own, so that an end that is cut is missed."""
    end = f" {kind[0]}{field.name[:3]}ế"
    room = min(field.max_length, 900 if field.kind is FieldKind.LONG_TEXT else 150) - len(end)
    return (f"{field.label} {WORD} " * 40)[:room].strip() + end


def add_all(office: Office, *, most: bool) -> dict[str, str]:
    """Add one record of every kind that papers are made of; with all its texts, or the least."""
    made: dict[str, str] = {}
    for kind in ORDER:
        spec = SPECS[kind]
        values: dict[str, Value] = {**LEAST.get(kind, {}), **ALSO.get(kind, {})}
        for field in spec.fields:
            if field.kind is FieldKind.REFERENCE and field.required:
                values.setdefault(field.name, COMMUNE_ID)
                target = next((made[each] for each in field.refers_to if each in made), "")
                values[field.name] = target or COMMUNE_ID
            is_text = field.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT}
            if most and is_text and not field.private and field.name not in SHAPED:
                values[field.name] = long_value(kind, field)
        if most:
            for name, line_id, held in LINES.get(kind, ()):
                values |= line(name, line_id, **held)
        made[kind] = office.records.add(kind, values).ids[0]
    return made


def asked(office: Office, code: str, made: dict[str, str]) -> Asked:
    period = office.periods.named(YEAR)
    if NEEDS[code] is Needs.PERIOD:
        return Asked("", period, "", private=False)
    return Asked(made[RECORD_KINDS.get(code, "festival")], period, "", private=False)


def filled_of(office: Office, code: str, one: Asked) -> Filled:
    return office.papers._filling.filled(code, one)


def made_of(office: Office, code: str, one: Asked) -> bytes:
    return office.papers.make(code, record_id=one.record_id or None, period=one.period)


def missing(text: str, said: str) -> list[str]:
    """Return the words that do not stand on the paper as they are stored."""
    if squeezed(said) in text:
        return []
    return [word for word in said.split() if squeezed(word) not in text]


def test_every_paper_of_a_period_is_made_of_nothing_and_says_that_there_is_nothing(
    office: Office,
) -> None:
    forms = load_print_forms(forms_folder() / "print")
    for code in sorted(code for code in LISTED if NEEDS[code] is Needs.PERIOD):
        one = asked(office, code, {})
        text = written(made_of(office, code, one))
        for block in forms[code].blocks:
            if isinstance(block, TableSlot) and block.frame.empty:
                assert squeezed(block.frame.empty) in text, (code, block.rows)


@pytest.mark.parametrize("most", [False, True], ids=["least", "most"])
def test_every_paper_says_all_that_it_is_filled_with(office: Office, most: bool) -> None:
    forms = load_print_forms(forms_folder() / "print")
    made = add_all(office, most=most)
    for code in sorted(LISTED | STANDING):
        one = asked(office, code, made)
        filled, form = filled_of(office, code, one), forms[code]
        pdf = made_of(office, code, one)
        text = written(pdf)
        for name in form.tokens & filled.tokens.keys():
            assert not missing(text, filled.tokens[name]), (code, name)
        for name in form.tables:
            for row in filled.tables[name]:
                for cell in row:
                    assert not missing(text, cell), (code, name, cell)
        heading = next((block for block in form.blocks if isinstance(block, Heading)), None)
        assert heading is None or "{" in heading.title or squeezed(heading.title) in text
        assert "{" not in text, code
        assert most or made_of(office, code, one) == pdf


def test_every_paper_can_be_typed_as_a_word_file(office: Office) -> None:
    made = add_all(office, most=True)
    for code in sorted(LISTED):
        one = asked(office, code, made)
        period, record = one.period, one.record_id or None
        assert office.papers.make(code, record_id=record, period=period, word=True)[:2] == b"PK"


def test_every_paper_is_offered_where_its_record_or_period_is(office: Office) -> None:
    offered = {kind.code: kind for kind in office.papers.forms()}
    assert offered.keys() >= LISTED
    by_record = Wanted("record_sheet", record_id="x", kind="scheme")
    beside = {kind.code for kind in forms_beside(by_record, offered.values())}
    assert beside >= {"scheme_decision", "scheme_regulation", "scheme_launch", "scheme_report",
                      "scheme_recognition", "scheme_dissolution", "file_cover"}  # fmt: skip
    by_period = Wanted("document_register", period=YEAR)
    beside = {kind.code for kind in forms_beside(by_period, offered.values())}
    assert beside >= {code for code in LISTED if NEEDS[code] is Needs.PERIOD}
    assert all(offered[code].needs is Needs.PERIOD for code in beside)


def test_a_paper_of_one_kind_is_not_made_of_another(office: Office) -> None:
    made = add_all(office, most=False)
    with pytest.raises(UserError) as fault:
        office.papers.make("scheme_decision", record_id=made["festival"])
    assert fault.value.code == "wrong_kind_of_record"


def test_what_is_private_stands_on_none_of_them(office: Office) -> None:
    made = add_all(office, most=False)
    office.records.save([
        Edit("member", made["member"], {"phone": "0100000456", "citizen_id": "000000000456"}),
    ])  # fmt: skip
    for code in sorted(LISTED):
        text = written(made_of(office, code, asked(office, code, made)))
        assert "0100000456" not in text, code
        assert "000000000456" not in text, code


def test_open_work_is_handed_over_and_what_is_done_is_not(office: Office) -> None:
    made = add_all(office, most=False)
    done = {**LEAST["task"], "source": made["meeting"], "title": "Việc đã xong", "state": "done",
            "done_on": "2026-11-01"}  # fmt: skip
    office.records.add("task", done)
    text = written(made_of(office, "handing_over", asked(office, "handing_over", made)))
    assert squeezed("2. Việc được giao chưa xong: 01 việc") in text
    assert squeezed("Lập kế hoạch") in text
    assert squeezed("Việc đã xong") not in text
    assert squeezed("3. Vụ việc chưa kết thúc: 01 vụ") in text


def test_a_list_of_terms_says_what_is_late(office: Office) -> None:
    values = {**ALSO["incident"], "title": "Chuyển chậm", "state": "transferred",
              "transferred_at": "2026-11-09T08:00"}  # fmt: skip
    office.records.add("incident", values)
    office.records.add("incident", {**ALSO["incident"], "title": "Chưa chọn trường hợp",
                                    "incident_class": None, "class_since": None})  # fmt: skip
    text = written(office.papers.make("incident_deadlines", period=office.periods.named(YEAR)))
    assert squeezed("Chậm") in text
    assert squeezed(paper_moment("2026-11-03T19:30")) in text
    assert squeezed("01 vụ việc chưa chọn trường hợp nên không tính thời hạn.") in text
