"""A paper was printed with number and day left open; it returns signed, and both are written back.

The number is given by the clerk of the issuing body (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3.a),
or by this unit where it keeps the book of the body itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value, Values
from antq_desktop.domain.records.documents import INCOMING, ISSUED
from antq_desktop.domain.shown import show_date

if TYPE_CHECKING:
    from antq_desktop.services.beside import Beside
    from antq_desktop.services.lists import Lists
    from antq_desktop.services.records import Records, Saved

KIND: Final = "document"
WAITING: Final = frozenset({None, "draft", "waiting_number"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An outgoing document without number or day.

    Attributes:
        id: Its id.
        title: What it is about.
        values: What it holds.
        owner: Unit whose record it is.
        next_number: A sentence with the next number of a book that is kept here; else empty.
    """

    id: str
    title: str
    values: Values
    owner: str
    next_number: str = ""


def waits(values: Values) -> bool:
    """Tell whether a document still waits for the number and day of the signed paper."""
    open_ = not (values.get("number") and values.get("dated"))
    return open_ and values.get("direction") != INCOMING and values.get("state") in WAITING


class SignedPapers:
    """Writes number and day of signed papers back into the register."""

    def __init__(self, records: Records, lists: Lists, beside: Beside) -> None:
        self._records = records
        self._lists = lists
        self._beside = beside

    def waiting(self, record_id: str, today: str) -> Waiting | None:
        """Return a document that waits for its number; None where it does not.

        Args:
            record_id: Its id.
            today: The day by which the year of the book is taken while the paper has none.

        Raises:
            UserError: `no_such_record`.
        """
        shown = self._lists.show(KIND, record_id)
        values = shown.record.values()
        if not waits(values) or shown.record.standing().reason is not None:
            return None
        asked: dict[str, Value] = {**values, "dated": values.get("dated") or today}
        asked["number"] = None
        told = self._beside.remarks(KIND, record_id, asked)
        next_number = next((each.message for each in told if each.code == "next_number"), "")
        title, owner = str(values.get("title", "")), shown.record.owner
        return Waiting(record_id, title, values, owner, next_number)

    def write_back(self, record_id: str, number: Value, dated: Value) -> Saved:
        """Write number and day of the signed paper; the document is issued from then on.

        Raises:
            UserError: `no_such_record`, `not_waiting`, or what the fields refuse; nothing was
                saved.
        """
        shown = self._lists.show(KIND, record_id)
        values = shown.record.values()
        if not waits(values):
            message = "Văn bản này đã có số và ngày. Mở văn bản để sửa."
            raise UserError("not_waiting", message)
        for name, value in (("number", number), ("dated", dated)):
            if value is None:
                label = shown.spec.field(name).label
                message = f"Chưa có {label[:1].lower()}{label[1:]}. Ghi theo bản đã ký."
                raise UserError("required", message, name)
        changes = {"number": number, "dated": dated, "state": ISSUED}
        saved = self._records.change(KIND, record_id, changes)
        told = f"Đã ghi số {number}, ngày {show_date(str(dated))} vào văn bản"
        return replace(saved, sentence=f"{told} “{values.get('title', '')}”.")
