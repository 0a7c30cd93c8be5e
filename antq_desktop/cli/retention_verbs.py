"""`antq retention …`: how long private data is kept, what is due, erase it or keep it on."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Final

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_date

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.erasing import DueRecord
    from antq_desktop.services.office import Office

_ALL: Final = "all"


def _list(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        kept = office.erasing.privacy.kept()
    lines = [f"{one.kind} · {one.plural}: {', '.join(one.fields)} · {one.term}" for one in kept]
    value: Json = [
        {"kind": one.kind, "months": one.months, "usual": one.usual, "records": one.records}
        for one in kept
    ]
    return Told(lines, value)


def _set(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        return _done(office.erasing.set_months(given.kind, given.months, given.reason))


def _due(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.erasing.due()
    lines = [f"{one.kind} {one.id} {one.title}" for one in found]
    value: Json = [{"kind": one.kind, "id": one.id, "title": one.title} for one in found]
    return Told(lines or ["Không có hồ sơ nào quá thời hạn lưu."], value)


def _erase(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        done = office.erasing.erase(_chosen(office, given.id), given.reason)
    lines = [done.sentence]
    lines += [
        f"Bản sao lưu {one.name} còn giữ, tự bỏ vào {show_date(one.until.isoformat())}."
        for one in done.backups
    ]
    backups: Json = [{"name": one.name, "until": one.until.isoformat()} for one in done.backups]
    return Told(lines, {"done": done.sentence, "records": done.records, "backups": backups})


def _keep(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        return _done(office.erasing.reviewing.keep(_chosen(office, given.id), given.reason))


def _review(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        return _done(office.erasing.reviewing.finish(office.erasing.due_count()))


def _chosen(office: Office, ids: Sequence[str]) -> list[tuple[str, str]]:
    due: list[DueRecord] = office.erasing.due()
    chosen = [one for one in due if _ALL in ids or one.id in ids]
    unknown = sorted(set(ids) - {_ALL} - {one.id for one in due})
    if unknown:
        message = f"Hồ sơ {unknown[0][:40]} không có trong danh sách quá hạn. Xem lại danh sách."
        raise UserError("not_due", message, "id")
    return [(one.kind, one.id) for one in chosen]


def _done(sentence: str) -> Told:
    return Told([sentence], {"done": sentence})


def _reason(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="TEXT", help="lý do, thành câu")


def _set_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="loại hồ sơ, ví dụ incident")
    parser.add_argument("months", type=int, metavar="N", help="số tháng lưu, từ 1 đến 240")
    _reason(parser)


def _with_ids(parser: ArgumentParser) -> None:
    parser.add_argument("id", nargs="+", metavar="ID", help="mã hồ sơ; all: mọi hồ sơ quá hạn")
    _reason(parser)


def verbs() -> Iterator[Verb]:
    """Yield the verbs of this file."""
    yield Verb(("retention", "list"), "thời hạn lưu của từng loại hồ sơ", _list)
    yield Verb(
        ("retention", "set"),
        "đổi thời hạn lưu của một loại, có lý do",
        _set,
        _set_arguments,
        Operation.ERASE,
    )
    yield Verb(
        ("retention", "due"), "hồ sơ đã quá thời hạn lưu", _due, needs=Operation.READ_PRIVATE
    )
    yield Verb(
        ("retention", "erase"),
        "xóa dữ liệu riêng tư quá hạn, có lý do; không hoàn tác được",
        _erase,
        _with_ids,
        Operation.ERASE,
    )
    yield Verb(
        ("retention", "keep"), "giữ thêm 12 tháng, có lý do", _keep, _with_ids, Operation.ERASE
    )
    yield Verb(("retention", "review"), "ghi đã rà soát năm nay", _review, needs=Operation.ERASE)


VERBS = tuple(verbs())
