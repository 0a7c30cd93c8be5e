"""Photographs and scans: brought in clean, kept with their record, shown, handed out on demand.

What an officer has chosen and not yet saved lies on the tray: a folder of sealed files beside the
store, so that a draft keeps its pictures through a crash and a long merge holds nobody up. When
the record is saved, the content goes into the store in the same transaction; the tray is cleared
of what no draft speaks of at the next start of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.attachments import (
    EXTENSIONS,
    LARGEST_FILE,
    LARGEST_READ,
    MEGABYTE,
    MOST_OF_A_RECORD,
    NOT_SUPPORTED,
    cleaned,
    media_of,
    too_large,
)
from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.records import spec_of, takes_attachments
from antq_desktop.domain.records.attachments import KIND, OF
from antq_desktop.domain.shown import show_integer
from antq_desktop.files import environment_fault, write_atomically
from antq_desktop.services.attachments_tray import Tray
from antq_desktop.services.records import Edit, Saved
from antq_desktop.storage import attachments

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.services.drafts import Drafts
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.records import Records
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Work

LEFT_OUT: Final = "Bỏ tệp đính kèm"  # the reason of a void that the section itself makes
ELSEWHERE: Final = (
    "Nội dung tệp này không có ở máy này. Ảnh, tài liệu chỉ đi trong gói nội bộ giữa các máy của "
    "đơn vị đã lập hồ sơ; xem ở máy đã thêm tệp hoặc nhận gói nội bộ của máy đó."
)
_SHORT_NAMES: Final = ("img", "dsc", "dscn", "pxl", "mvimg", "photo", "image", "screenshot", "zalo")


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was taken in and waits for its record to be saved.

    Attributes:
        digest: Digest of its content.
        media: `JPEG`, `PNG` or `PDF`.
        size: How many bytes it has now.
        caption: What its name suggests; empty where the name says nothing.
        notices: What a person should know of it.
    """

    digest: str
    media: str
    size: int
    caption: str = ""
    notices: tuple[str, ...] = ()

    def values(self, record_id: str, position: int) -> dict[str, Value]:
        """Return the fields of its record."""
        held: dict[str, Value] = {
            OF: record_id,
            "media": self.media,
            "digest": self.digest,
            "size": self.size,
            "caption": self.caption or None,
            "position": position,
        }
        return {name: value for name, value in held.items() if value is not None}


class Attachments:
    """What hangs on the records of one profile; may be called from any thread."""

    def __init__(self, store: Store, hand: Hand, records: Records, drafts: Drafts) -> None:
        self._store = store
        self._hand = hand
        self._records = records
        self._tray = Tray(store)
        self._tray.clear(drafts.everything)
        self._lifted: set[str] = set()

    def bring(self, data: bytes, name: str = "") -> Brought:
        """Clean a file and put it on the tray.

        Args:
            data: Its bytes.
            name: Its name, which may become the caption; the name itself is not kept.

        Raises:
            UserError: `attachment_not_supported`, `attachment_broken`, `attachment_too_large`,
                `attachment_locked`.
            EnvironmentFault: The machine denied it.
        """
        found = cleaned(data)
        self._clear_lifted()
        self._tray.put(found)
        return Brought(found.digest, found.media, found.size, caption_from(name), found.notices)

    def content(self, digest: str) -> bytes:
        """Return what an attachment holds.

        Raises:
            UserError: `attachment_elsewhere`: this device does not hold it.
            EnvironmentFault: The machine denied it.
        """
        data = self._tray.get(digest)
        if data is None:
            with self._store.reading() as reader:
                data = attachments.content(reader.connection, digest)
        if data is None:
            raise UserError("attachment_elsewhere", ELSEWHERE)
        return data

    def of(self, records: Iterable[str]) -> dict[str, list[Record]]:
        """Return the attachments in force of these records, in the order a person gave them."""
        found: dict[str, list[Record]] = {}
        if KIND not in self._store.specs:
            return found
        with self._store.reading() as reader:
            ids = attachments.ids_of(reader.connection, records)
            held = reader.records(KIND, ids)
        for record in sorted(held.values(), key=place_of):
            found.setdefault(str(record.values()[OF]), []).append(record)
        return found

    def ever_of(self, record_id: str) -> list[str]:
        """Return the ids of all attachments that a record has or had; for its history."""
        if KIND not in self._store.specs:
            return []
        with self._store.reading() as reader:
            return attachments.ids_ever_of(reader.connection, record_id)

    def add(self, kind: str, record_id: str, data: bytes, *, name: str, caption: str) -> Saved:
        """Take a file in and keep it with a record, as one action.

        Raises:
            UserError: As `bring`; `not_attachable`, `too_many_attachments`, and what a save says.
            EnvironmentFault: The machine denied it.
        """
        spec = spec_of(kind, self._store.specs)
        if not takes_attachments(kind, self._store.specs):
            message = f"Không đính kèm tệp vào {spec.label}."
            raise UserError("not_attachable", message)
        others = self.of([record_id]).get(record_id, [])
        brought = self.bring(data, name)
        values = brought.values(record_id, next_position(one.values() for one in others))
        if caption:
            values["caption"] = caption
        return self._records.add(KIND, values)

    def leave_out(self, record_id: str) -> Saved:
        """Take an attachment away from its record; it can be taken back.

        Raises:
            UserError: `no_such_record`, `not_own_record`, `is_voided`.
        """
        saved = self._records.void(KIND, record_id, LEFT_OUT)
        return replace(saved, sentence="Đã bỏ tệp đính kèm khỏi hồ sơ.")

    def save_copy(self, digest: str, record_id: str, target: Path) -> Path:
        """Write a copy in clear where the officer wants it, and write that down.

        Raises:
            UserError: `attachment_elsewhere`.
            EnvironmentFault: The machine denied it; nothing was written.
        """
        data = self.content(digest)
        ending = EXTENSIONS[media_of(data)]
        path = target if target.suffix.lower() == ending else target.with_name(target.name + ending)
        with self._store.writing(self._hand.officer, Action.COPY_OUT) as work:
            work.note(KIND, record_id, f"Lưu bản sao ra ngoài: {path}")
        write_atomically(path, data)
        return path

    def take_in(self, work: Work, edits: Sequence[Edit]) -> None:
        """Put the content of attachments about to be saved into the store, in that transaction.

        Raises:
            UserError: `attachment_elsewhere`: nobody has brought such a content;
                `too_many_attachments`.
        """
        mine = [edit for edit in edits if edit.kind == KIND]
        wanted = {str(edit.changes["digest"]) for edit in mine if edit.changes.get("digest")}
        there = attachments.held(work.connection, wanted)
        for digest in sorted(wanted - there):
            data = self._tray.get(digest)
            if data is None:
                raise UserError("attachment_elsewhere", ELSEWHERE, "digest")
            attachments.keep(work.connection, digest, media_of(data), data)
            self._lifted.add(digest)
        self._check_counts(work, [edit for edit in mine if edit.created])

    def _clear_lifted(self) -> None:
        """Clear the tray of what the store holds by now; a save that failed leaves it there."""
        lifted = frozenset(self._lifted)
        if not lifted:
            return
        with self._store.reading() as reader:
            done = attachments.held(reader.connection, lifted)
        for digest in done:
            self._tray.drop(digest)
        self._lifted -= done

    def _check_counts(self, work: Work, created: Sequence[Edit]) -> None:
        new: dict[str, int] = {}
        for edit in created:
            parent = str(edit.changes.get(OF, ""))
            new[parent] = new.get(parent, 0) + 1
        for parent, count in new.items():
            if count + len(attachments.ids_of(work.connection, [parent])) > MOST_OF_A_RECORD:
                message = f"Mỗi hồ sơ nhiều nhất {MOST_OF_A_RECORD} tệp đính kèm. Bỏ bớt tệp."
                raise UserError("too_many_attachments", message)

    def erase(self, records: Iterable[str]) -> int:
        """Erase the content of all attachments of these records, and return how many went.

        A content that hangs on another record too stays there. The attachments leave the force
        with a reason; what history says of their captions is erased with the record's own.

        Raises:
            EnvironmentFault: The machine denied it; nothing was erased.
        """
        with self._store.writing(self._hand.officer, Action.ERASE) as work:
            gone = erase_in(work, records)
            work.note("", "", f"Xóa nội dung {show_integer(gone)} tệp đính kèm cùng hồ sơ")
        return gone


def erase_in(work: Work, records: Iterable[str]) -> int:
    """Erase attachments of records within an open action, and return how many there were.

    A content that another attachment in force names stays; the others go when the action ends.
    """
    held = work.records(KIND, attachments.ids_of(work.connection, records))
    for record in held.values():
        work.erase(record, "Xóa tệp đính kèm cùng hồ sơ", also={VOID: "Xóa cùng hồ sơ"})
    return len(held)


def place_of(record: Record) -> tuple[int, str]:
    """Return where an attachment stands among those of its record."""
    position = record.values().get("position")
    return (position if isinstance(position, int) else 0, record.id)


def next_position(others: Iterable[Mapping[str, Value]]) -> int:
    """Return the place behind all others."""
    held = [values.get("position") for values in others]
    return max((one for one in held if isinstance(one, int)), default=0) + 1


def caption_from(name: str) -> str:
    """Return what the name of a file says of it; the names that cameras give say nothing."""
    stem = name.rpartition("/")[2].rpartition("\\")[2].rpartition(".")[0].strip()
    words = stem.replace("_", " ").replace("-", " ").split()
    letters = sum(character.isalpha() for character in stem)
    if letters < 6 or letters * 2 < len(stem):
        return ""
    if words and words[0].lower().startswith(_SHORT_NAMES):
        return ""
    return " ".join(words)[:200]


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that somebody chose; what cannot be kept is not read whole.

    Raises:
        UserError: `attachment_not_supported`, `attachment_too_large`.
        EnvironmentFault: The file cannot be read.
    """
    try:
        if not path.is_file():
            raise UserError("attachment_not_supported", NOT_SUPPORTED)
        with path.open("rb") as source:
            data = source.read(LARGEST_READ + 1)
    except OSError as fault:
        raise environment_fault(fault, path) from fault
    if len(data) > LARGEST_READ:
        message = f"Tệp lớn hơn {LARGEST_READ // MEGABYTE} MB nên không đọc. Thu nhỏ tệp trước."
        raise UserError("attachment_too_large", message)
    media = media_of(data)
    if not media:
        raise UserError("attachment_not_supported", NOT_SUPPORTED)
    if len(data) > LARGEST_FILE and media == "PDF":
        raise UserError("attachment_too_large", too_large(media))
    return data
