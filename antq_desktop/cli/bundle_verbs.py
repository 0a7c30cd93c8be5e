"""`antq bundle …`: bundles up, bundles in, answers down."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.rights import Operation
from antq_desktop.services.telephone import grouped

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.office import Office
    from antq_desktop.services.planned import Heap
    from antq_desktop.services.registers import ReceivedLine, SentLine
    from antq_desktop.services.taking import Taken


def _export(desk: Desk) -> Told:
    folder = Path(desk.arguments.to)
    with closing(desk.open()) as office:
        made = office.handover.sealing.seal_up()
        done = office.handover.sealing.carry(made.row.digest, folder)
    value: Json = {"file": str(done.path), "digest": made.row.digest, "records": made.row.records}
    return Told([made.sentence, done.message, f"  {done.path}"], value)


def _share(desk: Desk) -> Told:
    folder = Path(desk.arguments.to)
    with closing(desk.open()) as office:
        made = office.handover.sealing.seal_siblings()
        done = office.handover.sealing.carry(made.row.digest, folder)
    value: Json = {
        "file": str(done.path),
        "digest": made.row.digest,
        "records": made.row.records,
        "basis": made.row.basis,
    }
    return Told([made.sentence, done.message, f"  {done.path}"], value)


def _check(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        taken = office.handover.taking.take(Path(desk.arguments.file))
    return Told(_verdict_lines(taken), _taken_value(taken), done=taken.mergeable)


def _verdict_lines(taken: Taken) -> list[str]:
    who = f" của {taken.row.sender_name}, số {taken.row.number}" if taken.row.sender else ""
    again = ", đã nhập trước đó" if taken.already_merged else ""
    lines = [f"{taken.row.name}{who}: {taken.verdict.label}{again}."]
    lines += [f"  - {fault.message}" for fault in taken.faults]
    return lines


def _taken_value(taken: Taken) -> Json:
    return {
        "file": taken.row.name,
        "digest": taken.row.digest,
        "verdict": str(taken.verdict),
        "shelf": taken.row.shelf,
        "already_merged": taken.already_merged,
        "faults": [{"code": f.code, "place": f.place} for f in taken.faults],
    }


def _preview(desk: Desk) -> Told:
    lines: list[str] = []
    values: list[Json] = []
    fine = True
    with closing(desk.open()) as office:
        for name in desk.arguments.files:
            taken = office.handover.taking.take(Path(name))
            lines += _verdict_lines(taken)
            value: dict[str, Json] = {**_as_object(_taken_value(taken))}
            if taken.mergeable and not taken.already_merged:
                heaps = office.handover.heaps(office.handover.taking.preview(taken))
                lines += _heap_lines(heaps)
                value["heaps"] = {str(heap.outcome): heap.count for heap in heaps}
            fine = fine and taken.mergeable
            values.append(value)
    return Told(lines, values, done=fine)


def _as_object(value: Json) -> dict[str, Json]:
    assert isinstance(value, dict)  # noqa: S101 - made a few lines above
    return value


def _heap_lines(heaps: list[Heap]) -> list[str]:
    lines: list[str] = []
    for heap in heaps:
        lines.append(f"  {heap.label}: {heap.count}")
        lines += [f"    {name}" for name in heap.names[:5]]
        if heap.count > 5:
            lines.append(f"    … và {heap.count - 5} hồ sơ khác")
    return lines


def _merge(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        return merge_files(office, [Path(name) for name in desk.arguments.files])


def merge_files(office: Office, paths: Iterable[Path]) -> Told:
    """Merge files one after another, each with its verdict, and say what came of it."""
    lines: list[str] = []
    values: list[Json] = []
    fine = True
    for path in paths:
        taken = office.handover.taking.take(path)
        value = {**_as_object(_taken_value(taken))}
        if taken.mergeable:
            merged = office.handover.taking.merge(office.handover.taking.preview(taken))
            lines.append(merged.sentence)
            lines += _merge_below(office, taken)
            lines.append(f"  Số đọc qua điện thoại: {grouped(merged.row.spoken)}")
            value["spoken"] = merged.row.spoken
            value["totals"] = {str(k): n for k, n in merged.plan.totals.items()}
        else:
            lines += _verdict_lines(taken)
        fine = fine and taken.mergeable
        values.append(value)
    return Told(lines, values, done=fine)


def _merge_below(office: Office, taken: Taken) -> list[str]:
    """Merge the bags that the unit passed on with its bundle."""
    taking = office.handover.taking
    staged = [taking.staged(row.sha256) for row in taking.chain.staged_by(taken.row.sender)]
    return [f"  {taking.merge(taking.preview(one)).sentence}" for one in staged if one.mergeable]


def _withdraw(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        withdrawing = office.handover.taking.withdrawing
        shown = withdrawing.preview(given.digest)
        heaps = withdrawing.heaps(shown)
        lines = [f"  {heap.count} hồ sơ {heap.label}" for heap in heaps]
        value: Json = {str(fate): count for fate, count in shown.undoing.totals.items()}
        if not given.yes:
            lines.append("Mới xem trước, chưa rút. Thêm --yes để rút lại gói.")
            return Told(lines, value)
        done = withdrawing.withdraw(shown)
    return Told([done.sentence, *lines], value)


def _admit(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        taking = office.handover.taking
        taking.admitting.admit(given.digest, given.number, given.identity)
        found = [row for row in taking.received() if row.sha256.startswith(given.digest)]
        taken = taking.staged(found[0].sha256)
    return Told(_verdict_lines(taken), _taken_value(taken), done=taken.mergeable)


def _return(desk: Desk) -> Told:
    folder = Path(desk.arguments.to)
    lines: list[str] = []
    values: list[Json] = []
    with closing(desk.open()) as office:
        returning, sealing = office.handover.returning, office.handover.sealing
        for unit in returning.units_to_answer():
            made = returning.seal(unit)
            done = sealing.carry(made.row.digest, folder)
            lines += [made.sentence, f"  {done.path}"]
            values.append({"unit": unit.id, "file": str(done.path), "digest": made.row.digest})
    return Told(lines or ["Chưa nhận gói nào nên chưa có gì để xác nhận."], values)


def _accept(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        done = office.handover.returning.accept(Path(desk.arguments.file))
    value: Json = {
        "acknowledged": done.acknowledged,
        "returned": done.returned,
        "owed": done.owed,
    }
    return Told([done.sentence], value)


def _told(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        sentence = office.handover.telephone.confirm(desk.arguments.digits)
    return Told([sentence], {"done": True})


def _list(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        sent = office.handover.registers.sent()
        came = office.handover.registers.received()
    lines = ["Gói đã lập:"] if sent else []
    lines += [_sent_line(line) for line in sent]
    lines += ["Gói đã nhận:"] if came else []
    lines += [_received_line(line) for line in came]
    value: Json = {
        "sent": [{"digest": s.digest, "number": s.number, "state": s.state} for s in sent],
        "received": [
            {"digest": r.digest, "sender": r.sender, "number": r.number, "state": r.state}
            for r in came
        ],
    }
    return Told(lines or ["Sổ giao nhận chưa có gói nào."], value)


def _sent_line(line: SentLine) -> str:
    return (
        f"  số {line.number} · {line.kind_label} gửi {line.addressee} · lập {line.sealed}"
        f" · {line.records} hồ sơ · {line.state_label}"
    )


def _received_line(line: ReceivedLine) -> str:
    who = f"{line.sender_name} số {line.number}" if line.sender else line.name
    told = f"  {who} · nhận {line.received} · {line.verdict_label} · {line.state_label}"
    return f"{told} · mã {line.digest[:12]}" if line.digest else told


def _withdrawal(parser: ArgumentParser) -> None:
    parser.add_argument("digest", metavar="D", help="mã của gói, hoặc phần đầu của mã")
    parser.add_argument("--yes", action="store_true", help="rút lại, không chỉ xem trước")


def _admission(parser: ArgumentParser) -> None:
    parser.add_argument("digest", metavar="D", help="mã tệp gói trong ngăn, hoặc phần đầu của mã")
    parser.add_argument("--number", required=True, type=int, metavar="N", help="số gói trên giấy")
    parser.add_argument("--identity", required=True, metavar="H", help="mã gói trên giấy")


def _to(parser: ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="DIR", help="thư mục hoặc USB để ghi")


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="tệp gói .antq")


def _digits(parser: ArgumentParser) -> None:
    parser.add_argument("digits", metavar="N", help="8 chữ số đơn vị tổng hợp đọc qua điện thoại")


def _files(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="các tệp gói .antq")


VERBS = (
    Verb(("bundle", "export"), "lập gói và ghi ra", _export, _to, needs=Operation.HAND_OVER),
    Verb(
        ("bundle", "share"),
        "lập gói nội bộ cho máy khác của đơn vị",
        _share,
        _to,
        needs=Operation.HAND_OVER,
    ),
    Verb(("bundle", "check"), "kiểm tra một gói", _check, _file, needs=Operation.TAKE_IN),
    Verb(("bundle", "preview"), "xem trước khi nhập", _preview, _files, needs=Operation.TAKE_IN),
    Verb(("bundle", "merge"), "nhập gói", _merge, _files, needs=Operation.TAKE_IN),
    Verb(
        ("bundle", "withdraw"),
        "rút lại một gói đã nhập",
        _withdraw,
        _withdrawal,
        needs=Operation.TAKE_IN,
    ),
    Verb(
        ("bundle", "admit"),
        "nhận gói của chìa khóa đã thu hồi",
        _admit,
        _admission,
        needs=Operation.KEYS,
    ),
    Verb(
        ("bundle", "return"),
        "lập gói trả về cho các đơn vị",
        _return,
        _to,
        needs=Operation.HAND_OVER,
    ),
    Verb(("bundle", "accept"), "nạp phiếu xác nhận", _accept, _file, needs=Operation.TAKE_IN),
    Verb(
        ("bundle", "told"),
        "ghi nhận số báo qua điện thoại",
        _told,
        _digits,
        needs=Operation.TAKE_IN,
    ),
    Verb(("bundle", "list"), "sổ giao nhận", _list),
)
