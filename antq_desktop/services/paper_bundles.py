"""Bundles on paper, for weeks without a stick: zero reports up, receipts down, and reading them.

Paper is a carrier like any other: what is printed is a sealed bundle of the register in a short
form, and what is read becomes the same bundle again and goes through the same gate.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.paper import FromPaper, lengthen, shorten
from antq_desktop.bundle.refused import Refused
from antq_desktop.domain.answers import Answer
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind, Party
from antq_desktop.domain.paper_pieces import LARGEST, MOST_CODES, Gathered, cut, gather
from antq_desktop.domain.papers import ScanCodes
from antq_desktop.domain.shown import paper_count, paper_moment, show_integer
from antq_desktop.domain.text import opening
from antq_desktop.domain.zero_reports import KIND
from antq_desktop.files import environment_fault, remove_if_present
from antq_desktop.services.descending import covered_below
from antq_desktop.services.journal_paper import FormPapers
from antq_desktop.services.sealing import SCRATCH_FOLDER, Made, made_folder
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import SEALED, WRITTEN, ReceivedRow, SentRow

if TYPE_CHECKING:
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.returning import Returning
    from antq_desktop.services.sealing import Sealing
    from antq_desktop.services.taking import Taking
    from antq_desktop.storage.store import Store

FOLDER: Final = "paper"
_AROUND: Final = 1_150  # bytes of header, signature and names, packed
_PER_DEVICE: Final = 100  # bytes that each device of the addressee adds
_ENVELOPE: Final = 110


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """What pages held.

    Attributes:
        bundles: Bundles other than return bundles, ready for the gate.
        answers: Return bundles.
        sentence: One Vietnamese sentence.
        complete: False when codes of a sheet were missing.
    """

    bundles: tuple[Path, ...]
    answers: tuple[Path, ...]
    sentence: str
    complete: bool


class PaperBundles:
    """Prints short bundles, and reads them from pictures of pages."""

    def __init__(
        self, store: Store, sealing: Sealing, taking: Taking, returning: Returning, hand: Hand
    ) -> None:
        self._store = store
        self._sealing = sealing
        self._taking = taking
        self._returning = returning
        self._devices = sealing.devices
        self._hand = hand

    def seal_zero_reports(self) -> Made:
        """Make a bundle of the zero reports that wait, the newest periods first, as many as fit.

        Raises:
            UserError: `nothing_for_paper`, and what `Sealing.seal_up` says.
            EnvironmentFault: What the machine denies; the register is as before.
        """
        addressee = self._devices.addressee()
        waiting = 0

        def choose(lines: list[bytes]) -> list[bytes]:
            nonlocal waiting
            waiting = len(lines)
            if not lines:
                message = "Không có báo cáo không phát sinh nào chờ gửi. Lập báo cáo trước khi in."
                raise UserError("nothing_for_paper", message)
            newest = sorted(lines, key=_period_of, reverse=True)
            return _in_order(lines, _as_many(newest, self._room(addressee)))

        row = self._sealing.seal_some(KIND, choose)
        told = f"Đã lập gói trên giấy số {row.number}: {_zeros(row.records)}."
        if row.records < waiting:
            told += f" Còn {_zeros(waiting - row.records)}, gửi bằng USB."
        return Made(row, told)

    def seal_receipt(self, unit: Party) -> Made:
        """Make a return bundle of the newest receipts for a unit, as many as fit on paper.

        It says the whole of what is held and owed, brings no records, and confirms none.

        Raises:
            UserError: `no_bundle_to_answer`, `too_big_for_paper`.
            EnvironmentFault: What the machine denies; the register is as before.
        """
        whole = self._returning.answer_for(unit.id)
        if not whole.receipts:
            message = f"Chưa nhận gói nào của {unit.name} nên chưa có gì để xác nhận."
            raise UserError("no_bundle_to_answer", message)
        answer = _newest(whole, self._room(unit))
        if not answer.receipts:
            message = (
                f"Gói mới nhất của {unit.name} có nhiều hồ sơ nên phiếu xác nhận không vừa"
                f" {MOST_CODES} mã vuông. Ghi gói trả về ra USB, hoặc đọc số qua điện thoại."
            )
            raise UserError("too_big_for_paper", message)
        self._devices.keys()
        with self._store.writing(self._hand.officer, Action.SEAL) as work:
            devices = {
                held.device.device
                for held in self._devices.known_in(work)
                if held.device.unit.id == unit.id and not held.revoked
            }
            covers = covered_below(work, unit.id, devices)
            row = self._sealing.seal_answer(work, unit, answer, {}, covers)
        count = show_integer(len(answer.receipts))
        return Made(row, f"Đã lập phiếu xác nhận trên giấy cho {unit.name}: {count} gói.")

    def paper(self, digest: str) -> bytes:
        """Return the PDF of a sealed bundle, and note that it was handed out on paper.

        Raises:
            UserError: `no_such_bundle`, `bundle_dropped`, `too_big_for_paper`.
            EnvironmentFault: What the machine denies.
        """
        row = self._sealing.row(digest)
        codes = cut(self._short(row))
        own = self._devices.own_unit().name
        pdf = PaperBundlePaper(self._store, self._hand).make(row, own, _content(row), codes)
        with self._store.writing(self._hand.officer, Action.CARRY) as work:
            if row.state == SEALED:
                now = civil(self._hand.clock.now())
                exchange.put(work.connection, replace(row, state=WRITTEN, written_at=now))
            work.note("", "", f"In gói {row.file} trên giấy, {len(codes)} mã")
        return pdf

    def read(self, pictures: Iterable[bytes]) -> ReadPaper:
        """Read pages and put bundles together, ready for the gate.

        Args:
            pictures: PNG or JPEG files of whole pages, in any order.

        Raises:
            UserError: `no_codes`, `codes_missing`, `no_picture`, `picture_too_big`.
            EnvironmentFault: What the machine denies.
        """
        # Pictures are decoded by libraries that are loaded when somebody reads a page.
        from antq_desktop.optical.reading import codes_on

        found = gather(code for picture in pictures for code in codes_on(picture))
        if not found.whole:
            raise _nothing_whole(found)
        folder = self._emptied_folder()
        keys = self._devices.keys()
        scratch = made_folder(self._store.folder / SCRATCH_FOLDER)
        read = [lengthen(data, folder, keys=keys, scratch=scratch) for data in found.whole]
        paths = [self._kept(one) or one.path for one in read]
        answers = tuple(
            path
            for path, one in zip(paths, read, strict=True)
            if one.path.name.startswith(f"ANTQ_{BundleKind.RETURN}_")
        )
        told = f"Đã đọc {show_integer(len(read))} gói từ giấy."
        return ReadPaper(
            tuple(path for path in paths if path not in answers),
            answers,
            " ".join((told, *_lacking(found))),
            complete=not found.missing,
        )

    def _short(self, row: SentRow) -> bytes:
        sealed = self._sealing.folder / row.file
        if not sealed.exists():
            message = f"Gói số {row.number} đã bỏ vì có dữ liệu về người đã xóa. Lập gói mới."
            raise UserError("bundle_dropped", message)
        try:
            short = shorten(
                sealed,
                keys=self._devices.keys(),
                recipients=self._devices.of_unit(row.addressee),
                scratch=made_folder(self._store.folder / SCRATCH_FOLDER),
            )
        except Refused as refused:
            message = f"Gói số {row.number} lưu trong máy đã khác lúc lập. Lập gói mới."
            raise UserError("sealed_changed", message) from refused
        if short is None:
            message = f"Gói số {row.number} không vừa {MOST_CODES} mã vuông. Ghi gói ra USB."
            raise UserError("too_big_for_paper", message)
        return short

    def _room(self, addressee: Party) -> int:
        devices = len(self._devices.of_unit(addressee.id))
        return LARGEST - _AROUND - _ENVELOPE - _PER_DEVICE * devices

    def _kept(self, read: FromPaper) -> Path | None:
        """Return the file of a bundle that came before: encrypting again gives other bytes."""
        if not read.identity:
            return None
        with self._store.reading() as reader:
            rows = exchange.select(
                reader.connection, ReceivedRow, "WHERE digest = ?", (read.identity,)
            )
        paths = (self._taking.folder / f"{row.sha256}.antq" for row in rows)
        return next((path for path in paths if path.exists()), None)

    def _emptied_folder(self) -> Path:
        folder = made_folder(self._store.folder / SCRATCH_FOLDER / FOLDER)
        for path in list(folder.iterdir()):
            remove_if_present(path)
        return folder


class PaperBundlePaper(FormPapers):
    """The sheet."""

    def make(self, row: SentRow, sender: str, content: str, codes: tuple[bytes, ...]) -> bytes:
        """Return the PDF of a bundle in codes."""
        tokens = {
            "bundle_kind": opening(BundleKind(row.kind).label),
            "bundle_number": paper_count(row.number),
            "sender": sender,
            "receiver": row.addressee_name,
            "content": content,
            "sealed_at": paper_moment(row.sealed_at[:16]),
            "codes": paper_count(len(codes)),
        }
        return self._made("paper_bundle", tokens, body=(ScanCodes(codes),))


def read_pictures(paths: Iterable[Path]) -> Iterable[bytes]:
    """Yield the contents of picture files.

    Raises:
        EnvironmentFault: A file cannot be read.
    """
    for path in paths:
        try:
            yield path.read_bytes()
        except OSError as fault:
            raise environment_fault(fault, path) from fault


def _content(row: SentRow) -> str:
    if row.kind == BundleKind.RETURN:
        return "phiếu xác nhận đã ký"
    return f"{paper_count(row.records)} hồ sơ"


def _period_of(line: bytes) -> bytes:
    return line.partition(b'"period":"')[2][:10]


def _as_many(lines: list[bytes], room: int) -> list[bytes]:
    """Return the first lines that still fit when packed."""
    most = bisect_right(range(1, len(lines) + 1), room, key=lambda n: _packed(lines[:n]))
    return lines[:most]


def _packed(lines: list[bytes]) -> int:
    return len(zlib.compress(b"\n".join(lines), 9))


def _in_order(lines: list[bytes], chosen: list[bytes]) -> list[bytes]:
    wanted = set(chosen)
    return [line for line in lines if line in wanted]


def _newest(answer: Answer, room: int) -> Answer:
    """Return an answer with the newest receipts only, as many as fit; what is held stays whole."""
    taken: list[str] = []
    lines: list[bytes] = []
    for receipt in reversed(answer.receipts):
        digest = receipt.bundle.digest
        its = [each.to_line() for each in answer.records if each.bundle == digest]
        more = [*lines, receipt.to_line(), *its]
        if len(_as_many(more, room)) < len(more):
            break
        taken.append(digest)
        lines = more
    return Answer(
        tuple(each for each in answer.receipts if each.bundle.digest in taken),
        tuple(each for each in answer.records if each.bundle in taken),
        answer.held,
        answer.owed,
    )


def _zeros(count: int) -> str:
    return f"{show_integer(count)} báo cáo không phát sinh"


def _lacking(found: Gathered) -> list[str]:
    return [
        f"Còn thiếu mã {', '.join(map(str, places))} trong {count} mã của một gói."
        for places, count in found.missing
    ]


def _nothing_whole(found: Gathered) -> UserError:
    if found.missing:
        message = f"{_lacking(found)[0]} Chọn thêm ảnh có mã đó, cùng với ảnh này."
        return UserError("codes_missing", message)
    message = (
        "Không thấy mã vuông của gói trên giấy trong ảnh. Quét lại cả trang ở 300 dpi, không gập,"
        " không mờ."
    )
    return UserError("no_codes", message)
