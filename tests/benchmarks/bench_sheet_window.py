"""The event loop while 20,000 rows are recognised, judged, taken in and taken out."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from antq_desktop.ui.collecting import Collector
from tests.benchmarks.bench_screens import GAP, Bench
from tests.benchmarks.bench_sheets import COUNT, empty_office
from tests.benchmarks.ratios import Measured

HEADS = (
    "Số trong sổ", "Ngày xảy ra", "Giờ xảy ra", "Tóm tắt", "Loại vụ việc", "Tình trạng",
    "Địa điểm", "Diễn biến", "Số người chết", "Số người bị thương", "Thiệt hại tài sản",
    "Cán bộ phụ trách",
)  # fmt: skip


def measure() -> list[Measured]:
    """Measure the longest silence of the loop in each step of the path."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="antq-bench-") as temporary:
        folder = Path(temporary)
        office = empty_office(folder / "profile")
        bench = Bench(office)
        # As the program does: nothing is collected on a worker.
        jobs = bench.workplace.jobs
        collector = Collector(bench.window, lambda: any(job.title for job in jobs.running))
        collector.start()
        try:
            return _steps(bench, folder)
        finally:
            collector.stop()
            office.close()


def _workbook(path: Path) -> Path:
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Vụ việc")
        sheet.write_row(0, 0, HEADS)
        for number in range(1, COUNT + 1):
            day = f"{1 + number % 28:02}/{1 + number % 12:02}/{2016 + number % 10}"
            row = (
                f"{number}/2026", day, f"{number % 24} giờ", f"Mất trộm gà lần {number}",
                "Trật tự xã hội (hình sự)", "Mới tiếp nhận", f"Thôn Mẫu {number % 97}",
                f"Khoảng nửa đêm, lần thứ {number}", 0, number % 3, 1_000 * number,
                "Nguyễn Văn Mẫu",
            )  # fmt: skip
            sheet.write_row(number, 0, row)
    return path


def _steps(bench: Bench, folder: Path) -> list[Measured]:
    screen, office = bench.screen, bench.workplace.office
    path = _workbook(folder / "large.xlsx")
    screen.show_import()
    bench.rest()
    page = screen.importing
    if page is None:
        raise RuntimeError("the path did not begin")
    found: list[tuple[str, float]] = []
    page.take(path)
    found.append(("recognised", bench.rest()))
    page.next()
    found.append(("judged and shown", bench.rest()))
    page.next()
    found.append(("taken in", bench.rest()))
    screen.show_list()
    bench.rest()
    out = folder / "out.xlsx"
    listing = office.lists.listing("incident")
    bench.workplace.jobs.write(
        lambda _control: office.spreadsheets.export("incident", out, listing=listing),
        lambda _done: None,
        title="Đang xuất Excel",
    )
    found.append(("taken out", bench.rest()))
    held = office.lists.count(listing, 0).number
    bench.close()
    if held != COUNT:
        raise AssertionError(held)
    return [
        Measured(f"longest silence of the loop: {COUNT:,} rows {what}", gap, gap, GAP, "s")
        for what, gap in found
    ]
