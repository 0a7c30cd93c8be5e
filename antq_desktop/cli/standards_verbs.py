"""`antq standards …`: the board, sheets, “nếu xét hôm nay”, the distribution, two years running."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Final

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_date

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.scoring.outcome import Outcome
    from antq_desktop.domain.scoring.sets import CriteriaSet
    from antq_desktop.domain.scoring.sheets import Sheet
    from antq_desktop.services.office import Office
    from antq_desktop.services.standards.board import Board, Cell
    from antq_desktop.services.standards.looking import AsOfToday, OpenSheet
    from antq_desktop.services.standards.standings import Behind, Distribution

_PURPOSES: Final = {
    "security": "recognition",
    "classification": "classification",
    "exemplary": "exemplary",
}
_WIDEST: Final = 92
_ANSWERS: Final = {"met": "đạt", "not_met": "CHƯA ĐẠT", "not_applicable": "không áp dụng", "": "–"}


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
    from antq_desktop.services.standards.board import STEPS

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
    head = ("Đơn vị", *(STEPS[step] for step in steps))
    yield from table(head, ((row.name, *(_cell(cell) for cell in row.cells)) for row in found.rows))
    for reason, count in found.apart.items():
        yield f"Không tính: {count} đơn vị ({reason})."
    yield f"Trễ hạn: {found.late} bước."


def _cell(cell: Cell) -> str:
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
                    cell.step: {"due": cell.due, "done_on": cell.done_on, "late": cell.late}
                    for cell in row.cells
                },
            }
            for row in found.rows
        ],
    }


def _unit(office: Office, given: str) -> str:
    """Return the unit that was named by its id, the beginning of it, or its name."""
    from antq_desktop.domain.text import fold

    units = {row.id: str(row.values().get("name") or "") for row in office.lists.every("unit")}
    units |= {place.id: place.name for place in office.units_below if place.id not in units}
    wanted = fold(given)
    found = [unit for unit, name in units.items() if unit == given or fold(name) == wanted]
    found = found or [u for u, name in units.items() if u.startswith(given) or wanted in fold(name)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(sorted(units[unit] for unit in found)[:5])
        message = f"Có {len(found)} đơn vị khớp “{given}”: {names}… Nêu rõ hơn."
        raise UserError("unit_ambiguous", message, "unit")
    raise UserError("unknown_unit", f"Không có đơn vị “{given}”. Nêu tên hoặc mã khác.", "unit")


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
                message = "Chưa có bảng chấm này. Xem “nếu xét hôm nay”: antq standards today."
                raise UserError("no_such_sheet", message)
            held = looking.open(rows[0].id)
            again = looking.again(rows[0].id)
            name = book.name(unit)
        lines = [f"{name}: {held.criteria.title}, năm {year}", *_sheet_lines(held)]
        agrees = "khớp" if again.agrees else "KHÔNG KHỚP"
        lines.append(f"Tính lại từ số liệu đã lưu: {agrees} kết quả đã lưu.")
        return Told(lines, _sheet_value(held, again_agrees=again.agrees), done=again.agrees)


def _sheet_lines(held: OpenSheet) -> Iterator[str]:
    window = held.window
    yield f"Kỳ đánh giá từ {show_date(window.since)} đến {show_date(window.until)}."
    yield from _item_lines(held.criteria, held.stored.sheet, held.stored.settled)
    for evidence in held.stored.evidence.values():
        yield from (f"  Tài liệu: {each.title}" for each in evidence)
    yield from _result_lines(held.outcome)
    yield from (f"Cần sửa: {fault.message}" for fault in held.faults)
    yield from (f"Tạm tính chưa có lý do chấp nhận: {item}." for item in held.unsettled)
    if held.closed:
        yield "Bảng chấm đã chốt."


def _item_lines(criteria: CriteriaSet, sheet: Sheet, settled: Mapping[str, str]) -> Iterator[str]:
    from antq_desktop.domain.scoring.outcome import judge
    from antq_desktop.domain.scoring.points import show_points
    from antq_desktop.domain.scoring.sets import SetKind

    outcome = judge(criteria, sheet)
    for group in outcome.groups:
        scored = criteria.kind is SetKind.POINTS
        told = f"{show_points(group.points)} điểm" if scored else _ANSWERS[group.answer.value]
        yield f"{group.group.title}: {told}"
        for item in group.group.items:
            if item.mark_only:
                continue
            line = sheet.line(item.id)
            told = line.seen.told().why if line.seen and not line.override else ""
            if line.override:
                told = f"ghi đè: {line.override.reason}"
            missing = next((m.answer.value for m in outcome.missing if m.item == item.id), "met")
            mark = {"met": "✓", "not_met": "✗"}.get(missing, "?")
            points = ""
            if item.scored and line.own.points is not None:
                points = f" [{show_points(line.own.points)}/{show_points(item.most)}]"
            text = item.text if len(item.text) <= _WIDEST else item.text[: _WIDEST - 1] + "…"
            yield f"  {mark} {text}{points}"
            if told:
                yield f"      {told}"
            if item.id in settled:
                yield f"      Chấp nhận tạm tính: {settled[item.id]}"


def _result_lines(outcome: Outcome) -> Iterator[str]:
    from antq_desktop.domain.scoring.points import show_points

    complete = "đủ" if outcome.complete else "chưa chấm đủ"
    told = f"{outcome.met_items}/{outcome.applicable} mục đạt"
    if outcome.grade:
        told = f"{show_points(outcome.points)} điểm, mức {outcome.grade.label}"
    end = "; ĐẠT." if outcome.met and not outcome.grade else "."
    yield f"Kết quả ({complete}): {told}{end}"
    yield from (f"  Khống chế: {cap.label}." for cap in outcome.caps)
    if outcome.gap:
        yield f"  Mức trên: {outcome.gap.band.label}."


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


def _today(desk: Desk) -> Told:
    from antq_desktop.domain.scoring.sets import Purpose

    given = desk.arguments
    with closing(desk.open()) as office:
        unit = _unit(office, given.unit)
        year = given.year or office.clock.now().year
        purpose = Purpose(_PURPOSES[given.standard])
        found = office.standards.sheets.today(
            unit, year, given.set or "", purpose=purpose, day=given.day or ""
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
    return Told(list(_today_lines(found)), value)


def _today_lines(found: AsOfToday) -> Iterator[str]:
    yield f"Nếu xét ngày {show_date(found.day)}: {found.criteria.title}"
    yield from _result_lines(found.outcome)
    for each in found.outcome.missing:
        item = found.criteria.item(each.item)
        text = item.text if item else "Tiêu chí trả lời bằng một dấu"
        text = text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
        yield f"  - {text}"
        yield from (f"      {sentence}" for sentence in each.sentences)
    for item_id in found.outcome.provisional:
        yield f"  Tạm tính: {item_id}."
    for moved in found.moved:
        yield f"  Khác bảng đã lưu: {moved.item}: {moved.why}"


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
        choices=sorted(_PURPOSES),
        default="security",
        help="security: An toàn về ANTT; classification: phân loại; exemplary: điển hình",
    )


def _board_arguments(parser: ArgumentParser) -> None:
    _year(parser)
    _standard(parser)
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="xem như vào ngày này")


def _sheet_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("unit", metavar="UNIT", help="tên hoặc mã đơn vị")
    _year(parser)
    _standard(parser)
    parser.add_argument("--set", metavar="CODE", help="mã bộ tiêu chí: tt124_commune…")


def _today_arguments(parser: ArgumentParser) -> None:
    _sheet_arguments(parser)
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="xem như vào ngày này")


_WORD = "standards"
VERBS = (
    Verb((_WORD, "board"), "tiến độ từng đơn vị, từng bước, hạn", _board, _board_arguments),
    Verb((_WORD, "sheet"), "một bảng chấm, tính lại từ số đã lưu", _sheet, _sheet_arguments),
    Verb((_WORD, "today"), "nếu xét hôm nay: còn thiếu gì", _today, _today_arguments),
    Verb((_WORD, "distribution"), "phân loại theo loại đơn vị", _distribution, _year),
    Verb((_WORD, "two-years"), "đơn vị Trung bình, Yếu, hai năm liền", _two_years, _year),
)
