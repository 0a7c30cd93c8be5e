"""20,000 records: written against bare XlsxWriter, read against bare calamine.

The comparator of writing has the same cells with the same looks in memory; ours reads them from the
encrypted store on the way.
"""

from __future__ import annotations

import re
import secrets
import tempfile
from pathlib import Path
from zipfile import ZipFile

import xlsxwriter
from python_calamine import CalamineWorkbook

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.fields import Value
from antq_desktop.paths import codes_folder
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.services.records import Edit
from antq_desktop.storage.store import Outside
from antq_desktop.storage.vault import FLOOR
from tests.benchmarks.ratios import Measured, against
from tests.fakes import SetClock
from tests.stores import COMMUNE, COMMUNE_ID, OFFICER, PASSWORD, offices_of

COUNT = 20_000
KIND = "session"
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Vũ", "Bùi")
WORDS = ("tuyên truyền phòng cháy", "phòng chống lừa đảo qua mạng", "an toàn giao thông", "ma túy")


def measure() -> list[Measured]:
    """Measure both ways in one store; the comparator has the same cells in hand, in memory."""
    with tempfile.TemporaryDirectory(prefix="antq-bench-") as temporary:
        folder = Path(temporary)
        office, other = _filled(folder / "profile"), empty_office(folder / "other")
        try:
            into_empty = "every one judged"
            into_full = "each one like a record that is there"
            return [
                _export(office, folder),
                _import(other, folder, into_empty, limit=4.0),
                _import(office, folder, into_full, limit=6.0),
            ]
        finally:
            office.close()
            other.close()


def empty_office(folder: Path) -> Office:
    """Return the profile of a commune without records."""
    new = NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
    given = Outside(SetClock(), secrets.token_bytes, FLOOR)
    return offices_of(given, load_codes(codes_folder())).make(folder, new)


def _filled(folder: Path) -> Office:
    office = empty_office(folder)
    kinds = [value.id for value in office.codes["session_kind"].values]
    subjects = [value.id for value in office.codes["propaganda_subject"].values]
    bodies = [value.id for value in office.codes["mass_organisation"].values]
    edits = []
    for number in range(COUNT):
        values: dict[str, Value] = {
            "held_on": f"{2016 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}",
            "title": f"Buổi {number} {WORDS[number % 4]} ở Thôn Mẫu {number % 97}",
            "session_kind": kinds[number % len(kinds)],
            "subject": subjects[number % len(subjects)],
            "unit": COMMUNE_ID,
            "attendance": 20 + number % 300,
            "turns": 1 + number % 3,
            "opinions": number % 40,
            "held_by": bodies[number % len(bodies)],
            "plan_document": f"{number % 300}/KH-CAX",
            "place": f"Nhà văn hóa Thôn Mẫu {number % 97}",
            "note": f"{FAMILIES[number % 7]} Văn Mẫu chủ trì, số {number}",
        }
        edits.append(Edit(KIND, f"{number:032x}", values, created=True))
    office.records.save(edits)
    return office


def _export(office: Office, folder: Path) -> Measured:
    ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"
    sheets = office.spreadsheets
    sheets.export(KIND, ours)
    with CalamineWorkbook.from_path(ours) as book:
        rows = book.get_sheet_by_index(0).to_python()
    heights = _heights(ours)

    def bare() -> None:
        with xlsxwriter.Workbook(str(theirs), {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            look = {"font_name": "Times New Roman", "font_size": 12, "border": 1}
            text = book.add_format({**look, "num_format": "@"})
            number_format = book.add_format({**look, "num_format": "0"})
            day = book.add_format({**look, "num_format": "dd/mm/yyyy"})
            for number, row in enumerate(rows):
                if number in heights:
                    sheet.set_row(number, heights[number])
                for place, cell in enumerate(row):
                    if cell == "":
                        sheet.write_blank(number, place, None, text)
                    elif isinstance(cell, str):
                        sheet.write_string(number, place, cell, text)
                    elif isinstance(cell, float):
                        sheet.write_number(number, place, cell, number_format)
                    else:
                        sheet.write_datetime(number, place, cell, day)

    width = len(rows[-1])
    return against(
        f"P15 export {COUNT} x {width}: ours / XlsxWriter constant memory",
        lambda: sheets.export(KIND, ours),
        bare,
        limit=1.3,
        pairs=3,
    )


def _heights(path: Path) -> dict[int, float]:
    """Return the height of each row of the first sheet that has one of its own, by its number."""
    with ZipFile(path) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    found = re.findall(rb'<row r="(\d+)"[^<>]*? ht="([\d.]+)"', sheet)
    return {int(row) - 1: float(height) for row, height in found}


def _import(office: Office, folder: Path, how: str, *, limit: float) -> Measured:
    path = folder / "ours.xlsx"
    sheets = office.spreadsheets

    def ours() -> None:
        plan = sheets.read(KIND, path)
        if plan.total != COUNT or plan.refused_rows:
            raise AssertionError(plan.faults[:3])

    def bare() -> None:
        with CalamineWorkbook.from_path(path) as book:
            book.get_sheet_by_index(0).to_python()

    return against(
        f"P15 import {COUNT} rows, {how}: ours / calamine",
        ours,
        bare,
        limit=limit,
        pairs=5,
    )
