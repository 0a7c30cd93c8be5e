"""Above the list of proposals: those that the unit above has answered, and the way to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_integer
from antq_desktop.services import proposal_answers
from antq_desktop.services.proposal_answers import Answered, ProposalAnswers
from antq_desktop.ui.screens.editor_bands import Step

if TYPE_CHECKING:
    from antq_desktop.ui.screens.listing import ListPage
    from antq_desktop.ui.workplace import Workplace

KIND: Final = proposal_answers.KIND
BAND: Final = "answered"
VERB: Final = "Ghi trả lời vào đề xuất"


def watch_answers(workplace: Workplace, page: ListPage) -> None:
    """Look for new answers each time the list is answered."""
    office = workplace.office
    answers = ProposalAnswers(office.records, office.lists, office.unit)

    def look() -> None:
        workplace.jobs.read(lambda _control: answers.new(), show, owner=page, lane="answered")

    def show(found: list[Answered]) -> None:
        page.bands.hide_band(BAND)
        if not found:
            return
        named = f"“{found[0].title}”" if len(found) == 1 else f"{show_integer(len(found))} đề xuất"
        text = f"Cấp trên đã trả lời {named}; trả lời chưa ghi vào đề xuất nên chưa được tính."
        may = office.standing.may(Operation.ENTER)
        page.bands.show_band(BAND, text, (Step(VERB, take),) if may else ())

    def take() -> None:
        workplace.jobs.write(
            lambda _control: answers.take_over(),
            lambda saved: workplace.told(saved, (KIND,)),
        )

    page.answered.connect(look)
