from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from pypdf import PdfReader
from pypdf.generic import ContentStream

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.papers import (
    CheckCode,
    Closing,
    Column,
    Note,
    Paper,
    Paragraph,
    PrintingStopped,
    Signature,
    Table,
)
from antq_desktop.printing.render import Press

Drawn = Callable[[bytes], Any]
COLUMNS = (Column("TT", 1, "centre"), Column("Nội dung", 5), Column("Số", 2, "right"))


def register(rows: int, text: str = "Nội dung của dòng") -> Paper:
    cells = [(str(n), f"{text} {n}", str(n * 7)) for n in range(1, rows + 1)]
    return Paper("Sổ", (Table(COLUMNS, cells, total=("Cộng", "99")),), orientation="landscape")


def test_the_same_paper_gives_the_same_bytes(
    press: Press, sample_paper: Callable[..., Paper]
) -> None:
    for code in ("scheme_sheet", "key_slip"):
        paper = sample_paper(code, long=True)
        other_press = Press(Path(__file__).parents[2] / "resources" / "fonts")
        assert press.render(paper) == press.render(paper) == other_press.render(paper)


def test_all_fonts_are_ours_and_embedded(
    press: Press, drawn: Drawn, sample_paper: Callable[..., Paper]
) -> None:
    fonts = drawn(press.render(sample_paper("receipt", long=True))).fonts
    assert {font.name.split("-")[0] for font in fonts} == {"LiberationSerif"}
    assert all(font.embedded for font in fonts)


def test_the_title_of_the_paper_is_known_to_the_viewer(press: Press, drawn: Drawn) -> None:
    assert drawn(press.render(Paper("Sổ theo dõi", (Paragraph("Một"),)))).title == "Sổ theo dõi"


def test_progress_tells_of_every_few_rows_and_ends_with_all(press: Press) -> None:
    told: list[tuple[int, int]] = []
    press.render(register(400), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (400, 400)
    assert {total for _, total in told} == {400}
    steps = [after[0] - before[0] for before, after in itertools.pairwise(told)]
    assert all(0 <= step <= 50 for step in steps)


def test_stop_ends_the_work_at_the_next_look(press: Press) -> None:
    asked = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) == 3

    with pytest.raises(PrintingStopped):
        press.render(register(4000), stop=stop)
    assert len(asked) == 3
    assert press.render(register(3)).startswith(b"%PDF")


def test_two_threads_may_print_at_once(press: Press) -> None:
    papers = [register(60, text) for text in ("Một", "Hai")]
    alone = [press.render(paper) for paper in papers]
    together: dict[int, bytes] = {}

    def work(index: int) -> None:
        together[index] = press.render(papers[index])

    threads = [threading.Thread(target=work, args=(index,)) for index in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[0], together[1]] == alone


def test_the_heading_of_a_table_is_repeated_on_every_page(press: Press, drawn: Drawn) -> None:
    sheet = drawn(press.render(register(120)))
    assert sheet.pages > 3
    for page in range(1, sheet.pages + 1):
        texts = [run.text for run in sheet.on(page)]
        assert texts.count("Nội dung") == 1


def test_every_row_is_printed_once_and_in_order(press: Press, drawn: Drawn) -> None:
    sheet = drawn(press.render(register(300)))
    written = [run.text for run in sheet.runs if run.text.startswith("Nội dung của")]
    assert written == [f"Nội dung của dòng {n}" for n in range(1, 301)]


def test_the_row_of_totals_is_never_alone_on_a_page(press: Press, drawn: Drawn) -> None:
    for rows in range(20, 60):
        sheet = drawn(press.render(register(rows)))
        texts = [run.text for run in sheet.on(sheet.pages)]
        assert f"Nội dung của dòng {rows}" in texts
        assert "Cộng" in texts


def test_a_row_of_a_few_lines_stays_on_one_page(press: Press, drawn: Drawn) -> None:
    row = ("1", "một\nhai\nba\nbốn\nnăm", "5")
    sheet = drawn(press.render(Paper("Sổ", (Table(COLUMNS, [row] * 60),))))
    assert sheet.pages > 2
    for page in range(1, sheet.pages + 1):
        texts = [run.text for run in sheet.on(page)]
        assert texts.count("một") == texts.count("năm")


def test_a_row_deeper_than_a_page_goes_on_and_leaves_three_lines_at_least(
    press: Press, drawn: Drawn
) -> None:
    lines = "\n".join(f"dòng {n}" for n in range(200))
    rows = [("1", "ngắn", "")] * 27 + [("2", lines, "")]
    sheet = drawn(press.render(Paper("Sổ", (Table(COLUMNS, rows, size=12),))))
    written = [run for run in sheet.runs if run.text.startswith("dòng ")]
    assert [run.text for run in written] == lines.split("\n")
    for page in {run.page for run in written}:
        assert sum(run.page == page for run in written) >= 3
        lowest = min(run.y for run in written if run.page == page)
        closed = [r.y1 for r in sheet.rules if r.page == page and r.length > 300]
        assert min(closed) < lowest


def test_a_table_without_rows_says_so(press: Press, drawn: Drawn) -> None:
    table = Table(COLUMNS, (), empty="Trong kỳ không phát sinh.")
    assert "Trong kỳ không phát sinh." in drawn(press.render(Paper("Sổ", (table,)))).text()


def test_a_row_of_one_cell_is_a_heading_that_stays_with_the_next_row(
    press: Press, drawn: Drawn
) -> None:
    for before in range(25, 45):
        rows = [("1", "x", "2")] * before + [("Nhóm hai",), ("1", "sau", "2")]
        sheet = drawn(press.render(Paper("Sổ", (Table(COLUMNS, rows),))))
        group = sheet.find("Nhóm hai")
        assert group.font == "LiberationSerif-Bold"
        assert group.page == sheet.find("sau").page


def test_signers_stand_two_in_a_row_with_names_on_one_line(press: Press, drawn: Drawn) -> None:
    signers = tuple(
        Signature(("NGƯỜI GHI",) * (n + 1), "(Ký)", "", f"Nguyễn Văn Mẫu {n}") for n in range(3)
    )
    sheet = drawn(press.render(Paper("Biên bản", (Closing(signers, ("Lưu: VT, Hồ sơ",)),))))
    names = [sheet.find(f"Nguyễn Văn Mẫu {n}") for n in range(3)]
    assert names[0].y == names[1].y > names[2].y
    assert names[0].x < names[1].x
    assert sheet.find("Nơi nhận:").y < names[2].y


def test_a_code_is_printed_in_groups_and_as_a_picture(press: Press, drawn: Drawn) -> None:
    groups = tuple(f"{n:05d}" for n in range(12))
    block = CheckCode("Mã đối chiếu", groups, "ANTQ1:" + "".join(groups))
    pdf = press.render(Paper("Phiếu", (block, Note("Hết"))))
    assert all(group in drawn(pdf).text() for group in groups)


def test_missing_fonts_are_told_to_the_person(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as told:
        Press(tmp_path)
    assert told.value.code == "fonts_missing"


def test_the_picture_of_a_code_holds_its_squares(press: Press) -> None:
    text = "ANTQ1:" + "0123456789" * 6
    reader = PdfReader(BytesIO(press.render(Paper("Phiếu", (CheckCode("Mã", (), text),)))))
    operations = ContentStream(reader.pages[0]["/Contents"], reader).operations
    boxes = [[float(v) for v in values] for values, operator in operations if operator == b"re"]
    side, right = boxes[0][3], max(x + wide for x, _, wide, _ in boxes)
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    count = round((right - left) / side)
    found = [[0] * count for _ in range(count)]
    for x, y, wide, _ in boxes:
        row, first = count - 1 - round((y - bottom) / side), round((x - left) / side)
        found[row][first : first + round(wide / side)] = [1] * round(wide / side)
    wanted = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    assert found == wanted
