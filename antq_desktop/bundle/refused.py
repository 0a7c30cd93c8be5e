"""How a check inside the gate says no."""

from __future__ import annotations

from antq_desktop.domain.gate import GateFault, gate_fault


class Refused(Exception):  # noqa: N818 - a verdict on what came, not a mistake of the program
    """A check refuses the bundle; carries the fault that the gate then lists."""

    def __init__(self, code: str, *, place: str = "", **values: object) -> None:
        super().__init__(code)
        self.fault: GateFault = gate_fault(code, place=place, **values)
