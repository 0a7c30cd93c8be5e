from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from antq_desktop.catalogue.prints import load_print_forms
from antq_desktop.domain.composing import PrintForm, TableSlot, compose, issuer_tokens
from antq_desktop.domain.papers import (
    Issuer,
    Paper,
    Watermark,
    document_number,
    paper_date,
    place_and_date,
)
from antq_desktop.printing.render import Press

ROOT = Path(__file__).parents[2]
SHORT_ISSUER = Issuer("Công an xã Mẫu", "Công an tỉnh Ví Dụ", "Xã Mẫu", "CAX")
LONG_ISSUER = Issuer(
    "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào "
    "toàn dân bảo vệ an ninh Tổ quốc phường Nguyễn Thị Minh Khai Mẫu",
    "Ủy ban nhân dân phường Nguyễn Thị Minh Khai Mẫu",
    "Phường Nguyễn Thị Minh Khai Mẫu",
    "BCĐ",
)
FAMILY = ("Nguyễn", "Trần", "Phạm Hoàng", "Tôn Nữ Quỳnh", "Công Tằng Tôn Nữ")
GIVEN = ("Văn Mẫu", "Thị Ví Dụ", "Thị Thanh Huyền Mẫu", "Đức Thử Nghiệm", "Mẫu")
STORY = (
    "Khoảng 20 giờ 30 phút, tại nhà văn hóa thôn, Nguyễn Văn Mẫu và Trần Thị Ví Dụ xảy ra mâu "
    "thuẫn do tranh chấp lối đi chung; Tổ bảo vệ an ninh, trật tự đã có mặt, can ngăn, "
    "lập biên bản và mời hai bên về trụ sở để hòa giải. "
)


def person(index: int) -> str:
    return f"{FAMILY[index % 5]} {GIVEN[index * 3 % 5]}"


def scheme_tables(*, long: bool) -> dict[str, list[tuple[str, ...]]]:
    members = 60 if long else 3
    sites = 12 if long else 1
    offices = ("Tổ trưởng", "Tổ phó kiêm thư ký, phụ trách tuyên truyền", "Thành viên")
    papers = ("Kế hoạch khảo sát", "Báo cáo đề xuất", "Quyết định thành lập", "Quy chế hoạt động")
    years = range(2020, 2026 if long else 2021)
    return {
        "sites": [
            (f"Điểm {n}", f"Thôn Mẫu {n}", "Nhà văn hóa", person(n), f"{n + 5}", "07/01/2022")
            for n in range(sites)
        ],
        "teams": [
            (f"Tổ liên gia số {n + 1}", "Điểm 1", person(n), "12/QĐ-UBND", "07/01/2022", "12")
            for n in range(sites)
        ],
        "members": [
            (
                person(n), offices[n % 3], "Nữ", "1980", "Nông dân", f"Tổ liên gia số {n % 12 + 1}",
                "0100 000 012", "",
            )
            for n in range(members)
        ],
        "activities": [
            (
                "08/6/2022", "Họp", "Sinh hoạt quý, " + STORY * (n % 3), f"{20 + n}", f"{n}/BB",
                "Đã hòa giải 02 vụ",
            )
            for n in range(25 if long else 1)
        ],
        "results": [(f"{year}", "12", "05", "03", "01", "0") for year in years],
        "funding": [
            (f"{year}", "Xã hội hóa", "12.500.000", "10.000.000", "10.000.000", "05/TTr-UBND")
            for year in years
        ],
        "dossier": [(name, "Có", "12/QĐ-UBND", "07/01/2022", "") for name in papers],
        "ratings": [(f"{year}", "Tốt", "45/QĐ-UBND", "05/12/2022") for year in years],
        "stages": [("08/6/2022", "Đã phê duyệt", "12/QĐ-UBND", "Thành lập")],
    }  # fmt: skip


def incident_rows(count: int) -> list[tuple[str, ...]]:
    start = date(2026, 1, 3)
    kinds = ("Mâu thuẫn, tranh chấp nội bộ nhân dân", "Tai nạn giao thông", "Cháy, nổ")
    return [
        (
            f"{n + 1:02d}/2026" if n % 3 else "",
            f"20 giờ 30 {paper_date(start + timedelta(days=n % 300))}",
            f"Thôn Mẫu {n % 12 + 1}, xã Mẫu",
            kinds[n % 3],
            STORY * (1 + n % 2),
            "Ít nghiêm trọng",
            "12,5 triệu đồng" if n % 4 == 0 else "",
            "Chuyển Cơ quan Cảnh sát điều tra" if n % 5 == 0 else "Hòa giải",
            "Đã xong",
        )
        for n in range(count)
    ]


def sample_tables(form: PrintForm, *, long: bool) -> dict[str, list[tuple[str, ...]]]:
    """Return rows for each table of a form: of its own kind, or else a name and small figures."""
    many = 400 if long else 2
    match form.code:
        case "scheme_sheet":
            return dict(scheme_tables(long=long))
        case "incident_register":
            return {"incidents": incident_rows(many)}
        case "summary":
            rows: list[tuple[str, ...]] = [("Mô hình tự quản",), ("Mô hình", "mô hình", "05", "")]
            row = ("Tin do quần chúng cung cấp, trong đó có giá trị", "tin", "1.234", "tăng 4,5%")
            figures = [*rows, *[row] * (50 if long else 1)]
            return {"figures": figures, "adjusted": adjusted_rows(long=long)}
        case "receipt":
            row = ("Vụ việc", f"Số 05/2026, {STORY}", "Ngăn chờ xử lý", "Ngày xảy ra để trống")
            counts = ("Vụ việc", "400", "398", "0", "0", "0", "0", "2", "0")
            return {
                "counts": [counts] * (6 if long else 1),
                "verdicts": [row] * (40 if long else 1),
            }
        case "delivery_register":
            delivery = (
                "12", "Gói gửi lên: Công an huyện Mẫu", "08 giờ 05\n15/11/2026", "400", "1234 5678",
                "đã được xác nhận", "09 giờ 10\n15/11/2026", "", "",
            )  # fmt: skip
            return {"deliveries": [delivery] * (90 if long else 1), "arrivals": []}
        case "summary_by_unit":
            unit = ("Xã Nguyễn Thị Minh Khai Mẫu", *["05"] * 14)
            units = [unit] * (148 if long else 1)
            return {"units": units, "adjusted": adjusted_rows(long=long)}
        case _:
            return {
                slot.rows: [("Tổ bảo vệ Thôn Mẫu 01", *["05"] * (_cells(slot) - 1))] * (many // 2)
                for slot in form.blocks
                if isinstance(slot, TableSlot)
            }


def adjusted_rows(*, long: bool) -> list[tuple[str, ...]]:
    """Return rows of numbers that were adjusted; none on a short paper, as most have none."""
    why = "Ghi nhầm cột; Nguyễn Văn Mẫu, Trưởng Công an xã, 05/11/2026"
    row = ("Tin do quần chúng cung cấp, trong đó có giá trị", "Xã Minh Khai Mẫu", "12", "05", "05")
    return [(*row, why)] * 3 if long else []


def _cells(slot: TableSlot) -> int:
    return len(slot.frame.columns) - slot.numbered


def sample_tokens(form: PrintForm, *, long: bool) -> dict[str, str]:
    issuer = LONG_ISSUER if long else SHORT_ISSUER
    text = "Tổ liên gia an toàn phòng cháy, chữa cháy gắn với camera an ninh khu dân cư Mẫu"
    tokens = dict.fromkeys(form.tokens, text if long else "")
    small = {name: "05" for name in form.tokens if name.endswith(("_count", "_total", "_totals"))}
    small |= {name: "1.234" for name in form.tokens if name.startswith("total_")}
    small |= {name: "05" for name in form.tokens if re.fullmatch(r"t\d+", name)}
    groups = " ".join(f"{n * 7919 % 100000:05d}" for n in range(1, 13))
    return (
        tokens
        | small
        | issuer_tokens(issuer)
        | {
            "number": document_number("BC", issuer.sign),
            "place_date": place_and_date(issuer.place, None, 11, 2026),
            "period": "Từ ngày 15 tháng 10 năm 2026 đến ngày 14 tháng 11 năm 2026",
            "name": text if long else "Tiếng kẻng an ninh",
            "bundle_number": "12",
            "sender": issuer.name,
            "closing_line": "Phiếu này xác nhận các hồ sơ nêu trên./.",
            "signer_authority": "KT. Trưởng Công an xã\nPhó Trưởng Công an xã",
            "signer_name": "Thiếu tá Nguyễn Văn Mẫu",
            "maker_name": "Trần Thị Ví Dụ",
            "signer_office": "Phó Chủ tịch Ủy ban nhân dân phường" if long else "",
            "recipients": "Công an tỉnh Ví Dụ (để báo cáo)\nLưu: VT, CAX",
            "dossier_have": "04",
            "dossier_of": "13",
            "state": "Đang hoạt động",
            "check_groups": groups,
            "picture": f"ANTQ1:{groups.replace(' ', '')}",
        }
    )


def sample(form: PrintForm, *, long: bool, watermark: Watermark | None = None) -> Paper:
    tables = sample_tables(form, long=long)
    return compose(form, sample_tokens(form, long=long), tables, watermark)


@dataclass(frozen=True)
class Run:
    """A piece of text as the PDF draws it: baseline and width, in points from the corner."""

    page: int
    text: str
    x: float
    y: float
    width: float
    size: float
    font: str
    grey: float


@dataclass(frozen=True)
class Rule:
    page: int
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def length(self) -> float:
        return abs(self.x2 - self.x1)


class Font:
    def __init__(self, font: DictionaryObject) -> None:
        self.name = str(font["/BaseFont"]).split("+")[-1]
        self.widths = [float(width) for width in cast("ArrayObject", font["/Widths"])]
        table = cast("StreamObject", font["/ToUnicode"].get_object()).get_data().decode("ascii")
        found = re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]{4,8})>$", table, re.MULTILINE)
        self.letters = {int(c, 16): bytes.fromhex(t).decode("utf-16-be") for c, t in found}
        self.embedded = "/FontFile2" in cast("DictionaryObject", font["/FontDescriptor"])


class Drawn:
    """What a PDF draws, read operator by operator."""

    def __init__(self, pdf: bytes) -> None:
        self.runs: list[Run] = []
        self.rules: list[Rule] = []
        self.fonts: list[Font] = []
        self.sizes: list[tuple[float, float]] = []
        reader = PdfReader(BytesIO(pdf))
        self.title = reader.metadata.title if reader.metadata else None
        for number, page in enumerate(reader.pages, 1):
            self.sizes.append((float(page.mediabox.width), float(page.mediabox.height)))
            resources = cast("DictionaryObject", page["/Resources"])
            found = cast("DictionaryObject", resources["/Font"])
            fonts = {str(k): Font(cast("DictionaryObject", found[k])) for k in found}
            self.fonts.extend(fonts.values())
            self._read(number, ContentStream(page["/Contents"], reader), fonts)

    @property
    def pages(self) -> int:
        return len(self.sizes)

    def text(self) -> str:
        """All that is written, without the large slanted letters and without page numbers."""
        return "".join(run.text for run in self.runs)

    def on(self, page: int) -> list[Run]:
        return [run for run in self.runs if run.page == page]

    def find(self, text: str) -> Run:
        return next(run for run in self.runs if run.text == text)

    def _read(self, page: int, stream: ContentStream, fonts: dict[str, Font]) -> None:  # noqa: C901 - one branch for each operator
        font, size, gap, x, y, grey, depth = "", 0.0, 0.0, 0.0, 0.0, 0.0, 0
        start = (0.0, 0.0)
        for values, operator in stream.operations:
            match operator:
                case b"q":
                    depth += 1
                case b"Q":
                    depth -= 1
                case b"g":
                    grey = float(values[0])
                case b"Tf":
                    font, size = str(values[0]), float(values[1])
                case b"Tw":
                    gap = float(values[0])
                case b"Tm":
                    x, y = float(values[4]), float(values[5])
                case b"Tj" if depth == 0:
                    face = fonts[font]
                    codes = values[0].original_bytes
                    text = "".join(face.letters[code] for code in codes)
                    width = sum(face.widths[code] for code in codes) * size / 1000
                    width += codes.count(32) * gap
                    self.runs.append(Run(page, text, x, y, width, size, face.name, grey))
                    x += width
                case b"m" if depth == 0:
                    start = (float(values[0]), float(values[1]))
                case b"l" if depth == 0:
                    self.rules.append(Rule(page, *start, float(values[0]), float(values[1])))


@pytest.fixture(scope="session")
def press() -> Press:
    return Press(ROOT / "resources" / "fonts")


@pytest.fixture(scope="session")
def forms() -> dict[str, PrintForm]:
    return load_print_forms(ROOT / "forms" / "print")


@pytest.fixture(scope="session")
def drawn() -> Callable[[bytes], Drawn]:
    return Drawn


@pytest.fixture(scope="session")
def sample_paper(forms: dict[str, PrintForm]) -> Callable[..., Paper]:
    """Return a function that fills a form by code: `sample_paper("summary", long=True)`."""
    return lambda code, *, long, watermark=None: sample(forms[code], long=long, watermark=watermark)
