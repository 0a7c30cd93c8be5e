"""What hypothesis draws: saves honest or not, and the parts made of them."""

from __future__ import annotations

from hypothesis import strategies as st

from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.merging import Part, Save, Stamp, join_all, part_of_save

WRITERS = ("AAAAAAAA", "BBBBBBBB", "CCCCCCCC")
PATHS = ("name", "state", "involved/a/role", "involved/a/_removed", VOID)
VALUES: st.SearchStrategy[Value] = st.sampled_from((None, "một", "hai", 7, 8, False))


@st.composite
def saves(draw: st.DrawFn) -> Save:
    """Draw a save whose context may claim anything but its own future; stamps may be forked."""
    counter = draw(st.integers(1, 6))
    context = draw(
        st.dictionaries(st.sampled_from(WRITERS), st.integers(1, counter - 1), max_size=3)
        if counter > 1
        else st.just({})
    )
    stamp = Stamp(counter, draw(st.sampled_from(WRITERS)))
    officer = draw(st.sampled_from(("Nguyễn Văn Mẫu", "Trần Thị Ví Dụ")))
    return Save(stamp, officer, "2026-11-21T08:05:30", tuple(sorted(context.items())))


def single_parts() -> st.SearchStrategy[Part]:
    """Draw a part in which one save set some paths."""
    values = st.dictionaries(st.sampled_from(PATHS), VALUES, min_size=1, max_size=3)
    return st.builds(part_of_save, saves(), values)


def parts() -> st.SearchStrategy[Part]:
    """Draw a part that many saves left behind."""
    return st.lists(single_parts(), max_size=4).map(join_all)
