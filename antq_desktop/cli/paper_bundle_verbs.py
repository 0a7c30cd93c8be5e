"""`antq bundle print` and `antq bundle scan`: short bundles on paper, and read from pictures."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.bundle_verbs import merge_files
from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import Operation

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.office import Office


def _print(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        lines, digest = _chosen(office, given.bundle, given.receipt)
        pdf = office.handover.paper.paper(digest)
        path = office.papers.save(pdf, Path(given.to))
    value: Json = {"file": str(path), "digest": digest}
    return Told([*lines, f"  {path}"], value)


def _chosen(office: Office, bundle: str, receipt: str) -> tuple[list[str], str]:
    """Return what to say, and the bundle: one of the register, a receipt, or zero reports."""
    if bundle:
        return [], office.handover.sealing.row(bundle).digest
    if not receipt:
        made = office.handover.paper.seal_zero_reports()
        return [made.sentence], made.row.digest
    units = office.handover.returning.units_to_answer()
    unit = next((one for one in units if receipt in {one.id, one.code}), None)
    if unit is None:
        message = f"Chưa nhận gói nào của đơn vị mã {receipt} nên chưa có gì để xác nhận."
        raise UserError("no_bundle_to_answer", message, "receipt")
    made = office.handover.paper.seal_receipt(unit)
    return [made.sentence], made.row.digest


def _scan(desk: Desk) -> Told:
    from antq_desktop.services.paper_bundles import read_pictures

    with closing(desk.open()) as office:
        paths = [Path(name) for name in desk.arguments.files]
        read = office.handover.paper.read(read_pictures(paths))
        told = merge_files(office, read.bundles)
        answers = [office.handover.returning.accept(path) for path in read.answers]
    lines = [read.sentence, *told.lines, *(one.sentence for one in answers)]
    value: Json = {
        "complete": read.complete,
        "bundles": told.value,
        "acknowledged": sum(one.acknowledged for one in answers),
    }
    return Told(lines, value, done=told.done and read.complete)


def _what_to_print(parser: ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="PDF", help="tệp PDF để ghi")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--bundle", default="", metavar="D", help="in gói đã lập, theo mã gói hoặc phần đầu của mã"
    )
    what.add_argument(
        "--receipt", default="", metavar="U", help="in phiếu xác nhận cho đơn vị mang mã này"
    )


def _pictures(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="ảnh PNG, JPEG của cả trang")


VERBS = (
    Verb(
        ("bundle", "print"),
        "in gói trên giấy; không nói gì thêm thì in báo cáo không phát sinh chờ gửi",
        _print,
        _what_to_print,
        needs=Operation.HAND_OVER,
    ),
    Verb(
        ("bundle", "scan"),
        "đọc gói trên giấy từ ảnh trang rồi nhập",
        _scan,
        _pictures,
        needs=Operation.TAKE_IN,
    ),
)
