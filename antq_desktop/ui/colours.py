"""Colours, named once; the dark theme gives the same names other values."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of the window, `#RRGGBB`.

    A name says what the colour is for. Pairs that carry text (`ink` on `surface`, `on_accent` on
    `accent`, each tone on its `_soft`) have a contrast of at least 4.5 to 1; `edge` and `focus`
    against the surfaces at least 3 to 1.
    """

    ink: str  # text
    ink_soft: str  # labels, second lines
    ink_faint: str  # hints, codes for the help desk
    surface: str  # paper of lists and fields
    ground: str  # behind them: window, side bar
    raised: str  # menus, pop-ups
    hover: str  # under the pointer
    line: str  # hairlines between things
    edge: str  # border of a field or button
    focus: str  # ring around what has the keyboard
    accent: str
    accent_strong: str  # accent under the pointer or pressed
    accent_soft: str  # selected rows, current place
    on_accent: str
    gold: str  # “cần xem”
    gold_soft: str
    gold_fill: str  # fills only, never text
    red: str  # faults, overdue
    red_strong: str
    red_soft: str
    on_red: str
    blue: str  # links, information
    blue_soft: str
    panel: str  # ground beside the sign-in
    on_panel: str
    on_panel_soft: str  # hairlines and small words there
    tip: str  # ground of a tooltip
    on_tip: str

    def named(self) -> dict[str, str]:
        """Return the colours by name, as the style sheet asks for them."""
        return {part.name: str(getattr(self, part.name)) for part in fields(self)}


LIGHT = Colours(
    ink="#1F2A37",
    ink_soft="#465260",
    ink_faint="#5D6875",
    surface="#FFFFFF",
    ground="#F5F6F4",
    raised="#FFFFFF",
    hover="#ECEFEC",
    line="#D9DEDA",
    edge="#848E88",
    focus="#14613F",
    accent="#14613F",
    accent_strong="#0E4A30",
    accent_soft="#E4F0EA",
    on_accent="#FFFFFF",
    gold="#8A5A12",
    gold_soft="#FBF2E0",
    gold_fill="#B7791F",
    red="#B42318",
    red_strong="#8F1B12",
    red_soft="#FCEBE9",
    on_red="#FFFFFF",
    blue="#1D5FA8",
    blue_soft="#E7EFF8",
    panel="#14613F",
    on_panel="#FFFFFF",
    on_panel_soft="#A9CDBB",
    tip="#1F2A37",
    on_tip="#FFFFFF",
)

DARK = Colours(
    ink="#E7EBE8",
    ink_soft="#B9C2BD",
    ink_faint="#9AA59F",
    surface="#1E2422",
    ground="#161B19",
    raised="#262D2A",
    hover="#2B3330",
    line="#37403C",
    edge="#77837D",
    focus="#6FC79B",
    accent="#6FC79B",
    accent_strong="#8FD8B3",
    accent_soft="#22382D",
    on_accent="#0F1B15",
    gold="#E2B562",
    gold_soft="#372D18",
    gold_fill="#B7791F",
    red="#F2938A",
    red_strong="#F7B0A9",
    red_soft="#3C2321",
    on_red="#2A0F0C",
    blue="#8CBBF0",
    blue_soft="#1F2F42",
    panel="#1B2F26",
    on_panel="#E7EBE8",
    on_panel_soft="#8FB5A2",
    tip="#E7EBE8",
    on_tip="#161B19",
)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB` as WCAG 2.1 defines it, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.1 defines it, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
