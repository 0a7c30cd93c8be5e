"""Which screen each page of the cycle is; each is loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from antq_desktop.ui.screens.cycle import (
    BELOW,
    BOARD,
    RESULTS,
    SETS,
    SHEETS,
    CycleScreen,
    Season,
)

if TYPE_CHECKING:
    from antq_desktop.ui.screens.home import Lead
    from antq_desktop.ui.workplace import Workplace


class CyclePages:
    """Makes the pages of the cycle over one year in view."""

    def __init__(self, workplace: Workplace, lead: Callable[[Lead], None]) -> None:
        self._workplace = workplace
        self._lead = lead
        self._made: dict[str, CycleScreen] = {}
        self.season = Season(workplace)

    def screen(self, key: str) -> CycleScreen:
        """Return a page; made when it is first asked for."""
        if key not in self._made:
            self._made[key] = _class_of(key)(self._workplace, self.season, self._lead)
        return self._made[key]


def _class_of(
    key: str,
) -> Callable[[Workplace, Season, Callable[[Lead], None]], CycleScreen]:
    match key:
        case str(one) if one == BOARD:
            from antq_desktop.ui.screens.board import BoardScreen

            return BoardScreen
        case str(one) if one == SHEETS:
            from antq_desktop.ui.screens.score_list import SheetsScreen

            return SheetsScreen
        case str(one) if one == RESULTS:
            from antq_desktop.ui.screens.standard_results import ResultsScreen

            return ResultsScreen
        case str(one) if one == SETS:
            from antq_desktop.ui.screens.criteria import CriteriaScreen

            return CriteriaScreen
        case str(one) if one == BELOW:
            from antq_desktop.ui.screens.years_matrix import MatrixScreen

            return MatrixScreen
    from antq_desktop.ui.screens.cycle_year import YearScreen

    return YearScreen
