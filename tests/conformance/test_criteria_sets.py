"""What every released criteria set must be; its official words are held to excerpts of the text."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest

from antq_desktop import paths
from antq_desktop.catalogue.codes import load_codes
from antq_desktop.catalogue.criteria import criteria_set_of, load_criteria_sets
from antq_desktop.catalogue.periods import load_period_presets
from antq_desktop.domain.deciding import decided_by
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.checks import CHECKS
from antq_desktop.domain.scoring.layout import adapted, digest_of, raw_of
from antq_desktop.domain.scoring.sets import (
    OTHER_SUBJECTS,
    UNIT_KINDS,
    CriteriaSet,
    Item,
    Role,
    SetKind,
    sets_in_force,
)
from antq_desktop.domain.scoring.sheets import Mark, Paper
from antq_desktop.domain.text import fold

SETS = load_criteria_sets(paths.forms_folder() / "criteria")
TT124 = [code for code in SETS if code.startswith("tt124_")]
ITEMS = [(criteria, item) for criteria in SETS.values() for item in criteria.items()]

# Article and point by point: Art. 4(3) a, b, c, d, đ, g; Art. 6(3) a, b, c, d, e.
MARK_ONLY = {
    "tt124_neighbourhood": {"c3_a", "c3_b", "c3_c", "c3_d", "c3_dd", "c3_g"},
    "tt124_commune": {"c2_3_a", "c2_3_b", "c2_3_c", "c2_3_d", "c2_3_dd", "c2_3_g"},
    "tt124_agency": {"c3_a", "c3_b", "c3_c", "c3_d", "c3_e"},
    "tt124_school": {"c3_a", "c3_b", "c3_c", "c3_e"},
}
NEVER_AN_ITEM_OF_ITS_OWN = (
    "tôn giáo", "tín ngưỡng", "dân tộc", "ly khai", "tự trị", "chống Đảng", "chống chính quyền",
    "chống Nhà nước", "đình công", "lãn công", "khiếu nại", "khiếu kiện", "tố cáo", "biểu tình",
)  # fmt: skip
WORDS_NOT_USED = (
    r"!", r"dấu vân tay", r"biên nhận", r"giấy tờ", r"quý khách", r"hợp nhất", r"\b[Bb]ạn\b",
    r"\b(?:file|email|online|backup|password)\b",
)  # fmt: skip
# Pieces of the official text, each with the article it stands in: (article, excerpt, set, item).
EXCERPTS = [
    ("Điều 4 khoản 1", "chi bộ có nghị quyết", "tt124_neighbourhood", "c1_resolution"),
    ("Điều 4 khoản 1", "100% hộ gia đình đang cư trú", "tt124_neighbourhood", "c1_households"),
    ("Điều 4 khoản 2", "chính sách, pháp luật của Nhà nước", "tt124_neighbourhood", "c2"),
    ("Điều 4 khoản 3 điểm a", "phá hoại khối đại đoàn kết", "tt124_neighbourhood", "c3_a"),
    ("Điều 4 khoản 3 điểm b", "công trình trọng điểm về kinh tế", "tt124_neighbourhood", "c3_b"),
    ("Điều 4 khoản 3 điểm c", "tôn giáo trái pháp luật", "tt124_neighbourhood", "c3_c"),
    ("Điều 4 khoản 3 điểm d", "tranh chấp, khiếu kiện gây phức", "tt124_neighbourhood", "c3_d"),
    ("Điều 4 khoản 3 điểm đ", "Hoạt động ly khai, đòi tự trị", "tt124_neighbourhood", "c3_dd"),
    ("Điều 4 khoản 3 điểm e", "kéo dài trong nội bộ Nhân dân", "tt124_neighbourhood", "c3_e"),
    ("Điều 4 khoản 3 điểm g", "Kích động, xúi giục, cưỡng ép", "tt124_neighbourhood", "c3_g"),
    ("Điều 4 khoản 4 điểm a", "Kiềm chế, kéo giảm các loại", "tt124_neighbourhood", "c4_a"),
    ("Điều 4 khoản 4 điểm b", "(trừ trường hợp bất khả kháng)", "tt124_neighbourhood", "c4_b"),
    ("Điều 4 khoản 4 điểm c", "tụ điểm phức tạp về trật tự", "tt124_neighbourhood", "c4_c_spots"),
    ("Điều 4 khoản 4 điểm c", "người mắc tệ nạn xã hội", "tt124_neighbourhood", "c4_c_fallen"),
    ("Điều 4 khoản 4 điểm d", "tai nạn lao động chết người", "tt124_neighbourhood", "c4_d"),
    ("Điều 4 khoản 5", "được đánh giá hoàn thành nhiệm vụ", "tt124_neighbourhood", "c5_rated"),
    ("Điều 5 khoản 1", "ít nhất 01 mô hình phong trào", "tt124_commune", "c1_scheme"),
    ("Điều 4 khoản 4 điểm b", "kịp thời phát hiện, sử dụng", "tt124_commune", "c2_4_b"),
    ("Điều 5 khoản 3", "chủ động nắm chắc tình hình", "tt124_commune", "c3_police"),
    ("Điều 5 khoản 4", "hoặc được ủy quyền quản lý", "tt124_commune", "c4_registered"),
    ("Điều 5 khoản 4", "trong đó có từ 70% trở lên", "tt124_commune", "c4_recognised"),
    ("Điều 6 khoản 1", "(đối với nơi có tổ chức Đảng)", "tt124_agency", "c1_resolution"),
    ("Điều 6 khoản 1", "bảo vệ chính trị nội bộ, an toàn lao", "tt124_agency", "c1_rules"),
    ("Điều 6 khoản 2", "với lực lượng Công an (nếu có)", "tt124_agency", "c2_cooperation"),
    ("Điều 6 khoản 3 điểm d", "Đình công, lãn công trái pháp luật", "tt124_agency", "c3_d"),
    ("Điều 6 khoản 3 điểm đ", "Tội phạm nghiêm trọng trở lên", "tt124_agency", "c3_dd"),
    ("Điều 6 khoản 3 điểm e", "quy định về bảo vệ bí mật Nhà nước", "tt124_agency", "c3_e"),
    ("Điều 6 khoản 3 điểm h", "từ hình thức cảnh cáo trở lên", "tt124_agency", "c3_h"),
    ("Điều 6 khoản 4", "đủ điều kiện bình xét danh hiệu", "tt124_agency", "c4_rated"),
    ("Điều 6 khoản 5", "70% trở lên số đầu mối trực thuộc", "tt124_agency", "c5_rated"),
    ("Điều 7 khoản 1", "quản lý giáo dục người học", "tt124_school", "c1_rules"),
    ("Điều 7 khoản 2", "(đối với cấp học phổ thông)", "tt124_school", "c2_parents"),
    ("Điều 6 khoản 3 điểm g", "an toàn vệ sinh thực phẩm", "tt124_school", "c3_g"),
    ("Điều 7 khoản 4", "Không để xảy ra bạo lực học đường", "tt124_school", "c4_violence"),
    ("Điều 7 khoản 5", "bảo vệ cơ sở giáo dục (nếu có)", "tt124_school", "c5_rated"),
    ("Điều 7 khoản 6", "(khoa, phòng, ban, tổ chuyên môn)", "tt124_school", "c6_rated"),
]


def every_set() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("criteria", SETS.values(), ids=lambda each: each.code)


def texts(criteria: CriteriaSet) -> list[str]:
    labels = [reason.label for reason in criteria.reasons]
    labels += [band.label for band in criteria.bands]
    caps = [cap.label for cap in criteria.caps]
    groups = [group.title for group in criteria.groups]
    provenance = criteria.provenance
    told = [criteria.title, provenance.legal_basis, provenance.source, provenance.note]
    return [*told, *labels, *caps, *groups, *(item.text for item in criteria.items())]


@every_set()
def test_a_set_says_who_keeps_it_where_it_was_read_and_when(criteria: CriteriaSet) -> None:
    told = criteria.provenance
    assert told.legal_basis
    assert told.maintained_by
    assert told.source
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", told.compared_on)
    assert criteria.editable == (told.confidence != "A")
    assert criteria.editable == ("mẫu minh họa" in told.note.lower())
    assert told.adapted_from == ""


@every_set()
def test_a_set_reads_back_from_its_own_layout(criteria: CriteriaSet) -> None:
    assert digest_of(criteria_set_of(criteria.code, raw_of(criteria))) == digest_of(criteria)


@every_set()
def test_a_unit_can_copy_a_set_and_its_marks_stay_marks(criteria: CriteriaSet) -> None:
    copy = adapted(criteria, "made_here", "Xã Mẫu", "2026-11-21")
    again = criteria_set_of("made_here", raw_of(copy))
    marks = {item.id for item in criteria.items() if item.mark_only}
    assert {item.id for item in again.items() if item.mark_only} == marks


@pytest.mark.parametrize("code", MARK_ONLY)
def test_a_copy_cannot_make_a_mark_into_an_item_that_keeps_a_record(code: str) -> None:
    copy = adapted(SETS[code], "made_here", "Xã Mẫu", "2026-11-21")
    for group in copy.groups:
        for item in group.marks:
            loosened = [replace(i, mark_only=False) if i is item else i for i in group.items]
            changed = replace(group, items=tuple(loosened))
            groups = tuple(changed if each is group else each for each in copy.groups)
            with pytest.raises(UserError, match="chỉ được trả lời bằng một dấu"):
                criteria_set_of("made_here", raw_of(replace(copy, groups=groups)))


@every_set()
def test_windows_and_days_of_decision_are_there(criteria: CriteriaSet) -> None:
    presets = load_period_presets(paths.forms_folder() / "periods")
    assert not criteria.window or criteria.window in presets
    if criteria.decided_before:
        assert decided_by(2026, criteria.decided_before) < f"2026-{criteria.decided_before}"


def test_sets_and_registered_checks_name_each_other() -> None:
    named = {item.check for _, item in ITEMS if item.check}
    assert named <= set(CHECKS)
    latest: dict[str, int] = {}
    for name in CHECKS:
        slug, _, version = name.partition("@")
        latest[slug] = max(latest.get(slug, 0), int(version))
    current = {f"{slug}@{version}" for slug, version in latest.items()}
    assert current - named == set(), "a check that no set asks for is either missing or dead"


def test_exactly_these_items_are_answered_by_one_mark() -> None:
    found = {
        criteria.code: {item.id for item in criteria.items() if item.mark_only}
        for criteria in SETS.values()
    }
    assert {code: ids for code, ids in found.items() if ids} == MARK_ONLY


def test_nothing_stands_behind_a_mark() -> None:
    for criteria, item in ITEMS:
        if item.mark_only:
            told = (item.check, item.settings, item.reasons, item.most, item.to_fill)
            assert not any(told), (criteria.code, item.id)
            assert all(item.id not in cap.items for cap in criteria.caps)
    assert {each.name for each in fields(Mark)} == {"item", "answer", "paper"}
    assert {each.name for each in fields(Paper)} == {"number", "day", "issuer"}


def test_what_must_not_be_classed_is_an_item_only_as_a_mark() -> None:
    for criteria, item in ITEMS:
        if item.mark_only:
            continue
        held = fold(item.text)
        found = [word for word in NEVER_AN_ITEM_OF_ITS_OWN if fold(word) in held]
        assert found == [], (criteria.code, item.id)


def test_no_computed_check_has_a_name_of_a_person_among_its_inputs() -> None:
    for check in CHECKS.values():
        columns = [each for entry in check.inputs for each in (entry, *entry.columns)]
        words = {word for each in columns for word in fold(each.label).split()}
        assert not words & {"ten", "cccd", "thoai"}, check.name


@every_set()
def test_the_words_are_those_of_the_office(criteria: CriteriaSet) -> None:
    for text in texts(criteria):
        assert [word for word in WORDS_NOT_USED if re.search(word, text)] == [], text


@pytest.mark.parametrize(("article", "excerpt", "code", "item_id"), EXCERPTS)
def test_the_official_wording_stands_at_its_article(
    article: str, excerpt: str, code: str, item_id: str
) -> None:
    item = SETS[code].item(item_id)
    assert item is not None
    assert item.quoted
    assert excerpt in item.text
    assert item.article == article


def test_the_four_sets_of_the_circular_have_their_criteria_point_by_point() -> None:
    sizes = {code: [len(group.items) for group in SETS[code].groups] for code in TT124}
    assert sizes == {
        "tt124_neighbourhood": [3, 1, 7, 6, 2],
        "tt124_commune": [4, 14, 2, 2],
        "tt124_agency": [6, 3, 8, 2, 2],
        "tt124_school": [6, 4, 6, 2, 2, 2],
    }
    for code in TT124:
        assert SETS[code].provenance.confidence == "A"
        assert all(item.quoted for item in SETS[code].items())


def test_the_commune_repeats_clauses_2_3_and_4_of_article_4_word_for_word() -> None:
    def of(criteria: CriteriaSet, groups: tuple[str, ...]) -> list[tuple[str, str, str, bool]]:
        items = [item for group in criteria.groups if group.id in groups for item in group.items]
        return [(item.text, item.article, item.check, item.mark_only) for item in items]

    neighbourhood, commune = SETS["tt124_neighbourhood"], SETS["tt124_commune"]
    assert of(commune, ("c2",)) == of(neighbourhood, ("c2", "c3", "c4"))


def test_what_the_text_leaves_out_here_and_there_may_be_left_out() -> None:
    def free(code: str) -> dict[str, tuple[str, ...]]:
        return {item.id: item.reasons for item in SETS[code].items() if item.reasons}

    assert free("tt124_neighbourhood") == {}
    assert free("tt124_commune") == {}
    assert free("tt124_agency") == {
        "c1_resolution": ("no_party_body",),
        "c2_cooperation": ("no_cooperation",),
        "c4_rated": ("no_titles",),
        "c5_rated": ("no_titles",),
    }
    assert free("tt124_school") == {
        "c1_resolution": ("no_party_body",),
        "c2_cooperation": ("no_cooperation",),
        "c2_parents": ("not_general_education",),
        "c5_rated": ("no_titles", "no_guard_force"),
        "c5_discipline": ("no_guard_force",),
        "c6_rated": ("no_titles",),
    }


def test_the_known_lines_of_the_table_of_agencies_have_their_printed_points() -> None:
    table = SETS["qd510_agency"]
    known = {item.id: item.most for item in table.items() if item.confidence == "B" and item.scored}
    printed = {"i1": 300, "i2": 300, "i3": 500, "i4_a": 100}
    assert {item: known.get(item) for item in printed} == printed


@pytest.mark.parametrize("kind", ["neighbourhood", "commune", "agency", "school"])
def test_tables_of_classification_give_a_hundred_and_have_four_bands(kind: str) -> None:
    table = SETS[f"qd510_{kind}"]
    assert table.full_points() == 10_000
    bands = [(band.label, band.least) for band in table.bands]
    assert bands == [("Xuất sắc", 9000), ("Khá", 7000), ("Trung bình", 5000), ("Yếu", 0)]
    assert table.editable


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("exemplary_commune_hai_duong", 15),
        ("exemplary_commune_2022", 34),
        ("exemplary_commune_police", 23),
    ],
)
def test_sets_that_are_known_by_number_alone_have_that_number(code: str, count: int) -> None:
    items = list(SETS[code].items())
    assert len(items) == count
    assert all(item.to_fill or item.confidence == "B" for item in items)


def test_an_excellent_team_has_seven_points_and_grades_are_those_of_the_lists() -> None:
    codes = load_codes(paths.codes_folder())
    team = SETS["team_rating_2026"]
    assert len(team.groups[0].items) == 7
    for code in ("team_rating_2026", "member_rating_2026"):
        labels = {band.id: band.label for band in SETS[code].bands}
        assert labels == {each.id: each.label for each in codes["team_rating"].values}
    for band in SETS["scheme_rating"].bands:
        assert codes.label("scheme_rating", band.id) == band.label


def test_types_of_places_come_from_counts_alone() -> None:
    for code in ("drug_area_types_2025", "drug_free_area_2025"):
        for item in SETS[code].items():
            assert item.to_fill or item.check, item.id
            if item.check:
                kinds = {entry.kind.value for entry in CHECKS[item.check].inputs}
                assert kinds <= {"count", "yes_no"}, item.check


def test_every_kind_of_unit_has_a_set_for_recognition_and_one_for_classification() -> None:
    for kind in UNIT_KINDS:
        chosen = sets_in_force(SETS.values(), kind, "2026-11-21")
        assert {"recognition", "classification"} <= {each.purpose.value for each in chosen}
    judged = {kind for criteria in SETS.values() for kind in criteria.unit_kinds}
    assert set(OTHER_SUBJECTS) <= judged


def test_kinds_of_units_are_those_of_the_list() -> None:
    codes = load_codes(paths.codes_folder())
    assert all(codes.has("unit_kind", kind) for kind in UNIT_KINDS)


def test_vetoes_stand_in_sets_of_points_and_have_a_ceiling() -> None:
    for criteria, item in ITEMS:
        if item.role is Role.VETO:
            assert criteria.kind is SetKind.POINTS
            assert any(item.id in cap.items for cap in criteria.caps)


def test_an_item_without_wording_says_so() -> None:
    def says(item: Item) -> bool:
        return "nhập" in item.text and "theo văn bản" in item.text

    for criteria, item in ITEMS:
        assert item.to_fill == says(item), (criteria.code, item.id)
