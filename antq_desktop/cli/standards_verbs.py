"""`antq standards …`: the board, sheets, “nếu xét hôm nay”, the distribution, two years running."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Final

from antq_desktop.cli.standards_lines import sheet_lines, today_lines
from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_date

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.office import Office
    from antq_desktop.services.standards.board import Board, Cell
    from antq_desktop.services.standards.looking import OpenSheet
    from antq_desktop.services.standards.standings import Behind, Distribution

_STANDARDS: Final = {
    "security": "An toàn về ANTT",
    "classification": "phân loại phong trào",
    "exemplary": "điển hình",
    "model_police": "Công an cấp xã điển hình, kiểu mẫu",
    "drugs": "địa bàn về ma túy",
    "rating": "xếp loại mô hình, Tổ bảo vệ ANTT",
}


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of a table for a terminal; the first column is aligned left."""
    held = [head, *rows]
    widths = [max(len(row[at]) for row in held) for at in range(len(head))]
    for place, row in enumerate(held):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        if not place:
            yield "-" * min(sum(widths) + 2 * (len(widths) - 1), 140)


def _board(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        year = given.year or office.clock.now().year
        found = office.standards.board.board(year, given.standard, given.day or "")
        return Told(list(_board_lines(office, found)), _board_value(found))


def _board_lines(office: Office, found: Board) -> Iterator[str]:
    from antq_desktop.services.standards.board import step_label

    label = office.codes.label("standard", found.standard)
    yield f"{label} năm {found.year}, xem ngày {show_date(found.day)}:"
    for calendar in found.calendars.values():
        if calendar.named and any(row.kind == calendar.kind for row in found.rows):
            kind = office.codes.label("unit_kind", calendar.kind)
            yield (
                f"  {kind}: quyết định trước ngày {show_date(calendar.named)}, tức ngày "
                f"{show_date(calendar.legal)}; ngày làm việc cuối {show_date(calendar.decided_by)}."
            )
    if not found.rows:
        yield "  Chưa có đơn vị nào thuộc diện."
        return
    steps = [cell.step for cell in found.rows[0].cells]
    head = ("Đơn vị", *(step_label(step, found.standard) for step in steps))
    yield from table(head, ((row.name, *(_cell(cell) for cell in row.cells)) for row in found.rows))
    for reason, count in found.apart.items():
        yield f"Không tính: {count} đơn vị ({reason})."
    yield f"Trễ hạn: {found.late} bước."


def _cell(cell: Cell) -> str:
    if cell.passed:
        return "đã qua"
    if cell.done:
        return "xong" + (f" (trễ {cell.late})" if cell.late else "")
    if cell.late:
        return f"TRỄ {cell.late} ngày"
    return show_date(cell.due)[:5] if cell.due else "chưa"


def _board_value(found: Board) -> Json:
    return {
        "year": found.year,
        "standard": found.standard,
        "late": found.late,
        "calendars": {
            kind: {"named": c.named, "legal": c.legal, "decided_by": c.decided_by}
            for kind, c in found.calendars.items()
        },
        "apart": dict(found.apart),
        "rows": [
            {
                "unit": row.unit,
                "name": row.name,
                "kind": row.kind,
                "steps": {
                    cell.step: {
                        "due": cell.due,
                        "done_on": cell.done_on,
                        "late": cell.late,
                        "passed": cell.passed,
                    }
                    for cell in row.cells
                },
            }
            for row in found.rows
        ],
    }


def _unit(office: Office, given: str) -> str:
    """Return the unit, scheme or team named by its id, the beginning of it, or its name."""
    from antq_desktop.domain.text import fold

    units = {row.id: str(row.values().get("name") or "") for row in office.lists.every("unit")}
    units |= {place.id: place.name for place in office.units_below if place.id not in units}
    for kind in ("scheme", "protection_team"):
        units |= {row.id: str(row.values().get("name") or "") for row in office.lists.every(kind)}
    wanted = fold(given)
    found = [unit for unit, name in units.items() if unit == given or fold(name) == wanted]
    found = found or [u for u, name in units.items() if u.startswith(given) or wanted in fold(name)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(sorted(units[unit] for unit in found)[:5])
        message = f"Có {len(found)} nơi khớp “{given}”: {names}… Nêu rõ hơn."
        raise UserError("unit_ambiguous", message, "unit")
    raise UserError(
        "unknown_unit", f"Không có đơn vị, mô hình, Tổ “{given}”. Nêu tên hoặc mã khác.", "unit"
    )


def _sheet(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        unit = _unit(office, given.unit)
        year = given.year or office.clock.now().year
        with office.standards.ground.book() as book:
            looking = office.standards.sheets.looking(book)
            if given.set:
                rows = [r for r in looking.rows(year, "", unit)
                        if r.values.get("criteria_set") == given.set]  # fmt: skip
            else:
                rows = looking.rows(year, given.standard, unit)
            if not rows:
                message = "Chưa có phiếu chấm này. Xem “nếu xét hôm nay”: antq standards today."
                raise UserError("no_such_sheet", message)
            held = looking.open(rows[0].id)
            again = looking.again(rows[0].id)
            name = book.name(unit)
        lines = [f"{name}: {held.criteria.title}, năm {year}", *sheet_lines(held)]
        agrees = "khớp" if again.agrees else "KHÔNG KHỚP"
        lines.append(f"Tính lại từ số liệu đã lưu: {agrees} kết quả đã lưu.")
        return Told(lines, _sheet_value(held, again_agrees=again.agrees), done=again.agrees)


def _sheet_value(held: OpenSheet, *, again_agrees: bool) -> Json:
    outcome = held.outcome
    return {
        "id": held.id,
        "set": held.criteria.code,
        "complete": outcome.complete,
        "met": outcome.met,
        "met_items": outcome.met_items,
        "applicable": outcome.applicable,
        "points": int(outcome.points),
        "grade": outcome.grade.id if outcome.grade else "",
        "missing": [each.item or each.group for each in outcome.missing],
        "agrees": again_agrees,
    }


def _sheets(desk: Desk) -> Told:
    from antq_desktop.services.standards.listing import sheet_lines as listed

    given = desk.arguments
    with closing(desk.open()) as office:
        year = given.year or office.clock.now().year
        found = listed(office.standards, office.codes, year, given.standard)
        label = office.codes.label("standard", given.standard)
    head = ("Chấm cho", "Loại", "Bộ tiêu chí", "Kết quả", "Tình trạng")
    rows = [(one.name, one.kind, one.title, one.result, one.state) for one in found]
    lines = [f"{label} năm {year}: {sum(not one.is_new for one in found)} phiếu."]
    lines += list(table(head, rows)) if rows else []
    value: Json = [
        {"id": "" if one.is_new else one.id, "subject": one.unit, "name": one.name,
         "set": one.code, "result": one.result, "state": one.state}
        for one in found
    ]  # fmt: skip
    return Told(lines, value)


def _begin(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        year = given.year or office.clock.now().year
        subjects = [_unit(office, each) for each in given.units]
        saved = office.standards.sheets.begin(
            subjects, year, given.set or "", standard=given.standard
        )
    return Told([saved.sentence], list(saved.ids))


def _today(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        unit = _unit(office, given.unit)
        year = given.year or office.clock.now().year
        found = office.standards.sheets.today(
            unit, year, given.set or "", standard=given.standard, day=given.day or ""
        )
    value: Json = {
        "day": found.day,
        "set": found.criteria.code,
        "met": found.outcome.met,
        "complete": found.outcome.complete,
        "missing": [
            {"item": each.item or each.group, "sentences": list(each.sentences)}
            for each in found.outcome.missing
        ],
        "moved": [each.item for each in found.moved],
    }
    return Told(list(today_lines(found)), value)


def _distribution(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        year = given.year or office.clock.now().year
        spread = office.standards.standings.distribution(year)
        told = office.standards.receiving.disagreements(year)
        grades = [value.label for value in office.codes["movement_grade"].values]
    head = ("Loại đơn vị", "Đơn vị", "Đăng ký", "Công nhận", *grades, "Được phân loại")
    lines = [f"Phân loại phong trào năm {year}:", *table(head, map(_spread_row, spread))]
    lines += [f"Mâu thuẫn: {each.message}" for each in told]
    value: Json = {
        "year": year,
        "kinds": {
            each.kind: {
                "units": each.units,
                "registered": each.registered,
                "recognised": each.recognised,
                "grades": dict(each.grades),
            }
            for each in spread
        },
        "disagreements": [
            {"code": d.code, "kind": d.kind, "first": list(d.first), "second": list(d.second)}
            for d in told
        ],
    }
    return Told(lines, value)


def _spread_row(each: Distribution) -> tuple[str, ...]:
    numbers = (each.units, each.registered, each.recognised, *each.grades.values(), each.classified)
    return (each.label, *(str(number) for number in numbers))


def _two_years(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        year = given.year or office.clock.now().year
        behind = office.standards.standings.behind(year)
        label = {value.id: value.label for value in office.codes["movement_grade"].values}
    head = ("Đơn vị", str(year - 1), str(year), "Hai năm liền", "Khắc phục")
    rows = [
        (
            each.name,
            label.get(each.before, "–"),
            label[each.grade],
            "CÓ" if each.two_years else "",
            _plan(each),
        )
        for each in behind
    ]
    lines = [f"Đơn vị xếp Trung bình, Yếu năm {year}: {len(rows)}."]
    lines += list(table(head, rows)) if rows else []
    value: Json = [
        {"unit": b.unit, "name": b.name, "grade": b.grade, "before": b.before,
         "two_years": b.two_years, "plan": b.plan}
        for b in behind
    ]  # fmt: skip
    return Told(lines, value)


def _plan(each: Behind) -> str:
    if not each.plan:
        return "chưa có kế hoạch"
    return f"đến {show_date(each.deadline)}" + (" (QUÁ HẠN)" if each.overdue else "")


def _year(parser: ArgumentParser) -> None:
    parser.add_argument("--year", type=int, metavar="YYYY", help="năm xét; bỏ qua là năm nay")


def _standard(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--standard",
        choices=list(_STANDARDS),
        default="security",
        help="; ".join(f"{code}: {label}" for code, label in _STANDARDS.items()),
    )


def _board_arguments(parser: ArgumentParser) -> None:
    _year(parser)
    _standard(parser)
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="xem như vào ngày này")


def _sheet_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help="tên hoặc mã đơn vị, mô hình, Tổ bảo vệ ANTT")
    _year(parser)
    _standard(parser)
    parser.add_argument("--set", metavar="CODE", help="mã bộ tiêu chí: tt124_commune…")


def _begin_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("units", metavar="UNIT", nargs="+", help="tên hoặc mã; nhiều nơi một lần")
    _year(parser)
    _standard(parser)
    parser.add_argument("--set", metavar="CODE", help="mã bộ tiêu chí; bỏ qua là bộ đang dùng")


def _sheets_arguments(parser: ArgumentParser) -> None:
    _year(parser)
    _standard(parser)


def _today_arguments(parser: ArgumentParser) -> None:
    _sheet_arguments(parser)
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="xem như vào ngày này")


_WORD = "standards"
VERBS = (
    Verb((_WORD, "board"), "tiến độ từng đơn vị, từng bước, hạn", _board, _board_arguments),
    Verb((_WORD, "sheets"), "phiếu chấm của năm, nơi chưa có phiếu", _sheets, _sheets_arguments),
    Verb((_WORD, "begin"), "lập phiếu chấm", _begin, _begin_arguments),
    Verb((_WORD, "sheet"), "một phiếu chấm, tính lại từ số đã lưu", _sheet, _sheet_arguments),
    Verb((_WORD, "today"), "nếu xét hôm nay: còn thiếu gì", _today, _today_arguments),
    Verb((_WORD, "distribution"), "phân loại theo loại đơn vị", _distribution, _year),
    Verb((_WORD, "two-years"), "đơn vị Trung bình, Yếu, hai năm liền", _two_years, _year),
)
