"""What the unit above answered to proposals, written into the proposals themselves.

An answer comes down as a record of the unit above. Until it stands in the proposal too, the list of
proposals and the figure of answered ones do not know of it; nobody but their own unit writes there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value, Values
from antq_desktop.domain.records.steering import ANSWERED
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.records import Edit

if TYPE_CHECKING:
    from antq_desktop.services.lists import Lists
    from antq_desktop.services.records import Records, Saved

KIND: Final = "proposal"
ANSWER: Final = "proposal_answer"
_TAKEN: Final = ("state", "answered_on", "answer_document", "answer")


@dataclass(frozen=True, slots=True)
class Answered:
    """A proposal of this unit that was answered, and what the answer says."""

    id: str
    title: str
    changes: Mapping[str, Value]


class ProposalAnswers:
    """Finds answers that the proposals do not show yet, and writes them there."""

    def __init__(self, records: Records, lists: Lists, unit: str) -> None:
        self._records = records
        self._lists = lists
        self._unit = unit

    def new(self) -> list[Answered]:
        """Return the own proposals that were answered and do not say so yet."""
        if not {KIND, ANSWER} <= set(self._lists.specs):
            return []
        answers: dict[str, Values] = {}
        for record in self._lists.every(ANSWER):
            values = record.values()
            if record.standing().reason is None and values.get("state") in ANSWERED:
                known = answers.get(str(values["proposal"]), {})
                if str(values["answered_on"]) >= str(known.get("answered_on", "")):
                    answers[str(values["proposal"])] = values
        found = []
        for record in self._lists.every(KIND) if answers else ():
            values, answer = record.values(), answers.get(record.id)
            ours = record.owner == self._unit and record.standing().reason is None
            if answer is not None and ours and _says_more(answer, values):
                changes = {name: answer[name] for name in _TAKEN if answer.get(name) is not None}
                found.append(Answered(record.id, str(values.get("title", "")), changes))
        return found

    def take_over(self) -> Saved:
        """Write every new answer into its proposal, as one action.

        Raises:
            UserError: `nothing_answered`, or what the fields refuse; nothing was saved.
        """
        found = self.new()
        if not found:
            message = "Không có trả lời nào chưa ghi vào đề xuất."
            raise UserError("nothing_answered", message)
        saved = self._records.save([Edit(KIND, one.id, one.changes) for one in found])
        told = f"“{found[0].title}”" if len(found) == 1 else f"{show_integer(len(found))} đề xuất"
        return replace(saved, sentence=f"Đã ghi trả lời của cấp trên vào {told}.")


def _says_more(answer: Values, proposal: Values) -> bool:
    """Tell whether an answer is newer than what the proposal says, or decides otherwise."""
    if proposal.get("state") not in ANSWERED:
        return True
    day, known = str(answer["answered_on"]), str(proposal.get("answered_on") or "")
    return day > known or (day == known and answer["state"] != proposal["state"])
